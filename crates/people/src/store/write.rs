//! New students in bulk: one insert a table, for one student and for eight thousand.

use super::kept::Kept;
use super::rows::{AddressRow, CitizenshipRow, EmailRow, NameRow, PersonRow, PhoneRow};
use super::rows_sealed::{ContactRow, DetailRow, MedicalRow, RestrictionRow, sealed};
use crate::model::{NewStudent, PersonOf};
use db::schema::{
    contact, disclosure_restriction, medical_alert, person, person_detail, setting, student, student_address,
    student_citizenship, student_detail, student_email, student_name, student_phone,
};
use db::{FieldClass, Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, Outcome, PersonId, StudentId};

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = student)]
struct Anchor {
    division_id: DivisionId,
    id: StudentId,
    created_at: Instant,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = person)]
struct PersonAnchor {
    division_id: DivisionId,
    id: PersonId,
    created_at: Instant,
}

/// Rows of new students, gathered table by table.
#[derive(Default)]
pub(crate) struct Batch {
    students: Vec<Anchor>,
    details: Vec<DetailRow>,
    names: Vec<NameRow>,
    addresses: Vec<AddressRow>,
    phones: Vec<PhoneRow>,
    emails: Vec<EmailRow>,
    citizenships: Vec<CitizenshipRow>,
    restrictions: Vec<RestrictionRow>,
    medical: Vec<MedicalRow>,
    persons: Vec<PersonAnchor>,
    person_details: Vec<PersonRow>,
    contacts: Vec<ContactRow>,
}

fn first<R: Kept>(tx: &Tx, student: StudentId, id: R::Id, value: &R::Value, reason: &str) -> Outcome<R> {
    let mut row = R::build(tx, id, student, value)?;
    row.set_reason(reason);
    row.stamped(tx);
    Ok(row)
}

impl Batch {
    /// Takes in a student.
    pub(crate) fn add(&mut self, tx: &Tx, new: &NewStudent, local_number: &str) -> Outcome<()> {
        let (id, why) = (new.id, new.reason.as_str());
        self.students.push(Anchor {
            division_id: tx.division(),
            id,
            created_at: tx.now(),
        });
        let mut detail: DetailRow = first(tx, id, id, &new.identity, why)?;
        local_number.clone_into(&mut detail.local_number);
        detail.document_last4 = sealed(tx, FieldClass::Identity, &new.document_last_four)?;
        self.details.push(detail);
        for (record, value) in &new.names {
            self.names.push(first(tx, id, *record, value, why)?);
        }
        for (record, value) in &new.addresses {
            self.addresses.push(first(tx, id, *record, value, why)?);
        }
        for (record, value) in &new.phones {
            self.phones.push(first(tx, id, *record, value, why)?);
        }
        for (record, value) in &new.emails {
            self.emails.push(first(tx, id, *record, value, why)?);
        }
        for (record, value) in &new.citizenships {
            self.citizenships.push(first(tx, id, *record, value, why)?);
        }
        for (record, value) in &new.restrictions {
            self.restrictions.push(first(tx, id, *record, value, why)?);
        }
        for (record, value) in &new.medical_alerts {
            self.medical.push(first(tx, id, *record, value, why)?);
        }
        for contact in &new.contacts {
            if let PersonOf::New(person, value) = &contact.person {
                self.person(tx, *person, value, why);
            }
            let value = (contact.person.id(), contact.contact.clone());
            self.contacts.push(first(tx, id, contact.id, &value, why)?);
        }
        Ok(())
    }

    /// Takes in a person.
    pub(crate) fn person(&mut self, tx: &Tx, id: PersonId, value: &crate::model::Person, why: &str) {
        self.persons.push(PersonAnchor {
            division_id: tx.division(),
            id,
            created_at: tx.now(),
        });
        let mut row = PersonRow::build(tx, id, value);
        why.clone_into(&mut row.reason);
        row.stamp(tx, 1);
        self.person_details.push(row);
    }

    /// Writes everything. A conflict when an id, an ASN or a local number is taken.
    pub(crate) fn insert(self, tx: &mut Tx) -> Outcome<()> {
        let conn = tx.conn();
        db::insert_many!(conn, student::table, self.students)?;
        db::insert_many!(conn, student_detail::table, self.details)?;
        db::insert_many!(conn, student_name::table, self.names)?;
        db::insert_many!(conn, student_address::table, self.addresses)?;
        db::insert_many!(conn, student_phone::table, self.phones)?;
        db::insert_many!(conn, student_email::table, self.emails)?;
        db::insert_many!(conn, student_citizenship::table, self.citizenships)?;
        db::insert_many!(conn, disclosure_restriction::table, self.restrictions)?;
        db::insert_many!(conn, medical_alert::table, self.medical)?;
        db::insert_many!(conn, person::table, self.persons)?;
        db::insert_many!(conn, person_detail::table, self.person_details)?;
        db::insert_many!(conn, contact::table, self.contacts)?;
        Ok(())
    }
}

/// The setting that holds the last local number given.
const LAST_NUMBER: &str = "people.last-local-number";

/// Takes the next `many` free local numbers: six digits and rising. The setting's row is
/// held until the commit, so that two counters never get the same.
pub(crate) fn next_local_numbers(tx: &mut Tx, many: usize) -> Outcome<Vec<String>> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let key = setting::table.find((division, LAST_NUMBER));
    let held = diesel::update(key)
        .set(setting::changed_at.eq(now))
        .execute(tx.conn())?;
    if held == 0 {
        diesel::insert_into(setting::table)
            .values((
                setting::division_id.eq(division),
                setting::name.eq(LAST_NUMBER),
                setting::value.eq("100000"),
                setting::changed_at.eq(now),
                setting::changed_by.eq(by),
            ))
            .execute(tx.conn())?;
    }
    let last: String = key.select(setting::value).first(tx.conn())?;
    let mut last: u64 = last.parse().unwrap_or(100_000);
    let mut free = Vec::with_capacity(many);
    while free.len() < many {
        last += 1;
        let number = format!("{last:06}");
        if !was_local_number_given(tx, &number)? {
            free.push(number);
        }
    }
    diesel::update(key)
        .set(setting::value.eq(last.to_string()))
        .execute(tx.conn())?;
    Ok(free)
}

/// Has a student of the division this local number?
pub(crate) fn is_local_number_taken(at: &mut impl Reading, number: &str) -> Outcome<bool> {
    has_number(at, number, false)
}

/// Has a student of the division this local number, or had one it once?
fn was_local_number_given(at: &mut impl Reading, number: &str) -> Outcome<bool> {
    has_number(at, number, true)
}

fn has_number(at: &mut impl Reading, number: &str, ever: bool) -> Outcome<bool> {
    let division = at.division();
    let of_number = student_detail::table.filter(
        student_detail::division_id
            .eq(division)
            .and(student_detail::local_number.eq(number)),
    );
    let many: i64 = if ever {
        of_number.count().get_result(at.conn())?
    } else {
        let now = of_number.filter(student_detail::known_to.is_null());
        now.count().get_result(at.conn())?
    };
    Ok(many > 0)
}
