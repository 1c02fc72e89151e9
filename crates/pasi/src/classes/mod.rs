//! Sections and the students in them: when they go, what of a section differs,
//! and how each stands with PASI for the pages that show them.

mod decide;
mod state;

pub use decide::{SectionDecision, SectionDifference, decide_section, section_differences, tell_section};
pub use state::{Standing, Stands, seats_stand, section_stands};

use crate::policy::{Policy, Sends};
use crate::queue::{self, Body, IN_FLIGHT, Item, ItemState, NewItem};
use crate::{map, mirror, travels, years};
use courses::{Of, Sat};
use db::Tx;
use kernel::{Actor, CourseEnrolmentId, Failure, Instant, Outcome, SectionId};
use pasi_wire::Operation;
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use uuid::Uuid;

/// The kinds of record of this file.
pub(crate) const SECTION: &str = "section";
pub(crate) const SEAT: &str = "course-enrolment";

/// Term, as its code, and credits that PASI is told of a section: those said,
/// else those that its days and its courses say.
pub fn offered(view: &courses::SectionView, offering: &courses::Offering) -> (String, u8) {
    (
        travels::term(&view.section, offering),
        travels::credits(&view.courses, offering),
    )
}

/// May a place in a section go? PASI takes none before it has the section and
/// the student's enrolment in the school.
pub(crate) fn is_ready(tx: &mut Tx, item: &Item) -> Outcome<bool> {
    let Some(sat) = map::classes::one(tx, CourseEnrolmentId::from_uuid(item.ref_id()?))? else {
        return Ok(true); // PASI's copy goes, deleted
    };
    let section = sat.section.id;
    let is_known = mirror::version(tx, NotificationType::Section, &section.to_string())? > 0;
    let is_moving = queue::of_record(tx, None, section.uuid())?
        .iter()
        .any(|item| matches!(item.state, ItemState::Waiting | ItemState::Sending));
    Ok(is_known && !is_moving && map::classes::enrolment_there(tx, &sat)?.is_some())
}

/// PASI took a section or a place as it stands now: what it refused of the
/// same before is settled.
pub(crate) fn settled(tx: &mut Tx, taken: &Item) -> Outcome<()> {
    if ![SECTION, SEAT].contains(&taken.record_kind.as_str()) {
        return Ok(());
    }
    for mut item in queue::of_record(tx, taken.student_id, taken.ref_id()?)? {
        if item.state == ItemState::Rejected && item.id < taken.id {
            item.state = ItemState::Dropped;
            queue::set(tx, &item)?;
        }
    }
    Ok(())
}

/// By whom, when and how what follows a change is queued.
#[derive(Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) actor: &'a Actor,
    pub(crate) made_at: Instant,
    pub(crate) policies: &'a [Policy],
}

impl By<'_> {
    fn state(&self, tx: &mut Tx, kind: &str, record: Uuid) -> Outcome<ItemState> {
        let policy = self.policies.iter().find(|policy| policy.record_kind == kind);
        match policy.map_or(Sends::ByItself, |policy| policy.sends) {
            Sends::ByItself => years::turn(tx, kind, record),
            Sends::AfterApproval => Ok(ItemState::Approval),
        }
    }
}

/// Does the section go, or has PASI a copy that must?
pub(crate) fn section_goes(tx: &mut Tx, id: SectionId) -> Outcome<bool> {
    let view = match courses::section(tx, &map::program(tx)?, id) {
        Ok(view) => view,
        Err(Failure::NotFound) => return Ok(false),
        Err(failure) => return Err(failure),
    };
    Ok(travels::of_section(&view.courses).is_none()
        || mirror::version(tx, NotificationType::Section, &id.to_string())? > 0)
}

/// Does the place go, or has PASI a copy that must?
pub(crate) fn seat_goes(tx: &mut Tx, id: CourseEnrolmentId) -> Outcome<bool> {
    let known = mirror::version(tx, NotificationType::CourseEnrolment, &id.to_string())? > 0;
    let sat = map::classes::one(tx, id)?;
    let stays = |sat: &Sat| travels::of_seat(&sat.seat, &sat.courses, &sat.claim).is_some();
    Ok(known || sat.is_some_and(|sat| !stays(&sat)))
}

/// Before a place goes, its section does: one that PASI has not and that
/// nothing of is on its way is queued, with everybody in it.
pub(crate) fn section_first(tx: &mut Tx, by: By<'_>, section: SectionId) -> Outcome<()> {
    let is_known = mirror::version(tx, NotificationType::Section, &section.to_string())? > 0;
    if is_known || !queue::of_record(tx, None, section.uuid())?.is_empty() {
        return Ok(());
    }
    queue_section(tx, by, section, 0)?;
    students_follow(tx, by, section, Whom::All)
}

/// [`queue_section`], unless it was queued for the same version already, by
/// who had it sent, and has not gone.
pub(crate) fn queue_once(
    tx: &mut Tx,
    by: By<'_>,
    id: SectionId,
    (seen_version, version): (i64, i64),
) -> Outcome<()> {
    for item in queue::of_record(tx, None, id.uuid())? {
        let is_it = item.seen_version == seen_version && item.body()?.version == version;
        if is_it && item.record_kind == SECTION && item.state == ItemState::Waiting && item.attempts == 0 {
            return Ok(());
        }
    }
    queue_section(tx, by, id, seen_version)
}

/// Queues a section as it stands.
pub(crate) fn queue_section(tx: &mut Tx, by: By<'_>, id: SectionId, seen_version: i64) -> Outcome<()> {
    let section = courses::section(tx, &map::program(tx)?, id)?.section;
    let state = by.state(tx, SECTION, id.uuid())?;
    let new = NewItem {
        operation: Operation::SubmitSection,
        student: None,
        school: Some(section.school),
        record_kind: SECTION,
        record: id.uuid(),
        body: Body {
            version: section.version,
            ..Body::default()
        },
        seen_version,
        state,
        made_at: by.made_at,
    };
    queue::add(tx, by.actor, &new).map(|_| ())
}

/// Who follows a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whom {
    /// Whose place PASI has: the others are announced by themselves.
    Known,
    /// Everybody: the section was there before anything was announced.
    All,
}

/// Queues who is in a section and whose place PASI has not, or has otherwise
/// than the section now says, and of whom nothing is on its way.
pub(crate) fn students_follow(tx: &mut Tx, by: By<'_>, section: SectionId, whom: Whom) -> Outcome<()> {
    let permit = map::program(tx)?;
    let all = courses::sat(tx, &permit, Of::Section(section))?;
    let keys: Vec<String> = all.iter().map(|sat| sat.seat.id.to_string()).collect();
    let held: Vec<wire::CourseEnrolment> =
        mirror::mirrored_among(tx, NotificationType::CourseEnrolment, &keys)?;
    for sat in all {
        let theirs = held.iter().find(|theirs| theirs.ref_id == sat.seat.id.uuid());
        if !is_news(&sat, theirs) || (theirs.is_none() && whom == Whom::Known) {
            continue;
        }
        let on_its_way = queue::of_record(tx, Some(sat.seat.student), sat.seat.id.uuid())?;
        if on_its_way.iter().all(|item| !IN_FLIGHT.contains(&item.state)) {
            queue_seat(tx, by, &sat, theirs.map_or(0, |theirs| theirs.pasi_core_version))?;
        }
    }
    Ok(())
}

/// Is a place otherwise than PASI has it?
fn is_news(sat: &Sat, theirs: Option<&wire::CourseEnrolment>) -> bool {
    let Some(theirs) = theirs else {
        let is_live = sat.seat.state == courses::SeatState::Enrolled;
        return is_live && travels::of_seat(&sat.seat, &sat.courses, &sat.claim).is_none();
    };
    let of = map::classes::Seated {
        asn: theirs.asn,
        enrolment: theirs.student_school_enrolment_ref_id,
    };
    match map::classes::course_enrolment(sat, of, Some(theirs), theirs.pasi_core_version) {
        Some(ours) => ours != *theirs && !(ours.is_deleted && theirs.is_deleted),
        None => !theirs.is_deleted,
    }
}

/// Queues a place as it stands.
pub(crate) fn queue_place(tx: &mut Tx, by: By<'_>, id: CourseEnrolmentId, seen_version: i64) -> Outcome<()> {
    let Some(sat) = map::classes::one(tx, id)? else {
        return Ok(());
    };
    let version = sat.seat.known.version;
    for item in queue::of_record(tx, Some(sat.seat.student), id.uuid())? {
        // It went along with its section, and was not sent yet.
        let is_it = item.seen_version == seen_version && item.body()?.version == version;
        if is_it && item.attempts == 0 && IN_FLIGHT.contains(&item.state) {
            return Ok(());
        }
    }
    queue_seat(tx, by, &sat, seen_version)
}

fn queue_seat(tx: &mut Tx, by: By<'_>, sat: &Sat, seen_version: i64) -> Outcome<()> {
    let state = by.state(tx, SEAT, sat.seat.id.uuid())?;
    let new = NewItem {
        operation: Operation::SubmitCourseEnrolment,
        student: Some(sat.seat.student),
        school: Some(sat.section.school),
        record_kind: SEAT,
        record: sat.seat.id.uuid(),
        body: Body {
            version: sat.seat.known.version,
            ..Body::default()
        },
        seen_version,
        state,
        made_at: by.made_at,
    };
    queue::add(tx, by.actor, &new)?;
    map::refresh_card(tx, sat.seat.student)
}
