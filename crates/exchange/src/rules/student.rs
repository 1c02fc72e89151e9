//! A student, as a row tells it.

use super::contact::{ContactDraft, guardian};
use super::enrolment::EnrolDraft;
use super::{Cells, Ground};
use codes::CodeSet;
use kernel::{Asn, Date, PersonName};
use people::{Address, AddressKind, Email, Identity, Name, Phone, rules};

/// A code of the identity that a file may bring: its field, its set, where it is kept.
struct IdentityCode {
    field: &'static str,
    set: CodeSet,
    of: fn(&mut Identity) -> &mut String,
}

const IDENTITY_CODES: [IdentityCode; 5] = [
    IdentityCode {
        field: "language_at_home",
        set: CodeSet::LanguageAtHome,
        of: |identity| &mut identity.language_at_home,
    },
    IdentityCode {
        field: "other_language",
        set: CodeSet::LanguageAtHome,
        of: |identity| &mut identity.other_language,
    },
    IdentityCode {
        field: "first_language",
        set: CodeSet::LanguageAtHome,
        of: |identity| &mut identity.first_language,
    },
    IdentityCode {
        field: "letters_in",
        set: CodeSet::LanguageAtHome,
        of: |identity| &mut identity.letters_in,
    },
    IdentityCode {
        field: "section23",
        set: CodeSet::Section23Eligibility,
        of: |identity| &mut identity.section23,
    },
];

fn identity_codes(cells: &mut Cells) -> Vec<(&'static str, String)> {
    IDENTITY_CODES
        .iter()
        .filter_map(|one| Some((one.field, cells.code(one.field, one.set)?)))
        .collect()
}

/// A student of a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct StudentDraft {
    pub(crate) asn: Option<Asn>,
    /// The ASN stood with fewer digits than nine.
    pub(crate) asn_is_guessed: bool,
    pub(crate) local_number: Option<String>,
    pub(crate) legal: PersonName,
    pub(crate) preferred: Option<PersonName>,
    pub(crate) birth_date: Option<Date>,
    pub(crate) gender: Option<String>,
    /// Codes of the identity that the row tells, by field.
    pub(crate) codes: Vec<(&'static str, String)>,
    pub(crate) citizenship: Option<String>,
    pub(crate) addresses: Vec<Address>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) email: Option<Email>,
    pub(crate) guardians: Vec<ContactDraft>,
    pub(crate) enrol: Option<EnrolDraft>,
}

/// Reads a row.
pub(crate) fn student(cells: &mut Cells, ground: &Ground) -> StudentDraft {
    let (asn, asn_is_guessed) = cells.asn("asn");
    let local_number = cells.local_number("local_number");
    let legal = PersonName {
        first: cells.needed("first_name"),
        middle: cells.get("middle_name"),
        last: cells.needed("last_name"),
        suffix: cells.get("suffix"),
    }
    .tidy();
    cells.needed("birth_date");
    cells.needed("gender");
    let mut draft = StudentDraft {
        asn,
        asn_is_guessed,
        local_number,
        preferred: preferred(cells, &legal),
        legal,
        birth_date: cells.date("birth_date"),
        gender: cells.code("gender", CodeSet::Gender),
        codes: identity_codes(cells),
        citizenship: cells.code("citizenship", CodeSet::CitizenshipStatus),
        ..StudentDraft::default()
    };
    draft.addresses.extend(address(
        cells,
        AddressKind::Mailing,
        ["street", "city", "province", "postal_code"],
        ground.today,
    ));
    draft.addresses.extend(address(
        cells,
        AddressKind::Physical,
        ["home_street", "home_city", "home_province", "home_postal_code"],
        ground.today,
    ));
    phones(cells, &mut draft);
    draft.email = cells.some("email").map(|address| {
        rules::tidy_email(&Email {
            kind: "Personal".to_owned(),
            address,
        })
    });
    draft.guardians.extend(guardian(cells, GUARDIAN_1, ground.today));
    draft.guardians.extend(guardian(cells, GUARDIAN_2, ground.today));
    draft.enrol = super::enrolment::of_student(cells, ground);
    draft
}

const GUARDIAN_1: (&str, [&str; 6], i32) = (
    "guardian1_",
    [
        "guardian1_first_name",
        "guardian1_last_name",
        "guardian1_relationship",
        "guardian1_phone",
        "guardian1_mobile_phone",
        "guardian1_email",
    ],
    1,
);
const GUARDIAN_2: (&str, [&str; 6], i32) = (
    "guardian2_",
    [
        "guardian2_first_name",
        "guardian2_last_name",
        "guardian2_relationship",
        "guardian2_phone",
        "guardian2_mobile_phone",
        "guardian2_email",
    ],
    2,
);

/// Another name gone by: what differs from the legal one.
fn preferred(cells: &Cells, legal: &PersonName) -> Option<PersonName> {
    let (first, last) = (
        cells.some("preferred_first_name"),
        cells.some("preferred_last_name"),
    );
    if first.is_none() && last.is_none() {
        return None;
    }
    let name = PersonName::new(
        first.as_ref().unwrap_or(&legal.first),
        last.as_ref().unwrap_or(&legal.last),
    )
    .tidy();
    (name.first != legal.first || name.last != legal.last).then_some(name)
}

fn address(cells: &mut Cells, kind: AddressKind, fields: [&str; 4], today: Date) -> Option<Address> {
    let [street, city, province, postal] = fields;
    cells.some(street)?;
    let province = province_code(&cells.get(province));
    let is_american = codes::set(CodeSet::Province)
        .find(&province)
        .is_some_and(|known| {
            known.under.iter().any(|country| country == "US") && known.under.iter().all(|one| one != "CA")
        });
    let postal_code = cells.postal_code(postal, is_american);
    let (format, country) = if is_american {
        ("Mail-US", "US")
    } else {
        ("Mail-CA", "CA")
    };
    Some(rules::tidy_address(&Address {
        kind,
        format: format.to_owned(),
        street: cells.get(street),
        city: cells.get(city),
        province: if province.is_empty() {
            "AB".to_owned()
        } else {
            province
        },
        postal_code,
        country: country.to_owned(),
        effective_on: today,
        expires_on: None,
    }))
}

fn province_code(text: &str) -> String {
    super::value::code_of(CodeSet::Province, text).unwrap_or_else(|| text.to_owned())
}

fn phones(cells: &mut Cells, draft: &mut StudentDraft) {
    for (field, kind) in [("phone", "Home"), ("mobile_phone", "Mobile")] {
        let number = cells.phone(field);
        if !number.is_empty() {
            draft.phones.push(rules::tidy_student_phone(&Phone {
                kind: kind.to_owned(),
                number,
                extension: String::new(),
                is_preferred: draft.phones.is_empty(),
                is_listed: false,
            }));
        }
    }
}

impl StudentDraft {
    /// Puts the codes of the row into an identity; what the row does not tell stays.
    pub(crate) fn tell(&self, identity: &mut Identity) {
        for code in &IDENTITY_CODES {
            if let Some((_, text)) = self.codes.iter().find(|(field, _)| *field == code.field) {
                (code.of)(identity).clone_from(text);
            }
        }
    }
    /// The names as they would be recorded.
    pub(crate) fn names(&self) -> Vec<Name> {
        match &self.preferred {
            None => vec![Name::legal(self.legal.clone())],
            Some(name) => {
                let legal = Name {
                    is_preferred: false,
                    ..Name::legal(self.legal.clone())
                };
                vec![legal, Name::other(name.clone(), true)]
            }
        }
    }
}

/// The field of a row that a finding on a new student stands beside.
pub(crate) fn field_of(found: &str, draft: &StudentDraft) -> String {
    let parts: Vec<&str> = found.split('.').collect();
    let at = |text: &str| text.parse::<usize>().unwrap_or(0);
    match parts.as_slice() {
        ["names", "0", field] => (*field).to_owned(),
        ["names", _, field] => format!("preferred_{field}"),
        ["addresses", place, field] => {
            let home = draft
                .addresses
                .get(at(place))
                .is_some_and(|one| one.kind == AddressKind::Physical);
            if home {
                format!("home_{field}")
            } else {
                (*field).to_owned()
            }
        }
        ["phones", place, "number"] => {
            let mobile = draft
                .phones
                .get(at(place))
                .is_some_and(|one| one.kind == "Mobile");
            if mobile { "mobile_phone" } else { "phone" }.to_owned()
        }
        ["emails", ..] => "email".to_owned(),
        ["citizenships", ..] => "citizenship".to_owned(),
        ["contacts", place, field] => {
            let prefix = draft.guardians.get(at(place)).map_or("", |one| one.prefix);
            let field = if *field == "home_phone" { "phone" } else { field };
            format!("{prefix}{field}")
        }
        ["names"] => "last_name".to_owned(),
        _ => found.to_owned(),
    }
}
