//! Adding a document with its file, and changing what is known of one.

use super::kind_of;
use crate::access::Caller;
use crate::images::Staged;
use crate::lists;
use crate::ops::own;
use crate::refusal::{OrReject as _, fault};
use crate::state::{State, Submit};
use crate::store::{Draft, Under, Versioned as _};
use kernel::Findings;
use pasi_wire::messages::{
    DocumentQuality, QualityStatus, RefIdVersion, StudentRecordDocument, SubmitResponse,
    SubmitStudentRecordDocumentRequest,
};
use pasi_wire::rules::document::{self, DocumentFacts};
use pasi_wire::rules::finding;
use pasi_wire::rules::submit::changes;
use pasi_wire::xml::Base64;
use pasi_wire::{Fault, Response};
use std::sync::Arc;
use uuid::Uuid;

/// The file of a document.
pub(in crate::ops) enum Filed {
    /// It came along and lies ready to be kept.
    Came(Vec<u8>, Staged),
    /// It is there already.
    Stands,
    /// There is none.
    Missing,
}

/// Adds one with its file, or changes, deletes or restores what is known of it.
pub(in crate::ops) async fn submit(
    state: &State,
    by: &Caller,
    mut asked: SubmitStudentRecordDocumentRequest,
) -> Result<Response, Fault> {
    let document = &asked.document;
    let (ref_id, version) = (document.ref_id, document.pasi_core_version);
    let file = match asked.image.take() {
        Some(Base64(bytes)) => stage(state, bytes).await?,
        None if state.images.has(ref_id) => Filed::Stands,
        None => Filed::Missing,
    };
    let decided = state.submit(by, version, |at| store(at, asked, file));
    decided.await?.map(Response::SubmitStudentRecordDocument)
}

/// Writes the file that came along, away from the runtime's threads.
async fn stage(state: &State, bytes: Vec<u8>) -> Result<Filed, Fault> {
    let images = Arc::clone(&state.images);
    let written = move || images.stage(&bytes).map(|staged| Filed::Came(bytes, staged));
    match tokio::task::spawn_blocking(written).await {
        Ok(Ok(filed)) => Ok(filed),
        Ok(Err(error)) => {
            tracing::error!(%error, "a document could not be written");
            Err(fault(4001, &[]))
        }
        Err(_) => Err(fault(9001, &[])),
    }
}

/// Stores what is known of a document, and keeps its file when it came along.
pub(in crate::ops) fn store(
    at: &mut Submit<'_, '_>,
    asked: SubmitStudentRecordDocumentRequest,
    file: Filed,
) -> Result<SubmitResponse, Fault> {
    let (mut sent, no_longer) = (asked.document, asked.no_longer_relevant);
    let word = (asked.is_exempt_from_qa, asked.is_qa_already_performed);
    sent.quality_assurance = Some(quality_of_new(at, &sent, word));
    own::submit_with(at, sent, |at, sent, held| {
        let image = match &file {
            Filed::Came(bytes, _) => Some(bytes.as_slice()),
            Filed::Stands | Filed::Missing => None,
        };
        let standing = judge(at, sent, held, image, &no_longer)?;
        keep(file, sent.ref_id)?;
        set_aside(at.draft, &standing, &no_longer);
        Ok(())
    })
}

/// The last step that can fail.
fn keep(file: Filed, ref_id: Uuid) -> Result<(), Findings> {
    match file {
        Filed::Stands => Ok(()),
        Filed::Missing => Err(finding(65_205).into()),
        Filed::Came(_, staged) => staged.keep(ref_id).map_err(|error| {
            tracing::error!(%error, "a document could not be kept");
            finding(4001).into()
        }),
    }
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
