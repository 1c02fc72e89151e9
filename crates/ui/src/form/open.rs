//! The form element itself: token, draft keeping, double-submit guard, and its last line of buttons.

use maud::{Markup, html};

use crate::action::{Action, csrf_field, seen_field};
use crate::{Ctx, Lang};

/// How a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Changes something; carries the token.
    Post,
    /// Asks for a page; its answers are in the address.
    Get,
}

/// A form. Made with its address; then refined; then drawn around its fields.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    action: &'a str,
    method: Method,
    id: Option<&'a str>,
    keep_draft: bool,
    once: Option<&'a str>,
    multipart: bool,
    class: &'a str,
}

impl<'a> Form<'a> {
    /// A form that changes something.
    pub fn post(action: &'a str) -> Form<'a> {
        Form {
            action,
            method: Method::Post,
            id: None,
            keep_draft: false,
            once: None,
            multipart: false,
            class: "",
        }
    }

    /// A form that asks for a page.
    pub fn get(action: &'a str) -> Form<'a> {
        Form {
            method: Method::Get,
            ..Form::post(action)
        }
    }

    /// Keeps what is typed on this device until it is sent or the browser closes, under this id. Fields marked
    /// sensitive are never kept. The id must name the record too, so that two records never share a draft.
    #[must_use]
    pub fn draft(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self.keep_draft = true;
        self
    }

    /// A token that lets the server recognize the second arrival of the same form.
    #[must_use]
    pub fn once(mut self, token: &'a str) -> Self {
        self.once = Some(token);
        self
    }

    /// Sends files.
    #[must_use]
    pub fn with_files(mut self) -> Self {
        self.multipart = true;
        self
    }

    /// A class, such as `fg` for the two-column grid.
    #[must_use]
    pub fn class(mut self, class: &'a str) -> Self {
        self.class = class;
        self
    }

    /// Draws the form around its fields.
    pub fn draw(&self, csrf: &str, fields: &Markup) -> Markup {
        let method = match self.method {
            Method::Post => "post",
            Method::Get => "get",
        };
        html! {
            form method=(method) action=(self.action) id=[self.id] class=[(!self.class.is_empty()).then_some(self.class)] novalidate
                enctype=[self.multipart.then_some("multipart/form-data")] data-draft=[self.keep_draft.then_some(self.id).flatten()] data-guard {
                @if self.method == Method::Post { (csrf_field(csrf)) }
                @if let Some(token) = self.once { input type="hidden" name="once" value=(token); }
                (fields)
            }
        }
    }

    /// Draws the form with the token of the request, and with what its page has shown.
    pub fn draw_in(&self, ctx: &Ctx, fields: &Markup) -> Markup {
        if self.method == Method::Get {
            return self.draw(&ctx.csrf, fields);
        }
        self.draw(&ctx.csrf, &html! { (seen_field(&ctx.seen)) (fields) })
    }
}

/// The last line of a form: a note or what destroys at the left, then the way back, then the one main action.
pub fn form_end(lang: Lang, start: &Markup, back: &str, main: &Action) -> Markup {
    html! {
        div class="form-end w12" {
            (start)
            span class="end" { (Action::link(lang.t("cancel"), back)) (main) }
        }
    }
}
