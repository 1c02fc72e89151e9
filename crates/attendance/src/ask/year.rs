//! A year of attendance: of one student, and of a school.

use crate::model::{Mark, Meaning, StudentYear, YearLine};
use crate::{facts, rules, store};
use access::Permit;
use access::action::ViewAttendance;
use db::Reading;
use kernel::{Date, Failure, Outcome, SchoolId, SchoolYear, StudentId};
use std::collections::BTreeMap;

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
    let mut marks = store::marks_of(at, student, (year.starts(), until))?;
    marks.retain(|mark| mark.meaning != Meaning::Present);
    Ok(StudentYear {
        tally: rules::tally(&marks),
        months: rules::months(&marks),
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

/// The year of every student of a school until today, in half days: who missed
/// most comes first. Not found outside the permit.
pub fn summary(
    at: &mut impl Reading,
    permit: &Permit<ViewAttendance>,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<YearLine>> {
    facts::covers(permit, school)?;
    let until = at.today().min(year.ends());
    let tallies = store::counts_by_student(at, school, (year.starts(), until))?;
    let days: Vec<Date> = match schools::calendar(at, school, year) {
        Ok(calendar) => schools::rules::instructional_days(&calendar)
            .take_while(|day| *day <= until)
            .collect(),
        Err(Failure::NotFound) => Vec::new(),
        Err(failure) => return Err(failure),
    };
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
