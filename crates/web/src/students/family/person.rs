//! The person behind a contact: one record, shared by brothers and sisters.

use super::part::{Done, Known, seen};
use crate::lookup;
use crate::posted::Fields;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use kernel::{Failure, Outcome, PersonId, PersonName, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::ProvinceOnPeople;
use people::{Origin, Person, Student, Undo};
use ui::Ctx;
use ui::form::{Choice, Field, Finding, Width};
use ui::notice::{Tone, banner};

/// The fields with the words of their labels.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("first_name", "field-first-name"),
    ("middle_name", "field-middle-name"),
    ("last_name", "field-last-name"),
    ("mobile_phone", "field-mobile-phone"),
    ("home_phone", "field-home-phone"),
    ("work_phone", "field-work-phone"),
    ("email", "field-email"),
    ("street", "field-street"),
    ("city", "field-city"),
    ("province", "field-province"),
    ("postal_code", "field-postal-code"),
];

pub(super) fn pairs(student: &Student, id: PersonId) -> Option<(i64, Vec<(&'static str, String)>)> {
    let one = &student.contacts.iter().find(|one| one.person.id == id)?.person;
    let person = &one.value;
    let pairs = vec![
        ("first_name", person.name.first.clone()),
        ("middle_name", person.name.middle.clone()),
        ("last_name", person.name.last.clone()),
        ("mobile_phone", person.mobile_phone.clone()),
        ("home_phone", person.home_phone.clone()),
        ("work_phone", person.work_phone.clone()),
        ("email", person.email.clone()),
        ("street", person.street.clone()),
        ("city", person.city.clone()),
        ("province", person.province.clone()),
        ("postal_code", person.postal_code.clone()),
    ];
    Some((one.version, pairs))
}

pub(super) fn say(name: &str, value: &str) -> String {
    if name.ends_with("_phone") {
        lookup::phone(value)
    } else {
        value.to_owned()
    }
}

pub(super) fn questions(ctx: &Ctx, known: &Known, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let (children, beyond) = &known.shared;
    let others: Vec<&str> = children
        .iter()
        .filter(|card| card.student != known.student.id)
        .map(|card| card.preferred_name.as_str())
        .collect();
    let told = match (others.is_empty(), beyond) {
        (true, false) => None,
        (false, false) => Some(lang.tx("family-shared", &[("names", others.join(", ").into())])),
        (false, true) => Some(lang.tx("family-shared-and-more", &[("names", others.join(", ").into())])),
        (true, true) => Some(lang.t("family-shared-elsewhere")),
    };
    let provinces: Vec<Choice> = codes::set(CodeSet::Province)
        .offered_under("CA", SchoolYear::of(ctx.today.into()))
        .map(|code| Choice::new(code.code.as_str(), code.label(lookup::tongue(lang))))
        .collect();
    html! {
        @if let Some(told) = told { div class="w12" { (banner(Tone::Info, &lang.t("family-shared-title"), &told, &[])) } }
        @for (name, label) in LABELS {
            @let label = lang.t(label);
            @let field = Field::new(lang, name, &label).value(fields.get(name)).findings(found).width(Width::Third);
            @match *name {
                "first_name" => (field.required().focus().text()),
                "last_name" => (field.required().text()),
                "mobile_phone" | "home_phone" | "work_phone" => (field.phone()),
                "email" => (field.width(Width::Whole).email()),
                "province" => (field.select(&provinces)),
                "street" => (field.width(Width::Whole).text()),
                _ => (field.text()),
            }
        }
    }
}

/// Saves what the form asks for; what it does not ask stays.
pub(super) fn save(
    tx: &mut db::Tx,
    (permit, view): (&Permit<EditStudents>, &Permit<ViewStudents>),
    (student, id): (StudentId, PersonId),
    fields: &Fields,
) -> Outcome<Done> {
    let there = people::student(tx, view, student)?;
    let one = there.contacts.iter().find(|one| one.person.id == id);
    let old = &one.ok_or(Failure::NotFound)?.person.value;
    let text = |name: &str| kernel::text::squeeze(fields.get(name));
    let person = Person {
        name: PersonName {
            first: text("first_name"),
            middle: text("middle_name"),
            last: text("last_name"),
            suffix: old.name.suffix.clone(),
        },
        mobile_phone: text("mobile_phone"),
        home_phone: text("home_phone"),
        work_phone: text("work_phone"),
        email: text("email"),
        street: text("street"),
        city: text("city"),
        province: text("province"),
        postal_code: text("postal_code"),
        ..old.clone()
    };
    let saved = people::change_person(
        tx,
        permit,
        (id, seen(fields)?),
        (&person, "", Origin::Here),
        &ProvinceOnPeople,
    )?;
    Ok(Done::one(Undo::Person(id), saved))
}
