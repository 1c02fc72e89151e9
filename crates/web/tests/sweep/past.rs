//! A past school year on screen: read, not changed; a page of another tab goes on.

use crate::cell::How;
use crate::ground::{Ground, Named, Session};
use crate::patterns;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use tower::ServiceExt;
use web::{Audience, ROUTES, Route};

/// What is refused while a past year is on screen.
const HELD: [&str; 7] = [
    "students.edit",
    "students.create",
    "medical.edit",
    "custody.edit",
    "enrolment.manage",
    "students.mass-update",
    "schools.manage",
];

const LAST_YEAR: &str = "2026";
/// What the page of the refusal is headed by.
const REFUSED: &str = "A past year is read, not changed";

/// Asks with the cookie of last year; `drawn` is the token as the page carries it.
async fn ask(
    ground: &Ground<'_>,
    session: &Session,
    (method, path): (&Method, &str),
    drawn: Option<&str>,
) -> (StatusCode, String) {
    let mut request = Request::builder().method(method.clone()).uri(path).header(
        "cookie",
        format!("lodgepole={}; lp_year={LAST_YEAR}", session.token),
    );
    let mut body = String::new();
    if let Some(token) = drawn {
        if *method == Method::GET {
            request = request.header("x-csrf-token", token);
        } else {
            request = request.header("content-type", "application/x-www-form-urlencoded");
            body = format!("csrf={token}");
        }
    }
    let request = request.body(Body::from(body)).expect("a request");
    let Ok(answer) = ground.site.clone().oneshot(request).await;
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX)
        .await
        .expect("the whole body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

fn held(route: &Route) -> bool {
    matches!(route.who, Audience::May(action, _) | Audience::Student(action, _) if HELD.contains(&action))
}

fn address(ground: &Ground<'_>, pattern: &str) -> String {
    let ids = ground.ids(Named::Own);
    ids.iter()
        .fold(pattern.to_owned(), |path, (place, id)| path.replace(place, id))
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_past_year_is_changed_from_its_pages_and_another_tab_goes_on() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let session = ground.signed_in(Role::Coordinator);
    let past = format!("{}~{LAST_YEAR}", session.csrf);
    let before = ground.audited();
    let (mut refused, mut taken) = (0, 0);
    for route in ROUTES {
        // A photograph is sent in parts; its page is asked for below.
        if route.path.ends_with("/photo") {
            continue;
        }
        for pattern in patterns(route.path) {
            let path = address(&ground, &pattern);
            let drawn = (How::of(&route.method)[0] == How::Forged).then_some(past.as_str());
            if !held(route) {
                continue;
            }
            let (status, text) = ask(&ground, &session, (&route.method, &path), drawn).await;
            assert_eq!(status, StatusCode::CONFLICT, "{} {path}", route.method);
            assert!(text.contains(REFUSED) && text.contains("2026/27"), "{path}");
            refused += 1;
        }
    }
    assert_eq!(ground.audited(), before, "a page of a past year wrote something");
    for route in ROUTES
        .iter()
        .filter(|route| held(route) && !route.path.ends_with("/photo"))
    {
        for pattern in patterns(route.path) {
            let path = address(&ground, &pattern);
            let (_, text) = ask(&ground, &session, (&route.method, &path), Some(&session.csrf)).await;
            assert!(
                !text.contains(REFUSED),
                "{} {path} from another tab",
                route.method
            );
            taken += 1;
        }
    }
    assert_eq!(refused, taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_a_past_year_shows_that_year_and_offers_no_change() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    ground.last_year();
    let session = ground.signed_in(Role::Coordinator);
    let (get, own) = (Method::GET, ground.ids(Named::Own)[0].1.clone());
    let of_today = format!("href=\"/students/{own}\"");
    let (_, text) = ask(&ground, &session, (&get, "/students?school="), None).await;
    assert!(
        text.contains(&of_today) && text.contains("5Z"),
        "grade and homeroom are of that year"
    );
    assert!(!text.contains("/students/new") && !text.contains("action=\"/students/update\""));
    assert!(
        !text.contains(&Ground::other_student()),
        "who was not here then is not shown"
    );
    let (_, text) = ask(&ground, &session, (&get, "/students?state=left"), None).await;
    assert!(!text.contains(&of_today), "nobody left during that year");
    let record = format!("/students/{own}/enrolment");
    let (_, text) = ask(&ground, &session, (&get, &record), None).await;
    assert!(!text.contains("/change\""), "no verb stands beside an enrolment");
    assert!(
        text.contains("action=\"/settings/year\""),
        "and there is a way to where it can be corrected"
    );
    let (_, text) = ask(&ground, &session, (&get, &record), Some(&session.csrf)).await;
    assert!(
        text.contains("/change\""),
        "this year, last year's enrolment can be corrected"
    );
}
