//! What hangs on a student: each is stored at the version a person saw, and
//! refused at an older one.

use super::answer;
use super::must;
use super::students::{DOCUMENT, read};
use crate::case::{Case, Expect};
use crate::scene::Scene;
use kernel::PersonName;
use pasi_wire::Operation;
use pasi_wire::messages::*;
use uuid::Uuid;

/// The submit of a sub-record of a student at a version.
macro_rules! submit {
    ($request:ident { $field:ident }, $scene:ident, $asn:expr, $version:expr) => {
        Some(
            $request {
                caller: $scene.caller(),
                asn: $asn,
                pasi_core_version: $version,
                $field,
            }
            .into(),
        )
    };
}

/// A sub-record: its submit, the record, and what is to be said of it. Two
/// cases each: stored as it must be, refused at the version from the start.
macro_rules! sub_records {
    ($($operation:ident($request:ident { $field:ident }) $what:literal = |$scene:ident| $record:expr;)+) => {
        &[$(
            Case {
                of: Operation::$operation,
                what: concat!($what, " is stored at the version seen"),
                shows: &[12, 21],
                ask: |$scene| {
                    let $field = $record;
                    submit!($request { $field }, $scene, $scene.asn?, $scene.version)
                },
                expect: Expect::Stored(|scene, answer| scene.version = answer.pasi_core_version),
            },
            Case {
                of: Operation::$operation,
                what: concat!($what, " at an older version comes too late"),
                shows: &[12],
                ask: |$scene| {
                    let $field = $record;
                    submit!($request { $field }, $scene, $scene.asn?, $scene.first_version)
                },
                expect: Expect::Rejected(&[3004]),
            },
        )+]
    };
}

fn id(scene: &mut Scene, word: &'static str) -> Uuid {
    scene.record(word).ref_id
}

/// A home phone.
fn phone(scene: &mut Scene, number: &str) -> StudentPhone {
    StudentPhone {
        ref_id: id(scene, "phone"),
        phone_type: "Home".to_owned(),
        number: number.to_owned(),
        extension: None,
        is_preferred: true,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

/// An address whose province does not lie in its country: stored, and an alert (11012).
fn address(scene: &mut Scene) -> StudentAddress {
    StudentAddress {
        ref_id: id(scene, "address"),
        address_type: "Mailing".to_owned(),
        address_format: "Mail-International".to_owned(),
        street: Some("12 Spruce Avenue".to_owned()),
        city: Some("Fort McMurray".to_owned()),
        state_province: Some("AB".to_owned()),
        country: Some("France".to_owned()),
        postal_code: None,
        latitude: None,
        longitude: None,
        effective_date: scene.today,
        expiry_date: None,
        expiry_date_override: None,
        is_deleted: false,
        last_update_utc_time: None,
    }
}

fn guardian(scene: &mut Scene) -> ParentGuardian {
    ParentGuardian {
        ref_id: id(scene, "guardian"),
        name: PersonName::new("Guardian", &scene.name.last),
        relationship_type: "Parent".to_owned(),
        description: None,
        resides_with: true,
        has_same_home_phone: true,
        home_phone: None,
        mobile_phone: Some("7805550148".to_owned()),
        work_phone: None,
        email: None,
        physical_address_source: Some(PhysicalAddressSource::StudentMailing),
        physical_address: None,
        expiry_date: None,
        expiry_date_override: None,
        is_deleted: false,
    }
}

fn name(scene: &mut Scene) -> StudentName {
    StudentName {
        ref_id: id(scene, "name"),
        name: PersonName::new("Connie", &scene.name.last),
        is_preferred: false,
        is_legal: false,
        is_original: false,
        is_deleted: false,
        source_change_code: None,
        last_update_utc_time: None,
    }
}

fn email(scene: &mut Scene) -> StudentEmail {
    StudentEmail {
        ref_id: id(scene, "email"),
        address: "conformance@example.ca".to_owned(),
        is_preferred: true,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

fn citizenship(scene: &mut Scene) -> CitizenshipStatus {
    CitizenshipStatus {
        ref_id: id(scene, "citizenship"),
        status: "1".to_owned(),
        effective_date: scene.born,
        country: None,
        document_expiry_date: None,
        guardian_ref_id: None,
        guardian_status: None,
        created_by_organization: None,
        is_deleted: false,
    }
}

fn medical_alert(scene: &mut Scene) -> MedicalAlert {
    MedicalAlert {
        ref_id: id(scene, "medical"),
        alert_type: scene.code("MedicalAlertType", "Serious"),
        details: Some("Conformance".to_owned()),
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

fn restriction(scene: &mut Scene, is_deleted: bool) -> DisclosureRestriction {
    DisclosureRestriction {
        ref_id: id(scene, "restriction"),
        code: "CourtOrdered".to_owned(),
        details: Some("Conformance".to_owned()),
        effective_date: scene.today,
        expiry_date: None,
        is_active: !is_deleted,
        is_deleted,
        last_update_utc_time: None,
    }
}

pub(super) const STORED: &[Case] = sub_records! {
    SubmitIdentificationInformation(SubmitIdentificationInformationRequest { identification })
        "a corrected birth date" = |scene| {
        scene.born = scene.born.plus_days(1);
        IdentificationRecord {
            name: scene.name.clone(),
            birth_date: scene.born,
            gender: "U".to_owned(),
            source_document_type: Some(DOCUMENT.to_owned()),
            identity_document_ref_id: None,
        }
    };
    SubmitName(SubmitNameRequest { name }) "another name" = |scene| name(scene);
    SubmitStudentPhone(SubmitStudentPhoneRequest { phone }) "a phone" = |scene| phone(scene, "7805550111");
    SubmitStudentEmail(SubmitStudentEmailRequest { email }) "an e-mail address" = |scene| email(scene);
    SubmitStudentCitizenshipStatus(SubmitStudentCitizenshipStatusRequest { citizenship })
        "a citizenship" = |scene| citizenship(scene);
    SubmitStudentSection23EligibilityStatus(SubmitStudentSection23EligibilityStatusRequest { section23_eligibility })
        "an eligibility under section 23" = |_scene| "Y".to_owned();
    SubmitLanguageAtHome(SubmitLanguageAtHomeRequest { language }) "a language at home" = |_scene| Some("ENG".to_owned());
    SubmitParentGuardian(SubmitParentGuardianRequest { guardian }) "a guardian" = |scene| guardian(scene);
    SubmitMedicalAlert(SubmitMedicalAlertRequest { medical_alert })
        "a medical alert" = |scene| medical_alert(scene);
    SubmitStudentDisclosureRestriction(SubmitStudentDisclosureRestrictionRequest { restriction })
        "a restriction" = |scene| restriction(scene, false);
    SubmitStudentAddress(SubmitStudentAddressRequest { address }) "an address" = |scene| address(scene);
};

/// What every submit of a sub-record must refuse, shown by one of them; and
/// what a restriction does to reading.
pub(super) const RULES: &[Case] = &[
    Case {
        of: Operation::GetStudent,
        what: "a restriction in force is given with the student",
        shows: &[23],
        ask: |scene| read(scene, scene.asn?, 0),
        expect: Expect::Given(|scene, response| {
            let answer = answer!(response, GetStudent);
            let student = answer.results.first().and_then(|result| result.student.as_ref());
            let student = student.ok_or("no student")?;
            must(
                student.pasi_core_version == scene.version,
                "another version than was told",
            )?;
            must(
                !student.disclosure_restrictions.is_empty(),
                "the restriction is not given",
            )
        }),
    },
    Case {
        of: Operation::SubmitStudentPhone,
        what: "a phone that is so already: nothing would change",
        shows: &[13],
        ask: |scene| {
            let phone = phone(scene, "7805550111");
            submit!(
                SubmitStudentPhoneRequest { phone },
                scene,
                scene.asn?,
                scene.version
            )
        },
        expect: Expect::Rejected(&[9023]),
    },
    Case {
        of: Operation::SubmitStudentPhone,
        what: "a version that this node does not have yet",
        shows: &[12, 13],
        ask: |scene| {
            let phone = phone(scene, "7805550112");
            submit!(
                SubmitStudentPhoneRequest { phone },
                scene,
                scene.asn?,
                scene.version + 1_000_000_000
            )
        },
        expect: Expect::Rejected(&[9014]),
    },
    Case {
        of: Operation::SubmitStudentPhone,
        what: "a phone with letters",
        shows: &[21],
        ask: |scene| {
            let phone = phone(scene, "CALL-ME");
            submit!(
                SubmitStudentPhoneRequest { phone },
                scene,
                scene.asn?,
                scene.version
            )
        },
        expect: Expect::Faulted(&[3002]),
    },
    Case {
        of: Operation::SubmitStudentPhone,
        what: "a phone of nobody",
        shows: &[16],
        ask: |scene| {
            let phone = phone(scene, "7805550112");
            submit!(SubmitStudentPhoneRequest { phone }, scene, scene.nobody()?, 0)
        },
        expect: Expect::Rejected(&[9002, 9058]),
    },
];

/// Sub-records go: the record as it stands, deleted. One case each.
macro_rules! deletions {
    ($($operation:ident($request:ident { $field:ident }) $what:literal = |$scene:ident| $record:expr;)+) => {
        &[$(Case {
            of: Operation::$operation,
            what: concat!($what, " is deleted"),
            shows: &[21],
            ask: |$scene| {
                let $field = $record;
                submit!($request { $field }, $scene, $scene.asn?, $scene.version)
            },
            expect: Expect::Stored(|scene, answer| scene.version = answer.pasi_core_version),
        },)+]
    };
}

pub(super) const DELETED: &[Case] = deletions! {
    SubmitName(SubmitNameRequest { name }) "another name" =
        |scene| StudentName { is_deleted: true, ..name(scene) };
    SubmitStudentPhone(SubmitStudentPhoneRequest { phone }) "a phone" = |scene| StudentPhone {
        is_deleted: true,
        is_preferred: false,
        ..phone(scene, "7805550111")
    };
    SubmitStudentEmail(SubmitStudentEmailRequest { email }) "an e-mail address" = |scene| StudentEmail {
        is_deleted: true,
        is_preferred: false,
        ..email(scene)
    };
    SubmitStudentCitizenshipStatus(SubmitStudentCitizenshipStatusRequest { citizenship })
        "a citizenship" = |scene| CitizenshipStatus { is_deleted: true, ..citizenship(scene) };
    SubmitLanguageAtHome(SubmitLanguageAtHomeRequest { language }) "a language at home" = |_scene| None;
    SubmitParentGuardian(SubmitParentGuardianRequest { guardian }) "a guardian" =
        |scene| ParentGuardian { is_deleted: true, ..guardian(scene) };
    SubmitMedicalAlert(SubmitMedicalAlertRequest { medical_alert }) "a medical alert" =
        |scene| MedicalAlert { is_deleted: true, ..medical_alert(scene) };
    SubmitStudentDisclosureRestriction(SubmitStudentDisclosureRestrictionRequest { restriction })
        "a restriction" = |scene| restriction(scene, true);
};

/// The address goes when its alert (11012) was answered.
pub(super) const IN_THE_END: &[Case] = deletions! {
    SubmitStudentAddress(SubmitStudentAddressRequest { address }) "an address" =
        |scene| StudentAddress { is_deleted: true, ..address(scene) };
};
