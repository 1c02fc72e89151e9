//! A year of attendance: of one student, and of a school.

use crate::model::{Mark, Meaning, Slot, StudentYear, Tally, YearLine};
use crate::{facts, rules, store};
use access::Permit;
use access::action::ViewAttendance;
use db::Reading;
use kernel::{Date, Failure, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// The attendance of a student in a school year, at every school. Not found
/// when the permit does not cover the student.
pub fn student_year(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    student: StudentId,
    year: SchoolYear,
) -> Outcome<StudentYear> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let until = at.today().min(year.ends());
    let marks = store::marks_of(at, student, (year.starts(), until))?;
    let (present, marks): (Vec<Mark>, Vec<Mark>) = marks
        .into_iter()
        .partition(|mark| mark.meaning == Meaning::Present);
    let taken_back = present
        .into_iter()
        .filter(|mark| mark.known.version > 1)
        .collect();
    let mut counting: BTreeMap<SchoolId, (BTreeSet<Date>, u32)> = BTreeMap::new();
    let by_period = marks.iter().filter(|mark| !mark.slot.is_daily());
    let mut days_of: BTreeMap<SchoolId, BTreeSet<Date>> = BTreeMap::new();
    for mark in by_period {
        days_of.entry(mark.school).or_default().insert(mark.on);
    }
    for (school, days) in days_of {
        let daily = store::daily_among(at, school, &Vec::from_iter(days))?;
        let teaching = facts::teaching_year(at, school, year.starts())?;
        counting.insert(school, (daily, rules::periods_of_day(teaching.as_ref())));
    }
    let parts = |mark: &Mark| {
        let (is_daily, periods) = counting
            .get(&mark.school)
            .map_or((false, 1), |(days, periods)| (days.contains(&mark.on), *periods));
        rules::parts(mark.slot, is_daily, periods)
    };
    Ok(StudentYear {
        taken_back,
        tally: rules::tally(&marks, parts),
        months: rules::months(&marks, parts),
        uncounted: marks.iter().filter(|mark| parts(mark) == 0).count(),
        marks,
    })
}

/// Every version of the marks of a student on a day, the earliest first. Not
/// found when the permit does not cover the student.
pub fn history(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    student: StudentId,
    on: Date,
) -> Outcome<Vec<Mark>> {
    if permit.covers(at, student)? {
        store::history(at, student, on)
    } else {
        Err(Failure::NotFound)
    }
}

/// The year of every student of a school until today (`LP-0726`): who missed
/// most comes first. Not found outside the permit.
pub fn summary(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<YearLine>> {
    facts::covers(permit, school)?;
    let until = at.today().min(year.ends());
    let days = taught(at, (school, year), until)?;
    let tallies = tallies(at, (school, year), until, &days)?;
    let mut possible: BTreeMap<StudentId, u32> = BTreeMap::new();
    for (student, start, exit) in enrolment::stays(at, school, year)? {
        let from = days.partition_point(|day| *day < start);
        let to = exit.map_or(days.len(), |last| days.partition_point(|day| *day <= last));
        let there = u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX);
        *possible.entry(student).or_default() += 2 * there;
    }
    let mut lines: Vec<YearLine> = possible
        .into_iter()
        .map(|(student, possible)| YearLine {
            student,
            tally: tallies.get(&student).copied().unwrap_or_default(),
            possible,
        })
        .collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.tally.absent()), line.student));
    Ok(lines)
}

/// The days of instruction of a school in a year until a day; none without a calendar.
pub(crate) fn taught(
    at: &mut impl Reading,
    (school, year): (SchoolId, SchoolYear),
    until: Date,
) -> Outcome<Vec<Date>> {
    match schools::calendar(at, school, year) {
        Ok(calendar) => Ok(schools::rules::instructional_days(&calendar)
            .take_while(|day| *day <= until)
            .collect()),
        Err(Failure::NotFound) => Ok(Vec::new()),
        Err(failure) => Err(failure),
    }
}

/// The marks of every student counted; `days` are those of instruction until today.
fn tallies(
    at: &mut impl Reading,
    (school, year): (SchoolId, SchoolYear),
    until: Date,
    days: &[Date],
) -> Outcome<BTreeMap<StudentId, Tally>> {
    let span = (year.starts(), until);
    let mut all: BTreeMap<StudentId, Tally> = BTreeMap::new();
    let mut add = |counts: store::Counts, parts: u32| {
        for (student, meaning, many) in counts {
            let many = u32::try_from(many).unwrap_or(u32::MAX);
            all.entry(student).or_default().add(meaning, many, parts);
        }
    };
    add(
        store::counts_daily(at, school, span)?,
        rules::parts(Slot::Morning, true, 0),
    );
    let daily = store::daily_among(at, school, days)?;
    let others: Vec<Date> = days.iter().filter(|day| !daily.contains(day)).copied().collect();
    if !others.is_empty() {
        let teaching = facts::teaching_year(at, school, year.starts())?;
        let periods = rules::periods_of_day(teaching.as_ref());
        let counts = store::counts_of_periods(at, school, &others)?;
        add(counts, rules::parts(Slot::Period(1), false, periods));
    }
    Ok(all)
}
