//! Searching the province for a student: the first search is narrow, a person
//! may ask for more.

use crate::{Connector, map};
use kernel::{Actor, Asn, Date, Failure, OrganizationCode, Outcome, PersonName};
use pasi_wire::messages::{
    IdentifiedStudent, IdentifyCriteria, IdentifyStatus, IdentifyStudentRequest, STUDENT_ENROLMENT,
    StudentLocator,
};
use pasi_wire::{Request, Response};

/// Whom to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// By number.
    pub asn: Option<Asn>,
    /// By name and birth date.
    pub name: Option<(PersonName, Date)>,
    /// Also worse matches; only when a person asks.
    pub all_qualities: bool,
    /// Also students with a disclosure restriction; only when a person asks.
    pub with_restricted: bool,
}

/// One student the province knows.
pub type Found = IdentifiedStudent;

/// What the province answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchOutcome {
    /// It knows these; best first.
    Found(Vec<Found>),
    /// It knows nobody.
    Nobody,
    /// It knows someone with a disclosure restriction, and was not asked to tell.
    Restricted,
    /// Too many fit: more must be told.
    TooMany,
    /// It is away; work goes on, and the search can be made later.
    Away,
}

impl Connector {
    /// Asks the province, in the name of `actor` for `organization`.
    /// A fault of our own message or credentials is an error; an absent PASI is not.
    pub async fn identify(
        &self,
        actor: &Actor,
        organization: Option<OrganizationCode>,
        search: Search,
    ) -> Outcome<SearchOutcome> {
        let criteria = search.name.map(|(name, born)| criteria(&name, Some(born)));
        let request = Request::IdentifyStudent(IdentifyStudentRequest {
            caller: self.client.caller(actor, organization),
            caller_reason_code: STUDENT_ENROLMENT.to_owned(),
            include_all_quality_levels: search.all_qualities,
            include_students_with_disclosure_restriction: search.with_restricted,
            student_locator: StudentLocator {
                asn: search.asn,
                criteria,
            },
        });
        let found = match self.call(request).await? {
            Ok(Response::IdentifyStudent(found)) => found,
            Ok(_) => return Err(Failure::Fault("another operation's answer".to_owned())),
            Err(error) if error.is_passing() || error.is_refusal() => return Ok(SearchOutcome::Away),
            Err(error) => return Err(Failure::Unavailable(error.line())),
        };
        Ok(match found.status {
            IdentifyStatus::NoMatch => SearchOutcome::Nobody,
            IdentifyStatus::Match | IdentifyStatus::Ambiguous => SearchOutcome::Found(found.students),
            IdentifyStatus::FoundStudentWithDisclosureRestriction => SearchOutcome::Restricted,
            IdentifyStatus::Insufficient => SearchOutcome::TooMany,
        })
    }
}

/// A search by name and birth date, in letters PASI takes.
pub(crate) fn criteria(name: &PersonName, birth_date: Option<Date>) -> IdentifyCriteria {
    IdentifyCriteria {
        name: map::travel::name(name),
        birth_date,
        approximate_age: None,
        grade_level: None,
        street: None,
        city: None,
        state_province: None,
        postal_code: None,
        country: None,
    }
}
