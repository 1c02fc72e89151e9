//! The photograph: shown to whoever may see the student, taken in and taken out by whoever keeps the record.

use super::head::{self, Opened, Page};
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Posted, PostedFile};
use crate::who::Who;
use crate::{App, findings};
use access::Permit;
use access::action::{EditStudents, ViewStudents};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::IntoResponse;
use kernel::{Failure, Outcome, StudentId};
use maud::{Markup, html};
use people::picture::{MEDIA_TYPE, MOST_BYTES, Picture};
use tokio::sync::Semaphore;
use ui::form::{self, Field, Finding, Form};
use ui::{Action, card};

/// Largest form with a photograph, in bytes: the file, and what stands around it.
pub(crate) const FORM_LIMIT: usize = MOST_BYTES + (64 << 10);

/// One picture is decoded at a time: each may take 110 MB.
static DECODING: Semaphore = Semaphore::const_new(1);

/// The address of the picture; another picture has another.
pub(crate) fn address(student: StudentId, tag: &str) -> String {
    format!("/students/{student}/photo?v={tag}")
}

/// The address of the form.
pub(crate) fn form_address(student: StudentId) -> String {
    format!("/students/{student}/photo/change")
}

/// The picture. Kept by the browser alone, which asks again each time whether it may still show it.
pub(crate) async fn picture(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    headers: HeaderMap,
) -> PageResult {
    let opened = head::open(&app, &who, student, move |at, permit| {
        people::photo(at, permit, student)?.ok_or(Failure::NotFound)
    });
    let (tag, bytes) = opened.await?.shown;
    let etag = format!("\"{tag}\"");
    let is_held = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|held| held.as_bytes() == etag.as_bytes());
    let common = [
        (CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (CACHE_CONTROL, "private, no-cache".to_owned()),
        (ETAG, etag),
        (CONTENT_DISPOSITION, "inline; filename=\"photo.jpg\"".to_owned()),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin".to_owned(),
        ),
    ];
    let response = if is_held {
        (StatusCode::NOT_MODIFIED, common).into_response()
    } else {
        (common, bytes).into_response()
    };
    Ok(Answer::Other(Box::new(response)))
}

/// The form.
pub(crate) async fn ask(State(app): State<App>, who: Who, Path(student): Path<StudentId>) -> PageResult {
    shown(&app, &who, student, &[]).await.map(Answer::page)
}

async fn may_edit(app: &App, who: &Who, student: StudentId) -> Result<(), Stopped> {
    let standing = who.standing().clone();
    app.store()
        .read(who.division(), move |at| {
            Permit::<EditStudents>::student(at, &standing, student).map(|_| ())
        })
        .await
        .or_stop(app, who)
}

async fn shown(app: &App, who: &Who, student: StudentId, found: &[Finding]) -> Result<Markup, Stopped> {
    let standing = who.standing().clone();
    let opened = head::open(app, who, student, move |at, _| {
        Permit::<EditStudents>::student(at, &standing, student).map(|_| ())
    });
    let Opened { head, ctx, .. } = opened.await?;
    let lang = ctx.lang;
    let (label, hint) = (lang.t("photo-file"), lang.t("photo-hint"));
    let back = head::path(student, Page::Identity);
    let inner = html! {
        div class="cb stack" {
            p class="sub m-0" { (lang.t("photo-text")) }
            (form::summary(lang, found, &["photo"]))
            (Field::new(lang, "photo", &label).hint(&hint).findings(found).required().file("image/jpeg,image/png,image/webp", false))
        }
        (form::form_end(lang, &html! {}, &back, &Action::submit(lang.t("photo-send")).primary().key("Ctrl Enter")))
    };
    let remove = Form::post(&format!("/students/{student}/photo/remove")).draw_in(
        &ctx,
        &html! { (Action::submit(lang.t("photo-remove-do")).danger()) },
    );
    let change = Form::post(&format!("/students/{student}/photo"))
        .with_files()
        .draw_in(&ctx, &inner);
    let title = lang.t("photo-title");
    let body = html! {
        (head.draw(who, Page::Identity, Vec::new()))
        div class="stack" {
            (card::bare_card(&card::Head::new("change", title.clone()), &change))
            @if head.header.photo.is_some() { (card::card(&card::Head::new("remove", lang.t("photo-remove-title")), &html! { p class="sub m-0 mb-s" { (lang.t("photo-remove-text")) } (remove) })) }
        }
    };
    Ok(ui::shell::page(&ctx, title, body))
}

/// Takes a picture in.
pub(crate) async fn send(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    PostedFile { who, file }: PostedFile,
) -> PageResult {
    may_edit(&app, &who, student).await?;
    let saved = match decoded(file).await {
        Ok(picture) => save(&app, &who, student, picture).await,
        Err(failure) => Err(failure),
    };
    match saved {
        Ok(()) => Ok(Answer::see(head::path(student, Page::Identity))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            shown(&app, &who, student, &found).await.map(Answer::again)
        }
    }
}

/// Off the threads that serve, and never two at once.
async fn decoded(file: Outcome<Vec<u8>>) -> Outcome<Picture> {
    let file = file?;
    let _turn = DECODING
        .acquire()
        .await
        .map_err(|_| Failure::Unavailable("no more pictures are taken".to_owned()))?;
    tokio::task::spawn_blocking(move || Picture::of(&file))
        .await
        .unwrap_or_else(|_| Err(Failure::refuse("LP-0273", "photo")))
}

async fn save(app: &App, who: &Who, student: StudentId, picture: Picture) -> Outcome<()> {
    let standing = who.standing().clone();
    app.store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<EditStudents>::student(tx, &standing, student)?;
            people::set_photo(tx, &permit, student, &picture)
        })
        .await
}

/// Takes the picture out; a second press finds it gone.
pub(crate) async fn remove(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, .. }: Posted,
) -> PageResult {
    may_edit(&app, &who, student).await?;
    let standing = who.standing().clone();
    let gone = app
        .store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<EditStudents>::student(tx, &standing, student)?;
            let view = Permit::<ViewStudents>::student(tx, &standing, student)?;
            match people::photo(tx, &view, student)? {
                Some(_) => people::remove_photo(tx, &permit, student),
                None => Ok(()),
            }
        })
        .await;
    gone.or_stop(&app, &who)?;
    Ok(Answer::see(head::path(student, Page::Identity)))
}
