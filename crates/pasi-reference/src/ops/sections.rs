//! Sections: what a submit asks for; any client may read one.

use super::own::Own;
use super::read::Seen;
use crate::access::Caller;
use crate::refusal::OrReject as _;
use crate::state::Submit;
use crate::store::{Under, World};
use kernel::{Date, Findings, SchoolCode, SchoolYear};
use pasi_wire::messages::{AvailabilityStatus, Course, CourseEnrolment, School, Section};
use pasi_wire::rules::{finding, section};

/// How many school years back a school may write by itself (9030).
const YEARS_BACK: i32 = 3;

/// May the caller write high school records of that school and year at all?
/// 9003, 9020, 9030.
pub(super) fn may_write(at: &Submit<'_, '_>, school: SchoolCode, year: SchoolYear) -> Result<(), Findings> {
    let world = at.draft.world;
    if world.get::<School>(school).is_none() {
        return Err(finding(9003).with("code", school).into());
    }
    if !at.by.owns(world, school) {
        return Err(finding(9020).into());
    }
    if is_too_old(year, at.by.today) {
        return Err(finding(9030).with("year", year).into());
    }
    Ok(())
}

fn is_too_old(year: SchoolYear, today: Date) -> bool {
    year.number() < SchoolYear::of(today).number() - YEARS_BACK
}

impl Seen for Section {
    fn availability(&self, _: &World, _: &Caller) -> AvailabilityStatus {
        AvailabilityStatus::Normal
    }
}

impl Own for Section {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        if held.is_some_and(|held| !at.by.owns(at.draft.world, held.school_code)) {
            return Err(finding(9020).into());
        }
        may_write(at, self.school_code, self.school_year)
    }
    fn judged(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let world = at.draft.world;
        let facts = section::Submitted {
            sent: self,
            held,
            is_year_accepted: at.codes.is_accepted(self.school_year, at.by.today),
            is_used: world
                .under::<CourseEnrolment>(Under::Record(self.ref_id))
                .any(|enrolment| !enrolment.is_deleted),
            is_course: &|code| world.get::<Course>(code).is_some(),
        };
        let others = world.under::<Self>(Under::School(self.school_code, self.school_year));
        section::submitted(&facts, others.filter(|other| !other.is_deleted)).or_reject()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_school_years_back_are_written_by_schools() {
        let today: Date = "2026-11-23".parse().expect("test date");
        for (ends, old) in [(2023, true), (2024, false), (2027, false)] {
            let year = SchoolYear::ending(ends).expect("test year");
            assert_eq!(is_too_old(year, today), old, "{ends}");
        }
    }
}
