//! Records with a version of their own, named by a GUID that the client makes:
//! enrolments and responsible schools. How one is submitted and read is said
//! here once; what each asks for besides stands in its own file.

use super::read::View;
use super::sub_records::{asn_state, reference_of_nothing};
use crate::access::Caller;
use crate::refusal::answer;
use crate::state::Submit;
use crate::store::{Change, Versioned, World};
use kernel::{Asn, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{
    AvailabilityStatus, RecordStatus, RefIdVersion, StatusRefIdVersion, SubmitResponse,
};
use pasi_wire::rules::finding;
use pasi_wire::rules::submit::{Held, changes, version, writable};
use uuid::Uuid;

/// Such a record.
pub(super) trait Own: Versioned + Clone + PartialEq + 'static {
    fn find(world: &World, ref_id: Uuid) -> Option<&Self>;
    fn status(world: &World, ref_id: Uuid) -> Option<&RecordStatus>;
    fn ref_id(&self) -> Uuid;
    fn asn(&self) -> Asn;
    fn is_deleted(&self) -> bool;
    /// May the caller know of it?
    fn availability(&self, world: &World, by: &Caller) -> AvailabilityStatus;
    /// As the caller may see it.
    fn seen_by(&self, _from: &View<'_>) -> Self {
        self.clone()
    }
    /// May the caller submit it at all? Judged before the version.
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings>;
    /// Is what it says in order? Judged after the version.
    fn judged(&self, _at: &Submit<'_, '_>) -> Result<(), Findings> {
        Ok(())
    }
    /// What else happens when it is stored.
    fn beside(&self, _at: &mut Submit<'_, '_>) {}
    fn into_change(self) -> Change;
}

/// Creates, changes, deletes or restores a record.
pub(super) fn submit<T: Own>(at: &mut Submit<'_, '_>, sent: T) -> Result<SubmitResponse, Fault> {
    let ref_id = sent.ref_id();
    let held = T::find(at.draft.world, ref_id).map_or(0, Versioned::version);
    let outcome = decide(at, sent);
    answer(ref_id, held, outcome)
}

fn decide<T: Own>(at: &mut Submit<'_, '_>, mut sent: T) -> Result<i64, Findings> {
    let world = at.draft.world;
    let held = T::find(world, sent.ref_id());
    if sent.version() > at.node {
        return Err(finding(9014).with("client", sent.version()).into());
    }
    if let Some(found) = writable(asn_state(world, sent.asn())) {
        return Err(found.into());
    }
    sent.admitted(at, held)?;
    let stands = held.map_or(Held::Absent, |held| {
        if held.is_deleted() {
            Held::Deleted(held.version())
        } else {
            Held::Present(held.version())
        }
    });
    if let Some(found) = version(sent.version(), stands, at.node) {
        return Err(found.into());
    }
    sent.judged(at)?;
    if let Some(held) = held {
        sent.set_version(held.version());
        if let Some(nothing) = changes(Some(held), &sent) {
            return Err(nothing.into());
        }
    } else if sent.is_deleted() {
        return Err(reference_of_nothing());
    }
    sent.beside(at);
    Ok(at.draft.put(sent.into_change()))
}

/// Reads records in the order asked; `give` makes the result of each.
pub(super) fn read<T: Own, R>(
    from: &View<'_>,
    asked: &[RefIdVersion],
    give: impl Fn(Uuid, AvailabilityStatus, Option<T>) -> R,
) -> Vec<R> {
    from.list(
        asked,
        |key| key.expected_version,
        |key| {
            let (held, availability) = find::<T>(from, key.ref_id);
            let record = given(held, availability).map(|held| held.seen_by(from));
            let version = held.map_or(0, Versioned::version);
            (version, give(key.ref_id, availability, record))
        },
    )
}

/// Reads the alerts of records in the order asked; the record comes along when
/// it is newer than the client's.
pub(super) fn read_status<T: Own, R>(
    from: &View<'_>,
    asked: &[StatusRefIdVersion],
    give: impl Fn(Uuid, AvailabilityStatus, Option<RecordStatus>, Option<T>) -> R,
) -> Vec<R> {
    from.list(
        asked,
        |key| key.expected_version,
        |key| {
            let (held, availability) = find::<T>(from, key.ref_id);
            let record = given(held, availability);
            let found = T::status(from.world, key.ref_id);
            let status = record.map(|record| {
                let nothing = || nothing_found(key.ref_id, record.version());
                found.cloned().unwrap_or_else(nothing)
            });
            let source = record
                .filter(|record| is_newer(key.known_source_version, record.version()))
                .map(|record| record.seen_by(from));
            let version = found.map_or(0, Versioned::version);
            (version, give(key.ref_id, availability, status, source))
        },
    )
}

fn find<'w, T: Own>(from: &View<'w>, ref_id: Uuid) -> (Option<&'w T>, AvailabilityStatus) {
    let held = T::find(from.world, ref_id);
    let availability = held.map_or(AvailabilityStatus::Unknown, |held| {
        held.availability(from.world, from.by)
    });
    (held, availability)
}

fn given<T>(held: Option<&T>, availability: AvailabilityStatus) -> Option<&T> {
    held.filter(|_| availability == AvailabilityStatus::Normal)
}

/// Shall the record come along with its status?
pub(super) fn is_newer(known: i64, held: i64) -> bool {
    known != 0 && held > known
}

/// The status of a record about which nothing was ever found.
fn nothing_found(ref_id: Uuid, source_version: i64) -> RecordStatus {
    RecordStatus {
        ref_id,
        alerts: Vec::new(),
        source_version,
        pasi_core_version: 0,
    }
}
