//! A student's timetable.

use super::head::{self, Opened, Page};
use super::requests;
use crate::answer::PageResult;
use crate::sections::timetable_paper::Whose;
use crate::sections::{timetable, timetable_paper};
use crate::who::Who;
use crate::{App, context};
use access::Permit;
use access::action::{ManageSections, ViewPasi, ViewSections};
use axum::extract::{Path, Query, State};
use courses::{Of, Sat, SeatState};
use kernel::{Outcome, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::{Standing, Stands};
use serde::Deserialize;
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    on: String,
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let year = context::year_shown(&who);
    let standing = who.standing().clone();
    let opened = head::open(&app, &who, student, move |at, permit| {
        let lessons = courses::timetable_of_student(at, permit, student, year)?;
        let patterns = timetable::patterns(at, &lessons, year)?;
        // Of schools' people alone: nobody else sees sections but the own.
        let told = match Permit::<ViewSections>::wide(&standing) {
            Ok(view) if context::may::<ViewPasi>(&standing) => told(at, &view, student, year)?,
            _ => Vec::new(),
        };
        Ok((lessons, patterns, told))
    });
    let Opened {
        head,
        ctx,
        shown: (lessons, patterns, told),
    } = opened.await?;
    let lang = ctx.lang;
    let today = app.store().now().date();
    let today = who.visit.look.map_or(today, |look| look.on);
    let today = today.clamp(year.starts(), year.ends());
    let address = head::path(student, Page::Timetable);
    let with = |on: &str| format!("{address}{}", crate::answer::query([("on", on)]));
    let print = Action::scripted(lang.t("sections-print"))
        .icon(Icon::Printer)
        .with("data-print", "");
    // A teacher may open the own sections alone, a family none.
    let paper = Action::link(lang.t("paper-pdf"), format!("{address}/pdf")).icon(Icon::FileText);
    let leads = context::may::<ManageSections>(who.standing());
    let on = asked.on.parse().unwrap_or(today);
    let body = html! {
        (head.draw(&who, Page::Timetable, vec![print, paper]))
        (requests::views(lang, student, false))
        (timetable::drawn((lang, leads), &year.to_string(), (&lessons, &patterns), on, &with))
        @if !told.is_empty() { div class="mt" { (courses_there(lang, &told)) } }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, lang.t("student-tab-timetable"), body).into())
}

/// The same on paper, a page for each stretch of days.
pub(crate) async fn paper(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let year = context::year_shown(&who);
    let opened = head::open(&app, &who, student, move |at, permit| {
        let lessons = courses::timetable_of_student(at, permit, student, year)?;
        let patterns = timetable::patterns(at, &lessons, year)?;
        Ok((lessons, patterns))
    });
    let Opened { head, shown, .. } = opened.await?;
    let card = &head.header.card;
    let school = card.school.map_or("", |school| head.directory.name(school));
    let whose = Whose {
        name: head
            .header
            .goes_by
            .as_ref()
            .unwrap_or(&head.header.legal)
            .sentence(),
        beside: [school, &card.homeroom]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        author: school.to_owned(),
        year,
    };
    timetable_paper::answer(&app, &who, &whose, (&shown.0, &shown.1)).await
}

/// The student's places of a year that PASI is told of, and how each stands.
fn told(
    at: &mut db::Reader,
    view: &Permit<ViewSections>,
    student: StudentId,
    year: SchoolYear,
) -> Outcome<Vec<(Sat, Standing)>> {
    let mut standing = pasi::seats_stand(at, view, Of::Student(student))?;
    let all = courses::sat(at, view, Of::Student(student))?;
    let told = all
        .into_iter()
        .filter(|sat| sat.section.year == year && sat.seat.state != SeatState::InError)
        .filter_map(|sat| standing.remove(&sat.seat.id).map(|standing| (sat, standing)));
    let mut told: Vec<(Sat, Standing)> = told.filter(|(_, one)| one.stands != Stands::Stays).collect();
    told.sort_by(|(one, _), (other, _)| one.section.number.cmp(&other.section.number));
    Ok(told)
}

/// The card with the courses and how each stands with PASI.
fn courses_there(lang: Lang, told: &[(Sat, Standing)]) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-section")),
        Column::new(lang.t("sections-course")),
        Column::new(lang.t("sections-from")).hide_on_phone(),
        Column::new(lang.t("sections-until")).hide_on_phone(),
        Column::new(lang.t("sections-pasi")),
    ];
    let rows = told.iter().map(|(sat, standing)| {
        let names: Vec<&str> = sat.courses.iter().map(|course| course.name.as_str()).collect();
        let (from, until) = sat.seat.days(&sat.section);
        Row::new(vec![
            html! { span class="nw" { (sat.section.number) } },
            html! { (names.join(" · ")) },
            html! { span class="num nw" { (from) } },
            html! { span class="num nw" { (until) } },
            html! {
                (crate::sections::pasi::state(lang, standing.stands))
                @for finding in crate::sections::pasi::said(lang, standing) { (ui::form::finding_line(lang, &finding)) }
            },
        ])
    });
    let table = Table::new(lang.t("sections-pasi-courses"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(
        &card::Head::new("courses", lang.t("sections-pasi-courses")),
        &table,
    )
}
