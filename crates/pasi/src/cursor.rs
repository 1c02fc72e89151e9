//! How far each kind of record was read, and how it stood with PASI's when both
//! were last compared.

use db::schema::pasi_cursor;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Instant, Outcome};
use pasi_wire::window::Topic;

/// Up to which version everything of a topic was read; 0 for nothing yet.
pub(crate) fn reached(at: &mut impl Reading, topic: Topic) -> Outcome<i64> {
    let division = at.division();
    let version: Option<i64> = pasi_cursor::table
        .find((division, topic.to_string()))
        .select(pasi_cursor::max_version)
        .first(at.conn())
        .optional()?;
    Ok(version.unwrap_or(0))
}

/// Notes that everything of a topic was read up to a version; it never goes back.
pub(crate) fn set(tx: &mut Tx, topic: Topic, version: i64) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let version = version.max(reached(tx, topic)?);
    let set = (
        pasi_cursor::max_version.eq(version),
        pasi_cursor::changed_at.eq(now),
    );
    let known = diesel::update(pasi_cursor::table.find((division, topic.to_string()))).set(set);
    if known.execute(tx.conn())? == 0 {
        let key = (
            pasi_cursor::division_id.eq(division),
            pasi_cursor::notification.eq(topic.to_string()),
            pasi_cursor::repaired.eq(0),
            pasi_cursor::again_done.eq(0),
            pasi_cursor::again_total.eq(0),
        );
        diesel::insert_into(pasi_cursor::table)
            .values((key, set))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Notes that a topic was compared with PASI, and how many records were put right.
pub(crate) fn set_checked(tx: &mut Tx, topic: Topic, repaired: usize) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    set(tx, topic, 0)?;
    let row = || pasi_cursor::table.find((division, topic.to_string()));
    diesel::update(row())
        .set(pasi_cursor::checked_at.eq(Some(now)))
        .execute(tx.conn())?;
    if repaired > 0 {
        diesel::update(row())
            .set((
                pasi_cursor::repaired_at.eq(Some(now)),
                pasi_cursor::repaired.eq(i32::try_from(repaired).unwrap_or(i32::MAX)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// How a kind of record stands with PASI's, by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = pasi_cursor)]
pub struct Checked {
    /// The kind, with its school year where it has one.
    pub notification: String,
    /// Everything up to this version was read.
    #[diesel(column_name = max_version)]
    pub version: i64,
    /// When it was last compared; none before the first time.
    pub checked_at: Option<Instant>,
    /// When something last had to be read again.
    pub repaired_at: Option<Instant>,
    /// How many records that were.
    pub repaired: i32,
    /// How many records the last reading of everything has come to.
    pub again_done: i32,
    /// Of how many; 0 before the first one.
    pub again_total: i32,
}

impl Checked {
    /// Did both sides hold the same when they were last compared?
    pub fn agrees(&self) -> bool {
        self.checked_at.is_some() && self.repaired_at != self.checked_at
    }
}

/// How each kind of record stands with PASI's, by name.
pub fn checked(at: &mut impl Reading) -> Outcome<Vec<Checked>> {
    let division = at.division();
    Ok(pasi_cursor::table
        .filter(pasi_cursor::division_id.eq(division))
        .order(pasi_cursor::notification)
        .select(Checked::as_select())
        .load(at.conn())?)
}
