//! Course enrolments and evaluated marks, and the approval from which on their
//! marks count.

use super::own::{self, Own};
use super::read::{Seen, View};
use super::sections::may_write;
use crate::access::Caller;
use crate::association::Association;
use crate::refusal::OrReject as _;
use crate::state::Submit;
use crate::store::{Record as _, World};
use codes::CodeSet;
use kernel::{Asn, Finding, Findings, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    AvailabilityStatus, Course, CourseEnrolment, EvaluatedMark, MarkKey, SchoolMark, Section,
    SubmitCourseEnrolmentRequest, SubmitEvaluatedMarkRequest, SubmitListResponse, SubmitMarkApprovalRequest,
    SubmitResponse,
};
use pasi_wire::rules::official::MarkOf;
use pasi_wire::rules::submit::{Held, structure, version};
use pasi_wire::rules::{finding, mark, rejections};

/// Whose, in which school and school year a list is sent.
#[derive(Clone, Copy)]
struct Place {
    asn: Asn,
    school: SchoolCode,
    year: SchoolYear,
}

/// Course enrolments of one student, each judged alone.
pub(super) fn course_enrolments(
    at: &mut Submit<'_, '_>,
    asked: SubmitCourseEnrolmentRequest,
) -> SubmitListResponse {
    let place = Place {
        asn: asked.asn,
        school: asked.school_code,
        year: asked.school_year,
    };
    let whole = whole(at, place, 40_201);
    own::submit_list(at, asked.course_enrolments, whole, |at, sent| {
        if sent.asn != place.asn {
            return Some(structure("asn", "not the student of the request"));
        }
        let section = at.draft.world.get::<Section>(sent.section_ref_id)?;
        let is_there = (section.school_code, section.school_year) == (place.school, place.year);
        (!is_there).then(|| finding(40_290))
    })
}

/// Evaluated marks of one student, each judged alone once 40379 is satisfied.
pub(super) fn evaluated_marks(
    at: &mut Submit<'_, '_>,
    asked: SubmitEvaluatedMarkRequest,
) -> SubmitListResponse {
    let place = Place {
        asn: asked.asn,
        school: asked.school_code,
        year: asked.school_year,
    };
    let is_one = asked
        .evaluated_marks
        .iter()
        .all(|mark| (mark.asn, mark.school_code, mark.school_year) == (place.asn, place.school, place.year));
    let whole = if is_one {
        whole(at, place, 40_301)
    } else {
        Err(finding(40_379).into())
    };
    own::submit_list(at, asked.evaluated_marks, whole, |_, _| None)
}

/// May the caller send anything there? 9003, 9020, 9030 and the rule of the
/// years that are taken.
fn whole(at: &Submit<'_, '_>, place: Place, of_year: u32) -> Result<(), Findings> {
    may_write(at, place.school, place.year)?;
    if at.codes.is_accepted(place.year, at.by.today) {
        Ok(())
    } else {
        Err(finding(of_year).with("year", place.year).into())
    }
}

/// A record with a mark of a school.
trait Marked: Own {
    /// What is found when there is none.
    fn unknown() -> Finding;
    fn mark_mut(&mut self) -> Option<&mut SchoolMark>;
}

impl Marked for CourseEnrolment {
    fn unknown() -> Finding {
        finding(9033)
    }
    fn mark_mut(&mut self) -> Option<&mut SchoolMark> {
        self.mark.as_mut()
    }
}

impl Marked for EvaluatedMark {
    fn unknown() -> Finding {
        finding(9034)
    }
    fn mark_mut(&mut self) -> Option<&mut SchoolMark> {
        Some(&mut self.mark)
    }
}

impl Seen for CourseEnrolment {
    /// A mark is its school's until it is approved.
    fn seen_by(&self, from: &View<'_>) -> Self {
        let mut seen = self.clone();
        let is_ours = self
            .school(from.world)
            .is_some_and(|school| from.by.owns(from.world, school));
        seen.mark = seen.mark.filter(|mark| is_ours || mark.is_mark_approved);
        seen
    }
}

/// Others learn of an evaluated mark when it is approved.
impl Seen for EvaluatedMark {
    fn availability(&self, world: &World, by: &Caller) -> AvailabilityStatus {
        if by.owns(world, self.school_code) {
            AvailabilityStatus::Normal
        } else if self.mark.is_mark_approved {
            by.availability(world, self.asn)
        } else {
            AvailabilityStatus::NoAccess
        }
    }
}

impl Own for CourseEnrolment {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let world = at.draft.world;
        let held_at = held.and_then(|held| held.school(world));
        admitted(at, self.asn, held.map(|held| held.asn), held_at)
    }
    fn judged(&self, at: &Submit<'_, '_>, _: Option<&Self>) -> Result<(), Findings> {
        let world = at.draft.world;
        let section = world.get::<Section>(self.section_ref_id);
        let section = section.filter(|section| !section.is_deleted);
        mark::course_enrolment(self, section, world.get::<Course>(self.course_code)).or_reject()
    }
    fn set_by_province(&mut self, _: &Submit<'_, '_>, held: Option<&Self>) {
        let before = held.and_then(|held| held.mark.as_ref());
        if let Some(sent) = &mut self.mark {
            sent.is_mark_approved = mark::approval(sent, before);
        }
    }
}

impl Own for EvaluatedMark {
    fn is_deleted(&self) -> bool {
        self.is_deleted
    }
    fn admitted(&self, at: &Submit<'_, '_>, held: Option<&Self>) -> Result<(), Findings> {
        let held_at = held.map(|held| held.school_code);
        admitted(at, self.asn, held.map(|held| held.asn), held_at)
    }
    fn judged(&self, at: &Submit<'_, '_>, _: Option<&Self>) -> Result<(), Findings> {
        let method = codes::built_in(CodeSet::EvaluatedMarkMethod).find(&self.evaluation_method);
        let is_reserved = method.is_some_and(|code| code.system) && !at.by.is_ministry();
        let course = at.draft.world.get::<Course>(self.course_code);
        mark::evaluated(self, course, is_reserved).or_reject()
    }
    fn set_by_province(&mut self, _: &Submit<'_, '_>, held: Option<&Self>) {
        self.mark.is_mark_approved = mark::approval(&self.mark, held.map(|held| &held.mark));
    }
}

/// The record held is the caller's and of the same student, who is associated.
fn admitted(
    at: &Submit<'_, '_>,
    asn: Asn,
    held: Option<Asn>,
    held_at: Option<SchoolCode>,
) -> Result<(), Findings> {
    let world = at.draft.world;
    if held.is_some_and(|held| held != asn) {
        return Err(super::sub_records::reference_of_nothing());
    }
    if held_at.is_some_and(|school| !at.by.owns(world, school)) {
        return Err(finding(9020).into());
    }
    if at.by.association(world, asn) == Association::None {
        return Err(finding(9010).into());
    }
    Ok(())
}

/// Approves marks, or takes the approval back; each is judged alone.
pub(super) fn approve(at: &mut Submit<'_, '_>, asked: &SubmitMarkApprovalRequest) -> SubmitListResponse {
    const COURSE_ENROLMENT: &str = MarkOf::CourseEnrolment.mark_type();
    const EVALUATED_MARK: &str = MarkOf::Evaluation.mark_type();
    let results = match asked.mark_type.as_str() {
        COURSE_ENROLMENT => approve_all::<CourseEnrolment>(at, &asked.marks, asked.is_mark_approved),
        EVALUATED_MARK => approve_all::<EvaluatedMark>(at, &asked.marks, asked.is_mark_approved),
        other => {
            return SubmitListResponse {
                results: Vec::new(),
                rejections: rejections(&finding(9022).with("type", other).into()),
            };
        }
    };
    SubmitListResponse {
        results,
        rejections: Vec::new(),
    }
}

fn approve_all<T: Marked>(
    at: &mut Submit<'_, '_>,
    keys: &[MarkKey],
    is_approved: bool,
) -> Vec<SubmitResponse> {
    let held = |at: &Submit<'_, '_>, key: &&MarkKey| at.draft.world.held_version::<T>(key.ref_id);
    own::each(
        at,
        keys,
        held,
        |key| key.ref_id,
        |at, key| approve_one::<T>(at, key, is_approved),
    )
}

fn approve_one<T: Marked>(
    at: &mut Submit<'_, '_>,
    key: &MarkKey,
    is_approved: bool,
) -> Result<i64, Findings> {
    let world = at.draft.world;
    let held = world.get::<T>(key.ref_id);
    let Some(held) = held.filter(|held| !held.is_deleted()) else {
        return Err(T::unknown().into());
    };
    if !held.school(world).is_some_and(|school| at.by.owns(world, school)) {
        return Err(finding(9020).into());
    }
    if let Some(found) = version(key.pasi_core_version, Held::Present(held.version()), at.node) {
        return Err(found.into());
    }
    let mut changed = held.clone();
    let Some(mark) = changed.mark_mut() else {
        return Err(finding(9021).into());
    };
    if std::mem::replace(&mut mark.is_mark_approved, is_approved) == is_approved {
        return Err(finding(9023).into());
    }
    Ok(at.draft.put(changed.into()))
}
