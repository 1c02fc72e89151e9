//! Limits of texts and the letters allowed, by rule number, over the wire.

use crate::common::*;
use kernel::PersonName;
use pasi_wire::messages::*;
use pasi_wire::soap::encode_request;
use pasi_wire::{Fault, Request};

/// A text of the caller.
type Part = fn(&mut CallerInfo) -> &mut String;

fn create(client: &Client, first: &str) -> CreateStudentRequest {
    CreateStudentRequest {
        caller: client.caller(),
        name: PersonName::new(first, "Haddad"),
        birth_date: date("2020-05-06"),
        gender: "X".into(),
        source_document_type: Some("BirthCertificateCanada".into()),
        identity_document_ref_id: None,
    }
}

async fn fault(client: &Client, request: impl Into<Request>) -> Fault {
    match client.call(request).await.expect_err("a fault") {
        Failed::Fault(fault) => fault,
        Failed::Connection => panic!("the connection broke"),
    }
}

#[tokio::test]
async fn rule_3002_names_the_letter_or_length_that_is_not_allowed() {
    let world = World::start().await;
    let client = world.client();
    for (what, first) in [
        ("a blank at the start", " Noor"),
        ("a blank at the end", "Noor "),
        ("two blanks", "Noor  Ana"),
        ("a tabulator", "Noor\tAna"),
        ("a line end", "Noor\nAna"),
        ("a letter beyond Latin-1", "Nguyễn"),
        ("a control character of Latin-1", "No\u{85}or"),
        ("51 letters", &"n".repeat(51)),
        ("nothing", ""),
    ] {
        let fault = fault(&client, create(&client, first)).await;
        assert_eq!(fault.code, 3002, "{what}");
        assert!(
            fault.message.contains("Name.FirstName"),
            "{what}: {}",
            fault.message
        );
    }
    assert!(
        client
            .create(&"n".repeat(50), "Haddad", "2020-05-06")
            .await
            .asn
            .is_some()
    );
}

#[tokio::test]
async fn rule_3002_holds_for_the_caller_and_for_lines_too() {
    let world = World::start().await;
    let client = world.client();
    let cases: [(&str, usize, Part); 5] = [
        ("ClientMessageID", 50, |caller| &mut caller.client_message_id),
        ("Software.Manufacturer", 100, |caller| {
            &mut caller.software.manufacturer
        }),
        ("Software.Product", 100, |caller| &mut caller.software.product),
        ("Software.Version", 30, |caller| &mut caller.software.version),
        ("Software.BuildNumber", 30, |caller| {
            &mut caller.software.build_number
        }),
    ];
    for (place, most, text) in cases {
        let mut caller = client.caller();
        *text(&mut caller) = "x".repeat(most);
        client
            .call(HelloWorldRequest {
                caller: caller.clone(),
            })
            .await
            .expect(place);
        *text(&mut caller) = "x".repeat(most + 1);
        let fault = fault(&client, HelloWorldRequest { caller }).await;
        assert!(
            fault.code == 3002 && fault.message.contains(place),
            "{place}: {}",
            fault.message
        );
    }
    let accommodation = |detail: &str| SubmitClassroomAccommodationRequest {
        caller: client.caller(),
        accommodation: ClassroomAccommodation {
            ref_id: guid(1),
            asn: asn(AIYANA),
            school_code: school(SCHOOL),
            accommodation_type: "Reader".into(),
            accommodation_format: None,
            accommodation_detail: Some(detail.into()),
            start_date: date("2026-09-01"),
            end_date: None,
            end_date_override: None,
            is_deleted: false,
            last_update_utc_time: None,
            pasi_core_version: 0,
        },
    };
    for (what, detail) in [
        ("a line that ends in LF alone", "one\ntwo"),
        ("an empty line", "one\r\n\r\ntwo"),
        ("a letter beyond Latin-1", "ᐊ"),
    ] {
        assert_eq!(fault(&client, accommodation(detail)).await.code, 3002, "{what}");
    }
    assert!(client.submit(accommodation("one\r\ntwo")).await.is_stored());
}

#[tokio::test]
async fn rule_3001_refuses_what_the_contract_does_not_name() {
    let world = World::start().await;
    let client = world.client();
    let whole = encode_request(&create(&client, "Noor").into());
    let foreign = whole.replacen("<d:BirthDate>", "<d:Shoe>42</d:Shoe><d:BirthDate>", 1);
    let twice = whole.replacen("<d:BirthDate>", "<d:Gender>X</d:Gender><d:BirthDate>", 1);
    let renamed = whole.replace("CreateStudent", "CreatePupil");
    for (what, body) in [
        ("a foreign element", foreign),
        ("an element twice", twice),
        ("no such operation", renamed),
    ] {
        assert_ne!(body, whole, "{what}");
        let (_, bytes) = client.send(body).await.expect("an answer");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(text.contains("<faultcode>3001</faultcode>"), "{what}: {text}");
    }
}

#[tokio::test]
async fn a_request_of_64_kib_is_read_and_one_byte_more_is_not() {
    let world = World::start().await;
    let client = world.client();
    let caller = client.caller();
    let hello = encode_request(&HelloWorldRequest { caller }.into());
    let padded = |bytes: usize| format!("{hello}{}", " ".repeat(bytes - hello.len()));
    let (status, _) = client.send(padded(65_536)).await.expect("an answer");
    assert_eq!(status, 200);
    match client.send(padded(65_537)).await {
        Ok((status, _)) => assert_eq!(status, 413),
        Err(failed) => assert!(matches!(failed, Failed::Connection)),
    }
}
