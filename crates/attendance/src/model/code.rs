//! What a mark may say: codes that a school calls by its own letters and
//! labels, each with one of six meanings that all schools share.

use kernel::{Date, SchoolId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// What a code comes to, whatever a school calls it.
    pub enum Meaning {
        /// There, and on time.
        Present = "present",
        /// Absent, and nobody has said why yet; counts as unauthorized until somebody does.
        Unexplained = "unexplained",
        /// Absent without leave: the reason is known and not accepted.
        Unauthorized = "unauthorized",
        /// Absent with leave: illness, an appointment.
        Authorized = "authorized",
        /// Came late.
        Late = "late",
        /// Elsewhere for the school: a field trip, a tournament. Counts as present.
        Activity = "activity",
    }
}

impl Meaning {
    /// Was the student not there, and not elsewhere for the school?
    pub const fn is_absence(self) -> bool {
        matches!(self, Self::Unexplained | Self::Unauthorized | Self::Authorized)
    }
}

/// A code of a school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// One or two capital letters or digits.
    pub letter: String,
    /// What it is called in English.
    pub label_en: String,
    /// What it is called in French.
    pub label_fr: String,
    /// What it comes to.
    pub meaning: Meaning,
    /// First day on which it may be used.
    pub valid_from: Date,
    /// Last day; none while it lasts.
    pub valid_until: Option<Date>,
}

impl Code {
    /// May it be used on that day?
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|last| last >= day)
    }
}

/// The codes of a school in the order of its pages, of all times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Codes(pub Vec<Code>);

impl Codes {
    /// Those that may be used on a day.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Code> {
        self.0.iter().filter(move |code| code.holds_on(day))
    }
    /// The code of a letter on a day.
    pub fn find(&self, letter: &str, day: Date) -> Option<&Code> {
        self.on(day).find(|code| code.letter == letter)
    }
    /// The first code of a meaning on a day.
    pub fn of(&self, meaning: Meaning, day: Date) -> Option<&Code> {
        self.on(day).find(|code| code.meaning == meaning)
    }
}

/// The codes of a school that has set none: P, A, L and E as teachers know
/// them, then illness, unexcused and a school activity.
pub fn default_codes() -> Codes {
    const ALL: [(&str, &str, &str, Meaning); 7] = [
        ("P", "Present", "Présent", Meaning::Present),
        ("A", "Absent", "Absent", Meaning::Unexplained),
        ("L", "Late", "En retard", Meaning::Late),
        ("E", "Excused", "Excusé", Meaning::Authorized),
        ("I", "Ill", "Malade", Meaning::Authorized),
        ("U", "Unexcused", "Non excusé", Meaning::Unauthorized),
        ("T", "School activity", "Activité scolaire", Meaning::Activity),
    ];
    let always = Date::new(2000, 9, 1).expect("1 September 2000 is in the calendar");
    Codes(
        ALL.iter()
            .map(|(letter, english, french, meaning)| Code {
                letter: (*letter).to_owned(),
                label_en: (*english).to_owned(),
                label_fr: (*french).to_owned(),
                meaning: *meaning,
                valid_from: always,
                valid_until: None,
            })
            .collect(),
    )
}

kernel::text_enum! {
    /// In what a school takes attendance.
    pub enum Mode {
        /// Mornings and afternoons, by homeroom.
        Daily = "daily",
        /// Each period, by section.
        Period = "period",
        /// Both at once.
        Both = "both",
    }
}

impl Mode {
    /// Are rolls taken of homerooms, in the morning and in the afternoon?
    pub const fn has_daily(self) -> bool {
        matches!(self, Self::Daily | Self::Both)
    }
    /// Are rolls taken of sections, in each period?
    pub const fn has_periods(self) -> bool {
        matches!(self, Self::Period | Self::Both)
    }
}

/// How a school keeps attendance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Whose.
    pub school: SchoolId,
    /// In what it is taken.
    pub mode: Mode,
    /// For how many days after a day a teacher may still change its roll, 0 to 60.
    pub teacher_days: i32,
    /// The last day that is closed to everybody; none while every day is open.
    pub closed_until: Option<Date>,
    /// 0 while nothing is set; a save names the version it saw.
    pub version: i64,
}

impl Setting {
    /// What holds for a school that has set nothing: daily, teachers have a week.
    pub const fn unset(school: SchoolId) -> Self {
        Self {
            school,
            mode: Mode::Daily,
            teacher_days: 7,
            closed_until: None,
            version: 0,
        }
    }
}
