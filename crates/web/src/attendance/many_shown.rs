//! What an entry for many would do, what was entered before, and the classes to choose from.

use super::many::{MOST, Shown};
use super::slot_named;
use crate::lookup;
use crate::who::Who;
use access::Permit;
use access::action::ViewSections;
use attendance::RangePlan;
use courses::{SectionLine, SectionQuery, SectionSort};
use db::{Reader, Reading};
use kernel::{Instant, Outcome, SchoolId, SchoolYear, StudentId};
use maud::{Markup, html};
use ui::ctx::Ctx;
use ui::form::{Choice, Form};
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// Slots shown of a plan.
const SHOWN: usize = 60;

/// The open classes of a school.
pub(super) fn classes_of(
    at: &mut Reader,
    who: &Who,
    (school, year): (SchoolId, SchoolYear),
) -> Outcome<Vec<Choice>> {
    let permit = Permit::<ViewSections>::wide(who.standing())?;
    let query = SectionQuery {
        school: Some(school),
        year,
        text: String::new(),
        course: None,
        grade: None,
        with_closed: false,
        sort: SectionSort::Number,
        after: None,
        limit: MOST,
    };
    let today = at.today();
    let all = courses::sections(at, &permit, &query, today)?;
    let choice = |line: &SectionLine| {
        let words = format!("{} · {}", line.section.number, line.title());
        Choice::new(line.section.id.to_string(), words)
    };
    Ok(all.lines.iter().map(choice).collect())
}

/// What it would do.
pub(super) fn planned(lang: Lang, shown: &Shown, plan: &RangePlan) -> Markup {
    let (written, stays) = plan.counts();
    let said = lang.tx("many-will", &[("n", written.into()), ("stays", stays.into())]);
    let name = |student: StudentId| {
        let card = shown.students.iter().find(|card| card.student == student);
        card.map(|card| card.list_name.clone()).unwrap_or_default()
    };
    let columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("many-day")),
        Column::new(lang.t("attendance-slot")),
        Column::new(lang.t("many-before")),
        Column::new(lang.t("many-after")),
    ];
    let rows = plan.rows.iter().take(SHOWN).map(|row| {
        let before = row
            .before
            .as_ref()
            .map(|mark| mark.letter.clone())
            .unwrap_or_default();
        let words = if row.is_written {
            "many-written"
        } else {
            "many-stays"
        };
        Row::new(vec![
            html! { (name(row.student)) },
            html! { span class="num nw" { (row.on) } },
            html! { (slot_named(lang, &shown.pattern, row.slot)) },
            html! { (before) },
            html! { (lang.t(words)) },
        ])
    });
    html! {
        div class="cb b-top" { (banner(Tone::Info, &said, &lang.t("many-will-text"), &[])) }
        (Table::new(lang.t("many-plan"), columns).rows(rows.collect()).draw(lang))
        @if plan.rows.len() > SHOWN { div class="cb sub" { (lang.tx("many-more", &[("n", (plan.rows.len() - SHOWN).into())])) } }
    }
}

/// What was entered before, each with its way back.
pub(super) fn made(ctx: &Ctx, shown: &Shown, may: bool, now: Instant) -> Markup {
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("many-day")),
        Column::new(lang.t("field-letter")),
        Column::figures(lang.t("many-marks")),
        Column::new(lang.t("many-by")).hide_on_phone(),
        Column::new(lang.t("undo")).unseen_label(),
    ];
    let rows = shown.made.iter().map(|one| {
        let days = if one.days.0 == one.days.1 {
            one.days.0.to_string()
        } else {
            format!("{} – {}", one.days.0, one.days.1)
        };
        Row::new(vec![
            html! { span class="num nw" { (days) } },
            html! { b { (one.letter) } " " (one.comment) },
            html! { (one.marks) },
            html! { (one.made_by) ", " (lookup::moment(lang, one.made_at, now)) },
            match one.undone_at {
                Some(at) => html! { span class="sm dim" { (lang.t("many-undone")) " " (lookup::moment(lang, at, now)) } },
                None if may => Form::post("/attendance/many/undo").draw_in(ctx, &html! {
                    input type="hidden" name="id" value=(one.id);
                    input type="hidden" name="school" value=(shown.school);
                    (Action::submit(lang.t("undo")).small())
                }),
                None => html! {},
            },
        ])
    });
    let table = Table::new(lang.t("many-made"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&lang.t("many-none"), None))
        .draw(lang);
    card::bare_card(&card::Head::new("made", lang.t("many-made")), &table)
}
