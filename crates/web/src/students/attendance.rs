//! The attendance of a student in the year on screen: counted, month by month, and every day on which it was not
//! simply present.

use super::head::{self, Opened, Page};
use crate::answer::{OrStop, PageResult};
use crate::attendance::record::{self, Keeper};
use crate::attendance::summary::{days, how_counted};
use crate::attendance::{label, letters, slot_named, tone};
use crate::pattern::Patterns;
use crate::who::Who;
use crate::{App, context, lookup};
use access::Permit;
use access::action::{ManageAttendance, ViewAttendance};
use attendance::{Codes, LetterSent, Mark, StudentYear, Tally};
use axum::extract::{Path, Query, State};
use db::Reader;
use kernel::{Date, Failure, Outcome, SchoolId, SchoolYear, StudentId};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use ui::facts::Facts;
use ui::table::{Column, Row, Table};
use ui::timeline::{Moment, timeline};
use ui::{Action, Icon, Lang, card};

/// The day whose marks are shown with every version they had; none when left away.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    day: String,
    /// Every mark of the year; the newest alone when left away.
    #[serde(default)]
    all: String,
}

/// Marks shown until all are asked for.
const NEWEST: usize = 15;

/// What is drawn.
struct Shown {
    year: StudentYear,
    /// The day that was asked for, with its versions; for staff alone.
    day: Option<(Date, Vec<Mark>)>,
    codes: BTreeMap<SchoolId, Codes>,
    patterns: Patterns,
    /// For the office alone.
    letters: Vec<LetterSent>,
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let is_staff = who.standing().role.is_staff();
    let day: Option<Date> = asked.day.parse().ok().filter(|_| is_staff);
    let (standing, year) = (who.standing().clone(), context::year_shown(&who));
    let most = if asked.all.is_empty() { NEWEST } else { usize::MAX };
    let opened = head::open(&app, &who, student, move |at, _| {
        let permit = Permit::<ViewAttendance>::student(at, &standing, student)?;
        let letters = if context::may::<ManageAttendance>(&standing) {
            let office = Permit::<ManageAttendance>::student(at, &standing, student)?;
            attendance::letters_of(at, &office, student, year)?
        } else {
            Vec::new()
        };
        Ok(Shown {
            letters,
            ..read(at, &permit, student, (year, day))?
        })
    });
    let Opened { head, ctx, shown } = opened.await?;
    let lang = ctx.lang;
    let now = app.store().now();
    let address = format!("{}/pdf", head::path(student, Page::Attendance));
    let paper = Action::link(lang.t("paper-pdf"), address).icon(Icon::FileText);
    let body = html! {
        (head.draw(&who, Page::Attendance, vec![paper]))
        div class="grid" {
            div class="s4 stack" { (figures(lang, &shown.year, year)) (months(lang, &shown.year)) }
            div class="s8 stack" {
                (letters::of_student(lang, &shown.letters, now))
                @if let Some((day, versions)) = &shown.day { (versions_of(lang, &shown, (*day, versions), now)) }
                (marks(lang, &shown, (is_staff, most), now))
            }
        }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, lang.t("student-tab-attendance"), body).into())
}

/// The year on paper, a page for each school of it.
pub(crate) async fn paper(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let (standing, year) = (who.standing().clone(), context::year_shown(&who));
    let (lang, by) = (who.lang(), who.holder().display_name.clone());
    let opened = head::open(&app, &who, student, move |at, view| {
        let permit = Permit::<ViewAttendance>::student(at, &standing, student)?;
        let card = people::cards_of(at, view, &[student])?
            .pop()
            .ok_or(Failure::NotFound)?;
        let enrolments = enrolment::enrolments(at, view, student)?;
        let mut schools: Vec<SchoolId> = Vec::new();
        for one in enrolments.iter().filter(|one| one.year == year) {
            if !schools.contains(&one.school) {
                schools.push(one.school);
            }
        }
        let mut records = Vec::new();
        for school in schools {
            let keeper = Keeper::read(at, &permit, (school, year), (lang, &by))?;
            match keeper.record(at, &permit, &card) {
                Ok(record) => records.push(record),
                // Enrolled, and never there.
                Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(records)
    });
    let Opened { shown, .. } = opened.await?;
    if shown.is_empty() {
        return Err(Failure::NotFound).or_stop(&app, &who);
    }
    let author = shown[0].keeper.last().cloned().unwrap_or_default();
    let now = app.store().now();
    record::answer(
        &app,
        &who,
        (shown, author),
        (format!("record {student} {year}"), now),
    )
    .await
}

fn read(
    at: &mut Reader,
    permit: &Permit<ViewAttendance>,
    student: StudentId,
    (year, day): (SchoolYear, Option<Date>),
) -> Outcome<Shown> {
    let shown = year;
    let day = match day {
        Some(day) => Some((day, attendance::history(at, permit, student, day)?)),
        None => None,
    };
    let year = attendance::student_year(at, permit, student, shown)?;
    let mut codes = BTreeMap::new();
    let versions = day.iter().flat_map(|(_, versions)| versions);
    for mark in year.marks.iter().chain(versions) {
        if let Entry::Vacant(place) = codes.entry(mark.school) {
            place.insert(attendance::codes_of(at, permit, mark.school)?);
        }
    }
    let schools: Vec<SchoolId> = codes.keys().copied().collect();
    let patterns = Patterns::read(at, schools, shown)?;
    Ok(Shown {
        year,
        day,
        codes,
        patterns,
        letters: Vec::new(),
    })
}

fn figures(lang: Lang, of: &StudentYear, year: SchoolYear) -> Markup {
    let tally: &Tally = &of.tally;
    let facts = Facts::new()
        .figure(lang.t("summary-missed"), days(lang, tally.absent()))
        .figure(lang.t("meaning-authorized"), days(lang, tally.authorized))
        .figure(lang.t("meaning-unauthorized"), days(lang, tally.unauthorized))
        .figure(lang.t("meaning-unexplained"), days(lang, tally.unexplained))
        .figure(lang.t("meaning-late"), lang.number(i64::from(tally.late)))
        .figure(lang.t("meaning-activity"), days(lang, tally.activity));
    let title = lang.tx("student-attendance-year", &[("year", year.to_string().into())]);
    let has_periods = of.marks.iter().any(|mark| !mark.slot.is_daily());
    let body = html! {
        (facts.draw())
        @if has_periods { div class="mt-s" { (how_counted(lang)) } }
    };
    card::card(&card::Head::new("figures", title), &body)
}

fn months(lang: Lang, year: &StudentYear) -> Markup {
    if year.months.is_empty() {
        return html! {};
    }
    let columns = vec![
        Column::new(lang.t("division-month")),
        Column::figures(lang.t("summary-missed")),
        Column::figures(lang.t("meaning-late")),
    ];
    let rows = year.months.iter().map(|(month, tally)| {
        let first = format!("{month}-01").parse::<kernel::Date>();
        let words = first.map_or_else(
            |_| month.clone(),
            |day| format!("{} {}", lang.month_short(day.civil()), day.year()),
        );
        Row::new(vec![
            html! { span class="nw" { (words) } },
            html! { (days(lang, tally.absent())) },
            html! { (tally.late) },
        ])
    });
    let table = Table::new(lang.t("student-attendance-months"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(
        &card::Head::new("months", lang.t("student-attendance-months")),
        &table,
    )
}

fn marks(lang: Lang, shown: &Shown, (is_staff, most): (bool, usize), now: kernel::Instant) -> Markup {
    let mut columns = vec![
        Column::new(lang.t("many-day")),
        Column::new(lang.t("attendance-slot")),
        Column::new(lang.t("field-letter")),
    ];
    if is_staff {
        columns.push(Column::new(lang.t("many-by")).hide_on_phone());
    }
    let row = |mark: &Mark| {
        let mut cells = vec![
            html! { span class="nw" { (lang.deadline(mark.on.civil())) } },
            html! { (slot_named(lang, &shown.patterns.of(mark.school), mark.slot)) },
            said(lang, shown, mark),
        ];
        if is_staff {
            cells.push(html! {
                span class="sm dim" { (lookup::who(lang, &mark.known.by)) ", " (lookup::moment(lang, mark.known.from, now)) }
                @if mark.known.version > 1 { " " (earlier(lang, mark)) }
            });
        }
        Row::new(cells)
    };
    let table = Table::new(lang.t("student-attendance-days"), columns)
        .rows(shown.year.marks.iter().take(most).map(row).collect())
        .empty(ui::waiting::cleared(&lang.t("student-attendance-none")))
        .draw(lang);
    let body = html! {
        (table)
        @if shown.year.marks.len() > most {
            p class="cb b-top m-0 no-print" { a href="?all=1#days" { (lang.tx("student-attendance-all", &[("n", shown.year.marks.len().into())])) } }
        }
        @if is_staff && !shown.year.taken_back.is_empty() {
            p class="cb b-top sm m-0" {
                (lang.t("mark-taken-back"))
                @for mark in &shown.year.taken_back { " " a href=(day_address(mark.on)) { (lang.deadline(mark.on.civil())) } }
            }
        }
    };
    card::bare_card(&card::Head::new("days", lang.t("student-attendance-days")), &body)
}

fn day_address(on: Date) -> String {
    format!("?day={on}#day")
}

/// The way to what a mark said before.
fn earlier(lang: Lang, mark: &Mark) -> Markup {
    let words = lang.tx("mark-earlier", &[("n", (mark.known.version - 1).into())]);
    html! { a class="sm nw" href=(day_address(mark.on)) { (words) } }
}

/// Every version of the marks of a day, the newest first.
fn versions_of(lang: Lang, shown: &Shown, (day, versions): (Date, &[Mark]), now: kernel::Instant) -> Markup {
    let moment = |mark: &Mark| {
        let codes = shown.codes.get(&mark.school);
        let code = codes.and_then(|codes| codes.find(&mark.letter, mark.on));
        let minutes = mark.minutes.map(|minutes| {
            let words = lang.tx("roll-minutes", &[("n", i64::from(minutes).into())]);
            format!(", {words}")
        });
        let note = Some(&mark.comment).filter(|text| !text.is_empty());
        let said = format!(
            "{} {}{}{}",
            mark.letter,
            code.map_or("", |code| label(lang, code)),
            minutes.unwrap_or_default(),
            note.map(|text| format!(": {text}")).unwrap_or_default(),
        );
        let source = lang.t(&format!("source-{}", mark.source));
        Moment {
            what: slot_named(lang, &shown.patterns.of(mark.school), mark.slot),
            detail: format!("{said} · {}, {source}", mark.known.by),
            when: lookup::moment(lang, mark.known.from, now),
            now: mark.known.to.is_none(),
        }
    };
    let mut newest: Vec<&Mark> = versions.iter().collect();
    newest.sort_by_key(|mark| std::cmp::Reverse((mark.known.from, mark.slot)));
    let moments: Vec<Moment> = newest.into_iter().map(moment).collect();
    let title = lang.tx("mark-history", &[("day", lang.day_heading(day.civil()).into())]);
    card::card(&card::Head::new("day", title), &timeline(lang, &moments))
}

/// Letter, label, minutes and note of a mark.
fn said(lang: Lang, shown: &Shown, mark: &Mark) -> Markup {
    let code = shown
        .codes
        .get(&mark.school)
        .and_then(|codes| codes.find(&mark.letter, mark.on));
    let minutes = mark
        .minutes
        .map(|minutes| lang.tx("roll-minutes", &[("n", i64::from(minutes).into())]));
    html! {
        span class={ "mk " (tone(mark.meaning).class()) } { (mark.letter) } " "
        (code.map_or("", |code| label(lang, code)))
        @if let Some(minutes) = minutes { " " span class="dim num" { (minutes) } }
        @if !mark.comment.is_empty() { " " span class="dim" { (mark.comment) } }
    }
}
