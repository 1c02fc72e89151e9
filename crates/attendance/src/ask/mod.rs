//! What may be asked, and by whom.

mod board;
mod office;
mod sheet;
mod year;

pub use board::{board, to_take};
pub use office::{codes_of, desk, ranges, setting_of, unexplained};
pub use sheet::sheet;
pub use year::{history, student_year, summary};
