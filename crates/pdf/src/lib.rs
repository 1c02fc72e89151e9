//! Paper: letters, timetables and records, as PDF.
//!
//! A *template* is a Typst text of this crate ([`Template`]). What it prints
//! arrives as a value and is never read as markup: a name such as `#panic()`
//! prints as itself. Words arrive as they are to be printed; nothing is
//! looked up, nothing is read from the machine, and the same value made at
//! the same time gives the same bytes.
//!
//! Every document is tagged, names its language and meets PDF/UA-1; one that
//! holds a letter that no font here has is tagged all the same, without the claim.
//!
//! Read first: [`render`], [`letter::Letters`].

/// Letters, each from its own first page.
pub mod letter;
mod paper;
/// What stands in a student record: facts and tables.
pub mod record;
/// A week, or a cycle of days, as a grid.
pub mod timetable;
mod world;

pub use paper::{Paper, Template, render};
pub use world::unprintable;

#[cfg(test)]
mod tests;
