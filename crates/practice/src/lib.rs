//! The practice division and the practice province: real schools with their
//! official counts by grade, and invented people in them, the same every time.
//!
//! Nothing here is a real person: names are drawn from lists, student numbers
//! begin with 999, telephone numbers are 555-01xx, mail goes to example.ca.
//! Pure: the same authority, size, seed and school year give the same people;
//! the open data are built in. Families come one at a time, so that a province
//! of 811,493 students needs no more memory than a school.
//!
//! Read first: [`division`], [`province`], [`model::PracticeFamily`].

mod address;
mod allot;
mod birth;
mod coding;
mod deliberate;
mod division;
mod family;
mod household;
mod medical;
mod names;
mod origin;
mod person;
mod random;
mod staff;

pub mod model;
pub mod open_data;

pub use division::{Division, Families, MOST_STUDENTS, PracticeError, division, province};
pub use staff::{division_staff, school_staff};

use kernel::AuthorityCode;

/// The authority a practice division is made of when none is named: 3260, with
/// 16 schools and 8,143 students in 2024/25.
pub fn default_authority() -> AuthorityCode {
    "3260".parse().expect("3260 is four digits")
}

#[cfg(test)]
mod tests;
