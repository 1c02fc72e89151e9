//! Rules of school enrolment: facts in, findings out.

mod boards;
mod dates;
mod grants;
mod offered;

use super::finding;
use kernel::{AuthorityCode, Date, Finding, Findings, Grade, SchoolYear};

pub use boards::{LEAST_HOURS_211, LEAST_HOURS_230};
pub use dates::{ages_of, schedule};

/// Home education and shared responsibility.
const HOME_EDUCATION: [&str; 4] = ["600", "610", "611", "612"];
/// The gender that is not known.
pub const UNKNOWN_GENDER: &str = "U";

/// The first school year whose enrolments get alerts.
const FIRST_YEAR: i32 = 2011;

/// What a school is, as far as enrolment rules ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SchoolKind {
    /// None of the others.
    #[default]
    Ordinary,
    /// Of a francophone authority.
    Francophone,
    /// A designated special education private school.
    DesignatedSpecialEducation,
}

/// What a school offers in a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered<'a> {
    /// Grades.
    pub grades: &'a [Grade],
    /// Programs, by texts of the code table; none where they are not known,
    /// which keeps their rules silent.
    pub programs: Option<&'a [&'a str]>,
}

/// What the rules of enrolment look at. Codes are texts of the code tables.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that a rule asks for"
)]
pub struct EnrolmentFacts<'a> {
    /// The year enrolled for.
    pub school_year: SchoolYear,
    /// The year of today.
    pub current_year: SchoolYear,
    /// Grade; none for continuing education.
    pub grade: Option<Grade>,
    /// The student's birth date.
    pub birth_date: Date,
    /// Is the student's gender recorded as not known?
    pub is_gender_unknown: bool,
    /// Never attended, or entered in error.
    pub is_deleted: bool,
    /// `Regular`, `ContinuingEducation` …
    pub programming_type: &'a str,
    /// `Day` …
    pub programming_timeframe: &'a str,
    /// First day.
    pub start: Date,
    /// Last day.
    pub exit: Option<Date>,
    /// First and last day of each of the school's operating schedules of the
    /// year; empty when they are not known, which keeps the date rules silent.
    pub calendars: &'a [(Date, Date)],
    /// Grants program codes.
    pub grants: &'a [&'a str],
    /// Those of them that do not hold for the school year.
    pub expired_grants: &'a [&'a str],
    /// Last year's, when the student was enrolled last year.
    pub last_year_grants: Option<&'a [&'a str]>,
    /// Exception codes.
    pub exceptions: &'a [&'a str],
    /// How many enrolment type codes.
    pub enrolment_types: usize,
    /// Has the student an Indigenous self-identification?
    pub has_fnmi: bool,
    /// Resident board.
    pub resident_board: Option<AuthorityCode>,
    /// Is that board in the province's list?
    pub is_resident_board_known: bool,
    /// Francophone board.
    pub francophone_board: Option<AuthorityCode>,
    /// Hours of French instruction.
    pub french_hours: Option<u16>,
    /// What the school is.
    pub school: SchoolKind,
    /// What the school offers in the year; none when it is not known.
    pub offered: Option<Offered<'a>>,
    /// Citizenship status code in force.
    pub citizenship: Option<&'a str>,
    /// Part the school provides.
    pub program_percentage: Option<u8>,
}

impl EnrolmentFacts<'_> {
    /// A regular day enrolment of the current year, without codes.
    pub fn regular(school_year: SchoolYear, grade: Grade, birth_date: Date, start: Date) -> Self {
        Self {
            school_year,
            current_year: school_year,
            grade: Some(grade),
            birth_date,
            is_gender_unknown: false,
            is_deleted: false,
            programming_type: REGULAR,
            programming_timeframe: DAY,
            start,
            exit: None,
            calendars: &[],
            grants: &[],
            expired_grants: &[],
            last_year_grants: None,
            exceptions: &[],
            enrolment_types: 0,
            has_fnmi: false,
            resident_board: None,
            is_resident_board_known: true,
            francophone_board: None,
            french_hours: None,
            school: SchoolKind::Ordinary,
            offered: None,
            citizenship: None,
            program_percentage: None,
        }
    }

    fn has(&self, code: &str) -> bool {
        self.grants.contains(&code)
    }
    /// Those of `codes` that are given, in their order.
    fn given<'b>(&self, codes: &'b [&'b str]) -> impl Iterator<Item = &'b str> {
        codes
            .iter()
            .copied()
            .filter(|code| self.has(code))
            .collect::<Vec<_>>()
            .into_iter()
    }
    fn is_regular_day(&self) -> bool {
        self.programming_type == REGULAR && self.programming_timeframe == DAY
    }
}

/// Text of the programming type for regular programs.
pub const REGULAR: &str = "Regular";
/// Text of the programming type for continuing education.
pub const CONTINUING_EDUCATION: &str = "ContinuingEducation";
/// Text of the programming timeframe by day.
pub const DAY: &str = "Day";

/// Judges an enrolment: all warnings and advice, in order of number within
/// each subject. A deleted enrolment and one before school year 2011 have none.
pub fn judge(facts: &EnrolmentFacts<'_>) -> Findings {
    if facts.is_deleted || facts.school_year.number() < FIRST_YEAR {
        return Findings::default();
    }
    let mut found = Findings::default();
    found.extend(grants::judge(facts));
    found.extend(boards::judge(facts));
    found.extend(dates::judge(facts));
    found.extend(offered::judge(facts));
    found.extend(gender(facts));
    found
}

/// A gender that is not known is asked for while the student is enrolled: of
/// this school year or the next.
fn gender(facts: &EnrolmentFacts<'_>) -> Option<Finding> {
    let is_enrolled = facts.school_year >= facts.current_year;
    (facts.is_gender_unknown && is_enrolled).then(|| finding(11_090))
}

#[cfg(test)]
mod tests;
