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
//! Who missed much is written home about: a *plan* says from which *threshold* on,
//! a letter is *due* until it was made, and what it stated is kept ([`letters_due`], [`send_letters`]).
//!
//! A family *reports* an absence ahead: its marks stand as told by the family until
//! somebody says otherwise, and it may take them back until the office has seen it ([`report_absence`]).
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
mod texts;

pub use ask::{
    YearGround, board, child_day, codes_of, desk, differing, history, instruction, letter, letter_batch,
    letter_batches, letter_plan, letter_texts, letters_due, letters_of, ranges, reports_about, reports_to,
    setting_of, sheet, student_year, summary, to_take, unexplained, year_ground, year_record,
};
pub use model::*;
pub use ops::{
    Compose, enter_range, explain, mail_letters, mark, note_call, pass_desk, plan_range, report_absence,
    see_report, send_letters, set_division_letter_plan, set_letter_plan, set_letter_text, set_up, settle,
    take, take_back_letters, take_back_report, to_write, undo_range, write_home,
};
