//! Whom staff see by a section: the students who are in it, on the days of both.

use crate::model::{CourseEnrolment, SeatState, Section, Staff};
use crate::rules::shared;
use crate::store;
use access::ties::{Class, Stays, keep_classes};
use db::Tx;
use kernel::{Outcome, SchoolId, SectionStaffId, StudentId, TieId};

/// The record by which access knows a member of staff of a section.
pub(crate) fn tie_of(id: SectionStaffId) -> TieId {
    TieId::from_uuid(id.uuid())
}

/// Says anew whom the staff of a section see.
pub(crate) fn settle(tx: &mut Tx, section: &Section) -> Outcome<()> {
    let seats = store::seats_in(tx, &[section.id])?;
    let students: Vec<StudentId> = seats.iter().map(|seat| seat.student).collect();
    let stays = stays(tx, &students, section.school)?;
    let ties: Vec<TieId> = section.staff.iter().map(|staff| tie_of(staff.id)).collect();
    keep_classes(tx, &ties, classes(section, &seats), &stays)
}

/// Every pair of staff and student of a section that share days.
pub(crate) fn classes(section: &Section, seats: &[CourseEnrolment]) -> Vec<Class> {
    let class = |staff: &Staff, seat: &CourseEnrolment| {
        let days = shared(section.staff_days(staff), seat.days(section))?;
        let tie = tie_of(staff.id);
        Some(Class::new(tie, staff.account, section.school, seat.student, days))
    };
    section
        .taught_by()
        .flat_map(|staff| {
            let enrolled = seats.iter().filter(|seat| seat.state == SeatState::Enrolled);
            enrolled.filter_map(move |seat| class(staff, seat))
        })
        .collect()
}

/// On which days students are at a school.
pub(crate) fn stays(tx: &mut Tx, students: &[StudentId], school: SchoolId) -> Outcome<Stays> {
    let mut all = enrolment::at_school(tx, students, school)?;
    all.sort_by_key(|one| one.student);
    let of_each = all.chunk_by(|one, next| one.student == next.student);
    Ok(of_each
        .map(|of| {
            let student = of[0].student;
            ((student, school), enrolment::rules::stays(of, student, school))
        })
        .collect())
}
