//! Theme, language and the files of the pages.

use crate::answer;
use crate::at::{LANGUAGE_COOKIE, THEME_COOKIE};
use crate::posted::{Fields, Posted};
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use ui::Lang;
use ui::ctx::Theme;

/// Light, dark, or as the device.
pub(crate) async fn theme(Posted { at, fields }: Posted) -> Response {
    let theme = Theme::from_name(&fields.get("theme"));
    let answer = if at.is_script() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        back(&fields)
    };
    with_cookie(answer, THEME_COOKIE, theme.name())
}

/// English or French.
pub(crate) async fn language(Posted { fields, .. }: Posted) -> Response {
    let lang = Lang::from_tag(&fields.get("lang")).unwrap_or_default();
    with_cookie(back(&fields), LANGUAGE_COOKIE, lang.tag())
}

/// Back to the page the switch stood on; never to another site.
fn back(fields: &Fields) -> Response {
    let back = fields.get("back");
    let is_ours = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    answer::see(if is_ours { &back } else { "/" })
}

fn with_cookie(mut answer: Response, name: &str, value: &'static str) -> Response {
    let cookie = format!("{name}={value}; Path=/; SameSite=Strict; Max-Age=31536000");
    let cookie = HeaderValue::from_str(&cookie).expect("invariant: our own names and values are plain text");
    answer.headers_mut().append(SET_COOKIE, cookie);
    answer
}

/// A file of the pages, by its hashed name; kept by browsers for a year.
pub(crate) async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ui::assets::lookup(&format!("/assets/{path}")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = headers
        .get("accept-encoding")
        .and_then(|value| value.to_str().ok());
    let takes_gzip = accepts.is_some_and(|value| value.contains("gzip"));
    let common = [
        (CONTENT_TYPE, asset.content_type),
        (CACHE_CONTROL, ui::assets::CACHE_CONTROL),
        (ETAG, asset.etag),
        (VARY, "accept-encoding"),
    ];
    match asset.gzip.filter(|_| takes_gzip) {
        Some(packed) => (common, [(CONTENT_ENCODING, "gzip")], packed).into_response(),
        None => (common, asset.bytes).into_response(),
    }
}
