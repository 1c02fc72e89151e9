//! A whole year of rolls by period behind the pages: each beside itself in a
//! division that has three weeks of them, and the year of every student summed up.
//!
//! The clock stands in June, so that the year is nearly over. Of ten students one
//! has a mark in a roll; whoever has none was present, and needs no row.

use super::super::division::Bench;
use super::super::figure::{Figure, Goal, millis, percentile};
use super::{WARM_UP, ask, get, largest};
use crate::demo::DIVISION;
use crate::ending::Stop;
use ::attendance::bulk::{BulkRoll, insert_rolls};
use ::attendance::{Group, Slot, summary};
use access::Permit;
use access::action::{ManageAttendance, ViewAttendance};
use axum::http::StatusCode;
use db::schema::attendance_roll;
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use kernel::{Actor, Date, FixedClock, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Students of the division.
const STUDENTS: usize = 7_000;
/// Periods of a day.
const PERIODS: u8 = 8;
/// One of so many students has a mark in a roll.
const ONE_IN: usize = 10;
/// Letters of those marks, in turn.
const LETTERS: [&str; 4] = ["A", "L", "E", "A"];
/// Pages of each kind asked for.
const PAGES: usize = 100;
/// Days of rolls in one transaction.
const DAYS_AT_ONCE: usize = 4;

/// A page that is asked for, with what it is called.
type Named = (&'static str, Vec<String>);

/// A room's students.
type Rooms = Vec<(SchoolId, String, Vec<StudentId>)>;

/// The figures of the year.
pub(super) async fn figures() -> Result<Vec<Figure>, Stop> {
    let year = SchoolYear::of(kernel::Clock::now(&kernel::SystemClock).date());
    let number = i16::try_from(year.number()).unwrap_or(i16::MAX);
    let june = Date::new(number, 6, 15).and_then(Date::midnight);
    let june = june.ok_or_else(|| Stop::Problems(format!("{year} has no June")))?;
    let clock = Arc::new(FixedClock::at(june.plus_seconds(11 * 3600)));
    let bench = Bench::make_at(clock, None, Some(STUDENTS)).await?;
    let pages = bench
        .store
        .read_now(DIVISION, |at| pages(at, &bench.some(PAGES)))?;
    let before = all_times(&bench, &pages).await?;
    let (rolls, marks) = fill(&bench, year)?;
    let after = all_times(&bench, &pages).await?;
    let mut all = vec![
        Figure::new("a year of rolls", f64::from(rolls), "rolls"),
        Figure::new("what their students had to be said of", f64::from(marks), "marks"),
    ];
    for ((name, fresh), (_, full)) in before.into_iter().zip(after) {
        let name = format!("{name} after a year p95, limit after three weeks");
        let figure = Figure::new(name, full, "ms").limit(fresh);
        all.push(figure.goal(Goal::TimesLimit(2.0)));
    }
    all.push(summed(&bench, year)?);
    Ok(all)
}

/// The pages of the teaching day, and a student's year.
fn pages(at: &mut Reader, students: &[StudentId]) -> Outcome<Vec<Named>> {
    let division = at.division();
    let last: Option<Date> = attendance_roll::table
        .filter(attendance_roll::division_id.eq(division))
        .filter(attendance_roll::slot.eq(Slot::Afternoon.as_str()))
        .select(diesel::dsl::max(attendance_roll::on_date))
        .first(at.conn())?;
    let on = last.unwrap_or_else(|| at.today());
    let school = largest(at, on)?.0;
    let rooms = rooms(at, school, on)?;
    let rolls = rooms
        .iter()
        .filter(|(_, room, _)| !room.is_empty())
        .map(|(_, room, _)| {
            format!("/attendance/roll?school={school}&on={on}&slot=PM&group=homeroom%3A{room}")
        });
    let student = |student: &StudentId| format!("/students/{student}/attendance");
    Ok(vec![
        ("board", vec![format!("/attendance?school={school}&on={on}")]),
        ("roll", rolls.collect()),
        (
            "unexplained absences",
            vec![format!("/attendance/unexplained?school={school}&on={on}")],
        ),
        ("a student's attendance", students.iter().map(student).collect()),
        (
            "a student's page",
            students
                .iter()
                .map(|student| format!("/students/{student}"))
                .collect(),
        ),
    ])
}

/// The homerooms of a school, each with its students.
fn rooms(at: &mut Reader, school: SchoolId, on: Date) -> Outcome<Rooms> {
    let mut rooms: BTreeMap<String, Vec<StudentId>> = BTreeMap::new();
    for (student, room) in enrolment::placed_on(at, school, on)? {
        rooms.entry(room).or_default().push(student);
    }
    Ok(rooms.into_iter().map(|(room, all)| (school, room, all)).collect())
}

/// The 95th percentile of each kind of page, in milliseconds.
async fn all_times(bench: &Bench, pages: &[Named]) -> Result<Vec<(&'static str, f64)>, Stop> {
    let mut all = Vec::new();
    for (name, addresses) in pages {
        let mut times: Vec<Duration> = Vec::with_capacity(PAGES);
        for (turn, address) in addresses.iter().cycle().take(WARM_UP + PAGES).enumerate() {
            let request = get(bench, address)?;
            let began = Instant::now();
            let (status, _) = ask(&bench.router, request).await?;
            if status != StatusCode::OK {
                return Err(Stop::Problems(format!("{name} was answered with {status}")));
            }
            if turn >= WARM_UP {
                times.push(began.elapsed());
            }
        }
        all.push((*name, millis(percentile(&mut times, 95))));
    }
    Ok(all)
}

/// Takes every roll of the year up to today, for every homeroom, in eight periods.
fn fill(bench: &Bench, year: SchoolYear) -> Result<(u32, u32), Stop> {
    let actor = Actor::system(DIVISION, "Measuring");
    let today = bench.store.now().date();
    let (mut rolls, mut marks) = (0, 0);
    let schools = bench.store.read_now(DIVISION, |at| {
        let directory = schools::directory(at)?;
        let all: Vec<SchoolId> = directory.all().iter().map(|school| school.id).collect();
        let mut found = Vec::with_capacity(all.len());
        for school in all {
            let calendar = schools::calendar(at, school, year)?;
            let days = schools::rules::instructional_days(&calendar).take_while(|day| *day < today);
            found.push((days.collect::<Vec<Date>>(), rooms(at, school, today)?));
        }
        Ok(found)
    })?;
    for (days, rooms) in schools {
        for days in days.chunks(DAYS_AT_ONCE) {
            let written = bench
                .store
                .write_now(Lane::Batch, &actor, |tx| rolls_of(tx, days, &rooms))?;
            rolls += written.0;
            marks += written.1;
        }
    }
    bench.store.take_stock()?;
    Ok((rolls, marks))
}

/// The rolls of some days, but those that were taken; how many, with how many marks.
fn rolls_of(tx: &mut Tx, days: &[Date], rooms: &Rooms) -> Outcome<(u32, u32)> {
    let permit = Permit::<ManageAttendance>::program(&tx.actor().clone())?;
    let (mut all, mut marks, now) = (Vec::new(), 0, tx.now());
    for (day, on) in days.iter().enumerate() {
        for period in 1..=PERIODS {
            for (school, room, students) in rooms {
                if is_taken(tx, *school, *on)? {
                    continue;
                }
                let turn = day * 7 + usize::from(period) * 3;
                let marked = students
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| (place + turn) % ONE_IN == 0);
                let said = marked.map(|(place, student)| {
                    let letter = LETTERS[(place + day) % LETTERS.len()];
                    (*student, letter, (letter == "L").then_some(5), "")
                });
                let said: Vec<_> = said.collect();
                marks += said.len();
                all.push(BulkRoll {
                    school: *school,
                    on: *on,
                    slot: Slot::Period(period),
                    group: Group::Homeroom(room.clone()),
                    students: students.len(),
                    taken_at: now,
                    taken_by: "Measuring".to_owned(),
                    marks: said,
                });
            }
        }
    }
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let written = insert_rolls(tx, &permit, all)?;
    Ok((number(written), number(marks)))
}

/// Did the practice division take rolls of a school on that day?
fn is_taken(tx: &mut Tx, school: SchoolId, on: Date) -> Outcome<bool> {
    let division = tx.division();
    let taken = attendance_roll::table
        .filter(attendance_roll::division_id.eq(division))
        .filter(attendance_roll::school_id.eq(school))
        .filter(attendance_roll::on_date.eq(on));
    Ok(diesel::select(diesel::dsl::exists(taken)).get_result(tx.conn())?)
}

/// The year of every student of every school.
fn summed(bench: &Bench, year: SchoolYear) -> Result<Figure, Stop> {
    let actor = Actor::system(DIVISION, "Measuring");
    let began = Instant::now();
    let students = bench.store.read_now(DIVISION, |at| {
        let permit = Permit::<ViewAttendance>::program(&actor)?;
        let schools: Vec<SchoolId> = schools::directory(at)?
            .all()
            .iter()
            .map(|school| school.id)
            .collect();
        let mut students = 0;
        for school in schools {
            students += summary(at, &permit, school, year)?.len();
        }
        Ok(students)
    })?;
    let took = began.elapsed().as_secs_f64();
    let name = format!("summary of the year of {students} students");
    Ok(Figure::new(name, took, "s").goal(Goal::AtMost(5.0)))
}
