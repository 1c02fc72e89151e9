//! A row of a batch on screen.

use super::path;
use super::words::{is_yearly, place, value};
use crate::{findings, lookup};
use enrolment::mass::{Batch, BatchState, MassChange, Row as BatchRow, RowState};
use kernel::StudentId;
use maud::{Markup, html};
use people::CardRow;
use schools::Directory;
use std::collections::HashMap;
use ui::table::Row;
use ui::{Lang, State as Pill};

/// What PASI does with the whole school year; said once, above the rows.
const OF_ALL: [&str; 2] = ["LP-0473", "LP-0474"];

/// Does the finding say the same of every student of a school year?
pub(super) fn is_of_all(code: &str) -> bool {
    OF_ALL.contains(&code)
}

/// A student of a batch: before, after, what comes of it, and the way to decide otherwise.
pub(super) fn line(
    lang: Lang,
    batch: &Batch,
    row: &BatchRow,
    (cards, directory): (&HashMap<StudentId, CardRow>, &Directory),
) -> Row {
    let card = cards.get(&row.student);
    let mut found = findings::shown(lang, &row.findings);
    if is_yearly(batch) {
        found.retain(|finding| !finding.code.as_deref().is_some_and(is_of_all));
    }
    let may_except = is_yearly(batch) && batch.state == BatchState::Ready && card.is_some();
    let says = html! {
        (pill(lang, row.state))
        @for finding in &found { div class="sm" { (ui::form::finding_line(lang, finding)) } }
        @if may_except {
            div class="sm" { a href={ (path(batch.id)) "?row=" (row.number) } { (lang.t("year-except")) } }
        }
    };
    let page = match batch.change {
        Some(MassChange::Student { .. }) => "identity",
        _ => "enrolment",
    };
    let name = card.map_or_else(
        || html! { span class="dim" { (lang.t("mass-not-yours")) } },
        |card| html! { a class="plain b" href={ "/students/" (card.student) "/" (page) } { (card.list_name) } },
    );
    let grade = match row.seat {
        Some(seat) => seat.grade.label().to_owned(),
        None => card.map(|card| lookup::grade(&card.grade)).unwrap_or_default(),
    };
    Row::new(vec![
        name,
        html! { (grade) },
        shown(lang, batch, (&row.old, "sub"), directory),
        shown(lang, batch, (&row.new, "b"), directory),
        says,
    ])
    .leads()
}

/// A value of a row, or a dash.
fn shown(lang: Lang, batch: &Batch, (text, class): (&str, &str), directory: &Directory) -> Markup {
    let shown = match &batch.change {
        _ if text.is_empty() => return html! { span class="dim" { "–" } },
        Some(MassChange::Register(_)) => place(lang, text, directory),
        Some(change) => Some((value(lang, change, text), String::new())),
        None => Some((text.to_owned(), String::new())),
    };
    let (main, facts) = shown.unwrap_or_default();
    html! {
        span class={ "num " (class) } { (main) }
        @if !facts.is_empty() { div class="sm sub num" { (facts) } }
    }
}

fn pill(lang: Lang, state: RowState) -> Markup {
    let tone = match state {
        RowState::Will => Pill::Pending,
        RowState::Done => Pill::Ok,
        RowState::Refused => Pill::Blocked,
        RowState::Stale | RowState::Kept => Pill::Warning,
        RowState::Same | RowState::Undone | RowState::Waiting | RowState::LeftOut => Pill::Neutral,
    };
    ui::pill::pill(tone, &lang.t(&format!("mass-row-{}", state.as_str())))
}
