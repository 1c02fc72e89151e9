//! A new student judged as a whole: every finding of every part at once.

use super::{
    Judge, address, address_until, call_order, citizenship, contact, email_kind, identity, last_four,
    local_number, medical_alert, names, needs_consent, person, phone, restriction,
};
use crate::model::{NewStudent, Origin, PersonOf};
use kernel::{Date, Findings};

/// Judges a new student as of `today`, by our rules and by those of `province`;
/// fields are named `addresses.0.street`.
pub fn new_student(new: &NewStudent, today: Date, province: &dyn Judge) -> Findings {
    let mut found = identity(&new.identity, today);
    found.extend(last_four(&new.document_last_four));
    found.extend(new.local_number.as_deref().and_then(local_number));
    if new.origin == Origin::Here {
        found.extend(super::identity::chosen_document(&new.identity.document_type));
    }
    found.extend(names(new.names.iter().map(|(_, name)| name)).0);
    for (at, (_, value)) in new.names.iter().enumerate() {
        found.extend(under("names", at, province.name(&value.name)));
        found.extend(needs_consent(value, new.identity.birth_date, today));
    }
    for (at, (_, value)) in new.addresses.iter().enumerate() {
        let until = address_until(value, new.addresses.iter().map(|(_, other)| other));
        let judged = [address(value), province.address(value, until, today)];
        found.extend(judged.into_iter().flat_map(|found| under("addresses", at, found)));
    }
    for (at, (_, value)) in new.phones.iter().enumerate() {
        let judged = [phone(value), province.phone(value)];
        found.extend(judged.into_iter().flat_map(|found| under("phones", at, found)));
    }
    for (at, (_, value)) in new.emails.iter().enumerate() {
        let judged = [email_kind(value), province.email(value)];
        found.extend(judged.into_iter().flat_map(|found| under("emails", at, found)));
    }
    sealed(new, province, &mut found);
    contacts(new, today, province, &mut found);
    found
}

fn sealed(new: &NewStudent, province: &dyn Judge, found: &mut Findings) {
    for (at, (_, value)) in new.citizenships.iter().enumerate() {
        let judged = [citizenship(value), province.citizenship(value)];
        found.extend(
            judged
                .into_iter()
                .flat_map(|found| under("citizenships", at, found)),
        );
    }
    for (at, (_, value)) in new.restrictions.iter().enumerate() {
        let judged = [restriction(value), province.restriction(value)];
        found.extend(
            judged
                .into_iter()
                .flat_map(|found| under("restrictions", at, found)),
        );
    }
    for (at, (_, value)) in new.medical_alerts.iter().enumerate() {
        let judged = [medical_alert(value), province.medical_alert(value)];
        found.extend(
            judged
                .into_iter()
                .flat_map(|found| under("medical_alerts", at, found)),
        );
    }
}

fn contacts(new: &NewStudent, today: Date, province: &dyn Judge, found: &mut Findings) {
    for (at, value) in new.contacts.iter().enumerate() {
        found.extend(under("contacts", at, contact(&value.contact)));
        if let PersonOf::New(_, who) = &value.person {
            let judged = [person(who), province.person(who)];
            found.extend(judged.into_iter().flat_map(|found| under("contacts", at, found)));
        }
    }
    found.extend(call_order(new.contacts.iter().map(|one| &one.contact), today).0);
}

/// The findings with their fields under a record of a list.
fn under(list: &'static str, at: usize, found: Findings) -> impl Iterator<Item = kernel::Finding> {
    found.0.into_iter().map(move |mut finding| {
        finding.field = format!("{list}.{at}.{}", finding.field);
        finding
    })
}
