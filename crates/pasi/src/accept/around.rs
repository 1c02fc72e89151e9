//! What PASI says of other names, guardians, citizenship and restrictions becomes ours.

use super::{copy_of, on};
use crate::{difference, map};
use access::Permit;
use access::action::{EditCustody, EditStudents, ViewStudents};
use db::{Reading, Tx};
use kernel::{CitizenshipId, ContactId, Failure, NameId, Outcome, PersonId, RestrictionId, StudentId};
use pasi_wire::messages as wire;
use people::{
    Citizenship, Contact, Name, NameChange, NameKind, NewContact, On, Origin, Person, PersonOf, Record,
    Restriction, RestrictionCode, Student, StudentContact,
};
use uuid::Uuid;

/// What stands as the notice of a restriction that PASI tells without details:
/// a gate is never without words.
const WITHOUT_DETAILS: &str = "PASI has this restriction without details; ask the school that recorded it. \
     PASI a cette restriction sans précisions; demandez à l’école qui l’a inscrite.";

fn id_of(key: &str) -> Outcome<Uuid> {
    key.parse().map_err(|_| Failure::NotFound)
}

/// A name other than the legal one, whole. Which of them is gone by is another question.
pub(super) fn name(tx: &mut Tx, student: StudentId, key: &str) -> Outcome<()> {
    let (id, theirs, ours) = (id_of(key)?, copy_of(tx, student)?, map::load(tx, student)?);
    let (permit, id) = (map::program::<EditStudents>(tx)?, NameId::from_uuid(id));
    let is_it = |name: &&wire::StudentName| name.ref_id == id.uuid() && !name.is_deleted && !name.is_legal;
    let there = theirs.names.iter().find(is_it);
    let kept = ours
        .names
        .iter()
        .find(|kept| kept.id == id && kept.value.kind == NameKind::Other);
    let at: On<NameId> = on(student, id, kept.map_or(0, |kept| kept.version));
    match (there, kept) {
        (Some(there), Some(kept)) => {
            let value = Name {
                name: there.name.clone(),
                source_change: there.source_change_code.clone().unwrap_or_default(),
                ..kept.value.clone()
            };
            people::change_name(
                tx,
                &permit,
                &at,
                (&value, NameChange::Correction),
                &people::rules::OursAlone,
            )
            .map(|_| ())
        }
        (Some(there), None) => people::add_name(
            tx,
            &permit,
            &at,
            &Name {
                source_change: there.source_change_code.clone().unwrap_or_default(),
                ..Name::other(there.name.clone(), false)
            },
            &people::rules::OursAlone,
        )
        .map(|_| ()),
        (None, Some(_)) => people::remove_name(tx, &permit, &at).map(|_| ()),
        (None, None) => Ok(()),
    }
}

/// A field of a guardian, or the guardian as a whole.
pub(super) fn guardian(tx: &mut Tx, student: StudentId, field: &str, key: &str) -> Outcome<()> {
    let (id, theirs, ours) = (id_of(key)?, copy_of(tx, student)?, map::load(tx, student)?);
    let there = theirs
        .guardians
        .iter()
        .find(|there| there.ref_id == id && !there.is_deleted);
    let here = ours.contacts.iter().find(|contact| {
        let pair = map::same_guardian(&ours, contact, &theirs.guardians);
        pair.map_or(contact.contact.id.uuid(), |pair| pair.ref_id) == id
    });
    match (here, there) {
        (None, None) => Ok(()),
        (Some(here), None) => end(tx, student, here),
        (None, Some(there)) => add(tx, &ours, there),
        (Some(here), Some(there)) if field == "guardian" => again(tx, student, here, there),
        (Some(here), Some(there)) => follow(tx, student, field, (here, there)),
    }
}

fn end(tx: &mut Tx, student: StudentId, here: &StudentContact) -> Outcome<()> {
    let (permit, today) = (map::program::<EditStudents>(tx)?, tx.today());
    let at = on(student, here.contact.id, here.contact.version);
    let last_day = here.contact.value.effective_on.max(today);
    people::end_contact(tx, &permit, &at, last_day).map(|_| ())
}

/// A contact whom PASI still has, though it ended here: it goes on.
fn again(
    tx: &mut Tx,
    student: StudentId,
    here: &StudentContact,
    there: &wire::ParentGuardian,
) -> Outcome<()> {
    let permit = map::program::<EditStudents>(tx)?;
    let contact = Contact {
        expires_on: there.expiry_date_override,
        call_order: 0,
        ..here.contact.value.clone()
    };
    let at = on(student, here.contact.id, here.contact.version);
    people::change_contact(tx, &permit, &at, &contact).map(|_| ())
}

/// A guardian whom only PASI has: the person of that name and number who is
/// here already, such as a sibling's guardian, or a new one. Nothing is granted.
fn add(tx: &mut Tx, ours: &Student, there: &wire::ParentGuardian) -> Outcome<()> {
    let (edit, view) = (
        map::program::<EditStudents>(tx)?,
        map::program::<ViewStudents>(tx)?,
    );
    let person = Person {
        language: String::new(),
        ..person_theirs(Person::default(), there)
    };
    let person = match people::known_person(tx, &view, &person)? {
        Some(known) => PersonOf::Existing(known.id),
        None => PersonOf::New(PersonId::fresh(tx.now()), Box::new(person)),
    };
    let id = ContactId::from_uuid(there.ref_id);
    let contact = Contact {
        lives_with: there.resides_with,
        expires_on: there.expiry_date_override,
        ..Contact::new(&there.relationship_type, tx.today())
    };
    let new = NewContact { id, person, contact };
    people::add_contact(tx, &edit, &on(ours.id, id, 0), &new, &people::rules::OursAlone).map(|_| ())
}

/// The person with what PASI says of it.
fn person_theirs(person: Person, there: &wire::ParentGuardian) -> Person {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut theirs = Person {
        name: there.name.clone(),
        home_phone: text(&there.home_phone),
        mobile_phone: text(&there.mobile_phone),
        work_phone: text(&there.work_phone),
        email: text(&there.email),
        ..person
    };
    set_home(&mut theirs, there);
    theirs
}

fn set_home(person: &mut Person, there: &wire::ParentGuardian) {
    let own = there.physical_address.as_ref();
    let part = |of: fn(&wire::GuardianAddress) -> &Option<String>| {
        own.and_then(|own| of(own).clone()).unwrap_or_default()
    };
    person.street = part(|own| &own.street);
    person.city = part(|own| &own.city);
    person.province = part(|own| &own.state_province);
    person.postal_code = part(|own| &own.postal_code);
    person.country = part(|own| &own.country);
}

fn follow(
    tx: &mut Tx,
    student: StudentId,
    field: &str,
    (here, there): (&StudentContact, &wire::ParentGuardian),
) -> Outcome<()> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let (mut person, mut contact) = (here.person.value.clone(), here.contact.value.clone());
    match field {
        "guardian-name" => person.name = there.name.clone(),
        "guardian-home-phone" => person.home_phone = text(&there.home_phone),
        "guardian-mobile-phone" => person.mobile_phone = text(&there.mobile_phone),
        "guardian-work-phone" => person.work_phone = text(&there.work_phone),
        "guardian-email" => person.email = text(&there.email),
        "guardian-address" => set_home(&mut person, there),
        "guardian-relationship" => contact.relationship.clone_from(&there.relationship_type),
        "guardian-lives-with" => contact.lives_with = there.resides_with,
        other => return Err(Failure::Fault(format!("pasi_difference.field {other}"))),
    }
    let permit = map::program::<EditStudents>(tx)?;
    if contact != here.contact.value {
        let at = on(student, here.contact.id, here.contact.version);
        return people::change_contact(tx, &permit, &at, &contact).map(|_| ());
    }
    shared(tx, student, &permit, (&here.person, &person))
}

/// A person is shared: what PASI says of it under one child now stands for the
/// siblings too, and differs there until PASI says so of them, or a person decides.
fn shared(
    tx: &mut Tx,
    student: StudentId,
    permit: &Permit<EditStudents>,
    (known, person): (&Record<PersonId, Person>, &Person),
) -> Outcome<()> {
    let change = (person, "PASI", Origin::Province);
    people::change_person(
        tx,
        permit,
        (known.id, known.version),
        change,
        &people::rules::OursAlone,
    )?;
    let view = map::program::<ViewStudents>(tx)?;
    for sibling in people::students_of(tx, &view, known.id)? {
        if sibling != student {
            difference::judge(tx, sibling)?;
        }
    }
    Ok(())
}

/// A citizenship, whole.
pub(super) fn citizenship(tx: &mut Tx, student: StudentId, key: &str) -> Outcome<()> {
    let (id, theirs, ours) = (id_of(key)?, copy_of(tx, student)?, map::load(tx, student)?);
    let permit = map::program::<EditStudents>(tx)?;
    let id = CitizenshipId::from_uuid(id);
    let there = theirs
        .citizenship
        .iter()
        .find(|there| there.ref_id == id.uuid() && !there.is_deleted);
    let seen = ours
        .citizenships
        .iter()
        .find(|kept| kept.id == id)
        .map(|kept| kept.version);
    let at: On<CitizenshipId> = on(student, id, seen.unwrap_or(0));
    match there {
        Some(there) => {
            let value = Citizenship {
                status: there.status.clone(),
                country: there.country.clone().unwrap_or_default(),
                effective_on: there.effective_date,
                document_expires_on: there.document_expiry_date,
            };
            people::set_citizenship(tx, &permit, &at, &value, &people::rules::OursAlone).map(|_| ())
        }
        None if seen.is_some() => people::remove_citizenship(tx, &permit, &at).map(|_| ()),
        None => Ok(()),
    }
}

/// A disclosure restriction, whole. One that PASI does not have any more ends
/// today and stays on record.
pub(super) fn restriction(tx: &mut Tx, student: StudentId, key: &str) -> Outcome<()> {
    let (id, theirs, ours) = (id_of(key)?, copy_of(tx, student)?, map::load(tx, student)?);
    let (permit, today) = (map::program::<EditCustody>(tx)?, tx.today());
    let id = RestrictionId::from_uuid(id);
    let there = theirs
        .disclosure_restrictions
        .iter()
        .find(|there| there.ref_id == id.uuid() && !there.is_deleted && there.is_active);
    let kept = ours.restrictions.iter().find(|kept| kept.id == id);
    let at: On<RestrictionId> = on(student, id, kept.map_or(0, |kept| kept.version));
    match (there, kept) {
        (Some(there), kept) => {
            let code: RestrictionCode = there
                .code
                .parse()
                .map_err(|_| Failure::Fault(format!("restriction {} is not known", there.code)))?;
            let told = there
                .details
                .clone()
                .unwrap_or_else(|| WITHOUT_DETAILS.to_owned());
            let value = Restriction {
                code,
                notice: kept.map_or(told, |kept| kept.value.notice.clone()),
                effective_on: there.effective_date,
                expires_on: there.expiry_date,
            };
            people::set_restriction(tx, &permit, &at, &value, &people::rules::OursAlone).map(|_| ())
        }
        (None, Some(kept)) => {
            let last_day = kept.value.effective_on.max(today);
            people::end_restriction(tx, &permit, &at, last_day, &people::rules::OursAlone).map(|_| ())
        }
        (None, None) => Ok(()),
    }
}
