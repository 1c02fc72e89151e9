//! Did an earlier try arrive though its answer did not? PASI's copy tells.

use pasi_wire::Request;
use pasi_wire::messages as wire;
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

/// Does `held` say of the record just what the submit said, and of everything
/// else what `before` said? Then nothing but our own try came between.
pub(crate) fn is_alone(request: &Request, before: &wire::Student, held: &wire::Student) -> bool {
    says(request, held) && without(before, request) == without(held, request)
}

fn one<T>(all: &[T], is: impl Fn(&T) -> bool, same: impl Fn(&T) -> bool, is_deleted: bool) -> bool {
    match all.iter().find(|kept| is(kept)) {
        Some(kept) => same(kept),
        None => is_deleted, // what is deleted may no longer be told
    }
}

fn says(request: &Request, held: &wire::Student) -> bool {
    match request {
        Request::SubmitIdentificationInformation(sent) => sent.identification == held.identification,
        Request::SubmitStudentSection23EligibilityStatus(sent) => {
            held.section23_eligibility.as_ref() == Some(&sent.section23_eligibility)
        }
        Request::SubmitLanguageAtHome(sent) => sent.language == held.language_at_home,
        Request::SubmitName(sent) => {
            let want = &sent.name;
            let same = |kept: &wire::StudentName| {
                (&kept.name, kept.is_preferred, kept.is_deleted)
                    == (&want.name, want.is_preferred, want.is_deleted)
            };
            one(
                &held.names,
                |kept| kept.ref_id == want.ref_id,
                same,
                want.is_deleted,
            )
        }
        Request::SubmitStudentAddress(sent) => {
            let plain = |address: &wire::StudentAddress| wire::StudentAddress {
                expiry_date: None,
                last_update_utc_time: None,
                ..address.clone()
            };
            let (want, is_deleted) = (plain(&sent.address), sent.address.is_deleted);
            one(
                &held.addresses,
                |kept| kept.ref_id == want.ref_id,
                |kept| plain(kept) == want,
                is_deleted,
            )
        }
        Request::SubmitStudentPhone(sent) => {
            let want = &sent.phone;
            one(
                &held.phones,
                |kept| kept.ref_id == want.ref_id,
                |kept| kept == want,
                want.is_deleted,
            )
        }
        Request::SubmitStudentEmail(sent) => {
            let want = &sent.email;
            one(
                &held.emails,
                |kept| kept.ref_id == want.ref_id,
                |kept| kept == want,
                want.is_deleted,
            )
        }
        Request::SubmitStudentCitizenshipStatus(sent) => {
            let plain = |status: &wire::CitizenshipStatus| wire::CitizenshipStatus {
                created_by_organization: None,
                ..status.clone()
            };
            let (want, is_deleted) = (plain(&sent.citizenship), sent.citizenship.is_deleted);
            one(
                &held.citizenship,
                |kept| kept.ref_id == want.ref_id,
                |kept| plain(kept) == want,
                is_deleted,
            )
        }
        Request::SubmitStudentDisclosureRestriction(sent) => {
            let plain = |kept: &wire::DisclosureRestriction| wire::DisclosureRestriction {
                last_update_utc_time: None,
                ..kept.clone()
            };
            let (want, is_deleted) = (plain(&sent.restriction), sent.restriction.is_deleted);
            one(
                &held.disclosure_restrictions,
                |kept| kept.ref_id == want.ref_id,
                |kept| plain(kept) == want,
                is_deleted,
            )
        }
        Request::SubmitParentGuardian(sent) => {
            let plain = |guardian: &wire::ParentGuardian| wire::ParentGuardian {
                expiry_date: None,
                ..guardian.clone()
            };
            let (want, is_deleted) = (plain(&sent.guardian), sent.guardian.is_deleted);
            one(
                &held.guardians,
                |kept| kept.ref_id == want.ref_id,
                |kept| plain(kept) == want,
                is_deleted,
            )
        }
        Request::SubmitMedicalAlert(sent) => says_medical(&sent.medical_alert, held),
        _ => false,
    }
}

fn says_medical(want: &wire::MedicalAlert, held: &wire::Student) -> bool {
    let is_it = |kept: &wire::MedicalAlert| kept.ref_id == want.ref_id;
    one(&held.medical_alerts, is_it, |kept| kept == want, want.is_deleted)
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
