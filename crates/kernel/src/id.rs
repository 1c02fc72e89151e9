//! One id type per entity, so that a `StudentId` cannot be passed where a
//! `SchoolId` is due. All but [`DivisionId`] are `UUIDv7`, made by the program.

use crate::Instant;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU16, Ordering};
use uuid::Uuid;

/// A text that names no value of the kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a {kind}")]
pub struct UnknownText {
    /// The type that was asked for.
    pub kind: &'static str,
    /// What was given.
    pub text: String,
}

/// A division, by the number of its school authority: 3260 is the first key of
/// every table, so that one database can hold many divisions apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct DivisionId(pub i32);

impl fmt::Display for DivisionId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}", self.0)
    }
}

crate::sql_value!(
    DivisionId,
    diesel::sql_types::Integer,
    i32,
    i32,
    |this| &this.0,
    |number| Ok(Self(number))
);

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id whose order in time is `now`; its random part is the system's.
            pub fn fresh(now: Instant) -> Self {
                Self(fresh_uuid(now))
            }
            /// A fresh id that comes after `last`, also when the clock was set back in between.
            pub fn fresh_after(now: Instant, last: Self) -> Self {
                let fresh = Self::fresh(now);
                if fresh > last { fresh } else { Self(fresh_uuid(just_after(last.0))) }
            }
            /// The id that stands for these bytes always: practice data and
            /// re-runnable imports name the same record twice.
            pub fn derived(seed: &str) -> Self {
                Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{}:{seed}", stringify!($name)).as_bytes()))
            }
            /// An id read from elsewhere, such as a `RefId` of PASI.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            /// As PASI's `RefId`.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
        impl FromStr for $name {
            type Err = UnknownText;
            fn from_str(text: &str) -> Result<Self, UnknownText> {
                Uuid::parse_str(text).map(Self).map_err(|_| UnknownText { kind: stringify!($name), text: text.to_owned() })
            }
        }
        crate::sql_value!(
            $name, diesel::sql_types::Binary, [u8], Vec<u8>,
            |this| this.0.as_bytes().as_slice(),
            |bytes| Ok(Self(Uuid::from_slice(&bytes)?))
        );
    )+};
}

#[expect(clippy::disallowed_methods, reason = "ids are made here")]
fn fresh_uuid(now: Instant) -> Uuid {
    /// Ids of one millisecond keep the order in which they were made: events
    /// and queue items are read by id.
    static MADE: AtomicU16 = AtomicU16::new(0);
    let millis = u64::try_from(now.micros().max(0) / 1000).unwrap_or(0);
    let mut bytes = [0u8; 10];
    // A machine without randomness cannot sign anyone in either; v7 then falls back to the uuid crate's own source.
    if ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes).is_err() {
        return Uuid::now_v7();
    }
    bytes[..2].copy_from_slice(&MADE.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// The millisecond after the one that an id's order in time names.
fn just_after(id: Uuid) -> Instant {
    let millis = i64::try_from(id.as_u128() >> 80).unwrap_or(0);
    Instant::from_micros((millis + 1) * 1000)
}

ids! {
    /// A person who may sign in.
    AccountId,
    /// A signed-in browser.
    SessionId,
    /// A role given to an account, with its scope and dates.
    GrantId,
    /// What ties an account to students.
    TieId,
    /// A student.
    StudentId,
    /// A guardian or contact; shared by siblings.
    PersonId,
    /// The relation of one person to one student.
    ContactId,
    /// A name of a student.
    NameId,
    /// An address of a student.
    AddressId,
    /// A phone number.
    PhoneId,
    /// An e-mail address.
    EmailId,
    /// A citizenship of a student.
    CitizenshipId,
    /// A disclosure restriction.
    RestrictionId,
    /// A medical alert.
    MedicalAlertId,
    /// A school.
    SchoolId,
    /// A calendar of a school for a school year.
    CalendarId,
    /// A term, semester or quarter of a calendar.
    TermId,
    /// A bell schedule of a calendar.
    BellScheduleId,
    /// A school enrolment.
    EnrolmentId,
    /// A responsible-school record.
    ResponsibleSchoolId,
    /// A row of the outbox.
    OutboxId,
    /// A background job.
    JobId,
    /// An item of the PASI work queue.
    PasiItemId,
    /// An import run.
    ImportId,
    /// A saved list, mapping or filter.
    SavedId,
    /// One change to many students.
    MassUpdateId,
    /// A course of the catalogue.
    CourseId,
    /// A section: a class that meets.
    SectionId,
    /// A member of staff in a section, with dates.
    SectionStaffId,
    /// A student in a section.
    CourseEnrolmentId,
    /// A course that a student asked for.
    CourseRequestId,
    /// One run of the automatic loader.
    CourseLoadId,
    /// One sending of a roll; sent twice it is one.
    SubmissionId,
    /// A call about an absence.
    AttendanceCallId,
    /// A line of the sign-in and sign-out desk.
    DeskEntryId,
    /// One attendance entry for many students and days.
    AttendanceRangeId,
    /// An e-mail; its `Message-ID` is made of it.
    MailId,
    /// Letters about attendance that were made together.
    LetterBatchId,
    /// A letter about attendance.
    LetterId,
    /// An invitation of a contact person to an account.
    InvitationId,
    /// A link by which somebody who forgot a password chooses another.
    PasswordLinkId,
    /// An absence that a family told ahead.
    AbsenceReportId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_keep_the_order_in_which_they_were_made() {
        let now = Instant::from_micros(1_700_000_000_000_000);
        let made: Vec<OutboxId> = (0..200).map(|_| OutboxId::fresh(now)).collect();
        let mut sorted = made.clone();
        sorted.sort_unstable();
        // The counter may turn over once in 4,096.
        let breaks = made.windows(2).filter(|pair| pair[0] > pair[1]).count();
        assert!(breaks <= 1, "{breaks} ids stand before one that was made earlier");
        sorted.dedup();
        assert_eq!(sorted.len(), 200);
    }
}
