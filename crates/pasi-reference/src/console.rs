//! The JSON console, for loopback addresses alone: what a test needs of a
//! person at the province's desk. Every request carries the header
//! `x-pasi-console: yes`, which no page of another origin can send.
//!
//! It is no second desk: each of its verbs is an operation of [`Ministry`], the
//! one that the pages of `pasi-console` call, and stands in the same trail. It
//! offers the few that a program asks for, and no more: what a client must be
//! able to see happen (somebody else changes a student or makes one), what it
//! must bear (trouble, a client or certificate that is switched off), and what
//! it compares with (the state, a student, the calls). What a person decides
//! with both eyes, such as organizations, codes, results and disposal, has
//! pages alone.

use crate::clients::Peer;
use crate::http::{self, Reply, reply};
use crate::ministry::Ministry;
use crate::outside::OutsideError;
use crate::state::State;
use crate::trouble::Trouble;
use hyper::body::Incoming;
use hyper::{Method, StatusCode};
use kernel::{Asn, Date, OrganizationCode, PersonName};
use pasi_wire::messages::{ParentGuardian, StudentAddress, StudentPhone};
use pasi_wire::soap::REQUEST_CAP;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

const JSON: &str = "application/json";

/// A change of a student from outside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StudentChange {
    asn: Asn,
    name: Option<PersonName>,
    birth_date: Option<Date>,
    address: Option<StudentAddress>,
    phone: Option<StudentPhone>,
    guardian: Option<ParentGuardian>,
    is_deactivated: Option<bool>,
}

/// A student made by another organization.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Newborn {
    organization: OrganizationCode,
    name: PersonName,
    birth_date: Date,
    gender: String,
}

/// A change of a course enrolment from outside.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CourseEnrolmentChange {
    ref_id: Uuid,
    exit_date: Option<Date>,
    credits_attempted: Option<u8>,
}

/// A client or one of its certificates, switched on or off.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    client: String,
    certificate_serial: Option<String>,
    is_active: bool,
}

pub(crate) async fn answer(state: &Arc<State>, peer: &Peer, request: hyper::Request<Incoming>) -> Reply {
    let is_meant = request
        .headers()
        .get("x-pasi-console")
        .is_some_and(|value| value == "yes");
    if !state.config.console || !peer.address.to_canonical().is_loopback() || !is_meant {
        return says(StatusCode::NOT_FOUND, &json!({ "error": "nothing is here" }));
    }
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let bytes = match http::body(request, REQUEST_CAP).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    match (&method, path.trim_start_matches("/console/api")) {
        (&Method::GET, "/state") => says(StatusCode::OK, &overview(state)),
        (&Method::GET, "/clients") => says(StatusCode::OK, &json!(state.registry.all())),
        (&Method::GET, "/calls") => says(StatusCode::OK, &json!(state.calls.all())),
        (&Method::PUT, "/trouble") => read(&bytes, |trouble: Trouble| {
            Ministry(Arc::clone(state)).set_trouble(&trouble);
            Ok(overview(state))
        }),
        (&Method::PUT, "/clients") => read(&bytes, |switch: Switch| switch_client(state, &switch)),
        (&Method::POST, "/student") => match serde_json::from_slice::<StudentChange>(&bytes) {
            Ok(change) => change_student(state, change).await,
            Err(error) => says(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })),
        },
        (&Method::POST, "/students") => match serde_json::from_slice::<Newborn>(&bytes) {
            Ok(newborn) => create_student(state, newborn).await,
            Err(error) => says(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })),
        },
        (&Method::POST, "/course-enrolment") => match serde_json::from_slice(&bytes) {
            Ok(change) => change_course_enrolment(state, change).await,
            Err(error) => says(StatusCode::BAD_REQUEST, &json!({ "error": error.to_string() })),
        },
        (&Method::GET, path) if path.starts_with("/course-enrolments/") => course_enrolment(state, path),
        (&Method::GET, path) if path.starts_with("/students/") => match path.strip_suffix("/enrolments") {
            Some(path) => enrolments(state, path),
            None => student(state, path),
        },
        _ => says(StatusCode::NOT_FOUND, &json!({ "error": "nothing is here" })),
    }
}

async fn create_student(state: &Arc<State>, newborn: Newborn) -> Reply {
    let Newborn {
        organization,
        name,
        birth_date,
        gender,
    } = newborn;
    let desk = Ministry(Arc::clone(state));
    match desk.create_student(organization, name, birth_date, gender).await {
        Ok(asn) => says(StatusCode::OK, &json!({ "asn": asn })),
        Err(error) => says(StatusCode::CONFLICT, &json!({ "error": error.to_string() })),
    }
}

/// The ASN at the end of a path.
fn asn_of(path: &str) -> Option<Asn> {
    path.rsplit('/').next().and_then(|asn| asn.parse().ok())
}

/// Where a student is and was enrolled.
fn enrolments(state: &Arc<State>, path: &str) -> Reply {
    match asn_of(path) {
        Some(asn) => says(
            StatusCode::OK,
            &json!(Ministry(Arc::clone(state)).outside().enrolments(asn)),
        ),
        None => says(StatusCode::NOT_FOUND, &json!({ "error": "no such student" })),
    }
}

/// A student as the ministry sees it, by ASN at the end of the path.
fn student(state: &Arc<State>, path: &str) -> Reply {
    match asn_of(path).and_then(|asn| Ministry(Arc::clone(state)).outside().student(asn)) {
        Some(student) => says(StatusCode::OK, &json!(student)),
        None => says(StatusCode::NOT_FOUND, &json!({ "error": "no such student" })),
    }
}

/// A course enrolment as the ministry sees it, by its id at the end of the path.
fn course_enrolment(state: &Arc<State>, path: &str) -> Reply {
    let id = path.rsplit('/').next().and_then(|id| id.parse().ok());
    match id.and_then(|id| Ministry(Arc::clone(state)).course_enrolment(id)) {
        Some(seat) => says(StatusCode::OK, &json!(seat)),
        None => says(
            StatusCode::NOT_FOUND,
            &json!({ "error": "no such course enrolment" }),
        ),
    }
}

async fn change_course_enrolment(state: &Arc<State>, change: CourseEnrolmentChange) -> Reply {
    let desk = Ministry(Arc::clone(state));
    let changed = desk.change_course_enrolment(change.ref_id, |seat| {
        seat.exit_date = change.exit_date.or(seat.exit_date);
        seat.credits_attempted = change.credits_attempted.unwrap_or(seat.credits_attempted);
    });
    match changed.await {
        Ok(version) => says(StatusCode::OK, &json!({ "version": version })),
        Err(error) => says(StatusCode::CONFLICT, &json!({ "error": error.to_string() })),
    }
}

fn says(status: StatusCode, value: &Value) -> Reply {
    reply(status, JSON, value.to_string())
}

fn read<T: for<'de> Deserialize<'de>>(bytes: &[u8], act: impl FnOnce(T) -> Result<Value, String>) -> Reply {
    let done = serde_json::from_slice(bytes)
        .map_err(|error| error.to_string())
        .and_then(act);
    match done {
        Ok(value) => says(StatusCode::OK, &value),
        Err(error) => says(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    }
}

fn overview(state: &State) -> Value {
    let (version, students) = state.store.read(|world| (world.version(), world.student_count()));
    let trouble = {
        let troubles = state
            .troubles
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        troubles.now.clone()
    };
    json!({ "version": version, "students": students, "polls": state.polls.count(), "trouble": trouble })
}

/// Sets what is wrong from now on, and wakes those who sleep through it.
pub(crate) fn set_trouble(state: &State, trouble: &Trouble) {
    let version = state.store.read(crate::store::World::version);
    let mut troubles = state
        .troubles
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    troubles.set(trouble.clone(), version);
    drop(troubles);
    state.outage.send_replace(trouble.outage);
    state.polls.wake_all();
}

fn switch_client(state: &Arc<State>, switch: &Switch) -> Result<Value, String> {
    let desk = Ministry(Arc::clone(state));
    let switched = match &switch.certificate_serial {
        None => desk.switch_client(&switch.client, switch.is_active),
        Some(serial) => desk.switch_certificate(&switch.client, serial, switch.is_active),
    };
    match switched {
        Ok(true) => Ok(json!({ "done": true })),
        Ok(false) => Err("no such client or certificate".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

impl StudentChange {
    /// The parts that are changed, by their names.
    fn parts(&self) -> Vec<&'static str> {
        let parts = [
            ("name", self.name.is_some()),
            ("birth_date", self.birth_date.is_some()),
            ("address", self.address.is_some()),
            ("phone", self.phone.is_some()),
            ("guardian", self.guardian.is_some()),
            ("number", self.is_deactivated.is_some()),
        ];
        parts
            .into_iter()
            .filter(|(_, is)| *is)
            .map(|(part, _)| part)
            .collect()
    }
}

async fn change_student(state: &Arc<State>, change: StudentChange) -> Reply {
    let parts = change.parts();
    let changed = Ministry(Arc::clone(state))
        .change_student(change.asn, &parts, |student| {
            if let Some(name) = change.name {
                for held in student.names.iter_mut().filter(|held| held.is_legal) {
                    held.name.clone_from(&name);
                }
                student.identification.name = name;
            }
            if let Some(born) = change.birth_date {
                student.identification.birth_date = born;
            }
            if let Some(address) = change.address {
                student.addresses.retain(|held| held.ref_id != address.ref_id);
                student.addresses.push(address);
            }
            if let Some(phone) = change.phone {
                student.phones.retain(|held| held.ref_id != phone.ref_id);
                student.phones.push(phone);
            }
            if let Some(guardian) = change.guardian {
                student.guardians.retain(|held| held.ref_id != guardian.ref_id);
                student.guardians.push(guardian);
            }
            student.is_deactivated = change.is_deactivated.unwrap_or(student.is_deactivated);
        })
        .await;
    match changed {
        Ok(version) => says(StatusCode::OK, &json!({ "version": version })),
        Err(error @ OutsideError::UnknownStudent) => {
            says(StatusCode::NOT_FOUND, &json!({ "error": error.to_string() }))
        }
        Err(error @ OutsideError::NothingChanged) => {
            says(StatusCode::CONFLICT, &json!({ "error": error.to_string() }))
        }
        Err(error) => says(
            StatusCode::SERVICE_UNAVAILABLE,
            &json!({ "error": error.to_string() }),
        ),
    }
}
