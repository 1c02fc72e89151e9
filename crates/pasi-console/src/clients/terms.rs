//! What a client may do: whom it speaks for, what it calls, from where.

use super::{draw, is_known, not_saved, path};
use crate::at::{At, item};
use crate::posted::{Fields, Posted, Tried, done, wrong};
use axum::extract::Path;
use axum::response::Response;
use codes::CodeSet;
use kernel::OrganizationCode;
use maud::{Markup, html};
use pasi_reference::{Client, ClientTerms};
use pasi_wire::ClientRole;
use std::net::IpAddr;
use std::str::FromStr;
use ui::Action;
use ui::form::{Choice, Field, Finding, Form, Width, summary};

/// The form.
const TERMS: &str = "terms";
const FIELDS: &[&str] = &["description", "system", "organizations", "roles", "addresses"];
/// Longest description, and name of a system.
const TEXT_MAX: u16 = 200;

/// Values in one line, as they are typed.
fn joined<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(", ")
}

/// The form of a client, as it stands or as it was sent.
pub(super) fn form(at: &At, client: &Client, tried: &Tried) -> Markup {
    let tried = (tried.form == TERMS).then_some(tried);
    let findings = tried.map_or(&[][..], |tried| &tried.findings);
    let value =
        |name: &str, held: &str| tried.map_or_else(|| held.to_owned(), |tried| tried.fields.get(name));
    let line = |name: &str, words: &str, held: &str, hint: &str| {
        let (label, hint) = (at.t(words), at.t(hint));
        Field::new(at.lang, name, &label)
            .hint(&hint)
            .value(&value(name, held))
            .findings(findings)
            .width(Width::Whole)
            .text()
    };
    let roles = ClientRole::ALL.iter().map(|role| {
        let lang = codes::Lang::of_tag(at.lang.tag());
        Choice::new(
            role.as_str(),
            codes::built_in(CodeSet::ClientRole).label(role.as_str(), lang),
        )
    });
    let roles: Vec<Choice> = roles.collect();
    let held: Vec<&str> = match tried {
        Some(tried) => tried.fields.all("roles"),
        None => client.roles.iter().map(|role| role.as_str()).collect(),
    };
    let labels = [at.t("desk-roles"), at.t("desk-description"), at.t("desk-system")];
    let texts = [
        value("description", &client.description),
        value("system", &client.system_name),
    ];
    let fields = html! {
        (summary(at.lang, findings, FIELDS))
        input type="hidden" name="seen" value=(tried.map_or_else(|| seen(client), |tried| tried.fields.get("seen")));
        (Field::new(at.lang, "description", &labels[1]).value(&texts[0]).findings(findings).max_length(TEXT_MAX).text())
        (Field::new(at.lang, "system", &labels[2]).value(&texts[1]).findings(findings).max_length(TEXT_MAX).text())
        (line("organizations", "desk-organizations", &joined(&client.organizations), "desk-organizations-hint"))
        (line("addresses", "desk-ip", &joined(&client.addresses), "desk-ip-hint"))
        (Field::new(at.lang, "roles", &labels[0]).findings(findings).width(Width::Whole).checkboxes(&roles, &held))
        div class="form-end w12" { span class="end" { (Action::submit(at.t("desk-save")).primary()) } }
    };
    Form::post(&format!("{}/terms", path(&client.name)))
        .class("fg")
        .draw(&at.token, &fields)
}

/// What a page of the client was made from: a save of an older one is refused.
fn seen(client: &Client) -> String {
    let parts = [
        joined(&client.organizations),
        joined(&client.roles),
        joined(&client.addresses),
        client.description.clone(),
        client.system_name.clone(),
    ];
    parts.join("|")
}

/// The values of a line, each once; the line is wrong when one cannot be read.
fn listed<T: FromStr + PartialEq>(
    at: &At,
    fields: &Fields,
    name: &str,
    words: &str,
) -> Result<Vec<T>, Finding> {
    let typed = fields.get(name);
    let parts = typed.split([',', ' ', ';']).filter(|part| !part.is_empty());
    let mut all: Vec<T> = Vec::new();
    for part in parts {
        let one: T = part.parse().map_err(|_| wrong(at, name, words))?;
        if !all.contains(&one) {
            all.push(one);
        }
    }
    Ok(all)
}

fn read(at: &At, client: &Client, fields: &Fields) -> Result<ClientTerms, Vec<Finding>> {
    let mut found = Vec::new();
    if fields.get("seen") != seen(client) {
        found.push(wrong(at, "", "desk-client-stale"));
    }
    let mut take = |read: Result<Vec<OrganizationCode>, Finding>| {
        read.unwrap_or_else(|finding| {
            found.push(finding);
            Vec::new()
        })
    };
    let organizations = take(listed(at, fields, "organizations", "desk-organization-wrong"));
    let is_fine = |code: &OrganizationCode| is_known(at, *code) || client.organizations.contains(code);
    if found.iter().all(|finding| finding.field != "organizations")
        && (organizations.is_empty() || !organizations.iter().all(is_fine))
    {
        found.push(wrong(at, "organizations", "desk-organization-wrong"));
    }
    let addresses: Vec<IpAddr> = listed(at, fields, "addresses", "desk-ip-wrong").unwrap_or_else(|finding| {
        found.push(finding);
        Vec::new()
    });
    let roles: Vec<ClientRole> = ClientRole::ALL
        .iter()
        .copied()
        .filter(|role| fields.all("roles").contains(&role.as_str()))
        .collect();
    if roles.is_empty() {
        found.push(wrong(at, "roles", "desk-roles-none"));
    }
    let text = |name: &str| fields.get(name);
    for name in ["description", "system"] {
        if text(name).chars().count() > usize::from(TEXT_MAX) || text(name).chars().any(char::is_control) {
            found.push(wrong(at, name, "desk-text-wrong"));
        }
    }
    if !found.is_empty() {
        return Err(found);
    }
    Ok(ClientTerms {
        description: text("description"),
        system_name: text("system"),
        organizations,
        roles,
        addresses,
    })
}

/// Keeps what a client may do.
pub(crate) async fn send(Path(name): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(client) = at.desk.clients().into_iter().find(|client| client.name == name) else {
        return at.missing(item::CLIENTS);
    };
    let terms = match read(&at, &client, &fields) {
        Ok(terms) => terms,
        Err(found) => return draw(&at, &name, &Tried::refused(TERMS, fields, found), None),
    };
    match at.desk.change_client(&name, terms) {
        Ok(true) => done(&path(&name), "client"),
        Ok(false) => at.missing(item::CLIENTS),
        Err(error) => not_saved(&at, &error),
    }
}
