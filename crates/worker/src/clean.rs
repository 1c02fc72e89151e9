//! What is not kept for ever.

use access::action::Import;
use access::{Permit, sessions, throttle};
use db::Tx;
use jobs::{Note, Run, Work};
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

/// Rows of files on which nobody worked for as long as they are kept.
pub(crate) fn import_rows(work: &Work) -> Outcome<Note> {
    let permit = Permit::<Import>::program(work.run().actor())?;
    let mut all = 0;
    loop {
        work.go_on()?;
        match work.write(|tx| exchange::clear_old_rows(tx, &permit))? {
            None => return Ok(Note::of("forgotten", all)),
            Some(gone) => all += gone,
        }
    }
}
