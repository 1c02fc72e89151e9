//! What people decide: which side of a difference stands, and what becomes of
//! an item that PASI did not take.

use crate::accept;
use crate::bonds;
use crate::difference::{self, Difference, travels_with};
use crate::queue::{self, Body, ItemState, NewItem};
use crate::{intake, map, seen, sender};
use access::Permit;
use access::action::DecidePasi;
use db::{Reading, Subject, Tx};
use kernel::{Failure, Finding, Findings, Outcome, PasiItemId, StudentId};
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

impl Choice {
    /// As the audit and the forms say it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        }
    }
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
    /// What stood on our side of the screen.
    pub seen_ours: String,
    /// Which side.
    pub choice: Choice,
}

/// Applies decisions about a student, all or none, and each to its own field:
/// a field that nobody decided stays as it is, here and there. Nothing of
/// either side is overwritten unseen: a decision made on an older version of
/// PASI's copy, or of ours, is a conflict.
///
/// Refused: fields that PASI does not take apart and that are to stand for
/// different sides (`LP-0607`); ours of a record of which another difference is
/// left open, for it would go along (`LP-0608`); keeping an ASN that PASI linked
/// or deactivated (`LP-0601`), or another word than PASI's on a death (`LP-0606`).
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
    // Ours may have changed since the two sides were last compared.
    difference::judge(tx, student)?;
    let open = difference::differences(tx, student)?;
    let chosen = chosen(&open, decisions)?;
    fits_together(&open, &chosen).or_refuse()?;
    // PASI's sides first: where ours of the same record goes, it goes with them.
    for of_record in of_records(&open, &chosen, Choice::Theirs) {
        accept::theirs(tx, student, &of_record)?;
    }
    let mut sent = HashSet::new();
    for difference in of_records(&open, &chosen, Choice::Ours).into_iter().flatten() {
        send_ours(tx, student, difference, &mut sent)?;
    }
    for (difference, choice) in open.iter().zip(&chosen) {
        if let Some(choice) = choice {
            let detail = serde_json::json!({ "field": difference.field, "about": difference.about, "stands": choice.as_str(), "ours": difference.ours, "theirs": difference.theirs });
            tx.record("pasi.decide", Subject::new("student", student), &detail);
        }
    }
    difference::judge(tx, student)
}

/// The side chosen for each open difference; none for one left open. A
/// decision about what is not open any more counts as done: someone else, or
/// time, settled it.
fn chosen(open: &[Difference], decisions: &[Decision]) -> Outcome<Vec<Option<Choice>>> {
    let mut chosen = vec![None; open.len()];
    for decision in decisions {
        let Some(at) = open.iter().position(|open| is_about(decision, open)) else {
            continue;
        };
        let (seen, now) = (decision.seen_version, open[at].core_version);
        if seen != now || decision.seen_ours != open[at].ours {
            return Err(Failure::stale("pasi_difference", seen, now));
        }
        chosen[at] = Some(decision.choice);
    }
    Ok(chosen)
}

/// What stands in the way of the choices.
fn fits_together(open: &[Difference], chosen: &[Option<Choice>]) -> Findings {
    let mut findings = Findings::default();
    for (at, difference) in open.iter().enumerate() {
        let Some(choice) = chosen[at] else {
            if is_swept_along(open, at, chosen) {
                findings.push(Finding::refuse("LP-0608", &difference.field));
            }
            continue;
        };
        if choice == Choice::Ours && only_theirs(&difference.record_kind, &difference.field) {
            let is_asn = difference.field == "asn";
            let code = if is_asn { "LP-0601" } else { "LP-0606" };
            findings.push(Finding::refuse(code, &difference.field));
        }
        let with = bonds::bound(open, at, choice);
        if with.into_iter().any(|other| chosen[other] != Some(choice)) {
            findings.push(Finding::refuse("LP-0607", &difference.field));
        }
    }
    findings
}

/// The differences that stand for a side, by the record they are of.
fn of_records<'o>(
    open: &'o [Difference],
    chosen: &[Option<Choice>],
    side: Choice,
) -> Vec<Vec<&'o Difference>> {
    let mut records: Vec<Vec<&Difference>> = Vec::new();
    for (difference, choice) in open.iter().zip(chosen) {
        if *choice != Some(side) {
            continue;
        }
        let is_of = |one: &Difference| {
            (&one.record_kind, &one.record_key) == (&difference.record_kind, &difference.record_key)
        };
        match records
            .iter_mut()
            .find(|of_record| of_record.iter().any(|one| is_of(one)))
        {
            Some(of_record) => of_record.push(difference),
            None => records.push(vec![difference]),
        }
    }
    records
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

/// Would sending ours carry the open difference `at` along, that nobody
/// decided? A record travels whole: each of its differences must be decided.
fn is_swept_along(open: &[Difference], at: usize, chosen: &[Option<Choice>]) -> bool {
    let record = |one: &Difference| (travels_in(one), one.record_key.clone());
    let is_sent = |other: usize| chosen[other] == Some(Choice::Ours);
    // The name gone by is said in the record of that name.
    let is_gone_by = |other: &Difference| {
        let names = (open[at].field.as_str(), other.field.as_str());
        names == ("preferred-name", "other-name") && open[at].ours == other.ours
    };
    (0..open.len())
        .filter(|other| is_sent(*other))
        .any(|other| record(&open[other]) == record(&open[at]) || is_gone_by(&open[other]))
}

/// The other open differences that go to PASI in the same record as the one `at`.
pub fn travelling_with(open: &[Difference], at: usize) -> Vec<usize> {
    let record = |one: &Difference| (travels_in(one), one.record_key.clone());
    let is_with = |other: &usize| *other != at && record(&open[*other]) == record(&open[at]);
    (0..open.len()).filter(is_with).collect()
}

/// The kind of record that a difference travels in, as far as it tells two
/// records of one kind apart.
fn travels_in(one: &Difference) -> String {
    match one.field.as_str() {
        "mailing-address" | "physical-address" => one.field.clone(),
        field => travels_with(&one.record_kind, field).to_owned(),
    }
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
            student: Some(student),
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
    map::refresh_of(tx, &item)
}

/// Approves many; gives how many. What someone else decided meanwhile, or what
/// is not the person's to know, is left alone.
pub fn approve_all(tx: &mut Tx, permit: &Permit<DecidePasi>, ids: &[PasiItemId]) -> Outcome<usize> {
    each(tx, ids, |tx, id| approve(tx, permit, id))
}

/// Sends many refused items again; gives how many, as [`approve_all`] does. A
/// record that PASI changed meanwhile becomes a conflict: nobody saw its other
/// side. An item that PASI changed first needs a decision of its own.
pub fn resend_all(tx: &mut Tx, permit: &Permit<DecidePasi>, ids: &[PasiItemId]) -> Outcome<usize> {
    each(tx, ids, |tx, id| match queue::item(tx, id)?.state {
        ItemState::Rejected => send_again(tx, permit, id, Before::Nobody),
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

/// Sends an item again, based on PASI's version that the person saw: both sides
/// were before them and they want ours.
pub fn resend(tx: &mut Tx, permit: &Permit<DecidePasi>, id: PasiItemId) -> Outcome<()> {
    send_again(tx, permit, id, Before::Them)
}

/// Before whom were both sides, when an item is sent again?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The person who decides.
    Them,
    /// Nobody: the item keeps the version it was made on.
    Nobody,
}

fn send_again(tx: &mut Tx, permit: &Permit<DecidePasi>, id: PasiItemId, sides: Before) -> Outcome<()> {
    let mut item = queue::item(tx, id)?;
    covered(tx, permit, &item)?;
    if !matches!(item.state, ItemState::Rejected | ItemState::Conflict) {
        return Err(Failure::stale("pasi_item", 0, 1));
    }
    let of = seen::Of {
        student: item.student_id,
        section: None,
        kind: &item.record_kind,
        record: item.ref_id()?,
        asn: match item.student_id {
            Some(student) => map::asn_of(tx, student)?,
            None => None,
        },
    };
    let version = match sides {
        Before::Them => {
            let token = tx.actor().seen.clone();
            seen::version(tx, &token, &of)?
        }
        Before::Nobody => {
            let now = sender::seen_version(tx, of.kind, of.asn, of.record)?;
            seen::moved_on(tx, &of, item.seen_version, now)?
        }
    };
    item.seen_version = version;
    queue::release(tx, &mut item)?;
    tx.record("pasi.resend", Subject::new("pasi_item", id), &item.operation);
    map::refresh_of(tx, &item)
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
    item.student_id
        .map_or(Ok(()), |student| difference::judge(tx, student))
}

pub(crate) fn covered(tx: &mut Tx, permit: &Permit<DecidePasi>, item: &queue::Item) -> Outcome<()> {
    let is_covered = match (item.student_id, item.school_id) {
        (Some(student), _) => permit.covers(tx, student)?,
        (None, school) => school.is_some_and(|school| permit.covers_school(school)),
    };
    if is_covered {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}
