//! Saved mappings.

use crate::model::{Kind, SavedMapping};
use db::schema::import_mapping;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Instant, Outcome, SavedId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = import_mapping)]
struct Stored {
    division_id: DivisionId,
    id: SavedId,
    kind: Kind,
    label: String,
    column_map: String,
    created_by: String,
    created_at: Instant,
}

/// By name.
pub(crate) fn mappings(at: &mut impl Reading) -> Outcome<Vec<SavedMapping>> {
    let division = at.division();
    let rows: Vec<Stored> = import_mapping::table
        .filter(import_mapping::division_id.eq(division))
        .order(import_mapping::label)
        .select(Stored::as_select())
        .load(at.conn())?;
    rows.into_iter()
        .map(|row| {
            let mapping = serde_json::from_str(&row.column_map).map_err(|error| {
                Failure::Fault(format!("import_mapping.column_map of {}: {error}", row.id))
            })?;
            Ok(SavedMapping {
                id: row.id,
                kind: row.kind,
                mapping,
                created_by: row.created_by,
                created_at: row.created_at,
            })
        })
        .collect()
}

/// Keeps a mapping in place of the one of the same name.
pub(crate) fn insert_mapping(tx: &mut Tx, saved: &SavedMapping) -> Outcome<()> {
    let division_id = tx.division();
    let column_map = serde_json::to_string(&saved.mapping)
        .map_err(|error| Failure::Fault(format!("import_mapping.column_map: {error}")))?;
    let same = import_mapping::table.filter(
        import_mapping::division_id
            .eq(division_id)
            .and(import_mapping::label.eq(&saved.mapping.label)),
    );
    diesel::delete(same).execute(tx.conn())?;
    let row = Stored {
        division_id,
        id: saved.id,
        kind: saved.kind,
        label: saved.mapping.label.clone(),
        column_map,
        created_by: saved.created_by.clone(),
        created_at: saved.created_at,
    };
    diesel::insert_into(import_mapping::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

pub(crate) fn delete_mapping(tx: &mut Tx, id: SavedId) -> Outcome<()> {
    let division = tx.division();
    let gone = diesel::delete(import_mapping::table.find((division, id))).execute(tx.conn())?;
    if gone == 1 { Ok(()) } else { Err(Failure::NotFound) }
}
