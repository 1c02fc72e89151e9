//! The practice division: invented students in real schools, beside a practice
//! province that holds the same records.
//!
//! A folder is made in steps, each one transaction that also notes that it was
//! done; a first start that was killed goes on with the step it was in. Ids
//! derive from the practice model's keys, so that both sides name each record
//! alike and every folder holds the same people.
//!
//! Read first: [`make`] (the steps), `student.rs` (one student), `province.rs`
//! (the same student at the province).

mod attendance;
mod bells;
mod calendar;
mod classes;
mod enrolment;
mod family;
mod make;
mod organization;
mod people;
mod periods;
mod portrait;
mod province;
mod provincial;
mod requests;
mod shape;
mod student;

#[cfg(test)]
mod tests;

pub(crate) use make::{Made, make, whole_province};
pub(crate) use people::Account;
pub(crate) use provincial::Provincial;
pub(crate) use shape::DIVISION;
