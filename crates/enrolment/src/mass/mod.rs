//! One change to many students: chosen, looked at, applied, taken back.
//!
//! A batch holds its students from the moment they are chosen ([`begin`]).
//! [`choose`] says what shall change; then every student is judged, old and new
//! side by side, and nothing is changed yet. [`apply`] lets the ordinary
//! operations run, one for each student, in the person's name; [`take_back`]
//! undoes those that nobody has changed since. The work goes in chunks, one
//! transaction each ([`work`]): it may be stopped between two of them, and a
//! program that was killed leaves no student half changed.

mod close;
mod judge;
mod model;
mod register;
mod run;
mod store;
mod student;
mod year;

pub use model::{
    Batch, BatchState, Close, Exception, MassChange, Place, Register, Row, RowCounts, RowState, SeatCount,
    StudentField,
};
pub use run::{CHUNK, Runner, work};
pub use year::{begin_year, except, seats};

use crate::events;
use access::action::MassUpdate;
use access::{Action, Permit};
use db::{Reading, Subject, Tx};
use kernel::{AccountId, Failure, Finding, MassUpdateId, Outcome, SchoolId, StudentId};
use serde_json::json;
use store::{BatchRow, RowRow};

/// Most students of one batch.
pub const MOST: usize = 10_000;

/// Keeps the students that shall be changed. Those outside the permit's scope
/// are left out, as if they were not there. The same id again answers what is there.
///
/// Refused when none is left (`LP-0440`) or there are more than 10,000
/// (`LP-0441`). Writes: `mass_update`, `mass_row`, audit. Returns how many.
pub fn begin(
    tx: &mut Tx,
    permit: &Permit<MassUpdate>,
    id: MassUpdateId,
    students: &[StudentId],
) -> Outcome<usize> {
    let account = account(permit)?;
    if store::exists(tx, id)? {
        let there = store::batch(tx, id, account)?;
        return Ok(store::counts(tx, there.id)?.all());
    }
    if students.len() > MOST {
        let finding = Finding::refuse("LP-0441", "students").with("most", MOST);
        return Err(Failure::Invalid(finding.into()));
    }
    let mut own = Vec::with_capacity(students.len());
    for student in students {
        if !own.contains(student) && permit.covers(tx, *student)? {
            own.push(*student);
        }
    }
    if own.is_empty() {
        return Err(Failure::refuse("LP-0440", "students"));
    }
    let batch = BatchRow::new(tx, id, account);
    let rows = (1..)
        .zip(&own)
        .map(|(number, student)| RowRow::waiting(&batch, number, *student));
    store::insert(tx, &batch, rows.collect())?;
    record(tx, "mass-update.begin", id, &json!({ "students": own.len() }));
    Ok(own.len())
}

/// A batch of the acting person, with how many rows stand where; not found when it is another's.
pub fn batch(at: &mut impl Reading, permit: &Permit<MassUpdate>, id: MassUpdateId) -> Outcome<Batch> {
    let row = store::batch(at, id, account(permit)?)?;
    let counts = store::counts(at, id)?;
    row.batch(counts, at.now())
}

/// The acting person's last batches in which something was chosen, newest first, at most 20.
pub fn batches(at: &mut impl Reading, permit: &Permit<MassUpdate>) -> Outcome<Vec<Batch>> {
    let rows = store::of_account(at, account(permit)?)?;
    rows.into_iter()
        .map(|row| {
            let counts = store::counts(at, row.id)?;
            row.batch(counts, at.now())
        })
        .collect()
}

/// Which rows of a batch are asked for; by number.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// In one of these states; all when none is named.
    pub states: &'a [RowState],
    /// Of students at this school, at the end of a school year.
    pub school: Option<SchoolId>,
    /// Behind this number.
    pub after: i32,
    /// At most so many.
    pub limit: i64,
}

/// Rows of a batch of the acting person.
pub fn rows(
    at: &mut impl Reading,
    permit: &Permit<MassUpdate>,
    id: MassUpdateId,
    wanted: Wanted<'_>,
) -> Outcome<Vec<Row>> {
    store::batch(at, id, account(permit)?)?;
    store::rows(at, id, wanted.states, wanted.school, (wanted.after, wanted.limit))?
        .into_iter()
        .map(store::RowRow::row)
        .collect()
}

/// Says what shall change, and why; every student is judged anew.
///
/// Refused when the batch was applied already or is the end of a school year
/// (`LP-0442`), or when the change names nothing (`LP-0443`). Writes: `mass_update`, `mass_row`.
pub fn choose(
    tx: &mut Tx,
    permit: &Permit<MassUpdate>,
    id: MassUpdateId,
    change: &MassChange,
    reason: &str,
) -> Outcome<()> {
    let batch = store::batch(tx, id, account(permit)?)?;
    let is_open = matches!(
        batch.state,
        BatchState::Chosen | BatchState::Preparing | BatchState::Ready
    );
    let was_yearly = batch.wanted()?.is_some_and(|change| change.is_yearly());
    if !is_open || was_yearly || change.is_yearly() {
        return Err(Failure::refuse("LP-0442", ""));
    }
    judge::change(change).or_refuse()?;
    store::choose(tx, id, change, reason)
}

/// Lets the operations run. A batch that runs or has run is left as it is, so
/// that a form sent twice applies once.
///
/// Refused while students are still being judged (`LP-0442`). Writes:
/// `mass_update`, audit.
pub fn apply(tx: &mut Tx, permit: &Permit<MassUpdate>, id: MassUpdateId) -> Outcome<()> {
    let batch = store::batch(tx, id, account(permit)?)?;
    match batch.state {
        BatchState::Ready | BatchState::Stopped => {
            store::set_state(tx, id, BatchState::Applying)?;
            let detail = json!({ "change": batch.change, "will": store::counts(tx, id)?.of(RowState::Will) });
            record(tx, "mass-update.apply", id, &detail);
            Ok(())
        }
        BatchState::Chosen | BatchState::Preparing => Err(Failure::refuse("LP-0442", "")),
        _ => Ok(()),
    }
}

/// Stops between two chunks; what is done stays done and may be taken back, what is left may go on.
/// Writes: `mass_update`, audit.
pub fn stop(tx: &mut Tx, permit: &Permit<MassUpdate>, id: MassUpdateId) -> Outcome<()> {
    let batch = store::batch(tx, id, account(permit)?)?;
    if batch.state == BatchState::Applying {
        store::set_state(tx, id, BatchState::Stopped)?;
        record(tx, "mass-update.stop", id, &json!({}));
    }
    Ok(())
}

/// Takes the whole batch back, wherever nobody has changed a student's
/// enrolment since; the others are kept and named. Writes: `mass_update`, audit.
pub fn take_back(tx: &mut Tx, permit: &Permit<MassUpdate>, id: MassUpdateId) -> Outcome<()> {
    let batch = store::batch(tx, id, account(permit)?)?;
    match batch.state {
        BatchState::Done | BatchState::Stopped => {
            store::set_state(tx, id, BatchState::Undoing)?;
            let detail = json!({ "done": store::counts(tx, id)?.of(RowState::Done) });
            record(tx, "mass-update.undo", id, &detail);
            Ok(())
        }
        BatchState::Undoing | BatchState::Undone => Ok(()),
        _ => Err(Failure::refuse("LP-0442", "")),
    }
}

fn account(permit: &Permit<MassUpdate>) -> Outcome<AccountId> {
    permit.actor().account.ok_or(Failure::Denied(MassUpdate::NAME))
}

/// The audit row, and the news to others, of a step of a batch.
fn record(tx: &mut Tx, verb: &str, id: MassUpdateId, detail: &serde_json::Value) {
    let subject = Subject::new("mass-update", id);
    tx.record(verb, subject.clone(), detail);
    tx.announce(events::MASS_UPDATE, &subject, &json!({ "verb": verb }));
}
