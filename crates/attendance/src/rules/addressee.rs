//! To whom a letter home goes, and to whom it never does (`LP-0752`).

use crate::model::{Addressee, Around, NotWritten};
use kernel::Date;
use people::{
    AddressKind, Contact, Custody, LOCAL_RELATIONSHIPS, Person, RestrictionCode, Student, StudentContact,
};

/// From this age on a student is written to, unless guardians are recorded to stay involved. Source: Education Act
/// (Alberta), section 1, independent student.
const OF_AGE: u8 = 18;

/// Who is written to about a student on a day.
///
/// An independent student alone: by a restriction of that name, or of age with
/// no guardians recorded to stay involved. Else parents and guardians with
/// custody, or of whom nothing else is told; nobody whom a court forbids
/// contact, whatever else is recorded of the person; nobody with access alone
/// or without custody. Without an address of their own, those the student lives
/// with get theirs at the student's. Persons of one address share a letter.
pub fn around(student: &Student, day: Date) -> Around {
    let holds = |code: RestrictionCode| {
        student.restrictions.iter().any(|one| {
            let value = &one.value;
            value.code == code && value.effective_on <= day && value.expires_on.is_none_or(|end| end >= day)
        })
    };
    let stays = holds(RestrictionCode::StudentOver18withGuardian);
    let is_of_age = student.identity.birth_date.age_on(day) >= OF_AGE;
    let is_independent = !stays && (is_of_age || holds(RestrictionCode::IndependentUnder18));
    let mut around = Around::default();
    if is_independent {
        match home(student, day) {
            Some(lines) => around.addressees.push(Addressee {
                key: "student".to_owned(),
                names: vec![student.legal().sentence()],
                lines,
                languages: languages(student, ""),
            }),
            None => around
                .left_out
                .push((student.legal().sentence(), NotWritten::NoAddress)),
        }
    }
    for one in &student.contacts {
        let contact = &one.contact.value;
        if !is_now(contact, day) || LOCAL_RELATIONSHIPS.contains(&contact.relationship.as_str()) {
            continue;
        }
        let name = one.person.value.name.sentence();
        match barred(student, one, (is_independent, day)) {
            Some(why) => {
                if !around.left_out.contains(&(name.clone(), why)) {
                    around.left_out.push((name, why));
                }
            }
            None => match address(student, one, day) {
                Some(lines) => add(&mut around.addressees, student, one, lines),
                None => around.left_out.push((name, NotWritten::NoAddress)),
            },
        }
    }
    around
}

fn is_now(contact: &Contact, day: Date) -> bool {
    contact.effective_on <= day && contact.expires_on.is_none_or(|end| end >= day)
}

/// Why a person may not be written to.
fn barred(
    student: &Student,
    one: &StudentContact,
    (is_independent, day): (bool, Date),
) -> Option<NotWritten> {
    let is_forbidden = student.contacts.iter().any(|other| {
        let value = &other.contact.value;
        other.person.id == one.person.id && value.custody == Custody::NoContact && is_now(value, day)
    });
    if is_forbidden {
        return Some(NotWritten::NoContact);
    }
    if is_independent {
        return Some(NotWritten::Independent);
    }
    match one.contact.value.custody {
        Custody::Sole | Custody::Joint | Custody::Unknown => None,
        Custody::Access | Custody::None | Custody::NoContact => Some(NotWritten::NoCustody),
    }
}

/// With those of the same address who want the same language.
fn add(all: &mut Vec<Addressee>, student: &Student, one: &StudentContact, lines: Vec<String>) {
    let person = &one.person.value;
    let languages = languages(student, &person.language);
    let (key, name) = (one.person.id.to_string(), person.name.sentence());
    let shared = all
        .iter_mut()
        .find(|other| other.lines == lines && other.languages == languages);
    match shared {
        Some(other) if other.key.split('+').any(|known| known == key) => {}
        Some(other) => {
            other.key = format!("{}+{key}", other.key);
            other.names.push(name);
        }
        None => all.push(Addressee {
            key,
            names: vec![name],
            lines,
            languages,
        }),
    }
}

/// What the student's letters are to be written in, then what the person speaks.
fn languages(student: &Student, of_person: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for code in [student.identity.letters_in.as_str(), of_person] {
        let code = match code {
            "en" => "ENG",
            "fr" => "FRA",
            other => other,
        };
        if !code.is_empty() && !all.iter().any(|known| known == code) {
            all.push(code.to_owned());
        }
    }
    all
}

fn address(student: &Student, one: &StudentContact, day: Date) -> Option<Vec<String>> {
    let own = &one.person.value;
    if !own.street.is_empty() && !own.city.is_empty() {
        return Some(of_person(own));
    }
    one.contact.value.lives_with.then(|| home(student, day)).flatten()
}

fn of_person(person: &Person) -> Vec<String> {
    lines(
        &person.street,
        (&person.city, &person.province, &person.postal_code),
        &person.country,
    )
}

/// The student's address for letters, else where the student lives.
fn home(student: &Student, day: Date) -> Option<Vec<String>> {
    let held = student
        .address_on(AddressKind::Mailing, day)
        .or(student.address_on(AddressKind::Physical, day))?;
    let one = &held.value;
    let is_whole = !one.street.is_empty() && !one.city.is_empty();
    is_whole.then(|| {
        lines(
            &one.street,
            (&one.city, &one.province, &one.postal_code),
            &one.country,
        )
    })
}

/// As Canada Post wants it: street, city with province and postal code, the country when it is another.
fn lines(street: &str, (city, province, postal_code): (&str, &str, &str), country: &str) -> Vec<String> {
    let place = [
        format!("{city} {province}").trim().to_owned(),
        postal_code.to_owned(),
    ];
    let place: Vec<String> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let mut all = vec![street.to_owned(), place.join("  ")];
    if !matches!(country, "" | "CA") {
        all.push(country.to_owned());
    }
    all
}
