//! Lists of the division's office: its accounts, its audit. They leave by the
//! permit of whoever may read all of them, and each time is in the audit.

use super::ExportFormat;
use super::list_of::{ListOf, write_down};
use access::Permit;
use access::accounts::{self, AccountFilter, AccountLine};
use access::action::{ManageAccounts, ReadAudit};
use access::trail::{self, TrailFilter};
use db::{AuditRow, Subject, Tx};
use kernel::{Failure, Finding, Outcome};
use serde_json::Value;

/// Rows of the audit that leave in one file at most.
pub const MOST_OF_AUDIT: usize = 50_000;

/// Rows of the audit read at once.
const AT_ONCE: u16 = 500;

/// Accounts read at once.
const ACCOUNTS_AT_ONCE: usize = 100;

/// A list of the office as a file.
#[derive(Debug, Clone)]
pub struct OfficeList<F> {
    /// The filter, as on the page; paging is ignored.
    pub filter: F,
    /// What the address of the page said, for the audit.
    pub asked: Value,
    /// Headings, in the language of the page.
    pub headings: Vec<String>,
    /// CSV or Excel.
    pub format: ExportFormat,
}

impl<F> OfficeList<F> {
    fn list(&self, verb: &'static str, of: &str) -> ListOf<'_, Value> {
        ListOf {
            verb,
            subject: Subject::new("office-list", of),
            filter: self.asked.clone(),
            headings: &self.headings,
            reason: "",
            format: self.format,
        }
    }
}

/// The accounts of a filter, in its order; `cells` tells a row. Writes the
/// audit, `accounts.export`.
pub fn accounts(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    wanted: &OfficeList<AccountFilter>,
    cells: impl Fn(&AccountLine) -> Vec<String>,
) -> Outcome<Vec<u8>> {
    write_down(tx, &wanted.list("accounts.export", "accounts"), |tx, file| {
        let mut after: Option<String> = None;
        let limit = i64::try_from(ACCOUNTS_AT_ONCE).unwrap_or(i64::MAX);
        loop {
            let lines = accounts::list(tx, permit, &wanted.filter, after.as_deref(), limit)?;
            for line in &lines {
                file.row(&cells(line))?;
            }
            match lines.last() {
                Some(last) if lines.len() == ACCOUNTS_AT_ONCE => after = Some(last.username.clone()),
                _ => return Ok(()),
            }
        }
    })
}

/// The audit within a filter, the newest first; `cells` tells a row.
///
/// Refused when there are more than `most` rows (`LP-0872`): a file that leaves
/// some out would be taken for all. Writes the audit, `audit.export`: who took
/// which part of it, and how much.
pub fn audit(
    tx: &mut Tx,
    permit: &Permit<ReadAudit>,
    (wanted, most): (&OfficeList<TrailFilter>, usize),
    cells: impl Fn(&AuditRow) -> Vec<String>,
) -> Outcome<Vec<u8>> {
    write_down(tx, &wanted.list("audit.export", "audit"), |tx, file| {
        let mut before = None;
        loop {
            let page = trail::page(tx, permit, &wanted.filter, before, AT_ONCE)?;
            if file.rows() + page.rows.len() > most {
                let finding = Finding::refuse("LP-0872", "from").with("most", most);
                return Err(Failure::Invalid(finding.into()));
            }
            for row in &page.rows {
                file.row(&cells(row))?;
            }
            before = page.next;
            if before.is_none() {
                return Ok(());
            }
        }
    })
}
