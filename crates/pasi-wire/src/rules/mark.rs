//! Marks: their forms, their normalized value, and the rules of course
//! enrolments (40200s, 42000s) and evaluated marks (40300s).

use super::section::{CONTINUOUS, credits};
use super::{finding, finding_at};
use crate::messages::{Course, CourseEnrolment, EvaluatedMark, SchoolMark, Section, StudentSchoolEnrolment};
use kernel::{CourseCode, Finding, Findings, SchoolYear};

/// Text of marks in percent.
pub const PERCENT: &str = "Percent";
/// Text of marks in letters.
pub const LETTER: &str = "Letter";
/// Text of marks that pass or fail.
pub const PASS_FAIL: &str = "PassFail";
/// Text of numeric scores.
pub const NUMERIC_SCORE: &str = "NumericScore";

/// Text of a completed course.
pub const COMPLETED: &str = "Completed";
/// Text of a course a student left.
pub const WITHDRAWN: &str = "Withdrawn";
/// Text of a course left incomplete.
pub const INCOMPLETE: &str = "Incomplete";
/// Text of a course that goes on in the next school year.
pub const CONTINUING: &str = "Continuing";

/// The least normalized mark that passes.
pub const PASS: u16 = 4_950;
/// The highest numeric score taken; the province's bound is not published.
const HIGHEST_SCORE: u16 = 9_999;

/// Normalized values of letters. Source: `KB/normalized_mark_value`.
const LETTERS: [(&str, u16); 6] = [
    ("A", 7_950),
    ("B", 6_450),
    ("C", 4_970),
    ("D", 4_959),
    ("P", 4_950),
    ("F", 0),
];
/// Percentages of 40 to 49 that count as 4920 + mark: until which school year,
/// and for which first digits of the course number. Source: `KB/normalized_mark_value`.
const LENIENT: [(i32, &str); 2] = [(1984, "0123456789"), (1986, "12")];
const LENIENT_MARKS: std::ops::RangeInclusive<u16> = 40..=49;
const LENIENT_BASE: u16 = 4_920;

/// Judges a mark by its form: 9013, 9016 to 9018, 9024, 9031, 9032.
pub fn value(format: &str, value: &str) -> Option<Finding> {
    let broken = |number: u32| Some(finding(number).with("value", value));
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let has_leading_zero = digits && value.len() > 1 && value.starts_with('0');
    match format {
        PERCENT if !digits => broken(9016),
        NUMERIC_SCORE if !digits => broken(9031),
        PERCENT | NUMERIC_SCORE if has_leading_zero => broken(9024),
        PERCENT if value.parse::<u16>().is_ok_and(|mark| mark <= 100) => None,
        PERCENT => broken(9013),
        NUMERIC_SCORE if value.parse::<u16>().is_ok_and(|score| score <= HIGHEST_SCORE) => None,
        NUMERIC_SCORE => broken(9032),
        LETTER if !LETTERS.iter().any(|(letter, _)| *letter == value) => broken(9017),
        PASS_FAIL if !["P", "F"].contains(&value) => broken(9018),
        _ => None,
    }
}

/// The mark from 0 to 10000, so that marks of all forms compare; `None` for a
/// numeric score, which does not.
pub fn normalized(format: &str, value: &str, course: CourseCode, year: SchoolYear) -> Option<u16> {
    match format {
        PERCENT => {
            let percent: u16 = value.parse().ok().filter(|percent| *percent <= 100)?;
            let level = &course.as_str()[3..4];
            let is_lenient = LENIENT
                .iter()
                .any(|(until, levels)| year.number() <= *until && levels.contains(level));
            Some(if is_lenient && LENIENT_MARKS.contains(&percent) {
                LENIENT_BASE + percent
            } else {
                percent * 100
            })
        }
        LETTER | PASS_FAIL => LETTERS
            .iter()
            .find(|(letter, _)| *letter == value)
            .map(|(_, normalized)| *normalized),
        _ => None,
    }
}

/// Judges a course enrolment before it is stored, in the school and school
/// year it is sent for. `section` is the one it names.
pub fn course_enrolment(
    sent: &CourseEnrolment,
    section: Option<&Section>,
    course: Option<&Course>,
) -> Findings {
    let mut found = Findings::default();
    if sent.is_deleted {
        return found;
    }
    let Some(course) = course else {
        found.push(finding(9015).with("code", sent.course_code));
        return found;
    };
    match section {
        None => found.push(finding(9035)),
        Some(section) if !section.course_codes.contains(&sent.course_code) => {
            found.push(finding(40_291).with("course", sent.course_code));
        }
        Some(_) => {}
    }
    let status = sent.status.as_str();
    if status == INCOMPLETE && !course.is_cts {
        found.push(finding(40_293));
    }
    match &sent.mark {
        Some(_) if [WITHDRAWN, INCOMPLETE].contains(&status) => {
            found.push(finding(40_292).with("status", status));
        }
        Some(mark) => found.extend(value(&mark.mark_format, &mark.mark_value)),
        None => {}
    }
    if let (Some(entry), Some(exit)) = (sent.entry_date, sent.exit_date)
        && exit < entry
    {
        found.push(finding_at(3002, "exit_date").with("check", "before the entry date"));
    }
    found
}

/// Judges a course enrolment once it is stored. `enrolments` are the student's
/// in schools.
pub fn stored_course_enrolment<'a>(
    stored: &CourseEnrolment,
    section: &Section,
    course: Option<&Course>,
    enrolments: impl IntoIterator<Item = &'a StudentSchoolEnrolment>,
) -> Findings {
    let mut found = Findings::default();
    if stored.is_deleted {
        return found;
    }
    let starts = stored.entry_date.unwrap_or(section.start_date);
    let covers = |enrolment: &StudentSchoolEnrolment| {
        !enrolment.is_deleted
            && enrolment.school_code == section.school_code
            && enrolment.school_year == section.school_year
            && enrolment.registration_exit_date.is_none_or(|exit| starts <= exit)
    };
    if !enrolments.into_iter().any(covers) {
        found.push(finding(40_214));
    }
    if stored.status == COMPLETED && stored.mark.is_none() {
        found.push(finding(42_090));
    }
    if stored.status == CONTINUING && section.section_term != CONTINUOUS {
        found.push(finding(42_091));
    }
    found.extend(course.and_then(|course| credits(42_092, course, stored.credits_attempted)));
    found
}

/// Judges an evaluated mark before it is stored. `is_reserved` says whether
/// its method is the ministry's own.
pub fn evaluated(sent: &EvaluatedMark, course: Option<&Course>, is_reserved: bool) -> Findings {
    let mut found = Findings::default();
    if is_reserved {
        found.push(finding(40_393).with("method", &sent.evaluation_method));
    }
    if sent.is_deleted {
        return found;
    }
    if course.is_none() {
        found.push(finding(9015).with("code", sent.course_code));
    }
    found.extend(value(&sent.mark.mark_format, &sent.mark.mark_value));
    found
}

/// Judges an evaluated mark once it is stored.
pub fn stored_evaluated(stored: &EvaluatedMark, course: Option<&Course>) -> Findings {
    let judged = course.filter(|_| !stored.is_deleted);
    let found = judged.and_then(|course| credits(40_390, course, stored.credits_attempted));
    found.into_iter().collect()
}

/// The approval a mark has after it was sent: that of the mark held, if it is
/// still the same mark.
pub fn approval(sent: &SchoolMark, held: Option<&SchoolMark>) -> bool {
    let what = |mark: &SchoolMark| {
        (
            mark.mark_format.clone(),
            mark.mark_value.clone(),
            mark.assignment_date,
        )
    };
    held.is_some_and(|held| held.is_mark_approved && what(held) == what(sent))
}

#[cfg(test)]
mod tests;
