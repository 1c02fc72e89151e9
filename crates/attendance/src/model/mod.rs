//! The nouns.

mod code;
mod differ;
mod home;
mod letter;
mod mark;
mod office;
mod record;
mod report;
mod roll;
mod seen;

pub use code::{Code, Codes, Meaning, Mode, Setting, default_codes};
pub use differ::{Differing, Differs, Half, Keep, Settle, Word};
pub use home::{AskedHome, HomeLine, Words, WriteHome};
pub use letter::{
    Addressee, Around, LetterBatch, LetterDue, LetterPlan, LetterSent, LetterText, LetterUnit, LettersDue,
    NotWritten, SendLetters, Stated,
};
pub use mark::{Group, Mark, Slot, Source};
pub use office::{
    Call, CallOutcome, DeskEntry, Direction, Instructed, Instruction, MarkRange, NewCall, NewDeskEntry,
    OfficeMark, RangeMade, RangePlan, RangeRow, Share,
};
pub use record::{CodeCount, YearPart, YearRecord};
pub use report::{AwayReason, ChildDay, ChildSlot, DayPart, NewReport, Report};
pub use roll::{Clash, Entry, Roll, RollAt, TakeRoll, Taken};
pub use seen::{Board, BoardLine, ClassName, Sheet, SheetLine, StudentYear, Tally, Unexplained, YearLine};
