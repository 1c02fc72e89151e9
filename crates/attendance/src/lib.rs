//! Attendance: who was there.
//!
//! A *roll* is one *group* (a homeroom, a section) in one *slot* of a day (the
//! morning, the afternoon, a period). Everyone in a roll that was taken was
//! present but those of whom a *mark* says otherwise, by a *code* of the
//! school. A mark keeps every version it had. What a teacher did not see is
//! never overwritten: it *clashes*, and both are shown. The *office* marks too,
//! explains absences, notes calls and who passes its *desk*, and enters one
//! code for many students and days, which can be taken back.
//!
//! Codes are dated and a school's own ([`Codes`]); each has one of six
//! meanings, by which everything is counted: a daily roll in half days, a
//! period as its share of a day. A school takes daily rolls of homerooms, rolls
//! of the sections that meet in each period, or both; where both say something
//! else of a student, the office settles it ([`differing`], [`settle`]).
//!
//! Read first: [`take`], [`rules::decide`], [`mark`].

mod ask;
/// Many rolls at once: the practice division, and measuring.
pub mod bulk;
mod facts;
mod model;
mod ops;
/// Decisions as pure functions; each finding has a code `LP-07xx`.
pub mod rules;
mod store;

pub use ask::{
    board, codes_of, desk, differing, history, instruction, ranges, setting_of, sheet, student_year, summary,
    to_take, unexplained,
};
pub use model::*;
pub use ops::{
    enter_range, explain, mark, note_call, pass_desk, plan_range, set_up, settle, take, to_write, undo_range,
    write_home,
};
