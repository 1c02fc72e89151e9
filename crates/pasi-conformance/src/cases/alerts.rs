//! What the province finds by itself, and the answers to it.

use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation;
use pasi_wire::messages::*;

/// The province does not lie in the country.
const PLACE: u32 = 11_012;
/// No rule has this number.
const NO_RULE: u32 = 99_999;
const STUDENT: &str = "student";
const ENROLMENT: &str = "second enrolment";
const RESPONSIBLE: &str = "responsible school";

/// What is said to an alert: the one found, or one there is not.
fn said(scene: &Scene, word: &str, status: AcknowledgementStatus) -> Option<AlertAcknowledgement> {
    let alert = scene.alerts.get(word)?;
    Some(AlertAcknowledgement {
        alert_code: alert.alert_code,
        arguments: alert.arguments.clone(),
        status,
    })
}

fn unknown() -> AlertAcknowledgement {
    AlertAcknowledgement {
        alert_code: NO_RULE,
        arguments: Vec::new(),
        status: AcknowledgementStatus::InProgress,
    }
}

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

fn of_enrolment(scene: &mut Scene, acknowledgement: AlertAcknowledgement) -> Option<Ask> {
    let (caller, ref_id) = (scene.caller(), scene.record(ENROLMENT).ref_id);
    Some(
        SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
            caller,
            ref_id,
            acknowledgement,
        }
        .into(),
    )
}

fn of_responsible_school(scene: &mut Scene, acknowledgement: AlertAcknowledgement) -> Option<Ask> {
    let (caller, ref_id) = (scene.caller(), scene.record(RESPONSIBLE).ref_id);
    Some(
        SubmitResponsibleSchoolStatusAcknowledgementRequest {
            caller,
            ref_id,
            acknowledgement,
        }
        .into(),
    )
}

fn status_key(scene: &mut Scene, word: &'static str) -> StatusRefIdVersion {
    StatusRefIdVersion {
        ref_id: scene.record(word).ref_id,
        expected_version: 0,
        known_source_version: 0,
    }
}

/// Nothing is kept of the answer to an acknowledgement.
fn nothing(_: &mut Scene, _: &SubmitResponse) {}

const fn acknowledged(
    of: Operation,
    what: &'static str,
    ask: fn(&mut Scene) -> Option<Ask>,
    expect: Expect,
) -> Case {
    Case {
        of,
        what,
        shows: &[15],
        ask,
        expect,
    }
}

pub(super) const CASES: &[Case] = &[
    Case {
        of: Operation::GetStudentStatus,
        what: "an address outside its country is found by itself",
        shows: &[14, 15],
        ask: |scene| {
            let (caller, asn) = (scene.caller(), scene.asn?);
            let students = vec![StatusAsnVersion {
                asn,
                expected_version: 0,
                known_source_version: 0,
            }];
            Some(GetStudentStatusRequest { caller, students }.into())
        },
        expect: Expect::Soon(|scene, response| {
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
    },
    acknowledged(
        Operation::SubmitStudentStatusAcknowledgement,
        "somebody is on it",
        |scene| of_student(scene, said(scene, STUDENT, AcknowledgementStatus::InProgress)?),
        Expect::Stored(nothing),
    ),
    acknowledged(
        Operation::SubmitStudentStatusAcknowledgement,
        "an alert that does not stand",
        |scene| of_student(scene, unknown()),
        Expect::Rejected(&[12_000]),
    ),
    Case {
        of: Operation::GetStudentSchoolEnrolmentStatus,
        what: "what does not fit an enrolment is found by itself",
        shows: &[14, 15],
        ask: |scene| {
            let enrolments = vec![status_key(scene, ENROLMENT)];
            Some(
                GetStudentSchoolEnrolmentStatusRequest {
                    caller: scene.caller(),
                    enrolments,
                }
                .into(),
            )
        },
        expect: Expect::Soon(|scene, response| {
            let answer = answer!(response, GetStudentSchoolEnrolmentStatus);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let mut alerts = result.status.iter().flat_map(|status| &status.alerts);
            let alert = alerts.next().ok_or("no alert is raised")?;
            scene.alerts.insert(ENROLMENT, alert.clone());
            Ok(())
        }),
    },
    acknowledged(
        Operation::SubmitStudentSchoolEnrolmentStatusAcknowledgement,
        "somebody is on it",
        |scene| {
            let said = said(scene, ENROLMENT, AcknowledgementStatus::InProgress)?;
            of_enrolment(scene, said)
        },
        Expect::Stored(nothing),
    ),
    acknowledged(
        Operation::SubmitStudentSchoolEnrolmentStatusAcknowledgement,
        "an alert that does not stand",
        |scene| of_enrolment(scene, unknown()),
        Expect::Rejected(&[12_000]),
    ),
    Case {
        of: Operation::GetResponsibleSchoolStatus,
        what: "a lawful record has no alert",
        shows: &[14, 15],
        ask: |scene| {
            let responsible_schools = vec![status_key(scene, RESPONSIBLE)];
            Some(
                GetResponsibleSchoolStatusRequest {
                    caller: scene.caller(),
                    responsible_schools,
                }
                .into(),
            )
        },
        expect: Expect::Given(|_, response| {
            let answer = answer!(response, GetResponsibleSchoolStatus);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let standing = result.status.iter().flat_map(|status| &status.alerts).count();
            must(standing == 0, "an alert though nothing is wrong")
        }),
    },
    acknowledged(
        Operation::SubmitResponsibleSchoolStatusAcknowledgement,
        "an alert that does not stand",
        |scene| of_responsible_school(scene, unknown()),
        Expect::Rejected(&[12_000]),
    ),
];
