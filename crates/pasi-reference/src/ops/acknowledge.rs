//! Answers to core alerts.

use super::own::Own as _;
use crate::access::Association;
use crate::refusal::answer;
use crate::state::Submit;
use crate::store::Change;
use kernel::{Finding, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{
    AlertAcknowledgement, AvailabilityStatus, CoreAlert, SubmitResponse,
    SubmitResponsibleSchoolStatusAcknowledgementRequest,
    SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest, SubmitStudentStatusAcknowledgementRequest,
};
use pasi_wire::rules::{finding, responsible::acknowledged};

/// Of a student: 9002, 9010, 12000 to 12004.
pub(super) fn student(
    at: &mut Submit<'_, '_>,
    asked: &SubmitStudentStatusAcknowledgementRequest,
) -> Result<SubmitResponse, Fault> {
    let world = at.draft.world;
    let refused = match world.student(asked.asn) {
        None => Some(finding(9002)),
        Some(_) if at.by.association(world, asked.asn) == Association::None => Some(finding(9010)),
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

/// Of an enrolment: 10149, 12000 to 12005.
pub(super) fn enrolment(
    at: &mut Submit<'_, '_>,
    asked: &SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest,
) -> Result<SubmitResponse, Fault> {
    let world = at.draft.world;
    let refused = match world.enrolment(asked.ref_id) {
        None => Some(finding(12_005)),
        Some(held) if !at.by.owns(world, held.school_code) => Some(finding(10_149)),
        Some(_) => None,
    };
    let status = world.enrolment_status(asked.ref_id).cloned();
    let outcome = put(
        at,
        refused.map_or(Ok(status), Err),
        &asked.acknowledgement,
        |status| &mut status.alerts,
        Change::EnrolmentStatus,
    );
    answer(asked.acknowledgement.alert_code, 0, outcome)
}

/// Of a responsible school: 10149, 12000 to 12005.
pub(super) fn responsible_school(
    at: &mut Submit<'_, '_>,
    asked: &SubmitResponsibleSchoolStatusAcknowledgementRequest,
) -> Result<SubmitResponse, Fault> {
    let world = at.draft.world;
    let refused = match world.responsible_school(asked.ref_id) {
        None => Some(finding(12_005)),
        Some(held) => {
            let is_known = held.availability(world, at.by) == AvailabilityStatus::Normal;
            (!is_known).then(|| finding(10_149))
        }
    };
    let status = world.responsible_school_status(asked.ref_id).cloned();
    let outcome = put(
        at,
        refused.map_or(Ok(status), Err),
        &asked.acknowledgement,
        |status| &mut status.alerts,
        Change::ResponsibleSchoolStatus,
    );
    answer(asked.acknowledgement.alert_code, 0, outcome)
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
