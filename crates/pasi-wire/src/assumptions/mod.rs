//! Every choice made where the province's pages are silent or were only read
//! in part, in one table; and the names that hang on those choices.

mod academic;
mod general;
mod record;

use crate::Operation;
use crate::parts::{count, joined};

/// How firmly the choice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The pages do not say.
    Gap,
    /// Deduced from what they say.
    Inferred,
    /// Two pages disagree.
    Conflict,
}

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumption {
    /// Its number, counted from 1; it moves when one is added before it.
    pub number: u32,
    /// The name by which code cites it (assumption `NAME`); empty where none does.
    pub name: &'static str,
    /// The question.
    pub what: &'static str,
    /// The answer taken.
    pub choice: &'static str,
    /// Where to change it.
    pub how_to_change: &'static str,
    /// How firmly it stands.
    pub mark: Mark,
}

/// An XML namespace of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Data contracts last changed in 2009.
    V2009,
    /// Last changed in December 2012.
    V201204,
    /// Last changed in 2017.
    V2017,
    /// Last changed in 2018.
    V2018,
    /// Last changed in 2019.
    V2019,
    /// Last changed in 2020.
    V2020,
    /// Last changed in 2021.
    V2021,
    /// Lists of plain values.
    Arrays,
}

/// The namespace of the operations' own elements.
pub const SERVICE_NAMESPACE: &str = "http://tempuri.org/";
/// Name of the contract's interface, part of every `SOAPAction`.
pub(crate) const CONTRACT: &str = "IPASIService2020";

/// The `SOAPAction` header of an operation, without quotes.
pub fn soap_action(operation: Operation) -> String {
    format!("{SERVICE_NAMESPACE}{CONTRACT}/{operation}")
}

impl Namespace {
    /// Every namespace.
    pub const ALL: &'static [Self] = &[
        Self::V2009,
        Self::V201204,
        Self::V2017,
        Self::V2018,
        Self::V2019,
        Self::V2020,
        Self::V2021,
        Self::Arrays,
    ];
    /// Its address.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::V2009 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2009",
            Self::V201204 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V201204",
            Self::V2017 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2017",
            Self::V2018 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2018",
            Self::V2019 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2019",
            Self::V2020 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2020",
            Self::V2021 => "http://schemas.datacontract.org/2004/07/PASI.DataContract.V2021",
            Self::Arrays => "http://schemas.microsoft.com/2003/10/Serialization/Arrays",
        }
    }
    /// The prefix our envelopes use.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::V2009 => "a",
            Self::V201204 => "b",
            Self::V2017 => "c",
            Self::V2018 => "d",
            Self::V2019 => "e",
            Self::V2020 => "f",
            Self::Arrays => "g",
            Self::V2021 => "h",
        }
    }
}

/// One choice a line, with what to change: `Mark "question" => "answer", in "place";`,
/// and where code cites it, its name first: `"name" as Mark "question" …`.
macro_rules! assume {
    ($($($name:literal as)? $mark:ident $what:literal => $choice:literal, in $how:literal;)+) => {
        &[$($crate::assumptions::Assumption {
            number: 0,
            name: concat!($($name)?),
            what: $what,
            choice: $choice,
            how_to_change: $how,
            mark: $crate::assumptions::Mark::$mark,
        }),+]
    };
}
use assume;

const PARTS: &[&[Assumption]] = &[general::ROWS, record::ROWS, academic::ROWS];

/// Every choice, numbered in order.
pub const ASSUMPTIONS: &[Assumption] = &numbered(joined::<_, { count(PARTS) }>(PARTS));

const fn numbered<const COUNT: usize>(mut all: [Assumption; COUNT]) -> [Assumption; COUNT] {
    let (mut at, mut number) = (0, 1);
    while at < COUNT {
        all[at].number = number;
        (at, number) = (at + 1, number + 1);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_are_numbered_from_1_without_gaps() {
        for (at, assumption) in (1u32..).zip(ASSUMPTIONS) {
            assert_eq!(assumption.number, at, "{}", assumption.what);
        }
    }

    /// Every source file below a folder.
    fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder).expect("a folder of ours");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths
            .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
            .filter(|path| path.extension().is_some_and(|kind| kind == "rs"))
            .collect()
    }

    #[test]
    fn code_cites_choices_by_names_that_are_in_the_table_and_the_table_names_no_other() {
        let names: Vec<&str> = ASSUMPTIONS
            .iter()
            .map(|row| row.name)
            .filter(|name| !name.is_empty())
            .collect();
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("crates/");
        let mut cited = std::collections::BTreeSet::new();
        for path in sources(crates) {
            let text = std::fs::read_to_string(&path).expect("text");
            for (at, _) in text.match_indices("(assumption `") {
                let name = text[at..].split('`').nth(1).unwrap_or_default().to_owned();
                // This file says how it is written.
                if !path.ends_with("assumptions/mod.rs") {
                    cited.insert(name);
                }
            }
            let by_number = (1..10).any(|digit| text.contains(&format!("assumption {digit}")));
            assert!(!by_number, "{}: a number moves; cite by name", path.display());
        }
        let mut listed: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        listed.sort();
        assert_eq!(listed, cited.into_iter().collect::<Vec<_>>());
    }
}
