//! Taking a roll.

use crate::ask::judge;
use crate::facts::{self, School};
use crate::model::{Entry, Mark, Roll, RollAt, Source, TakeRoll, Taken};
use crate::rules::{self, Change, Decision};
use crate::store;
use access::Permit;
use access::action::TakeAttendance;
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{Outcome, StudentId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Takes a roll: notes who took it and when, and writes the marks that are said.
///
/// The same sending twice is one. Two different sendings are merged student by
/// student: what says the same as what stands is left, what the page saw is
/// changed, and what it did not see clashes and stays. Refused by the rules
/// `LP-0701` to `LP-0711` and `LP-0723`, the whole roll and before anything is written; not
/// found outside the permit, and when nobody stands in the roll. Writes:
/// `attendance_mark`, `attendance_roll`, audit.
pub fn take(tx: &mut Tx, permit: &Permit<TakeAttendance>, cmd: &TakeRoll) -> Outcome<Taken> {
    let roll = &cmd.at;
    let sitting = facts::sitting(tx, roll)?;
    facts::reaches(tx, permit, roll, sitting.as_ref())?;
    let school = School::read(tx, permit, (roll.school, roll.on))?;
    judge(&school, roll, sitting.as_ref()).or_refuse()?;
    let students: BTreeSet<StudentId> = facts::students(tx, roll)?.into_iter().collect();
    let standing = store::of_slot(tx, roll.school, roll.on, roll.slot)?;
    let entries: Vec<Entry> = cmd.entries.iter().map(tidy).collect();
    let decision = rules::decide(roll, &school.codes, &students, &standing, &entries)
        .map_err(kernel::Failure::Invalid)?;
    let sent = store::rolls_of(tx, roll)?;
    if let Some(taken) = store::sent_before(&sent, cmd.key) {
        return Ok(again(taken.clone(), &entries, &standing));
    }
    let taken = Roll {
        at: roll.clone(),
        version: sent.first().map_or(1, |(_, before)| before.version + 1),
        taken_at: tx.now(),
        taken_by: tx.actor().name.clone(),
        source: if facts::is_office(permit) {
            Source::Office
        } else {
            Source::Teacher
        },
        students: i32::try_from(students.len()).unwrap_or(i32::MAX),
    };
    save(tx, cmd, &taken, &decision)?;
    Ok(Taken {
        roll: taken,
        written: decision.changes.len(),
        clashes: decision.clashes,
    })
}

fn tidy(entry: &Entry) -> Entry {
    Entry {
        letter: entry.letter.trim().to_owned(),
        comment: squeeze(&entry.comment),
        ..entry.clone()
    }
}

/// A sending that was taken already: nothing is written; what stands otherwise since is told.
fn again(roll: Roll, entries: &[Entry], standing: &BTreeMap<StudentId, Mark>) -> Taken {
    let differs = |entry: &&Entry| {
        let mark = standing.get(&entry.student)?;
        let is_said = entry.letter.is_empty() || mark.says(&entry.letter, entry.minutes, &entry.comment);
        let is_presumed = entry.letter == "P" && entry.seen == 0;
        (!is_said && !is_presumed).then(|| mark.clone())
    };
    let clashes = entries
        .iter()
        .filter_map(|entry| {
            differs(&entry).map(|theirs| crate::model::Clash {
                ours: entry.clone(),
                theirs,
            })
        })
        .collect();
    Taken {
        roll,
        written: 0,
        clashes,
    }
}

fn save(tx: &mut Tx, cmd: &TakeRoll, taken: &Roll, decision: &Decision) -> Outcome<()> {
    let at = &cmd.at;
    let wrote = store::Wrote {
        source: taken.source,
        reason: "",
        range: None,
    };
    store::replace(tx, (at.school, at.on, at.slot), &decision.changes, &wrote)?;
    store::insert_roll(tx, cmd.key, taken)?;
    let detail = Detail {
        version: taken.version,
        students: taken.students,
        marks: decision.changes.iter().map(Said::of).collect(),
        clashes: decision.clashes.len(),
    };
    tx.record("attendance.take", subject(at), &detail);
    Ok(())
}

/// A roll, as the audit names it.
pub(super) fn subject(at: &RollAt) -> Subject {
    Subject::new(
        "roll",
        format!("{}/{}/{}/{}", at.school, at.on, at.slot, at.group.key()),
    )
}

/// What the audit keeps of a roll; notes stay in the marks.
#[derive(Serialize)]
struct Detail<'a> {
    version: i64,
    students: i32,
    marks: Vec<Said<'a>>,
    clashes: usize,
}

/// A mark in the audit: who, what it was, what it is.
#[derive(Serialize)]
pub(super) struct Said<'a> {
    student: StudentId,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a str>,
    is: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<i32>,
}

impl<'a> Said<'a> {
    pub(super) fn of(change: &'a Change) -> Self {
        Self {
            student: change.entry.student,
            was: change.before.as_ref().map(|before| before.letter.as_str()),
            is: &change.entry.letter,
            minutes: change.entry.minutes,
        }
    }
}
