//! What people find when they look at documents, and how one goes.

use super::*;

#[tokio::test]
async fn some_of_a_kind_are_looked_at_and_what_is_found_is_kept() {
    let world = World::start().await;
    let client = world.client();
    let mut looked_at = Vec::new();
    for number in 1..=8 {
        assert!(
            add(&client, document(number, "HistoricalRecord"))
                .await
                .is_stored()
        );
        let quality = held(&client, number).await.quality_assurance.expect("it stands");
        if quality.status == QualityStatus::Pending {
            looked_at.push(number);
        }
    }
    assert_eq!(looked_at, [1, 5], "one in four");
    let mut exempt = request(&client, document(9, "HistoricalRecord"), Some(pdf(10)));
    exempt.is_exempt_from_qa = true;
    assert!(client.submit(exempt).await.is_stored());
    let mut done = request(&client, document(10, "HistoricalRecord"), Some(pdf(10)));
    done.is_qa_already_performed = true;
    assert!(client.submit(done).await.is_stored());
    let status = async |number| {
        held(&client, number)
            .await
            .quality_assurance
            .expect("it stands")
            .status
    };
    assert_eq!(
        (status(9).await, status(10).await),
        (QualityStatus::NotRequired, QualityStatus::Passed)
    );
    let assure = async |number, is_acceptable, comment: Option<&str>| {
        let asked = SubmitStudentRecordDocumentQualityAssuranceRequest {
            caller: client.caller(),
            ref_id: guid(number),
            pasi_core_version: held(&client, number).await.pasi_core_version,
            is_acceptable,
            comment: comment.map(Into::into),
        };
        codes(&client.submit(asked).await)
    };
    assert_eq!(assure(2, true, None).await, [65_202]);
    assert_eq!(assure(1, false, None).await, [65_203]);
    assert_eq!(assure(1, false, Some("Page 2 is missing.")).await, [0_u32; 0]);
    assert_eq!(assure(1, false, Some("Page 2 is missing.")).await, [9023]);
    assert_eq!(status(1).await, QualityStatus::Failed);
}

#[tokio::test]
async fn who_only_guesses_the_id_of_a_document_changes_and_says_nothing() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    let version = add(&client, document(1, "HistoricalRecord"))
        .await
        .pasi_core_version;
    let stolen = StudentRecordDocument {
        asn: asn(BRUNO),
        pasi_core_version: version,
        ..document(1, "HistoricalRecord")
    };
    let own = StudentRecordDocument {
        asn: asn(AIYANA),
        ..stolen.clone()
    };
    for (what, sent, code) in [("as of its own student", stolen, 65_201), ("as it is", own, 9010)] {
        let answer = others.submit(request(&others, sent, None)).await;
        assert_eq!(codes(&answer), [code], "{what}");
    }
    let assured = SubmitStudentRecordDocumentQualityAssuranceRequest {
        caller: others.caller(),
        ref_id: guid(1),
        pasi_core_version: version,
        is_acceptable: true,
        comment: None,
    };
    assert_eq!(codes(&others.submit(assured.clone()).await), [9010]);
    let nothing = SubmitStudentRecordDocumentQualityAssuranceRequest {
        ref_id: guid(2),
        ..assured
    };
    assert_eq!(codes(&others.submit(nothing).await), [9006]);
    assert_eq!(held(&client, 1).await.pasi_core_version, version);
}

#[tokio::test]
async fn a_problem_is_told_by_who_reads_and_settled_by_who_told_or_added() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    assert!(
        others
            .enrol(enrolment(80, asn(AIYANA), OTHER_SCHOOL))
            .await
            .is_stored()
    );
    assert!(add(&client, document(1, "HistoricalRecord")).await.is_stored());
    let report = |number, comment: Option<&str>, is_resolved| DocumentProblemReport {
        ref_id: guid(number),
        problem: DocumentProblem::Unreadable,
        comment: comment.map(Into::into),
        is_resolved,
        organization: None,
        last_update_utc_time: None,
    };
    let tell = async |by: &Client, report| {
        let asked = SubmitStudentRecordDocumentProblemReportRequest {
            caller: by.caller(),
            ref_id: guid(1),
            pasi_core_version: held(by, 1).await.pasi_core_version,
            report,
        };
        codes(&by.submit(asked).await)
    };
    assert_eq!(tell(&others, report(20, None, false)).await, [65_203]);
    assert_eq!(
        tell(&others, report(20, Some("Too dark."), false)).await,
        [0_u32; 0]
    );
    assert_eq!(tell(&others, report(20, Some("Too dark."), false)).await, [9023]);
    assert_eq!(
        tell(&client, report(21, Some("Upside down."), false)).await,
        [0_u32; 0]
    );
    assert_eq!(
        tell(&others, report(21, Some("Upside down."), true)).await,
        [65_204]
    );
    assert_eq!(
        tell(&client, report(20, Some("Too dark."), true)).await,
        [0_u32; 0]
    );
    let reports = held(&client, 1).await.problem_reports;
    let seen: Vec<_> = reports
        .iter()
        .map(|one| (one.organization.as_deref(), one.is_resolved))
        .collect();
    assert_eq!(seen, [(Some("A.3020"), true), (Some("A.3260"), false)]);
}

#[tokio::test]
async fn a_document_goes_for_good_from_its_day_on() {
    let world = World::start().await;
    let client = world.client();
    let dated = StudentRecordDocument {
        document_date: Some(date("2026-11-01")),
        ..document(1, "MedicalDocument")
    };
    assert!(add(&client, dated).await.is_stored());
    assert_eq!(
        held(&client, 1).await.scheduled_disposal_date,
        Some(date("2029-11-01"))
    );
    let outside = world.server.outside();
    world.at("2029-10-31T19:00:00Z");
    assert!(outside.due_for_disposal().is_empty());
    assert!(outside.dispose(guid(1), "Records").await.is_err(), "not due");
    world.at("2029-11-01T19:00:00Z");
    assert_eq!(outside.due_for_disposal().len(), 1);
    outside.dispose(guid(1), "Records").await.expect("it goes");
    assert!(outside.due_for_disposal().is_empty());
    let left = outside.disposals().expect("they can be read");
    assert_eq!(
        (left[0].document, left[0].eligible_on, left[0].by.as_str()),
        (guid(1), date("2029-11-01"), "Records")
    );
    world.at("2026-11-23T19:00:00Z");
    let mut gone = held(&client, 1).await;
    assert!(gone.is_deleted);
    gone.is_deleted = false;
    assert_eq!(
        codes(&client.submit(request(&client, gone, None)).await),
        [65_205]
    );
}
