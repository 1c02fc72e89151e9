//! Enrolments: what a submit asks for, who may see one.

use super::own::{self, Own};
use super::read::View;
use crate::access::{Association, Caller};
use crate::code_tables;
use crate::state::Submit;
use crate::store::{Associate, Change, StudentRecord, World};
use kernel::{Asn, AuthorityCode, Finding, Findings};
use pasi_wire::messages::{
    AvailabilityStatus, GetStudentSchoolEnrolmentRequest, GetStudentSchoolEnrolmentResponse,
    GetStudentSchoolEnrolmentStatusRequest, GetStudentSchoolEnrolmentStatusResponse, RecordStatus,
    StudentSchoolEnrolment, StudentSchoolEnrolmentResult, StudentSchoolEnrolmentStatusResult,
};
use pasi_wire::rules::finding;
use pasi_wire::rules::submit::structure;
use uuid::Uuid;

impl Own for StudentSchoolEnrolment {
    fn find(world: &World, ref_id: Uuid) -> Option<&Self> {
        world.enrolment(ref_id)
    }
    fn status(world: &World, ref_id: Uuid) -> Option<&RecordStatus> {
        world.enrolment_status(ref_id)
    }
    fn ref_id(&self) -> Uuid {
        self.ref_id
    }
    fn asn(&self) -> Asn {
        self.asn
    }
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    /// Its own enrolments always; others' while it is associated with the student.
    fn availability(&self, world: &World, by: &Caller) -> AvailabilityStatus {
        if by.owns(world, self.school_code) {
            return AvailabilityStatus::Normal;
        }
        by.availability(world, self.asn)
    }
    /// The declaration is the owner's, French hours the owner's and that of the
    /// four strongest associations.
    fn seen_by(&self, from: &View<'_>) -> Self {
        let mut seen = self.clone();
        if !from.by.owns(from.world, self.school_code) {
            seen.extended.fnmi_declaration = None;
            if from.by.association(from.world, self.asn) > Association::LastEnrolment {
                seen.extended.french_hours = None;
            }
        }
        seen
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let (world, by) = (at.draft.world, at.by);
        let refuse = |found: Finding| -> Result<(), Findings> { Err(found.into()) };
        if world.school(self.school_code).is_none() {
            return refuse(finding(9003).with("code", self.school_code));
        }
        let is_ours = held.is_none_or(|held| by.owns(world, held.school_code));
        if !is_ours || !by.owns(world, self.school_code) {
            return refuse(finding(9020));
        }
        if !code_tables::is_accepted(self.school_year, by.today) {
            return refuse(finding(9030).with("year", self.school_year));
        }
        if self
            .registration_exit_date
            .is_some_and(|exit| exit < self.registration_start_date)
        {
            return refuse(structure("exit_date", "before the start date"));
        }
        Ok(())
    }
    fn beside(&self, at: &mut Submit<'_, '_>) {
        let authority = at.draft.world.authority_of(self.school_code);
        if let Some(authority) = authority.filter(|_| !self.is_deleted) {
            associate(at, self.asn, authority);
        }
    }
    fn into_change(self) -> Change {
        Change::Enrolment(Box::new(self))
    }
}

/// An authority that gains an association learns of the student: the student
/// gets a new version, so that the notification is seen.
fn associate(at: &mut Submit<'_, '_>, asn: Asn, authority: AuthorityCode) {
    let world = at.draft.world;
    let Some(record) = world.student(asn) else { return };
    let stands = crate::access::association(world, asn, &[authority], at.by.today);
    let is_listed = record
        .associates
        .iter()
        .any(|associate| associate.authority == authority);
    if is_listed && stands != Association::None {
        return;
    }
    let mut gained = StudentRecord::clone(record);
    gained
        .associates
        .retain(|associate| associate.authority != authority);
    let since = at.draft.next_version();
    gained.associates.push(Associate { authority, since });
    at.draft.put(Change::Student(Box::new(gained)));
}

pub(super) fn get(
    from: &View<'_>,
    asked: &GetStudentSchoolEnrolmentRequest,
) -> GetStudentSchoolEnrolmentResponse {
    let give = |ref_id, availability_status, enrolment| StudentSchoolEnrolmentResult {
        ref_id,
        availability_status,
        enrolment,
    };
    GetStudentSchoolEnrolmentResponse {
        results: own::read(from, &asked.enrolments, give),
        rejections: Vec::new(),
    }
}

pub(super) fn get_status(
    from: &View<'_>,
    asked: &GetStudentSchoolEnrolmentStatusRequest,
) -> GetStudentSchoolEnrolmentStatusResponse {
    let give = |ref_id, availability_status, status, source| StudentSchoolEnrolmentStatusResult {
        ref_id,
        availability_status,
        status,
        source,
    };
    GetStudentSchoolEnrolmentStatusResponse {
        results: own::read_status(from, &asked.enrolments, give),
        rejections: Vec::new(),
    }
}
