//! The cards of the family page; the contacts also stand on the summary.

use crate::lookup;
use codes::CodeSet;
use kernel::{Date, StudentId};
use maud::{Markup, html};
use people::{AddressKind, Contact, Person, Student, StudentContact};
use ui::facts::Facts;
use ui::form::Form;
use ui::table::{Column, Row, Table};
use ui::{Action, Ctx, Icon, Lang, State as Pill, card, icon};

/// What changing needs.
pub(crate) struct Edit<'a> {
    pub(super) ctx: &'a Ctx,
    /// The button pressed before: `up-ID`, `down-ID`. It has the focus again.
    pub(super) moved: &'a str,
}

fn holds(tie: &Contact, day: Date) -> bool {
    tie.expires_on.is_none_or(|end| end >= day)
}

/// Guardians and contacts in calling order; those that ended stand below.
pub(crate) fn contacts_card(lang: Lang, record: &Student, day: Date, edit: Option<&Edit>) -> Markup {
    let (current, former): (Vec<&StudentContact>, Vec<_>) = record
        .contacts
        .iter()
        .partition(|one| holds(&one.contact.value, day));
    let home = format!("/students/{}/family", record.id);
    let add = Action::link(lang.t("family-add-contact"), format!("{home}/contact"));
    let end = html! { @if edit.is_some() { (add.small().icon(Icon::UserPlus)) } };
    let table = table(lang, record.id, &current, edit);
    let body = html! {
        @match edit {
            Some(edit) if !current.is_empty() => (Form::post(&format!("{home}/order")).class("ticks").draw_in(edit.ctx, &html! {
                @for one in &current { input type="hidden" name="contact" value={ (one.contact.id) "~" (one.contact.version) }; }
                (table)
            })),
            _ => (table),
        }
        @if !former.is_empty() {
            div class="cb b-top" {
                p class="sub sm m-0" {
                    (lang.t("family-former")) " "
                    @for (at, one) in former.iter().enumerate() {
                        @if at > 0 { ", " }
                        (ended(lang, &home, one, edit.is_some()))
                    }
                }
            }
        }
    };
    card::bare_card(
        &card::Head::new("contacts", lang.t("family-title")).end(end),
        &body,
    )
}

fn ended(lang: Lang, home: &str, one: &StudentContact, may_edit: bool) -> Markup {
    let name = one.person.value.name.sentence();
    let until = one
        .contact
        .value
        .expires_on
        .map(|day| day.to_string())
        .unwrap_or_default();
    let words = lang.tx("family-until", &[("name", name.into()), ("day", until.into())]);
    html! {
        @if may_edit { a href={ (home) "/contact/" (one.contact.id) } { (words) } } @else { (words) }
    }
}

fn table(lang: Lang, student: StudentId, contacts: &[&StudentContact], edit: Option<&Edit>) -> Markup {
    let mut columns = vec![
        Column::new(lang.t("column-call-order")),
        Column::new(lang.t("column-name")),
        Column::new(lang.t("column-relationship")).hide_on_phone(),
        Column::new(lang.t("column-lives-with")).hide_on_phone(),
        Column::new(lang.t("column-phone")).hide_on_phone(),
        Column::new(lang.t("column-pick-up")),
    ];
    if edit.is_some() {
        columns.push(Column::new(lang.t("lists-do")).unseen_label());
    }
    let last = contacts.len().saturating_sub(1);
    let rows = contacts
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let mut cells = cells(lang, student, one, edit.is_some());
            if let Some(edit) = edit {
                cells[0] = place(lang, one, edit, (at > 0, at < last));
                cells.push(change_contact(lang, student, one));
            }
            Row::new(cells)
        })
        .collect();
    Table::new(lang.t("family-title"), columns)
        .rows(rows)
        .empty(ui::waiting::empty(&lang.t("family-none"), None))
        .draw(lang)
}

fn cells(lang: Lang, student: StudentId, one: &StudentContact, may_edit: bool) -> Vec<Markup> {
    let (tie, person) = (&one.contact.value, &one.person.value);
    let pick_up = if tie.may_pick_up {
        (Pill::Ok, "yes")
    } else {
        (Pill::Blocked, "no")
    };
    let name = person.name.sentence();
    vec![
        html! { span class="num" { @if tie.call_order > 0 { (tie.call_order) } @else { "–" } } },
        html! {
            @if may_edit { a class="plain b" href={ "/students/" (student) "/family/contact/" (one.contact.id) } { (name) } } @else { (name) }
            span class="only-ph sub sm" { (lookup::relationship(lang, &tie.relationship)) }
            span class="only-ph" { (call(lang, person)) }
        },
        html! {
            span class="sub" { (lookup::relationship(lang, &tie.relationship)) }
            @if tie.custody == people::Custody::NoContact { " " span class="p bad sq" { (icon(Icon::ShieldLock)) (lang.t("custody-no-contact")) } }
        },
        html! { (lang.t(if tie.lives_with { "yes" } else { "no" })) },
        call(lang, person),
        ui::pill::pill(pick_up.0, &lang.t(pick_up.1)),
    ]
}

/// The number to call; one tap on a phone.
fn call(lang: Lang, person: &Person) -> Markup {
    let phone = person.phone();
    html! {
        span class="num nw" {
            @if phone.is_empty() { span class="dim" { (lang.t("none-on-file")) } } @else { a class="plain" href={ "tel:" (phone) } { (lookup::phone(phone)) } }
        }
    }
}

/// The place in the calling order, with a way up and down.
fn place(lang: Lang, one: &StudentContact, edit: &Edit, (may_rise, may_sink): (bool, bool)) -> Markup {
    let name = one.person.value.name.sentence();
    let (id, order) = (one.contact.id, one.contact.value.call_order);
    let button = |way: &str, words: &str, glyph: Icon, may: bool| {
        let word = format!("{way}-{id}");
        let label = lang.tx(words, &[("name", name.as_str().into())]);
        let mut action = Action::submit(label)
            .icon_only(glyph)
            .small()
            .quiet()
            .named("move", word.clone());
        if edit.moved == word && may {
            action = action.with("data-focus", "");
        }
        if may { action } else { action.disabled() }
    };
    html! {
        span class="row-x gap-s" {
            span class="num" { @if order > 0 { (order) } @else { "–" } }
            span class="moves" {
                (button("up", "family-up", Icon::ArrowUp, may_rise))
                (button("down", "family-down", Icon::ArrowDown, may_sink))
            }
        }
    }
}

fn change_contact(lang: Lang, student: StudentId, one: &StudentContact) -> Markup {
    let name = one.person.value.name.sentence();
    let href = format!("/students/{student}/family/contact/{}", one.contact.id);
    let change = Action::link(lang.t("lists-change"), href);
    html! { (change.small().spoken(lang.tx("family-change-one", &[("name", name.into())]))) }
}

/// Where the student lives and where letters go.
pub(super) fn addresses(lang: Lang, record: &Student, may_edit: bool, day: Date) -> Markup {
    let home = format!("/students/{}/family", record.id);
    let new = Action::link(lang.t("family-change-address"), format!("{home}/address"));
    let end = html! { @if may_edit { (new.small()) } };
    let body = html! {
        @if record.addresses.is_empty() { p class="sub m-0" { (lang.t("family-no-address")) } }
        @for kind in [AddressKind::Mailing, AddressKind::Physical] {
            @if let Some(address) = record.address_on(kind, day) {
                @let label = lookup::code(lang, CodeSet::AddressType, kind.as_str());
                div class="mb-s" { (Facts::new()
                    .fact(label.clone(), html! {
                        (address.value.street) br; (address.value.city) " " (address.value.province) " " span class="nw" { (address.value.postal_code) }
                        @if may_edit { " " (change(lang, &format!("{home}/address/{}", address.id), &label)) }
                    })
                    .figure(lang.t("field-effective-on"), html! {
                        (address.value.effective_on)
                        @if let Some(until) = record.address_until(address) { " – " (until) }
                    })
                    .draw()) }
            }
        }
        (coming(lang, record, day, &home, may_edit))
    };
    card::card(&card::Head::new("addresses", lang.t("new-home")).end(end), &body)
}

/// Addresses from a day to come.
fn coming(lang: Lang, record: &Student, day: Date, home: &str, may_edit: bool) -> Markup {
    let ahead = record.addresses.iter().filter(|one| one.value.effective_on > day);
    html! {
        @for address in ahead {
            @let label = lookup::code(lang, CodeSet::AddressType, address.value.kind.as_str());
            p class="sub sm m-0" {
                (lang.tx("family-from", &[("day", address.value.effective_on.to_string().into())])) " "
                (label) ": " (address.value.street) ", " (address.value.city)
                @if may_edit { " " (change(lang, &format!("{home}/address/{}", address.id), &label)) }
            }
        }
    }
}

fn change(lang: Lang, href: &str, what: &str) -> Markup {
    html! {
        a class="sm nw no-print" href=(href) { (lang.t("lists-change")) span class="visually-hidden" { " " (what) } }
    }
}

/// The student's own phones and e-mail addresses.
pub(super) fn reach(lang: Lang, record: &Student, may_edit: bool) -> Markup {
    let home = format!("/students/{}/family", record.id);
    let mut facts = Facts::new();
    for phone in &record.phones {
        let kind = lookup::code(lang, CodeSet::PhoneType, &phone.value.kind);
        let shown = html! {
            (lookup::phone(&phone.value.number))
            @if !phone.value.extension.is_empty() { " " span class="dim" { (lang.tx("family-extension", &[("n", phone.value.extension.as_str().into())])) } }
            @if phone.value.is_preferred && record.phones.len() > 1 { " " span class="p sq" { (lang.t("family-called-first")) } }
            @if may_edit { " " (change(lang, &format!("{home}/phone/{}", phone.id), &kind)) }
        };
        facts = facts.figure(kind.clone(), shown);
    }
    for email in &record.emails {
        let label = lang.t("field-email");
        facts = facts.fact(
            label.clone(),
            html! {
                (email.value.address)
                @if may_edit { " " (change(lang, &format!("{home}/email/{}", email.id), &label)) }
            },
        );
    }
    let is_empty = record.phones.is_empty() && record.emails.is_empty();
    let add = |words: &str, path: &str| {
        Action::link(lang.t(words), format!("{home}/{path}"))
            .small()
            .icon(Icon::Plus)
    };
    let end = html! { @if may_edit { span class="row-x" { (add("family-add-phone", "phone")) (add("family-add-email", "email")) } } };
    let body =
        html! { @if is_empty { p class="sub m-0" { (lang.t("none-on-file")) } } @else { (facts.draw()) } };
    card::card(&card::Head::new("reach", lang.t("family-reach")).end(end), &body)
}
