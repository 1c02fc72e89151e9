//! Responsible schools: submit, read, status.

use super::enrolments::{is_newer, nothing_found};
use super::read::View;
use super::sub_records::{asn_state, reference_of_nothing};
use crate::access::{Association, Caller};
use crate::refusal::{OrReject as _, answer};
use crate::state::Submit;
use crate::store::{Change, Versioned, World};
use codes::CodeSet;
use kernel::Findings;
use pasi_wire::Fault;
use pasi_wire::messages::{
    AvailabilityStatus, GetResponsibleSchoolRequest, GetResponsibleSchoolResponse,
    GetResponsibleSchoolStatusRequest, GetResponsibleSchoolStatusResponse, HasResponsibleSchool,
    ResponsibleSchool, ResponsibleSchoolResult, ResponsibleSchoolStatusResult, SubmitResponse,
};
use pasi_wire::rules::submit::{Held, changes, version, writable};
use pasi_wire::rules::{finding, responsible};

/// Adds, changes, deletes or restores a record.
pub(super) fn submit(at: &mut Submit<'_, '_>, sent: ResponsibleSchool) -> Result<SubmitResponse, Fault> {
    let held = at
        .draft
        .world
        .responsible_school(sent.ref_id)
        .map_or(0, Versioned::version);
    let ref_id = sent.ref_id;
    let outcome = decide(at, sent);
    answer(ref_id, held, outcome)
}

fn decide(at: &mut Submit<'_, '_>, mut sent: ResponsibleSchool) -> Result<i64, Findings> {
    let (world, by) = (at.draft.world, at.by);
    let held = world.responsible_school(sent.ref_id);
    if sent.pasi_core_version > at.node {
        return Err(finding(9014).with("client", sent.pasi_core_version).into());
    }
    if let Some(found) = writable(asn_state(world, sent.asn)) {
        return Err(found.into());
    }
    if by.association(world, sent.asn) == Association::None {
        return Err(finding(9010).into());
    }
    if held.is_some_and(|held| held.asn != sent.asn) || (held.is_none() && sent.is_deleted) {
        return Err(reference_of_nothing());
    }
    if let Some(code) = sent.school_code.filter(|code| world.school(*code).is_none()) {
        return Err(finding(9003).with("code", code).into());
    }
    let stands = held.map_or(Held::Absent, |held| {
        if held.is_deleted {
            Held::Deleted(held.pasi_core_version)
        } else {
            Held::Present(held.pasi_core_version)
        }
    });
    if let Some(found) = version(sent.pasi_core_version, stands, at.node) {
        return Err(found.into());
    }
    let others: Vec<ResponsibleSchool> = world
        .responsible_schools_of(sent.asn)
        .filter(|other| !other.is_deleted)
        .cloned()
        .collect();
    responsible::submitted(&sent, &others, is_allowed).or_reject()?;
    if let Some(held) = held {
        sent.pasi_core_version = held.pasi_core_version;
        if let Some(nothing) = changes(Some(held), &sent) {
            return Err(nothing.into());
        }
    }
    Ok(at.draft.put(Change::ResponsibleSchool(Box::new(sent))))
}

/// Is the reason a child of the answer in the relation table?
fn is_allowed(has: HasResponsibleSchool, reason: &str) -> bool {
    let reasons = codes::set(CodeSet::TransitionReason);
    reasons
        .find(reason)
        .is_some_and(|code| code.under.iter().any(|under| under == has.as_str()))
}

pub(super) fn availability(world: &World, by: &Caller, record: &ResponsibleSchool) -> AvailabilityStatus {
    match record.school_code {
        Some(school) if by.owns(world, school) => AvailabilityStatus::Normal,
        _ => by.availability(world, record.asn),
    }
}

pub(super) fn get(from: &View<'_>, asked: &GetResponsibleSchoolRequest) -> GetResponsibleSchoolResponse {
    let results = from.list(
        &asked.responsible_schools,
        |key| key.expected_version,
        |key| {
            let held = from.world.responsible_school(key.ref_id);
            let availability_status = held.map_or(AvailabilityStatus::Unknown, |held| {
                availability(from.world, from.by, held)
            });
            let result = ResponsibleSchoolResult {
                ref_id: key.ref_id,
                availability_status,
                responsible_school: held
                    .filter(|_| availability_status == AvailabilityStatus::Normal)
                    .cloned(),
            };
            (held.map_or(0, Versioned::version), result)
        },
    );
    GetResponsibleSchoolResponse {
        results,
        rejections: Vec::new(),
    }
}

pub(super) fn get_status(
    from: &View<'_>,
    asked: &GetResponsibleSchoolStatusRequest,
) -> GetResponsibleSchoolStatusResponse {
    let results = from.list(
        &asked.responsible_schools,
        |key| key.expected_version,
        |key| {
            let held = from.world.responsible_school(key.ref_id);
            let availability_status = held.map_or(AvailabilityStatus::Unknown, |held| {
                availability(from.world, from.by, held)
            });
            let given = held.filter(|_| availability_status == AvailabilityStatus::Normal);
            let found = from.world.responsible_school_status(key.ref_id);
            let result = ResponsibleSchoolStatusResult {
                ref_id: key.ref_id,
                availability_status,
                status: given.map(|record| {
                    let nothing = || nothing_found(key.ref_id, record.version());
                    found.cloned().unwrap_or_else(nothing)
                }),
                source: given
                    .filter(|record| is_newer(key.known_source_version, record.version()))
                    .cloned(),
            };
            (found.map_or(0, Versioned::version), result)
        },
    );
    GetResponsibleSchoolStatusResponse {
        results,
        rejections: Vec::new(),
    }
}
