//! A batch at the end of a school year by school and grade: how many, and how many not.

use super::words::key;
use super::{Asked, path};
use enrolment::mass::{Batch, BatchState, RowState, SeatCount};
use kernel::{Grade, SchoolId};
use maud::{Markup, html};
use schools::Directory;
use std::collections::BTreeSet;
use ui::table::{Column, Row, Table};
use ui::{Ctx, Lang, card};

/// The columns behind the grades: a heading and the states counted.
const REST: [(&str, &[RowState]); 2] = [
    ("year-seats-same", &[RowState::Same]),
    (
        "year-seats-not",
        &[
            RowState::Refused,
            RowState::Stale,
            RowState::Kept,
            RowState::LeftOut,
        ],
    ),
];

/// The state that the figures count: what will be, what is, what was taken back.
const fn counted(state: BatchState) -> RowState {
    match state {
        BatchState::Done | BatchState::Undoing => RowState::Done,
        BatchState::Undone => RowState::Undone,
        _ => RowState::Will,
    }
}

/// One row a school, one column a grade; a school leads to its students.
pub(super) fn card(
    ctx: &Ctx,
    batch: &Batch,
    asked: &Asked,
    (seats, directory): (&[SeatCount], &Directory),
) -> Markup {
    let lang = ctx.lang;
    let grades: BTreeSet<Grade> = seats.iter().map(|one| one.seat.grade).collect();
    let mut columns = vec![Column::new(lang.t("column-school"))];
    columns.extend(
        grades
            .iter()
            .map(|grade| Column::figures(grade.label()).hide_on_phone()),
    );
    columns.push(Column::figures(lang.t(&key(batch, "seats-all"))));
    columns.extend(REST.iter().map(|(words, _)| Column::figures(lang.t(words))));
    let there = directory
        .all()
        .iter()
        .filter(|school| seats.iter().any(|one| one.seat.school == school.id));
    let row =
        |name: &str, school: Option<SchoolId>| Row::new(cells(lang, batch, name, (seats, school), &grades));
    let mut rows: Vec<Row> = there
        .map(|school| {
            let address = format!("{}?school={}", path(batch.id), school.id);
            row(&school.name, Some(school.id))
                .selected(asked.school() == Some(school.id))
                .link(0, address)
        })
        .collect();
    if rows.len() > 1 {
        rows.push(row(&lang.t("all-schools"), None).link(0, path(batch.id)));
    }
    let table = Table::new(lang.t(&key(batch, "seats")), columns)
        .rows(rows)
        .draw(lang);
    card::bare_card(&card::Head::new("seats", lang.t(&key(batch, "seats"))), &table)
}

fn cells(
    lang: Lang,
    batch: &Batch,
    name: &str,
    (seats, school): (&[SeatCount], Option<SchoolId>),
    grades: &BTreeSet<Grade>,
) -> Vec<Markup> {
    let sum = |fits: &dyn Fn(&SeatCount) -> bool| -> usize {
        let here = seats
            .iter()
            .filter(|one| school.is_none_or(|school| one.seat.school == school));
        here.filter(|one| fits(one)).map(|one| one.students).sum()
    };
    let figure = |count: usize| {
        html! { @if count == 0 { span class="dim" { "–" } } @else { (lang.number(i64::try_from(count).unwrap_or(0))) } }
    };
    let main = counted(batch.state);
    let mut cells = vec![html! { (name) }];
    cells.extend(
        grades
            .iter()
            .map(|grade| figure(sum(&|one| one.seat.grade == *grade && one.state == main))),
    );
    cells.push(html! { b { (figure(sum(&|one| one.state == main))) } });
    cells.extend(
        REST.iter()
            .map(|(_, states)| figure(sum(&|one| states.contains(&one.state)))),
    );
    cells
}
