//! Who may do what to which records, and why; and who someone is.
//!
//! An operation takes a [`Permit`] of its [`Action`]; only this crate makes
//! one, so that a forgotten check does not compile. A permit carries its
//! [`Scope`], by which store functions filter, and the [`Reason`] that the
//! page shows. What is not granted by `matrix.rs` is refused.
//!
//! A permit is made from a [`Standing`], a standing comes from a session
//! ([`sessions::find`]), and a session is opened by [`sign_in`] alone: the
//! password gives none; every role of staff needs a second factor.
//!
//! Read first: `matrix.rs` (the whole policy in one table), `permit.rs`,
//! `sign_in.rs`, `sessions.rs`.

pub mod accounts;
mod ceremony;
mod code;
pub mod grants;
pub mod invitations;
mod matrix;
mod overview;
pub mod own_sessions;
pub mod passkeys;
mod password;
mod permit;
mod reachers;
pub mod recovery;
mod relations;
pub mod rules;
mod secret;
pub mod sessions;
pub mod sign_in;
pub mod staff;
pub mod throttle;
pub mod ties;
pub mod totp;
pub mod trail;
pub mod watch;

pub use code::Code;
pub use matrix::{Action, Reach, action, is_of_schools};
pub use overview::{AccountFigures, account_figures};
pub use password::{LONGEST as LONGEST_PASSWORD, SHORTEST as SHORTEST_PASSWORD, judge as judge_password};
pub use permit::{Permit, Reason, Scope, Standing};
pub use reachers::{Reacher, who_may, who_may_at};
pub use relations::{Placed, forget_student, place_student, place_students};
pub use secret::secret_address;
pub use ties::TieKind;
