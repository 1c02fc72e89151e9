//! A family's home: each child's day, what was told ahead, what comes next.

use crate::answer::{OrStop, PageResult};
use crate::attendance::slot_words;
use crate::families::absence::{outcome, told};
use crate::pattern::span;
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::{ReportAbsence, ViewAttendance, ViewStudents};
use attendance::{ChildDay, ChildSlot, Meaning, Report};
use axum::extract::State;
use db::{Reader, Reading};
use kernel::{Outcome, SchoolId};
use maud::{Markup, html};
use people::{CardRow, ListQuery, PlaceState, Sort};
use schools::{ClosedDays, Directory};
use ui::ctx::{Ctx, Job};
use ui::form::Form;
use ui::head::PageHead;
use ui::{Action, Icon, Lang, State as PillState, card, icon, pill};

/// Children of one account that are shown.
const CHILDREN: usize = 30;
/// How far ahead closed days are told.
const AHEAD: i64 = 60;
/// Of those, how many.
const CLOSED: usize = 6;

struct Child {
    card: CardRow,
    day: Option<ChildDay>,
    reports: Vec<Report>,
}

struct Shown {
    children: Vec<Child>,
    closed: Vec<ClosedDays>,
    directory: Directory,
}

fn read(at: &mut Reader, who: &Who) -> Outcome<Shown> {
    let view = Permit::<ViewStudents>::wide(who.standing())?;
    let attend = Permit::<ViewAttendance>::wide(who.standing())?;
    let (today, query) = (
        at.today(),
        ListQuery {
            sort: Some(Sort::Name),
            limit: CHILDREN,
            ..ListQuery::default()
        },
    );
    let mut children = Vec::new();
    let mut schools: Vec<SchoolId> = Vec::new();
    for card in people::list(at, &view, &query)?.rows {
        let school = card.school.filter(|_| card.state == PlaceState::Enrolled);
        let day = match school {
            Some(school) => {
                if !schools.contains(&school) {
                    schools.push(school);
                }
                let place = (card.student, school, card.homeroom.as_str());
                Some(attendance::child_day(at, &attend, place, today)?)
            }
            None => None,
        };
        let reports = attendance::reports_about(at, &attend, card.student)?;
        children.push(Child { card, day, reports });
    }
    let mut closed = schools::closed_days_at(at, schools, (today, today.plus_days(AHEAD)))?;
    closed.truncate(CLOSED);
    Ok(Shown {
        children,
        closed,
        directory: schools::directory(at)?,
    })
}

/// The page; `done` says what the step before came to.
pub(super) async fn page(State(app): State<App>, who: Who, done: String) -> PageResult {
    let asking = who.clone();
    let shown = app.store().read(who.division(), move |at| read(at, &asking));
    let shown = shown.await.or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Today).await?;
    let lang = ctx.lang;
    let body = html! {
        (PageHead::new(lang.day_heading(ctx.today)).draw())
        (outcome(lang, &done))
        div class="grid" {
            div class="s7 stack" {
                @if shown.children.is_empty() {
                    (card::unheaded_card(&lang.t("family-home"), &ui::waiting::empty(&lang.t("family-home-none"), None)))
                }
                @for child in &shown.children { (child_card(&ctx, &who, &shown, child)) }
            }
            div class="s5 stack" { (closed(lang, &shown)) }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-today"), body).into())
}

fn child_card(ctx: &Ctx, who: &Who, shown: &Shown, child: &Child) -> Markup {
    let (lang, card) = (ctx.lang, &child.card);
    let home = format!("/students/{}", card.student);
    let school = card.school.map_or("", |school| shown.directory.name(school));
    let grade = match lookup::grade(&card.grade) {
        none if none.is_empty() => none,
        grade => lang.tx("crumb-grade", &[("grade", grade.into())]).into_owned(),
    };
    let place = [grade, card.homeroom.clone(), school.to_owned()];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let account = who.actor().account;
    let body = html! {
        p class="cb m-0 sub" { (place.join(" · ")) }
        (day(lang, child.day.as_ref()))
        @for report in &child.reports { (reported(ctx, &home, report, Some(report.account) == account)) }
        div class="cb b-top row-x wrap no-print" {
            @if context::may::<ReportAbsence>(who.standing()) && child.day.is_some() {
                (Action::link(lang.t("absence-title"), format!("{home}/absence")).icon(Icon::CalendarEvent).primary().spoken(format!("{}: {}", lang.t("absence-title"), card.preferred_name)))
            }
            (link(lang, "student-tab-attendance", &format!("{home}/attendance"), &card.preferred_name))
            (link(lang, "student-tab-timetable", &format!("{home}/timetable"), &card.preferred_name))
            (link(lang, "looks-title", &format!("{home}/looks"), &card.preferred_name))
        }
    };
    let head = card::Head::new(format!("child-{}", card.student), card.preferred_name.clone())
        .end(html! { a class="plain sm" href=(home) { (lang.t("family-record")) span class="visually-hidden" { " " (card.preferred_name) } " " (icon(Icon::ChevronRight)) } });
    card::bare_card(&head, &body)
}

fn link(lang: Lang, key: &str, href: &str, name: &str) -> Markup {
    let words = lang.t(key);
    html! { (Action::link(words.clone(), href).small().spoken(format!("{words}: {name}"))) }
}

/// The half days and classes of today, each with what is known.
fn day(lang: Lang, day: Option<&ChildDay>) -> Markup {
    html! {
        @match day {
            None => p class="cb b-top m-0" { (lang.t("family-no-school")) },
            Some(day) if !day.is_taught => p class="cb b-top m-0" { (lang.t("family-no-instruction")) },
            Some(day) if day.slots.is_empty() => p class="cb b-top m-0" { (lang.t("family-no-classes")) },
            Some(day) => ul class="list" { @for slot in &day.slots { (slot_row(lang, slot)) } },
        }
    }
}

fn slot_row(lang: Lang, slot: &ChildSlot) -> Markup {
    let time = slot
        .minutes
        .map(|minutes| span(lang, minutes))
        .unwrap_or_default();
    let name = if slot.period.is_empty() {
        slot_words(lang, slot.slot)
    } else {
        slot.period.clone()
    };
    html! {
        li class="row-x" {
            div class="grow" {
                @if slot.title.is_empty() { span class="b" { (name) } }
                @else { span class="b" { (slot.title) } div class="sm sub" { (name) @if !time.is_empty() { " · " span class="num" { (time) } } } }
            }
            @if slot.is_rolled { (meaning(lang, slot)) }
        }
    }
}

fn meaning(lang: Lang, slot: &ChildSlot) -> Markup {
    let Some(meaning) = slot.meaning() else {
        return pill::pill(PillState::Neutral, &lang.t("family-not-taken"));
    };
    let state = match meaning {
        Meaning::Present => PillState::Ok,
        Meaning::Unexplained | Meaning::Unauthorized => PillState::Blocked,
        Meaning::Late => PillState::Warning,
        Meaning::Authorized | Meaning::Activity => PillState::Selected,
    };
    pill::pill(state, &lang.t(&format!("meaning-{meaning}")))
}

/// What was told ahead; one's own is taken back while the school has not seen it.
fn reported(ctx: &Ctx, home: &str, report: &Report, is_own: bool) -> Markup {
    let lang = ctx.lang;
    let back = format!("{home}/absence/{}/take-back", report.id);
    html! {
        div class="cb b-top row-x wrap" data-report {
            div class="grow" {
                b { (lang.t("absence-told-line")) } " " (told(lang, report))
                @if !report.note.is_empty() { div class="sm sub" { (report.note) } }
                div class="sm sub" { @if report.seen.is_some() { (lang.t("absence-seen")) } @else { (lang.t("absence-unseen")) } }
            }
            @if is_own && report.seen.is_none() {
                div class="no-print" { (Form::post(&back).draw_in(ctx, &html! { (Action::submit(lang.t("absence-take-back")).small()) })) }
            }
        }
    }
}

/// The days ahead on which the children's schools are closed.
fn closed(lang: Lang, shown: &Shown) -> Markup {
    let head = card::Head::new("closed", lang.t("today-closed"));
    if shown.closed.is_empty() {
        return card::card(&head, &ui::waiting::empty(&lang.t("today-closed-none"), None));
    }
    let places = |days: &ClosedDays| {
        let names: Vec<&str> = days
            .schools
            .iter()
            .map(|school| shown.directory.name(*school))
            .collect();
        names.join(" · ")
    };
    let day = |days: &ClosedDays| crate::families::absence::span(lang, (days.from, days.until));
    let body = html! {
        ul class="list" {
            @for days in &shown.closed {
                li class="row-x wrap" {
                    div class="grow" { span class="b" { (days.reason) } div class="sm sub" { (places(days)) } }
                    span class="num sub" { (day(days)) }
                }
            }
        }
    };
    card::bare_card(&head, &body)
}
