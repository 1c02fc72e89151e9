//! Families: siblings share the persons around them.

use super::{enrolment, student};
use ::enrolment::bulk::BulkEnrol;
use kernel::{PersonId, SchoolCode};
use people::{NewStudent, Person, PersonOf};
use practice::model::{PracticeAdult, PracticeFamily};

/// A student as it is loaded, with its enrolment.
pub(crate) struct Loaded {
    /// The record.
    pub(crate) new: NewStudent,
    /// The enrolment of the school year.
    pub(crate) enrol: BulkEnrol,
    /// The provincial code of its school.
    pub(crate) school: SchoolCode,
}

/// The students of a family. The first child who knows an adult makes the
/// person; the others name the same one.
pub(crate) fn students(family: &PracticeFamily) -> Vec<Loaded> {
    let mut made = vec![false; family.adults.len()];
    family
        .students
        .iter()
        .map(|child| {
            let new = student::new(family, child, |adult| {
                let known = std::mem::replace(&mut made[adult], true);
                person_of(family, adult, known)
            });
            let enrol = enrolment::of(child);
            // As the records keep it, so that the province gets the same letters.
            Loaded {
                new: people::rules::tidy_new(&new),
                enrol,
                school: child.enrolment.school,
            }
        })
        .collect()
}

/// The id of an adult.
pub(crate) fn person_id(adult: &PracticeAdult) -> PersonId {
    PersonId::derived(&format!("practice-{}", adult.key))
}

fn person_of(family: &PracticeFamily, place: usize, known: bool) -> PersonOf {
    let adult = &family.adults[place];
    let id = person_id(adult);
    if known {
        PersonOf::Existing(id)
    } else {
        PersonOf::New(id, Box::new(person(family, adult)))
    }
}

fn person(family: &PracticeFamily, adult: &PracticeAdult) -> Person {
    let home = adult.household.map(|place| &family.households[place]);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut person = Person {
        name: adult.name.clone(),
        mobile_phone: text(&adult.mobile),
        work_phone: text(&adult.work_phone),
        email: text(&adult.email),
        language: adult.language.to_owned(),
        ..Person::default()
    };
    if let Some(home) = home {
        person.home_phone = text(&home.home_phone);
        person.street.clone_from(&home.mailing.street);
        person.city.clone_from(&home.mailing.city);
        home.mailing.province.clone_into(&mut person.province);
        person.postal_code.clone_from(&home.mailing.postal_code);
        home.mailing.country.clone_into(&mut person.country);
    }
    person
}
