//! A course of the catalogue.

use kernel::{CourseId, Grade, SchoolYear};
use serde::{Deserialize, Serialize};

/// A course of the division's catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// The record.
    pub id: CourseId,
    /// The province's code, such as `ELA3105`, or the division's own; unique in the division.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Is the code the province's?
    pub is_provincial: bool,
    /// The credits it may be offered for, lowest first; none below senior high school.
    pub credits: Vec<u8>,
    /// Lowest grade it is meant for.
    pub lowest_grade: Grade,
    /// Highest grade it is meant for.
    pub highest_grade: Grade,
    /// The first school year it is offered in; none for ever since.
    pub first_year: Option<SchoolYear>,
    /// The last school year it is offered in; none while no end is known.
    pub last_year: Option<SchoolYear>,
    /// Codes of the courses it asks for, the usual one first.
    pub prerequisites: Vec<String>,
    /// How it is given, a code of `DeliveryMethod`; may be empty.
    pub delivery: String,
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
}

impl Course {
    /// Is it offered in that school year?
    pub fn is_offered_in(&self, year: SchoolYear) -> bool {
        self.first_year.is_none_or(|first| first <= year) && self.last_year.is_none_or(|last| year <= last)
    }
    /// Is it meant for that grade?
    pub fn is_for(&self, grade: Grade) -> bool {
        (self.lowest_grade..=self.highest_grade).contains(&grade)
    }
    /// The grades as they are read: `10–12`.
    pub fn grades(&self) -> String {
        if self.lowest_grade == self.highest_grade {
            self.lowest_grade.label().to_owned()
        } else {
            format!("{}–{}", self.lowest_grade.label(), self.highest_grade.label())
        }
    }
}
