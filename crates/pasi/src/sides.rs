//! A queue item with both sides of its record, for the person who decides.

use crate::difference::kind_of_field;
use crate::map;
use crate::mirror::{self, Mirrored};
use crate::queue::Item;
use access::Permit;
use access::action::ViewPasi;
use db::Reading;
use kernel::{Failure, Outcome};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;

/// One field of a record, whether it differs or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The field, such as `exit-date`.
    pub field: &'static str,
    /// What we have, as shown; empty for nothing.
    pub ours: String,
    /// What PASI had when we last read it, as shown; empty for nothing.
    pub theirs: String,
    /// Do the two sides mean the same?
    pub is_same: bool,
}

/// Both sides of the record an item is about; nothing when PASI's copy was
/// never read or when the kind of record is not compared field by field.
/// `NotFound` when the student is outside the permit.
pub fn sides(at: &mut impl Reading, permit: &Permit<ViewPasi>, item: &Item) -> Outcome<Vec<Side>> {
    if !permit.covers(at, item.student_id)? {
        return Err(Failure::NotFound);
    }
    let compared = match item.record_kind.as_str() {
        "enrolment" => of_enrolment(at, item)?,
        _ => of_person(at, item)?,
    };
    let side = |(field, ours, theirs): (&'static str, String, String)| {
        let is_same = map::is_same(field, &ours, &theirs);
        Side {
            field,
            ours,
            theirs,
            is_same,
        }
    };
    Ok(compared.into_iter().map(side).collect())
}

fn of_person(at: &mut impl Reading, item: &Item) -> Outcome<Vec<(&'static str, String, String)>> {
    let Some(asn) = map::asn_of(at, item.student_id)? else {
        return Ok(Vec::new());
    };
    let Some(theirs) = mirror::mirrored::<wire::Student>(at, NotificationType::Student, asn.as_str())? else {
        return Ok(Vec::new());
    };
    let ours = map::load(at, item.student_id)?;
    let mut compared = map::student_fields(&ours, &theirs.record, at.today());
    compared
        .retain(|(field, _, _)| item.record_kind == "student" || kind_of_field(field) == item.record_kind);
    Ok(compared)
}

fn of_enrolment(at: &mut impl Reading, item: &Item) -> Outcome<Vec<(&'static str, String, String)>> {
    let theirs: Vec<(String, Mirrored<wire::StudentSchoolEnrolment>)> =
        mirror::mirrored_of(at, NotificationType::StudentSchoolEnrolment, item.student_id)?;
    let key = item.ref_id()?.to_string();
    match theirs.into_iter().find(|(known, _)| *known == key) {
        Some((_, there)) => map::enrolment_fields(at, &there.record),
        None => Ok(Vec::new()),
    }
}
