//! The address under which the calendar of a school is read from outside: by
//! phones and other calendars, without signing in. It tells days and bell
//! times, and nothing of any person.

use super::covers;
use crate::model::TeachingYear;
use crate::store;
use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use db::{Reading, Subject, Tx};
use kernel::{Failure, Outcome, SchoolId, SchoolYear};

/// The address of a school's calendar; none while none was made.
pub fn feed_address(
    at: &mut impl Reading,
    permit: &Permit<ViewSchools>,
    school: SchoolId,
) -> Outcome<Option<String>> {
    if !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    store::feed::address(at, school)
}

/// Makes an address for a school's calendar; the one before leads nowhere from then on.
///
/// Writes: `calendar_feed`, audit.
pub fn renew_feed(tx: &mut Tx, permit: &Permit<ManageSchools>, school: SchoolId) -> Outcome<()> {
    covers(permit, school)?;
    store::school(tx, school)?;
    let address = access::secret_address()?;
    store::feed::replace(tx, school, &address)?;
    tx.record("calendar.feed-made", Subject::new("school", school), &());
    Ok(())
}

/// Takes the address of a school's calendar away.
///
/// Writes: `calendar_feed`, audit.
pub fn end_feed(tx: &mut Tx, permit: &Permit<ManageSchools>, school: SchoolId) -> Outcome<()> {
    covers(permit, school)?;
    if store::feed::address(tx, school)?.is_some() {
        store::feed::remove(tx, school)?;
        tx.record("calendar.feed-ended", Subject::new("school", school), &());
    }
    Ok(())
}

/// The school to which an address belongs, and its years from the one of `today` on, with that before.
///
/// Not found for an address that nobody has. Who holds the address may read: no permit is asked.
pub fn feed(at: &mut impl Reading, address: &str) -> Outcome<(SchoolId, Vec<TeachingYear>)> {
    let school = store::feed::school(at, address)?;
    Ok((school, feed_years(at, school)?))
}

/// The years of a school that a calendar outside is told: the one before this year's, and all later.
pub fn feed_years(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<TeachingYear>> {
    let earliest = SchoolYear::of(at.today()).previous();
    let mut years = Vec::new();
    for calendar in store::calendars(at, school, None)? {
        if calendar.year >= earliest {
            years.push(store::teaching::teaching(at, calendar)?);
        }
    }
    Ok(years)
}
