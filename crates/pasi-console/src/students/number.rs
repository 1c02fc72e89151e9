//! What a student's number stands for: primary, secondary, deactivated.

use super::change::refused;
use super::find::number_state;
use super::{dossier, path};
use crate::at::{At, item};
use crate::posted::{Posted, done, wrong};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::Asn;
use maud::{Markup, html};
use pasi_reference::Dossier;
use ui::Action;
use ui::card::{Head, card};
use ui::form::{Field, Finding, Form, summary};
use ui::head::{Crumb, PageHead};

/// The number and what can be done with it.
pub(crate) async fn page(at: At, Path(asn): Path<String>) -> Response {
    match dossier(&at, &asn) {
        Some(dossier) => draw(&at, StatusCode::OK, &dossier, "", &[]),
        None => at.missing(item::STUDENTS),
    }
}

fn draw(at: &At, status: StatusCode, dossier: &Dossier, typed: &str, findings: &[Finding]) -> Response {
    let student = &dossier.student;
    let body = html! {
        (PageHead::new(at.t("desk-number"))
            .crumbs(vec![
                Crumb::link(at.t("desk-students"), item::STUDENTS),
                Crumb::link(student.asn.to_string(), path(student.asn)),
                Crumb::here(at.t("desk-number")),
            ])
            .draw())
        (summary(at.lang, findings, &["primary"]))
        div class="grid" {
            div class="s6 stack" {
                (card(&Head::new("state", at.t("desk-state")).beside(number_state(at, student)), &active(at, dossier)))
            }
            div class="s6 stack" {
                (card(&Head::new("link", at.t("desk-link")), &link(at, dossier, typed, findings)))
            }
        }
    };
    at.page_with(status, item::STUDENTS, &at.t("desk-number"), body)
}

fn form(at: &At, dossier: &Dossier, fields: &Markup) -> Markup {
    let to = format!("{}/number", path(dossier.student.asn));
    Form::post(&to).class("stack").draw(&at.token, fields)
}

fn active(at: &At, dossier: &Dossier) -> Markup {
    let (words, verb, action) = if dossier.student.is_deactivated {
        (
            "desk-activate-text",
            "activate",
            Action::submit(at.t("desk-activate")).primary(),
        )
    } else {
        (
            "desk-deactivate-text",
            "deactivate",
            Action::submit(at.t("desk-deactivate")).danger(),
        )
    };
    let disposal = at.desk.outside().scheduled_disposal(dossier.student.asn);
    html! {
        p { (at.t(words)) }
        (form(at, dossier, &html! { div { (action.named("verb", verb)) } }))
        @if let Some(day) = disposal {
            p class="sm sub mt" { (at.t("desk-disposal")) " " span class="num" { (day) } "." }
        }
    }
}

fn link(at: &At, dossier: &Dossier, typed: &str, findings: &[Finding]) -> Markup {
    if let Some(primary) = dossier.student.primary_asn {
        let part = Action::submit(at.t("desk-unlink-do"))
            .danger()
            .named("verb", "unlink");
        return html! {
            p { (at.t("desk-linked-text")) " " a class="num" href=(path(primary)) { (primary) } "." }
            p { (at.t("desk-unlink-text")) }
            (form(at, dossier, &html! { div { (part) } }))
        };
    }
    let (label, hint) = (at.t("desk-primary-asn"), at.t("desk-link-hint"));
    let field = Field::new(at.lang, "primary", &label)
        .hint(&hint)
        .value(typed)
        .findings(findings)
        .required()
        .numeric()
        .max_length(11)
        .text();
    let fields = html! {
        (field)
        div { (Action::submit(at.t("desk-link-do")).primary().named("verb", "link")) }
    };
    html! { p { (at.t("desk-link-text")) } (form(at, dossier, &fields)) }
}

/// Deactivates, activates, links, or parts.
pub(crate) async fn send(Path(asn): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some(dossier) = dossier(&at, &asn) else {
        return at.missing(item::STUDENTS);
    };
    let (asn, outside) = (dossier.student.asn, at.desk.outside());
    let again = |finding: Finding| {
        let typed = fields.get("primary");
        draw(
            &at,
            StatusCode::UNPROCESSABLE_ENTITY,
            &dossier,
            &typed,
            &[finding],
        )
    };
    let changed = match fields.get("verb").as_str() {
        "deactivate" => outside.deactivate(asn, true).await,
        "activate" => outside.deactivate(asn, false).await,
        "link" => match fields.parsed::<Asn>("primary") {
            Some(primary) if primary == asn => return again(wrong(&at, "primary", "desk-link-self")),
            Some(primary) => outside.link(asn, primary).await,
            None => return again(wrong(&at, "primary", "desk-asn-wrong")),
        },
        "unlink" => outside.unlink(asn).await,
        _ => return at.missing(item::STUDENTS),
    };
    match changed {
        Ok(_) => {
            at.desk.note("student.number", asn, &[&fields.get("verb")]);
            done(&path(asn), "number")
        }
        Err(error) => {
            let mut finding = refused(&at, &error);
            "primary".clone_into(&mut finding.field);
            again(finding)
        }
    }
}
