//! SQL of the addresses under which calendars are read from outside.

use db::schema::calendar_feed;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Outcome, SchoolId};

/// The address of a school; none while none was made.
pub(crate) fn address(at: &mut impl Reading, school: SchoolId) -> Outcome<Option<String>> {
    let division = at.division();
    Ok(calendar_feed::table
        .find((division, school))
        .select(calendar_feed::address)
        .first(at.conn())
        .optional()?)
}

/// The school of an address.
pub(crate) fn school(at: &mut impl Reading, address: &str) -> Outcome<SchoolId> {
    let division = at.division();
    Ok(calendar_feed::table
        .filter(calendar_feed::division_id.eq(division))
        .filter(calendar_feed::address.eq(address))
        .select(calendar_feed::school_id)
        .first(at.conn())?)
}

/// Takes the address of a school away.
pub(crate) fn remove(tx: &mut Tx, school: SchoolId) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(calendar_feed::table.find((division, school))).execute(tx.conn())?;
    Ok(())
}

/// Puts an address in the place of the one before.
pub(crate) fn replace(tx: &mut Tx, school: SchoolId, address: &str) -> Outcome<()> {
    remove(tx, school)?;
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    diesel::insert_into(calendar_feed::table)
        .values((
            calendar_feed::division_id.eq(division),
            calendar_feed::school_id.eq(school),
            calendar_feed::address.eq(address),
            calendar_feed::created_by.eq(by),
            calendar_feed::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}
