//! Guardians and contacts. A person is shared by siblings: changing one changes it for each.

use crate::events::{Changed, topic};
use crate::model::{CardRow, Contact, NewContact, On, Origin, Person, PersonOf};
use crate::ops::save::{Detail, Saved, covered, current, write};
use crate::rules::{self, Judge};
use crate::search;
use crate::store::kept::differences;
use crate::store::read::{self, When};
use crate::store::rows::PersonRow;
use crate::store::rows_sealed::ContactRow;
use crate::store::write::Batch;
use access::{
    Action, Permit, Scope,
    action::{EditStudents, ViewStudents},
};
use db::schema::contact;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{ContactId, Date, Failure, Finding, Findings, Outcome, PersonId, StudentId};
use serde::Serialize;

/// Adds a contact: a new person, or one that is there, such as a sibling's guardian.
///
/// An existing person must stand around a student of the permit's scope.
/// Refused with findings; when the person already is a contact; when the place
/// in the calling order is taken. Announces `student.contact`.
pub fn add_contact(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<ContactId>,
    new: &NewContact,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let mut findings = rules::contact(&new.contact);
    match &new.person {
        PersonOf::New(_, person) => {
            let person = rules::tidy_person(person);
            findings.extend(rules::person(&person).0);
            findings.extend(province.person(&person).0);
        }
        PersonOf::Existing(id) => reaches(tx, permit, *id)?,
    }
    let there = read::rows::<ContactRow>(tx, on.student, When::Now)?;
    let today = tx.today();
    if there
        .iter()
        .any(|row| row.person_id == new.person.id() && row.holds_on(today))
    {
        findings.push(Finding::refuse("LP-0266", "person"));
    }
    findings.extend(order(&there, on.id, &new.contact, today).0);
    let findings = findings.or_refuse()?;
    if let PersonOf::New(id, person) = &new.person {
        let mut batch = Batch::default();
        batch.person(tx, *id, &rules::tidy_person(person), &on.reason);
        batch.insert(tx)?;
    }
    let on = On {
        seen: 0,
        ..on.clone()
    };
    let row = ContactRow::of_person(tx, on.id, on.student, (new.person.id(), &new.contact))?;
    let version = write(tx, &on, None, row)?;
    search::refresh(tx, on.student)?;
    Ok(Saved { version, findings })
}

/// Changes what a person is to the student. Announces `student.contact`.
pub fn change_contact(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<ContactId>,
    value: &Contact,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: ContactRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let there = read::rows::<ContactRow>(tx, on.student, When::Now)?;
    let mut findings = rules::contact(value);
    findings.extend(order(&there, on.id, value, tx.today()).0);
    let findings = findings.or_refuse()?;
    let mut row = ContactRow::of_person(tx, on.id, on.student, (old.person_id, value))?;
    if value.note.is_none() {
        row.note.clone_from(&old.note);
    }
    let version = write(tx, on, Some(&old), row)?;
    search::refresh(tx, on.student)?;
    Ok(Saved { version, findings })
}

/// Ends a contact on a day, that day included. Announces `student.contact`.
pub fn end_contact(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<ContactId>,
    last_day: Date,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let old: ContactRow = current(tx, on)?.ok_or(Failure::NotFound)?;
    let ended = Contact {
        expires_on: Some(last_day),
        ..old.plain()
    };
    change_contact(tx, permit, on, &ended)
}

/// Numbers the calling order anew: the contacts named are called first, second,
/// third; those not named are not called.
///
/// Refused when one is named twice (`LP-0263`); not found when one is not the
/// student's; a conflict when another save of one came first. Writes the
/// contacts that moved. Announces `student.contact` for each.
pub fn reorder_contacts(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    student: StudentId,
    order: &[(ContactId, i64)],
    reason: &str,
) -> Outcome<()> {
    covered(tx, permit, student)?;
    let there = read::rows::<ContactRow>(tx, student, When::Now)?;
    for (at, (id, seen)) in order.iter().enumerate() {
        if order[..at].iter().any(|(other, _)| other == id) {
            return Err(Failure::refuse("LP-0263", "call_order"));
        }
        let row = there.iter().find(|row| row.id == *id).ok_or(Failure::NotFound)?;
        if row.version != *seen {
            return Err(Failure::stale("contact", *seen, row.version));
        }
    }
    let today = tx.today();
    for row in there.iter().filter(|row| row.holds_on(today)) {
        let place = order.iter().position(|(id, _)| *id == row.id);
        let call_order = place.map_or(0, |at| i32::try_from(at + 1).unwrap_or(99));
        if call_order == row.call_order {
            continue;
        }
        let on = On::seen(student, row.id, row.version).because(reason);
        let next = ContactRow {
            call_order,
            ..row.clone()
        };
        write(tx, &on, Some(row), next)?;
    }
    search::refresh(tx, student)
}

/// Refuses a person typed anew who is known already (`LP-0267`): the same name
/// and a phone or e-mail address in common, around a student of the scope.
/// Another person of the same name is told apart by a middle name or suffix.
pub fn refuse_known(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    person: &Person,
    field: &str,
) -> Outcome<()> {
    match search::known_person(at, permit, person)? {
        None => Ok(()),
        Some(known) => {
            let finding = Finding::refuse("LP-0267", field).with("name", known.value.name.sentence());
            Err(Failure::Invalid(finding.into()))
        }
    }
}

pub(crate) fn order(there: &[ContactRow], saving: ContactId, value: &Contact, today: Date) -> Findings {
    let others = there.iter().filter(|row| row.id != saving).map(ContactRow::plain);
    let all: Vec<Contact> = others.chain(std::iter::once(value.clone())).collect();
    rules::call_order(&all, today)
}

#[derive(Serialize)]
struct Shared<'a> {
    #[serde(flatten)]
    detail: Detail<'a>,
    students: Vec<StudentId>,
}

/// Changes a person, for each student around: the audit names them all, and
/// each learns of it. The permit must cover at least one of them.
///
/// Refused with findings; a conflict when another save came first. Announces
/// `student.contact` for each of the students.
pub fn change_person(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    (id, seen): (PersonId, i64),
    (value, reason, origin): (&Person, &str, Origin),
    province: &dyn Judge,
) -> Outcome<Saved> {
    reaches(tx, permit, id)?;
    let value = rules::tidy_person(value);
    let mut findings = rules::person(&value);
    findings.extend(province.person(&value).0);
    let findings = findings.or_refuse()?;
    let old = PersonRow::get(tx, id)?;
    let row = PersonRow::build(tx, id, &value);
    let changes = differences(Some(&old.facts()), &row.facts(), &[]);
    if changes.is_empty() && old.version == seen {
        return Ok(Saved {
            version: seen,
            findings,
        });
    }
    let version = row.replace(tx, seen, reason)?.version;
    let students = students_around(tx, id)?;
    let detail = Detail {
        record: id.to_string(),
        version,
        reason,
        origin,
        changes,
    };
    let shared = Shared {
        detail,
        students: students.clone(),
    };
    tx.record("person.change", Subject::new("person", id), &shared);
    for student in students {
        search::refresh(tx, student)?;
        if origin == Origin::Here {
            announce(tx, student, id)?;
        }
    }
    Ok(Saved { version, findings })
}

/// One event for each relation of the person to the student.
fn announce(tx: &mut Tx, student: StudentId, person: PersonId) -> Outcome<()> {
    for row in read::rows::<ContactRow>(tx, student, When::Now)? {
        if row.person_id == person {
            let changed = Changed::new(&row.id, row.version, "changed");
            tx.announce(topic::CONTACT, &Subject::new("student", student), &changed);
        }
    }
    Ok(())
}

/// `NotFound` unless the person stands around a student of the scope.
pub(crate) fn reaches<A: Action>(tx: &mut Tx, permit: &Permit<A>, id: PersonId) -> Outcome<()> {
    if *permit.scope() == Scope::Division {
        return PersonRow::get(tx, id).map(|_| ());
    }
    for student in students_around(tx, id)? {
        if permit.covers(tx, student)? {
            return Ok(());
        }
    }
    Err(Failure::NotFound)
}

/// The students a person is a contact of.
pub(crate) fn students_around(at: &mut impl Reading, id: PersonId) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    Ok(contact::table
        .filter(contact::division_id.eq(division).and(contact::person_id.eq(id)))
        .filter(contact::known_to.is_null().and(contact::is_deleted.eq(false)))
        .order(contact::student_id)
        .select(contact::student_id)
        .distinct()
        .load(at.conn())?)
}

/// Whose records change with a person: the students of the scope, by name, and
/// whether there are others.
pub fn shared_by(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: PersonId,
) -> Outcome<(Vec<CardRow>, bool)> {
    let all = students_around(at, id)?;
    let seen = search::cards_of(at, permit, &all)?;
    let beyond = seen.len() < all.len();
    Ok((seen, beyond))
}

/// The students of the scope that a person is a contact of: siblings, on the person's page.
pub fn students_of(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: PersonId,
) -> Outcome<Vec<StudentId>> {
    let mut seen = Vec::new();
    for student in students_around(at, id)? {
        if permit.covers(at, student)? {
            seen.push(student);
        }
    }
    Ok(seen)
}
