//! Documents of the student record. What is known of one lies with the other
//! records; its file lies apart and is written before the record is.

mod amend;
mod read;
mod submit;

use super::own::Own;
use super::read::Seen;
use crate::access::Caller;
use crate::lists;
use crate::state::Submit;
use crate::store::{Versioned as _, World};
use kernel::{Asn, Date, Finding, Findings};
use pasi_wire::messages::{DocumentTypeInfo, StudentRecordDocument};
use pasi_wire::rules::{document, finding, person};
use uuid::Uuid;

pub(super) use amend::{assure, report};
pub(super) use read::get;
pub(super) use submit::{Filed, store, submit};

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
        let decides = |of: &Self| (of.document_date, of.disposal_override_date);
        if held.map(decides) != Some(decides(self)) {
            self.scheduled_disposal_date = kept_until(at, self);
        }
        if held != Some(self) {
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

fn kept_until(at: &Submit<'_, '_>, of: &StudentRecordDocument) -> Option<Date> {
    let kind = lists::document_type(&of.document_type)?;
    let student = at.draft.world.student(of.asn)?;
    Some(document::kept_until(
        of,
        kind,
        student.scheduled_disposal,
        at.by.today,
    ))
}

/// A stored identity document must be one of this student: 9006, 65134.
pub(super) fn identity_document(world: &World, asn: Asn, ref_id: Option<Uuid>) -> Result<(), Findings> {
    let Some(ref_id) = ref_id else { return Ok(()) };
    let held = world.get::<StudentRecordDocument>(ref_id);
    let held = held
        .filter(|held| held.asn == asn && !held.is_deleted)
        .ok_or_else(|| finding(9006))?;
    or_refuse(person::identity_document(kind_of(held)?))
}

/// Refuses when there is a finding.
fn or_refuse(refused: Option<Finding>) -> Result<(), Findings> {
    refused.map_or(Ok(()), |found| Err(found.into()))
}
