//! What people decide: which side of a difference stands, and what becomes of
//! an item that PASI did not take.

use crate::accept;
use crate::difference::{self, kind_of_field};
use crate::map;
use crate::queue::{self, Body, ItemState, NewItem};
use access::Permit;
use access::action::DecidePasi;
use db::{Reading, Subject, Tx};
use kernel::{Failure, Outcome, PasiItemId, StudentId};
use pasi_wire::Operation;
use uuid::Uuid;

/// Which side stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Ours goes to PASI.
    Ours,
    /// PASI's comes to us.
    Theirs,
}

/// A decision about one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// `student` or `enrolment`.
    pub record_kind: String,
    /// ASN, or the enrolment's id.
    pub record_key: String,
    /// The field.
    pub field: String,
    /// PASI's version that was on screen.
    pub seen_version: i64,
    /// Which side.
    pub choice: Choice,
}

/// Applies decisions about a student, all or none. Nothing of the other side
/// is overwritten unseen: a decision made on an older version of PASI's copy is
/// a conflict. An ASN that PASI linked or deactivated cannot be kept (`LP-0601`).
///
/// Writes: the student or enrolment where PASI's side was chosen, queue items
/// where ours was, audit.
pub fn decide(
    tx: &mut Tx,
    permit: &Permit<DecidePasi>,
    student: StudentId,
    decisions: &[Decision],
) -> Outcome<()> {
    if !permit.covers(tx, student)? {
        return Err(Failure::NotFound);
    }
    let open = difference::differences(tx, student)?;
    for decision in decisions {
        let found = open.iter().find(|open| {
            open.field == decision.field
                && open.record_key == decision.record_key
                && open.record_kind == decision.record_kind
        });
        let Some(found) = found else {
            continue; // settled meanwhile, by someone else or by itself
        };
        if found.core_version != decision.seen_version {
            return Err(Failure::stale(
                "pasi_difference",
                decision.seen_version,
                found.core_version,
            ));
        }
        match (decision.choice, decision.record_kind.as_str()) {
            (Choice::Ours, "student") if decision.field == "asn" => {
                return Err(Failure::refuse("LP-0601", "asn"));
            }
            (Choice::Theirs, "student") => accept::field(tx, student, &decision.field)?,
            (Choice::Theirs, _) => accept::enrolment(tx, student, &decision.record_key)?,
            (Choice::Ours, _) => send_ours(tx, student, decision)?,
        }
        let side = if decision.choice == Choice::Ours {
            "ours"
        } else {
            "theirs"
        };
        let detail = serde_json::json!({ "field": decision.field, "stands": side, "ours": found.ours, "theirs": found.theirs });
        tx.record("pasi.decide", Subject::new("student", student), &detail);
    }
    difference::judge(tx, student)
}

/// Ours goes to PASI, based on the version the person saw.
fn send_ours(tx: &mut Tx, student: StudentId, decision: &Decision) -> Outcome<()> {
    let ours = map::load(tx, student)?;
    let kind = if decision.record_kind == "enrolment" {
        "enrolment"
    } else {
        kind_of_field(&decision.field)
    };
    let (operation, records) = match kind {
        "identity" => (Operation::SubmitIdentificationInformation, vec![student.uuid()]),
        "language" => (Operation::SubmitLanguageAtHome, vec![student.uuid()]),
        "section23" => (
            Operation::SubmitStudentSection23EligibilityStatus,
            vec![student.uuid()],
        ),
        "name" => (
            Operation::SubmitName,
            ours.names
                .iter()
                .filter(|name| name.value.is_preferred)
                .map(|name| name.id.uuid())
                .collect(),
        ),
        "address" => (
            Operation::SubmitStudentAddress,
            ours.addresses.iter().map(|address| address.id.uuid()).collect(),
        ),
        "phone" => (
            Operation::SubmitStudentPhone,
            ours.phones.iter().map(|phone| phone.id.uuid()).collect(),
        ),
        "email" => (
            Operation::SubmitStudentEmail,
            ours.emails.iter().map(|email| email.id.uuid()).collect(),
        ),
        _ => {
            let record: Uuid = decision.record_key.parse().map_err(|_| Failure::NotFound)?;
            (Operation::SubmitStudentSchoolEnrolment, vec![record])
        }
    };
    let (actor, school) = (tx.actor().clone(), map::school_of(tx, student)?);
    for record in records {
        let body = Body::default();
        let (seen_version, state) = (decision.seen_version, ItemState::Waiting);
        queue::add(
            tx,
            &actor,
            &NewItem {
                operation,
                student,
                school,
                record_kind: kind,
                record,
                body,
                seen_version,
                state,
            },
        )?;
    }
    Ok(())
}

/// Lets an item go that waited for approval.
pub fn approve(tx: &mut Tx, permit: &Permit<DecidePasi>, id: PasiItemId) -> Outcome<()> {
    let mut item = queue::item(tx, id)?;
    covered(tx, permit, &item)?;
    if item.state != ItemState::Approval {
        return Err(Failure::stale("pasi_item", 0, 1));
    }
    item.state = ItemState::Waiting;
    queue::set(tx, &item)?;
    tx.record("pasi.approve", Subject::new("pasi_item", id), &item.operation);
    map::refresh_card(tx, item.student_id)
}

/// Sends an item again, based on PASI's version as it is now: the person has
/// seen both sides and wants ours.
pub fn resend(tx: &mut Tx, permit: &Permit<DecidePasi>, id: PasiItemId) -> Outcome<()> {
    let mut item = queue::item(tx, id)?;
    covered(tx, permit, &item)?;
    if !matches!(item.state, ItemState::Rejected | ItemState::Conflict) {
        return Err(Failure::stale("pasi_item", 0, 1));
    }
    let asn = map::asn_of(tx, item.student_id)?;
    item.seen_version = crate::sender::seen_version(tx, &item.record_kind.clone(), asn, item.ref_id()?)?;
    item.state = ItemState::Waiting;
    item.not_before = tx.now();
    queue::set(tx, &item)?;
    tx.record("pasi.resend", Subject::new("pasi_item", id), &item.operation);
    map::refresh_card(tx, item.student_id)
}

/// Gives an item up: PASI keeps what it has. What differs afterwards shows as a difference.
pub fn drop_item(tx: &mut Tx, permit: &Permit<DecidePasi>, id: PasiItemId) -> Outcome<()> {
    let mut item = queue::item(tx, id)?;
    covered(tx, permit, &item)?;
    if matches!(
        item.state,
        ItemState::Done | ItemState::Dropped | ItemState::Sending | ItemState::Alert
    ) {
        return Err(Failure::stale("pasi_item", 0, 1));
    }
    item.state = ItemState::Dropped;
    queue::set(tx, &item)?;
    tx.record("pasi.drop", Subject::new("pasi_item", id), &item.operation);
    difference::judge(tx, item.student_id)
}

fn covered(tx: &mut Tx, permit: &Permit<DecidePasi>, item: &queue::Item) -> Outcome<()> {
    if permit.covers(tx, item.student_id)? {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}
