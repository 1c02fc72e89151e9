//! The student's submits: which operation says what of our record.

use super::medical;
use super::record::{address, citizenship, email, guardian, name, phone, restriction};
use super::student::load;
use super::travel::{self, is_guardian};
use super::{Composed, some};
use crate::mirror;
use crate::queue::Item;
use db::Reading;
use kernel::{Asn, Failure, Outcome, StudentId};
use pasi_wire::Request;
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use people::{NameKind, Student};
use uuid::Uuid;

/// Each sub-record of a new student that travels: kind and `RefId`.
pub(crate) fn sub_records(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<(&'static str, Uuid)>> {
    let alerts = medical::ours(at, student)?;
    let student = load(at, student)?;
    let mut all = Vec::new();
    let others = student
        .names
        .iter()
        .filter(|name| name.value.kind == NameKind::Other);
    all.extend(others.map(|name| ("name", name.id.uuid())));
    all.extend(
        student
            .addresses
            .iter()
            .map(|address| ("address", address.id.uuid())),
    );
    all.extend(student.phones.iter().map(|phone| ("phone", phone.id.uuid())));
    all.extend(student.emails.iter().map(|email| ("email", email.id.uuid())));
    all.extend(
        student
            .citizenships
            .iter()
            .map(|citizenship| ("citizenship", citizenship.id.uuid())),
    );
    all.extend(
        student
            .restrictions
            .iter()
            .map(|restriction| ("restriction", restriction.id.uuid())),
    );
    all.extend(alerts.iter().map(|alert| ("medical", alert.id.uuid())));
    if !student.identity.section23.is_empty() {
        all.push(("section23", student.id.uuid()));
    }
    if !student.identity.language_at_home.is_empty() {
        all.push(("language", student.id.uuid()));
    }
    let guardians = student
        .contacts
        .iter()
        .filter(|contact| is_guardian(&contact.contact.value.relationship));
    all.extend(guardians.map(|contact| ("guardian", contact.contact.id.uuid())));
    Ok(all)
}

/// PASI's copy of the student, as last read.
fn theirs(at: &mut impl Reading, asn: Asn) -> Outcome<Option<wire::Student>> {
    let read = mirror::mirrored::<wire::Student>(at, NotificationType::Student, asn.as_str())?;
    Ok(read.map(|read| read.record))
}

pub(super) fn compose(at: &mut impl Reading, item: &Item, caller: wire::CallerInfo) -> Outcome<Composed> {
    let ours = load(at, item.student()?)?;
    if item.record_kind == "student" {
        if ours.identity.asn.is_some() {
            return Ok(Composed::Nothing);
        }
        let tried = item.body()?.tried;
        return Ok(send(match tried.creation() {
            Some(asked) => wire::CreateStudentRequest {
                caller,
                ..asked.clone()
            }
            .into(),
            None => create(&ours, caller),
        }));
    }
    let Some(asn) = ours.identity.asn else {
        return Ok(Composed::Later);
    };
    let request = submit(at, &ours, (caller, asn), item)?;
    Ok(request.map_or(Composed::Nothing, send))
}

/// The submit of one sub-record; none when there is nothing to tell any more.
fn submit(
    at: &mut impl Reading,
    ours: &Student,
    (caller, asn): (wire::CallerInfo, Asn),
    item: &Item,
) -> Outcome<Option<Request>> {
    let (record, pasi_core_version) = (item.ref_id()?, item.seen_version);
    let copy = theirs(at, asn)?;
    let held = copy.as_ref();
    macro_rules! of {
        ($request:ident { $field:ident: $value:expr }) => {
            $value.map(|$field| {
                wire::$request {
                    caller,
                    asn,
                    pasi_core_version,
                    $field,
                }
                .into()
            })
        };
    }
    Ok(match item.record_kind.as_str() {
        "identity" => of!(SubmitIdentificationInformationRequest {
            identification: Some(travel::identification(&ours.identity, ours.legal()))
        }),
        "section23" => {
            of!(SubmitStudentSection23EligibilityStatusRequest {
                section23_eligibility: some(&ours.identity.section23)
            })
        }
        "language" => of!(SubmitLanguageAtHomeRequest {
            language: Some(some(&ours.identity.language_at_home))
        }),
        "name" if is_legal(ours, record) => {
            of!(SubmitIdentificationInformationRequest {
                identification: Some(travel::identification(&ours.identity, ours.legal()))
            })
        }
        "name" => of!(SubmitNameRequest {
            name: name(ours, held, record, at.today())
        }),
        "address" => of!(SubmitStudentAddressRequest {
            address: address(ours, held, record)
        }),
        "phone" => of!(SubmitStudentPhoneRequest {
            phone: phone(ours, held, record)
        }),
        "email" => of!(SubmitStudentEmailRequest {
            email: email(ours, held, record)
        }),
        "citizenship" => {
            of!(SubmitStudentCitizenshipStatusRequest {
                citizenship: citizenship(ours, held, record)
            })
        }
        "restriction" => {
            of!(SubmitStudentDisclosureRestrictionRequest {
                restriction: restriction(ours, held, record, at.today())
            })
        }
        "medical" => {
            let alert = medical::sent(at, ours.id, held, record)?;
            of!(SubmitMedicalAlertRequest { medical_alert: alert })
        }
        "guardian" => of!(SubmitParentGuardianRequest {
            guardian: guardian(ours, held, record, item.body()?.is_decided())
        }),
        other => {
            return Err(Failure::Fault(format!(
                "pasi_item.record_kind of {} is {other}",
                item.id
            )));
        }
    })
}

/// Is the record the legal name, which travels with the identity?
fn is_legal(ours: &Student, record: Uuid) -> bool {
    ours.names
        .iter()
        .any(|name| name.id.uuid() == record && name.value.kind == NameKind::Legal)
}

fn send(request: Request) -> Composed {
    Composed::Send(Box::new(request))
}

fn create(ours: &Student, caller: wire::CallerInfo) -> Request {
    let identification = travel::identification(&ours.identity, ours.legal());
    wire::CreateStudentRequest {
        caller,
        name: identification.name,
        birth_date: identification.birth_date,
        gender: identification.gender,
        source_document_type: identification.source_document_type,
        identity_document_ref_id: None,
    }
    .into()
}
