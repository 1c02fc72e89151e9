//! The systems that may call: what they may, and by which certificates they are known.

pub(crate) mod certificate;
pub(crate) mod terms;

use crate::answer::encoded;
use crate::at::{At, item};
use crate::overview::client_state;
use crate::posted::{Fields, Posted, Tried, done, told, wrong};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::OrganizationCode;
use maud::{Markup, Render as _, html};
use pasi_reference::{Client, NewClient};
use ui::Action;
use ui::card::{Head, bare_card, card};
use ui::form::{Field, Finding, Form, summary};
use ui::head::{Crumb, PageHead};
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
    certificate::issued(&at, &name, at.desk.register(new).map(Some))
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
    let done = Fields::from(query).some("done");
    draw(&at, &name, &Tried::default(), done.as_deref())
}

/// The page, with a form as it was sent when it was refused.
fn draw(at: &At, name: &str, tried: &Tried, done: Option<&str>) -> Response {
    let Some(client) = at.desk.clients().into_iter().find(|client| client.name == name) else {
        return at.missing(item::CLIENTS);
    };
    let (words, on) = if client.is_active {
        ("desk-client-disable", "no")
    } else {
        ("desk-client-enable", "yes")
    };
    let switch = Action::submit(at.t(words)).small().named("on", on);
    let switch = if client.is_active { switch.danger() } else { switch };
    let body = html! {
        (PageHead::new(&*client.name).crumbs(vec![Crumb::link(at.t("desk-clients"), item::CLIENTS), Crumb::here(&client.name)]).draw())
        (told(at, done))
        div class="grid" {
            div class="s6 stack" {
                (card(
                    &Head::new("client", at.t("desk-client-terms")).beside(client_state(at, &client, at.today()))
                        .end(Form::post(&path(&client.name)).draw(&at.token, &switch.render())),
                    &terms::form(at, &client, tried),
                ))
            }
            div class="s6 stack" {
                (bare_card(&Head::new("certificates", at.t("desk-certificates")), &certificate::table(at, &client)))
                (card(&Head::new("issue", at.t("desk-certificate-issue")), &certificate::form(at, &client, tried)))
            }
        }
    };
    at.page_with(tried.status(), item::CLIENTS, &at.t("desk-client"), body)
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
