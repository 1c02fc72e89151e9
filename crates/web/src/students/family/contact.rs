//! What a person is to the student: relationship, custody, whom to call first.

use super::part::{Done, Known, is_verb, seen};
use crate::lookup;
use crate::posted::Fields;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::Reading;
use kernel::{ContactId, Date, Findings, Outcome, PersonId, PersonName, SchoolYear, StudentId};
use maud::{Markup, html};
use pasi::ProvinceOnPeople;
use people::{Contact, Custody, NewContact, On, Person, PersonOf, Student, Undo};
use ui::form::{Choice, Field, Finding, Width};
use ui::{Ctx, Lang};

/// The fields with the words of their labels.
pub(super) const LABELS: &[(&str, &str)] = &[
    ("relationship", "field-relationship"),
    ("custody", "field-custody"),
    ("call_order", "field-call-order"),
    ("lives_with", "field-lives-with"),
    ("may_pick_up", "field-may-pick-up"),
    ("is_emergency", "field-is-emergency"),
    ("portal_access", "field-portal-access"),
    ("effective_on", "field-effective-on"),
    ("expires_on", "field-expires-on"),
];

/// Persons on file offered for a new contact.
const OFFERED: usize = 6;

fn yes(set: bool) -> String {
    if set { "yes".to_owned() } else { String::new() }
}

pub(super) fn fresh() -> Vec<(&'static str, String)> {
    vec![("may_pick_up", yes(true))]
}

pub(super) fn pairs(student: &Student, id: ContactId) -> Option<(i64, Vec<(&'static str, String)>)> {
    let one = &student.contacts.iter().find(|one| one.contact.id == id)?.contact;
    let tie = &one.value;
    let pairs = vec![
        ("relationship", tie.relationship.clone()),
        ("custody", tie.custody.as_str().to_owned()),
        ("call_order", tie.call_order.to_string()),
        ("lives_with", yes(tie.lives_with)),
        ("may_pick_up", yes(tie.may_pick_up)),
        ("is_emergency", yes(tie.is_emergency)),
        ("portal_access", yes(tie.portal_access)),
        ("effective_on", tie.effective_on.to_string()),
        (
            "expires_on",
            tie.expires_on.map(|day| day.to_string()).unwrap_or_default(),
        ),
    ];
    Some((one.version, pairs))
}

pub(super) fn say(lang: Lang, name: &str, value: &str) -> String {
    match name {
        "relationship" => lookup::relationship(lang, value),
        "custody" => lang.t(&format!("custody-{value}")).into_owned(),
        _ if value == "yes" => lang.t("yes").into_owned(),
        _ => value.to_owned(),
    }
}

/// The province's relationships, then our own.
fn relationships(ctx: &Ctx) -> Vec<Choice> {
    let lang = ctx.lang;
    let year = SchoolYear::of(ctx.today.into());
    let offered = lookup::choices(lang, CodeSet::GuardianRelationship, year).into_iter();
    let (guardians, others) = (lang.t("family-guardians"), lang.t("family-others"));
    offered
        .map(|choice| choice.group(guardians.clone()))
        .chain(
            people::LOCAL_RELATIONSHIPS
                .iter()
                .map(|code| Choice::new(*code, lookup::relationship(lang, code)).group(others.clone())),
        )
        .collect()
}

pub(super) fn questions(
    ctx: &Ctx,
    (known, id): (&Known, ContactId),
    fields: &Fields,
    found: &[Finding],
) -> Markup {
    let lang = ctx.lang;
    let one = known.student.contacts.iter().find(|one| one.contact.id == id);
    let custody: Vec<Choice> = Custody::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), lang.t(&format!("custody-{}", one.as_str()))))
        .collect();
    let label = |name: &str| {
        let known = LABELS.iter().find(|(field, _)| *field == name);
        lang.t(known.map_or("", |(_, label)| label))
    };
    let field = |name: &'static str, drawn: &dyn Fn(Field<'_>) -> Markup| {
        let label = label(name);
        drawn(
            Field::new(lang, name, &label)
                .value(fields.get(name))
                .findings(found)
                .width(Width::Third),
        )
    };
    html! {
        @if let Some(one) = one {
            p class="w12 m-0" {
                b { (one.person.value.name.sentence()) } " "
                a class="sm" href={ "/students/" (known.student.id) "/family/person/" (one.person.id) } { (lang.t("family-person-too")) }
            }
        }
        (field("relationship", &|one| one.required().focus().select(&relationships(ctx))))
        (field("custody", &|one| one.required().select(&custody)))
        (field("call_order", &|one| one.hint(&lang.t("family-call-order-hint")).max_length(2).number()))
        (field("lives_with", &|one| one.width(Width::Quarter).checkbox()))
        (field("may_pick_up", &|one| one.width(Width::Quarter).checkbox()))
        (field("is_emergency", &|one| one.width(Width::Quarter).checkbox()))
        (field("portal_access", &|one| one.width(Width::Quarter).checkbox()))
        (field("effective_on", &|one| one.required().date()))
        (field("expires_on", &|one| one.hint(&lang.t("family-until-hint")).optional().date()))
    }
}

/// A person on file, or one to type.
pub(super) fn new_questions(ctx: &Ctx, known: &Known, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let (first, last, relationship) = (
        lang.t("field-first-name"),
        lang.t("field-last-name"),
        lang.t("field-relationship"),
    );
    let (phone, email, pick_up) = (
        lang.t("field-mobile-phone"),
        lang.t("field-email"),
        lang.t("field-may-pick-up"),
    );
    let (lives, who) = (lang.t("new-lives-with"), lang.t("family-who"));
    let mut choices = offered(lang, known);
    choices.push(Choice::new("new", lang.t("family-someone-new")));
    let chosen = fields.some("person").unwrap_or_else(|| "new".to_owned());
    html! {
        @if choices.len() > 1 {
            (Field::new(lang, "person", &who).value(&chosen).findings(found).width(Width::Whole).radios(&choices))
        }
        div class="fg w12 typed-person" {
            (Field::new(lang, "first_name", &first).value(fields.get("first_name")).findings(found).required().width(Width::Quarter).text())
            (Field::new(lang, "last_name", &last).value(fields.get("last_name")).findings(found).required().width(Width::Quarter).text())
            (Field::new(lang, "mobile_phone", &phone).value(fields.get("mobile_phone")).findings(found).width(Width::Quarter).phone())
            (Field::new(lang, "email", &email).value(fields.get("email")).findings(found).width(Width::Quarter).email())
        }
        (Field::new(lang, "relationship", &relationship).value(fields.get("relationship")).findings(found).required().width(Width::Third).select(&relationships(ctx)))
        (Field::new(lang, "may_pick_up", &pick_up).value(fields.get("may_pick_up")).width(Width::Third).checkbox())
        (Field::new(lang, "lives_with", &lives).value(fields.get("lives_with")).width(Width::Third).checkbox())
    }
}

/// Persons around brothers, sisters and namesakes who are not contacts of the student yet.
fn offered(lang: Lang, known: &Known) -> Vec<Choice> {
    let mut there: Vec<PersonId> = known.student.contacts.iter().map(|one| one.person.id).collect();
    let mut choices = Vec::new();
    for family in &known.families {
        for one in &family.contacts {
            if there.contains(&one.person.id) || choices.len() >= OFFERED {
                continue;
            }
            there.push(one.person.id);
            let children: Vec<&str> = family
                .children
                .iter()
                .map(|card| card.preferred_name.as_str())
                .collect();
            let of = lang.tx("family-of", &[("names", children.join(", ").into())]);
            let phone = lookup::phone(one.person.value.phone());
            let note: Vec<String> = [of.into_owned(), phone]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            choices.push(
                Choice::new(
                    format!("person-{}", one.person.id),
                    one.person.value.name.sentence(),
                )
                .note(note.join(" · ")),
            );
        }
    }
    choices
}

pub(super) fn save(
    tx: &mut db::Tx,
    permit: &Permit<EditStudents>,
    (student, id): (StudentId, ContactId),
    fields: &Fields,
) -> Outcome<Done> {
    let on = On::seen(student, id, seen(fields)?);
    let saved = if is_verb(fields, "end") {
        let today = tx.today();
        people::end_contact(tx, permit, &on, today)?
    } else {
        people::change_contact(tx, permit, &on, &value(fields)?)?
    };
    Ok(Done::one(Undo::Contact(id), saved))
}

fn value(fields: &Fields) -> Outcome<Contact> {
    let mut found = Findings::default();
    let from = fields.date("effective_on", &mut found);
    if from.is_none() && found.is_empty() {
        found.push(kernel::Finding::refuse("LP-0001", "effective_on"));
    }
    let until = fields.date("expires_on", &mut found);
    let call_order = fields
        .parsed::<i32>("call_order", "LP-0264", &mut found)
        .unwrap_or(0);
    let custody = fields
        .parsed("custody", "LP-0405", &mut found)
        .unwrap_or(Custody::Unknown);
    found.or_refuse()?;
    let from = from.unwrap_or_else(|| Date::new(1900, 1, 1).expect("1 January 1900 is in the calendar"));
    Ok(Contact {
        custody,
        lives_with: fields.is_on("lives_with"),
        may_pick_up: fields.is_on("may_pick_up"),
        is_emergency: fields.is_on("is_emergency"),
        portal_access: fields.is_on("portal_access"),
        call_order,
        expires_on: until,
        ..Contact::new(fields.get("relationship"), from)
    })
}

/// Adds one more contact, called after the others.
pub(super) fn add(
    tx: &mut db::Tx,
    (permit, view): (&Permit<EditStudents>, &Permit<ViewStudents>),
    student: StudentId,
    fields: &Fields,
) -> Outcome<Done> {
    let seed = |what: &str| format!("{student}/{}/{what}", fields.get("once"));
    let id = ContactId::derived(&seed("contact"));
    let there = people::student(tx, view, student)?;
    if there.contacts.iter().any(|one| one.contact.id == id) {
        return Ok(Done::default()); // the same form came twice
    }
    let known = match fields.get("person") {
        "" | "new" => None,
        named => Some(
            named
                .strip_prefix("person-")
                .and_then(|id| id.parse().ok())
                .ok_or_else(|| kernel::Failure::refuse("LP-0008", "person"))?,
        ),
    };
    let person = if let Some(id) = known {
        PersonOf::Existing(id)
    } else {
        let person = Person {
            name: PersonName::new(
                &kernel::text::squeeze(fields.get("first_name")),
                &kernel::text::squeeze(fields.get("last_name")),
            ),
            mobile_phone: fields.get("mobile_phone").to_owned(),
            email: fields.get("email").to_owned(),
            ..Person::default()
        };
        people::refuse_known(tx, view, &person, "mobile_phone")?;
        PersonOf::New(PersonId::derived(&seed("person")), Box::new(person))
    };
    let last = there
        .contacts
        .iter()
        .map(|one| one.contact.value.call_order)
        .max()
        .unwrap_or(0);
    let contact = Contact {
        lives_with: fields.is_on("lives_with"),
        may_pick_up: fields.is_on("may_pick_up"),
        call_order: (last + 1).min(99),
        ..Contact::new(fields.get("relationship"), tx.today())
    };
    let saved = people::add_contact(
        tx,
        permit,
        &On::new(student, id),
        &NewContact { id, person, contact },
        &ProvinceOnPeople,
    )?;
    Ok(Done::one(Undo::Contact(id), saved))
}
