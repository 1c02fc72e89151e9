//! What comes back: a page, the form again, or a way on.

use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use maud::Markup;

/// A page with its status.
pub(crate) fn page(status: StatusCode, markup: Markup) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], Html(markup.into_string())).into_response()
}

/// Go on there, after a form was taken.
pub(crate) fn see(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// A text as it may stand in an address.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // A String takes any text.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
