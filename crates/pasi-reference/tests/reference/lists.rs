//! Lists besides the code tables, the certificate of a number, and who reads a
//! student's record through the portal.

use crate::common::*;
use pasi_wire::messages::*;
use pasi_wire::rules::document::check_pdf;

#[tokio::test]
async fn how_much_identity_documents_prove_is_listed_until_it_is_known() {
    let world = World::start().await;
    let client = world.client();
    let list = async |last_known_source_version| {
        let request = GetSourceDocumentTypeQualityValuesRequest {
            caller: client.caller(),
            last_known_source_version,
        };
        answer!(client, GetSourceDocumentTypeQualityValues, request).values
    };
    let full = list(0).await;
    assert!(full.is_sorted() && full[0].quality < full[full.len() - 1].quality);
    assert!(list(full[0].pasi_core_version).await.is_empty());
}

#[tokio::test]
async fn partner_institutions_and_kinds_of_documents_are_listed() {
    let world = World::start().await;
    let client = world.client();
    let request = GetPartnerPostSecondaryInstitutionsRequest {
        caller: client.caller(),
    };
    let read = answer!(client, GetPartnerPostSecondaryInstitutions, request);
    assert!(
        read.institutions
            .iter()
            .any(|one| one.name == "University of Alberta" && one.is_active)
    );
    let request = GetDocumentTypeRequest {
        caller: client.caller(),
    };
    let read = answer!(client, GetDocumentType, request);
    let passport = read
        .document_types
        .iter()
        .find(|kind| kind.document_type == "Passport");
    assert!(passport.is_some_and(|kind| kind.is_expiry_date_required && kind.maximum_image_file_size > 0));
}

#[tokio::test]
async fn a_certificate_is_a_page_for_an_active_number_of_ones_own() {
    let world = World::start().await;
    let client = world.client();
    let certificate = async |asn| {
        let caller = client.caller();
        answer!(
            client,
            GetAsnCertificate,
            GetAsnCertificateRequest { caller, asn }
        )
    };
    let given = certificate(asn(AIYANA)).await;
    assert_eq!((given.asn, given.rejections), (Some(asn(AIYANA)), vec![]));
    assert_eq!(check_pdf(&given.certificate.expect("a page").0), Ok(()));
    let refused = async |number: &str| certificate(asn(number)).await.rejections[0].code;
    assert_eq!(refused("123456789").await, 9002);
    assert_eq!(
        refused(BRUNO).await,
        9002,
        "another's student is not told apart from nobody"
    );
    let outside = world.server.outside();
    outside.link(asn(BRUNO), asn(AIYANA)).await.expect("linked");
    assert_eq!(refused(BRUNO).await, 60_002);
    outside.deactivate(asn(AIYANA), true).await.expect("deactivated");
    assert_eq!(refused(AIYANA).await, 60_003);
}

#[tokio::test]
async fn a_restriction_suspends_what_third_parties_read_and_nobody_else() {
    let world = World::start().await;
    let client = world.client();
    let outside = world.server.outside();
    let connect = async |holder| outside.connect(asn(AIYANA), holder).await.expect("connected");
    let parent = connect(AccountHolder::ParentGuardian).await;
    let third = connect(AccountHolder::ThirdParty).await;
    let status = async |of| {
        let request = GetEducationAccountConnectionRequest {
            caller: client.caller(),
            connections: vec![RefIdVersion {
                ref_id: of,
                expected_version: 0,
            }],
        };
        answer!(client, GetEducationAccountConnection, request).results[0]
            .connection
            .as_ref()
            .map(|held| held.status)
    };
    assert_eq!(status(third).await, Some(ConnectionStatus::Active));
    let known = world.server.version();
    let request = SubmitStudentDisclosureRestrictionRequest {
        caller: client.caller(),
        asn: asn(AIYANA),
        pasi_core_version: world.seeded.students[0].1,
        restriction: restriction(18),
    };
    assert!(client.submit(request).await.is_stored());
    assert_eq!(status(third).await, Some(ConnectionStatus::Suspended));
    assert_eq!(status(parent).await, Some(ConnectionStatus::Active));
    let told = client
        .news("EducationAccountConnection", known, 0)
        .await
        .expect("an answer");
    let ids: Vec<&str> = told[0].id_versions.iter().map(|pair| pair.id.as_str()).collect();
    assert_eq!(ids, [third.to_string()]);
    outside.disconnect(third).await.expect("ended");
    assert_eq!(status(third).await, Some(ConnectionStatus::Ended));
    let others = world.client_of("others", OTHERS);
    assert!(
        others
            .news("EducationAccountConnection", 0, 0)
            .await
            .expect("an answer")
            .is_empty()
    );
}
