//! The verbs: permit, load, decide, save, audit.

mod desk;
mod home;
mod letter;
mod mark;
mod range;
mod report;
mod set;
mod settle;
mod take;

pub use desk::{note_call, pass_desk};
pub(crate) use home::asked_home;
pub use home::{to_write, write_home};
pub use letter::{
    Compose, mail_letters, send_letters, set_division_letter_plan, set_letter_plan, set_letter_text,
    take_back_letters,
};
pub use mark::{explain, mark};
pub use range::{enter_range, plan_range, undo_range};
pub(crate) use report::taken;
pub use report::{report_absence, see_report, take_back_report};
pub use set::set_up;
pub use settle::settle;
pub use take::take;
