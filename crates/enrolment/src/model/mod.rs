//! The nouns.

mod coding;
mod record;
mod responsible;

pub use coding::Coding;
pub use record::{
    AsOf, Change, Claim, Count, Deletion, Enrol, Enrolment, Exit, ExitKind, State, StudentFacts, Transfer,
};
pub use responsible::{Responsible, ResponsibleSchool, SetResponsible};
