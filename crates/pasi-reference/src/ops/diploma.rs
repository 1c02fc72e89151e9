//! Diploma exams: sittings that schools declare, registrations of students.

use super::enrolments::associate;
use super::own::Own;
use super::read::Seen;
use crate::association::Association;
use crate::refusal::OrReject as _;
use crate::state::Submit;
use crate::store::Record as _;
use kernel::Findings;
use pasi_wire::messages::{
    Course, DiplomaExam, DiplomaExamMark, DiplomaExamRescoreRequest, DiplomaExamSitting,
    ProvincialAchievementTest, ProvincialAchievementTestResult, School, StudentTranscriptDetail,
};
use pasi_wire::rules::{diploma, finding};

impl Seen for Course {}
impl Seen for DiplomaExam {}
impl Seen for DiplomaExamSitting {}
impl Seen for DiplomaExamMark {}
impl Seen for DiplomaExamRescoreRequest {}
impl Seen for ProvincialAchievementTest {}
impl Seen for ProvincialAchievementTestResult {}
impl Seen for StudentTranscriptDetail {}

impl Own for DiplomaExamSitting {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    /// A writing centre declares its own sittings: 9019, 9020.
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let world = at.draft.world;
        let centres = held.map(|held| held.writing_centre).into_iter();
        for centre in centres.chain([self.writing_centre]) {
            match world.authority_behind(centre) {
                None if !at.by.is_ministry() => return Err(finding(9019).with("code", centre).into()),
                Some(authority) if !at.by.speaks_for(authority) => return Err(finding(9020).into()),
                _ => {}
            }
        }
        Ok(())
    }
    fn judged(&self, at: &Submit<'_, '_>, _: Option<&Self>) -> Result<(), Findings> {
        let exam = at.draft.world.get::<DiplomaExam>(self.diploma_exam_ref_id);
        diploma::sitting(self, exam, at.by.now).or_reject()
    }
}

impl Own for DiplomaExamMark {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let world = at.draft.world;
        if world.get::<School>(self.school_code).is_none() {
            return Err(finding(9003).with("code", self.school_code).into());
        }
        let is_ours = held.is_none_or(|held| at.by.owns(world, held.school_code));
        if !is_ours || !at.by.owns(world, self.school_code) {
            return Err(finding(9020).into());
        }
        if held.is_some_and(|held| held.asn != self.asn) {
            return Err(super::sub_records::reference_of_nothing());
        }
        if at.by.association(world, self.asn) == Association::None {
            return Err(finding(9010).into());
        }
        Ok(())
    }
    fn judged(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let world = at.draft.world;
        let facts = diploma::Registration {
            sent: self,
            held,
            exam: world.get::<DiplomaExam>(self.diploma_exam_ref_id),
            sitting: &|ref_id| world.get::<DiplomaExamSitting>(ref_id),
            now: at.by.now,
        };
        let others = world.of_student::<Self>(self.asn);
        diploma::registration(&facts, others.filter(|other| !other.is_deleted)).or_reject()
    }
    fn absent() -> Findings {
        finding(9036).into()
    }
    /// The writing centre learns of a student who comes to it.
    fn beside(&self, at: &mut Submit<'_, '_>) {
        let world = at.draft.world;
        if self.is_deleted {
            return;
        }
        let sittings = self.components.iter().filter_map(|part| part.sitting_ref_id);
        let mut centres: Vec<_> = sittings
            .filter_map(|ref_id| world.get::<DiplomaExamSitting>(ref_id))
            .filter_map(|sitting| world.authority_behind(sitting.writing_centre))
            .filter(|authority| {
                self.school(world).and_then(|school| world.authority_of(school)) != Some(*authority)
            })
            .collect();
        centres.sort_unstable();
        centres.dedup();
        associate(at, self.asn, &centres);
    }
}
