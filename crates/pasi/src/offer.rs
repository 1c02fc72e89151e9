//! The third answer to a difference: neither side as it stands. It opens our
//! own form for the record, with PASI's value in it to begin from.

use crate::difference::Difference;
use crate::{accept, map, mirror};
use db::Reading;
use kernel::{
    AddressId, CitizenshipId, ContactId, EmailId, EnrolmentId, Failure, NameId, Outcome, PersonName, PhoneId,
    ResponsibleSchoolId, StudentId,
};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use people::{AddressKind, NameKind, Student};

/// Which of our forms; none for a record we do not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnForm {
    /// Birth date, gender, languages.
    Details,
    /// The spelling of the legal name.
    LegalName(NameId),
    /// Another name.
    OtherName(Option<NameId>),
    /// An address of the student.
    Address(Option<AddressId>),
    /// A phone of the student.
    Phone(Option<PhoneId>),
    /// An e-mail address of the student.
    Email(Option<EmailId>),
    /// A guardian: the person, and what the person is to the student.
    Contact(Option<ContactId>),
    /// A citizenship.
    Citizenship(Option<CitizenshipId>),
    /// An enrolment.
    Enrolment(EnrolmentId),
    /// A responsible school; PASI's value is told beside its form.
    ResponsibleSchool(Option<ResponsibleSchoolId>),
}

/// A form of ours with PASI's values for its fields, by the fields' names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which form.
    pub form: OwnForm,
    /// Fields with what PASI has in them; empty where PASI has nothing to offer.
    pub values: Vec<(&'static str, String)>,
}

/// For each difference the form in which it can be settled by a third value;
/// none where the province alone decides, where nothing of ours could say it,
/// or where a deletion is the question.
pub fn offers(at: &mut impl Reading, student: StudentId, open: &[Difference]) -> Outcome<Vec<Option<Offer>>> {
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let ours = map::load(at, student)?;
    let theirs = match accept::copy_of(at, student) {
        Ok(theirs) => Some(theirs),
        Err(Failure::NotFound) => None,
        Err(failure) => return Err(failure),
    };
    let mut all = Vec::with_capacity(open.len());
    for found in open {
        all.push(match (found.record_kind.as_str(), &theirs) {
            ("enrolment", _) => of_enrolment(at, found)?,
            ("responsible-school", _) => of_responsible(found),
            (kind, Some(theirs)) => of_person((&ours, theirs), kind, found, at.today()),
            (_, None) => None,
        });
    }
    Ok(all)
}

fn of_responsible(found: &Difference) -> Option<Offer> {
    let id: ResponsibleSchoolId = found.record_key.parse().ok()?;
    let known = Some(id).filter(|_| !found.ours.is_empty());
    offered(OwnForm::ResponsibleSchool(known), Vec::new())
}

fn of_person(
    (ours, theirs): (&Student, &wire::Student),
    kind: &str,
    found: &Difference,
    today: kernel::Date,
) -> Option<Offer> {
    match kind {
        "student" => of_student(ours, theirs, &found.field, today),
        "name" => of_name(ours, theirs, &found.record_key),
        "guardian" => of_guardian(ours, theirs, found),
        "citizenship" => of_citizenship(ours, theirs, &found.record_key),
        // A restriction's notice is not begun from PASI's words.
        _ => None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every caller answers an option")]
fn offered(form: OwnForm, values: Vec<(&'static str, String)>) -> Option<Offer> {
    Some(Offer { form, values })
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn named(name: &PersonName) -> Vec<(&'static str, String)> {
    vec![
        ("first_name", name.first.clone()),
        ("middle_name", name.middle.clone()),
        ("last_name", name.last.clone()),
        ("suffix", name.suffix.clone()),
    ]
}

fn of_student(ours: &Student, theirs: &wire::Student, field: &str, today: kernel::Date) -> Option<Offer> {
    let id = &theirs.identification;
    let details = |name, value| offered(OwnForm::Details, vec![(name, value)]);
    match field {
        "birth-date" => details("birth_date", id.birth_date.to_string()),
        "gender" => details("gender", id.gender.clone()),
        "language" => details("language_at_home", text(theirs.language_at_home.as_ref())),
        "section23" => details("section23", text(theirs.section23_eligibility.as_ref())),
        "legal-name" => {
            let legal = ours.names.iter().find(|one| one.value.kind == NameKind::Legal)?;
            offered(OwnForm::LegalName(legal.id), named(&id.name))
        }
        "preferred-name" => {
            let there = theirs
                .names
                .iter()
                .find(|one| one.is_preferred && !one.is_deleted)?;
            let is_it = |one: &&people::Record<NameId, people::Name>| {
                one.value.kind == NameKind::Other && (one.value.is_preferred || one.id.uuid() == there.ref_id)
            };
            let here = ours.names.iter().find(is_it).map(|one| one.id);
            let mut values = named(&there.name);
            values.push(("is_preferred", "yes".to_owned()));
            offered(OwnForm::OtherName(here), values)
        }
        "mailing-address" => of_address(ours, theirs, AddressKind::Mailing, today),
        "physical-address" => of_address(ours, theirs, AddressKind::Physical, today),
        "phone" => of_phone(ours, theirs),
        "email" => of_email(ours, theirs),
        _ => None,
    }
}

/// The phone that PASI has not, with a number that only PASI has.
fn of_phone(ours: &Student, theirs: &wire::Student) -> Option<Offer> {
    let mut there = theirs.phones.iter().filter(|one| !one.is_deleted);
    let known: Vec<&str> = there.clone().map(|one| one.number.as_str()).collect();
    let own = ours
        .phones
        .iter()
        .find(|one| !known.contains(&one.value.number.as_str()));
    let only_there = there.find(|one| ours.phones.iter().all(|own| own.value.number != one.number));
    let values = only_there.map(|one| vec![("number", one.number.clone())]);
    offered(OwnForm::Phone(own.map(|one| one.id)), values.unwrap_or_default())
}

/// The e-mail address that PASI has not, with one that only PASI has.
fn of_email(ours: &Student, theirs: &wire::Student) -> Option<Offer> {
    let is_same = |own: &people::Record<EmailId, people::Email>, one: &wire::StudentEmail| {
        own.value.address.eq_ignore_ascii_case(&one.address)
    };
    let mut there = theirs.emails.iter().filter(|one| !one.is_deleted);
    let mut all = ours.emails.iter();
    let own = all.find(|own| !there.clone().any(|one| is_same(own, one)));
    let only_there = there.find(|one| !ours.emails.iter().any(|own| is_same(own, one)));
    let values = only_there.map(|one| vec![("address", one.address.clone())]);
    offered(OwnForm::Email(own.map(|one| one.id)), values.unwrap_or_default())
}

fn of_address(
    ours: &Student,
    theirs: &wire::Student,
    kind: AddressKind,
    today: kernel::Date,
) -> Option<Offer> {
    let here = ours.address_on(kind, today).map(|one| one.id);
    let values = map::address_theirs(theirs, kind, today).map(|there| {
        vec![
            ("format", there.address_format.clone()),
            ("street", text(there.street.as_ref())),
            ("city", text(there.city.as_ref())),
            ("province", text(there.state_province.as_ref())),
            ("postal_code", text(there.postal_code.as_ref())),
            ("country", text(there.country.as_ref())),
        ]
    });
    offered(OwnForm::Address(here), values.unwrap_or_default())
}

fn of_name(ours: &Student, theirs: &wire::Student, key: &str) -> Option<Offer> {
    let id: uuid::Uuid = key.parse().ok()?;
    let here = ours
        .names
        .iter()
        .find(|one| one.id.uuid() == id)
        .map(|one| one.id);
    let there = theirs
        .names
        .iter()
        .find(|one| one.ref_id == id && !one.is_deleted);
    offered(
        OwnForm::OtherName(here),
        there.map(|one| named(&one.name)).unwrap_or_default(),
    )
}

fn of_guardian(ours: &Student, theirs: &wire::Student, found: &Difference) -> Option<Offer> {
    let id: uuid::Uuid = found.record_key.parse().ok()?;
    let here = ours.contacts.iter().find(|contact| {
        let pair = map::same_guardian(ours, contact, &theirs.guardians);
        pair.map_or(contact.contact.id.uuid(), |pair| pair.ref_id) == id
    });
    let there = theirs
        .guardians
        .iter()
        .find(|one| one.ref_id == id && !one.is_deleted);
    let contact = here.map(|one| OwnForm::Contact(Some(one.contact.id)));
    let there = match (there, found.field.as_str()) {
        (_, "guardian-same-name") => return None,
        (Some(there), _) => there,
        (None, _) => return offered(contact?, Vec::new()),
    };
    let phone = |name, value: Option<&String>| offered(contact?, vec![(name, text(value))]);
    match found.field.as_str() {
        "guardian-name" => offered(contact?, named(&there.name)),
        "guardian-home-phone" => phone("home_phone", there.home_phone.as_ref()),
        "guardian-mobile-phone" => phone("mobile_phone", there.mobile_phone.as_ref()),
        "guardian-work-phone" => phone("work_phone", there.work_phone.as_ref()),
        "guardian-email" => phone("email", there.email.as_ref()),
        "guardian-address" => {
            let own = there.physical_address.as_ref();
            let part = |of: fn(&wire::GuardianAddress) -> &Option<String>| {
                own.map(|own| text(of(own).as_ref())).unwrap_or_default()
            };
            offered(
                contact?,
                vec![
                    ("street", part(|own| &own.street)),
                    ("city", part(|own| &own.city)),
                    ("province", part(|own| &own.state_province)),
                    ("postal_code", part(|own| &own.postal_code)),
                    ("country", part(|own| &own.country)),
                ],
            )
        }
        "guardian-relationship" => offered(contact?, vec![("relationship", there.relationship_type.clone())]),
        "guardian-lives-with" => {
            let lives = if there.resides_with { "yes" } else { "" };
            offered(contact?, vec![("lives_with", lives.to_owned())])
        }
        _ => offered(contact?, Vec::new()),
    }
}

fn of_citizenship(ours: &Student, theirs: &wire::Student, key: &str) -> Option<Offer> {
    let id: uuid::Uuid = key.parse().ok()?;
    let here = ours.citizenships.iter().find(|one| one.id.uuid() == id);
    let there = theirs
        .citizenship
        .iter()
        .find(|one| one.ref_id == id && !one.is_deleted);
    let values = there.map(|there| {
        let until = there.document_expiry_date.map(|until| until.to_string());
        vec![
            ("status", there.status.clone()),
            ("country", text(there.country.as_ref())),
            ("effective_on", there.effective_date.to_string()),
            ("document_expires_on", until.unwrap_or_default()),
        ]
    });
    offered(
        OwnForm::Citizenship(here.map(|one| one.id)),
        values.unwrap_or_default(),
    )
}

fn of_enrolment(at: &mut impl Reading, found: &Difference) -> Outcome<Option<Offer>> {
    let kind = NotificationType::StudentSchoolEnrolment;
    let copy = mirror::mirrored::<wire::StudentSchoolEnrolment>(at, kind, &found.record_key)?;
    let Some(theirs) = copy.map(|copy| copy.record) else {
        return Ok(None);
    };
    let (coding, exit) = (map::coding_theirs(&theirs), theirs.registration_exit_date);
    let number = |value: Option<i32>| value.map(|value| value.to_string()).unwrap_or_default();
    let several = |name: &'static str, codes: Vec<String>| -> Vec<(&'static str, String)> {
        if codes.is_empty() {
            return vec![(name, String::new())];
        }
        codes.into_iter().map(|code| (name, code)).collect()
    };
    let values = match found.field.as_str() {
        "grade" => vec![(
            "grade",
            theirs
                .grade
                .map(|grade| grade.as_str().to_owned())
                .unwrap_or_default(),
        )],
        "start-date" => vec![("start", theirs.registration_start_date.to_string())],
        "exit-date" | "exit-kind" => {
            let kind = exit.map(|_| theirs.exit_date_type.as_str().to_owned());
            vec![
                ("exit", exit.map(|exit| exit.to_string()).unwrap_or_default()),
                ("exit_kind", kind.unwrap_or_default()),
            ]
        }
        "programming" => vec![
            ("programming_type", coding.programming_type),
            ("programming_timeframe", coding.programming_timeframe),
        ],
        "enrolment-types" => several("types", coding.types),
        "exception-codes" => several("exceptions", coding.exceptions),
        "grants-codes" => several("grants", coding.grants),
        "resident-board" => vec![("resident_board", text(coding.resident_board.as_ref()))],
        "francophone-board" => vec![("francophone_board", text(coding.francophone_board.as_ref()))],
        "indigenous-declaration" => vec![(
            "indigenous_declaration",
            text(coding.indigenous_declaration.as_ref()),
        )],
        "french-hours" => vec![("french_hours", number(coding.french_hours))],
        "program-percentage" => vec![("program_percentage", number(coding.program_percentage))],
        "instruction-hours" => vec![("instruction_hours", number(coding.instruction_hours))],
        "operating-schedule" => vec![("operating_schedule", text(coding.operating_schedule.as_ref()))],
        "source-change" => vec![("source_change", text(coding.source_change.as_ref()))],
        _ => return Ok(None), // whether it counts at all is one side's word or the other's
    };
    let permit = map::program(at)?;
    let ours = enrolment::enrolment(at, &permit, EnrolmentId::from_uuid(theirs.ref_id))?;
    Ok(Some(Offer {
        form: OwnForm::Enrolment(ours.id),
        values,
    })
    .filter(|_| !ours.is_deleted()))
}
