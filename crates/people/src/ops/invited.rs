//! Whom an account may be offered to: guardians, with the children they would see.

use crate::model::{CardRow, RestrictionCode};
use crate::rules::{self, Uninvited};
use crate::store::read::{self, When};
use crate::store::rows_sealed::RestrictionRow;
use crate::store::ties as store;
use access::Permit;
use access::action::ViewStudents;
use db::Reading;
use kernel::{Date, Failure, Outcome, PersonId, PersonName, SchoolId, StudentId};

/// A contact person of a student of today, as whoever invites needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: PersonName,
    /// The address; may be empty.
    pub email: String,
    /// `en`, `fr` or a code of the language at home; may be empty.
    pub language: String,
    /// A code of the relationship.
    pub relationship: String,
    /// Because of which student.
    pub student: StudentId,
    /// Why the person is not invited to see that student; nothing when the person may be.
    pub uninvited: Option<Uninvited>,
}

/// The contact persons of a student of today in calling order, each with whether the person may be invited. `NotFound`
/// outside the scope.
pub fn invitees(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    student: StudentId,
) -> Outcome<Vec<Invitee>> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let card = store::cards(at, permit, &[student])?
        .pop()
        .ok_or(Failure::NotFound)?;
    around(at, &card)
}

/// The contact persons of every student enrolled at a school now, each person once for each student, in the order of
/// the students' names. `NotFound` outside the scope.
pub fn invitees_at(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    school: SchoolId,
) -> Outcome<Vec<Invitee>> {
    if !permit.covers_school(school) {
        return Err(Failure::NotFound);
    }
    let students = store::enrolled_at(at, school)?;
    let mut all = Vec::new();
    for card in store::cards(at, permit, &students)? {
        all.extend(around(at, &card)?);
    }
    Ok(all)
}

fn around(at: &mut impl Reading, card: &CardRow) -> Outcome<Vec<Invitee>> {
    let today = at.today();
    let restrictions: Vec<(RestrictionCode, Date, Option<Date>)> =
        read::rows::<RestrictionRow>(at, card.student, When::Now)?
            .iter()
            .map(|row| (row.code, row.effective_on, row.expires_on))
            .collect();
    let all = read::contacts(at, card.student, When::Now)?;
    let mut found: Vec<Invitee> = Vec::new();
    for one in &all {
        let is_known = found.iter().any(|known| known.person == one.person.id);
        let own = all.iter().filter(|other| other.person.id == one.person.id);
        let contacts: Vec<_> = own.map(|other| &other.contact.value).collect();
        let is_current = |day: Date| {
            move |from: Date, until: Option<Date>| from <= day && until.is_none_or(|last| day <= last)
        };
        let holds = is_current(today);
        if is_known || !contacts.iter().any(|one| holds(one.effective_on, one.expires_on)) {
            continue;
        }
        let person = &one.person.value;
        found.push(Invitee {
            person: one.person.id,
            name: person.name.clone(),
            email: person.email.clone(),
            language: person.language.clone(),
            relationship: one.contact.value.relationship.clone(),
            student: card.student,
            uninvited: rules::uninvited(&contacts, &restrictions, card.birth_date, today),
        });
    }
    Ok(found)
}
