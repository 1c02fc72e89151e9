//! What is sent as a photograph: taken, refused in words, or not looked at.

use crate::ground::{Ground, Named, PHOTO, Session};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use kernel::Role;
use tower::ServiceExt;

const EDGE: &str = "----edge-of-a-part";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }
}

fn address(named: Named, ground: &Ground<'_>) -> String {
    format!("/students/{}/photo", ground.ids(named)[0].1)
}

async fn asked(ground: &Ground<'_>, request: Request<Body>) -> Answer {
    let Ok(answer) = ground.site.clone().oneshot(request).await;
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("the whole body");
    Answer {
        status: parts.status,
        headers: parts.headers,
        bytes: bytes.to_vec(),
    }
}

async fn shown(ground: &Ground<'_>, session: &Session, path: &str, held: Option<&str>) -> Answer {
    let mut request = Request::builder()
        .uri(path)
        .header("cookie", format!("lodgepole={}", session.token));
    if let Some(tag) = held {
        request = request.header("if-none-match", tag);
    }
    asked(ground, request.body(Body::empty()).expect("a request")).await
}

/// Sends a file the way a browser does, the token first; and beside it, since a test sends all in one piece.
async fn sent(ground: &Ground<'_>, session: &Session, csrf: &str, path: &str, file: &[u8]) -> Answer {
    let head = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--{EDGE}\r\n\
         content-disposition: form-data; name=\"photo\"; filename=\"../../me.jpg\"\r\n\
         content-type: image/jpeg\r\n\r\n"
    );
    let body = [head.as_bytes(), file, format!("\r\n--{EDGE}--\r\n").as_bytes()].concat();
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("cookie", format!("lodgepole={}", session.token))
        .header("x-csrf-token", csrf)
        .header("content-type", format!("multipart/form-data; boundary={EDGE}"));
    asked(ground, request.body(Body::from(body)).expect("a request")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_file_is_refused_in_words_and_changes_nothing() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let session = ground.signed_in(Role::Secretary);
    let path = address(Named::Own, &ground);
    let before = shown(&ground, &session, &path, None).await.bytes;
    let forty_megabytes = vec![0xff_u8; 40 << 20];
    for (file, code) in [
        (&b""[..], "LP-0270"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "LP-0271",
        ),
        (b"<!doctype html><script>alert(1)</script>", "LP-0271"),
        (&PHOTO[..40], "LP-0273"),
        (&forty_megabytes, "LP-0272"),
    ] {
        let answer = sent(&ground, &session, &session.csrf, &path, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(answer.text().contains(code), "{code} is not said");
    }
    let forged = sent(&ground, &session, "guessed", &path, PHOTO).await;
    assert_eq!(forged.status, StatusCode::BAD_REQUEST);
    assert_eq!(shown(&ground, &session, &path, None).await.bytes, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_is_for_those_who_see_the_student_and_no_cache_shares_it() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let session = ground.signed_in(Role::Secretary);
    let path = address(Named::Own, &ground);
    let behind = [PHOTO, b"PK\x03\x04<script>alert(1)</script>"].concat();
    let taken = sent(&ground, &session, &session.csrf, &path, &behind).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let answer = shown(&ground, &session, &path, None).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.bytes.starts_with(b"\xff\xd8\xff") && !answer.text().contains("script"));
    for (name, value) in [
        ("content-type", "image/jpeg"),
        ("cache-control", "private, no-cache"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let held = shown(&ground, &session, &path, Some(answer.header("etag"))).await;
    assert_eq!((held.status, held.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    let elsewhere = address(Named::Other, &ground);
    let hidden = shown(&ground, &session, &elsewhere, None).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let refused = sent(&ground, &session, &session.csrf, &elsewhere, PHOTO).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let teacher = ground.signed_in(Role::Teacher);
    let denied = sent(&ground, &teacher, &teacher.csrf, &path, PHOTO).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
}
