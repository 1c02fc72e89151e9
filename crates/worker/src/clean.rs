//! What is not kept for ever.

use access::{sessions, throttle};
use db::Tx;
use jobs::{Note, Run};
use kernel::Outcome;

/// Sessions over for a month, and what was asked in them.
pub(crate) fn sessions(tx: &mut Tx, _: &Run) -> Outcome<Note> {
    sessions::forget_old(tx).map(|gone| Note::of("forgotten", gone))
}

/// Failed attempts that slow nobody down any more.
pub(crate) fn throttle(tx: &mut Tx, _: &Run) -> Outcome<Note> {
    throttle::forget_old_failures(tx).map(|gone| Note::of("forgotten", gone))
}

/// Jobs that ended a season ago.
pub(crate) fn jobs(tx: &mut Tx, _: &Run) -> Outcome<Note> {
    jobs::forget_old(tx).map(|gone| Note::of("forgotten", gone))
}
