//! What is sealed: disclosure restrictions and medical alerts.

use crate::model::{MedicalAlert, On, Restriction};
use crate::ops::records::ending;
use crate::ops::save::{Saved, covered, put, remove};
use crate::rules;
use crate::store::kept::Kept;
use crate::store::rows_sealed::{MedicalRow, RestrictionRow};
use access::Permit;
use access::action::{EditCustody, EditMedical};
use db::{Reading, Tx};
use kernel::{Date, MedicalAlertId, Outcome, RestrictionId};

/// Adds or changes a disclosure restriction. The notice is sealed; audit and
/// history say only that it changed. Announces `student.restriction`.
pub fn set_restriction(
    tx: &mut Tx,
    permit: &Permit<EditCustody>,
    on: &On<RestrictionId>,
    restriction: &Restriction,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    put::<RestrictionRow>(tx, on, restriction, rules::restriction(restriction))
}

/// Ends a restriction on a day, that day included. Announces `student.restriction`.
pub fn end_restriction(
    tx: &mut Tx,
    permit: &Permit<EditCustody>,
    on: &On<RestrictionId>,
    last_day: Date,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let row: RestrictionRow = ending(tx, on)?;
    let value = Restriction {
        expires_on: Some(last_day),
        ..row.value(tx.sealer())?
    };
    put::<RestrictionRow>(tx, on, &value, rules::restriction(&value))
}

/// Removes a restriction that was made in error. Announces `student.restriction`.
pub fn remove_restriction(
    tx: &mut Tx,
    permit: &Permit<EditCustody>,
    on: &On<RestrictionId>,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    remove::<RestrictionRow>(tx, on)
}

/// Adds or changes a medical alert. Both texts are sealed. Announces `student.medical`.
pub fn set_medical_alert(
    tx: &mut Tx,
    permit: &Permit<EditMedical>,
    on: &On<MedicalAlertId>,
    alert: &MedicalAlert,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    put::<MedicalRow>(tx, on, alert, rules::medical_alert(alert))
}

/// Ends a medical alert on a day, that day included. Announces `student.medical`.
pub fn end_medical_alert(
    tx: &mut Tx,
    permit: &Permit<EditMedical>,
    on: &On<MedicalAlertId>,
    last_day: Date,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let row: MedicalRow = ending(tx, on)?;
    let value = MedicalAlert {
        expires_on: Some(last_day),
        ..row.value(tx.sealer())?
    };
    put::<MedicalRow>(tx, on, &value, rules::medical_alert(&value))
}

/// Removes a medical alert that was made in error. Announces `student.medical`.
pub fn remove_medical_alert(
    tx: &mut Tx,
    permit: &Permit<EditMedical>,
    on: &On<MedicalAlertId>,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    remove::<MedicalRow>(tx, on)
}
