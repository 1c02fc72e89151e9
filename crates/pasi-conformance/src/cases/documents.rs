//! The digital student record: sent, read, looked at, put right, linked to an
//! identity. The kinds of document are taken as the endpoint tells them.

use super::shapes::{absent, available};
use super::{answer, is_given, must};
use crate::case::{Ask, Case, Expect};
use crate::scene::{Held, Scene};
use pasi_wire::Operation;
use pasi_wire::messages::*;
use pasi_wire::rules::document::IDENTITY;
use pasi_wire::xml::Base64;
use uuid::Uuid;

const DOCUMENT: &str = "document";
const OTHER: &str = "document that proves nobody's identity";
/// Waits for somebody to look at it.
const TO_LOOK_AT: &str = "document to be looked at";
/// The smallest file that is a PDF.
const PDF: &[u8] = b"%PDF-1.7\nxref\ntrailer <</Size 1>>\nstartxref\n9\n%%EOF\n";
/// A file that is none.
const NO_PDF: &[u8] = b"GIF89a";

/// The first kind that proves an identity, or the first that does not.
fn kind(scene: &Scene, proves: bool) -> Option<String> {
    let is_so = |kind: &&DocumentTypeInfo| kind.categories.iter().any(|of| of == IDENTITY) == proves;
    let found = scene.kinds.iter().find(is_so)?;
    Some(found.document_type.clone())
}

/// A document of the student, with a file or without, and with something changed.
fn document(
    scene: &mut Scene,
    word: &'static str,
    image: Option<&[u8]>,
    change: impl FnOnce(&mut StudentRecordDocument),
) -> Option<Ask> {
    let held = scene.record(word);
    let mut document = StudentRecordDocument {
        ref_id: held.ref_id,
        asn: scene.asn?,
        document_type: kind(scene, word != OTHER)?,
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
    change(&mut document);
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

fn read(scene: &Scene, ref_id: Uuid, is_image_requested: bool) -> Option<Ask> {
    let documents = vec![RefIdVersion {
        ref_id,
        expected_version: 0,
    }];
    Some(
        GetStudentRecordDocumentRequest {
            caller: scene.caller(),
            documents,
            is_image_requested,
        }
        .into(),
    )
}

/// A problem somebody found.
fn report(scene: &mut Scene, of: Held, comment: Option<&str>) -> Option<Ask> {
    let report = DocumentProblemReport {
        ref_id: scene.record("problem").ref_id,
        problem: DocumentProblem::Unreadable,
        comment: comment.map(str::to_owned),
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

/// Somebody looked at the document, and it is what it is said to be.
fn looked_at(scene: &Scene, of: Held) -> Option<Ask> {
    Some(
        SubmitStudentRecordDocumentQualityAssuranceRequest {
            caller: scene.caller(),
            ref_id: of.ref_id,
            pasi_core_version: of.version,
            is_acceptable: true,
            comment: None,
        }
        .into(),
    )
}

/// The student's identity, proven by a stored document or by nothing.
fn identity(scene: &Scene, document: Option<Uuid>) -> Option<Ask> {
    let identification = IdentificationRecord {
        name: scene.name.clone(),
        birth_date: scene.born,
        gender: "U".to_owned(),
        source_document_type: None,
        identity_document_ref_id: document,
    };
    Some(
        SubmitIdentificationInformationRequest {
            caller: scene.caller(),
            asn: scene.asn?,
            pasi_core_version: scene.version,
            identification,
        }
        .into(),
    )
}

/// May any organization add one with nothing but a title?
fn is_plain(kind: &DocumentTypeInfo, scene: &Scene) -> bool {
    let needs = kind.is_restricted
        || kind.is_date_required
        || kind.is_expiry_date_required
        || kind.is_school_year_bound;
    let is_open = kind.effective_start_date <= scene.today
        && kind.effective_end_date.is_none_or(|last| scene.today <= last);
    !needs && is_open && kind.maximum_image_file_size > 0
}

const fn case(of: Operation, what: &'static str, ask: fn(&mut Scene) -> Option<Ask>, expect: Expect) -> Case {
    Case::new(of, what, &[29], ask, expect)
}

pub(super) const CASES: &[Case] = &[
    case(
        Operation::GetDocumentType,
        "the kinds of documents, with their limits",
        |scene| {
            let caller = scene.caller();
            Some(GetDocumentTypeRequest { caller }.into())
        },
        Expect::Given(|scene, response| {
            let all = answer!(response, GetDocumentType).document_types.iter();
            scene.kinds = all.filter(|kind| is_plain(kind, scene)).cloned().collect();
            must(
                !scene.kinds.is_empty(),
                "no kind that a school may add with nothing but a title",
            )
        }),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a file that is no PDF",
        |scene| document(scene, "picture", Some(NO_PDF), |_| {}),
        Expect::Rejected(&[65_197]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document without its file",
        |scene| document(scene, "empty", None, |_| {}),
        Expect::Rejected(&[65_196]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document of nobody",
        |scene| {
            let nobody = scene.nobody()?;
            document(scene, "of nobody", Some(PDF), |it| it.asn = nobody)
        },
        Expect::Rejected(&[9002, 9058]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document with its file",
        |scene| document(scene, DOCUMENT, Some(PDF), |_| {}),
        Expect::Kept(DOCUMENT),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "another title, without the file",
        |scene| document(scene, DOCUMENT, None, |it| "Put right".clone_into(&mut it.title)),
        Expect::Kept(DOCUMENT),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a title that is so already",
        |scene| document(scene, DOCUMENT, None, |it| "Put right".clone_into(&mut it.title)),
        Expect::Rejected(&[9023]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document at an older version",
        |scene| document(scene, DOCUMENT, None, |it| it.pasi_core_version -= 1),
        Expect::Rejected(&[3004]),
    ),
    case(
        Operation::GetStudentRecordDocument,
        "the document with its file",
        |scene| read(scene, scene.standing(DOCUMENT)?.ref_id, true),
        Expect::Given(|scene, response| {
            let answer = answer!(response, GetStudentRecordDocument);
            let result = answer.results.first().ok_or("no result")?;
            is_given(result.availability_status)?;
            let document = result.document.as_ref().ok_or("no document")?;
            let quality = document.quality_assurance.as_ref().map(|quality| quality.status);
            if quality == Some(QualityStatus::Pending) {
                let (ref_id, version) = (document.ref_id, document.pasi_core_version);
                scene.records.insert(TO_LOOK_AT, Held { ref_id, version });
            }
            must(
                result.image.as_ref().is_some_and(|file| file.0 == PDF),
                "another file than was sent",
            )
        }),
    ),
    case(
        Operation::GetStudentRecordDocument,
        "a document there is not is unknown",
        |scene| read(scene, Uuid::new_v4(), false),
        Expect::Withheld(|_, response| {
            let answer = answer!(response, GetStudentRecordDocument);
            let first = answer.results.first().map(|result| result.availability_status);
            available(first, AvailabilityStatus::Unknown)
        }),
    ),
    case(
        Operation::IsDataAvailable,
        "the document is told as news",
        |scene| {
            let before = scene.standing(DOCUMENT)?.version - 1;
            let news = scene.news("StudentRecordDocument", before, None);
            Some(Ask::Request(Box::new(news)))
        },
        Expect::Given(|scene, response| {
            let told = crate::scene::pairs(answer!(response, IsDataAvailable));
            let held = scene.standing(DOCUMENT).ok_or("no document")?;
            must(
                told.contains(&(held.ref_id.to_string(), held.version)),
                "it is not told",
            )
        }),
    ),
];

/// What is said of a document that stands, and what it proves.
pub(super) const AFTERWARDS: &[Case] = &[
    case(
        Operation::SubmitStudentRecordDocumentQualityAssurance,
        "somebody looked at a document that waits for it",
        |scene| match scene.standing(TO_LOOK_AT) {
            Some(held) => looked_at(scene, held),
            None => absent("nobody is asked to look at the document"),
        },
        Expect::Kept(DOCUMENT),
    ),
    case(
        Operation::SubmitStudentRecordDocumentQualityAssurance,
        "somebody looked at an older version",
        |scene| {
            let mut held = scene.standing(DOCUMENT)?;
            held.version -= 1;
            looked_at(scene, held)
        },
        Expect::Rejected(&[3004]),
    ),
    case(
        Operation::SubmitStudentRecordDocumentQualityAssurance,
        "somebody looked at a document there is not",
        |scene| {
            let (ref_id, version) = (Uuid::new_v4(), 0);
            looked_at(scene, Held { ref_id, version })
        },
        Expect::Rejected(&[9006]),
    ),
    case(
        Operation::SubmitStudentRecordDocumentProblemReport,
        "somebody found a problem",
        |scene| {
            let held = scene.standing(DOCUMENT)?;
            report(scene, held, Some("Conformance"))
        },
        Expect::Kept(DOCUMENT),
    ),
    case(
        Operation::SubmitStudentRecordDocumentProblemReport,
        "somebody found the same problem once more",
        |scene| {
            let held = scene.standing(DOCUMENT)?;
            report(scene, held, Some("Conformance"))
        },
        Expect::Rejected(&[9023]),
    ),
    case(
        Operation::SubmitStudentRecordDocumentProblemReport,
        "a problem of an older version",
        |scene| {
            let mut held = scene.standing(DOCUMENT)?;
            held.version -= 1;
            report(scene, held, Some("Conformance"))
        },
        Expect::Rejected(&[3004]),
    ),
    case(
        Operation::SubmitIdentificationInformation,
        "the document proves who the student is",
        |scene| {
            let document = scene.standing(DOCUMENT)?;
            identity(scene, Some(document.ref_id))
        },
        Expect::Stored(|scene, answer| scene.version = answer.pasi_core_version),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document that proves nobody's identity",
        |scene| document(scene, OTHER, Some(PDF), |_| {}),
        Expect::Kept(OTHER),
    ),
    case(
        Operation::SubmitIdentificationInformation,
        "a document that proves nobody's identity proves the student's",
        |scene| {
            let document = scene.standing(OTHER)?;
            identity(scene, Some(document.ref_id))
        },
        Expect::Rejected(&[65_134]),
    ),
    case(
        Operation::SubmitIdentificationInformation,
        "neither a kind of document nor a stored one",
        |scene| identity(scene, None),
        Expect::Rejected(&[65_031]),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a document is deleted",
        |scene| document(scene, OTHER, None, |it| it.is_deleted = true),
        Expect::Kept(OTHER),
    ),
    case(
        Operation::SubmitStudentRecordDocument,
        "a deleted document is put back",
        |scene| document(scene, OTHER, None, |_| {}),
        Expect::Kept(OTHER),
    ),
];
