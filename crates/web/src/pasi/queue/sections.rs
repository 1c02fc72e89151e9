//! The rows of the queue that are about a class and no student, and the open
//! one of them: who has it, what was written to it, what can be done.

use super::Asked;
use super::rows::{age, translated};
use crate::lookup;
use crate::pasi::care::{self, Care};
use crate::pasi::drawer::{details, history, outcomes, rules};
use crate::who::Who;
use access::action::{DecidePasi, ViewPasi};
use access::{Permit, Standing};
use kernel::{Failure, Instant, Outcome, PasiItemId};
use maud::{Markup, html};
use pasi::{ItemState, RowId, SectionRow};
use schools::Directory;
use ui::pill::{State as PillState, pill};
use ui::queue::Drawer;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card, icon};

/// The card above the queue; nothing where no class waits.
pub(super) fn card(lang: Lang, asked: &Asked, rows: &[SectionRow], now: Instant) -> Markup {
    if rows.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::new(lang.t("sections-section")),
        Column::new(lang.t("pasi-page-sections-what")),
        Column::new(lang.t("pasi-page-sections-since")).hide_on_phone(),
    ];
    let table = Table::new(lang.t("pasi-page-sections"), columns)
        .rows(rows.iter().map(|row| drawn(lang, asked, row, now)).collect())
        .draw(lang);
    html! { div class="mb" { (card::bare_card(&card::Head::new("sections", lang.t("pasi-page-sections")), &table)) } }
}

fn state(row: &SectionRow) -> PillState {
    match row.item.state {
        ItemState::Rejected => PillState::Rejected,
        ItemState::Conflict => PillState::Conflict,
        ItemState::Alert => PillState::Warning,
        ItemState::Done => PillState::InSync,
        _ => PillState::Pending,
    }
}

/// What became of it, in a line.
fn line(lang: Lang, row: &SectionRow) -> String {
    let record = lang.t(&format!("record-{}", row.item.record_kind));
    let words = format!("pasi-page-line-{}", row.item.state.as_str());
    lang.tx(&words, &[("record", record.into())]).into_owned()
}

fn drawn(lang: Lang, asked: &Asked, row: &SectionRow, now: Instant) -> Row {
    let answer = row.item.answer();
    let cells = vec![
        html! { b { (row.number) } },
        html! {
            (pill(state(row), &line(lang, row)))
            @for rule in &answer.rules {
                div class="sm" { (rule.code) " " (translated(lang, rule).unwrap_or_else(|| rule.message.clone())) }
            }
            @if let Some(assigned) = &row.assigned { div class="xs dim" { (icon(Icon::User)) " " (assigned.name) } }
        },
        html! { span class="num nw" { (age(lang, row.item.created_at, now)) } },
    ];
    let key = row.item.id.to_string();
    Row::new(cells)
        .link(0, asked.opening(&key).path())
        .selected(key == asked.open)
}

/// The open row with what belongs to it.
pub(super) struct Open {
    row: SectionRow,
    care: Care,
    may_decide: bool,
}

/// Reads the row whose item is open; none where that is no item of a section.
pub(super) fn read(at: &mut db::Reader, standing: &Standing, open: &str) -> Outcome<Option<Open>> {
    let Ok(id) = open.parse::<PasiItemId>() else {
        return Ok(None);
    };
    let view = Permit::<ViewPasi>::wide(standing)?;
    let row = match pasi::section_row(at, &view, id) {
        Err(Failure::NotFound) => return Ok(None),
        row => row?,
    };
    let decide = Permit::<DecidePasi>::wide(standing).ok();
    let assigned = row.assigned.clone();
    Ok(Some(Open {
        care: care::read(at, &view, decide.as_ref(), RowId::Item(id), assigned)?,
        may_decide: decide.is_some(),
        row,
    }))
}

/// Draws the open row. `here` is the queue as it is.
pub(super) fn draw(who: &Who, here: &Asked, open: &Open, directory: &Directory, now: Instant) -> Markup {
    let (lang, item) = (who.lang(), &open.row.item);
    let school = item.school_id.map(|school| directory.name(school));
    // What differs is decided on the page of the class, with both sides in view.
    let is_decided_here = open.may_decide && item.state != ItemState::Conflict;
    let outcomes = if is_decided_here {
        outcomes(lang, item)
    } else {
        Vec::new()
    };
    let proposed = outcomes.first().map(|choice| choice.value.clone());
    let person = item.actor().map(|actor| actor.name).unwrap_or_default();
    let when = lookup::moment(lang, item.created_at, now);
    let words = format!("pasi-page-story-{}", item.state.as_str());
    let verb = if item.state == ItemState::Approval {
        "pasi-page-approve"
    } else {
        "pasi-page-apply"
    };
    let page = Action::link(
        lang.t("pasi-page-section"),
        crate::sections::path(open.row.section),
    );
    ui::queue::drawer(
        lang,
        &Drawer {
            name: &open.row.number,
            facts: school.unwrap_or_default(),
            state: state(&open.row),
            close: &here.opening("").path(),
            subject: &lang.t(&format!("record-{}", item.record_kind)),
            story: &lang.tx(&words, &[("who", person.into()), ("when", when.into())]),
            sides: rules(lang, item),
            outcomes,
            proposed: proposed.as_deref().unwrap_or_default(),
            action: &format!("/pasi/items/{}/decide{}", item.id, here.query()),
            csrf: &who.holder().csrf,
            seen: "",
            verb: &lang.t(verb),
            more: [vec![page.icon(Icon::Pencil)], open.care.actions(lang, here)].concat(),
            care: open.care.draw(who, here, now),
            details: &details(lang, item),
            history: history(lang, item, now),
        },
    )
}
