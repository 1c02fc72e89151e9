use crate::paper::{Paper, Template};
use serde::{Deserialize, Serialize};

/// Letters in one file; each begins on a page of its own and counts its own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letters {
    /// What the file is called by whoever reads it aloud.
    pub title: String,
    /// The language of the title: `en`, `fr`.
    pub lang: String,
    /// Who sends them.
    pub author: String,
    /// One by one.
    pub letters: Vec<Letter>,
}

/// One letter. Texts are printed as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its language: `en`, `fr`.
    pub lang: String,
    /// Who sends it: name, then the lines of the address.
    pub sender: Vec<String>,
    /// The day, in words.
    pub date: String,
    /// Who it is for, line by line, as the post wants it.
    pub address: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// What it says; each is a paragraph, a line break within one stays.
    pub paragraphs: Vec<String>,
    /// What it shows between them and the end; without lines it shows none.
    pub table: Table,
    /// What follows the table.
    pub closing: Vec<String>,
    /// What stands at the foot of each page, before its number.
    pub foot: String,
    /// `page`, in its language.
    pub page: String,
}

/// A table, by lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows; may be empty.
    pub title: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// How many columns from the right hold figures.
    pub figures: usize,
    /// Line by line, as many cells as columns.
    pub rows: Vec<Vec<String>>,
}

impl Paper for Letters {
    const TEMPLATE: Template = Template::Letters;
}
