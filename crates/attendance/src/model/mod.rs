//! The nouns.

mod code;
mod differ;
mod home;
mod mark;
mod office;
mod roll;
mod seen;

pub use code::{Code, Codes, Meaning, Mode, Setting, default_codes};
pub use differ::{Differing, Differs, Half, Keep, Settle, Word};
pub use home::{AskedHome, HomeLine, Words, WriteHome};
pub use mark::{Group, Mark, Slot, Source};
pub use office::{
    Call, CallOutcome, DeskEntry, Direction, Instructed, Instruction, MarkRange, NewCall, NewDeskEntry,
    OfficeMark, RangeMade, RangePlan, RangeRow, Share,
};
pub use roll::{Clash, Entry, Roll, RollAt, TakeRoll, Taken};
pub use seen::{Board, BoardLine, ClassName, Sheet, SheetLine, StudentYear, Tally, Unexplained, YearLine};
