//! A class that meets.

use kernel::{AccountId, CourseId, Date, SchoolId, SchoolYear, SectionId, SectionStaffId, TermId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// Where a section stands.
    pub enum SectionState {
        /// It is taught.
        Open = "open",
        /// It was ended before its time, or is over; it stays readable.
        Closed = "closed",
    }
}

kernel::text_enum! {
    /// What a member of staff is to a section.
    pub enum StaffRole {
        /// Answers for it.
        Lead = "lead",
        /// Teaches it too.
        Co = "co",
        /// Stands in on certain days.
        Substitute = "substitute",
    }
}

/// When a section meets: a day of the cycle and a period of that day, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Meeting {
    /// Day of the cycle, 1 to 10; at a school without a cycle the weekday, Monday 1.
    pub cycle_day: u8,
    /// Number of the period in that day, 1 to 12.
    pub period: u8,
}

impl Meeting {
    /// Days of a cycle at most.
    pub const MOST_DAYS: u8 = 10;
    /// Periods of a day at most.
    pub const MOST_PERIODS: u8 = 12;

    /// A meeting; `rules` say whether there are such a day and period.
    pub const fn new(cycle_day: u8, period: u8) -> Self {
        Self { cycle_day, period }
    }
    /// As a form sends it: `3-2` is the second period of the third day.
    pub fn value(self) -> String {
        format!("{}-{}", self.cycle_day, self.period)
    }
}

impl std::str::FromStr for Meeting {
    type Err = kernel::UnknownText;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('-');
        let both = parts.and_then(|(day, period)| Some((day.parse().ok()?, period.parse().ok()?)));
        both.map(|(cycle_day, period)| Self::new(cycle_day, period))
            .ok_or_else(|| kernel::UnknownText {
                kind: "meeting",
                text: text.to_owned(),
            })
    }
}

/// A member of staff of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// The record.
    pub id: SectionStaffId,
    /// Of which section.
    pub section: SectionId,
    /// Who.
    pub account: AccountId,
    /// As what.
    pub role: StaffRole,
    /// First day.
    pub from: Date,
    /// Last day; none until the section's last.
    pub until: Option<Date>,
    /// It was said in error and does not count.
    pub is_removed: bool,
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
}

/// A section with everything that is said of it but its students.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The record.
    pub id: SectionId,
    /// Where.
    pub school: SchoolId,
    /// In which school year.
    pub year: SchoolYear,
    /// Its number, unique at the school in the year: `ELA3105-1`, `4B`.
    pub number: String,
    /// Its courses; several sit together.
    pub courses: Vec<CourseId>,
    /// The term it is taught in; none for the whole year.
    pub term: Option<TermId>,
    /// First day it may meet.
    pub first_day: Date,
    /// Last day it may meet.
    pub last_day: Date,
    /// Room; may be empty.
    pub room: String,
    /// Most students; none for no limit.
    pub capacity: Option<i32>,
    /// Open or closed.
    pub state: SectionState,
    /// When it meets, in order.
    pub meetings: Vec<Meeting>,
    /// Who teaches it, first come first.
    pub staff: Vec<Staff>,
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
}

impl Section {
    /// May it meet on that day, as far as its own days go?
    pub fn covers(&self, day: Date) -> bool {
        (self.first_day..=self.last_day).contains(&day)
    }
    /// Its days.
    pub const fn days(&self) -> (Date, Date) {
        (self.first_day, self.last_day)
    }
    /// The days of a member of staff in it.
    pub fn staff_days(&self, staff: &Staff) -> (Date, Date) {
        let until = staff.until.map_or(self.last_day, |last| last.min(self.last_day));
        (staff.from.max(self.first_day), until)
    }
    /// Who teaches it, was to or will; what was said in error is left out.
    pub fn taught_by(&self) -> impl Iterator<Item = &Staff> {
        self.staff.iter().filter(|one| !one.is_removed)
    }
    /// Does the account teach it on that day?
    pub fn is_taught_by(&self, account: AccountId, day: Date) -> bool {
        self.taught_by().any(|one| {
            let (from, until) = self.staff_days(one);
            one.account == account && (from..=until).contains(&day)
        })
    }
    /// Is the account among its staff, on any day?
    pub fn is_of(&self, account: AccountId) -> bool {
        self.taught_by().any(|one| one.account == account)
    }
}

/// What is said of a section, as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionDetails {
    /// Its number, 1 to 20 characters.
    pub number: String,
    /// Its courses.
    pub courses: Vec<CourseId>,
    /// The term, whose days it takes; none for days of its own.
    pub term: Option<TermId>,
    /// First day it may meet, where no term is named.
    pub first_day: Date,
    /// Last day it may meet, where no term is named.
    pub last_day: Date,
    /// Room, at most 40 characters; may be empty.
    pub room: String,
    /// Most students, 1 to 999; none for no limit.
    pub capacity: Option<i32>,
    /// When it meets.
    pub meetings: Vec<Meeting>,
}

/// A member of staff to be put into a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// The id it shall have, so that the same form sent twice is one record.
    pub id: SectionStaffId,
    /// Who.
    pub account: AccountId,
    /// As what.
    pub role: StaffRole,
    /// First day.
    pub from: Date,
    /// Last day; none until the section's last.
    pub until: Option<Date>,
}
