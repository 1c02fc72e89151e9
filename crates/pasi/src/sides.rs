//! A queue item with both sides of its record, for the person who decides.

use crate::difference::{self, travels_with};
use crate::map::Compared;
use crate::queue::Item;
use crate::sealed::MEDICAL;
use access::Permit;
use access::action::{ViewMedical, ViewPasi};
use db::Reading;
use kernel::{Failure, Outcome};

/// One field of a record, whether it differs or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The field, such as `exit-date`.
    pub field: &'static str,
    /// Which of several such records, in words; may be empty.
    pub about: String,
    /// What we have, as shown; empty for nothing.
    pub ours: String,
    /// What PASI had when we last read it, as shown; empty for nothing.
    pub theirs: String,
    /// Do the two sides mean the same?
    pub is_same: bool,
}

/// Both sides of the record an item is about; nothing when PASI's copy was
/// never read or when the kind of record is not compared field by field. What
/// is sealed is among them with a medical permit alone; the caller notes the reading.
/// `NotFound` when the student is outside the permit.
pub fn sides(
    at: &mut impl Reading,
    permit: &Permit<ViewPasi>,
    medical: Option<&Permit<ViewMedical>>,
    item: &Item,
) -> Outcome<Vec<Side>> {
    if !permit.covers(at, item.student()?)? {
        return Err(Failure::NotFound);
    }
    let may_read = match medical {
        Some(medical) => medical.covers(at, item.student()?)?,
        None => false,
    };
    let key = item.ref_id()?.to_string();
    let all = difference::compared(at, item.student()?)?;
    let is_meant = |compared: &Compared| match (item.record_kind.as_str(), compared.kind) {
        (_, MEDICAL) if !may_read => false,
        ("student", kind) => !matches!(
            kind,
            "enrolment" | "responsible-school" | "course-enrolment" | MEDICAL
        ),
        (kind, "student") => travels_with("student", compared.field) == kind,
        (kind, of) => kind == of && compared.key == key,
    };
    let side = |(compared, _): (Compared, i64)| Side {
        is_same: compared.is_same(),
        field: compared.field,
        about: compared.about,
        ours: compared.ours,
        theirs: compared.theirs,
    };
    Ok(all
        .into_iter()
        .filter(|(compared, _)| is_meant(compared))
        .map(side)
        .collect())
}
