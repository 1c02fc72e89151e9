//! Reading documents, and their files.

use crate::access::Caller;
use crate::ops::read::{self, View};
use crate::refusal::fault;
use crate::state::State;
use kernel::Findings;
use pasi_wire::messages::{GetStudentRecordDocumentRequest, GetStudentRecordDocumentResponse};
use pasi_wire::rules::rejections;
use pasi_wire::rules::submit::structure;
use pasi_wire::xml::Base64;
use pasi_wire::{Fault, Response};
use std::sync::Arc;
use uuid::Uuid;

/// Reads documents; the file comes along when one is asked for alone.
pub(in crate::ops) async fn get(
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
