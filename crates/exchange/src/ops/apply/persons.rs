//! Guardians and contacts: who is already here, and what is told of them.

use super::{Doing, Pass};
use crate::model::{Before, Touch};
use crate::rules::{ContactDraft, same_person};
use db::{Reading, Tx};
use kernel::text::fold;
use kernel::{ContactId, Outcome, PersonId};
use people::known::persons_named;
use people::{Contact, NewContact, On, Person, PersonOf, Record, Student, StudentContact};
use std::collections::HashMap;

/// The persons who may be meant by a chunk, by folded last name.
#[derive(Default)]
pub(super) struct Persons(HashMap<String, Vec<(PersonId, Person)>>);

impl Persons {
    /// Those of these last names, as files write them.
    pub(super) fn of<'a>(
        tx: &mut Tx,
        pass: &Pass,
        last_names: impl Iterator<Item = &'a str>,
    ) -> Outcome<Self> {
        let mut wanted: Vec<String> = last_names.flat_map(spellings).collect();
        wanted.sort();
        wanted.dedup();
        let mut all = Self::default();
        for Record { id, value, .. } in persons_named(tx, pass.permits.edit()?, &wanted)? {
            all.add(id, value);
        }
        Ok(all)
    }
    pub(super) fn add(&mut self, id: PersonId, person: Person) {
        self.0
            .entry(fold(&person.name.last))
            .or_default()
            .push((id, person));
    }
    /// The one who is told, when just one is meant.
    pub(super) fn known(&self, person: &Person) -> Option<PersonId> {
        let mut alike = self
            .0
            .get(&fold(&person.name.last))?
            .iter()
            .filter(|(_, other)| same_person(person, other));
        match (alike.next(), alike.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    }
}

/// `WHITEBEAR` and `Whitebear` are one name.
fn spellings(name: &str) -> [String; 3] {
    let lower = name.to_lowercase();
    let mut letters = lower.chars();
    let title = letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    [name.to_owned(), name.to_uppercase(), title]
}

/// Puts a contact to a student: changes the one of that name, or adds one,
/// with a person who is here or a new one.
pub(super) fn put(
    tx: &mut Tx,
    pass: &Pass,
    (student, draft): (&Student, &ContactDraft),
    persons: &mut Persons,
    doing: &mut Doing,
) -> Outcome<()> {
    let named = |one: &&StudentContact| {
        let name = &one.person.value.name;
        fold(&name.first) == fold(&draft.person.name.first)
            && fold(&name.last) == fold(&draft.person.name.last)
    };
    let mut there = student.contacts.iter().filter(named);
    match there.next() {
        Some(one) => change(tx, pass, (student, draft, one), doing),
        None => add(tx, pass, (student, draft), persons, doing),
    }
}

fn under(draft: &ContactDraft) -> impl Fn(&str) -> String + use<> {
    let prefix = draft.prefix;
    move |field| match (prefix, field) {
        ("", field) => field.to_owned(),
        (prefix, "home_phone") => format!("{prefix}phone"),
        (prefix, field) => format!("{prefix}{field}"),
    }
}

fn add(
    tx: &mut Tx,
    pass: &Pass,
    (student, draft): (&Student, &ContactDraft),
    persons: &mut Persons,
    doing: &mut Doing,
) -> Outcome<()> {
    let now = tx.now();
    let person = match persons.known(&draft.person) {
        Some(id) => PersonOf::Existing(id),
        None => PersonOf::New(PersonId::fresh(now), Box::new(draft.person.clone())),
    };
    let mut contact = draft.contact.clone();
    let today = tx.today();
    let taken = |order: i32| {
        let holding = student
            .contacts
            .iter()
            .filter(|one| one.contact.value.expires_on.is_none_or(|end| end >= today));
        holding
            .map(|one| one.contact.value.call_order)
            .any(|other| other == order)
    };
    while contact.call_order > 0 && taken(contact.call_order) {
        contact.call_order += 1;
    }
    let on = On {
        origin: pass.origin(),
        ..On::new(student.id, ContactId::fresh(now))
    }
    .because(&pass.reason());
    let new = NewContact {
        id: on.id,
        person: person.clone(),
        contact,
    };
    let saved = people::add_contact(tx, pass.permits.edit()?, &on, &new, pass.province.people());
    if let Some(saved) = doing.step(saved, under(draft))? {
        doing.keep(saved.findings, under(draft));
        doing.touched.push(Touch::Contact(student.id, on.id));
        if let PersonOf::New(id, value) = person {
            persons.add(id, *value);
        }
    }
    Ok(())
}

fn change(
    tx: &mut Tx,
    pass: &Pass,
    (student, draft, there): (&Student, &ContactDraft, &StudentContact),
    doing: &mut Doing,
) -> Outcome<()> {
    let mut person = there.person.value.clone();
    for (field, told, kept) in [
        ("middle_name", &draft.person.name.middle, &mut person.name.middle),
        ("suffix", &draft.person.name.suffix, &mut person.name.suffix),
        ("home_phone", &draft.person.home_phone, &mut person.home_phone),
        (
            "mobile_phone",
            &draft.person.mobile_phone,
            &mut person.mobile_phone,
        ),
        ("work_phone", &draft.person.work_phone, &mut person.work_phone),
        ("email", &draft.person.email, &mut person.email),
        ("other_email", &draft.person.other_email, &mut person.other_email),
        ("language", &draft.person.language, &mut person.language),
        ("street", &draft.person.street, &mut person.street),
        ("city", &draft.person.city, &mut person.city),
        ("province", &draft.person.province, &mut person.province),
        ("postal_code", &draft.person.postal_code, &mut person.postal_code),
        ("country", &draft.person.country, &mut person.country),
    ] {
        if draft.told.contains(&field) && !told.eq_ignore_ascii_case(kept) {
            kept.clone_from(told);
        }
    }
    if person != there.person.value {
        let saved = people::change_person(
            tx,
            pass.permits.edit()?,
            (there.person.id, there.person.version),
            (&person, &pass.reason(), pass.origin()),
            pass.province.people(),
        );
        if let Some(saved) = doing.step(saved, under(draft))? {
            doing.keep(saved.findings, under(draft));
            let before = Box::new(there.person.value.clone());
            doing
                .touched
                .push(Touch::Person(there.person.id, before, saved.version));
        }
    }
    let contact = told_contact(draft, &there.contact.value);
    if contact != there.contact.value {
        let on = On {
            origin: pass.origin(),
            ..On::seen(student.id, there.contact.id, there.contact.version)
        };
        let saved = people::change_contact(tx, pass.permits.edit()?, &on.because(&pass.reason()), &contact);
        if let Some(saved) = doing.step(saved, under(draft))? {
            doing.keep(saved.findings, under(draft));
            let before = Before::Contact(there.contact.id, there.contact.value.clone());
            doing.touched.push(Touch::Was(student.id, before, saved.version));
        }
    }
    Ok(())
}

/// The contact with what the row tells; what it does not tell stays.
fn told_contact(draft: &ContactDraft, there: &Contact) -> Contact {
    let mut contact = there.clone();
    for field in &draft.told {
        match *field {
            "relationship" => contact.relationship.clone_from(&draft.contact.relationship),
            "call_order" => contact.call_order = draft.contact.call_order,
            "lives_with" => contact.lives_with = draft.contact.lives_with,
            "may_pick_up" => contact.may_pick_up = draft.contact.may_pick_up,
            "is_emergency" => contact.is_emergency = draft.contact.is_emergency,
            "custody" => contact.custody = draft.contact.custody,
            "portal_access" => contact.portal_access = draft.contact.portal_access,
            "effective_on" => contact.effective_on = draft.contact.effective_on,
            "expires_on" => contact.expires_on = draft.contact.expires_on,
            _ => {}
        }
    }
    contact
}
