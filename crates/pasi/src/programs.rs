//! Which programs our schools offer in each school year, by PASI's copies of
//! their calendar years. Every save of an enrolment is judged by them, so the
//! part that the rules ask for is kept in one line.

use crate::{line, mirror};
use db::Tx;
use kernel::{Outcome, SchoolCode, SchoolYear};
use pasi_wire::messages as wire;
use std::collections::BTreeMap;

/// Where they are kept.
pub(crate) const SETTING: &str = "pasi.programs";

/// The programs, by PASI's texts, of each school and school year that PASI told of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Programs(BTreeMap<String, Vec<String>>);

impl Programs {
    /// As PASI last told, by what is kept under [`SETTING`]; nothing before the first reading.
    pub(crate) fn kept(text: Option<&String>) -> Outcome<Self> {
        line::parsed(SETTING, text).map(Self)
    }
    /// Those of a school; none where PASI told nothing of that year, which
    /// keeps the rules about them silent.
    pub(crate) fn of(&self, school: SchoolCode, year: SchoolYear) -> Option<Vec<&str>> {
        let kept = self.0.get(&mirror::year_key(school, year))?;
        Some(kept.iter().map(String::as_str).collect())
    }
}

/// Keeps what PASI's copies of calendar years tell of our schools.
pub(crate) fn keep(tx: &mut Tx, told: &[wire::SchoolCalendarYear]) -> Outcome<()> {
    let programs: BTreeMap<String, Vec<String>> = told
        .iter()
        .map(|told| {
            (
                mirror::year_key(told.school_code, told.school_year),
                told.programs_offered.clone(),
            )
        })
        .collect();
    line::keep(tx, SETTING, &programs)
}
