use crate::events::{Changed, topic};
use crate::model::{NewStudent, Origin, PersonOf};
use crate::ops::{facts_of, follow_family, guardians};
use crate::picture::Picture;
use crate::rules::{self, Judge};
use crate::search;
use crate::store::write::{self, Batch};
use access::ties::Tie;
use access::{Permit, Scope, action::CreateStudents};
use db::schema::student_photo;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Failure, Findings, Outcome, PersonId, StudentId};
use serde::Serialize;
use std::collections::HashSet;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inserted {
    /// The students, in the order given.
    pub students: Vec<StudentId>,
    /// What was found and did not stop them.
    pub findings: Findings,
}

#[derive(Serialize)]
struct Detail<'a> {
    count: usize,
    students: &'a [StudentId],
    reason: &'a str,
}

/// Writes many new students in one transaction: imports, the practice division.
///
/// Siblings share a person: the first names it `New`, the others `Existing`.
/// Refused as a whole with every finding (`students.12.addresses.0.street`);
/// a conflict when an id, an ASN or a local number is taken: the caller looks
/// for those before, since one search a student would cost more than all the
/// rest. Writes record, cards, keys, and one audit row `student.import` for
/// every 500. Announces `student.created` for those whose origin is here.
pub fn insert_students(
    tx: &mut Tx,
    permit: &Permit<CreateStudents>,
    all: &[NewStudent],
    province: &dyn Judge,
) -> Outcome<Inserted> {
    if *permit.scope() != Scope::Division {
        return Err(Failure::Denied("students.create"));
    }
    let all: Vec<NewStudent> = all.iter().map(rules::tidy_new).collect();
    let today = tx.today();
    let findings: Findings = all
        .iter()
        .enumerate()
        .flat_map(|(at, new)| {
            rules::new_student(new, today, province)
                .0
                .into_iter()
                .map(move |mut finding| {
                    finding.field = format!("students.{at}.{}", finding.field);
                    finding
                })
        })
        .collect();
    let findings = findings.or_refuse()?;
    let unnumbered = all.iter().filter(|new| new.local_number.is_none()).count();
    let mut free = write::next_local_numbers(tx, unnumbered)?.into_iter();
    let mut batch = Batch::default();
    let mut cards = Vec::with_capacity(all.len());
    let persons = guardians(tx, &all)?;
    for new in &all {
        let number = match &new.local_number {
            Some(number) => number.clone(),
            None => free
                .next()
                .expect("a number was taken for each student without one"),
        };
        batch.add(tx, new, &number)?;
        cards.push(facts_of(new, &number, &persons, today));
    }
    batch.insert(tx)?;
    search::insert_cards(tx, cards)?;
    follow_families(tx, &all)?;
    tell(tx, &all);
    Ok(Inserted {
        students: all.iter().map(|new| new.id).collect(),
        findings,
    })
}

/// What guardians' ties come to, of the students one of whose persons was here before and has a tie.
fn follow_families(tx: &mut Tx, all: &[NewStudent]) -> Outcome<()> {
    let known = |new: &NewStudent| -> Vec<PersonId> {
        let contacts = new.contacts.iter();
        contacts
            .filter_map(|one| match one.person {
                PersonOf::Existing(person) => Some(person),
                PersonOf::New(..) => None,
            })
            .collect()
    };
    let mut persons: Vec<PersonId> = all.iter().flat_map(known).collect();
    persons.sort_unstable();
    persons.dedup();
    let held = access::ties::around_persons(tx, &persons)?;
    let followed: HashSet<PersonId> = held.iter().filter_map(Tie::person).collect();
    for new in all {
        if known(new).iter().any(|person| followed.contains(person)) {
            follow_family(tx, new.id)?;
        }
    }
    Ok(())
}

/// Writes the photographs of many students who have none yet, in one
/// transaction: the practice division. Writes one audit row
/// `student.photo.import` for every 500; announces nothing.
pub fn insert_photos(
    tx: &mut Tx,
    permit: &Permit<CreateStudents>,
    all: &[(StudentId, &Picture)],
) -> Outcome<()> {
    if *permit.scope() != Scope::Division {
        return Err(Failure::Denied("students.create"));
    }
    let (division, now) = (tx.division(), tx.now());
    let rows: Vec<_> = all
        .iter()
        .map(|(student, picture)| {
            (
                student_photo::division_id.eq(division),
                student_photo::student_id.eq(*student),
                student_photo::tag.eq(picture.tag()),
                student_photo::picture.eq(picture.bytes().to_vec()),
                student_photo::taken_in_at.eq(now),
            )
        })
        .collect();
    db::insert_many!(tx.conn(), student_photo::table, rows)?;
    for some in all.chunks(500) {
        let students: Vec<StudentId> = some.iter().map(|(student, _)| *student).collect();
        let detail = Detail {
            count: students.len(),
            students: &students,
            reason: "",
        };
        tx.record(
            "student.photo.import",
            Subject::new("division", division),
            &detail,
        );
    }
    Ok(())
}

fn tell(tx: &mut Tx, all: &[NewStudent]) {
    let division = tx.division();
    for some in all.chunks(500) {
        let students: Vec<StudentId> = some.iter().map(|new| new.id).collect();
        let reason = some.first().map_or("", |new| new.reason.as_str());
        let detail = Detail {
            count: students.len(),
            students: &students,
            reason,
        };
        tx.record("student.import", Subject::new("division", division), &detail);
    }
    for new in all.iter().filter(|new| new.origin == Origin::Here) {
        tx.announce(
            topic::CREATED,
            &Subject::new("student", new.id),
            &Changed::created(new.id),
        );
    }
}
