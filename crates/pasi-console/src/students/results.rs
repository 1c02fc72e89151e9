//! Posting what came of examinations, and what a student is awarded: the
//! student's systems learn of it by their long poll.

use super::asked::Asked;
use super::change::{findings, in_this_form};
use super::examinations::{exam_name, test_name};
use super::{dossier, labelled, path};
use crate::at::{At, item};
use crate::posted::{Fields, Posted, Reading, Tried, done, wrong};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use codes::CodeSet;
use kernel::{SchoolCode, SchoolYear};
use maud::{Markup, html};
use pasi_reference::{Dossier, ExamResult, OutsideError, TestResult};
use pasi_wire::messages::{AwardedCredential, DiplomaExamMark};
use pasi_wire::rules::achievement_test::{PARTICIPATION, WRITTEN};
use pasi_wire::rules::diploma::{REGISTERED, REGULAR};
use ui::card::{Head, card};
use ui::form::{Choice, Field, Finding, Width};
use ui::head::{Crumb, PageHead};

const EXAM: &[&str] = &["exam", "status", "mark", "achieved", "school"];
const RESCORED: &[&str] = &["marked", "percent"];
const TEST: &[&str] = &["test", "participation", "score", "level", "at"];
const CREDENTIAL: &[&str] = &["credential", "awarded"];
/// Achievement tests are offered of this year and so many before.
const YEARS_OF_TESTS: i32 = 3;
/// Longest text of what a test comes to.
const LEVEL: usize = 50;

/// The forms of a student's results.
pub(crate) async fn page(at: At, Path(asn): Path<String>) -> Response {
    match dossier(&at, &asn) {
        Some(dossier) => draw(&at, StatusCode::OK, &dossier, &Tried::default()),
        None => at.missing(item::STUDENTS),
    }
}

fn draw(at: &At, status: StatusCode, dossier: &Dossier, tried: &Tried) -> Response {
    let student = &dossier.student;
    let body = html! {
        (PageHead::new(at.t("desk-results"))
            .crumbs(vec![
                Crumb::link(at.t("desk-students"), item::STUDENTS),
                Crumb::link(student.asn.to_string(), path(student.asn)),
                Crumb::here(at.t("desk-results")),
            ])
            .facts(at.t("desk-results-facts"))
            .draw())
        div class="grid" {
            div class="s6 stack" { (exam_card(at, dossier, tried)) (rescore_card(at, dossier, tried)) }
            div class="s6 stack" { (test_card(at, dossier, tried)) (credential_card(at, dossier, tried)) }
        }
    };
    at.page_with(status, item::STUDENTS, &at.t("desk-results"), body)
}

fn again(at: &At, dossier: &Dossier, form: &'static str, fields: Fields, found: Vec<Finding>) -> Response {
    let tried = Tried::refused(form, fields, found);
    draw(at, tried.status(), dossier, &tried)
}

/// The school the student is in, or was in last.
fn last_school(dossier: &Dossier) -> String {
    let standing = dossier.enrolments.iter().find(|(held, _)| !held.is_deleted);
    standing.map_or_else(String::new, |(held, _)| held.school_code.to_string())
}

fn exam_card(at: &At, dossier: &Dossier, tried: &Tried) -> Markup {
    let asked = Asked::of(at, "exam", EXAM, tried);
    let marks = at.desk.examinations(dossier.student.asn).exam_marks;
    let held = |exam: uuid::Uuid| marks.iter().find(|(mark, _)| mark.diploma_exam_ref_id == exam);
    let mut exams: Vec<(bool, Choice)> = at
        .desk
        .diploma_exams()
        .iter()
        .map(|exam| {
            let name = exam_name(at, exam);
            let label = match held(exam.ref_id) {
                Some((mark, _)) => format!("{name} ({})", status_name(at, mark)),
                None => name,
            };
            let is_theirs = held(exam.ref_id).is_some();
            (is_theirs, Choice::new(exam.ref_id.to_string(), label))
        })
        .collect();
    exams.sort_by_key(|(is_theirs, _)| !is_theirs);
    let exams: Vec<Choice> = exams.into_iter().map(|(_, choice)| choice).collect();
    let statuses = choices(at, CodeSet::DiplomaExamMarkStatus, &[REGISTERED]);
    let school = last_school(dossier);
    let (mark, achieved) = (at.t("desk-percent"), at.t("desk-achieved-on"));
    let (typed, on) = (asked.value("mark", ""), asked.value("achieved", ""));
    let fields = html! {
        (asked.choice("exam", "desk-exam", "", &exams))
        (asked.choice("status", "desk-result-status", REGULAR, &statuses))
        (Field::new(at.lang, "mark", &mark).value(&typed).findings(asked.findings()).optional().width(Width::Half).number())
        (Field::new(at.lang, "achieved", &achieved).value(&on).findings(asked.findings()).optional().width(Width::Half).date())
        (asked.text("school", "desk-school", &school, Width::Half))
    };
    card(
        &Head::new("exam-form", at.t("desk-exam-result")),
        &asked.draw("results/exam", dossier, &fields),
    )
}

/// Marks that stand, to be put right when the exam was marked again.
fn rescore_card(at: &At, dossier: &Dossier, tried: &Tried) -> Markup {
    let asked = Asked::of(at, "rescored", RESCORED, tried);
    let marks = at.desk.examinations(dossier.student.asn).exam_marks;
    let standing: Vec<Choice> = marks
        .iter()
        .filter(|(mark, _)| mark.status == REGULAR)
        .filter_map(|(mark, exam)| {
            let name = exam.as_ref().map(|exam| exam_name(at, exam)).unwrap_or_default();
            let percent = at.with("desk-percent-of", "n", i64::from(mark.mark_value?));
            Some(Choice::new(
                mark.ref_id.to_string(),
                format!("{name} ({percent})"),
            ))
        })
        .collect();
    let head = Head::new("rescored-form", at.t("desk-rescore"));
    if standing.is_empty() {
        return card(&head, &ui::waiting::empty(&at.t("desk-rescore-none"), None));
    }
    let (label, typed) = (at.t("desk-percent"), asked.value("percent", ""));
    let fields = html! {
        (asked.choice("marked", "desk-exam", "", &standing))
        (Field::new(at.lang, "percent", &label).value(&typed).findings(asked.findings()).required().width(Width::Half).number())
    };
    card(&head, &asked.draw("results/rescored", dossier, &fields))
}

/// Puts the mark of an exam that was marked again in place of the one that stands.
pub(crate) async fn rescored(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let mut read = Reading::of(&at, &fields);
    let marks = at.desk.examinations(dossier.student.asn).exam_marks;
    let is_theirs = |text: &str| marks.iter().any(|(mark, _)| mark.ref_id.to_string() == text);
    let marked = read.one_of("marked", is_theirs).parse().ok();
    let percent: Option<u8> = read.needed("percent", "desk-percent-wrong");
    let found = read.found;
    let (Some(marked), Some(percent), true) = (marked, percent, found.is_empty()) else {
        return again(&at, &dossier, "rescored", fields, found);
    };
    let outcome = at.desk.rescore(marked, percent).await;
    ended(&at, &dossier, "rescored", fields, outcome)
}

fn status_name(at: &At, mark: &DiplomaExamMark) -> String {
    let lang = codes::Lang::of_tag(at.lang.tag());
    let set = codes::built_in(CodeSet::DiplomaExamMarkStatus);
    set.label(&mark.status, lang).to_owned()
}

/// Every value of a class but some.
fn choices(at: &At, set: CodeSet, but: &[&str]) -> Vec<Choice> {
    let all = codes::built_in(set).all().iter();
    all.filter(|code| !but.contains(&code.code.as_str()))
        .map(|code| Choice::new(&code.code, labelled(at, set, &code.code)))
        .collect()
}

fn test_card(at: &At, dossier: &Dossier, tried: &Tried) -> Markup {
    let asked = Asked::of(at, "test", TEST, tried);
    let since = SchoolYear::of(at.today()).number() - YEARS_OF_TESTS;
    let tests: Vec<Choice> = at
        .desk
        .achievement_tests()
        .iter()
        .filter(|test| test.school_year.number() >= since)
        .map(|test| Choice::new(test.ref_id.to_string(), test_name(at, test)))
        .collect();
    let participation = PARTICIPATION.map(|word| {
        let words = format!("desk-test-{}", word.to_ascii_lowercase());
        Choice::new(word, at.t(&words))
    });
    let (score, typed) = (at.t("desk-score"), asked.value("score", ""));
    let fields = html! {
        (asked.choice("test", "desk-test", "", &tests))
        (asked.choice("participation", "desk-participation", WRITTEN, &participation))
        (Field::new(at.lang, "score", &score).value(&typed).findings(asked.findings()).optional().width(Width::Quarter).number())
        (asked.text("level", "desk-level", "", Width::Half))
        (asked.text("at", "desk-school", &last_school(dossier), Width::Quarter))
    };
    card(
        &Head::new("test-form", at.t("desk-test-result")),
        &asked.draw("results/test", dossier, &fields),
    )
}

fn credential_card(at: &At, dossier: &Dossier, tried: &Tried) -> Markup {
    let asked = Asked::of(at, "credential", CREDENTIAL, tried);
    let all = choices(at, CodeSet::Credential, &[]);
    let (label, on) = (
        at.t("desk-awarded-on"),
        asked.value("awarded", at.today().as_str()),
    );
    let fields = html! {
        (asked.choice("credential", "desk-credential", "", &all))
        (Field::new(at.lang, "awarded", &label).value(&on).findings(asked.findings()).required().width(Width::Half).date())
    };
    card(
        &Head::new("credential-form", at.t("desk-credential-award")),
        &asked.draw("results/credential", dossier, &fields),
    )
}

/// Posts what came of a diploma exam.
pub(crate) async fn exam(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let mut read = Reading::of(&at, &fields);
    let exam = read.needed("exam", "desk-choose");
    let school = read.needed::<SchoolCode>("school", "desk-school-wrong");
    let status = read.code("status", CodeSet::DiplomaExamMarkStatus);
    let mark: Option<u8> = read.maybe("mark", "desk-percent-wrong");
    let achieved = read.maybe("achieved", "desk-date-wrong");
    if mark.is_some_and(|mark| mark > 100) {
        read.found.push(wrong(&at, "mark", "desk-percent-wrong"));
    }
    if achieved.is_some_and(|day: kernel::Date| day > at.today()) {
        read.found.push(wrong(&at, "achieved", "desk-date-wrong"));
    }
    let found = read.found;
    let (Some(exam), Some(school), true) = (exam, school, found.is_empty()) else {
        return again(&at, &dossier, "exam", fields, found);
    };
    let result = ExamResult {
        asn: dossier.student.asn,
        exam,
        school,
        status,
        mark,
        achieved,
    };
    let posted = at.desk.outside().post_exam_result(result).await;
    ended(&at, &dossier, "exam", fields, posted)
}

/// Posts what came of an achievement test.
pub(crate) async fn test(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let mut read = Reading::of(&at, &fields);
    let test = read.needed("test", "desk-choose");
    let school = read.needed::<SchoolCode>("at", "desk-school-wrong");
    let participation = read.one_of("participation", |text| PARTICIPATION.contains(&text));
    let score = read.maybe("score", "desk-score-wrong");
    let level = fields.some("level");
    let said = level.as_deref().unwrap_or_default();
    if !pasi_wire::rules::submit::line("level", said, LEVEL).is_empty() {
        read.found.push(wrong(&at, "level", "desk-text-wrong"));
    }
    let found = read.found;
    let (Some(test), Some(school), true) = (test, school, found.is_empty()) else {
        return again(&at, &dossier, "test", fields, found);
    };
    let result = TestResult {
        asn: dossier.student.asn,
        test,
        school,
        participation,
        score,
        level,
    };
    let posted = at.desk.outside().post_test_result(result).await;
    ended(&at, &dossier, "test", fields, posted)
}

/// Awards a diploma or certificate.
pub(crate) async fn credential(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let mut read = Reading::of(&at, &fields);
    let credential = read.code("credential", CodeSet::Credential);
    let award_date = read.needed("awarded", "desk-date-wrong");
    let found = read.found;
    let (Some(award_date), true) = (award_date, found.is_empty()) else {
        return again(&at, &dossier, "credential", fields, found);
    };
    let award = AwardedCredential {
        credential,
        award_date,
    };
    let awarded = at.desk.outside().award(dossier.student.asn, award).await;
    ended(&at, &dossier, "credential", fields, awarded)
}

/// Back to the student, or to the form that was refused.
fn ended(
    at: &At,
    dossier: &Dossier,
    form: &'static str,
    fields: Fields,
    outcome: Result<i64, OutsideError>,
) -> Response {
    match outcome {
        Ok(_) => {
            // Marking again notes itself.
            if form != "rescored" {
                at.desk.note(&format!("student.{form}"), dossier.student.asn, &[]);
            }
            done(&path(dossier.student.asn), form)
        }
        Err(error) => {
            let school = if form == "test" { "at" } else { "school" };
            let mark = if form == "rescored" { "percent" } else { "mark" };
            let found = in_this_form(findings(at, &error), &[("school", school), ("mark", mark)]);
            again(at, dossier, form, fields, found)
        }
    }
}
