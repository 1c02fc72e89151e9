//! Core alerts as days go by and records are sent again: found anew each day,
//! and what people said to them stays while they stay the same.

use crate::common::*;
use kernel::Grade;
use pasi_wire::Response;
use pasi_wire::messages::*;

/// The alerts of an enrolment.
async fn alerts(client: &Client, number: u128) -> Vec<CoreAlert> {
    let asked = GetStudentSchoolEnrolmentStatusRequest {
        caller: client.caller(),
        enrolments: vec![StatusRefIdVersion {
            ref_id: guid(number),
            expected_version: 0,
            known_source_version: 0,
        }],
    };
    match client.call(asked).await.expect("an answer") {
        Response::GetStudentSchoolEnrolmentStatus(mut answer) => answer
            .results
            .remove(0)
            .status
            .map_or_else(Vec::new, |status| status.alerts),
        other => panic!("{} answered", other.operation()),
    }
}

fn codes(alerts: &[CoreAlert]) -> Vec<u32> {
    alerts.iter().map(|alert| alert.alert_code).collect()
}

fn answer(
    client: &Client,
    number: u128,
    alert: &CoreAlert,
) -> SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
    says(client, number, alert, AcknowledgementStatus::Acknowledged)
}

fn says(
    client: &Client,
    number: u128,
    alert: &CoreAlert,
    status: AcknowledgementStatus,
) -> SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
    SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
        caller: client.caller(),
        ref_id: guid(number),
        acknowledgement: AlertAcknowledgement {
            alert_code: alert.alert_code,
            arguments: alert.arguments.clone(),
            status,
        },
    }
}

/// Aiyana, eleven on September 1, in grade 12 of this school year.
fn too_young() -> StudentSchoolEnrolment {
    let mut sent = enrolment(50, asn(AIYANA), SCHOOL);
    sent.grade = Some(Grade::G12);
    sent
}

#[tokio::test]
async fn a_record_of_a_future_year_is_judged_anew_on_the_day_its_year_begins() {
    let world = World::start().await;
    let client = world.client();
    world
        .server
        .ministry()
        .open_year(year(2028), Some(true))
        .expect("kept");
    let next_year = StudentSchoolEnrolment {
        school_year: year(2028),
        registration_start_date: date("2027-09-01"),
        registration_exit_date: Some(date("2028-06-23")),
        calendar_ref_id: None,
        ..too_young()
    };
    assert!(client.enrol(next_year).await.is_stored());
    world.server.settled().await;
    assert!(
        !codes(&alerts(&client, 50).await).contains(&10_017),
        "not its year yet"
    );
    for (moment, is_raised) in [("2027-08-31T18:00:00Z", false), ("2027-09-01T18:00:00Z", true)] {
        world.at(moment);
        world.server.tick().await;
        let found = codes(&alerts(&client, 50).await);
        assert_eq!(found.contains(&10_017), is_raised, "on {moment}: {found:?}");
    }
}

#[tokio::test]
async fn what_was_said_to_an_alert_stays_while_the_alert_is_the_same() {
    let world = World::start().await;
    let client = world.client();
    let version = client.enrol(too_young()).await.pasi_core_version;
    world.server.settled().await;
    let raised = alerts(&client, 50).await;
    let raised = raised
        .iter()
        .find(|alert| alert.alert_code == 10_017)
        .expect("raised");
    assert!(client.submit(answer(&client, 50, raised)).await.is_stored());
    let again = |hours, grade, version| StudentSchoolEnrolment {
        hours_of_instruction: Some(hours),
        grade: Some(grade),
        pasi_core_version: version,
        ..too_young()
    };
    let mut version = version;
    for (hours, grade, says) in [
        (900, Grade::G12, Some(AcknowledgementStatus::Acknowledged)),
        (900, Grade::G11, Some(AcknowledgementStatus::Unacknowledged)),
        (900, Grade::G6, None),
        // What was acknowledged stays so when the same alert is raised again.
        (900, Grade::G12, Some(AcknowledgementStatus::Acknowledged)),
        (900, Grade::G11, Some(AcknowledgementStatus::Unacknowledged)),
    ] {
        let stored = client.enrol(again(hours, grade, version)).await;
        assert!(stored.is_stored(), "{:?}", stored.rejections);
        version = stored.pasi_core_version;
        world.server.settled().await;
        let found = alerts(&client, 50).await;
        let standing = found.iter().find(|alert| alert.alert_code == 10_017);
        assert_eq!(
            standing.map(|alert| alert.acknowledgement_status),
            says,
            "grade {grade}"
        );
    }
}

#[tokio::test]
async fn what_is_in_progress_is_dropped_with_its_alert_and_what_was_acknowledged_outlives_a_restart() {
    use AcknowledgementStatus::{Acknowledged, InProgress, Unacknowledged};
    for (said, says_then) in [(InProgress, Unacknowledged), (Acknowledged, Acknowledged)] {
        let mut world = World::start().await;
        let mut version = world.client().enrol(too_young()).await.pasi_core_version;
        world.server.settled().await;
        let raised = alerts(&world.client(), 50).await;
        let raised = raised.iter().find(|alert| alert.alert_code == 10_017);
        let answered = says(&world.client(), 50, raised.expect("raised"), said);
        assert!(world.client().submit(answered).await.is_stored());
        for grade in [Grade::G6, Grade::G12] {
            let sent = StudentSchoolEnrolment {
                grade: Some(grade),
                pasi_core_version: version,
                ..too_young()
            };
            let stored = world.client().enrol(sent).await;
            assert!(stored.is_stored(), "{:?}", stored.rejections);
            version = stored.pasi_core_version;
            world.server.settled().await;
            world = world.restart().await;
        }
        let found = alerts(&world.client(), 50).await;
        let found = found.iter().find(|alert| alert.alert_code == 10_017);
        assert_eq!(
            found.map(|alert| alert.acknowledgement_status),
            Some(says_then),
            "{said}"
        );
    }
}

#[tokio::test]
async fn rule_10029_is_raised_on_the_day_the_ministry_lets_a_code_expire() {
    let world = World::start().await;
    let client = world.client();
    let mut sent = enrolment(50, asn(AIYANA), SCHOOL);
    sent.extended.grants_program_codes = vec!["550".into()];
    assert!(client.enrol(sent).await.is_stored());
    world.server.settled().await;
    assert!(!codes(&alerts(&client, 50).await).contains(&10_029));
    let desk = world.server.ministry();
    let mut values = desk.code_values().into_iter();
    let code = values
        .find(|value| value.code_class_name == "GrantsProgramCode" && value.code_text == "550")
        .expect("a code of the table");
    desk.put_code(CodeValue {
        expiry_school_year: Some(year(2026)),
        ..code
    })
    .expect("kept");
    world.server.settled().await;
    assert!(codes(&alerts(&client, 50).await).contains(&10_029));
}

#[tokio::test]
async fn a_reason_that_the_ministry_let_expire_is_no_child_of_its_answer_any_more() {
    let world = World::start().await;
    let client = world.client();
    let desk = world.server.ministry();
    let mut values = desk.code_values().into_iter();
    let reason = values
        .find(|value| value.code_class_name == "TransitionReason" && value.code_text == "Moved")
        .expect("a reason of the table");
    let related = || async {
        let asked = GetCodeValueRelationshipsRequest {
            caller: client.caller(),
        };
        match client.call(asked).await.expect("an answer") {
            Response::GetCodeValueRelationships(answer) => answer
                .relationships
                .iter()
                .any(|pair| pair.child.code_text == "Moved"),
            other => panic!("{} answered", other.operation()),
        }
    };
    assert!(related().await);
    desk.put_code(CodeValue {
        expiry_school_year: Some(year(2026)),
        ..reason
    })
    .expect("kept");
    assert!(!related().await);
    let sent = SubmitResponsibleSchoolRequest {
        caller: client.caller(),
        responsible_school: ResponsibleSchool {
            ref_id: guid(70),
            asn: asn(AIYANA),
            effective_date: date("2026-11-01"),
            has_responsible_school: HasResponsibleSchool::Yes,
            school_code: Some(school(SCHOOL)),
            school_name: None,
            city: None,
            state_province: None,
            country: None,
            transition_reason: "Moved".into(),
            is_deleted: false,
            pasi_core_version: 0,
        },
    };
    let refused = client.submit(sent).await.rejections;
    assert_eq!(refused.iter().map(|one| one.code).collect::<Vec<_>>(), [11_692]);
}

#[tokio::test]
async fn rule_10149_lets_nobody_answer_for_anothers_record() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    assert!(client.enrol(too_young()).await.is_stored());
    world.server.settled().await;
    let raised = alerts(&client, 50).await;
    let refused = others.submit(answer(&others, 50, &raised[0])).await;
    let refused: Vec<u32> = refused.rejections.iter().map(|one| one.code).collect();
    assert_eq!(refused, [10_149]);
}
