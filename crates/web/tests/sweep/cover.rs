//! A record under a caution: none of its pages opens before the caution was read.

use crate::ground::{Ground, Named, Session};
use crate::news::{RULE, SAID, item_id};
use crate::{VERBS, patterns};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use pasi::ItemState;
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

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_says_no_more_than_the_name_before_the_caution_was_read() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    ground.caution(NOTICE);
    ground.news();
    let (student, item) = (ground.ids(Named::Own)[0].1.clone(), item_id());
    for role in [Role::Secretary, Role::Principal, Role::Coordinator] {
        let session = ground.signed_in(role);
        let pages = [
            "/pasi".to_owned(),
            format!("/pasi?open={item}"),
            format!("/pasi?open={student}"),
            format!("/pasi?open={item}&act=note"),
            "/pasi/export".to_owned(),
            format!("/pasi/items/{item}/candidates"),
            format!("/students/{student}/pasi"),
        ];
        for path in &pages {
            let (status, text) = ask(&ground, &session, path, None).await;
            assert!(!text.contains(SAID), "{path} as {role:?}: {status}");
        }
        let (_, open) = ask(&ground, &session, &pages[1], None).await;
        let way = format!("href=\"/students/{student}\"");
        assert!(
            open.contains("Whitebear") && open.contains(&way),
            "the name, and the way to read the caution, for {role:?}"
        );
        let (_, found) = ask(&ground, &session, &format!("/pasi?q={RULE}"), None).await;
        assert!(!found.contains("Whitebear"), "nobody is found by what PASI said");
        decides_nothing(&ground, &session, &student).await;

        let read = format!("/students/{student}/read-notice");
        ask(&ground, &session, &read, Some(format!("csrf={}", session.csrf))).await;
        let (_, text) = ask(&ground, &session, &pages[1], None).await;
        assert!(text.contains(SAID), "read, and still covered for {role:?}");
    }
}

/// Whoever has not read the caution decides nothing, by no form.
async fn decides_nothing(ground: &Ground<'_>, session: &Session, student: &str) {
    let (csrf, item) = (&session.csrf, item_id());
    for (path, form) in [
        (format!("/pasi/items/{item}/decide"), "outcome=drop".to_owned()),
        ("/pasi/bulk".to_owned(), format!("verb=resend&item={item}")),
        (
            format!("/students/{student}/pasi"),
            "k0=student%7C123456789%7Cmailing-address%7C1%7CBox%2012&d0=ours".to_owned(),
        ),
    ] {
        ask(ground, session, &path, Some(format!("csrf={csrf}&{form}"))).await;
        assert_eq!(ground.standing_of_news(), (ItemState::Rejected, 1), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_pasi_says_of_a_medical_alert_is_for_those_who_may_read_it() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    ground.medical_news();
    let (student, item) = (ground.ids(Named::Own)[0].1.clone(), item_id());
    let part = format!("/students/{student}/pasi");
    let (_, text) = ask(&ground, &ground.signed_in(Role::Custodian), &part, None).await;
    assert!(
        text.contains("A sealed record"),
        "that there is something: {text}"
    );
    assert!(
        !text.contains("Medical alert") && !text.contains(&RULE.to_string()),
        "and nothing of it"
    );
    for role in [Role::Secretary, Role::Principal, Role::Coordinator] {
        let session = ground.signed_in(role);
        for path in [part.clone(), format!("/pasi?open={item}")] {
            let (status, text) = ask(&ground, &session, &path, None).await;
            assert!(text.contains("Medical alert"), "{path} as {role:?}: {status}");
        }
    }
}
