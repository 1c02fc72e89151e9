//! Rows of files go when their time is over.

use crate::rules::days_kept;
use crate::store;
use access::Permit;
use access::action::Import;
use db::{Reading, Subject, Tx};
use kernel::Outcome;
use serde_json::json;

/// Rows taken away in one transaction.
const AT_ONCE: i64 = 5_000;

/// Takes away rows of one run on which nobody worked for as long as rows are
/// kept (see [`days_kept`]). Returns how many; none when no run is due, so that a
/// caller goes on until then, a transaction each.
///
/// The run stays with its figures, and says from its last row on that it can no
/// longer be run or undone. Writes: deletes from `import_row`; `import_run`,
/// and `import.clear` in the audit.
pub fn clear_old_rows(tx: &mut Tx, _permit: &Permit<Import>) -> Outcome<Option<usize>> {
    let days = days_kept(tx.today());
    let before = tx.now().plus_seconds(-days * 86_400);
    let Some(id) = store::idle_run(tx, before)? else {
        return Ok(None);
    };
    let gone = store::clear_rows(tx, id, AT_ONCE)?;
    if i64::try_from(gone).is_ok_and(|gone| gone < AT_ONCE) {
        store::set_cleared(tx, id)?;
        tx.record(
            "import.clear",
            Subject::new("import", id),
            &json!({ "days": days }),
        );
    }
    Ok(Some(gone))
}
