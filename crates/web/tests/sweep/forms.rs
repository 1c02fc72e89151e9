//! Every form of the product, with each of its fields wrong in turn: the page
//! comes back with a finding beside that field and with what was typed. The
//! forms are read from the pages themselves, so that a new field is covered by itself.

use crate::ground::{Ground, Named, Session};
use crate::html::{Control, Form, forms, shows};
use crate::patterns;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kernel::Role;
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;
use web::ROUTES;

/// A field that takes what is wrong elsewhere, and why. This list may only shrink.
struct Exception {
    /// The end of the form's address.
    form: &'static str,
    /// What the field's name begins with.
    field: &'static str,
    /// The case; empty for each.
    case: &'static str,
    why: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        form: "/students/new",
        field: "state",
        case: "",
        why: "of an address, which is looked at where a street or a city is typed",
    },
    Exception {
        form: "/students/new",
        field: "format",
        case: "",
        why: "of an address, which is looked at where a street or a city is typed",
    },
    Exception {
        form: "/students/new",
        field: "country",
        case: "",
        why: "of an address, which is looked at where a street or a city is typed",
    },
    Exception {
        form: "/students/new",
        field: "relationship",
        case: "a code of no list",
        why: "the name is asked first, of whoever is said anything of",
    },
    Exception {
        form: "/students/new",
        field: "guardian_",
        case: "",
        why: "the name is asked first, of whoever is said anything of",
    },
    Exception {
        form: "/students/new",
        field: "sibling",
        case: "",
        why: "looks a family up while one types, and is not kept",
    },
    Exception {
        form: "/students/new",
        field: "indigenous_declaration",
        case: "a code of no list",
        why: "judged with the enrolment, once everything else on the form can be read",
    },
    Exception {
        form: "/students/year/register",
        field: "onward-",
        case: "a code of no list",
        why: "a choice in a line of the list of schools; told above the form",
    },
    Exception {
        form: "/family/address/{address}",
        field: "effective_on",
        case: "empty",
        why: "an address that is corrected keeps its first day",
    },
    Exception {
        form: "/pasi/policy",
        field: "",
        case: "a code of no list",
        why: "a matrix of radios; what is none of them changes nothing",
    },
    Exception {
        form: "/division/accounts/new",
        field: "language",
        case: "a code of no list",
        why: "told above the form",
    },
    Exception {
        form: "/end",
        field: "reason",
        case: "",
        why: "one of five forms of the page with a reason; told above them",
    },
    Exception {
        form: "/{account}/password",
        field: "reason",
        case: "",
        why: "one of five forms of the page with a reason; told above them",
    },
    Exception {
        form: "/{account}/factors",
        field: "reason",
        case: "",
        why: "one of five forms of the page with a reason; told above them",
    },
    Exception {
        form: "/{account}/close",
        field: "reason",
        case: "",
        why: "one of five forms of the page with a reason; told above them",
    },
    Exception {
        form: "/import/{import}/mapping",
        field: "f",
        case: "a code of no list",
        why: "a column of no field is not read; what is needed and missing is told above the form",
    },
    Exception {
        form: "/import/{import}/mapping",
        field: "dates",
        case: "empty",
        why: "the form of dates that was found stays",
    },
    Exception {
        form: "/import/{import}/mapping",
        field: "label",
        case: "",
        why: "told beside it; the name of a mapping is typed again",
    },
    Exception {
        form: "/account/password",
        field: "username",
        case: "",
        why: "there for password managers alone; nothing reads it",
    },
    Exception {
        form: "/account/password",
        field: "password",
        case: "empty",
        why: "the present password is asked first, and told alone",
    },
];

/// Forms that are not walked, by a part of their addresses, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "/enrolment/{enrolment}/",
        "its fields depend on each other and on the school: `crates/enrolment/src/rules/tests.rs` has a row for each",
    ),
    (
        "/responsible-school",
        "which fields count depends on the answer: `crates/enrolment/tests/responsible.rs` has a row for each",
    ),
];

/// Whose pages are looked at, in this order: the first that may open one fills in its forms.
const VISITORS: [Role; 4] = [
    Role::Coordinator,
    Role::Director,
    Role::Principal,
    Role::Secretary,
];

/// What is wrong about a field, by the case's name.
fn wrong(control: &Control) -> Vec<(&'static str, String)> {
    let mut cases: Vec<(&'static str, String)> = Vec::new();
    let is_typed = matches!(
        control.kind.as_str(),
        "text" | "textarea" | "search" | "email" | "tel"
    );
    // A radio that is chosen cannot be taken back; one of none chosen must be.
    let is_open = control.kind == "radio" && control.value.is_empty();
    if is_open || control.is_required && control.kind != "file" {
        cases.push(("empty", String::new()));
    }
    match control.kind.as_str() {
        "date" => {
            cases.push(("a day that is none", "2026-02-30".to_owned()));
            cases.push(("letters for a date", "soon".to_owned()));
        }
        "select" | "radio" => cases.push(("a code of no list", "no-such-code".to_owned())),
        "email" => cases.push(("no address", "nobody".to_owned())),
        _ if is_typed && control.is_numeric => cases.push(("letters for digits", "letters".to_owned())),
        _ => {}
    }
    if is_typed {
        cases.push((
            "too long",
            "x".repeat(control.longest.map_or(5000, |most| most + 1)),
        ));
        cases.push(("a control character", "A\u{7}b".to_owned()));
        cases.push(("a zero byte", "A\u{0}b".to_owned()));
    }
    cases
}

/// What a person would have put into the other fields.
fn filled(control: &Control) -> String {
    let is_asked = control.is_required || control.kind == "radio";
    if !control.value.is_empty() || !is_asked {
        return control.value.clone();
    }
    match control.kind.as_str() {
        "select" | "radio" => control.options.iter().find(|one| !one.is_empty()).cloned(),
        "date" => Some("2026-10-15".to_owned()),
        "email" => Some("someone@example.ca".to_owned()),
        "tel" => Some("7806240123".to_owned()),
        "password" => Some("granite ladder violet moss".to_owned()),
        _ if control.is_numeric => Some("1".to_owned()),
        _ => Some("Test".to_owned()),
    }
    .unwrap_or_default()
}

struct Answer {
    status: StatusCode,
    location: Option<String>,
    text: String,
}

struct Desk<'g, 'w> {
    ground: &'g Ground<'w>,
    sessions: BTreeMap<&'static str, Session>,
}

impl Desk<'_, '_> {
    async fn ask(&self, session: &Session, path: &str, form: Option<String>) -> Answer {
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
        let Ok(answer) = self.ground.site.clone().oneshot(request).await;
        let status = answer.status();
        let location = answer.headers().get("location");
        let location = location.and_then(|to| to.to_str().ok()).map(str::to_owned);
        let bytes = to_bytes(answer.into_body(), usize::MAX)
            .await
            .expect("the whole body");
        Answer {
            status,
            location,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Every form that somebody is shown: the page, whose it is, and the form.
    async fn all(&self) -> Vec<(String, Role, Form)> {
        let ids = self.ground.ids(Named::Own);
        let routes = ROUTES.iter().filter(|route| route.method == Method::GET);
        // Samples, and what is shown before there is a session: `told.rs` sends those.
        let paths = routes
            .flat_map(|route| patterns(route.path))
            .filter(|pattern| !pattern.starts_with("/ui") && !pattern.starts_with("/sign-in"))
            .map(|pattern| {
                ids.iter()
                    .fold(pattern, |path, (place, id)| path.replace(place, id))
            });
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for path in paths.chain(self.mass_updates().await) {
            for role in VISITORS {
                let shown = self.ask(&self.sessions[role.as_str()], &path, None).await;
                if shown.status != StatusCode::OK {
                    continue;
                }
                for form in forms(&shown.text) {
                    let address = ids
                        .iter()
                        .fold(form.action.clone(), |text, (place, id)| text.replace(id, place));
                    let is_left_out = LEFT_OUT.iter().any(|(part, _)| address.contains(part));
                    if form.is_of_parts || is_left_out {
                        continue; // `told.rs` sends what carries a file
                    }
                    // A mass update asks in the same fields for each kind of change.
                    let asked: Vec<(&str, &str)> = form
                        .controls
                        .iter()
                        .map(|one| {
                            (
                                one.name.as_str(),
                                if one.name == "change" {
                                    one.value.as_str()
                                } else {
                                    ""
                                },
                            )
                        })
                        .collect();
                    if form.is_posted && seen.insert(format!("{} {asked:?}", form.action)) {
                        found.push((path.clone(), role, form));
                    }
                }
                break;
            }
        }
        found
    }

    /// A mass update that was begun, of the student of the coordinator's school: its page asks one
    /// question for each kind of change.
    async fn mass_updates(&self) -> Vec<String> {
        let session = &self.sessions[Role::Coordinator.as_str()];
        let form = format!("student={}", Ground::own_student());
        let begun = self.ask(session, "/students/update", Some(form)).await;
        let path = begun.location.expect("a mass update begins");
        let page = self.ask(session, &path, None).await;
        let kinds = page.text.split("?change=").skip(1);
        kinds
            .filter_map(|rest| rest.split('"').next())
            .map(|kind| format!("{path}?change={kind}"))
            .collect()
    }

    /// The form as it stands now on its page.
    async fn again(&self, path: &str, session: &Session, form: &Form) -> Option<Form> {
        let shown = self.ask(session, path, None).await;
        forms(&shown.text)
            .into_iter()
            .find(|one| one.action == form.action && one.controls.len() == form.controls.len())
    }
}

/// The form's fields as they travel, one of them as it must not be.
fn body(form: &Form, wrong: &Control, value: &str) -> String {
    let mut sent: Vec<(&str, String)> = Vec::new();
    for control in &form.controls {
        if control.name == wrong.name {
            if sent.iter().all(|(name, _)| *name != wrong.name) {
                sent.push((control.name.as_str(), value.to_owned()));
            }
        } else if control.kind != "checkbox" || control.is_checked {
            sent.push((control.name.as_str(), filled(control)));
        }
    }
    sent.into_iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(&value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// What is amiss with the answer to a wrong field; none when all is well.
fn amiss(answer: &Answer, form: &Form, control: &Control, value: &str) -> Option<String> {
    if answer.status != StatusCode::UNPROCESSABLE_ENTITY {
        return Some(format!("answered {}", answer.status));
    }
    let again = forms(&answer.text);
    let Some(field) = again
        .iter()
        .filter(|one| one.action == form.action)
        .flat_map(|one| &one.controls)
        .find(|one| one.name == control.name)
    else {
        return Some("the field is not there any more".to_owned());
    };
    let finding = format!("f-{}-find-", control.name);
    let is_beside = field
        .described_by
        .iter()
        .any(|id| id.starts_with(&finding) && shows(&answer.text, id));
    if !is_beside {
        return Some("no finding beside it".to_owned());
    }
    // An empty field may come back with what is suggested in it.
    let is_kept = value.is_empty()
        || field.is_once
        || !matches!(
            field.kind.as_str(),
            "text" | "textarea" | "date" | "email" | "tel"
        )
        || field.value == value.trim();
    (!is_kept).then(|| format!("what was typed is gone: {:?}", field.value))
}

async fn walked(ground: &Ground<'_>) -> (usize, Vec<String>, BTreeSet<usize>) {
    let sessions = VISITORS.map(|role| (role.as_str(), ground.signed_in(role)));
    let desk = Desk {
        ground,
        sessions: sessions.into(),
    };
    let ids = ground.ids(Named::Own);
    let (mut cases, mut wrongs, mut met) = (0, Vec::new(), BTreeSet::new());
    for (path, role, form) in desk.all().await {
        let address = ids
            .iter()
            .fold(form.action.clone(), |text, (place, id)| text.replace(id, place));
        let mut done = BTreeSet::new();
        for control in form.controls.iter().filter(|one| one.is_asked()) {
            if !done.insert(&control.name) {
                continue;
            }
            for (case, value) in wrong(control) {
                // A form that was taken may have ended the session, or changed what it is about.
                let session = ground.signed_in(role);
                let Some(now) = desk.again(&path, &session, &form).await else {
                    continue;
                };
                cases += 1;
                let known = EXCEPTIONS.iter().position(|one| {
                    address.ends_with(one.form)
                        && control.name.starts_with(one.field)
                        && (one.case.is_empty() || one.case == case)
                });
                met.extend(known);
                let answer = desk
                    .ask(&session, &now.action, Some(body(&now, control, &value)))
                    .await;
                let Some(told) = amiss(&answer, &now, control, &value) else {
                    continue;
                };
                if known.is_none() || answer.status.is_server_error() {
                    wrongs.push(format!("{address} {}, {case}: {told}", control.name));
                }
            }
        }
    }
    (cases, wrongs, met)
}

#[test]
fn a_field_that_is_wrong_is_told_beside_it_and_what_was_typed_stays() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let (cases, wrongs, met) = runtime.block_on(walked(&ground));
    assert!(
        wrongs.is_empty(),
        "{} of {cases} wrong fields are not told:\n{}",
        wrongs.len(),
        wrongs.join("\n")
    );
    assert!(cases > 300, "the forms are found: {cases} cases");
    let idle: Vec<&str> = EXCEPTIONS
        .iter()
        .enumerate()
        .filter(|(at, _)| !met.contains(at))
        .map(|(_, one)| one.why)
        .collect();
    assert_eq!(
        idle,
        Vec::<&str>::new(),
        "exceptions for fields that are not there any more"
    );
}
