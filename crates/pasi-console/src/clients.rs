//! The systems that may call, and their certificates.

use crate::answer::encoded;
use crate::at::{At, item};
use crate::overview::client_state;
use crate::posted::{Fields, Posted, done, told, wrong};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::OrganizationCode;
use maud::{Markup, Render as _, html};
use pasi_reference::{Client, ClientCertificate, Credentials, NewClient, PkiError};
use ui::Action;
use ui::card::{Head, bare_card, card};
use ui::facts::Facts;
use ui::form::{Field, Finding, Form, summary};
use ui::head::{Crumb, PageHead};
use ui::notice::{Tone, banner};
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table, cell};

/// Longest name of a client.
const NAME_MAX: usize = 100;

fn path(name: &str) -> String {
    format!("{}/{}", item::CLIENTS, encoded(name))
}

/// Every client, and the form for another.
pub(crate) async fn list(at: At) -> Response {
    draw_list(&at, StatusCode::OK, &Fields::default(), &[])
}

fn draw_list(at: &At, status: StatusCode, typed: &Fields, findings: &[Finding]) -> Response {
    let columns = vec![
        Column::new(at.t("desk-client")),
        Column::new(at.t("desk-organizations")),
        Column::figures(at.t("desk-certificates")).hide_on_phone(),
        Column::new(at.t("desk-state")),
    ];
    let rows = at.desk.clients().into_iter().map(|client| {
        Row::new(vec![
            cell(&client.name),
            html! { span class="num" { (organizations(&client)) } },
            cell(client.certificates.len()),
            client_state(at, &client, at.today()),
        ])
        .link(0, path(&client.name))
    });
    let table = Table::new(at.t("desk-clients"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-clients-none"), None))
        .draw(at.lang);
    let body = html! {
        (PageHead::new(at.t("desk-clients")).facts(at.t("desk-clients-facts")).draw())
        div class="grid" {
            div class="s8 stack" { (bare_card(&Head::new("list", at.t("desk-clients")), &table)) }
            div class="s4 stack" { (card(&Head::new("new", at.t("desk-client-new")), &new_form(at, typed, findings))) }
        }
    };
    at.page_with(status, item::CLIENTS, &at.t("desk-clients"), body)
}

fn new_form(at: &At, typed: &Fields, findings: &[Finding]) -> Markup {
    let (name, name_hint) = (at.t("desk-client-name"), at.t("desk-client-name-hint"));
    let (organization, hint) = (at.t("desk-organization"), at.t("desk-organization-hint"));
    let fields = html! {
        (summary(at.lang, findings, &["name", "organization"]))
        (Field::new(at.lang, "name", &name).hint(&name_hint).value(&typed.get("name")).findings(findings).required().max_length(100).text())
        (Field::new(at.lang, "organization", &organization).hint(&hint).value(&typed.get("organization")).findings(findings).required().max_length(6).text())
        div { (Action::submit(at.t("desk-client-register")).primary()) }
    };
    Form::post(item::CLIENTS).class("stack").draw(&at.token, &fields)
}

fn organizations(client: &Client) -> String {
    let all: Vec<String> = client.organizations.iter().map(ToString::to_string).collect();
    all.join(", ")
}

/// Registers a client and shows its certificate, once.
pub(crate) async fn register(Posted { at, fields }: Posted) -> Response {
    let (name, organization) = (
        fields.get("name"),
        fields.parsed::<OrganizationCode>("organization"),
    );
    let mut findings = Vec::new();
    if name.is_empty() || name.chars().count() > NAME_MAX || !name.chars().all(is_plain) {
        findings.push(wrong(&at, "name", "desk-client-name-wrong"));
    } else if at.desk.clients().iter().any(|client| client.name == name) {
        findings.push(wrong(&at, "name", "desk-client-taken"));
    }
    if !organization.is_some_and(|code| is_known(&at, code)) {
        findings.push(wrong(&at, "organization", "desk-organization-wrong"));
    }
    let (Some(organization), true) = (organization, findings.is_empty()) else {
        return draw_list(&at, StatusCode::UNPROCESSABLE_ENTITY, &fields, &findings);
    };
    let new = NewClient::school_authority(&name, organization);
    issued(&at, &name, at.desk.register(new).map(Some))
}

/// A name that can stand in a certificate, an address and a log.
fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || " -_.".contains(letter)
}

fn is_known(at: &At, organization: OrganizationCode) -> bool {
    match organization {
        OrganizationCode::School(code) => at.desk.school(code).is_some(),
        OrganizationCode::Authority(code) => {
            at.desk.authorities().iter().any(|one| one.authority_code == code)
        }
        OrganizationCode::Other(_) => false,
    }
}

/// One client.
pub(crate) async fn page(
    at: At,
    Path(name): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let Some(client) = at.desk.clients().into_iter().find(|client| client.name == name) else {
        return at.missing(item::CLIENTS);
    };
    let done = Fields::from(query).some("done");
    let (words, on) = if client.is_active {
        ("desk-client-disable", "no")
    } else {
        ("desk-client-enable", "yes")
    };
    let switch = Action::submit(at.t(words)).small().named("on", on);
    let switch = if client.is_active { switch.danger() } else { switch };
    let addresses: Vec<String> = client.addresses.iter().map(ToString::to_string).collect();
    let roles: Vec<&str> = client.roles.iter().map(|role| role.as_str()).collect();
    let facts = Facts::new()
        .figure(at.t("desk-organizations"), organizations(&client))
        .fact(at.t("desk-description"), &client.description)
        .fact(at.t("desk-system"), &client.system_name)
        .fact(at.t("desk-roles"), roles.join(", "))
        .figure(
            at.t("desk-ip"),
            if addresses.is_empty() {
                at.t("desk-ip-any")
            } else {
                addresses.join(", ")
            },
        );
    let renew = Form::post(&format!("{}/certificate", path(&client.name))).draw(
        &at.token,
        &Action::submit(at.t("desk-certificate-issue")).small().render(),
    );
    let body = html! {
        (PageHead::new(&*client.name).crumbs(vec![Crumb::link(at.t("desk-clients"), item::CLIENTS), Crumb::here(&client.name)]).draw())
        (told(&at, done.as_deref()))
        div class="grid" {
            div class="s5 stack" {
                (card(
                    &Head::new("client", at.t("desk-client")).beside(client_state(&at, &client, at.today()))
                        .end(Form::post(&path(&client.name)).draw(&at.token, &switch.render())),
                    &facts.draw(),
                ))
            }
            div class="s7 stack" { (bare_card(&Head::new("certificates", at.t("desk-certificates")).end(renew), &certificates(&at, &client))) }
        }
    };
    at.page(item::CLIENTS, &at.t("desk-client"), body)
}

fn certificates(at: &At, client: &Client) -> Markup {
    let columns = vec![
        Column::new(at.t("desk-serial")),
        Column::new(at.t("desk-from")).hide_on_phone(),
        Column::new(at.t("desk-until-head")),
        Column::new(at.t("desk-state")),
        Column::new(at.t("desk-action")).unseen_label(),
    ];
    let rows = client.certificates.iter().rev().map(|held| {
        Row::new(vec![
            html! { span class="code" { (short(&held.serial)) } },
            html! { span class="num nw" { (held.validity.from) } },
            html! { span class="num nw" { (held.validity.until) } },
            certificate_state(at, held),
            switch_form(at, client, held),
        ])
    });
    Table::new(at.t("desk-certificates"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::empty(&at.t("desk-certificates-none"), None))
        .draw(at.lang)
}

/// Enough of a serial number to tell it from others.
fn short(serial: &str) -> String {
    serial.chars().take(16).collect()
}

fn certificate_state(at: &At, held: &ClientCertificate) -> Markup {
    if !held.is_active {
        pill(State::Blocked, &at.t("desk-disabled"))
    } else if held.validity.holds_on(at.today()) {
        pill(State::Ok, &at.t("desk-valid"))
    } else {
        pill(State::Warning, &at.t("desk-expired"))
    }
}

fn switch_form(at: &At, client: &Client, held: &ClientCertificate) -> Markup {
    let (words, on) = if held.is_active {
        ("desk-disable", "no")
    } else {
        ("desk-enable", "yes")
    };
    let spoken = format!("{} {}", at.t(words), short(&held.serial));
    let fields = html! {
        input type="hidden" name="serial" value=(held.serial);
        (Action::submit(at.t(words)).small().spoken(spoken).named("on", on))
    };
    Form::post(&path(&client.name)).draw(&at.token, &fields)
}

/// Switches a client, or one of its certificates.
pub(crate) async fn switch(Path(name): Path<String>, Posted { at, fields }: Posted) -> Response {
    let on = fields.is_on("on");
    let switched = match fields.some("serial") {
        Some(serial) => at.desk.switch_certificate(&name, &serial, on),
        None => at.desk.switch_client(&name, on),
    };
    match switched {
        Ok(true) => done(&path(&name), "client"),
        Ok(false) => at.missing(item::CLIENTS),
        Err(error) => not_saved(&at, &error),
    }
}

/// The disk failed.
pub(crate) fn not_saved(at: &At, error: &dyn std::fmt::Display) -> Response {
    tracing::error!(%error, "the desk could not save");
    let title = at.t("desk-not-saved");
    let body = html! {
        (PageHead::new(&*title).draw())
        (ui::card::unheaded_card(&title, &ui::waiting::empty(&at.t("desk-not-done"), None)))
    };
    at.page_with(StatusCode::INTERNAL_SERVER_ERROR, item::OVERVIEW, &title, body)
}

/// A further certificate for a client, shown once.
pub(crate) async fn renew(Path(name): Path<String>, Posted { at, .. }: Posted) -> Response {
    issued(&at, &name, at.desk.renew(&name))
}

/// The three files of a certificate just made. They are kept nowhere else.
fn issued(at: &At, name: &str, made: Result<Option<Credentials>, PkiError>) -> Response {
    let credentials = match made {
        Ok(Some(credentials)) => credentials,
        Ok(None) => return at.missing(item::CLIENTS),
        Err(error) => return not_saved(at, &error),
    };
    let file = |id: &'static str, text: &str| {
        html! {
            (bare_card(&Head::new(id.replace('.', "-"), id), &html! {
                pre class="xml code" tabindex="0" role="group" aria-label=(id) { (text) }
            }))
        }
    };
    let until = at.with("desk-until", "date", credentials.validity.until.as_str());
    let body = html! {
        (PageHead::new(at.t("desk-certificate-made"))
            .crumbs(vec![Crumb::link(at.t("desk-clients"), item::CLIENTS), Crumb::link(name, path(name)), Crumb::here(at.t("desk-certificate"))])
            .facts(format!("{} · {until}", short(&credentials.serial)))
            .draw())
        div class="stack" {
            (banner(Tone::Warn, &at.t("desk-certificate-once"), &at.t("desk-certificate-once-text"), &[]))
            (file("cert.pem", &credentials.certificate_pem))
            (file("key.pem", &credentials.key_pem))
            (file("ca.pem", &credentials.ca_pem))
            div { (Action::link(at.t("desk-certificate-kept"), path(name)).primary()) }
        }
    };
    at.page(item::CLIENTS, &at.t("desk-certificate"), body)
}
