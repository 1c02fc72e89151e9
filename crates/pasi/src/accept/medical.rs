//! What PASI says of a medical alert becomes ours.

use super::{copy_of, on};
use crate::map;
use access::action::{EditMedical, ViewMedical};
use db::{Reading, Tx};
use kernel::{Failure, MedicalAlertId, Outcome, StudentId};
use people::On;

/// A medical alert, whole. One that PASI does not have any more ends today and
/// stays on record.
pub(super) fn alert(tx: &mut Tx, student: StudentId, key: &str) -> Outcome<()> {
    let id = MedicalAlertId::from_uuid(key.parse().map_err(|_| Failure::NotFound)?);
    let (theirs, today) = (copy_of(tx, student)?, tx.today());
    let (edit, view) = (map::program::<EditMedical>(tx)?, map::program::<ViewMedical>(tx)?);
    let there = theirs
        .medical_alerts
        .iter()
        .find(|there| there.ref_id == id.uuid() && !there.is_deleted);
    let ours = people::medical_alerts(tx, &view, student, None)?;
    let kept = ours.iter().find(|kept| kept.id == id);
    let at: On<MedicalAlertId> = on(student, id, kept.map_or(0, |kept| kept.version));
    match (there, kept) {
        (Some(there), kept) => {
            let value = map::medical_theirs(there, kept.map(|kept| &kept.value), today);
            people::set_medical_alert(tx, &edit, &at, &value, &people::rules::OursAlone).map(|_| ())
        }
        (None, Some(kept)) => {
            let last_day = kept.value.effective_on.max(today);
            people::end_medical_alert(tx, &edit, &at, last_day, &people::rules::OursAlone).map(|_| ())
        }
        (None, None) => Ok(()),
    }
}
