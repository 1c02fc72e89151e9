//! The calendar for phones and other calendars: a file, and an address that is read without signing in.

use super::{Open, ics, path};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::Posted;
use crate::who::Who;
use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kernel::{Failure, SchoolId};
use maud::{Markup, html};
use schools::{School, TeachingYear};
use ui::ctx::Ctx;
use ui::form::Form;
use ui::{Action, Icon, Lang, card as cards};

const KIND: &str = "text/calendar; charset=utf-8";

/// The card: the address, how to make one and how to end it.
pub(super) fn card(ctx: &Ctx, opened: &Open, address: Option<&str>) -> Markup {
    let lang = ctx.lang;
    let action = format!("{}/feed", path(opened.school.id));
    let fields = html! {
        div class="row-x wrap mt-s" {
            @if address.is_some() {
                (Action::submit(lang.t("calendar-feed-renew")).small().named("verb", "renew"))
                (Action::submit(lang.t("calendar-feed-end")).small().named("verb", "end"))
            } @else {
                (Action::submit(lang.t("calendar-feed-make")).small().icon(Icon::Plus).named("verb", "renew"))
            }
        }
    };
    let body = html! {
        p class="m-0 sub" { (lang.t("calendar-feed-text")) }
        @if let Some(address) = address {
            p class="m-0 mt-s" { a class="long" href=(link(lang, address)) { (link(lang, address)) } }
        }
        @if opened.may_edit { (Form::post(&action).draw_in(ctx, &fields)) }
    };
    if address.is_none() && !opened.may_edit {
        return Markup::default();
    }
    cards::card(&cards::Head::new("feed", lang.t("calendar-feed")), &body)
}

fn link(lang: Lang, address: &str) -> String {
    let tongue = if lang == Lang::FrCa { "?lang=fr-CA" } else { "" };
    format!("/calendar/{address}.ics{tongue}")
}

/// Makes an address, or ends it.
pub(crate) async fn send(
    State(app): State<App>,
    Path(id): Path<SchoolId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let is_end = fields.get("verb") == "end";
    let write = move |tx: &mut db::Tx| {
        if is_end {
            schools::end_feed(tx, &permit, id)
        } else {
            schools::renew_feed(tx, &permit, id)
        }
    };
    app.store().write(who.actor(), write).await.or_stop(&app, &who)?;
    Ok(Answer::see(path(id)))
}

/// The file of somebody signed in.
pub(crate) async fn file(State(app): State<App>, who: Who, Path(id): Path<SchoolId>) -> PageResult {
    Permit::<ViewSchools>::school(who.standing(), id).or_stop(&app, &who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok((schools::school(at, id)?, schools::feed_years(at, id)?))
    });
    let (school, years) = read.await.or_stop(&app, &who)?;
    let text = ics::written(who.lang(), &school, &years, app.store().now());
    let name = format!("attachment; filename=\"calendar-{}.ics\"", school.code);
    let headers = [
        (CONTENT_TYPE, KIND.to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok(Answer::Other(Box::new((headers, text).into_response())))
}

/// The file of whoever holds the address; the language is the address's.
pub(crate) async fn by_address(
    State(app): State<App>,
    Path(feed): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let Some(address) = feed.strip_suffix(".ics").map(str::to_owned) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let asked = pairs.iter().find(|(name, _)| name == "lang");
    let lang = asked.and_then(|(_, tag)| Lang::from_tag(tag)).unwrap_or_default();
    let read = app.store().read(app.division(), move |at| {
        let (id, years) = schools::feed(at, &address)?;
        Ok::<(School, Vec<TeachingYear>), Failure>((schools::school(at, id)?, years))
    });
    match read.await {
        Ok((school, years)) => {
            let text = ics::written(lang, &school, &years, app.store().now());
            (
                [(CONTENT_TYPE, KIND), (CACHE_CONTROL, "private, max-age=3600")],
                text,
            )
                .into_response()
        }
        Err(Failure::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(failure) => {
            tracing::warn!("a calendar was not read: {}", failure.log_line());
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
