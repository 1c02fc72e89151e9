//! What PASI says of a student's place in a section becomes ours, field by field.

use crate::{map, mirror};
use access::action::ManageSections;
use courses::{Claim, Followed, Sat, SeatState};
use db::Tx;
use kernel::{CourseEnrolmentId, CourseId, Failure, Finding, Outcome, SectionId, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

/// Takes over the named fields of PASI's copy, all in one change; a place that
/// only PASI has is taken whole.
pub(super) fn take(tx: &mut Tx, student: StudentId, key: &str, fields: &[&str]) -> Outcome<()> {
    let kind = NotificationType::CourseEnrolment;
    let copy = mirror::mirrored::<wire::CourseEnrolment>(tx, kind, key)?;
    let theirs = copy.ok_or(Failure::NotFound)?.record;
    let id = CourseEnrolmentId::from_uuid(theirs.ref_id);
    let (section, seen, said) = match map::classes::one(tx, id)? {
        Some(sat) => {
            let said = follow(tx, &sat, &theirs, fields)?;
            (sat.section.id, sat.seat.known.version, said)
        }
        None if theirs.is_deleted => return Ok(()),
        None => {
            let section = SectionId::from_uuid(theirs.section_ref_id);
            let view = courses::section(tx, &map::program(tx)?, section)?;
            let is_one = view.courses.len() == 1;
            let course = course_of(tx, &theirs)?;
            let said = Followed {
                from: theirs.entry_date.unwrap_or(view.section.first_day),
                until: theirs.exit_date,
                counts: true,
                claim: Claim {
                    course: Some(course).filter(|_| !is_one),
                    credits: Some(i32::from(theirs.credits_attempted)),
                    is_waived: theirs.are_prerequisites_waived,
                    ..Claim::usual(id)
                },
            };
            (section, 0, said)
        }
    };
    let permit = map::program::<ManageSections>(tx)?;
    courses::follow_seat(tx, &permit, (section, student), seen, &said).map(|_| ())
}

/// The course that PASI names, of our catalogue; `LP-0615` when it has none.
fn course_of(tx: &mut Tx, theirs: &wire::CourseEnrolment) -> Outcome<CourseId> {
    let known = courses::course_by_code(tx, theirs.course_code.as_str())?;
    known.map(|course| course.id).ok_or_else(|| {
        let finding = Finding::refuse("LP-0615", "course").with("course", theirs.course_code);
        Failure::Invalid(finding.into())
    })
}

fn follow(tx: &mut Tx, sat: &Sat, theirs: &wire::CourseEnrolment, fields: &[&str]) -> Outcome<Followed> {
    let mut said = Followed {
        from: sat.seat.from,
        until: sat.seat.until,
        counts: sat.seat.state == SeatState::Enrolled,
        claim: sat.claim,
    };
    for field in fields {
        match *field {
            "deleted" => said.counts = !theirs.is_deleted,
            "course" => said.claim.course = Some(course_of(tx, theirs)?),
            "entry-date" => said.from = theirs.entry_date.unwrap_or(sat.section.first_day),
            "exit-date" => said.until = theirs.exit_date,
            "credits" => said.claim.credits = Some(i32::from(theirs.credits_attempted)),
            "prerequisites-waived" => said.claim.is_waived = theirs.are_prerequisites_waived,
            other => return Err(Failure::Fault(format!("pasi_difference.field {other}"))),
        }
    }
    Ok(said)
}
