//! Lists out. One guarded door: a permit of its own, a reason for many rows,
//! every export in the audit, and no cell that a spreadsheet would run.

mod columns;
mod list;
mod list_of;
mod office;
mod sheet;
mod whole;

pub(crate) use list::as_it_was;
pub use list::{CsvList, defused};
use list_of::guarded;
pub use list_of::{ListOf, list_of};
pub use office::{MOST_OF_AUDIT, OfficeList, accounts, audit};
pub use whole::{Whole, WholePermits, whole};

use access::action::{Export, ViewStudents};
use access::{Permit, Scope};
use db::{Reading, Subject, Tx};
use kernel::{Failure, Outcome};
use people::{CardRow, ListQuery};
use schools::Directory;

/// Rows from which on a reason must be given.
pub const REASON_FROM: i64 = 100;

/// Rows of one export at most; an Excel sheet has hardly more.
pub const MOST_ROWS: usize = 1_000_000;

kernel::text_enum! {
    /// What kind of file.
    pub enum ExportFormat {
        /// CSV in UTF-8 with its mark, so that Excel reads the accents.
        Csv = "csv",
        /// An Excel workbook.
        Excel = "xlsx",
    }
}

/// A list of students to be exported.
#[derive(Debug, Clone)]
pub struct StudentList {
    /// The filter, as on the page; paging is ignored.
    pub query: ListQuery,
    /// Why; needed from [`REASON_FROM`] rows on.
    pub reason: String,
    /// CSV or Excel.
    pub format: ExportFormat,
    /// Headings of the columns that were chosen, in the language of the page.
    pub headings: Vec<String>,
}

/// The list as a file: the students of both permits' scope, no others, in the
/// order of the list; `cells` tells a row, as wide as the headings.
///
/// Refused without a reason from [`REASON_FROM`] rows on (`LP-0871`). Writes
/// the audit, `students.export`, with how many rows, which filter and why.
pub fn students(
    tx: &mut Tx,
    (export, view): (&Permit<Export>, &Permit<ViewStudents>),
    wanted: &StudentList,
    cells: &dyn Fn(&CardRow, &Directory) -> Vec<String>,
) -> Outcome<Vec<u8>> {
    if export.scope() != view.scope() && *export.scope() != Scope::Division {
        return Err(Failure::Denied("exchange.export"));
    }
    let scope = if *view.scope() == Scope::Division {
        "division"
    } else {
        "schools"
    };
    let mut query = ListQuery {
        after: None,
        limit: 500,
        ..wanted.query.clone()
    };
    let mut page = people::list(tx, view, &query)?;
    let reason = kernel::text::squeeze(&wanted.reason);
    if page.total >= REASON_FROM && reason.chars().count() < 3 {
        return Err(Failure::refuse("LP-0871", "reason"));
    }
    let directory = schools::directory(tx)?;
    let division = tx.division();
    let list = ListOf {
        verb: "students.export",
        subject: Subject::new("division", division),
        filter: serde_json::json!({ "query": wanted.query, "scope": scope }),
        headings: &wanted.headings,
        reason: &reason,
        format: wanted.format,
    };
    guarded(tx, export, &list, |tx, file| {
        loop {
            for card in &page.rows {
                file.row(&cells(card, &directory))?;
            }
            query.after = match page.next.take() {
                Some(next) if file.rows() < MOST_ROWS => Some(next),
                _ => return Ok(()),
            };
            page = people::list(tx, view, &query)?;
        }
    })
}

/// How many rows the list has; for the dialog that asks why.
pub fn count(at: &mut impl Reading, view: &Permit<ViewStudents>, query: &ListQuery) -> Outcome<i64> {
    people::count(at, view, query)
}
