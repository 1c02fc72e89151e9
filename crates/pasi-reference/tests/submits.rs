//! Creating, finding, changing, enrolling.

mod common;

use common::*;
use kernel::{OrganizationCode, PersonName};
use pasi_wire::Response;
use pasi_wire::messages::*;

fn codes(rejections: &[Rejection]) -> Vec<u32> {
    rejections.iter().map(|rejection| rejection.code).collect()
}

async fn identify(client: &Client, locator: StudentLocator, wide: bool) -> IdentifyStudentResponse {
    let request = IdentifyStudentRequest {
        caller: client.caller(),
        caller_reason_code: STUDENT_ENROLMENT.into(),
        include_all_quality_levels: wide,
        include_students_with_disclosure_restriction: wide,
        student_locator: locator,
    };
    match client.call(request).await.expect("an answer") {
        Response::IdentifyStudent(answer) => answer,
        other => panic!("{} answered", other.operation()),
    }
}

fn by_name(first: &str, last: &str, born: &str) -> StudentLocator {
    StudentLocator {
        asn: None,
        criteria: Some(IdentifyCriteria {
            name: PersonName::new(first, last),
            birth_date: Some(date(born)),
            approximate_age: None,
            grade_level: None,
            street: None,
            city: None,
            state_province: None,
            postal_code: None,
            country: None,
        }),
    }
}

#[tokio::test]
async fn a_search_finds_by_name_sound_and_number() {
    let world = World::start().await;
    let client = world.client();
    for (first, last, born, status, quality) in [
        (
            "Aiyana",
            "Whitebear",
            "2015-04-17",
            IdentifyStatus::Match,
            Some(MatchQuality::High),
        ),
        (
            "aiyana",
            "WHITBEAR",
            "2015-04-17",
            IdentifyStatus::Match,
            Some(MatchQuality::Medium),
        ),
        (
            "Aiyana",
            "Whitebear",
            "2015-04-18",
            IdentifyStatus::Match,
            Some(MatchQuality::Low),
        ),
        ("Nobody", "Anywhere", "2015-04-17", IdentifyStatus::NoMatch, None),
    ] {
        let found = identify(&client, by_name(first, last, born), false).await;
        assert_eq!(found.status, status, "{first} {last} {born}");
        assert_eq!(
            found.students.first().map(|hit| hit.quality),
            quality,
            "{first} {last} {born}"
        );
    }
    let number = StudentLocator {
        asn: Some(asn(BRUNO)),
        criteria: None,
    };
    let found = identify(&client, number, false).await;
    assert_eq!(found.students[0].name, PersonName::new("Bruno", "Kowalski"));
    assert!(found.students[0].enrolments[0].is_current);
}

#[tokio::test]
async fn a_restricted_student_is_named_only_when_asked_for() {
    let world = World::start().await;
    let client = world.client();
    let restriction = DisclosureRestriction {
        ref_id: guid(1),
        code: "CourtOrdered".into(),
        details: None,
        effective_date: date("2026-09-01"),
        expiry_date: None,
        is_active: true,
        is_deleted: false,
        last_update_utc_time: None,
    };
    let outside = world.server.outside();
    let change = outside.change(asn(AIYANA), |student| {
        student.disclosure_restrictions.push(restriction);
    });
    change.await.expect("changed");
    let search = by_name("Aiyana", "Whitebear", "2015-04-17");
    let first = identify(&client, search.clone(), false).await;
    assert_eq!(
        first.status,
        IdentifyStatus::FoundStudentWithDisclosureRestriction
    );
    assert!(first.students.is_empty());
    assert!(identify(&client, search, true).await.students[0].has_disclosure_restriction);
}

#[tokio::test]
async fn a_new_child_gets_an_asn_and_a_known_one_does_not() {
    let world = World::start().await;
    let client = world.client();
    let made = client.create("Noor", "Haddad", "2020-05-06").await;
    let number = made.asn.expect("an ASN");
    assert!(number.as_str().starts_with("999"));
    let again = client.create("noor", "HADDAD", "2020-05-06").await;
    assert_eq!((again.asn, codes(&again.rejections)), (None, vec![11_404]));
    assert!(
        again.rejections[0]
            .arguments
            .iter()
            .any(|pair| pair.value.replace('-', "") == number.as_str())
    );
    let read = client.student(number, made.pasi_core_version).await;
    let student = read[0].student.as_ref().expect("the creator may read");
    assert!(student.names[0].is_legal && student.names[0].is_preferred && student.names[0].is_original);
    let others = world.client_of("others", OTHERS);
    assert_eq!(
        others.student(number, 0).await[0].availability_status,
        AvailabilityStatus::NoAccess
    );
}

#[tokio::test]
async fn a_school_of_limited_access_is_not_told_whom_its_child_doubles() {
    let mut province = province();
    province.schools[0].is_limited_access = true;
    let world = World::of(province).await;
    let made = world.client().create("Noor", "Haddad", "2020-05-06").await;
    assert!(made.asn.is_some());
    let mut limited = world.client();
    limited.organization = OrganizationCode::School(school(SCHOOL));
    let refused = limited.create("Noor", "Haddad", "2020-05-06").await;
    assert_eq!((refused.asn, codes(&refused.rejections)), (None, vec![11_405]));
    assert_eq!(refused.rejections[0].arguments, []);
}

#[tokio::test]
async fn a_stale_version_an_empty_change_and_a_strange_student_are_refused() {
    let world = World::start().await;
    let client = world.client();
    let version = world.seeded.students[0].1;
    let submit = |number: &str, version, street: &str| SubmitStudentAddressRequest {
        caller: client.caller(),
        asn: asn(number),
        pasi_core_version: version,
        address: address(7, street),
    };
    let stored = client.submit(submit(AIYANA, version, "1 Main Street")).await;
    assert!(
        stored.is_stored() && stored.pasi_core_version > version,
        "{stored:?}"
    );
    let held = stored.pasi_core_version;
    for (what, request, code, shown) in [
        ("stale", submit(AIYANA, version, "2 Main Street"), 3004, held),
        ("empty", submit(AIYANA, held, "1 Main Street"), 9023, held),
        (
            "newer than the node",
            submit(AIYANA, held + 10_000, "2 Main Street"),
            9014,
            held,
        ),
        ("unknown", submit("123456789", 0, "2 Main Street"), 9002, 0),
        (
            "not associated",
            submit(BRUNO, world.seeded.students[1].1, "2 Main Street"),
            9010,
            world.seeded.students[1].1,
        ),
    ] {
        let refused = client.submit(request).await;
        assert_eq!(
            (codes(&refused.rejections), refused.pasi_core_version),
            (vec![code], shown),
            "{what}"
        );
    }
    world
        .server
        .outside()
        .deactivate(asn(AIYANA), true)
        .await
        .expect("deactivated");
    let refused = client.submit(submit(AIYANA, held, "3 Main Street")).await;
    assert_eq!(codes(&refused.rejections), [9009]);
    world
        .server
        .outside()
        .link(asn(AIYANA), asn(BRUNO))
        .await
        .expect("linked");
    world
        .server
        .outside()
        .deactivate(asn(AIYANA), false)
        .await
        .expect("activated");
    let refused = client.submit(submit(AIYANA, held, "3 Main Street")).await;
    assert_eq!(codes(&refused.rejections), [9011]);
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one record of each kind, spelled out")]
async fn every_sub_record_is_stored_and_read_back() {
    let world = World::start().await;
    let client = world.client();
    let (caller, asn) = (client.caller(), asn(AIYANA));
    let mut pasi_core_version = world.seeded.students[0].1;
    macro_rules! submit {
        ($request:ident { $($field:ident: $value:expr),+ }) => {
            let answer = client.submit($request { caller: caller.clone(), asn, pasi_core_version, $($field: $value),+ }).await;
            assert!(answer.is_stored(), "{}: {answer:?}", stringify!($request));
            pasi_core_version = answer.pasi_core_version;
        };
    }
    submit!(SubmitIdentificationInformationRequest {
        identification: IdentificationRecord {
            source_document_type: Some("ChangeOfName".into()),
            ..identification("Aiyana", "Redsky", "2015-04-17")
        }
    });
    submit!(SubmitNameRequest {
        name: StudentName {
            ref_id: guid(11),
            name: PersonName::new("Yana", "Redsky"),
            is_preferred: true,
            is_legal: false,
            is_original: false,
            is_deleted: false,
            source_change_code: None,
            last_update_utc_time: None,
        }
    });
    submit!(SubmitStudentAddressRequest {
        address: address(12, "1 Main Street")
    });
    submit!(SubmitStudentAddressRequest {
        address: StudentAddress {
            effective_date: date("2027-01-01"),
            ..address(13, "2 Main Street")
        }
    });
    submit!(SubmitStudentPhoneRequest {
        phone: StudentPhone {
            ref_id: guid(14),
            phone_type: codes::set(codes::CodeSet::PhoneType).all()[0].code.clone(),
            number: "7805550100".into(),
            extension: None,
            is_preferred: true,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        }
    });
    submit!(SubmitStudentEmailRequest {
        email: StudentEmail {
            ref_id: guid(15),
            address: "yana@example.ca".into(),
            is_preferred: true,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        }
    });
    submit!(SubmitStudentCitizenshipStatusRequest {
        citizenship: citizenship(16)
    });
    submit!(SubmitStudentSection23EligibilityStatusRequest {
        section23_eligibility: "B".into()
    });
    submit!(SubmitLanguageAtHomeRequest {
        language: Some(codes::set(codes::CodeSet::LanguageAtHome).all()[0].code.clone())
    });
    submit!(SubmitParentGuardianRequest {
        guardian: ParentGuardian {
            ref_id: guid(17),
            name: PersonName::new("Rose", "Redsky"),
            relationship_type: codes::set(codes::CodeSet::GuardianRelationship).all()[0]
                .code
                .clone(),
            description: None,
            resides_with: true,
            has_same_home_phone: true,
            home_phone: None,
            mobile_phone: None,
            work_phone: None,
            email: None,
            physical_address_source: None,
            physical_address: None,
            expiry_date: None,
            expiry_date_override: None,
            is_deleted: false,
        }
    });
    submit!(SubmitStudentDisclosureRestrictionRequest {
        restriction: restriction(18)
    });
    submit!(SubmitMedicalAlertRequest {
        medical_alert: medical_alert(19)
    });
    let read = client.student(asn, pasi_core_version).await;
    let student = read[0].student.clone().expect("ours");
    assert_eq!(student.identification.name.last, "Redsky");
    let preferred: Vec<&str> = student
        .names
        .iter()
        .filter(|name| name.is_preferred)
        .map(|name| name.name.first.as_str())
        .collect();
    assert_eq!(preferred, ["Yana"]);
    assert!(
        student
            .names
            .iter()
            .any(|name| name.name.last == "Whitebear" && !name.is_legal)
    );
    assert_eq!(
        student.addresses[0].expiry_date,
        Some(date("2026-12-31")),
        "until the next address begins"
    );
    assert_eq!(
        student.guardians[0].expiry_date,
        Some(date("2033-04-17")),
        "until the child is of age"
    );
    assert_eq!(
        student.citizenship[0].created_by_organization.as_deref(),
        Some("A.3260")
    );
    assert_eq!(
        (
            student.phones.len(),
            student.emails.len(),
            student.medical_alerts.len(),
            student.disclosure_restrictions.len()
        ),
        (1, 1, 1, 1)
    );
    assert_eq!(
        (
            student.section23_eligibility.as_deref(),
            student.language_at_home.is_some()
        ),
        (Some("B"), true)
    );
}

#[tokio::test]
async fn an_unknown_code_is_a_fault_and_a_system_source_a_rejection() {
    let world = World::start().await;
    let client = world.client();
    let (caller, asn, pasi_core_version) = (client.caller(), asn(AIYANA), world.seeded.students[0].1);
    let request = |gender: &str, source: &str| SubmitIdentificationInformationRequest {
        caller: caller.clone(),
        asn,
        pasi_core_version,
        identification: IdentificationRecord {
            gender: gender.into(),
            source_document_type: Some(source.into()),
            ..identification("Aiyana", "Whitebear", "2015-04-17")
        },
    };
    let fault = client
        .call(request("Q", "PassportCanada"))
        .await
        .expect_err("no such gender");
    assert_eq!(fault.code(), 3002);
    assert_eq!(
        codes(&client.submit(request("F", "SelfDeclared")).await.rejections),
        [12_006]
    );
}

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
