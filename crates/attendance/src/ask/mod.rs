//! What may be asked, and by whom.

mod board;
mod chronic;
pub(crate) mod differing;
mod office;
mod periods;
mod sheet;
mod year;

pub use board::{board, to_take};
pub use chronic::instruction;
pub use differing::differing;
pub use office::{codes_of, desk, ranges, setting_of, unexplained};
pub(crate) use sheet::judge;
pub use sheet::sheet;
pub use year::{history, student_year, summary};
