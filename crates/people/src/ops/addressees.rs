//! Whom to write to about a student.

use crate::model::RestrictionCode;
use crate::ops::load::student;
use crate::rules::{self, Unwritten};
use access::Permit;
use access::action::ViewStudents;
use db::Reading;
use kernel::{Date, Outcome, PersonId, StudentId};
use std::collections::BTreeMap;

/// A contact person of a student, as whoever writes needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Who.
    pub person: PersonId,
    /// `First Last`.
    pub name: String,
    /// The address; may be empty.
    pub email: String,
    /// `en`, `fr` or a code of the language at home; may be empty.
    pub language: String,
    /// A code of the relationship.
    pub relationship: String,
    /// Why the person is not written to; nothing when the person may be.
    pub unwritten: Option<Unwritten>,
}

/// The contact persons of a student of today, in calling order, each with whether the person may be written to, and the
/// legal first name to write of the student by. `NotFound` outside the scope.
pub fn addressees(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    id: StudentId,
) -> Outcome<(String, Vec<Addressee>)> {
    let record = student(at, permit, id)?;
    let today = at.today();
    let restrictions: Vec<(RestrictionCode, Date, Option<Date>)> = record
        .restrictions
        .iter()
        .map(|one| (one.value.code, one.value.effective_on, one.value.expires_on))
        .collect();
    let mut order: Vec<PersonId> = Vec::new();
    let mut of: BTreeMap<PersonId, Vec<_>> = BTreeMap::new();
    for one in &record.contacts {
        if !order.contains(&one.person.id) {
            order.push(one.person.id);
        }
        of.entry(one.person.id).or_default().push(one);
    }
    let addressee = |person: PersonId| {
        let all = &of[&person];
        let contacts: Vec<_> = all.iter().map(|one| &one.contact.value).collect();
        let value = &all[0].person.value;
        Addressee {
            person,
            name: value.name.sentence(),
            email: value.email.clone(),
            language: value.language.clone(),
            relationship: contacts[0].relationship.clone(),
            unwritten: rules::unwritten(&contacts, &value.email, &restrictions, today),
        }
    };
    let is_current = |person: &PersonId| {
        let mut contacts = of[person].iter().map(|one| &one.contact.value);
        contacts.any(|one| one.effective_on <= today && one.expires_on.is_none_or(|last| today <= last))
    };
    let all = order.into_iter().filter(is_current).map(addressee).collect();
    Ok((record.legal().first.clone(), all))
}
