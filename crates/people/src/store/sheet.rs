//! One student's rows, read once: the record, the head of its pages and the
//! latest changes are all made from them.

use super::kept::{Facts, Kept, differences};
use super::read::{self, When};
use super::rows::{AddressRow, CitizenshipRow, EmailRow, NameRow, PersonRow, PhoneRow};
use super::rows_sealed::{ContactRow, DetailRow, MedicalRow, RestrictionRow};
use crate::model::{HistoryEntry, Name, NameKind, Record, Student, StudentContact};
use db::{Reading, Sealer};
use kernel::{Failure, NameId, Outcome, PersonId, StudentId};
use std::collections::HashMap;

/// The rows of a student as known when, removed ones too; medical alerts only where they are asked for.
pub(crate) struct Sheet {
    pub(crate) detail: DetailRow,
    names: Vec<NameRow>,
    addresses: Vec<AddressRow>,
    phones: Vec<PhoneRow>,
    emails: Vec<EmailRow>,
    citizenships: Vec<CitizenshipRow>,
    pub(crate) restrictions: Vec<RestrictionRow>,
    pub(crate) medical: Vec<MedicalRow>,
    contacts: Vec<ContactRow>,
    persons: HashMap<PersonId, PersonRow>,
}

fn rows<R: Kept>(at: &mut impl Reading, owner: StudentId, when: When) -> Outcome<Vec<R>> {
    match when {
        When::Now => R::now_of(at, owner),
        When::Then(instant) => R::then_of(at, owner, instant),
    }
}

impl Sheet {
    /// Reads it. `NotFound` when the student was not known then.
    pub(crate) fn read(at: &mut impl Reading, id: StudentId, when: When, medical: bool) -> Outcome<Self> {
        let contacts: Vec<ContactRow> = rows(at, id, when)?;
        let ids: Vec<PersonId> = contacts.iter().map(|row| row.person_id).collect();
        let persons = read::persons(at, &ids, when)?;
        Ok(Self {
            detail: rows(at, id, when)?.pop().ok_or(Failure::NotFound)?,
            names: rows(at, id, when)?,
            addresses: rows(at, id, when)?,
            phones: rows(at, id, when)?,
            emails: rows(at, id, when)?,
            citizenships: rows(at, id, when)?,
            restrictions: rows(at, id, when)?,
            medical: if medical { rows(at, id, when)? } else { Vec::new() },
            contacts,
            persons,
        })
    }

    /// The record. Restrictions only for who may see them.
    pub(crate) fn student(&self, sealer: &Sealer, may_see_restrictions: bool) -> Outcome<Student> {
        let mut whole = Student {
            id: self.detail.id,
            local_number: self.detail.local_number.clone(),
            version: self.detail.version,
            has_document_number: self.detail.document_last4.is_some(),
            identity: self.detail.identity.clone(),
            names: self.names(sealer)?,
            addresses: records(&self.addresses, sealer)?,
            phones: records(&self.phones, sealer)?,
            emails: records(&self.emails, sealer)?,
            citizenships: records(&self.citizenships, sealer)?,
            restrictions: if may_see_restrictions {
                records(&self.restrictions, sealer)?
            } else {
                Vec::new()
            },
            contacts: self.contacts(),
        };
        whole
            .addresses
            .sort_by_key(|address| std::cmp::Reverse(address.value.effective_on));
        whole
            .phones
            .sort_by_key(|phone| (!phone.value.is_preferred, phone.id));
        whole
            .citizenships
            .sort_by_key(|one| std::cmp::Reverse(one.value.effective_on));
        whole
            .restrictions
            .sort_by_key(|restriction| restriction.value.code);
        Ok(whole)
    }

    /// Names, the legal one first.
    fn names(&self, sealer: &Sealer) -> Outcome<Vec<Record<NameId, Name>>> {
        let mut names = records(&self.names, sealer)?;
        names.sort_by_key(|name| (name.value.kind != NameKind::Legal, name.id));
        Ok(names)
    }

    /// Contacts with their persons, in calling order.
    fn contacts(&self) -> Vec<StudentContact> {
        let mut rows: Vec<&ContactRow> = self.contacts.iter().filter(|row| !row.is_deleted).collect();
        rows.sort_by_key(|row| (row.call_order == 0, row.call_order, row.id));
        let with_person = rows.into_iter().filter_map(|row| {
            let person = self.persons.get(&row.person_id)?;
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
        });
        with_person.collect()
    }

    /// The last `count` changes, newest first, as [`crate::history`] tells them. What was recorded once
    /// is told from these rows; only a record with earlier versions is read again.
    pub(crate) fn latest(&self, at: &mut impl Reading, count: usize) -> Outcome<Vec<HistoryEntry>> {
        let mut all = Vec::new();
        let mut enough = Enough { count, all: &mut all };
        enough.take(at, std::slice::from_ref(&self.detail))?;
        enough.take(at, &self.names)?;
        enough.take(at, &self.addresses)?;
        enough.take(at, &self.phones)?;
        enough.take(at, &self.emails)?;
        enough.take(at, &self.citizenships)?;
        enough.take(at, &self.restrictions)?;
        enough.take(at, &self.medical)?;
        enough.take(at, &self.contacts)?;
        for person in self.persons.values().filter(|person| person.version > 1) {
            all.extend(of_person(at, person.id)?);
        }
        newest_first(&mut all);
        all.truncate(count);
        Ok(all)
    }
}

/// Collects changes; at most so many of each kind of record matter.
struct Enough<'a> {
    count: usize,
    all: &'a mut Vec<HistoryEntry>,
}

impl Enough<'_> {
    fn take<R: Kept>(&mut self, at: &mut impl Reading, rows: &[R]) -> Outcome<()> {
        let mut newest: Vec<&R> = rows.iter().collect();
        newest.sort_by_key(|row| std::cmp::Reverse(row.recorded().0));
        newest.truncate(self.count);
        if newest.iter().any(|row| row.version() > 1) {
            let owner = newest[0].owner();
            self.all.extend(entries::<R>(at, owner)?);
            return Ok(());
        }
        for row in newest {
            let facts = row.facts(at.sealer())?;
            self.all.push(entry(row, None, &facts));
        }
        Ok(())
    }
}

/// Rows as records, without removed ones.
fn records<R: Kept>(rows: &[R], sealer: &Sealer) -> Outcome<Vec<Record<R::Id, R::Value>>> {
    let standing = rows.iter().filter(|row| !row.is_deleted());
    standing
        .map(|row| {
            Ok(Record {
                id: row.id(),
                version: row.version(),
                value: row.value(sealer)?,
            })
        })
        .collect()
}

/// Newest first.
pub(crate) fn newest_first(all: &mut [HistoryEntry]) {
    all.sort_by(|a, b| b.at.cmp(&a.at).then(b.version.cmp(&a.version)));
}

/// Every change of one kind of record.
pub(crate) fn entries<R: Kept>(at: &mut impl Reading, id: StudentId) -> Outcome<Vec<HistoryEntry>> {
    let mut rows = R::all_of(at, id)?;
    rows.sort_by_key(Kept::version);
    let facts: Vec<Facts> = rows
        .iter()
        .map(|row| row.facts(at.sealer()))
        .collect::<Outcome<_>>()?;
    let told = rows.iter().zip(&facts).map(|(row, now)| {
        let before = rows
            .iter()
            .zip(&facts)
            .find(|(other, _)| other.id() == row.id() && other.version() + 1 == row.version());
        entry(row, before.map(|(_, facts)| facts), now)
    });
    Ok(told.collect())
}

fn entry<R: Kept>(row: &R, before: Option<&Facts>, now: &Facts) -> HistoryEntry {
    let (when, by, reason) = row.recorded();
    HistoryEntry {
        at: when,
        by: by.to_owned(),
        reason: reason.to_owned(),
        kind: R::KIND,
        record_id: row.id().to_string(),
        version: row.version(),
        changes: differences(before, now, R::SEALED),
    }
}

/// The changes of a person around the student, after the first version.
pub(crate) fn of_person(at: &mut impl Reading, person: PersonId) -> Outcome<Vec<HistoryEntry>> {
    let mut rows = PersonRow::history(at, person)?;
    rows.sort_by_key(|row| row.version);
    let changes = rows.windows(2).map(|pair| HistoryEntry {
        at: pair[1].known_from,
        by: pair[1].known_by.clone(),
        reason: pair[1].reason.clone(),
        kind: "person",
        record_id: person.to_string(),
        version: pair[1].version,
        changes: differences(Some(&pair[0].facts()), &pair[1].facts(), &[]),
    });
    Ok(changes.collect())
}
