//! Mappings, and cells corrected by hand.

use super::permits::Permits;
use super::work::visible;
use crate::model::{Filter, Kind, Mapping, SavedMapping};
use crate::read::{LONGEST_CELL, RawRow};
use crate::{rules, store};
use access::Permit;
use access::action::Import;
use db::{Reading, Subject, Tx};
use kernel::{Conflict, Failure, ImportId, Outcome, SavedId};
use serde_json::json;

/// Mappings that persons saved, by name.
pub fn saved_mappings(at: &mut impl Reading, _permit: &Permit<Import>) -> Outcome<Vec<SavedMapping>> {
    store::mappings(at)
}

/// Saves a mapping; one of the same name is replaced. Refused without a name
/// (`LP-0815`). Writes: `import_mapping`, audit.
pub fn save_mapping(tx: &mut Tx, _permit: &Permit<Import>, kind: Kind, mapping: Mapping) -> Outcome<SavedId> {
    if mapping.label.trim().is_empty() || mapping.label.chars().count() > 80 {
        return Err(Failure::refuse("LP-0815", "label"));
    }
    let id = SavedId::fresh(tx.now());
    let label = mapping.label.clone();
    let saved = SavedMapping {
        id,
        kind,
        mapping,
        created_by: tx.actor().name.clone(),
        created_at: tx.now(),
    };
    store::insert_mapping(tx, &saved)?;
    tx.record(
        "import.save-mapping",
        Subject::new("import_mapping", id),
        &json!({ "label": label, "kind": kind }),
    );
    Ok(id)
}

/// Deletes a saved mapping; runs that used it keep it.
pub fn delete_mapping(tx: &mut Tx, _permit: &Permit<Import>, id: SavedId) -> Outcome<()> {
    store::delete_mapping(tx, id)?;
    tx.record(
        "import.delete-mapping",
        Subject::new("import_mapping", id),
        &json!({}),
    );
    Ok(())
}

/// Sets which column of a run is which field, and whether the province is
/// told of what is new. A conflict once any of the run is written, or while
/// somebody is at work on it. Writes: `import_run`, audit.
pub fn set_mapping(
    tx: &mut Tx,
    permits: &Permits,
    id: ImportId,
    (mapping, tells): (&Mapping, bool),
) -> Outcome<()> {
    let run = visible(tx, permits, id)?;
    if run.state.is_busy() || run.state.is_written() {
        return Err(in_use());
    }
    store::set_mapping(tx, id, mapping, tells)?;
    tx.record(
        "import.map",
        Subject::new("import", id),
        &json!({ "columns": mapping.columns.len(), "tells": tells }),
    );
    Ok(())
}

/// Reads the file of a run as another kind, or by another mapping; without a
/// mapping the headings suggest one. A conflict once any of the run is
/// written, or while somebody is at work on it; the file is to be checked
/// anew. Writes: `import_run`, audit.
pub fn read_as(
    tx: &mut Tx,
    (permits, to): (&Permits, &Permits),
    id: ImportId,
    mapping: Option<Mapping>,
) -> Outcome<()> {
    let run = visible(tx, permits, id)?;
    if run.state.is_busy() || run.state.is_written() {
        return Err(in_use());
    }
    let kind = to.kind();
    let mapping = if let Some(mapping) = mapping {
        mapping
    } else {
        let first = Filter {
            limit: FIRST,
            ..Filter::default()
        };
        let rows: Vec<RawRow> = store::rows(tx, id, &first)?
            .into_iter()
            .map(|row| RawRow {
                number: row.number,
                width: row.cells.len(),
                cells: row.cells,
                is_damaged: false,
            })
            .collect();
        let saved: Vec<Mapping> = store::mappings(tx)?
            .into_iter()
            .filter(|one| one.kind == kind)
            .map(|one| one.mapping)
            .collect();
        rules::suggest(kind, &run.source.headings, &rows, &saved)
    };
    store::read_as(tx, id, kind, &mapping)?;
    tx.record(
        "import.read-as",
        Subject::new("import", id),
        &json!({ "was": run.kind, "kind": kind, "mapping": mapping.label }),
    );
    Ok(())
}

/// Rows by which the form of dates is seen.
const FIRST: i64 = 200;

/// Corrects cells of a row that is not in the records: `(place, text)` each.
/// The row is judged with the next check or run.
///
/// A conflict when it is in the records, or somebody is at work on the run.
/// Refused when a text is longer than a cell may be (`LP-0805`). Writes: `import_row`, audit.
pub fn edit_row(
    tx: &mut Tx,
    permits: &Permits,
    id: ImportId,
    (number, edits): (i32, &[(usize, String)]),
) -> Outcome<()> {
    let run = visible(tx, permits, id)?;
    if run.state.is_busy() {
        return Err(in_use());
    }
    let mut row = store::one_row(tx, id, number)?;
    if row.is_done {
        return Err(in_use());
    }
    let mut changed = Vec::new();
    for (place, text) in edits {
        if text.chars().count() > LONGEST_CELL {
            return Err(Failure::refuse("LP-0805", "file"));
        }
        if let Some(cell) = row.cells.get_mut(*place)
            && cell != text
        {
            changed.push(run.source.headings.get(*place).cloned().unwrap_or_default());
            cell.clone_from(text);
        }
    }
    if !changed.is_empty() {
        row.cells.truncate(run.source.headings.len());
        store::save_cells(tx, id, number, row.cells)?;
        store::recount(tx, id)?;
        tx.record(
            "import.edit-row",
            Subject::new("import", id),
            &json!({ "row": number, "columns": changed }),
        );
    }
    Ok(())
}

fn in_use() -> Failure {
    Failure::Conflict(Conflict {
        what: "import_run",
        seen: 0,
        now: 0,
    })
}
