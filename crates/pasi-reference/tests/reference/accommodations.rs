//! Classroom accommodation from its first day to its last.

use crate::common::*;
use pasi_wire::messages::*;

fn accommodation(number: u128, start: &str) -> ClassroomAccommodation {
    ClassroomAccommodation {
        ref_id: guid(number),
        asn: asn(AIYANA),
        school_code: school(SCHOOL),
        accommodation_type: "ExtraTime".into(),
        accommodation_format: None,
        accommodation_detail: Some("One half more\r\nin examinations".into()),
        start_date: date(start),
        end_date: None,
        end_date_override: None,
        is_deleted: false,
        last_update_utc_time: None,
        pasi_core_version: 0,
    }
}

async fn submit(client: &Client, accommodation: ClassroomAccommodation) -> SubmitResponse {
    let caller = client.caller();
    client
        .submit(SubmitClassroomAccommodationRequest {
            caller,
            accommodation,
        })
        .await
}

async fn read(client: &Client, number: u128) -> ClassroomAccommodationResult {
    let request = GetClassroomAccommodationRequest {
        caller: client.caller(),
        accommodations: vec![any_version(number)],
    };
    answer!(client, GetClassroomAccommodation, request)
        .results
        .remove(0)
}

#[tokio::test]
async fn an_accommodation_lasts_until_the_next_one_alike_or_as_a_person_says() {
    let world = World::start().await;
    let client = world.client();
    let made = submit(&client, accommodation(1, "2026-09-01")).await;
    assert!(made.is_stored(), "{made:?}");
    let end = async |number| read(&client, number).await.accommodation.expect("ours").end_date;
    assert_eq!(end(1).await, None);
    let mut next = accommodation(2, "2027-02-01");
    assert!(submit(&client, next.clone()).await.is_stored());
    assert_eq!(end(1).await, Some(date("2027-01-31")));
    next.end_date_override = Some(date("2027-06-25"));
    next.pasi_core_version = read(&client, 2)
        .await
        .accommodation
        .expect("ours")
        .pasi_core_version;
    assert!(submit(&client, next.clone()).await.is_stored());
    assert_eq!(end(2).await, Some(date("2027-06-25")));
    next = read(&client, 2).await.accommodation.expect("ours");
    next.is_deleted = true;
    assert!(submit(&client, next).await.is_stored());
    assert_eq!(end(1).await, None, "the next one is gone");
    let known = world.server.version();
    let told = client
        .news("ClassroomAccommodation", 0, 0)
        .await
        .expect("an answer");
    assert_eq!(told[0].id_versions.len(), 2);
    assert!(
        client
            .news("ClassroomAccommodation", known, 0)
            .await
            .expect("an answer")
            .is_empty()
    );
}

#[tokio::test]
async fn an_accommodation_is_refused_by_its_rules() {
    let world = World::start().await;
    let client = world.client();
    let made = submit(&client, accommodation(1, "2026-09-01")).await;
    let backwards = ClassroomAccommodation {
        end_date_override: Some(date("2026-09-30")),
        ..accommodation(2, "2026-10-01")
    };
    let nowhere = ClassroomAccommodation {
        school_code: school("9999"),
        ..accommodation(2, "2026-10-01")
    };
    let elsewhere = ClassroomAccommodation {
        school_code: school(OTHER_SCHOOL),
        ..accommodation(2, "2026-10-01")
    };
    let strange = ClassroomAccommodation {
        asn: asn(BRUNO),
        ..accommodation(2, "2026-10-01")
    };
    let unchanged = ClassroomAccommodation {
        pasi_core_version: made.pasi_core_version,
        ..accommodation(1, "2026-09-01")
    };
    for (what, sent, code) in [
        ("it ends before it begins", backwards, 13_990),
        ("there is one alike", accommodation(2, "2026-09-01"), 13_991),
        ("no such school", nowhere, 9003),
        ("another's school", elsewhere, 9020),
        ("another's student", strange, 9010),
        ("nothing changed", unchanged, 9023),
        ("sent twice", accommodation(1, "2026-09-02"), 3004),
    ] {
        assert_eq!(submit(&client, sent).await.rejections[0].code, code, "{what}");
    }
    let unknown = ClassroomAccommodation {
        accommodation_type: "Holiday".into(),
        ..accommodation(3, "2026-10-01")
    };
    let request = SubmitClassroomAccommodationRequest {
        caller: client.caller(),
        accommodation: unknown,
    };
    assert_eq!(client.call(request).await.expect_err("no such kind").code(), 3002);
    let others = world.client_of("others", OTHERS);
    assert_eq!(
        read(&others, 1).await.availability_status,
        AvailabilityStatus::NoAccess
    );
}

#[tokio::test]
async fn who_is_not_in_the_school_when_it_begins_is_warned_of() {
    let world = World::start().await;
    let client = world.client();
    let made = submit(&client, accommodation(1, "2026-08-01")).await;
    world.server.settled().await;
    let status = async || {
        let request = GetClassroomAccommodationStatusRequest {
            caller: client.caller(),
            accommodations: vec![StatusRefIdVersion {
                ref_id: guid(1),
                expected_version: 0,
                known_source_version: 0,
            }],
        };
        answer!(client, GetClassroomAccommodationStatus, request).results[0]
            .status
            .clone()
            .expect("ours")
            .alerts
    };
    let alerts = status().await;
    assert_eq!(
        alerts.iter().map(|alert| alert.alert_code).collect::<Vec<_>>(),
        [13_992]
    );
    let told = client
        .news("ClassroomAccommodationStatus.2026", 0, 0)
        .await
        .expect("an answer");
    assert_eq!(told[0].id_versions.len(), 1);
    let said = |arguments, status| SubmitClassroomAccommodationStatusAcknowledgementRequest {
        caller: client.caller(),
        ref_id: guid(1),
        acknowledgement: AlertAcknowledgement {
            alert_code: 13_992,
            arguments,
            status,
        },
    };
    let warned = alerts[0].arguments.clone();
    let refused = client
        .submit(said(warned.clone(), AcknowledgementStatus::Acknowledged))
        .await;
    assert_eq!(refused.rejections[0].code, 12_002);
    let refused = client
        .submit(said(Vec::new(), AcknowledgementStatus::InProgress))
        .await;
    assert_eq!(refused.rejections[0].code, 12_001);
    assert!(
        client
            .submit(said(warned, AcknowledgementStatus::InProgress))
            .await
            .is_stored()
    );
    let mended = ClassroomAccommodation {
        pasi_core_version: made.pasi_core_version,
        ..accommodation(1, "2026-09-01")
    };
    assert!(submit(&client, mended).await.is_stored());
    world.server.settled().await;
    assert_eq!(status().await, []);
}
