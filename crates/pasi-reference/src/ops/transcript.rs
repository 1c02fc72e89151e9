//! Exemptions from requirements of credentials, and what may be read of a
//! student on demand.

use super::own::Own;
use super::read::View;
use super::students;
use super::sub_records::{asn_state, reference_of_nothing};
use crate::association::Association;
use crate::refusal::answer;
use crate::state::Submit;
use crate::store::Versioned;
use kernel::{Asn, Findings};
use pasi_wire::Fault;
use pasi_wire::messages::{
    AvailabilityStatus, GetStudentAcademicProfileRequest, GetStudentAcademicProfileResponse,
    GetStudentPersonalProfileRequest, GetStudentPersonalProfileResponse, StudentTranscriptDetail,
    SubmitCredentialRequirementExemptionRequest, SubmitResponse,
};
use pasi_wire::rules::finding;
use pasi_wire::rules::submit::writable;

/// A transcript with nothing in it.
pub(crate) fn empty(asn: Asn) -> StudentTranscriptDetail {
    StudentTranscriptDetail {
        asn,
        official_marks: Vec::new(),
        total_credits: 0,
        credentials: Vec::new(),
        exemptions: Vec::new(),
        last_calculation_utc_time: None,
        pasi_core_version: 0,
    }
}

/// Exempts a student, changes the exemption or takes it back: 9002, 9006,
/// 9009, 9010, 9011, 9023. One exemption for each requirement.
pub(super) fn exempt(
    at: &mut Submit<'_, '_>,
    asked: SubmitCredentialRequirementExemptionRequest,
) -> Result<SubmitResponse, Fault> {
    let asn = asked.asn;
    let held = at.draft.world.get::<StudentTranscriptDetail>(asn);
    answer(
        asn.as_str(),
        held.map_or(0, Versioned::version),
        decide(at, asked),
    )
}

fn decide(
    at: &mut Submit<'_, '_>,
    asked: SubmitCredentialRequirementExemptionRequest,
) -> Result<i64, Findings> {
    let (world, asn, sent) = (at.draft.world, asked.asn, asked.exemption);
    if let Some(found) = writable(asn_state(world, asn)) {
        return Err(found.into());
    }
    if at.by.association(world, asn) == Association::None {
        return Err(finding(9010).into());
    }
    let mut transcript = world
        .get::<StudentTranscriptDetail>(asn)
        .cloned()
        .unwrap_or_else(|| empty(asn));
    let exemptions = &mut transcript.exemptions;
    match exemptions
        .iter_mut()
        .find(|held| held.requirement == sent.requirement)
    {
        Some(held) if *held == sent => return Err(finding(9023).into()),
        Some(held) => *held = sent,
        None if sent.is_deleted => return Err(reference_of_nothing()),
        None => exemptions.push(sent),
    }
    Ok(at.draft.put(transcript.into()))
}

/// Records of one student as the caller may see them; deleted ones are left out.
fn seen<T: Own>(from: &View<'_>, asn: Asn) -> Vec<T> {
    let all = from
        .world
        .of_student::<T>(asn)
        .filter(|record| !record.is_deleted());
    let known = all.filter(|record| record.availability(from.world, from.by) == AvailabilityStatus::Normal);
    known.map(|record| record.seen_by(from)).collect()
}

/// Everything of a student's learning. Without an association it is limited to
/// official marks and credentials, whatever was asked for; who must not even
/// know that there is such a student is given nothing.
pub(super) fn academic_profile(
    from: &View<'_>,
    asked: &GetStudentAcademicProfileRequest,
) -> GetStudentAcademicProfileResponse {
    let asn = asked.asn;
    let association = from.by.association(from.world, asn);
    let is_known = from.by.availability(from.world, asn) != AvailabilityStatus::Unknown;
    let is_limited = asked.is_limited_profile_requested || association == Association::None;
    let mut profile = GetStudentAcademicProfileResponse {
        availability_status: AvailabilityStatus::Unknown,
        association: Association::None.as_str().to_owned(),
        is_limited,
        enrolments: Vec::new(),
        course_enrolments: Vec::new(),
        evaluated_marks: Vec::new(),
        exam_marks: Vec::new(),
        official_marks: Vec::new(),
        credentials: Vec::new(),
        last_calculation_utc_time: None,
        rejections: Vec::new(),
    };
    if !is_known {
        return profile;
    }
    profile.availability_status = AvailabilityStatus::Normal;
    if let Some(transcript) = from.world.get::<StudentTranscriptDetail>(asn).cloned() {
        profile.official_marks = transcript.official_marks;
        profile.credentials = transcript.credentials;
        profile.last_calculation_utc_time = transcript.last_calculation_utc_time;
    }
    if !is_limited {
        association.as_str().clone_into(&mut profile.association);
        profile.enrolments = seen(from, asn);
        profile.course_enrolments = seen(from, asn);
        profile.evaluated_marks = seen(from, asn);
        profile.exam_marks = seen(from, asn);
    }
    profile
}

/// A student's personal data, as `GetStudent` gives them.
pub(super) fn personal_profile(
    from: &View<'_>,
    asked: &GetStudentPersonalProfileRequest,
) -> GetStudentPersonalProfileResponse {
    let availability_status = from.by.availability(from.world, asked.asn);
    let association = from.by.association(from.world, asked.asn);
    let record = from.world.student(asked.asn);
    let given = record.filter(|_| availability_status == AvailabilityStatus::Normal);
    GetStudentPersonalProfileResponse {
        availability_status,
        association: association.as_str().to_owned(),
        student: given.map(|record| Box::new(students::seen_by(from.by, association, &record.student))),
        rejections: Vec::new(),
    }
}
