//! A family comes by a code: typed, or followed from a message. A page that is only opened uses nothing up.

use super::visitor;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Early, Posted};
use crate::sign_in::{before, on, stopped};
use crate::who::{Visit, Who};
use crate::{App, findings};
use ::families::{Accept, Accepted, Look, Welcome};
use access::sessions::Stage;
use axum::extract::{Path, State};
use kernel::{Failure, Outcome};
use maud::{Markup, html};
use ui::action::csrf_field;
use ui::form::{Field, Finding, Password, Width, summary};
use ui::notice::{Tone, banner};
use ui::sign_in::{Before, layout};
use ui::{Action, Lang};

/// A form before there is a session has no token of its own; see `posted::Early`.
const NO_TOKEN: &str = "";
/// Longest code that is looked at, however it is typed.
const LONGEST: usize = 40;

/// Asks for the code.
pub(crate) async fn page(State(app): State<App>, visit: Visit) -> PageResult {
    Ok(ask(&before(&app, &visit, NO_TOKEN, &[]), "").into())
}

fn ask(at: &Before<'_>, typed: &str) -> Markup {
    let lang = at.lang;
    let (label, hint) = (lang.t("join-code"), lang.t("join-code-hint"));
    let body = html! {
        h1 { (lang.t("join-title")) }
        p class="m-0" { (lang.t("join-text")) }
        (alerts(at.findings))
        section class="card" aria-label=(lang.t("join-title")) {
            form class="cb" method="post" action="/join" data-guard novalidate {
                (csrf_field(at.csrf))
                (Field::new(lang, "code", &label).hint(&hint).value(typed).findings(at.findings).required().focus().width(Width::Whole).autocomplete("off").max_length(40).text())
                (Action::submit(lang.t("sign-in-continue")).primary().class("full"))
            }
        }
        p class="sm sub m-0" { (lang.t("join-help")) }
    };
    layout(at, &lang.t("join-title"), false, &body)
}

/// What is wrong beyond the code.
fn alerts(found: &[Finding]) -> Markup {
    html! {
        @for finding in found.iter().filter(|finding| finding.field.is_empty()) {
            div role="alert" { (banner(Tone::Bad, &finding.text, finding.code.as_deref().unwrap_or_default(), &[])) }
        }
    }
}

/// On to the page of the code that was typed.
pub(crate) async fn typed(State(app): State<App>, Early { fields, visit }: Early) -> PageResult {
    let code: String = fields.get("code").chars().take(LONGEST).collect();
    if let Some(code) = access::Code::parse(&code) {
        return Ok(Answer::see(format!("/join/{code}")));
    }
    let none = kernel::Finding::refuse("LP-0171", "code");
    Ok(shut(&app, &visit, fields.get("code"), &none))
}

fn shut(app: &App, visit: &Visit, typed: &str, finding: &kernel::Finding) -> Answer {
    let found = findings::shown(visit.lang, &finding.clone().into());
    Answer::again(ask(&before(app, visit, NO_TOKEN, &found), typed))
}

/// The finding of a wait.
pub(super) fn waiting(seconds: i64) -> kernel::Finding {
    kernel::Finding::refuse("LP-0019", "").with("minutes", (seconds + 59) / 60)
}

async fn look(app: &App, visit: &Visit, code: &str) -> Outcome<Look> {
    let (code, ip) = (code.chars().take(LONGEST).collect::<String>(), visit.ip.clone());
    let work = move |tx: &mut db::Tx| ::families::look(tx, &code, &ip);
    app.store().write(&visitor(app, &visit.ip), work).await
}

/// Who is welcome by a code, and what is to be chosen.
pub(crate) async fn welcome(
    State(app): State<App>,
    who: Option<Who>,
    Path(code): Path<String>,
    visit: Visit,
) -> PageResult {
    match stopped(look(&app, &visit, &code).await, &visit)? {
        Look::Open(welcome) => {
            let at = before(&app, &visit, NO_TOKEN, &[]);
            Ok(form(&at, (&code, &welcome), who.as_ref(), &welcome.email).into())
        }
        Look::Wait(seconds) => Ok(shut(&app, &visit, "", &waiting(seconds))),
        Look::Shut(finding) => Ok(shut(&app, &visit, "", &finding)),
    }
}

fn form(at: &Before<'_>, (code, welcome): (&str, &Welcome), who: Option<&Who>, username: &str) -> Markup {
    let lang = at.lang;
    let fields = ["username", "password", "again"];
    let title = lang.tx("join-welcome", &[("name", welcome.name.as_str().into())]);
    let code = access::Code::parse(code)
        .map(|code| code.to_string())
        .unwrap_or_default();
    let body = html! {
        h1 { (title) }
        (summary(lang, at.findings, &fields))
        @if let Some(who) = who.filter(|_| welcome.username.is_none()) { (add_form(lang, &code, who)) }
        section class="card" aria-label=(title) {
            form class="cb" method="post" action={ "/join/" (code) } data-guard novalidate {
                (csrf_field(at.csrf))
                (questions(at, welcome, username))
                (Action::submit(lang.t("sign-in-continue")).primary().class("full"))
            }
        }
        p class="sm sub m-0" { (lang.t("join-next")) }
    };
    layout(at, &title, false, &body)
}

fn questions(at: &Before<'_>, welcome: &Welcome, username: &str) -> Markup {
    let lang = at.lang;
    let (name, first, again) = (
        lang.t("sign-in-username"),
        lang.t("new-password"),
        lang.t("new-password-again"),
    );
    let (name_hint, hint) = (lang.t("join-username-hint"), lang.t("new-password-hint"));
    html! {
        @match &welcome.username {
            Some(known) => {
                p { (lang.tx("join-known", &[("username", known.as_str().into())])) }
                input type="text" name="username" value=(known) autocomplete="username" hidden;
            }
            None => (Field::new(lang, "username", &name).hint(&name_hint).value(username).autocomplete("username").findings(at.findings).required().width(Width::Whole).max_length(64).text()),
        }
        (Field::new(lang, "password", &first).hint(&hint).findings(at.findings).required().width(Width::Whole).password(Password::New))
        (Field::new(lang, "again", &again).findings(at.findings).required().width(Width::Whole).password(Password::New))
    }
}

/// Whoever is signed in may add what the code opens to that account.
fn add_form(lang: Lang, code: &str, who: &Who) -> Markup {
    let name = who.holder().display_name.as_str();
    html! {
        section class="card" aria-label=(lang.t("join-add")) {
            form class="cb" method="post" action={ "/join/" (code) "/add" } data-guard {
                (csrf_field(&who.holder().csrf))
                p class="m-0" { (lang.tx("join-add-text", &[("name", name.into())])) }
                (Action::submit(lang.t("join-add")).class("full"))
            }
        }
    }
}

/// Makes the account; the second factor is set up next.
pub(crate) async fn accept(
    State(app): State<App>,
    Path(code): Path<String>,
    Early { fields, visit }: Early,
) -> PageResult {
    let new = Accept {
        code: code.chars().take(LONGEST).collect(),
        username: fields.get("username").to_owned(),
        password: fields.raw("password").to_owned(),
        language: visit.lang.tag().to_owned(),
    };
    let (ip, device) = (visit.ip.clone(), visit.device.clone());
    let is_same = new.password == fields.raw("again");
    let work = move |tx: &mut db::Tx| {
        let done = ::families::accept(tx, &new, &ip)?;
        if let Accepted::In(token) = &done {
            access::own_sessions::name_device(tx, token, &device)?;
        }
        Ok(done)
    };
    let done = if is_same {
        app.store().write(&visitor(&app, &visit.ip), work).await
    } else {
        Err(Failure::refuse("LP-0003", "again"))
    };
    let found = match done {
        Ok(Accepted::In(token)) => return Ok(on(&app, &token, Stage::MustEnrol, "/")),
        Ok(Accepted::Wait(seconds)) => return Ok(shut(&app, &visit, "", &waiting(seconds))),
        Ok(Accepted::Shut(finding)) => return Ok(shut(&app, &visit, "", &finding)),
        Err(failure) => stopped(findings::of_failure(visit.lang, failure), &visit)?,
    };
    match stopped(look(&app, &visit, &code).await, &visit)? {
        Look::Open(welcome) => {
            let at = before(&app, &visit, NO_TOKEN, &found);
            Ok(Answer::again(form(
                &at,
                (&code, &welcome),
                None,
                fields.get("username"),
            )))
        }
        Look::Wait(seconds) => Ok(shut(&app, &visit, "", &waiting(seconds))),
        Look::Shut(finding) => Ok(shut(&app, &visit, "", &finding)),
    }
}

/// Adds what the code opens to the account of whoever is signed in.
pub(crate) async fn add(
    State(app): State<App>,
    Path(code): Path<String>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let (account, ip) = (who.holder().account, who.visit.ip.clone());
    let code: String = code.chars().take(LONGEST).collect();
    let work = move |tx: &mut db::Tx| ::families::add_to(tx, account, &code, &ip);
    let done = app.store().write(&visitor(&app, &who.visit.ip), work).await;
    match done.or_stop(&app, &who)? {
        None => Ok(Answer::see("/")),
        Some(Look::Wait(seconds)) => Ok(shut(&app, &who.visit, "", &waiting(seconds))),
        Some(Look::Shut(finding)) => Ok(shut(&app, &who.visit, "", &finding)),
        Some(Look::Open(_)) => Err(Failure::NotFound).or_stop(&app, &who),
    }
}
