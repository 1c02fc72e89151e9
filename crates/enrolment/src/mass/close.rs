//! The end of a school year for one enrolment.

use super::model::{Close, MassChange};
use super::run::Runner;
use crate::model::{Enrolment, ExitKind};
use crate::ops::{self, Saved};
use crate::rules::Judge;
use db::Tx;
use kernel::{Date, EnrolmentId, Failure, Finding, Outcome, SchoolId, SchoolYear};
use people::On;

/// The enrolment that was found when the batch began, while it counts and is within reach.
pub(super) fn target(
    all: &[Enrolment],
    is_own: impl Fn(SchoolId) -> bool,
    id: Option<EnrolmentId>,
) -> Option<Enrolment> {
    let found = all.iter().find(|one| Some(one.id) == id)?;
    (!found.is_deleted() && is_own(found.school)).then(|| found.clone())
}

/// The change with the day it means for this enrolment: a school's own last
/// instructional day where none is named. Refused when that is not known.
pub(super) fn settled(
    tx: &mut Tx,
    before: &Enrolment,
    change: &MassChange,
) -> Outcome<Result<MassChange, Finding>> {
    let MassChange::Close(close @ Close { on: None, .. }) = change else {
        return Ok(Ok(change.clone()));
    };
    let day = instructional(tx, (before.school, before.year), |days| days.last())?;
    Ok(day
        .map(|day| {
            let on = Some(day);
            MassChange::Close(Close { on, ..close.clone() })
        })
        .ok_or_else(|| no_calendar(before.year)))
}

pub(super) fn no_calendar(year: SchoolYear) -> Finding {
    Finding::refuse("LP-0469", "on").with("year", year)
}

/// The instructional day that `pick` takes out of a school's year; none when no calendar is set.
pub(super) fn instructional(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    pick: impl FnOnce(&mut dyn Iterator<Item = Date>) -> Option<Date>,
) -> Outcome<Option<Date>> {
    match schools::calendar(tx, school, year) {
        Ok(calendar) => Ok(pick(&mut schools::rules::instructional_days(&calendar))),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Ends the enrolment on the day that the preview showed.
pub(super) fn end(
    tx: &mut Tx,
    runner: &Runner<'_>,
    on: &On<EnrolmentId>,
    (day, kind): (&str, ExitKind),
    judge: &dyn Judge,
) -> Outcome<Saved<Enrolment>> {
    let day = day
        .parse()
        .map_err(|_| Failure::Fault(format!("mass_row.new_value is no day for {}", on.id)))?;
    match kind {
        ExitKind::Completion => ops::complete(tx, runner.manage, on, day, judge),
        ExitKind::Withdrawal => ops::withdraw(tx, runner.manage, on, day, judge),
    }
}
