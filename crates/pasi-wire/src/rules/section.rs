//! Rules of sections (40100s).

use super::{finding, finding_at};
use crate::messages::{Course, School, SchoolCalendarYear, Section};
use kernel::{AuthorityCode, CourseCode, Date, Finding, Findings, SchoolYear};

/// The delivery schedule only some courses take.
pub const MAJOR_SCHEDULE: &str = "MAJ";
/// The term that crosses school years.
pub const CONTINUOUS: &str = "Continuous";
/// The term of summer school.
pub const SUMMER: &str = "Summer";
/// The program a school offers that has summer school.
const SUMMER_PROGRAM: &str = "SummerSchool";
/// Minutes of instruction for one credit (25 hours).
pub const MINUTES_PER_CREDIT: u16 = 1_500;

/// A day of a term: how many calendar years after the one in which the school
/// year starts, month and day.
type TermDay = (i16, i8, i8);

/// First and last day of each term. Terms that are not listed are bound by the
/// school year alone. The windows are ours.
const TERMS: [(&str, TermDay, TermDay); 3] = [
    ("Semester1", (0, 9, 1), (1, 2, 28)),
    ("Semester2", (1, 1, 1), (1, 7, 31)),
    (SUMMER, (1, 6, 1), (1, 8, 31)),
];

/// What the rules look at before a section is stored.
pub struct Submitted<'a> {
    /// As it shall be.
    pub sent: &'a Section,
    /// As it stands.
    pub held: Option<&'a Section>,
    /// Is the school year taken?
    pub is_year_accepted: bool,
    /// Is there a course enrolment in it that is not deleted?
    pub is_used: bool,
    /// Is the course in the catalogue?
    pub is_course: &'a dyn Fn(CourseCode) -> bool,
}

/// Judges a section before it is stored. `others` are the school's sections of
/// the year that are not deleted.
pub fn submitted<'a>(facts: &Submitted<'_>, others: impl IntoIterator<Item = &'a Section>) -> Findings {
    let sent = facts.sent;
    let mut found = Findings::default();
    if !facts.is_year_accepted {
        found.push(finding(40_102).with("year", sent.school_year));
    }
    if facts
        .held
        .is_some_and(|held| held.school_code != sent.school_code)
    {
        found.push(finding(40_112));
    }
    if facts
        .held
        .is_some_and(|held| held.school_year != sent.school_year)
    {
        found.push(finding(40_115));
    }
    if sent.is_deleted {
        if facts.is_used {
            found.push(finding(40_125));
        }
        return found;
    }
    if sent.end_date <= sent.start_date {
        found.push(finding(40_108));
    }
    found.extend(courses(facts));
    if others.into_iter().any(|other| is_double(sent, other)) {
        found.push(finding(40_104));
    }
    found
}

fn courses(facts: &Submitted<'_>) -> Vec<Finding> {
    let codes = &facts.sent.course_codes;
    let mut found = Vec::new();
    if codes.is_empty() {
        found.push(finding(40_117));
    }
    for (at, code) in codes.iter().enumerate() {
        if codes[..at].contains(code) {
            found.push(finding(40_135).with("course", code));
        }
        if !(facts.is_course)(*code) {
            found.push(finding_at(9015, "courses").with("code", code));
        }
    }
    found
}

/// Are they the same class, entered twice?
fn is_double(one: &Section, other: &Section) -> bool {
    let key = |section: &Section| {
        let mut codes = section.course_codes.clone();
        codes.sort_unstable();
        (
            section.local_section_id.clone(),
            section.section_term.clone(),
            section.start_date,
            codes,
        )
    };
    one.ref_id != other.ref_id && one.local_section_id.is_some() && key(one) == key(other)
}

/// What the rules look at once a section is stored.
pub struct Stored<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its courses that are in the catalogue.
    pub courses: &'a [&'a Course],
    /// Its school.
    pub school: Option<&'a School>,
    /// The authority the school reports to.
    pub authority: Option<AuthorityCode>,
    /// What the school offers in the year.
    pub calendar: Option<&'a SchoolCalendarYear>,
}

/// Judges a section once it is stored; a deleted one has no alerts.
pub fn stored(facts: &Stored<'_>) -> Findings {
    let mut found = Findings::default();
    let section = facts.section;
    if section.is_deleted {
        return found;
    }
    found.extend(dates(section));
    if let Some(school) = facts.school.filter(|school| !is_open(school, section)) {
        found.push(finding(40_190).with("school", school.school_code));
    }
    let offers_summer = |year: &SchoolCalendarYear| {
        year.programs_offered
            .iter()
            .any(|program| program == SUMMER_PROGRAM)
    };
    if section.section_term == SUMMER && !facts.calendar.is_some_and(offers_summer) {
        found.push(finding(40_119));
    }
    for course in facts.courses {
        found.extend(of_course(facts, course));
    }
    let most = u32::from(section.credits_offered) * u32::from(MINUTES_PER_CREDIT);
    let minutes = section.instructional_minutes_offered;
    if let Some(minutes) = minutes.filter(|minutes| u32::from(*minutes) > most) {
        found.push(finding(40_140).with("minutes", minutes).with("most", most));
    }
    found
}

fn is_open(school: &School, section: &Section) -> bool {
    school.open_date.is_none_or(|open| open <= section.start_date)
        && school.close_date.is_none_or(|close| section.end_date <= close)
}

fn dates(section: &Section) -> Vec<Finding> {
    let mut found = Vec::new();
    let year = (section.school_year.starts(), section.school_year.ends());
    let mut judge = |window: (Date, Date), start: u32, end: u32| {
        let is_in = |day: Date| window.0 <= day && day <= window.1;
        found.extend((!is_in(section.start_date)).then(|| finding(start)));
        found.extend((!is_in(section.end_date)).then(|| finding(end)));
    };
    if let Some(term) = term(&section.section_term, section.school_year) {
        judge(term, 40_110, 40_111);
    }
    if section.section_term != CONTINUOUS {
        judge(year, 40_113, 40_114);
    }
    found
}

/// The window of a term in a school year.
fn term(text: &str, year: SchoolYear) -> Option<(Date, Date)> {
    let (_, first, last) = TERMS.iter().find(|(term, ..)| *term == text)?;
    let starts = year.starts().year();
    let day = |(after, month, day): TermDay| Date::new(starts + after, month, day);
    Some((day(*first)?, day(*last)?))
}

fn of_course(facts: &Stored<'_>, course: &Course) -> Vec<Finding> {
    let section = facts.section;
    let mut found = Vec::new();
    let mut note = |is_broken: bool, number: u32| {
        found.extend(is_broken.then(|| finding(number).with("course", course.course_code)));
    };
    let is_major = section.delivery_schedule == MAJOR_SCHEDULE;
    note(is_major && !course.is_major_schedule_allowed, 40_109);
    let authorized = &course.authorized;
    let is_authorized =
        authorized.is_empty() || facts.authority.is_some_and(|code| authorized.contains(&code));
    note(!is_authorized, 40_127);
    let methods = &course.delivery_methods;
    note(
        !methods.is_empty() && !methods.contains(&section.primary_delivery_method),
        40_128,
    );
    note(course.is_permission_required, 40_137);
    if !course.holds_in(section.school_year) {
        found.push(
            finding(40_129)
                .with("course", course.course_code)
                .with("year", section.school_year),
        );
    }
    found.extend(credits(40_126, course, section.credits_offered));
    found
}

/// The finding of a course that is not offered for that many credits.
pub(super) fn credits(number: u32, course: &Course, credits: u8) -> Option<Finding> {
    let is_offered = course.credit_levels.is_empty() || course.credit_levels.contains(&credits);
    (!is_offered).then(|| {
        finding(number)
            .with("course", course.course_code)
            .with("credits", credits)
    })
}

#[cfg(test)]
mod tests;
