//! Enrolments: submit, read, status.

use super::read::View;
use super::sub_records::{asn_state, reference_of_nothing};
use crate::access::{Association, Caller};
use crate::code_tables;
use crate::refusal::answer;
use crate::state::Submit;
use crate::store::{Associate, Change, StudentRecord, Versioned, World};
use kernel::{Asn, AuthorityCode, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{
    AvailabilityStatus, GetStudentSchoolEnrolmentRequest, GetStudentSchoolEnrolmentResponse,
    GetStudentSchoolEnrolmentStatusRequest, GetStudentSchoolEnrolmentStatusResponse, RecordStatus,
    StudentSchoolEnrolment, StudentSchoolEnrolmentResult, StudentSchoolEnrolmentStatusResult, SubmitResponse,
};
use pasi_wire::rules::finding;
use pasi_wire::rules::submit::{Held, changes, structure, version, writable};

/// Creates, changes, deletes or restores an enrolment.
pub(super) fn submit(at: &mut Submit<'_, '_>, sent: StudentSchoolEnrolment) -> Result<SubmitResponse, Fault> {
    let held = at
        .draft
        .world
        .enrolment(sent.ref_id)
        .map_or(0, Versioned::version);
    let ref_id = sent.ref_id;
    let outcome = decide(at, sent);
    answer(ref_id, held, outcome)
}

fn decide(at: &mut Submit<'_, '_>, mut sent: StudentSchoolEnrolment) -> Result<i64, Findings> {
    let world = at.draft.world;
    let held = world.enrolment(sent.ref_id);
    gate(at, &sent, held)?;
    let authority = world.authority_of(sent.school_code);
    if let Some(held) = held {
        sent.pasi_core_version = held.pasi_core_version;
        if let Some(nothing) = changes(Some(held), &sent) {
            return Err(nothing.into());
        }
    } else if sent.is_deleted {
        return Err(reference_of_nothing());
    }
    if let Some(authority) = authority.filter(|_| !sent.is_deleted) {
        associate(at, sent.asn, authority);
    }
    Ok(at.draft.put(Change::Enrolment(Box::new(sent))))
}

fn gate(
    at: &Submit<'_, '_>,
    sent: &StudentSchoolEnrolment,
    held: Option<&StudentSchoolEnrolment>,
) -> Result<(), Findings> {
    let (world, by) = (at.draft.world, at.by);
    let refuse = |found: kernel::Finding| -> Result<(), Findings> { Err(found.into()) };
    if sent.pasi_core_version > at.node {
        return refuse(finding(9014).with("client", sent.pasi_core_version));
    }
    if let Some(found) = writable(asn_state(world, sent.asn)) {
        return refuse(found);
    }
    if world.school(sent.school_code).is_none() {
        return refuse(finding(9003).with("code", sent.school_code));
    }
    let is_ours = held.is_none_or(|held| by.owns(world, held.school_code));
    if !is_ours || !by.owns(world, sent.school_code) {
        return refuse(finding(9020));
    }
    if !code_tables::is_accepted(sent.school_year, by.today) {
        return refuse(finding(9030).with("year", sent.school_year));
    }
    if sent
        .registration_exit_date
        .is_some_and(|exit| exit < sent.registration_start_date)
    {
        return refuse(structure("exit_date", "before the start date"));
    }
    let stands = held.map_or(Held::Absent, |held| {
        if held.is_deleted {
            Held::Deleted(held.pasi_core_version)
        } else {
            Held::Present(held.pasi_core_version)
        }
    });
    version(sent.pasi_core_version, stands, at.node).map_or(Ok(()), refuse)
}

/// An authority that gains an association learns of the student: the student
/// gets a new version, so that the notification is seen.
fn associate(at: &mut Submit<'_, '_>, asn: Asn, authority: AuthorityCode) {
    let world = at.draft.world;
    let Some(record) = world.student(asn) else { return };
    let stands = crate::access::association(world, asn, &[authority], at.by.today);
    let is_listed = record
        .associates
        .iter()
        .any(|associate| associate.authority == authority);
    if is_listed && stands != Association::None {
        return;
    }
    let mut gained = StudentRecord::clone(record);
    gained
        .associates
        .retain(|associate| associate.authority != authority);
    let since = at.draft.next_version();
    gained.associates.push(Associate { authority, since });
    at.draft.put(Change::Student(Box::new(gained)));
}

/// Its own enrolments always; others' while it is associated with the student.
pub(super) fn availability(
    world: &World,
    by: &Caller,
    enrolment: &StudentSchoolEnrolment,
) -> AvailabilityStatus {
    if by.owns(world, enrolment.school_code) {
        return AvailabilityStatus::Normal;
    }
    by.availability(world, enrolment.asn)
}

/// As the caller may see it: the declaration is the owner's, French hours the
/// owner's and that of the four strongest associations.
fn seen_by(from: &View<'_>, enrolment: &StudentSchoolEnrolment) -> StudentSchoolEnrolment {
    let mut seen = enrolment.clone();
    if !from.by.owns(from.world, enrolment.school_code) {
        seen.extended.fnmi_declaration = None;
        if from.by.association(from.world, enrolment.asn) > Association::LastEnrolment {
            seen.extended.french_hours = None;
        }
    }
    seen
}

pub(super) fn get(
    from: &View<'_>,
    asked: &GetStudentSchoolEnrolmentRequest,
) -> GetStudentSchoolEnrolmentResponse {
    let results = from.list(
        &asked.enrolments,
        |key| key.expected_version,
        |key| {
            let held = from.world.enrolment(key.ref_id);
            let availability_status = held.map_or(AvailabilityStatus::Unknown, |held| {
                availability(from.world, from.by, held)
            });
            let enrolment = held
                .filter(|_| availability_status == AvailabilityStatus::Normal)
                .map(|held| seen_by(from, held));
            let result = StudentSchoolEnrolmentResult {
                ref_id: key.ref_id,
                availability_status,
                enrolment,
            };
            (held.map_or(0, Versioned::version), result)
        },
    );
    GetStudentSchoolEnrolmentResponse {
        results,
        rejections: Vec::new(),
    }
}

pub(super) fn get_status(
    from: &View<'_>,
    asked: &GetStudentSchoolEnrolmentStatusRequest,
) -> GetStudentSchoolEnrolmentStatusResponse {
    let results = from.list(
        &asked.enrolments,
        |key| key.expected_version,
        |key| {
            let held = from.world.enrolment(key.ref_id);
            let availability_status = held.map_or(AvailabilityStatus::Unknown, |held| {
                availability(from.world, from.by, held)
            });
            let given = held.filter(|_| availability_status == AvailabilityStatus::Normal);
            let found = from.world.enrolment_status(key.ref_id);
            let result = StudentSchoolEnrolmentStatusResult {
                ref_id: key.ref_id,
                availability_status,
                status: given.map(|record| {
                    let nothing = || nothing_found(key.ref_id, record.version());
                    found.cloned().unwrap_or_else(nothing)
                }),
                source: given
                    .filter(|record| is_newer(key.known_source_version, record.version()))
                    .map(|record| seen_by(from, record)),
            };
            (found.map_or(0, Versioned::version), result)
        },
    );
    GetStudentSchoolEnrolmentStatusResponse {
        results,
        rejections: Vec::new(),
    }
}

/// Shall the record come along with its status?
pub(super) fn is_newer(known: i64, held: i64) -> bool {
    known != 0 && held > known
}

/// The status of a record about which nothing was ever found.
pub(super) fn nothing_found(ref_id: uuid::Uuid, source_version: i64) -> RecordStatus {
    RecordStatus {
        ref_id,
        alerts: Vec::new(),
        source_version,
        pasi_core_version: 0,
    }
}
