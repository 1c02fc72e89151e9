use crate::letter::Table;
use crate::paper::{Paper, Template};
use serde::Serialize;

/// Records in one file; each begins on a page of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Records {
    /// What the file is called by whoever reads it aloud.
    pub title: String,
    /// Its language: `en`, `fr`.
    pub lang: String,
    /// Who prints it.
    pub author: String,
    /// `page`, in its language.
    pub page: String,
    /// One by one.
    pub records: Vec<Record>,
}

/// The record of one student.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Who keeps it: authority, school.
    pub keeper: Vec<String>,
    /// What it is.
    pub title: String,
    /// What must be read first; may be empty.
    pub gate: Vec<String>,
    /// Of whom and when: what each is called, and what it is.
    pub facts: Vec<(String, String)>,
    /// What it shows.
    pub tables: Vec<Table>,
    /// How it was counted.
    pub notes: Vec<String>,
    /// What stands at the foot of each page.
    pub foot: String,
}

impl Paper for Records {
    const TEMPLATE: Template = Template::Records;
}
