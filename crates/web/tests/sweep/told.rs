//! What a page finds by itself: each wrong value, its code, and the field it stands beside.

use crate::ground::{Ground, Named, Session};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use tower::ServiceExt;

const EDGE: &str = "----edge-of-a-part";

struct Sender<'g, 'w> {
    ground: &'g Ground<'w>,
}

impl Sender<'_, '_> {
    fn address(&self, pattern: &str, role: Role) -> String {
        let ids = self.ground.ids_for(Named::Own, crate::cell::Visitor::As(role));
        ids.iter()
            .fold(pattern.to_owned(), |path, (place, id)| path.replace(place, id))
    }
    async fn send(
        &self,
        session: &Session,
        path: &str,
        (kind, body): (&str, Vec<u8>),
    ) -> (StatusCode, String) {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("cookie", format!("lodgepole={}", session.token))
            .header("x-csrf-token", &session.csrf)
            .header("content-type", kind)
            .body(Body::from(body))
            .expect("a request");
        let Ok(answer) = self.ground.site.clone().oneshot(request).await;
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX)
            .await
            .expect("the whole body");
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Is the code said beside the field, or above the form when it is of no field?
fn is_told(page: &str, code: &str, field: &str) -> bool {
    let mark = format!(">{code}<");
    if field.is_empty() {
        // The list above a form says the words alone.
        let words = match code {
            "LP-0818" => "Two columns are the same field",
            _ => "far too long",
        };
        return page.contains(words);
    }
    page.split(&format!("id=\"f-{field}-find-")).skip(1).any(|after| {
        after
            .split("</div>")
            .next()
            .is_some_and(|line| line.contains(&mark))
    })
}

/// Who sends a form, where to, what is in it; the code, and the field it stands beside.
type Wrong<'a> = (Role, &'a str, &'a str, &'a str, &'a str);

const WRONG: &[Wrong<'static>] = &[
    (
        Role::Coordinator,
        "/account/password",
        "current=a&password=b&again=c",
        "LP-0003",
        "again",
    ),
    (
        Role::Coordinator,
        "/students/new",
        "grade=thirteen",
        "LP-0004",
        "grade",
    ),
    (Role::Coordinator, "/students/new", "", "LP-0004", "grade"),
    (Role::Coordinator, "/students/new", "", "LP-0005", "school"),
    (
        Role::Coordinator,
        "/students/new",
        "school=no-such",
        "LP-0005",
        "school",
    ),
    (
        Role::Coordinator,
        "/students/new",
        "born=2015-02-30",
        "LP-0001",
        "born",
    ),
    (
        Role::Coordinator,
        "/students/{student}/enrolment/{enrolment}/change",
        "version=1&grade=6&start=2026-09-01&french_hours=lots",
        "LP-0006",
        "french_hours",
    ),
    (
        Role::Coordinator,
        "/students/{student}/identity/asn",
        "version=1&asn=1234&reason=Typed+wrong",
        "LP-0007",
        "asn",
    ),
    (
        Role::Coordinator,
        "/students/lists",
        "label=Mine&sharing=everyone",
        "LP-0008",
        "sharing",
    ),
    (
        Role::Coordinator,
        "/students/lists",
        "label=Mine&sharing=school&school=x",
        "LP-0005",
        "school",
    ),
    (
        Role::Coordinator,
        "/students/lists",
        "label=A%07B&sharing=own",
        "LP-0009",
        "label",
    ),
    (
        Role::Coordinator,
        "/students/lists",
        "label=A%00B&sharing=own",
        "LP-0009",
        "label",
    ),
    (
        Role::Coordinator,
        "/students/export",
        "format=pdf&reason=For+the+bus",
        "LP-0008",
        "format",
    ),
    (
        Role::Director,
        "/division/accounts/{account}/roles",
        "role=janitor&from=2026-09-01&reason=New",
        "LP-0034",
        "role",
    ),
    (
        Role::Coordinator,
        "/students/{student}/medical/restriction",
        "code=Secret&effective_on=2026-09-01&notice=x",
        "LP-0247",
        "code",
    ),
    (
        Role::Coordinator,
        "/students/{student}/medical/alert",
        "severity=grave&alert=x&action=y&effective_on=2026-09-01",
        "LP-0252",
        "severity",
    ),
    (
        Role::Coordinator,
        "/division/import/{import}/mapping",
        "f0=first_name&f1=first_name&f2=birth_date&f3=gender",
        "LP-0818",
        "",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_is_none_of_its_kind_is_told_beside_its_field() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let sender = Sender { ground: &ground };
    let long = format!("label=Mine&sharing=own&query={}", "x".repeat(4_001));
    let all =
        WRONG
            .iter()
            .copied()
            .chain([(Role::Coordinator, "/students/lists", long.as_str(), "LP-0010", "")]);
    for (role, path, form, code, field) in all {
        let session = ground.signed_in(role);
        let path = sender.address(path, role);
        let kind = "application/x-www-form-urlencoded";
        let (status, page) = sender
            .send(&session, &path, (kind, form.as_bytes().to_vec()))
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {form:.60}");
        assert!(
            is_told(&page, code, field),
            "{path} {form:.60}: {code} beside {field:?}"
        );
    }
}

/// A form in parts: fields, then a file when there is one.
fn parts(fields: &[(&str, &str)], file: Option<&[u8]>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(file) = file {
        let head = format!(
            "--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_taken_is_told_beside_its_field() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let sender = Sender { ground: &ground };
    let session = ground.signed_in(Role::Coordinator);
    let list = &b"first_name,last_name\nUma,Roy\n"[..];
    let large = vec![b'x'; 65 << 20];
    let long = "x".repeat(70_000);
    let kind = format!("multipart/form-data; boundary={EDGE}");
    for (case, fields, file, code, field) in [
        ("no file", vec![("kind", "students")], None, "LP-0816", "file"),
        (
            "65 MB",
            vec![("kind", "students")],
            Some(&large[..]),
            "LP-0817",
            "file",
        ),
        (
            "no such kind",
            vec![("kind", "pets")],
            Some(list),
            "LP-0828",
            "kind",
        ),
        (
            "a mapping of another kind",
            vec![("kind", "contacts"), ("mapping", "lodgepole-students")],
            Some(list),
            "LP-0819",
            "mapping",
        ),
        (
            "no such mapping",
            vec![("kind", "students"), ("mapping", "mine")],
            Some(list),
            "LP-0828",
            "mapping",
        ),
        (
            "a book for a kind",
            vec![("kind", long.as_str())],
            Some(list),
            "LP-0010",
            "kind",
        ),
    ] {
        let body = parts(&fields, file);
        let (status, page) = sender
            .send(&session, "/division/import/new", (kind.as_str(), body))
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{case}");
        assert!(is_told(&page, code, field), "{case}: {code} beside {field}");
    }
    let photo = sender.address("/students/{student}/photo", Role::Coordinator);
    let mut cut = parts(&[], Some(&[0xff; 400][..]));
    cut.truncate(cut.len() - 60);
    let (status, page) = sender.send(&session, &photo, (kind.as_str(), cut)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "it broke off");
    assert!(
        page.contains("LP-0002"),
        "a file that broke off on its way says so"
    );
}

/// What is typed before there is a session, the step it is typed in, and the code that answers.
const ON_THE_WAY: &[(&str, &str, &str)] = &[
    ("/sign-in", "username=nobody&password=granite+ladder", "LP-0016"),
    ("/sign-in", "username=bystander&password=wrong", "LP-0016"),
    ("/sign-in", "", "LP-0016"),
    ("/sign-in/second", "code=000000", "LP-0016"),
    ("/sign-in/second", "code=letters", "LP-0016"),
    ("/sign-in/second", "", "LP-0016"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_sign_in_is_told_by_its_code_and_does_not_say_which_part_was_wrong() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let sender = Sender { ground: &ground };
    let mut said = std::collections::BTreeSet::new();
    for (path, form, code) in ON_THE_WAY {
        let session = ground.on_the_way();
        let kind = "application/x-www-form-urlencoded";
        let whole = format!("csrf={}&{form}", session.csrf);
        let sent = sender.send(&session, path, (kind, whole.into_bytes())).await;
        assert_eq!(sent.0, StatusCode::UNPROCESSABLE_ENTITY, "{path} {form}");
        let (_, after) = sent.1.split_once("role=\"alert\"").expect("an alert");
        let alert = after.split("</div>").next().unwrap_or_default();
        assert!(alert.contains(code), "{path} {form}: {alert}");
        said.insert(alert.to_owned());
    }
    assert_eq!(said.len(), 1, "one sentence for all: {said:?}");
}
