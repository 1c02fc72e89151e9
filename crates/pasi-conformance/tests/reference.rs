//! The reference server is PASI; one that misbehaves is not.

use kernel::{Asn, AuthorityCode, Clock as _, Instant, OrganizationCode, PersonName, SystemClock};
use pasi_conformance::{Endpoint, ItemState, Outcome, Report, run};
use pasi_reference::seed::{Province, SeedStudent};
use pasi_reference::{Config, NewClient, Outage, Server, Trouble, serve};
use pasi_wire::Operation;
#[allow(
    clippy::wildcard_imports,
    reason = "a province is made of the contract's messages"
)]
use pasi_wire::messages::*;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

fn organization() -> AuthorityCode {
    "3260".parse().expect("test authority")
}

/// One authority with a school that is open this year.
fn province() -> Province {
    let year = kernel::SchoolYear::of(SystemClock.now().date());
    let school_code = "2601".parse().expect("test school");
    Province {
        authorities: vec![SchoolAuthority {
            authority_code: organization(),
            name: "Practice School Division".into(),
            authority_type: "Public".into(),
            restriction_level: "LOW".into(),
            is_international: false,
            address: None,
            pasi_core_version: 0,
        }],
        schools: vec![School {
            school_code,
            name: "Practice School".into(),
            authorities: vec![SchoolAuthorityPeriod {
                authority_code: organization(),
                effective_date: "2000-09-01".parse().expect("a date"),
                expiry_date: None,
            }],
            school_type: "Public".into(),
            is_limited_access: false,
            is_international: false,
            is_designated_special_education: false,
            address: None,
            open_date: None,
            close_date: None,
            pasi_core_version: 0,
        }],
        calendar_years: vec![SchoolCalendarYear {
            school_code,
            school_year: year,
            grades_offered: vec![GradeOffered {
                grade: kernel::Grade::G12,
            }],
            programs_offered: vec!["Regular".into()],
            calendars: vec![OperatingSchedule {
                ref_id: uuid::Uuid::from_u128(1),
                name: "Regular".into(),
                start_date: year.starts(),
                end_date: year.ends(),
                instructional_days: 182,
            }],
            pasi_core_version: 0,
        }],
        courses: pasi_reference::catalogue(),
        diploma_exams: vec![exam()],
        students: vec![waiting()],
        ..Province::default()
    }
}

/// An exam that is written in a month.
fn exam() -> DiplomaExam {
    let today = SystemClock.now().date();
    let writing = today.plus_days(30);
    DiplomaExam {
        ref_id: uuid::Uuid::from_u128(2),
        course_code: "MAT3791".parse().expect("test course"),
        school_year: kernel::SchoolYear::of(writing),
        exam_period: "January".into(),
        components: vec![DiplomaExamComponent {
            component_code: "A".into(),
            name: "Part A".into(),
            starts_at: Instant::from_rfc3339(&format!("{writing}T16:00:00Z")).expect("a moment"),
            maximum_mark: 100,
        }],
        registration_deadline: today,
        sitting_deadline: today,
        pasi_core_version: 0,
    }
}

/// A student of the school whose change of school nobody told of yet.
fn waiting() -> SeedStudent {
    let identification = IdentificationRecord {
        name: PersonName::new("Wanda", "Waiting"),
        birth_date: "2010-02-03".parse().expect("a date"),
        gender: "F".into(),
        source_document_type: Some("BirthCertificateCanada".into()),
        identity_document_ref_id: None,
    };
    let today = SystemClock.now().date();
    let year = kernel::SchoolYear::of(today);
    let mut student = SeedStudent::new(waiting_asn(), identification, today);
    student.enrolments.push(StudentSchoolEnrolment {
        ref_id: uuid::Uuid::from_u128(3),
        asn: waiting_asn(),
        school_code: "2601".parse().expect("test school"),
        school_year: year,
        grade: Some(kernel::Grade::G10),
        registration_start_date: year.starts(),
        registration_exit_date: Some(year.ends()),
        exit_date_type: ExitDateType::CompletionDate,
        programming_type: "Regular".into(),
        programming_timeframe: "Day".into(),
        calendar_ref_id: None,
        school_provided_program_percentage: None,
        hours_of_instruction: None,
        is_deleted: false,
        source_change_code: None,
        extended: EnrolmentExtras::default(),
        pasi_core_version: 0,
    });
    student.responsible_schools.push(ResponsibleSchool {
        ref_id: uuid::Uuid::from_u128(4),
        asn: waiting_asn(),
        effective_date: year.starts(),
        has_responsible_school: HasResponsibleSchool::Yes,
        school_code: "2601".parse().ok(),
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: "ToBeDetermined".into(),
        is_deleted: false,
        pasi_core_version: 0,
    });
    student
}

fn waiting_asn() -> Asn {
    "999044182".parse().expect("nine digits")
}

/// What the ministry alone makes: a test with a result, a request to mark again, an account.
async fn post(server: &Server) {
    let outside = server.outside();
    let year = kernel::SchoolYear::of(SystemClock.now().date());
    let test = ProvincialAchievementTest {
        ref_id: uuid::Uuid::from_u128(5),
        school_year: year,
        grade: kernel::Grade::G9,
        subject: "Mathematics".into(),
        language: "English".into(),
        maximum_score: 60,
        pasi_core_version: 0,
    };
    let result = ProvincialAchievementTestResult {
        ref_id: uuid::Uuid::from_u128(6),
        asn: waiting_asn(),
        test_ref_id: test.ref_id,
        school_code: "2601".parse().expect("test school"),
        participation: "Written".into(),
        score: Some(42),
        achievement_level: None,
        is_deleted: false,
        pasi_core_version: 0,
    };
    let again = DiplomaExamRescoreRequest {
        ref_id: uuid::Uuid::from_u128(7),
        asn: waiting_asn(),
        diploma_exam_mark_ref_id: uuid::Uuid::from_u128(8),
        request_date: SystemClock.now().date(),
        is_complete: false,
        is_deleted: false,
        pasi_core_version: 0,
    };
    outside.post(test).await.expect("a test");
    outside.post(result).await.expect("its result");
    outside.post(again).await.expect("a request");
    outside
        .connect(waiting_asn(), AccountHolder::Student)
        .await
        .expect("an account");
}

async fn server(folder: &Path) -> (Server, Endpoint) {
    let listen = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::new(folder.join("province"), listen, Arc::new(SystemClock));
    config.version_wait = Duration::from_millis(50);
    let server = serve(config).await.expect("the server starts");
    server.seed(province()).expect("the province loads");
    post(&server).await;
    server.settled().await;
    let organization = OrganizationCode::Authority(organization());
    let new = NewClient::school_authority("conformance", organization);
    let client = folder.join("client");
    server
        .register(new)
        .expect("a client")
        .save(&client)
        .expect("saved");
    let endpoint = Endpoint {
        url: server.url(),
        certificate: client.join("cert.pem"),
        key: client.join("key.pem"),
        authority: client.join("ca.pem"),
        organization,
    };
    (server, endpoint)
}

async fn report(endpoint: &Endpoint) -> Report {
    run(endpoint, &SystemClock)
        .await
        .expect("the certificate is good")
}

#[tokio::test]
async fn the_reference_server_is_pasi() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, endpoint) = server(folder.path()).await;
    let report = report(&endpoint).await;
    let wrong: Vec<_> = report
        .cases
        .iter()
        .filter(|tried| tried.outcome != Outcome::Passed)
        .collect();
    assert!(wrong.is_empty() && report.is_conformant(), "{wrong:#?}");
    for item in &report.checklist {
        assert!(
            matches!(item.state, ItemState::Passed | ItemState::OwnDuty),
            "C{} is {:?}",
            item.number,
            item.state
        );
    }
    for operation in Operation::ALL {
        for kind in ["accepted", "refused"] {
            let is_asked = report
                .cases
                .iter()
                .any(|tried| tried.operation == operation.name() && tried.kind == kind);
            assert!(is_asked, "{operation} has no case that must be {kind}");
        }
    }
    assert!(report.not_asked.is_empty(), "{:?}", report.not_asked);
    let again = run(&endpoint, &SystemClock).await.expect("asked again");
    assert!(
        again.is_conformant(),
        "a second run is not in the way of the first: {again}"
    );
}

#[tokio::test]
async fn a_server_that_answers_garbage_or_loses_races_is_not_pasi() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, endpoint) = server(folder.path()).await;
    for (trouble, what) in [
        (
            Trouble {
                race_submits: 1,
                ..Trouble::default()
            },
            "3004",
        ),
        (
            Trouble {
                garbage_answers: 20,
                ..Trouble::default()
            },
            "no SOAP of the contract",
        ),
    ] {
        server.trouble(trouble);
        let report = report(&endpoint).await;
        assert!(!report.is_conformant(), "{what}");
        assert!(
            report.to_string().contains("FAIL") && report.to_string().contains(what),
            "{report}"
        );
        server.trouble(Trouble::default());
    }
}

#[tokio::test]
async fn a_server_that_is_away_fails_every_case_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, endpoint) = server(folder.path()).await;
    server.trouble(Trouble {
        outage: Some(Outage::Fault),
        ..Trouble::default()
    });
    let report = report(&endpoint).await;
    let (_, failed, skipped) = report.counts();
    assert!(
        failed > 50 && skipped > 10,
        "{failed} failed, {skipped} not asked"
    );
    let heartbeat = &report.cases[0];
    assert!(
        matches!(&heartbeat.outcome, Outcome::Failed(why) if why.contains("2001")),
        "{heartbeat:?}"
    );
}

#[tokio::test]
async fn files_that_are_no_certificate_are_said_before_anything_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_server, mut endpoint) = server(folder.path()).await;
    endpoint.key = folder.path().join("nowhere.pem");
    let error = run(&endpoint, &SystemClock).await.expect_err("there is no key");
    assert!(error.to_string().contains("nowhere.pem"), "{error}");
    endpoint.key.clone_from(&endpoint.authority);
    assert!(
        run(&endpoint, &SystemClock).await.is_err(),
        "a certificate is no key"
    );
}
