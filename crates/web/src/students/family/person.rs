//! The person of a contact's form: one record, shared by brothers and sisters.

use super::address;
use super::part::Known;
use crate::lookup;
use crate::posted::Fields;
use codes::CodeSet;
use kernel::{PersonName, SchoolYear};
use maud::{Markup, html};
use people::Person;
use ui::form::{Field, Finding, Width};
use ui::notice::{Tone, banner};
use ui::{Ctx, Lang};

/// The fields with the words of their labels; those from the fourth on are asked further down.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("first_name", "field-first-name"),
    ("last_name", "field-last-name"),
    ("mobile_phone", "field-mobile-phone"),
    ("email", "field-email"),
    ("middle_name", "field-middle-name"),
    ("suffix", "field-suffix"),
    ("language", "field-language"),
    ("home_phone", "field-home-phone"),
    ("work_phone", "field-work-phone"),
    ("other_email", "field-other-email"),
    ("street", "field-street"),
    ("city", "field-city"),
    ("province", "field-province"),
    ("postal_code", "field-postal-code"),
    ("country", "field-country"),
];

/// How many of [`LABELS`] are asked of everybody.
const USUAL: usize = 4;

pub(super) fn pairs(person: &Person) -> Vec<(&'static str, String)> {
    let person = people::rules::tidy_person(person);
    vec![
        ("first_name", person.name.first),
        ("last_name", person.name.last),
        ("mobile_phone", person.mobile_phone),
        ("email", person.email),
        ("middle_name", person.name.middle),
        ("suffix", person.name.suffix),
        ("language", person.language),
        ("home_phone", person.home_phone),
        ("work_phone", person.work_phone),
        ("other_email", person.other_email),
        ("street", person.street),
        ("city", person.city),
        ("province", person.province),
        ("postal_code", person.postal_code),
        ("country", person.country),
    ]
}

/// A value in words; none for a field that is not the person's, or one that is read as it stands.
pub(super) fn say(lang: Lang, name: &str, value: &str) -> Option<String> {
    Some(match name {
        "language" => lookup::code(lang, CodeSet::LanguageAtHome, value),
        "country" => lookup::code(lang, CodeSet::Country, value),
        "province" => lookup::code(lang, CodeSet::Province, value),
        _ if name.ends_with("_phone") => lookup::phone(value),
        _ => return None,
    })
}

/// The person as typed: the form asks for all that is kept.
pub(super) fn read(fields: &Fields) -> Person {
    let text = |name: &str| kernel::text::squeeze(fields.get(name));
    people::rules::tidy_person(&Person {
        name: PersonName {
            first: text("first_name"),
            middle: text("middle_name"),
            last: text("last_name"),
            suffix: text("suffix"),
        },
        home_phone: text("home_phone"),
        mobile_phone: text("mobile_phone"),
        work_phone: text("work_phone"),
        email: text("email"),
        other_email: text("other_email"),
        language: text("language"),
        street: text("street"),
        city: text("city"),
        province: text("province"),
        postal_code: text("postal_code"),
        country: text("country"),
    })
}

/// Whose records change too.
pub(super) fn shared(lang: Lang, known: &Known) -> Markup {
    let (children, beyond) = &known.shared;
    let others: Vec<&str> = children
        .iter()
        .filter(|card| card.student != known.student.id)
        .map(|card| card.preferred_name.as_str())
        .collect();
    let told = match (others.is_empty(), beyond) {
        (true, false) => return html! {},
        (false, false) => lang.tx("family-shared", &[("names", others.join(", ").into())]),
        (false, true) => lang.tx("family-shared-and-more", &[("names", others.join(", ").into())]),
        (true, true) => lang.t("family-shared-elsewhere"),
    };
    html! { div class="w12" { (banner(Tone::Info, &lang.t("family-shared-title"), &told, &[])) } }
}

/// The usual fields, and the others a step further, open where something stands in them.
pub(super) fn questions(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let (usual, further) = LABELS.split_at(USUAL);
    html! {
        div class="fg w12 typed-person" {
            @for (name, label) in usual { (question(ctx, (name, label), fields, found)) }
            (super::part::further(lang, "family-more-person", is_open(further, fields, found), &html! {
                @for (name, label) in further { (question(ctx, (name, label), fields, found)) }
            }))
        }
    }
}

fn is_open(further: &[(&str, &str)], fields: &Fields, found: &[Finding]) -> bool {
    further
        .iter()
        .any(|(name, _)| !fields.get(name).is_empty() || found.iter().any(|one| one.field == *name))
}

fn question(ctx: &Ctx, (name, label): (&'static str, &str), fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let label = lang.t(label);
    let (single, first) = (lang.t("new-last-hint"), lang.t("family-other-email-hint"));
    let field = Field::new(lang, name, &label)
        .value(fields.get(name))
        .findings(found)
        .width(if LABELS[..USUAL].iter().any(|(usual, _)| *usual == name) {
            Width::Quarter
        } else {
            Width::Third
        });
    let year = SchoolYear::of(ctx.today.into());
    match name {
        "first_name" => field.required().focus().text(),
        "last_name" => field.required().hint(&single).text(),
        "email" => field.email(),
        "other_email" => field.hint(&first).email(),
        "language" => field.select(&lookup::choices(lang, CodeSet::LanguageAtHome, year)),
        "country" => field.select(&address::codes_in(ctx, CodeSet::Country)),
        "province" => address::province(ctx, "province", fields, found),
        "postal_code" => field.numeric().text(),
        "street" => field.width(Width::Whole).text(),
        _ if name.ends_with("_phone") => field.phone(),
        _ => field.text(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_comes_back_from_its_form_as_it_was() {
        let person = Person {
            name: PersonName {
                first: "Dawn".into(),
                middle: "Rose".into(),
                last: "LNU".into(),
                suffix: "Jr.".into(),
            },
            home_phone: "7805550101".into(),
            mobile_phone: "+442071838750".into(),
            work_phone: "5875550102".into(),
            email: "dawn@example.ca".into(),
            other_email: "d.rose@work.example".into(),
            language: "CRE".into(),
            street: "1 Elm Street".into(),
            city: "Helena".into(),
            province: "MT".into(),
            postal_code: "59601".into(),
            country: "US".into(),
        };
        let typed = pairs(&person);
        assert_eq!(typed.len(), LABELS.len(), "every field has its label");
        let typed: Vec<(String, String)> = typed
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        assert_eq!(read(&Fields::from(typed)), person);
    }
}
