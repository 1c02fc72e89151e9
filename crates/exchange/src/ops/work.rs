//! The passes over a run: reading it in, rehearsing it, writing it. Each goes
//! in chunks of one transaction, so that persons pass in between, and so that
//! a program that was killed goes on behind the last whole chunk.

use super::apply::{self, Pass};
use super::permits::{Permits, Province};
use crate::events::{IMPORT_APPLIED, Imported};
use crate::model::{Kind, Progress, Run, State};
use crate::rules::{Bound, Ground};
use crate::{rules, store};
use db::{Lane, Reading, Store, Subject, Tx};
use kernel::{AuthorityCode, Failure, Finding, Findings, ImportId, Outcome};
use serde::Serialize;

/// Rows of a chunk.
pub(crate) const fn chunk(kind: Kind) -> i64 {
    match kind {
        // A password is hashed for each.
        Kind::Staff => 10,
        Kind::Students | Kind::Contacts | Kind::Enrolments | Kind::Schools => 400,
    }
}

/// Chunks after which the database looks anew at how much it holds.
const MANY: u32 = 5;

/// What long work on a run needs. Call it on a blocking thread.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// The records.
    pub store: &'a Store,
    /// What may be done, and by whom.
    pub permits: &'a Permits,
    /// The province's rules.
    pub province: &'a dyn Province,
}

#[derive(Serialize)]
struct Detail<'a> {
    kind: Kind,
    file: &'a str,
    sha256: String,
    totals: crate::model::Totals,
}

impl Work<'_> {
    /// Rehearses the run: every row goes through the operations that would
    /// write it, and each chunk is taken back. Writes the run and its rows alone.
    ///
    /// Refused when required columns are missing (`LP-0814`, one each). A
    /// conflict while another is at work on it, or when any of it is written.
    pub fn check(&self, id: ImportId, told: &mut dyn FnMut(&Progress)) -> Outcome<Progress> {
        let from = [State::Read, State::Checked, State::Undone];
        self.passes(id, (&from, State::Checking, State::Checked), told)
    }

    /// Writes the run: rows that are in the records already are left alone, so
    /// that it can be run again after rows were corrected, or when it was killed.
    ///
    /// Refused and a conflict as [`Self::check`]. Writes what its rows say, with
    /// the audit and events of each operation, and `import.run`. Announces
    /// `import.applied`.
    pub fn run(&self, id: ImportId, told: &mut dyn FnMut(&Progress)) -> Outcome<Progress> {
        let from = [State::Read, State::Checked, State::Applied, State::Undone];
        self.passes(id, (&from, State::Running, State::Applied), told)
    }

    fn passes(
        &self,
        id: ImportId,
        (from, busy, end): (&[State], State, State),
        told: &mut dyn FnMut(&Progress),
    ) -> Outcome<Progress> {
        // One name a worker: a second one, in this program or another, keeps off.
        let worker = uuid::Uuid::new_v4().to_string();
        self.write(|tx| {
            let run = visible(tx, self.permits, id)?;
            missing(&run)?;
            store::claim(tx, id, &worker, (from, busy)).map(|_| ())
        })?;
        let mut chunks = 0_u32;
        loop {
            let progress = self.write(|tx| self.one_chunk(tx, id, &worker, (busy, end)))?;
            told(&progress);
            chunks += 1;
            if chunks == MANY || (chunks > MANY && !progress.goes_on) {
                self.store.take_stock()?;
            }
            if !progress.goes_on {
                return Ok(progress);
            }
        }
    }

    pub(crate) fn write<T>(&self, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
        self.store.write_now(Lane::Batch, self.permits.actor(), work)
    }

    fn one_chunk(
        &self,
        tx: &mut Tx,
        id: ImportId,
        worker: &str,
        (busy, end): (State, State),
    ) -> Outcome<Progress> {
        let run = store::run(tx, id)?;
        if run.state != busy {
            return Err(Failure::stale("import_run", 0, 0));
        }
        let limit = chunk(run.kind);
        let rows = store::open_rows(tx, id, run.done_to, limit)?;
        let is_written = busy == State::Running;
        let mut last = run.done_to;
        if let Some(row) = rows.last() {
            last = row.number;
            let pass = Pass {
                bound: Bound::new(&run.mapping, &run.source.headings),
                ground: ground(tx)?,
                run: &run,
                permits: self.permits,
                province: self.province,
            };
            let judged = if is_written {
                apply::rows(tx, &pass, &rows)?
            } else {
                tx.rehearse(|tx| apply::rows(tx, &pass, &rows))?
            };
            store::save_judged(tx, id, &judged, is_written)?;
        }
        store::hold(tx, id, worker, last)?;
        if i64::try_from(rows.len()).is_ok_and(|many| many == limit) {
            let totals = counted(&run, last);
            return Ok(Progress {
                state: busy,
                totals,
                goes_on: true,
            });
        }
        let totals = store::recount(tx, id)?;
        store::release(tx, id, worker, end)?;
        tell(tx, &run, totals, end);
        Ok(Progress {
            state: end,
            totals,
            goes_on: false,
        })
    }
}

/// While a pass goes on only its place is known; rows are counted at its end.
fn counted(run: &Run, last: i32) -> crate::model::Totals {
    crate::model::Totals {
        all: run.totals.all,
        same: last.min(run.totals.all),
        ..Default::default()
    }
}

fn tell(tx: &mut Tx, run: &Run, totals: crate::model::Totals, end: State) {
    let subject = Subject::new("import", run.id);
    let detail = Detail {
        kind: run.kind,
        file: &run.file_name,
        sha256: hex(&run.source.hash),
        totals,
    };
    if end == State::Applied {
        tx.record("import.run", subject.clone(), &detail);
        tx.announce(
            IMPORT_APPLIED,
            &subject,
            &Imported {
                kind: run.kind,
                totals,
            },
        );
    } else {
        tx.record("import.check", subject, &detail);
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What rows are read against.
pub(crate) fn ground(tx: &mut Tx) -> Outcome<Ground> {
    let code = format!("{:04}", tx.division().0);
    let ours: AuthorityCode = code
        .parse()
        .map_err(|_| Failure::Fault(format!("division {code} is no authority")))?;
    Ok(Ground {
        directory: schools::directory(tx)?,
        today: tx.today(),
        ours,
    })
}

/// The run, when its kind is one the permits are for.
pub(crate) fn visible(at: &mut impl Reading, permits: &Permits, id: ImportId) -> Outcome<Run> {
    let run = store::run(at, id)?;
    if run.kind == permits.kind() {
        Ok(run)
    } else {
        Err(Failure::NotFound)
    }
}

/// Refuses a mapping without a column for each required field; a student or
/// contact must be known by a number.
pub(crate) fn missing(run: &Run) -> Outcome<()> {
    let bound = Bound::new(&run.mapping, &run.source.headings);
    let mut findings: Findings = rules::fields_of(run.kind)
        .filter(|field| field.is_required && !bound.has(field.name))
        .map(|field| Finding::refuse("LP-0814", field.name).with("field", field.name))
        .collect();
    let by_number = matches!(run.kind, Kind::Contacts | Kind::Enrolments);
    if by_number && !bound.has("student_asn") && !bound.has("student_number") {
        findings.push(Finding::refuse("LP-0814", "student_number").with("field", "student_number"));
    }
    findings.or_refuse().map(|_| ())
}
