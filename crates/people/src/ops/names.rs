//! Names: the legal one, others, and which one is gone by.

use crate::events::{Changed, topic};
use crate::model::{Name, NameKind, On, Origin};
use crate::ops::save::{Saved, covered, current, write};
use crate::rules::{self, Judge, OursAlone};
use crate::search;
use crate::store::kept::Kept;
use crate::store::read::{self, When};
use crate::store::rows::NameRow;
use access::{Permit, action::EditStudents};
use db::{Reading, Subject, Tx};
use kernel::{Failure, Findings, NameId, Outcome, StudentId};

/// How a legal name changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameChange {
    /// It was written wrongly: the same record says it right.
    Correction,
    /// By a document, such as a marriage or an adoption: the new legal name
    /// takes this id, the old one stays as another name. PASI 4.4 (a).
    Legal {
        /// Of the record that keeps the old name.
        former: NameId,
    },
}

/// Adds another name; when it is preferred, the one gone by until now no longer is.
///
/// Refused for a second legal name. Announces `student.name` for each changed record.
pub fn add_name(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<NameId>,
    name: &Name,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    if on.seen != 0 {
        return Err(Failure::stale("student_name", on.seen, 0));
    }
    put(tx, on, (name, NameChange::Correction), province)
}

/// Changes a name as is said beside it; the change of another name is a correction.
///
/// Refused with findings, and when no name or two names would be legal or
/// preferred. A conflict when another save came first.
pub fn change_name(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<NameId>,
    name: (&Name, NameChange),
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    if on.seen == 0 {
        return Err(Failure::NotFound);
    }
    put(tx, on, name, province)
}

/// Makes a name the one gone by.
pub fn prefer_name(tx: &mut Tx, permit: &Permit<EditStudents>, on: &On<NameId>) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let row: NameRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let name = Name {
        is_preferred: true,
        ..row.plain()
    };
    put(tx, on, (&name, NameChange::Correction), &OursAlone)
}

/// Removes another name; when it was the one gone by, the legal name is from now on.
/// The legal name is refused.
pub fn remove_name(tx: &mut Tx, permit: &Permit<EditStudents>, on: &On<NameId>) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: NameRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    if old.kind == NameKind::Legal {
        return Err(Failure::refuse("LP-0215", "names"));
    }
    let gone = NameRow {
        is_deleted: true,
        is_preferred: false,
        ..old.clone()
    };
    let version = write(tx, on, Some(&old), gone)?;
    if old.is_preferred {
        let others = read::rows::<NameRow>(tx, on.student, When::Now)?;
        if let Some(legal) = others.into_iter().find(|row| row.kind == NameKind::Legal) {
            prefer(tx, on, &legal, true)?;
        }
    }
    search::refresh(tx, on.student)?;
    Ok(Saved {
        version,
        findings: Findings::default(),
    })
}

fn put(
    tx: &mut Tx,
    on: &On<NameId>,
    (name, change): (&Name, NameChange),
    province: &dyn Judge,
) -> Outcome<Saved> {
    let name = Name {
        name: name.name.tidy(),
        ..name.clone()
    };
    let old: Option<NameRow> = current(tx, on)?;
    let mut others = read::rows::<NameRow>(tx, on.student, When::Now)?;
    others.retain(|row| row.id != on.id);
    let mut findings = province.name(&name.name);
    findings.extend(judge(tx, on.student, &name, &others)?.0);
    let findings = findings.or_refuse()?;
    if name.is_preferred {
        for other in others.iter().filter(|row| row.is_preferred) {
            prefer(tx, on, other, false)?;
        }
    }
    let by_document = matches!(change, NameChange::Legal { .. }) && name.kind == NameKind::Legal;
    if let (NameChange::Legal { former }, Some(old)) = (change, &old)
        && name.kind == NameKind::Legal
        && old.name() != name.name
    {
        keep_former(tx, on, former, old, &others)?;
    }
    let row = NameRow::build(tx, on.id, on.student, &name)?;
    let version = write(tx, on, old.as_ref(), row)?;
    if by_document && on.origin == Origin::Here {
        let changed = Changed {
            is_legal_change: true,
            ..Changed::new(&on.id, version, "changed")
        };
        tx.announce(topic::IDENTITY, &Subject::new("student", on.student), &changed);
    }
    search::refresh(tx, on.student)?;
    Ok(Saved { version, findings })
}

/// All names as they will be.
fn judge(tx: &mut Tx, student: StudentId, name: &Name, others: &[NameRow]) -> Outcome<Findings> {
    let will_be = others.iter().map(|row| {
        let other = row.plain();
        Name {
            is_preferred: other.is_preferred && !name.is_preferred,
            ..other
        }
    });
    let all: Vec<Name> = will_be.chain(std::iter::once(name.clone())).collect();
    let mut findings = rules::names(&all);
    let born = read::detail(tx, student, When::Now)?.identity.birth_date;
    findings.extend(rules::needs_consent(name, born, tx.today()));
    findings.extend(rules::why_changed(name));
    Ok(findings)
}

/// Keeps the former legal name as another name, unless an equal one is there. PASI 4.4.
fn keep_former(
    tx: &mut Tx,
    on: &On<NameId>,
    former: NameId,
    old: &NameRow,
    others: &[NameRow],
) -> Outcome<()> {
    if others.iter().any(|row| row.name() == old.name()) {
        return Ok(());
    }
    let kept = On {
        id: former,
        seen: 0,
        ..on.clone()
    };
    let row = NameRow::build(tx, former, on.student, &Name::other(old.name(), false))?;
    write(tx, &kept, None, row)?;
    Ok(())
}

/// Sets or clears "gone by" on another name than the one being saved.
fn prefer(tx: &mut Tx, on: &On<NameId>, row: &NameRow, is_preferred: bool) -> Outcome<()> {
    let this = On {
        id: row.id,
        seen: row.version,
        ..on.clone()
    };
    let next = NameRow {
        is_preferred,
        ..row.clone()
    };
    write(tx, &this, Some(row), next)?;
    Ok(())
}
