//! The divisions of a database, and the few settings a division keeps.

use crate::schema::{division, setting};
use crate::{ChainReport, Location, Reading, Subject, Tx, verify_chain};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, Outcome};
use serde::Serialize;
use std::collections::BTreeMap;

/// A division, as a database knows it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = division)]
pub struct Division {
    /// The number of its school authority.
    pub division_id: DivisionId,
    /// Its name.
    pub name: String,
    /// Invented people: never mixed with real ones.
    pub is_practice: bool,
    /// Made when.
    pub created_at: Instant,
}

/// Every division of the database at `location`, by number; the schema must be current.
pub fn divisions(location: &Location) -> Outcome<Vec<Division>> {
    let mut conn = location.connect_read()?;
    Ok(division::table
        .order(division::division_id)
        .select(Division::as_select())
        .load(&mut conn)?)
}

/// Walks the audit chain of every division of the database at `location`.
pub fn verify_chains(location: &Location) -> Outcome<Vec<ChainReport>> {
    let mut conn = location.connect_read()?;
    divisions(location)?
        .into_iter()
        .map(|known| verify_chain(&mut conn, known.division_id))
        .collect()
}

/// Makes the division of the transaction's actor.
///
/// A conflict when it is there. Writes: `division`, audit `division.add`.
pub fn add_division(tx: &mut Tx, name: &str, is_practice: bool) -> Outcome<()> {
    let (id, now, name) = (tx.division(), tx.now(), kernel::text::squeeze(name));
    diesel::insert_into(division::table)
        .values((
            division::division_id.eq(id),
            division::name.eq(&name),
            division::is_practice.eq(is_practice),
            division::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    let detail = serde_json::json!({ "name": name, "practice": is_practice });
    tx.record("division.add", Subject::new("division", id), &detail);
    Ok(())
}

/// A setting of the division; none while it was never set.
pub fn setting(at: &mut impl Reading, name: &str) -> Outcome<Option<String>> {
    let division = at.division();
    Ok(setting::table
        .find((division, name))
        .select(setting::value)
        .first(at.conn())
        .optional()?)
}

/// The settings of these names in one question; one that was never set is not among them.
pub fn settings_of<'n>(at: &mut impl Reading, names: &[&'n str]) -> Outcome<BTreeMap<&'n str, String>> {
    let division = at.division();
    let asked: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let all: Vec<(String, String)> = crate::ask!(
        at.conn(),
        load,
        setting::table
            .filter(setting::division_id.eq(division).and(setting::name.eq_any(asked)))
            .select((setting::name, setting::value))
    )?;
    let told = all.into_iter().filter_map(|(name, value)| {
        let asked = names.iter().find(|asked| **asked == name)?;
        Some((*asked, value))
    });
    Ok(told.collect())
}

/// The settings whose names begin with `prefix`, by name.
pub fn settings(at: &mut impl Reading, prefix: &str) -> Outcome<Vec<(String, String)>> {
    let division = at.division();
    let all: Vec<(String, String)> = setting::table
        .filter(setting::division_id.eq(division))
        .order(setting::name)
        .select((setting::name, setting::value))
        .load(at.conn())?;
    Ok(all
        .into_iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .collect())
}

/// Sets a setting. Writes: `setting`, audit `setting.set` with the old and the new value.
pub fn set_setting(tx: &mut Tx, name: &str, value: &str) -> Outcome<()> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let old = setting(tx, name)?;
    let set = (
        setting::value.eq(value),
        setting::changed_at.eq(now),
        setting::changed_by.eq(by),
    );
    let key = (setting::division_id.eq(division), setting::name.eq(name));
    crate::upsert!(
        tx.conn(),
        setting::table,
        (key, set.clone()),
        (setting::division_id, setting::name),
        set.clone()
    )?;
    let detail = serde_json::json!({ "old": old, "new": value });
    tx.record("setting.set", Subject::new("setting", name), &detail);
    Ok(())
}
