//! CSV that a spreadsheet reads as text and nothing else.

use std::io::Write;

/// A list as CSV: UTF-8 with its mark, comma, CR LF.
pub struct CsvList {
    file: csv::Writer<Vec<u8>>,
}

/// A cell that no spreadsheet runs: what begins like a formula gets an
/// apostrophe, which a spreadsheet does not show. Source: OWASP, CSV injection.
pub fn defused(cell: &str) -> String {
    let is_number = cell
        .strip_prefix(['-', '+'])
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if runs && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A CSV that begins with the mark of UTF-8, its lines ending as spreadsheets write them.
pub(super) fn csv_to<W: Write>(mut to: W) -> std::io::Result<csv::Writer<W>> {
    to.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(to))
}

/// What [`defused`] made of a cell, as it was.
pub(crate) fn as_it_was(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => rest,
        _ => cell,
    }
}

impl CsvList {
    /// With these headings.
    pub fn new<T: AsRef<str>>(headings: &[T]) -> Self {
        let file = csv_to(Vec::with_capacity(1 << 16)).expect("memory takes the mark");
        let mut list = Self { file };
        list.row(headings);
        list
    }
    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let cells = cells.iter().map(|cell| defused(cell.as_ref()));
        self.file
            .write_record(cells)
            .expect("memory takes every row of the same width");
    }
    /// The whole of it.
    pub fn finish(self) -> Vec<u8> {
        self.file.into_inner().unwrap_or_else(|error| panic_free(&error))
    }
}

/// Memory cannot refuse; what was written so far is lost rather than half.
fn panic_free(_: &csv::IntoInnerError<csv::Writer<Vec<u8>>>) -> Vec<u8> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::{CsvList, as_it_was, defused};

    #[test]
    fn a_cell_that_begins_like_a_formula_is_defused() {
        for (cell, want) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("-5", "-5"),
            ("+17805550123", "+17805550123"),
            ("Whitebear, Aiyana", "Whitebear, Aiyana"),
            ("O’Brien", "O’Brien"),
            ("", ""),
        ] {
            assert_eq!(defused(cell), want, "{cell:?}");
            assert_eq!(as_it_was(want), cell, "an import reads it back");
        }
    }

    #[test]
    fn a_list_has_its_mark_its_quotes_and_its_line_ends() {
        let mut list = CsvList::new(&["Name", "Note"]);
        list.row(&["Roy, Zoé", "says \"hi\""]);
        let text = String::from_utf8(list.finish()).expect("UTF-8");
        assert_eq!(text, "\u{feff}Name,Note\r\n\"Roy, Zoé\",\"says \"\"hi\"\"\"\r\n");
    }
}
