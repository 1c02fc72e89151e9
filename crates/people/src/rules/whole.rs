//! A new student judged as a whole: every finding of every part at once.

use super::{
    address, call_order, citizenship, contact, email_value, identity, last_four, local_number, medical_alert,
    name, names, needs_consent, person, phone, restriction,
};
use crate::model::{NewStudent, Origin, PersonOf};
use kernel::{Date, Findings};

/// Judges a new student as of `today`; fields are named `addresses.0.street`.
pub fn new_student(new: &NewStudent, today: Date) -> Findings {
    let mut found = identity(&new.identity, today);
    found.extend(last_four(&new.document_last_four));
    found.extend(new.local_number.as_deref().and_then(local_number));
    if new.origin == Origin::Here {
        found.extend(super::identity::chosen_document(&new.identity.document_type));
    }
    found.extend(names(new.names.iter().map(|(_, name)| name)).0);
    for (at, (_, value)) in new.names.iter().enumerate() {
        found.extend(under("names", at, name(&value.name)));
        found.extend(needs_consent(value, new.identity.birth_date, today));
    }
    for (at, (_, value)) in new.addresses.iter().enumerate() {
        found.extend(under("addresses", at, address(value)));
    }
    for (at, (_, value)) in new.phones.iter().enumerate() {
        found.extend(under("phones", at, phone(value)));
    }
    for (at, (_, value)) in new.emails.iter().enumerate() {
        found.extend(under("emails", at, email_value(value)));
    }
    for (at, (_, value)) in new.citizenships.iter().enumerate() {
        found.extend(under("citizenships", at, citizenship(value)));
    }
    for (at, (_, value)) in new.restrictions.iter().enumerate() {
        found.extend(under("restrictions", at, restriction(value)));
    }
    for (at, (_, value)) in new.medical_alerts.iter().enumerate() {
        found.extend(under("medical_alerts", at, medical_alert(value)));
    }
    contacts(new, today, &mut found);
    found
}

fn contacts(new: &NewStudent, today: Date, found: &mut Findings) {
    for (at, value) in new.contacts.iter().enumerate() {
        found.extend(under("contacts", at, contact(&value.contact)));
        if let PersonOf::New(_, who) = &value.person {
            found.extend(under("contacts", at, person(who)));
        }
    }
    found.extend(call_order(new.contacts.iter().map(|one| &one.contact), today).0);
}

/// The findings with their fields under a record of a list.
fn under(list: &str, at: usize, found: Findings) -> impl Iterator<Item = kernel::Finding> {
    found.0.into_iter().map(move |mut finding| {
        finding.field = format!("{list}.{at}.{}", finding.field);
        finding
    })
}
