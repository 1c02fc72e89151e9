//! Letters that were made: of a school, and about a student.

use super::compose::total;
use super::{HOME, Shown};
use crate::lookup;
use attendance::{LetterBatch, LetterSent, rules};
use kernel::{Instant, LetterBatchId};
use maud::{Markup, html};
use ui::ctx::Ctx;
use ui::form::Form;
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// What was just made, with the way to print it.
pub(super) fn just_made(lang: Lang, all: &[LetterBatch], id: LetterBatchId) -> Markup {
    let Some(batch) = all.iter().find(|one| one.id == id && one.undone_at.is_none()) else {
        return html! {};
    };
    let said = lang.tx("letters-made-now", &[("n", batch.letters.into())]);
    let print = Action::link(lang.t("letters-print"), print_path(id))
        .icon(Icon::Printer)
        .primary();
    html! { div role="status" { (banner(Tone::Info, &said, &lang.t("letters-made-hint"), &[print])) } }
}

fn print_path(id: LetterBatchId) -> String {
    format!("{HOME}/{id}")
}

/// What was made before, each with its ways: print, mailed, take back.
pub(super) fn card(ctx: &Ctx, shown: &Shown, may: bool, now: Instant) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("letters-made-at")),
        Column::figures(lang.t("letters-count")),
        Column::new(lang.t("letters-state")),
        Column::new(lang.t("letters-ways")).unseen_label(),
    ];
    let rows = shown.made.iter().map(|one| {
        Row::new(vec![
            html! { (lookup::moment(lang, one.made_at, now)) ", " span class="dim" { (one.made_by) } },
            html! { (one.letters) },
            html! { (state(lang, one, now)) },
            ways(ctx, shown, one, may),
        ])
    });
    let table = Table::new(lang.t("letters-made"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("letters-made-none"), None))
        .draw(lang);
    card::bare_card(&card::Head::new("made", lang.t("letters-made")), &table)
}

fn state(lang: Lang, one: &LetterBatch, now: Instant) -> String {
    match (one.undone_at, one.mailed_at) {
        (Some(at), _) => format!("{} {}", lang.t("letters-undone"), lookup::moment(lang, at, now)),
        (None, Some(at)) => format!("{} {}", lang.t("letters-mailed"), lookup::moment(lang, at, now)),
        (None, None) => lang.t("letters-open").into_owned(),
    }
}

fn ways(ctx: &Ctx, shown: &Shown, one: &LetterBatch, may: bool) -> Markup {
    let lang = ctx.lang;
    let way = |rest: &str, button: Action| {
        let fields = html! {
            input type="hidden" name="id" value=(one.id);
            input type="hidden" name="school" value=(shown.school);
            (button)
        };
        Form::post(&format!("{HOME}/{rest}")).draw_in(ctx, &fields)
    };
    html! {
        div class="row-x wrap" {
            (Action::link(lang.t("letters-print"), print_path(one.id)).small().icon(Icon::Printer))
            @if may && one.undone_at.is_none() && one.mailed_at.is_none() {
                (way("mailed", Action::submit(lang.t("letters-mail")).small()))
                (way("undo", Action::submit(lang.t("letters-take-back")).small()))
            }
        }
    }
}

/// The letters about a student, for the page of the student's attendance.
pub(crate) fn of_student(lang: Lang, letters: &[LetterSent], now: Instant) -> Markup {
    if letters.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::new(lang.t("letters-made-at")),
        Column::new(lang.t("letters-threshold")),
        Column::new(lang.t("letters-to")),
        Column::new(lang.t("letters-state")).hide_on_phone(),
    ];
    let rows = letters.iter().map(|one| {
        let step = rules::letter_measure(one.unit, one.step);
        Row::new(vec![
            html! { span class="nw" { (lookup::moment(lang, one.batch.made_at, now)) } },
            html! { (total(lang, one.unit, step)) " " span class="sm dim" { (lang.tx("letters-stated", &[("total", total(lang, one.unit, one.stated.total).into())])) } },
            html! { (one.addressee) " " span class="sm dim" { (lookup::code(lang, codes::CodeSet::LanguageAtHome, &one.language)) } },
            html! { (state(lang, &one.batch, now)) },
        ])
        .link(0, format!("/students/{}/attendance/letters/{}", one.student, one.id))
    });
    let table = Table::new(lang.t("letters-of-student"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(&card::Head::new("letters", lang.t("letters-of-student")), &table)
}
