//! Dialogs: destructive confirmation and signature only.

use maud::{Markup, html};

use crate::action::csrf_field;
use crate::{Action, Icon, Lang, icon};

/// A destructive step to confirm.
#[derive(Clone, Debug)]
pub struct Confirm<'a> {
    /// Id of the dialog; opened by [`Action::opens`].
    pub id: &'a str,
    /// The question, as in "Delete this enrolment?"
    pub title: &'a str,
    /// The effect in plain words, beyond Lodgepole too.
    pub effect: &'a str,
    /// Where it is sent.
    pub action: &'a str,
    /// Token of the request.
    pub csrf: &'a str,
    /// Verb and object, as in "Delete enrolment".
    pub verb: &'a str,
    /// Whether it leaves the division, and so asks for the last four digits of the ASN. Sent as `asn_last4`;
    /// the server compares.
    pub asks_digits: bool,
}

/// Draws the confirmation.
pub fn confirm(lang: Lang, about: &Confirm<'_>) -> Markup {
    let digits = format!("{}-digits", about.id);
    let body = html! {
        p { (about.effect) }
        @if about.asks_digits {
            div class="f" {
                label for=(digits) { (lang.t("confirm-digits")) }
                span class="hint" id={ (digits) "-hint" } { (lang.t("confirm-digits-hint")) }
                input class="form-control num otp" id=(digits) name="asn_last4" inputmode="numeric" maxlength="4" pattern="[0-9]{4}"
                    autocomplete="off" required aria-describedby={ (digits) "-hint" } data-no-draft;
            }
        }
    };
    let foot = html! {
        (Action::closes(lang.t("cancel")))
        (Action::submit(about.verb).danger())
    };
    html! {
        dialog class="dlg" id=(about.id) aria-labelledby={ (about.id) "-h" } {
            form method="post" action=(about.action) data-guard {
                (csrf_field(about.csrf))
                (titled(lang, about.id, about.title))
                div class="dlg-b" { (body) }
                div class="dlg-f" { (foot) }
            }
        }
    }
}

/// A dialog around other content; `foot` holds its buttons.
pub fn dialog(lang: Lang, id: &str, title: &str, body: &Markup, foot: &Markup) -> Markup {
    html! {
        dialog class="dlg wide" id=(id) aria-labelledby={ (id) "-h" } {
            (titled(lang, id, title))
            div class="dlg-b" { (body) }
            @if !foot.0.is_empty() { div class="dlg-f" { (foot) } }
        }
    }
}

fn titled(lang: Lang, id: &str, title: &str) -> Markup {
    html! {
        div class="dlg-h" {
            h2 id={ (id) "-h" } { (title) }
            button class="btn btn-q btn-s btn-i end" type="button" data-close aria-label=(lang.t("close")) { (icon(Icon::X)) }
        }
    }
}
