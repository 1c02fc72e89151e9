//! Letters: what they say, when they are due, and sending them.

use crate::ask::letter::due_of;
use crate::facts;
use crate::model::{
    Addressee, LetterBatch, LetterDue, LetterPlan, LetterText, LetterUnit, SendLetters, Stated,
};
use crate::store::{self, NewLetter};
use crate::{ask, rules, texts};
use access::action::{ManageAttendance, ManageSchools, ViewStudents};
use access::{Action, Permit};
use db::{Reading, Subject, Tx};
use kernel::{Failure, Finding, Findings, LetterBatchId, Outcome, SchoolId, StudentId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Sets when letters are due at a school, from today on; what held before stays readable.
///
/// What stands already is not saved again. Refused by the rules `LP-0742` and
/// `LP-0743`; a conflict when another save came first; not found outside the
/// permit. Writes: `attendance_letter_plan`, audit.
pub fn set_letter_plan(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    school: SchoolId,
    wanted: &LetterPlan,
) -> Outcome<LetterPlan> {
    facts::covers(permit, school)?;
    schools::school(tx, school)?;
    save_plan(tx, permit, Some(school), wanted)
}

/// The same for every school of the division that has set none of its own.
pub fn set_division_letter_plan(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    wanted: &LetterPlan,
) -> Outcome<LetterPlan> {
    save_plan(tx, permit, None, wanted)
}

fn save_plan<A: Action>(
    tx: &mut Tx,
    permit: &Permit<A>,
    school: Option<SchoolId>,
    wanted: &LetterPlan,
) -> Outcome<LetterPlan> {
    rules::judge_letter_plan(wanted).or_refuse()?;
    let before = store::plan(tx, school)?;
    let held = match &before {
        Some(plan) => plan.clone(),
        None => ask::letter_plan(tx, permit, school)?,
    };
    let version = before.as_ref().map_or(0, |plan| plan.version);
    let says = |plan: &LetterPlan| {
        let LetterPlan {
            kinds,
            half_days,
            periods,
            language,
            ..
        } = plan;
        (
            kinds.clone(),
            half_days.clone(),
            periods.clone(),
            language.clone(),
        )
    };
    if before.is_some() && says(&held) == says(wanted) {
        return Ok(held);
    }
    if version != wanted.version {
        return Err(Failure::stale("attendance_letter_plan", wanted.version, version));
    }
    let next = LetterPlan {
        school,
        valid_from: tx.today(),
        version: version + 1,
        ..wanted.clone()
    };
    store::insert_plan(tx, &next)?;
    let subject = match school {
        Some(school) => Subject::new("school", school),
        None => Subject::new("division", tx.division()),
    };
    tx.record(
        "attendance.letter-plan",
        subject,
        &json!({ "before": held, "after": next }),
    );
    Ok(next)
}

/// Sets what letters in a language say from now on; `unprintable` finds what paper has no shape for.
///
/// What stands already is not saved again. Refused by the rules `LP-0744` to
/// `LP-0746`; a conflict when another save came first. Writes: `attendance_letter_text`, audit.
pub fn set_letter_text(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    wanted: &LetterText,
    unprintable: &dyn Fn(&str) -> Option<char>,
) -> Outcome<LetterText> {
    let wanted = LetterText {
        subject: wanted.subject.trim().to_owned(),
        body: texts::tidy(&wanted.body),
        closing: texts::tidy(&wanted.closing),
        ..wanted.clone()
    };
    rules::judge_letter_text(&wanted, unprintable).or_refuse()?;
    let before = ask::letter_texts(tx, permit)?.remove(&wanted.language);
    let version = before.as_ref().map_or(0, |text| text.version);
    if let Some(there) = before.clone().filter(|there| {
        LetterText {
            version,
            ..wanted.clone()
        } == *there
    }) {
        return Ok(there);
    }
    if version != wanted.version {
        return Err(Failure::stale("attendance_letter_text", wanted.version, version));
    }
    let next = LetterText {
        version: version + 1,
        ..wanted
    };
    store::insert_text(tx, &next)?;
    let subject = Subject::new("division", tx.division());
    tx.record(
        "attendance.letter-text",
        subject,
        &json!({ "before": before, "after": next }),
    );
    Ok(next)
}

/// What a letter says, composed where words are: whom it is about, to whom it goes, by which text.
pub type Compose<'a> = dyn Fn(&LetterDue, &Addressee, (&LetterText, LetterUnit)) -> Outcome<String> + 'a;

/// Makes the letters of the students chosen, one for each address, and records
/// what was stated to whom. The same batch sent twice is one.
///
/// Refused when nobody is chosen (`LP-0750`), when of one of them something
/// else is known than the page showed (`LP-0749`), or nobody may be written to
/// (`LP-0747`), or a restriction was not read (`LP-0748`); the field is the student. Not found outside the permits.
/// Writes: `attendance_letter_batch`, `attendance_letter`, audit.
pub fn send_letters(
    tx: &mut Tx,
    (permit, view): (&Permit<ManageAttendance>, &Permit<ViewStudents>),
    cmd: &SendLetters,
    compose: &Compose<'_>,
) -> Outcome<LetterBatch> {
    facts::covers(permit, cmd.school)?;
    match store::batch(tx, cmd.id) {
        Ok(made) if made.school == cmd.school => return Ok(made),
        Ok(_) => return Err(Failure::NotFound),
        Err(Failure::NotFound) => {}
        Err(failure) => return Err(failure),
    }
    if cmd.students.is_empty() {
        return Err(Failure::refuse("LP-0750", "student"));
    }
    let chosen: BTreeSet<StudentId> = cmd.students.iter().map(|(student, _)| *student).collect();
    let (unit, lines) = due_of(tx, (permit, view), cmd.school, &chosen)?;
    judge(cmd, &lines).or_refuse()?;
    let plan = ask::letter_plan(tx, permit, Some(cmd.school))?;
    let texts = ask::letter_texts(tx, permit)?;
    let until = tx.today();
    let mut letters = Vec::new();
    for line in &lines {
        for addressee in &line.around.addressees {
            let text = text_for(&texts, addressee, &plan)?;
            letters.push(NewLetter {
                student: line.student,
                unit,
                step: line.step,
                addressee: (addressee.key.clone(), addressee.names.join(", ")),
                language: text.language.clone(),
                stated: stated(line, until),
                content: compose(line, addressee, (text, unit))?,
            });
        }
    }
    record(tx, cmd, (unit, &lines));
    store::insert_batch(tx, cmd, letters.len())?;
    store::insert_letters(tx, cmd, letters)?;
    store::batch(tx, cmd.id)
}

/// What was seen must be what is, and somebody must be there to read it.
fn judge(cmd: &SendLetters, lines: &[LetterDue]) -> Findings {
    let mut findings = Findings::default();
    for (student, seen) in &cmd.students {
        let field = format!("student-{student}");
        match lines.iter().find(|line| line.student == *student) {
            Some(line) if line.seen != *seen => findings.push(Finding::refuse("LP-0749", field)),
            Some(line) if line.around.addressees.is_empty() => {
                findings.push(Finding::refuse("LP-0747", field));
            }
            Some(line) if !line.gates.is_empty() && !cmd.read.contains(student) => {
                findings.push(Finding::refuse("LP-0748", field));
            }
            Some(_) => {}
            None => findings.push(Finding::refuse("LP-0749", field)),
        }
    }
    findings
}

fn stated(line: &LetterDue, until: kernel::Date) -> Stated {
    let marks = line.marks.iter();
    Stated {
        until,
        total: line.total,
        marks: marks
            .map(|mark| (mark.on, mark.slot, mark.letter.clone(), mark.meaning))
            .collect(),
    }
}

/// The text in the first of an addressee's languages that there is one in, else in the plan's.
fn text_for<'a>(
    texts: &'a BTreeMap<String, LetterText>,
    addressee: &Addressee,
    plan: &LetterPlan,
) -> Outcome<&'a LetterText> {
    let wanted = addressee.languages.iter().chain([&plan.language]);
    let mut found = wanted.filter_map(|language| texts.get(language));
    let shipped = texts.get("ENG");
    found
        .next()
        .or(shipped)
        .ok_or_else(|| Failure::Fault("letters: no text at all".to_owned()))
}

fn record(tx: &mut Tx, cmd: &SendLetters, (unit, lines): (LetterUnit, &[LetterDue])) {
    for line in lines {
        let detail = json!({
            "school_id": cmd.school, "batch": cmd.id, "unit": unit, "threshold": line.step, "total": line.total,
            "letters": line.around.addressees.len(),
        });
        tx.record(
            "attendance.letter",
            Subject::new("student", line.student),
            &detail,
        );
    }
}

/// Says that the letters of a batch were mailed; they are not taken back any more. Twice is once.
///
/// A batch that was taken back is a conflict; not found outside the permit. Writes: `attendance_letter_batch`, audit.
pub fn mail_letters(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    id: LetterBatchId,
) -> Outcome<LetterBatch> {
    let before = store::batch(tx, id)?;
    facts::covers(permit, before.school)?;
    if store::note_mailed(tx, id)? {
        let subject = Subject::new("attendance_letter_batch", id);
        tx.record(
            "attendance.letter-mailed",
            subject,
            &json!({ "letters": before.letters }),
        );
    } else if before.undone_at.is_some() {
        return Err(Failure::stale("attendance_letter_batch", 0, 0));
    }
    store::batch(tx, id)
}

/// Takes the letters of a batch back before they are mailed: each is due again. Twice is once.
///
/// Refused when they were mailed (`LP-0751`); not found outside the permit.
/// Writes: `attendance_letter_batch`, `attendance_letter`, audit.
pub fn take_back_letters(
    tx: &mut Tx,
    permit: &Permit<ManageAttendance>,
    id: LetterBatchId,
) -> Outcome<LetterBatch> {
    let before = store::batch(tx, id)?;
    facts::covers(permit, before.school)?;
    if before.mailed_at.is_some() {
        return Err(Failure::refuse("LP-0751", "batch"));
    }
    if store::note_taken_back(tx, id)? {
        let subject = Subject::new("attendance_letter_batch", id);
        tx.record(
            "attendance.letter-undo",
            subject,
            &json!({ "letters": before.letters }),
        );
    }
    store::batch(tx, id)
}
