//! What people decide: which side of a difference stands, and what becomes of
//! an item that PASI did not take.

use crate::accept;
use crate::difference::{self, Difference, travels_with};
use crate::queue::{self, Body, ItemState, NewItem};
use crate::{intake, map};
use access::Permit;
use access::action::DecidePasi;
use db::{Reading, Subject, Tx};
use kernel::{Failure, Outcome, PasiItemId, StudentId};
use pasi_wire::Operation;
use pasi_wire::messages as wire;
use people::AddressKind;
use std::collections::HashSet;
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
    /// As of the [`Difference`].
    pub record_kind: String,
    /// ASN, or the record's id at PASI.
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
/// a conflict, and so is one that would send ours of a record of which another
/// difference is left open. An ASN that PASI linked or deactivated cannot be
/// kept (`LP-0601`), nor what PASI knows of a death (`LP-0606`).
///
/// Writes: the record where PASI's side was chosen, queue items
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
    let mut found: Vec<(&Decision, &Difference)> = Vec::new();
    for decision in decisions {
        // One that is not open any more was settled meanwhile, by someone else or by itself.
        let Some(difference) = open.iter().find(|open| is_about(decision, open)) else {
            continue;
        };
        if difference.core_version != decision.seen_version {
            return Err(Failure::stale(
                "pasi_difference",
                decision.seen_version,
                difference.core_version,
            ));
        }
        found.push((decision, difference));
    }
    if open.iter().any(|open| is_swept_along(open, &found)) {
        return Err(Failure::stale("pasi_difference", 0, 1));
    }
    // PASI's sides first: where ours of the same record goes, it goes with them.
    found.sort_by_key(|(decision, _)| decision.choice == Choice::Ours);
    let mut sent = HashSet::new();
    for (decision, difference) in found {
        let side = match decision.choice {
            Choice::Theirs => {
                accept::theirs(tx, student, difference)?;
                "theirs"
            }
            Choice::Ours if only_theirs(&difference.record_kind, &difference.field) => {
                let code = if difference.field == "asn" {
                    "LP-0601"
                } else {
                    "LP-0606"
                };
                return Err(Failure::refuse(code, &difference.field));
            }
            Choice::Ours => {
                send_ours(tx, student, difference, &mut sent)?;
                "ours"
            }
        };
        let detail = serde_json::json!({ "field": difference.field, "about": difference.about, "stands": side, "ours": difference.ours, "theirs": difference.theirs });
        tx.record("pasi.decide", Subject::new("student", student), &detail);
    }
    difference::judge(tx, student)
}

fn is_about(decision: &Decision, open: &Difference) -> bool {
    (&open.field, &open.record_key, &open.record_kind)
        == (&decision.field, &decision.record_key, &decision.record_kind)
}

/// Can only PASI's side stand? Nobody but the ministry gives or takes an ASN,
/// and no operation tells PASI of a death.
pub fn only_theirs(record_kind: &str, field: &str) -> bool {
    record_kind == "student" && matches!(field, "asn" | "deceased")
}

/// Would sending ours carry an open difference along that nobody decided? A
/// record travels whole: each of its differences must be decided.
fn is_swept_along(open: &Difference, found: &[(&Decision, &Difference)]) -> bool {
    let record = |one: &Difference| {
        (
            travels_with(&one.record_kind, &one.field).to_owned(),
            one.record_key.clone(),
        )
    };
    let is_sent = found
        .iter()
        .any(|(decision, one)| decision.choice == Choice::Ours && record(one) == record(open));
    is_sent && !found.iter().any(|(decision, _)| is_about(decision, open))
}

/// Ours goes to PASI, based on the version the person saw; each record once.
fn send_ours(
    tx: &mut Tx,
    student: StudentId,
    difference: &Difference,
    sent: &mut HashSet<(&'static str, Uuid)>,
) -> Outcome<()> {
    let (kind, operation) = operation_of(travels_with(&difference.record_kind, &difference.field))?;
    let ours = map::load(tx, student)?;
    let records: Vec<Uuid> = match kind {
        "identity" | "language" | "section23" => vec![student.uuid()],
        "name" if difference.record_kind == "student" => ours
            .names
            .iter()
            .filter(|name| name.value.is_preferred)
            .map(|name| name.id.uuid())
            .collect(),
        "address" | "phone" | "email" => {
            let theirs = accept::copy_of(tx, student)?;
            all_of(kind, &difference.field, &ours, &theirs)
        }
        _ => vec![difference.record_key.parse().map_err(|_| Failure::NotFound)?],
    };
    let (actor, school) = (tx.actor().clone(), map::school_of(tx, student)?);
    for record in records {
        if !sent.insert((kind, record)) {
            continue;
        }
        let new = NewItem {
            operation,
            student,
            school,
            record_kind: kind,
            record,
            body: Body::decided(),
            seen_version: difference.core_version,
            state: ItemState::Waiting,
            made_at: tx.now(),
        };
        queue::add(tx, &actor, &new)?;
    }
    Ok(())
}

/// Our records of a kind, and those of PASI's that we do not have: they go as deleted.
fn all_of(kind: &str, field: &str, ours: &people::Student, theirs: &wire::Student) -> Vec<Uuid> {
    match kind {
        "phone" => {
            let here = ours.phones.iter().map(|phone| phone.id.uuid());
            let is_ours = |number: &str| ours.phones.iter().any(|phone| phone.value.number == number);
            let only_there = theirs
                .phones
                .iter()
                .filter(|phone| !phone.is_deleted && !is_ours(&phone.number));
            here.chain(only_there.map(|phone| phone.ref_id)).collect()
        }
        "email" => {
            let here = ours.emails.iter().map(|email| email.id.uuid());
            let is_ours = |address: &str| {
                let mut all = ours.emails.iter();
                all.any(|email| email.value.address.eq_ignore_ascii_case(address))
            };
            let only_there = theirs
                .emails
                .iter()
                .filter(|email| !email.is_deleted && !is_ours(&email.address));
            here.chain(only_there.map(|email| email.ref_id)).collect()
        }
        _ => {
            let kind = if field == "mailing-address" {
                AddressKind::Mailing
            } else {
                AddressKind::Physical
            };
            let of_kind = ours.addresses.iter().filter(|address| address.value.kind == kind);
            let here: Vec<Uuid> = of_kind.map(|address| address.id.uuid()).collect();
            if !here.is_empty() {
                return here; // PASI's earlier one ends by itself
            }
            let only_there = theirs
                .addresses
                .iter()
                .filter(|address| !address.is_deleted && address.address_type == kind.as_str());
            only_there.map(|address| address.ref_id).collect()
        }
    }
}

/// The operation that sends a kind of record.
fn operation_of(kind: &str) -> Outcome<(&'static str, Operation)> {
    let route = intake::ROUTES.iter().find(|(_, routed, _)| *routed == kind);
    route
        .map(|(_, kind, operation)| (*kind, *operation))
        .ok_or_else(|| Failure::Fault(format!("no operation sends {kind}")))
}

/// Lets an item go that waited for approval.
pub fn approve(tx: &mut Tx, permit: &Permit<DecidePasi>, id: PasiItemId) -> Outcome<()> {
    let mut item = queue::item(tx, id)?;
    covered(tx, permit, &item)?;
    if item.state != ItemState::Approval {
        return Err(Failure::stale("pasi_item", 0, 1));
    }
    queue::release(tx, &mut item)?;
    tx.record("pasi.approve", Subject::new("pasi_item", id), &item.operation);
    map::refresh_card(tx, item.student_id)
}

/// Approves many; gives how many. What someone else decided meanwhile, or what
/// is not the person's to know, is left alone.
pub fn approve_all(tx: &mut Tx, permit: &Permit<DecidePasi>, ids: &[PasiItemId]) -> Outcome<usize> {
    each(tx, ids, |tx, id| approve(tx, permit, id))
}

/// Sends many refused items again; gives how many, as [`approve_all`] does. An
/// item that PASI changed first needs a decision of its own.
pub fn resend_all(tx: &mut Tx, permit: &Permit<DecidePasi>, ids: &[PasiItemId]) -> Outcome<usize> {
    each(tx, ids, |tx, id| match queue::item(tx, id)?.state {
        ItemState::Rejected => resend(tx, permit, id),
        _ => Err(Failure::stale("pasi_item", 0, 1)),
    })
}

fn each(
    tx: &mut Tx,
    ids: &[PasiItemId],
    mut decide: impl FnMut(&mut Tx, PasiItemId) -> Outcome<()>,
) -> Outcome<usize> {
    let mut done = 0;
    for id in ids {
        match decide(tx, *id) {
            Ok(()) => done += 1,
            Err(Failure::Conflict(_) | Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(done)
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
    queue::release(tx, &mut item)?;
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
