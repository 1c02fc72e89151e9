//! All SQL of the domain.

mod home;
mod letter;
mod marks;
mod missed;
mod office;
mod report;
mod rolls;
mod setting;

pub(crate) use home::{EmailRow, emails_on, insert_email};
pub(crate) use letter::{
    NewLetter, batch, batches, insert_batch, insert_letters, insert_plan, insert_text, letter,
    letters_of_batch, letters_of_student, note_mailed, note_taken_back, plan, sent_steps, texts,
};
pub(crate) use marks::{
    Counts, MarkRow, Wrote, counts_daily, counts_of_periods, history, insert, marks_of, of_days, of_range,
    of_slot, of_students_on, replace,
};
pub(crate) use missed::{missed, taken_at};
pub(crate) use office::{
    calls_on, desk_on, insert_call, insert_desk, insert_range, note_undone, range, ranges,
};
pub(crate) use report::{insert_report, note_report_back, note_seen, reports, reports_about, reports_to};
pub(crate) use rolls::{
    RollRow, daily_among, insert_many as insert_rolls, insert_roll, rolls_of, rolls_on, sent_before, taken_of,
};
pub(crate) use setting::{codes, set_codes, set_setting, setting};
