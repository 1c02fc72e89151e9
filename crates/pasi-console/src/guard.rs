//! Who may look at all: a browser on this machine, that asked for this machine
//! by its own name, from our own pages.

use axum::extract::{ConnectInfo, Request};
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::SocketAddr;

/// Names under which a browser may ask for this machine. Any other name leads
/// here only when somebody has bent it.
const OUR_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// May the console listen there? Only where no other machine can reach it.
pub fn is_loopback(address: SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}

/// Judges a request before any page sees it. What is refused learns nothing.
pub(crate) async fn judge(request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_near = peer.is_some_and(|ConnectInfo(from)| is_loopback(*from));
    if !is_near || !is_for_us(request.headers()) {
        return (StatusCode::NOT_FOUND, "nothing is here\n").into_response();
    }
    if *request.method() != Method::GET && !is_from_us(request.headers()) {
        return (StatusCode::FORBIDDEN, "this form came from elsewhere\n").into_response();
    }
    next.run(request).await
}

/// The name the browser used is one of ours.
fn is_for_us(headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, &HOST) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    OUR_NAMES.contains(&name)
}

/// The page that sent the form is one of ours; a browser always says which.
fn is_from_us(headers: &HeaderMap) -> bool {
    let host = text(headers, &HOST).unwrap_or_default();
    let origin = text(headers, &ORIGIN).is_none_or(|origin| origin == format!("http://{host}"));
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    origin && site.is_none_or(|site| site == "same-origin")
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a header")))
            .collect()
    }

    #[test]
    fn a_name_that_was_bent_to_this_machine_is_not_ours() {
        for (host, is_ours) in [
            ("localhost:8444", true),
            ("127.0.0.1:8444", true),
            ("[::1]:8444", true),
            ("localhost", true),
            ("province.example:8444", false),
            ("localhost.example", false),
            ("127.0.0.1.example:8444", false),
            ("", false),
        ] {
            assert_eq!(is_for_us(&headers(&[("host", host)])), is_ours, "{host:?}");
        }
        assert!(!is_for_us(&HeaderMap::new()), "no name at all");
    }

    #[test]
    fn a_form_of_another_page_is_refused_even_on_this_machine() {
        let host = ("host", "localhost:8444");
        for (said, is_ours) in [
            (vec![host, ("origin", "http://localhost:8444")], true),
            (vec![host, ("sec-fetch-site", "same-origin")], true),
            (vec![host], true),
            (vec![host, ("origin", "http://localhost:8080")], false),
            (vec![host, ("origin", "https://localhost:8444")], false),
            (vec![host, ("origin", "null")], false),
            (vec![host, ("sec-fetch-site", "same-site")], false),
            (vec![host, ("sec-fetch-site", "cross-site")], false),
        ] {
            assert_eq!(is_from_us(&headers(&said)), is_ours, "{said:?}");
        }
    }
}
