//! A list of any kind through the one door: the permit to export, the cells
//! defused, the export in the audit.

use super::ExportFormat;
use super::sheet::Sheet;
use access::Permit;
use access::action::Export;
use db::{Subject, Tx};
use kernel::Outcome;
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
    /// Why; empty when the page does not ask.
    pub reason: &'l str,
    /// CSV or Excel.
    pub format: ExportFormat,
}

#[derive(Serialize)]
struct Detail<'f, F> {
    rows: usize,
    format: ExportFormat,
    filter: &'f F,
    reason: &'f str,
}

/// The file as its rows come.
pub(super) struct Rows<'f> {
    sheet: Sheet<&'f mut Vec<u8>>,
    written: usize,
}

impl Rows<'_> {
    /// Adds a row, as wide as the headings.
    pub(super) fn row(&mut self, cells: &[String]) -> Outcome<()> {
        self.written += 1;
        self.sheet.row(cells)
    }
    /// How many there are.
    pub(super) const fn rows(&self) -> usize {
        self.written
    }
}

/// The list as a file; `fill` writes its rows. Writes the audit: how many rows,
/// by what they were narrowed, and why.
pub(super) fn guarded<F: Serialize>(
    tx: &mut Tx,
    _: &Permit<Export>,
    list: &ListOf<'_, F>,
    fill: impl FnOnce(&mut Tx, &mut Rows<'_>) -> Outcome<()>,
) -> Outcome<Vec<u8>> {
    write_down(tx, list, fill)
}

/// The same of a list that the permit to read it lets out; its operation takes that.
pub(super) fn write_down<F: Serialize>(
    tx: &mut Tx,
    list: &ListOf<'_, F>,
    fill: impl FnOnce(&mut Tx, &mut Rows<'_>) -> Outcome<()>,
) -> Outcome<Vec<u8>> {
    let headings: Vec<&str> = list.headings.iter().map(String::as_str).collect();
    let mut bytes = Vec::with_capacity(1 << 16);
    let rows = {
        let mut made = Rows {
            sheet: Sheet::to(&mut bytes, list.format, &headings)?,
            written: 0,
        };
        fill(tx, &mut made)?;
        let Rows { sheet, written } = made;
        sheet.finish()?;
        written
    };
    let detail = Detail {
        rows,
        format: list.format,
        filter: &list.filter,
        reason: list.reason,
    };
    tx.record(list.verb, list.subject.clone(), &detail);
    Ok(bytes)
}

/// A list whose rows are all there, as [`guarded`].
pub fn list_of<F: Serialize>(
    tx: &mut Tx,
    export: &Permit<Export>,
    list: &ListOf<'_, F>,
    rows: &[Vec<String>],
) -> Outcome<Vec<u8>> {
    guarded(tx, export, list, |_, file| {
        rows.iter().try_for_each(|row| file.row(row))
    })
}
