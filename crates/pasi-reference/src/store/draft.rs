//! A submit in the making: the world as it is, and what shall change.

use super::World;
use super::record::{Change, Versioned};

/// Changes with their versions, not yet made.
pub(crate) struct Draft<'a> {
    pub(crate) world: &'a World,
    changes: Vec<Change>,
    next: i64,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(world: &'a World) -> Self {
        Self {
            world,
            changes: Vec::new(),
            next: world.version() + 1,
        }
    }
    /// Adds a change with the next version, which is given back.
    pub(crate) fn put(&mut self, mut change: Change) -> i64 {
        let version = self.next;
        self.next += 1;
        change.set_version(version);
        self.changes.push(change);
        version
    }
    /// Adds a change with a version that others have passed already, as when
    /// two nodes finish in another order than they began; gives it back.
    pub(crate) fn put_late(&mut self, mut change: Change, version: i64) -> i64 {
        change.set_version(version);
        self.changes.push(change);
        version
    }
    /// The version the next change will get.
    pub(crate) fn next_version(&self) -> i64 {
        self.next
    }
    pub(crate) fn into_changes(self) -> Vec<Change> {
        self.changes
    }
}
