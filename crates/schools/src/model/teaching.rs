//! The teaching day: terms, the cycle of days, bell schedules.

use super::Calendar;
use kernel::{BellScheduleId, CalendarId, Date, Grade, TermId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// Why a school is closed on a day on which it would be open.
    pub enum ClosureKind {
        /// A day for staff: professional learning, a teachers' convention, organization.
        Professional = "professional",
        /// A holiday or a break.
        Holiday = "holiday",
        /// Anything else, such as snow.
        Other = "other",
    }
}

kernel::text_enum! {
    /// What a day of the calendar is.
    pub enum DayKind {
        /// Students are taught, by the bell schedule of the day.
        Instructional = "instructional",
        /// Students are taught and leave early, by a bell schedule of its own.
        EarlyDismissal = "early-dismissal",
        /// A day for staff.
        Professional = "professional",
        /// A holiday or a break.
        Holiday = "holiday",
        /// Closed for another reason.
        Other = "other",
    }
}

impl From<ClosureKind> for DayKind {
    fn from(kind: ClosureKind) -> Self {
        match kind {
            ClosureKind::Professional => Self::Professional,
            ClosureKind::Holiday => Self::Holiday,
            ClosureKind::Other => Self::Other,
        }
    }
}

impl DayKind {
    /// Are students taught?
    pub const fn is_instructional(self) -> bool {
        matches!(self, Self::Instructional | Self::EarlyDismissal)
    }
}

kernel::text_enum! {
    /// How a part of the year is called.
    pub enum TermKind {
        /// One of two.
        Semester = "semester",
        /// One of three.
        Term = "term",
        /// One of four.
        Quarter = "quarter",
    }
}

kernel::text_enum! {
    /// How the days of a cycle follow one another.
    pub enum CycleKind {
        /// Monday is day 1, Friday is day 5.
        Weekday = "weekday",
        /// Each instructional day is the next day of the cycle.
        Days = "days",
        /// Each week with an instructional day is the next of the cycle.
        Weeks = "weeks",
        /// Each term is the next of the cycle.
        Terms = "terms",
    }
}

kernel::text_enum! {
    /// What a period is for.
    pub enum PeriodKind {
        /// A lesson; the only kind that counts as instruction.
        Instruction = "instruction",
        /// Registration, announcements.
        Homeroom = "homeroom",
        /// Recess.
        Break = "break",
        /// Lunch.
        Lunch = "lunch",
    }
}

/// A day on which something is otherwise than on the others, though students are taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// The day.
    pub on: Date,
    /// Do students leave early?
    pub is_early: bool,
    /// The bell schedule of the day; none for the one it would have.
    pub bell: Option<BellScheduleId>,
    /// The day of the cycle, 1 to 10; none for the one it would be.
    pub cycle_day: Option<u8>,
    /// Why; may be empty.
    pub reason: String,
}

/// A part of the year in which courses run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The record.
    pub id: TermId,
    /// Its name.
    pub name: String,
    /// Semester, term or quarter.
    pub kind: TermKind,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
}

impl Term {
    /// Does the day lie in it?
    pub fn contains(&self, day: Date) -> bool {
        (self.first_day..=self.last_day).contains(&day)
    }
}

/// The cycle of the days on which sections meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// How its days follow one another.
    pub kind: CycleKind,
    /// Its length, 1 to 10; 5 for the weekdays.
    pub length: u8,
    /// Are its days named A, B, … instead of 1, 2, …?
    pub has_letters: bool,
}

impl Default for Cycle {
    fn default() -> Self {
        Self {
            kind: CycleKind::Weekday,
            length: 5,
            has_letters: false,
        }
    }
}

impl Cycle {
    /// The name of one of its days: `4`, `B`; empty for a weekday, which names itself.
    pub fn label(self, day: u8) -> String {
        match (self.kind, self.has_letters) {
            (CycleKind::Weekday, _) => String::new(),
            (_, false) => day.to_string(),
            (_, true) => char::from(b'A' + (day.max(1) - 1) % 26).to_string(),
        }
    }
    /// Its days, 1 to its length.
    pub fn days(self) -> impl Iterator<Item = u8> {
        1..=self.length
    }
}

/// When a bell schedule is used instead of the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UsedOn {
    /// On a weekday; 1 for Monday to 5 for Friday.
    Weekday(u8),
    /// On a day of the cycle, 1 to 10.
    CycleDay(u8),
    /// By a grade, on every day: mornings of kindergarten.
    Grade(Grade),
}

/// A bell schedule used instead of the usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BellUse {
    /// When.
    pub on: UsedOn,
    /// Which.
    pub bell: BellScheduleId,
}

/// Terms, cycle and use of bell schedules of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Whose.
    pub calendar: CalendarId,
    /// The cycle.
    pub cycle: Cycle,
    /// The terms, in the order of their first days.
    pub terms: Vec<Term>,
    /// What is used instead of the usual bell schedule.
    pub uses: Vec<BellUse>,
    /// 0 while nothing was set; a save names the version it saw.
    pub version: i64,
}

/// One period of a bell schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// 1 to 30, the same in every bell schedule of a school: sections meet in numbers.
    pub number: u8,
    /// Its name.
    pub name: String,
    /// Its start in minutes after midnight.
    pub starts: u16,
    /// Its end in minutes after midnight.
    pub ends: u16,
    /// What it is for.
    pub kind: PeriodKind,
}

impl Period {
    /// Its length in minutes.
    pub fn minutes(&self) -> u16 {
        self.ends.saturating_sub(self.starts)
    }
}

/// The periods of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BellSchedule {
    /// The record.
    pub id: BellScheduleId,
    /// Its name, unique in the year of the school.
    pub name: String,
    /// Is it the usual one?
    pub is_usual: bool,
    /// Its periods, in the order of their starts.
    pub periods: Vec<Period>,
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
}

impl BellSchedule {
    /// When the last period ends, in minutes after midnight; none without periods.
    pub fn ends(&self) -> Option<u16> {
        self.periods.iter().map(|period| period.ends).max()
    }
    /// When the first period begins, in minutes after midnight; none without periods.
    pub fn starts(&self) -> Option<u16> {
        self.periods.iter().map(|period| period.starts).min()
    }
}

/// Everything a school decided about the days of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeachingYear {
    /// First and last day, closures.
    pub calendar: Calendar,
    /// Days that are taught otherwise, by date.
    pub special: Vec<SpecialDay>,
    /// Terms, cycle, use of bell schedules.
    pub plan: Plan,
    /// The bell schedules, in order of name, the usual one first.
    pub bells: Vec<BellSchedule>,
}

impl TeachingYear {
    /// The bell schedule with that id.
    pub fn bell(&self, id: BellScheduleId) -> Option<&BellSchedule> {
        self.bells.iter().find(|bell| bell.id == id)
    }
    /// The usual bell schedule.
    pub fn usual(&self) -> Option<&BellSchedule> {
        self.bells.iter().find(|bell| bell.is_usual)
    }
    /// What is special about a day.
    pub fn special_on(&self, day: Date) -> Option<&SpecialDay> {
        self.special.iter().find(|special| special.on == day)
    }
}

/// A day on which a school teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDay {
    /// The day.
    pub date: Date,
    /// The day of the cycle, from 1; none when the day lies in no term of a cycle of terms.
    pub cycle_day: Option<u8>,
    /// The name of the day of the cycle: `4`, `B`; empty where weekdays name themselves.
    pub label: String,
    /// The bell schedule of the day; none while the school has none.
    pub bell: Option<BellSchedule>,
    /// Do students leave early?
    pub is_early_dismissal: bool,
    /// What is said of the day; mostly empty.
    pub reason: String,
}

impl SchoolDay {
    /// The period of a number; none when the day has none, or no bell schedule.
    pub fn period(&self, number: u8) -> Option<&Period> {
        let bell = self.bell.as_ref()?;
        bell.periods.iter().find(|period| period.number == number)
    }
    /// Does such a period take place? A day without a bell schedule has every period.
    pub fn has(&self, number: u8) -> bool {
        self.bell.is_none() || self.period(number).is_some()
    }
    /// When it begins, in minutes after midnight; none where no bell says so.
    pub fn begins(&self, number: u8) -> Option<u16> {
        self.period(number).map(|period| period.starts)
    }
}
