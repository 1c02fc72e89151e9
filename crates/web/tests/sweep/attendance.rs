//! Rolls are named in the query, not in the path: each kind of visitor asks for one's own, another school's, another
//! division's and a guessed one, and sends each.

use crate::ground::{Ground, Named, Session};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use tower::ServiceExt;

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
            .header("x-csrf-token", &session.csrf)
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

fn school(ground: &Ground<'_>, named: Named) -> String {
    let ids = ground.ids(named);
    let found = ids.into_iter().find(|(place, _)| *place == "{school}");
    found.expect("a school is named").1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_opens_to_whoever_reaches_its_school_and_to_nobody_else() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    for (role, own, other) in [
        (Role::Secretary, StatusCode::OK, StatusCode::NOT_FOUND),
        (Role::Principal, StatusCode::OK, StatusCode::NOT_FOUND),
        (Role::Coordinator, StatusCode::OK, StatusCode::OK),
        // Tied to a student, and to no homeroom.
        (Role::Teacher, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        (Role::Specialist, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        (Role::Guardian, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
    ] {
        let session = ground.signed_in(role);
        let gone = if own == StatusCode::FORBIDDEN {
            own
        } else {
            StatusCode::NOT_FOUND
        };
        for (named, wanted) in [
            (Named::Own, own),
            (Named::Other, other),
            (Named::Foreign, gone),
            (Named::Missing, gone),
        ] {
            let place = format!(
                "school={}&on=2026-11-23&slot=AM&group=homeroom%3A6A",
                school(&ground, named)
            );
            let (status, text) = ask(&ground, &session, &format!("/attendance/roll?{place}"), None).await;
            assert_eq!(status, wanted, "{named:?} as {role:?}");
            if wanted != StatusCode::OK {
                assert!(
                    !text.contains("Whitebear"),
                    "{named:?} as {role:?} is told of a student"
                );
            }
            let key = kernel::SubmissionId::derived(&format!("{role:?}{named:?}"));
            let (status, _) = ask(
                &ground,
                &session,
                "/attendance/roll",
                Some(format!("key={key}&{place}")),
            )
            .await;
            let wanted = if wanted == StatusCode::OK {
                StatusCode::SEE_OTHER
            } else {
                wanted
            };
            assert_eq!(status, wanted, "sent: {named:?} as {role:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_opens_its_own_school_alone() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let session = ground.signed_in(Role::Secretary);
    for page in [
        "",
        "/board",
        "/unexplained",
        "/desk",
        "/many",
        "/summary",
        "/codes",
    ] {
        for (named, wanted) in [
            (Named::Own, StatusCode::OK),
            (Named::Other, StatusCode::NOT_FOUND),
            (Named::Foreign, StatusCode::NOT_FOUND),
            (Named::Missing, StatusCode::NOT_FOUND),
        ] {
            let path = format!("/attendance{page}?school={}", school(&ground, named));
            let (status, _) = ask(&ground, &session, &path, None).await;
            assert_eq!(status, wanted, "{page} of {named:?}");
        }
    }
    let (other, ids) = (school(&ground, Named::Other), ground.ids(Named::Other));
    let student = &ids[0].1;
    let call = kernel::AttendanceCallId::derived("c");
    for (path, form) in [
        (
            "/attendance/explain",
            format!(
                "school={other}&on=2026-11-23&student={student}&letter=E&comment=&source=office&seen=AM:1"
            ),
        ),
        (
            "/attendance/call",
            format!(
                "school={other}&on=2026-11-23&student={student}&id={call}&spoke_with=A&outcome=reached&note="
            ),
        ),
        (
            "/attendance/desk",
            format!("school={other}&student={student}&id={call}&direction=in&time=9:00&letter=&reason="),
        ),
        (
            "/attendance/many",
            format!(
                "school={other}&student={student}&id={call}&first_day=2026-11-23&last_day=2026-11-23&slot=AM&letter=T&comment=&act=enter"
            ),
        ),
        (
            "/attendance/codes",
            format!(
                "school={other}&seen=0&teacher_days=7&letter-0=P&label_en-0=P&label_fr-0=P&meaning-0=present"
            ),
        ),
    ] {
        let (status, _) = ask(&ground, &session, path, Some(form)).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}
