//! The province's desk: what it sees, what it decides, and the races it can make.
#![allow(clippy::wildcard_imports, reason = "the messages of the contract")]

use crate::common::*;
use pasi_reference::{Search, Trouble};
use pasi_wire::messages::*;

fn phone(number: u128, digits: &str) -> StudentPhone {
    StudentPhone {
        ref_id: guid(number),
        phone_type: "Home".into(),
        number: digits.into(),
        extension: None,
        is_preferred: false,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

#[tokio::test]
async fn a_raced_submit_comes_too_late_and_the_next_one_does_not() {
    let world = World::start().await;
    let client = world.client();
    let aiyana = asn(AIYANA);
    let version = world.seeded.students[0].1;
    world.server.trouble(Trouble {
        race_submits: 1,
        ..Trouble::default()
    });
    let submit = |version: i64| SubmitStudentPhoneRequest {
        caller: client.caller(),
        asn: aiyana,
        pasi_core_version: version,
        phone: phone(9, "7805550111"),
    };
    let late = client.submit(submit(version)).await;
    assert_eq!(late.rejections[0].code, 3004);
    assert!(late.pasi_core_version > version, "somebody else saved it");
    let held = world.server.outside().student(aiyana).expect("there");
    assert!(held.phones.is_empty(), "nothing of a late submit is stored");
    let again = client.submit(submit(late.pasi_core_version)).await;
    assert_eq!(again.rejections, []);
    assert!(
        !world.server.ministry().trouble().is_any(),
        "one race, and it is over"
    );
}

#[tokio::test]
async fn a_student_is_found_by_any_part_of_a_name_by_number_and_by_birth_date() {
    let world = World::start().await;
    let desk = world.server.ministry();
    for (words, born, want) in [
        ("aiy white", None, vec![AIYANA]),
        ("WHITE-", None, vec![AIYANA]),
        ("kowalski bruno", None, vec![BRUNO]),
        ("9990-0000-2", None, vec![BRUNO]),
        ("", Some("2015-04-17"), vec![AIYANA]),
        ("bruno", Some("2015-04-17"), vec![]),
        ("<script>", None, vec![]),
        ("", None, vec![BRUNO, AIYANA]),
    ] {
        let search = Search {
            words: words.into(),
            born: born.map(date),
        };
        let found: Vec<_> = desk.find(&search, 10).await;
        let asns: Vec<&str> = found.iter().map(|student| student.asn.as_str()).collect();
        assert_eq!(asns, want, "{words:?} {born:?}");
    }
    assert_eq!(
        desk.find(&Search::default(), 1).await.len(),
        1,
        "no more than asked for"
    );
    let dossier = desk.dossier(asn(AIYANA)).expect("there");
    assert_eq!(dossier.enrolments[0].0.school_code, school(SCHOOL));
    assert!(desk.dossier(asn("999999999")).is_none());
}

#[tokio::test]
async fn a_closed_year_takes_no_enrolments_and_a_changed_code_is_kept() {
    let world = World::start().await;
    let desk = world.server.ministry();
    desk.open_year(year(2027), Some(false)).expect("kept");
    let mut grade = desk
        .code_values()
        .into_iter()
        .find(|value| value.code_class_name == "Grade")
        .expect("grades");
    grade.description = "Said otherwise".into();
    desk.put_code(grade.clone()).expect("kept");
    drop(desk);
    let world = world.restart().await;
    let client = world.client();
    let refused = client.enrol(enrolment(77, asn(AIYANA), SCHOOL)).await;
    assert_eq!(refused.rejections[0].code, 9030);
    let desk = world.server.ministry();
    let years = desk.school_years();
    let this = years.iter().find(|at| at.year.school_year == year(2027));
    assert!(this.is_some_and(|at| at.is_set && !at.year.is_accepted));
    let values = desk.code_values();
    assert!(values.iter().any(|value| value.code_text == grade.code_text
        && value.code_class_name == "Grade"
        && value.description == "Said otherwise"));
    desk.open_year(year(2027), None).expect("kept");
    let stored = client.enrol(enrolment(77, asn(AIYANA), SCHOOL)).await;
    assert_eq!(stored.rejections, []);
}

#[tokio::test]
async fn a_school_that_closes_is_told_to_everybody() {
    let world = World::start().await;
    let client = world.client();
    let known = world.server.version();
    let desk = world.server.ministry();
    let close = |school: &mut School| school.close_date = Some(date("2027-06-30"));
    let version = desk.change_school(school(SCHOOL), close).await.expect("changed");
    assert!(version > known);
    let again = desk.change_school(school(SCHOOL), close).await;
    assert!(again.is_err(), "it is so already");
    assert!(desk.change_school(school("9999"), close).await.is_err());
    let (_, mut years) = desk.school(school(SCHOOL)).expect("there");
    let mut next = years.remove(0);
    next.school_year = year(2026);
    desk.put_calendar_year(next).await.expect("changed");
    let news = client.news("School", known, 0).await.expect("an answer");
    assert_eq!(news[0].id_versions[0].id, SCHOOL);
    let news = client
        .news("SchoolCalendarYear.2026", known, 0)
        .await
        .expect("an answer");
    assert_eq!(news[0].id_versions[0].id, format!("{SCHOOL}.2026"));
}

#[tokio::test]
async fn a_call_is_kept_with_what_travelled_and_a_client_with_its_certificates() {
    let world = World::start().await;
    let client = world.client();
    client.hello().await.expect("an answer");
    let desk = world.server.ministry();
    let call = desk.calls().pop().expect("a call");
    let call = desk.call(call.number).expect("by its number");
    assert!(call.is_ok() && call.request().contains(&call.message_id));
    assert!(call.answer().contains("HelloWorldResponse"));
    let renewed = desk.renew("ours", None).expect("made").expect("a client");
    assert!(desk.renew("nobody", None).expect("looked").is_none());
    let held = &desk.clients()[0].certificates;
    assert_eq!(held.len(), 2);
    assert!(
        desk.switch_certificate("ours", &held[0].serial, false)
            .expect("kept")
    );
    assert_eq!(client.hello().await.expect_err("disabled").code(), 1002);
    let fresh = Client::new(&world.server, &renewed, authority(OURS));
    fresh.hello().await.expect("the new one serves");
    assert!(desk.switch_client("ours", false).expect("kept"));
    assert_eq!(fresh.hello().await.expect_err("disabled").code(), 1003);
    assert!(!desk.switch_certificate("ours", "none", true).expect("looked"));
}
