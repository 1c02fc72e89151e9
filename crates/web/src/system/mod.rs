//! What machines ask: health, readiness, figures, assets; and the components' own pages.

use crate::App;
use crate::answer::{Answer, PageResult, Stop};
use crate::who::{Visit, Who};
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::Failure;
use std::time::Instant;

/// The program answers.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// The program can do its work: the database answers.
pub(crate) async fn readyz(State(app): State<App>) -> Response {
    match app
        .store()
        .read(app.division(), |at| schools::directory(at).map(|_| ()))
        .await
    {
        Ok(()) => "ready\n".into_response(),
        Err(failure) => {
            tracing::warn!("not ready: {}", failure.log_line());
            (StatusCode::SERVICE_UNAVAILABLE, "the database is away\n").into_response()
        }
    }
}

/// Figures in Prometheus' text form.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics()).into_response()
}

/// Counts a request and its time, by status class alone: paths hold ids.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    let class = format!("{}xx", response.status().as_u16() / 100);
    metrics::counter!("lodgepole_requests_total", "status" => class).increment(1);
    metrics::histogram!("lodgepole_request_seconds").record(began.elapsed().as_secs_f64());
    response
}

/// A file of the shell, by its hashed name; kept by browsers for a year.
pub(crate) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ui::assets::lookup(&format!("/assets/{path}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let takes_gzip = headers
        .get("accept-encoding")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let common = [
        (CONTENT_TYPE, asset.content_type.to_owned()),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (ETAG, asset.etag.to_owned()),
        (VARY, "accept-encoding".to_owned()),
    ];
    match asset.gzip.filter(|_| takes_gzip) {
        Some(packed) => (common, [(CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => (common, asset.bytes).into_response(),
    }
}

/// The list of components; only where the site was told to show it.
pub(crate) async fn gallery_index(State(app): State<App>, visit: Visit) -> PageResult {
    if app.site().shows_components {
        Ok(ui::gallery::index(visit.lang).into())
    } else {
        Err(Stop::Failed(Failure::NotFound).at(visit))
    }
}

/// A component with sample, empty and longest data.
pub(crate) async fn gallery_page(
    State(app): State<App>,
    Path(name): Path<String>,
    visit: Visit,
) -> PageResult {
    let page = app
        .site()
        .shows_components
        .then(|| ui::gallery::page(&name, visit.lang))
        .flatten();
    page.map(Answer::page)
        .ok_or_else(|| Stop::Failed(Failure::NotFound).at(visit))
}

/// No such address.
pub(crate) async fn not_found(who: Option<Who>, State(app): State<App>, visit: Visit) -> Response {
    use crate::answer::OrStop;
    match who {
        Some(who) => Err::<Answer, _>(Failure::NotFound)
            .or_stop(&app, &who)
            .into_response(),
        None => Stop::Failed(Failure::NotFound).at(visit).into_response(),
    }
}
