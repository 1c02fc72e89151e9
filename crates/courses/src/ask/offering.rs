//! What the province is told of sections and of students in them.

use super::{courses_of, covers};
use crate::model::{Claim, Course, CourseEnrolment, Offering, Section};
use crate::store::{self, SeatRow};
use access::Permit;
use access::action::ViewSections;
use db::Reading;
use kernel::{CourseEnrolmentId, Failure, Outcome, SectionId, StudentId};

/// How a section is offered; not found outside the permit.
pub fn offering(at: &mut impl Reading, permit: &Permit<ViewSections>, id: SectionId) -> Outcome<Offering> {
    if !covers(permit, &store::section(at, id)?) {
        return Err(Failure::NotFound);
    }
    let said = store::offerings(at, &[id])?.pop();
    Ok(said.unwrap_or_else(|| Offering::usual(id)))
}

/// What a student is in a section for; not found outside the permit.
pub fn claim(at: &mut impl Reading, permit: &Permit<ViewSections>, id: CourseEnrolmentId) -> Outcome<Claim> {
    let seat = SeatRow::get(at, id)?.seat();
    if !covers(permit, &store::section(at, seat.section)?) {
        return Err(Failure::NotFound);
    }
    let said = store::claims(at, &[id])?.pop();
    Ok(said.unwrap_or_else(|| Claim::usual(id)))
}

/// The other sections of the school and year of a section.
pub fn sections_beside(at: &mut impl Reading, section: &Section) -> Outcome<Vec<SectionId>> {
    let all = store::sections_at(at, section.school, section.year)?;
    Ok(all
        .into_iter()
        .map(|one| one.id)
        .filter(|id| *id != section.id)
        .collect())
}

/// A student's place in a section with all that is said of both.
#[derive(Debug, Clone, PartialEq)]
pub struct Sat {
    /// The place.
    pub seat: CourseEnrolment,
    /// What it is for.
    pub claim: Claim,
    /// Its section.
    pub section: Section,
    /// How the section is offered.
    pub offering: Offering,
    /// The courses of the section.
    pub courses: Vec<Course>,
}

/// Which places are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// One.
    Seat(CourseEnrolmentId),
    /// Those of a student.
    Student(StudentId),
    /// Those of a section.
    Section(SectionId),
}

/// Places in sections that the permit covers, whatever their state; the others
/// are left out.
pub fn sat(at: &mut impl Reading, permit: &Permit<ViewSections>, of: Of) -> Outcome<Vec<Sat>> {
    let seats = match of {
        Of::Seat(id) => match SeatRow::get(at, id) {
            Ok(row) => vec![row.seat()],
            Err(Failure::NotFound) => Vec::new(),
            Err(failure) => return Err(failure),
        },
        Of::Student(student) => store::seats_of(at, &[student])?,
        Of::Section(section) => store::seats_in(at, &[section])?,
    };
    if seats.is_empty() {
        return Ok(Vec::new());
    }
    let mut sections: Vec<SectionId> = seats.iter().map(|seat| seat.section).collect();
    sections.sort();
    sections.dedup();
    let offerings = store::offerings(at, &sections)?;
    let sections = store::sections(at, &sections)?;
    let ids: Vec<CourseEnrolmentId> = seats.iter().map(|seat| seat.id).collect();
    let claims = store::claims(at, &ids)?;
    let courses = courses_of(at, &sections)?;
    let sat = |seat: CourseEnrolment| {
        let section = sections.iter().find(|section| section.id == seat.section)?;
        let claim = claims.iter().find(|claim| claim.seat == seat.id);
        let offering = offerings.iter().find(|offering| offering.section == section.id);
        covers(permit, section).then(|| Sat {
            claim: claim.copied().unwrap_or_else(|| Claim::usual(seat.id)),
            offering: offering.cloned().unwrap_or_else(|| Offering::usual(section.id)),
            courses: section
                .courses
                .iter()
                .filter_map(|id| courses.get(id).cloned())
                .collect(),
            section: section.clone(),
            seat,
        })
    };
    Ok(seats.into_iter().filter_map(sat).collect())
}
