//! Making a student.

use crate::events::{Changed, topic};
use crate::model::{Name, NameKind, NewStudent, Origin, Person, PersonOf, Place, RestrictionCode};
use crate::ops::contacts::reaches;
use crate::ops::ties::follow_family;
use crate::rules::{self, Identified, Judge};
use crate::search::{self, Facts};
use crate::store::read::{self, When};
use crate::store::write::{self, Batch};
use access::{Permit, action::CreateStudents};
use db::{Reading, Subject, Tx};
use kernel::{Date, Finding, Findings, NameId, Outcome, PersonId, StudentId};
use serde::Serialize;
use std::collections::HashMap;

/// What making a student answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The student.
    pub student: StudentId,
    /// The number within the division.
    pub local_number: String,
    /// What was found and did not stop it.
    pub findings: Findings,
    /// The same form came before: nothing was written.
    pub was_there: bool,
}

/// Was a student made with this id before, by the same form?
pub fn is_there(at: &mut impl Reading, _permit: &Permit<CreateStudents>, id: StudentId) -> Outcome<bool> {
    read::exists(at, id)
}

#[derive(Serialize)]
struct Detail<'a> {
    local_number: &'a str,
    birth_date: Date,
    names: Vec<&'a Name>,
    records: usize,
    contacts: Vec<PersonId>,
    origin: Origin,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

/// Makes a student with everything known at the start.
///
/// Refused with every finding at once; a student of the same name and birth
/// date refuses unless `is_another_person`. A person already there must stand
/// around a student of the permit's scope. The same id again writes nothing
/// and answers what is there. Writes the record, card and keys, audit
/// `student.create`. Announces `student.created`, unless it came from the province.
pub fn create_student(
    tx: &mut Tx,
    permit: &Permit<CreateStudents>,
    new: &NewStudent,
    province: &dyn Judge,
) -> Outcome<Created> {
    if read::exists(tx, new.id)? {
        let local_number = read::detail(tx, new.id, When::Now)?.local_number;
        return Ok(Created {
            student: new.id,
            local_number,
            findings: Findings::default(),
            was_there: true,
        });
    }
    if new.school.is_some_and(|school| !permit.covers_school(school)) {
        return Err(kernel::Failure::NotFound);
    }
    for contact in &new.contacts {
        if let PersonOf::Existing(id) = &contact.person {
            reaches(tx, permit, *id)?;
        }
    }
    let new = rules::tidy_new(new);
    let findings = judge(tx, &new, province)?.or_refuse()?;
    let local_number = match &new.local_number {
        Some(number) => number.clone(),
        None => write::next_local_numbers(tx, 1)?
            .pop()
            .expect("one number was asked for"),
    };
    let mut batch = Batch::default();
    batch.add(tx, &new, &local_number)?;
    batch.insert(tx)?;
    let persons = guardians(tx, std::slice::from_ref(&new))?;
    let today = tx.today();
    search::insert_cards(tx, vec![facts_of(&new, &local_number, &persons, today)])?;
    if new
        .contacts
        .iter()
        .any(|one| matches!(one.person, PersonOf::Existing(_)))
    {
        follow_family(tx, new.id)?;
    }
    if let Some(school) = new.school {
        access::place_student(tx, new.id, school, today, today.plus_days(30))?;
    }
    tell(tx, &new, &local_number);
    Ok(Created {
        student: new.id,
        local_number,
        findings,
        was_there: false,
    })
}

/// Days are few in which a made student is seen without an enrolment: 30.
fn tell(tx: &mut Tx, new: &NewStudent, local_number: &str) {
    let subject = Subject::new("student", new.id);
    let records = new.addresses.len() + new.phones.len() + new.emails.len() + new.citizenships.len();
    let detail = Detail {
        local_number,
        birth_date: new.identity.birth_date,
        names: new.names.iter().map(|(_, name)| name).collect(),
        records: records + new.restrictions.len() + new.medical_alerts.len(),
        contacts: new.contacts.iter().map(|one| one.person.id()).collect(),
        origin: new.origin,
        reason: &new.reason,
    };
    tx.record("student.create", subject.clone(), &detail);
    if new.origin == Origin::Here {
        tx.announce(topic::CREATED, &subject, &Changed::created(new.id));
    }
}

/// The rules, and what only the records can tell: numbers taken, the same student twice.
fn judge(tx: &mut Tx, new: &NewStudent, province: &dyn Judge) -> Outcome<Findings> {
    let mut found = rules::new_student(new, tx.today(), province);
    if let Some(asn) = new.identity.asn
        && read::by_asn(tx, asn)?.is_some()
    {
        found.push(Finding::refuse("LP-0217", "asn"));
    }
    if let Some(number) = &new.local_number
        && write::is_local_number_taken(tx, number)?
    {
        found.push(Finding::refuse("LP-0218", "local_number"));
    }
    let legal = new.names.iter().find(|(_, name)| name.kind == NameKind::Legal);
    if let (Some((_, legal)), false) = (legal, new.is_another_person) {
        let born = new.identity.birth_date;
        let this = Identified {
            name: &legal.name,
            born,
            asn: None,
        };
        let others = search::born_alike(tx, &legal.name, born)?;
        let mut doubles = others.iter().filter_map(|(name, asn)| {
            let here = Identified {
                name,
                born,
                asn: *asn,
            };
            province.duplicate(this, here)
        });
        found.extend(doubles.next());
    }
    Ok(found)
}

/// The persons behind the contacts of new students: those made with them, and those already there.
pub(crate) fn guardians(at: &mut impl Reading, all: &[NewStudent]) -> Outcome<HashMap<PersonId, Person>> {
    let mut persons = HashMap::new();
    let mut wanted = Vec::new();
    for contact in all.iter().flat_map(|new| &new.contacts) {
        match &contact.person {
            PersonOf::New(id, person) => {
                persons.insert(*id, (**person).clone());
            }
            PersonOf::Existing(id) => wanted.push(*id),
        }
    }
    wanted.retain(|id| !persons.contains_key(id));
    let known = read::persons(at, &wanted, When::Now)?;
    persons.extend(known.into_iter().map(|(id, row)| (id, row.plain())));
    Ok(persons)
}

/// What the card of a new student is made of.
pub(crate) fn facts_of(
    new: &NewStudent,
    local_number: &str,
    persons: &HashMap<PersonId, Person>,
    today: Date,
) -> Facts {
    let around: Vec<&Person> = new
        .contacts
        .iter()
        .filter_map(|contact| persons.get(&contact.person.id()))
        .collect();
    let called = around
        .iter()
        .flat_map(|person| [&person.home_phone, &person.mobile_phone, &person.work_phone])
        .filter(|number| !number.is_empty());
    let phones = new
        .phones
        .iter()
        .map(|(_, phone)| &phone.number)
        .chain(called)
        .cloned()
        .collect();
    Facts {
        student: new.id,
        local_number: local_number.to_owned(),
        former_numbers: Vec::new(),
        asn: new.identity.asn,
        birth_date: new.identity.birth_date,
        gender: new.identity.gender.clone(),
        names: new
            .names
            .iter()
            .map(|(_, name): &(NameId, Name)| name.clone())
            .collect(),
        phones,
        guardians: around.iter().map(|person| person.name.clone()).collect(),
        restriction: gravest(new, today),
        is_custody_limited: new.contacts.iter().map(|one| &one.contact).any(|one| {
            let holds = one.effective_on <= today && one.expires_on.is_none_or(|end| end >= today);
            holds && rules::custody_limit(one).is_some()
        }),
        place: new.place.clone().unwrap_or_else(Place::nowhere),
        sync_state: String::new(),
    }
}

fn gravest(new: &NewStudent, today: Date) -> Option<RestrictionCode> {
    new.restrictions
        .iter()
        .map(|(_, one)| one)
        .filter(|one| one.effective_on <= today && one.expires_on.is_none_or(|end| end >= today))
        .map(|one| one.code)
        .min()
}
