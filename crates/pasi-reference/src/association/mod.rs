//! How strongly an authority is associated with a student: everything a
//! client may know or write hangs on it.

use crate::access::is_highly_restricted;
use crate::store::World;
use kernel::{Asn, AuthorityCode, Date};
use pasi_wire::messages::{
    DiplomaExam, DiplomaExamMark, DiplomaExamSitting, SchoolAuthority, StudentSchoolEnrolment,
};
use pasi_wire::rules::diploma::REGISTERED;

kernel::text_enum! {
    /// How an organization is associated with a student, the strongest first.
    pub enum Association {
        /// The ministry with everybody.
        Ministry = "ByMinistry",
        /// It made the ASN, and nobody has enrolled the student yet; two years.
        Creation = "ByStudentCreation",
        /// An enrolment that has not ended.
        CurrentEnrolment = "ByCurrentSchoolEnrolment",
        /// The enrolment that ended last; six months.
        LastEnrolment = "ByLastSchoolEnrolment",
        /// Any enrolment that ended; twelve months.
        RecentEnrolment = "ByRecentSchoolEnrolment",
        /// An examination to be written there.
        ExamRegistration = "ByExamRegistration",
        /// None.
        None = "None",
    }
}

impl Association {
    /// Is it one of the four strongest, which see what the weaker ones do not?
    pub(crate) fn is_close(self) -> bool {
        self <= Self::LastEnrolment
    }
}

/// How long the last enrolment keeps its school associated, in months.
const LAST_MONTHS: i32 = 6;
/// How long any enrolment does, in months.
const RECENT_MONTHS: i32 = 12;
/// How long creation does, in years.
const CREATION_YEARS: i16 = 2;
/// Kind of authority outside Alberta.
pub(crate) const OUT_OF_ALBERTA: &str = "20";

/// The strongest association of any of these authorities on a day. Who may
/// know a primary ASN may know the secondary ones linked to it.
pub(crate) fn association(
    world: &World,
    asn: Asn,
    authorities: &[AuthorityCode],
    today: Date,
) -> Association {
    let of = |asn| match of_number(world, asn, authorities, today) {
        Association::None if by_exam(world, asn, authorities, today) => Association::ExamRegistration,
        found => found,
    };
    let primary = world.primary_of(asn);
    primary.map_or_else(|| of(asn), |primary| of(asn).min(of(primary)))
}

fn of_number(world: &World, asn: Asn, authorities: &[AuthorityCode], today: Date) -> Association {
    let mut counted = world
        .enrolments_of(asn)
        .filter(|enrolment| !enrolment.is_deleted)
        .peekable();
    if counted.peek().is_none() {
        return by_creation(world, asn, authorities, today);
    }
    let (ours, others): (Vec<Attended>, Vec<Attended>) = counted
        .map(|enrolment| Attended::new(world, enrolment))
        .partition(|attended| attended.is_of(authorities));
    by_enrolment(world, &ours, &others, today)
}

/// Is the student registered for a part of an exam in a writing centre of
/// theirs that has not been written yet?
fn by_exam(world: &World, asn: Asn, authorities: &[AuthorityCode], today: Date) -> bool {
    let is_there = |sitting: &DiplomaExamSitting| {
        let authority = world.authority_behind(sitting.writing_centre);
        !sitting.is_deleted && authority.is_some_and(|code| authorities.contains(&code))
    };
    let is_ahead = |sitting: &DiplomaExamSitting| {
        let exam = world.get::<DiplomaExam>(sitting.diploma_exam_ref_id);
        exam.is_some_and(|exam| {
            exam.components
                .iter()
                .any(|part| part.component_code == sitting.component_code && part.starts_at.date() >= today)
        })
    };
    world
        .of_student::<DiplomaExamMark>(asn)
        .filter(|mark| !mark.is_deleted && mark.status == REGISTERED)
        .flat_map(|mark| &mark.components)
        .filter_map(|part| world.get::<DiplomaExamSitting>(part.sitting_ref_id?))
        .any(|sitting| is_there(sitting) && is_ahead(sitting))
}

fn by_creation(world: &World, asn: Asn, authorities: &[AuthorityCode], today: Date) -> Association {
    let is_ours_still = world.student(asn).is_some_and(|record| {
        let lasts = record.created_on.plus_years(CREATION_YEARS) > today;
        lasts && record.created_by.is_some_and(|code| authorities.contains(&code))
    });
    if is_ours_still {
        Association::Creation
    } else {
        Association::None
    }
}

/// An enrolment as associations see it.
struct Attended {
    enrolment: Box<StudentSchoolEnrolment>,
    authority: Option<AuthorityCode>,
    end: Date,
}

impl Attended {
    fn new(world: &World, enrolment: Box<StudentSchoolEnrolment>) -> Self {
        Self {
            authority: world.authority_of(enrolment.school_code),
            end: end_of(&enrolment),
            enrolment,
        }
    }
    fn is_of(&self, authorities: &[AuthorityCode]) -> bool {
        self.authority.is_some_and(|code| authorities.contains(&code))
    }
    /// Which of two is the newer one: the one that ended later, then the one that began later.
    fn age(&self) -> (Date, Date) {
        (self.end, self.enrolment.registration_start_date)
    }
    /// Does it count as a school that another one was left for?
    fn is_in_alberta(&self, world: &World) -> bool {
        let authority = self.authority.and_then(|code| world.get::<SchoolAuthority>(code));
        !authority.is_some_and(|held| held.authority_type == OUT_OF_ALBERTA || held.is_international)
    }
    fn is_highly_restricted(&self, world: &World) -> bool {
        let authority = self.authority.and_then(|code| world.get::<SchoolAuthority>(code));
        authority.is_some_and(is_highly_restricted)
    }
}

fn by_enrolment(world: &World, ours: &[Attended], others: &[Attended], today: Date) -> Association {
    let Some(newest) = ours.iter().max_by_key(|attended| attended.age()) else {
        return Association::None;
    };
    if newest.end >= today {
        return Association::CurrentEnrolment;
    }
    let is_left_for_another = others
        .iter()
        .any(|other| other.age() > newest.age() && other.is_in_alberta(world));
    if !is_left_for_another && plus_months(newest.end, LAST_MONTHS) >= today {
        return Association::LastEnrolment;
    }
    let is_recent = |attended: &Attended| {
        plus_months(attended.end, RECENT_MONTHS) >= today && !attended.is_highly_restricted(world)
    };
    if ours.iter().any(is_recent) {
        Association::RecentEnrolment
    } else {
        Association::None
    }
}

/// The last day of an enrolment; where none is given, that of its school year.
pub(crate) fn end_of(enrolment: &StudentSchoolEnrolment) -> Date {
    enrolment
        .registration_exit_date
        .unwrap_or_else(|| enrolment.school_year.ends())
}

/// The same day some months later, or the last day that month has.
pub(crate) fn plus_months(from: Date, months: i32) -> Date {
    let counted = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + months;
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    let whole = |day| Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, day);
    (1..=from.day()).rev().find_map(whole).unwrap_or(from)
}

#[cfg(test)]
mod tests;
