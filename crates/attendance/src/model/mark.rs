//! What is said of one student in one slot of a day.

use super::Meaning;
use db::Known;
use kernel::{AttendanceRangeId, Date, SchoolId, SectionId, StudentId, UnknownText};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Part of a school day in which attendance is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Before noon.
    Morning,
    /// After noon.
    Afternoon,
    /// A period of the bell schedule, 1 to 20.
    Period(u8),
}

/// Texts of the periods; the first stands for none.
const PERIODS: [&str; 21] = [
    "P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11", "P12", "P13", "P14", "P15",
    "P16", "P17", "P18", "P19", "P20",
];

impl Slot {
    /// The two of a daily roll.
    pub const DAILY: [Self; 2] = [Self::Morning, Self::Afternoon];

    /// Is it one of those two?
    pub const fn is_daily(self) -> bool {
        matches!(self, Self::Morning | Self::Afternoon)
    }
    /// The half of the day in which a time falls, in minutes after midnight.
    pub const fn half_at(minute: i32) -> Self {
        if minute < 12 * 60 {
            Self::Morning
        } else {
            Self::Afternoon
        }
    }
    /// As it is stored and stands in addresses.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Morning => "AM",
            Self::Afternoon => "PM",
            Self::Period(number) => PERIODS.get(usize::from(*number)).unwrap_or(&PERIODS[0]),
        }
    }
}

impl FromStr for Slot {
    type Err = UnknownText;
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let period = || {
            let place = PERIODS.iter().skip(1).position(|one| *one == text)?;
            u8::try_from(place + 1).ok().map(Self::Period)
        };
        match text {
            "AM" => Ok(Self::Morning),
            "PM" => Ok(Self::Afternoon),
            _ => period().ok_or_else(|| UnknownText {
                kind: "Slot",
                text: text.to_owned(),
            }),
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Serialize for Slot {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Slot {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

kernel::sql_text!(Slot);

/// Who stands in a roll.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The students of a homeroom.
    Homeroom(String),
    /// The students of a section.
    Section(SectionId),
}

impl Group {
    /// As it is stored and stands in addresses.
    pub fn key(&self) -> String {
        match self {
            Self::Homeroom(name) => format!("homeroom:{name}"),
            Self::Section(id) => format!("section:{id}"),
        }
    }
}

impl FromStr for Group {
    type Err = UnknownText;
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let read = match text.split_once(':') {
            Some(("homeroom", name)) if !name.is_empty() => Some(Self::Homeroom(name.to_owned())),
            Some(("section", id)) => id.parse().ok().map(Self::Section),
            _ => None,
        };
        read.ok_or_else(|| UnknownText {
            kind: "Group",
            text: text.to_owned(),
        })
    }
}

kernel::text_enum! {
    /// From whom a mark comes.
    pub enum Source {
        /// From a teacher who took the roll.
        Teacher = "teacher",
        /// From the office.
        Office = "office",
        /// From the family, who told us.
        Family = "family",
    }
}

/// What is said of one student in one slot of a day, as known by one of its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Whose school.
    pub school: SchoolId,
    /// Who.
    pub student: StudentId,
    /// The day.
    pub on: Date,
    /// The slot.
    pub slot: Slot,
    /// The letter of the code, as it was then.
    pub letter: String,
    /// What it came to, as it was then.
    pub meaning: Meaning,
    /// Minutes late, when they are known.
    pub minutes: Option<i32>,
    /// A note; may be empty.
    pub comment: String,
    /// From whom.
    pub source: Source,
    /// The entry for many of which it is part.
    pub range: Option<AttendanceRangeId>,
    /// Version, when it was recorded, by whom, why.
    pub known: Known,
}

impl Mark {
    /// Does it say the same as this letter with these words?
    pub fn says(&self, letter: &str, minutes: Option<i32>, comment: &str) -> bool {
        self.letter == letter && self.minutes == minutes && self.comment == comment
    }
}
