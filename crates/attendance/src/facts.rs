//! What decisions are made by, read once.

use crate::model::{Codes, Group, RollAt, Setting};
use crate::rules::Facts;
use crate::store;
use access::{Action, Permit, Scope, ties};
use db::Reading;
use kernel::{Date, Failure, Outcome, Role, SchoolId, SchoolYear, StudentId};
use schools::Calendar;

/// A school, as a day of it is judged.
pub(crate) struct School {
    pub(crate) setting: Setting,
    pub(crate) calendar: Option<Calendar>,
    pub(crate) codes: Codes,
    today: Date,
    is_office: bool,
}

impl School {
    /// Reads it for a day; not found when there is no such school.
    pub(crate) fn read<A: Action>(
        at: &mut impl Reading,
        permit: &Permit<A>,
        (id, on): (SchoolId, Date),
    ) -> Outcome<Self> {
        let calendar = match schools::calendar(at, id, SchoolYear::of(on)) {
            Ok(days) => Some(days),
            Err(Failure::NotFound) => schools::school(at, id).map(|_| None)?,
            Err(failure) => return Err(failure),
        };
        Ok(Self {
            setting: store::setting(at, id)?,
            calendar,
            codes: store::codes(at, id)?,
            today: at.today(),
            is_office: is_office(permit),
        })
    }

    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            today: self.today,
            is_office: self.is_office,
            setting: &self.setting,
            calendar: self.calendar.as_ref(),
            codes: &self.codes,
        }
    }

    /// Days of instruction from a day until another, both included, earliest first.
    pub(crate) fn days(&self, (first, last): (Date, Date)) -> Vec<Date> {
        let all = self.calendar.iter().flat_map(schools::rules::instructional_days);
        all.filter(|day| (first..=last).contains(day)).collect()
    }
}

/// Does the office act? Else a teacher.
pub(crate) fn is_office<A: Action>(permit: &Permit<A>) -> bool {
    permit.actor().role != Some(Role::Teacher)
}

/// May the permit's holder take this roll? A teacher those of the homerooms tied to the account, of days within the
/// tie; the office those of its schools. Not found otherwise.
pub(crate) fn reaches<A: Action>(at: &mut impl Reading, permit: &Permit<A>, roll: &RollAt) -> Outcome<()> {
    let is_reached = match (permit.scope(), &roll.group) {
        (Scope::Division | Scope::Schools(_), _) => permit.covers_school(roll.school),
        (Scope::Tied(account, _), Group::Homeroom(name)) => {
            ties::homerooms_of(at, *account)?
                .iter()
                .any(|(school, homeroom, (from, until))| {
                    *school == roll.school
                        && homeroom == name
                        && *from <= roll.on
                        && until.is_none_or(|last| roll.on <= last)
                })
        }
        (Scope::Tied(..), Group::Section(_)) => false,
    };
    if is_reached {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// Not found when the permit does not cover the school.
pub(crate) fn covers<A: Action>(permit: &Permit<A>, school: SchoolId) -> Outcome<()> {
    if permit.covers_school(school) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// The students of a roll, in the order of their ids; not found when there are none.
pub(crate) fn students(at: &mut impl Reading, roll: &RollAt) -> Outcome<Vec<StudentId>> {
    let found = match &roll.group {
        Group::Homeroom(name) => enrolment::in_homeroom(at, roll.school, name, roll.on)?,
        Group::Section(_) => Vec::new(),
    };
    if found.is_empty() {
        Err(Failure::NotFound)
    } else {
        Ok(found)
    }
}
