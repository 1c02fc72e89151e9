//! One practice student as the province's record: the same facts as ours, put
//! into the form that travels by the connector itself, so that nothing differs
//! at the start.

use super::family::Loaded;
use super::organization::schedule_id;
use kernel::Date;
use pasi::travel::{self, Enrolled};
use pasi_reference::seed::SeedStudent;
use pasi_wire::messages as wire;
use people::{AddressKind, NewStudent, Person, PersonOf};
use std::collections::HashMap;

/// The persons of a family by id, for the children who only name them.
type Persons<'a> = HashMap<kernel::PersonId, &'a Person>;

/// The province's records of a family's students; nothing for one without an ASN.
pub(crate) fn students(family: &[Loaded], today: Date) -> Vec<SeedStudent> {
    let persons: Persons = family
        .iter()
        .flat_map(|loaded| &loaded.new.contacts)
        .filter_map(|contact| match &contact.person {
            PersonOf::New(id, person) => Some((*id, &**person)),
            PersonOf::Existing(_) => None,
        })
        .collect();
    family
        .iter()
        .filter_map(|loaded| student(loaded, &persons, today))
        .collect()
}

fn student(loaded: &Loaded, persons: &Persons, today: Date) -> Option<SeedStudent> {
    let new = &loaded.new;
    let (asn, born) = (new.identity.asn?, new.identity.birth_date);
    let (_, legal) = new.names.first()?;
    let identification = travel::identification(&new.identity, &legal.name);
    let mut there = SeedStudent::new(asn, identification, loaded.enrol.enrol.start.min(today));
    there.other_names = new
        .names
        .iter()
        .skip(1)
        .filter_map(|(id, name)| travel::other_name(id.uuid(), name, born, today))
        .collect();
    there.addresses = each(&new.addresses, |id, address| travel::address(id.uuid(), address));
    there.phones = each(&new.phones, |id, phone| travel::phone(id.uuid(), phone));
    let first = new.emails.first().map(|(id, _)| *id);
    there.emails = each(&new.emails, |id, email| {
        travel::email(id.uuid(), email, Some(*id) == first)
    });
    there.citizenship = each(&new.citizenships, |id, held| travel::citizenship(id.uuid(), held));
    there.section23_eligibility = some(&new.identity.section23);
    there.language_at_home = some(&new.identity.language_at_home);
    there.disclosure_restrictions = each(&new.restrictions, |id, restriction| {
        travel::restriction(id.uuid(), restriction, today)
    });
    there.medical_alerts = each(&new.medical_alerts, |id, alert| {
        travel::medical_alert(id.uuid(), alert)
    });
    there.guardians = guardians(new, persons);
    there.enrolments = enrolment(loaded).into_iter().collect();
    Some(there)
}

fn each<I, V, T>(all: &[(I, V)], of: impl Fn(&I, &V) -> T) -> Vec<T> {
    all.iter().map(|(id, value)| of(id, value)).collect()
}

/// Empty text is no value.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Contacts in a relationship the province knows.
fn guardians(new: &NewStudent, persons: &Persons) -> Vec<wire::ParentGuardian> {
    let has_home = new
        .addresses
        .iter()
        .any(|(_, address)| address.kind == AddressKind::Physical);
    new.contacts
        .iter()
        .filter_map(|contact| {
            let person = persons.get(&contact.person.id())?;
            travel::guardian(contact.id.uuid(), &contact.contact, person, has_home)
        })
        .collect()
}

fn enrolment(loaded: &Loaded) -> Option<wire::StudentSchoolEnrolment> {
    let ours = &loaded.enrol.enrol;
    let enrolled = Enrolled {
        ref_id: loaded.enrol.id.uuid(),
        asn: loaded.new.identity.asn?,
        school: loaded.school,
        year: ours.year,
        grade: ours.grade,
        start: ours.start,
        exit: ours.exit,
        schedule: Some(schedule_id(loaded.school, ours.year).uuid()),
        local_number: loaded.new.local_number.clone(),
        is_deleted: false,
    };
    Some(travel::enrolment(enrolled, &ours.coding, 0))
}
