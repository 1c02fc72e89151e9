//! What pages are told.

use super::{Call, Codes, Mark, Meaning, Mode, Roll, RollAt, Setting, Slot};
use kernel::{Date, Findings, StudentId};

/// A roll to be taken, with what is known of its students.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which roll.
    pub at: RollAt,
    /// The codes of the school.
    pub codes: Codes,
    /// How the school keeps attendance.
    pub setting: Setting,
    /// Who took it last; none while nobody has.
    pub roll: Option<Roll>,
    /// Why it may not be taken by this person now; empty when it may.
    pub closed: Findings,
    /// Its students, in the order of their ids.
    pub lines: Vec<SheetLine>,
    /// Earlier classes, earliest first, each with whether the roll was taken.
    pub last: Vec<(Date, Slot, bool)>,
    /// What a section is called; none for a homeroom.
    pub class: Option<ClassName>,
}

/// What a section is called in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassName {
    /// Its number.
    pub number: String,
    /// Its courses in one line.
    pub title: String,
    /// The name of the period; empty where the school has no bell schedule.
    pub period: String,
    /// When the period begins and ends, in minutes after midnight; none where no bell says so.
    pub minutes: Option<(u16, u16)>,
}

/// A student of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetLine {
    /// Who.
    pub student: StudentId,
    /// What stands now.
    pub mark: Option<Mark>,
    /// What stood in each of the earlier classes.
    pub last: Vec<Option<Mark>>,
    /// The letter that was said of the student last: in the period before on the same day, else in the class before;
    /// none where no roll was taken.
    pub same: Option<String>,
}

/// The rolls of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Is it a day of instruction?
    pub is_instructional: bool,
    /// In what the school takes attendance.
    pub mode: Mode,
    /// Roll by roll, by group and slot.
    pub lines: Vec<BoardLine>,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            is_instructional: false,
            mode: Mode::Daily,
            lines: Vec::new(),
        }
    }
}

impl Board {
    /// How many of the rolls that are due by a time of the day are not taken, and how many are due.
    pub fn due(&self, minute: i32) -> (usize, usize) {
        let due = self.lines.iter().filter(|line| line.begins <= minute);
        let (mut missing, mut all) = (0, 0);
        for line in due {
            missing += usize::from(line.roll.is_none());
            all += 1;
        }
        (missing, all)
    }
    /// How many of the rolls are not taken.
    pub fn missing(&self) -> usize {
        self.lines.iter().filter(|line| line.roll.is_none()).count()
    }
}

/// One roll of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLine {
    /// Which roll.
    pub at: RollAt,
    /// What the group is called: `7A`, `ELA3105-1 English`.
    pub name: String,
    /// What the slot is called where it is a period with a name; else empty.
    pub period: String,
    /// From when on it is due, in minutes after midnight.
    pub begins: i32,
    /// How many students stand in it.
    pub students: usize,
    /// Its teachers, by name.
    pub teachers: Vec<String>,
    /// Who took it last; none while nobody has.
    pub roll: Option<Roll>,
    /// How many of its students are absent, and how many late.
    pub exceptions: (usize, usize),
}

/// An absence that nobody has explained, with the calls about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexplained {
    /// Who.
    pub student: StudentId,
    /// The marks of the day, in the order of slots.
    pub marks: Vec<Mark>,
    /// Calls about the day, latest first.
    pub calls: Vec<Call>,
    /// Messages that asked home about the day.
    pub emails: Vec<super::AskedHome>,
}

/// A year counted by meaning: absences in parts of a day, how often late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Absent with leave.
    pub authorized: u32,
    /// Absent without leave.
    pub unauthorized: u32,
    /// Absent, not explained.
    pub unexplained: u32,
    /// How often late.
    pub late: u32,
    /// Elsewhere for the school.
    pub activity: u32,
}

impl Tally {
    /// Parts of a day: one to ten periods go into it evenly.
    pub const DAY: u32 = 2520;

    /// Counts `many` of a meaning, each of so many parts of a day.
    pub fn add(&mut self, meaning: Meaning, many: u32, parts: u32) {
        let place = match meaning {
            Meaning::Present => return,
            Meaning::Late => {
                self.late += many;
                return;
            }
            Meaning::Authorized => &mut self.authorized,
            Meaning::Unauthorized => &mut self.unauthorized,
            Meaning::Unexplained => &mut self.unexplained,
            Meaning::Activity => &mut self.activity,
        };
        *place += many * parts;
    }
    /// Absences of any kind, in parts of a day.
    pub const fn absent(self) -> u32 {
        self.authorized + self.unauthorized + self.unexplained
    }
}

/// The attendance of one student in a school year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudentYear {
    /// Every mark that says something else than present, latest first.
    pub marks: Vec<Mark>,
    /// Marks that said something else before, and present now; latest first.
    pub taken_back: Vec<Mark>,
    /// They counted (`LP-0726`).
    pub tally: Tally,
    /// How many of them are of periods on days that a daily roll counts.
    pub uncounted: usize,
    /// The same by month, `2026-09` first.
    pub months: Vec<(String, Tally)>,
}

/// One student in the summary of a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLine {
    /// Who.
    pub student: StudentId,
    /// Counted (`LP-0726`).
    pub tally: Tally,
    /// Half days of instruction until today while the student was enrolled.
    pub possible: u32,
}
