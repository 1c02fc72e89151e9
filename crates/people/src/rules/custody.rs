//! Which facts of custody stand before the name.

use crate::model::{Contact, Custody, CustodyLimit, LimitKind, StudentContact};
use kernel::Date;

/// Relationships of a parent or guardian, who would be let in unless somebody says otherwise.
const GUARDIANS: &[&str] = &["Parent", "StepParent", "PermanentGuardian", "TemporaryGuardian"];

/// What is limited by a court or by custody, of one relation to a student.
///
/// Whom a court forbids contact is told nothing and does not pick up. A person
/// with access alone, or a parent or guardian without custody, may be kept from
/// picking up; of other contacts that is no matter of custody.
pub fn custody_limit(contact: &Contact) -> Option<LimitKind> {
    let is_guardian = GUARDIANS.contains(&contact.relationship.as_str());
    match contact.custody {
        Custody::NoContact => Some(LimitKind::NoContact),
        Custody::Access if !contact.may_pick_up => Some(LimitKind::NoPickUp),
        Custody::None if !contact.may_pick_up && is_guardian => Some(LimitKind::NoPickUp),
        _ => None,
    }
}

/// The limits that hold on a day, gravest first, in the order of the contacts.
pub fn custody_limits(contacts: &[StudentContact], day: Date) -> Vec<CustodyLimit> {
    let mut limits: Vec<CustodyLimit> = contacts
        .iter()
        .filter_map(|one| {
            let value = &one.contact.value;
            let holds = value.effective_on <= day && value.expires_on.is_none_or(|end| end >= day);
            Some(CustodyLimit {
                contact: one.contact.id,
                kind: custody_limit(value).filter(|_| holds)?,
                person: one.person.value.name.sentence(),
                relationship: value.relationship.clone(),
            })
        })
        .collect();
    limits.sort_by_key(|limit| limit.kind);
    limits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_court_and_limits_of_custody_stand_before_the_name_and_a_neighbour_does_not() {
        use Custody::{Access, Joint, NoContact, None as Nothing, Sole, Unknown};
        for (relationship, custody, may_pick_up, limit) in [
            ("Parent", NoContact, false, Some(LimitKind::NoContact)),
            ("Neighbour", NoContact, false, Some(LimitKind::NoContact)),
            ("Parent", Access, false, Some(LimitKind::NoPickUp)),
            ("Parent", Access, true, None),
            ("Parent", Nothing, false, Some(LimitKind::NoPickUp)),
            ("Parent", Nothing, true, None),
            ("Grandparent", Nothing, false, None),
            ("Neighbour", Nothing, false, None),
            ("Parent", Joint, false, None),
            ("Parent", Sole, true, None),
            ("Parent", Unknown, false, None),
        ] {
            let contact = Contact {
                custody,
                may_pick_up,
                ..Contact::new(relationship, "2026-09-01".parse().expect("a date"))
            };
            assert_eq!(
                custody_limit(&contact),
                limit,
                "{relationship} {custody} {may_pick_up}"
            );
        }
    }
}
