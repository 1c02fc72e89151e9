//! An item of the queue: where it stands, whose it is, what it carries, what
//! PASI said of it.

use crate::alerts::Acknowledgement;
use crate::tried::Tried;
use db::schema::pasi_item;
use diesel::prelude::*;
use kernel::{Actor, DivisionId, Failure, Instant, Outcome, PasiItemId, SchoolId, StudentId};
use pasi_wire::Operation;
use pasi_wire::messages::Rejection;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kernel::text_enum! {
    /// Where an item stands.
    pub enum ItemState {
        /// Waits for a person to approve it.
        Approval = "approval",
        /// Waits until PASI takes enrolments of its school year.
        Early = "early",
        /// Waits for its turn.
        Waiting = "waiting",
        /// Being sent.
        Sending = "sending",
        /// PASI has it.
        Done = "done",
        /// PASI refused it; a person decides.
        Rejected = "rejected",
        /// PASI changed first; a person decides with both versions side by side.
        Conflict = "conflict",
        /// PASI stored the record and found something.
        Alert = "alert",
        /// A person decided not to send it.
        Dropped = "dropped",
    }
}

impl ItemState {
    /// Does a person have to act?
    pub const fn is_to_do(self) -> bool {
        matches!(
            self,
            Self::Approval | Self::Rejected | Self::Conflict | Self::Alert
        )
    }
    /// Is it still on its way?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Approval | Self::Early | Self::Waiting | Self::Sending)
    }
}

/// An item of the queue.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_item)]
pub struct Item {
    /// The division.
    pub division_id: DivisionId,
    /// Its id; ids order by time.
    pub id: PasiItemId,
    /// The operation, by its name on the wire.
    pub operation: String,
    /// Whose record; none for a section.
    pub student_id: Option<StudentId>,
    /// The school it concerns, for who sees it.
    pub school_id: Option<SchoolId>,
    /// Kind of record: `student`, `name`, `address`, `enrolment`, `section` …
    pub record_kind: String,
    /// The record; its `RefId` at PASI.
    pub record_id: Vec<u8>,
    /// Where it stands.
    pub state: ItemState,
    /// The record's version here that is to be sent, and more; JSON of [`Body`].
    pub body: String,
    /// The version of PASI's copy that the person saw.
    pub seen_version: i64,
    /// Who made the change; JSON of an [`Actor`].
    pub actor: String,
    /// How often it was tried.
    pub attempts: i32,
    /// Not before.
    pub not_before: Instant,
    /// Held by a sender until; free again afterwards.
    pub leased_until: Option<Instant>,
    /// `ClientMessageID` of the last try.
    pub message_id: String,
    /// What PASI answered; JSON of an [`Answer`].
    pub answer: String,
    /// When the change was made.
    pub created_at: Instant,
    /// Last change of state.
    pub changed_at: Instant,
}

/// Which version of our record is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The record's version here; 0 where the record has none.
    pub version: i64,
    /// What was set, for single values such as the language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// When a person last let it go: approved it, or had it sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released_at: Option<Instant>,
    /// What was sent and not answered.
    #[serde(default, skip_serializing_if = "Tried::is_nothing")]
    pub(crate) tried: Tried,
}

/// [`Body::value`] of a record that a person decided to send with both sides before them.
const DECIDED: &str = "decided";

impl Body {
    /// Of a record that a person decided to send with both sides before them.
    pub(crate) fn decided() -> Self {
        Self {
            value: DECIDED.to_owned(),
            ..Self::default()
        }
    }
    pub(crate) fn is_decided(&self) -> bool {
        self.value == DECIDED
    }
}

/// What PASI said of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// PASI's version afterwards.
    pub version: i64,
    /// Refusals and alerts, with PASI's number and words unaltered.
    pub rules: Vec<RuleSaid>,
    /// Of an alert: what PASI knows was said to it; empty for nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub acknowledgement: String,
}

impl Answer {
    /// What PASI knows was said to the alert.
    pub fn acknowledgement(&self) -> Acknowledgement {
        self.acknowledgement
            .parse()
            .unwrap_or(Acknowledgement::Unacknowledged)
    }
}

/// One rule's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSaid {
    /// Number.
    pub code: u32,
    /// PASI's words.
    pub message: String,
    /// Values, by name.
    #[serde(default)]
    pub arguments: Vec<(String, String)>,
}

impl From<&Rejection> for RuleSaid {
    fn from(rejection: &Rejection) -> Self {
        Self {
            code: rejection.code,
            message: rejection.message.clone(),
            arguments: rejection
                .arguments
                .iter()
                .map(|pair| (pair.key.clone(), pair.value.clone()))
                .collect(),
        }
    }
}

impl Item {
    /// The operation. A fault when the row names none.
    pub fn operation(&self) -> Outcome<Operation> {
        self.operation.parse().map_err(|_| self.unreadable("operation"))
    }
    /// Who made the change.
    pub fn actor(&self) -> Outcome<Actor> {
        serde_json::from_str(&self.actor).map_err(|_| self.unreadable("actor"))
    }
    /// Which version of our record.
    pub fn body(&self) -> Outcome<Body> {
        serde_json::from_str(&self.body).map_err(|_| self.unreadable("body"))
    }
    pub(crate) fn keep_body(&mut self, body: &Body) -> Outcome<()> {
        self.body = serde_json::to_string(body).map_err(|error| crate::json_fault(&error))?;
        Ok(())
    }
    /// What PASI said; nothing before it answered.
    pub fn answer(&self) -> Answer {
        serde_json::from_str(&self.answer).unwrap_or_default()
    }
    /// Whose record. `NotFound` for a section's.
    pub fn student(&self) -> Outcome<StudentId> {
        self.student_id.ok_or(Failure::NotFound)
    }
    /// The record as PASI's `RefId`.
    pub fn ref_id(&self) -> Outcome<Uuid> {
        Uuid::from_slice(&self.record_id).map_err(|_| self.unreadable("record_id"))
    }
    fn unreadable(&self, column: &str) -> Failure {
        Failure::Fault(format!("pasi_item.{column} of {} cannot be read", self.id))
    }
}
