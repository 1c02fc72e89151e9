//! School enrolment: who goes where, since when, until when, coded how.
//!
//! An *enrolment* is one student at one school for a stretch of one school
//! year; several at once are lawful. It is *open*, *ended* (a completion or a
//! withdrawal, by the last day attended), or *deleted* (never attended, or
//! created in error) and still readable. A *transfer* ends one and opens
//! another in one transaction. The *responsible school* is the one that
//! answers for the student from a day on.
//!
//! Every version is kept: with [`AsOf`] any count can be had again as it was
//! known then. The school that owns an enrolment is the only one to change it.
//! The province's rules take part in each decision through [`rules::Judge`].
//!
//! Read first: [`enrol`], [`withdraw`], [`transfer`].

mod ask;
/// Many at once.
pub mod bulk;
/// What others may learn happened.
pub mod events;
pub mod mass;
mod model;
mod ops;
mod place;
/// Decisions as pure functions; each finding has a code `LP-04xx`.
pub mod rules;
mod store;

pub use ask::{
    Stay, as_of, at_school, counts, counts_of, enrolment, enrolments, history, in_homeroom, open_at,
    placed_on, responsible_history, responsible_school, responsible_schools, stays, stays_at,
};
pub use model::*;
pub use ops::*;
pub use people::{On, Origin};
