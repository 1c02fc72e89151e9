//! Asking home why a student was away, by e-mail.

use crate::model::{AskedHome, HomeLine, Words, WriteHome};
use crate::{ask, facts, rules, store};
use access::Permit;
use access::action::{ManageAttendance, ViewStudents};
use db::{Reading, Subject, Tx};
use kernel::{Date, Failure, MailId, Outcome, PersonId, SchoolId, StudentId};
use mail::NewMail;
use people::Addressee;
use serde_json::json;
use std::collections::BTreeSet;

/// What the messages are about.
const KIND: &str = "attendance.why";

/// The students whose absence on a day nobody has explained, with who could be asked. Not found outside the permits.
pub fn to_write(
    at: &mut impl Reading,
    (manage, view): (&Permit<ManageAttendance>, &Permit<ViewStudents>),
    school: SchoolId,
    on: Date,
) -> Outcome<Vec<HomeLine>> {
    let mut all = Vec::new();
    for line in ask::unexplained(at, manage, school, on)? {
        let (first_name, addressees) = match people::addressees(at, view, line.student) {
            Ok(found) => found,
            Err(Failure::NotFound) => continue,
            Err(failure) => return Err(failure),
        };
        let posted: BTreeSet<MailId> = line.emails.iter().map(|one| one.mail.id).collect();
        let known = |one: Addressee| {
            let is_posted = posted.contains(&message_id((school, on), line.student, &one));
            (one, is_posted)
        };
        all.push(HomeLine {
            student: line.student,
            first_name,
            marks: line.marks,
            addressees: addressees.into_iter().map(known).collect(),
        });
    }
    Ok(all)
}

/// The same student, day, person and address is the same message, however often it is asked for.
fn message_id((school, on): (SchoolId, Date), student: StudentId, to: &Addressee) -> MailId {
    MailId::derived(&format!(
        "{KIND}/{school}/{on}/{student}/{}/{}",
        to.person, to.email
    ))
}

/// Writes home: a message for each student and person chosen, in `words` of that person's language, each once. A student
/// whose absence was explained meanwhile is left out. Returns how many messages are new.
///
/// Refused by the rules `LP-0770` to `LP-0774`, and whole when one of the persons may not be written to by now; not
/// found outside the permits. Writes: `mail_message`, `attendance_email`, audit `attendance.ask-home` and what
/// [`mail::post`] writes.
pub fn write_home(
    tx: &mut Tx,
    permits: (&Permit<ManageAttendance>, &Permit<ViewStudents>),
    cmd: &WriteHome,
    words: &dyn Fn(&HomeLine, &Addressee) -> Words,
) -> Outcome<usize> {
    facts::covers(permits.0, cmd.school)?;
    rules::judge_chosen(cmd.to.len()).or_refuse()?;
    let lines = to_write(tx, permits, cmd.school, cmd.on)?;
    let mut new = Vec::new();
    for line in &lines {
        for to in chosen(cmd, line)? {
            let said = words(line, to);
            let mail = NewMail {
                id: message_id((cmd.school, cmd.on), line.student, to),
                kind: KIND,
                to: to.email.clone(),
                subject: said.subject,
                text: said.text,
                language: said.language,
            };
            new.push((mail, line.student, to));
        }
    }
    let mails: Vec<NewMail> = new.iter().map(|(mail, ..)| mail.clone()).collect();
    let posted: BTreeSet<MailId> = mail::post(tx, &mails)?.into_iter().collect();
    for (mail, student, to) in new.iter().filter(|(mail, ..)| posted.contains(&mail.id)) {
        note(tx, cmd, (*student, to), mail.id)?;
    }
    Ok(posted.len())
}

/// Whom of a student's contact persons the form chose; refused when one of them may not be written to.
fn chosen<'l>(cmd: &WriteHome, line: &'l HomeLine) -> Outcome<Vec<&'l Addressee>> {
    let wanted: BTreeSet<PersonId> = cmd
        .to
        .iter()
        .filter(|(student, _)| *student == line.student)
        .map(|(_, person)| *person)
        .collect();
    let mut found = Vec::new();
    for person in wanted {
        let mut all = line.addressees.iter().map(|(one, _)| one);
        let to = all.find(|one| one.person == person).ok_or(Failure::NotFound)?;
        rules::judge_addressee(to.unwritten).or_refuse()?;
        found.push(to);
    }
    Ok(found)
}

/// Notes what a message is about.
fn note(tx: &mut Tx, cmd: &WriteHome, (student, to): (StudentId, &Addressee), id: MailId) -> Outcome<()> {
    let row = store::EmailRow {
        division_id: tx.division(),
        id,
        school_id: cmd.school,
        student_id: student,
        on_date: cmd.on,
        person_id: to.person,
        person_name: to.name.clone(),
    };
    store::insert_email(tx, &row)?;
    let detail = json!({ "school_id": cmd.school, "on": cmd.on, "person_id": to.person, "mail_id": id });
    tx.record("attendance.ask-home", Subject::new("student", student), &detail);
    Ok(())
}

/// The messages about a day of a school with how they stand.
pub(crate) fn asked_home(at: &mut impl Reading, school: SchoolId, on: Date) -> Outcome<Vec<AskedHome>> {
    let rows = store::emails_on(at, school, on)?;
    let ids: Vec<MailId> = rows.iter().map(|row| row.id).collect();
    let mut states = mail::states(at, &ids)?;
    let asked = |row: store::EmailRow| {
        Some(AskedHome {
            student: row.student_id,
            person: row.person_id,
            name: row.person_name,
            mail: states.remove(&row.id)?,
        })
    };
    Ok(rows.into_iter().filter_map(asked).collect())
}
