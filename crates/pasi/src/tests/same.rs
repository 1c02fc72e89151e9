//! One table, two judges: what is said before a record is saved is what the
//! reference server says of it when it is sent.

use super::both::{Both, address, organization, person, played};
use crate::map::travel;
use crate::{ProvinceOnPeople, ProvinceRules};
use enrolment::rules::{Judge as _, ProposedResponsible};
use enrolment::{Responsible, ResponsibleSchool, StudentFacts};
use kernel::{Findings, PersonName, ResponsibleSchoolId, Severity};
use pasi_wire::Request;
use pasi_wire::messages::{
    CreateStudentRequest, SubmitParentGuardianRequest, SubmitResponsibleSchoolRequest,
    SubmitStudentAddressRequest, SubmitStudentCitizenshipStatusRequest,
    SubmitStudentDisclosureRestrictionRequest, SubmitStudentEmailRequest, SubmitStudentPhoneRequest,
};
use people::rules::{Identified, Judge as _};
use people::{Address, Citizenship, Contact, Email, Person, Phone, Restriction, RestrictionCode};
use testkit::date;
use uuid::Uuid;

/// The numbers of what refuses, each once.
fn ours(found: &Findings) -> Vec<String> {
    let refusing = found.0.iter().filter(|one| one.severity == Severity::Refuse);
    distinct(refusing.map(|one| one.code.clone()).collect())
}

fn distinct(mut codes: Vec<String>) -> Vec<String> {
    codes.sort();
    codes.dedup();
    codes
}

/// What the server refuses a request by: a fault's number, or those of rejections.
async fn theirs(both: &Both<'_>, request: impl Into<Request>) -> Vec<String> {
    let answer = both.server.outside().call(organization("A.3260"), request).await;
    match answer {
        Ok(answer) => distinct(
            answer
                .rejections()
                .iter()
                .map(|one| one.code.to_string())
                .collect(),
        ),
        Err(fault) => vec![fault.code.to_string()],
    }
}

fn known() -> db::Known {
    db::Known {
        version: 1,
        from: kernel::Instant::from_micros(0),
        to: None,
        by: "Test".to_owned(),
        reason: String::new(),
    }
}

macro_rules! caller {
    ($both:ident) => {
        $both.connector.client.caller(&person("Carol Nadeau"), None)
    };
}

#[test]
fn addresses_are_judged_alike_and_raise_the_same_alert() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let today = date("2026-11-23");
        let with = |change: fn(&mut Address)| {
            let mut address = address("Box 12");
            change(&mut address);
            address
        };
        for (case, address) in [
            ("whole", with(|_| {})),
            ("no street", with(|one| one.street.clear())),
            ("no city", with(|one| one.city.clear())),
            ("no province", with(|one| one.province.clear())),
            (
                "a postal code of the States",
                with(|one| one.postal_code = "59601".into()),
            ),
            (
                "a letter of no postal code",
                with(|one| one.postal_code = "D8S 1A1".into()),
            ),
            ("two blanks", with(|one| one.street = "Box  12".into())),
            ("a long street", with(|one| one.street = "x".repeat(141))),
            ("a state", with(|one| one.province = "MT".into())),
            (
                "in the States",
                with(|one| {
                    one.format = "Mail-US".into();
                    one.province = "MT".into();
                    one.country = "US".into();
                    one.postal_code = "59601".into();
                }),
            ),
            (
                "ends when it begins",
                with(|one| one.expires_on = Some(one.effective_on)),
            ),
            (
                "a state, and over for half a year",
                with(|one| {
                    one.province = "MT".into();
                    one.effective_on = date("2025-09-01");
                    one.expires_on = Some(date("2026-05-01"));
                }),
            ),
        ] {
            let found = ProvinceOnPeople.address(&address, None, today);
            let request = SubmitStudentAddressRequest {
                caller: caller!(both),
                asn,
                pasi_core_version: both.theirs(student).pasi_core_version,
                address: travel::address(Uuid::from_u128(1), &address),
            };
            let refused = theirs(both, request).await;
            assert_eq!(ours(&found), refused, "{case}: {found:?}");
            if refused.is_empty() {
                both.server.settled().await;
                let is_noted = found.0.iter().any(|one| one.code == "11012");
                let status = both.server.ministry().dossier(asn).and_then(|held| held.status);
                let is_raised =
                    status.is_some_and(|status| status.alerts.iter().any(|alert| alert.alert_code == 11_012));
                assert_eq!(is_noted, is_raised, "{case}");
            }
        }
    });
}

#[test]
fn phones_e_mails_citizenships_and_restrictions_are_judged_alike() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let version = || both.theirs(student).pasi_core_version;
        for (number, extension) in [
            ("7806240123", ""),
            ("780624012", ""),
            ("780-624-01", ""),
            ("+380441234567", "12"),
            ("7806240124", "x12"),
            ("7806240125", "123456789"),
        ] {
            let phone = Phone {
                kind: "Home".into(),
                number: number.into(),
                extension: extension.into(),
                is_preferred: false,
                is_listed: false,
            };
            let request = SubmitStudentPhoneRequest {
                caller: caller!(both),
                asn,
                pasi_core_version: version(),
                phone: travel::phone(Uuid::from_u128(2), &phone),
            };
            let found = ProvinceOnPeople.phone(&phone);
            assert_eq!(ours(&found), theirs(both, request).await, "{number} {extension}");
        }
        for text in ["a@b.ca", "a@b", "a b@c.ca", "@b.ca", "a@@b.ca", "a@b..ca"] {
            let email = Email {
                kind: "Personal".into(),
                address: text.into(),
            };
            let request = SubmitStudentEmailRequest {
                caller: caller!(both),
                asn,
                pasi_core_version: version(),
                email: travel::email(Uuid::from_u128(3), &email, true),
            };
            let found = ProvinceOnPeople.email(&email);
            assert_eq!(ours(&found), theirs(both, request).await, "{text}");
        }
        for (from, until) in [
            ("2026-09-01", None),
            ("2026-09-01", Some("2026-09-01")),
            ("2026-09-01", Some("2026-09-02")),
        ] {
            let citizenship = Citizenship {
                status: "5".into(),
                country: String::new(),
                effective_on: date(from),
                document_expires_on: until.map(date),
            };
            let request = SubmitStudentCitizenshipStatusRequest {
                caller: caller!(both),
                asn,
                pasi_core_version: version(),
                citizenship: travel::citizenship(Uuid::from_u128(4), &citizenship),
            };
            let found = ProvinceOnPeople.citizenship(&citizenship);
            assert_eq!(
                ours(&found),
                theirs(both, request).await,
                "permit until {until:?}"
            );
            let restriction = Restriction {
                code: RestrictionCode::CourtOrdered,
                notice: "Conformance".into(),
                effective_on: date(from),
                expires_on: until.map(date),
            };
            let request = SubmitStudentDisclosureRestrictionRequest {
                caller: caller!(both),
                asn,
                pasi_core_version: version(),
                restriction: travel::restriction(Uuid::from_u128(5), &restriction, date("2026-11-23")),
            };
            let found = ProvinceOnPeople.restriction(&restriction);
            assert_eq!(
                ours(&found),
                theirs(both, request).await,
                "restricted until {until:?}"
            );
        }
    });
}

#[test]
fn names_are_judged_alike_and_one_in_another_script_is_kept_with_a_warning() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let long = "x".repeat(51);
        for (first, last) in [
            ("Marie-Ève", "O’Brien St. Jean"),
            ("", "Whitebear"),
            ("Aiyana", ""),
            ("Aiy4na", "Whitebear"),
            ("Aiyana", "White/bear"),
            ("Aiyana", long.as_str()),
            ("-", "Whitebear"),
        ] {
            let name = PersonName::new(first, last);
            let created = CreateStudentRequest {
                caller: caller!(both),
                name: travel::name(&name),
                birth_date: date("2016-04-17"),
                gender: "F".into(),
                source_document_type: Some("BirthCertificateCanada".into()),
                identity_document_ref_id: None,
            };
            let found = ProvinceOnPeople.name(&name);
            assert_eq!(ours(&found), theirs(both, created).await, "{first} {last}");
            let guardian = Person {
                name,
                mobile_phone: "123".into(),
                email: "x".into(),
                ..Person::default()
            };
            let tie = Contact::new("Parent", date("2026-09-01"));
            let sent = travel::guardian(Uuid::from_u128(6), &tie, &guardian, false);
            let request = SubmitParentGuardianRequest {
                caller: caller!(both),
                asn,
                pasi_core_version: both.theirs(student).pasi_core_version,
                guardian: sent.expect("a guardian"),
            };
            let found = ProvinceOnPeople.person(&guardian);
            assert_eq!(ours(&found), theirs(both, request).await, "{first} {last}");
        }
        let cree = ProvinceOnPeople.name(&PersonName::new("ᓇᓂᓯ", "Whitebear"));
        let told: Vec<_> = cree
            .0
            .iter()
            .map(|one| (one.severity, one.field.as_str()))
            .collect();
        assert_eq!(
            told,
            [(Severity::Warn, "first_name")],
            "kept, and PASI takes no such letters"
        );
    });
}

#[test]
fn a_double_is_judged_alike() {
    played(async |both| {
        let (_, asn) = both.settled("Aiyana").await;
        let born = date("2015-04-17");
        for (first, middle, born) in [
            ("Aiyana", "", born),
            ("AIYANA", "", born),
            ("Aiyàna", "", born),
            ("Aiyana", "Rose", born),
            ("Aiyana", "", date("2015-04-18")),
        ] {
            let named = |first: &str, middle: &str| PersonName {
                middle: middle.into(),
                ..PersonName::new(first, "Whitebear")
            };
            let (new, there) = (named(first, middle), named("Aiyana", ""));
            let new_one = Identified {
                name: &new,
                born,
                asn: None,
            };
            let here = Identified {
                name: &there,
                born: date("2015-04-17"),
                asn: Some(asn),
            };
            let found = ProvinceOnPeople.duplicate(new_one, here);
            let created = CreateStudentRequest {
                caller: caller!(both),
                name: new.clone(),
                birth_date: born,
                gender: "F".into(),
                source_document_type: Some("BirthCertificateCanada".into()),
                identity_document_ref_id: None,
            };
            let refused = theirs(both, created).await;
            let found: Vec<String> = found.into_iter().map(|one| one.code).collect();
            assert_eq!(found, refused, "{first} {middle} {born}");
            // A student of ours without a number, whom PASI cannot name, is a double all the same.
            let unnumbered = Identified { asn: None, ..here };
            let ours = ProvinceOnPeople
                .duplicate(new_one, unnumbered)
                .map(|one| one.code);
            assert_eq!(ours, (!refused.is_empty()).then(|| "LP-0219".to_owned()));
        }
    });
}

#[test]
fn responsible_schools_are_judged_alike() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        let alberta = |code: &str| Responsible::Alberta {
            code: code.parse().expect("a code"),
        };
        let elsewhere = |name: &str, country: &str| Responsible::Elsewhere {
            name: name.into(),
            city: String::new(),
            province: String::new(),
            country: country.into(),
        };
        let record = |seed: &str, day: &str, responsible, reason: &str| ResponsibleSchool {
            id: ResponsibleSchoolId::derived(seed),
            student,
            effective_on: date(day),
            responsible,
            transition_reason: reason.into(),
            is_deleted: false,
            known: known(),
        };
        let first = record("first", "2026-09-01", alberta("1256"), "NewStudent");
        let submit = |ours: &ResponsibleSchool| SubmitResponsibleSchoolRequest {
            caller: caller!(both),
            responsible_school: travel::responsible_school(ours, asn, 0),
        };
        let stored = theirs(both, submit(&first)).await;
        assert!(stored.is_empty(), "{stored:?}");
        let rules = both.read(|at| ProvinceRules::of(at, Some(student)));
        let facts = StudentFacts {
            born: date("2015-04-17"),
            deceased_on: None,
            asn: Some(asn),
        };
        let directory = both.read(|at| schools::directory(at));
        for (number, (day, responsible, reason)) in [
            ("2026-09-01", alberta("1765"), "Moved"),
            ("2026-10-01", alberta("1256"), "Moved"),
            ("2026-10-01", elsewhere(" ", "CA"), "Moved"),
            ("2026-10-01", elsewhere("Lakeview", ""), "Moved"),
            ("2026-10-01", alberta("1765"), "Employment"),
            ("2026-10-01", alberta("1765"), "ToBeDetermined"),
            ("2026-10-01", Responsible::Nobody, "CompletedGrade12"),
        ]
        .into_iter()
        .enumerate()
        {
            let after = record(&format!("row {number}"), day, responsible, reason);
            let found = rules.responsible_school(&ProposedResponsible {
                after: &after,
                before: None,
                student: &facts,
                others: std::slice::from_ref(&first),
                enrolments: &[],
                directory: &directory,
                today: date("2026-11-23"),
            });
            let refused = theirs(both, submit(&after)).await;
            assert_eq!(ours(&found), refused, "{day} {reason}");
            assert_eq!(refused.is_empty(), number == 6, "{day} {reason}");
        }
    });
}
