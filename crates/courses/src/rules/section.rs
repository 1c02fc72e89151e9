//! A section as it would stand.

use super::clash::{at, clash, shared};
use crate::model::{Course, CourseEnrolment, Meeting, SeatState, Section, SectionState};
use kernel::text::fold;
use kernel::{AccountId, Date, Finding, Findings};
use std::collections::HashMap;

/// Longest number, in characters.
const LONGEST_NUMBER: usize = 20;
/// Longest room, in characters.
const LONGEST_ROOM: usize = 40;
/// Most students of a section.
const MOST_STUDENTS: i32 = 999;

/// A section as it would stand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct ProposedSection<'a> {
    /// As it would stand.
    pub after: &'a Section,
    /// As it stands; none for a new one.
    pub before: Option<&'a Section>,
    /// The courses of the catalogue that it names.
    pub courses: &'a [Course],
    /// The other sections of the school in that year.
    pub others: &'a [Section],
    /// Who is in it or waits, as known now.
    pub seats: &'a [CourseEnrolment],
    /// How many of who is in it would have another section at the same time.
    pub clashing: usize,
    /// The names of teachers.
    pub names: &'a HashMap<AccountId, String>,
    /// Today in Alberta.
    pub today: Date,
}

/// Every finding on a section.
pub fn judge_section(proposed: &ProposedSection) -> Findings {
    let mut findings = Findings::default();
    identity(proposed, &mut findings);
    days(proposed, &mut findings);
    courses(proposed, &mut findings);
    meetings(proposed, &mut findings);
    inside(proposed, &mut findings);
    findings
}

fn identity(proposed: &ProposedSection, findings: &mut Findings) {
    let after = proposed.after;
    let length = after.number.chars().count();
    if length == 0 || length > LONGEST_NUMBER {
        findings.push(Finding::refuse("LP-0502", "number").with("most", LONGEST_NUMBER));
    }
    let is_taken = |other: &&Section| other.id != after.id && fold(&other.number) == fold(&after.number);
    if proposed.others.iter().any(|other| is_taken(&other)) {
        findings.push(Finding::refuse("LP-0503", "number").with("number", &after.number));
    }
    if after.room.chars().count() > LONGEST_ROOM {
        findings.push(Finding::refuse("LP-0507", "room").with("most", LONGEST_ROOM));
    }
    if after
        .capacity
        .is_some_and(|most| !(1..=MOST_STUDENTS).contains(&most))
    {
        findings.push(Finding::refuse("LP-0506", "capacity").with("most", MOST_STUDENTS));
    }
    if after.year.ends() < proposed.today {
        findings.push(Finding::refuse("LP-0527", "").with("year", after.year));
    }
    if proposed
        .before
        .is_some_and(|before| before.state == SectionState::Closed)
    {
        findings.push(Finding::refuse("LP-0513", ""));
    }
}

fn days(proposed: &ProposedSection, findings: &mut Findings) {
    let after = proposed.after;
    for (day, field) in [(after.first_day, "first_day"), (after.last_day, "last_day")] {
        if !after.year.contains(day) {
            findings.push(Finding::refuse("LP-0504", field).with("year", after.year));
        }
    }
    if after.last_day < after.first_day {
        findings.push(Finding::refuse("LP-0505", "last_day").with("first", after.first_day));
    }
}

fn courses(proposed: &ProposedSection, findings: &mut Findings) {
    let after = proposed.after;
    if after.courses.is_empty() {
        findings.push(Finding::refuse("LP-0501", "courses"));
    }
    let kept = proposed.before.map_or(&[][..], |before| &before.courses);
    for id in &after.courses {
        let known = proposed.courses.iter().find(|course| course.id == *id);
        let is_offered = known.is_some_and(|course| course.is_offered_in(after.year));
        // What stands already may stay: the catalogue changed since.
        if !is_offered && !kept.contains(id) {
            let name = known.map_or("", |course| &course.name);
            findings.push(
                Finding::refuse("LP-0508", "courses")
                    .with("course", name)
                    .with("year", after.year),
            );
        }
    }
}

fn meetings(proposed: &ProposedSection, findings: &mut Findings) {
    let after = proposed.after;
    let is_there = |meeting: &Meeting| {
        (1..=Meeting::MOST_DAYS).contains(&meeting.cycle_day)
            && (1..=Meeting::MOST_PERIODS).contains(&meeting.period)
    };
    if !after.meetings.iter().all(is_there) {
        findings.push(Finding::refuse("LP-0509", "meetings"));
        return;
    }
    let room = fold(&after.room);
    for other in proposed
        .others
        .iter()
        .filter(|other| other.state == SectionState::Open)
    {
        let Some(meeting) = clash(after, other) else {
            continue;
        };
        if !room.is_empty() && room == fold(&other.room) {
            let finding = Finding::refuse("LP-0510", "room").with("room", &after.room);
            findings.push(at(finding, other, meeting));
        }
        for account in both_teach(after, other) {
            let name = proposed.names.get(&account).map_or("", String::as_str);
            let finding = Finding::refuse("LP-0511", "meetings").with("teacher", name);
            findings.push(at(finding, other, meeting));
        }
    }
}

/// The accounts that teach both on a common day, each once.
fn both_teach(one: &Section, other: &Section) -> Vec<AccountId> {
    let mut found: Vec<AccountId> = Vec::new();
    for here in one.taught_by() {
        let there = other.taught_by().any(|there| {
            there.account == here.account && shared(one.staff_days(here), other.staff_days(there)).is_some()
        });
        if there && !found.contains(&here.account) {
            found.push(here.account);
        }
    }
    found
}

/// Who is in it when it changes.
fn inside(proposed: &ProposedSection, findings: &mut Findings) {
    let after = proposed.after;
    let is_outside = |from: Date, until: Option<Date>| {
        !after.covers(from) || until.is_some_and(|until| !after.covers(until))
    };
    let seats = proposed
        .seats
        .iter()
        .filter(|seat| seat.state != SeatState::InError);
    let outside = seats.filter(|seat| is_outside(seat.from, seat.until)).count()
        + after
            .taught_by()
            .filter(|staff| is_outside(staff.from, staff.until))
            .count();
    if outside > 0 {
        findings.push(Finding::refuse("LP-0528", "last_day").with("n", outside));
    }
    let most = super::taken(after, proposed.seats, after.days());
    if after
        .capacity
        .is_some_and(|capacity| usize::try_from(capacity).unwrap_or(0) < most)
    {
        findings.push(Finding::warn("LP-0529", "capacity").with("n", most));
    }
    if proposed.clashing > 0 {
        findings.push(Finding::warn("LP-0530", "meetings").with("n", proposed.clashing));
    }
}
