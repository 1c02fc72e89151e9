//! What may be asked, and by whom.

mod board;
mod child;
mod chronic;
pub(crate) mod differing;
pub(crate) mod letter;
mod office;
mod periods;
mod record;
mod sheet;
mod year;

pub use board::{board, to_take};
pub use child::{child_day, reports_about, reports_to};
pub use chronic::instruction;
pub use differing::differing;
pub use letter::{letter, letter_batch, letter_batches, letter_plan, letter_texts, letters_due, letters_of};
pub use office::{codes_of, desk, ranges, setting_of, unexplained};
pub use record::{YearGround, year_ground, year_record};
pub(crate) use sheet::judge;
pub use sheet::sheet;
pub use year::{history, student_year, summary};
