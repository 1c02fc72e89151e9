//! What the province finds by itself, and the answers to it.

use super::shapes::{absent, answer_to_nothing, judged, other_answer};
use super::{academic, accommodations, answer, enrolments, is_given, must, responsible};
use crate::case::{Ask, Case, Expect};
use crate::scene::{Scene, TO_DETERMINE};
use pasi_wire::Operation;
use pasi_wire::messages::*;

/// The province does not lie in the country.
const PLACE: u32 = 11_012;
const STUDENT: &str = "student";

fn of_student(scene: &Scene, acknowledgement: AlertAcknowledgement) -> Option<Ask> {
    let (caller, asn) = (scene.caller(), scene.asn?);
    Some(
        SubmitStudentStatusAcknowledgementRequest {
            caller,
            asn,
            acknowledgement,
        }
        .into(),
    )
}

/// Kinds of record for which a run makes one about which something is found.
pub(super) const RECORDS: &[Case] = judged! {
    GetStudentSchoolEnrolmentStatus(GetStudentSchoolEnrolmentStatusRequest { enrolments }),
        SubmitStudentSchoolEnrolmentStatusAcknowledgement(SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest)
        "an enrolment" at enrolments::SECOND;
    GetClassroomAccommodationStatus(GetClassroomAccommodationStatusRequest { accommodations }),
        SubmitClassroomAccommodationStatusAcknowledgement(SubmitClassroomAccommodationStatusAcknowledgementRequest)
        "an accommodation" at accommodations::EARLY;
    GetSectionStatus(GetSectionStatusRequest { sections }),
        SubmitSectionStatusAcknowledgement(SubmitSectionStatusAcknowledgementRequest)
        "a section" at academic::ODD_SECTION;
    GetCourseEnrolmentStatus(GetCourseEnrolmentStatusRequest { course_enrolments }),
        SubmitCourseEnrolmentStatusAcknowledgement(SubmitCourseEnrolmentStatusAcknowledgementRequest)
        "a course enrolment" at academic::OF_THE_TWIN;
    GetEvaluatedMarkStatus(GetEvaluatedMarkStatusRequest { evaluated_marks }),
        SubmitEvaluatedMarkStatusAcknowledgement(SubmitEvaluatedMarkStatusAcknowledgementRequest)
        "an evaluated mark" at academic::ODD_EVALUATED;
};

/// Alerts of the student, and of responsible schools: one of those stands only
/// where the province recorded a change of school by itself.
pub(super) const CASES: &[Case] = &[
    Case::new(
        Operation::GetStudentStatus,
        "an address outside its country is found by itself",
        &[14, 15],
        |scene| {
            let (caller, asn) = (scene.caller(), scene.asn?);
            let students = vec![StatusAsnVersion {
                asn,
                expected_version: 0,
                known_source_version: 0,
            }];
            Some(GetStudentStatusRequest { caller, students }.into())
        },
        Expect::Soon(|scene, response| {
            let answer = answer!(response, GetStudentStatus);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let mut alerts = result.status.iter().flat_map(|status| &status.alerts);
            let alert = alerts
                .find(|alert| alert.alert_code == PLACE)
                .ok_or("11012 is not raised")?;
            scene.alerts.insert(STUDENT, alert.clone());
            Ok(())
        }),
    ),
    Case::new(
        Operation::SubmitStudentStatusAcknowledgement,
        "somebody is on it",
        &[15],
        |scene| of_student(scene, other_answer(scene.alerts.get(STUDENT)?)),
        Expect::Stored(|_, _| {}),
    ),
    Case::new(
        Operation::SubmitStudentStatusAcknowledgement,
        "an alert that does not stand",
        &[15],
        |scene| of_student(scene, answer_to_nothing()),
        Expect::Rejected(&[12_000]),
    ),
    Case::new(
        Operation::GetResponsibleSchoolStatus,
        "a lawful record has no alert",
        &[14, 15],
        |scene| {
            let responsible_schools = vec![StatusRefIdVersion {
                ref_id: scene.standing(responsible::WORD)?.ref_id,
                expected_version: 0,
                known_source_version: 0,
            }];
            Some(
                GetResponsibleSchoolStatusRequest {
                    caller: scene.caller(),
                    responsible_schools,
                }
                .into(),
            )
        },
        Expect::Given(|_, response| {
            let answer = answer!(response, GetResponsibleSchoolStatus);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let standing = result.status.iter().flat_map(|status| &status.alerts).count();
            must(standing == 0, "an alert though nothing is wrong")
        }),
    ),
    Case::new(
        Operation::SubmitResponsibleSchoolStatusAcknowledgement,
        "somebody is on a change of school nobody told of",
        &[15],
        |scene| match (scene.alerts.get(TO_DETERMINE), scene.standing(TO_DETERMINE)) {
            (Some(alert), Some(held)) => Some(
                SubmitResponsibleSchoolStatusAcknowledgementRequest {
                    caller: scene.caller(),
                    ref_id: held.ref_id,
                    acknowledgement: other_answer(alert),
                }
                .into(),
            ),
            _ => absent("no alert of a responsible school is told"),
        },
        Expect::Stored(|_, _| {}),
    ),
    Case::new(
        Operation::SubmitResponsibleSchoolStatusAcknowledgement,
        "an alert that does not stand",
        &[15],
        |scene| {
            let (caller, ref_id) = (scene.caller(), scene.standing(responsible::WORD)?.ref_id);
            Some(
                SubmitResponsibleSchoolStatusAcknowledgementRequest {
                    caller,
                    ref_id,
                    acknowledgement: answer_to_nothing(),
                }
                .into(),
            )
        },
        Expect::Rejected(&[12_000]),
    ),
];
