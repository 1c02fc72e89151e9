//! Identity: birth date, gender, languages, document, ASN, local number, death.

use crate::events::{Changed, topic};
use crate::model::{ChangeIdentity, FieldChange, Identity, On, Origin};
use crate::ops::save::{Saved, covered, current, write};
use crate::rules;
use crate::search;
use crate::store::kept::{Kept, differences};
use crate::store::read;
use crate::store::rows_sealed::{DetailRow, sealed};
use crate::store::write::is_local_number_taken;
use access::{Permit, action::EditStudents};
use db::{FieldClass, Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{Asn, Date, Failure, Finding, Findings, Outcome, StudentId};

/// Changes birth date, gender, document, section 23, languages, death.
///
/// Refused with findings; a changed ASN goes through [`set_asn`]. A conflict
/// when another save came first. Writes the next version, card, audit
/// `student.identity.change`. Announces `student.identity`, `student.section23`
/// and `student.language`, each when its part changed.
pub fn change_identity(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<StudentId>,
    change: &ChangeIdentity,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: DetailRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let mut findings = rules::identity(&change.identity, tx.today());
    let chosen = change.identity.document_type != old.identity.document_type && on.origin == Origin::Here;
    if chosen {
        findings.extend(rules::chosen_document(&change.identity.document_type));
    }
    findings.extend(change.document_last_four.as_deref().and_then(rules::last_four));
    let findings = findings.or_refuse()?;
    let mut row = DetailRow {
        identity: Identity {
            asn: old.identity.asn,
            ..change.identity.clone()
        },
        ..old.clone()
    };
    if let Some(text) = &change.document_last_four {
        row.document_last4 = sealed(tx, FieldClass::Identity, text)?;
    }
    let version = save(tx, on, &old, row)?;
    Ok(Saved { version, findings })
}

/// Gives the student an ASN, from the province or by hand; none takes a wrong one away.
///
/// Refused when the number is another student's. Announces `student.identity`.
pub fn set_asn(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<StudentId>,
    asn: Option<Asn>,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: DetailRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    if let Some(number) = asn
        && read::by_asn(tx, number)?.is_some_and(|owner| owner != on.student)
    {
        return Err(Failure::Invalid(Finding::refuse("LP-0217", "asn").into()));
    }
    let mut row = old.clone();
    row.identity.asn = asn;
    let version = save(tx, on, &old, row)?;
    Ok(Saved {
        version,
        findings: Findings::default(),
    })
}

/// Gives the student another number within the division. The one given up still
/// finds the student, and is not given out again by itself.
///
/// Refused when another student has it (`LP-0218`) or it is not a number of that
/// form (`LP-0285`). A conflict when another save came first. Writes the next
/// version, card and keys, audit `student.identity.change`. Announces
/// `student.local-number`.
pub fn set_local_number(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<StudentId>,
    number: &str,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: DetailRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let number = squeeze(number);
    let mut findings: Findings = rules::local_number(&number).into_iter().collect();
    if number != old.local_number && is_local_number_taken(tx, &number)? {
        findings.push(Finding::refuse("LP-0218", "local_number"));
    }
    let findings = findings.or_refuse()?;
    let row = DetailRow {
        local_number: number,
        ..old.clone()
    };
    let version = save(tx, on, &old, row)?;
    Ok(Saved { version, findings })
}

/// Notes that the student died on `day`; none takes a mistake back.
///
/// Refused for a day to come or before birth. Announces `student.identity`.
pub fn mark_deceased(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<StudentId>,
    day: Option<Date>,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: DetailRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let mut row = old.clone();
    row.identity.deceased_on = day;
    let findings = rules::identity(&row.identity, tx.today()).or_refuse()?;
    let version = save(tx, on, &old, row)?;
    Ok(Saved { version, findings })
}

fn save(tx: &mut Tx, on: &On<StudentId>, old: &DetailRow, row: DetailRow) -> Outcome<i64> {
    let changes = differences(Some(&old.facts(tx.sealer())?), &row.facts(tx.sealer())?, &[]);
    let version = write(tx, on, Some(old), row)?;
    if on.origin == Origin::Here {
        announce(tx, on.student, version, &changes);
    }
    search::refresh(tx, on.student)?;
    Ok(version)
}

fn announce(tx: &mut Tx, student: StudentId, version: i64, changes: &[FieldChange]) {
    let subject = Subject::new("student", student);
    let event = Changed::new(&student, version, "changed");
    let touched = |fields: &[&str]| changes.iter().any(|change| fields.contains(&change.field));
    if touched(&[
        "asn",
        "birth_date",
        "gender",
        "deceased_on",
        "document_type",
        "document_last_four",
    ]) {
        tx.announce(topic::IDENTITY, &subject, &event);
    }
    if touched(&["local_number"]) {
        tx.announce(topic::LOCAL_NUMBER, &subject, &event);
    }
    if touched(&["section23"]) {
        tx.announce(topic::SECTION23, &subject, &event);
    }
    if touched(&["language_at_home"]) {
        tx.announce(topic::LANGUAGE, &subject, &event);
    }
}
