//! The code tables as the province gives them, and the school years it takes.

use crate::StartError;
use crate::clients::write_whole;
use codes::{CodeSet, Lang};
use kernel::{Date, SchoolYear};
use pasi_wire::messages::{
    CodeValue, CodeValueKey, CodeValueRelationship, GetCodeValuesResponse, SchoolYearConfiguration,
};
use pasi_wire::xml::CodeUse;
use pasi_wire::{Defect, WireError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Version of the built-in tables.
const VERSION: i64 = 1;
/// How many past school years are taken.
const PAST_YEARS: i32 = 5;
/// Month in which registration for the next school year opens.
const OPENS_IN: i8 = 2;

/// What the ministry changed since the program was built.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Changed {
    /// Values added, or in place of built-in ones.
    own: Vec<CodeValue>,
    /// School years opened or closed against the calendar.
    years: BTreeMap<SchoolYear, bool>,
}

/// The code tables and school years: built in, with what the ministry changed,
/// kept in `codes.json`.
#[derive(Debug, Default)]
pub(crate) struct CodeTables {
    changed: Changed,
    file: Option<PathBuf>,
}

/// Does the province alone give this value?
pub(crate) fn is_systems(set: CodeSet, text: &str) -> bool {
    codes::built_in(set).find(text).is_some_and(|code| code.system)
}

impl CodeTables {
    /// The tables as they were left in a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, StartError> {
        let file = folder.join("codes.json");
        let changed = match std::fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text)
                .map_err(|error| StartError::Corrupt(format!("{}: {error}", file.display())))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Changed::default(),
            Err(error) => return Err(StartError::io(file.display().to_string())(error)),
        };
        Ok(Self {
            changed,
            file: Some(file),
        })
    }

    /// Adds a value, or puts it in place of the one with its class and text;
    /// saved before it counts.
    pub(crate) fn put(&mut self, mut value: CodeValue) -> std::io::Result<()> {
        value.pasi_core_version = self.version() + 1;
        self.edit(|changed| {
            changed.own.retain(|own| !is_same(own, &value));
            changed.own.push(value);
        })
    }

    /// Opens or closes a school year; `None` leaves it to the calendar. Saved before it counts.
    pub(crate) fn open_year(&mut self, year: SchoolYear, is_open: Option<bool>) -> std::io::Result<()> {
        self.edit(|changed| {
            changed.years.remove(&year);
            changed.years.extend(is_open.map(|is_open| (year, is_open)));
        })
    }

    fn edit(&mut self, change: impl FnOnce(&mut Changed)) -> std::io::Result<()> {
        let mut changed = self.changed.clone();
        change(&mut changed);
        if let Some(file) = &self.file {
            write_whole(file, &serde_json::to_vec_pretty(&changed)?)?;
        }
        self.changed = changed;
        Ok(())
    }

    fn version(&self) -> i64 {
        self.changed
            .own
            .iter()
            .map(|own| own.pasi_core_version)
            .max()
            .unwrap_or(VERSION)
    }

    /// Every code used exists (3002 else); whether it holds in the year is for
    /// the alerts. Any text is taken where the province's list is not known.
    pub(crate) fn check(&self, used: &[CodeUse]) -> Result<(), WireError> {
        let is_unknown = |code: &&CodeUse| {
            CodeSet::of_class(code.class).is_some_and(|set| {
                codes::built_in(set).find(&code.text).is_none() && self.own(set, &code.text).is_none()
            })
        };
        let unknown: Vec<Defect> = used
            .iter()
            .filter(is_unknown)
            .map(|code| Defect {
                path: code.path.clone(),
                check: format!("{:?} is not a value of {}", code.text, code.class),
            })
            .collect();
        if unknown.is_empty() {
            Ok(())
        } else {
            Err(WireError::Structure(unknown))
        }
    }

    /// The full list, or an empty one when nothing is newer than the client knows.
    pub(crate) fn values(&self, last_known: i64, today: Date) -> GetCodeValuesResponse {
        GetCodeValuesResponse {
            code_values: if last_known < self.version() {
                self.all()
            } else {
                Vec::new()
            },
            school_years: self.school_years(today),
        }
    }

    /// Every value, those the ministry changed last.
    pub(crate) fn all(&self) -> Vec<CodeValue> {
        let own = &self.changed.own;
        let sets = CodeSet::ALL.iter();
        let mut all: Vec<CodeValue> = sets.flat_map(|set| values_of(*set)).collect();
        all.retain(|value| !own.iter().any(|own| is_same(own, value)));
        all.extend(own.iter().cloned());
        all
    }

    /// Which value may follow which: of the values that may be used this school
    /// year or the next.
    pub(crate) fn relationships(&self, today: Date) -> Vec<CodeValueRelationship> {
        let now = SchoolYear::of(today);
        let is_used = |key: &CodeValueKey| {
            CodeSet::of_class(&key.code_class_name).is_none_or(|set| {
                self.holds(set, &key.code_text, now) || self.holds(set, &key.code_text, now.next())
            })
        };
        let mut all = built_in_relationships();
        all.retain(|pair| is_used(&pair.parent) && is_used(&pair.child));
        all
    }

    /// The school years and what may be done in them on a day.
    pub(crate) fn school_years(&self, today: Date) -> Vec<SchoolYearConfiguration> {
        let mut years = school_years(today);
        for year in &mut years {
            let set = self.changed.years.get(&year.school_year);
            year.is_accepted = set.copied().unwrap_or(year.is_accepted);
        }
        years
    }

    /// May the value be used in a school year?
    pub(crate) fn holds(&self, set: CodeSet, text: &str, year: SchoolYear) -> bool {
        match self.own(set, text) {
            Some(own) => {
                own.effective_school_year.is_none_or(|first| first <= year)
                    && own.expiry_school_year.is_none_or(|last| year <= last)
            }
            None => codes::built_in(set).is_valid(text, year),
        }
    }

    /// May it be used in a school year beside that value of its parent's list?
    pub(crate) fn holds_under(&self, (set, text): (CodeSet, &str), parent: &str, year: SchoolYear) -> bool {
        let known = codes::built_in(set).find(text);
        known.is_some_and(|code| code.under.iter().any(|under| under == parent))
            && self.holds(set, text, year)
    }

    fn own(&self, set: CodeSet, text: &str) -> Option<&CodeValue> {
        let mut own = self.changed.own.iter();
        own.find(|own| CodeSet::of_class(&own.code_class_name) == Some(set) && own.code_text == text)
    }

    /// Is the year open or closed by the ministry, against or with the calendar?
    pub(crate) fn is_set(&self, year: SchoolYear) -> bool {
        self.changed.years.contains_key(&year)
    }

    /// Are enrolments of that year taken today?
    pub(crate) fn is_accepted(&self, year: SchoolYear, today: Date) -> bool {
        let mut years = self.school_years(today).into_iter();
        years.any(|known| known.school_year == year && known.is_accepted)
    }
}

fn is_same(one: &CodeValue, other: &CodeValue) -> bool {
    (&one.code_class_name, &one.code_text) == (&other.code_class_name, &other.code_text)
}

fn values_of(which: CodeSet) -> impl Iterator<Item = CodeValue> {
    codes::built_in(which).all().iter().map(move |code| CodeValue {
        code_class_name: which.as_str().to_owned(),
        code_text: code.code.clone(),
        short_description: cut(code.label(Lang::English), 50),
        description: cut(code.label(Lang::English), 160),
        french_short_description: cut(code.label(Lang::French), 50),
        french_description: cut(code.label(Lang::French), 160),
        display_sequence: i32::from(code.order),
        pasi_core_version: VERSION,
        effective_school_year: code.from,
        expiry_school_year: code.until,
    })
}

/// At most so many characters, in the letters the contract takes.
fn cut(text: &str, most: usize) -> String {
    let short: String = kernel::text::latin1(text).chars().take(most).collect();
    short.trim_end().to_owned()
}

/// Which value may follow which by the tables that are built in.
fn built_in_relationships() -> Vec<CodeValueRelationship> {
    let key = |set: CodeSet, text: &str| CodeValueKey {
        code_class_name: set.as_str().to_owned(),
        code_text: text.to_owned(),
    };
    let pairs = [CodeSet::TransitionReason, CodeSet::AddressFormat]
        .into_iter()
        .filter_map(|set| {
            let parent = set.parent()?;
            Some(codes::built_in(set).all().iter().flat_map(move |code| {
                code.under.iter().map(move |under| CodeValueRelationship {
                    parent: key(parent, under),
                    child: key(set, &code.code),
                })
            }))
        });
    pairs.flatten().collect()
}

/// The school years by the calendar alone.
fn school_years(today: Date) -> Vec<SchoolYearConfiguration> {
    let current = SchoolYear::of(today);
    let numbers = current.number() - PAST_YEARS..=current.number() + 1;
    let years = numbers.filter_map(SchoolYear::ending);
    years
        .map(|year| {
            let opens = i16::try_from(year.number() - 1)
                .ok()
                .and_then(|first| Date::new(first, OPENS_IN, 1));
            let is_open = opens.is_none_or(|day| day <= today);
            let kind = match year.cmp(&current) {
                std::cmp::Ordering::Less => "Historical",
                std::cmp::Ordering::Equal => "Current",
                std::cmp::Ordering::Greater if is_open => "PreRegistration",
                std::cmp::Ordering::Greater => "Future",
            };
            SchoolYearConfiguration {
                school_year: year,
                kind: kind.to_owned(),
                is_accepted: is_open,
                pre_registration_opens: opens,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_for_the_next_year_opens_in_february() {
        let date = |text: &str| text.parse::<Date>().expect("test date");
        let next = SchoolYear::ending(2028).expect("a year");
        let tables = CodeTables::default();
        assert!(!tables.is_accepted(next, date("2027-01-31")));
        assert!(tables.is_accepted(next, date("2027-02-01")));
        assert!(!tables.is_accepted(next.next(), date("2027-02-01")));
    }

    #[test]
    fn the_ministry_opens_and_closes_years_and_it_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let today = "2026-11-23".parse().expect("test date");
        let year = SchoolYear::ending(2027).expect("a year");
        let mut tables = CodeTables::open(folder.path()).expect("nothing yet");
        tables.open_year(year, Some(false)).expect("saved");
        tables.open_year(year.next(), Some(true)).expect("saved");
        let mut kept = CodeTables::open(folder.path()).expect("as it was left");
        assert!(!kept.is_accepted(year, today) && kept.is_accepted(year.next(), today));
        kept.open_year(year, None).expect("saved");
        assert!(
            kept.is_accepted(year, today) && !kept.is_set(year),
            "the calendar again"
        );
    }

    #[test]
    fn the_whole_list_comes_until_it_is_known() {
        let today = "2026-11-23".parse().expect("test date");
        let mut tables = CodeTables::default();
        let full = tables.values(0, today).code_values;
        assert!(
            full.iter()
                .any(|value| value.code_class_name == "Grade" && value.code_text == "06")
        );
        assert!(
            full.iter()
                .all(|value| value.short_description.chars().count() <= 50)
        );
        assert!(tables.values(VERSION, today).code_values.is_empty());
        assert!(!tables.relationships(today).is_empty());
        let changed = CodeValue {
            description: "Said otherwise".to_owned(),
            ..full[0].clone()
        };
        tables.put(changed).expect("in memory");
        let again = tables.values(VERSION, today).code_values;
        assert_eq!(
            again.len(),
            full.len(),
            "the whole list comes when one value is newer"
        );
        assert!(again.iter().any(|value| value.description == "Said otherwise"));
    }
}
