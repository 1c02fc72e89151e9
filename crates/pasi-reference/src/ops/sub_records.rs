//! Submits of a student's sub-records: one gate, one list mechanism.

use super::connections::follow;
use super::{documents, names};
use crate::access::Caller;
use crate::refusal::{OrReject as _, answer};
use crate::state::Submit;
use crate::store::{Change, StudentRecord, Versioned, World};
use kernel::{Asn, Date, Findings};
use pasi_wire::messages::{
    CitizenshipStatus, DisclosureRestriction, MedicalAlert, ParentGuardian, Student, StudentAddress,
    StudentEmail, StudentPhone, SubmitResponse,
};
use pasi_wire::rules::finding;
use pasi_wire::rules::person;
use pasi_wire::rules::submit::{AsnState, Held, changes, version, writable};
use pasi_wire::{Fault, Request, Response};
use uuid::Uuid;

/// The restriction that lets guardians stay engaged after the 18th birthday.
const GUARDIANS_STAY: &str = "StudentOver18withGuardian";
/// The restriction of a student who is independent before.
const INDEPENDENT: &str = "IndependentUnder18";
const ADULT: i16 = 18;

pub(super) fn submit(at: &mut Submit<'_, '_>, request: Request) -> Result<Response, Fault> {
    use Response as R;
    let by = at.by;
    match request {
        Request::SubmitIdentificationInformation(asked) => {
            let key = (asked.asn, asked.pasi_core_version, asked.asn.as_str().to_owned());
            let world = at.draft.world;
            change(at, key, |student| {
                let backed_by = asked.identification.identity_document_ref_id;
                documents::identity_document(world, asked.asn, backed_by)?;
                names::identify(student, &asked.identification, by)
            })
            .map(R::SubmitIdentificationInformation)
        }
        Request::SubmitName(asked) => {
            let key = (asked.asn, asked.pasi_core_version, asked.name.ref_id.to_string());
            change(at, key, |student| names::name(student, asked.name, by)).map(R::SubmitName)
        }
        Request::SubmitStudentAddress(asked) => {
            let key = (
                asked.asn,
                asked.pasi_core_version,
                asked.address.ref_id.to_string(),
            );
            change(at, key, |student| put(&mut student.addresses, asked.address, by))
                .map(R::SubmitStudentAddress)
        }
        Request::SubmitStudentPhone(asked) => {
            let key = (asked.asn, asked.pasi_core_version, asked.phone.ref_id.to_string());
            change(at, key, |student| {
                put_preferred(&mut student.phones, asked.phone, by)
            })
            .map(R::SubmitStudentPhone)
        }
        Request::SubmitStudentEmail(asked) => {
            let key = (asked.asn, asked.pasi_core_version, asked.email.ref_id.to_string());
            change(at, key, |student| {
                put_preferred(&mut student.emails, asked.email, by)
            })
            .map(R::SubmitStudentEmail)
        }
        Request::SubmitStudentCitizenshipStatus(asked) => {
            let key = (
                asked.asn,
                asked.pasi_core_version,
                asked.citizenship.ref_id.to_string(),
            );
            change(at, key, |student| {
                put(&mut student.citizenship, asked.citizenship, by)
            })
            .map(R::SubmitStudentCitizenshipStatus)
        }
        Request::SubmitStudentDisclosureRestriction(asked) => {
            let key = (
                asked.asn,
                asked.pasi_core_version,
                asked.restriction.ref_id.to_string(),
            );
            change(at, key, |student| {
                put(&mut student.disclosure_restrictions, asked.restriction, by)
            })
            .map(R::SubmitStudentDisclosureRestriction)
        }
        Request::SubmitParentGuardian(asked) => {
            let key = (
                asked.asn,
                asked.pasi_core_version,
                asked.guardian.ref_id.to_string(),
            );
            change(at, key, |student| put(&mut student.guardians, asked.guardian, by))
                .map(R::SubmitParentGuardian)
        }
        Request::SubmitMedicalAlert(asked) => {
            let key = (
                asked.asn,
                asked.pasi_core_version,
                asked.medical_alert.ref_id.to_string(),
            );
            change(at, key, |student| {
                put(&mut student.medical_alerts, asked.medical_alert, by)
            })
            .map(R::SubmitMedicalAlert)
        }
        other => submit_value(at, other),
    }
}

/// Single values of the student.
fn submit_value(at: &mut Submit<'_, '_>, request: Request) -> Result<Response, Fault> {
    match request {
        Request::SubmitStudentSection23EligibilityStatus(asked) => {
            let key = (asked.asn, asked.pasi_core_version, asked.asn.as_str().to_owned());
            let set = |student: &mut Student| {
                student.section23_eligibility = Some(asked.section23_eligibility);
                Ok(())
            };
            change(at, key, set).map(Response::SubmitStudentSection23EligibilityStatus)
        }
        Request::SubmitLanguageAtHome(asked) => {
            let key = (asked.asn, asked.pasi_core_version, asked.asn.as_str().to_owned());
            let set = |student: &mut Student| {
                student.language_at_home = asked.language;
                Ok(())
            };
            change(at, key, set).map(Response::SubmitLanguageAtHome)
        }
        _ => Err(crate::refusal::fault(9001, &[])),
    }
}

/// Whose, at which version, and the id of the answer.
type Key = (Asn, i64, String);

/// The gate every change of a student passes, then the change, then what the
/// province computes from it.
fn change(
    at: &mut Submit<'_, '_>,
    (asn, sent, id): Key,
    edit: impl FnOnce(&mut Student) -> Result<(), Findings>,
) -> Result<SubmitResponse, Fault> {
    let held = at.draft.world.student_version(asn);
    answer(id, held, decide(at, asn, sent, edit))
}

fn decide(
    at: &mut Submit<'_, '_>,
    asn: Asn,
    sent: i64,
    edit: impl FnOnce(&mut Student) -> Result<(), Findings>,
) -> Result<i64, Findings> {
    let held = gate(at, asn, sent)?;
    let mut changed = StudentRecord::clone(&held);
    edit(&mut changed.student)?;
    with_computed(&mut changed.student);
    if let Some(nothing) = changes(Some(&*held), &changed) {
        return Err(nothing.into());
    }
    follow(at.draft, &changed.student, at.by.today);
    Ok(at.draft.put(Change::Student(Box::new(changed))))
}

/// May this caller write this student, at this version?
fn gate(at: &Submit<'_, '_>, asn: Asn, sent: i64) -> Result<Box<StudentRecord>, Findings> {
    let world = at.draft.world;
    if sent > at.node {
        return Err(finding(9014).with("client", sent).into());
    }
    if let Some(found) = writable(asn_state(world, asn)) {
        return Err(found.into());
    }
    let Some(record) = world.student(asn) else {
        return Err(finding(9002).into());
    };
    if !at.by.may_know(world, asn) {
        return Err(finding(9010).into());
    }
    match version(sent, Held::Present(record.version()), at.node) {
        Some(found) => Err(found.into()),
        None => Ok(record),
    }
}

/// What an ASN stands for.
pub(crate) fn asn_state(world: &World, asn: Asn) -> AsnState {
    match world.student(asn).map(|record| record.student) {
        None => AsnState::Unknown,
        Some(student) if student.is_deactivated => AsnState::Deactivated,
        Some(student) => student.primary_asn.map_or(AsnState::Primary, AsnState::Secondary),
    }
}

pub(super) fn reference_of_nothing() -> Findings {
    finding(9006).into()
}

/// A sub-record with a client-made GUID.
trait SubRecord: Clone + PartialEq {
    fn ref_id(&self) -> Uuid;
    fn is_deleted(&self) -> bool;
    /// What the rules say of it by itself.
    fn judge(&self, today: Date) -> Findings;
    /// Puts in what the province sets itself; `held` is the record as it was.
    fn set_by_province(&mut self, held: Option<&Self>, by: &Caller);
}

/// Takes the moment of the last change from the held record when nothing
/// else differs.
macro_rules! stamped {
    ($sent:ident, $held:ident, $now:expr) => {{
        let before = $held.and_then(|held| held.last_update_utc_time);
        $sent.last_update_utc_time = before;
        if $held.is_none_or(|held| held != $sent) {
            $sent.last_update_utc_time = Some($now);
        }
    }};
}

macro_rules! sub_records {
    ($($name:ty: |$sent:ident, $held:ident, $by:ident| $set:block, $judge:expr;)+) => {$(
        impl SubRecord for $name {
            fn ref_id(&self) -> Uuid {
                self.ref_id
            }
            fn is_deleted(&self) -> bool {
                self.is_deleted
            }
            fn judge(&self, today: Date) -> Findings {
                let judge: fn(&Self, Date) -> Findings = $judge;
                judge(self, today)
            }
            fn set_by_province(&mut self, $held: Option<&Self>, $by: &Caller) {
                let $sent = self;
                $set
            }
        }
    )+};
}

sub_records! {
    StudentAddress: |sent, held, by| {
        sent.expiry_date = held.and_then(|held| held.expiry_date);
        if held.is_some_and(|held| has_moved(held, sent)) {
            (sent.latitude, sent.longitude) = (None, None);
        }
        stamped!(sent, held, by.now);
    }, person::student_address;
    StudentPhone: |_sent, _held, _by| {}, |sent, _| person::phone_record(sent);
    StudentEmail: |_sent, _held, _by| {}, |sent, _| person::email_record(sent);
    CitizenshipStatus: |sent, held, by| {
        let made_by = || Some(by.organization.to_string());
        sent.created_by_organization = held.map_or_else(made_by, |held| held.created_by_organization.clone());
    }, |sent, _| person::citizenship(sent);
    DisclosureRestriction: |sent, held, by| {
        sent.is_active &= !sent.is_deleted;
        stamped!(sent, held, by.now);
    }, |sent, _| person::restriction(sent);
    ParentGuardian: |sent, held, _by| {
        sent.expiry_date = held.and_then(|held| held.expiry_date);
    }, |sent, _| person::guardian(sent);
    MedicalAlert: |_sent, _held, _by| {}, |sent, _| person::medical_alert(sent);
}

/// Did parts of the address change while the coordinates stayed as they were?
fn has_moved(held: &StudentAddress, sent: &StudentAddress) -> bool {
    let place = |address: &StudentAddress| {
        let StudentAddress {
            street,
            city,
            state_province,
            country,
            postal_code,
            ..
        } = address.clone();
        (street, city, state_province, country, postal_code)
    };
    let spot = |address: &StudentAddress| (address.latitude.clone(), address.longitude.clone());
    place(held) != place(sent) && spot(held) == spot(sent)
}

/// Adds, changes, deletes or restores a sub-record of a list.
fn put<T: SubRecord>(list: &mut Vec<T>, mut sent: T, by: &Caller) -> Result<(), Findings> {
    if !sent.is_deleted() {
        sent.judge(by.today).or_reject()?;
    }
    let place = list.iter().position(|held| held.ref_id() == sent.ref_id());
    sent.set_by_province(place.map(|place| &list[place]), by);
    match place {
        Some(place) => list[place] = sent,
        None if sent.is_deleted() => return Err(reference_of_nothing()),
        None => list.push(sent),
    }
    Ok(())
}

/// A sub-record of which at most one is preferred.
trait Preferred: SubRecord {
    fn preferred(&mut self) -> &mut bool;
}
impl Preferred for StudentPhone {
    fn preferred(&mut self) -> &mut bool {
        &mut self.is_preferred
    }
}
impl Preferred for StudentEmail {
    fn preferred(&mut self) -> &mut bool {
        &mut self.is_preferred
    }
}

fn put_preferred<T: Preferred>(list: &mut Vec<T>, mut sent: T, by: &Caller) -> Result<(), Findings> {
    if sent.is_deleted() {
        *sent.preferred() = false;
    }
    let (ref_id, is_preferred) = (sent.ref_id(), *sent.preferred());
    put(list, sent, by)?;
    for other in list
        .iter_mut()
        .filter(|other| is_preferred && other.ref_id() != ref_id)
    {
        *other.preferred() = false;
    }
    Ok(())
}

/// Puts in the last days the province computes: an address lasts until the
/// next of its type, a guardian until the student is of age or independent.
pub(crate) fn with_computed(student: &mut Student) {
    let starts: Vec<(String, Date)> = student
        .addresses
        .iter()
        .filter(|address| !address.is_deleted)
        .map(|address| (address.address_type.clone(), address.effective_date))
        .collect();
    for address in student.addresses.iter_mut().filter(|address| !address.is_deleted) {
        let later = starts
            .iter()
            .filter(|(of, start)| *of == address.address_type && *start > address.effective_date);
        let next = later.map(|(_, start)| start.plus_days(-1)).min();
        address.expiry_date = address.expiry_date_override.or(next);
    }
    let in_force = |code: &str| {
        let mut all = student.disclosure_restrictions.iter();
        all.find(|restriction| restriction.code == code && restriction.is_active && !restriction.is_deleted)
    };
    let of_age = student.identification.birth_date.plus_years(ADULT);
    let ends = match (in_force(INDEPENDENT), in_force(GUARDIANS_STAY)) {
        (Some(restriction), _) => Some(restriction.effective_date.min(of_age)),
        (None, Some(_)) => None,
        (None, None) => Some(of_age),
    };
    for guardian in student
        .guardians
        .iter_mut()
        .filter(|guardian| !guardian.is_deleted)
    {
        guardian.expiry_date = guardian.expiry_date_override.or(ends);
    }
}
