//! What others say of a document: its quality, and what is wrong with it.

use super::{is_creator, or_refuse};
use crate::ops::sub_records::asn_state;
use crate::refusal::answer;
use crate::state::Submit;
use kernel::Findings;
use pasi_wire::Fault;
use pasi_wire::messages::{
    DocumentQuality, QualityStatus, StudentRecordDocument, SubmitResponse,
    SubmitStudentRecordDocumentProblemReportRequest, SubmitStudentRecordDocumentQualityAssuranceRequest,
};
use pasi_wire::rules::submit::{Held, changes, version, writable};
use pasi_wire::rules::{document, finding};
use uuid::Uuid;

/// Keeps what came of looking at a document's quality.
pub(in crate::ops) fn assure(
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
pub(in crate::ops) fn report(
    at: &mut Submit<'_, '_>,
    asked: &SubmitStudentRecordDocumentProblemReportRequest,
) -> Result<SubmitResponse, Fault> {
    amend(at, asked.ref_id, asked.pasi_core_version, |at, held| {
        or_refuse(document::problem(&asked.report))?;
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
        or_refuse(writable(asn_state(at.draft.world, held.asn)))?;
        if !at.by.may_know(at.draft.world, held.asn) {
            return Err(finding(9010).into());
        }
        or_refuse(version(sent, Held::Present(held.pasi_core_version), at.node))?;
        let mut amended = held.clone();
        edit(at, &mut amended)?;
        or_refuse(changes(Some(held), &amended))?;
        Ok(at.draft.put(amended.into()))
    })();
    answer(ref_id, stands, outcome)
}
