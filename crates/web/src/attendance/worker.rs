//! The script that keeps today's rolls on the device; see `assets/js/roll-worker.js` in `ui`.

use axum::http::HeaderName;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// The worker, at an address that stays: it names its own files by their checksums.
pub(crate) async fn script() -> Response {
    let script =
        ui::assets::lookup(ui::assets::url("js/roll-worker.js")).map_or(&b""[..], |asset| asset.bytes);
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("service-worker-allowed"), "/attendance"),
    ];
    (headers, script).into_response()
}
