//! Families: how a guardian comes to an account.
//!
//! The office *invites* a contact person, who gets a code by e-mail or on
//! paper. Whoever types it chooses a password and a second factor; the account
//! is *tied* to the contact person by the operation that the director uses, so
//! that it sees the children that the record of the family opens, and no
//! others. Whom custody, a court or a restriction keeps away is not invited,
//! and is asked about once more when the code is used.
//!
//! Read first: [`invite`], [`accept`], [`rules::judge`].

mod model;
mod ops;
/// Decisions as pure functions; each finding has a code `LP-10xx`.
pub mod rules;

pub use model::*;
pub use ops::{Permits, accept, add_to, forgotten, invite, invite_school, lines_at, lines_of, look, revoke};
