//! `GetStudent` and `GetStudentStatus`.

use super::read::{View, is_newer};
use crate::access::Caller;
use crate::association::Association;
use crate::store::Versioned;
use pasi_wire::ClientRole;
use pasi_wire::messages::{
    AvailabilityStatus, GetStudentRequest, GetStudentResponse, GetStudentStatusRequest,
    GetStudentStatusResponse, Student, StudentResult, StudentStatus, StudentStatusResult,
};

pub(super) fn get(from: &View<'_>, asked: &GetStudentRequest) -> GetStudentResponse {
    let results = from.list(
        &asked.students,
        |key| key.expected_version,
        |key| {
            let availability_status = from.by.availability(from.world, key.asn);
            let held = from.world.student(key.asn);
            let student = held
                .filter(|_| availability_status == AvailabilityStatus::Normal)
                .map(|record| seen_by(from.by, from.by.association(from.world, key.asn), &record.student));
            let result = StudentResult {
                asn: key.asn,
                availability_status,
                student,
            };
            (from.world.student_version(key.asn), result)
        },
    );
    GetStudentResponse {
        results,
        rejections: Vec::new(),
    }
}

/// The student as this caller may see it.
pub(super) fn seen_by(by: &Caller, association: Association, student: &Student) -> Student {
    let mut seen = student.clone();
    seen.names.retain(|name| !name.is_deleted);
    seen.addresses.retain(|address| !address.is_deleted);
    seen.phones.retain(|phone| !phone.is_deleted);
    seen.emails.retain(|email| !email.is_deleted);
    seen.citizenship.retain(|status| !status.is_deleted);
    seen.guardians.retain(|guardian| !guardian.is_deleted);
    seen.medical_alerts
        .retain(|alert| !alert.is_deleted && by.has_role(ClientRole::MedicalAlert));
    let is_ministry = by.is_ministry();
    seen.disclosure_restrictions
        .retain(|restriction| is_ministry || (restriction.is_active && !restriction.is_deleted));
    if !association.is_close() {
        for status in &mut seen.citizenship {
            status.created_by_organization = None;
        }
    }
    seen
}

pub(super) fn get_status(from: &View<'_>, asked: &GetStudentStatusRequest) -> GetStudentStatusResponse {
    let results = from.list(
        &asked.students,
        |key| key.expected_version,
        |key| {
            let availability_status = from.by.availability(from.world, key.asn);
            let is_given = availability_status == AvailabilityStatus::Normal;
            let record = from.world.student(key.asn).filter(|_| is_given);
            let status = record.as_ref().map(|record| {
                from.world
                    .student_status(key.asn)
                    .cloned()
                    .unwrap_or_else(|| StudentStatus {
                        asn: key.asn,
                        alerts: Vec::new(),
                        source_version: record.version(),
                        pasi_core_version: 0,
                    })
            });
            let source = record
                .filter(|record| is_newer(key.known_source_version, record.version()))
                .map(|record| seen_by(from.by, from.by.association(from.world, key.asn), &record.student));
            let held = from.world.student_status(key.asn).map_or(0, Versioned::version);
            let result = StudentStatusResult {
                asn: key.asn,
                availability_status,
                status,
                source,
            };
            (held, result)
        },
    );
    GetStudentStatusResponse {
        results,
        rejections: Vec::new(),
    }
}
