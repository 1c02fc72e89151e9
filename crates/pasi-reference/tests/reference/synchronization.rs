//! Being told, reading what was told, surviving a kill, bearing trouble.

use crate::common::*;
use pasi_reference::{Outage, Trouble};
use pasi_wire::Response;
use pasi_wire::hash::version_hash;
use pasi_wire::messages::*;

#[tokio::test]
async fn who_begins_with_nothing_is_told_of_its_own_alone_in_ascending_order() {
    let world = World::start().await;
    let client = world.client();
    let results = client.news("student", 0, 0).await.expect("an answer");
    let told: Vec<(&str, i64)> = results[0]
        .id_versions
        .iter()
        .map(|pair| (pair.id.as_str(), pair.version))
        .collect();
    assert_eq!(told, [(AIYANA, world.seeded.students[0].1)]);
    let results = client.news("School", 0, 0).await.expect("an answer");
    let versions: Vec<i64> = results[0].id_versions.iter().map(|pair| pair.version).collect();
    assert!(versions.len() == 2 && versions.is_sorted());
    assert!(
        client
            .news("Student", world.seeded.version, 0)
            .await
            .expect("an answer")
            .is_empty()
    );
}

#[tokio::test]
async fn wrong_kinds_years_and_waits_are_faults() {
    let world = World::start().await;
    let client = world.client();
    for (topic, minutes, code) in [
        ("Pupil", 0, 3005),
        ("Student.2027", 0, 3006),
        ("Student", 99, 3007),
        ("StudentSchoolEnrolment", 0, 3008),
    ] {
        let refused = client.news(topic, 0, minutes).await.expect_err("a fault");
        assert_eq!(refused.code(), code, "{topic} {minutes}");
    }
}

#[tokio::test]
async fn a_long_poll_wakes_when_something_changes_outside() {
    let world = World::start().await;
    let client = world.client();
    let known = world.server.version();
    let waiting = {
        let client = client.clone();
        tokio::spawn(async move {
            // Each poll is short; the change comes during one of them.
            loop {
                let results = client.news("Student", known, 5).await.expect("an answer");
                if !results.is_empty() {
                    return results;
                }
            }
        })
    };
    while world.server.polls() == 0 {
        tokio::task::yield_now().await;
    }
    let version = world
        .server
        .outside()
        .correct_birth_date(asn(AIYANA), date("2015-04-18"))
        .await
        .expect("changed");
    let told = waiting.await.expect("the poll ends");
    assert_eq!(
        (told[0].id_versions[0].id.as_str(), told[0].id_versions[0].version),
        (AIYANA, version)
    );
    let read = client.student(asn(AIYANA), version).await;
    assert_eq!(
        read[0]
            .student
            .as_ref()
            .map(|student| student.identification.birth_date),
        Some(date("2015-04-18"))
    );
}

#[tokio::test]
async fn a_differing_version_ends_the_list() {
    let world = World::start().await;
    let client = world.client();
    let key = |number: &str, expected_version| AsnVersion {
        asn: asn(number),
        expected_version,
    };
    let held = world.seeded.students[0].1;
    for (keys, results) in [
        (vec![key(AIYANA, held), key(BRUNO, 0)], 2),
        (vec![key(AIYANA, held + 1), key(BRUNO, 0)], 0),
        (vec![key(BRUNO, 0), key(AIYANA, held + 1), key(BRUNO, 0)], 1),
    ] {
        let request = GetStudentRequest {
            caller: client.caller(),
            students: keys,
        };
        let Ok(Response::GetStudent(read)) = client.call(request).await else {
            panic!("no answer")
        };
        assert_eq!(read.results.len(), results);
    }
}

#[tokio::test]
async fn the_hash_agrees_when_both_hold_the_same_and_not_else() {
    let world = World::start().await;
    let client = world.client();
    let (held, known) = (world.seeded.students[0].1, world.server.version());
    let right = version_hash([(AIYANA, held)]);
    assert!(
        client
            .news_with_hash("Student", known, 0, Some(right))
            .await
            .expect("an answer")
            .is_empty()
    );
    let wrong = version_hash([(AIYANA, held + 1)]);
    let told = client
        .news_with_hash("Student", known, 0, Some(wrong))
        .await
        .expect("an answer");
    assert!(told[0].is_hash_mismatch && told[0].id_versions.is_empty());
}

#[tokio::test]
async fn an_authority_that_enrols_a_child_is_told_of_it_and_one_that_lost_it_no_more() {
    let world = World::start().await;
    let client = world.client();
    let known = world.server.version();
    assert_eq!(
        client.student(asn(BRUNO), 0).await[0].availability_status,
        AvailabilityStatus::NoAccess
    );
    let mut sent = enrolment(80, asn(BRUNO), SCHOOL);
    let made = client.enrol(sent.clone()).await;
    let told = client.news("Student", known, 0).await.expect("an answer");
    assert_eq!(told[0].id_versions[0].id, BRUNO);
    let told = client
        .news("StudentSchoolEnrolment.2027", known, 0)
        .await
        .expect("an answer");
    assert_eq!(told[0].id_versions[0].version, made.pasi_core_version);
    sent.pasi_core_version = made.pasi_core_version;
    sent.registration_exit_date = Some(date("2026-10-30"));
    sent.exit_date_type = ExitDateType::WithdrawalDate;
    assert!(client.enrol(sent).await.is_stored());
    let availability = || async { client.student(asn(BRUNO), 0).await[0].availability_status };
    for (moment, want) in [
        ("2026-11-24T19:00:00Z", AvailabilityStatus::Normal),
        ("2027-10-29T19:00:00Z", AvailabilityStatus::Normal),
        ("2027-11-01T19:00:00Z", AvailabilityStatus::NoAccess),
    ] {
        world.at(moment);
        assert_eq!(availability().await, want, "{moment}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_kill() {
    let world = World::start().await;
    let client = world.client();
    let made = client.create("Noor", "Haddad", "2020-05-06").await;
    let number = made.asn.expect("an ASN");
    let enrolled = client.enrol(enrolment(90, number, SCHOOL)).await;
    let before = client.student(number, 0).await[0].student.clone();
    // The last line is torn, as when the power goes while it is written.
    let folder = world.folder.path().join("records");
    let world = {
        let World {
            server,
            clock,
            seeded,
            folder: kept,
        } = world;
        server.kill().await;
        let journal = std::fs::read_dir(&folder)
            .expect("the folder")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| path.file_stem().is_some_and(|stem| stem == "journal"))
            .expect("a journal");
        let mut text = std::fs::read(&journal).expect("the journal");
        text.extend_from_slice(b"000000ff 0123456789abcdef [{\"Student\":");
        std::fs::write(&journal, text).expect("written");
        let server = pasi_reference::serve(config(kept.path(), &clock))
            .await
            .expect("it starts again");
        World {
            server,
            clock,
            seeded,
            folder: kept,
        }
    };
    let client = world.client();
    assert_eq!(client.student(number, 0).await[0].student, before);
    let told = client
        .news("StudentSchoolEnrolment.2027", 0, 0)
        .await
        .expect("an answer");
    let held = told[0]
        .id_versions
        .iter()
        .find(|pair| pair.id == guid(90).to_string());
    assert_eq!(held.map(|pair| pair.version), Some(enrolled.pasi_core_version));
    let next = client.create("Sana", "Haddad", "2021-05-06").await;
    assert!(next.asn.is_some_and(|asn| asn > number) && next.pasi_core_version > enrolled.pasi_core_version);
    let world = world.restart().await;
    assert_eq!(world.server.students(), 4);
}

#[tokio::test]
async fn a_folder_serves_one_server_at_a_time() {
    let world = World::start().await;
    let second = pasi_reference::serve(config(world.folder.path(), &world.clock)).await;
    assert!(matches!(second.err(), Some(pasi_reference::StartError::InUse(_))));
}

#[tokio::test]
async fn trouble_comes_as_ordered_and_goes() {
    let world = World::start().await;
    let client = world.client();
    let set = |trouble: Trouble| world.server.trouble(trouble);
    set(Trouble {
        outage: Some(Outage::Fault),
        ..Trouble::default()
    });
    assert_eq!(client.hello().await.expect_err("away").code(), 2001);
    set(Trouble {
        outage: Some(Outage::Refuse),
        ..Trouble::default()
    });
    assert!(matches!(client.hello().await, Err(Failed::Connection)));
    set(Trouble {
        garbage_answers: 1,
        ..Trouble::default()
    });
    assert_eq!(client.hello().await.expect_err("garbage").code(), 0);
    client.hello().await.expect("one answer alone was garbage");
    set(Trouble {
        lose_answers: 1,
        ..Trouble::default()
    });
    let lost = SubmitStudentSchoolEnrolmentRequest {
        caller: client.caller(),
        enrolment: enrolment(95, asn(AIYANA), SCHOOL),
    };
    assert!(matches!(client.call(lost).await, Err(Failed::Connection)));
    let again = client.enrol(enrolment(95, asn(AIYANA), SCHOOL)).await;
    assert_eq!(
        again.rejections[0].code, 3004,
        "the first one was stored though its answer was lost"
    );
}

#[tokio::test]
async fn a_lagging_node_asks_for_patience_until_it_knows() {
    let world = World::start().await;
    let client = world.client();
    world.server.trouble(Trouble {
        is_lagging: true,
        ..Trouble::default()
    });
    let known = world.server.version();
    let version = world
        .server
        .outside()
        .correct_birth_date(asn(AIYANA), date("2015-04-18"))
        .await
        .expect("changed");
    assert!(
        client
            .news("Student", known, 0)
            .await
            .expect("an answer")
            .is_empty(),
        "it has not heard of it"
    );
    assert!(
        client.student(asn(AIYANA), version).await.is_empty(),
        "the list ends"
    );
    let submit = || SubmitStudentAddressRequest {
        caller: client.caller(),
        asn: asn(AIYANA),
        pasi_core_version: version,
        address: address(5, "1 Main Street"),
    };
    assert_eq!(client.submit(submit()).await.rejections[0].code, 9014);
    world.server.trouble(Trouble::default());
    assert!(client.submit(submit()).await.is_stored());
}

#[tokio::test]
async fn on_january_1_the_oldest_year_is_told_no_more_and_the_next_one_is() {
    let world = World::start().await;
    let (client, ministry) = (world.client(), world.client_of_ministry());
    let aiyana = asn(AIYANA);
    let of_year = |number: u128, ending: i32| StudentSchoolEnrolment {
        school_year: year(ending),
        registration_start_date: date(&format!("{}-09-01", ending - 1)),
        registration_exit_date: Some(date(&format!("{ending}-06-27"))),
        ..enrolment(number, aiyana, SCHOOL)
    };
    // The last moment of the old year in Alberta, seven hours behind Greenwich; the first of the new one.
    let (before, after) = ("2027-01-01T06:59:59Z", "2027-01-01T07:00:00Z");
    world.at(before);
    let old = ministry.enrol(of_year(31, 2024)).await;
    assert_eq!(old.rejections, [], "it is synchronized still");
    world.server.settled().await;
    let told = async |topic: &str| -> Vec<String> {
        let results = client.news(topic, 0, 0).await.expect("an answer");
        let pairs = results.into_iter().flat_map(|result| result.id_versions);
        pairs.map(|pair| pair.id).collect()
    };
    let known = vec![guid(31).to_string()];
    for (moment, oldest) in [(before, known.clone()), (after, Vec::new())] {
        world.at(moment);
        assert_eq!(told("StudentSchoolEnrolment.2024").await, oldest, "{moment}");
        assert!(!told("StudentSchoolEnrolment.2027").await.is_empty(), "{moment}");
    }
    // Nothing is lost: it is read by its key, as ever.
    let read = client
        .call(GetStudentSchoolEnrolmentRequest {
            caller: client.caller(),
            enrolments: vec![RefIdVersion {
                ref_id: guid(31),
                expected_version: 0,
            }],
        })
        .await;
    let Ok(Response::GetStudentSchoolEnrolment(read)) = read else {
        panic!("{read:?}")
    };
    assert_eq!(
        read.results[0].enrolment.as_ref().map(|one| one.school_year),
        Some(year(2024))
    );
    // The year that was too far ahead is asked for without a fault on both days, and told from this one on.
    world.at("2027-02-02T19:00:00Z");
    let next = client.enrol(StudentSchoolEnrolment {
        registration_exit_date: None,
        grade: Some(kernel::Grade::G7),
        ..of_year(32, 2028)
    });
    assert_eq!(next.await.rejections, []);
    for (moment, newest) in [
        (before, Vec::new()),
        ("2027-02-02T19:00:00Z", vec![guid(32).to_string()]),
    ] {
        world.at(moment);
        assert_eq!(told("StudentSchoolEnrolment.2028").await, newest, "{moment}");
    }
}
