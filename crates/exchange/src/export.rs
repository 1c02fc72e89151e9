//! Lists out. One guarded door: a permit of its own, a reason for many rows,
//! every export in the audit, and no cell that a spreadsheet would run.

mod columns;
mod list;
mod list_of;
mod sheet;
mod whole;

pub(crate) use list::as_it_was;
pub use list::{CsvList, defused};
pub use list_of::{ListOf, list_of};
pub use whole::{Whole, WholePermits, whole};

use access::action::{Export, ViewStudents};
use access::{Permit, Scope};
use db::{Reading, Subject, Tx};
use kernel::{Failure, Outcome};
use people::{CardRow, ListQuery};
use rust_xlsxwriter::{Format as Look, Workbook};
use serde::Serialize;

/// Rows from which on a reason must be given.
pub const REASON_FROM: i64 = 100;

/// Rows of one export at most; an Excel sheet has hardly more.
pub const MOST_ROWS: i64 = 1_000_000;

kernel::text_enum! {
    /// What kind of file.
    pub enum ExportFormat {
        /// CSV in UTF-8 with its mark, so that Excel reads the accents.
        Csv = "csv",
        /// An Excel workbook.
        Excel = "xlsx",
    }
}

/// A list to be exported.
#[derive(Debug, Clone)]
pub struct StudentList {
    /// The filter, as on the page; paging is ignored.
    pub query: ListQuery,
    /// Why; needed from [`REASON_FROM`] rows on.
    pub reason: String,
    /// CSV or Excel.
    pub format: ExportFormat,
    /// Headings, in the language of the page: last to first as [`COLUMNS`].
    pub headings: Vec<String>,
}

/// The columns of a student list, by name.
pub const COLUMNS: [&str; 9] = [
    "local_number",
    "asn",
    "name",
    "preferred_name",
    "birth_date",
    "gender",
    "grade",
    "homeroom",
    "school",
];

#[derive(Serialize)]
struct Detail<'a> {
    rows: usize,
    format: ExportFormat,
    filter: &'a ListQuery,
    scope: &'a str,
    reason: &'a str,
}

/// The list as a file: the students of both permits' scope, no others.
///
/// Refused without a reason from [`REASON_FROM`] rows on (`LP-0871`). Writes
/// the audit, `students.export`, with how many rows, which filter and why.
pub fn students(
    tx: &mut Tx,
    (export, view): (&Permit<Export>, &Permit<ViewStudents>),
    wanted: &StudentList,
) -> Outcome<Vec<u8>> {
    if export.scope() != view.scope() && *export.scope() != Scope::Division {
        return Err(Failure::Denied("exchange.export"));
    }
    let reason = kernel::text::squeeze(&wanted.reason);
    let mut query = ListQuery {
        after: None,
        limit: 500,
        ..wanted.query.clone()
    };
    let first = people::list(tx, view, &query)?;
    if first.total >= REASON_FROM && reason.chars().count() < 3 {
        return Err(Failure::refuse("LP-0871", "reason"));
    }
    let directory = schools::directory(tx)?;
    let mut file = Sheet::new(wanted)?;
    let (mut page, mut rows) = (first, 0);
    loop {
        for card in &page.rows {
            let school = card
                .school
                .map(|id| directory.name(id).to_owned())
                .unwrap_or_default();
            file.row(&cells(card, school))?;
            rows += 1;
        }
        let Some(next) = page.next else { break };
        if i64::try_from(rows).is_ok_and(|rows| rows >= MOST_ROWS) {
            break;
        }
        query.after = Some(next);
        page = people::list(tx, view, &query)?;
    }
    let scope = if *view.scope() == Scope::Division {
        "division"
    } else {
        "schools"
    };
    let detail = Detail {
        rows,
        format: wanted.format,
        filter: &wanted.query,
        scope,
        reason: &reason,
    };
    let division = tx.division();
    tx.record("students.export", Subject::new("division", division), &detail);
    file.finish()
}

/// How many rows the list has; for the dialog that asks why.
pub fn count(at: &mut impl Reading, view: &Permit<ViewStudents>, query: &ListQuery) -> Outcome<i64> {
    Ok(people::list(
        at,
        view,
        &ListQuery {
            after: None,
            limit: 1,
            ..query.clone()
        },
    )?
    .total)
}

fn cells(card: &CardRow, school: String) -> [String; 9] {
    [
        card.local_number.clone(),
        card.asn.map(|asn| asn.as_str().to_owned()).unwrap_or_default(),
        card.list_name.clone(),
        card.preferred_name.clone(),
        card.birth_date.to_string(),
        card.gender.clone(),
        card.grade.clone(),
        card.homeroom.clone(),
        school,
    ]
}

/// A file being written, of either kind.
enum Sheet {
    Csv(Box<CsvList>),
    Excel(Box<Workbook>, u32),
}

impl Sheet {
    fn new(wanted: &StudentList) -> Outcome<Self> {
        match wanted.format {
            ExportFormat::Csv => Ok(Self::Csv(Box::new(CsvList::new(&wanted.headings)))),
            ExportFormat::Excel => {
                let mut book = Workbook::new();
                let sheet = book.add_worksheet();
                sheet.set_freeze_panes(1, 0).map_err(|error| broken(&error))?;
                let bold = Look::new().set_bold();
                for (at, heading) in (0_u16..).zip(&wanted.headings) {
                    sheet
                        .write_string_with_format(0, at, heading, &bold)
                        .map_err(|error| broken(&error))?;
                    let width = if at == 2 || at == 8 { 32.0 } else { 14.0 };
                    sheet
                        .set_column_width(at, width)
                        .map_err(|error| broken(&error))?;
                }
                Ok(Self::Excel(Box::new(book), 1))
            }
        }
    }
    fn row(&mut self, cells: &[String]) -> Outcome<()> {
        match self {
            Self::Csv(list) => list.row(cells),
            Self::Excel(book, next) => {
                let sheet = book.worksheet_from_index(0).map_err(|error| broken(&error))?;
                // A string cell is text, whatever it begins with: numbers keep their zeros, formulas do not run.
                for (at, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    sheet
                        .write_string(*next, at, cell)
                        .map_err(|error| broken(&error))?;
                }
                *next += 1;
            }
        }
        Ok(())
    }
    fn finish(self) -> Outcome<Vec<u8>> {
        match self {
            Self::Csv(list) => Ok(list.finish()),
            Self::Excel(mut book, _) => book.save_to_buffer().map_err(|error| broken(&error)),
        }
    }
}

fn broken(error: &rust_xlsxwriter::XlsxError) -> Failure {
    Failure::Fault(format!("writing a workbook: {error}"))
}
