//! Putting students into a section.

use super::{Saved, load, ties};
use crate::events;
use crate::model::{Course, CourseEnrolment, Placement, PutIn, SeatState, Section, Went};
use crate::rules::{self, ProposedSeat};
use crate::store::{self, SeatRow};
use access::Permit;
use access::action::ManageSections;
use db::{Known, Reading, Subject, Tx};
use enrolment::Enrolment;
use kernel::{Failure, Findings, Outcome, SectionId, StudentId};
use serde_json::json;

/// What students are judged by before they are put into a section.
pub(super) struct Around {
    pub(super) section: Section,
    pub(super) courses: Vec<Course>,
    /// Everybody in the section or waiting.
    pub(super) seats: Vec<CourseEnrolment>,
    /// The students' enrolments at the school.
    stays: Vec<Enrolment>,
    /// The students' course enrolments.
    others: Vec<CourseEnrolment>,
    /// The sections of those.
    sections: Vec<Section>,
}

impl Around {
    pub(super) fn load(tx: &mut Tx, section: Section, students: &[StudentId]) -> Outcome<Self> {
        let others = store::seats_of(tx, students)?;
        let mut ids: Vec<SectionId> = others.iter().map(|seat| seat.section).collect();
        ids.sort();
        ids.dedup();
        Ok(Self {
            courses: store::courses_by_id(tx, &section.courses)?,
            seats: store::seats_in(tx, &[section.id])?,
            stays: enrolment::at_school(tx, students, section.school)?,
            sections: store::sections(tx, &ids)?,
            others,
            section,
        })
    }

    pub(super) fn judge(&self, tx: &Tx, after: &CourseEnrolment, may_wait: bool) -> Findings {
        let of_student = |one: &&CourseEnrolment| one.student == after.student;
        let others: Vec<(&CourseEnrolment, &Section)> = self
            .others
            .iter()
            .filter(of_student)
            .filter_map(|seat| {
                let section = self.sections.iter().find(|one| one.id == seat.section)?;
                Some((seat, section))
            })
            .collect();
        let stays: Vec<Enrolment> = self
            .stays
            .iter()
            .filter(|stay| stay.student == after.student)
            .cloned()
            .collect();
        rules::judge_seat(&ProposedSeat {
            after,
            section: &self.section,
            courses: &self.courses,
            stays: &stays,
            others: &others,
            seats: &self.seats,
            may_wait,
            today: tx.today(),
        })
    }

    /// The place behind everybody who waits.
    fn last_place(&self) -> i32 {
        let waiting = self.seats.iter().filter(|seat| seat.state == SeatState::Waiting);
        waiting.map(|seat| seat.place).max().unwrap_or(0) + 1
    }
}

/// Puts students into a section: each who fits, in the order given; who finds
/// it full waits. One who is refused stops nobody else; the answer says of each
/// what became of it and why. The same command twice makes one record.
///
/// Refused for each by the rules `LP-0512` to `LP-0521` and `LP-0527`; refused
/// as a whole when nobody is named (`LP-0531`); not found at another's school. Writes: `course_enrolment`, whom the staff see,
/// audit, one row that names who was put in.
pub fn put_in(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    all: &[PutIn],
    reason: &str,
) -> Outcome<Vec<Placement>> {
    put_all(tx, permit, section, (all, Waits::WhenFull), reason)
}

/// What becomes of who finds a section full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waits {
    /// The student waits.
    WhenFull,
    /// The student is refused.
    Never,
}

/// [`put_in`], saying what becomes of who finds the section full.
pub(super) fn put_all(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (all, waits): (&[PutIn], Waits),
    reason: &str,
) -> Outcome<Vec<Placement>> {
    let section = load(tx, permit, section)?;
    if all.is_empty() {
        return Err(Failure::refuse("LP-0531", ""));
    }
    let students: Vec<StudentId> = all.iter().map(|one| one.student).collect();
    let mut around = Around::load(tx, section, &students)?;
    let mut placed = Vec::with_capacity(all.len());
    for one in all {
        placed.push(put(tx, &mut around, (one, waits), reason)?);
    }
    let new: Vec<StudentId> = placed
        .iter()
        .filter(|one| matches!(one.went, Went::In | Went::Waits(_)))
        .map(|one| one.student)
        .collect();
    if !new.is_empty() {
        let subject = Subject::new("section", around.section.id);
        tx.record(
            "section.put-in",
            subject,
            &json!({ "students": new, "reason": reason }),
        );
        ties::settle(tx, &around.section)?;
    }
    Ok(placed)
}

/// What [`put_in`] would answer; nothing is kept.
pub fn preview(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    all: &[PutIn],
) -> Outcome<Vec<Placement>> {
    tx.rehearse(|tx| put_in(tx, permit, section, all, ""))
}

/// [`put_in`] for one student; fails as invalid when the student is refused.
pub fn put_in_one(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    one: &PutIn,
    reason: &str,
) -> Outcome<Saved<CourseEnrolment>> {
    let placed = put_in(tx, permit, section, std::slice::from_ref(one), reason)?;
    let placed = placed.into_iter().next().ok_or(Failure::NotFound)?;
    let findings = placed.findings.or_refuse()?;
    let record = SeatRow::get(tx, one.id)?.seat();
    Ok(Saved { record, findings })
}

fn put(tx: &mut Tx, around: &mut Around, (one, waits): (&PutIn, Waits), reason: &str) -> Outcome<Placement> {
    let there = around.others.iter().find(|seat| seat.id == one.id);
    if let Some(there) = there {
        let is_same = there.section == around.section.id && there.from == one.from;
        if !is_same {
            return Err(Failure::stale("course_enrolment", 0, there.known.version));
        }
        return Ok(Placement {
            student: one.student,
            went: Went::There,
            findings: Findings::default(),
        });
    }
    let mut after = CourseEnrolment {
        id: one.id,
        student: one.student,
        section: around.section.id,
        from: one.from,
        until: one.until,
        state: SeatState::Enrolled,
        place: 0,
        known: Known::first(tx.actor(), tx.now(), reason),
    };
    let findings = around.judge(tx, &after, waits == Waits::WhenFull);
    if findings.refuse() {
        return Ok(Placement {
            student: one.student,
            went: Went::Refused,
            findings,
        });
    }
    let waits = findings.0.iter().any(|finding| finding.code == "LP-0515");
    let went = if waits {
        after.state = SeatState::Waiting;
        after.place = around.last_place();
        Went::Waits(after.place)
    } else {
        Went::In
    };
    SeatRow::of_seat(&after).insert(tx)?;
    if went == Went::In {
        events::seat_changed(tx, &around.section, &after);
    }
    around.others.push(after.clone());
    if around.sections.iter().all(|known| known.id != around.section.id) {
        around.sections.push(around.section.clone());
    }
    around.seats.push(after);
    Ok(Placement {
        student: one.student,
        went,
        findings,
    })
}
