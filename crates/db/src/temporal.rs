//! Two times. Student-centred tables keep every version of a row: what was
//! known from when to when, by whom, and why. Nothing is overwritten.

use kernel::{Actor, Instant};
use serde::{Deserialize, Serialize};

/// Knowledge time of one version of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// 1 for the first; a save names the version it saw.
    pub version: i64,
    /// Recorded when.
    pub from: Instant,
    /// Replaced when; none for what is known now.
    pub to: Option<Instant>,
    /// Recorded by whom, as named then.
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
}

impl Known {
    /// The first version, now, by `actor`.
    pub fn first(actor: &Actor, now: Instant, reason: &str) -> Self {
        Self {
            version: 1,
            from: now,
            to: None,
            by: actor.name.clone(),
            reason: reason.to_owned(),
        }
    }
    /// The version after this one.
    #[must_use]
    pub fn next(&self, actor: &Actor, now: Instant, reason: &str) -> Self {
        Self {
            version: self.version + 1,
            ..Self::first(actor, now, reason)
        }
    }
}

/// When a version begins to be known that replaces one known since `since`: now,
/// unless the machine's clock was set back in between. Versions never overlap
/// and none vanishes, so that a reading as of any moment finds one of them.
pub fn known_after(since: Instant, now: Instant) -> Instant {
    if now < since {
        Instant::from_micros(since.micros() + 1)
    } else {
        now
    }
}

/// Declares the row type and the four functions of a temporal table, so that
/// every domain keeps history the same way.
///
/// `temporal!(student_phone: PhoneRow { id: PhoneId, student_id: StudentId } { kind: String, number: String })`
/// makes `PhoneRow` (all columns, derived for Diesel) with
/// `PhoneRow::of(at, owner) -> Outcome<Vec<PhoneRow>>` (known now),
/// `PhoneRow::of_as_known(at, owner, when)` (known then, every version that
/// held at that instant), `PhoneRow::get(at, id)`, `PhoneRow::history(at, owner)`,
/// `row.insert(tx)` and `row.replace(tx, seen, reason)`: closes the current
/// version, which must be `seen`, and writes this one as the next; a
/// [`kernel::Conflict`] when another save came first.
#[macro_export]
macro_rules! temporal {
    ($(#[$meta:meta])* $table:ident: $row:ident { id: $id:ty, $owner:ident: $owner_ty:ty } { $($(#[$fmeta:meta])* $field:ident: $ty:ty),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, diesel::Queryable, diesel::Selectable, diesel::Insertable)]
        #[diesel(treat_none_as_default_value = false)]
        #[diesel(table_name = $crate::schema::$table)]
        pub struct $row {
            /// The division.
            pub division_id: kernel::DivisionId,
            /// The record; every version has the same.
            pub id: $id,
            /// 1 for the first.
            pub version: i64,
            /// Recorded when.
            pub known_from: kernel::Instant,
            /// Replaced when.
            pub known_to: Option<kernel::Instant>,
            /// Recorded by whom.
            pub known_by: String,
            /// Why.
            pub reason: String,
            /// Whose.
            pub $owner: $owner_ty,
            $($(#[$fmeta])* pub $field: $ty,)+
        }
        $crate::temporal_functions!($table: $row, $id, $owner: $owner_ty);
    };
}

/// The functions of [`temporal!`], for a row type written out by hand.
#[macro_export]
macro_rules! temporal_functions {
    ($table:ident: $row:ident, $id:ty, $owner:ident: $owner_ty:ty) => {
        #[allow(dead_code, reason = "a table uses the functions it needs")]
        impl $row {
            /// What is known now of one owner, oldest record first.
            pub fn of(at: &mut impl $crate::Reading, owner: $owner_ty) -> kernel::Outcome<Vec<Self>> {
                use diesel::prelude::*;
                use $crate::schema::$table::dsl;
                let division = at.division();
                Ok($crate::ask!(
                    at.conn(),
                    load,
                    dsl::$table
                        .filter(
                            dsl::division_id
                                .eq(division)
                                .and(dsl::$owner.eq(owner))
                                .and(dsl::known_to.is_null()),
                        )
                        .order(dsl::id)
                        .select(Self::as_select())
                )?)
            }
            /// What was known at `when` of one owner.
            pub fn of_as_known(
                at: &mut impl $crate::Reading,
                owner: $owner_ty,
                when: kernel::Instant,
            ) -> kernel::Outcome<Vec<Self>> {
                use diesel::prelude::*;
                use $crate::schema::$table::dsl;
                Ok(dsl::$table
                    .filter(
                        dsl::division_id
                            .eq(at.division())
                            .and(dsl::$owner.eq(owner)),
                    )
                    .filter(
                        dsl::known_from
                            .le(when)
                            .and(dsl::known_to.is_null().or(dsl::known_to.gt(when))),
                    )
                    .order(dsl::id)
                    .select(Self::as_select())
                    .load(at.conn())?)
            }
            /// Every version ever recorded of one owner, newest first.
            pub fn history(at: &mut impl $crate::Reading, owner: $owner_ty) -> kernel::Outcome<Vec<Self>> {
                use diesel::prelude::*;
                use $crate::schema::$table::dsl;
                Ok(dsl::$table
                    .filter(
                        dsl::division_id
                            .eq(at.division())
                            .and(dsl::$owner.eq(owner)),
                    )
                    .order((dsl::known_from.desc(), dsl::version.desc()))
                    .select(Self::as_select())
                    .load(at.conn())?)
            }
            /// The record as known now; `NotFound` when there is none.
            pub fn get(at: &mut impl $crate::Reading, id: $id) -> kernel::Outcome<Self> {
                use diesel::prelude::*;
                use $crate::schema::$table::dsl;
                let division = at.division();
                Ok($crate::ask!(
                    at.conn(),
                    first,
                    dsl::$table
                        .filter(
                            dsl::division_id
                                .eq(division)
                                .and(dsl::id.eq(id))
                                .and(dsl::known_to.is_null()),
                        )
                        .select(Self::as_select())
                )?)
            }
            /// Writes the first version.
            pub fn insert(mut self, tx: &mut $crate::Tx) -> kernel::Outcome<Self> {
                use diesel::prelude::*;
                use $crate::Reading;
                self.stamp(tx, 1);
                let new = diesel::insert_into($crate::schema::$table::table).values(&self);
                $crate::ask!(tx.conn(), execute, new)?;
                Ok(self)
            }
            /// Closes the current version, which must be `seen`, and writes this one after it.
            /// Fails with a conflict when another save came first.
            pub fn replace(mut self, tx: &mut $crate::Tx, seen: i64, reason: &str) -> kernel::Outcome<Self> {
                use diesel::prelude::*;
                use $crate::Reading;
                use $crate::schema::$table::dsl;
                let (division, id) = (tx.division(), self.id);
                let current = || {
                    dsl::$table.filter(
                        dsl::division_id
                            .eq(division)
                            .and(dsl::id.eq(id))
                            .and(dsl::known_to.is_null()),
                    )
                };
                let known = current().select((dsl::version, dsl::known_from));
                let kept: Option<(i64, kernel::Instant)> =
                    $crate::ask!(tx.conn(), first, known).optional()?;
                let (version, since) = kept.unwrap_or((0, tx.now()));
                let from = $crate::known_after(since, tx.now());
                let close =
                    diesel::update(current().filter(dsl::version.eq(seen))).set(dsl::known_to.eq(from));
                let closed = $crate::ask!(tx.conn(), execute, close)?;
                if closed != 1 {
                    return Err(kernel::Failure::stale(stringify!($table), seen, version));
                }
                reason.clone_into(&mut self.reason);
                self.stamp(tx, seen + 1);
                self.known_from = from;
                let new = diesel::insert_into($crate::schema::$table::table).values(&self);
                $crate::ask!(tx.conn(), execute, new)?;
                Ok(self)
            }
            /// Knowledge time of this version.
            pub fn known(&self) -> $crate::Known {
                $crate::Known {
                    version: self.version,
                    from: self.known_from,
                    to: self.known_to,
                    by: self.known_by.clone(),
                    reason: self.reason.clone(),
                }
            }
            /// Stamps division, version, time and person, as [`Self::insert`] does; for bulk inserts.
            pub fn stamp(&mut self, tx: &$crate::Tx, version: i64) {
                use $crate::Reading;
                self.division_id = tx.division();
                self.version = version;
                self.known_from = tx.now();
                self.known_to = None;
                self.known_by.clone_from(&tx.actor().name);
            }
        }
    };
}
