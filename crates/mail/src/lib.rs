//! E-mail that leaves the division.
//!
//! A *message* has one recipient. It is kept, sealed, in the transaction of
//! what caused it ([`post`]), and sent by a job through the division's mail
//! server ([`deliver`]): nothing remote happens inside a transaction. Each
//! attempt is noted before it is made and its answer after it; a message whose
//! answer was lost goes once more under the same `Message-ID`, by which
//! receivers know it again. What the server refuses for good stays refused
//! until a person tries again; while the server is away everything waits.
//!
//! Read first: [`post`], [`deliver`], [`rules::after`].

mod model;
mod ops;
mod postman;
/// Decisions as pure functions; each finding has a code `LP-09xx`.
pub mod rules;
mod store;

pub use model::*;
pub use ops::{SEND, again, deliver, post, recent, states, troubled};
pub use postman::Postman;
