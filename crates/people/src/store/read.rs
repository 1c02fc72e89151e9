//! Reading whole students.

use super::kept::Kept;
use super::rows::PersonRow;
use super::rows_sealed::{ContactRow, DetailRow};
use super::sheet::Sheet;
use crate::model::{Record, Student, StudentContact};
use db::Reading;
use db::schema::{person_detail, student, student_detail};
use diesel::prelude::*;
use kernel::{Asn, Date, Failure, Instant, Outcome, PersonId, StudentId};
use std::collections::HashMap;

/// As known when: now, or at an instant.
#[derive(Clone, Copy)]
pub(crate) enum When {
    Now,
    Then(Instant),
}

impl When {
    /// Now, or at the moment of a day that is asked for.
    pub(crate) fn of(then: Option<(Date, Instant)>) -> Self {
        then.map_or(Self::Now, |(_, known)| Self::Then(known))
    }
}

/// The rows of one owner as known when, without removed ones.
pub(crate) fn rows<R: Kept>(at: &mut impl Reading, owner: StudentId, when: When) -> Outcome<Vec<R>> {
    let mut rows = match when {
        When::Now => R::now_of(at, owner)?,
        When::Then(instant) => R::then_of(at, owner, instant)?,
    };
    rows.retain(|row| !row.is_deleted());
    Ok(rows)
}

/// The rows as records.
pub(crate) fn records<R: Kept>(
    at: &mut impl Reading,
    owner: StudentId,
    when: When,
) -> Outcome<Vec<Record<R::Id, R::Value>>> {
    let rows = rows::<R>(at, owner, when)?;
    rows.iter()
        .map(|row| {
            Ok(Record {
                id: row.id(),
                version: row.version(),
                value: row.value(at.sealer())?,
            })
        })
        .collect()
}

/// Is there such a student?
pub(crate) fn exists(at: &mut impl Reading, id: StudentId) -> Outcome<bool> {
    let division = at.division();
    let there: Result<StudentId, diesel::result::Error> = db::ask!(
        at.conn(),
        first,
        student::table.find((division, id)).select(student::id)
    );
    Ok(there.optional()?.is_some())
}

/// Identity as known when.
pub(crate) fn detail(at: &mut impl Reading, id: StudentId, when: When) -> Outcome<DetailRow> {
    rows::<DetailRow>(at, id, when)?.pop().ok_or(Failure::NotFound)
}

/// The student with this provincial number, as known now.
pub(crate) fn by_asn(at: &mut impl Reading, asn: Asn) -> Outcome<Option<StudentId>> {
    let division = at.division();
    Ok(student_detail::table
        .filter(student_detail::division_id.eq(division))
        .filter(
            student_detail::asn
                .eq(asn)
                .and(student_detail::known_to.is_null()),
        )
        .select(student_detail::id)
        .first(at.conn())
        .optional()?)
}

/// Persons by id as known when. The ids travel with the question: no plan that
/// was made when the tables were small can join them whole.
pub(crate) fn persons(
    at: &mut impl Reading,
    ids: &[PersonId],
    when: When,
) -> Outcome<HashMap<PersonId, PersonRow>> {
    let division = at.division();
    let mut found = HashMap::new();
    for some in ids.chunks(400) {
        let asked = person_detail::table.filter(
            person_detail::division_id
                .eq(division)
                .and(person_detail::id.eq_any(some.to_vec())),
        );
        let rows: Vec<PersonRow> = match when {
            When::Now => db::ask!(
                at.conn(),
                load,
                asked
                    .filter(person_detail::known_to.is_null())
                    .select(PersonRow::as_select())
            ),
            When::Then(instant) => asked
                .filter(person_detail::known_from.le(instant))
                .filter(
                    person_detail::known_to
                        .is_null()
                        .or(person_detail::known_to.gt(instant)),
                )
                .select(PersonRow::as_select())
                .load(at.conn()),
        }?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// Contacts with their persons, in calling order.
pub(crate) fn contacts(at: &mut impl Reading, id: StudentId, when: When) -> Outcome<Vec<StudentContact>> {
    let mut rows = rows::<ContactRow>(at, id, when)?;
    rows.sort_by_key(|row| (row.call_order == 0, row.call_order, row.id));
    let ids: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let persons = persons(at, &ids, when)?;
    Ok(rows
        .iter()
        .filter_map(|row| {
            let person = persons.get(&row.person_id)?;
            Some(StudentContact {
                contact: Record {
                    id: row.id,
                    version: row.version,
                    value: row.plain(),
                },
                has_note: row.note.is_some(),
                person: Record {
                    id: person.id,
                    version: person.version,
                    value: person.plain(),
                },
            })
        })
        .collect())
}

/// The whole student as known when; `valid` keeps only what holds on that day.
pub(crate) fn student(
    at: &mut impl Reading,
    id: StudentId,
    when: When,
    valid: Option<Date>,
    may_see_restrictions: bool,
) -> Outcome<Student> {
    let sheet = Sheet::read(at, id, when, false)?;
    let mut whole = sheet.student(at.sealer(), may_see_restrictions)?;
    if let Some(day) = valid {
        keep_valid(&mut whole, day);
    }
    Ok(whole)
}

/// Keeps what holds on a day.
fn keep_valid(student: &mut Student, day: Date) {
    let holding: Vec<_> = student
        .addresses
        .iter()
        .filter(|address| address.value.effective_on <= day)
        .filter(|address| student.address_until(address).is_none_or(|until| until >= day))
        .cloned()
        .collect();
    student.addresses = holding;
    student.citizenships.retain(|one| one.value.effective_on <= day);
    student.citizenships.truncate(1);
    let within = |from: Date, until: Option<Date>| from <= day && until.is_none_or(|until| until >= day);
    student
        .restrictions
        .retain(|one| within(one.value.effective_on, one.value.expires_on));
    student
        .contacts
        .retain(|one| within(one.contact.value.effective_on, one.contact.value.expires_on));
}
