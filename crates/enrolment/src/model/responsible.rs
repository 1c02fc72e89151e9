//! Which school answers for a student.

use db::Known;
use kernel::{Date, ResponsibleSchoolId, SchoolCode, StudentId};
use serde::{Deserialize, Serialize};

/// Who answers for a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Responsible {
    /// A school of Alberta.
    Alberta {
        /// Its provincial code.
        code: SchoolCode,
    },
    /// A school outside Alberta.
    Elsewhere {
        /// Its name.
        name: String,
        /// Its city; may be empty.
        city: String,
        /// Its province or state; may be empty.
        province: String,
        /// Its country.
        country: String,
    },
    /// None: the student graduated or left school.
    Nobody,
    /// The student left and the next school is not known.
    Unknown,
}

impl Responsible {
    /// `Yes`, `No` or `Unknown`, the code of `HasResponsibleSchool`.
    pub const fn has(&self) -> &'static str {
        match self {
            Self::Alberta { .. } | Self::Elsewhere { .. } => "Yes",
            Self::Nobody => "No",
            Self::Unknown => "Unknown",
        }
    }
    /// Do both name the same school?
    pub fn is_same_school(&self, other: &Self) -> bool {
        matches!(self, Self::Alberta { .. } | Self::Elsewhere { .. }) && self == other
    }
}

/// From a day on, who answers for a student and why that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResponsibleSchool {
    /// The record; PASI's `RefId`.
    pub id: ResponsibleSchoolId,
    /// Whose.
    pub student: StudentId,
    /// From which day on; unique among the student's records.
    pub effective_on: Date,
    /// Who.
    pub responsible: Responsible,
    /// Why, a code of `TransitionReason`.
    pub transition_reason: String,
    /// It does not count.
    pub is_deleted: bool,
    /// Version, when it was recorded, by whom, why.
    pub known: Known,
}

impl ResponsibleSchool {
    /// Does it say the same, whenever and by whomever it was recorded?
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        let recorded_alike = Self {
            known: other.known.clone(),
            ..self.clone()
        };
        recorded_alike == *other
    }
}

/// A responsible-school record as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetResponsible {
    /// From which day on.
    pub effective_on: Date,
    /// Who.
    pub responsible: Responsible,
    /// Why, a code of `TransitionReason`.
    pub transition_reason: String,
}
