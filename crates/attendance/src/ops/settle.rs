//! Periods and the daily roll, made to say the same.

use crate::ask::differing::Seen;
use crate::facts::{self, School};
use crate::model::{Entry, MarkRange, RangeMade, Settle, Slot, Source};
use crate::ops::mark;
use crate::rules::{self, Change};
use crate::store::{self, Wrote};
use access::Permit;
use access::action::ManageAttendance;
use db::Tx;
use kernel::{Failure, Finding, Outcome};

/// Settles where the periods of half a day and its daily roll disagree about a
/// student: the word that is kept is written where the other stood. It is taken
/// back with [`crate::undo_range`]. The same settling twice is one.
///
/// Refused by the rules `LP-0702`, `LP-0706` and `LP-0725`; a conflict when
/// something else stands than the page showed; not found outside the permit.
/// Writes: `attendance_mark`, `attendance_range`, audit.
pub fn settle(tx: &mut Tx, permit: &Permit<ManageAttendance>, cmd: &Settle) -> Outcome<RangeMade> {
    facts::covers(permit, cmd.school)?;
    match store::range(tx, cmd.id) {
        Ok(made) if made.school == cmd.school => return Ok(made),
        Ok(_) => return Err(Failure::NotFound),
        Err(Failure::NotFound) => {}
        Err(failure) => return Err(failure),
    }
    let school = School::read(tx, permit, (cmd.school, cmd.on))?;
    rules::judge_day(&school.facts(), cmd.on, false).or_refuse()?;
    let none = || Failure::Invalid(Finding::refuse("LP-0725", "").into());
    let seen = Seen::read(tx, (cmd.school, cmd.on), &[cmd.student])?.ok_or_else(none)?;
    let half = seen.half(cmd.student, cmd.half).ok_or_else(none)?;
    let how = rules::differ(&half).ok_or_else(none)?;
    let standing: Vec<(Slot, i64)> = std::iter::once(&half.daily)
        .chain(&half.periods)
        .map(|word| (word.slot, word.version))
        .collect();
    if standing != cmd.seen {
        return Err(Failure::stale("attendance_mark", 0, 1));
    }
    let written = rules::settled(&half, how, cmd.keep, &seen.present());
    let wrote = Wrote {
        source: Source::Office,
        reason: "settled",
        range: Some(cmd.id),
    };
    for (slot, letter) in &written {
        let before = seen.mark(cmd.student, *slot).cloned();
        let change = Change {
            entry: Entry {
                student: cmd.student,
                letter: letter.clone(),
                minutes: None,
                comment: String::new(),
                seen: before.as_ref().map_or(0, |mark| mark.known.version),
            },
            before,
            meaning: seen.meaning(letter),
        };
        mark::write(tx, (cmd.school, cmd.on, *slot), &change, &wrote)?;
    }
    let range = MarkRange {
        id: cmd.id,
        school: cmd.school,
        students: vec![cmd.student],
        days: (cmd.on, cmd.on),
        slots: written.iter().map(|(slot, _)| *slot).collect(),
        letter: written
            .first()
            .map(|(_, letter)| letter.clone())
            .unwrap_or_default(),
        comment: String::new(),
    };
    store::insert_range(tx, &range, written.len())?;
    store::range(tx, cmd.id)
}
