//! Reading one student.

use crate::model::{
    Contact, FirstContact, HeaderRestriction, HistoryEntry, MedicalAlert, Person, Record, Student,
    StudentContact, StudentHeader,
};
use crate::ops::save::covered;
use crate::rules;
use crate::search;
use crate::store::kept::{Facts, Kept, differences};
use crate::store::read::{self, When};
use crate::store::rows::{AddressRow, CitizenshipRow, EmailRow, NameRow, PersonRow, PhoneRow};
use crate::store::rows_sealed::{ContactRow, DetailRow, MedicalRow, RestrictionRow, opened};
use access::action::{EditStudents, ViewCustody, ViewHistory, ViewMedical, ViewStudents};
use access::{Action, Permit};
use db::{FieldClass, Reading};
use kernel::{Asn, ContactId, Date, Failure, Instant, MedicalAlertId, Outcome, PersonId, StudentId};

/// Restrictions are for staff and the program: a guardian must not learn of one from a page.
fn may_see_restrictions<A: Action>(permit: &Permit<A>) -> bool {
    permit.actor().role.is_none_or(kernel::Role::is_staff)
}

/// The student as known now, with every record that was not removed, current or not.
/// `NotFound` outside the permit's scope.
pub fn student(at: &mut impl Reading, permit: &Permit<ViewStudents>, id: StudentId) -> Outcome<Student> {
    covered(at, permit, id)?;
    read::student(at, id, When::Now, None, may_see_restrictions(permit))
}

/// The student as it was on the day `valid`, by what was known at `known`.
/// `NotFound` outside the scope, or when the student was not known then.
pub fn student_as_of(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: StudentId,
    valid: Date,
    known: Instant,
) -> Outcome<Student> {
    covered(at, permit, id)?;
    read::student(
        at,
        id,
        When::Then(known),
        Some(valid),
        may_see_restrictions(permit),
    )
}

/// The student with this ASN, within the permit's scope; `NotFound` otherwise.
pub fn student_by_asn(at: &mut impl Reading, permit: &Permit<ViewStudents>, asn: Asn) -> Outcome<StudentId> {
    let id = read::by_asn(at, asn)?.ok_or(Failure::NotFound)?;
    covered(at, permit, id)?;
    Ok(id)
}

/// What the head of every page about the student shows. Medical actions only
/// with a medical permit that covers the student.
pub fn header(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    medical: Option<&Permit<ViewMedical>>,
    id: StudentId,
) -> Outcome<StudentHeader> {
    if !permit.covers(at, id)? {
        return Err(Failure::NotFound);
    }
    let today = at.today();
    let card = search::card(at, id)?;
    let detail = read::detail(at, id, When::Now)?;
    let names = read::names(at, id, When::Now)?;
    let legal = names
        .first()
        .map(|name| name.value.name.clone())
        .unwrap_or_default();
    let goes_by = names
        .iter()
        .find(|name| name.value.is_preferred && rules::may_use(&name.value, detail.birth_date, today))
        .map(|name| name.value.name.clone())
        .filter(|name| *name != legal);
    let restrictions = if may_see_restrictions(permit) {
        restrictions(at, id, today)?
    } else {
        Vec::new()
    };
    let medical = match medical {
        Some(permit) if permit.covers(at, id)? => actions(at, id, today)?,
        _ => Vec::new(),
    };
    Ok(StudentHeader {
        id,
        version: detail.version,
        restrictions,
        legal,
        goes_by,
        age: detail.birth_date.age_on(detail.deceased_on.unwrap_or(today)),
        deceased_on: detail.deceased_on,
        medical,
        first_contact: first_contact(&read::contacts(at, id, When::Now)?, today),
        card,
    })
}

fn restrictions(at: &mut impl Reading, id: StudentId, today: Date) -> Outcome<Vec<HeaderRestriction>> {
    let mut rows = read::rows::<RestrictionRow>(at, id, When::Now)?;
    rows.retain(|row| row.holds_on(today));
    rows.sort_by_key(|row| row.code);
    rows.iter()
        .map(|row| {
            let value = row.value(at.sealer())?;
            Ok(HeaderRestriction {
                id: row.id,
                code: value.code,
                notice: value.notice,
                expires_on: value.expires_on,
            })
        })
        .collect()
}

fn actions(at: &mut impl Reading, id: StudentId, today: Date) -> Outcome<Vec<String>> {
    let rows = read::rows::<MedicalRow>(at, id, When::Now)?;
    rows.iter()
        .filter(|row| row.holds_on(today))
        .map(|row| at.sealer().open(FieldClass::Medical, &row.action))
        .collect()
}

fn first_contact(contacts: &[StudentContact], today: Date) -> Option<FirstContact> {
    let holds = |contact: &Contact| {
        contact.effective_on <= today && contact.expires_on.is_none_or(|end| end >= today)
    };
    contacts
        .iter()
        .find(|one| holds(&one.contact.value) && !one.person.value.phone().is_empty())
        .map(|one| FirstContact {
            person: one.person.id,
            name: one.person.value.name.clone(),
            relationship: one.contact.value.relationship.clone(),
            phone: one.person.value.phone().to_owned(),
        })
}

/// Medical alerts, those that ended too. The caller records the reading.
pub fn medical_alerts(
    at: &mut impl Reading,
    permit: &Permit<ViewMedical>,
    id: StudentId,
) -> Outcome<Vec<Record<MedicalAlertId, MedicalAlert>>> {
    covered(at, permit, id)?;
    read::records::<MedicalRow>(at, id, When::Now)
}

/// The notes about contacts. The caller records the reading.
pub fn contact_notes(
    at: &mut impl Reading,
    permit: &Permit<ViewCustody>,
    id: StudentId,
) -> Outcome<Vec<(ContactId, String)>> {
    covered(at, permit, id)?;
    let rows = read::rows::<ContactRow>(at, id, When::Now)?;
    rows.iter()
        .filter(|row| row.note.is_some())
        .map(|row| {
            Ok((
                row.id,
                opened(at.sealer(), FieldClass::Custody, row.note.as_ref())?,
            ))
        })
        .collect()
}

/// The last four characters of the identity document; empty when none is on
/// record. The caller records the reading.
pub fn document_last_four(
    at: &mut impl Reading,
    permit: &Permit<EditStudents>,
    id: StudentId,
) -> Outcome<String> {
    covered(at, permit, id)?;
    let detail = read::detail(at, id, When::Now)?;
    opened(at.sealer(), FieldClass::Identity, detail.document_last4.as_ref())
}

/// A person around students of the permit's scope; `NotFound` otherwise.
pub fn person(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: PersonId,
) -> Outcome<Record<PersonId, Person>> {
    let mut around = false;
    for student in crate::ops::contacts::students_around(at, id)? {
        around = around || permit.covers(at, student)?;
    }
    if !around {
        return Err(Failure::NotFound);
    }
    let row = PersonRow::get(at, id)?;
    Ok(Record {
        id,
        version: row.version,
        value: row.plain(),
    })
}

/// Every change to the student's own records, newest first: who, what old and
/// new, when, why. Sealed texts show only that they changed. `NotFound` outside the scope.
pub fn history(
    at: &mut impl Reading,
    permit: &Permit<ViewHistory>,
    id: StudentId,
) -> Outcome<Vec<HistoryEntry>> {
    covered(at, permit, id)?;
    let mut all = Vec::new();
    entries::<DetailRow>(at, id, &mut all)?;
    entries::<NameRow>(at, id, &mut all)?;
    entries::<AddressRow>(at, id, &mut all)?;
    entries::<PhoneRow>(at, id, &mut all)?;
    entries::<EmailRow>(at, id, &mut all)?;
    entries::<CitizenshipRow>(at, id, &mut all)?;
    entries::<RestrictionRow>(at, id, &mut all)?;
    entries::<MedicalRow>(at, id, &mut all)?;
    entries::<ContactRow>(at, id, &mut all)?;
    persons(at, id, &mut all)?;
    all.sort_by(|a, b| b.at.cmp(&a.at).then(b.version.cmp(&a.version)));
    Ok(all)
}

fn entries<R: Kept>(at: &mut impl Reading, id: StudentId, all: &mut Vec<HistoryEntry>) -> Outcome<()> {
    let mut rows = R::all_of(at, id)?;
    rows.sort_by_key(Kept::version);
    let facts: Vec<Facts> = rows
        .iter()
        .map(|row| row.facts(at.sealer()))
        .collect::<Outcome<_>>()?;
    for (row, now) in rows.iter().zip(&facts) {
        let before = rows
            .iter()
            .zip(&facts)
            .find(|(other, _)| other.id() == row.id() && other.version() + 1 == row.version());
        let (when, by, reason) = row.recorded();
        all.push(HistoryEntry {
            at: when,
            by: by.to_owned(),
            reason: reason.to_owned(),
            kind: R::KIND,
            record_id: row.id().to_string(),
            version: row.version(),
            changes: differences(before.map(|(_, facts)| facts), now, R::SEALED),
        });
    }
    Ok(())
}

/// Changes of the persons around the student, each after its first version.
fn persons(at: &mut impl Reading, id: StudentId, all: &mut Vec<HistoryEntry>) -> Outcome<()> {
    let mut around: Vec<PersonId> = ContactRow::history(at, id)?
        .iter()
        .map(|row| row.person_id)
        .collect();
    around.sort();
    around.dedup();
    for person in around {
        let mut rows = PersonRow::history(at, person)?;
        rows.sort_by_key(|row| row.version);
        for pair in rows.windows(2) {
            all.push(HistoryEntry {
                at: pair[1].known_from,
                by: pair[1].known_by.clone(),
                reason: pair[1].reason.clone(),
                kind: "person",
                record_id: person.to_string(),
                version: pair[1].version,
                changes: differences(Some(&pair[0].facts()), &pair[1].facts(), &[]),
            });
        }
    }
    Ok(())
}
