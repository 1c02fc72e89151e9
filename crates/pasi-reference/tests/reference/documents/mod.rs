//! Documents of the student record: their files, which one counts, what
//! people find when they look at them.

use crate::common::*;
use pasi_wire::Request;
use pasi_wire::messages::*;
use pasi_wire::xml::Base64;

/// A whole PDF of at least so many bytes.
fn pdf(bytes: usize) -> Base64 {
    let head = b"%PDF-1.7\n";
    let tail = format!(
        "xref\ntrailer <</Size 1>>\nstartxref\n{}\n%%EOF\n",
        head.len() + bytes
    );
    Base64([&head[..], &vec![b' '; bytes], tail.as_bytes()].concat())
}

fn locked() -> Base64 {
    let text = "%PDF-1.7\nxref\ntrailer <</Encrypt 2 0 R>>\nstartxref\n9\n%%EOF\n";
    Base64(text.as_bytes().to_vec())
}

fn document(number: u128, kind: &str) -> StudentRecordDocument {
    StudentRecordDocument {
        ref_id: guid(number),
        asn: asn(AIYANA),
        document_type: kind.into(),
        title: "As it came".into(),
        document_date: None,
        expiry_date: None,
        school_year: None,
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
    }
}

fn request(
    client: &Client,
    document: StudentRecordDocument,
    image: Option<Base64>,
) -> SubmitStudentRecordDocumentRequest {
    SubmitStudentRecordDocumentRequest {
        caller: client.caller(),
        document,
        image,
        is_exempt_from_qa: false,
        is_qa_already_performed: false,
        no_longer_relevant: Vec::new(),
    }
}

async fn add(client: &Client, document: StudentRecordDocument) -> SubmitResponse {
    client.submit(request(client, document, Some(pdf(10)))).await
}

async fn read(client: &Client, number: u128, is_image_requested: bool) -> StudentRecordDocumentResult {
    let request = GetStudentRecordDocumentRequest {
        caller: client.caller(),
        documents: vec![any_version(number)],
        is_image_requested,
    };
    answer!(client, GetStudentRecordDocument, request)
        .results
        .remove(0)
}

async fn held(client: &Client, number: u128) -> StudentRecordDocument {
    read(client, number, false).await.document.expect("ours")
}

fn codes(answer: &SubmitResponse) -> Vec<u32> {
    answer.rejections.iter().map(|rejection| rejection.code).collect()
}

mod kept;
mod looked_at;
