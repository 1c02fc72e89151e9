//! The class list: who is in a section, and who waits.

use super::page::Loaded;
use super::path;
use crate::lookup;
use courses::{ClassLine, SeatState};
use maud::{Markup, html};
use people::CardRow;
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// The card with the class list, and below it who waits.
pub(super) fn card(lang: Lang, loaded: &Loaded, may: bool) -> Markup {
    let mut known: Vec<(&ClassLine, &CardRow)> = loaded
        .lines
        .iter()
        .filter_map(|line| Some((line, loaded.cards.get(&line.seat.student)?)))
        .collect();
    known.sort_by(|one, other| {
        let key = |(line, card): &(&ClassLine, &CardRow)| (line.seat.place, card.sort_name.clone());
        key(one).cmp(&key(other))
    });
    let (waiting, inside): (Vec<_>, Vec<_>) = known
        .into_iter()
        .partition(|(line, _)| line.seat.state == SeatState::Waiting);
    let most = loaded.view.section.capacity;
    let count = match most {
        Some(most) => format!("{} / {most}", inside.len()),
        None => inside.len().to_string(),
    };
    let is_full = most.is_some_and(|most| usize::try_from(most).unwrap_or(0) <= inside.len());
    let tone = if is_full {
        PillState::Warning
    } else {
        PillState::Selected
    };
    let head = card::Head::new("class", lang.t("sections-class-list")).beside(pill(tone, &count));
    let empty = if loaded.lines.is_empty() {
        "sections-class-none"
    } else {
        "sections-class-not-yours"
    };
    html! {
        (card::bare_card(&head, &table(lang, loaded, &inside, may, empty)))
        @if !waiting.is_empty() {
            @let head = card::Head::new("waiting", lang.t("sections-waiting-list")).beside(pill(PillState::Warning, &waiting.len().to_string()));
            (card::bare_card(&head, &table(lang, loaded, &waiting, may, "sections-class-none")))
        }
    }
}

fn table(lang: Lang, loaded: &Loaded, lines: &[(&ClassLine, &CardRow)], may: bool, empty: &str) -> Markup {
    let waits = lines
        .iter()
        .any(|(line, _)| line.seat.state == SeatState::Waiting);
    let title = lang.t(if waits {
        "sections-waiting-list"
    } else {
        "sections-class-list"
    });
    let mut columns = vec![
        Column::figures(lang.t("sections-place")),
        Column::new(lang.t("sections-student")),
        Column::new(lang.t("sections-grade")),
        Column::new(lang.t("sections-homeroom")).hide_on_phone(),
        Column::new(lang.t("sections-from")).hide_on_phone(),
        Column::new(lang.t("sections-until")).hide_on_phone(),
    ];
    if loaded.pasi.is_told() {
        columns.push(Column::new(lang.t("sections-pasi")));
    }
    if may {
        columns.push(Column::new(lang.t("sections-change")).unseen_label());
    }
    let rows = lines.iter().enumerate().map(|(at, (line, card))| {
        let number = if line.seat.state == SeatState::Waiting {
            line.seat.place.to_string()
        } else {
            (at + 1).to_string()
        };
        row(lang, loaded, (&number, line, card), may)
    });
    Table::new(title, columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t(empty), None))
        .draw(lang)
}

fn row(lang: Lang, loaded: &Loaded, (number, line, card): (&str, &ClassLine, &CardRow), may: bool) -> Row {
    let (seat, section) = (&line.seat, &loaded.view.section);
    let mut cells = vec![
        html! { (number) },
        html! {
            (card.list_name)
            @if !line.is_at_school { " " (pill(PillState::Warning, &lang.t("sections-left-school"))) }
        },
        html! { span class="num" { (line.grade.map_or_else(|| lookup::grade(&card.grade), |grade| grade.label().to_owned())) } },
        html! { (card.homeroom) },
        html! { span class="num nw" { (seat.from) } },
        html! { @if let Some(until) = seat.until { span class="num nw" { (until) } } @else { span class="dim" { "–" } } },
    ];
    if loaded.pasi.is_told() {
        cells.push(html! { @if let Some(standing) = loaded.pasi.seats.get(&seat.id) { (super::pasi::state(lang, standing.stands)) } });
    }
    if may {
        let spoken = lang.tx(
            "sections-change-student",
            &[("name", card.list_name.as_str().into())],
        );
        let address = format!("{}/students/{}", path(section.id), seat.id);
        cells.push(html! { span class="no-print" {
            (Action::link(lang.t("sections-change"), address).small().quiet().spoken(spoken))
        } });
    }
    Row::new(cells).link(1, format!("/students/{}", seat.student))
}
