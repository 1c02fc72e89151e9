//! Whose turn it is: which items a sender may take now.

use crate::backoff::LONGEST_WAIT;
use crate::queue::{Entity, Item, ItemState, set};
use crate::{alerts, classes, map, mirror};
use db::schema::pasi_item;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Asn, Instant, Outcome, PasiItemId, StudentId};
use pasi_wire::Operation;
use pasi_wire::window::NotificationType;
use std::collections::HashSet;
use uuid::Uuid;

/// How long a sender may hold an item before another takes it over, in seconds.
const LEASE: i64 = 60;

/// Items looked through at once.
const PAGE: i64 = 500;

/// States in which an item is the sender's.
const SENDERS: [ItemState; 2] = [ItemState::Waiting, ItemState::Sending];

/// What a sender may take now.
#[derive(Default)]
pub(crate) struct Leased {
    /// The items, marked as being sent.
    pub(crate) items: Vec<Item>,
    /// Students of whom PASI accepted a change that the copy here does not show
    /// yet: it is read first. Were the answer to the next change lost, only the
    /// copy just before it could tell whether anybody else changed the student.
    pub(crate) behind: Vec<Asn>,
}

/// The next items to send: due, oldest first, and of each student only the
/// first one that can go, so that a student's changes arrive in order. The
/// creation goes before all others; until PASI's copy of the student has been
/// read, only the enrolment can go. Marks them as being sent. Of students whose
/// copies were just asked for, `asked`, the copy counts as it is.
pub(crate) fn lease(tx: &mut Tx, limit: usize, asked: &HashSet<Asn>) -> Outcome<Leased> {
    let now = tx.now();
    let creations = creations(tx)?;
    let mut seen = HashSet::new();
    let mut leased = Leased::default();
    let mut after = None;
    loop {
        let page = page(tx, after)?;
        after = page.last().map(|item| item.id);
        for mut item in page {
            // A lease longer than any was given by a clock that has been set back since.
            let is_over = |until| until <= now || now.seconds_until(until) > LEASE + 1;
            let is_free = item.state == ItemState::Waiting || item.leased_until.is_some_and(is_over);
            let whose = whose(&item)?;
            if seen.contains(&whose) {
                continue;
            }
            let turn = turn(tx, &item, &creations)?;
            if matches!(turn, Turn::Waits) {
                continue;
            }
            seen.insert(whose);
            if !is_free || !is_due(item.not_before, now) {
                continue;
            }
            if let Turn::Behind(asn) = turn
                && !asked.contains(&asn)
            {
                leased.behind.push(asn);
                continue;
            }
            item.state = ItemState::Sending;
            item.attempts += 1;
            item.leased_until = Some(now.plus_seconds(LEASE));
            if let (None, Some(student)) = (item.school_id, item.student_id) {
                item.school_id = map::school_of(tx, student)?;
            }
            set(tx, &item)?;
            leased.items.push(item);
            if leased.items.len() == limit {
                return Ok(leased);
            }
        }
        if after.is_none() {
            return Ok(leased);
        }
    }
}

/// Has the time of an item come? What would have to wait longer than anything
/// does got its time from a clock that has been set back since.
fn is_due(not_before: Instant, now: Instant) -> bool {
    not_before <= now || now.seconds_until(not_before) > LONGEST_WAIT
}

fn page(tx: &mut Tx, after: Option<PasiItemId>) -> Outcome<Vec<Item>> {
    let division = tx.division();
    let mut open = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::state.eq_any(SENDERS)),
        )
        .order(pasi_item::id)
        .limit(PAGE)
        .select(Item::as_select())
        .into_boxed();
    if let Some(after) = after {
        open = open.filter(pasi_item::id.gt(after));
    }
    Ok(open.load(tx.conn())?)
}

/// Every state but done and dropped: named, so that the index of states leads there, past what was ever sent.
const UNDONE: [ItemState; 7] = [
    ItemState::Approval,
    ItemState::Early,
    ItemState::Waiting,
    ItemState::Sending,
    ItemState::Rejected,
    ItemState::Conflict,
    ItemState::Alert,
];

/// Students whose creation is not done: nothing else of them can go.
fn creations(tx: &mut Tx) -> Outcome<HashSet<StudentId>> {
    let division = tx.division();
    let stuck: Vec<Option<StudentId>> = pasi_item::table
        .filter(pasi_item::division_id.eq(division))
        .filter(pasi_item::operation.eq(Operation::CreateStudent.name()))
        .filter(pasi_item::state.eq_any(UNDONE))
        .select(pasi_item::student_id)
        .load(tx.conn())?;
    Ok(stuck.into_iter().flatten().collect())
}

/// The student, or the section, whose changes arrive in order.
fn whose(item: &Item) -> Outcome<Uuid> {
    item.student_id
        .map_or_else(|| item.ref_id(), |student| Ok(student.uuid()))
}

/// Whether an item can go.
enum Turn {
    Goes,
    /// Something else comes first.
    Waits,
    /// The student's copy is older than what PASI accepted from us.
    Behind(Asn),
}

fn turn(tx: &mut Tx, item: &Item, creations: &HashSet<StudentId>) -> Outcome<Turn> {
    let goes = |can| if can { Turn::Goes } else { Turn::Waits };
    if item.operation == Operation::CreateStudent.name() {
        return Ok(Turn::Goes);
    }
    let Some(student) = item.student_id else {
        return Ok(Turn::Goes); // a section waits for nothing
    };
    if creations.contains(&student) {
        return Ok(Turn::Waits);
    }
    let Some(asn) = map::asn_of(tx, student)? else {
        return Ok(Turn::Waits);
    };
    if item.record_kind == "course-enrolment" {
        return classes::is_ready(tx, item).map(goes);
    }
    if !Entity::of_kind(&item.record_kind) {
        return Ok(Turn::Goes);
    }
    let held = mirror::version(tx, NotificationType::Student, asn.as_str())?;
    if held > 0 && held < item.seen_version && item.record_kind != alerts::ACKNOWLEDGEMENT {
        return Ok(Turn::Behind(asn));
    }
    Ok(goes(held > 0))
}

/// Is there anything whose time has come? Cheap, and takes no lock.
pub(crate) fn is_anything_due(at: &mut impl Reading) -> Outcome<bool> {
    let (division, now) = (at.division(), at.now());
    let due: Option<PasiItemId> = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::state.eq_any(SENDERS)),
        )
        .filter(
            pasi_item::not_before
                .le(now)
                .or(pasi_item::not_before.gt(now.plus_seconds(LONGEST_WAIT))),
        )
        .select(pasi_item::id)
        .first(at.conn())
        .optional()?;
    Ok(due.is_some())
}

/// PASI is back: whatever waits may go at once.
pub(crate) fn wake(tx: &mut Tx) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    diesel::update(
        pasi_item::table
            .filter(
                pasi_item::division_id
                    .eq(division)
                    .and(pasi_item::state.eq(ItemState::Waiting)),
            )
            .filter(pasi_item::not_before.gt(now)),
    )
    .set(pasi_item::not_before.eq(now))
    .execute(tx.conn())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_due;
    use crate::backoff::LONGEST_WAIT;
    use kernel::Instant;

    #[test]
    fn an_item_waits_for_its_time_and_never_for_a_clock_that_ran_ahead() {
        let now = Instant::from_rfc3339("2026-11-23T09:00:00Z").expect("a moment");
        for (ahead, due) in [
            (-86_400, true),
            (0, true),
            (1, false),
            (LONGEST_WAIT, false),
            (LONGEST_WAIT + 1, true),
            (365 * 86_400, true),
        ] {
            assert_eq!(is_due(now.plus_seconds(ahead), now), due, "{ahead} s");
        }
    }
}
