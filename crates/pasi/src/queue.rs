//! The work queue: each change that goes to PASI, with the person who made it
//! and the version that person saw; and what PASI said of it.

use crate::alerts::Acknowledgement;
use crate::years;
use db::schema::pasi_item;
use db::{Reading, Tx};
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

/// A change to be queued.
pub(crate) struct NewItem {
    pub(crate) operation: Operation,
    /// Whose; none for a section.
    pub(crate) student: Option<StudentId>,
    pub(crate) school: Option<SchoolId>,
    pub(crate) record_kind: &'static str,
    pub(crate) record: Uuid,
    pub(crate) body: Body,
    pub(crate) seen_version: i64,
    pub(crate) state: ItemState,
    /// When the change was made.
    pub(crate) made_at: Instant,
}

/// Queues a change in the name of `actor`.
pub(crate) fn add(tx: &mut Tx, actor: &Actor, new: &NewItem) -> Outcome<PasiItemId> {
    let now = tx.now();
    let id = next_id(tx, new.student, new.record)?;
    let text = |value: serde_json::Result<String>| value.map_err(|error| Failure::Fault(error.to_string()));
    // What the person saw has become the version.
    let actor = Actor {
        seen: String::new(),
        ..actor.clone()
    };
    let item = Item {
        division_id: tx.division(),
        id,
        operation: new.operation.name().to_owned(),
        student_id: new.student,
        school_id: new.school,
        record_kind: new.record_kind.to_owned(),
        record_id: new.record.as_bytes().to_vec(),
        state: new.state,
        body: text(serde_json::to_string(&new.body))?,
        seen_version: new.seen_version,
        actor: text(serde_json::to_string(&actor))?,
        attempts: 0,
        not_before: now,
        leased_until: None,
        message_id: String::new(),
        answer: String::new(),
        created_at: new.made_at.min(now),
        changed_at: now,
    };
    diesel::insert_into(pasi_item::table)
        .values(&item)
        .execute(tx.conn())?;
    Ok(item.id)
}

/// Items of a student, or of a section that has none.
macro_rules! of_whom {
    ($division:expr, $student:expr, $record:expr) => {{
        let all = pasi_item::table
            .filter(pasi_item::division_id.eq($division))
            .into_boxed();
        match $student {
            Some(student) => all.filter(pasi_item::student_id.eq(student)),
            None => all
                .filter(pasi_item::student_id.is_null())
                .filter(pasi_item::record_id.eq($record.as_bytes().to_vec())),
        }
    }};
}

/// An id after every other of the student, or of the section: also within one
/// transaction, and when the machine's clock was put back.
fn next_id(tx: &mut Tx, student: Option<StudentId>, record: Uuid) -> Outcome<PasiItemId> {
    let (division, fresh) = (tx.division(), PasiItemId::fresh(tx.now()));
    let last: Option<PasiItemId> = of_whom!(division, student, record)
        .order(pasi_item::id.desc())
        .select(pasi_item::id)
        .first(tx.conn())
        .optional()?;
    let after =
        |last: PasiItemId| PasiItemId::from_uuid(Uuid::from_u128(last.uuid().as_u128().wrapping_add(1)));
    Ok(last.map_or(fresh, |last| fresh.max(after(last))))
}

/// PASI's copy of a linked student came: changes made without it are made on it.
pub(crate) fn adopt_version(tx: &mut Tx, student: StudentId, version: i64) -> Outcome<()> {
    let division = tx.division();
    diesel::update(
        pasi_item::table
            .filter(
                pasi_item::division_id
                    .eq(division)
                    .and(pasi_item::student_id.eq(student)),
            )
            .filter(
                pasi_item::state
                    .eq_any(IN_FLIGHT)
                    .and(pasi_item::seen_version.eq(0)),
            )
            .filter(pasi_item::record_kind.ne_all(OWN_VERSION))
            .filter(pasi_item::operation.ne(Operation::CreateStudent.name())),
    )
    .set(pasi_item::seen_version.eq(version))
    .execute(tx.conn())?;
    Ok(())
}

/// States in which an item may still go by itself or by approval.
pub(crate) const IN_FLIGHT: [ItemState; 4] = [
    ItemState::Approval,
    ItemState::Early,
    ItemState::Waiting,
    ItemState::Sending,
];

/// An item is let go, by a person or by the school year that opened: its time begins anew.
pub(crate) fn release(tx: &mut Tx, item: &mut Item) -> Outcome<()> {
    let now = tx.now();
    let mut body = item.body()?;
    body.released_at = Some(now);
    item.body = serde_json::to_string(&body).map_err(|error| crate::json_fault(&error))?;
    item.state = years::turn(tx, &item.record_kind, item.ref_id()?)?;
    item.not_before = now;
    diesel::update(pasi_item::table.find((item.division_id, item.id)))
        .set(pasi_item::body.eq(&item.body))
        .execute(tx.conn())?;
    set(tx, item)
}

/// Writes what changes in an item on its way.
pub(crate) fn set(tx: &mut Tx, item: &Item) -> Outcome<()> {
    let now = tx.now();
    diesel::update(pasi_item::table.find((item.division_id, item.id)))
        .set((
            pasi_item::state.eq(item.state),
            pasi_item::school_id.eq(item.school_id),
            pasi_item::seen_version.eq(item.seen_version),
            pasi_item::attempts.eq(item.attempts),
            pasi_item::not_before.eq(item.not_before),
            pasi_item::leased_until.eq(item.leased_until),
            pasi_item::message_id.eq(&item.message_id),
            pasi_item::answer.eq(&item.answer),
            pasi_item::changed_at.eq(now),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Our own accepted change does not make our next one stale: open items that
/// were made on the version before ours move on to the one after it.
pub(crate) fn carry_version(tx: &mut Tx, sent: &Item, entity: &Entity, new_version: i64) -> Outcome<()> {
    let division = tx.division();
    let mut open = of_whom!(division, sent.student_id, sent.ref_id()?)
        .filter(
            pasi_item::id
                .ne(sent.id)
                .and(pasi_item::seen_version.eq(sent.seen_version)),
        )
        .filter(pasi_item::state.eq_any(IN_FLIGHT))
        .select((pasi_item::id, pasi_item::record_kind));
    if let Entity::Record(record) = entity {
        open = open.filter(pasi_item::record_id.eq(record.as_bytes().to_vec()));
    }
    let open: Vec<(PasiItemId, String)> = open.load(tx.conn())?;
    for (id, kind) in open {
        if Entity::of_kind(&kind) == entity.is_student() {
            diesel::update(pasi_item::table.find((division, id)))
                .set(pasi_item::seen_version.eq(new_version))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// The version after all that PASI accepted from ourselves since `seen`: each
/// change made on the version that the one before it gave.
pub(crate) fn accepted_since(
    tx: &mut Tx,
    (student, record): (Option<StudentId>, Uuid),
    entity: &Entity,
    seen: i64,
) -> Outcome<i64> {
    let division = tx.division();
    let mut done = of_whom!(division, student, record)
        .filter(
            pasi_item::state
                .eq(ItemState::Done)
                .and(pasi_item::seen_version.ge(seen)),
        )
        .select(Item::as_select());
    if let Entity::Record(record) = entity {
        done = done.filter(pasi_item::record_id.eq(record.as_bytes().to_vec()));
    }
    let mut done: Vec<Item> = done.load(tx.conn())?;
    done.retain(|item| Entity::of_kind(&item.record_kind) == entity.is_student());
    let mut version = seen;
    while let Some(next) = done
        .iter()
        .filter(|item| item.seen_version == version)
        .map(|item| item.answer().version)
        .find(|next| *next > version)
    {
        version = next;
    }
    Ok(version)
}

/// Kinds of record with a version of their own.
const OWN_VERSION: [&str; 4] = ["enrolment", "responsible-school", "section", "course-enrolment"];

/// What PASI keeps one version for.
pub(crate) enum Entity {
    /// The student with all sub-records.
    Student,
    /// A record of its own: enrolment, responsible school, section, course enrolment.
    Record(Uuid),
}

impl Entity {
    fn is_student(&self) -> bool {
        matches!(self, Self::Student)
    }
    /// Does a record kind share the student's version?
    pub(crate) fn of_kind(kind: &str) -> bool {
        !OWN_VERSION.contains(&kind)
    }
}

/// Items of a record that has a version of its own which are not done: on
/// their way, or waiting for a person; oldest first.
pub(crate) fn of_record(
    at: &mut impl Reading,
    student: Option<StudentId>,
    record: Uuid,
) -> Outcome<Vec<Item>> {
    let division = at.division();
    Ok(of_whom!(division, student, record)
        .filter(pasi_item::record_id.eq(record.as_bytes().to_vec()))
        .filter(
            pasi_item::state
                .ne(ItemState::Done)
                .and(pasi_item::state.ne(ItemState::Dropped)),
        )
        .order(pasi_item::id)
        .select(Item::as_select())
        .load(at.conn())?)
}

/// One item; `NotFound` when there is none.
pub fn item(at: &mut impl Reading, id: PasiItemId) -> Outcome<Item> {
    let division = at.division();
    Ok(pasi_item::table
        .find((division, id))
        .select(Item::as_select())
        .first(at.conn())?)
}

/// The open items of a student, and those that wait for a person; oldest first.
pub fn of_student(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<Item>> {
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        load,
        pasi_item::table
            .filter(
                pasi_item::division_id
                    .eq(division)
                    .and(pasi_item::student_id.eq(student)),
            )
            .filter(
                pasi_item::state
                    .ne(ItemState::Done)
                    .and(pasi_item::state.ne(ItemState::Dropped)),
            )
            .order(pasi_item::id)
            .select(Item::as_select())
    )?)
}
