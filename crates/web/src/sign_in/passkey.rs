//! The second step by passkey: the server asks, the browser answers. Who has no second step yet makes the first
//! passkey here.

use super::password::Asked;
use super::{on, stopped};
use crate::App;
use crate::account::passkey::{label, site, token, told};
use crate::answer::{Answer, PageResult, Stop, Stopped};
use crate::who::OnTheWay;
use access::passkeys;
use access::sign_in::{self, Answer as Went};
use axum::extract::{Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde_json::json;

fn checked(way: OnTheWay, headers: &HeaderMap) -> Result<OnTheWay, Stopped> {
    if way.pending.who.csrf_holds(token(headers)) {
        Ok(way)
    } else {
        Err(Stop::Forged.at(way.visit))
    }
}

/// Asks for one of the person's passkeys: options for the browser.
pub(crate) async fn start(State(app): State<App>, way: OnTheWay, headers: HeaderMap) -> PageResult {
    let way = checked(way, &headers)?;
    let (site, pending) = (stopped(site(&app), &way.visit)?, way.pending.clone());
    let write = move |tx: &mut db::Tx| passkeys::start_check(tx, &site, &pending);
    let options = app.store().write(&way.pending.who.actor(), write).await;
    Ok(told(stopped(options, &way.visit)?))
}

/// Takes the browser's answer and says where to go on.
pub(crate) async fn finish(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    way: OnTheWay,
    headers: HeaderMap,
    given: String,
) -> PageResult {
    let way = checked(way, &headers)?;
    let (site, pending) = (stopped(site(&app), &way.visit)?, way.pending.clone());
    let write = move |tx: &mut db::Tx| sign_in::give_passkey(tx, &site, &pending, &given);
    let went = app.store().write(&way.pending.who.actor(), write).await;
    Ok(went_on(&app, stopped(went, &way.visit)?, &asked))
}

/// Begins the first passkey of a person who must have a second step: options for the browser.
pub(crate) async fn start_first(State(app): State<App>, way: OnTheWay, headers: HeaderMap) -> PageResult {
    let way = checked(way, &headers)?;
    let (site, pending) = (stopped(site(&app), &way.visit)?, way.pending.clone());
    let write = move |tx: &mut db::Tx| passkeys::start_registration(tx, &site, pending.enroller()?);
    let options = app.store().write(&way.pending.who.actor(), write).await;
    Ok(told(stopped(options, &way.visit)?))
}

/// Keeps it, lets the person in, and says where to go on.
pub(crate) async fn finish_first(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    way: OnTheWay,
    headers: HeaderMap,
    made: String,
) -> PageResult {
    let way = checked(way, &headers)?;
    let (site, pending) = (stopped(site(&app), &way.visit)?, way.pending.clone());
    let label = label(way.visit.lang, &app);
    let write = move |tx: &mut db::Tx| sign_in::enrol_passkey(tx, &site, &pending, &label, &made);
    let went = app.store().write(&way.pending.who.actor(), write).await;
    Ok(went_on(&app, stopped(went, &way.visit)?, &asked))
}

fn went_on(app: &App, went: Went, asked: &Asked) -> Answer {
    match went {
        Went::Go(token, stage) => for_script(on(app, &token, stage, asked.next())),
        // The script says that it did not work; a code can be typed instead.
        _ => Answer::Other(Box::new(StatusCode::UNPROCESSABLE_ENTITY.into_response())),
    }
}

/// The way on as the script takes it: the address in the body, the cookie beside it.
fn for_script(answer: Answer) -> Answer {
    let Answer::See(path, cookies) = answer else {
        return answer;
    };
    let mut response = (StatusCode::OK, axum::Json(json!({ "next": path }))).into_response();
    for cookie in cookies.iter().filter_map(|cookie| cookie.parse().ok()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Answer::Other(Box::new(response))
}
