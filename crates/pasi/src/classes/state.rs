//! How a section, and each place in it, stands with PASI.

use super::SEAT;
use crate::alerts;
use crate::queue::{self, Item, ItemState, RuleSaid};
use crate::{map, mirror, travels};
use access::Permit;
use access::action::ViewSections;
use courses::Of;
use db::Reading;
use db::schema::{pasi_difference, pasi_item};
use diesel::prelude::*;
use kernel::{CourseEnrolmentId, Finding, Outcome, SectionId, StudentId};
use pasi_wire::window::NotificationType;
use std::collections::HashMap;
use uuid::Uuid;

kernel::text_enum! {
    /// How a record stands with PASI; the gravest applies.
    pub enum Stands {
        /// PASI refused it; a person decides.
        Refused = "refused",
        /// Ours and PASI's differ; a person decides.
        Differs = "differs",
        /// Stored at PASI, but wrong, or to be confirmed.
        Alerted = "alerted",
        /// On its way, or waiting for approval.
        Waits = "waits",
        /// PASI has it as we do.
        There = "there",
        /// It could go, and nobody has sent it.
        NotThere = "not-there",
        /// It stays here; the finding says why.
        Stays = "stays",
    }
}

/// How a record stands with PASI, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The word.
    pub stands: Stands,
    /// What PASI said of it, with its numbers: refusals and alerts.
    pub rules: Vec<RuleSaid>,
    /// Why it stays here.
    pub stays: Option<Finding>,
    /// What of it is on its way or waits for a person, oldest first.
    pub items: Vec<Item>,
}

fn standing(items: Vec<Item>, is_there: bool, differs: bool, stays: Option<Finding>) -> Standing {
    let any = |wanted: &dyn Fn(&Item) -> bool| items.iter().any(wanted);
    let stands = if any(&|item| item.state == ItemState::Rejected) {
        Stands::Refused
    } else if differs || any(&|item| item.state == ItemState::Conflict) {
        Stands::Differs
    } else if any(&|item| item.state.is_open()) {
        Stands::Waits
    } else if any(&|item| item.state == ItemState::Alert) {
        Stands::Alerted
    } else if is_there {
        Stands::There
    } else if stays.is_some() {
        Stands::Stays
    } else {
        Stands::NotThere
    };
    let said = items.iter().filter(|item| !item.state.is_open());
    Standing {
        stands,
        rules: said.flat_map(|item| item.answer().rules).collect(),
        stays,
        items,
    }
}

/// How a section stands with PASI; not found outside the permit.
pub fn section_stands(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    id: SectionId,
) -> Outcome<Standing> {
    let view = courses::section(at, permit, id)?;
    let items = queue::of_record(at, None, id.uuid())?;
    let differs = !super::section_differences(at, permit, id)?.is_empty();
    let held = map::classes::held_section(at, id)?;
    let is_there = held.is_some_and(|held| !held.record.is_deleted);
    Ok(standing(
        items,
        is_there,
        differs,
        travels::of_section(&view.courses),
    ))
}

/// How places in sections stand with PASI: those of a section, of a student, or
/// one. Places outside the permit are left out.
pub fn seats_stand(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    of: Of,
) -> Outcome<HashMap<CourseEnrolmentId, Standing>> {
    let all = courses::sat(at, permit, of)?;
    if all.iter().all(|sat| travels::of_section(&sat.courses).is_some()) {
        return Ok(HashMap::new());
    }
    let keys: Vec<String> = all.iter().map(|sat| sat.seat.id.to_string()).collect();
    let mut students: Vec<StudentId> = all.iter().map(|sat| sat.seat.student).collect();
    students.sort();
    students.dedup();
    let there: HashMap<String, i64> = mirror::versions_among(at, NotificationType::CourseEnrolment, &keys)?
        .into_iter()
        .collect();
    let differ = differing(at, &students)?;
    let mut items = items_of(at, &students)?;
    let each = all.into_iter().map(|sat| {
        let (id, key) = (sat.seat.id, sat.seat.id.to_string());
        let own = items.remove(&id.uuid()).unwrap_or_default();
        let stays = travels::of_seat(&sat.seat, &sat.courses, &sat.claim);
        let is_there = there.get(&key).is_some_and(|version| *version > 0);
        (id, standing(own, is_there, differ.contains(&key), stays))
    });
    Ok(each.collect())
}

/// Keys of course enrolments of these students that differ.
fn differing(at: &mut impl Reading, students: &[StudentId]) -> Outcome<Vec<String>> {
    let division = at.division();
    Ok(pasi_difference::table
        .filter(
            pasi_difference::division_id
                .eq(division)
                .and(pasi_difference::student_id.eq_any(students)),
        )
        .filter(pasi_difference::record_kind.eq(SEAT))
        .select(pasi_difference::record_key)
        .load(at.conn())?)
}

/// Items of course enrolments of these students that are not done, by record.
fn items_of(at: &mut impl Reading, students: &[StudentId]) -> Outcome<HashMap<Uuid, Vec<Item>>> {
    let division = at.division();
    let items: Vec<Item> = pasi_item::table
        .filter(
            pasi_item::division_id
                .eq(division)
                .and(pasi_item::student_id.eq_any(students)),
        )
        .filter(pasi_item::record_kind.eq_any([SEAT, alerts::OF_COURSE_ENROLMENT]))
        .filter(
            pasi_item::state
                .ne(ItemState::Done)
                .and(pasi_item::state.ne(ItemState::Dropped)),
        )
        .order(pasi_item::id)
        .select(Item::as_select())
        .load(at.conn())?;
    let mut by_record: HashMap<Uuid, Vec<Item>> = HashMap::new();
    for item in items {
        by_record.entry(item.ref_id()?).or_default().push(item);
    }
    Ok(by_record)
}
