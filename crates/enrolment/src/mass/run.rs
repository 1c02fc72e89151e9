//! The work of a batch, a chunk at a time.

use super::judge;
use super::model::{BatchState, MassChange, Register, RowState};
use super::store::{self, BatchRow, RowRow};
use super::{account, close, record, register, student};
use crate::model::{Change, Enrolment};
use crate::ops;
use crate::ops::decide::{self, Draft};
use crate::rules::{self, Judge};
use crate::store as enrolments;
use access::Permit;
use access::action::{EditStudents, ManageEnrolment, MassUpdate, ViewStudents};
use db::{Reading, Tx};
use kernel::{EnrolmentId, Failure, Finding, Findings, MassUpdateId, Outcome, StudentId};
use people::On;
use serde_json::json;

/// Students of one transaction.
pub const CHUNK: usize = 25;
/// How long whoever works may be silent before another may go on, in seconds.
const LEASE_SECONDS: i64 = 30;

/// Who does the work, with the permits of the person in whose name it is done.
pub struct Runner<'a> {
    /// A word of its own, so that two never work on one batch.
    pub name: &'a str,
    /// May change many.
    pub mass: &'a Permit<MassUpdate>,
    /// May change enrolments.
    pub manage: &'a Permit<ManageEnrolment>,
    /// May see students.
    pub view: &'a Permit<ViewStudents>,
    /// May change what is kept of students.
    pub edit: &'a Permit<EditStudents>,
}

/// Does one chunk of whatever the batch is at: judging, applying, taking back.
/// True while more is left for this runner.
///
/// `judge` gives the further rules for a student. A student whose change is
/// refused, or who was changed by somebody since, is noted and passed over; a
/// failure of the database undoes the chunk and nothing else.
/// Writes: `mass_row`, and what the operations write.
pub fn work<J: Judge>(
    tx: &mut Tx,
    runner: &Runner<'_>,
    id: MassUpdateId,
    judge: impl Fn(&mut Tx, StudentId) -> Outcome<J>,
) -> Outcome<bool> {
    let batch = store::batch(tx, id, account(runner.mass)?)?;
    let Some(change) = batch.wanted()?.filter(|_| batch.state.is_running()) else {
        return Ok(false);
    };
    let until = tx.now().plus_seconds(LEASE_SECONDS);
    if !store::lease(tx, id, runner.name, until)? {
        return Ok(false);
    }
    let (from, after) = match batch.state {
        BatchState::Preparing => (RowState::Waiting, BatchState::Ready),
        BatchState::Applying => (RowState::Will, BatchState::Done),
        _ => (RowState::Done, BatchState::Undone),
    };
    let limit = i64::try_from(CHUNK).unwrap_or(25);
    let rows = store::rows(tx, id, &[from], None, (0, limit))?;
    let is_last = rows.len() < CHUNK;
    for mut row in rows {
        match &change {
            MassChange::Student { field, to } => {
                one_student(tx, runner, (&mut row, &batch), (*field, to.as_str()))?;
            }
            MassChange::Register(wanted) => {
                let judge = judge(tx, row.student_id)?;
                one_registration(tx, runner, (&mut row, &batch), wanted, &judge)?;
            }
            _ => {
                let judge = judge(tx, row.student_id)?;
                one_enrolment(tx, runner, (&mut row, &batch), &change, &judge)?;
            }
        }
        store::save(tx, &row)?;
    }
    if is_last {
        finish(tx, id, after)?;
    }
    Ok(!is_last)
}

fn one_student(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, batch): (&mut RowRow, &BatchRow),
    wanted: student::Wanted<'_>,
) -> Outcome<()> {
    match batch.state {
        BatchState::Preparing => student::prepare(tx, runner, row, wanted),
        BatchState::Applying => student::apply(tx, runner, (row, batch), wanted),
        _ => student::undo(tx, runner, (row, batch), wanted.0),
    }
}

fn one_registration(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, batch): (&mut RowRow, &BatchRow),
    wanted: &Register,
    judge: &dyn Judge,
) -> Outcome<()> {
    match batch.state {
        BatchState::Preparing => register::prepare(tx, runner, (row, wanted), judge),
        BatchState::Applying => register::apply(tx, runner, (row, wanted, batch), judge),
        _ => register::undo(tx, runner, (row, batch)),
    }
}

fn one_enrolment(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, batch): (&mut RowRow, &BatchRow),
    change: &MassChange,
    judge: &dyn Judge,
) -> Outcome<()> {
    match batch.state {
        BatchState::Preparing => prepare(tx, runner, (row, change), judge),
        BatchState::Applying => apply(tx, runner, (row, change, batch), judge),
        _ => undo(tx, runner, (row, batch), judge),
    }
}

fn finish(tx: &mut Tx, id: MassUpdateId, state: BatchState) -> Outcome<()> {
    store::set_state(tx, id, state)?;
    store::release(tx, id)?;
    let counts = store::counts(tx, id)?;
    let counted: Vec<_> = counts
        .0
        .iter()
        .map(|(state, count)| json!([state, count]))
        .collect();
    match state {
        BatchState::Done => record(tx, "mass-update.done", id, &json!({ "rows": counted })),
        BatchState::Undone => record(tx, "mass-update.undone", id, &json!({ "rows": counted })),
        _ => {}
    }
    Ok(())
}

/// Judges a student: old, new, findings. Nothing is changed.
fn prepare(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, change): (&mut RowRow, &MassChange),
    judge: &dyn Judge,
) -> Outcome<()> {
    let all = enrolments::of_student(tx, row.student_id)?;
    let own = |school| runner.manage.covers_school(school);
    let before = match change {
        MassChange::Close(_) => close::target(&all, own, row.enrolment_id),
        _ => judge::target(&all, own, tx.today()),
    };
    let Some(before) = before else {
        row.enrolment_id = None;
        row.find(RowState::Refused, &Finding::refuse("LP-0444", "").into());
        return Ok(());
    };
    row.enrolment_id = Some(before.id);
    row.seen_version = before.known.version;
    row.old_value = judge::value(&before, change);
    let change = match close::settled(tx, &before, change)? {
        Ok(change) => change,
        Err(finding) => {
            row.find(RowState::Refused, &finding.into());
            return Ok(());
        }
    };
    let after = judge::after(&before, &judge::wanted(&before, &change));
    row.new_value = judge::value(&after, &change);
    if before.says_the_same(&after) {
        row.find(RowState::Same, &Findings::default());
        return Ok(());
    }
    let mut findings = judge::verb(&before, &change);
    let draft = Draft {
        before: Some(&before),
        after: &after,
        beside: None,
    };
    findings.extend(decide::findings(tx, draft, judge)?.0);
    if let (MassChange::Close(_), Some(exit)) = (&change, after.state.exit()) {
        findings.extend(rules::stays_elsewhere(&all, &after, exit).0);
    }
    row.judged(&findings);
    Ok(())
}

/// Lets the operation run for a student, as the preview showed it.
fn apply(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, change, batch): (&mut RowRow, &MassChange, &BatchRow),
    judge: &dyn Judge,
) -> Outcome<()> {
    let Some(before) = current(tx, row, row.seen_version)? else {
        row.find(RowState::Stale, &Finding::refuse("LP-0445", "").into());
        return Ok(());
    };
    let on = on(row, before.id, row.seen_version, batch);
    let saved = match change {
        MassChange::Withdraw { last_day } => ops::withdraw(tx, runner.manage, &on, *last_day, judge),
        MassChange::Close(close) => close::end(tx, runner, &on, (row.new_value.as_str(), close.kind), judge),
        _ => ops::change(tx, runner.manage, &on, judge::wanted(&before, change), judge),
    };
    match saved {
        Ok(saved) => {
            row.made_version = saved.record.known.version;
            row.find(RowState::Done, &saved.findings);
        }
        Err(failure) => row.find(RowState::Refused, &passed_over(failure)?),
    }
    Ok(())
}

/// Lets the enrolment say again what it said before the batch.
fn undo(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, batch): (&mut RowRow, &BatchRow),
    judge: &dyn Judge,
) -> Outcome<()> {
    let Some(now) = current(tx, row, row.made_version)? else {
        row.find(RowState::Kept, &Finding::refuse("LP-0446", "").into());
        return Ok(());
    };
    let history = enrolments::history(tx, row.student_id)?;
    let before = history
        .iter()
        .find(|one| one.id == now.id && one.known.version == row.seen_version);
    let Some(before) = before else {
        return Err(Failure::Fault(format!(
            "enrolment {} has no version {}",
            now.id, row.seen_version
        )));
    };
    let on = on(row, now.id, row.made_version, batch);
    match ops::change(tx, runner.manage, &on, Change::of(before), judge) {
        Ok(saved) => row.find(RowState::Undone, &saved.findings),
        Err(failure) => row.find(RowState::Kept, &passed_over(failure)?),
    }
    Ok(())
}

/// The row's enrolment, when it still is at that version.
pub(super) fn current(tx: &mut Tx, row: &RowRow, version: i64) -> Outcome<Option<Enrolment>> {
    let Some(id) = row.enrolment_id else {
        return Ok(None);
    };
    let now = enrolments::enrolment(tx, id)?;
    Ok(Some(now).filter(|now| now.known.version == version))
}

pub(super) fn on(row: &RowRow, id: EnrolmentId, seen: i64, batch: &BatchRow) -> On<EnrolmentId> {
    On::seen(row.student_id, id, seen).because(&reason(batch))
}

/// The batch stands in the reason of each change, so that the history ties them together.
pub(super) fn reason(batch: &BatchRow) -> String {
    let number = batch.id.to_string();
    let number = &number[number.len() - 6..];
    format!("{} #{number}", batch.reason).trim().to_owned()
}

/// What stops one student and not the others; every other failure stops the chunk.
pub(super) fn passed_over(failure: Failure) -> Outcome<Findings> {
    match failure {
        Failure::Invalid(findings) => Ok(findings),
        Failure::Conflict(_) => Ok(Finding::refuse("LP-0445", "").into()),
        Failure::NotFound | Failure::Denied(_) => Ok(Finding::refuse("LP-0447", "").into()),
        other => Err(other),
    }
}
