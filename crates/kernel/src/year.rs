//! School years and grades.

use crate::{Date, UnknownText};
use std::fmt;

/// A school year, by the calendar year in which it ends, as PASI counts:
/// 2027 is 2026/27, from 1 September 2026 to 31 August 2027.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(i32);

impl SchoolYear {
    /// The year that ends in `year`; 1900 to 2999.
    pub fn ending(year: i32) -> Option<Self> {
        (1900..=2999).contains(&year).then_some(Self(year))
    }
    /// The school year a date falls in.
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) + i32::from(date.month() >= 9))
    }
    /// Ending calendar year, PASI's number.
    pub const fn number(self) -> i32 {
        self.0
    }
    /// 1 September.
    pub fn starts(self) -> Date {
        date(self.0 - 1, 9, 1)
    }
    /// 31 August.
    pub fn ends(self) -> Date {
        date(self.0, 8, 31)
    }
    /// Is the date inside?
    pub fn contains(self, date: Date) -> bool {
        Self::of(date) == self
    }
    /// The year after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
    /// The year before.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }
}

fn date(year: i32, month: i8, day: i8) -> Date {
    i16::try_from(year)
        .ok()
        .and_then(|year| Date::new(year, month, day))
        .expect("a school year lies between 1900 and 2999")
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{:02}", self.0 - 1, self.0 % 100)
    }
}

impl std::str::FromStr for SchoolYear {
    type Err = UnknownText;
    /// Takes `2027`, `2026/27` and `2026/2027`.
    fn from_str(text: &str) -> Result<Self, UnknownText> {
        let wrong = || UnknownText {
            kind: "school year",
            text: text.to_owned(),
        };
        let year = match text.split_once('/') {
            None => text.parse::<i32>().map_err(|_| wrong())?,
            Some((first, second)) => {
                let ends = first.parse::<i32>().map_err(|_| wrong())? + 1;
                let said = second.parse::<i32>().map_err(|_| wrong())?;
                if said != ends && said != ends % 100 {
                    return Err(wrong());
                }
                ends
            }
        };
        Self::ending(year).ok_or_else(wrong)
    }
}

crate::sql_value!(
    SchoolYear,
    diesel::sql_types::Integer,
    i32,
    i32,
    |this| &this.0,
    |year| Self::ending(year).ok_or_else(|| format!("column holds {year}, not a school year").into())
);

crate::text_enum! {
    /// A grade: early childhood services (`EC`) and 1 to 12, in PASI's texts.
    pub enum Grade {
        /// Early childhood services; kindergarten is its last year.
        Ecs = "EC",
        /// Grade 1.
        G1 = "01",
        /// Grade 2.
        G2 = "02",
        /// Grade 3.
        G3 = "03",
        /// Grade 4.
        G4 = "04",
        /// Grade 5.
        G5 = "05",
        /// Grade 6.
        G6 = "06",
        /// Grade 7.
        G7 = "07",
        /// Grade 8.
        G8 = "08",
        /// Grade 9.
        G9 = "09",
        /// Grade 10.
        G10 = "10",
        /// Grade 11.
        G11 = "11",
        /// Grade 12.
        G12 = "12",
    }
}

impl Grade {
    /// 0 for ECS, else the grade's number.
    pub fn number(self) -> u8 {
        u8::try_from(
            Self::ALL
                .iter()
                .position(|grade| *grade == self)
                .expect("ALL holds every grade"),
        )
        .expect("there are 13 grades")
    }
    /// As it is read: `ECS`, `1` … `12`.
    pub fn label(self) -> &'static str {
        if self == Self::Ecs {
            "ECS"
        } else {
            self.as_str().trim_start_matches('0')
        }
    }
    /// The grade with that number; 0 is ECS.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_is_named_by_the_year_it_ends_in() {
        let date = |text: &str| text.parse::<Date>().expect("test date");
        for (on, number, label) in [
            ("2026-08-31", 2026, "2025/26"),
            ("2026-09-01", 2027, "2026/27"),
            ("2027-01-01", 2027, "2026/27"),
            ("1999-12-31", 2000, "1999/00"),
        ] {
            let year = SchoolYear::of(date(on));
            assert_eq!(
                (year.number(), year.to_string().as_str()),
                (number, label),
                "{on}"
            );
            assert!(year.contains(date(on)));
        }
        assert_eq!("2026/27".parse(), Ok(SchoolYear(2027)));
        assert_eq!("2026/2027".parse(), Ok(SchoolYear(2027)));
        assert!("2026/28".parse::<SchoolYear>().is_err());
    }

    #[test]
    fn grades_carry_two_digits_on_the_wire_and_none_on_paper() {
        assert_eq!(
            (Grade::G6.as_str(), Grade::G6.label(), Grade::G6.number()),
            ("06", "6", 6)
        );
        assert_eq!(Grade::from_number(0), Some(Grade::Ecs));
        assert_eq!(Grade::from_number(13), None);
    }
}
