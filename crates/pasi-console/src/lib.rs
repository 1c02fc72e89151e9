//! The ministry's console of the reference server: what a person at the
//! province's desk sees and changes, as pages. It looks through
//! [`pasi_reference::Ministry`] and holds nothing itself.
//!
//! There is no sign-in. It serves browsers of its own machine alone: the
//! address, the name the browser used and the page a form came from are judged
//! before anything else (`guard.rs`).
//!
//! Read first: [`router`] (every address), `at.rs` (what a page is handed),
//! then any page, such as `students/record.rs`.

mod answer;
mod at;
mod classes;
mod clients;
mod codes;
mod documents;
mod guard;
mod narrowed;
mod organizations;
mod overview;
mod posted;
mod settings;
mod students;
mod traffic;
mod trail;
mod trouble;

pub use at::App;
pub use guard::is_loopback;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::routing::{get, post};
use students::change::{enrolled, records};

/// Largest form, in bytes.
const FORM_LIMIT: usize = 64 * 1024;

/// The whole console.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/", get(overview::page))
        .route("/more", get(overview::more))
        .route("/students", get(students::find::page))
        .route("/students/{asn}", get(students::record::page))
        .route("/students/{asn}/change", get(students::change::page))
        .route("/students/{asn}/identity", post(students::change::identity))
        .route("/students/{asn}/address", post(students::change::address))
        .route("/students/{asn}/guardian", post(students::change::guardian))
        .route("/students/{asn}/phone", post(records::phone))
        .route("/students/{asn}/citizenship", post(records::citizenship))
        .route("/students/{asn}/restriction", post(records::restriction))
        .route("/students/{asn}/medical", post(records::medical))
        .route("/students/{asn}/enrolment", post(enrolled::enrolment))
        .route("/students/{asn}/responsible", post(enrolled::responsible))
        .route("/students/{asn}/alert", post(students::alerts::send))
        .route(
            "/students/{asn}/number",
            get(students::number::page).post(students::number::send),
        )
        .route("/students/{asn}/results", get(students::results::page))
        .route("/students/{asn}/results/exam", post(students::results::exam))
        .route(
            "/students/{asn}/results/rescored",
            post(students::results::rescored),
        )
        .route("/students/{asn}/results/test", post(students::results::test))
        .route(
            "/students/{asn}/results/credential",
            post(students::results::credential),
        )
        .route(
            "/course-enrolments/{id}",
            get(classes::seat).post(classes::send_seat),
        )
        .route(
            "/sections/{id}",
            get(classes::section).post(classes::send_section),
        )
        .route("/documents", get(documents::page).post(documents::dispose))
        .route("/traffic", get(traffic::list))
        .route("/traffic/{number}", get(traffic::call))
        .route("/trouble", get(trouble::page).post(trouble::send))
        .route("/clients", get(clients::list).post(clients::register))
        .route("/clients/{name}", get(clients::page).post(clients::switch))
        .route("/clients/{name}/terms", post(clients::terms::send))
        .route("/clients/{name}/certificate", post(clients::certificate::renew))
        .route("/organizations", get(organizations::list))
        .route(
            "/organizations/{code}",
            get(organizations::page).post(organizations::open),
        )
        .route("/organizations/{code}/year", post(organizations::put_year))
        .route(
            "/organizations/{code}/access",
            post(organizations::access::school),
        )
        .route(
            "/authorities/{code}",
            get(organizations::authority::page).post(organizations::authority::send),
        )
        .route("/trail", get(trail::page))
        .route(
            "/codes",
            get(codes::classes::page).post(codes::classes::open_year),
        )
        .route("/codes/{class}", get(codes::values::list))
        .route(
            "/codes/{class}/value",
            get(codes::values::page).post(codes::values::send),
        )
        .route(ui::shell::address::THEME, post(settings::theme))
        .route(ui::shell::address::LANGUAGE, post(settings::language))
        .route("/assets/{*path}", get(settings::asset))
        .route(ui::shell::address::HEALTH, get(|| async { "ok\n" }))
        .fallback(overview::not_found)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(axum::middleware::from_fn(guard::judge))
        .layer(axum::middleware::map_response(with_headers))
        .with_state(app)
}

async fn with_headers(mut response: axum::response::Response) -> axum::response::Response {
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, ui::shell::CONTENT_SECURITY_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
