//! The first step: name and password; in the practice division, a role in one click.

use super::{NO_TOKEN, before, no_cookie, on, refusal, safe_next, stopped};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Early, Posted};
use crate::who::{Visit, Who};
use access::sign_in::{self, Answer as Went};
use axum::extract::{Query, State};
use kernel::Failure;
use serde::Deserialize;
use ui::sign_in::PracticeRole;

/// Where to go on afterwards.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    next: String,
}

impl Asked {
    /// The path, as it was asked for.
    pub(super) fn next(&self) -> &str {
        &self.next
    }
}

/// The sign-in page; who is in already goes on.
pub(crate) async fn page(
    who: Option<Who>,
    State(app): State<App>,
    Query(asked): Query<Asked>,
    visit: Visit,
) -> PageResult {
    if who.is_some() {
        return Ok(Answer::see(safe_next(&asked.next)));
    }
    let roles = practice_roles(&app, &visit).await?;
    Ok(ui::sign_in::sign_in(
        &before(&app, &visit, NO_TOKEN, &[]),
        "",
        safe_next(&asked.next),
        &roles,
    )
    .into())
}

/// The people of the practice division; nobody elsewhere.
async fn practice_roles(app: &App, visit: &Visit) -> Result<Vec<PracticeRole>, crate::answer::Stopped> {
    if !app.site().is_practice {
        return Ok(Vec::new());
    }
    let people = app
        .store()
        .read(app.division(), |at| access::accounts::practice_people(at))
        .await;
    let people = stopped(people, visit)?;
    let role = |role| crate::context::role_words(visit.lang, role);
    Ok(people
        .into_iter()
        .map(|person| PracticeRole {
            value: person.username,
            role: role(person.role),
            person: person.display_name,
        })
        .collect())
}

/// Checks name and password. The slow part, hashing, runs outside any transaction.
pub(crate) async fn send(State(app): State<App>, Early { fields, visit }: Early) -> PageResult {
    let (username, password) = (
        fields.get("username").to_owned(),
        fields.raw("password").to_owned(),
    );
    let ip = visit.ip.clone();
    let typed = username.clone();
    let candidate = app
        .store()
        .read(app.division(), move |at| sign_in::look_up(at, &typed, &ip))
        .await;
    let candidate = stopped(candidate, &visit)?;
    let checked = tokio::task::spawn_blocking(move || candidate.check(&password)).await;
    let checked =
        checked.unwrap_or_else(|error| Err(Failure::Fault(format!("a password check stopped: {error}"))));
    let checked = stopped(checked, &visit)?;
    let stranger = sign_in::stranger(app.division(), &visit.ip);
    let device = visit.device.clone();
    let enter = move |tx: &mut db::Tx| {
        let went = sign_in::enter(tx, &checked)?;
        named(tx, went, &device)
    };
    let went = app.store().write(&stranger, enter).await;
    match stopped(went, &visit)? {
        Went::Go(token, stage) => Ok(on(&app, &token, stage, fields.get("next"))),
        refused => {
            let findings = refusal(&visit, &refused);
            let roles = practice_roles(&app, &visit).await?;
            let page = before(&app, &visit, NO_TOKEN, &findings);
            Ok(Answer::again(ui::sign_in::sign_in(
                &page,
                &username,
                safe_next(fields.get("next")),
                &roles,
            )))
        }
    }
}

/// Enters the practice division as one of its people: through the same
/// session code, second factor included.
pub(crate) async fn practice(State(app): State<App>, Early { fields, visit }: Early) -> PageResult {
    let username = fields.get("role").to_owned();
    let stranger = sign_in::stranger(app.division(), &visit.ip);
    let device = visit.device.clone();
    let enter = move |tx: &mut db::Tx| {
        let went = sign_in::practice(tx, &username)?;
        named(tx, went, &device)
    };
    let went = app.store().write(&stranger, enter).await;
    match stopped(went, &visit)? {
        Went::Go(token, stage) => Ok(on(&app, &token, stage, fields.get("next"))),
        _ => stopped(Err(Failure::NotFound), &visit),
    }
}

/// The session that was opened keeps what its browser calls itself.
fn named(tx: &mut db::Tx, went: Went, device: &str) -> kernel::Outcome<Went> {
    if let Went::Go(token, _) = &went {
        access::own_sessions::name_device(tx, token, device)?;
    }
    Ok(went)
}

/// Ends the session.
pub(crate) async fn sign_out(State(app): State<App>, Posted { who, .. }: Posted) -> PageResult {
    let holder = who.holder().clone();
    app.store()
        .write(who.actor(), move |tx| access::sessions::sign_out(tx, &holder))
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::See("/sign-in".to_owned(), vec![no_cookie(&app)]))
}
