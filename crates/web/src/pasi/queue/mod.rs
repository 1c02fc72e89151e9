//! The work queue: what PASI refused, what differs, what must be fixed or
//! confirmed; one item open beside the rows.

mod asked;
mod filters;
mod head;
mod rows;
mod sections;

pub(crate) use asked::Asked;
pub(crate) use rows::translated;
pub(super) use rows::{keep_fitting, line, rule, state};

use super::drawer::{self, Open};
use crate::answer::{Answer, OrStop, PageResult};
use crate::context::{self, may};
use crate::students::reading;
use crate::who::Who;
use crate::{App, cover};
use access::action::{ViewMedical, ViewPasi, ViewStudents, ViewSystem};
use access::{Permit, Standing};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use kernel::{AccountId, Failure, Instant, Outcome, SchoolId};
use maud::html;
use pasi::{QueueCounts, QueueRow, SectionRow};
use people::{ListQuery, PlaceState};
use rows::key;
use schools::Directory;
use ui::ctx::Job;

/// Rows on the page at most; the rest comes up as these are worked off.
const ROWS: i64 = 200;

/// What the page shows, read with one connection.
struct Shown {
    counts: QueueCounts,
    rows: Vec<QueueRow>,
    sections: Vec<SectionRow>,
    open: Option<Open>,
    open_section: Option<sections::Open>,
    directory: Directory,
    link: pasi::Link,
    in_sync: i64,
    students: i64,
}

/// The page. A role that may not see students goes on to the connection.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    if !may::<ViewStudents>(who.standing()) && may::<ViewSystem>(who.standing()) {
        return Ok(Answer::see("/pasi/connection"));
    }
    show(&app, &who, &asked, None).await
}

/// The page with what stood in the way of a decision.
pub(super) async fn show(app: &App, who: &Who, asked: &Asked, trouble: Option<&str>) -> PageResult {
    let (standing, wanted, me) = (who.standing().clone(), asked.clone(), who.holder().account);
    let (since, chosen) = (who.signed_in.since, who.school());
    let read = app.store().read(who.division(), move |at| {
        read(at, &standing, since, &wanted, (me, chosen))
    });
    let shown = read.await.or_stop(app, who)?;
    if let Some(open) = shown.open.as_ref().filter(|open| open.is_opened) {
        reading::noted::<ViewMedical>(app, who, open.row.student, "medical").await?;
    }
    let ctx = context::of(app, who, Job::Pasi).await?;
    let lang = ctx.lang;
    let now = app.store().now();
    let next = next_after(&shown, asked);
    let drawn = match (&shown.open, &shown.open_section) {
        (Some(open), _) => drawer::draw(who, (asked, &asked.opening(&next)), open, &shown.directory, now),
        (None, Some(open)) => sections::draw(who, asked, open, &shown.directory, now),
        (None, None) => ui::queue::drawer_empty(lang),
    };
    let body = html! {
        (head::head(&ctx, who, asked, &shown))
        (head::certificate(lang, who, &shown, now))
        div class="mb" { (ui::tabs::tabs(lang, &lang.t("pasi-page-title"), &head::tabs(lang, asked, &shown.counts))) }
        @if let Some(trouble) = trouble {
            div class="mb" role="alert" { (ui::notice::banner(ui::notice::Tone::Conflict, trouble, "", &[])) }
        }
        (head::said(lang, asked))
        (sections::card(lang, asked, &shown.sections, now))
        (ui::queue::layout(&rows::rows(lang, who, asked, &shown, now), &drawn))
    };
    let page = ui::shell::page(&ctx, lang.t("pasi-page-title"), body);
    let status = if trouble.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(Answer::Page(status, page))
}

fn read(
    at: &mut db::Reader,
    standing: &Standing,
    since: Instant,
    asked: &Asked,
    (me, chosen): (AccountId, Option<SchoolId>),
) -> Outcome<Shown> {
    let permit = Permit::<ViewPasi>::wide(standing)?;
    let students = Permit::<ViewStudents>::wide(standing)?;
    let directory = schools::directory(at)?;
    let school = asked.school.parse().ok().or(chosen);
    let mut rows = pasi::queue(at, &permit, asked.narrowed(me, chosen, ROWS))?;
    cover::lift(at, standing, since, &mut rows)?;
    cover::seal(at, standing, &mut rows)?;
    keep_fitting(&mut rows, &directory, asked);
    let of_rows = rows.iter().find(|row| key(row) == asked.open).cloned();
    let open = match of_rows {
        Some(row) => Some(drawer::read(at, standing, since, row)?),
        None => match drawer::elsewhere(at, standing, since, &asked.open) {
            Ok(found) => found,
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure),
        },
    };
    let open_section = match &open {
        Some(_) => None,
        None => sections::read(at, standing, &asked.open)?,
    };
    let enrolled = ListQuery {
        school,
        state: Some(PlaceState::Enrolled),
        limit: 1,
        ..ListQuery::default()
    };
    let in_sync = ListQuery {
        sync: Some(pasi::SyncState::InSync.as_str().to_owned()),
        ..enrolled.clone()
    };
    Ok(Shown {
        counts: pasi::counts(at, &permit)?,
        sections: pasi::section_rows(at, &permit, asked.narrowed(me, chosen, ROWS))?,
        in_sync: people::count(at, &students, &in_sync)?,
        students: people::count(at, &students, &enrolled)?,
        link: pasi::link(at)?,
        rows,
        open,
        open_section,
        directory,
    })
}

/// The row after the open one, to go on with when the open one is done.
fn next_after(shown: &Shown, asked: &Asked) -> String {
    let at = shown.rows.iter().position(|row| key(row) == asked.open);
    at.and_then(|at| shown.rows.get(at + 1))
        .map(key)
        .unwrap_or_default()
}
