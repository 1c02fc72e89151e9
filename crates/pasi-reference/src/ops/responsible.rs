//! Responsible schools: what a submit asks for, who may see one.

use super::own::Own;
use super::read::Seen;
use super::sub_records::reference_of_nothing;
use crate::refusal::OrReject as _;
use crate::state::Submit;
use codes::CodeSet;
use kernel::{Findings, SchoolYear};
use pasi_wire::messages::{ResponsibleSchool, School};
use pasi_wire::rules::{finding, responsible};

impl Seen for ResponsibleSchool {}

impl Own for ResponsibleSchool {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let (world, by) = (at.draft.world, at.by);
        if !by.may_know(world, self.asn) {
            return Err(finding(9010).into());
        }
        if held.is_some_and(|held| held.asn != self.asn) || (held.is_none() && self.is_deleted) {
            return Err(reference_of_nothing());
        }
        match self
            .school_code
            .filter(|code| world.get::<School>(*code).is_none())
        {
            Some(code) => Err(finding(9003).with("code", code).into()),
            None => Ok(()),
        }
    }
    fn judged(&self, at: &Submit<'_, '_>, _held: Option<&Self>) -> Result<(), Findings> {
        let records: Vec<Self> = at
            .draft
            .world
            .of_student::<Self>(self.asn)
            .map(|held| *held)
            .collect();
        let year = SchoolYear::of(self.effective_date);
        responsible::submitted(self, &records, |has, reason| {
            at.codes
                .holds_under((CodeSet::TransitionReason, reason), has.as_str(), year)
        })
        .or_reject()
    }
}
