//! A guardian or another contact, in one form: who it is, what the person is to
//! the student, whom to call first. What is rarely asked stands a step further.

use super::part::{Done, Known, further, is_verb, seen};
use super::person;
use crate::lookup;
use crate::posted::Fields;
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use codes::CodeSet;
use db::Reading;
use kernel::{
    ContactId, Date, Failure, Finding as Found, Findings, Outcome, PersonId, SchoolYear, StudentId,
};
use maud::{Markup, html};
use pasi::ProvinceOnPeople;
use people::{Contact, Custody, NewContact, On, Origin, PersonOf, Saved, StudentContact, Undo};
use ui::form::{Choice, Field, Finding, Width};
use ui::{Ctx, Lang};

/// The fields with the words of their labels, after those of the person.
const LABELS: &[(&str, &str)] = &[
    ("relationship", "field-relationship"),
    ("custody", "field-custody"),
    ("call_order", "field-call-order"),
    ("lives_with", "new-lives-with"),
    ("may_pick_up", "field-may-pick-up"),
    ("is_emergency", "field-is-emergency"),
    ("portal_access", "family-sees-pages"),
    ("effective_on", "field-effective-on"),
    ("expires_on", "field-expires-on"),
    ("note", "field-note"),
];

/// Who it is, when a person on file may be chosen.
const WHO: (&str, &str) = ("person", "family-who");
/// Says that the note was asked for: an empty one clears it.
pub(super) const NOTE_ASKED: &str = "note_asked";
/// The version of the person that the form saw.
const PERSON_VERSION: &str = "person_version";
/// Longest note.
const NOTE_MAX: u16 = 2000;
/// Persons on file offered for a new contact.
const OFFERED: usize = 6;

/// Every field of the form with the words of its label, in its order.
pub(super) fn labels() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    std::iter::once(&WHO).chain(person::LABELS).chain(LABELS)
}

fn yes(set: bool) -> String {
    if set { "yes".to_owned() } else { String::new() }
}

/// A new contact begins today, and is called after the others.
pub(super) fn fresh(known: &Known, today: Date) -> Vec<(&'static str, String)> {
    let holding = known.student.contacts.iter().map(|one| &one.contact.value);
    let last = holding
        .filter(|tie| tie.expires_on.is_none_or(|end| end >= today))
        .map(|tie| tie.call_order)
        .max();
    vec![
        ("custody", Custody::Unknown.as_str().to_owned()),
        ("call_order", (last.unwrap_or(0) + 1).min(99).to_string()),
        ("may_pick_up", yes(true)),
        ("effective_on", today.to_string()),
    ]
}

fn one(known: &Known, id: ContactId) -> Option<&StudentContact> {
    known.student.contacts.iter().find(|one| one.contact.id == id)
}

pub(super) fn pairs(known: &Known, id: ContactId) -> Option<(i64, Vec<(&'static str, String)>)> {
    let one = one(known, id)?;
    let tie = &one.contact.value;
    let mut pairs = vec![
        (PERSON_VERSION, one.person.version.to_string()),
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
        ("note", known.note.clone()),
    ];
    pairs.extend(person::pairs(&one.person.value));
    Some((one.contact.version, pairs))
}

/// What was typed, of the versions that there are now.
pub(super) fn of_now(typed: &Fields, now: &Fields) -> Fields {
    let others = typed.pairs().filter(|(name, _)| *name != PERSON_VERSION);
    let mut pairs: Vec<(String, String)> = others
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    pairs.push((PERSON_VERSION.to_owned(), now.get(PERSON_VERSION).to_owned()));
    Fields::from(pairs)
}

pub(super) fn say(lang: Lang, name: &str, value: &str) -> String {
    match name {
        "relationship" => lookup::relationship(lang, value),
        "custody" => lang.t(&format!("custody-{value}")).into_owned(),
        "note" => value.to_owned(),
        _ => person::say(lang, name, value).unwrap_or_else(|| {
            if value == "yes" {
                lang.t("yes").into_owned()
            } else {
                value.to_owned()
            }
        }),
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

/// The form: a new contact may be a person on file, one that is there says whose record it is too.
pub(super) fn questions(
    ctx: &Ctx,
    (known, id): (&Known, Option<ContactId>),
    fields: &Fields,
    found: &[Finding],
) -> Markup {
    let lang = ctx.lang;
    html! {
        @if id.is_some() {
            input type="hidden" name=(PERSON_VERSION) value=(fields.get(PERSON_VERSION));
            (person::shared(lang, known))
        } @else {
            (who(lang, known, fields, found))
        }
        (person::questions(ctx, fields, found))
        @for (name, _) in &LABELS[..7] { (question(ctx, name, fields, found)) }
        (further(lang, "family-more-contact", is_open(ctx, fields, found), &html! {
            (question(ctx, "effective_on", fields, found))
            (question(ctx, "expires_on", fields, found))
            @if known.may_note {
                input type="hidden" name=(NOTE_ASKED) value="yes";
                (question(ctx, "note", fields, found))
            }
        }))
    }
}

/// Is anything said beyond what holds from today on?
fn is_open(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> bool {
    let is_found = |name: &str| found.iter().any(|one| one.field == name);
    let today = Date::from(ctx.today).to_string();
    ["effective_on", "expires_on", "note"].into_iter().any(is_found)
        || fields.get("effective_on") != today
        || !fields.get("expires_on").is_empty()
        || !fields.get("note").is_empty()
}

fn question(ctx: &Ctx, name: &'static str, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let known = LABELS.iter().find(|(field, _)| *field == name);
    let label = lang.t(known.map_or("", |(_, label)| label));
    let hint = match name {
        "call_order" => lang.t("family-call-order-hint"),
        "expires_on" => lang.t("family-until-hint"),
        _ => lang.t("family-note-hint"),
    };
    let field = Field::new(lang, name, &label)
        .value(fields.get(name))
        .findings(found)
        .width(Width::Third);
    match name {
        "relationship" => field.required().select(&relationships(ctx)),
        "custody" => field.required().select(&custodies(lang)),
        "call_order" => field.hint(&hint).max_length(2).number(),
        "effective_on" => field.required().date(),
        "expires_on" => field.hint(&hint).optional().date(),
        "note" => field
            .hint(&hint)
            .optional()
            .width(Width::Whole)
            .max_length(NOTE_MAX)
            .sensitive()
            .textarea(3),
        _ => field.width(Width::Quarter).checkbox(),
    }
}

fn custodies(lang: Lang) -> Vec<Choice> {
    Custody::ALL
        .iter()
        .map(|one| Choice::new(one.as_str(), lang.t(&format!("custody-{}", one.as_str()))))
        .collect()
}

/// A person on file, or one to type.
fn who(lang: Lang, known: &Known, fields: &Fields, found: &[Finding]) -> Markup {
    let mut choices = offered(lang, known);
    if choices.is_empty() {
        return html! {};
    }
    choices.push(Choice::new("new", lang.t("family-someone-new")));
    let chosen = fields.some("person").unwrap_or_else(|| "new".to_owned());
    let label = lang.t(WHO.1);
    Field::new(lang, WHO.0, &label)
        .value(&chosen)
        .findings(found)
        .width(Width::Whole)
        .radios(&choices)
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

/// Does the form write a note?
pub(super) fn has_note(fields: &Fields) -> bool {
    fields.is_on(NOTE_ASKED)
}

/// What the person is to the student, as typed; what cannot be read is found, and left as nothing.
fn read(fields: &Fields, found: &mut Findings) -> Contact {
    let no_day = || Date::new(1900, 1, 1).expect("1 January 1900 is in the calendar");
    let effective_on = fields.day("effective_on", found).unwrap_or_else(no_day);
    Contact {
        custody: fields
            .chosen("custody", "LP-0008", found)
            .unwrap_or(Custody::Unknown),
        lives_with: fields.is_on("lives_with"),
        may_pick_up: fields.is_on("may_pick_up"),
        is_emergency: fields.is_on("is_emergency"),
        portal_access: fields.is_on("portal_access"),
        call_order: fields.parsed("call_order", "LP-0264", found).unwrap_or(0),
        expires_on: fields.date("expires_on", found),
        note: has_note(fields).then(|| fields.get("note").to_owned()),
        ..Contact::new(fields.get("relationship"), effective_on)
    }
}

/// What a step found joins what was found before, so that a form is told all that is wrong with
/// it; none when the step was refused. Whatever else fails ends the save.
fn told<T>(step: Outcome<T>, found: &mut Findings, of: impl FnOnce(&T) -> Findings) -> Outcome<Option<T>> {
    match step {
        Ok(done) => {
            found.extend(of(&done).0);
            Ok(Some(done))
        }
        Err(Failure::Invalid(more)) => {
            found.extend(more.0);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Saves both: the person, for each student around, and what the person is to this one.
pub(super) fn save(
    tx: &mut db::Tx,
    (permit, view): (&Permit<EditStudents>, &Permit<ViewStudents>),
    (student, id): (StudentId, ContactId),
    fields: &Fields,
) -> Outcome<Done> {
    let on = On::seen(student, id, seen(fields)?);
    if is_verb(fields, "end") {
        let today = tx.today();
        let ended = people::end_contact(tx, permit, &on, today)?;
        return Ok(Done::one(Undo::Contact(id), ended));
    }
    let seen_person = fields.version(PERSON_VERSION)?;
    let there = people::student(tx, view, student)?;
    let mut all = there.contacts.iter();
    let old = &all
        .find(|one| one.contact.id == id)
        .ok_or(Failure::NotFound)?
        .person;
    let (mut found, mut undo) = (Findings::default(), Vec::new());
    let tie = read(fields, &mut found);
    let findings = |saved: &Saved| saved.findings.clone();
    let saved = people::change_contact(tx, permit, &on, &tie);
    if let Some(saved) = told(saved, &mut found, findings)?.filter(|saved| saved.version != on.seen) {
        undo.push((Undo::Contact(id), saved.version));
    }
    let typed = person::read(fields);
    // Who is only looked at is not judged again.
    if typed != people::rules::tidy_person(&old.value) {
        let (at, what) = ((old.id, seen_person), (&typed, "", Origin::Here));
        let saved = people::change_person(tx, permit, at, what, &ProvinceOnPeople);
        if let Some(saved) = told(saved, &mut found, findings)?.filter(|saved| saved.version != seen_person) {
            undo.push((Undo::Person(old.id), saved.version));
        }
    }
    let findings = found.or_refuse()?;
    Ok(Done { undo, findings })
}

/// Adds one more contact.
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
    let mut found = Findings::default();
    let contact = read(fields, &mut found);
    let person = if let Some(id) = on_file(fields, &mut found) {
        PersonOf::Existing(id)
    } else {
        let person = person::read(fields);
        told(
            people::refuse_known(tx, view, &person, "mobile_phone"),
            &mut found,
            |()| Findings::default(),
        )?;
        PersonOf::New(PersonId::derived(&seed("person")), Box::new(person))
    };
    let new = NewContact { id, person, contact };
    let saved = people::add_contact(tx, permit, &On::new(student, id), &new, &ProvinceOnPeople);
    let saved = told(saved, &mut found, |saved| saved.findings.clone())?;
    let findings = found.or_refuse()?;
    let undo = saved.map(|saved| (Undo::Contact(id), saved.version));
    Ok(Done {
        undo: undo.into_iter().collect(),
        findings,
    })
}

/// The person on file that was chosen.
fn on_file(fields: &Fields, found: &mut Findings) -> Option<PersonId> {
    let chosen = fields.get(WHO.0);
    if matches!(chosen, "" | "new") {
        return None;
    }
    let id = chosen.strip_prefix("person-").and_then(|id| id.parse().ok());
    if id.is_none() {
        found.push(Found::refuse("LP-0008", WHO.0));
    }
    id
}
