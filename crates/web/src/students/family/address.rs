//! Where the student lives and where letters go: a new address, a brother's or
//! sister's, or a correction of one on record.

use super::part::{Done, Known, is_verb, seen};
use crate::lookup;
use crate::posted::Fields;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::Reading;
use kernel::{AddressId, Date, Failure, Findings, Outcome, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::ProvinceOnPeople;
use people::{Address, AddressKind, On, Student, Undo};
use ui::form::{Choice, Field, Finding, Width};
use ui::{Ctx, Lang, icon};

/// The fields with the words of their labels.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("format", "field-format"),
    ("street", "field-street"),
    ("city", "field-city"),
    ("province", "field-province"),
    ("postal_code", "field-postal-code"),
    ("country", "field-country"),
    ("effective_on", "field-effective-on"),
    ("expires_on", "field-expires-on"),
];

/// The format and the country of most addresses.
pub(in crate::students) const CANADIAN: &str = "Mail-CA";
pub(in crate::students) const CANADA: &str = "CA";
/// An address where the student lives and where letters go.
pub(super) const BOTH: &str = "both";

pub(super) fn fresh(student: &Student, today: Date) -> Vec<(&'static str, String)> {
    match student.address_on(AddressKind::Mailing, today) {
        Some(address) => vec![
            ("street", address.value.street.clone()),
            ("city", address.value.city.clone()),
            ("province", address.value.province.clone()),
            ("postal_code", address.value.postal_code.clone()),
            ("format", address.value.format.clone()),
            ("country", address.value.country.clone()),
            ("of", BOTH.to_owned()),
        ],
        None => vec![
            ("province", "AB".to_owned()),
            ("format", CANADIAN.to_owned()),
            ("country", CANADA.to_owned()),
            ("of", BOTH.to_owned()),
        ],
    }
}

pub(super) fn pairs(student: &Student, id: AddressId) -> Option<(i64, Vec<(&'static str, String)>)> {
    let one = student.addresses.iter().find(|one| one.id == id)?;
    let address = &one.value;
    let pairs = vec![
        ("format", address.format.clone()),
        ("street", address.street.clone()),
        ("city", address.city.clone()),
        ("province", address.province.clone()),
        ("postal_code", address.postal_code.clone()),
        ("country", address.country.clone()),
        ("effective_on", address.effective_on.to_string()),
        (
            "expires_on",
            address.expires_on.map(|day| day.to_string()).unwrap_or_default(),
        ),
    ];
    Some((one.version, pairs))
}

pub(super) fn say(lang: Lang, name: &str, value: &str) -> String {
    match name {
        "format" => lookup::code(lang, CodeSet::AddressFormat, value),
        "country" => lookup::code(lang, CodeSet::Country, value),
        _ => value.to_owned(),
    }
}

/// A new address; a brother's or sister's fills the form.
pub(super) fn new_questions(ctx: &Ctx, known: &Known, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let (street, city) = (lang.t("field-street"), lang.t("field-city"));
    let (postal, from, of) = (
        lang.t("field-postal-code"),
        lang.t("field-effective-on"),
        lang.t("family-address-of"),
    );
    let (format, country) = (lang.t("field-format"), lang.t("field-country"));
    let uses = [BOTH, "mailing", "physical"]
        .map(|value| Choice::new(value, lang.t(&format!("family-address-of-{value}")).into_owned()));
    let begins = fields
        .some("effective_on")
        .unwrap_or_else(|| Date::from(ctx.today).to_string());
    html! {
        (siblings(lang, known))
        (Field::new(lang, "street", &street).value(fields.get("street")).findings(found).required().width(Width::Whole).focus().text())
        (Field::new(lang, "city", &city).value(fields.get("city")).findings(found).required().width(Width::Third).text())
        (province(ctx, "province", fields, found))
        (Field::new(lang, "postal_code", &postal).value(fields.get("postal_code")).findings(found).width(Width::Third).numeric().text())
        (Field::new(lang, "of", &of).value(fields.get("of")).findings(found).required().width(Width::TwoThirds).segmented(&uses))
        (Field::new(lang, "effective_on", &from).value(&begins).findings(found).width(Width::Third).date())
        (Field::new(lang, "format", &format).value(fields.get("format")).findings(found).required().width(Width::Third).select(&codes_in(ctx, CodeSet::AddressFormat)))
        (Field::new(lang, "country", &country).value(fields.get("country")).findings(found).required().width(Width::Third).select(&codes_in(ctx, CodeSet::Country)))
    }
}

/// Addresses of brothers and sisters, each a link that fills the form.
fn siblings(lang: Lang, known: &Known) -> Markup {
    let own = known.student.id;
    let mut offered = Vec::new();
    for family in &known.families {
        let others = family.children.iter().filter(|card| card.student != own);
        if let (Some(child), Some(address)) = (others.clone().next(), family.addresses.first()) {
            offered.push((child, address));
        }
    }
    html! {
        @if !offered.is_empty() {
            div class="w12 row-x wrap" {
                span class="sub" { (lang.t("family-same-as")) }
                @for (child, address) in offered {
                    a class="btn btn-s" href={ "/students/" (own) "/family/address?as=" (child.student) } {
                        (icon(ui::Icon::Copy)) (child.preferred_name) ": " (address.street) ", " (address.city)
                    }
                }
            }
        }
    }
}

/// Province or state: those of Canada and of the United States; what is none of them is typed.
pub(in crate::students) fn province(ctx: &Ctx, name: &str, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let choices: Vec<Choice> = [CANADA, "US"]
        .into_iter()
        .flat_map(|country| {
            let heading = lookup::code(lang, CodeSet::Country, country);
            codes::set(CodeSet::Province)
                .offered_under(country, SchoolYear::of(ctx.today.into()))
                .map(move |code| {
                    let label = code.label(lookup::tongue(lang));
                    Choice::new(code.code.as_str(), label).group(heading.clone())
                })
        })
        .collect();
    let (label, value) = (lang.t("field-province"), fields.get(name));
    let is_typed = !value.is_empty() && codes::set(CodeSet::Province).find(value).is_none();
    let field = Field::new(lang, name, &label)
        .value(value)
        .findings(found)
        .width(Width::Third);
    if is_typed || fields.get("format") == "Mail-International" {
        field.text()
    } else {
        field.select(&choices)
    }
}

/// The codes that hold this year.
pub(in crate::students) fn codes_in(ctx: &Ctx, set: CodeSet) -> Vec<Choice> {
    codes::set(set)
        .valid_in(SchoolYear::of(ctx.today.into()))
        .map(|code| Choice::new(code.code.as_str(), code.label(lookup::tongue(ctx.lang))))
        .collect()
}

/// Every field of an address on record, to correct or end it.
pub(super) fn questions(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    html! {
        @for (name, label) in LABELS {
            @let label = lang.t(label);
            @let field = Field::new(lang, name, &label).value(fields.get(name)).findings(found).width(Width::Third);
            @match *name {
                "format" => (field.required().select(&codes_in(ctx, CodeSet::AddressFormat))),
                "street" => (field.required().focus().width(Width::TwoThirds).text()),
                "country" => (field.required().select(&codes_in(ctx, CodeSet::Country))),
                "effective_on" => (field.required().date()),
                "province" => (province(ctx, "province", fields, found)),
                "expires_on" => (field.optional().date()),
                _ => (field.text()),
            }
        }
    }
}

/// Saves a new address: where letters go, where the student lives, or both.
pub(super) fn add(
    tx: &mut db::Tx,
    permit: &Permit<EditStudents>,
    student: StudentId,
    fields: &Fields,
) -> Outcome<Done> {
    let mut found = Findings::default();
    let effective_on = fields
        .date("effective_on", &mut found)
        .unwrap_or_else(|| tx.today());
    found.or_refuse()?;
    let kinds: &[AddressKind] = match fields.get("of") {
        BOTH => &[AddressKind::Mailing, AddressKind::Physical],
        "mailing" => &[AddressKind::Mailing],
        "physical" => &[AddressKind::Physical],
        _ => return Err(Failure::refuse("LP-0008", "of")),
    };
    let mut done = Done::default();
    for kind in kinds {
        let address = Address {
            kind: *kind,
            format: fields.get("format").to_owned(),
            street: fields.get("street").to_owned(),
            city: fields.get("city").to_owned(),
            province: fields.get("province").to_owned(),
            postal_code: fields.get("postal_code").to_owned(),
            country: fields.get("country").to_owned(),
            effective_on,
            expires_on: None,
        };
        let id = AddressId::derived(&format!("{student}/{}/{}", fields.get("once"), kind.as_str()));
        let saved = people::set_address(tx, permit, &On::new(student, id), &address, &ProvinceOnPeople)?;
        done.and(Undo::Address(id), saved);
    }
    Ok(done)
}

/// Corrects an address on record, ends it, or takes one out that was made in error.
pub(super) fn save(
    tx: &mut db::Tx,
    (permit, view): (&Permit<EditStudents>, &Permit<ViewStudents>),
    (student, id): (StudentId, AddressId),
    fields: &Fields,
) -> Outcome<Done> {
    let on = On::seen(student, id, seen(fields)?);
    if is_verb(fields, "remove") {
        let saved = people::remove_address(tx, permit, &on)?;
        return Ok(Done::one(Undo::Address(id), saved));
    }
    let there = people::student(tx, view, student)?;
    let old = there.addresses.iter().find(|one| one.id == id);
    let old = &old.ok_or(Failure::NotFound)?.value;
    let mut found = Findings::default();
    let from = fields.date("effective_on", &mut found);
    let until = fields.date("expires_on", &mut found);
    found.or_refuse()?;
    let address = Address {
        kind: old.kind,
        format: fields.get("format").to_owned(),
        street: fields.get("street").to_owned(),
        city: fields.get("city").to_owned(),
        province: fields.get("province").to_owned(),
        postal_code: fields.get("postal_code").to_owned(),
        country: fields.get("country").to_owned(),
        effective_on: from.unwrap_or(old.effective_on),
        expires_on: until,
    };
    let saved = people::set_address(tx, permit, &on, &address, &ProvinceOnPeople)?;
    Ok(Done::one(Undo::Address(id), saved))
}
