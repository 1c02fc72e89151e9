//! An absence that a family tells ahead, and the day of one child.

use super::{Mark, Meaning, Slot};
use kernel::{AbsenceReportId, AccountId, Date, Instant, SchoolId, StudentId};

kernel::text_enum! {
    /// Which part of each day a student is away.
    pub enum DayPart {
        /// The whole day.
        Day = "day",
        /// Before noon.
        Morning = "morning",
        /// After noon.
        Afternoon = "afternoon",
    }
}

kernel::text_enum! {
    /// Why, as a family says it.
    pub enum AwayReason {
        /// Ill.
        Illness = "illness",
        /// With a doctor, a dentist, an authority.
        Appointment = "appointment",
        /// A matter of the family, a journey.
        Family = "family",
        /// A holy day, a ceremony, an observance.
        Observance = "observance",
        /// Another reason.
        Other = "other",
    }
}

/// An absence to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// Its id, made with the form, so that a form sent twice is one report.
    pub id: AbsenceReportId,
    /// Who will be away.
    pub student: StudentId,
    /// First and last day, both included.
    pub days: (Date, Date),
    /// Which part of each.
    pub part: DayPart,
    /// Why.
    pub reason: AwayReason,
    /// A note to the office; may be empty.
    pub note: String,
}

/// An absence that was told, at one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The report.
    pub id: AbsenceReportId,
    /// Whose school.
    pub school: SchoolId,
    /// Who is away.
    pub student: StudentId,
    /// First and last day.
    pub days: (Date, Date),
    /// Which part of each.
    pub part: DayPart,
    /// Why.
    pub reason: AwayReason,
    /// The note to the office; empty for whoever did not write it and is not the office.
    pub note: String,
    /// The account that told it.
    pub account: AccountId,
    /// Its person, as named then.
    pub told_by: String,
    /// When.
    pub told_at: Instant,
    /// Marks that it wrote.
    pub marks: i32,
    /// When the office noted that it has seen it, and who.
    pub seen: Option<(Instant, String)>,
    /// When it was taken back.
    pub taken_back_at: Option<Instant>,
}

/// A slot of a day of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildSlot {
    /// Which.
    pub slot: Slot,
    /// The period as the school calls it; empty for a half day.
    pub period: String,
    /// Start and end, in minutes after midnight, where a bell says so.
    pub minutes: Option<(u16, u16)>,
    /// The class that meets; empty for a half day.
    pub title: String,
    /// Does the school take attendance in it?
    pub is_rolled: bool,
    /// What stands.
    pub mark: Option<Mark>,
    /// Was the roll taken?
    pub is_taken: bool,
}

impl ChildSlot {
    /// What is known of it: what the mark says, present when the roll was taken without one, nothing before.
    pub fn meaning(&self) -> Option<Meaning> {
        let present = self.is_taken.then_some(Meaning::Present);
        self.mark.as_ref().map(|mark| mark.meaning).or(present)
    }
}

/// A day of one student at a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildDay {
    /// Where.
    pub school: SchoolId,
    /// Is it a day of instruction?
    pub is_taught: bool,
    /// The half days, then the classes in the order of their periods.
    pub slots: Vec<ChildSlot>,
}
