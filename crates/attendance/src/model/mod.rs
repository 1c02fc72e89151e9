//! The nouns.

mod code;
mod mark;
mod office;
mod roll;
mod seen;

pub use code::{Code, Codes, Meaning, Mode, Setting, default_codes};
pub use mark::{Group, Mark, Slot, Source};
pub use office::{
    Call, CallOutcome, DeskEntry, Direction, MarkRange, NewCall, NewDeskEntry, OfficeMark, RangeMade,
    RangePlan, RangeRow,
};
pub use roll::{Clash, Entry, Roll, RollAt, TakeRoll, Taken};
pub use seen::{Board, BoardLine, Sheet, SheetLine, StudentYear, Tally, Unexplained, YearLine};
