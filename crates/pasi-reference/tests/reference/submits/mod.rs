//! Creating, finding, changing, enrolling.

use crate::common::*;
use kernel::{OrganizationCode, PersonName};
use pasi_wire::Response;
use pasi_wire::messages::*;

fn codes(rejections: &[Rejection]) -> Vec<u32> {
    rejections.iter().map(|rejection| rejection.code).collect()
}

async fn identify(client: &Client, locator: StudentLocator, wide: bool) -> IdentifyStudentResponse {
    let request = IdentifyStudentRequest {
        caller: client.caller(),
        caller_reason_code: STUDENT_ENROLMENT.into(),
        include_all_quality_levels: wide,
        include_students_with_disclosure_restriction: wide,
        student_locator: locator,
    };
    match client.call(request).await.expect("an answer") {
        Response::IdentifyStudent(answer) => answer,
        other => panic!("{} answered", other.operation()),
    }
}

fn by_name(first: &str, last: &str, born: &str) -> StudentLocator {
    StudentLocator {
        asn: None,
        criteria: Some(IdentifyCriteria {
            name: PersonName::new(first, last),
            birth_date: Some(date(born)),
            approximate_age: None,
            grade_level: None,
            street: None,
            city: None,
            state_province: None,
            postal_code: None,
            country: None,
        }),
    }
}

mod enrolments;
mod search;
mod sub_records;
