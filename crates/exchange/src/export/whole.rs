//! Every record of a kind, as a file that an import reads back: to another
//! system, or another division. Read a page at a time, each in a transaction of
//! its own, and written as it is read: neither the table nor the file is ever
//! in memory, and nobody waits for it.

use super::columns::{Columns, Row};
use super::sheet::Sheet;
use super::{ExportFormat, REASON_FROM};
use crate::model::Kind;
use access::action::{Export, ManageAccounts, ViewStudents};
use access::{Permit, Scope, accounts, grants};
use db::{Lane, Reader, Reading, Store, Subject};
use kernel::{Actor, Failure, Outcome, StudentId};
use people::ListQuery;
use schools::{Authority, Directory};
use serde_json::json;
use std::io::Write;

/// Records read in one transaction.
const PAGE: i64 = 200;

/// What may be exported whole, and by whom.
#[derive(Debug, Clone)]
pub struct WholePermits {
    export: Permit<Export>,
    view: Permit<ViewStudents>,
    accounts: Permit<ManageAccounts>,
}

impl WholePermits {
    /// Those of the program itself: the command line.
    pub fn program(actor: &Actor) -> Outcome<Self> {
        Ok(Self {
            export: Permit::program(actor)?,
            view: Permit::program(actor)?,
            accounts: Permit::program(actor)?,
        })
    }
}

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Records of which kind.
    pub kind: Kind,
    /// CSV or Excel.
    pub format: ExportFormat,
    /// Why; needed where the division has [`REASON_FROM`] students or more.
    pub reason: String,
}

/// Writes every record of a kind to `to`; how many rows. The columns are the
/// fields of an import of that kind.
///
/// Refused without a reason from [`REASON_FROM`] students on (`LP-0871`).
/// Writes the audit: `records.export` with what and why before the first row
/// leaves, `records.exported` with how many after the last.
pub fn whole(store: &Store, permits: &WholePermits, wanted: &Whole, to: impl Write + Send) -> Outcome<usize> {
    if *permits.export.scope() != Scope::Division {
        return Err(Failure::Denied("exchange.export"));
    }
    let actor = permits.export.actor();
    let reason = kernel::text::squeeze(&wanted.reason);
    let (directory, authorities) = store.read_now(actor.division, |at| {
        if reason.chars().count() < 3 && students(at, &permits.view)? >= REASON_FROM {
            return Err(Failure::refuse("LP-0871", "reason"));
        }
        Ok((schools::directory(at)?, schools::authorities(at)?))
    })?;
    let told = |action: &str, detail: &serde_json::Value| {
        store.write_now(Lane::Interactive, actor, |tx| {
            let division = tx.division();
            tx.record(action, Subject::new("division", division), detail);
            Ok(())
        })
    };
    let what = json!({ "kind": wanted.kind, "format": wanted.format, "reason": reason });
    told("records.export", &what)?;
    let pages = Pages {
        store,
        permits,
        directory,
        authorities,
        columns: Columns::of(wanted.kind),
    };
    let mut sheet = Sheet::to(to, wanted.format, pages.columns.names())?;
    let rows = pages.write(wanted.kind, &mut sheet)?;
    sheet.finish()?;
    told("records.exported", &json!({ "kind": wanted.kind, "rows": rows }))?;
    Ok(rows)
}

fn students(at: &mut Reader, view: &Permit<ViewStudents>) -> Outcome<i64> {
    people::count(at, view, &ListQuery::default())
}

/// Where records are read from, and how they are laid out.
struct Pages<'a> {
    store: &'a Store,
    permits: &'a WholePermits,
    directory: Directory,
    authorities: Vec<Authority>,
    columns: Columns,
}

impl Pages<'_> {
    fn write<W: Write + Send>(&self, kind: Kind, sheet: &mut Sheet<W>) -> Outcome<usize> {
        match kind {
            Kind::Students | Kind::Contacts | Kind::Enrolments => self.by_student(kind, sheet),
            Kind::Staff => self.staff(sheet),
            Kind::Schools => self.schools(sheet),
        }
    }

    fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> Outcome<T> {
        let division = self.permits.export.actor().division;
        self.store.read_now(division, work)
    }

    /// Writes page after page, each read in a transaction of its own, until one is empty. `page` tells
    /// the rows after a key, and the last key it has read.
    fn paged<K, W: Write + Send>(
        &self,
        sheet: &mut Sheet<W>,
        page: impl Fn(&mut Reader, Option<K>) -> Outcome<(Option<K>, Vec<Row>)>,
    ) -> Outcome<usize> {
        let (mut after, mut written) = (None, 0);
        loop {
            let (last, rows) = self.read(|at| page(at, after.take()))?;
            for row in &rows {
                sheet.row(row)?;
            }
            written += rows.len();
            if last.is_none() {
                return Ok(written);
            }
            after = last;
        }
    }

    fn by_student<W: Write + Send>(&self, kind: Kind, sheet: &mut Sheet<W>) -> Outcome<usize> {
        self.paged(sheet, |at, after| {
            let ids = people::students_after(at, &self.permits.view, after, PAGE)?;
            let mut rows = Vec::new();
            for id in &ids {
                rows.extend(self.of_student(at, kind, *id)?);
            }
            Ok((ids.last().copied(), rows))
        })
    }

    fn of_student(&self, at: &mut Reader, kind: Kind, id: StudentId) -> Outcome<Vec<Row>> {
        let today = at.today();
        let student = people::student(at, &self.permits.view, id)?;
        Ok(match kind {
            Kind::Contacts => {
                let around = student.contacts.iter();
                let holds = around.filter(|one| {
                    let contact = &one.contact.value;
                    contact.effective_on <= today && contact.expires_on.is_none_or(|end| end >= today)
                });
                holds.map(|one| self.columns.contact(&student, one)).collect()
            }
            Kind::Enrolments => {
                let mut all = enrolment::enrolments(at, &self.permits.view, id)?;
                all.retain(|one| !one.is_deleted());
                all.reverse();
                let all = all.iter();
                all.map(|one| self.columns.enrolment(&student, one, &self.directory))
                    .collect()
            }
            _ => vec![self.columns.student(&student, today)],
        })
    }

    /// A row for each role that is held, or will be.
    fn staff<W: Write + Send>(&self, sheet: &mut Sheet<W>) -> Outcome<usize> {
        self.paged(sheet, |at, after: Option<String>| {
            let filter = accounts::AccountFilter::default();
            let lines = accounts::list(at, &self.permits.accounts, &filter, after.as_deref(), PAGE)?;
            let today = at.today();
            let mut rows = Vec::new();
            for line in &lines {
                let held = grants::of_account(at, &self.permits.accounts, line.id)?;
                let lasting = held.iter().rev().filter(|grant| {
                    grant.role.is_staff()
                        && grant.ended_at.is_none()
                        && grant.until_date.is_none_or(|last| last >= today)
                });
                rows.extend(lasting.map(|grant| self.columns.staff(line, grant, &self.directory)));
            }
            Ok((lines.last().map(|line| line.username.clone()), rows))
        })
    }

    fn schools<W: Write + Send>(&self, sheet: &mut Sheet<W>) -> Outcome<usize> {
        for school in self.directory.all() {
            let authority = self.authorities.iter().find(|one| one.code == school.authority);
            sheet.row(&self.columns.school(school, authority))?;
        }
        Ok(self.directory.all().len())
    }
}
