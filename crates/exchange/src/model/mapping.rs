//! Which column of a file holds which field.

use super::Kind;
use kernel::{Instant, SavedId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

kernel::text_enum! {
    /// How dates are written in a file.
    #[derive(Default)]
    pub enum DateForm {
        /// `2015-04-17`.
        #[default]
        Iso = "iso",
        /// `04/17/2015`.
        MonthFirst = "month-first",
        /// `17/04/2015`.
        DayFirst = "day-first",
    }
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnMap {
    /// Its heading, as in the file; compared without case, accents and signs.
    pub column: String,
    /// The field it holds.
    pub field: String,
    /// What a value of the file means: `Male` is `M`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

/// A mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// What it is called.
    pub label: String,
    /// How its dates are written.
    pub dates: DateForm,
    /// The exit is the day after the last day attended, as some systems count.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exit_is_day_after: bool,
    /// Its columns; a column that is not named is not read.
    pub columns: Vec<ColumnMap>,
}

impl Mapping {
    /// The column of a field.
    pub fn column_of(&self, field: &str) -> Option<&ColumnMap> {
        self.columns.iter().find(|one| one.field == field)
    }
    /// The field of a column.
    pub fn field_of(&self, column: &str) -> Option<&str> {
        let wanted = heading_key(column);
        self.columns
            .iter()
            .find(|one| heading_key(&one.column) == wanted)
            .map(|one| one.field.as_str())
    }
}

/// A heading as it is compared: letters and digits alone.
pub(crate) fn heading_key(heading: &str) -> String {
    kernel::text::fold(&heading.replace('_', " ")).replace(' ', "")
}

/// A mapping that a person saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMapping {
    /// Which.
    pub id: SavedId,
    /// For which kind of file.
    pub kind: Kind,
    /// The mapping.
    pub mapping: Mapping,
    /// By whom.
    pub created_by: String,
    /// When.
    pub created_at: Instant,
}

/// A mapping that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shipped {
    /// Its name in addresses and on the command line.
    pub name: String,
    /// For which kind of file.
    pub kind: Kind,
    /// What it is called, in English.
    pub label_en: String,
    /// In French.
    pub label_fr: String,
    /// Where its column names come from, and how sure they are.
    pub source: String,
    /// How dates are written.
    #[serde(default)]
    pub dates: DateForm,
    /// The exit is the day after the last day attended.
    #[serde(default)]
    pub exit_is_day_after: bool,
    /// The columns.
    pub columns: Vec<ColumnMap>,
}

impl Shipped {
    /// As a mapping.
    pub fn mapping(&self) -> Mapping {
        Mapping {
            label: self.label_en.clone(),
            dates: self.dates,
            exit_is_day_after: self.exit_is_day_after,
            columns: self.columns.clone(),
        }
    }
}

/// Every mapping that comes with the program.
pub fn shipped() -> &'static [Shipped] {
    static ALL: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
        [
            include_str!("../../mappings/lodgepole-students.toml"),
            include_str!("../../mappings/lodgepole-contacts.toml"),
            include_str!("../../mappings/lodgepole-enrolments.toml"),
            include_str!("../../mappings/lodgepole-staff.toml"),
            include_str!("../../mappings/powerschool-students.toml"),
            include_str!("../../mappings/powerschool-contacts.toml"),
            include_str!("../../mappings/powerschool-enrolments.toml"),
            include_str!("../../mappings/alberta-school-directory.toml"),
            include_str!("../../mappings/alberta-school-enrolment.toml"),
        ]
        .iter()
        .map(|text| toml::from_str(text).expect("the shipped mappings are read by a test"))
        .collect()
    });
    &ALL
}

/// The shipped mapping of a name.
pub fn shipped_named(name: &str) -> Option<&'static Shipped> {
    shipped().iter().find(|one| one.name == name)
}
