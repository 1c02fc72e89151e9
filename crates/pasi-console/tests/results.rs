//! Results of examinations and documents due for disposal, at the ministry's desk.

mod common;

use axum::http::StatusCode;
use common::*;
use kernel::OrganizationCode;
use pasi_reference::{achievement_tests, diploma_exams};
use pasi_wire::Response;
use pasi_wire::messages::*;
use pasi_wire::xml::Base64;
use uuid::Uuid;

/// The exam in Mathematics 30-1 of a session.
fn exam(ends: i32, session: &str) -> String {
    let all = diploma_exams(school_year(ends));
    let mut of = all
        .iter()
        .filter(|exam| exam.course_code.as_str() == "MAT3791" && exam.exam_period == session);
    of.next().expect("there is one").ref_id.to_string()
}

fn test_of_grade_6() -> String {
    let all = achievement_tests(school_year(YEARS[0]));
    all[1].ref_id.to_string()
}

#[tokio::test]
async fn an_exam_result_is_judged_stored_told_and_shown() {
    let world = world().await;
    let to = format!("/students/{OTHER}/results/exam");
    let (written, ahead) = (exam(2026, "January"), exam(2027, "January"));
    let send = |exam: &str, status: &str, mark: &str, achieved: &str, school: &str| {
        let fields = [
            ("exam", exam),
            ("status", status),
            ("mark", mark),
            ("achieved", achieved),
            ("school", school),
        ];
        world.ask(post(&to, &fields))
    };
    for (exam, status, mark, achieved, school, says) in [
        (&*written, "RegularExamMark", "", "", "2601", "40597"),
        (&*ahead, "RegularExamMark", "72", "2026-11-20", "2601", "40595"),
        (&*written, "Registered", "", "", "2601", "40596"),
        (&*written, "NotWritten", "10", "2026-01-19", "2601", "40598"),
        (&*written, "RegularExamMark", "72", "2026-01-19", "0001", "9003"),
        (
            &*written,
            "RegularExamMark",
            "101",
            "2026-01-19",
            "2601",
            "0 to 100",
        ),
        (
            &*written,
            "RegularExamMark",
            "7x",
            "2026-01-19",
            "2601",
            "0 to 100",
        ),
        (
            &*written,
            "RegularExamMark",
            "72",
            "2026-11-24",
            "2601",
            "Not a date",
        ),
        (&*written, "Splendid", "72", "2026-01-19", "2601", "Choose one"),
        (
            "nothing",
            "RegularExamMark",
            "72",
            "2026-01-19",
            "2601",
            "Choose one",
        ),
        (
            &*written,
            "RegularExamMark",
            "72",
            "2026-01-19",
            HOSTILE,
            "four digits",
        ),
    ] {
        let (status_code, html) = send(exam, status, mark, achieved, school).await;
        assert_eq!(status_code, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(html.contains(says), "{says} is not said of {status} {mark}");
        assert!(!html.contains("<script>"), "a text becomes a script");
    }
    let desk = world.server.ministry();
    assert!(
        desk.examinations(asn(OTHER)).exam_marks.is_empty(),
        "nothing was stored"
    );

    let before = desk.overview().version;
    let (status, _) = send(&written, "RegularExamMark", "72", "2026-01-19", "2601").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let first = desk.examinations(asn(OTHER)).exam_marks;
    assert!(
        first[0].0.pasi_core_version > before,
        "clients are told by a new version"
    );
    let (_, html) = world.ask(get(&format!("/students/{OTHER}?done=exam"))).await;
    for shown in [
        "Mathematics 30-1 (MAT3791)",
        "January 2026",
        "72 %",
        "The exam result is posted",
    ] {
        assert!(html.contains(shown), "{shown} is not shown");
    }

    let (status, _) = send(&written, "RegularExamMark", "72", "2026-01-19", "2601").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "nothing would change");
    let (status, _) = send(&written, "RegularExamMark", "75", "2026-01-19", "2601").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let corrected = desk.examinations(asn(OTHER)).exam_marks;
    assert_eq!(corrected.len(), 1, "a correction takes the place of the result");
    assert_eq!(corrected[0].0.ref_id, first[0].0.ref_id);
}

#[tokio::test]
async fn a_test_result_has_a_score_only_of_who_wrote_it() {
    let world = world().await;
    let (to, test) = (format!("/students/{OTHER}/results/test"), test_of_grade_6());
    for (participation, score, says) in [
        ("Written", "61", Some("45091")),
        ("Written", "", Some("45092")),
        ("Absent", "3", Some("45092")),
        ("Asleep", "", Some("Choose one")),
        ("Written", "-1", Some("whole number")),
        ("Written", "42", None),
        ("Excused", "", None),
    ] {
        let fields = [
            ("test", &*test),
            ("participation", participation),
            ("score", score),
            ("level", "Acceptable"),
            ("at", "2601"),
        ];
        let (status, html) = world.ask(post(&to, &fields)).await;
        match says {
            Some(says) => assert!(html.contains(says), "{says} of {participation} {score}"),
            None => assert_eq!(status, StatusCode::SEE_OTHER, "{participation} {score}"),
        }
    }
    let held = world.server.ministry().examinations(asn(OTHER)).test_results;
    assert_eq!((held.len(), held[0].0.score), (1, None), "the last one stands");
}

#[tokio::test]
async fn a_credential_is_awarded_once() {
    let world = world().await;
    let to = format!("/students/{OTHER}/results/credential");
    let credential = &codes::built_in(codes::CodeSet::Credential).all()[0].code;
    let fields = [("credential", credential.as_str()), ("awarded", "2026-06-26")];
    let (status, _) = world.ask(post(&to, &fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = world.ask(post(&to, &fields)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (_, html) = world.ask(get(&format!("/students/{OTHER}"))).await;
    assert!(html.contains("2026-06-26"), "the award is not shown");
    let (status, _) = world
        .ask(post("/students/999000009/results/credential", &fields))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// A document of 2020 that is kept three years.
async fn old_document(world: &World) -> Uuid {
    let ministry = OrganizationCode::Other(1);
    let caller = CallerInfo {
        client_message_id: Uuid::new_v4().to_string(),
        sent_utc_time: world.server.ministry().now(),
        software: Software {
            manufacturer: "Test".into(),
            product: "Test".into(),
            version: "1".into(),
            build_number: "1".into(),
        },
        user: CallerUser {
            name: "Test".into(),
            local_id: "1".into(),
            ip_address: "127.0.0.1".into(),
            organization_code: ministry,
        },
    };
    let outside = world.server.outside();
    let asked = GetDocumentTypeRequest {
        caller: caller.clone(),
    };
    let Ok(Response::GetDocumentType(kinds)) = outside.call(ministry, asked).await else {
        panic!("the kinds are told");
    };
    let is_short = |kind: &&DocumentTypeInfo| kind.retention_period == DocumentRetentionPeriod::ThreeYears;
    let kind = kinds
        .document_types
        .iter()
        .find(is_short)
        .expect("a kind kept three years");
    let ref_id = Uuid::new_v4();
    let day = date("2020-10-01");
    let document = StudentRecordDocument {
        ref_id,
        asn: asn(OTHER),
        document_type: kind.document_type.clone(),
        title: "Notice of 2020".into(),
        document_date: Some(day),
        expiry_date: kind.is_expiry_date_required.then_some(day),
        school_year: kind.is_school_year_bound.then(|| school_year(2021)),
        language: DocumentLanguage::English,
        is_digitized: true,
        is_relevant: true,
        is_deleted: false,
        disposal_override_date: None,
        created_by_organization: None,
        scheduled_disposal_date: None,
        file_name: None,
        quality_assurance: None,
        problem_reports: Vec::new(),
        last_update_utc_time: None,
        pasi_core_version: 0,
    };
    let pdf = b"%PDF-1.7\nxref\ntrailer <</Size 1>>\nstartxref\n9\n%%EOF\n";
    let asked = SubmitStudentRecordDocumentRequest {
        caller,
        document,
        image: Some(Base64(pdf.to_vec())),
        is_exempt_from_qa: true,
        is_qa_already_performed: false,
        no_longer_relevant: Vec::new(),
    };
    let stored = outside.call(ministry, asked).await.expect("an answer");
    assert!(stored.rejections().is_empty(), "{:?}", stored.rejections());
    ref_id
}

#[tokio::test]
async fn a_document_that_is_due_goes_once_and_leaves_an_entry() {
    let world = world().await;
    let due = old_document(&world).await;
    let (_, html) = world.ask(get("/documents")).await;
    assert!(
        html.contains("Notice of 2020") && html.contains("2023-10-01"),
        "it is not due"
    );
    let document = due.to_string();
    let (status, _) = world.ask(post("/documents", &[("document", &document)])).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, html) = world.ask(get("/documents?done=disposed")).await;
    assert!(!html.contains("Notice of 2020"), "it is still due");
    assert!(
        html.contains(&document) && html.contains("Ministry console"),
        "no entry stays"
    );
    let (status, _) = world.ask(post("/documents", &[("document", &document)])).await;
    assert_eq!(status, StatusCode::CONFLICT, "what is gone does not go again");
    let (status, _) = world.ask(post("/documents", &[("document", "nothing")])).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
