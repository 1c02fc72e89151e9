//! A forgotten password. The answer is the same whoever asks for whom, and comes before anything is looked up.

use super::join::waiting;
use super::visitor;
use crate::answer::{Answer, PageResult};
use crate::posted::Early;
use crate::sign_in::{before, stopped};
use crate::who::Visit;
use crate::{App, findings};
use ::families::Words;
use access::recovery::{self, Link, Sent};
use axum::extract::{Path, State};
use kernel::Failure;
use maud::{Markup, html};
use ui::action::csrf_field;
use ui::form::{Field, Finding, Width};
use ui::notice::{Tone, banner};
use ui::sign_in::{Before, layout};
use ui::{Action, Lang};

const NO_TOKEN: &str = "";

/// Asks for the user name; not there where e-mail is not set up.
pub(crate) async fn page(State(app): State<App>, visit: Visit) -> PageResult {
    offered(&app, &visit)?;
    Ok(ask(&before(&app, &visit, NO_TOKEN, &[])).into())
}

fn offered(app: &App, visit: &Visit) -> Result<(), crate::answer::Stopped> {
    let is_there = app.site().sends_mail && !app.site().address.is_empty();
    stopped(if is_there { Ok(()) } else { Err(Failure::NotFound) }, visit)
}

fn ask(at: &Before<'_>) -> Markup {
    let lang = at.lang;
    let label = lang.t("sign-in-username");
    let body = html! {
        h1 { (lang.t("forgot-title")) }
        p class="m-0" { (lang.t("forgot-text")) }
        @for finding in at.findings { div role="alert" { (banner(Tone::Bad, &finding.text, finding.code.as_deref().unwrap_or_default(), &[])) } }
        section class="card" aria-label=(lang.t("forgot-title")) {
            form class="cb" method="post" action="/sign-in/forgot" data-guard novalidate {
                (csrf_field(at.csrf))
                (Field::new(lang, "username", &label).autocomplete("username").required().focus().width(Width::Whole).max_length(64).text())
                (Action::submit(lang.t("forgot-send")).primary().class("full"))
            }
        }
        p class="sm sub m-0" { (lang.t("forgot-factor")) }
    };
    layout(at, &lang.t("forgot-title"), false, &body)
}

/// Says what happens now; what comes of it is known by e-mail alone.
pub(crate) async fn send(State(app): State<App>, Early { fields, visit }: Early) -> PageResult {
    offered(&app, &visit)?;
    let typed: String = fields.get("username").chars().take(64).collect();
    let (shared, actor) = (app.clone(), visitor(&app, &visit.ip));
    tokio::spawn(async move {
        let own = shared.clone();
        let work = move |tx: &mut db::Tx| ::families::forgotten(tx, &typed, &|sent: &Sent| words(&own, sent));
        if let Err(failure) = shared.store().write(&actor, work).await {
            tracing::error!("a link for a password was not made: {}", failure.log_line());
        }
    });
    let at = before(&app, &visit, NO_TOKEN, &[]);
    let lang = at.lang;
    let body = html! {
        h1 { (lang.t("forgot-title")) }
        section class="card" aria-label=(lang.t("forgot-title")) {
            div class="cb stack" role="status" { p class="m-0" { (lang.t("forgot-sent")) } p class="m-0 sub" { (lang.t("forgot-sent-not")) } }
        }
        (Action::link(lang.t("sign-in-title"), "/sign-in"))
    };
    Ok(layout(&at, &lang.t("forgot-title"), false, &body).into())
}

fn words(app: &App, sent: &Sent) -> Words {
    let lang = Lang::from_tag(&sent.language).unwrap_or_default();
    let (division, link) = (
        app.site().name.as_str(),
        format!("{}/sign-in/forgot/{}", app.site().address, sent.code),
    );
    let subject = lang.tx("forgot-mail-subject", &[("division", division.into())]);
    let text = lang.tx("forgot-mail-text", &[("link", link.as_str().into())]);
    Words {
        subject: subject.chars().take(mail::rules::LONGEST_SUBJECT).collect(),
        text: format!("{text}\n\n{}\n\n{division}", lang.t("forgot-mail-unexpected")),
        language: lang.tag().to_owned(),
    }
}

/// Asks for the new password.
pub(crate) async fn choose_page(
    State(app): State<App>,
    Path(code): Path<String>,
    visit: Visit,
) -> PageResult {
    let (typed, ip) = (code.chars().take(40).collect::<String>(), visit.ip.clone());
    let work = move |tx: &mut db::Tx| recovery::open(tx, &typed, &ip);
    let link = app.store().write(&visitor(&app, &visit.ip), work).await;
    answer(&app, &visit, (&code, &[]), stopped(link, &visit)?)
}

fn answer(app: &App, visit: &Visit, (code, found): (&str, &[Finding]), link: Link) -> PageResult {
    let shut = |finding: kernel::Finding| {
        let found = findings::shown(visit.lang, &finding.into());
        Ok(Answer::again(ask(&before(app, visit, NO_TOKEN, &found))))
    };
    match link {
        Link::Open(username) => {
            let code = access::Code::parse(code)
                .map(|code| code.to_string())
                .unwrap_or_default();
            let at = before(app, visit, NO_TOKEN, found);
            let page = ui::sign_in::new_password(&at, &format!("/sign-in/forgot/{code}"), &username);
            Ok(if found.is_empty() {
                Answer::page(page)
            } else {
                Answer::again(page)
            })
        }
        Link::Wait(seconds) => shut(waiting(seconds)),
        Link::Shut(finding) => shut(finding),
    }
}

/// Takes the new password; the person signs in with it.
pub(crate) async fn choose(
    State(app): State<App>,
    Path(code): Path<String>,
    Early { fields, visit }: Early,
) -> PageResult {
    let (typed, ip) = (code.chars().take(40).collect::<String>(), visit.ip.clone());
    let (again, new) = (fields.raw("again").to_owned(), fields.raw("password").to_owned());
    let open = (typed.clone(), ip.clone());
    let chosen = if again == new {
        let work = move |tx: &mut db::Tx| recovery::choose(tx, &typed, &ip, &new);
        app.store().write(&visitor(&app, &visit.ip), work).await
    } else {
        Err(Failure::refuse("LP-0003", "again"))
    };
    match chosen {
        Ok(Link::Open(_)) => Ok(Answer::see("/sign-in")),
        Ok(link) => answer(&app, &visit, (&code, &[]), link),
        Err(failure) => {
            let found = stopped(findings::of_failure(visit.lang, failure), &visit)?;
            let work = move |tx: &mut db::Tx| recovery::open(tx, &open.0, &open.1);
            let link = app.store().write(&visitor(&app, &visit.ip), work).await;
            answer(&app, &visit, (&code, &found), stopped(link, &visit)?)
        }
    }
}
