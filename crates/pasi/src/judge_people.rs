//! The province's rules on students and the persons around them, judged before
//! they are saved: each record in the form in which it travels, by the
//! functions that the server judges it by.

use crate::map::travel;
use kernel::{Date, Finding, Findings, PersonName, Severity};
use pasi_wire::messages as wire;
use pasi_wire::rules::person;
use people::rules::{Identified, Judge};
use people::{Address, Citizenship, Email, MedicalAlert, Person, Phone, Restriction};
use uuid::Uuid;

/// The judge that the operations on students take.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProvinceOnPeople;

/// What our records call the fields that travel under another name.
const FIELDS: [(&str, &str); 7] = [
    ("first", "first_name"),
    ("middle", "middle_name"),
    ("last", "last_name"),
    ("state_province", "province"),
    ("expiry", "expires_on"),
    ("document_expiry_date", "document_expires_on"),
    ("effective_date", "effective_on"),
];

/// The findings beside our fields.
pub(crate) fn beside(found: Findings) -> Findings {
    let ours = |mut finding: Finding| {
        let other = FIELDS.iter().find(|(theirs, _)| *theirs == finding.field);
        if let Some((_, ours)) = other {
            (*ours).clone_into(&mut finding.field);
        }
        finding
    };
    found.0.into_iter().map(ours).collect()
}

/// A name is kept as it is written, in any script; what has no letters that
/// PASI takes is told, and refused by PASI, not by us.
fn of_name(name: &PersonName) -> Findings {
    let sent = travel::name(name);
    let mut found = person::name(&sent);
    for finding in &mut found.0 {
        let (kept, travels) = match finding.field.as_str() {
            "first" => (&name.first, &sent.first),
            "middle" => (&name.middle, &sent.middle),
            "last" => (&name.last, &sent.last),
            _ => (&name.suffix, &sent.suffix),
        };
        if travels.contains('?') && !kept.contains('?') {
            finding.severity = Severity::Warn;
        }
    }
    found
}

/// The text, unless it is empty.
fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

impl Judge for ProvinceOnPeople {
    fn name(&self, name: &PersonName) -> Findings {
        beside(of_name(name))
    }
    fn person(&self, one: &Person) -> Findings {
        let phones = [
            ("home_phone", given(&one.home_phone)),
            ("mobile_phone", given(&one.mobile_phone)),
            ("work_phone", given(&one.work_phone)),
        ];
        let mut found = of_name(&one.name);
        found.extend(person::reached_by(phones, given(&one.email)).0);
        if let Some(other) = given(&one.other_email) {
            found.extend(person::email("other_email", other).0);
        }
        beside(found)
    }
    fn address(&self, address: &Address, until: Option<Date>, today: Date) -> Findings {
        let sent = wire::StudentAddress {
            expiry_date: until,
            ..travel::address(Uuid::nil(), address)
        };
        beside(person::student_address(&sent, today))
    }
    fn phone(&self, phone: &Phone) -> Findings {
        beside(person::phone_record(&travel::phone(Uuid::nil(), phone)))
    }
    fn email(&self, email: &Email) -> Findings {
        beside(person::email_record(&travel::email(Uuid::nil(), email, true)))
    }
    fn citizenship(&self, citizenship: &Citizenship) -> Findings {
        beside(person::citizenship(&travel::citizenship(
            Uuid::nil(),
            citizenship,
        )))
    }
    fn restriction(&self, restriction: &Restriction) -> Findings {
        let today = restriction.effective_on;
        beside(person::restriction(&travel::restriction(
            Uuid::nil(),
            restriction,
            today,
        )))
    }
    fn medical_alert(&self, alert: &MedicalAlert) -> Findings {
        beside(person::lasts(Some(alert.effective_on), alert.expires_on))
    }
    /// PASI's number where the student has an ASN, which it names; ours else.
    fn duplicate(&self, new: Identified, here: Identified) -> Option<Finding> {
        let identity = |one: Identified<'_>| (travel::name(one.name), one.born);
        let (new, there) = (identity(new), identity(here));
        let is_double = person::is_duplicate(
            person::Identity {
                name: &new.0,
                birth_date: new.1,
            },
            person::Identity {
                name: &there.0,
                birth_date: there.1,
            },
        );
        is_double.then(|| match here.asn {
            Some(asn) => Finding {
                field: "names".to_owned(),
                ..person::duplicate(asn, false)
            },
            None => Finding::refuse("LP-0219", "names"),
        })
    }
}
