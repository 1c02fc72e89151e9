//! Alberta Student Numbers through their states, and what the province itself
//! records of a student's schools.

use crate::common::*;
use pasi_wire::messages::*;

fn responsible(number: u128, on: &str, at: &str) -> ResponsibleSchool {
    ResponsibleSchool {
        ref_id: guid(number),
        asn: asn(AIYANA),
        effective_date: date(on),
        has_responsible_school: HasResponsibleSchool::Yes,
        school_code: Some(school(at)),
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: "NewStudent".into(),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

async fn tell_responsible(client: &Client, responsible_school: ResponsibleSchool) {
    let caller = client.caller();
    let request = SubmitResponsibleSchoolRequest {
        caller,
        responsible_school,
    };
    let answer = client.submit(request).await;
    assert!(answer.is_stored(), "{answer:?}");
}

async fn enrolment_of(client: &Client, number: u128) -> StudentSchoolEnrolment {
    let request = GetStudentSchoolEnrolmentRequest {
        caller: client.caller(),
        enrolments: vec![any_version(number)],
    };
    answer!(client, GetStudentSchoolEnrolment, request).results[0]
        .enrolment
        .clone()
        .expect("it may be read")
}

async fn told(client: &Client, topic: &str, known: i64) -> Vec<String> {
    let results = client.news(topic, known, 0).await.expect("an answer");
    let pairs = results.into_iter().flat_map(|kind| kind.id_versions);
    let mut ids: Vec<String> = pairs.map(|pair| pair.id).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn linking_moves_what_hangs_on_a_number_and_tells_everybody() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    let known = world.server.version();
    let outside = world.server.outside();
    let version = outside.link(asn(BRUNO), asn(AIYANA)).await.expect("linked");
    for (client, numbers) in [(&client, &[AIYANA][..]), (&others, &[AIYANA, BRUNO][..])] {
        assert_eq!(told(client, "Student", known).await, numbers);
        let read = client.student(asn(BRUNO), version).await;
        let student = read[0].student.as_ref().expect("who knew either may read it");
        assert_eq!(student.primary_asn, Some(asn(AIYANA)));
    }
    assert_eq!(
        told(&others, "StudentSchoolEnrolment.2027", known).await,
        [guid(1_002).to_string()]
    );
    assert_eq!(enrolment_of(&others, 1_002).await.asn, asn(AIYANA));
    let primary = client.student(asn(AIYANA), 0).await;
    let primary = primary[0].student.as_ref().expect("ours");
    assert_eq!(primary.secondary_asns, [asn(BRUNO)]);
    assert_eq!(
        primary.names[0].name.first, "Aiyana",
        "the person is the primary's"
    );
    let submit = SubmitStudentAddressRequest {
        caller: others.caller(),
        asn: asn(BRUNO),
        pasi_core_version: version,
        address: address(1, "1 Main Street"),
    };
    let refused = others.submit(submit).await;
    assert_eq!(refused.rejections[0].code, 9011);
    assert!(refused.rejections[0].message.contains(&asn(AIYANA).to_string()));
}

#[tokio::test]
async fn a_double_is_deleted_when_numbers_are_linked_and_restored_when_they_part() {
    let mut province = province();
    let double = enrolment(1_003, asn(BRUNO), SCHOOL);
    province.students[1].enrolments.push(double);
    let world = World::of(province).await;
    let client = world.client();
    let outside = world.server.outside();
    outside.link(asn(BRUNO), asn(AIYANA)).await.expect("linked");
    let deleted = enrolment_of(&client, 1_003).await;
    assert_eq!((deleted.asn, deleted.is_deleted), (asn(BRUNO), true));
    assert!(
        outside.link(asn(BRUNO), asn(AIYANA)).await.is_err(),
        "linked already"
    );
    outside.unlink(asn(BRUNO)).await.expect("unlinked");
    let back = enrolment_of(&client, 1_003).await;
    assert_eq!((back.asn, back.is_deleted), (asn(BRUNO), false));
    let others = world.client_of("others", OTHERS);
    assert_eq!(enrolment_of(&others, 1_002).await.asn, asn(BRUNO));
    let read = others.student(asn(BRUNO), 0).await;
    assert_eq!(
        read[0].student.as_ref().and_then(|student| student.primary_asn),
        None
    );
    assert!(outside.unlink(asn(BRUNO)).await.is_err(), "not linked any more");
}

#[tokio::test]
async fn numbers_are_linked_in_one_step_alone() {
    let world = World::start().await;
    let outside = world.server.outside();
    let third = world.client().create("Noor", "Haddad", "2020-05-06").await;
    let third = third.asn.expect("an ASN");
    outside.link(asn(BRUNO), asn(AIYANA)).await.expect("linked");
    for (secondary, primary, why) in [
        (third, asn(BRUNO), "its primary is secondary"),
        (asn(AIYANA), third, "it has secondaries"),
        (asn(BRUNO), third, "it is linked otherwise"),
        (third, third, "it is the same"),
        (third, asn("123456789"), "nobody has it"),
    ] {
        assert!(outside.link(secondary, primary).await.is_err(), "{why}");
    }
    outside.deactivate(asn(AIYANA), true).await.expect("deactivated");
    assert!(outside.link(third, asn(AIYANA)).await.is_err(), "deactivated");
}

#[tokio::test]
async fn a_deactivated_number_is_read_and_not_written_until_it_is_active_again() {
    let world = World::start().await;
    let client = world.client();
    let outside = world.server.outside();
    let version = outside.deactivate(asn(AIYANA), true).await.expect("deactivated");
    let read = client.student(asn(AIYANA), version).await;
    assert!(read[0].student.as_ref().expect("ours").is_deactivated);
    let refused = client.enrol(enrolment(50, asn(AIYANA), SCHOOL)).await;
    assert_eq!(refused.rejections[0].code, 9009);
    outside.deactivate(asn(AIYANA), false).await.expect("activated");
    assert!(client.enrol(enrolment(50, asn(AIYANA), SCHOOL)).await.is_stored());
}

#[tokio::test]
async fn the_day_a_record_goes_is_known_from_its_first_day() {
    let world = World::start().await;
    let outside = world.server.outside();
    assert_eq!(outside.scheduled_disposal(asn(AIYANA)), Some(date("2040-09-01")));
    let made = world.client().create("Noor", "Haddad", "2020-05-06").await;
    let made = made.asn.expect("an ASN");
    assert_eq!(outside.scheduled_disposal(made), Some(date("2045-09-01")));
    assert_eq!(outside.scheduled_disposal(asn("123456789")), None);
}

/// Days, reasons and schools of the records of Aiyana that a client is told of.
async fn schools_told(client: &Client) -> Vec<(String, String, Option<String>)> {
    let ids = told(client, "ResponsibleSchool", 0).await;
    let key = |id: &String| RefIdVersion {
        ref_id: id.parse().expect("a GUID"),
        expected_version: 0,
    };
    let request = GetResponsibleSchoolRequest {
        caller: client.caller(),
        responsible_schools: ids.iter().map(key).collect(),
    };
    let read = answer!(client, GetResponsibleSchool, request);
    let records = read
        .results
        .into_iter()
        .filter_map(|result| result.responsible_school);
    let mut all: Vec<_> = records
        .map(|record| {
            let at = record.school_code.map(|code| code.to_string());
            (record.effective_date.to_string(), record.transition_reason, at)
        })
        .collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_change_of_school_nobody_told_of_is_to_be_determined_and_asked_about() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    world.server.tick().await;
    assert_eq!(
        schools_told(&client).await,
        [],
        "the first one is the school's to tell"
    );
    tell_responsible(&client, responsible(70, "2026-09-01", SCHOOL)).await;
    let mut left = enrolment_of(&client, 1_001).await;
    left.registration_exit_date = Some(date("2026-10-30"));
    left.exit_date_type = ExitDateType::WithdrawalDate;
    assert!(client.enrol(left).await.is_stored());
    let mut begun = enrolment(80, asn(AIYANA), OTHER_SCHOOL);
    begun.registration_start_date = date("2026-11-02");
    assert!(others.enrol(begun).await.is_stored());
    world.server.tick().await;
    world.server.tick().await;
    let first = (
        "2026-09-01".to_owned(),
        "NewStudent".to_owned(),
        Some(SCHOOL.to_owned()),
    );
    let second = (
        "2026-11-02".to_owned(),
        "ToBeDetermined".to_owned(),
        Some(OTHER_SCHOOL.to_owned()),
    );
    assert_eq!(schools_told(&world.client_of_ministry()).await, [first, second]);
    let ids = told(&others, "ResponsibleSchoolStatus", 0).await;
    assert_eq!(ids.len(), 1, "advice 11621 stands on one of them");
}

#[tokio::test]
async fn the_end_of_grade_12_is_recorded_for_who_is_past_school_age() {
    let mut province = province();
    for (student, born) in province.students.iter_mut().zip(["2009-06-01", "2010-07-01"]) {
        student.identification.birth_date = date(born);
        let last = &mut student.enrolments[0];
        last.school_code = school(SCHOOL);
        last.school_year = year(2026);
        last.grade = Some(kernel::Grade::G12);
        last.registration_start_date = date("2025-09-02");
        last.registration_exit_date = Some(date("2026-06-26"));
        let mut told = responsible(70, "2025-09-02", SCHOOL);
        told.ref_id = uuid::Uuid::new_v5(&guid(1), student.asn.as_str().as_bytes());
        student.responsible_schools.push(told);
    }
    let world = World::of(province).await;
    world.server.tick().await;
    let told = schools_told(&world.client()).await;
    let completed: Vec<_> = told
        .iter()
        .filter(|(_, reason, _)| reason == "CompletedK12")
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(completed.len(), 1, "the one who is 16 may come back: {told:?}");
    assert_eq!((completed[0].0.as_str(), &completed[0].2), ("2026-06-27", &None));
}
