//! Guardians and contacts.

use super::{at_most, dates, shape};
use crate::model::{Contact, Custody, LOCAL_RELATIONSHIPS, Person};
use codes::{CodeSet, set};
use kernel::{Date, Finding, Findings};

/// Judges a person's phones and address; name and e-mail are the province's to judge.
pub fn person(person: &Person) -> Findings {
    let mut found = Findings::default();
    let phones = [
        ("home_phone", &person.home_phone),
        ("mobile_phone", &person.mobile_phone),
        ("work_phone", &person.work_phone),
    ];
    for (field, number) in phones {
        found.extend(shape::phone_number(field, number));
    }
    at_most("street", &person.street, 140, &mut found);
    at_most("city", &person.city, 60, &mut found);
    found
}

/// Judges a relation of a person to a student.
pub fn contact(contact: &Contact) -> Findings {
    let mut found = Findings::default();
    let known = set(CodeSet::GuardianRelationship)
        .find(&contact.relationship)
        .is_some()
        || LOCAL_RELATIONSHIPS.contains(&contact.relationship.as_str());
    if !known {
        found.push(Finding::refuse("LP-0262", "relationship"));
    }
    if !(0..=99).contains(&contact.call_order) {
        found.push(Finding::refuse("LP-0264", "call_order"));
    }
    if contact.custody == Custody::NoContact && (contact.may_pick_up || contact.portal_access) {
        found.push(Finding::refuse("LP-0265", "custody"));
    }
    if let Some(note) = &contact.note {
        at_most("note", note, 2000, &mut found);
    }
    dates(contact.effective_on, contact.expires_on, &mut found);
    found
}

/// No two contacts that hold on `day` share a place in the calling order; 0 is no place.
pub fn call_order<'a>(all: impl IntoIterator<Item = &'a Contact>, day: Date) -> Findings {
    let mut taken = Vec::new();
    let mut found = Findings::default();
    for contact in all {
        let holds = contact.expires_on.is_none_or(|end| end >= day);
        if contact.call_order > 0 && holds {
            if taken.contains(&contact.call_order) {
                found.push(Finding::refuse("LP-0263", "call_order").with("order", contact.call_order));
            }
            taken.push(contact.call_order);
        }
    }
    found
}
