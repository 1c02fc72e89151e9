//! Classroom accommodation: what a submit asks for, and the last day the
//! province computes.

use super::own::Own;
use super::read::Seen;
use crate::refusal::OrReject as _;
use crate::state::Submit;
use crate::store::{Draft, Versioned as _};
use kernel::{Findings, SchoolCode};
use pasi_wire::messages::{ClassroomAccommodation, School};
use pasi_wire::rules::{accommodation, finding};

impl Seen for ClassroomAccommodation {}

impl Own for ClassroomAccommodation {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let (world, by) = (at.draft.world, at.by);
        if world.get::<School>(self.school_code).is_none() {
            return Err(finding(9003).with("code", self.school_code).into());
        }
        if !by.may_know(world, self.asn) {
            return Err(finding(9010).into());
        }
        let owns = |school: SchoolCode| by.owns(world, school);
        if !owns(self.school_code) || held.is_some_and(|held| !owns(held.school_code)) {
            return Err(finding(9020).into());
        }
        match held.filter(|held| held.asn != self.asn) {
            Some(_) => Err(finding(9006).into()),
            None => Ok(()),
        }
    }
    fn judged(&self, at: &Submit<'_, '_>, _: Option<&Self>) -> Result<(), Findings> {
        let others = at.draft.world.of_student::<Self>(self.asn);
        accommodation::submitted(self, others.filter(|other| !other.is_deleted)).or_reject()
    }
    fn set_by_province(&mut self, at: &Submit<'_, '_>, held: Option<&Self>) {
        self.end_date = accommodation::ends(self, at.draft.world.of_student::<Self>(self.asn));
        self.last_update_utc_time = held.and_then(|held| held.last_update_utc_time);
        self.set_version(held.map_or(self.version(), |held| held.pasi_core_version));
        if held != Some(self) {
            self.last_update_utc_time = Some(at.by.now);
        }
    }
    fn beside(&self, at: &mut Submit<'_, '_>) {
        end_others(at.draft, self);
    }
}

/// Ends those before it anew, as it begins, moves or goes.
fn end_others(draft: &mut Draft<'_>, sent: &ClassroomAccommodation) {
    let world = draft.world;
    let others: Vec<&ClassroomAccommodation> = world
        .of_student::<ClassroomAccommodation>(sent.asn)
        .filter(|other| other.ref_id != sent.ref_id)
        .collect();
    for other in others.iter().filter(|other| !other.is_deleted) {
        let end_date = accommodation::ends(other, others.iter().copied().chain([sent]));
        if end_date != other.end_date {
            let ended = ClassroomAccommodation {
                end_date,
                ..ClassroomAccommodation::clone(other)
            };
            draft.put(ended.into());
        }
    }
}
