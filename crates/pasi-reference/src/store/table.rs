//! The records of one kind, by key and by what leads to them.

use super::keep::Keep as _;
use super::record::{Change, Held, Record, Under};
use pasi_wire::messages::RecordStatus;
use std::collections::HashMap;

/// A record and what the processor found about it.
#[derive(Debug)]
struct Kept<T: Record> {
    record: T::Kept,
    status: Option<Box<RecordStatus>>,
}

/// The records of one kind.
#[derive(Debug)]
pub(crate) struct Table<T: Record> {
    kept: HashMap<T::Key, Kept<T>>,
    under: HashMap<Under, Vec<T::Key>>,
}

impl<T: Record> Default for Table<T> {
    fn default() -> Self {
        Self {
            kept: HashMap::new(),
            under: HashMap::new(),
        }
    }
}

impl<T: Record> Table<T> {
    pub(super) fn get(&self, key: T::Key) -> Option<Held<'_, T>> {
        self.kept.get(&key).map(|kept| kept.record.held())
    }
    pub(super) fn version(&self, key: T::Key) -> Option<i64> {
        self.kept.get(&key).map(|kept| kept.record.version())
    }
    pub(super) fn status(&self, key: T::Key) -> Option<&RecordStatus> {
        self.kept.get(&key)?.status.as_deref()
    }
    /// In the order in which they came; deleted ones too.
    pub(super) fn under(&self, under: Under) -> impl Iterator<Item = Held<'_, T>> {
        let keys = self.under.get(&under).map_or(&[][..], Vec::as_slice);
        keys.iter().filter_map(|key| self.get(*key))
    }
    pub(super) fn all(&self) -> impl Iterator<Item = (Held<'_, T>, Option<&RecordStatus>)> {
        let kept = self.kept.values();
        kept.map(|kept| (kept.record.held(), kept.status.as_deref()))
    }
    /// Every record and its status, as changes that make them again.
    pub(super) fn changes(&self) -> impl Iterator<Item = Change> {
        self.all().flat_map(|(record, status)| {
            let status = status.map(|status| Change::Status(T::TYPE, status.clone()));
            std::iter::once(Change::from(T::clone(&record))).chain(status)
        })
    }
    /// Puts a record in; its status stays. Was there one with its key?
    pub(super) fn put(&mut self, record: Box<T>) -> bool {
        let (key, now) = (record.key(), record.under());
        let record = T::Kept::keep(record);
        let before = if let Some(kept) = self.kept.get_mut(&key) {
            let before = std::mem::replace(&mut kept.record, record);
            Some(before.held().under())
        } else {
            self.kept.insert(key, Kept { record, status: None });
            None
        };
        let replaces = before.is_some();
        let before = before.unwrap_or_default();
        for under in before.iter().filter(|under| !now.contains(under)) {
            if let Some(keys) = self.under.get_mut(under) {
                keys.retain(|held| *held != key);
            }
        }
        for under in now.into_iter().filter(|under| !before.contains(under)) {
            self.under.entry(under).or_default().push(key);
        }
        replaces
    }
    /// Puts a status to its record, if there is one. Was there a status already?
    pub(super) fn put_status(&mut self, key: T::Key, status: RecordStatus) -> bool {
        let kept = self.kept.get_mut(&key);
        kept.is_some_and(|kept| kept.status.replace(Box::new(status)).is_some())
    }
}
