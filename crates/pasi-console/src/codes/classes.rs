//! Every code class; and the school years that are open.

use super::title;
use crate::at::{At, item};
use crate::clients::not_saved;
use crate::posted::{Fields, Posted, done, told};
use axum::extract::Query;
use axum::response::Response;
use kernel::SchoolYear;
use maud::{Markup, html};
use pasi_reference::YearAtDesk;
use std::collections::BTreeMap;
use ui::Action;
use ui::card::{Head, bare_card};
use ui::form::Form;
use ui::head::PageHead;
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// Classes and years.
pub(crate) async fn page(at: At, Query(query): Query<Vec<(String, String)>>) -> Response {
    let done = Fields::from(query).some("done");
    let body = html! {
        (PageHead::new(at.t("desk-codes")).facts(at.t("desk-codes-facts")).draw())
        (told(&at, done.as_deref()))
        div class="grid" {
            div class="s7 stack" { (bare_card(&Head::new("classes", at.t("desk-code-classes")), &classes(&at))) }
            div class="s5 stack" { (bare_card(&Head::new("school-years", at.t("desk-school-years")), &years(&at))) }
        }
    };
    at.page(item::CODES, &at.t("desk-codes"), body)
}

fn classes(at: &At) -> Markup {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for value in at.desk.code_values() {
        *counted.entry(value.code_class_name).or_default() += 1;
    }
    let columns = vec![
        Column::new(at.t("desk-code-class")),
        Column::new(at.t("desk-class-name")).hide_on_phone(),
        Column::figures(at.t("desk-values")),
    ];
    let rows = counted.into_iter().map(|(class, count)| {
        Row::new(vec![
            cell(title(at, &class)),
            html! { span class="code" { (class) } },
            cell(count),
        ])
        .link(0, format!("{}/{}", item::CODES, crate::answer::encoded(&class)))
    });
    Table::new(at.t("desk-code-classes"), columns)
        .rows(rows.collect())
        .draw(at.lang)
}

fn years(at: &At) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-school-year")),
        Column::new(at.t("desk-state")),
        Column::new(at.t("desk-action")).unseen_label(),
    ];
    let rows = at.desk.school_years().into_iter().rev().map(|year| {
        Row::new(vec![
            html! { span class="num" { (year.year.school_year) } },
            html! {
                @if year.year.is_accepted { (pill(State::Ok, &at.t("desk-open"))) } @else { (pill(State::Blocked, &at.t("desk-closed"))) }
                @if year.is_set { " " (pill(State::Neutral, &at.t("desk-by-hand"))) }
            },
            switches(at, &year),
        ])
    });
    Table::new(at.t("desk-school-years"), columns)
        .rows(rows.collect())
        .draw(at.lang)
}

fn switches(at: &At, year: &YearAtDesk) -> Markup {
    let number = year.year.school_year;
    let (words, to) = if year.year.is_accepted {
        ("desk-close", "close")
    } else {
        ("desk-open-do", "open")
    };
    let button = |words: &str, to: &str| {
        let spoken = format!("{} {number}", at.t(words));
        Action::submit(at.t(words)).small().spoken(spoken).named("to", to)
    };
    let fields = html! {
        input type="hidden" name="year" value=(number.number());
        span class="row-x" {
            (button(words, to))
            @if year.is_set { (button("desk-by-calendar", "calendar")) }
        }
    };
    Form::post(item::CODES).draw(&at.token, &fields)
}

/// Opens or closes a school year, or leaves it to the calendar.
pub(crate) async fn open_year(Posted { at, fields }: Posted) -> Response {
    let is_open = match fields.get("to").as_str() {
        "open" => Some(true),
        "close" => Some(false),
        _ => None,
    };
    let Some(year) = fields.parsed("year").and_then(SchoolYear::ending) else {
        return at.missing(item::CODES);
    };
    match at.desk.open_year(year, is_open) {
        Ok(()) => done(item::CODES, "school-year"),
        Err(error) => not_saved(&at, &error),
    }
}
