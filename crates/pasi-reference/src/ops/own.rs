//! Records that schools submit, named by a GUID that the client makes. How one
//! is submitted is said here once; what each kind asks for besides stands in
//! its own file.

use super::read::Seen;
use super::sub_records::{asn_state, reference_of_nothing};
use crate::refusal::answer;
use crate::state::Submit;
use kernel::{Finding, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{SubmitListResponse, SubmitResponse};
use pasi_wire::rules::submit::{Held, changes, structure, version, writable};
use pasi_wire::rules::{finding, rejections};
use std::collections::HashSet;
use uuid::Uuid;

/// Such a record.
pub(super) trait Own: Seen<Key = Uuid> {
    fn is_deleted(&self) -> bool;
    /// May the caller submit it at all? Judged before the version.
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings>;
    /// Is what it says in order? Judged after the version.
    fn judged(&self, _at: &Submit<'_, '_>, _held: Option<&Self>) -> Result<(), Findings> {
        Ok(())
    }
    /// Puts in what the province sets itself.
    fn set_by_province(&mut self, _at: &Submit<'_, '_>, _held: Option<&Self>) {}
    /// Refuses to delete what is not there.
    fn absent() -> Findings {
        reference_of_nothing()
    }
    /// What else happens when it is stored.
    fn beside(&self, _at: &mut Submit<'_, '_>) {}
}

/// Creates, changes, deletes or restores a record.
pub(super) fn submit<T: Own>(at: &mut Submit<'_, '_>, sent: T) -> Result<SubmitResponse, Fault> {
    submit_with(at, sent, |_, _, _| Ok(()))
}

/// The same, with a last judgement that knows more than the record says. It is
/// given the record as it would be stored and as it is held, and changes
/// nothing before it can no longer refuse.
pub(super) fn submit_with<'w, T: Own>(
    at: &mut Submit<'_, 'w>,
    sent: T,
    last: impl FnOnce(&mut Submit<'_, 'w>, &T, Option<&T>) -> Result<(), Findings>,
) -> Result<SubmitResponse, Fault> {
    let ref_id = sent.key();
    let held = at.draft.world.held_version::<T>(ref_id);
    let outcome = decide(at, sent, last);
    answer(ref_id, held, outcome)
}

/// Submits records of which each is judged alone, so that some may be stored
/// while others are refused. `whole` refuses them together; `each` says what
/// is wrong with one in this place.
pub(super) fn submit_list<T: Own>(
    at: &mut Submit<'_, '_>,
    sent: Vec<T>,
    whole: Result<(), Findings>,
    each_first: impl Fn(&Submit<'_, '_>, &T) -> Option<Finding>,
) -> SubmitListResponse {
    if let Err(findings) = whole {
        return SubmitListResponse {
            results: Vec::new(),
            rejections: rejections(&findings),
        };
    }
    let results = each(
        at,
        sent,
        |at, one| at.draft.world.held_version::<T>(one.key()),
        T::key,
        |at, one| match each_first(at, &one) {
            Some(found) => Err(found.into()),
            None => decide(at, one, |_, _, _| Ok(())),
        },
    );
    SubmitListResponse {
        results,
        rejections: Vec::new(),
    }
}

/// The answer for each of several records in one request; a record that stands
/// in it twice is refused the second time, for its version is known to neither.
pub(super) fn each<One>(
    at: &mut Submit<'_, '_>,
    all: impl IntoIterator<Item = One>,
    held: impl Fn(&Submit<'_, '_>, &One) -> i64,
    ref_id: impl Fn(&One) -> Uuid,
    mut decide: impl FnMut(&mut Submit<'_, '_>, One) -> Result<i64, Findings>,
) -> Vec<SubmitResponse> {
    let mut seen = HashSet::new();
    let mut results = Vec::new();
    for one in all {
        let (ref_id, held) = (ref_id(&one), held(at, &one));
        let outcome = if seen.insert(ref_id) {
            decide(at, one)
        } else {
            Err(structure("ref_id", "the record stands in the request twice").into())
        };
        results.push(match outcome {
            Ok(version) => SubmitResponse::stored(ref_id, version),
            Err(findings) => SubmitResponse::refused(ref_id, held, rejections(&findings)),
        });
    }
    results
}

fn decide<'w, T: Own>(
    at: &mut Submit<'_, 'w>,
    mut sent: T,
    last: impl FnOnce(&mut Submit<'_, 'w>, &T, Option<&T>) -> Result<(), Findings>,
) -> Result<i64, Findings> {
    let world = at.draft.world;
    let held = world.get::<T>(sent.key());
    let held = held.as_deref();
    if sent.version() > at.node {
        return Err(finding(9014).with("client", sent.version()).into());
    }
    let is_writable = sent.asn().map(|asn| asn_state(world, asn)).and_then(writable);
    if let Some(found) = is_writable {
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
    sent.set_by_province(at, held);
    sent.judged(at, held)?;
    if let Some(held) = held {
        sent.set_version(held.version());
        if let Some(nothing) = changes(Some(held), &sent) {
            return Err(nothing.into());
        }
    } else if sent.is_deleted() {
        return Err(T::absent());
    }
    last(at, &sent, held)?;
    sent.beside(at);
    Ok(at.draft.put(sent.into()))
}
