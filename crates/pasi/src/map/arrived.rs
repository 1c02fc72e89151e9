//! Did an earlier try arrive though its answer did not? PASI's copy tells.

use crate::tried::Tried;
use pasi_wire::Request;
use pasi_wire::messages as wire;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// The sub-record that a submit carries, by its `RefId`; none for a submit that has no `RefId`.
pub(crate) fn sent_record(request: &Request) -> Option<Uuid> {
    match request {
        Request::SubmitName(sent) => Some(sent.name.ref_id),
        Request::SubmitStudentAddress(sent) => Some(sent.address.ref_id),
        Request::SubmitStudentPhone(sent) => Some(sent.phone.ref_id),
        Request::SubmitStudentEmail(sent) => Some(sent.email.ref_id),
        Request::SubmitStudentCitizenshipStatus(sent) => Some(sent.citizenship.ref_id),
        Request::SubmitStudentDisclosureRestriction(sent) => Some(sent.restriction.ref_id),
        Request::SubmitParentGuardian(sent) => Some(sent.guardian.ref_id),
        Request::SubmitMedicalAlert(sent) => Some(sent.medical_alert.ref_id),
        _ => None,
    }
}

/// Did a try arrive, and which?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// None did, or somebody else changed something too.
    No,
    /// What is sent now, under this version.
    Now(i64),
    /// What was sent before the record was changed once more, under this version.
    Earlier(i64),
}

/// Does `held` say of the record just what a try said, and of everything else
/// what `before` said? Then nothing but our own try came between.
pub(crate) fn of_student(
    request: &Request,
    tried: &Tried,
    (before, held): (&wire::Student, &wire::Student),
) -> Arrived {
    let version = held.pasi_core_version;
    if without(before, request) != without(held, request) {
        return Arrived::No;
    }
    if let Request::SubmitMedicalAlert(sent) = request {
        // Nothing is kept of what one said before.
        let is_said = says_medical(&sent.medical_alert, held);
        return if is_said {
            Arrived::Now(version)
        } else {
            Arrived::No
        };
    }
    match held_of(request, held) {
        Some(held) if Some(&held) == told(request).as_ref() => Arrived::Now(version),
        Some(held) if tried.has(&held) => Arrived::Earlier(version),
        // What is deleted may no longer be told.
        None if is_deletion(request) => Arrived::Now(version),
        _ => Arrived::No,
    }
}

/// The same for a record with a version of its own, as PASI holds it.
pub(crate) fn of_record(request: &Request, tried: &Tried, held: &impl Held) -> Arrived {
    let (version, held) = (held.version(), held.content());
    if Some(&held) == told(request).as_ref() {
        Arrived::Now(version)
    } else if tried.has(&held) {
        Arrived::Earlier(version)
    } else {
        Arrived::No
    }
}

/// A record with a version of its own.
pub(crate) trait Held: Serialize {
    fn version(&self) -> i64;
    /// What it says, whatever its version.
    fn content(&self) -> Value {
        let mut content = json(self);
        content["pasi_core_version"] = 0.into();
        content
    }
}

macro_rules! held {
    ($($record:ident),+) => {
        $(impl Held for wire::$record {
            fn version(&self) -> i64 {
                self.pasi_core_version
            }
        })+
    };
}
held!(
    StudentSchoolEnrolment,
    ResponsibleSchool,
    Section,
    CourseEnrolment
);

/// What a request says of its record, without what PASI computes; none where
/// nothing may be kept of it.
pub(crate) fn told(request: &Request) -> Option<Value> {
    Some(match request {
        Request::SubmitStudentSchoolEnrolment(sent) => sent.enrolment.content(),
        Request::SubmitResponsibleSchool(sent) => sent.responsible_school.content(),
        Request::SubmitSection(sent) => sent.section.content(),
        Request::SubmitCourseEnrolment(sent) => sent.course_enrolments.first()?.content(),
        Request::SubmitIdentificationInformation(sent) => json(&sent.identification),
        Request::SubmitStudentSection23EligibilityStatus(sent) => json(&sent.section23_eligibility),
        Request::SubmitLanguageAtHome(sent) => json(&sent.language.as_ref()),
        Request::SubmitName(sent) => name(&sent.name),
        Request::SubmitStudentAddress(sent) => json(&address(&sent.address)),
        Request::SubmitStudentPhone(sent) => json(&sent.phone),
        Request::SubmitStudentEmail(sent) => json(&sent.email),
        Request::SubmitStudentCitizenshipStatus(sent) => json(&citizenship(&sent.citizenship)),
        Request::SubmitStudentDisclosureRestriction(sent) => json(&restriction(&sent.restriction)),
        Request::SubmitParentGuardian(sent) => json(&guardian(&sent.guardian)),
        _ => return None,
    })
}

/// What PASI's student says of the record that a request is about.
fn held_of(request: &Request, held: &wire::Student) -> Option<Value> {
    macro_rules! kept {
        ($all:ident, $sent:expr) => {
            held.$all.iter().find(|kept| kept.ref_id == $sent.ref_id)
        };
    }
    Some(match request {
        Request::SubmitIdentificationInformation(_) => json(&held.identification),
        Request::SubmitStudentSection23EligibilityStatus(_) => json(&held.section23_eligibility),
        Request::SubmitLanguageAtHome(_) => json(&held.language_at_home),
        Request::SubmitName(sent) => name(kept!(names, sent.name)?),
        Request::SubmitStudentAddress(sent) => json(&address(kept!(addresses, sent.address)?)),
        Request::SubmitStudentPhone(sent) => json(kept!(phones, sent.phone)?),
        Request::SubmitStudentEmail(sent) => json(kept!(emails, sent.email)?),
        Request::SubmitStudentCitizenshipStatus(sent) => {
            json(&citizenship(kept!(citizenship, sent.citizenship)?))
        }
        Request::SubmitStudentDisclosureRestriction(sent) => {
            json(&restriction(kept!(disclosure_restrictions, sent.restriction)?))
        }
        Request::SubmitParentGuardian(sent) => json(&guardian(kept!(guardians, sent.guardian)?)),
        _ => return None,
    })
}

fn is_deletion(request: &Request) -> bool {
    match request {
        Request::SubmitName(sent) => sent.name.is_deleted,
        Request::SubmitStudentAddress(sent) => sent.address.is_deleted,
        Request::SubmitStudentPhone(sent) => sent.phone.is_deleted,
        Request::SubmitStudentEmail(sent) => sent.email.is_deleted,
        Request::SubmitStudentCitizenshipStatus(sent) => sent.citizenship.is_deleted,
        Request::SubmitStudentDisclosureRestriction(sent) => sent.restriction.is_deleted,
        Request::SubmitParentGuardian(sent) => sent.guardian.is_deleted,
        _ => false,
    }
}

/// Every record of the wire is JSON: the mirror keeps it so.
fn json(record: &(impl Serialize + ?Sized)) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

fn name(name: &wire::StudentName) -> Value {
    json(&(name.ref_id, &name.name, name.is_preferred, name.is_deleted))
}

fn address(address: &wire::StudentAddress) -> wire::StudentAddress {
    wire::StudentAddress {
        expiry_date: None,
        last_update_utc_time: None,
        ..address.clone()
    }
}

fn citizenship(status: &wire::CitizenshipStatus) -> wire::CitizenshipStatus {
    wire::CitizenshipStatus {
        created_by_organization: None,
        ..status.clone()
    }
}

fn restriction(kept: &wire::DisclosureRestriction) -> wire::DisclosureRestriction {
    wire::DisclosureRestriction {
        last_update_utc_time: None,
        ..kept.clone()
    }
}

fn guardian(guardian: &wire::ParentGuardian) -> wire::ParentGuardian {
    wire::ParentGuardian {
        expiry_date: None,
        ..guardian.clone()
    }
}

fn says_medical(want: &wire::MedicalAlert, held: &wire::Student) -> bool {
    let kept = held.medical_alerts.iter().find(|kept| kept.ref_id == want.ref_id);
    kept.map_or(want.is_deleted, |kept| kept == want)
}

/// The student without what the submit touches and without what PASI computes.
fn without(student: &wire::Student, request: &Request) -> wire::Student {
    let mut rest = student.clone();
    rest.pasi_core_version = 0;
    match request {
        Request::SubmitIdentificationInformation(sent) => {
            rest.identification = sent.identification.clone();
            rest.names.clear();
        }
        Request::SubmitStudentSection23EligibilityStatus(_) => rest.section23_eligibility = None,
        Request::SubmitLanguageAtHome(_) => rest.language_at_home = None,
        _ => {}
    }
    let touched = sent_record(request);
    let stays = |ref_id: Uuid| Some(ref_id) != touched;
    rest.names.retain(|kept| stays(kept.ref_id));
    for name in &mut rest.names {
        name.is_preferred = false;
        name.last_update_utc_time = None;
    }
    rest.addresses.retain(|kept| stays(kept.ref_id));
    for address in &mut rest.addresses {
        address.expiry_date = None;
        address.last_update_utc_time = None;
    }
    rest.phones.retain(|kept| stays(kept.ref_id));
    rest.phones
        .iter_mut()
        .for_each(|phone| phone.is_preferred = false);
    rest.emails.retain(|kept| stays(kept.ref_id));
    rest.emails
        .iter_mut()
        .for_each(|email| email.is_preferred = false);
    rest.citizenship.retain(|kept| stays(kept.ref_id));
    rest.disclosure_restrictions.retain(|kept| stays(kept.ref_id));
    rest.medical_alerts.retain(|kept| stays(kept.ref_id));
    rest.guardians.retain(|kept| stays(kept.ref_id));
    rest.guardians
        .iter_mut()
        .for_each(|guardian| guardian.expiry_date = None);
    rest
}

/// Does PASI hold just what a creation makes, and nothing anyone added since?
pub(crate) fn is_newborn(asked: &wire::CreateStudentRequest, held: &wire::Student) -> bool {
    held.identification.name == asked.name
        && held.identification.birth_date == asked.birth_date
        && held.identification.gender == asked.gender
        && held.primary_asn.is_none()
        && !held.is_deactivated
        && held.names.len() <= 1
        && held.addresses.is_empty()
        && held.phones.is_empty()
        && held.emails.is_empty()
        && held.citizenship.is_empty()
        && held.guardians.is_empty()
        && held.disclosure_restrictions.is_empty()
        && held.medical_alerts.is_empty()
}
