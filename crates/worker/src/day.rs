//! What turns with the calendar.

use access::Permit;
use access::action::ManageEnrolment;
use db::{Reading, Tx};
use jobs::{Note, Run};
use kernel::Outcome;

/// Cards whose restrictions begin or end.
pub(crate) fn people(tx: &mut Tx, run: &Run) -> Outcome<Note> {
    let (mut day, last) = run.days(tx.today());
    let mut students = 0;
    while day <= last {
        students += people::refresh_for_day(tx, day)?;
        day = day.plus_days(1);
    }
    Ok(Note::of("students", students))
}

/// Ties of accounts to students whose last day has passed.
pub(crate) fn ties(tx: &mut Tx, _: &Run) -> Outcome<Note> {
    access::ties::end_due(tx).map(|ended| Note::of("ended", ended))
}

/// Places of students whose enrolment begins, ends or runs out.
pub(crate) fn enrolment(tx: &mut Tx, run: &Run) -> Outcome<Note> {
    let permit = Permit::<ManageEnrolment>::program(run.actor())?;
    let since = run.last_day().unwrap_or_else(|| tx.today().plus_days(-1));
    enrolment::turn_day(tx, &permit, since).map(|students| Note::of("students", students))
}
