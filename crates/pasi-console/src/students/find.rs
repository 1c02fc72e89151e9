//! Finding a student by any part of a name, by number, or by birth date.

use super::path;
use crate::at::{At, item};
use crate::narrowed::Narrowed;
use crate::posted::Fields;
use axum::extract::Query;
use axum::response::Response;
use kernel::Date;
use maud::{Markup, html};
use pasi_reference::Search;
use pasi_wire::messages::Student;
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// Most students shown.
const MOST: usize = 50;

/// The search and what it found.
pub(crate) async fn page(at: At, Query(query): Query<Vec<(String, String)>>) -> Response {
    let typed = Fields::from(query).get("q");
    let found = if typed.is_empty() {
        Vec::new()
    } else {
        at.desk.find(&search(&typed), MOST).await
    };
    let (rows, foot) = (table(&at, &typed, &found), foot(&at, found.len()));
    let list = Narrowed {
        item: item::STUDENTS,
        title: "desk-students",
        holds: "desk-students",
        results: "found",
        find: "desk-find-label",
        typed,
        selects: Vec::new(),
    };
    list.draw(&at, &rows, &foot)
}

/// A word that is a date is the birth date; the others are parts of names, or a number.
fn search(typed: &str) -> Search {
    let is_date = |word: &&str| word.parse::<Date>().is_ok();
    Search {
        words: typed
            .split_whitespace()
            .filter(|word| !is_date(word))
            .collect::<Vec<_>>()
            .join(" "),
        born: typed.split_whitespace().find_map(|word| word.parse().ok()),
    }
}

fn table(at: &At, typed: &str, found: &[Student]) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-name-of")),
        Column::new(at.t("desk-asn")),
        Column::new(at.t("desk-born")),
        Column::new(at.t("desk-gender")).hide_on_phone(),
        Column::new(at.t("desk-state")).hide_on_phone(),
    ];
    let rows = found.iter().map(|student| {
        let identity = &student.identification;
        Row::new(vec![
            cell(identity.name.list()),
            html! { span class="num nw" { (student.asn) } },
            html! { span class="num nw" { (identity.birth_date) } },
            cell(super::labelled(at, codes::CodeSet::Gender, &identity.gender)),
            number_state(at, student),
        ])
        .link(0, path(student.asn))
    });
    let why = if typed.is_empty() {
        "desk-find-start"
    } else {
        "desk-find-none"
    };
    Table::new(at.t("desk-students"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t(why), None))
        .draw(at.lang)
}

/// What the number stands for.
pub(super) fn number_state(at: &At, student: &Student) -> Markup {
    if student.is_deactivated {
        pill(State::Blocked, &at.t("desk-deactivated"))
    } else if student.primary_asn.is_some() {
        pill(State::Neutral, &at.t("desk-secondary"))
    } else {
        pill(State::Ok, &at.t("desk-primary"))
    }
}

fn foot(at: &At, shown: usize) -> Markup {
    html! {
        @if shown >= MOST {
            p class="sm dim m-0 pager" { (at.with("desk-find-most", "n", MOST)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_a_date_is_the_birth_date() {
        for (typed, words, born) in [
            ("tran 2015-04-17", "tran", Some("2015-04-17")),
            ("2015-04-17", "", Some("2015-04-17")),
            ("9990-0000-1", "9990-0000-1", None),
            ("le thi 2015-13-40", "le thi 2015-13-40", None),
        ] {
            let search = search(typed);
            assert_eq!(search.words, words, "{typed}");
            assert_eq!(search.born.map(|day| day.to_string()).as_deref(), born, "{typed}");
        }
    }
}
