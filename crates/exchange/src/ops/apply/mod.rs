//! Rows to the records, a chunk at a time: what each becomes, what is found,
//! and what it wrote. The same for a rehearsal and in earnest.

mod change;
mod contacts;
mod enrolments;
mod persons;
mod schools;
mod staff;
mod students;
mod walk;

use super::permits::{Permits, Province};
use crate::model::{Kind, RowOutcome, Run, Touch};
use crate::rules::{Bound, Cells, Ground, skip};
use crate::store::{self, Judged, StagedRow};
use db::Tx;
use kernel::{Failure, Finding, Findings, Outcome};
use people::Origin;
use std::collections::HashMap;

/// What a chunk is applied with.
pub(super) struct Pass<'a> {
    pub(super) bound: Bound,
    pub(super) ground: Ground,
    pub(super) run: &'a Run,
    pub(super) permits: &'a Permits,
    pub(super) province: &'a dyn Province,
}

impl Pass<'_> {
    /// Whether others are told of what a row does.
    pub(super) fn origin(&self) -> Origin {
        if self.run.tells {
            Origin::Here
        } else {
            Origin::Province
        }
    }
    /// What the records keep as the reason.
    pub(super) fn reason(&self) -> String {
        format!("Import of {}", self.run.file_name)
    }
    pub(super) fn cells<'r>(&'r self, row: &'r StagedRow) -> Cells<'r> {
        Cells::new(&self.bound, &row.cells, (row.width, row.is_damaged))
    }
}

/// Applies the rows, in their order.
pub(super) fn rows(tx: &mut Tx, pass: &Pass, rows: &[StagedRow]) -> Outcome<Vec<Judged>> {
    let mut judged: Vec<Judged> = Vec::with_capacity(rows.len());
    let mut open: Vec<&StagedRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match skip(&row.cells) {
            Some(note) => judged.push(Judged {
                outcome: RowOutcome::Skipped,
                findings: note.into(),
                ..blank(row)
            }),
            None => open.push(row),
        }
    }
    judged.extend(match pass.run.kind {
        Kind::Students => students::apply(tx, pass, &open)?,
        Kind::Contacts => contacts::apply(tx, pass, &open)?,
        Kind::Enrolments => enrolments::apply(tx, pass, &open)?,
        Kind::Staff => staff::apply(tx, pass, &open)?,
        Kind::Schools => schools::apply(tx, pass, &open)?,
    });
    for one in &mut judged {
        tidy(&mut one.findings);
    }
    judged.sort_by_key(|one| one.number);
    Ok(judged)
}

/// A row of which nothing is known yet.
pub(super) fn blank(row: &StagedRow) -> Judged {
    Judged {
        number: row.number,
        outcome: RowOutcome::Problem,
        findings: Findings::default(),
        key: None,
        touched: Vec::new(),
    }
}

/// The same finding at the same field once; what refuses first.
fn tidy(findings: &mut Findings) {
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings.0.drain(..) {
        if !kept
            .iter()
            .any(|one| one.code == finding.code && one.field == finding.field)
        {
            kept.push(finding);
        }
    }
    kept.sort_by_key(|one| one.severity);
    findings.0 = kept;
}

/// What a row is known by, hashed: rows with the same are about the same record.
pub(super) fn key_of(parts: &[&str]) -> Vec<u8> {
    let text = parts.join("\u{1f}");
    ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref()[..16].to_vec()
}

/// Refuses rows about a record that an earlier row of the file is about.
pub(super) struct Twins {
    earlier: HashMap<Vec<u8>, i32>,
}

impl Twins {
    /// Looks for the keys among the rows before the chunk.
    pub(super) fn before(
        tx: &mut Tx,
        pass: &Pass,
        keys: impl Iterator<Item = Vec<u8>>,
        first: i32,
    ) -> Outcome<Self> {
        let earlier = store::earlier_rows(tx, pass.run.id, &keys.collect::<Vec<_>>(), first)?;
        Ok(Self { earlier })
    }
    /// The finding when an earlier row has one of these keys; else they are this row's.
    pub(super) fn of(&mut self, keys: &[Vec<u8>], number: i32) -> Option<Finding> {
        let twin = keys
            .iter()
            .find_map(|key| self.earlier.get(key).copied())
            .filter(|row| *row != number);
        if twin.is_none() {
            for key in keys {
                self.earlier.insert(key.clone(), number);
            }
        }
        twin.map(|row| Finding::refuse("LP-0830", "").with("row", row))
    }
}

/// What a row gathers while it is written.
#[derive(Default)]
pub(super) struct Doing {
    pub(super) found: Findings,
    pub(super) touched: Vec<Touch>,
}

impl Doing {
    /// The value of a step; its findings are kept, with their fields under
    /// other names. None when it was refused: the row goes on, so that every
    /// finding is named.
    pub(super) fn step<T>(&mut self, done: Outcome<T>, field: impl Fn(&str) -> String) -> Outcome<Option<T>> {
        match done {
            Ok(value) => Ok(Some(value)),
            Err(failure) => {
                let findings = told(failure)?;
                self.keep(findings, field);
                Ok(None)
            }
        }
    }
    /// Keeps findings, with their fields under other names.
    pub(super) fn keep(&mut self, findings: Findings, field: impl Fn(&str) -> String) {
        self.found.extend(findings.0.into_iter().map(|mut finding| {
            finding.field = field(&finding.field);
            finding
        }));
    }
}

/// The findings of a failure that is the row's; others are the pass's.
pub(super) fn told(failure: Failure) -> Outcome<Findings> {
    match failure {
        Failure::Invalid(findings) => Ok(findings),
        Failure::Conflict(_) => Ok(Finding::refuse("LP-0851", "").into()),
        Failure::NotFound | Failure::Denied(_) => Ok(Finding::refuse("LP-0852", "").into()),
        other => Err(other),
    }
}

/// Does one row in a savepoint: when anything refuses, nothing of it stays.
pub(super) fn in_savepoint(
    tx: &mut Tx,
    judged: &mut Judged,
    work: impl FnOnce(&mut Tx, &mut Doing) -> Outcome<()>,
) -> Outcome<()> {
    let mut doing = Doing::default();
    let done = tx.attempt(|tx| {
        work(tx, &mut doing)?;
        if doing.found.refuse() {
            Err(Failure::Invalid(Findings::default()))
        } else {
            Ok(())
        }
    });
    judged.findings.extend(doing.found.0);
    match done {
        Ok(()) => {
            judged.outcome = if doing.touched.is_empty() {
                RowOutcome::Same
            } else {
                RowOutcome::Changed
            };
            judged.touched = doing.touched;
        }
        Err(failure) => {
            let findings = told(failure)?;
            judged.findings.extend(findings.0);
            judged.outcome = RowOutcome::Problem;
            judged.touched.clear();
        }
    }
    Ok(())
}

/// A field as it is; the province's rules name two of them otherwise.
pub(super) fn same(field: &str) -> String {
    match field {
        "start_date" => "start",
        "exit_date" => "exit",
        other => other,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_written_says_why_and_a_fault_ends_the_run() {
        let refused = Failure::refuse("LP-0401", "start");
        for (failure, want) in [
            (refused, "LP-0401"),
            (Failure::stale("student", 1, 2), "LP-0851"),
            (Failure::NotFound, "LP-0852"),
            (Failure::Denied("students.edit"), "LP-0852"),
        ] {
            let found = told(failure).expect("the row's own");
            let codes: Vec<&str> = found.0.iter().map(|one| one.code.as_str()).collect();
            assert_eq!(codes, [want]);
            assert!(found.refuse(), "{want}: the row is not written");
        }
        let fault = Failure::Fault("a row that cannot be read".to_owned());
        assert!(told(fault).is_err());
    }
}
