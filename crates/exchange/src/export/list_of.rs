//! A list of any kind through the one door: the permit to export, the cells
//! defused, the export in the audit.

use super::CsvList;
use access::Permit;
use access::action::Export;
use db::{Subject, Tx};
use serde::Serialize;

/// A list that leaves the program.
#[derive(Debug)]
pub struct ListOf<'l, F> {
    /// What the audit calls it, such as `pasi.export`.
    pub verb: &'static str,
    /// What it is a list of, for the audit.
    pub subject: Subject,
    /// By what it was narrowed, for the audit.
    pub filter: F,
    /// Headings, in the language of the page.
    pub headings: &'l [String],
    /// Rows, each as wide as the headings.
    pub rows: &'l [Vec<String>],
}

#[derive(Serialize)]
struct Detail<'f, F> {
    rows: usize,
    filter: &'f F,
}

/// The list as CSV. Writes the audit: how many rows, and by what they were narrowed.
pub fn list_of<F: Serialize>(tx: &mut Tx, _: &Permit<Export>, list: ListOf<'_, F>) -> Vec<u8> {
    let mut file = CsvList::new(list.headings);
    for row in list.rows {
        file.row(row);
    }
    let detail = Detail {
        rows: list.rows.len(),
        filter: &list.filter,
    };
    tx.record(list.verb, list.subject, &detail);
    file.finish()
}
