//! Legal identity and other names.

use super::create::judge_identification;
use super::sub_records::reference_of_nothing;
use crate::access::Caller;
use crate::refusal::OrReject as _;
use kernel::{Findings, PersonName};
use pasi_wire::messages::{IdentificationRecord, Student, StudentName};
use pasi_wire::rules::person;
use uuid::Uuid;

/// Changes the legal identity.
///
/// A new name with a new source is a new legal name, and the old one stays as
/// another name. A new name with the old source corrects the legal name. In
/// both cases a name that is equal in all parts is taken up again, deleted or
/// not. A new source alone leaves the names.
pub(super) fn identify(
    student: &mut Student,
    sent: &IdentificationRecord,
    by: &Caller,
) -> Result<(), Findings> {
    judge_identification(sent, by.today)?;
    let held = &student.identification;
    let source = |record: &IdentificationRecord| {
        (
            record.source_document_type.clone(),
            record.identity_document_ref_id,
        )
    };
    let is_renamed = held.name != sent.name;
    let has_new_source = source(held) != source(sent);
    if is_renamed {
        rename(student, &sent.name, has_new_source, by);
    }
    student.identification = sent.clone();
    Ok(())
}

fn rename(student: &mut Student, name: &PersonName, keeps_old: bool, by: &Caller) {
    let old = student.names.iter().position(|held| held.is_legal);
    let equal = student
        .names
        .iter()
        .position(|held| !held.is_legal && held.name == *name);
    let was_preferred = old.is_some_and(|place| student.names[place].is_preferred);
    let place = match (equal, old) {
        (Some(place), _) => place,
        (None, Some(place)) if !keeps_old => place,
        _ => {
            student.names.push(StudentName {
                ref_id: next_ref_id(student),
                name: name.clone(),
                is_preferred: false,
                is_legal: false,
                is_original: false,
                is_deleted: false,
                source_change_code: None,
                last_update_utc_time: None,
            });
            student.names.len() - 1
        }
    };
    if let Some(old) = old.filter(|old| *old != place) {
        student.names[old].is_legal = false;
        student.names[old].is_preferred = false;
        student.names[old].is_deleted = !keeps_old;
        student.names[old].last_update_utc_time = Some(by.now);
    }
    let legal = &mut student.names[place];
    legal.name = name.clone();
    legal.is_legal = true;
    legal.is_deleted = false;
    legal.last_update_utc_time = Some(by.now);
    if was_preferred {
        prefer(student, place);
    }
}

/// A GUID for a name the province itself adds: the same for the same history.
fn next_ref_id(student: &Student) -> Uuid {
    let seed = format!(
        "pasi-reference:name:{}:{}",
        student.asn.as_str(),
        student.names.len()
    );
    Uuid::new_v5(&Uuid::NAMESPACE_URL, seed.as_bytes())
}

/// Adds, changes or deletes another name. Of the legal name only the
/// preference changes this way.
pub(super) fn name(student: &mut Student, sent: StudentName, by: &Caller) -> Result<(), Findings> {
    person::name(&sent.name).or_reject()?;
    let place = match student.names.iter().position(|held| held.ref_id == sent.ref_id) {
        None if sent.is_deleted => return Err(reference_of_nothing()),
        None => {
            student.names.push(StudentName {
                is_legal: false,
                is_original: false,
                is_preferred: false,
                last_update_utc_time: Some(by.now),
                ..sent.clone()
            });
            student.names.len() - 1
        }
        Some(place) => place,
    };
    let held = &mut student.names[place];
    if held.is_legal && (held.name != sent.name || sent.is_deleted) {
        return Err(reference_of_nothing());
    }
    if (&held.name, held.is_deleted, &held.source_change_code)
        != (&sent.name, sent.is_deleted, &sent.source_change_code)
    {
        held.name = sent.name;
        held.is_deleted = sent.is_deleted;
        held.source_change_code = sent.source_change_code;
        held.last_update_utc_time = Some(by.now);
    }
    if sent.is_preferred && !sent.is_deleted {
        prefer(student, place);
    } else {
        student.names[place].is_preferred = false;
    }
    if !student.names.iter().any(|held| held.is_preferred)
        && let Some(legal) = student.names.iter().position(|held| held.is_legal)
    {
        prefer(student, legal);
    }
    Ok(())
}

/// Makes one name the preferred one and the others not.
fn prefer(student: &mut Student, place: usize) {
    for (at, held) in student.names.iter_mut().enumerate() {
        held.is_preferred = at == place;
    }
}
