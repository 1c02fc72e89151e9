//! A letter about a student who was absent once.

use crate::ground::{school, student};
use access::Permit;
use attendance::bulk::{BulkRoll, insert_rolls};
use attendance::{Group, LetterPlan, SendLetters, Slot};
use db::{Reading, Tx};
use kernel::{LetterBatchId, LetterId, Outcome, SchoolYear};
use pdf::letter::Letter;
use std::collections::BTreeSet;
use testkit::date;

/// Makes it; the batch and the letter.
pub(crate) fn add_letter(tx: &mut Tx, seed: &str) -> Outcome<(LetterBatchId, LetterId)> {
    let actor = tx.actor().clone();
    let (permit, view) = (Permit::program(&actor)?, Permit::program(&actor)?);
    let roll = BulkRoll {
        school: school(seed),
        on: date("2026-11-20"),
        slot: Slot::Morning,
        group: Group::Homeroom("6A".to_owned()),
        students: 1,
        taken_at: tx.now(),
        taken_by: "Rolls".to_owned(),
        marks: vec![(student(seed), "A", None, "")],
    };
    insert_rolls(tx, &permit, vec![roll])?;
    let plan = LetterPlan {
        half_days: vec![1],
        ..LetterPlan::unset(None, tx.today())
    };
    attendance::set_letter_plan(tx, &permit, school(seed), &plan)?;
    let due = attendance::letters_due(tx, (&permit, &view), school(seed))?;
    let cmd = SendLetters {
        id: LetterBatchId::derived(seed),
        school: school(seed),
        students: due
            .lines
            .into_iter()
            .map(|line| (line.student, line.seen))
            .collect(),
        read: BTreeSet::from([student(seed)]),
    };
    let letter = Letter {
        lang: "en".to_owned(),
        subject: "Absences".to_owned(),
        ..Letter::default()
    };
    let text = serde_json::to_string(&letter).expect("JSON");
    attendance::send_letters(tx, (&permit, &view), &cmd, &|_, _, _| Ok(text.clone()))?;
    let year = SchoolYear::of(tx.today());
    let made = attendance::letters_of(tx, &permit, student(seed), year)?;
    Ok((cmd.id, made.first().expect("a letter was made").id))
}
