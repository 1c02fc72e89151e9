//! Where a section of ours and PASI's copy of it differ, and which side stands.
//! A section travels whole, and so is decided: all of its fields at once.

use super::{By, SECTION, Whom, queue_section, students_follow};
use crate::decide::Choice;
use crate::mirror::{self, Mirrored};
use crate::queue::{self, IN_FLIGHT, ItemState};
use crate::{map, policy, travels};
use access::Permit;
use access::action::{DecidePasi, ManageSections, ViewSections};
use courses::{Offering, SectionDetails, SectionView};
use db::{Reading, Subject, Tx};
use kernel::{CourseId, Failure, Finding, Outcome, SectionId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

/// A field of a section in which the two sides differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionDifference {
    /// The field: `number`, `courses`, `term`, `first-day`, `last-day`, `credits`, `delivery-schedule`,
    /// `delivery-method`, `language`, `minutes` or `deleted`.
    pub field: &'static str,
    /// What we have, as it travels; empty for nothing.
    pub ours: String,
    /// What PASI has.
    pub theirs: String,
    /// PASI's version that says so.
    pub core_version: i64,
}

/// What PASI says otherwise of a section; nothing while PASI has none, or
/// something of ours is on its way. Not found outside the permit.
pub fn section_differences(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    id: SectionId,
) -> Outcome<Vec<SectionDifference>> {
    let view = courses::section(at, permit, id)?;
    let items = queue::of_record(at, None, id.uuid())?;
    if items.iter().any(|item| IN_FLIGHT.contains(&item.state)) {
        return Ok(Vec::new());
    }
    let Some(held) = map::classes::held_section(at, id)? else {
        return Ok(Vec::new());
    };
    let offering = courses::offering(at, permit, id)?;
    Ok(differing(&view, &offering, &held))
}

fn differing(
    view: &SectionView,
    offering: &Offering,
    held: &Mirrored<wire::Section>,
) -> Vec<SectionDifference> {
    let place = (held.record.school_code, held.version);
    let ours = map::classes::section(&view.section, offering, &view.courses, place);
    let one = |(field, ours, theirs): (&'static str, String, String)| SectionDifference {
        field,
        ours,
        theirs,
        core_version: held.version,
    };
    let word = |is_there: bool| if is_there { "no" } else { "yes" }.to_owned();
    match (ours, held.record.is_deleted) {
        (None, true) => Vec::new(),
        (Some(ours), false) => {
            let pairs = fields(&ours).into_iter().zip(fields(&held.record));
            pairs
                .map(|((field, ours), (_, theirs))| (field, ours, theirs))
                .filter(|(_, ours, theirs)| ours != theirs)
                .map(one)
                .collect()
        }
        (ours, is_deleted) => vec![one(("deleted", word(ours.is_some()), word(!is_deleted)))],
    }
}

fn fields(one: &wire::Section) -> Vec<(&'static str, String)> {
    let mut codes: Vec<String> = one.course_codes.iter().map(ToString::to_string).collect();
    codes.sort();
    let minutes = one
        .instructional_minutes_offered
        .map(|minutes| minutes.to_string());
    vec![
        ("number", one.local_section_id.clone().unwrap_or_default()),
        ("courses", codes.join(", ")),
        ("term", one.section_term.clone()),
        ("first-day", one.start_date.to_string()),
        ("last-day", one.end_date.to_string()),
        ("credits", one.credits_offered.to_string()),
        ("delivery-schedule", one.delivery_schedule.clone()),
        ("delivery-method", one.primary_delivery_method.clone()),
        ("language", one.instructional_language.clone()),
        ("minutes", minutes.unwrap_or_default()),
    ]
}

/// A decision about a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionDecision {
    /// PASI's version that was on screen.
    pub seen_version: i64,
    /// Our version that was on screen, of the section and of how it is offered.
    pub seen_ours: (i64, i64),
    /// Which side stands.
    pub choice: Choice,
}

/// Decides which side of a section stands. A decision made on an older version
/// of either side is a conflict; one about what differs no more is passed over.
///
/// Refused: PASI's side of a section that PASI took out (`LP-0614`), or that
/// names a course our catalogue has not (`LP-0615`); and by the rules of
/// sections. Writes: the section where PASI's side was chosen, items of the
/// queue where ours was, audit.
pub fn decide_section(
    tx: &mut Tx,
    permits: (&Permit<DecidePasi>, &Permit<ManageSections>),
    id: SectionId,
    decision: SectionDecision,
) -> Outcome<()> {
    let (view, held) = covered(tx, permits, id)?;
    let held = held.ok_or(Failure::NotFound)?;
    let offering = courses::offering(tx, &map::program(tx)?, id)?;
    let now = (view.section.version, offering.version);
    if decision.seen_version != held.version || decision.seen_ours != now {
        return Err(Failure::stale("pasi_mirror", decision.seen_version, held.version));
    }
    let open = differing(&view, &offering, &held);
    if open.is_empty() {
        return Ok(());
    }
    for mut item in queue::of_record(tx, None, id.uuid())? {
        let is_undecided = matches!(item.state, ItemState::Rejected | ItemState::Conflict);
        if item.record_kind == SECTION && is_undecided {
            item.state = ItemState::Dropped;
            queue::set(tx, &item)?;
        }
    }
    let (actor, made_at, policies) = (tx.actor().clone(), tx.now(), policy::policies(tx)?);
    let by = By {
        actor: &actor,
        made_at,
        policies: &policies,
    };
    match decision.choice {
        Choice::Ours => queue_section(tx, by, id, held.version)?,
        Choice::Theirs => follow(tx, permits.1, &view, offering, &held.record)?,
    }
    // Credits that are those of the section are its students' too.
    students_follow(tx, by, id, Whom::Known)?;
    for one in open {
        let detail = serde_json::json!({ "field": one.field, "stands": decision.choice.as_str(), "ours": one.ours, "theirs": one.theirs });
        tx.record("pasi.decide", Subject::new("section", id), &detail);
    }
    Ok(())
}

type Both = (SectionView, Option<Mirrored<wire::Section>>);

fn covered(
    tx: &mut Tx,
    (decide, manage): (&Permit<DecidePasi>, &Permit<ManageSections>),
    id: SectionId,
) -> Outcome<Both> {
    let view = courses::section(tx, &map::program(tx)?, id)?;
    let school = view.section.school;
    if !decide.covers_school(school) || !manage.covers_school(school) {
        return Err(Failure::NotFound);
    }
    Ok((view, map::classes::held_section(tx, id)?))
}

/// PASI's section becomes ours.
fn follow(
    tx: &mut Tx,
    manage: &Permit<ManageSections>,
    view: &SectionView,
    offering: Offering,
    theirs: &wire::Section,
) -> Outcome<()> {
    if theirs.is_deleted {
        return Err(Failure::refuse("LP-0614", ""));
    }
    let ours = &view.section;
    let mut courses: Vec<CourseId> = Vec::new();
    for code in &theirs.course_codes {
        let known = courses::course_by_code(tx, code.as_str())?;
        let known = known.ok_or_else(|| {
            Failure::Invalid(Finding::refuse("LP-0615", "courses").with("course", code).into())
        })?;
        courses.push(known.id);
    }
    // What sits together with them and is none of PASI's stays.
    let own = view
        .courses
        .iter()
        .filter(|course| travels::code(course).is_none());
    courses.extend(own.map(|course| course.id));
    let mut details = SectionDetails::of(ours);
    details.courses = courses;
    details.first_day = theirs.start_date;
    details.last_day = theirs.end_date;
    if let Some(number) = &theirs.local_section_id {
        details.number.clone_from(number);
    }
    let mut said = Offering {
        delivery_schedule: theirs.delivery_schedule.clone(),
        delivery_method: theirs.primary_delivery_method.clone(),
        language: theirs.instructional_language.clone(),
        minutes: theirs.instructional_minutes_offered.map(i32::from),
        ..offering
    };
    let named: Vec<courses::Course> = courses::courses(tx, &map::program(tx)?)?
        .into_iter()
        .filter(|course| details.courses.contains(&course.id))
        .collect();
    let moved = courses::Section {
        first_day: details.first_day,
        last_day: details.last_day,
        ..ours.clone()
    };
    if travels::term(&moved, &said) != theirs.section_term {
        said.term.clone_from(&theirs.section_term);
    }
    if travels::credits(&named, &said) != theirs.credits_offered {
        said.credits = Some(i32::from(theirs.credits_offered));
    }
    courses::follow_section(tx, manage, (ours.id, ours.version), details, said).map(|_| ())
}

/// Queues a section that PASI has not, with everybody in it whose place PASI
/// has not; nothing for one that stays here or is on its way. `NotFound`
/// outside the permits. Writes: items of the queue, audit.
pub fn tell_section(
    tx: &mut Tx,
    permits: (&Permit<DecidePasi>, &Permit<ManageSections>),
    id: SectionId,
) -> Outcome<()> {
    let (view, _) = covered(tx, permits, id)?;
    if travels::of_section(&view.courses).is_some() {
        return Ok(());
    }
    let (actor, made_at, policies) = (tx.actor().clone(), tx.now(), policy::policies(tx)?);
    let by = By {
        actor: &actor,
        made_at,
        policies: &policies,
    };
    let is_known = mirror::version(tx, NotificationType::Section, &id.to_string())? > 0;
    if !is_known && queue::of_record(tx, None, id.uuid())?.is_empty() {
        queue_section(tx, by, id, 0)?;
    }
    students_follow(tx, by, id, Whom::All)?;
    tx.record("pasi.tell", Subject::new("section", id), &());
    Ok(())
}
