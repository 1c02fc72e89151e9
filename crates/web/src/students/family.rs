//! Family and contacts: whom to call, where the student lives; a new address, one more contact.

use super::head::{self, Opened, Page};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use axum::extract::{Path, State};
use codes::CodeSet;
use kernel::{
    AddressId, ContactId, Date, Failure, Findings, Outcome, PersonId, PersonName, SchoolYear, StudentId,
};
use maud::{Markup, html};
use people::{Address, AddressKind, Contact, NewContact, On, Person, PersonOf, Student};
use std::time::Duration;
use ui::ctx::Ctx;
use ui::facts::Facts;
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::table::{Column, Table};
use ui::{Action, Icon, Lang, card};

/// Longest wait for the province before the page comes anyway.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What is asked for on a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Address,
    Contact,
}

impl Ask {
    const fn path(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Contact => "contact",
        }
    }
}

async fn load(app: &App, who: &Who, student: StudentId) -> Result<Student, Stopped> {
    let standing = who.standing().clone();
    app.store()
        .read(who.division(), move |at| {
            let permit = Permit::<ViewStudents>::student(at, &standing, student)?;
            people::student(at, &permit, student)
        })
        .await
        .or_stop(app, who)
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    let look = who.visit.look;
    let opened = head::open(&app, &who, student, move |at, permit| {
        head::record(at, permit, student, look)
    });
    let Opened {
        head,
        ctx,
        shown: record,
    } = opened.await?;
    let may_edit = look.is_none() && context::may::<EditStudents>(who.standing());
    let today = look.map_or_else(|| ctx.today.into(), |look| look.on);
    let body = html! {
        (head.draw(&who, Page::Family, Vec::new()))
        div class="grid" {
            div class="s7 stack" { (contacts(ctx.lang, &record, may_edit)) }
            div class="s5 stack" { (addresses(ctx.lang, &record, may_edit, today)) (reach(ctx.lang, &record)) }
        }
        (head.because(&who))
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-tab-family"), body).into())
}

fn contacts(lang: Lang, record: &Student, may_edit: bool) -> Markup {
    let columns = vec![
        Column::figures(lang.t("column-call-order")),
        Column::new(lang.t("column-name")),
        Column::new(lang.t("column-relationship")),
        Column::new(lang.t("column-lives-with")).hide_on_phone(),
        Column::figures(lang.t("column-phone")),
        Column::new(lang.t("column-pick-up")),
    ];
    let rows = record
        .contacts
        .iter()
        .map(|contact| super::summary::contact_row(lang, contact))
        .collect();
    let empty = ui::waiting::empty(&lang.t("family-none"), None);
    let table = Table::new(lang.t("family-title"), columns)
        .rows(rows)
        .empty(empty)
        .draw(lang);
    let add = Action::link(
        lang.t("family-add-contact"),
        format!("/students/{}/family/contact", record.id),
    );
    let end = html! { @if may_edit { (add.small().icon(Icon::UserPlus)) } };
    card::bare_card(
        &card::Head::new("contacts", lang.t("family-title")).end(end),
        &table,
    )
}

fn addresses(lang: Lang, record: &Student, may_edit: bool, today: Date) -> Markup {
    let change = Action::link(
        lang.t("family-change-address"),
        format!("/students/{}/family/address", record.id),
    );
    let end = html! { @if may_edit { (change.small()) } };
    let body = html! {
        @if record.addresses.is_empty() { p class="sub m-0" { (lang.t("family-no-address")) } }
        @for kind in [AddressKind::Mailing, AddressKind::Physical] {
            @if let Some(address) = record.address_on(kind, today) {
                (Facts::new()
                    .fact(lookup::code(lang, CodeSet::AddressType, kind.as_str()), html! {
                        (address.value.street) br; (address.value.city) " " (address.value.province) " " span class="nw" { (address.value.postal_code) }
                    })
                    .figure(lang.t("field-effective-on"), address.value.effective_on.to_string())
                    .draw())
            }
        }
    };
    card::card(&card::Head::new("addresses", lang.t("new-home")).end(end), &body)
}

fn reach(lang: Lang, record: &Student) -> Markup {
    let mut facts = Facts::new();
    for phone in &record.phones {
        let kind = lookup::code(lang, CodeSet::PhoneType, &phone.value.kind);
        facts = facts.figure(kind, lookup::phone(&phone.value.number));
    }
    for email in &record.emails {
        facts = facts.fact(lang.t("field-email"), email.value.address.clone());
    }
    let is_empty = record.phones.is_empty() && record.emails.is_empty();
    let body =
        html! { @if is_empty { p class="sub m-0" { (lang.t("none-on-file")) } } @else { (facts.draw()) } };
    card::card(&card::Head::new("reach", lang.t("family-reach")), &body)
}

/// The form of a new address.
pub(crate) async fn ask_address(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
) -> PageResult {
    ask(&app, &who, student, Ask::Address).await
}

/// The form of one more contact.
pub(crate) async fn ask_contact(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
) -> PageResult {
    ask(&app, &who, student, Ask::Contact).await
}

async fn ask(app: &App, who: &Who, student: StudentId, what: Ask) -> PageResult {
    Permit::<EditStudents>::wide(who.standing()).or_stop(app, who)?;
    let record = load(app, who, student).await?;
    let pairs = match record.address_on(AddressKind::Mailing, app.store().now().date()) {
        Some(address) if what == Ask::Address => vec![
            ("street", address.value.street.clone()),
            ("city", address.value.city.clone()),
            ("province", address.value.province.clone()),
            ("postal_code", address.value.postal_code.clone()),
        ],
        _ => vec![("province", "AB".to_owned())],
    };
    let fields = Fields::from(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Vec<_>>(),
    );
    shown(app, who, student, what, (&fields, &[]))
        .await
        .map(Answer::page)
}

async fn shown(
    app: &App,
    who: &Who,
    student: StudentId,
    what: Ask,
    (fields, found): (&Fields, &[Finding]),
) -> Result<Markup, Stopped> {
    let Opened { head, ctx, .. } = head::open_head(app, who, student).await?;
    let lang = ctx.lang;
    let (back, title) = (
        head::path(student, Page::Family),
        format!("family-{}-title", what.path()),
    );
    let token = fields
        .some("once")
        .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let questions = match what {
        Ask::Address => address_questions(&ctx, fields, found),
        Ask::Contact => contact_questions(&ctx, fields, found),
    };
    let inner = html! {
        (form::summary(lang, found, &["street", "city", "province", "postal_code", "first_name", "last_name", "relationship"]))
        div class="fg" { (questions) }
        (form::form_end(lang, &html! {}, &back, &Action::submit(lang.t("enrolment-change-send")).primary().key("Ctrl Enter")))
    };
    let draft = format!("{}-{student}", what.path());
    let form = Form::post(&format!("{back}/{}", what.path()))
        .draft(&draft)
        .once(&token)
        .draw_in(&ctx, &inner);
    let body = html! {
        (head.draw(who, Page::Family, Vec::new()))
        (card::card(&card::Head::new("ask", lang.t(&title)), &form))
    };
    Ok(ui::shell::page(&ctx, lang.t(&title), body))
}

fn address_questions(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> Markup {
    let lang = ctx.lang;
    let (street, city, province) = (
        lang.t("field-street"),
        lang.t("field-city"),
        lang.t("field-province"),
    );
    let (postal, from, both) = (
        lang.t("field-postal-code"),
        lang.t("field-effective-on"),
        lang.t("new-lives-there"),
    );
    let offered = codes::set(CodeSet::Province).offered_under("CA", SchoolYear::of(ctx.today.into()));
    let provinces: Vec<Choice> = offered
        .map(|code| Choice::new(code.code.as_str(), code.label(lookup::tongue(lang))))
        .collect();
    let begins = fields
        .some("effective_on")
        .unwrap_or_else(|| Date::from(ctx.today).to_string());
    html! {
        (Field::new(lang, "street", &street).value(fields.get("street")).findings(found).required().width(Width::Whole).focus().text())
        (Field::new(lang, "city", &city).value(fields.get("city")).findings(found).required().width(Width::Third).text())
        (Field::new(lang, "province", &province).value(fields.get("province")).findings(found).width(Width::Third).select(&provinces))
        (Field::new(lang, "postal_code", &postal).value(fields.get("postal_code")).findings(found).width(Width::Third).numeric().text())
        (Field::new(lang, "effective_on", &from).value(&begins).findings(found).width(Width::Third).date())
        (Field::new(lang, "both", &both).value("yes").width(Width::TwoThirds).checkbox())
    }
}

fn contact_questions(ctx: &Ctx, fields: &Fields, found: &[Finding]) -> Markup {
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
    let lives = lang.t("new-lives-with");
    let offered = codes::set(CodeSet::GuardianRelationship).offered_in(SchoolYear::of(ctx.today.into()));
    let relationships: Vec<Choice> = offered
        .map(|code| Choice::new(code.code.as_str(), code.label(lookup::tongue(lang))))
        .collect();
    html! {
        (Field::new(lang, "first_name", &first).value(fields.get("first_name")).findings(found).required().width(Width::Third).focus().text())
        (Field::new(lang, "last_name", &last).value(fields.get("last_name")).findings(found).required().width(Width::Third).text())
        (Field::new(lang, "relationship", &relationship).value(fields.get("relationship")).findings(found).required().width(Width::Third).select(&relationships))
        (Field::new(lang, "mobile_phone", &phone).value(fields.get("mobile_phone")).findings(found).width(Width::Third).phone())
        (Field::new(lang, "email", &email).value(fields.get("email")).findings(found).width(Width::Third).email())
        (Field::new(lang, "may_pick_up", &pick_up).value(fields.get("may_pick_up")).width(Width::Third).checkbox())
        (Field::new(lang, "lives_with", &lives).value(fields.get("lives_with")).width(Width::Third).checkbox())
    }
}

/// Saves a new mailing address, and where the student lives when it is the same.
pub(crate) async fn send_address(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    posted: Posted,
) -> PageResult {
    send(&app, student, posted, Ask::Address).await
}

/// Saves one more contact.
pub(crate) async fn send_contact(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    posted: Posted,
) -> PageResult {
    send(&app, student, posted, Ask::Contact).await
}

async fn send(app: &App, student: StudentId, Posted { who, fields }: Posted, what: Ask) -> PageResult {
    let (standing, sent) = (who.standing().clone(), fields.clone());
    let saved = app
        .store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<EditStudents>::student(tx, &standing, student)?;
            match what {
                Ask::Address => set_address(tx, &permit, student, &sent),
                Ask::Contact => {
                    let view = Permit::<ViewStudents>::student(tx, &standing, student)?;
                    let order = people::student(tx, &view, student)?.contacts.len();
                    add_contact(tx, &permit, student, (&sent, order))
                }
            }
        })
        .await;
    match saved {
        Ok(()) => {
            if let Some(connector) = app.connector() {
                connector
                    .settle_student(student, PATIENCE)
                    .await
                    .or_stop(app, &who)?;
            }
            Ok(Answer::see(head::path(student, Page::Family)))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), beside(failure)).or_stop(app, &who)?;
            shown(app, &who, student, what, (&fields, &found))
                .await
                .map(Answer::again)
        }
    }
}

/// Findings of a person's fields stand beside the form's, which have the same last name.
fn beside(failure: Failure) -> Failure {
    let Failure::Invalid(mut findings) = failure else {
        return failure;
    };
    for finding in &mut findings.0 {
        if let Some((_, last)) = finding.field.rsplit_once('.') {
            finding.field = last.to_owned();
        }
    }
    Failure::Invalid(findings)
}

fn set_address(
    tx: &mut db::Tx,
    permit: &Permit<EditStudents>,
    student: StudentId,
    fields: &Fields,
) -> Outcome<()> {
    let mut found = Findings::default();
    let effective_on = fields
        .date("effective_on", &mut found)
        .unwrap_or_else(|| db::Reading::today(tx));
    found.or_refuse()?;
    let kinds: &[AddressKind] = if fields.is_on("both") {
        &[AddressKind::Mailing, AddressKind::Physical]
    } else {
        &[AddressKind::Mailing]
    };
    for kind in kinds {
        let address = Address {
            kind: *kind,
            format: "Mail-CA".to_owned(),
            street: fields.get("street").to_owned(),
            city: fields.get("city").to_owned(),
            province: fields.get("province").to_owned(),
            postal_code: fields.get("postal_code").to_owned(),
            country: "CA".to_owned(),
            effective_on,
            expires_on: None,
        };
        let id = AddressId::derived(&format!("{student}/{}/{}", fields.get("once"), kind.as_str()));
        people::set_address(tx, permit, &On::new(student, id), &address)?;
    }
    Ok(())
}

fn add_contact(
    tx: &mut db::Tx,
    permit: &Permit<EditStudents>,
    student: StudentId,
    (fields, order): (&Fields, usize),
) -> Outcome<()> {
    let seed = |what: &str| format!("{student}/{}/{what}", fields.get("once"));
    let person = Person {
        name: PersonName::new(
            &kernel::text::squeeze(fields.get("first_name")),
            &kernel::text::squeeze(fields.get("last_name")),
        ),
        mobile_phone: fields.get("mobile_phone").to_owned(),
        email: fields.get("email").to_owned(),
        ..Person::default()
    };
    let contact = Contact {
        lives_with: fields.is_on("lives_with"),
        may_pick_up: fields.is_on("may_pick_up"),
        call_order: i32::try_from(order + 1).unwrap_or(0),
        ..Contact::new(fields.get("relationship"), db::Reading::today(tx))
    };
    let id = ContactId::derived(&seed("contact"));
    let person = PersonOf::New(PersonId::derived(&seed("person")), Box::new(person));
    people::add_contact(
        tx,
        permit,
        &On::new(student, id),
        &NewContact { id, person, contact },
    )
    .map(|_| ())
}
