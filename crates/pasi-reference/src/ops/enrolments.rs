//! Enrolments: what a submit asks for, who may see one.

use super::own::Own;
use super::read::{Seen, View};
use crate::association::{Association, association};
use crate::state::Submit;
use crate::store::{Associate, Change, StudentRecord};
use kernel::{Asn, AuthorityCode, Finding, Findings};
use pasi_wire::messages::{School, SchoolCalendarYear, StudentSchoolEnrolment};
use pasi_wire::rules::enrolment::schedule;
use pasi_wire::rules::finding;
use pasi_wire::rules::submit::structure;

impl Seen for StudentSchoolEnrolment {
    /// The declaration is the owner's, French hours the owner's and that of the
    /// four strongest associations.
    fn seen_by(&self, from: &View<'_>) -> Self {
        let mut seen = self.clone();
        if !from.by.owns(from.world, self.school_code) {
            seen.extended.fnmi_declaration = None;
            if !from.by.association(from.world, self.asn).is_close() {
                seen.extended.french_hours = None;
            }
        }
        seen
    }
}

impl Own for StudentSchoolEnrolment {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let (world, by) = (at.draft.world, at.by);
        let refuse = |found: Finding| -> Result<(), Findings> { Err(found.into()) };
        if world.get::<School>(self.school_code).is_none() {
            return refuse(finding(9003).with("code", self.school_code));
        }
        let is_ours = held.is_none_or(|held| by.owns(world, held.school_code));
        if !is_ours || !by.owns(world, self.school_code) {
            return refuse(finding(9020));
        }
        if !at.codes.is_accepted(self.school_year, by.today) {
            return refuse(finding(9030).with("year", self.school_year));
        }
        let of_year = world.get::<SchoolCalendarYear>((self.school_code, self.school_year));
        let schedules: Vec<_> = of_year
            .map(|year| year.calendars.iter().map(|calendar| calendar.ref_id).collect())
            .unwrap_or_default();
        if let Some(found) = schedule(self.calendar_ref_id, &schedules) {
            return refuse(found);
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
        let gaining: Vec<AuthorityCode> = authority.filter(|_| !self.is_deleted).into_iter().collect();
        associate(at, self.asn, &gaining);
    }
}

/// Authorities that gain an association learn of the student: the student gets
/// a new version, so that the notification is seen.
pub(super) fn associate(at: &mut Submit<'_, '_>, asn: Asn, gaining: &[AuthorityCode]) {
    let world = at.draft.world;
    let Some(record) = world.student(asn) else { return };
    let is_new = |authority: &AuthorityCode| {
        let stands = association(world, asn, &[*authority], at.by.today);
        let mut listed = record.associates.iter();
        stands == Association::None || !listed.any(|associate| associate.authority == *authority)
    };
    let gaining: Vec<AuthorityCode> = gaining.iter().copied().filter(is_new).collect();
    if gaining.is_empty() {
        return;
    }
    let mut gained = StudentRecord::clone(&record);
    gained
        .associates
        .retain(|associate| !gaining.contains(&associate.authority));
    let since = at.draft.next_version();
    let new = gaining
        .into_iter()
        .map(|authority| Associate { authority, since });
    gained.associates.extend(new);
    at.draft.put(Change::Student(Box::new(gained)));
}
