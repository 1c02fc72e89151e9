//! A section: when and how it is taught, and who sits in it.

use super::{Asked, called, columns, row, seat_path, section_path, stale};
use crate::at::{At, item};
use crate::posted::{Fields, Posted, Reading, Tried, done, told, wrong};
use crate::students::change::refused;
use crate::students::path;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use codes::CodeSet;
use kernel::Date;
use maud::{Markup, html};
use pasi_wire::messages::{CourseEnrolment, Section};
use ui::card::{Head, bare_card, card};
use ui::facts::Facts;
use ui::head::{Crumb, PageHead};
use ui::table::Table;

const FIELDS: &[&str] = &[
    "term", "first", "last", "schedule", "method", "language", "credits", "minutes",
];

/// The page.
pub(crate) async fn page(
    at: At,
    Path(ref_id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let Some((held, seats)) = found(&at, &ref_id) else {
        return at.missing(item::STUDENTS);
    };
    let done = Fields::from(query).some("done");
    draw(
        &at,
        StatusCode::OK,
        (&held, &seats),
        &Tried::default(),
        done.as_deref(),
    )
}

fn found(at: &At, ref_id: &str) -> Option<(Section, Vec<CourseEnrolment>)> {
    at.desk.section(ref_id.parse().ok()?)
}

fn draw(
    at: &At,
    status: StatusCode,
    (held, seats): (&Section, &[CourseEnrolment]),
    tried: &Tried,
    done: Option<&str>,
) -> Response {
    let school = format!("{}/{}", item::ORGANIZATIONS, held.school_code);
    let courses: Vec<String> = held.course_codes.iter().map(ToString::to_string).collect();
    let facts = Facts::new()
        .fact(
            at.t("desk-school"),
            html! { a class="num" href=(school) { (held.school_code) } },
        )
        .figure(at.t("desk-school-year"), held.school_year.to_string())
        .figure(at.t("desk-courses"), courses.join(", "))
        .figure(at.t("desk-version"), at.lang.number(held.pasi_core_version));
    let rows = seats.iter().map(|seat| {
        let first = html! {
            a class="num" href=(path(seat.asn)) { (seat.asn) }
            div class="sm mt-s" { a class="num" href=(seat_path(seat.ref_id)) { (seat.course_code) } }
        };
        row(at, seat, first)
    });
    let students = Table::new(at.t("desk-in-section"), columns(at, "desk-student"))
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-in-section-none"), None))
        .draw(at.lang);
    let body = html! {
        (PageHead::new(called(held))
            .crumbs(vec![Crumb::link(at.t("desk-students"), item::STUDENTS), Crumb::here(at.t("desk-section"))])
            .draw())
        (told(at, done))
        div class="grid" {
            div class="s5 stack" {
                (card(&Head::new("facts", at.t("desk-section")), &facts.draw()))
                (bare_card(&Head::new("students", at.t("desk-in-section")), &students))
            }
            div class="s7 stack" { (card(&Head::new("change", at.t("desk-change")), &form(at, held, tried))) }
        }
    };
    at.page_with(status, item::STUDENTS, &at.t("desk-section"), body)
}

fn form(at: &At, held: &Section, tried: &Tried) -> Markup {
    let asked = Asked { at, tried };
    let minutes = held
        .instructional_minutes_offered
        .map(|minutes| minutes.to_string());
    let fields = html! {
        (asked.code("term", "desk-term", &held.section_term, CodeSet::SectionTerm))
        (asked.code("language", "desk-language", &held.instructional_language, CodeSet::CourseLanguage))
        (asked.day("first", "desk-from", Some(held.start_date), true))
        (asked.day("last", "desk-until-head", Some(held.end_date), true))
        (asked.code("schedule", "desk-schedule", &held.delivery_schedule, CodeSet::DeliverySchedule))
        (asked.code("method", "desk-method", &held.primary_delivery_method, CodeSet::DeliveryMethod))
        (asked.line("credits", "desk-credits", &held.credits_offered.to_string()))
        (asked.line("minutes", "desk-minutes", minutes.as_deref().unwrap_or_default()))
        (asked.removed(held.is_deleted))
    };
    asked.draw(
        (&section_path(held.ref_id), item::STUDENTS),
        held.pasi_core_version,
        FIELDS,
        &fields,
    )
}

/// Changes it, takes it out or puts it in again.
pub(crate) async fn send(Path(ref_id): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some((held, seats)) = found(&at, &ref_id) else {
        return at.missing(item::STUDENTS);
    };
    let again = |found| {
        let tried = Tried::refused("section", fields.clone(), found);
        draw(&at, tried.status(), (&held, &seats), &tried, None)
    };
    if fields.parsed::<i64>("version") != Some(held.pasi_core_version) {
        return again(stale(&at));
    }
    let mut read = Reading::of(&at, &fields);
    let section_term = read.code("term", CodeSet::SectionTerm);
    let language = read.code("language", CodeSet::CourseLanguage);
    let schedule = read.code("schedule", CodeSet::DeliverySchedule);
    let method = read.code("method", CodeSet::DeliveryMethod);
    let first: Option<Date> = read.needed("first", "desk-date-wrong");
    let last: Option<Date> = read.needed("last", "desk-date-wrong");
    let credits: Option<u8> = read.needed("credits", "desk-number-wrong");
    let minutes: Option<u16> = read.maybe("minutes", "desk-number-wrong");
    let mut found = read.found;
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        found.push(wrong(&at, "last", "desk-exit-before"));
    }
    let (Some(start_date), Some(end_date), Some(credits_offered), true) =
        (first, last, credits, found.is_empty())
    else {
        return again(found);
    };
    let is_deleted = fields.is_on("removed");
    let changed = at.desk.change_section(held.ref_id, |record| {
        record.section_term = section_term;
        record.instructional_language = language;
        record.delivery_schedule = schedule;
        record.primary_delivery_method = method;
        record.start_date = start_date;
        record.end_date = end_date;
        record.credits_offered = credits_offered;
        record.instructional_minutes_offered = minutes;
        record.is_deleted = is_deleted;
    });
    match changed.await {
        Ok(_) => done(&section_path(held.ref_id), "section"),
        Err(error) => again(vec![refused(&at, &error)]),
    }
}
