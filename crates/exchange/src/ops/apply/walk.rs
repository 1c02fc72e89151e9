//! The one walk over the rows of a chunk: those read to nothing stay as they
//! are, one about the record of an earlier row is refused, every other is
//! written in a savepoint of its own.

use super::{Doing, Pass, Twins, blank, in_savepoint};
use crate::model::{RowOutcome, Touch};
use crate::rules::Cells;
use crate::store::{Judged, StagedRow};
use db::Tx;
use kernel::Outcome;

/// What a row says of a record.
pub(super) trait Draft {
    /// What the record is known by among the rows of a file.
    fn key(&self) -> Vec<u8>;
    /// Is this what writing a new record touches?
    fn is_new(touch: &Touch) -> bool;
}

/// A row with what is found so far, and what it says; none when it cannot be read.
pub(super) type Read<D> = (Judged, Option<D>);

/// Reads a row by its cells.
pub(super) fn read<D>(pass: &Pass, row: &StagedRow, work: impl FnOnce(&mut Cells) -> Option<D>) -> Read<D> {
    let mut cells = pass.cells(row);
    let draft = work(&mut cells);
    let judged = Judged {
        findings: cells.found,
        ..blank(row)
    };
    (judged, draft)
}

/// Writes what was read, row by row; `put` writes one.
pub(super) fn walk<D: Draft>(
    tx: &mut Tx,
    pass: &Pass,
    mut all: Vec<Read<D>>,
    mut put: impl FnMut(&mut Tx, &D, &mut Doing) -> Outcome<()>,
) -> Outcome<Vec<Judged>> {
    let first = all.first().map_or(0, |(judged, _)| judged.number);
    let keys: Vec<Vec<u8>> = all
        .iter()
        .filter_map(|(_, draft)| draft.as_ref().map(Draft::key))
        .collect();
    let mut twins = Twins::before(tx, pass, keys.into_iter(), first)?;
    for (judged, draft) in &mut all {
        let Some(draft) = draft else { continue };
        let key = draft.key();
        match twins.of(std::slice::from_ref(&key), judged.number) {
            Some(finding) => judged.findings.push(finding),
            None => judged.key = Some(key),
        }
        if judged.findings.refuse() {
            continue;
        }
        in_savepoint(tx, judged, |tx, doing| put(tx, draft, doing))?;
        if judged.touched.iter().any(D::is_new) {
            judged.outcome = RowOutcome::New;
        }
    }
    Ok(all.into_iter().map(|(judged, _)| judged).collect())
}
