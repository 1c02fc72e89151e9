//! A course enrolment: status, mark, days.

use super::{Asked, called, seat_path, section_path, stale};
use crate::at::{At, item};
use crate::posted::{Fields, Posted, Reading, Tried, done, from_rules, told, wrong};
use crate::students::change::refused;
use crate::students::path;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use codes::CodeSet;
use kernel::{Date, Findings};
use maud::html;
use pasi_wire::messages::{CourseEnrolment, SchoolMark};
use pasi_wire::rules::mark;
use ui::card::{Head, card};
use ui::facts::Facts;
use ui::head::{Crumb, PageHead};
use uuid::Uuid;

const FIELDS: &[&str] = &["status", "format", "mark", "given", "entered", "left"];

/// The page.
pub(crate) async fn page(
    at: At,
    Path(ref_id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let Some(held) = held(&at, &ref_id) else {
        return at.missing(item::STUDENTS);
    };
    let done = Fields::from(query).some("done");
    draw(&at, StatusCode::OK, &held, &Tried::default(), done.as_deref())
}

fn held(at: &At, ref_id: &str) -> Option<CourseEnrolment> {
    at.desk.course_enrolment(ref_id.parse().ok()?)
}

fn draw(at: &At, status: StatusCode, held: &CourseEnrolment, tried: &Tried, done: Option<&str>) -> Response {
    let asked = Asked { at, tried };
    let back = path(held.asn);
    let section = at.desk.section(held.section_ref_id).map(|(section, _)| section);
    let given = held.mark.as_ref();
    let fields = html! {
        (asked.code("status", "desk-status", &held.status, CodeSet::CourseEnrolmentStatus))
        (asked.code("format", "desk-mark-format", given.map_or(mark::PERCENT, |given| &given.mark_format), CodeSet::MarkFormat))
        (asked.line("mark", "desk-mark", given.map_or("", |given| &given.mark_value)))
        (asked.day("given", "desk-mark-given", given.map(|given| given.assignment_date), false))
        (asked.day("entered", "desk-entered", held.entry_date, false))
        (asked.day("left", "desk-exit", held.exit_date, false))
        (asked.removed(held.is_deleted))
    };
    let facts = Facts::new()
        .figure(at.t("desk-course"), held.course_code.to_string())
        .figure(at.t("desk-credits"), held.credits_attempted.to_string())
        .figure(at.t("desk-version"), at.lang.number(held.pasi_core_version));
    let facts = match &section {
        Some(section) => facts.fact(
            at.t("desk-section"),
            html! { a href=(section_path(section.ref_id)) { (called(section)) } },
        ),
        None => facts,
    };
    let form = asked.draw(
        (&seat_path(held.ref_id), &back),
        held.pasi_core_version,
        FIELDS,
        &fields,
    );
    let body = html! {
        (PageHead::new(at.t("desk-course-enrolment"))
            .crumbs(vec![
                Crumb::link(at.t("desk-students"), item::STUDENTS),
                Crumb::link(held.asn.to_string(), back.clone()),
                Crumb::here(held.course_code.to_string()),
            ])
            .draw())
        (told(at, done))
        div class="grid" {
            div class="s5 stack" { (card(&Head::new("facts", at.t("desk-course-enrolment")), &facts.draw())) }
            div class="s7 stack" { (card(&Head::new("change", at.t("desk-change")), &form)) }
        }
    };
    at.page_with(status, item::STUDENTS, &at.t("desk-course-enrolment"), body)
}

/// Changes it, takes it out or puts it in again.
pub(crate) async fn send(Path(ref_id): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(held) = held(&at, &ref_id) else {
        return at.missing(item::STUDENTS);
    };
    let again = |fields: Fields, found| {
        let tried = Tried::refused("seat", fields, found);
        draw(&at, tried.status(), &held, &tried, None)
    };
    if fields.parsed::<i64>("version") != Some(held.pasi_core_version) {
        return again(fields.clone(), stale(&at));
    }
    let mut read = Reading::of(&at, &fields);
    let status = read.code("status", CodeSet::CourseEnrolmentStatus);
    let mark_format = read.code("format", CodeSet::MarkFormat);
    let given: Option<Date> = read.maybe("given", "desk-date-wrong");
    let entry_date: Option<Date> = read.maybe("entered", "desk-date-wrong");
    let exit_date: Option<Date> = read.maybe("left", "desk-date-wrong");
    let mut found = read.found;
    if entry_date
        .zip(exit_date)
        .is_some_and(|(first, last)| last < first)
    {
        found.push(wrong(&at, "left", "desk-exit-before"));
    }
    let typed = fields.some("mark");
    let judged: Findings = typed
        .as_deref()
        .and_then(|value| mark::value(&mark_format, value))
        .into_iter()
        .map(|mut found| {
            "mark".clone_into(&mut found.field);
            found
        })
        .collect();
    found.extend(from_rules(&at, &judged));
    if !found.is_empty() {
        return again(fields.clone(), found);
    }
    let is_deleted = fields.is_on("removed");
    let mark = typed.map(|mark_value| SchoolMark {
        mark_format,
        mark_value,
        assignment_date: given.unwrap_or_else(|| at.today()),
        is_mark_approved: held.mark.as_ref().is_some_and(|held| held.is_mark_approved),
    });
    let id: Uuid = held.ref_id;
    let changed = at.desk.change_course_enrolment(id, |record| {
        record.status = status;
        record.mark = mark;
        record.entry_date = entry_date;
        record.exit_date = exit_date;
        record.is_deleted = is_deleted;
    });
    match changed.await {
        Ok(_) => done(&seat_path(id), "course-enrolment"),
        Err(error) => again(fields.clone(), vec![refused(&at, &error)]),
    }
}
