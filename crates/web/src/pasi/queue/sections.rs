//! The rows of the queue that are about a class and no student.

use super::rows::{age, translated};
use kernel::Instant;
use maud::{Markup, html};
use pasi::{ItemState, SectionRow};
use ui::pill::{State as PillState, pill};
use ui::table::{Column, Row, Table};
use ui::{Lang, card};

/// The card above the queue; nothing where no class waits.
pub(super) fn card(lang: Lang, rows: &[SectionRow], now: Instant) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::new(lang.t("sections-section")),
        Column::new(lang.t("pasi-page-sections-what")),
        Column::new(lang.t("pasi-page-sections-since")).hide_on_phone(),
    ];
    let table = Table::new(lang.t("pasi-page-sections"), columns)
        .rows(rows.iter().map(|row| drawn(lang, row, now)).collect())
        .draw(lang);
    html! { div class="mb" { (card::bare_card(&card::Head::new("sections", lang.t("pasi-page-sections")), &table)) } }
}

fn drawn(lang: Lang, row: &SectionRow, now: Instant) -> Row {
    let tone = match row.item.state {
        ItemState::Rejected => PillState::Rejected,
        ItemState::Conflict => PillState::Conflict,
        ItemState::Alert => PillState::Warning,
        ItemState::Done => PillState::InSync,
        _ => PillState::Pending,
    };
    let answer = row.item.answer();
    let cells = vec![
        html! { b { (row.number) } },
        html! {
            (pill(tone, &lang.tx(&format!("pasi-page-line-{}", row.item.state.as_str()), &[("record", lang.t(&format!("record-{}", row.item.record_kind)).into())])))
            @for rule in &answer.rules {
                div class="sm" { (rule.code) " " (translated(lang, rule).unwrap_or_else(|| rule.message.clone())) }
            }
        },
        html! { span class="num nw" { (age(lang, row.item.created_at, now)) } },
    ];
    Row::new(cells).link(0, crate::sections::path(row.section))
}
