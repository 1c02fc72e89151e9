//! How much an organization may see, as the ministry sets it; and the trail of the desk.

use crate::common::*;
use pasi_reference::ClientTerms;
use pasi_wire::ClientRole;
use pasi_wire::messages::*;

async fn availability(client: &Client, asn: kernel::Asn) -> AvailabilityStatus {
    let students = vec![AsnVersion {
        asn,
        expected_version: 0,
    }];
    let request = GetStudentRequest {
        caller: client.caller(),
        students,
    };
    let answer = answer!(client, GetStudent, request);
    answer.results[0].availability_status
}

#[tokio::test]
async fn an_authority_of_high_restriction_is_not_told_of_students_that_are_not_its_own() {
    let world = World::start().await;
    let (desk, ours) = (world.server.ministry(), OURS.parse().expect("an authority"));
    let client = world.client();
    let mut at_school = world.client_of("at a school", OURS);
    at_school.organization = kernel::OrganizationCode::School(school(SCHOOL));
    for (level, foreign, refusal) in [
        ("LOW", AvailabilityStatus::NoAccess, 11_404),
        ("HIGH", AvailabilityStatus::Unknown, 11_405),
        ("LOW", AvailabilityStatus::NoAccess, 11_404),
    ] {
        // It may stand so already.
        let _ = desk
            .change_authority(ours, |authority| authority.restriction_level = level.into())
            .await;
        for by in [&client, &at_school] {
            assert_eq!(availability(by, asn(BRUNO)).await, foreign, "{level}");
            assert_eq!(
                availability(by, asn(AIYANA)).await,
                AvailabilityStatus::Normal,
                "{level}"
            );
            let double = by.create("Bruno", "Kowalski", "2015-02-03").await;
            assert_eq!(double.rejections[0].code, refusal, "{level}");
            let names_it = !double.rejections[0].arguments.is_empty();
            assert_eq!(names_it, level == "LOW", "{level}");
        }
    }
}

#[tokio::test]
async fn the_terms_of_a_client_count_from_its_next_call_on_and_survive_a_new_certificate() {
    let world = World::start().await;
    let (client, desk) = (world.client(), world.server.ministry());
    client.hello().await.expect("it may");
    let held = desk.clients()[0].clone();
    let narrow = ClientTerms {
        roles: vec![ClientRole::HelloWorld],
        addresses: vec!["192.0.2.7".parse().expect("an address")],
        ..ClientTerms::of(&held)
    };
    assert!(desk.change_client(&held.name, narrow.clone()).expect("saved"));
    assert_eq!(client.hello().await.expect_err("from elsewhere").code(), 1006);
    let anywhere = ClientTerms {
        addresses: Vec::new(),
        ..narrow.clone()
    };
    assert!(desk.change_client(&held.name, anywhere).expect("saved"));
    client.hello().await.expect("from anywhere");
    let students = GetStudentRequest {
        caller: client.caller(),
        students: Vec::new(),
    };
    assert_eq!(client.call(students).await.expect_err("no role").code(), 1007);
    desk.renew(&held.name, None).expect("made").expect("a client");
    assert_eq!(desk.clients()[0].roles, [ClientRole::HelloWorld]);
    for wrong in [
        ClientTerms {
            roles: Vec::new(),
            ..narrow.clone()
        },
        ClientTerms {
            organizations: Vec::new(),
            ..narrow
        },
    ] {
        desk.change_client(&held.name, wrong)
            .expect_err("nothing is left");
    }
    let done: Vec<String> = desk
        .deeds()
        .expect("read")
        .into_iter()
        .map(|deed| deed.what)
        .collect();
    assert_eq!(
        done,
        [
            "certificate.issued",
            "client.terms",
            "client.terms",
            "certificate.issued"
        ]
    );
}

#[tokio::test]
async fn the_trail_names_parts_and_outlives_the_program() {
    let world = World::start().await;
    let desk = world.server.ministry();
    desk.change_student(asn(AIYANA), &["birth_date"], |student| {
        student.identification.birth_date = date("2015-04-18");
    })
    .await
    .expect("changed");
    let nothing = desk.change_student(asn(AIYANA), &["birth_date"], |_| {}).await;
    assert!(nothing.is_err(), "what did not happen is not noted");
    let written = std::fs::read_to_string(world.folder.path().join("desk.jsonl")).expect("a file");
    assert_eq!(written.lines().count(), 1);
    assert!(
        written.contains("birth_date") && !written.contains("2015"),
        "{written}"
    );
}
