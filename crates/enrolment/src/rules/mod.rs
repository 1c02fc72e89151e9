//! What may be said of an enrolment and of a responsible school: pure
//! decisions, facts in, findings out. The province's own rules are judged by
//! the edge, in the same decision, through [`Judge`].
//!
//! | Code | Weight | Says |
//! |---|---|---|
//! | LP-0401 | refuse | the start lies outside the school year |
//! | LP-0402 | refuse | the exit comes before the start |
//! | LP-0403 | refuse | the exit lies outside the school year |
//! | LP-0404 | warn | the school does not teach the grade |
//! | LP-0405 | refuse | a code is not in its list |
//! | LP-0406 | refuse | a code may not be used in that school year |
//! | LP-0407 | refuse | more codes than are kept |
//! | LP-0408 | refuse | the same code twice |
//! | LP-0409 | refuse | the percentage is not from 0 to 100 |
//! | LP-0410 | refuse | a board is not four digits from 0001 to 9999 |
//! | LP-0411 | refuse | hours are not from 1 to 9999 |
//! | LP-0412 | refuse | the homeroom is longer than 20 characters |
//! | LP-0413 | refuse | the student had died before the start |
//! | LP-0414 | warn | the student had died before the end |
//! | LP-0415 | refuse | the start comes before the birth |
//! | LP-0416 | refuse | the school year is more than one year ahead |
//! | LP-0418 | warn | another enrolment at this school on the same days |
//! | LP-0419 | note | another school by day on the same days |
//! | LP-0420 | note | the withdrawal lies ahead |
//! | LP-0421 | note | the last day attended was not an instructional day |
//! | LP-0431 | refuse | it has ended already |
//! | LP-0432 | refuse | it is deleted: restore it first |
//! | LP-0433 | refuse | it is not deleted |
//! | LP-0434 | refuse | the reason is missing |
//! | LP-0435 | refuse | a transfer leads to the same school |
//! | LP-0436 | refuse | the first day there does not come after the last day here |
//! | LP-0440 | refuse | a change to many names no student of the person's |
//! | LP-0441 | refuse | a change to many names more than 10,000 |
//! | LP-0442 | refuse | a change to many is not at that step |
//! | LP-0443 | refuse | a change to many names a code that is not in its list |
//! | LP-0444 | refuse | no enrolment at the person's schools that is not over |
//! | LP-0445 | refuse | somebody changed the enrolment after the preview |
//! | LP-0446 | refuse | somebody changed the enrolment after the batch |
//! | LP-0447 | refuse | the student is no longer the person's to change |
//! | LP-0448 | refuse | somebody changed the student after the preview |
//! | LP-0449 | refuse | somebody changed the student since: it is not taken back |
//! | LP-0451 | refuse | two responsible schools from the same day on |
//! | LP-0452 | refuse | two records in a row name the same school |
//! | LP-0453 | refuse | a school outside Alberta needs its name and country |
//! | LP-0454 | refuse | the transition reason is unknown, or not of that answer |
//! | LP-0455 | refuse | the transition reason is the province's own |
//! | LP-0456 | warn | the student is not enrolled at that school in that year |
//! | LP-0457 | refuse | it takes effect before the birth |
//! | LP-0458 | refuse | it takes effect more than one school year ahead |
//! | LP-0460 | refuse | the end of a year names no school of the person's |
//! | LP-0461 | refuse | the school year cannot be closed, or registered for, now |
//! | LP-0462 | note | the student stays at another school after the close |
//! | LP-0463 | refuse | nobody is enrolled at these schools in that year |
//! | LP-0464 | refuse | the student finishes grade 12 |
//! | LP-0465 | refuse | the student's main school is another one |
//! | LP-0466 | refuse | no school of continuation is named for the grade |
//! | LP-0467 | note | grants codes are not taken along: confirm them |
//! | LP-0468 | refuse | the student goes on at a school that is not the person's |
//! | LP-0469 | refuse | the school has no calendar for that year: name a day |
//! | LP-0470 | refuse | the student does not stay until the end of the year |
//! | LP-0471 | note | the student is registered for that year already |
//! | LP-0472 | refuse | somebody registered the student after the preview |

mod beside;
mod coding;
mod dates;
mod place;
mod responsible;
mod verbs;
mod year;

pub use place::{main_enrolment, place, presence};
pub use responsible::{current_responsible, judge_responsible};
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
mod tests;
#[cfg(test)]
mod year_tests;
