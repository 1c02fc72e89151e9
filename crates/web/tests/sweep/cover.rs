//! A record under a caution: none of its pages opens before the caution was read.

use crate::ground::{Ground, Named, Session};
use crate::{VERBS, patterns};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use tower::ServiceExt;
use web::{Audience, ROUTES};

const NOTICE: &str = "Speak with the principal before anyone visits.";

/// Every address about the student that is asked for, not posted to, with the student's own ids in it.
fn addresses(ground: &Ground<'_>) -> Vec<String> {
    let ids = ground.ids(Named::Own);
    let about_a_student = ROUTES
        .iter()
        .filter(|route| route.method == Method::GET && matches!(route.who, Audience::Student(..)));
    about_a_student
        .flat_map(|route| patterns(route.path))
        .map(|path| ids.iter().fold(path, |path, (place, id)| path.replace(place, id)))
        .collect()
}

async fn ask(
    ground: &Ground<'_>,
    session: &Session,
    path: &str,
    form: Option<String>,
) -> (StatusCode, String) {
    let mut request = Request::builder()
        .uri(path)
        .header("cookie", format!("lodgepole={}", session.token));
    if form.is_some() {
        request = request
            .method(Method::POST)
            .header("content-type", "application/x-www-form-urlencoded");
    }
    let request = request
        .body(Body::from(form.unwrap_or_default()))
        .expect("a request");
    let Ok(answer) = ground.site.clone().oneshot(request).await;
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX)
        .await
        .expect("the whole body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_a_student_opens_before_its_caution_was_read() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    ground.caution(NOTICE);
    let addresses = addresses(&ground);
    assert!(addresses.len() > VERBS.len(), "{addresses:?}");
    for role in [Role::Secretary, Role::Principal, Role::Coordinator] {
        let session = ground.signed_in(role);
        let mut covered = 0;
        for path in &addresses {
            for asked in [path.clone(), format!("{path}?as_of=2026-10-01")] {
                let (status, text) = ask(&ground, &session, &asked, None).await;
                if status == StatusCode::FORBIDDEN || status == StatusCode::NOT_FOUND {
                    continue;
                }
                covered += 1;
                assert!(text.contains(NOTICE), "{asked} as {role:?}: {status}");
                assert!(
                    !text.contains("Whitebear"),
                    "{asked} as {role:?} shows the record"
                );
            }
        }
        assert!(covered > 0, "{role:?} may open nothing");

        let read = format!("/students/{}/read-notice", ground.ids(Named::Own)[0].1);
        let (status, _) = ask(&ground, &session, &read, Some(format!("csrf={}", session.csrf))).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let (_, text) = ask(&ground, &session, &addresses[0], None).await;
        assert!(text.contains("Whitebear"), "read, and still covered for {role:?}");
    }
}
