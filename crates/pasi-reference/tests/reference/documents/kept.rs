//! Documents as they are added, changed and kept.

use super::*;

#[tokio::test]
async fn rule_9001_is_the_answer_when_the_file_of_a_document_is_lost() {
    let world = World::start().await;
    let client = world.client();
    assert!(add(&client, document(1, "BirthCertificate")).await.is_stored());
    std::fs::remove_dir_all(world.folder.path().join("documents")).expect("was there");
    let request = GetStudentRecordDocumentRequest {
        caller: client.caller(),
        documents: vec![any_version(1)],
        is_image_requested: true,
    };
    let lost = client.call(request).await.expect_err("a fault");
    assert_eq!(lost.code(), 9001);
}

#[tokio::test]
async fn a_document_of_megabytes_is_kept_with_its_file_over_a_kill() {
    let world = World::start().await;
    let client = world.client();
    let file = pdf(3 * 1024 * 1024);
    let sent = request(&client, document(1, "BirthCertificate"), Some(file.clone()));
    let stored = client.submit(sent).await;
    assert!(stored.is_stored(), "{stored:?}");
    let known = held(&client, 1).await;
    assert_eq!(known.created_by_organization.as_deref(), Some("A.3260"));
    assert_eq!(known.file_name.as_deref(), Some("999000001-BirthCertificate.pdf"));
    assert_eq!(known.scheduled_disposal_date, Some(date("2040-09-01")));
    assert!(
        read(&client, 1, false).await.image.is_none(),
        "the file comes when it is asked for"
    );
    let told = client
        .news("StudentRecordDocument", 0, 0)
        .await
        .expect("an answer");
    assert_eq!(told[0].id_versions[0].version, stored.pasi_core_version);
    let world = world.restart().await;
    let client = Client {
        url: world.server.url(),
        ..client
    };
    assert_eq!(read(&client, 1, true).await.image, Some(file));
    let others = world.client_of("others", OTHERS);
    let hidden = read(&others, 1, true).await;
    assert_eq!(
        (hidden.availability_status, hidden.document, hidden.image),
        (AvailabilityStatus::NoAccess, None, None)
    );
}

#[tokio::test]
async fn a_document_is_refused_by_its_rules_and_leaves_no_file() {
    let world = World::start().await;
    let client = world.client();
    let dated = |number, kind: &str| StudentRecordDocument {
        document_date: Some(date("2026-11-01")),
        ..document(number, kind)
    };
    let strange = StudentRecordDocument {
        asn: asn(BRUNO),
        ..document(1, "BirthCertificate")
    };
    for (what, sent, image, code) in [
        ("another's student", strange, Some(pdf(10)), 9010),
        ("no such kind", document(1, "Poster"), Some(pdf(10)), 65_190),
        (
            "the ministry's kind",
            dated(1, "MinistryDecision"),
            Some(pdf(10)),
            65_192,
        ),
        ("no date", document(1, "MedicalDocument"), Some(pdf(10)), 65_193),
        ("no last day", document(1, "Passport"), Some(pdf(10)), 65_194),
        ("no school year", dated(1, "ReportCard"), Some(pdf(10)), 65_195),
        ("no file", document(1, "BirthCertificate"), None, 65_196),
        (
            "no PDF",
            document(1, "BirthCertificate"),
            Some(Base64(b"GIF89a".to_vec())),
            65_197,
        ),
        (
            "too large",
            document(1, "BirthCertificate"),
            Some(pdf(10_240 * 1024)),
            65_198,
        ),
        (
            "a password",
            document(1, "BirthCertificate"),
            Some(locked()),
            65_075,
        ),
    ] {
        let answer = client.submit(request(&client, sent, image)).await;
        assert_eq!(
            (codes(&answer), answer.pasi_core_version),
            (vec![code], 0),
            "{what}"
        );
    }
    let folder = world.folder.path().join("documents");
    assert_eq!(std::fs::read_dir(folder).expect("a folder").count(), 0);
}

#[tokio::test]
async fn what_is_known_of_a_document_changes_and_its_file_never() {
    let world = World::start().await;
    let client = world.client();
    assert!(add(&client, document(1, "CourtOrder")).await.rejections[0].code == 65_193);
    let mut sent = StudentRecordDocument {
        document_date: Some(date("2026-11-01")),
        ..document(1, "CourtOrder")
    };
    assert!(add(&client, sent.clone()).await.is_stored());
    sent = held(&client, 1).await;
    let version = sent.pasi_core_version;
    let change = async |edit: fn(&mut StudentRecordDocument), image| {
        let mut changed = sent.clone();
        edit(&mut changed);
        client.submit(request(&client, changed, image)).await
    };
    assert_eq!(codes(&change(|_| {}, None).await), [9023]);
    assert_eq!(
        codes(&change(|held| held.is_relevant = false, None).await),
        [9023],
        "said with its successor"
    );
    assert_eq!(
        codes(&change(|held| held.title = "New".into(), Some(pdf(1))).await),
        [65_196]
    );
    assert_eq!(
        codes(&change(|held| held.document_type = "HistoricalRecord".into(), None).await),
        [65_201]
    );
    assert_eq!(
        codes(&change(|held| held.pasi_core_version -= 1, None).await),
        [3004]
    );
    assert!(change(|held| held.title = "New".into(), None).await.is_stored());
    sent = held(&client, 1).await;
    assert!(sent.title == "New" && sent.pasi_core_version > version);
    sent.is_deleted = true;
    assert!(
        client
            .submit(request(&client, sent.clone(), None))
            .await
            .is_stored()
    );
    sent.is_deleted = false;
    sent.pasi_core_version = 0;
    assert!(
        client.submit(request(&client, sent, None)).await.is_stored(),
        "restored with its file"
    );
    assert!(read(&client, 1, true).await.image.is_some());
}

#[tokio::test]
async fn a_new_document_takes_the_place_of_the_one_that_counted() {
    let world = World::start().await;
    let client = world.client();
    let first = add(&client, document(1, "BirthCertificate"))
        .await
        .pasi_core_version;
    let naming = |expected_version| {
        let mut sent = request(&client, document(2, "BirthCertificate"), Some(pdf(10)));
        sent.no_longer_relevant = vec![RefIdVersion {
            ref_id: guid(1),
            expected_version,
        }];
        sent
    };
    assert_eq!(
        codes(&add(&client, document(2, "BirthCertificate")).await),
        [65_199]
    );
    assert_eq!(codes(&client.submit(naming(first - 1)).await), [65_045]);
    assert!(held(&client, 1).await.is_relevant, "nothing changed yet");
    assert!(client.submit(naming(first)).await.is_stored());
    assert!(!held(&client, 1).await.is_relevant);
    assert!(held(&client, 2).await.is_relevant);
}

#[tokio::test]
async fn a_document_bound_to_its_organization_is_changed_by_that_one_alone() {
    let world = World::start().await;
    let (client, others) = (world.client(), world.client_of("others", OTHERS));
    assert!(
        others
            .enrol(enrolment(80, asn(AIYANA), OTHER_SCHOOL))
            .await
            .is_stored()
    );
    let bound = StudentRecordDocument {
        document_date: Some(date("2026-11-01")),
        school_year: Some(year(2027)),
        ..document(1, "ReportCard")
    };
    assert!(add(&client, bound).await.is_stored());
    assert!(add(&client, document(2, "HistoricalRecord")).await.is_stored());
    let rename = async |number| {
        let mut sent = held(&others, number).await;
        sent.title = "Renamed".into();
        codes(&others.submit(request(&others, sent, None)).await)
    };
    assert_eq!(rename(1).await, [65_200]);
    assert_eq!(
        rename(2).await,
        [0_u32; 0],
        "others' documents are everybody's who is associated"
    );
}

#[tokio::test]
async fn an_identity_is_backed_by_a_stored_document_of_the_right_kind() {
    let world = World::start().await;
    let client = world.client();
    assert!(add(&client, document(1, "BirthCertificate")).await.is_stored());
    assert!(add(&client, document(2, "HistoricalRecord")).await.is_stored());
    let identify = async |ref_id| {
        let request = SubmitIdentificationInformationRequest {
            caller: client.caller(),
            asn: asn(AIYANA),
            pasi_core_version: world.seeded.students[0].1,
            identification: IdentificationRecord {
                source_document_type: None,
                identity_document_ref_id: ref_id,
                ..identification("Aiyana", "Whitebear", "2015-04-17")
            },
        };
        codes(&client.submit(request).await)
    };
    assert_eq!(identify(None).await, [65_031]);
    assert_eq!(identify(Some(guid(99))).await, [9006]);
    assert_eq!(identify(Some(guid(2))).await, [65_134]);
    assert_eq!(identify(Some(guid(1))).await, [0_u32; 0]);
}

#[tokio::test]
async fn a_file_comes_with_one_document_alone() {
    let world = World::start().await;
    let client = world.client();
    let key = |number| any_version(number);
    let request = GetStudentRecordDocumentRequest {
        caller: client.caller(),
        documents: vec![key(1), key(2)],
        is_image_requested: true,
    };
    let read = answer!(client, GetStudentRecordDocument, request);
    assert_eq!((read.results.len(), read.rejections[0].code), (0, 3002));
}

#[tokio::test]
async fn only_a_document_is_longer_than_64_kib() {
    let world = World::start().await;
    let client = world.client();
    let long = pasi_wire::soap::encode_request(&Request::from(request(
        &client,
        document(1, "BirthCertificate"),
        Some(pdf(70_000)),
    )));
    let refused = |sent: Result<(u16, Vec<u8>), Failed>| match sent {
        Ok((status, _)) => status == 413,
        Err(failed) => matches!(failed, Failed::Connection),
    };
    assert!(
        refused(client.send(long.clone()).await),
        "it does not say that it brings a document"
    );
    let disguised = long.replace("SubmitStudentRecordDocument", "GetStudentRecordDocument");
    let action = pasi_wire::Operation::SubmitStudentRecordDocument.soap_action();
    assert!(
        refused(client.send_as(&action, disguised).await),
        "it is something else"
    );
    let mut roles = world.server.clients();
    roles[0]
        .roles
        .retain(|role| *role != pasi_wire::ClientRole::SubmitStudentDocument);
    world
        .server
        .edit_clients(|clients| *clients = roles)
        .expect("saved");
    assert!(
        refused(client.send_as(&action, long).await),
        "the client may not add documents"
    );
}
