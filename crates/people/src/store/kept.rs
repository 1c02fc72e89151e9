//! What all history-keeping rows share, so that one save, one history and one
//! audit sentence serve every kind of record.

use crate::model::FieldChange;
use db::{Reading, Sealer, Tx};
use kernel::{Instant, Outcome, StudentId};
use std::fmt::Display;

/// A field and its text, in a fixed order for each kind of row.
pub(crate) type Facts = Vec<(&'static str, String)>;

/// A row of a history-keeping table of one student.
pub(crate) trait Kept: Sized {
    /// The id type.
    type Id: Copy + PartialEq + Display;
    /// What it holds.
    type Value;
    /// The word for it: `name`, `address` … ; part of topics and audit.
    const KIND: &'static str;

    /// A row of a value; not yet stamped.
    fn build(tx: &Tx, id: Self::Id, student: StudentId, value: &Self::Value) -> Outcome<Self>;
    /// The value of a row; opens what is sealed.
    fn value(&self, sealer: &Sealer) -> Outcome<Self::Value>;
    /// Every field as text; sealed ones opened, to be compared and never shown.
    fn facts(&self, sealer: &Sealer) -> Outcome<Facts>;
    /// The fields that are never shown.
    const SEALED: &'static [&'static str] = &[];

    fn id(&self) -> Self::Id;
    fn owner(&self) -> StudentId;
    fn version(&self) -> i64;
    fn recorded(&self) -> (Instant, &str, &str);
    fn is_deleted(&self) -> bool;
    fn set_deleted(&mut self);
    fn set_reason(&mut self, reason: &str);
    fn now_of(at: &mut impl Reading, owner: StudentId) -> Outcome<Vec<Self>>;
    fn then_of(at: &mut impl Reading, owner: StudentId, when: Instant) -> Outcome<Vec<Self>>;
    fn all_of(at: &mut impl Reading, owner: StudentId) -> Outcome<Vec<Self>>;
    fn one(at: &mut impl Reading, id: Self::Id) -> Outcome<Self>;
    fn make(self, tx: &mut Tx) -> Outcome<Self>;
    fn follow(self, tx: &mut Tx, seen: i64, reason: &str) -> Outcome<Self>;
    fn stamped(&mut self, tx: &Tx);
}

/// The part of [`Kept`] that is the same text for every row of `db::temporal!`.
macro_rules! kept_functions {
    ($id:ty, $owner:ident) => {
        fn id(&self) -> $id {
            self.id
        }
        fn owner(&self) -> kernel::StudentId {
            self.$owner
        }
        fn version(&self) -> i64 {
            self.version
        }
        fn recorded(&self) -> (kernel::Instant, &str, &str) {
            (self.known_from, &self.known_by, &self.reason)
        }
        fn set_reason(&mut self, reason: &str) {
            reason.clone_into(&mut self.reason);
        }
        fn now_of(at: &mut impl db::Reading, owner: kernel::StudentId) -> kernel::Outcome<Vec<Self>> {
            Self::of(at, owner)
        }
        fn then_of(
            at: &mut impl db::Reading,
            owner: kernel::StudentId,
            when: kernel::Instant,
        ) -> kernel::Outcome<Vec<Self>> {
            Self::of_as_known(at, owner, when)
        }
        fn all_of(at: &mut impl db::Reading, owner: kernel::StudentId) -> kernel::Outcome<Vec<Self>> {
            Self::history(at, owner)
        }
        fn one(at: &mut impl db::Reading, id: $id) -> kernel::Outcome<Self> {
            Self::get(at, id)
        }
        fn make(self, tx: &mut db::Tx) -> kernel::Outcome<Self> {
            self.insert(tx)
        }
        fn follow(self, tx: &mut db::Tx, seen: i64, reason: &str) -> kernel::Outcome<Self> {
            self.replace(tx, seen, reason)
        }
        fn stamped(&mut self, tx: &db::Tx) {
            self.stamp(tx, 1);
        }
    };
    ($id:ty, $owner:ident, deletable) => {
        $crate::store::kept::kept_functions!($id, $owner);
        fn is_deleted(&self) -> bool {
            self.is_deleted
        }
        fn set_deleted(&mut self) {
            self.is_deleted = true;
        }
    };
    ($id:ty, $owner:ident, stays) => {
        $crate::store::kept::kept_functions!($id, $owner);
        fn is_deleted(&self) -> bool {
            false
        }
        fn set_deleted(&mut self) {}
    };
}
pub(crate) use kept_functions;

/// What differs between two versions; a sealed text shows only that it changed.
pub(crate) fn differences(old: Option<&Facts>, new: &Facts, sealed: &[&str]) -> Vec<FieldChange> {
    let shown = |field: &str, text: &str| {
        if sealed.contains(&field) && !text.is_empty() {
            "•••".to_owned()
        } else {
            text.to_owned()
        }
    };
    new.iter()
        .enumerate()
        .filter_map(|(at, (field, text))| {
            let before = old.map_or("", |facts| facts[at].1.as_str());
            (before != text).then(|| FieldChange {
                field,
                old: shown(field, before),
                new: shown(field, text),
            })
        })
        .collect()
}

/// A flag as text: empty when it is not set, so that it shows only once it matters.
pub(crate) fn flag(set: bool) -> String {
    if set { "yes".to_owned() } else { String::new() }
}

/// An absent value is an empty text.
pub(crate) fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
