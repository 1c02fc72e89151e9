//! Guardians and contacts.

use super::tidy::is_here;
use super::{at_most, dates, shape};
use crate::model::{Contact, Custody, LOCAL_RELATIONSHIPS, Person};
use codes::{CodeSet, set};
use kernel::{Date, Finding, Findings};

/// Longest province or state, and longest postal code, of an address anywhere.
const LONGEST: [(&str, usize); 2] = [("province", 60), ("postal_code", 20)];

/// Judges a person's phones, language and address; name and e-mails are the province's to judge.
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
    for (field, most) in LONGEST {
        let text = if field == "province" {
            &person.province
        } else {
            &person.postal_code
        };
        at_most(field, text, most, &mut found);
    }
    let is_of = |of: CodeSet, code: &str| code.is_empty() || set(of).find(code).is_some();
    if !is_of(CodeSet::LanguageAtHome, &person.language) {
        found.push(Finding::refuse("LP-0210", "language"));
    }
    if !is_of(CodeSet::Country, &person.country) {
        found.push(Finding::refuse("LP-0241", "country"));
    }
    let is_listed = is_here(&person.country) || person.country == "US";
    if is_listed && !is_of(CodeSet::Province, &person.province) {
        found.push(Finding::warn("LP-0269", "province"));
    }
    if is_here(&person.country) && !person.postal_code.is_empty() && !is_postal_code(&person.postal_code) {
        found.push(Finding::warn("LP-0268", "postal_code"));
    }
    found
}

/// Letter, digit, letter, blank, digit, letter, digit.
fn is_postal_code(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|sign| match sign {
            'A'..='Z' => 'A',
            '0'..='9' => '1',
            other => other,
        })
        .collect();
    shape == "A1A 1A1"
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
