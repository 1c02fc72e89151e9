//! The work queue: each change that goes to PASI, with the person who made it
//! and the version that person saw; and what PASI said of it.

mod item;

pub use item::{Answer, Item, ItemState, RuleSaid};

pub(crate) use item::Body;

use crate::years;
use db::schema::pasi_item;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Actor, Failure, Instant, Outcome, PasiItemId, SchoolId, StudentId};
use pasi_wire::Operation;
use uuid::Uuid;

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
    item.keep_body(&body)?;
    item.state = years::turn(tx, &item.record_kind, item.ref_id()?)?;
    item.not_before = now;
    set(tx, item)
}

/// Writes what changes in an item on its way.
pub(crate) fn set(tx: &mut Tx, item: &Item) -> Outcome<()> {
    let now = tx.now();
    diesel::update(pasi_item::table.find((item.division_id, item.id)))
        .set((
            pasi_item::state.eq(item.state),
            pasi_item::school_id.eq(item.school_id),
            pasi_item::body.eq(&item.body),
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
    /// What the version of an item is of.
    pub(crate) fn of(item: &Item) -> Outcome<Self> {
        if Self::of_kind(&item.record_kind) {
            return Ok(Self::Student);
        }
        item.ref_id().map(Self::Record)
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
