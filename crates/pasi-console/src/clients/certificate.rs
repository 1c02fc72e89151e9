//! The certificates of a client: those it has, and one more.

use super::{draw, not_saved, path};
use crate::at::{At, item};
use crate::posted::{Posted, Reading, Tried, wrong};
use axum::extract::Path;
use axum::response::Response;
use kernel::Date;
use maud::{Markup, html};
use pasi_reference::{Client, ClientCertificate, Credentials, PkiError, Validity};
use ui::Action;
use ui::card::{Head, bare_card};
use ui::form::{Field, Form, Width, summary};
use ui::head::{Crumb, PageHead};
use ui::notice::{Tone, banner};
use ui::pill::{State, pill};
use ui::table::{Column, Row, Table};

/// The form of a further certificate.
const ISSUE: &str = "issue";

/// Its certificates, the newest first, each with its switch.
pub(super) fn table(at: &At, client: &Client) -> Markup {
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

/// The form of one more: fourteen months from today unless said otherwise, so
/// that one that has run out, or does not hold yet, can be tried.
pub(super) fn form(at: &At, client: &Client, tried: &Tried) -> Markup {
    let tried = (tried.form == ISSUE).then_some(tried);
    let findings = tried.map_or(&[][..], |tried| &tried.findings);
    let usual = Validity::fourteen_months(at.today());
    let value =
        |name: &str, usual: Date| tried.map_or_else(|| usual.to_string(), |tried| tried.fields.get(name));
    let labels = [at.t("desk-from"), at.t("desk-until-head")];
    let typed = [value("valid_from", usual.from), value("valid_until", usual.until)];
    let fields = html! {
        (summary(at.lang, findings, &["valid_from", "valid_until"]))
        (Field::new(at.lang, "valid_from", &labels[0]).value(&typed[0]).findings(findings).width(Width::Half).date())
        (Field::new(at.lang, "valid_until", &labels[1]).value(&typed[1]).findings(findings).width(Width::Half).date())
        div class="form-end w12" { span class="end" { (Action::submit(at.t("desk-certificate-issue")).primary()) } }
    };
    Form::post(&format!("{}/certificate", path(&client.name)))
        .class("fg")
        .draw(&at.token, &fields)
}

/// A further certificate for a client, shown once.
pub(crate) async fn renew(Path(name): Path<String>, Posted { at, fields }: Posted) -> Response {
    let mut read = Reading::of(&at, &fields);
    let usual = Validity::fourteen_months(at.today());
    let validity = Validity {
        from: read.maybe("valid_from", "desk-date-wrong").unwrap_or(usual.from),
        until: read
            .maybe("valid_until", "desk-date-wrong")
            .unwrap_or(usual.until),
    };
    let mut found = read.found;
    if found.is_empty() && validity.until < validity.from {
        found.push(wrong(&at, "valid_until", "desk-until-before"));
    }
    if !found.is_empty() {
        return draw(&at, &name, &Tried::refused(ISSUE, fields, found), None);
    }
    issued(&at, &name, at.desk.renew(&name, Some(validity)))
}

/// The three files of a certificate just made. They are kept nowhere else.
pub(super) fn issued(at: &At, name: &str, made: Result<Option<Credentials>, PkiError>) -> Response {
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
