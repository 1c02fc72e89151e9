//! A student's timetable.

use super::head::{self, Opened, Page};
use crate::answer::PageResult;
use crate::sections::timetable;
use crate::who::Who;
use crate::{App, context};
use access::action::ManageSections;
use axum::extract::{Path, Query, State};
use kernel::StudentId;
use maud::html;
use serde::Deserialize;
use ui::{Action, Icon};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    on: String,
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let year = context::year_shown(&who);
    let opened = head::open(&app, &who, student, move |at, permit| {
        let lessons = courses::timetable_of_student(at, permit, student, year)?;
        Ok((timetable::patterns(at, &lessons, year)?, lessons))
    });
    let Opened {
        head,
        ctx,
        shown: (patterns, lessons),
    } = opened.await?;
    let lang = ctx.lang;
    let today = app.store().now().date();
    let today = who.visit.look.map_or(today, |look| look.on);
    let today = today.clamp(year.starts(), year.ends());
    let address = head::path(student, Page::Timetable);
    let with = |on: &str| format!("{address}{}", crate::answer::query([("on", on)]));
    let print = Action::scripted(lang.t("sections-print"))
        .icon(Icon::Printer)
        .with("data-print", "");
    // A teacher may open the own sections alone, a family none.
    let leads = context::may::<ManageSections>(who.standing());
    let on = asked.on.parse().unwrap_or(today);
    let body = html! {
        (head.draw(&who, Page::Timetable, vec![print]))
        (timetable::drawn((lang, leads), &year.to_string(), (&lessons, &patterns), on, &with))
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, lang.t("student-tab-timetable"), body).into())
}
