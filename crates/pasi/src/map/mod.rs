//! Between our records and PASI's: one file a noun.

mod around;
mod arrived;
mod card;
pub mod classes;
mod compare;
mod enrolment;
mod medical;
mod pair;
mod read;
mod record;
mod responsible;
mod student;
mod submit;
pub mod travel;

pub(crate) use arrived::{Arrived, is_newborn, of_record, of_student, told};
pub use card::SyncState;
pub(crate) use card::{refresh_card, refresh_of, set_card};
pub(crate) use compare::{Compared, address_theirs, asn_theirs, student_fields};
pub(crate) use enrolment::{coding_theirs, enrolment_fields};
pub(crate) use medical::{compared as medical_fields, theirs as medical_theirs};
pub(crate) use pair::same_guardian;
pub use read::read_request;
pub(crate) use responsible::{responsible_fields, responsible_theirs};
pub(crate) use student::{asn_of, by_asn, is_there, load, program, school_of, take_asn};
pub(crate) use submit::sub_records;

/// What stands between the parts of a record told in one line; codes stand as
/// they travel, for the page to put into words.
pub const PARTS: &str = " · ";

use crate::alerts;
use crate::queue::Item;
use db::Reading;
use kernel::{OrganizationCode, Outcome, SchoolId};
use pasi_wire::messages::{CallerInfo, SubmitResponse};
use pasi_wire::{Request, Response};

/// What to do with an item.
pub(crate) enum Composed {
    /// Send this.
    Send(Box<Request>),
    /// There is nothing to tell any more.
    Nothing,
    /// It must wait for the student's ASN.
    Later,
}

/// The request that sends an item, as our record stands now.
pub(crate) fn compose(at: &mut impl Reading, item: &Item, caller: CallerInfo) -> Outcome<Composed> {
    match item.record_kind.as_str() {
        "enrolment" => enrolment::compose(at, item, caller),
        "responsible-school" => responsible::compose(at, item, caller),
        "section" => classes::compose_section(at, item, caller),
        "course-enrolment" => classes::compose_seat(at, item, caller),
        alerts::ACKNOWLEDGEMENT => alerts::compose(at, item, caller),
        _ => submit::compose(at, item, caller),
    }
}

/// Whom a call speaks for: the school, where one is meant.
pub(crate) fn organization(
    at: &mut impl Reading,
    school: Option<SchoolId>,
) -> Outcome<Option<OrganizationCode>> {
    let Some(school) = school else {
        return Ok(None);
    };
    Ok(Some(OrganizationCode::School(schools::school(at, school)?.code)))
}

/// The answer of any submit.
pub(crate) fn submit_response(response: Response) -> Option<SubmitResponse> {
    match response {
        Response::SubmitIdentificationInformation(answer)
        | Response::SubmitName(answer)
        | Response::SubmitStudentAddress(answer)
        | Response::SubmitStudentPhone(answer)
        | Response::SubmitStudentEmail(answer)
        | Response::SubmitStudentCitizenshipStatus(answer)
        | Response::SubmitStudentSection23EligibilityStatus(answer)
        | Response::SubmitStudentDisclosureRestriction(answer)
        | Response::SubmitLanguageAtHome(answer)
        | Response::SubmitParentGuardian(answer)
        | Response::SubmitMedicalAlert(answer)
        | Response::SubmitStudentSchoolEnrolment(answer)
        | Response::SubmitStudentSchoolEnrolmentStatusAcknowledgement(answer)
        | Response::SubmitStudentStatusAcknowledgement(answer)
        | Response::SubmitResponsibleSchool(answer)
        | Response::SubmitResponsibleSchoolStatusAcknowledgement(answer)
        | Response::SubmitSection(answer)
        | Response::SubmitSectionStatusAcknowledgement(answer)
        | Response::SubmitCourseEnrolmentStatusAcknowledgement(answer) => Some(answer),
        // Each is sent alone.
        Response::SubmitCourseEnrolment(answer) => {
            let whole = SubmitResponse {
                id: String::new(),
                pasi_core_version: 0,
                rejections: answer.rejections,
            };
            Some(answer.results.into_iter().next().unwrap_or(whole))
        }
        _ => None,
    }
}

/// Empty text is no value.
pub(crate) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| kernel::text::latin1(text))
}
