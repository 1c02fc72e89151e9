//! The provincial coding of an enrolment.

use serde::{Deserialize, Serialize};

/// What the province wants to know of an enrolment, beyond who, where and when.
///
/// Codes are kept as the province's texts: its lists change by school year,
/// and an old record keeps its old codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// Kind of programming, a code of `ProgrammingType`.
    pub programming_type: String,
    /// When it is taught, a code of `ProgrammingTimeframe`.
    pub programming_timeframe: String,
    /// At most three codes of `EnrolmentType`.
    pub types: Vec<String>,
    /// At most two codes of `ExceptionCode`.
    pub exceptions: Vec<String>,
    /// At most three codes of `GrantsProgramCode`.
    pub grants: Vec<String>,
    /// The board where the student resides, four digits.
    pub resident_board: Option<String>,
    /// The francophone board that pays, four digits.
    pub francophone_board: Option<String>,
    /// Voluntary self-identification, a code of `FNMIDeclaration`.
    pub indigenous_declaration: Option<String>,
    /// Hours taught in French in the year, 1 to 9999.
    pub french_hours: Option<i32>,
    /// Share of the program that the school provides, 0 to 100.
    pub program_percentage: Option<i32>,
    /// Hours of instruction in the year, 1 to 9999.
    pub instruction_hours: Option<i32>,
    /// The school's operating schedule by its id at PASI, where the school has
    /// several and somebody chose; without it PASI is told the one that is due.
    #[serde(default)]
    pub operating_schedule: Option<String>,
    /// Why a past school year was changed, a code of `SourceChangeCode`.
    #[serde(default)]
    pub source_change: Option<String>,
}

impl Default for Coding {
    /// Regular programming by day, nothing else coded.
    fn default() -> Self {
        Self {
            programming_type: "Regular".to_owned(),
            programming_timeframe: "Day".to_owned(),
            types: Vec::new(),
            exceptions: Vec::new(),
            grants: Vec::new(),
            resident_board: None,
            francophone_board: None,
            indigenous_declaration: None,
            french_hours: None,
            program_percentage: None,
            instruction_hours: None,
            operating_schedule: None,
            source_change: None,
        }
    }
}

impl Coding {
    /// Regular programming by day: the enrolment that says where a student goes to school.
    pub fn is_regular_day(&self) -> bool {
        self.programming_type == "Regular" && self.programming_timeframe == "Day"
    }
    /// At another school, or from another day: without what belongs to the enrolment alone.
    #[must_use]
    pub(crate) fn elsewhere(self) -> Self {
        Self {
            operating_schedule: None,
            source_change: None,
            ..self
        }
    }
    /// Blanks cut and empty texts dropped, as a form sends them.
    #[must_use]
    pub(crate) fn tidy(mut self) -> Self {
        for codes in [&mut self.types, &mut self.exceptions, &mut self.grants] {
            for code in codes.iter_mut() {
                *code = code.trim().to_owned();
            }
            codes.retain(|code| !code.is_empty());
        }
        for text in [
            &mut self.resident_board,
            &mut self.francophone_board,
            &mut self.indigenous_declaration,
            &mut self.operating_schedule,
            &mut self.source_change,
        ] {
            *text = text
                .take()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        }
        self
    }
}
