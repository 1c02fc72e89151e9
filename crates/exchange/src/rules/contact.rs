//! A person around a student, as a row tells it.

use super::Cells;
use super::value::code_of;
use codes::CodeSet;
use kernel::text::fold;
use kernel::{Date, Findings, PersonName};
use people::{Contact, Custody, LOCAL_RELATIONSHIPS, Person, rules};

/// A guardian or contact of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ContactDraft {
    pub(crate) person: Person,
    pub(crate) contact: Contact,
    /// The fields that the row tells; what it does not tell stays as it is.
    pub(crate) told: Vec<&'static str>,
    /// Before the names of fields: `guardian1_`, or nothing.
    pub(crate) prefix: &'static str,
}

/// Words that files use for a relationship.
const RELATIONSHIPS: &[(&str, &str)] = &[
    ("mother", "Parent"),
    ("father", "Parent"),
    ("mom", "Parent"),
    ("dad", "Parent"),
    ("mere", "Parent"),
    ("pere", "Parent"),
    ("stepmother", "StepParent"),
    ("stepfather", "StepParent"),
    ("step mother", "StepParent"),
    ("step father", "StepParent"),
    ("stepparent", "StepParent"),
    ("guardian", "PermanentGuardian"),
    ("legal guardian", "PermanentGuardian"),
    ("tuteur", "PermanentGuardian"),
    ("tutrice", "PermanentGuardian"),
    ("foster parent", "TemporaryGuardian"),
    ("foster mother", "TemporaryGuardian"),
    ("foster father", "TemporaryGuardian"),
    ("grandmother", "Grandparent"),
    ("grandfather", "Grandparent"),
    ("grand mere", "Grandparent"),
    ("grand pere", "Grandparent"),
    ("aunt", "Relative"),
    ("uncle", "Relative"),
    ("cousin", "Relative"),
    ("tante", "Relative"),
    ("oncle", "Relative"),
    ("brother", "Sibling"),
    ("sister", "Sibling"),
    ("frere", "Sibling"),
    ("soeur", "Sibling"),
    ("friend", "FamilyFriend"),
    ("family friend", "FamilyFriend"),
    ("neighbour", "Neighbour"),
    ("neighbor", "Neighbour"),
    ("voisin", "Neighbour"),
    ("babysitter", "Caregiver"),
    ("daycare", "Caregiver"),
    ("day care", "Caregiver"),
    ("nanny", "Caregiver"),
    ("social worker", "SocialWorker"),
];

/// The code of a relationship; none when the word is not known.
pub(crate) fn relationship(text: &str) -> Option<String> {
    let folded = fold(text);
    let local = LOCAL_RELATIONSHIPS.iter().find(|code| fold(code) == folded);
    local
        .map(|code| (*code).to_owned())
        .or_else(|| {
            RELATIONSHIPS
                .iter()
                .find(|(word, _)| *word == folded)
                .map(|(_, code)| (*code).to_owned())
        })
        .or_else(|| code_of(CodeSet::GuardianRelationship, text))
}

/// Reads the contact of a row of contacts.
pub(crate) fn contact(cells: &mut Cells, today: Date) -> ContactDraft {
    let typed = cells.needed("relationship");
    let code = relationship(&typed);
    if code.is_none() && !typed.is_empty() {
        cells.refuse("LP-0262", "relationship");
    }
    let mut contact = Contact::new(&code.unwrap_or_default(), today);
    contact.call_order = cells.number("call_order").unwrap_or(0);
    contact.lives_with = cells.yes("lives_with").unwrap_or(false);
    contact.may_pick_up = cells.yes("may_pick_up").unwrap_or(false);
    contact.is_emergency = cells.yes("is_emergency").unwrap_or(false);
    contact.portal_access = cells.yes("portal_access").unwrap_or(false);
    contact.effective_on = cells.date("effective_on").unwrap_or(today);
    contact.expires_on = cells.date("expires_on");
    if let Some(text) = cells.some("custody") {
        match custody(&text) {
            Some(custody) => contact.custody = custody,
            None => cells.refuse("LP-0828", "custody"),
        }
    }
    let person = person(cells);
    let fields = [
        "middle_name",
        "suffix",
        "relationship",
        "call_order",
        "lives_with",
        "may_pick_up",
        "is_emergency",
        "custody",
        "portal_access",
        "effective_on",
        "expires_on",
        "home_phone",
        "mobile_phone",
        "work_phone",
        "email",
        "other_email",
        "language",
        "street",
        "city",
        "province",
        "postal_code",
        "country",
    ];
    let told = fields
        .into_iter()
        .filter(|field| cells.some(field).is_some())
        .collect();
    ContactDraft {
        person: rules::tidy_person(&person),
        contact,
        told,
        prefix: "",
    }
}

/// The person of a row of contacts.
fn person(cells: &mut Cells) -> Person {
    let province = cells.get("province");
    let country = cells.code("country", CodeSet::Country).unwrap_or_default();
    Person {
        name: PersonName {
            first: cells.needed("first_name"),
            middle: cells.get("middle_name"),
            last: cells.needed("last_name"),
            suffix: cells.get("suffix"),
        },
        home_phone: cells.phone("home_phone"),
        mobile_phone: cells.phone("mobile_phone"),
        work_phone: cells.phone("work_phone"),
        email: cells.get("email"),
        other_email: cells.get("other_email"),
        language: cells
            .code("language", CodeSet::LanguageAtHome)
            .unwrap_or_default(),
        street: cells.get("street"),
        city: cells.get("city"),
        postal_code: cells.postal_code("postal_code", country == "US"),
        province: code_of(CodeSet::Province, &province).unwrap_or(province),
        country,
    }
}

fn custody(text: &str) -> Option<Custody> {
    match fold(text).as_str() {
        "y" | "yes" | "true" | "1" | "oui" | "joint" | "shared" | "partagee" => Some(Custody::Joint),
        "sole" | "exclusive" => Some(Custody::Sole),
        "n" | "no" | "false" | "0" | "non" | "none" | "aucune" => Some(Custody::None),
        "access" | "acces" => Some(Custody::Access),
        "no contact" | "aucun contact" => Some(Custody::NoContact),
        "unknown" | "inconnu" => Some(Custody::Unknown),
        _ => None,
    }
}

/// A guardian of a student's row; none when no name is told.
pub(crate) fn guardian(
    cells: &mut Cells,
    (prefix, fields, order): (&'static str, [&'static str; 6], i32),
    today: Date,
) -> Option<ContactDraft> {
    let [first, last, relation, phone, mobile, email] = fields;
    if cells.some(first).is_none() && cells.some(last).is_none() {
        return None;
    }
    let name = PersonName::new(&cells.needed(first), &cells.needed(last));
    let typed = cells.get(relation);
    let code = if typed.is_empty() {
        Some("Parent".to_owned())
    } else {
        relationship(&typed)
    };
    if code.is_none() {
        cells.refuse("LP-0262", relation);
    }
    let mut contact = Contact::new(&code.unwrap_or_default(), today);
    contact.call_order = order;
    let person = Person {
        name,
        home_phone: cells.phone(phone),
        mobile_phone: cells.phone(mobile),
        email: cells.get(email),
        ..Person::default()
    };
    let named = [
        (phone, "home_phone"),
        (mobile, "mobile_phone"),
        (email, "email"),
        (relation, "relationship"),
    ];
    let told = named
        .into_iter()
        .filter(|(field, _)| cells.some(field).is_some())
        .map(|(_, name)| name)
        .collect();
    Some(ContactDraft {
        person: rules::tidy_person(&person),
        contact,
        told,
        prefix,
    })
}

/// What the rules of persons and contacts say, beside the fields of the row.
pub(crate) fn person_findings(draft: &ContactDraft) -> Findings {
    let all = rules::person(&draft.person)
        .0
        .into_iter()
        .chain(rules::contact(&draft.contact).0);
    all.map(|mut finding| {
        let field = match (draft.prefix, finding.field.as_str()) {
            ("", field) => field,
            (_, "home_phone") => "phone",
            (_, field) => field,
        };
        finding.field = format!("{}{field}", draft.prefix);
        finding
    })
    .collect()
}

/// Are both told to be one person? The same name, and a phone or an e-mail in common.
pub(crate) fn same_person(one: &Person, other: &Person) -> bool {
    let named =
        fold(&one.name.first) == fold(&other.name.first) && fold(&one.name.last) == fold(&other.name.last);
    let phones = |person: &Person| {
        [&person.home_phone, &person.mobile_phone, &person.work_phone]
            .into_iter()
            .filter(|number| !number.is_empty())
            .cloned()
            .collect::<Vec<_>>()
    };
    let theirs = phones(other);
    let called = phones(one).iter().any(|number| theirs.contains(number));
    let mailed = one
        .emails()
        .any(|address| other.emails().any(|known| known.eq_ignore_ascii_case(address)));
    named && (called || mailed)
}
