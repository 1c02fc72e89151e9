//! The reference server is PASI; one that misbehaves is not.

use kernel::{AuthorityCode, Clock as _, OrganizationCode, SystemClock};
use pasi_conformance::{Endpoint, ItemState, Outcome, Report, run};
use pasi_reference::seed::Province;
use pasi_reference::{Config, NewClient, Outage, Server, Trouble, serve};
use pasi_wire::Operation;
use pasi_wire::messages::{
    GradeOffered, OperatingSchedule, School, SchoolAuthority, SchoolAuthorityPeriod, SchoolCalendarYear,
};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Some of every kind: what is asked for never goes without being noticed.
const ASKED: [&str; 8] = [
    "HelloWorld",
    "IsDataAvailable",
    "CreateStudent",
    "SubmitStudentAddress",
    "SubmitStudentSchoolEnrolment",
    "SubmitStudentStatusAcknowledgement",
    "SubmitClassroomAccommodation",
    "SubmitStudentRecordDocument",
];

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
        ..Province::default()
    }
}

async fn server(folder: &Path) -> (Server, Endpoint) {
    let listen = "127.0.0.1:0".parse().expect("an address");
    let mut config = Config::new(folder.join("province"), listen, Arc::new(SystemClock));
    config.version_wait = Duration::from_millis(50);
    let server = serve(config).await.expect("the server starts");
    server.seed(province()).expect("the province loads");
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
        assert_ne!(item.state, ItemState::Failed, "C{}", item.number);
    }
    for operation in Operation::ALL {
        let refused = report
            .cases
            .iter()
            .any(|tried| tried.operation == operation.name() && tried.kind == "refused");
        assert!(refused, "{operation} is asked for nothing it must refuse");
    }
    for operation in &report.not_asked {
        assert!(
            !ASKED.contains(operation),
            "{operation} was asked for what it must give"
        );
    }
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
