//! Today: what needs this person now, for the school on screen.

mod days;
mod family;
mod office;
mod pasi;
mod readers;
mod records;
mod students;

pub(crate) use records::page as records;

use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, context};
use access::action::{
    CreateStudents, EditStudents, ManageAccounts, ReportAbsence, ViewPasi, ViewSchools, ViewStudents,
    ViewSystem,
};
use access::{Permit, Standing};
use axum::extract::{Query, State};
use db::Reader;
use kernel::{Outcome, SchoolId, SchoolYear};
use maud::{Markup, html};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::head::PageHead;
use ui::{Action, Icon, Lang, card};

/// What the page shows; a part is absent where the role may not know it.
struct Shown {
    directory: Directory,
    students: Option<students::Students>,
    queue: Option<::pasi::QueueCounts>,
    schools: Vec<(SchoolId, i64)>,
    closed: Option<Vec<schools::ClosedDays>>,
    office: office::Office,
    readers: Option<readers::Readers>,
}

/// What the step before came to, on a family's page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    told: String,
}

/// The page; a guardian has the own children's, a student begins with the own record.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    if context::may::<ReportAbsence>(who.standing()) {
        return family::page(State(app), who, asked.told).await;
    }
    if !who.standing().role.is_staff() {
        return Ok(Answer::see("/students"));
    }
    let (standing, chosen) = (who.standing().clone(), who.school());
    let shown = app
        .store()
        .read(who.division(), move |at| read(at, &standing, chosen))
        .await
        .or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Today).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let mut head = PageHead::new(lang.day_heading(ctx.today)).facts(facts(&ctx, &shown));
    if who.may_now::<CreateStudents>() {
        head = head.action(
            Action::link(lang.t("students-new"), "/students/new")
                .icon(Icon::UserPlus)
                .primary(),
        );
    }
    let (rows, asks) = (
        rows(lang, &who, &shown, now.date()),
        asks(lang, &ctx, &shown, now),
    );
    // Where many schools are counted, what is asked of the person comes before them.
    let mut columns = [("s7", rows), ("s5", asks)];
    if shown.schools.len() > 1 {
        columns.reverse();
    }
    let body = html! {
        (head.draw())
        (shown.office.warning(lang, now))
        @if columns.iter().all(|(_, parts)| parts.is_empty()) { (nothing(lang)) }
        div class="grid" {
            @for (width, parts) in &columns {
                @if !parts.is_empty() { div class={ (width) " stack" } { @for part in parts { (part) } } }
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-today"), body).into())
}

/// The parts that are read row by row.
fn rows(lang: Lang, who: &Who, shown: &Shown, today: kernel::Date) -> Vec<Markup> {
    let mut parts = Vec::new();
    if context::may::<EditStudents>(who.standing()) {
        parts.push(records::to_come(lang));
    }
    if let Some(students) = &shown.students {
        parts.extend(students.card(lang, &shown.directory, today));
    }
    if shown.schools.len() > 1 {
        parts.push(students::by_school(lang, &shown.schools, &shown.directory));
    }
    parts
}

/// What is asked of the person, and the days ahead.
fn asks(lang: Lang, ctx: &Ctx, shown: &Shown, now: kernel::Instant) -> Vec<Markup> {
    let mut parts = Vec::new();
    parts.extend(shown.readers.as_ref().map(|readers| readers.card(lang)));
    parts.extend(shown.queue.as_ref().map(|counts| pasi::card(lang, counts, ctx)));
    parts.extend(shown.office.card(lang));
    if let Some(closed) = &shown.closed {
        parts.push(days::card(lang, closed, &shown.directory, now.date()));
    }
    parts
}

fn read(at: &mut Reader, standing: &Standing, chosen: Option<SchoolId>) -> Outcome<Shown> {
    let students = match Permit::<ViewStudents>::wide(standing) {
        Ok(permit) => Some(students::read(at, &permit, chosen)?),
        Err(_) => None,
    };
    let queue = match Permit::<ViewPasi>::wide(standing) {
        Ok(permit) => Some(::pasi::counts(at, &permit)?),
        Err(_) => None,
    };
    let (schools, closed) = match Permit::<ViewSchools>::wide(standing) {
        Ok(permit) => (
            students::counted(at, &permit)?,
            Some(days::read(at, &permit, chosen)?),
        ),
        Err(_) => (Vec::new(), None),
    };
    Ok(Shown {
        readers: readers::read(at, standing)?,
        directory: schools::directory(at)?,
        students,
        queue,
        schools,
        closed,
        office: office::read(
            at,
            Permit::<ManageAccounts>::wide(standing).ok().as_ref(),
            Permit::<ViewSystem>::wide(standing).ok().as_ref(),
        )?,
    })
}

fn facts(ctx: &Ctx, shown: &Shown) -> String {
    let year = SchoolYear::of(ctx.today.into());
    let words = if ctx.other_year.is_some() {
        "today-year-whichever"
    } else {
        "today-year"
    };
    let year = ctx
        .lang
        .tx(words, &[("year", year.to_string().into())])
        .into_owned();
    match &shown.students {
        Some(students) => format!(
            "{year} · {}",
            ctx.lang.tx("today-students", &[("n", students.total.into())])
        ),
        None => year,
    }
}

fn nothing(lang: Lang) -> Markup {
    card::card(
        &card::Head::new("today-nothing", lang.t("nav-today")),
        &ui::waiting::cleared(&lang.t("today-nothing")),
    )
}

/// Everything the role may open, for phones.
pub(crate) async fn more(State(app): State<App>, who: Who) -> PageResult {
    let ctx = context::of(&app, &who, Job::Settings).await?;
    let lang = ctx.lang;
    let body = html! {
        (PageHead::new(lang.t("nav-more")).draw())
        section class="card" aria-label=(lang.t("nav-more")) {
            ul class="list" {
                @for item in &ctx.nav {
                    li class="row-x" { (ui::icon_lg(item.job.icon())) a class="plain grow" href=(item.href) { (lang.t(item.job.words())) } (ui::icon(Icon::ChevronRight)) }
                }
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("nav-more"), body).into())
}
