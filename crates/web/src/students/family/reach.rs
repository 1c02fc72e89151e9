//! The student's own phones and e-mail addresses.

use super::part::{Done, is_verb, seen};
use crate::lookup;
use crate::posted::Fields;
use access::Permit;
use access::action::EditStudents;
use codes::CodeSet;
use kernel::{EmailId, Outcome, PhoneId, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::ProvinceOnPeople;
use people::{Email, On, Phone, Student, Undo};
use ui::form::{Choice, Field, Finding, Width};
use ui::{Ctx, Lang};

/// The fields of a phone with the words of their labels.
pub(super) const PHONE_LABELS: &[(&str, &str)] = &[
    ("kind", "field-kind"),
    ("number", "field-number"),
    ("extension", "field-extension"),
    ("is_preferred", "family-called-first"),
    ("is_listed", "field-is-listed"),
];
/// The fields of an e-mail address.
pub(super) const EMAIL_LABELS: &[(&str, &str)] = &[("kind", "field-kind"), ("address", "field-email")];

fn yes(set: bool) -> String {
    if set { "yes".to_owned() } else { String::new() }
}

pub(super) fn fresh_phone(student: &Student) -> Vec<(&'static str, String)> {
    vec![
        ("kind", "Home".to_owned()),
        ("is_preferred", yes(student.phones.is_empty())),
    ]
}

pub(super) fn fresh_email() -> Vec<(&'static str, String)> {
    vec![("kind", "Personal".to_owned())]
}

pub(super) fn phone_pairs(student: &Student, id: PhoneId) -> Option<(i64, Vec<(&'static str, String)>)> {
    let one = student.phones.iter().find(|one| one.id == id)?;
    let pairs = vec![
        ("kind", one.value.kind.clone()),
        ("number", one.value.number.clone()),
        ("extension", one.value.extension.clone()),
        ("is_preferred", yes(one.value.is_preferred)),
        ("is_listed", yes(one.value.is_listed)),
    ];
    Some((one.version, pairs))
}

pub(super) fn email_pairs(student: &Student, id: EmailId) -> Option<(i64, Vec<(&'static str, String)>)> {
    let one = student.emails.iter().find(|one| one.id == id)?;
    let pairs = vec![
        ("kind", one.value.kind.clone()),
        ("address", one.value.address.clone()),
    ];
    Some((one.version, pairs))
}

pub(super) fn say(lang: Lang, name: &str, value: &str) -> String {
    match name {
        "number" => lookup::phone(value),
        "kind" if matches!(value, "Personal" | "School") => lang.t(&format!("email-{value}")).into_owned(),
        "kind" => lookup::code(lang, CodeSet::PhoneType, value),
        _ if value == "yes" => lang.t("yes").into_owned(),
        _ => value.to_owned(),
    }
}

pub(super) fn phone_questions(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let kinds = lookup::choices(lang, CodeSet::PhoneType, SchoolYear::of(ctx.today.into()));
    html! {
        @for (name, label) in PHONE_LABELS {
            @let label = lang.t(label);
            @let field = Field::new(lang, name, &label).value(fields.get(name)).findings(found).width(Width::Third);
            @match *name {
                "kind" => (field.required().select(&kinds)),
                "number" => (field.required().focus().phone()),
                "extension" => (field.optional().max_length(8).number()),
                _ => (field.checkbox()),
            }
        }
    }
}

pub(super) fn email_questions(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let (kind, address) = (lang.t("field-kind"), lang.t("field-email"));
    let kinds = ["Personal", "School"].map(|kind| Choice::new(kind, lang.t(&format!("email-{kind}"))));
    html! {
        (Field::new(lang, "kind", &kind).value(fields.get("kind")).findings(found).required().width(Width::Third).segmented(&kinds))
        (Field::new(lang, "address", &address).value(fields.get("address")).findings(found).required().focus().width(Width::TwoThirds).email())
    }
}

pub(super) fn save_phone(
    tx: &mut db::Tx,
    permit: &Permit<EditStudents>,
    (student, id): (StudentId, Option<PhoneId>),
    fields: &Fields,
) -> Outcome<Done> {
    let fresh = || PhoneId::derived(&format!("{student}/{}", fields.get("once")));
    let on = On::seen(
        student,
        id.unwrap_or_else(fresh),
        if id.is_some() { seen(fields)? } else { 0 },
    );
    let saved = if is_verb(fields, "remove") {
        people::remove_phone(tx, permit, &on)?
    } else {
        let phone = Phone {
            kind: fields.get("kind").to_owned(),
            number: fields.get("number").to_owned(),
            extension: fields.get("extension").to_owned(),
            is_preferred: fields.is_on("is_preferred"),
            is_listed: fields.is_on("is_listed"),
        };
        people::set_phone(tx, permit, &on, &phone, &ProvinceOnPeople)?
    };
    Ok(Done::one(Undo::Phone(on.id), saved))
}

pub(super) fn save_email(
    tx: &mut db::Tx,
    permit: &Permit<EditStudents>,
    (student, id): (StudentId, Option<EmailId>),
    fields: &Fields,
) -> Outcome<Done> {
    let fresh = || EmailId::derived(&format!("{student}/{}", fields.get("once")));
    let on = On::seen(
        student,
        id.unwrap_or_else(fresh),
        if id.is_some() { seen(fields)? } else { 0 },
    );
    let saved = if is_verb(fields, "remove") {
        people::remove_email(tx, permit, &on)?
    } else {
        let email = Email {
            kind: fields.get("kind").to_owned(),
            address: fields.get("address").to_owned(),
        };
        people::set_email(tx, permit, &on, &email, &ProvinceOnPeople)?
    };
    Ok(Done::one(Undo::Email(on.id), saved))
}
