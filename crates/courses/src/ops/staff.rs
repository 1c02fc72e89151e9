//! Who teaches a section, from when until when.

use super::{Saved, load, ties};
use crate::model::{NewStaff, Section, Staff};
use crate::rules::{self, ProposedStaff};
use crate::store;
use access::Permit;
use access::action::ManageSections;
use db::{Reading, Subject, Tx};
use kernel::{Date, Failure, Finding, Findings, Outcome, SectionId, SectionStaffId};
use serde_json::json;

/// Puts a member of staff into a section. The same command twice makes one record.
///
/// Refused by the rules `LP-0511`, `LP-0513`, `LP-0521`, `LP-0523` to
/// `LP-0525` and `LP-0527`; not found at another's school. Writes:
/// `section_staff`, whom the account sees, audit.
pub fn add_staff(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    new: &NewStaff,
) -> Outcome<Saved<Staff>> {
    let before = load(tx, permit, section)?;
    let after = Staff {
        id: new.id,
        section,
        account: new.account,
        role: new.role,
        from: new.from,
        until: new.until,
        is_removed: false,
        version: 1,
    };
    if before.staff.contains(&after) {
        return Ok(Saved {
            record: after,
            findings: Findings::default(),
        });
    }
    let findings = judge(tx, &before, &after)?.or_refuse()?;
    store::insert_staff(tx, &after)?;
    settle(tx, "section.add-staff", &before, &after)?;
    Ok(Saved {
        record: after,
        findings,
    })
}

/// Says the last day of a member of staff: that day included, and no student after it.
///
/// Refused when the section is closed (`LP-0513`), its year is over
/// (`LP-0527`), or the day lies outside the section's or before the first
/// (`LP-0521`, `LP-0523`); a conflict when another save came first. Writes as [`add_staff`].
pub fn end_staff(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (SectionStaffId, i64),
    last_day: Date,
) -> Outcome<Staff> {
    let (before, staff) = find(tx, permit, section, (id, seen))?;
    let mut findings = rules::may_change_staff(&before, tx.today());
    if last_day < staff.from {
        findings.push(Finding::refuse("LP-0521", "until").with("first", staff.from));
    } else if !before.covers(last_day) {
        findings.push(
            Finding::refuse("LP-0523", "until")
                .with("first", before.first_day)
                .with("last", before.last_day),
        );
    }
    findings.or_refuse()?;
    let after = Staff {
        until: Some(last_day),
        version: seen + 1,
        ..staff
    };
    store::replace_staff(tx, &after)?;
    settle(tx, "section.end-staff", &before, &after)?;
    Ok(after)
}

/// Takes back that somebody was to teach a section: it was said in error.
///
/// Refused when the section is closed (`LP-0513`) or its year is over
/// (`LP-0527`); a conflict when another save came first. Writes as [`add_staff`].
pub fn remove_staff(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (SectionStaffId, i64),
) -> Outcome<Staff> {
    let (before, staff) = find(tx, permit, section, (id, seen))?;
    rules::may_change_staff(&before, tx.today()).or_refuse()?;
    let after = Staff {
        is_removed: true,
        version: seen + 1,
        ..staff
    };
    store::replace_staff(tx, &after)?;
    settle(tx, "section.remove-staff", &before, &after)?;
    Ok(after)
}

/// The record of a section; not found when it is another section's or taken back.
fn find(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    section: SectionId,
    (id, seen): (SectionStaffId, i64),
) -> Outcome<(Section, Staff)> {
    let before = load(tx, permit, section)?;
    let found = before.staff.iter().find(|staff| staff.id == id).cloned();
    let staff = found.ok_or(Failure::NotFound)?;
    if staff.version != seen || staff.is_removed {
        return Err(Failure::stale("section_staff", seen, staff.version));
    }
    Ok((before, staff))
}

fn settle(tx: &mut Tx, action: &str, before: &Section, staff: &Staff) -> Outcome<()> {
    let detail = json!({
        "staff": staff.id, "account": staff.account, "role": staff.role,
        "from": staff.from, "until": staff.until,
    });
    tx.record(action, Subject::new("section", before.id), &detail);
    let after = store::section(tx, before.id)?;
    ties::settle(tx, &after)
}

fn judge(tx: &mut Tx, section: &Section, after: &Staff) -> Outcome<Findings> {
    let others = store::sections_at(tx, section.school, section.year)?;
    let names = access::staff::names(tx, &[after.account])?;
    // A role that begins later is one on the first day of teaching.
    let day = after.from.max(tx.today());
    let teachers = access::staff::teachers_at(tx, section.school, day)?;
    Ok(rules::judge_staff(&ProposedStaff {
        after,
        section,
        others: &others,
        name: names.get(&after.account).map_or("", String::as_str),
        is_teacher: teachers.iter().any(|one| one.account == after.account),
        today: tx.today(),
    }))
}
