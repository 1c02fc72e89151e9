//! The operations: each request finds its answer here.

mod accommodations;
mod acknowledge;
mod certificates;
mod connections;
mod create;
mod diploma;
mod documents;
mod enrolments;
mod marks;
mod names;
mod notify;
mod own;
mod race;
mod read;
mod responsible;
mod sections;
mod students;
mod sub_records;
mod transcript;

use crate::access::Caller;
use crate::state::{State, Submit};
use crate::{identify, lists};
use kernel::Asn;
use pasi_wire::messages::{
    GetCodeValueRelationshipsResponse, GetDocumentTypeResponse, GetPartnerPostSecondaryInstitutionsResponse,
    GetSourceDocumentTypeQualityValuesResponse, HelloWorldResponse,
};
use pasi_wire::{Fault, Kind, Request, Response};
use read::View;

pub(crate) use connections::{behind, follow};
pub(crate) use create::new_record;
pub(crate) use race::race;
pub(crate) use sub_records::{asn_state, with_computed};
pub(crate) use transcript::empty as empty_transcript;

/// Answers a request whose structure, caller and role are in order.
pub(crate) async fn answer(state: &State, by: &Caller, request: Request) -> Result<Response, Fault> {
    match request {
        Request::HelloWorld(_) => Ok(Response::HelloWorld(hello(by))),
        Request::IsDataAvailable(asked) => notify::answer(state, by, &asked)
            .await
            .map(Response::IsDataAvailable),
        Request::SubmitStudentRecordDocument(asked) => documents::submit(state, by, asked).await,
        Request::GetStudentRecordDocument(asked) => documents::get(state, by, &asked).await,
        other => match other.operation().kind() {
            Kind::Submit | Kind::Acknowledge => submit(state, by, other).await,
            Kind::Read | Kind::Infrastructure => Ok(read(state, by, &other)),
        },
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
        Request::SubmitClassroomAccommodation(asked) => asked.accommodation.pasi_core_version,
        Request::SubmitStudentRecordDocument(asked) => asked.document.pasi_core_version,
        Request::SubmitStudentRecordDocumentQualityAssurance(asked) => asked.pasi_core_version,
        Request::SubmitStudentRecordDocumentProblemReport(asked) => asked.pasi_core_version,
        Request::SubmitSection(asked) => asked.section.pasi_core_version,
        Request::SubmitDiplomaExamSitting(asked) => asked.sitting.pasi_core_version,
        Request::SubmitDiplomaExamMark(asked) => asked.exam_mark.pasi_core_version,
        Request::SubmitCourseEnrolment(asked) => {
            newest(asked.course_enrolments.iter().map(|one| one.pasi_core_version))
        }
        Request::SubmitEvaluatedMark(asked) => {
            newest(asked.evaluated_marks.iter().map(|one| one.pasi_core_version))
        }
        Request::SubmitMarkApproval(asked) => newest(asked.marks.iter().map(|one| one.pasi_core_version)),
        _ => 0,
    }
}

fn newest(versions: impl Iterator<Item = i64>) -> i64 {
    versions.max().unwrap_or(0)
}

/// Submits of records of one kind each, and answers to their alerts: the
/// operation, and the field with the record.
macro_rules! kinds {
    ($at:ident, $request:expr; submits { $($submit:ident $record:ident)+ } answers { $($acknowledge:ident)+ }
        $other:ident => $else:expr) => {
        match $request {
            $(Request::$submit(asked) => own::submit($at, asked.$record).map(Response::$submit),)+
            $(Request::$acknowledge(asked) => acknowledge::record($at, &asked).map(Response::$acknowledge),)+
            $other => $else,
        }
    };
}

async fn submit(state: &State, by: &Caller, request: Request) -> Result<Response, Fault> {
    let (sent, first_asn) = (sent_version(&request), state.config.first_asn);
    let decided = state.submit(by, sent, |at| decide(at, request, first_asn));
    decided.await?
}

/// What comes of a submit, on the records as they are.
fn decide(at: &mut Submit<'_, '_>, request: Request, first_asn: Asn) -> Result<Response, Fault> {
    kinds! {
        at, request;
        submits {
            SubmitStudentSchoolEnrolment enrolment
            SubmitResponsibleSchool responsible_school
            SubmitClassroomAccommodation accommodation
            SubmitSection section
            SubmitDiplomaExamSitting sitting
            SubmitDiplomaExamMark exam_mark
        }
        answers {
            SubmitStudentSchoolEnrolmentStatusAcknowledgement
            SubmitResponsibleSchoolStatusAcknowledgement
            SubmitClassroomAccommodationStatusAcknowledgement
            SubmitSectionStatusAcknowledgement
            SubmitCourseEnrolmentStatusAcknowledgement
            SubmitEvaluatedMarkStatusAcknowledgement
        }
        other => match other {
            Request::CreateStudent(asked) => {
                create::create(at, &asked, first_asn).map(Response::CreateStudent)
            }
            Request::SubmitStudentStatusAcknowledgement(asked) => {
                acknowledge::student(at, &asked).map(Response::SubmitStudentStatusAcknowledgement)
            }
            Request::SubmitStudentRecordDocument(asked) => {
                let answer = documents::store(at, asked, documents::Filed::Stands);
                answer.map(Response::SubmitStudentRecordDocument)
            }
            Request::SubmitStudentRecordDocumentQualityAssurance(asked) => {
                documents::assure(at, &asked).map(Response::SubmitStudentRecordDocumentQualityAssurance)
            }
            Request::SubmitStudentRecordDocumentProblemReport(asked) => {
                documents::report(at, &asked).map(Response::SubmitStudentRecordDocumentProblemReport)
            }
            Request::SubmitCourseEnrolment(asked) => Ok(Response::SubmitCourseEnrolment(
                marks::course_enrolments(at, asked),
            )),
            Request::SubmitEvaluatedMark(asked) => {
                Ok(Response::SubmitEvaluatedMark(marks::evaluated_marks(at, asked)))
            }
            Request::SubmitMarkApproval(asked) => {
                Ok(Response::SubmitMarkApproval(marks::approve(at, &asked)))
            }
            Request::SubmitCredentialRequirementExemption(asked) => {
                transcript::exempt(at, asked).map(Response::SubmitCredentialRequirementExemption)
            }
            other => sub_records::submit(at, other),
        }
    }
}

/// Reads of records of one kind each, and of their alerts.
macro_rules! reads {
    ($from:ident, $request:expr;
        records { $($records:ident)+ } statuses { $($statuses:ident)+ } $($other:pat => $else:expr,)+) => {
        match $request {
            $(Request::$records(asked) => Response::$records(read::records($from, asked)),)+
            $(Request::$statuses(asked) => Response::$statuses(read::statuses($from, asked)),)+
            $($other => $else,)+
        }
    };
}

fn read(state: &State, by: &Caller, request: &Request) -> Response {
    let node = state.node_version();
    state.store.read(|world| {
        let from = &View { world, by, node };
        reads! {
            from, request;
            records {
                GetStudentSchoolEnrolment GetResponsibleSchool
                GetSchoolInformation GetSchoolAuthorityInformation GetSchoolCalendarYearInformation
                GetClassroomAccommodation GetEducationAccountConnection
                GetCourse GetSection GetCourseEnrolment GetEvaluatedMark
                GetDiplomaExam GetExamSitting GetDiplomaExamMark GetDiplomaExamRescoreRequest
                GetProvincialAchievementTest GetProvincialAchievementTestResult GetStudentTranscriptDetail
            }
            statuses {
                GetStudentSchoolEnrolmentStatus GetResponsibleSchoolStatus GetClassroomAccommodationStatus
                GetSectionStatus GetCourseEnrolmentStatus GetEvaluatedMarkStatus
            }
            Request::GetCodeValues(asked) => {
                let known = asked.last_known_source_version;
                Response::GetCodeValues(state.code_tables().values(known, by.today))
            },
            Request::IdentifyStudent(asked) => {
                Response::IdentifyStudent(identify::identify(world, by.today, asked))
            },
            Request::GetStudent(asked) => Response::GetStudent(students::get(from, asked)),
            Request::GetStudentStatus(asked) => {
                Response::GetStudentStatus(students::get_status(from, asked))
            },
            Request::GetAsnCertificate(asked) => Response::GetAsnCertificate(certificates::get(from, asked)),
            Request::GetSourceDocumentTypeQualityValues(asked) => {
                let values = lists::source_document_qualities(asked.last_known_source_version);
                Response::GetSourceDocumentTypeQualityValues(GetSourceDocumentTypeQualityValuesResponse {
                    values,
                })
            },
            Request::GetPartnerPostSecondaryInstitutions(_) => {
                let institutions = lists::institutions();
                Response::GetPartnerPostSecondaryInstitutions(GetPartnerPostSecondaryInstitutionsResponse {
                    institutions,
                })
            },
            Request::GetDocumentType(_) => Response::GetDocumentType(GetDocumentTypeResponse {
                document_types: lists::document_types().to_vec(),
            }),
            Request::GetStudentAcademicProfile(asked) => {
                Response::GetStudentAcademicProfile(transcript::academic_profile(from, asked))
            },
            Request::GetStudentPersonalProfile(asked) => {
                Response::GetStudentPersonalProfile(transcript::personal_profile(from, asked))
            },
            _ => Response::GetCodeValueRelationships(GetCodeValueRelationshipsResponse {
                relationships: state.code_tables().relationships(by.today),
            }),
        }
    })
}
