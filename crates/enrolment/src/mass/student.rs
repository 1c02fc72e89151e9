//! A change to a field of the students themselves: judged, applied and taken
//! back by the operation that a person uses for one of them.

use super::model::{RowState, StudentField};
use super::run::{Runner, passed_over, reason};
use super::store::{BatchRow, RowRow};
use db::{Reading, Tx};
use kernel::{Failure, Finding, Findings, Outcome};
use people::{ChangeIdentity, On, Student};

/// What shall be different: a field, and the code it shall have.
pub(super) type Wanted<'a> = (StudentField, &'a str);

/// Judges a student: old, new, findings. Nothing is changed.
pub(super) fn prepare(
    tx: &mut Tx,
    runner: &Runner<'_>,
    row: &mut RowRow,
    (field, to): Wanted<'_>,
) -> Outcome<()> {
    row.enrolment_id = None;
    let Some(mut student) = student(tx, runner, row)? else {
        row.find(RowState::Refused, &Finding::refuse("LP-0447", "").into());
        return Ok(());
    };
    row.seen_version = student.version;
    row.old_value = std::mem::replace(field.of(&mut student.identity), to.to_owned());
    to.clone_into(&mut row.new_value);
    if row.old_value == row.new_value {
        row.find(RowState::Same, &Findings::default());
        return Ok(());
    }
    let findings = people::rules::identity(&student.identity, tx.today());
    row.judged(&findings);
    Ok(())
}

/// Lets the operation run for a student, as the preview showed it.
pub(super) fn apply(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, batch): (&mut RowRow, &BatchRow),
    (field, to): Wanted<'_>,
) -> Outcome<()> {
    let Some(now) = student(tx, runner, row)?.filter(|now| now.version == row.seen_version) else {
        row.find(RowState::Stale, &Finding::refuse("LP-0448", "").into());
        return Ok(());
    };
    match save(tx, runner, batch, (now, field, to)) {
        Ok((version, findings)) => {
            row.made_version = version;
            row.find(RowState::Done, &findings);
        }
        Err(failure) => row.find(RowState::Refused, &passed_over(failure)?),
    }
    Ok(())
}

/// Lets the field say again what it said before the batch.
pub(super) fn undo(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, batch): (&mut RowRow, &BatchRow),
    field: StudentField,
) -> Outcome<()> {
    let Some(now) = student(tx, runner, row)?.filter(|now| now.version == row.made_version) else {
        row.find(RowState::Kept, &Finding::refuse("LP-0449", "").into());
        return Ok(());
    };
    match save(tx, runner, batch, (now, field, row.old_value.as_str())) {
        Ok((_, findings)) => row.find(RowState::Undone, &findings),
        Err(failure) => row.find(RowState::Kept, &passed_over(failure)?),
    }
    Ok(())
}

/// The student; none when it is no longer within reach.
fn student(tx: &mut Tx, runner: &Runner<'_>, row: &RowRow) -> Outcome<Option<Student>> {
    match people::student(tx, runner.view, row.student_id) {
        Ok(student) => Ok(Some(student)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Saves the student as it stands with the one field changed; the version now, and what was found.
fn save(
    tx: &mut Tx,
    runner: &Runner<'_>,
    batch: &BatchRow,
    (now, field, to): (Student, StudentField, &str),
) -> Outcome<(i64, Findings)> {
    let on = On::seen(now.id, now.id, now.version).because(&reason(batch));
    let mut identity = now.identity;
    to.clone_into(field.of(&mut identity));
    let change = ChangeIdentity {
        identity,
        document_last_four: None,
    };
    let saved = people::change_identity(tx, runner.edit, &on, &change)?;
    Ok((saved.version, saved.findings))
}
