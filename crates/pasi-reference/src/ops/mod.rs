//! The operations: each request finds its answer here.

mod acknowledge;
mod create;
mod enrolments;
mod names;
mod notify;
mod organizations;
mod own;
mod read;
mod responsible;
mod students;
mod sub_records;

use crate::access::Caller;
use crate::state::State;
use crate::{code_tables, identify};
use pasi_wire::messages::{GetCodeValueRelationshipsResponse, HelloWorldResponse};
use pasi_wire::{Fault, Request, Response};

pub(crate) use create::new_record;
pub(crate) use sub_records::with_computed;

/// Answers a request whose structure, caller and role are in order.
pub(crate) async fn answer(state: &State, by: &Caller, request: Request) -> Result<Response, Fault> {
    match request {
        Request::HelloWorld(_) => Ok(Response::HelloWorld(hello(by))),
        Request::IsDataAvailable(asked) => notify::answer(state, by, &asked)
            .await
            .map(Response::IsDataAvailable),
        Request::CreateStudent(_)
        | Request::SubmitStudentStatusAcknowledgement(_)
        | Request::SubmitIdentificationInformation(_)
        | Request::SubmitName(_)
        | Request::SubmitStudentAddress(_)
        | Request::SubmitStudentPhone(_)
        | Request::SubmitStudentEmail(_)
        | Request::SubmitStudentCitizenshipStatus(_)
        | Request::SubmitStudentSection23EligibilityStatus(_)
        | Request::SubmitStudentDisclosureRestriction(_)
        | Request::SubmitLanguageAtHome(_)
        | Request::SubmitParentGuardian(_)
        | Request::SubmitMedicalAlert(_)
        | Request::SubmitStudentSchoolEnrolment(_)
        | Request::SubmitStudentSchoolEnrolmentStatusAcknowledgement(_)
        | Request::SubmitResponsibleSchool(_)
        | Request::SubmitResponsibleSchoolStatusAcknowledgement(_) => submit(state, by, request).await,
        other => Ok(read(state, by, &other)),
    }
}

fn hello(by: &Caller) -> HelloWorldResponse {
    HelloWorldResponse {
        message: format!("Hello {}", by.organization),
        server_utc_time: by.now,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The version a submit carries; 0 where it carries none.
fn sent_version(request: &Request) -> i64 {
    match request {
        Request::SubmitIdentificationInformation(asked) => asked.pasi_core_version,
        Request::SubmitName(asked) => asked.pasi_core_version,
        Request::SubmitStudentAddress(asked) => asked.pasi_core_version,
        Request::SubmitStudentPhone(asked) => asked.pasi_core_version,
        Request::SubmitStudentEmail(asked) => asked.pasi_core_version,
        Request::SubmitStudentCitizenshipStatus(asked) => asked.pasi_core_version,
        Request::SubmitStudentSection23EligibilityStatus(asked) => asked.pasi_core_version,
        Request::SubmitStudentDisclosureRestriction(asked) => asked.pasi_core_version,
        Request::SubmitLanguageAtHome(asked) => asked.pasi_core_version,
        Request::SubmitParentGuardian(asked) => asked.pasi_core_version,
        Request::SubmitMedicalAlert(asked) => asked.pasi_core_version,
        Request::SubmitStudentSchoolEnrolment(asked) => asked.enrolment.pasi_core_version,
        Request::SubmitResponsibleSchool(asked) => asked.responsible_school.pasi_core_version,
        _ => 0,
    }
}

async fn submit(state: &State, by: &Caller, request: Request) -> Result<Response, Fault> {
    let (sent, first_asn) = (sent_version(&request), state.config.first_asn);
    let decided = state.submit(by, sent, |at| match request {
        Request::CreateStudent(asked) => create::create(at, &asked, first_asn).map(Response::CreateStudent),
        Request::SubmitStudentSchoolEnrolment(asked) => {
            own::submit(at, asked.enrolment).map(Response::SubmitStudentSchoolEnrolment)
        }
        Request::SubmitResponsibleSchool(asked) => {
            own::submit(at, asked.responsible_school).map(Response::SubmitResponsibleSchool)
        }
        Request::SubmitStudentStatusAcknowledgement(asked) => {
            acknowledge::student(at, &asked).map(Response::SubmitStudentStatusAcknowledgement)
        }
        Request::SubmitStudentSchoolEnrolmentStatusAcknowledgement(asked) => {
            acknowledge::enrolment(at, &asked)
                .map(Response::SubmitStudentSchoolEnrolmentStatusAcknowledgement)
        }
        Request::SubmitResponsibleSchoolStatusAcknowledgement(asked) => {
            acknowledge::responsible_school(at, &asked)
                .map(Response::SubmitResponsibleSchoolStatusAcknowledgement)
        }
        other => sub_records::submit(at, other),
    });
    decided.await?
}

fn read(state: &State, by: &Caller, request: &Request) -> Response {
    let node = state.node_version();
    state.store.read(|world| {
        let from = read::View { world, by, node };
        match request {
            Request::GetCodeValues(asked) => Response::GetCodeValues(
                state
                    .code_tables()
                    .values(asked.last_known_source_version, by.today),
            ),
            Request::IdentifyStudent(asked) => {
                Response::IdentifyStudent(identify::identify(world, by.today, asked))
            }
            Request::GetStudent(asked) => Response::GetStudent(students::get(&from, asked)),
            Request::GetStudentStatus(asked) => {
                Response::GetStudentStatus(students::get_status(&from, asked))
            }
            Request::GetStudentSchoolEnrolment(asked) => {
                Response::GetStudentSchoolEnrolment(enrolments::get(&from, asked))
            }
            Request::GetStudentSchoolEnrolmentStatus(asked) => {
                Response::GetStudentSchoolEnrolmentStatus(enrolments::get_status(&from, asked))
            }
            Request::GetResponsibleSchool(asked) => {
                Response::GetResponsibleSchool(responsible::get(&from, asked))
            }
            Request::GetResponsibleSchoolStatus(asked) => {
                Response::GetResponsibleSchoolStatus(responsible::get_status(&from, asked))
            }
            Request::GetSchoolInformation(asked) => {
                Response::GetSchoolInformation(organizations::schools(&from, asked))
            }
            Request::GetSchoolAuthorityInformation(asked) => {
                Response::GetSchoolAuthorityInformation(organizations::authorities(&from, asked))
            }
            Request::GetSchoolCalendarYearInformation(asked) => {
                Response::GetSchoolCalendarYearInformation(organizations::calendar_years(&from, asked))
            }
            _ => Response::GetCodeValueRelationships(GetCodeValueRelationshipsResponse {
                relationships: code_tables::relationships(),
            }),
        }
    })
}
