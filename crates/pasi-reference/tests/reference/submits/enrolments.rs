//! Enrolments, responsible schools, organizations.

use super::*;

#[tokio::test]
async fn an_enrolment_is_created_changed_deleted_and_restored_by_its_owner_alone() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    let mut sent = enrolment(50, asn(AIYANA), SCHOOL);
    assert_eq!(
        codes(&others.enrol(sent.clone()).await.rejections),
        [9020],
        "another's school"
    );
    let made = client.enrol(sent.clone()).await;
    assert!(made.is_stored(), "{made:?}");
    assert_eq!(
        codes(&client.enrol(sent.clone()).await.rejections),
        [3004],
        "sent twice"
    );
    sent.pasi_core_version = made.pasi_core_version;
    assert_eq!(codes(&client.enrol(sent.clone()).await.rejections), [9023]);
    sent.registration_exit_date = Some(date("2026-08-01"));
    let caller = client.caller();
    let backwards = SubmitStudentSchoolEnrolmentRequest {
        caller,
        enrolment: sent.clone(),
    };
    assert_eq!(
        client
            .call(backwards)
            .await
            .expect_err("ends before it starts")
            .code(),
        3002
    );
    sent.registration_exit_date = None;
    sent.is_deleted = true;
    let deleted = client.enrol(sent.clone()).await;
    assert!(deleted.is_stored(), "{deleted:?}");
    sent.is_deleted = false;
    sent.pasi_core_version = 0;
    assert!(
        client.enrol(sent.clone()).await.is_stored(),
        "restored with version 0"
    );
    sent.school_year = year(2029);
    sent.ref_id = guid(51);
    assert_eq!(codes(&client.enrol(sent).await.rejections), [9030]);
}

#[tokio::test]
async fn a_warning_arises_by_itself_is_answered_and_goes_when_it_is_mended() {
    let world = World::start().await;
    let client = world.client();
    let mut sent = enrolment(60, asn(AIYANA), SCHOOL);
    sent.extended.grants_program_codes = vec!["500".into()];
    sent.grade = Some(kernel::Grade::G1);
    let made = client.enrol(sent.clone()).await;
    world.server.settled().await;
    let status = || async {
        let request = GetStudentSchoolEnrolmentStatusRequest {
            caller: client.caller(),
            enrolments: vec![StatusRefIdVersion {
                ref_id: guid(60),
                expected_version: 0,
                known_source_version: 0,
            }],
        };
        match client.call(request).await.expect("an answer") {
            Response::GetStudentSchoolEnrolmentStatus(answer) => {
                answer.results[0].status.clone().expect("ours")
            }
            other => panic!("{} answered", other.operation()),
        }
    };
    let found = status().await;
    let numbers: Vec<u32> = found.alerts.iter().map(|alert| alert.alert_code).collect();
    assert!(
        numbers.contains(&10_054) && numbers.contains(&10_017),
        "{numbers:?}"
    );
    let answer = |code: u32, status: AcknowledgementStatus| {
        let alert = found
            .alerts
            .iter()
            .find(|alert| alert.alert_code == code)
            .expect("it stands");
        SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest {
            caller: client.caller(),
            ref_id: guid(60),
            acknowledgement: AlertAcknowledgement {
                alert_code: code,
                arguments: alert.arguments.clone(),
                status,
            },
        }
    };
    let warning = client
        .submit(answer(10_054, AcknowledgementStatus::Acknowledged))
        .await;
    assert_eq!(
        codes(&warning.rejections),
        [12_002],
        "a warning is mended, not acknowledged"
    );
    assert!(
        client
            .submit(answer(10_017, AcknowledgementStatus::Acknowledged))
            .await
            .is_stored()
    );
    sent.extended.exception_codes = vec!["54".into()];
    sent.pasi_core_version = made.pasi_core_version;
    assert!(client.enrol(sent).await.is_stored());
    world.server.settled().await;
    let left = status().await;
    assert!(left.pasi_core_version > found.pasi_core_version);
    let left: Vec<_> = left
        .alerts
        .iter()
        .map(|alert| (alert.alert_code, alert.acknowledgement_status))
        .collect();
    assert_eq!(left, [(10_017, AcknowledgementStatus::Acknowledged)]);
}

#[tokio::test]
async fn a_responsible_school_is_judged_among_the_students_others() {
    let world = World::start().await;
    let client = world.client();
    let record = |number, on: &str, reason: &str| ResponsibleSchool {
        ref_id: guid(number),
        asn: asn(AIYANA),
        effective_date: date(on),
        has_responsible_school: HasResponsibleSchool::Yes,
        school_code: Some(school(SCHOOL)),
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: reason.into(),
        is_deleted: false,
        pasi_core_version: 0,
    };
    for (number, on, reason, code) in [
        (70, "2026-09-01", "NewStudent", None),
        (71, "2026-09-01", "Moved", Some(11_690)),
        (72, "2026-10-01", "Moved", Some(11_691)),
        (73, "2026-11-01", "ToBeDetermined", Some(11_626)),
    ] {
        let caller = client.caller();
        let responsible_school = record(number, on, reason);
        let answer = client
            .submit(SubmitResponsibleSchoolRequest {
                caller,
                responsible_school,
            })
            .await;
        assert_eq!(codes(&answer.rejections).first().copied(), code, "{on} {reason}");
    }
    let request = GetResponsibleSchoolRequest {
        caller: client.caller(),
        responsible_schools: vec![RefIdVersion {
            ref_id: guid(70),
            expected_version: 0,
        }],
    };
    let Ok(Response::GetResponsibleSchool(read)) = client.call(request).await else {
        panic!("no answer")
    };
    assert_eq!(
        read.results[0]
            .responsible_school
            .as_ref()
            .map(|held| held.effective_date),
        Some(date("2026-09-01"))
    );
}

#[tokio::test]
async fn organizations_and_code_tables_are_read() {
    let world = World::start().await;
    let client = world.client();
    let request = GetSchoolInformationRequest {
        caller: client.caller(),
        schools: vec![
            SchoolVersion {
                school_code: school(SCHOOL),
                expected_version: world.seeded.schools[0].1,
            },
            SchoolVersion {
                school_code: school("9999"),
                expected_version: 0,
            },
        ],
    };
    let Ok(Response::GetSchoolInformation(read)) = client.call(request).await else {
        panic!("no answer")
    };
    let seen: Vec<_> = read
        .results
        .iter()
        .map(|result| result.availability_status)
        .collect();
    assert_eq!(seen, [AvailabilityStatus::Normal, AvailabilityStatus::Unknown]);
    let request = GetSchoolAuthorityInformationRequest {
        caller: client.caller(),
        authorities: vec![AuthorityVersion {
            authority_code: OURS.parse().expect("a code"),
            expected_version: 0,
        }],
    };
    let Ok(Response::GetSchoolAuthorityInformation(read)) = client.call(request).await else {
        panic!("no answer")
    };
    assert!(read.results[0].authority.is_some());
    let request = GetSchoolCalendarYearInformationRequest {
        caller: client.caller(),
        calendar_years: vec![CalendarYearVersion {
            school_code: school(SCHOOL),
            school_year: year(2027),
            expected_version: 0,
        }],
    };
    let Ok(Response::GetSchoolCalendarYearInformation(read)) = client.call(request).await else {
        panic!("no answer")
    };
    assert!(read.results[0].calendar_year.is_some());
    let request = GetCodeValuesRequest {
        caller: client.caller(),
        last_known_source_version: 0,
    };
    let Ok(Response::GetCodeValues(read)) = client.call(request).await else {
        panic!("no answer")
    };
    assert!(
        read.code_values
            .iter()
            .any(|value| value.code_class_name == "Grade")
    );
    let request = GetCodeValueRelationshipsRequest {
        caller: client.caller(),
    };
    let Ok(Response::GetCodeValueRelationships(read)) = client.call(request).await else {
        panic!("no answer")
    };
    assert!(
        read.relationships
            .iter()
            .any(|pair| pair.child.code_text == "NewStudent" && pair.parent.code_text == "Yes")
    );
}
