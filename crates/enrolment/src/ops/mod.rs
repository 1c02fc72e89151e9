//! The verbs: permit, load, decide, save, audit, announce.

mod again;
mod day;
pub(crate) mod decide;
mod end;
mod enrol;
mod responsible;
mod save;
mod transfer;
mod undo;

pub use again::{enrol_again, may_take_in, take_in};
pub use day::turn_day;
pub use end::{complete, withdraw};
pub use enrol::{change, enrol};
pub use responsible::{
    add_responsible_school, change_responsible_school, delete_responsible_school, restore_responsible_school,
};
pub use transfer::{Transferred, transfer};
pub use undo::{created_in_error, never_attended, restore};

pub(crate) use save::announce;

use kernel::Findings;

/// What was saved, and what the rules say of it; none of the findings refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved<T> {
    /// The record as it stands now.
    pub record: T,
    /// Warnings and notes: ours, then the judge's.
    pub findings: Findings,
}
