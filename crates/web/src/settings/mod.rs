//! What a person sets for oneself: theme, language, school, year, acting role.

use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Early, Fields, Posted};
use crate::who::{LANGUAGE_COOKIE, Who, YEAR_COOKIE};
use access::{accounts, sessions};
use axum::extract::State;
use kernel::{Failure, Outcome, SchoolYear};
use ui::Lang;

/// Back to the page the switch stood on.
fn back(fields: &Fields) -> String {
    let back = fields.get("back");
    if back.starts_with('/') && !back.starts_with("//") && !back.contains('\\') {
        back.to_owned()
    } else {
        "/".to_owned()
    }
}

async fn save(
    app: &App,
    who: &Who,
    work: impl FnMut(&mut db::Tx) -> Outcome<()> + Send + 'static,
) -> Result<(), crate::answer::Stopped> {
    app.store().write(who.actor(), work).await.or_stop(app, who)
}

/// Light, dark, or as the device.
pub(crate) async fn theme(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let holder = who.holder().clone();
    let theme: accounts::Theme = fields
        .get("theme")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    save(&app, &who, move |tx| accounts::set_theme(tx, &holder, theme)).await?;
    Ok(if who.visit.is_fragment || fields.get("back").is_empty() {
        Answer::Nothing
    } else {
        Answer::see(back(&fields))
    })
}

/// Single letters as keys, on or off.
pub(crate) async fn keys(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let (holder, are_on) = (who.holder().clone(), fields.is_on("letters"));
    save(&app, &who, move |tx| {
        accounts::set_letter_keys(tx, &holder, are_on)
    })
    .await?;
    Ok(Answer::see(back(&fields)))
}

/// English or French; kept with the account when someone is signed in, and for the sign-in page.
pub(crate) async fn language(who: Option<Who>, State(app): State<App>, early: Early) -> PageResult {
    let lang = Lang::from_tag(early.fields.get("lang")).unwrap_or_default();
    if let Some(who) = who.filter(|who| who.holds(early.fields.get("csrf"))) {
        let holder = who.holder().clone();
        save(&app, &who, move |tx| {
            accounts::set_language(tx, &holder, lang.tag())
        })
        .await?;
    }
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; SameSite=Lax; Max-Age=31536000",
        lang.tag()
    );
    Ok(Answer::See(back(&early.fields), vec![cookie]))
}

/// One school, or all.
pub(crate) async fn school(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let school = match fields.get("school") {
        "all" => None,
        id => Some(id.parse().map_err(|_| Failure::NotFound).or_stop(&app, &who)?),
    };
    let signed_in = who.signed_in.clone();
    save(&app, &who, move |tx| {
        sessions::choose_school(tx, &signed_in, school)
    })
    .await?;
    Ok(Answer::see(back(&fields)))
}

/// Another school year on screen.
pub(crate) async fn year(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let year: SchoolYear = fields
        .get("year")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let current = SchoolYear::of(app.store().now().date());
    let age = if year == current { "; Max-Age=0" } else { "" };
    let cookie = format!("{YEAR_COOKIE}={}; Path=/; SameSite=Lax{age}", year.number());
    Ok(Answer::See(back(&fields), vec![cookie]))
}

/// Another of the person's roles; begins at that role's first page.
pub(crate) async fn role(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let role = fields
        .get("role")
        .parse()
        .map_err(|_| Failure::NotFound)
        .or_stop(&app, &who)?;
    let signed_in = who.signed_in.clone();
    save(&app, &who, move |tx| sessions::act_as(tx, &signed_in, role)).await?;
    Ok(Answer::see("/"))
}

/// Keeps the session open: asking is enough.
pub(crate) async fn stay(_: Posted) -> PageResult {
    Ok(Answer::Nothing)
}
