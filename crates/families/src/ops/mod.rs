//! The verbs: permit, load, decide, save, audit.

mod accept;
mod invite;

pub use accept::{accept, add_to, forgotten, look};
pub use invite::{Permits, invite, invite_school, lines_at, lines_of, revoke};
