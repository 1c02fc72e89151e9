//! Setting up an authenticator app while signed in, and taking it away.

use super::{PATH, Part, refused};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::findings;
use crate::posted::Posted;
use crate::who::Who;
use access::totp::{self, Offer};
use axum::extract::State;
use kernel::{Failure, Outcome};
use maud::{PreEscaped, html};
use ui::ctx::Job;
use ui::form::{Field, Finding as Shown, Form, Width, summary};
use ui::head::{Crumb, PageHead};
use ui::{Action, card};

/// Shows the secret to set an authenticator up with; the same one when the page is opened again.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    show(&app, &who, &[]).await
}

async fn offered(app: &App, who: &Who) -> Outcome<Offer> {
    let (signed_in, issuer) = (who.signed_in.clone(), app.site().name.clone());
    app.store()
        .write(who.actor(), move |tx| {
            match totp::offered(tx, signed_in.enroller(), &issuer) {
                Err(Failure::NotFound) => totp::offer(tx, signed_in.enroller(), &issuer),
                known => known,
            }
        })
        .await
}

async fn show(app: &App, who: &Who, found: &[Shown]) -> PageResult {
    let offer = offered(app, who).await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Settings).await?;
    let lang = ctx.lang;
    let (label, hint) = (lang.t("second-code"), lang.t("second-hint"));
    let fields = html! {
        div class="cb" {
            (summary(lang, found, &["code"]))
            p class="m-0" { (lang.t("setup-text")) }
            div class="qr" role="img" aria-label=(lang.t("setup-qr")) { (PreEscaped(&offer.qr_svg)) }
            p class="m-0 sm sub" { (lang.t("setup-secret")) " " span class="code" { (offer.secret) } }
            (Field::new(lang, "code", &label).hint(&hint).findings(found).required().width(Width::Whole).one_time_code())
        }
        (ui::form::form_end(lang, &html! {}, PATH, &Action::submit(lang.t("setup-done")).primary()))
    };
    let form = Form::post("/account/authenticator").draw_in(&ctx, &fields);
    let body = html! {
        (PageHead::new(lang.t("setup-title")).crumbs(vec![Crumb::link(lang.t("my-account"), PATH)]).draw())
        div class="grid" { div class="s6" { (card::bare_card(&card::Head::new("setup", lang.t("account-app")), &form)) } }
    };
    let page = ui::shell::page(&ctx, lang.t("setup-title"), body);
    Ok(if found.is_empty() {
        Answer::page(page)
    } else {
        Answer::again(page)
    })
}

/// Keeps the authenticator when its first code is right; replaces an earlier one.
pub(crate) async fn confirm(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let (signed_in, code) = (who.signed_in.clone(), fields.get("code").to_owned());
    match app
        .store()
        .write(who.actor(), move |tx| {
            totp::confirm(tx, signed_in.enroller(), &code)
        })
        .await
    {
        Ok(()) => Ok(Answer::see(PATH)),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, &found).await
        }
    }
}

/// Takes the authenticator away.
pub(crate) async fn remove(State(app): State<App>, Posted { who, .. }: Posted) -> PageResult {
    let signed_in = who.signed_in.clone();
    match app
        .store()
        .write(who.actor(), move |tx| totp::remove(tx, &signed_in))
        .await
    {
        Ok(()) => Ok(Answer::see(PATH)),
        Err(failure) => refused(&app, &who, Part::SecondStep, failure).await,
    }
}
