//! Course enrolments and sections: what a student takes, who sits in a class,
//! and both changed as somebody else, which every system that may know of them
//! then learns by its long poll.

mod seat;
mod section;

pub(crate) use seat::{page as seat, send as send_seat};
pub(crate) use section::{page as section, send as send_section};

use crate::at::At;
use crate::posted::{Tried, wrong};
use crate::students::labelled;
use codes::CodeSet;
use kernel::Date;
use maud::{Markup, html};
use pasi_reference::Dossier;
use pasi_wire::messages::{CourseEnrolment, SchoolMark, Section};
use ui::Action;
use ui::form::{Choice, Field, Finding, Form, Width, form_end, summary};
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};
use uuid::Uuid;

/// The address of a section's page.
fn section_path(ref_id: Uuid) -> String {
    format!("/sections/{ref_id}")
}

/// The address of a course enrolment's page.
fn seat_path(ref_id: Uuid) -> String {
    format!("/course-enrolments/{ref_id}")
}

/// What the school calls a section, else its first course.
fn called(section: &Section) -> String {
    let course = section.course_codes.first().map(ToString::to_string);
    section.local_section_id.clone().or(course).unwrap_or_default()
}

fn mark(at: &At, mark: &SchoolMark) -> String {
    match mark.mark_format.as_str() {
        pasi_wire::rules::mark::PERCENT => at.with("desk-percent-of", "n", mark.mark_value.as_str()),
        _ => mark.mark_value.clone(),
    }
}

/// What a course enrolment says, as a row begun with `first`.
fn row(at: &At, held: &CourseEnrolment, first: Markup) -> Row {
    Row::new(vec![
        first,
        html! {
            @if held.is_deleted { (pill(State::Blocked, &at.t("desk-deleted"))) }
            @else { (labelled(at, CodeSet::CourseEnrolmentStatus, &held.status)) }
        },
        html! { span class="num" { @if let Some(given) = &held.mark { (mark(at, given)) } } },
        cell(at.lang.number(held.pasi_core_version)),
    ])
}

fn columns(at: &At, first: &str) -> Vec<Column> {
    vec![
        Column::new(at.t(first)),
        Column::new(at.t("desk-status")),
        Column::new(at.t("desk-mark")),
        Column::figures(at.t("desk-version")).hide_on_phone(),
    ]
}

/// The courses of a student, each with the way to its section and to its form.
pub(crate) fn of_student(at: &At, dossier: &Dossier) -> Markup {
    let rows = dossier.course_enrolments.iter().map(|(held, section)| {
        let first = html! {
            a class="num" href=(seat_path(held.ref_id)) { (held.course_code) }
            @if let Some(section) = section {
                div class="sm mt-s" { a href=(section_path(section.ref_id)) { (called(section)) } }
                div class="sm" { (section.school_code) " · " (section.school_year) }
            }
        };
        row(at, held, first)
    });
    Table::new(at.t("desk-courses"), columns(at, "desk-course"))
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-courses-none"), None))
        .draw(at.lang)
}

/// A form of these pages: what stands in a field is what was typed, else the record.
struct Asked<'a> {
    at: &'a At,
    tried: &'a Tried,
}

impl Asked<'_> {
    fn value(&self, name: &str, record: &str) -> String {
        if self.tried.form.is_empty() {
            record.to_owned()
        } else {
            self.tried.fields.get(name)
        }
    }
    fn day(&self, name: &str, words: &str, record: Option<Date>, is_needed: bool) -> Markup {
        let record = record.map(|day| day.to_string()).unwrap_or_default();
        let (label, value) = (self.at.t(words), self.value(name, &record));
        let field = Field::new(self.at.lang, name, &label)
            .value(&value)
            .findings(&self.tried.findings)
            .width(Width::Half);
        if is_needed {
            field.date()
        } else {
            field.optional().date()
        }
    }
    fn line(&self, name: &str, words: &str, record: &str) -> Markup {
        let (label, value) = (self.at.t(words), self.value(name, record));
        Field::new(self.at.lang, name, &label)
            .value(&value)
            .findings(&self.tried.findings)
            .optional()
            .width(Width::Half)
            .text()
    }
    fn code(&self, name: &str, words: &str, record: &str, set: CodeSet) -> Markup {
        let all = codes::built_in(set).all().iter();
        let choices: Vec<Choice> = all
            .map(|code| Choice::new(&code.code, labelled(self.at, set, &code.code)))
            .collect();
        let (label, value) = (self.at.t(words), self.value(name, record));
        Field::new(self.at.lang, name, &label)
            .value(&value)
            .findings(&self.tried.findings)
            .required()
            .select(&choices)
    }
    fn removed(&self, is_deleted: bool) -> Markup {
        let (label, record) = (self.at.t("desk-remove"), if is_deleted { "yes" } else { "" });
        Field::new(self.at.lang, "removed", &label)
            .value(&self.value("removed", record))
            .width(Width::Whole)
            .checkbox()
    }
    /// The form with its last line, sent to `path`; `back` leads away from it.
    fn draw(&self, (path, back): (&str, &str), version: i64, names: &[&str], fields: &Markup) -> Markup {
        let save = Action::submit(self.at.t("desk-save")).primary();
        let fields = html! {
            (summary(self.at.lang, &self.tried.findings, names))
            input type="hidden" name="version" value=(version);
            (fields)
            (form_end(self.at.lang, &Markup::default(), back, &save))
        };
        Form::post(path).class("fg").draw(&self.at.token, &fields)
    }
}

/// The record changed since the page was drawn.
fn stale(at: &At) -> Vec<Finding> {
    vec![wrong(at, "", "desk-class-stale")]
}
