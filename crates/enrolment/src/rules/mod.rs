//! What may be said of an enrolment and of a responsible school: pure
//! decisions, facts in, findings out. The province's own rules are judged by
//! the edge, in the same decision, through [`Judge`]. Every code stands in [`RULES`].

mod again;
mod beside;
mod coding;
mod dates;
mod place;
mod register;
mod responsible;
mod verbs;
mod year;

pub use again::{Likely, has_left, likely_again, standing};
pub use place::{main_enrolment, place, presence, stays};
pub use register::RULES;
pub use responsible::judge_responsible;
pub use verbs::{may_change, may_end, may_restore, may_transfer};
pub use year::{
    PARTS, Part, Seat, carried, goes_on_from, likely_onward, next_seat, onward_grade, registered,
};
pub(crate) use year::{stays_elsewhere, to_confirm};

use crate::model::{Enrolment, ResponsibleSchool, StudentFacts};
use kernel::{Date, Findings};
use schools::{Calendar, Directory, School};

/// An enrolment as it would stand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Proposed<'a> {
    /// As it would stand.
    pub after: &'a Enrolment,
    /// As it stands; none for a new one.
    pub before: Option<&'a Enrolment>,
    /// Of the student.
    pub student: &'a StudentFacts,
    /// The school it is at.
    pub school: &'a School,
    /// The school's days of that year, where they are set.
    pub calendar: Option<&'a Calendar>,
    /// The student's other enrolments that count.
    pub others: &'a [Enrolment],
    /// Today in Alberta.
    pub today: Date,
}

/// A responsible-school record as it would stand, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct ProposedResponsible<'a> {
    /// As it would stand.
    pub after: &'a ResponsibleSchool,
    /// As it stands; none for a new one.
    pub before: Option<&'a ResponsibleSchool>,
    /// Of the student.
    pub student: &'a StudentFacts,
    /// The student's other responsible-school records that count.
    pub others: &'a [ResponsibleSchool],
    /// The student's enrolments that count.
    pub enrolments: &'a [Enrolment],
    /// The division's schools.
    pub directory: &'a Directory,
    /// Today in Alberta.
    pub today: Date,
}

/// Further rules that take part in a decision: the province's, judged by the
/// edge that knows them. What refuses stops the save; the rest is handed back
/// with the saved record.
pub trait Judge {
    /// Judges an enrolment.
    fn enrolment(&self, _proposed: &Proposed) -> Findings {
        Findings::default()
    }
    /// Judges a responsible school.
    fn responsible_school(&self, _proposed: &ProposedResponsible) -> Findings {
        Findings::default()
    }
}

/// No further rules.
#[derive(Debug, Clone, Copy, Default)]
pub struct OursAlone;

impl Judge for OursAlone {}

/// Every finding of our own rules on an enrolment.
pub fn judge(proposed: &Proposed) -> Findings {
    let mut findings = Findings::default();
    dates::judge(proposed, &mut findings);
    coding::judge(proposed, &mut findings);
    beside::judge(proposed, &mut findings);
    findings
}

#[cfg(test)]
mod again_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod year_tests;
