//! One authority: its restriction level, which says how little it sees of
//! students that are not its own.

use crate::at::{At, item};
use crate::posted::{Fields, Posted, Reading, Tried, done, told};
use crate::students::change::refused;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::AuthorityCode;
use maud::{Markup, html};
use pasi_wire::messages::SchoolAuthority;
use ui::Action;
use ui::card::{Head, card};
use ui::facts::Facts;
use ui::form::{Choice, Field, Finding, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};

/// The levels there are.
const LEVELS: [&str; 2] = ["LOW", "HIGH"];

/// The address of an authority.
pub(super) fn path(code: &str) -> String {
    format!("/authorities/{code}")
}

fn known(at: &At, code: &str) -> Option<(AuthorityCode, SchoolAuthority)> {
    let code = code.parse().ok()?;
    Some((code, at.desk.authority(code)?))
}

/// The page.
pub(crate) async fn page(
    at: At,
    Path(code): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> Response {
    let done = Fields::from(query).some("done");
    match known(&at, &code) {
        Some((_, authority)) => draw(&at, &authority, &Tried::default(), done.as_deref()),
        None => at.missing(item::ORGANIZATIONS),
    }
}

fn draw(at: &At, authority: &SchoolAuthority, tried: &Tried, done: Option<&str>) -> Response {
    let code = authority.authority_code;
    let schools = format!("{}?authority={code}", item::ORGANIZATIONS);
    let facts = Facts::new()
        .figure(at.t("desk-code"), code.to_string())
        .fact(at.t("desk-kind"), &authority.authority_type)
        .figure(at.t("desk-version"), at.lang.number(authority.pasi_core_version))
        .fact(
            at.t("desk-schools"),
            html! { a href=(schools) { (at.t("desk-authority-schools")) } },
        );
    let body = html! {
        (PageHead::new(&*authority.name).crumbs(vec![Crumb::link(at.t("desk-organizations"), item::ORGANIZATIONS), Crumb::here(code.to_string())]).draw())
        (told(at, done))
        div class="grid" {
            div class="s5 stack" { (card(&Head::new("authority", at.t("desk-authority")), &facts.draw())) }
            div class="s7 stack" { (card(&Head::new("access", at.t("desk-access")), &form(at, authority, &tried.findings))) }
        }
    };
    at.page_with(tried.status(), item::ORGANIZATIONS, &at.t("desk-authority"), body)
}

fn form(at: &At, authority: &SchoolAuthority, findings: &[Finding]) -> Markup {
    let levels = LEVELS.map(|level| {
        let words = format!("desk-level-{}", level.to_ascii_lowercase());
        Choice::new(level, at.t(&words)).note(at.t(&format!("{words}-text")))
    });
    let (level, international, hint) = (
        at.t("desk-restriction-level"),
        at.t("desk-international"),
        at.t("desk-international-hint"),
    );
    let held = authority.restriction_level.to_ascii_uppercase();
    let fields = html! {
        (summary(at.lang, findings, &["level"]))
        (Field::new(at.lang, "level", &level).value(&held).findings(findings).width(Width::Whole).radios(&levels))
        (Field::new(at.lang, "international", &international).hint(&hint).value(if authority.is_international { "yes" } else { "" }).width(Width::Whole).checkbox())
        (form_end(at.lang, &Markup::default(), item::ORGANIZATIONS, &Action::submit(at.t("desk-save")).primary()))
    };
    Form::post(&path(authority.authority_code.as_str()))
        .class("fg")
        .draw(&at.token, &fields)
}

/// Keeps the level; clients are told.
pub(crate) async fn send(Path(code): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Some((code, authority)) = known(&at, &code) else {
        return at.missing(item::ORGANIZATIONS);
    };
    let mut read = Reading::of(&at, &fields);
    let level = read.one_of("level", |text| LEVELS.contains(&text));
    let found = read.found;
    if !found.is_empty() {
        return draw(&at, &authority, &Tried::refused("access", fields, found), None);
    }
    let changed = at.desk.change_authority(code, |authority| {
        authority.restriction_level = level;
        authority.is_international = fields.is_on("international");
    });
    match changed.await {
        Ok(_) => done(&path(code.as_str()), "authority"),
        Err(error) => {
            let found = vec![refused(&at, &error)];
            draw(&at, &authority, &Tried::refused("access", fields, found), None)
        }
    }
}
