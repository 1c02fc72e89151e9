//! The JSON console, for loopback addresses alone: what a person at the
//! province does. Every request carries the header `x-pasi-console: yes`,
//! which no page of another origin can send.

use crate::clients::Peer;
use crate::http::{self, Reply, reply};
use crate::outside::{Outside, OutsideError};
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
            set_trouble(state, &trouble);
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
        (&Method::GET, path) if path.starts_with("/students/") => student(state, path),
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
    let outside = Outside(Arc::clone(state));
    match outside.create(organization, name, birth_date, gender).await {
        Ok(asn) => says(StatusCode::OK, &json!({ "asn": asn })),
        Err(error) => says(StatusCode::CONFLICT, &json!({ "error": error.to_string() })),
    }
}

/// A student as the ministry sees it, by ASN at the end of the path.
fn student(state: &Arc<State>, path: &str) -> Reply {
    let asn: Option<Asn> = path.rsplit('/').next().and_then(|asn| asn.parse().ok());
    match asn.and_then(|asn| Outside(Arc::clone(state)).student(asn)) {
        Some(student) => says(StatusCode::OK, &json!(student)),
        None => says(StatusCode::NOT_FOUND, &json!({ "error": "no such student" })),
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

fn switch_client(state: &State, switch: &Switch) -> Result<Value, String> {
    let found = state.registry.edit(|clients| {
        let client = clients.iter_mut().find(|client| client.name == switch.client)?;
        match &switch.certificate_serial {
            None => client.is_active = switch.is_active,
            Some(serial) => {
                let mut held = client.certificates.iter_mut();
                held.find(|held| held.serial == *serial)?.is_active = switch.is_active;
            }
        }
        Some(())
    });
    match found {
        Ok(Some(())) => Ok(json!({ "done": true })),
        Ok(None) => Err("no such client or certificate".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

async fn change_student(state: &Arc<State>, change: StudentChange) -> Reply {
    let changed = Outside(Arc::clone(state))
        .change(change.asn, |student| {
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
