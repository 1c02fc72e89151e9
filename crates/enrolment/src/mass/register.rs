//! The next school year for one student: registered, and taken back.

use super::close::{instructional, no_calendar};
use super::model::{Exception, Place, Register, RowState};
use super::run::{self, Runner, current, passed_over};
use super::store::{BatchRow, RowRow};
use crate::model::{Enrol, Enrolment, State};
use crate::ops;
use crate::ops::decide::{self, Draft};
use crate::rules::{self, Judge, Seat};
use crate::store as enrolments;
use db::Tx;
use kernel::{EnrolmentId, Failure, Finding, Findings, Outcome};
use people::On;

/// Judges a student: where now, where then, findings. Nothing is changed.
pub(super) fn prepare(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, wanted): (&mut RowRow, &Register),
    judge: &dyn Judge,
) -> Outcome<()> {
    let all = enrolments::of_student(tx, row.student_id)?;
    row.new_value.clear();
    let Some(from) = rules::goes_on_from(&all, wanted.year.previous()) else {
        refused(row, Finding::refuse("LP-0470", ""));
        return Ok(());
    };
    row.enrolment_id = Some(from.id);
    row.seen_version = from.known.version;
    row.old_value = text(&place_of(from))?;
    if !wanted.schools.contains(&from.school) {
        let school = schools::school(tx, from.school)?.name;
        refused(row, Finding::refuse("LP-0465", "").with("school", school));
        return Ok(());
    }
    row.set_seat(Seat::of(from));
    if let Some(there) = rules::registered(&all, wanted.year) {
        row.new_value = text(&place_of(there))?;
        row.find(RowState::Same, &Finding::note("LP-0471", "").into());
        return Ok(());
    }
    let place = match next_place(tx, runner, (row, wanted), Seat::of(from))? {
        Ok(place) => place,
        Err(finding) => {
            refused(row, finding);
            return Ok(());
        }
    };
    row.new_value = text(&place)?;
    let after = enrolment(tx, (row, wanted), (from, &place));
    let draft = Draft {
        before: None,
        after: &after,
        beside: None,
    };
    let mut findings = decide::findings(tx, draft, judge)?;
    findings.extend(rules::to_confirm(&from.coding).0);
    row.judged(&findings);
    Ok(())
}

/// Registers the student where the preview showed, unless the record changed since.
pub(super) fn apply(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, wanted, batch): (&mut RowRow, &Register, &BatchRow),
    judge: &dyn Judge,
) -> Outcome<()> {
    let Some(from) = current(tx, row, row.seen_version)? else {
        row.find(RowState::Stale, &Finding::refuse("LP-0445", "").into());
        return Ok(());
    };
    let all = enrolments::of_student(tx, row.student_id)?;
    if rules::registered(&all, wanted.year).is_some() {
        row.find(RowState::Stale, &Finding::refuse("LP-0472", "").into());
        return Ok(());
    }
    let place: Place = serde_json::from_str(&row.new_value)
        .map_err(|error| Failure::Fault(format!("mass_row.new_value of {}: {error}", row.batch_id)))?;
    let on = On::new(row.student_id, made_id(row)).because(&run::reason(batch));
    let enrol = Enrol {
        school: place.seat.school,
        year: wanted.year,
        grade: place.seat.grade,
        homeroom: String::new(),
        start: place.start,
        exit: None,
        coding: rules::carried(&from.coding),
    };
    match ops::enrol(tx, runner.manage, &on, enrol, judge) {
        Ok(mut saved) => {
            row.made_version = saved.record.known.version;
            saved.findings.extend(rules::to_confirm(&from.coding).0);
            row.find(RowState::Done, &saved.findings);
        }
        Err(failure) => row.find(RowState::Refused, &passed_over(failure)?),
    }
    Ok(())
}

/// The registration does not count any more, unless somebody changed it since.
pub(super) fn undo(tx: &mut Tx, runner: &Runner<'_>, (row, batch): (&mut RowRow, &BatchRow)) -> Outcome<()> {
    let made = enrolments::enrolment(tx, made_id(row))?;
    if made.known.version != row.made_version {
        row.find(RowState::Kept, &Finding::refuse("LP-0446", "").into());
        return Ok(());
    }
    let on = run::on(row, made.id, row.made_version, batch);
    match ops::created_in_error(tx, runner.manage, &on) {
        Ok(saved) => row.find(RowState::Undone, &saved.findings),
        Err(failure) => row.find(RowState::Kept, &passed_over(failure)?),
    }
    Ok(())
}

/// The enrolment that a row makes; always the same, so that one row makes one.
fn made_id(row: &RowRow) -> EnrolmentId {
    EnrolmentId::derived(&format!("{}:{}", row.batch_id, row.row_number))
}

/// School, grade and first day: what a person decided for the student, else what the rules say.
fn next_place(
    tx: &mut Tx,
    runner: &Runner<'_>,
    (row, wanted): (&RowRow, &Register),
    from: Seat,
) -> Outcome<Result<Place, Finding>> {
    let seat = match row.exception()? {
        Some(Exception::Seat(seat)) => seat,
        _ => match rules::next_seat(from, &schools::directory(tx)?, &wanted.onward) {
            Ok(seat) => seat,
            Err(finding) => return Ok(Err(finding)),
        },
    };
    if !runner.manage.covers_school(seat.school) {
        let school = schools::school(tx, seat.school)?.name;
        let finding = Finding::refuse("LP-0468", "").with("school", school);
        return Ok(Err(finding));
    }
    let start = match wanted.on {
        Some(day) => Some(day),
        None => instructional(tx, (seat.school, wanted.year), |days| days.next())?,
    };
    Ok(start
        .map(|start| Place { seat, start })
        .ok_or_else(|| no_calendar(wanted.year)))
}

fn enrolment(tx: &Tx, (row, wanted): (&RowRow, &Register), (from, place): (&Enrolment, &Place)) -> Enrolment {
    Enrolment {
        id: made_id(row),
        student: row.student_id,
        school: place.seat.school,
        year: wanted.year,
        grade: place.seat.grade,
        homeroom: String::new(),
        start: place.start,
        state: State::Open,
        coding: rules::carried(&from.coding),
        known: decide::not_yet(tx, ""),
    }
}

fn refused(row: &mut RowRow, finding: Finding) {
    row.find(RowState::Refused, &Findings::from(finding));
}

fn place_of(enrolment: &Enrolment) -> Place {
    Place {
        seat: Seat::of(enrolment),
        start: enrolment.start,
    }
}

fn text(place: &Place) -> Outcome<String> {
    serde_json::to_string(place).map_err(|error| Failure::Fault(format!("mass_row value: {error}")))
}
