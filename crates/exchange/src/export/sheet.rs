//! A file written as its rows come, of either kind.

use super::ExportFormat;
use super::list::{csv_to, defused};
use kernel::{Failure, Outcome};
use rust_xlsxwriter::{Format as Look, Workbook};
use std::io::Write;

/// A file being written.
pub(super) enum Sheet<W: Write + Send> {
    Csv(Box<csv::Writer<W>>),
    /// The workbook, the row that comes next, and where it goes in the end. Its
    /// rows lie in a temporary file until then.
    Excel(Box<Workbook>, u32, W),
}

impl<W: Write + Send> Sheet<W> {
    /// Begins with the headings.
    pub(super) fn to(to: W, format: ExportFormat, headings: &[&str]) -> Outcome<Self> {
        match format {
            ExportFormat::Csv => {
                let mut file = csv_to(to).map_err(|error| away(&error))?;
                file.write_record(headings).map_err(|error| away(&error))?;
                Ok(Self::Csv(Box::new(file)))
            }
            ExportFormat::Excel => {
                let mut book = Workbook::new();
                let sheet = book
                    .add_worksheet_with_constant_memory()
                    .map_err(|error| broken(&error))?;
                sheet.set_freeze_panes(1, 0).map_err(|error| broken(&error))?;
                let bold = Look::new().set_bold();
                for (at, heading) in (0_u16..).zip(headings) {
                    sheet
                        .write_string_with_format(0, at, *heading, &bold)
                        .map_err(|error| broken(&error))?;
                }
                Ok(Self::Excel(Box::new(book), 1, to))
            }
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: &[String]) -> Outcome<()> {
        match self {
            Self::Csv(file) => file
                .write_record(cells.iter().map(|cell| defused(cell)))
                .map_err(|error| away(&error)),
            Self::Excel(book, next, _) => {
                let sheet = book.worksheet_from_index(0).map_err(|error| broken(&error))?;
                // A string cell is text, whatever it begins with: numbers keep their zeros, formulas do not run.
                for (at, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    sheet
                        .write_string(*next, at, cell)
                        .map_err(|error| broken(&error))?;
                }
                *next += 1;
                Ok(())
            }
        }
    }

    /// Ends the file.
    pub(super) fn finish(self) -> Outcome<()> {
        match self {
            Self::Csv(mut file) => file.flush().map_err(|error| away(&error)),
            Self::Excel(mut book, _, mut to) => {
                // A zip is written backwards and forwards: first to a file of its own.
                let mut whole = tempfile::tempfile().map_err(|error| away(&error))?;
                book.save_to_writer(&mut whole).map_err(|error| broken(&error))?;
                std::io::Seek::rewind(&mut whole).map_err(|error| away(&error))?;
                std::io::copy(&mut whole, &mut to).map_err(|error| away(&error))?;
                to.flush().map_err(|error| away(&error))
            }
        }
    }
}

fn broken(error: &rust_xlsxwriter::XlsxError) -> Failure {
    Failure::Fault(format!("writing a workbook: {error}"))
}

fn away(error: &impl std::fmt::Display) -> Failure {
    Failure::Unavailable(format!("writing the file: {error}"))
}
