//! A file becomes rows of texts, whatever it is: CSV with any separator in
//! any usual encoding, or an Excel workbook. Nothing is held in memory but the
//! row at hand; what a hostile file can make of that is bounded.

mod book;
mod decode;
mod sniff;
mod text;

pub use sniff::{Encoding, Format};

use kernel::{Failure, Finding, Outcome};
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

/// Columns of a file at most.
pub const MOST_COLUMNS: usize = 400;
/// Bytes of one row at most.
pub(crate) const LONGEST_ROW: u64 = 1 << 20;
/// Letters of one cell at most, as in Excel.
pub(crate) const LONGEST_CELL: usize = 32_767;

/// What a file turned out to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// CSV or Excel.
    pub format: Format,
    /// How its letters were read.
    pub encoding: Encoding,
    /// What parts the cells of a text; empty for a workbook.
    pub separator: String,
    /// The headings of its columns, blanks squeezed.
    pub headings: Vec<String>,
    /// SHA-256 of the file.
    #[serde(skip)]
    pub hash: Vec<u8>,
}

/// A row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// As a spreadsheet numbers it: the headings are row 1.
    pub number: i32,
    /// Its cells; as many as there are headings, unless the row has more.
    pub cells: Vec<String>,
    /// Cells it had in the file.
    pub width: usize,
    /// Some of its bytes are no letters in the file's encoding.
    pub is_damaged: bool,
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// A file to read.
pub struct Input(Box<dyn ReadSeek>);

impl Input {
    /// A file of the machine. Unavailable when it cannot be opened.
    pub fn open(path: &Path) -> Outcome<Self> {
        std::fs::File::open(path)
            .map(|file| Self(Box::new(file)))
            .map_err(|error| Failure::Unavailable(format!("{}: {error}", path.display())))
    }
    /// What was sent.
    pub fn of_bytes(bytes: std::sync::Arc<[u8]>) -> Self {
        Self(Box::new(Cursor::new(bytes)))
    }
    fn rewind(&mut self) -> Outcome<()> {
        self.0
            .seek(SeekFrom::Start(0))
            .map(|_| ())
            .map_err(|error| broken(&error))
    }
}

/// The machine cannot read on.
pub(crate) fn broken(error: &std::io::Error) -> Failure {
    Failure::Unavailable(format!("reading the file: {error}"))
}

pub(crate) fn refused(code: &str) -> Failure {
    Failure::refuse(code, "file")
}

pub(crate) fn refused_at(code: &str, row: i32) -> Failure {
    Failure::Invalid(Finding::refuse(code, "file").with("row", row).into())
}

/// Reads the file from its begin: `heading` is told once what it is, then
/// `each` every row that is not blank, in order.
///
/// Refused, with the row where there is one: nothing in it (`LP-0801`), no text
/// and no workbook (`LP-0802`), a workbook of another kind (`LP-0803`), one
/// that unpacks to far more than it says (`LP-0804`), a quote that never ends
/// or a cell too long (`LP-0805`), too many columns (`LP-0806`), a workbook
/// that cannot be read (`LP-0809`) or is behind a password (`LP-0810`).
pub fn each_row(
    mut input: Input,
    heading: &mut dyn FnMut(&Source) -> Outcome<()>,
    each: &mut dyn FnMut(RawRow) -> Outcome<()>,
) -> Outcome<Source> {
    let sniffed = sniff::sniff(&mut input.0)?;
    input.rewind()?;
    let source = Source {
        format: sniffed.format,
        encoding: sniffed.encoding,
        hash: sniffed.hash.clone(),
        ..Source::default()
    };
    match sniffed.format {
        Format::Csv => text::read(input.0, &sniffed, source, heading, each),
        Format::Excel => book::read(input.0, source, heading, each),
    }
}

/// What the file is, and its first rows.
pub fn first_rows(input: Input, many: usize) -> Outcome<(Source, Vec<RawRow>)> {
    let mut rows = Vec::new();
    let enough = || Failure::Fault(ENOUGH.to_owned());
    let mut known = None;
    let read = each_row(
        input,
        &mut |source| {
            known = Some(source.clone());
            Ok(())
        },
        &mut |row| {
            rows.push(row);
            if rows.len() < many { Ok(()) } else { Err(enough()) }
        },
    );
    match (read, known) {
        (Ok(source), _) => Ok((source, rows)),
        (Err(failure), Some(source)) if failure == enough() => Ok((source, rows)),
        (Err(failure), _) => Err(failure),
    }
}

const ENOUGH: &str = "enough rows were read";

/// Headings: blanks and line breaks squeezed, a lost mark of the encoding cut; empty ones at the end dropped.
pub(crate) fn headings(cells: &[String]) -> Outcome<Vec<String>> {
    let mut all: Vec<String> = cells
        .iter()
        .map(|cell| kernel::text::squeeze(cell.trim_start_matches('\u{feff}')))
        .collect();
    while all.last().is_some_and(String::is_empty) {
        all.pop();
    }
    match all.len() {
        0 => Err(refused("LP-0801")),
        many if many > MOST_COLUMNS => Err(refused("LP-0806")),
        _ => Ok(all),
    }
}

/// The row as wide as the headings; none when it is blank.
pub(crate) fn fitted(
    number: i32,
    mut cells: Vec<String>,
    columns: usize,
    is_damaged: bool,
) -> Option<RawRow> {
    while cells.len() > columns && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.iter().all(|cell| cell.trim().is_empty()) {
        return None;
    }
    let width = cells.len();
    if width < columns {
        cells.resize(columns, String::new());
    }
    Some(RawRow {
        number,
        cells,
        width,
        is_damaged,
    })
}

/// The day of a number by which Excel counts days; only those a school meets: 1900 to 2100.
pub(crate) fn day_of_serial(serial: u32) -> Option<kernel::Date> {
    (1..=73_050)
        .contains(&serial)
        .then(|| book::day_text(f64::from(serial)).parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests;
