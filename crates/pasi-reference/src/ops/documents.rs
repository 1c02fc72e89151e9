//! Documents of the student record. What is known of one lies with the other
//! records; its file lies apart and is written before the record is.

use super::own::{self, Own};
use super::read::{self, Seen, View};
use crate::access::Caller;
use crate::images::Staged;
use crate::lists;
use crate::refusal::{OrReject as _, answer, fault};
use crate::state::{State, Submit};
use crate::store::{Draft, Under, Versioned as _, World};
use kernel::{Asn, Findings};
use pasi_wire::messages::{
    DocumentQuality, DocumentTypeInfo, GetStudentRecordDocumentRequest, GetStudentRecordDocumentResponse,
    QualityStatus, RefIdVersion, StudentRecordDocument, SubmitResponse,
    SubmitStudentRecordDocumentProblemReportRequest, SubmitStudentRecordDocumentQualityAssuranceRequest,
    SubmitStudentRecordDocumentRequest,
};
use pasi_wire::rules::document::{self, DocumentFacts};
use pasi_wire::rules::submit::{Held, changes, structure, version, writable};
use pasi_wire::rules::{finding, person, rejections};
use pasi_wire::xml::Base64;
use pasi_wire::{Fault, Response};
use std::sync::Arc;
use uuid::Uuid;

impl Seen for StudentRecordDocument {}

impl Own for StudentRecordDocument {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    /// Whoever is associated with the student adds documents; of a kind that
    /// is bound to its organization, only that one changes them.
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let (world, by) = (at.draft.world, at.by);
        if !by.may_know(world, self.asn) {
            return Err(finding(9010).into());
        }
        let kind = kind_of(self)?;
        match held.filter(|held| kind.is_organization_bound && !is_creator(world, by, held)) {
            Some(_) => Err(finding(65_200).into()),
            None => Ok(()),
        }
    }
    fn set_by_province(&mut self, at: &Submit<'_, '_>, held: Option<&Self>) {
        if let Some(held) = held {
            self.created_by_organization
                .clone_from(&held.created_by_organization);
            self.file_name.clone_from(&held.file_name);
            self.quality_assurance.clone_from(&held.quality_assurance);
            self.problem_reports.clone_from(&held.problem_reports);
            self.scheduled_disposal_date = held.scheduled_disposal_date;
            self.last_update_utc_time = held.last_update_utc_time;
            self.set_version(held.pasi_core_version);
        } else {
            self.created_by_organization = Some(at.by.organization.to_string());
            self.file_name = Some(file_name(self));
            self.problem_reports.clear();
        }
        if !at.by.is_ministry() {
            self.disposal_override_date = held.and_then(|held| held.disposal_override_date);
        }
        if held != Some(self) {
            self.scheduled_disposal_date = kept_until(at, self);
            self.last_update_utc_time = Some(at.by.now);
        }
    }
}

/// The kind a document says it is of: 65190.
fn kind_of(document: &StudentRecordDocument) -> Result<&'static DocumentTypeInfo, Findings> {
    let key = &document.document_type;
    lists::document_type(key).ok_or_else(|| finding(65_190).with("kind", key).into())
}

/// Did the caller's authority, or the ministry, add the document?
fn is_creator(world: &World, by: &Caller, held: &StudentRecordDocument) -> bool {
    let organization = held
        .created_by_organization
        .as_deref()
        .and_then(|code| code.parse().ok());
    let authority = organization.and_then(|organization| world.authority_behind(organization));
    by.is_ministry() || authority.is_some_and(|code| by.authorities.contains(&code))
}

/// A name that says whose and what, for those who save the file.
fn file_name(of: &StudentRecordDocument) -> String {
    let on = of
        .document_date
        .map_or_else(String::new, |date| format!("-{date}"));
    format!("{}-{}{on}.pdf", of.asn.as_str(), of.document_type)
}

fn kept_until(at: &Submit<'_, '_>, of: &StudentRecordDocument) -> Option<kernel::Date> {
    let kind = lists::document_type(&of.document_type)?;
    let student = at.draft.world.student(of.asn)?;
    let added = of.last_update_utc_time.unwrap_or(at.by.now).date();
    Some(document::kept_until(of, kind, student.scheduled_disposal, added))
}

/// Adds one with its file, or changes, deletes or restores what is known of it.
pub(super) async fn submit(
    state: &State,
    by: &Caller,
    asked: SubmitStudentRecordDocumentRequest,
) -> Result<Response, Fault> {
    let (image, staged) = stage(state, asked.image).await?;
    let mut sent = asked.document;
    let no_longer = asked.no_longer_relevant;
    let word = (asked.is_exempt_from_qa, asked.is_qa_already_performed);
    let decided = state.submit(by, sent.pasi_core_version, |at| {
        sent.quality_assurance = Some(quality_of_new(at, &sent, word));
        own::submit_with(at, sent, |at, sent, held| {
            let standing = judge(at, sent, held, image.as_deref(), &no_longer)?;
            keep(staged, sent.ref_id)?;
            set_aside(at.draft, &standing, &no_longer);
            Ok(())
        })
    });
    decided.await?.map(Response::SubmitStudentRecordDocument)
}

/// Writes the file that came along, away from the runtime's threads.
async fn stage(state: &State, image: Option<Base64>) -> Result<(Option<Vec<u8>>, Option<Staged>), Fault> {
    let Some(Base64(bytes)) = image else {
        return Ok((None, None));
    };
    let images = Arc::clone(&state.images);
    let written = tokio::task::spawn_blocking(move || images.stage(&bytes).map(|staged| (bytes, staged)));
    match written.await {
        Ok(Ok((bytes, staged))) => Ok((Some(bytes), Some(staged))),
        Ok(Err(error)) => {
            tracing::error!(%error, "a document could not be written");
            Err(fault(4001, &[]))
        }
        Err(_) => Err(fault(9001, &[])),
    }
}

fn keep(staged: Option<Staged>, ref_id: Uuid) -> Result<(), Findings> {
    let kept = staged.map_or(Ok(()), |staged| staged.keep(ref_id));
    kept.map_err(|error| {
        tracing::error!(%error, "a document could not be kept");
        finding(4001).into()
    })
}

/// Judges the document and which others count beside it; gives those.
fn judge<'w>(
    at: &Submit<'_, 'w>,
    sent: &StudentRecordDocument,
    held: Option<&StudentRecordDocument>,
    image: Option<&[u8]>,
    no_longer: &[RefIdVersion],
) -> Result<Vec<&'w StudentRecordDocument>, Findings> {
    let kind = kind_of(sent)?;
    let facts = DocumentFacts {
        sent,
        held,
        image,
        kind,
        is_ministry: at.by.is_ministry(),
    };
    document::submitted(&facts, at.by.today).or_reject()?;
    let others = at.draft.world.of_student::<StudentRecordDocument>(sent.asn);
    let standing: Vec<_> = others
        .filter(|other| other.ref_id != sent.ref_id && other.document_type == sent.document_type)
        .filter(|other| other.is_relevant && !other.is_deleted)
        .collect();
    let versions: Vec<_> = standing
        .iter()
        .map(|other| (other.ref_id, other.version()))
        .collect();
    document::relevancy(sent, kind, &versions, no_longer).or_reject()?;
    if let Some(held) = held {
        is_more_than_set_aside(held, sent)?;
    }
    Ok(standing)
}

/// To say only that a document is not relevant any more is to change nothing:
/// that is said with the one that takes its place.
fn is_more_than_set_aside(
    held: &StudentRecordDocument,
    sent: &StudentRecordDocument,
) -> Result<(), Findings> {
    let set_aside = StudentRecordDocument {
        is_relevant: false,
        last_update_utc_time: sent.last_update_utc_time,
        ..held.clone()
    };
    match changes(Some(&set_aside), sent).filter(|_| held.is_relevant) {
        Some(nothing) => Err(nothing.into()),
        None => Ok(()),
    }
}

fn set_aside(draft: &mut Draft<'_>, standing: &[&StudentRecordDocument], no_longer: &[RefIdVersion]) {
    let named = |other: &&&StudentRecordDocument| no_longer.iter().any(|named| named.ref_id == other.ref_id);
    for other in standing.iter().filter(named) {
        let aside = StudentRecordDocument {
            is_relevant: false,
            ..StudentRecordDocument::clone(other)
        };
        draft.put(aside.into());
    }
}

/// How the quality of a new document stands: looked at by the sender, exempt,
/// or to be looked at when the organization is below its kind's ratio.
fn quality_of_new(
    at: &Submit<'_, '_>,
    sent: &StudentRecordDocument,
    (is_exempt, is_performed): (bool, bool),
) -> DocumentQuality {
    let nobody = |status| DocumentQuality {
        status,
        comment: None,
        organization: None,
        utc_time: None,
    };
    if is_performed {
        return DocumentQuality {
            organization: Some(at.by.organization.to_string()),
            utc_time: Some(at.by.now),
            ..nobody(QualityStatus::Passed)
        };
    }
    let ratio = lists::document_type(&sent.document_type).map_or(0, |kind| kind.quality_assurance_ratio);
    let added = at
        .draft
        .world
        .under::<StudentRecordDocument>(Under::Added(at.by.organization));
    let (mut all, mut looked_at) = (0, 0);
    for other in added.filter(|other| other.document_type == sent.document_type) {
        let quality = other.quality_assurance.as_ref();
        all += 1;
        looked_at += usize::from(quality.is_some_and(|held| held.status != QualityStatus::NotRequired));
    }
    if !is_exempt && document::wants_quality_assurance(ratio, all, looked_at) {
        nobody(QualityStatus::Pending)
    } else {
        nobody(QualityStatus::NotRequired)
    }
}

/// Keeps what came of looking at a document's quality.
pub(super) fn assure(
    at: &mut Submit<'_, '_>,
    asked: &SubmitStudentRecordDocumentQualityAssuranceRequest,
) -> Result<SubmitResponse, Fault> {
    amend(at, asked.ref_id, asked.pasi_core_version, |at, held| {
        let before = held.quality_assurance.as_ref().map(|quality| quality.status);
        let is_said = asked
            .comment
            .as_deref()
            .is_some_and(|said| !said.trim().is_empty());
        let status = if asked.is_acceptable {
            QualityStatus::Passed
        } else {
            QualityStatus::Failed
        };
        if matches!(before, None | Some(QualityStatus::NotRequired)) {
            return Err(finding(65_202).into());
        }
        if !asked.is_acceptable && !is_said {
            return Err(finding(65_203).into());
        }
        let quality = held.quality_assurance.as_ref();
        if quality.is_some_and(|held| held.status == status && held.comment == asked.comment) {
            return Ok(());
        }
        held.quality_assurance = Some(DocumentQuality {
            status,
            comment: asked.comment.clone(),
            organization: Some(at.by.organization.to_string()),
            utc_time: Some(at.by.now),
        });
        Ok(())
    })
}

/// Keeps what somebody found wrong with a document, or that it is settled.
pub(super) fn report(
    at: &mut Submit<'_, '_>,
    asked: &SubmitStudentRecordDocumentProblemReportRequest,
) -> Result<SubmitResponse, Fault> {
    amend(at, asked.ref_id, asked.pasi_core_version, |at, held| {
        person_says(document::problem(&asked.report))?;
        let us = at.by.organization.to_string();
        let is_ours = is_creator(at.draft.world, at.by, held);
        let mut sent = asked.report.clone();
        match held
            .problem_reports
            .iter_mut()
            .find(|known| known.ref_id == sent.ref_id)
        {
            None => {
                (sent.organization, sent.last_update_utc_time) = (Some(us), Some(at.by.now));
                held.problem_reports.push(sent);
            }
            Some(known) if !is_ours && known.organization.as_ref() != Some(&us) => {
                return Err(finding(65_204).into());
            }
            Some(known) => {
                sent.organization.clone_from(&known.organization);
                sent.last_update_utc_time = known.last_update_utc_time;
                if *known != sent {
                    sent.last_update_utc_time = Some(at.by.now);
                    *known = sent;
                }
            }
        }
        Ok(())
    })
}

fn person_says(refused: Option<kernel::Finding>) -> Result<(), Findings> {
    refused.map_or(Ok(()), |found| Err(found.into()))
}

/// Changes what others say of a document that stands.
fn amend(
    at: &mut Submit<'_, '_>,
    ref_id: Uuid,
    sent: i64,
    edit: impl FnOnce(&Submit<'_, '_>, &mut StudentRecordDocument) -> Result<(), Findings>,
) -> Result<SubmitResponse, Fault> {
    let held = at.draft.world.get::<StudentRecordDocument>(ref_id);
    let stands = held.map_or(0, |held| held.pasi_core_version);
    let outcome = (|| {
        if sent > at.node {
            return Err(finding(9014).with("client", sent).into());
        }
        let held = held
            .filter(|held| !held.is_deleted)
            .ok_or_else(|| finding(9006))?;
        person_says(writable(super::sub_records::asn_state(at.draft.world, held.asn)))?;
        if !at.by.may_know(at.draft.world, held.asn) {
            return Err(finding(9010).into());
        }
        person_says(version(sent, Held::Present(held.pasi_core_version), at.node))?;
        let mut amended = held.clone();
        edit(at, &mut amended)?;
        person_says(changes(Some(held), &amended))?;
        Ok(at.draft.put(amended.into()))
    })();
    answer(ref_id, stands, outcome)
}

/// Reads documents; the file comes along when one is asked for alone.
pub(super) async fn get(
    state: &State,
    by: &Caller,
    asked: &GetStudentRecordDocumentRequest,
) -> Result<Response, Fault> {
    if asked.is_image_requested && asked.documents.len() != 1 {
        let found: Findings = structure("IsImageRequested", "a file comes with one document alone").into();
        return Ok(Response::GetStudentRecordDocument(
            GetStudentRecordDocumentResponse {
                results: Vec::new(),
                rejections: rejections(&found),
            },
        ));
    }
    let node = state.node_version();
    let mut read = state
        .store
        .read(|world| read::records(&View { world, by, node }, asked));
    for result in read.results.iter_mut().filter(|_| asked.is_image_requested) {
        if let Some(document) = &result.document {
            result.image = Some(Base64(image(state, document.ref_id).await?));
        }
    }
    Ok(Response::GetStudentRecordDocument(read))
}

async fn image(state: &State, document: Uuid) -> Result<Vec<u8>, Fault> {
    let images = Arc::clone(&state.images);
    let read = tokio::task::spawn_blocking(move || images.read(document));
    if let Ok(Ok(bytes)) = read.await {
        return Ok(bytes);
    }
    tracing::error!(%document, "the file of a document is missing");
    Err(fault(9001, &[]))
}

/// A stored identity document must be one of this student: 9006, 65134.
pub(super) fn identity_document(world: &World, asn: Asn, ref_id: Option<Uuid>) -> Result<(), Findings> {
    let Some(ref_id) = ref_id else { return Ok(()) };
    let held = world.get::<StudentRecordDocument>(ref_id);
    let held = held
        .filter(|held| held.asn == asn && !held.is_deleted)
        .ok_or_else(|| finding(9006))?;
    person_says(person::identity_document(kind_of(held)?))
}
