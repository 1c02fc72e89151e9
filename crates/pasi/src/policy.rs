//! Whether a kind of record is sent by itself or waits for a person.
//! Vendors and the ministry disagree, so the division decides.

use access::{Permit, action::SetPasiPolicy};
use db::schema::pasi_policy;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Failure, Outcome};

kernel::text_enum! {
    /// What happens to a change of a kind of record.
    pub enum Sends {
        /// It goes at once.
        ByItself = "by-itself",
        /// It waits in the queue until someone approves it.
        AfterApproval = "after-approval",
    }
}

/// The kinds of record that travel, in the order they are shown.
pub const RECORD_KINDS: &[&str] = &[
    "student",
    "identity",
    "name",
    "address",
    "phone",
    "email",
    "citizenship",
    "section23",
    "language",
    "restriction",
    "medical",
    "guardian",
    "enrolment",
    "responsible-school",
    "section",
    "course-enrolment",
];

/// What happens to one kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The kind.
    pub record_kind: &'static str,
    /// What happens.
    pub sends: Sends,
}

/// What happens to each kind; by itself where nothing was said.
pub fn policies(at: &mut impl Reading) -> Outcome<Vec<Policy>> {
    let division = at.division();
    let said: Vec<(String, Sends)> = pasi_policy::table
        .filter(pasi_policy::division_id.eq(division))
        .select((pasi_policy::record_kind, pasi_policy::sends))
        .load(at.conn())?;
    let of = |kind: &str| {
        said.iter()
            .find(|(named, _)| named == kind)
            .map_or(Sends::ByItself, |(_, sends)| *sends)
    };
    Ok(RECORD_KINDS
        .iter()
        .map(|kind| Policy {
            record_kind: kind,
            sends: of(kind),
        })
        .collect())
}

/// Says what happens to a kind of record from now on; items that wait already stay as they are.
/// Writes: `pasi_policy`, audit.
pub fn set_policy(tx: &mut Tx, _: &Permit<SetPasiPolicy>, kind: &str, sends: Sends) -> Outcome<()> {
    if !RECORD_KINDS.contains(&kind) {
        return Err(Failure::NotFound);
    }
    let division = tx.division();
    let known = diesel::update(pasi_policy::table.find((division, kind))).set(pasi_policy::sends.eq(sends));
    if known.execute(tx.conn())? == 0 {
        diesel::insert_into(pasi_policy::table)
            .values((
                pasi_policy::division_id.eq(division),
                pasi_policy::record_kind.eq(kind),
                pasi_policy::sends.eq(sends),
            ))
            .execute(tx.conn())?;
    }
    tx.record("pasi.policy", Subject::new("record_kind", kind), &sends);
    Ok(())
}
