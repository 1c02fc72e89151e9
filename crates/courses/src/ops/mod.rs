//! The verbs: permit, load, decide, save, audit.

mod catalogue;
mod ground;
mod load;
mod load_work;
mod offering;
mod request;
mod seat;
mod seat_change;
mod section;
mod staff;
pub(crate) mod ties;

pub use catalogue::{catalogue_of, take_catalogue};
pub use ground::Ground;
pub use load::{
    apply_load, begin_load, course_load, course_loads, ground_of, keep_plan, plan_again, plan_of, undo_load,
};
pub use load_work::work_on_load;
pub use offering::{Followed, follow_seat, follow_section, set_claim, set_offering};
pub(crate) use request::Around;
pub use request::{ask_for, preview_requests, raise_request, restore_request, withdraw_request};
pub use seat::{preview, put_in, put_in_one};
pub use seat_change::{created_in_error, let_in, move_up, take_out};
pub use section::{change_section, close_section, make_section};
pub use staff::{add_staff, end_staff, remove_staff};

use access::action::ManageSections;
use access::{Action, Permit};
use kernel::{Failure, Findings, Outcome, SchoolId};

/// What was saved, and what the rules say of it; none of the findings refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved<T> {
    /// The record as it stands now.
    pub record: T,
    /// Warnings and notes.
    pub findings: Findings,
}

/// Whose news a save is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A person's, here.
    Here,
    /// The province's: it is not told its own.
    Province,
}

/// Not found when the section is another school's.
pub(crate) fn own<A: Action>(permit: &Permit<A>, school: SchoolId) -> Outcome<()> {
    if permit.covers_school(school) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// Loads the section of a command; not found when it is another school's.
pub(crate) fn load(
    at: &mut impl db::Reading,
    permit: &Permit<ManageSections>,
    id: kernel::SectionId,
) -> Outcome<crate::Section> {
    let found = crate::store::section(at, id)?;
    own(permit, found.school)?;
    Ok(found)
}
