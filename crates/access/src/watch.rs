//! Who reads unusually many sensitive records: what the privacy officer sees
//! first, and `lodgepole doctor` tells.

use crate::Permit;
use crate::action::ReadAudit;
use db::schema::{account, audit};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Outcome};

/// The setting that holds the threshold.
const SETTING: &str = "privacy.bulk-reading";
/// Students a person reads something sensitive of in a day before it is unusual, until the
/// division says otherwise: two classes, and some.
pub const USUAL: u32 = 60;
/// What the threshold may be set to.
pub const LIMITS: std::ops::RangeInclusive<u32> = 5..=5000;
/// The time that is looked at, in seconds: a day and a night.
const SPAN: i64 = 24 * 3600;

/// Someone who read unusually much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkReader {
    /// Who.
    pub account: AccountId,
    /// The name as shown today.
    pub name: String,
    /// Different students of whom something sensitive was read in the last 24 hours.
    pub students: i64,
}

/// More students than this in 24 hours is unusual.
pub fn threshold(at: &mut impl Reading, _permit: &Permit<ReadAudit>) -> Outcome<u32> {
    Ok(db::setting(at, SETTING)?
        .and_then(|kept| kept.parse().ok())
        .unwrap_or(USUAL))
}

/// Says what is unusual. LP-0160 outside [`LIMITS`]. Writes: `setting`, audit `setting.set`.
pub fn set_threshold(tx: &mut Tx, _permit: &Permit<ReadAudit>, students: u32) -> Outcome<()> {
    if !LIMITS.contains(&students) {
        return Err(Failure::refuse("LP-0160", "students"));
    }
    db::set_setting(tx, SETTING, &students.to_string())
}

/// Those who read something sensitive of more students than the threshold in
/// the last 24 hours, the most first. Reading one student ten times is one student.
pub fn bulk_readers(at: &mut impl Reading, permit: &Permit<ReadAudit>) -> Outcome<Vec<BulkReader>> {
    let most = i64::from(threshold(at, permit)?);
    let (division, since) = (at.division(), at.now().plus_seconds(-SPAN));
    let counted: Vec<(Option<AccountId>, i64)> = audit::table
        .filter(audit::division_id.eq(division).and(audit::at.ge(since)))
        .filter(
            audit::action
                .eq("student.read")
                .and(audit::account_id.is_not_null()),
        )
        .group_by(audit::account_id)
        .select((
            audit::account_id,
            diesel::dsl::count(audit::subject_id).aggregate_distinct(),
        ))
        .load(at.conn())?;
    let mut readers = Vec::new();
    for (who, students) in counted.into_iter().filter(|(_, students)| *students > most) {
        let Some(id) = who else { continue };
        let name = account::table
            .find((division, id))
            .select(account::display_name)
            .first(at.conn())?;
        readers.push(BulkReader {
            account: id,
            name,
            students,
        });
    }
    readers.sort_by(|a, b| (b.students, &a.name).cmp(&(a.students, &b.name)));
    Ok(readers)
}
