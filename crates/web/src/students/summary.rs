//! A student at a glance: differences with PASI to decide, family, enrolment, what changed last.

use super::head::{self, Head, Opened, Page};
use super::history::Story;
use super::live::{self, News};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::who::{Look, Who};
use crate::{App, context, lookup};
use access::Permit;
use access::action::{ViewHistory, ViewStudents};
use axum::extract::{Path, State};
use enrolment::Enrolment;
use kernel::{Instant, Outcome, StudentId};
use maud::{Markup, html};
use pasi::Schedules;
use people::{Student, StudentView};
use schools::Directory;
use ui::facts::Facts;
use ui::timeline::timeline;
use ui::{Icon, Lang, card};

/// What the page reads.
struct Shown {
    /// The record on another day; the head has today's.
    then: Option<Student>,
    enrolments: Vec<Enrolment>,
    recent: Story,
    news: Option<News>,
}

/// Changes shown under "recent".
const RECENT: usize = 5;

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let (standing, look) = (who.standing().clone(), who.visit.look);
    let opened = head::open_with(&app, &who, student, move |at, permit, view| {
        read(at, &standing, permit, view, look)
    });
    let Opened { head, ctx, shown } = opened.await?;
    if let Some(news) = &shown.news {
        news.noted(&app, &who, student).await?;
    }
    let now = app.store().now();
    let year = match look {
        Some(look) => kernel::SchoolYear::of(look.on),
        None => context::year_shown(&who),
    };
    let body = html! {
        (head.draw(&who, Page::Summary, Vec::new()))
        div class="grid" {
            div class="s7 stack" {
                @if let Some(news) = &shown.news { (live::part(&who, &head, news, now)) }
                (super::family::contacts_card(ctx.lang, shown.then.as_ref().unwrap_or(&head.student), look.map_or_else(|| ctx.today.into(), |look| look.on), None))
            }
            div class="s5 stack" {
                (enrolment_card(ctx.lang, &head, &shown, year))
                (recent(ctx.lang, &head, &shown.recent, now))
            }
        }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-record"), body).into())
}

/// PASI's news and the recent changes are of today; they are left out of a look at another day.
fn read(
    at: &mut db::Reader,
    standing: &access::Standing,
    permit: &Permit<ViewStudents>,
    view: &StudentView,
    look: Option<Look>,
) -> Outcome<Shown> {
    let student = view.student.id;
    let history = Permit::<ViewHistory>::wide(standing).ok();
    let recent = match history.filter(|_| look.is_none()) {
        Some(history) => Story {
            people: view.latest(at, &history, RECENT)?,
            enrolments: enrolment::history(at, &history, student)?,
            ..Story::default()
        },
        None => Story::default(),
    };
    Ok(Shown {
        then: look
            .map(|_| head::record(at, permit, student, look))
            .transpose()?,
        enrolments: head::enrolments(at, permit, student, look)?,
        recent,
        news: look
            .is_none()
            .then(|| live::read(at, standing, student))
            .transpose()?,
    })
}

/// "I have read this": kept in the audit, then the record opens.
pub(crate) async fn read_notice(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let standing = who.standing().clone();
    app.store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<ViewStudents>::student(tx, &standing, student)?;
            people::header(tx, &permit, None, student)?; // there is such a record
            access::trail::read_sensitive(tx, &permit, student, crate::cover::NOTICE);
            Ok(())
        })
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::see(head::path(student, Page::Summary)))
}

fn enrolment_card(lang: Lang, head: &Head, shown: &Shown, year: kernel::SchoolYear) -> Markup {
    let title = lang.tx("enrolment-of-year", &[("year", year.to_string().into())]);
    let current: Vec<&Enrolment> = shown
        .enrolments
        .iter()
        .filter(|enrolment| enrolment.year == year && !enrolment.is_deleted())
        .collect();
    let end = html! { a class="plain sm" href={ "/students/" (head.header.id) "/enrolment" } { (lang.t("enrolment-open")) } };
    let body = html! {
        @if current.is_empty() { (ui::waiting::empty(&lang.t("enrolment-none-this-year"), None)) }
        @for enrolment in current { (facts(lang, enrolment, &head.directory, None)) }
    };
    card::card(&card::Head::new("enrolment", title).end(end), &body)
}

/// An enrolment as facts; with its operating schedule where that is asked for.
pub(crate) fn facts(
    lang: Lang,
    enrolment: &Enrolment,
    directory: &Directory,
    schedules: Option<&Schedules>,
) -> Markup {
    let coding = &enrolment.coding;
    let labelled = |set: codes::CodeSet, codes: &[String]| {
        let all: Vec<String> = codes
            .iter()
            .map(|code| format!("{code} {}", lookup::code(lang, set, code)))
            .collect();
        Some(all.join(", ")).filter(|text| !text.is_empty())
    };
    let school = directory.get(enrolment.school);
    let exit = enrolment.state.exit();
    let mut facts = Facts::new()
        .fact(lang.t("field-school"), html! {
            (directory.name(enrolment.school)) " " @if let Some(school) = school { span class="dim num" { "S." (school.code) } }
        })
        .fact(lang.t("field-grade"), enrolment.grade.label())
        .figure(lang.t("field-start"), enrolment.start.to_string());
    if let Some(exit) = exit {
        let kind = lookup::code(lang, codes::CodeSet::ExitDateType, exit.kind.as_str());
        facts = facts.figure(
            lang.t("field-exit"),
            html! { (exit.on) " " span class="dim" { (kind) } },
        );
    }
    facts = facts.fact(
        lang.t("field-program"),
        format!(
            "{}, {}",
            lookup::code(lang, codes::CodeSet::ProgrammingType, &coding.programming_type),
            lookup::code(
                lang,
                codes::CodeSet::ProgrammingTimeframe,
                &coding.programming_timeframe
            )
        ),
    );
    for (label, value) in [
        (
            "field-exceptions",
            labelled(codes::CodeSet::ExceptionCode, &coding.exceptions),
        ),
        (
            "field-grants",
            labelled(codes::CodeSet::GrantsProgramCode, &coding.grants),
        ),
        (
            "field-types",
            labelled(codes::CodeSet::EnrolmentType, &coding.types),
        ),
        ("field-resident-board", coding.resident_board.clone()),
        ("field-francophone-board", coding.francophone_board.clone()),
        (
            "field-french-hours",
            coding.french_hours.map(|hours| hours.to_string()),
        ),
        (
            "field-operating-schedule",
            school.zip(schedules).and_then(|(school, schedules)| {
                let chosen = coding.operating_schedule.as_deref();
                let named = schedules.goes_by(school.code, chosen, enrolment.start);
                named
                    .map(|named| named.name.clone())
                    .or_else(|| coding.operating_schedule.clone())
            }),
        ),
        (
            "field-source-change",
            coding
                .source_change
                .as_deref()
                .map(|code| lookup::code(lang, codes::CodeSet::SourceChangeCode, code)),
        ),
        (
            "field-indigenous",
            coding
                .indigenous_declaration
                .as_deref()
                .map(|code| lookup::code(lang, codes::CodeSet::FnmiDeclaration, code)),
        ),
    ] {
        if let Some(value) = value {
            facts = facts.fact(lang.t(label), value);
        }
    }
    facts.draw()
}

fn recent(lang: Lang, head: &Head, recent: &Story, now: Instant) -> Markup {
    let student = &head.student;
    let mut moments = recent.moments(lang, (&student.contacts, &head.directory), now);
    moments.truncate(RECENT);
    if moments.is_empty() {
        return html! {};
    }
    let end = html! { a class="plain sm" href={ "/students/" (student.id) "/history" } { (lang.t("history-all")) " " (ui::icon(Icon::ChevronRight)) } };
    card::card(
        &card::Head::new("recent", lang.t("history-recent")).end(end),
        &timeline(lang, &moments),
    )
}
