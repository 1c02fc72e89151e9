//! The one word about a student's state with the province, shown in lists.

use crate::difference;
use crate::queue::{self, Item, ItemState};
use db::Tx;
use kernel::{Outcome, StudentId};

kernel::text_enum! {
    /// How a student's record stands with the province; the gravest applies.
    pub enum SyncState {
        /// PASI refused a change; a person decides.
        Rejected = "rejected",
        /// Ours and PASI's differ; a person decides.
        Conflict = "conflict",
        /// Stored at PASI, but wrong: must be fixed.
        Warning = "warning",
        /// Suspicious: must be confirmed.
        Advice = "advice",
        /// On its way, or waiting for approval.
        Pending = "pending",
        /// Ours and PASI's agree.
        InSync = "in-sync",
    }
}

/// Judges the state anew and writes it to the student's card.
pub(crate) fn refresh_card(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let items = queue::of_student(tx, student)?;
    let differs = difference::count(tx, student)? > 0;
    set_card(tx, student, &items, differs)
}

/// [`refresh_card`] for who has read what is in the queue, and whether anything differs.
pub(crate) fn set_card(tx: &mut Tx, student: StudentId, items: &[Item], differs: bool) -> Outcome<()> {
    people::set_sync_state(tx, student, state(items, differs).as_str())
}

/// [`refresh_card`] of the student of an item, where it is one's.
pub(crate) fn refresh_of(tx: &mut Tx, item: &Item) -> Outcome<()> {
    item.student_id
        .map_or(Ok(()), |student| refresh_card(tx, student))
}

fn state(items: &[Item], differs: bool) -> SyncState {
    let any = |wanted: fn(&Item) -> bool| items.iter().any(wanted);
    if any(|item| item.state == ItemState::Rejected) {
        SyncState::Rejected
    } else if differs || any(|item| item.state == ItemState::Conflict) {
        SyncState::Conflict
    } else if any(|item| item.state == ItemState::Alert && item.operation == "Warning") {
        SyncState::Warning
    } else if any(|item| item.state == ItemState::Alert) {
        SyncState::Advice
    } else if any(|item| item.state.is_open()) {
        SyncState::Pending
    } else {
        SyncState::InSync
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_student_without_items_and_differences_is_in_sync() {
        assert_eq!(state(&[], false), SyncState::InSync);
        assert_eq!(state(&[], true), SyncState::Conflict);
    }
}
