//! A student's examinations and what counts in the end, as cards of the record.

use super::labelled;
use crate::at::At;
use codes::CodeSet;
use kernel::{Asn, CourseCode};
use maud::{Markup, html};
use pasi_reference::Examinations;
use pasi_wire::messages::{DiplomaExam, ProvincialAchievementTest};
use pasi_wire::rules::diploma::REGISTERED;
use ui::Lang;
use ui::card::{Head, bare_card};
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// A course by its name in the language of the page, with its code.
fn course_name(at: &At, code: CourseCode) -> String {
    let Some(course) = at.desk.course(code) else {
        return code.to_string();
    };
    let language = if at.lang == Lang::FrCa {
        "French"
    } else {
        "English"
    };
    let mut all = course.descriptions.iter();
    let own = all.find(|one| one.language == language);
    let told = own.or(course.descriptions.first());
    told.map_or_else(
        || code.to_string(),
        |told| format!("{} ({code})", told.short_description),
    )
}

/// An exam by its course and session.
pub(super) fn exam_name(at: &At, exam: &DiplomaExam) -> String {
    let lang = codes::Lang::of_tag(at.lang.tag());
    let period = codes::built_in(CodeSet::ExamPeriod).label(&exam.exam_period, lang);
    let first = exam.components.iter().map(|part| part.starts_at).min();
    let when = first.map_or_else(
        || exam.school_year.to_string(),
        |first| first.date().year().to_string(),
    );
    format!("{} · {period} {when}", course_name(at, exam.course_code))
}

/// A test by its subject, grade, language and school year.
pub(super) fn test_name(at: &At, test: &ProvincialAchievementTest) -> String {
    let lang = codes::Lang::of_tag(at.lang.tag());
    let language = codes::built_in(CodeSet::CourseLanguage).label(&test.language, lang);
    format!(
        "{} {} · {language} · {}",
        test.subject,
        test.grade.label(),
        test.school_year
    )
}

/// Exams and tests, then what counts in the end.
pub(super) fn cards(at: &At, asn: Asn) -> Markup {
    let held = at.desk.examinations(asn);
    html! {
        (bare_card(&Head::new("exams", at.t("desk-exams")), &exams(at, &held)))
        (bare_card(&Head::new("official", at.t("desk-official")), &official(at, &held)))
    }
}

fn exams(at: &At, held: &Examinations) -> Markup {
    if held.exam_marks.is_empty() && held.test_results.is_empty() {
        return ui::waiting::empty(&at.t("desk-exams-none"), None);
    }
    html! {
        ul class="list" {
            @for (mark, exam) in &held.exam_marks {
                @let is_open = mark.status == REGISTERED;
                li class="row-x wrap" {
                    span class="grow" { @match exam { Some(exam) => (exam_name(at, exam)), None => (at.t("desk-exam-unknown")) } }
                    @if let Some(percent) = mark.mark_value { span class="num b nw" { (at.with("desk-percent-of", "n", u32::from(percent))) } }
                    (pill(if is_open { State::Pending } else { State::Neutral }, &labelled(at, CodeSet::DiplomaExamMarkStatus, &mark.status)))
                }
            }
            @for (result, test) in &held.test_results {
                li class="row-x wrap" {
                    span class="grow" { @match test { Some(test) => (test_name(at, test)), None => (at.t("desk-exam-unknown")) } }
                    @if let (Some(score), Some(test)) = (result.score, test) { span class="num b nw" { (score) " / " (test.maximum_score) } }
                    @if let Some(level) = &result.achievement_level { span class="sm dim" { (level) } }
                    @else if result.score.is_none() { span class="sm dim" { (participation(at, &result.participation)) } }
                }
            }
        }
    }
}

/// What a student did with a test, in words where it is one of ours.
fn participation(at: &At, text: &str) -> String {
    if pasi_wire::rules::achievement_test::PARTICIPATION.contains(&text) {
        at.t(&format!("desk-test-{}", text.to_ascii_lowercase()))
    } else {
        text.to_owned()
    }
}

fn official(at: &At, held: &Examinations) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-course")),
        Column::new(at.t("desk-school-year")).hide_on_phone(),
        Column::figures(at.t("desk-mark")),
        Column::figures(at.t("desk-credits")),
    ];
    let transcript = held.transcript.iter();
    let rows = transcript
        .clone()
        .flat_map(|held| &held.official_marks)
        .map(|mark| {
            Row::new(vec![
                cell(course_name(at, mark.course_code)),
                html! { span class="num" { (mark.school_year) } },
                cell(&mark.mark_value),
                cell(mark.credits_awarded),
            ])
        });
    let credentials: Vec<_> = transcript.flat_map(|held| &held.credentials).collect();
    html! {
        (Table::new(at.t("desk-official"), columns)
            .rows(rows.collect())
            .empty(ui::waiting::empty(&at.t("desk-official-none"), None))
            .draw(at.lang))
        @if !credentials.is_empty() {
            ul class="list" {
                @for one in credentials {
                    li class="row-x wrap" {
                        span class="grow" { (labelled(at, CodeSet::Credential, &one.credential)) }
                        span class="sm dim num nw" { (one.award_date) }
                    }
                }
            }
        }
    }
}
