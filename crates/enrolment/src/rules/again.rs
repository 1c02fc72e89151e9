//! A student who is in the records already and comes to a counter again.

use super::year::carried;
use crate::model::{Coding, Enrolment};
use kernel::{Date, Grade, SchoolYear};

/// What was seen of all of a student's enrolments: another number after each
/// save of one of them, since every save raises a version.
pub fn standing(all: &[Enrolment]) -> i64 {
    all.iter().map(|one| one.known.version).sum()
}

/// Has the student left every school? Yes when no enrolment that counts lasts
/// beyond today: the last day attended may be today. Only then may a school
/// that does not see the student take the child in on name and birth date; who
/// is still enrolled is for the school that the student leaves, or for the
/// division, to hand on.
pub fn has_left(all: &[Enrolment], today: Date) -> bool {
    all.iter().all(|one| one.is_deleted() || one.last_day() <= today)
}

/// The grants codes that special education is claimed by.
const SPECIAL_EDUCATION: [&str; 2] = ["110", "500"];

/// The grants codes that an exception code calls for (PASI's rule 10055): those
/// of last time that still hold in the year, else 500. Other grants are
/// claimed anew each year.
fn called_for(last: &Coding, year: SchoolYear) -> Vec<String> {
    if last.exceptions.is_empty() {
        return Vec::new();
    }
    let known = codes::set(codes::CodeSet::GrantsProgramCode);
    let holds = |code: &&str| known.find(code).is_some_and(|code| code.is_valid_in(year));
    let had = |code: &&str| last.grants.iter().any(|one| one == code);
    let mut kept: Vec<&str> = SPECIAL_EDUCATION.into_iter().filter(had).filter(holds).collect();
    if kept.is_empty() {
        kept.extend(Some("500").filter(holds));
    }
    kept.into_iter().map(str::to_owned).collect()
}

/// With what a student is likely enrolled again.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// In which grade.
    pub grade: Grade,
    /// The coding.
    pub coding: Coding,
    /// Grants codes of last time that are not taken along: to be claimed anew, or not.
    pub claimed_before: Vec<String>,
}

/// What the last enrolment that counts suggests for one that starts on a day.
/// A grade a year further on, at most 12. Within the same year the coding is
/// taken along from one that is over by then; beside one that still stands,
/// and in another year, without what is counted and claimed once a year, but
/// for the grants code that an exception code calls for.
pub fn likely_again(all: &[Enrolment], start: Date) -> Option<Likely> {
    let live = all.iter().filter(|one| !one.is_deleted());
    let last = live.max_by_key(|one| (one.year, one.coding.is_regular_day(), one.start, one.id))?;
    let year = SchoolYear::of(start);
    let years = (year.number() - last.year.number()).max(0);
    let number = i32::from(last.grade.number()).saturating_add(years);
    let is_over = last.last_day() < start;
    let coding = if years == 0 && is_over {
        last.coding.clone().elsewhere()
    } else {
        Coding {
            grants: called_for(&last.coding, year),
            ..carried(&last.coding)
        }
    };
    let not_taken = |code: &&String| !coding.grants.contains(code);
    let claimed_before = last.coding.grants.iter().filter(not_taken).cloned().collect();
    let grade = u8::try_from(number).ok().and_then(Grade::from_number);
    Some(Likely {
        grade: grade.unwrap_or(Grade::G12),
        coding,
        claimed_before,
    })
}
