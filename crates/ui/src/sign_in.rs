//! Signing in: password, second factor, setting one up, a new password. No side navigation; nothing to solve.

use maud::{Markup, PreEscaped, html};

use crate::action::csrf_field;
use crate::form::{self, Field, Finding, Password, Width};
use crate::notice::{Tone, banner};
use crate::shell::{self, Document, Settings, Title};
use crate::{Action, Icon, Lang, icon};

/// What every page before the session needs.
#[derive(Clone, Debug)]
pub struct Before<'a> {
    /// Language of the page.
    pub lang: Lang,
    /// Path and query, where the language switch returns to.
    pub path: &'a str,
    /// Token of the request.
    pub csrf: &'a str,
    /// Name of the division.
    pub division: &'a str,
    /// Whether this is the practice division.
    pub demo: bool,
    /// Whether a forgotten password is helped by e-mail.
    pub recovers: bool,
    /// What was wrong with the last attempt.
    pub findings: &'a [Finding],
}

/// A role of the practice division, entered in one click.
#[derive(Clone, Debug)]
pub struct PracticeRole {
    /// Sent as `role`.
    pub value: String,
    /// The role in words.
    pub role: String,
    /// Who it is and where.
    pub person: String,
}

/// A whole page around a card, before there is a session.
pub fn layout(before: &Before<'_>, title: &str, wide: bool, body: &Markup) -> Markup {
    let lang = before.lang;
    let content = html! {
        (shell::skip_link(lang))
        div class="solo" data-sign-in {
            header class="solo-top" {
                (shell::mark())
                div class="grow" { b { (before.division) } br; span class="sm sub" { (lang.t("product")) } }
                (shell::language_form(lang, before.csrf, before.path, "btn btn-s btn-n"))
            }
            @if before.demo { aside class="lp-note demo" aria-label=(lang.t("note-demo")) { (icon(Icon::Flag)) span { (lang.t("demo-banner")) } } }
            main class={ "solo-main" @if wide { " wide" } } id="main" tabindex="-1" { (body) }
            footer class="solo-foot" { (lang.t("sign-in-foot")) }
        }
        (shell::live_regions(lang))
    };
    let about = Document {
        lang,
        theme: crate::ctx::Theme::Device,
        title: Title::new(title),
        csrf: before.csrf,
        settings: Settings::default(),
    };
    shell::document(&about, &content)
}

/// The message of a refused attempt: it belongs to no field, so that nothing is given away.
fn refusals(findings: &[Finding]) -> Markup {
    html! {
        @for finding in findings.iter().filter(|finding| finding.field.is_empty()) {
            div role="alert" { (banner(Tone::Bad, &finding.text, finding.code.as_deref().unwrap_or_default(), &[])) }
        }
    }
}

/// The sign-in page. `next` is where the session begins. In the practice division each role is one click away.
pub fn sign_in(before: &Before<'_>, username: &str, next: &str, roles: &[PracticeRole]) -> Markup {
    let lang = before.lang;
    let (name, password) = (lang.t("sign-in-username"), lang.t("sign-in-password"));
    let body = html! {
        h1 { (lang.t("sign-in-title")) }
        (refusals(before.findings))
        section class="card" aria-label=(lang.t("sign-in-title")) {
            form class="cb" method="post" action="/sign-in" data-guard novalidate {
                (csrf_field(before.csrf))
                input type="hidden" name="next" value=(next);
                (Field::new(lang, "username", &name).value(username).autocomplete("username").findings(before.findings).required().focus().text())
                (Field::new(lang, "password", &password).findings(before.findings).required().password(Password::Current))
                (Action::submit(lang.t("sign-in-continue")).primary().class("full"))
            }
        }
        p class="m-0" { a href="/join" { (lang.t("join-invited")) } }
        @if before.recovers { p class="m-0" { a href="/sign-in/forgot" { (lang.t("forgot-title")) } } }
        p class="sm sub m-0" { (lang.t("sign-in-help")) }
        @if !roles.is_empty() { (practice(before, next, roles)) }
    };
    layout(before, &lang.t("sign-in-title"), !roles.is_empty(), &body)
}

fn practice(before: &Before<'_>, next: &str, roles: &[PracticeRole]) -> Markup {
    html! {
        section class="card" aria-labelledby="practice" {
            div class="ch" { h2 id="practice" { (before.lang.t("sign-in-practice")) } }
            div class="cb" {
                p class="sub" { (before.lang.t("sign-in-practice-text")) }
                div class="roles" {
                    @for role in roles {
                        form method="post" action="/sign-in/practice" data-guard {
                            (csrf_field(before.csrf))
                            input type="hidden" name="next" value=(next);
                            button class="btn" type="submit" name="role" value=(role.value) { b { (role.role) } span class="sm dim" { (role.person) } }
                        }
                    }
                }
            }
        }
    }
}

/// The second factor: the six digits of an authenticator, sent as `code`; and a passkey when the person has one.
pub fn second_factor(before: &Before<'_>, passkey: bool) -> Markup {
    let lang = before.lang;
    let (label, hint) = (lang.t("second-code"), lang.t("second-hint"));
    let body = html! {
        h1 { (lang.t("second-title")) }
        (refusals(before.findings))
        section class="card" aria-label=(lang.t("second-title")) {
            form class="cb" method="post" action="/sign-in/second" data-guard novalidate {
                (csrf_field(before.csrf))
                (Field::new(lang, "code", &label).hint(&hint).findings(before.findings).required().focus().width(Width::Whole).one_time_code())
                (Action::submit(lang.t("sign-in-continue")).primary().class("full"))
            }
            @if passkey {
                div class="cb b-top" { (use_passkey(lang)) }
            }
        }
        p class="sm sub m-0" { (lang.t("second-lost")) }
    };
    layout(before, &lang.t("second-title"), false, &body)
}

/// The button that signs in with a passkey.
fn use_passkey(lang: Lang) -> Markup {
    let button = Action::scripted(lang.t("second-passkey"))
        .icon(Icon::Key)
        .class("full")
        .with("data-passkey", "/sign-in/passkey")
        .with("data-failed", lang.t("second-passkey-failed"))
        .with("data-cancelled", lang.t("second-passkey-cancelled"))
        .with("data-known", lang.t("second-passkey-failed"));
    passkey(lang, &button)
}

/// The button that makes a passkey; `address` is where the server starts and finishes it. `full` takes the whole line.
pub fn new_passkey(lang: Lang, address: &str, full: bool) -> Markup {
    let button = Action::scripted(lang.t("passkey-new"))
        .icon(Icon::Key)
        .class(if full { "full" } else { "" })
        .with("data-passkey-new", address)
        .with("data-failed", lang.t("passkey-new-failed"))
        .with("data-cancelled", lang.t("passkey-new-cancelled"))
        .with("data-known", lang.t("passkey-new-known"));
    passkey(lang, &button)
}

/// A button of passkeys, and the line that says what went wrong.
fn passkey(lang: Lang, button: &Action) -> Markup {
    html! {
        div class="stack-s" {
            (button.clone().with("data-unable", lang.t("passkey-unable")))
            p class="m-0 sm" data-passkey-told hidden {}
        }
    }
}

/// Setting up the second step: a passkey where the site has them, or an authenticator. `qr_svg` is drawn as given,
/// `secret` is typed where no camera is at hand.
pub fn set_up_second_factor(before: &Before<'_>, qr_svg: &str, secret: &str, passkey: bool) -> Markup {
    let lang = before.lang;
    let (label, hint) = (lang.t("second-code"), lang.t("second-hint"));
    let body = html! {
        h1 { (lang.t("setup-title")) }
        (refusals(before.findings))
        @if passkey {
            section class="card" aria-labelledby="setup-passkey" {
                div class="ch" { h2 id="setup-passkey" { (lang.t("account-passkey")) } }
                div class="cb" {
                    p { (lang.t("account-passkey-text")) }
                    (new_passkey(lang, "/sign-in/set-up/passkey", true))
                }
            }
        }
        section class="card" aria-labelledby="setup-app" {
            div class="ch" { h2 id="setup-app" { (lang.t("account-app")) } }
            form class="cb" method="post" action="/sign-in/set-up" data-guard novalidate {
                (csrf_field(before.csrf))
                p class="m-0" { (lang.t("setup-text")) }
                div class="qr" role="img" aria-label=(lang.t("setup-qr")) { (PreEscaped(qr_svg)) }
                p class="m-0 sm sub" { (lang.t("setup-secret")) " " span class="code" { (secret) } }
                (Field::new(lang, "code", &label).hint(&hint).findings(before.findings).required().width(Width::Whole).one_time_code())
                (Action::submit(lang.t("setup-done")).primary().class("full"))
            }
        }
    };
    layout(before, &lang.t("setup-title"), false, &body)
}

/// Choosing a new password: sent as `password` and `again`.
pub fn new_password(before: &Before<'_>, action: &str, username: &str) -> Markup {
    let lang = before.lang;
    let fields = ["password", "again"];
    let (first, again, hint) = (
        lang.t("new-password"),
        lang.t("new-password-again"),
        lang.t("new-password-hint"),
    );
    let body = html! {
        h1 { (lang.t("new-password-title")) }
        (form::summary(lang, before.findings, &fields))
        section class="card" aria-label=(lang.t("new-password-title")) {
            form class="cb" method="post" action=(action) data-guard novalidate {
                (csrf_field(before.csrf))
                // Password managers file the new password under this name.
                input type="text" name="username" value=(username) autocomplete="username" hidden;
                (Field::new(lang, "password", &first).hint(&hint).findings(before.findings).required().focus().password(Password::New))
                (Field::new(lang, "again", &again).findings(before.findings).required().password(Password::New))
                (Action::submit(lang.t("save")).primary().class("full"))
            }
        }
    };
    layout(before, &lang.t("new-password-title"), false, &body)
}
