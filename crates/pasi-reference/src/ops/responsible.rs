//! Responsible schools: what a submit asks for, who may see one.

use super::own::{self, Own};
use super::read::View;
use super::sub_records::reference_of_nothing;
use crate::access::{Association, Caller};
use crate::refusal::OrReject as _;
use crate::state::Submit;
use crate::store::{Change, World};
use codes::CodeSet;
use kernel::{Asn, Findings};
use pasi_wire::messages::{
    AvailabilityStatus, GetResponsibleSchoolRequest, GetResponsibleSchoolResponse,
    GetResponsibleSchoolStatusRequest, GetResponsibleSchoolStatusResponse, HasResponsibleSchool,
    RecordStatus, ResponsibleSchool, ResponsibleSchoolResult, ResponsibleSchoolStatusResult,
};
use pasi_wire::rules::{finding, responsible};
use uuid::Uuid;

impl Own for ResponsibleSchool {
    fn find(world: &World, ref_id: Uuid) -> Option<&Self> {
        world.responsible_school(ref_id)
    }
    fn status(world: &World, ref_id: Uuid) -> Option<&RecordStatus> {
        world.responsible_school_status(ref_id)
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
    fn availability(&self, world: &World, by: &Caller) -> AvailabilityStatus {
        match self.school_code {
            Some(school) if by.owns(world, school) => AvailabilityStatus::Normal,
            _ => by.availability(world, self.asn),
        }
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let (world, by) = (at.draft.world, at.by);
        if by.association(world, self.asn) == Association::None {
            return Err(finding(9010).into());
        }
        if held.is_some_and(|held| held.asn != self.asn) || (held.is_none() && self.is_deleted) {
            return Err(reference_of_nothing());
        }
        match self.school_code.filter(|code| world.school(*code).is_none()) {
            Some(code) => Err(finding(9003).with("code", code).into()),
            None => Ok(()),
        }
    }
    fn judged(&self, at: &Submit<'_, '_>) -> Result<(), Findings> {
        let others: Vec<Self> = at
            .draft
            .world
            .responsible_schools_of(self.asn)
            .filter(|other| !other.is_deleted)
            .cloned()
            .collect();
        responsible::submitted(self, &others, is_allowed).or_reject()
    }
    fn into_change(self) -> Change {
        Change::ResponsibleSchool(Box::new(self))
    }
}

/// Is the reason a child of the answer in the relation table?
fn is_allowed(has: HasResponsibleSchool, reason: &str) -> bool {
    let reasons = codes::built_in(CodeSet::TransitionReason);
    reasons
        .find(reason)
        .is_some_and(|code| code.under.iter().any(|under| under == has.as_str()))
}

pub(super) fn get(from: &View<'_>, asked: &GetResponsibleSchoolRequest) -> GetResponsibleSchoolResponse {
    let give = |ref_id, availability_status, responsible_school| ResponsibleSchoolResult {
        ref_id,
        availability_status,
        responsible_school,
    };
    GetResponsibleSchoolResponse {
        results: own::read(from, &asked.responsible_schools, give),
        rejections: Vec::new(),
    }
}

pub(super) fn get_status(
    from: &View<'_>,
    asked: &GetResponsibleSchoolStatusRequest,
) -> GetResponsibleSchoolStatusResponse {
    let give = |ref_id, availability_status, status, source| ResponsibleSchoolStatusResult {
        ref_id,
        availability_status,
        status,
        source,
    };
    GetResponsibleSchoolStatusResponse {
        results: own::read_status(from, &asked.responsible_schools, give),
        rejections: Vec::new(),
    }
}
