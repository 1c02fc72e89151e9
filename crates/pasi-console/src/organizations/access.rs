//! How much a school may see, and what it is designated as.

use super::{draw, path};
use crate::at::{At, item};
use crate::posted::{Posted, Tried, done};
use crate::students::change::refused;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use pasi_wire::messages::School;
use ui::Action;
use ui::form::{Field, Form, Width, form_end};

/// The ticks of a school.
pub(super) fn form(at: &At, school: &School) -> Markup {
    let tick = |name: &str, words: &str, hint: &str, is_on: bool| {
        let (label, hint) = (at.t(words), at.t(hint));
        Field::new(at.lang, name, &label)
            .hint(&hint)
            .value(if is_on { "yes" } else { "" })
            .width(Width::Whole)
            .checkbox()
    };
    let fields = html! {
        (tick("limited", "desk-limited", "desk-limited-hint", school.is_limited_access))
        (tick("international", "desk-international", "desk-international-hint", school.is_international))
        (tick("designated", "desk-designated", "desk-designated-hint", school.is_designated_special_education))
        (form_end(at.lang, &Markup::default(), item::ORGANIZATIONS, &Action::submit(at.t("desk-save")).primary()))
    };
    Form::post(&format!("{}/access", path(school)))
        .class("fg")
        .draw(&at.token, &fields)
}

/// Keeps them; clients are told.
pub(crate) async fn school(Path(code): Path<String>, Posted { at, fields }: Posted) -> Response {
    let Ok(school) = code.parse() else {
        return at.missing(item::ORGANIZATIONS);
    };
    let changed = at.desk.change_school(school, |school| {
        school.is_limited_access = fields.is_on("limited");
        school.is_international = fields.is_on("international");
        school.is_designated_special_education = fields.is_on("designated");
    });
    match changed.await {
        Ok(_) => done(&format!("{}/{school}", item::ORGANIZATIONS), "school"),
        Err(error) => {
            let found = vec![refused(&at, &error)];
            draw(&at, &code, &Tried::refused("access", fields, found), None)
        }
    }
}
