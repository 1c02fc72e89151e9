//! The digital student record: sent, read, looked at, put right.

use super::records::any;
use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::Scene;
use pasi_wire::Operation;
use pasi_wire::messages::*;
use pasi_wire::xml::Base64;
use uuid::Uuid;

const DOCUMENT: &str = "document";
/// The smallest file that is a PDF.
const PDF: &[u8] = b"%PDF-1.7\nxref\ntrailer <</Size 1>>\nstartxref\n9\n%%EOF\n";
/// A file that is none.
const NO_PDF: &[u8] = b"GIF89a";

/// A birth certificate with a file, or with another than it must have.
fn document(scene: &mut Scene, word: &'static str, image: Option<&[u8]>) -> Option<Ask> {
    let held = scene.record(word);
    let document = StudentRecordDocument {
        ref_id: held.ref_id,
        asn: scene.asn?,
        document_type: "BirthCertificate".to_owned(),
        title: "Conformance".to_owned(),
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
        pasi_core_version: held.version,
    };
    Some(
        SubmitStudentRecordDocumentRequest {
            caller: scene.caller(),
            document,
            image: image.map(|bytes| Base64(bytes.to_vec())),
            is_exempt_from_qa: false,
            is_qa_already_performed: false,
            no_longer_relevant: Vec::new(),
        }
        .into(),
    )
}

fn keep(scene: &mut Scene, answer: &SubmitResponse) {
    scene.keep(DOCUMENT, answer.pasi_core_version);
}

/// A problem somebody found.
fn report(scene: &mut Scene, of: crate::scene::Held) -> Option<Ask> {
    let report = DocumentProblemReport {
        ref_id: scene.record("problem").ref_id,
        problem: DocumentProblem::Unreadable,
        comment: Some("Conformance".to_owned()),
        is_resolved: false,
        organization: None,
        last_update_utc_time: None,
    };
    Some(
        SubmitStudentRecordDocumentProblemReportRequest {
            caller: scene.caller(),
            ref_id: of.ref_id,
            pasi_core_version: of.version,
            report,
        }
        .into(),
    )
}

const fn case(of: Operation, what: &'static str, ask: fn(&mut Scene) -> Option<Ask>, expect: Expect) -> Case {
    Case {
        of,
        what,
        shows: &[29],
        ask,
        expect,
    }
}

pub(super) const CASES: &[Case] = &[
    case(
        Operation::GetDocumentType,
        "the kinds of documents, with their limits",
        |scene| {
            let caller = scene.caller();
            Some(GetDocumentTypeRequest { caller }.into())
        },
        Expect::Given(|_, response| {
            let answer = answer!(response, GetDocumentType);
            let mut all = answer.document_types.iter();
            must(
                all.any(|kind| kind.maximum_image_file_size > 0),
                "no kind with a limit",
            )
        }),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a file that is no PDF",
        |scene| document(scene, "picture", Some(NO_PDF)),
        Expect::Rejected(&[65_197]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document without its file",
        |scene| document(scene, "empty", None),
        Expect::Rejected(&[65_196]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document with its file",
        |scene| document(scene, DOCUMENT, Some(PDF)),
        Expect::Stored(keep),
    ),
    case(
        Operation::GetStudentRecordDocument,
        "the document with its file",
        |scene| {
            let documents = vec![any(scene.record(DOCUMENT).ref_id)];
            Some(
                GetStudentRecordDocumentRequest {
                    caller: scene.caller(),
                    documents,
                    is_image_requested: true,
                }
                .into(),
            )
        },
        Expect::Given(|_, response| {
            let answer = answer!(response, GetStudentRecordDocument);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            must(
                result.image.as_ref().is_some_and(|file| file.0 == PDF),
                "another file than was sent",
            )
        }),
    ),
    case(
        Operation::GetStudentRecordDocument,
        "a document there is not is unknown",
        |scene| {
            let documents = vec![any(Uuid::new_v4())];
            Some(
                GetStudentRecordDocumentRequest {
                    caller: scene.caller(),
                    documents,
                    is_image_requested: false,
                }
                .into(),
            )
        },
        Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudentRecordDocument);
            let status = answer.results.first().map(|result| result.availability_status);
            must(
                status == Some(AvailabilityStatus::Unknown),
                "given though it is not there",
            )
        }),
    ),
    case(
        Operation::SubmitStudentRecordDocumentProblemReport,
        "somebody found a problem",
        |scene| {
            let held = scene.record(DOCUMENT);
            report(scene, held)
        },
        Expect::Stored(keep),
    ),
];
