//! From the counter's form to a command: parsed once, every finding at once.

use super::guardian;
use crate::posted::Fields;
use crate::students::family::address::{CANADA, CANADIAN};
use crate::who::Who;
use crate::{App, findings};
use enrolment::{Claim, Coding, Enrol};
use kernel::{
    AddressId, Asn, CitizenshipId, Date, EnrolmentId, Failure, Finding, Findings, Grade, NameId, Outcome,
    PersonName, PhoneId, SchoolId, SchoolYear, Severity, StudentId,
};
use people::{Address, AddressKind, Citizenship, Identity, Name, NewContact, NewStudent, Phone};

/// What saving does.
#[derive(Clone)]
pub(super) struct Command {
    pub(super) student: NewStudent,
    pub(super) enrolment_id: EnrolmentId,
    pub(super) enrol: Enrol,
}

/// Name and birth date, once both are there: what a search needs.
pub(super) fn name_and_birth(fields: &Fields) -> Option<(PersonName, Date)> {
    let name = name(fields);
    let born = fields.get("born").parse().ok()?;
    (!name.first.is_empty() && !name.last.is_empty()).then_some((name, born))
}

fn name(fields: &Fields) -> PersonName {
    let part = |field: &str| kernel::text::squeeze(fields.get(field));
    PersonName {
        first: part("first"),
        middle: part("middle"),
        last: part("last"),
        suffix: part("suffix"),
    }
}

/// The ids come from the form's own token, so that the same form sent twice is one student.
fn seed(who: &Who, fields: &Fields) -> impl Fn(&str) -> String {
    let prefix = format!("{}/{}", who.holder().account, fields.get("once"));
    move |what| format!("{prefix}/{what}")
}

/// The student that the form makes.
pub(super) fn student_id(who: &Who, fields: &Fields) -> StudentId {
    StudentId::derived(&seed(who, fields)("student"))
}

/// The enrolment that the form makes, as far as it can be read.
fn enrol(who: &Who, fields: &Fields, findings: &mut Findings) -> Option<Enrol> {
    let school = school(who, fields, findings);
    let grade: Option<Grade> = fields.chosen("grade", "LP-0004", findings);
    let start = fields.day("start", findings);
    let (school, grade, start) = (school?, grade?, start?);
    Some(Enrol {
        school,
        year: SchoolYear::of(start),
        grade,
        homeroom: fields.get("homeroom").to_owned(),
        start,
        exit: None,
        coding: Coding {
            indigenous_declaration: fields.some("indigenous_declaration"),
            ..Coding::default()
        },
    })
}

/// What the papers say, and the enrolment of the child who is taken in.
pub(super) fn claim(who: &Who, fields: &Fields) -> Outcome<(Claim, EnrolmentId, Enrol)> {
    let mut findings = Findings::default();
    let born = fields.day("born", &mut findings);
    let enrol = enrol(who, fields, &mut findings);
    let findings = findings.or_refuse()?;
    let (born, enrol) = born.zip(enrol).ok_or(Failure::Invalid(findings))?;
    let claim = Claim {
        legal: name(fields),
        born,
    };
    let id = EnrolmentId::derived(&seed(who, fields)("enrolment"));
    Ok((claim, id, enrol))
}

/// The form as a command; `asn` is whom of PASI's students the person chose.
pub(super) fn command(app: &App, who: &Who, fields: &Fields, asn: Outcome<Option<Asn>>) -> Outcome<Command> {
    let today = app.store().now().date();
    let mut findings = Findings::default();
    let seed = seed(who, fields);
    let born = fields.day("born", &mut findings);
    let enrol = enrol(who, fields, &mut findings);
    let mut student = student(fields, &seed, born.unwrap_or(today), today, &mut findings);
    match asn {
        Ok(asn) => student.identity.asn = asn,
        Err(Failure::Invalid(undecided)) => findings.extend(undecided.0),
        Err(failure) => return Err(failure),
    }
    if findings.refuse() {
        // All at once: what the record itself would say, beside what the form says.
        let more = people::rules::new_student(&student, today, &pasi::ProvinceOnPeople).0;
        findings.extend(more.into_iter().filter(|more| more.severity == Severity::Refuse));
    }
    let findings = findings.or_refuse()?;
    let enrol = enrol.ok_or(Failure::Invalid(findings))?;
    let student = NewStudent {
        school: Some(enrol.school),
        ..student
    };
    Ok(Command {
        student,
        enrolment_id: EnrolmentId::derived(&seed("enrolment")),
        enrol,
    })
}

/// The school of the form, else the one on screen.
fn school(who: &Who, fields: &Fields, findings: &mut Findings) -> Option<SchoolId> {
    let own = &who.standing().schools;
    let only = if own.len() == 1 {
        own.first().copied()
    } else {
        None
    };
    let chosen = fields
        .parsed("school", "LP-0005", findings)
        .or(who.school())
        .or(only);
    if chosen.is_none() {
        findings.push(Finding::refuse("LP-0005", "school"));
    }
    chosen
}

fn student(
    fields: &Fields,
    seed: &dyn Fn(&str) -> String,
    born: Date,
    today: Date,
    findings: &mut Findings,
) -> NewStudent {
    let mut identity = Identity::new(born, fields.get("gender"));
    fields.get("language").clone_into(&mut identity.language_at_home);
    fields.get("section23").clone_into(&mut identity.section23);
    fields.get("document").clone_into(&mut identity.document_type);
    let legal = Name::legal(name(fields));
    let mut new = NewStudent::new(
        StudentId::derived(&seed("student")),
        identity,
        (NameId::derived(&seed("name")), legal),
    );
    fields.get("last4").clone_into(&mut new.document_last_four);
    if let Some(preferred) = fields.some("preferred") {
        new.names[0].1.is_preferred = false;
        let name = PersonName {
            first: kernel::text::squeeze(&preferred),
            ..name(fields)
        };
        new.names
            .push((NameId::derived(&seed("preferred")), Name::other(name, true)));
    }
    new.addresses = addresses(fields, seed, today);
    if let Some(number) = fields.some("phone") {
        let phone = Phone {
            kind: "Home".to_owned(),
            number,
            extension: String::new(),
            is_preferred: true,
            is_listed: true,
        };
        new.phones.push((PhoneId::derived(&seed("phone")), phone));
    }
    if let Some(status) = fields.some("citizenship") {
        let document_expires_on = fields.date("permit_until", findings);
        let country = if status == "1" {
            "CA".to_owned()
        } else {
            fields.get("country").to_owned()
        };
        let citizenship = Citizenship {
            status,
            country,
            effective_on: born,
            document_expires_on,
        };
        new.citizenships
            .push((CitizenshipId::derived(&seed("citizenship")), citizenship));
    }
    new.contacts = contacts(fields, seed, today, findings);
    new.is_another_person = fields.is_on("another");
    new
}

/// The mailing address; also where the child lives, unless that is told apart.
fn addresses(fields: &Fields, seed: &dyn Fn(&str) -> String, today: Date) -> Vec<(AddressId, Address)> {
    if fields.get("street").is_empty() && fields.get("city").is_empty() {
        return Vec::new();
    }
    let address = |kind| Address {
        kind,
        format: fields.some("format").unwrap_or_else(|| CANADIAN.to_owned()),
        street: fields.get("street").to_owned(),
        city: fields.get("city").to_owned(),
        province: fields.some("state").unwrap_or_else(|| "AB".to_owned()),
        postal_code: fields.get("postal").to_owned(),
        country: fields.some("country").unwrap_or_else(|| CANADA.to_owned()),
        effective_on: today,
        expires_on: None,
    };
    let mut all = vec![(
        AddressId::derived(&seed("mailing")),
        address(AddressKind::Mailing),
    )];
    if fields.is_on("lives_there") {
        all.push((
            AddressId::derived(&seed("physical")),
            address(AddressKind::Physical),
        ));
    }
    all
}

/// The guardian typed into the form, unless a family on file was chosen.
fn contacts(
    fields: &Fields,
    seed: &dyn Fn(&str) -> String,
    today: Date,
    findings: &mut Findings,
) -> Vec<NewContact> {
    if super::family::chosen(fields).is_some() {
        return Vec::new();
    }
    guardian::typed(fields, seed, today, findings)
        .into_iter()
        .collect()
}

/// Findings of the record, beside the fields of this form.
pub(super) fn beside(failure: Failure) -> Failure {
    let failure = findings::beside(failure, |field| form_field(field).map(str::to_owned));
    let Failure::Invalid(mut findings) = failure else {
        return failure;
    };
    // The mailing and the home address are asked for once.
    let mut seen = std::collections::HashSet::new();
    findings
        .0
        .retain(|finding| seen.insert((finding.code.clone(), finding.field.clone())));
    Failure::Invalid(findings)
}

/// The field of the form that a field of the record was made from.
fn form_field(field: &str) -> Option<&'static str> {
    let (record, last) = (field.split('.').next()?, field.rsplit('.').next()?);
    if record == "contacts" {
        let mut all = guardian::FIELDS.iter();
        return all.find(|(_, of)| *of == last).map(|(name, _)| *name);
    }
    Some(match (record, last) {
        ("names", "names") => "another",
        (_, "asn") => "province",
        ("names", "first_name") if field.starts_with("names.0") => "first",
        ("names", "first_name") => "preferred",
        ("names", "middle_name") => "middle",
        ("names", "last_name") => "last",
        ("names", "suffix") => "suffix",
        ("addresses", "province") => "state",
        ("addresses", "postal_code") => "postal",
        ("addresses", "format") => "format",
        ("addresses", "country") => "country",
        ("addresses", "street") => "street",
        ("addresses", "city") => "city",
        ("phones", "number") => "phone",
        ("citizenships", _) => "citizenship",
        (_, "birth_date") => "born",
        (_, "gender") => "gender",
        (_, "language_at_home") => "language",
        (_, "section23") => "section23",
        (_, "document_type") => "document",
        (_, "document_last_four") => "last4",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_province_is_asked_once_name_and_birth_date_are_there() {
        let typed = |pairs: &[(&str, &str)]| name_and_birth(&Fields::of(pairs)).is_some();
        assert!(typed(&[
            ("first", " Aiyana "),
            ("last", "Whitebear"),
            ("born", "2013-04-17")
        ]));
        for missing in [
            &[("last", "Whitebear"), ("born", "2013-04-17")][..],
            &[("first", "Aiyana"), ("born", "2013-04-17")],
            &[("first", "Aiyana"), ("last", "Whitebear")],
            &[("first", "Aiyana"), ("last", "Whitebear"), ("born", "2013-04")],
        ] {
            assert!(!typed(missing), "{missing:?}");
        }
    }

    #[test]
    fn a_finding_of_the_record_stands_beside_the_field_it_came_from() {
        for (record, form) in [
            ("names.0.first_name", Some("first")),
            ("names.1.first_name", Some("preferred")),
            ("contacts.0.person.mobile_phone", Some("guardian_phone")),
            ("contacts.0.language", Some("guardian_language")),
            ("contacts.0.custody", Some("guardian_custody")),
            ("contacts.0.country", None),
            ("addresses.1.postal_code", Some("postal")),
            ("birth_date", Some("born")),
            ("names", Some("another")),
            ("asn", Some("province")),
            ("grade", None),
        ] {
            assert_eq!(form_field(record), form, "{record}");
        }
    }

    #[test]
    fn with_a_family_on_file_nobody_is_typed() {
        let typed = [
            ("guardian_first", "Dawn"),
            ("guardian_last", "Osei"),
            ("relationship", "Parent"),
        ];
        let today = "2026-11-23".parse().expect("a date");
        let seed = |what: &str| what.to_owned();
        let read = |pairs: &[(&str, &str)]| {
            let mut found = Findings::default();
            (
                contacts(&Fields::of(pairs), &seed, today, &mut found).len(),
                found.0.len(),
            )
        };
        assert_eq!(read(&typed), (1, 0));
        let family = format!("student-{}", StudentId::derived("Nora"));
        let chosen = [&typed[..], &[("family", family.as_str())]].concat();
        assert_eq!(read(&chosen), (0, 0));
        let custody = [("guardian_custody", "mine")];
        assert_eq!(
            read(&[&typed[..], &custody].concat()),
            (1, 1),
            "a custody of no list"
        );
        assert_eq!(read(&custody).0, 1, "who is said anything of is somebody");
    }
}
