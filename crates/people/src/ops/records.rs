//! Addresses, phones, e-mails, citizenships.

use crate::model::{Address, Citizenship, Email, On, Phone};
use crate::ops::save::{Saved, covered, current, put, remove, write};
use crate::rules::{self, Judge};
use crate::store::kept::Kept;
use crate::store::read::{self, When};
use crate::store::rows::{AddressRow, CitizenshipRow, EmailRow, PhoneRow};
use access::{Permit, action::EditStudents};
use db::{Reading, Tx};
use kernel::{AddressId, CitizenshipId, EmailId, Outcome, PhoneId};

/// Adds an address, or changes one as seen at a version.
///
/// Refused with findings; a conflict when another save came first. The address
/// before it ends by itself the day before. Announces `student.address`.
pub fn set_address(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<AddressId>,
    address: &Address,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let address = rules::tidy_address(address);
    let mut findings = rules::address(&address);
    let others = read::rows::<AddressRow>(tx, on.student, When::Now)?;
    let others: Vec<Address> = others
        .iter()
        .filter(|row| row.id != on.id)
        .map(|row| row.value(tx.sealer()))
        .collect::<Outcome<_>>()?;
    let until = rules::address_until(&address, &others);
    findings.extend(province.address(&address, until, tx.today()).0);
    findings.extend(rules::overlapping(&address, &others));
    put::<AddressRow>(tx, on, &address, findings)
}

/// Removes an address. Announces `student.address`.
pub fn remove_address(tx: &mut Tx, permit: &Permit<EditStudents>, on: &On<AddressId>) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    remove::<AddressRow>(tx, on)
}

/// Adds or changes a phone; a preferred one clears the others.
/// Announces `student.phone` for each changed record.
pub fn set_phone(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<PhoneId>,
    phone: &Phone,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let phone = rules::tidy_student_phone(phone);
    let mut findings = rules::phone(&phone);
    findings.extend(province.phone(&phone).0);
    let findings = findings.or_refuse()?;
    if phone.is_preferred {
        unprefer(tx, on)?;
    }
    put::<PhoneRow>(tx, on, &phone, findings)
}

fn unprefer(tx: &mut Tx, on: &On<PhoneId>) -> Outcome<()> {
    let rows: Vec<PhoneRow> = read::rows(tx, on.student, When::Now)?;
    for row in rows.iter().filter(|row| row.is_preferred && row.id != on.id) {
        let this = On {
            id: row.id,
            seen: row.version,
            ..on.clone()
        };
        write(
            tx,
            &this,
            Some(row),
            PhoneRow {
                is_preferred: false,
                ..row.clone()
            },
        )?;
    }
    Ok(())
}

/// Removes a phone. Announces `student.phone`.
pub fn remove_phone(tx: &mut Tx, permit: &Permit<EditStudents>, on: &On<PhoneId>) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    remove::<PhoneRow>(tx, on)
}

/// Adds or changes an e-mail. Announces `student.email`.
pub fn set_email(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<EmailId>,
    email: &Email,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let email = rules::tidy_email(email);
    let mut findings = rules::email_kind(&email);
    findings.extend(province.email(&email).0);
    put::<EmailRow>(tx, on, &email, findings)
}

/// Removes an e-mail. Announces `student.email`.
pub fn remove_email(tx: &mut Tx, permit: &Permit<EditStudents>, on: &On<EmailId>) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    remove::<EmailRow>(tx, on)
}

/// Adds or changes a citizenship. Announces `student.citizenship`.
pub fn set_citizenship(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<CitizenshipId>,
    citizenship: &Citizenship,
    province: &dyn Judge,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    let mut findings = rules::citizenship(citizenship);
    findings.extend(province.citizenship(citizenship).0);
    put::<CitizenshipRow>(tx, on, citizenship, findings)
}

/// Removes a citizenship. Announces `student.citizenship`.
pub fn remove_citizenship(
    tx: &mut Tx,
    permit: &Permit<EditStudents>,
    on: &On<CitizenshipId>,
) -> Outcome<Saved> {
    covered(tx, permit, on.student)?;
    remove::<CitizenshipRow>(tx, on)
}

/// The row a save is about, for callers that end it.
pub(crate) fn ending<R: Kept>(tx: &mut Tx, on: &On<R::Id>) -> Outcome<R> {
    current(tx, on)?.ok_or(kernel::Failure::NotFound)
}
