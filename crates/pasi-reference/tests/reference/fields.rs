//! Fields that not everybody sees who may read the record.

use crate::common::*;
use pasi_reference::NewClient;
use pasi_wire::ClientRole;
use pasi_wire::messages::*;

/// Aiyana's enrolment at our school, and one at the others' that ends on November 30.
async fn world() -> World {
    let mut province = province();
    let student = &mut province.students[0];
    let extended = &mut student.enrolments[0].extended;
    extended.fnmi_declaration = Some("331".into());
    extended.french_hours = Some(475);
    let mut ended = enrolment(1_003, asn(AIYANA), OTHER_SCHOOL);
    ended.registration_exit_date = Some(date("2026-11-30"));
    student.enrolments.push(ended);
    student.citizenship.push(CitizenshipStatus {
        created_by_organization: Some("A.3260".into()),
        ..citizenship(16)
    });
    let over = DisclosureRestriction {
        is_active: false,
        ..restriction(19)
    };
    student.disclosure_restrictions = vec![restriction(18), over];
    student.medical_alerts.push(medical_alert(20));
    World::of(province).await
}

async fn extended(client: &Client) -> EnrolmentExtras {
    let request = GetStudentSchoolEnrolmentRequest {
        caller: client.caller(),
        enrolments: vec![any_version(1_001)],
    };
    answer!(client, GetStudentSchoolEnrolment, request)
        .results
        .remove(0)
        .enrolment
        .expect("it may be read")
        .extended
}

#[tokio::test]
async fn the_declaration_is_the_owners_and_french_hours_are_for_the_four_strongest() {
    let world = world().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    let ministry = world.client_of_ministry();
    for (who, client, moment, declaration, hours) in [
        ("the owner", &client, "2026-11-23", true, true),
        ("the ministry", &ministry, "2026-11-23", true, true),
        ("who has the student too", &others, "2026-11-23", false, true),
        (
            "who had the student some time ago",
            &others,
            "2027-06-01",
            false,
            false,
        ),
    ] {
        world.at(&format!("{moment}T19:00:00Z"));
        let seen = extended(client).await;
        assert_eq!(
            (seen.fnmi_declaration.is_some(), seen.french_hours.is_some()),
            (declaration, hours),
            "{who}"
        );
    }
}

#[tokio::test]
async fn who_changed_the_citizenship_is_told_to_the_four_strongest() {
    let world = world().await;
    let others = world.client_of("others", OTHERS);
    for (moment, is_told) in [("2026-11-23", true), ("2027-06-01", false)] {
        world.at(&format!("{moment}T19:00:00Z"));
        let read = others.student(asn(AIYANA), 0).await;
        let student = read[0].student.as_ref().expect("it may be read");
        let by = &student.citizenship[0].created_by_organization;
        assert_eq!(by.is_some(), is_told, "{moment}");
    }
}

#[tokio::test]
async fn medical_alerts_need_their_role_and_old_restrictions_are_the_ministrys() {
    let world = world().await;
    let mut without = NewClient::school_authority("without", authority(OURS));
    without.roles.retain(|role| *role != ClientRole::MedicalAlert);
    let credentials = world.server.register(without).expect("a client");
    let without = Client::new(&world.server, &credentials, authority(OURS));
    for (who, client, alerts, restrictions) in [
        ("a school authority", world.client(), 1, 1),
        ("one without the role", without, 0, 1),
        ("the ministry", world.client_of_ministry(), 1, 2),
    ] {
        let read = client.student(asn(AIYANA), 0).await;
        let student = read[0].student.as_ref().expect("it may be read");
        let seen = (
            student.medical_alerts.len(),
            student.disclosure_restrictions.len(),
        );
        assert_eq!(seen, (alerts, restrictions), "{who}");
    }
}
