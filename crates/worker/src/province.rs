//! What is done with PASI once a day.

use db::Tx;
use jobs::{Note, Run, Work};
use kernel::Outcome;
use pasi::{CALLS_KEPT_DAYS, Connector};

/// The province's code values read: what is new may be chosen from now on.
pub(crate) async fn codes(connector: Connector) -> Outcome<Note> {
    let changed = connector.read_codes().await?;
    Ok(Note::of("changed", changed))
}

/// Both sides compared: what drifted apart is read again.
pub(crate) async fn compare(connector: Connector) -> Outcome<Note> {
    let check = connector.check().await?;
    Ok(Note::of("came", check.came).and("put-right", check.put_right()))
}

/// Lines of the log of calls that are older than they must be kept.
pub(crate) fn calls(work: &Work) -> Outcome<Note> {
    let mut forgotten = 0;
    loop {
        work.go_on()?;
        match work.write(|tx| pasi::prune_calls(tx, CALLS_KEPT_DAYS))? {
            0 => return Ok(Note::of("forgotten", forgotten)),
            gone => forgotten += gone,
        }
    }
}

/// Figures of how long changes took that no page shows any more.
pub(crate) fn lags(tx: &mut Tx, _: &Run) -> Outcome<Note> {
    pasi::prune_lags(tx).map(|gone| Note::of("forgotten", gone))
}
