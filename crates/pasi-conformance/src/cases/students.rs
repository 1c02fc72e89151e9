//! Searching, creating, reading.

use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use kernel::{Asn, PersonName};
use pasi_wire::messages::{
    AsnVersion, AvailabilityStatus, CallerInfo, CreateStudentRequest, GetStudentRequest, IdentifyCriteria,
    IdentifyStatus, IdentifyStudentRequest, STUDENT_ENROLMENT, StudentLocator,
};
use pasi_wire::{Operation, Response};

/// What proves an identity.
pub(super) const DOCUMENT: &str = "BirthCertificateCanada";
/// Name and birth date of the run.
fn criteria(scene: &Scene) -> IdentifyCriteria {
    IdentifyCriteria {
        name: scene.name.clone(),
        birth_date: Some(scene.born),
        approximate_age: None,
        grade_level: None,
        street: None,
        city: None,
        state_province: None,
        postal_code: None,
        country: None,
    }
}

/// A first search: nothing included that was not asked for.
fn identify(caller: CallerInfo, asn: Option<Asn>, criteria: IdentifyCriteria) -> Ask {
    IdentifyStudentRequest {
        caller,
        caller_reason_code: STUDENT_ENROLMENT.to_owned(),
        include_all_quality_levels: false,
        include_students_with_disclosure_restriction: false,
        student_locator: StudentLocator {
            asn,
            criteria: Some(criteria),
        },
    }
    .into()
}

fn search(scene: &Scene, asn: Option<Asn>) -> Option<Ask> {
    Some(identify(scene.caller(), asn, criteria(scene)))
}

fn found(response: &Response, status: IdentifyStatus) -> Result<(), String> {
    let answer = answer!(response, IdentifyStudent);
    must(
        answer.status == status,
        format!("{}, where it must be {status}", answer.status),
    )
}

fn create(scene: &Scene, name: PersonName) -> Option<Ask> {
    Some(
        CreateStudentRequest {
            caller: scene.caller(),
            name,
            birth_date: scene.born,
            gender: "U".to_owned(),
            source_document_type: Some(DOCUMENT.to_owned()),
            identity_document_ref_id: None,
        }
        .into(),
    )
}

fn created(response: &Response) -> Result<(Asn, i64), String> {
    let answer = answer!(response, CreateStudent);
    let asn = answer.asn.ok_or("no number")?;
    must(answer.pasi_core_version > 0, "no version")?;
    Ok((asn, answer.pasi_core_version))
}

/// A student at a version.
pub(super) fn read(scene: &Scene, asn: Asn, expected_version: i64) -> Option<Ask> {
    let key = AsnVersion {
        asn,
        expected_version,
    };
    Some(
        GetStudentRequest {
            caller: scene.caller(),
            students: vec![key],
        }
        .into(),
    )
}

pub(super) const CASES: &[Case] = &[
    Case {
        of: Operation::IdentifyStudent,
        what: "nobody has the name and birth date of this run",
        shows: &[17, 19],
        ask: |scene| search(scene, None),
        expect: Expect::Given(|_, response| found(response, IdentifyStatus::NoMatch)),
    },
    Case {
        of: Operation::CreateStudent,
        what: "a new student of unknown gender gets a number",
        shows: &[19, 20],
        ask: |scene| create(scene, scene.name.clone()),
        expect: Expect::Given(|scene, response| {
            let (asn, version) = created(response)?;
            (scene.asn, scene.version, scene.first_version) = (Some(asn), version, version);
            Ok(())
        }),
    },
    Case {
        of: Operation::IdentifyStudent,
        what: "the new student is found by name and birth date",
        shows: &[17],
        ask: |scene| search(scene, None),
        expect: Expect::Given(|_, response| found(response, IdentifyStatus::Match)),
    },
    Case {
        of: Operation::CreateStudent,
        what: "the same name and birth date once more",
        shows: &[19],
        ask: |scene| create(scene, scene.name.clone()),
        expect: Expect::Rejected(&[11_404, 11_405]),
    },
    Case {
        of: Operation::CreateStudent,
        what: "a name with a digit",
        shows: &[13],
        ask: |scene| create(scene, PersonName::new("R2", &scene.name.last)),
        expect: Expect::Faulted(&[3002]),
    },
    Case {
        of: Operation::CreateStudent,
        what: "a student with a middle name that the other has not is another",
        shows: &[19],
        ask: |scene| {
            let mut name = scene.name.clone();
            "Twin".clone_into(&mut name.middle);
            create(scene, name)
        },
        expect: Expect::Given(|scene, response| {
            scene.twin = Some(created(response)?.0);
            Ok(())
        }),
    },
    Case {
        of: Operation::IdentifyStudent,
        what: "an age that nobody has",
        shows: &[18],
        ask: |scene| {
            let caller = scene.caller();
            let criteria = IdentifyCriteria {
                birth_date: None,
                approximate_age: Some(200),
                ..criteria(scene)
            };
            Some(identify(caller, None, criteria))
        },
        expect: Expect::Faulted(&[3002]),
    },
    Case {
        of: Operation::IdentifyStudent,
        what: "two of one name and birth date: more must be said",
        shows: &[18],
        ask: |scene| search(scene, None),
        expect: Expect::Given(|_, response| found(response, IdentifyStatus::Ambiguous)),
    },
    Case {
        of: Operation::GetStudent,
        what: "the student at the version told",
        shows: &[10],
        ask: |scene| read(scene, scene.asn?, scene.first_version),
        expect: Expect::Given(|scene, response| {
            let answer = answer!(response, GetStudent);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let student = result.student.as_ref().ok_or("no student")?;
            must(student.identification.name == scene.name, "another name")?;
            let preferred = student
                .names
                .iter()
                .filter(|name| name.is_preferred && !name.is_deleted);
            must(preferred.count() == 1, "not exactly one preferred name")
        }),
    },
    Case {
        of: Operation::GetStudent,
        what: "another version than there is ends the list",
        shows: &[10],
        ask: |scene| read(scene, scene.asn?, scene.first_version + 1_000_000),
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudent);
            must(answer.results.is_empty(), "read on where a version differed")
        }),
    },
    Case {
        of: Operation::GetStudent,
        what: "a number that nobody has is unknown",
        shows: &[16],
        ask: |scene| read(scene, scene.nobody()?, 0),
        expect: Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudent);
            let result = answer.results.first().ok_or("no result")?;
            must(
                result.availability_status == AvailabilityStatus::Unknown && result.student.is_none(),
                "given though nobody has the number",
            )
        }),
    },
];
