//! The steps after the password: a code, setting one up, a new password.

use super::password::Asked;
use super::{before, on, refusal, stopped};
use crate::App;
use crate::answer::{Answer, PageResult, Stop};
use crate::findings;
use crate::posted::Early;
use crate::who::OnTheWay;
use access::sessions::Pending;
use access::sign_in::{self, Answer as Went};
use access::totp;
use axum::extract::{Query, State};
use kernel::{Failure, Outcome};

/// Asks for the code.
pub(crate) async fn page(State(app): State<App>, OnTheWay { pending, visit }: OnTheWay) -> PageResult {
    let offers = stopped(offers_passkey(&app, &pending).await, &visit)?;
    Ok(ui::sign_in::second_factor(&before(&app, &visit, &pending.who.csrf, &[]), offers).into())
}

/// Can the person answer with a passkey here?
async fn offers_passkey(app: &App, pending: &Pending) -> Outcome<bool> {
    let who = pending.clone();
    let factors = app
        .store()
        .read(app.division(), move |at| sign_in::factors(at, &who))
        .await?;
    Ok(factors.passkey && app.site().relying_party.is_some())
}

/// Checks the code.
pub(crate) async fn send(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    way: OnTheWay,
    early: Early,
) -> PageResult {
    checked(&way, &early)?;
    let (who, code) = (way.pending.clone(), early.fields.get("code").to_owned());
    let went = step(&app, &way, move |tx| sign_in::give_code(tx, &who, &code)).await;
    match stopped(went, &way.visit)? {
        Went::Go(token, stage) => Ok(on(&app, &token, stage, asked.next())),
        refused => {
            let shown = refusal(&way.visit, &refused);
            let offers = stopped(offers_passkey(&app, &way.pending).await, &way.visit)?;
            let page = before(&app, &way.visit, &way.pending.who.csrf, &shown);
            Ok(Answer::again(ui::sign_in::second_factor(&page, offers)))
        }
    }
}

/// Offers a passkey, and shows the secret to set up an authenticator with; the same one when the page
/// is opened again.
pub(crate) async fn set_up_page(State(app): State<App>, way: OnTheWay) -> PageResult {
    let offer = offered(&app, &way).await;
    let offer = stopped(offer, &way.visit)?;
    Ok(ui::sign_in::set_up_second_factor(
        &before(&app, &way.visit, &way.pending.who.csrf, &[]),
        &offer.qr_svg,
        &offer.secret,
        app.site().relying_party.is_some(),
    )
    .into())
}

async fn offered(app: &App, way: &OnTheWay) -> Outcome<totp::Offer> {
    let (pending, issuer) = (way.pending.clone(), app.site().name.clone());
    step(app, way, move |tx| {
        match totp::offered(tx, pending.enroller()?, &issuer) {
            Err(Failure::NotFound) => totp::offer(tx, pending.enroller()?, &issuer),
            known => known,
        }
    })
    .await
}

/// Keeps the authenticator when its first code is right.
pub(crate) async fn set_up(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    way: OnTheWay,
    early: Early,
) -> PageResult {
    checked(&way, &early)?;
    let (who, code) = (way.pending.clone(), early.fields.get("code").to_owned());
    let went = step(&app, &way, move |tx| sign_in::enrol_totp(tx, &who, &code)).await;
    let shown = match went {
        Ok(Went::Go(token, stage)) => return Ok(on(&app, &token, stage, asked.next())),
        Ok(refused) => refusal(&way.visit, &refused),
        Err(failure) => stopped(findings::of_failure(way.visit.lang, failure), &way.visit)?,
    };
    let offer = stopped(offered(&app, &way).await, &way.visit)?;
    let page = before(&app, &way.visit, &way.pending.who.csrf, &shown);
    Ok(Answer::again(ui::sign_in::set_up_second_factor(
        &page,
        &offer.qr_svg,
        &offer.secret,
        app.site().relying_party.is_some(),
    )))
}

/// Asks for a password of one's own.
pub(crate) async fn password_page(State(app): State<App>, way: OnTheWay) -> PageResult {
    let page = before(&app, &way.visit, &way.pending.who.csrf, &[]);
    Ok(ui::sign_in::new_password(&page, "/sign-in/password", &way.pending.who.username).into())
}

/// Takes the new password.
pub(crate) async fn password(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    way: OnTheWay,
    early: Early,
) -> PageResult {
    checked(&way, &early)?;
    let (who, new) = (way.pending.clone(), early.fields.raw("password").to_owned());
    let is_same = new == early.fields.raw("again");
    let went = if is_same {
        step(&app, &way, move |tx| sign_in::choose_password(tx, &who, &new)).await
    } else {
        Err(Failure::refuse("LP-0003", "again"))
    };
    let shown = match went {
        Ok(Went::Go(token, stage)) => return Ok(on(&app, &token, stage, asked.next())),
        Ok(refused) => refusal(&way.visit, &refused),
        Err(failure) => stopped(findings::of_failure(way.visit.lang, failure), &way.visit)?,
    };
    let page = before(&app, &way.visit, &way.pending.who.csrf, &shown);
    Ok(Answer::again(ui::sign_in::new_password(
        &page,
        "/sign-in/password",
        &way.pending.who.username,
    )))
}

/// One step as the person on the way in; the token of the form must be theirs.
async fn step<T: Send + 'static>(
    app: &App,
    way: &OnTheWay,
    work: impl FnMut(&mut db::Tx) -> Outcome<T> + Send + 'static,
) -> Outcome<T> {
    app.store().write(&way.pending.who.actor(), work).await
}

/// The form must carry the token of the session that is on its way.
fn checked(way: &OnTheWay, early: &Early) -> Result<(), crate::answer::Stopped> {
    if way.pending.who.csrf_holds(early.fields.get("csrf")) {
        Ok(())
    } else {
        Err(Stop::Forged.at(way.visit.clone()))
    }
}
