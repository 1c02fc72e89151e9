//! Rows of students: who is new, who is here, and what is different.

use super::change;
use super::persons::Persons;
use super::{Doing, Pass, Twins, blank, in_savepoint, key_of, same, told};
use crate::model::{RowOutcome, Touch};
use crate::rules::{ContactDraft, StudentDraft, field_of, student};
use crate::store::{Judged, StagedRow};
use db::{Known, Reading, Tx};
use enrolment::bulk::BulkEnrol;
use enrolment::rules::Proposed;
use enrolment::{Enrolment, State, StudentFacts};
use kernel::text::fold;
use kernel::{
    AddressId, CitizenshipId, ContactId, EmailId, EnrolmentId, Failure, Finding, Findings, NameId, Outcome,
    PersonId, PhoneId, SchoolId, SchoolYear, Severity, StudentId,
};
use people::known::{Found, Told, look_up};
use people::{
    Citizenship, Identity, NewContact, NewStudent, Origin, Person, PersonOf, Place, PlaceState, rules,
};
use std::collections::{HashMap, HashSet};

/// A row on its way.
struct Reading1 {
    judged: Judged,
    draft: StudentDraft,
}

/// A student to be made.
struct Making {
    at: usize,
    new: NewStudent,
    enrol: Option<BulkEnrol>,
}

pub(super) fn apply(tx: &mut Tx, pass: &Pass, rows: &[&StagedRow]) -> Outcome<Vec<Judged>> {
    let mut all: Vec<Reading1> = rows
        .iter()
        .map(|row| {
            let mut cells = pass.cells(row);
            let draft = student(&mut cells, &pass.ground);
            Reading1 {
                judged: Judged {
                    findings: cells.found,
                    ..blank(row)
                },
                draft,
            }
        })
        .collect();
    twins(tx, pass, &mut all)?;
    let found = look_up(
        tx,
        pass.permits.view()?,
        &all.iter().map(|one| asked(&one.draft)).collect::<Vec<_>>(),
    )?;
    let last_names: Vec<String> = all
        .iter()
        .flat_map(|one| &one.draft.guardians)
        .map(|one| one.person.name.last.clone())
        .collect();
    let mut persons = Persons::of(tx, pass, last_names.iter().map(String::as_str))?;
    let mut judge = Judging::default();
    let mut making = Vec::new();
    for (at, (one, found)) in all.iter_mut().zip(&found).enumerate() {
        match who(found, &one.draft) {
            Err(finding) => one.judged.findings.push(finding),
            Ok(Some(id)) => {
                let (draft, judged) = (&one.draft, &mut one.judged);
                if judged.findings.refuse() {
                    continue;
                }
                in_savepoint(tx, judged, |tx, doing| {
                    change::student(tx, pass, (id, draft, found), &mut persons, doing)
                })?;
            }
            Ok(None) => making.extend(make(tx, pass, (at, one), &mut persons, &mut judge)?),
        }
    }
    insert(tx, pass, &mut all, making)?;
    Ok(all.into_iter().map(|one| one.judged).collect())
}

/// The keys of a row; the first is kept with it.
fn keys(draft: &StudentDraft) -> Vec<Vec<u8>> {
    let mut keys = Vec::new();
    if let Some(asn) = draft.asn {
        keys.push(key_of(&["asn", asn.as_str()]));
    }
    if let Some(number) = &draft.local_number {
        keys.push(key_of(&["number", number]));
    }
    if keys.is_empty()
        && let Some(born) = draft.birth_date
    {
        keys.push(key_of(&["name", &fold(&draft.legal.full()), born.as_str()]));
    }
    keys
}

fn twins(tx: &mut Tx, pass: &Pass, all: &mut [Reading1]) -> Outcome<()> {
    let first = all.first().map_or(0, |one| one.judged.number);
    let wanted: Vec<Vec<u8>> = all.iter().flat_map(|one| keys(&one.draft)).collect();
    let mut twins = Twins::before(tx, pass, wanted.into_iter(), first)?;
    for one in all {
        let keys = keys(&one.draft);
        match twins.of(&keys, one.judged.number) {
            Some(finding) => one.judged.findings.push(finding),
            None => one.judged.key = keys.into_iter().next(),
        }
    }
    Ok(())
}

fn asked(draft: &StudentDraft) -> Told {
    Told {
        asn: draft.asn,
        local_number: draft.local_number.clone(),
        born: draft.birth_date.map(|born| (draft.legal.clone(), born)),
    }
}

/// Whom the row is about: somebody here, or nobody yet.
fn who(found: &Found, draft: &StudentDraft) -> Result<Option<StudentId>, Finding> {
    match (found.by_asn, found.by_number) {
        (Some(one), Some(other)) if one != other => Err(Finding::refuse("LP-0832", "asn")),
        (Some(id), _) | (None, Some(id)) => Ok(Some(id)),
        (None, None) if found.by_name.len() > 1 => Err(Finding::refuse("LP-0834", "last_name")),
        (None, None) => match found.by_name.first() {
            Some(id) => Ok(Some(*id)),
            // Nobody here has the number with the zero put back: it is a guess.
            None if draft.asn_is_guessed => Err(Finding::refuse("LP-0840", "asn").with(
                "to",
                draft.asn.map(|asn| asn.as_str().to_owned()).unwrap_or_default(),
            )),
            None => Ok(None),
        },
    }
}

/// Judges a new student; none when a rule refuses.
fn make(
    tx: &mut Tx,
    pass: &Pass,
    (at, one): (usize, &mut Reading1),
    persons: &mut Persons,
    judge: &mut Judging,
) -> Outcome<Option<Making>> {
    let (draft, judged) = (&one.draft, &mut one.judged);
    let Some(born) = draft.birth_date else {
        return Ok(None);
    };
    let mut new = new_student(tx, pass, draft, born);
    let mut doing = Doing::default();
    doing.keep(
        rules::new_student(&new, pass.ground.today, pass.province.people()),
        |field| field_of(field, draft),
    );
    let mut enrol = None;
    if let Some(told) = &draft.enrol {
        let bulk = BulkEnrol {
            id: EnrolmentId::fresh(tx.now()),
            student: new.id,
            enrol: told.enrol(),
            reason: pass.reason(),
        };
        doing.keep(judge.new_enrolment(tx, pass, &bulk, draft)?, same);
        enrol = Some(bulk);
    }
    // What already refuses at a field is said once.
    let refused = judged
        .findings
        .0
        .iter()
        .filter(|one| one.severity == Severity::Refuse);
    let said: Vec<String> = refused.map(|one| one.field.clone()).collect();
    let more = doing.found.0.into_iter();
    judged
        .findings
        .extend(more.filter(|one| one.field.is_empty() || !said.contains(&one.field)));
    if judged.findings.refuse() {
        return Ok(None);
    }
    for (contact, draft) in new.contacts.iter_mut().zip(&draft.guardians) {
        match persons.known(&draft.person) {
            Some(id) => contact.person = PersonOf::Existing(id),
            None => persons.add(contact.person.id(), draft.person.clone()),
        }
    }
    new.place = enrol.as_ref().map(|one| Place {
        school: Some(one.enrol.school),
        grade: one.enrol.grade.as_str().to_owned(),
        homeroom: one.enrol.homeroom.clone(),
        state: PlaceState::Enrolled,
        enrolled_on: Some(one.enrol.start),
    });
    Ok(Some(Making { at, new, enrol }))
}

fn new_student(tx: &Tx, pass: &Pass, draft: &StudentDraft, born: kernel::Date) -> NewStudent {
    let (now, today) = (tx.now(), pass.ground.today);
    let mut identity = Identity {
        asn: draft.asn,
        ..Identity::new(born, draft.gender.as_deref().unwrap_or_default())
    };
    draft.tell(&mut identity);
    let mut names = draft.names().into_iter();
    let legal = names.next().expect("the first name is the legal one");
    let mut new = NewStudent::new(StudentId::fresh(now), identity, (NameId::fresh(now), legal));
    new.names.extend(names.map(|name| (NameId::fresh(now), name)));
    new.local_number.clone_from(&draft.local_number);
    new.addresses = draft
        .addresses
        .iter()
        .map(|one| (AddressId::fresh(now), one.clone()))
        .collect();
    new.phones = draft
        .phones
        .iter()
        .map(|one| (PhoneId::fresh(now), one.clone()))
        .collect();
    new.emails = draft
        .email
        .iter()
        .map(|one| (EmailId::fresh(now), one.clone()))
        .collect();
    new.citizenships = citizenship(draft, born, today)
        .map(|one| (CitizenshipId::fresh(now), one))
        .into_iter()
        .collect();
    new.contacts = draft.guardians.iter().map(|one| new_contact(tx, one)).collect();
    new.is_another_person = true;
    new.reason = pass.reason();
    new.origin = pass.origin();
    new
}

/// A citizen is one from birth; any other status is known from today.
pub(super) fn citizenship(
    draft: &StudentDraft,
    born: kernel::Date,
    today: kernel::Date,
) -> Option<Citizenship> {
    let status = draft.citizenship.clone()?;
    let effective_on = if status == "1" { born } else { today };
    Some(Citizenship {
        status,
        country: String::new(),
        effective_on,
        document_expires_on: None,
    })
}

fn new_contact(tx: &Tx, draft: &ContactDraft) -> NewContact {
    let person = PersonOf::New(PersonId::fresh(tx.now()), Box::new(draft.person.clone()));
    NewContact {
        id: ContactId::fresh(tx.now()),
        person,
        contact: draft.contact.clone(),
    }
}

/// The judging of new enrolments, with what is looked up once a chunk.
#[derive(Default)]
struct Judging {
    calendars: HashMap<(SchoolId, SchoolYear), Option<schools::Calendar>>,
    judges: HashMap<String, Box<dyn enrolment::rules::Judge>>,
}

impl Judging {
    fn new_enrolment(
        &mut self,
        tx: &mut Tx,
        pass: &Pass,
        bulk: &BulkEnrol,
        draft: &StudentDraft,
    ) -> Outcome<Findings> {
        let enrol = &bulk.enrol;
        let Some(school) = pass.ground.directory.get(enrol.school) else {
            return Err(Failure::NotFound);
        };
        let key = (enrol.school, enrol.year);
        if let std::collections::hash_map::Entry::Vacant(place) = self.calendars.entry(key) {
            place.insert(match schools::calendar(tx, enrol.school, enrol.year) {
                Ok(calendar) => Some(calendar),
                Err(Failure::NotFound) => None,
                Err(failure) => return Err(failure),
            });
        }
        let status = draft.citizenship.clone().unwrap_or_default();
        if !self.judges.contains_key(&status) {
            let told = Some(status.as_str()).filter(|status| !status.is_empty());
            self.judges
                .insert(status.clone(), pass.province.judge(tx, None, told)?);
        }
        let after = Enrolment {
            id: bulk.id,
            student: bulk.student,
            school: enrol.school,
            year: enrol.year,
            grade: enrol.grade,
            homeroom: enrol.homeroom.clone(),
            start: enrol.start,
            state: State::live(enrol.exit),
            coding: enrol.coding.clone(),
            known: Known::first(tx.actor(), tx.now(), &bulk.reason),
        };
        let facts = StudentFacts {
            born: draft.birth_date.unwrap_or(enrol.start),
            deceased_on: None,
            asn: draft.asn,
        };
        let proposed = Proposed {
            after: &after,
            before: None,
            student: &facts,
            school,
            calendar: self.calendars.get(&key).and_then(Option::as_ref),
            others: &[],
            today: pass.ground.today,
        };
        let mut findings = enrolment::rules::judge(&proposed);
        if let Some(judge) = self.judges.get(&status) {
            findings.extend(judge.enrolment(&proposed).0);
        }
        Ok(findings)
    }
}

/// Writes the new students at once; one by one when one of them stands in the way.
fn insert(tx: &mut Tx, pass: &Pass, all: &mut [Reading1], making: Vec<Making>) -> Outcome<()> {
    if making.is_empty() {
        return Ok(());
    }
    let at_once = tx.attempt(|tx| insert_all(tx, pass, &making));
    match at_once {
        Ok(()) => {}
        Err(Failure::Invalid(_) | Failure::Conflict(_)) => return one_by_one(tx, pass, all, making),
        Err(failure) => return Err(failure),
    }
    for one in &making {
        made(&mut all[one.at].judged, one);
    }
    Ok(())
}

fn made(judged: &mut Judged, one: &Making) {
    judged.outcome = RowOutcome::New;
    judged.touched = vec![Touch::Student(one.new.id)];
    if let Some(enrol) = &one.enrol {
        judged.touched.push(Touch::Enrolled(one.new.id, enrol.id));
    }
}

fn insert_all(tx: &mut Tx, pass: &Pass, making: &[Making]) -> Outcome<()> {
    let new: Vec<NewStudent> = making.iter().map(|one| one.new.clone()).collect();
    people::bulk::insert_students(tx, pass.permits.create()?, &new, pass.province.people())?;
    let enrols: Vec<BulkEnrol> = making.iter().filter_map(|one| one.enrol.clone()).collect();
    let origin: Origin = pass.origin();
    enrolment::bulk::insert_enrolments(tx, pass.permits.enrol()?, origin, enrols)?;
    Ok(())
}

fn one_by_one(tx: &mut Tx, pass: &Pass, all: &mut [Reading1], making: Vec<Making>) -> Outcome<()> {
    // A person whom a row before would have made may not be there: then this row makes it.
    let told: HashMap<PersonId, Person> = making
        .iter()
        .flat_map(|one| &one.new.contacts)
        .filter_map(|contact| match &contact.person {
            PersonOf::New(id, person) => Some((*id, (**person).clone())),
            PersonOf::Existing(_) => None,
        })
        .collect();
    let mut there = HashSet::new();
    for mut one in making {
        for contact in &mut one.new.contacts {
            let id = contact.person.id();
            if let (Some(person), false) = (told.get(&id), there.contains(&id)) {
                contact.person = PersonOf::New(id, Box::new(person.clone()));
            }
        }
        let judged = &mut all[one.at].judged;
        match tx.attempt(|tx| insert_all(tx, pass, std::slice::from_ref(&one))) {
            Ok(()) => {
                there.extend(one.new.contacts.iter().map(|contact| contact.person.id()));
                made(judged, &one);
            }
            Err(failure) => judged.findings.extend(told_of(failure)?.0),
        }
    }
    Ok(())
}

fn told_of(failure: Failure) -> Outcome<Findings> {
    told(failure)
}
