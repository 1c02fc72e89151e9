//! A student in a section.

use super::clash::{at, clash, shared};
use super::staff::may_change_staff;
use crate::model::{Course, CourseEnrolment, SeatState, Section};
use enrolment::Enrolment;
use kernel::{Date, Finding, Findings};

/// A course enrolment as it would stand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct ProposedSeat<'a> {
    /// As it would stand.
    pub after: &'a CourseEnrolment,
    /// Its section.
    pub section: &'a Section,
    /// The courses of the section.
    pub courses: &'a [Course],
    /// The student's enrolments at the school of the section that count.
    pub stays: &'a [Enrolment],
    /// The student's other course enrolments, each with its section.
    pub others: &'a [(&'a CourseEnrolment, &'a Section)],
    /// Everybody in the section or waiting, as known now.
    pub seats: &'a [CourseEnrolment],
    /// May the student wait when the section is full?
    pub may_wait: bool,
    /// Today in Alberta.
    pub today: Date,
}

/// Every finding on a course enrolment. `LP-0515`, a note, says that the
/// student would wait.
pub fn judge_seat(proposed: &ProposedSeat) -> Findings {
    let (after, section) = (proposed.after, proposed.section);
    let mut findings = may_change_staff(section, proposed.today);
    // A section that takes nobody, and days that are none, leave nothing to judge by.
    if findings.refuse() || !span(proposed, &mut findings) {
        return findings;
    }
    let days = after.days(section);
    present(proposed, days, &mut findings);
    beside(proposed, days, &mut findings);
    let others: Vec<CourseEnrolment> = proposed
        .seats
        .iter()
        .filter(|seat| seat.id != after.id)
        .cloned()
        .collect();
    let is_full = section
        .capacity
        .is_some_and(|most| taken(section, &others, days) >= usize::try_from(most).unwrap_or(0));
    if is_full && proposed.may_wait {
        findings.push(Finding::note("LP-0515", "").with("most", section.capacity.unwrap_or_default()));
    } else if is_full {
        findings.push(Finding::refuse("LP-0514", "").with("most", section.capacity.unwrap_or_default()));
    }
    findings
}

/// The days of a seat; false when there are none to judge by.
fn span(proposed: &ProposedSeat, findings: &mut Findings) -> bool {
    let (after, section) = (proposed.after, proposed.section);
    let outside = |field: &str| {
        Finding::refuse("LP-0520", field)
            .with("first", section.first_day)
            .with("last", section.last_day)
    };
    let mut is_read = true;
    if !section.covers(after.from) {
        findings.push(outside("from"));
        is_read = false;
    }
    match after.until {
        Some(until) if until < after.from => {
            findings.push(Finding::refuse("LP-0521", "until").with("first", after.from));
            is_read = false;
        }
        Some(until) if !section.covers(until) => {
            findings.push(outside("until"));
            is_read = false;
        }
        _ => {}
    }
    is_read
}

/// The student is enrolled at the school on the first day, in a grade the courses are meant for.
fn present(proposed: &ProposedSeat, days: (Date, Date), findings: &mut Findings) {
    let stay = proposed.stays.iter().find(|stay| stay.covers(days.0));
    let Some(stay) = stay else {
        findings.push(Finding::refuse("LP-0516", "from").with("day", days.0));
        return;
    };
    let misfit = proposed.courses.iter().find(|course| !course.is_for(stay.grade));
    if let Some(course) = misfit {
        findings.push(
            Finding::warn("LP-0517", "")
                .with("course", &course.name)
                .with("grades", course.grades())
                .with("grade", stay.grade.label()),
        );
    }
}

/// The student's other sections on the same days.
fn beside(proposed: &ProposedSeat, days: (Date, Date), findings: &mut Findings) {
    let (after, section) = (proposed.after, proposed.section);
    for (seat, other) in proposed.others {
        let is_live = seat.id != after.id && seat.state != SeatState::InError;
        if !is_live || shared(days, seat.days(other)).is_none() {
            continue;
        }
        if other.id == section.id {
            findings.push(Finding::refuse("LP-0518", ""));
            continue;
        }
        if seat.state != SeatState::Enrolled {
            continue;
        }
        if other
            .courses
            .iter()
            .any(|course| section.courses.contains(course))
        {
            findings.push(Finding::refuse("LP-0519", "").with("section", &other.number));
        } else if let Some(meeting) = clash(section, other) {
            findings.push(at(Finding::refuse("LP-0512", ""), other, meeting));
        }
    }
}

/// Most students who are in the section on one of these days.
pub fn taken(section: &Section, seats: &[CourseEnrolment], days: (Date, Date)) -> usize {
    let spans: Vec<(Date, Date)> = seats
        .iter()
        .filter(|seat| seat.state == SeatState::Enrolled)
        .filter_map(|seat| shared(seat.days(section), days))
        .collect();
    // The number is highest on a day on which somebody begins.
    let at = |day: Date| {
        let there = spans
            .iter()
            .filter(|(from, until)| (*from..=*until).contains(&day));
        there.count()
    };
    let mut begins: Vec<Date> = spans.iter().map(|(from, _)| *from).collect();
    begins.sort();
    begins.dedup();
    begins.into_iter().map(at).max().unwrap_or(0)
}

/// May a course enrolment be changed so: taken out, let in, taken back?
pub fn may_change_seat(seat: &CourseEnrolment, wanted: &[SeatState]) -> Findings {
    if wanted.contains(&seat.state) {
        Findings::default()
    } else {
        Finding::refuse("LP-0522", "").into()
    }
}
