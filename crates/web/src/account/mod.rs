//! One's own account: name and roles, sessions, password, second steps,
//! language and theme, keys.

pub(crate) mod authenticator;
mod parts;
pub(crate) mod passkey;

use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::context;
use crate::findings;
use crate::posted::Posted;
use crate::who::Who;
use access::own_sessions::{self, OwnSession};
use access::passkeys::{self, PasskeyLine};
use access::{accounts, sessions, totp};
use axum::extract::State;
use kernel::Failure;
use maud::html;
use schools::Directory;
use ui::ctx::Job;
use ui::form::Finding as Shown;
use ui::head::PageHead;

/// The address of the page.
pub(crate) const PATH: &str = "/account";

/// The parts of the page that can be refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Password,
    SecondStep,
}

/// What the page shows beyond the session.
struct Factors {
    has_totp: bool,
    passkeys: Vec<PasskeyLine>,
    sessions: Vec<OwnSession>,
    schools: Directory,
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    show(&app, &who, None).await
}

async fn show(app: &App, who: &Who, refused: Option<(Part, Vec<Shown>)>) -> PageResult {
    let holder = who.holder().clone();
    let idle_seconds = i64::from(app.site().idle_minutes) * 60;
    let read = app.store().read(who.division(), move |at| {
        Ok(Factors {
            has_totp: totp::is_set_up(at, &holder)?,
            passkeys: passkeys::list(at, &holder)?,
            sessions: own_sessions::own(at, &holder, idle_seconds)?,
            schools: schools::directory(at)?,
        })
    });
    let factors = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Settings).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let of = |part| {
        refused
            .as_ref()
            .filter(|(of, _)| *of == part)
            .map(|(_, found)| found.as_slice())
            .unwrap_or_default()
    };
    let body = html! {
        (PageHead::new(lang.t("my-account")).facts(who.holder().display_name.clone()).draw())
        div class="grid" {
            div class="s7 stack" {
                (parts::you(lang, who, &factors.schools))
                (parts::second_step(&ctx, app, &factors, of(Part::SecondStep), now))
                (parts::password(&ctx, who, of(Part::Password)))
            }
            div class="s5 stack" {
                (parts::sessions(&ctx, who, &factors.sessions, now))
                (parts::display(&ctx, who))
                (parts::keys(&ctx, who))
            }
        }
    };
    let page = ui::shell::page(&ctx, lang.t("my-account"), body);
    Ok(if refused.is_some() {
        Answer::again(page)
    } else {
        Answer::page(page)
    })
}

/// Why a part of the page was refused; `Err` for what the page cannot help with.
async fn refused(app: &App, who: &Who, part: Part, failure: Failure) -> PageResult {
    let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
    show(app, who, Some((part, found))).await
}

/// Changes the password; every other session ends.
pub(crate) async fn password(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let holder = who.holder().clone();
    let (current, new) = (
        fields.raw("current").to_owned(),
        fields.raw("password").to_owned(),
    );
    let is_same = new == fields.raw("again");
    let changed = if is_same {
        app.store()
            .write(who.actor(), move |tx| {
                accounts::change_password(tx, &holder, &current, &new)
            })
            .await
    } else {
        Err(Failure::refuse("LP-0003", "again"))
    };
    match changed {
        Ok(()) => Ok(Answer::see(PATH)),
        Err(failure) => refused(&app, &who, Part::Password, failure).await,
    }
}

/// Ends another session of the person. One that is over already is no failure: the page shows it.
pub(crate) async fn end_session(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let signed_in = who.signed_in.clone();
    let id = fields.get("session").parse().map_err(|_| Failure::NotFound);
    let id = id.or_stop(&app, &who)?;
    let write = move |tx: &mut db::Tx| match own_sessions::end_own(tx, &signed_in, id) {
        Err(Failure::NotFound) => Ok(()),
        other => other,
    };
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(Answer::see(PATH))
}

/// Ends every other session of the person.
pub(crate) async fn end_others(State(app): State<App>, Posted { who, .. }: Posted) -> PageResult {
    let signed_in = who.signed_in.clone();
    app.store()
        .write(who.actor(), move |tx| own_sessions::end_others(tx, &signed_in))
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::see(PATH))
}

/// Ends every session of the person, this one too.
pub(crate) async fn sign_out_everywhere(State(app): State<App>, Posted { who, .. }: Posted) -> PageResult {
    let holder = who.holder().clone();
    app.store()
        .write(who.actor(), move |tx| sessions::sign_out_everywhere(tx, &holder))
        .await
        .or_stop(&app, &who)?;
    Ok(Answer::See(
        "/sign-in".to_owned(),
        vec![crate::sign_in::no_cookie(&app)],
    ))
}
