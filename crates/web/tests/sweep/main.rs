//! Every address, asked for by every role, by someone on the way in and by
//! nobody, about own records, those of another school, those of another division in the
//! same database and those that do not exist. No cell may be missing: the addresses come from the router's table.

mod attendance;
mod cell;
mod cover;
mod forms;
mod ground;
mod html;
mod letters;
mod news;
mod past;
mod photo;
mod told;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use cell::{How, Visitor, is_hidden_from, named_in, wanted};
use ground::{Ground, Named, Session};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use tower::ServiceExt;
use web::{ROUTES, Route};

/// A cell that answers otherwise than the rule, and why. This list may only shrink.
struct Exception {
    path: &'static str,
    visitor: &'static str,
    status: u16,
    why: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        path: "/",
        visitor: "student",
        status: 303,
        why: "a student begins at the own record, at /students",
    },
    Exception {
        path: "/pasi",
        visitor: "director",
        status: 303,
        why: "a director sees the connection, not the students of the queue: on to /pasi/connection",
    },
];

/// The words that stand in a place which is not an id, by the beginning of the address.
const VERBS: &[(&str, &[&str])] = &[
    ("/students/{student}/enrolment/", &ENROLMENT),
    (
        "/students/{student}/identity/name/",
        &["correct", "spelling", "legal", "prefer", "remove"],
    ),
    (
        "/students/{student}/identity/citizenship/",
        &["correct", "remove"],
    ),
    (
        "/students/{student}/identity/",
        &["details", "deceased", "asn", "number"],
    ),
    ("/students/{student}/medical/", &["change", "end", "remove"]),
    ("/students/year/", &["close", "register"]),
];

const ENROLMENT: [&str; 6] = [
    "change",
    "withdraw",
    "transfer",
    "never-attended",
    "created-in-error",
    "restore",
];

/// An answer, with what belongs to the one request taken out.
#[derive(PartialEq, Eq)]
struct Answer {
    status: StatusCode,
    location: String,
    text: String,
}

impl std::fmt::Display for Answer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (status, bytes) = (self.status.as_u16(), self.text.len());
        write!(out, "{status} {}, {bytes} bytes", self.location)
    }
}

/// The sweep as it goes.
struct Sweep<'g> {
    ground: &'g Ground<'g>,
    sessions: Vec<(Visitor, Option<Session>)>,
    cells: usize,
    wrong: Vec<String>,
    excepted: BTreeSet<usize>,
    /// Answers that named the student of the other school to whoever sees every student.
    seen: usize,
}

/// The line that names a student of another division. That somebody here asked for one, and was refused, is in the
/// audit: its file says so.
fn elsewhere_named(text: &str) -> Option<&str> {
    let student = Ground::foreign_student();
    text.lines()
        .find(|line| line.contains(&student) && !line.contains(",refused,page,"))
}

#[test]
fn every_address_answers_every_visitor_as_the_table_says() {
    let world = testkit::sqlite();
    let ground = Ground::new(&world);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut sweep = Sweep::new(&ground);
    // Forged forms come first: nothing else has written yet, and they must not.
    let before = ground.audited();
    runtime.block_on(sweep.all(&|how, route| how == How::Forged && !is_for_anyone(route)));
    assert_eq!(
        ground.audited(),
        before,
        "a form without the session's token wrote something"
    );
    runtime.block_on(sweep.all(&|how, _| matches!(how, How::Get | How::Fragment)));
    // Forms come last: some of them end every session of their sender.
    runtime
        .block_on(sweep.all(&|how, route| how == How::Empty || (how == How::Forged && is_for_anyone(route))));
    println!("{} cells", sweep.cells);
    assert!(
        sweep.wrong.is_empty(),
        "{} of {} cells are wrong:\n{}",
        sweep.wrong.len(),
        sweep.cells,
        sweep.wrong.join("\n")
    );
    assert_eq!(
        sweep.idle_exceptions(),
        Vec::<String>::new(),
        "exceptions that are none any more: take them out of the list"
    );
    assert!(sweep.seen > 0, "nobody was shown the student of the other school");
    ground.audited();
}

fn is_for_anyone(route: &Route) -> bool {
    matches!(route.who, web::Audience::Anyone)
}

impl<'g> Sweep<'g> {
    fn new(ground: &'g Ground<'g>) -> Self {
        let session = |visitor| match visitor {
            Visitor::SignedOut => None,
            Visitor::OnTheWay => Some(ground.on_the_way()),
            Visitor::As(role) => Some(ground.signed_in(role)),
        };
        let sessions = Visitor::all()
            .into_iter()
            .map(|visitor| (visitor, session(visitor)))
            .collect();
        Self {
            ground,
            sessions,
            cells: 0,
            wrong: Vec::new(),
            excepted: BTreeSet::new(),
            seen: 0,
        }
    }

    /// Every cell that is chosen.
    async fn all(&mut self, chosen: &impl Fn(How, &Route) -> bool) {
        let sessions = self.sessions.clone();
        for route in ROUTES {
            for pattern in patterns(route.path) {
                for how in How::of(&route.method) {
                    if !chosen(*how, route) {
                        continue;
                    }
                    for (visitor, session) in &sessions {
                        self.row(route, &pattern, *how, (*visitor, session.as_ref()))
                            .await;
                    }
                }
            }
        }
    }

    /// One visitor, one address: own, another school's, another division's, none at all.
    async fn row(&mut self, route: &Route, pattern: &str, how: How, who: (Visitor, Option<&Session>)) {
        let (visitor, standing) = who;
        let mut hidden: Option<(Named, Answer)> = None;
        for named in named_in(pattern) {
            let fresh = match visitor {
                // A form may end the session that sends it.
                Visitor::As(role) if how == How::Empty => Some(self.ground.signed_in(role)),
                _ => standing.cloned(),
            };
            let (asked, ids) = (
                Asked { route, pattern, how },
                self.ground.ids_for(*named, visitor),
            );
            let answer = self.ask(&asked, &ids, fresh.as_ref()).await;
            self.cells += 1;
            let want = wanted(route, visitor, *named, how);
            let told = format!(
                "{} {pattern} as {}, {named:?}, {how:?}",
                route.method,
                visitor.name()
            );
            if !want.is_met(answer.status, &answer.location, how)
                && !self.is_excepted(pattern, visitor, &answer)
            {
                self.wrong
                    .push(format!("{told}: wanted {want:?}, answered {answer}"));
            }
            if let Some(line) = elsewhere_named(&answer.text).filter(|_| *named != Named::Foreign) {
                self.wrong
                    .push(format!("{told}: names a student of another division: {line}"));
            }
            if *named != Named::Other && answer.text.contains(&Ground::other_student()) {
                if is_hidden_from(route, visitor) {
                    self.wrong
                        .push(format!("{told}: names a student of another school"));
                }
                self.seen += 1;
            }
            if *named == Named::Own || !want.hides() {
                continue;
            }
            match &hidden {
                Some((known, theirs)) if *theirs != answer => {
                    self.wrong
                        .push(format!("{told}: can be told from {known:?} ({theirs}; {answer})"));
                }
                Some(_) => {}
                None => hidden = Some((*named, answer)),
            }
        }
    }

    fn is_excepted(&mut self, pattern: &str, visitor: Visitor, answer: &Answer) -> bool {
        let found = EXCEPTIONS.iter().position(|exception| {
            exception.path == pattern
                && exception.visitor == visitor.name()
                && exception.status == answer.status.as_u16()
        });
        self.excepted.extend(found);
        found.is_some()
    }

    /// Exceptions that the site no longer makes.
    fn idle_exceptions(&self) -> Vec<String> {
        let idle = EXCEPTIONS
            .iter()
            .enumerate()
            .filter(|(at, _)| !self.excepted.contains(at));
        idle.map(|(_, one)| format!("{} as {}: {}", one.path, one.visitor, one.why))
            .collect()
    }

    /// Asks for the address with the ids in their places.
    async fn ask(&self, asked: &Asked<'_>, ids: &[(&str, String)], session: Option<&Session>) -> Answer {
        let path = ids.iter().fold(asked.pattern.to_owned(), |path, (place, id)| {
            path.replace(place, id)
        });
        let Ok(response) = self
            .ground
            .site
            .clone()
            .oneshot(asked.request(&path, session))
            .await;
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("the whole body");
        let own = ids
            .iter()
            .map(|(place, id)| (id.as_str(), *place))
            .chain(session.map(|session| (session.csrf.as_str(), "{csrf}")));
        let blank = |text: String| {
            own.clone()
                .fold(text, |text, (id, place)| text.replace(id, place))
        };
        let location = parts
            .headers
            .get("location")
            .and_then(|value| value.to_str().ok());
        Answer {
            status: parts.status,
            location: blank(location.unwrap_or_default().to_owned()),
            text: blank(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
}

/// What is asked for, and how.
struct Asked<'a> {
    route: &'a Route,
    pattern: &'a str,
    how: How,
}

impl Asked<'_> {
    fn request(&self, path: &str, session: Option<&Session>) -> Request<Body> {
        let mut request = Request::builder().method(self.route.method.clone()).uri(path);
        if let Some(session) = session {
            request = request.header("cookie", format!("lodgepole={}", session.token));
        }
        if self.how == How::Fragment {
            request = request.header("hx-request", "true");
        }
        let mut body = String::new();
        if matches!(self.how, How::Forged | How::Empty) {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        if let Some(session) = session.filter(|_| self.how == How::Empty) {
            request = request.header("x-csrf-token", &session.csrf);
            body = format!("csrf={}", session.csrf);
        }
        if self.pattern.ends_with("/decide") {
            // Without an outcome the page asks for one, before it looks for the item.
            body.push_str("&outcome=drop");
        }
        let mut request = request.body(Body::from(body)).expect("a request");
        let from = SocketAddr::from((Ipv4Addr::LOCALHOST, 40_000));
        request.extensions_mut().insert(ConnectInfo(from));
        request
    }
}

/// The address with every word that stands in a place which is not an id.
fn patterns(path: &str) -> Vec<String> {
    let asset = ui::assets::all().next().map_or("", |(name, _)| name);
    let component = ui::gallery::names().next().unwrap_or_default();
    let path = path.replace("{*path}", asset).replace("{name}", &component);
    if path.contains("{verb}") {
        let (_, verbs) = VERBS
            .iter()
            .find(|(folder, _)| path.starts_with(folder))
            .unwrap_or_else(|| panic!("name the verbs of {path}"));
        verbs.iter().map(|verb| path.replace("{verb}", verb)).collect()
    } else if matches!(path.as_str(), "/search" | "/students") {
        vec![format!("{path}?q=whitebear"), path]
    } else {
        vec![path]
    }
}
