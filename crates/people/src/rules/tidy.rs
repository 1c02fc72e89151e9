//! What is typed, as it is kept: blanks cut, phones as digits, postal codes spaced.

use super::shape::tidy_phone;
use crate::model::{Address, Email, NewStudent, Person, PersonOf, Phone};
use kernel::text::squeeze;

/// An address as it is kept.
#[must_use]
pub fn tidy_address(typed: &Address) -> Address {
    let mut kept = typed.clone();
    for text in [
        &mut kept.street,
        &mut kept.city,
        &mut kept.province,
        &mut kept.postal_code,
        &mut kept.country,
    ] {
        *text = squeeze(text);
    }
    kept.postal_code = postal_code(&kept.postal_code, kept.country == "CA");
    if kept.format == "ATS" {
        kept.street = kept.street.to_uppercase();
    }
    kept
}

/// A phone as it is kept.
#[must_use]
pub fn tidy_student_phone(typed: &Phone) -> Phone {
    Phone {
        number: tidy_phone(&typed.number),
        extension: squeeze(&typed.extension),
        ..typed.clone()
    }
}

/// An e-mail as it is kept.
#[must_use]
pub fn tidy_email(typed: &Email) -> Email {
    Email {
        address: typed.address.trim().to_owned(),
        ..typed.clone()
    }
}

/// A person as it is kept.
#[must_use]
pub fn tidy_person(typed: &Person) -> Person {
    Person {
        name: typed.name.tidy(),
        home_phone: tidy_phone(&typed.home_phone),
        mobile_phone: tidy_phone(&typed.mobile_phone),
        work_phone: tidy_phone(&typed.work_phone),
        email: typed.email.trim().to_owned(),
        other_email: typed.other_email.trim().to_owned(),
        language: tidy_language(&typed.language),
        street: squeeze(&typed.street),
        city: squeeze(&typed.city),
        province: squeeze(&typed.province),
        postal_code: postal_code(&typed.postal_code, is_here(&typed.country)),
        country: squeeze(&typed.country),
    }
}

/// In capitals; one of Canada with its blank.
fn postal_code(typed: &str, is_canadian: bool) -> String {
    let mut kept = squeeze(typed).to_uppercase();
    if is_canadian && kept.len() == 6 && kept.is_ascii() && !kept.contains(' ') {
        kept.insert(3, ' ');
    }
    kept
}

/// Is the country Canada, or not told?
pub(super) fn is_here(country: &str) -> bool {
    matches!(country.trim(), "" | "CA")
}

/// A language by its code; the short words of accounts are the same languages.
fn tidy_language(typed: &str) -> String {
    match typed.trim() {
        "en" => "ENG".to_owned(),
        "fr" => "FRA".to_owned(),
        other => other.to_owned(),
    }
}

/// A new student as it is kept.
#[must_use]
pub fn tidy_new(typed: &NewStudent) -> NewStudent {
    let mut kept = typed.clone();
    for (_, name) in &mut kept.names {
        name.name = name.name.tidy();
    }
    for (_, address) in &mut kept.addresses {
        *address = tidy_address(address);
    }
    for (_, phone) in &mut kept.phones {
        *phone = tidy_student_phone(phone);
    }
    for (_, email) in &mut kept.emails {
        *email = tidy_email(email);
    }
    for contact in &mut kept.contacts {
        if let PersonOf::New(_, person) = &mut contact.person {
            **person = tidy_person(person);
        }
    }
    kept
}
