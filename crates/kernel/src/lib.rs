//! The vocabulary every other crate shares: ids, dates, school years, grades,
//! names, provincial numbers, findings of rules, classes of failure, the clock
//! and the acting person. No I/O, no database, no web.
//!
//! Read first: [`Finding`] (what a rule says), [`Failure`] (what an operation
//! answers when it cannot), [`Actor`] (who does it).

mod actor;
mod date;
mod failure;
mod finding;
mod id;
mod name;
mod number;
mod stored;
mod year;

/// Functions on words: folding for search, Latin-1 for the province.
pub mod text;

pub use actor::{Actor, Role};
pub use date::{Clock, Date, FixedClock, Instant, SystemClock, alberta};
pub use failure::{Class, Conflict, Failure, Outcome};
pub use finding::{Finding, Findings, Rule, Severity};
pub use id::*;
pub use name::PersonName;
pub use number::{Asn, AuthorityCode, CourseCode, OrganizationCode, ParseNumberError, SchoolCode};
pub use year::{Grade, SchoolYear};

#[doc(hidden)]
pub use diesel as __diesel;
#[doc(hidden)]
pub use serde as __serde;
