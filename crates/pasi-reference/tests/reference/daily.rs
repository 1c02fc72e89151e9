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
    SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
        caller: client.caller(),
        ref_id: guid(number),
        acknowledgement: AlertAcknowledgement {
            alert_code: alert.alert_code,
            arguments: alert.arguments.clone(),
            status: AcknowledgementStatus::Acknowledged,
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
        (900, Grade::G12, Some(AcknowledgementStatus::Unacknowledged)),
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
