//! Passkeys of one's own: made by the browser in two steps, renamed, removed.

use super::{PATH, Part, refused};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult, Stop};
use crate::posted::Posted;
use crate::who::Who;
use access::passkeys::{self, RelyingParty};
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use kernel::{Failure, Outcome};
use serde::Serialize;
use serde_json::json;
use ui::Lang;

/// Header in which a script sends the session's token.
const CSRF_HEADER: &str = "x-csrf-token";

/// An answer for a script.
pub(crate) fn told(value: impl Serialize) -> Answer {
    Answer::Other(Box::new(Json(value).into_response()))
}

/// The token that a script sent with its request; empty for none.
pub(crate) fn token(headers: &HeaderMap) -> &str {
    headers
        .get(CSRF_HEADER)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The site that passkeys are made for. `NotFound` where it has no host name.
pub(crate) fn site(app: &App) -> Outcome<RelyingParty> {
    app.site().relying_party.clone().ok_or(Failure::NotFound)
}

/// The name of a passkey made today, until its owner gives it another.
pub(crate) fn label(lang: Lang, app: &App) -> String {
    let today = app.store().now().date();
    lang.tx("account-passkey-of", &[("day", today.to_string().into())])
        .into_owned()
}

fn checked(who: Who, headers: &HeaderMap) -> Result<Who, crate::answer::Stopped> {
    if who.holds(token(headers)) {
        Ok(who)
    } else {
        Err(Stop::Forged.at(who.visit))
    }
}

/// Begins making a passkey: options for the browser.
pub(crate) async fn start(State(app): State<App>, who: Who, headers: HeaderMap) -> PageResult {
    let who = checked(who, &headers)?;
    let (site, signed_in) = (site(&app).or_stop(&app, &who)?, who.signed_in.clone());
    let write = move |tx: &mut db::Tx| passkeys::start_registration(tx, &site, signed_in.enroller());
    let options = app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(told(options))
}

/// Keeps the passkey the browser made, under a name that can be changed on the page.
pub(crate) async fn finish(State(app): State<App>, who: Who, headers: HeaderMap, made: String) -> PageResult {
    let who = checked(who, &headers)?;
    let (site, signed_in) = (site(&app).or_stop(&app, &who)?, who.signed_in.clone());
    let label = label(who.lang(), &app);
    let write =
        move |tx: &mut db::Tx| passkeys::finish_registration(tx, &site, signed_in.enroller(), &label, &made);
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(told(json!({ "next": PATH })))
}

/// Gives a passkey another name.
pub(crate) async fn rename(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let signed_in = who.signed_in.clone();
    let (id, label) = (fields.get("id").to_owned(), fields.get("label").to_owned());
    let fit = fields.fit();
    match app
        .store()
        .write(who.actor(), move |tx| {
            fit.clone()?;
            passkeys::rename(tx, &signed_in, &id, &label)
        })
        .await
    {
        Ok(()) => Ok(Answer::see(PATH)),
        Err(failure) => refused(&app, &who, Part::SecondStep, failure).await,
    }
}

/// Removes a passkey.
pub(crate) async fn remove(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let (signed_in, id) = (who.signed_in.clone(), fields.get("id").to_owned());
    match app
        .store()
        .write(who.actor(), move |tx| passkeys::remove(tx, &signed_in, &id))
        .await
    {
        Ok(()) => Ok(Answer::see(PATH)),
        Err(failure) => refused(&app, &who, Part::SecondStep, failure).await,
    }
}
