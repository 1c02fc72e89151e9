//! One practice student as our record.

use super::enrolment::REASON;
use kernel::{
    AddressId, CitizenshipId, ContactId, EmailId, MedicalAlertId, NameId, PhoneId, RestrictionId, StudentId,
};
use people::{
    Address, AddressKind, AlertSeverity, Citizenship, Contact, Custody, Email, Identity, MedicalAlert, Name,
    NewContact, NewStudent, Origin, PersonOf, Phone, Restriction, RestrictionCode,
};
use practice::model::{
    self as practice_model, PracticeAddress, PracticeFamily, PracticeHousehold, PracticeRestriction,
    PracticeStudent, PracticeTie,
};

/// The id of a practice student.
pub(crate) fn student_id(child: &PracticeStudent) -> StudentId {
    StudentId::derived(&format!("practice-{}", child.key))
}

/// The record of a child; `person` gives the person of an adult by place.
pub(crate) fn new(
    family: &PracticeFamily,
    child: &PracticeStudent,
    mut person: impl FnMut(usize) -> PersonOf,
) -> NewStudent {
    let key = |part: &str| format!("practice-{}-{part}", child.key);
    let identity = Identity {
        asn: Some(child.asn),
        section23: child.section23.to_owned(),
        language_at_home: child.language.to_owned(),
        document_type: child.identity.kind.to_owned(),
        ..Identity::new(child.birth_date, child.gender)
    };
    let home = &family.households[child.household];
    let names = names(child, &key);
    let legal = (NameId::derived(&key("legal")), Name::legal(child.name.clone()));
    let mut new = NewStudent {
        local_number: Some(child.local_number.clone()),
        document_last_four: child.identity.last_four.clone(),
        addresses: addresses(child, home, &key),
        phones: phones(child, home, &key),
        emails: email(child, &key).into_iter().collect(),
        citizenships: citizenships(child, &key),
        restrictions: restrictions(family, child, &key),
        medical_alerts: medical(child, &key),
        contacts: contacts(child, &mut person),
        is_another_person: true,
        reason: REASON.to_owned(),
        // Both sides begin with the record: nobody is told of it.
        origin: Origin::Province,
        ..NewStudent::new(student_id(child), identity, legal)
    };
    new.names = names;
    new
}

fn names(child: &PracticeStudent, key: &dyn Fn(&str) -> String) -> Vec<(NameId, Name)> {
    let mut legal = Name::legal(child.name.clone());
    legal.is_preferred = child.preferred.is_none();
    let mut all = vec![(NameId::derived(&key("legal")), legal)];
    if let Some(preferred) = &child.preferred {
        all.push((
            NameId::derived(&key("preferred")),
            Name::other(preferred.clone(), true),
        ));
    }
    if let Some(former) = &child.former {
        all.push((
            NameId::derived(&key("former")),
            Name::other(former.clone(), false),
        ));
    }
    all
}

fn addresses(
    child: &PracticeStudent,
    home: &PracticeHousehold,
    key: &dyn Fn(&str) -> String,
) -> Vec<(AddressId, Address)> {
    let since = home.since.max(child.birth_date);
    let address = |kind: AddressKind, from: &PracticeAddress| Address {
        kind,
        format: from.format.to_owned(),
        street: from.street.clone(),
        city: from.city.clone(),
        province: from.province.to_owned(),
        postal_code: from.postal_code.clone(),
        country: from.country.to_owned(),
        effective_on: since,
        expires_on: None,
    };
    vec![
        (
            AddressId::derived(&key("mailing")),
            address(AddressKind::Mailing, &home.mailing),
        ),
        (
            AddressId::derived(&key("physical")),
            address(AddressKind::Physical, &home.physical),
        ),
    ]
}

fn phones(
    child: &PracticeStudent,
    home: &PracticeHousehold,
    key: &dyn Fn(&str) -> String,
) -> Vec<(PhoneId, Phone)> {
    let numbers = [("Home", &home.home_phone), ("Mobile", &child.mobile)];
    let given = numbers
        .into_iter()
        .filter_map(|(kind, number)| Some((kind, number.clone()?)));
    given
        .enumerate()
        .map(|(place, (kind, number))| {
            let phone = Phone {
                kind: kind.to_owned(),
                number,
                extension: String::new(),
                is_preferred: place == 0,
                is_listed: kind == "Home",
            };
            (PhoneId::derived(&key(kind)), phone)
        })
        .collect()
}

fn email(child: &PracticeStudent, key: &dyn Fn(&str) -> String) -> Option<(EmailId, Email)> {
    let address = child.email.clone()?;
    Some((
        EmailId::derived(&key("email")),
        Email {
            kind: "School".to_owned(),
            address,
        },
    ))
}

/// The citizenship, and before a permanent residence the study permit the child came with.
fn citizenships(child: &PracticeStudent, key: &dyn Fn(&str) -> String) -> Vec<(CitizenshipId, Citizenship)> {
    let made = &child.citizenship;
    let now = Citizenship {
        status: made.status.to_owned(),
        country: made.country.clone(),
        effective_on: made.effective,
        document_expires_on: made.expires,
    };
    let came = made.effective.plus_days(-540);
    let mut all = vec![(CitizenshipId::derived(&key("citizenship")), now.clone())];
    if made.status == "2" && came > child.birth_date {
        let before = Citizenship {
            status: "5".to_owned(),
            effective_on: came,
            document_expires_on: Some(made.effective.plus_days(190)),
            ..now
        };
        all.push((CitizenshipId::derived(&key("citizenship-before")), before));
    }
    all
}

fn medical(child: &PracticeStudent, key: &dyn Fn(&str) -> String) -> Vec<(MedicalAlertId, MedicalAlert)> {
    let since = child.enrolment.year.starts().max(child.birth_date);
    let alerts = child.medical.iter().enumerate();
    alerts
        .map(|(place, made)| {
            let alert = MedicalAlert {
                severity: if made.life_threatening {
                    AlertSeverity::LifeThreatening
                } else if made.medication.is_empty() {
                    AlertSeverity::Minor
                } else {
                    AlertSeverity::Serious
                },
                alert: made.condition.to_owned(),
                action: made.action.to_owned(),
                plan: made.medication.to_owned(),
                effective_on: since,
                expires_on: None,
            };
            (MedicalAlertId::derived(&key(&format!("medical-{place}"))), alert)
        })
        .collect()
}

fn restrictions(
    family: &PracticeFamily,
    child: &PracticeStudent,
    key: &dyn Fn(&str) -> String,
) -> Vec<(RestrictionId, Restriction)> {
    let made = child.restrictions.iter().enumerate();
    made.filter_map(|(place, made)| {
        let restriction = Restriction {
            code: made.code.parse::<RestrictionCode>().ok()?,
            notice: notice(family, child, made),
            effective_on: made.effective,
            expires_on: made.expires,
        };
        Some((
            RestrictionId::derived(&key(&format!("restriction-{place}"))),
            restriction,
        ))
    })
    .collect()
}

/// What everyone must read: for a court order first to whom the child may be released.
fn notice(family: &PracticeFamily, child: &PracticeStudent, made: &PracticeRestriction) -> String {
    if made.code != "CourtOrdered" {
        return made.details.clone();
    }
    let names: Vec<String> = child
        .ties
        .iter()
        .filter(|tie| tie.may_pick_up)
        .map(|tie| family.adults[tie.adult].name.sentence())
        .collect();
    if names.is_empty() {
        return made.details.clone();
    }
    format!("Release only to {}. {}", listed(&names), made.details)
}

/// `A`, `A or B`, `A, B or C`.
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

fn contacts(child: &PracticeStudent, person: &mut dyn FnMut(usize) -> PersonOf) -> Vec<NewContact> {
    child
        .ties
        .iter()
        .map(|tie| NewContact {
            id: ContactId::derived(&format!("practice-{}-contact-{}", child.key, tie.adult)),
            person: person(tie.adult),
            contact: contact(child, tie),
        })
        .collect()
}

fn contact(child: &PracticeStudent, tie: &PracticeTie) -> Contact {
    use practice_model::Custody as Made;
    let custody = match tie.custody {
        Made::Full => Custody::Sole,
        Made::Shared => Custody::Joint,
        Made::AccessOnly => Custody::Access,
        Made::NoContact => Custody::NoContact,
        Made::Contact => Custody::None,
    };
    // Two guardians without limits in one home have custody together.
    let guardians = child
        .ties
        .iter()
        .filter(|other| other.custody == Made::Full)
        .count();
    let together = custody == Custody::Sole && guardians > 1;
    let barred = custody == Custody::NoContact;
    Contact {
        custody: if together { Custody::Joint } else { custody },
        lives_with: tie.lives_with,
        may_pick_up: tie.may_pick_up && !barred,
        is_emergency: !barred && tie.may_pick_up,
        call_order: if barred { 0 } else { i32::from(tie.call_order) },
        portal_access: tie.portal && !barred,
        note: barred.then(|| "Order of the Court of King’s Bench; a copy is in the office.".to_owned()),
        ..Contact::new(tie.relationship, child.birth_date)
    }
}
