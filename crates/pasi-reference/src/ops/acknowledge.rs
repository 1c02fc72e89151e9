//! Answers to core alerts.

use super::read::Seen;
use crate::refusal::answer;
use crate::state::Submit;
use crate::store::{Change, Kind as _, Record as _};
use kernel::{Finding, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{
    AcknowledgementRequest, AlertAcknowledgement, AvailabilityStatus, CoreAlert, SubmitResponse,
    SubmitStudentStatusAcknowledgementRequest,
};
use pasi_wire::rules::{acknowledgement::acknowledged, finding};
use uuid::Uuid;

/// Of a student: 9002, 9010, 12000 to 12004.
pub(super) fn student(
    at: &mut Submit<'_, '_>,
    asked: &SubmitStudentStatusAcknowledgementRequest,
) -> Result<SubmitResponse, Fault> {
    let world = at.draft.world;
    let refused = match world.student(asked.asn) {
        None => Some(finding(9002)),
        Some(_) if !at.by.may_know(world, asked.asn) => Some(finding(9010)),
        Some(_) => None,
    };
    let status = world.student_status(asked.asn).cloned();
    let outcome = put(
        at,
        refused.map_or(Ok(status), Err),
        &asked.acknowledgement,
        |status| &mut status.alerts,
        Change::StudentStatus,
    );
    answer(asked.acknowledgement.alert_code, 0, outcome)
}

/// Of a record with a GUID: 10149, 12000 to 12005. Those who are told of its
/// alerts may answer them.
pub(super) fn record<Q>(at: &mut Submit<'_, '_>, asked: &Q) -> Result<SubmitResponse, Fault>
where
    Q: AcknowledgementRequest,
    Q::Record: Seen<Key = Uuid>,
{
    let world = at.draft.world;
    let may_answer = |held: &Q::Record| {
        if Q::Record::ALERTS_ARE_THE_OWNERS {
            held.school(world).is_some_and(|school| at.by.owns(world, school))
        } else {
            held.availability(world, at.by) == AvailabilityStatus::Normal
        }
    };
    let refused = match world.get::<Q::Record>(asked.ref_id()) {
        None => Some(finding(12_005)),
        Some(held) if !may_answer(&held) => Some(finding(10_149)),
        Some(_) => None,
    };
    let status = world.status_of::<Q::Record>(asked.ref_id()).cloned();
    let outcome = put(
        at,
        refused.map_or(Ok(status), Err),
        asked.acknowledgement(),
        |status| &mut status.alerts,
        |status| Change::Status(Q::Record::TYPE, status),
    );
    answer(asked.acknowledgement().alert_code, 0, outcome)
}

/// Sets what is said to the alert named; the status gets a new version.
/// `status` is the one that stands, or why this caller may not answer.
fn put<T>(
    at: &mut Submit<'_, '_>,
    status: Result<Option<T>, Finding>,
    said: &AlertAcknowledgement,
    alerts: impl Fn(&mut T) -> &mut Vec<CoreAlert>,
    change: impl Fn(T) -> Change,
) -> Result<i64, Findings> {
    let Some(mut status) = status? else {
        return Err(finding(12_000).with("alert", said.alert_code).into());
    };
    let standing = alerts(&mut status);
    if let Some(found) = acknowledged(standing, said, at.by.is_ministry()) {
        return Err(found.into());
    }
    for alert in standing.iter_mut().filter(|alert| said.names(alert)) {
        alert.acknowledgement_status = said.status;
    }
    Ok(at.draft.put(change(status)))
}
