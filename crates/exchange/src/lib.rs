//! Files in and out: students with their guardians and enrolments, contacts,
//! enrolments, accounts of staff and schools, from CSV and Excel; and lists out
//! again through one guarded door.
//!
//! A *run* is one file. Its rows are kept sealed as they stand in the file. A
//! *mapping* says which column holds which *field*. Checking a run *rehearses*
//! it: every row goes through the same operations as in earnest, chunk by
//! chunk, and each chunk is taken back. Running it does the same and keeps it.
//! What a row wrote is kept with the row, so that a run can be undone.
//!
//! Read first: [`Work`] (stage, check, run, undo), [`read::each_row`], `rules/`.

/// What others may learn happened.
pub mod events;
/// Lists out: CSV and Excel, defused and logged.
pub mod export;
mod model;
mod ops;
/// Reading a file into rows.
pub mod read;
mod rules;
mod store;

pub use model::*;
pub use ops::*;
pub use rules::{FIELDS, Field, RULES, days_kept, fields_of, kind_told, preview, suggest};
