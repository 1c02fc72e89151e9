//! What is sealed: disclosure restrictions and medical alerts.

use crate::model::{MedicalAlert, On, Restriction};
use crate::ops::records::ending;
use crate::ops::save::{Saved, covered, put, remove};
use crate::rules::{self, Judge};
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
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let mut findings = rules::restriction(restriction);
    findings.extend(province.restriction(restriction).0);
    put::<RestrictionRow>(tx, on, restriction, findings)
}

/// Ends a restriction on a day, that day included. Announces `student.restriction`.
pub fn end_restriction(
    tx: &mut Tx,
    permit: &Permit<EditCustody>,
    on: &On<RestrictionId>,
    last_day: Date,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let row: RestrictionRow = ending(tx, on)?;
    let value = Restriction {
        expires_on: Some(last_day),
        ..row.value(tx.sealer())?
    };
    let mut findings = rules::restriction(&value);
    findings.extend(province.restriction(&value).0);
    put::<RestrictionRow>(tx, on, &value, findings)
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
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let mut findings = rules::medical_alert(alert);
    findings.extend(province.medical_alert(alert).0);
    put::<MedicalRow>(tx, on, alert, findings)
}

/// Ends a medical alert on a day, that day included. Announces `student.medical`.
pub fn end_medical_alert(
    tx: &mut Tx,
    permit: &Permit<EditMedical>,
    on: &On<MedicalAlertId>,
    last_day: Date,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let row: MedicalRow = ending(tx, on)?;
    let value = MedicalAlert {
        expires_on: Some(last_day),
        ..row.value(tx.sealer())?
    };
    let mut findings = rules::medical_alert(&value);
    findings.extend(province.medical_alert(&value).0);
    put::<MedicalRow>(tx, on, &value, findings)
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
