//! How a school keeps attendance, and its codes.

use crate::facts;
use crate::model::{Code, Codes, Setting};
use crate::{rules, store};
use access::Permit;
use access::action::ManageAttendance;
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{Date, Failure, Outcome};
use serde_json::json;

/// Sets how a school keeps attendance, and the codes it uses from today on in
/// the order of its pages; what it used before stays readable for the days on which it held.
///
/// What stands already is not saved again. Refused by the rules `LP-0718` to
/// `LP-0722`; a conflict when another save came first; not found outside the
/// permit. Writes: `attendance_setting`, `attendance_code`, audit.
pub fn set_up(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    wanted: &Setting,
    codes: &[Code],
) -> Outcome<Setting> {
    facts::covers(permit, wanted.school)?;
    schools::school(tx, wanted.school)?;
    let (today, school) = (tx.today(), wanted.school);
    let (before, codes_before) = (store::setting(tx, school)?, store::codes(tx, school)?);
    let codes_now: Vec<Code> = codes
        .iter()
        .map(|one| as_kept(one, &codes_before, today))
        .collect();
    let mut findings = rules::judge_setting(wanted);
    findings.extend(rules::judge_codes(&Codes(codes_now.clone()), today).0);
    findings.or_refuse()?;
    let codes_after = with_earlier(codes_now, &codes_before, today);
    let is_same = Setting {
        version: before.version,
        ..wanted.clone()
    } == before
        && codes_after == codes_before;
    if is_same {
        return Ok(before);
    }
    if before.version != wanted.version {
        return Err(Failure::stale(
            "attendance_setting",
            wanted.version,
            before.version,
        ));
    }
    let next = Setting {
        version: wanted.version + 1,
        ..wanted.clone()
    };
    store::set_setting(tx, &next)?;
    if codes_after != codes_before {
        store::set_codes(tx, school, &codes_after)?;
    }
    let detail = json!({
        "before": { "setting": before, "codes": codes_before },
        "after": { "setting": next, "codes": codes_after },
    });
    tx.record("attendance.set-up", Subject::new("school", school), &detail);
    Ok(next)
}

/// The code as it is kept: one that says the same as before goes on since it began.
fn as_kept(wanted: &Code, before: &Codes, today: Date) -> Code {
    let tidy = Code {
        letter: wanted.letter.trim().to_owned(),
        label_en: squeeze(&wanted.label_en),
        label_fr: squeeze(&wanted.label_fr),
        meaning: wanted.meaning,
        valid_from: today,
        valid_until: None,
    };
    let says_the_same = |there: &&Code| {
        let (one, other) = (*there, &tidy);
        (&one.letter, &one.label_en, &one.label_fr, one.meaning)
            == (&other.letter, &other.label_en, &other.label_fr, other.meaning)
    };
    before.on(today).find(says_the_same).cloned().unwrap_or(tidy)
}

/// With the codes that are over, each until yesterday; one that began today was never used by then.
fn with_earlier(mut now: Vec<Code>, before: &Codes, today: Date) -> Codes {
    let yesterday = today.plus_days(-1);
    let over: Vec<Code> = before
        .0
        .iter()
        .filter(|old| !now.contains(old) && old.valid_from < today)
        .map(|old| Code {
            valid_until: Some(old.valid_until.map_or(yesterday, |last| last.min(yesterday))),
            ..old.clone()
        })
        .collect();
    now.extend(over);
    Codes(now)
}
