//! Which guardians may be written to about a student.

use crate::model::{Contact, Custody, RestrictionCode};
use kernel::Date;

/// Relationships of whoever is asked about a child's absence.
const GUARDIANS: &[&str] = &["Parent", "StepParent", "PermanentGuardian", "TemporaryGuardian"];

/// Why somebody is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unwritten {
    /// Forbidden contact by a court, through any relation to the student.
    NoContact,
    /// The student is independent, and guardians do not stay involved.
    Independent,
    /// No guardian of the student, or one without custody.
    NotGuardian,
    /// No e-mail address.
    NoAddress,
}

/// Why a person is not written to about a student on a day; nothing when the person may be.
///
/// `contacts` is everything the person is to the student, `restrictions` the student's. Guardians with custody, or of
/// whom nothing of custody is told, may be; access alone is not enough.
pub fn unwritten(
    contacts: &[&Contact],
    email: &str,
    restrictions: &[(RestrictionCode, Date, Option<Date>)],
    day: Date,
) -> Option<Unwritten> {
    let holds = |from: Date, until: Option<Date>| from <= day && until.is_none_or(|last| day <= last);
    let restricted = |code: RestrictionCode| {
        let mut these = restrictions.iter();
        these.any(|(one, from, until)| *one == code && holds(*from, *until))
    };
    let mut now = contacts
        .iter()
        .filter(|one| holds(one.effective_on, one.expires_on));
    if now.clone().any(|one| one.custody == Custody::NoContact) {
        return Some(Unwritten::NoContact);
    }
    let is_independent = restricted(RestrictionCode::IndependentUnder18)
        && !restricted(RestrictionCode::StudentOver18withGuardian);
    if is_independent {
        return Some(Unwritten::Independent);
    }
    let is_guardian = now.any(|one| {
        let has_custody = matches!(one.custody, Custody::Sole | Custody::Joint | Custody::Unknown);
        has_custody && GUARDIANS.contains(&one.relationship.as_str())
    });
    if is_guardian {
        Some(Unwritten::NoAddress).filter(|_| email.is_empty())
    } else {
        Some(Unwritten::NotGuardian)
    }
}

#[cfg(test)]
mod tests {
    use super::{Unwritten, unwritten};
    use crate::model::{Contact, Custody, RestrictionCode};
    use kernel::Date;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn contact(relationship: &str, custody: Custody, until: Option<&str>) -> Contact {
        Contact {
            custody,
            expires_on: until.map(day),
            ..Contact::new(relationship, day("2026-09-01"))
        }
    }

    #[test]
    fn guardians_with_custody_are_written_to_and_nobody_whom_a_court_keeps_away() {
        use Custody::{Access, Joint, NoContact, None as Nothing, Sole, Unknown};
        use RestrictionCode::{Caution, CourtOrdered, IndependentUnder18, StudentOver18withGuardian};
        let parent = |custody| vec![contact("Parent", custody, None)];
        let from = day("2026-09-01");
        let since = |code| vec![(code, from, None)];
        for (case, contacts, restrictions, want) in [
            ("joint", parent(Joint), vec![], None),
            ("sole", parent(Sole), vec![], None),
            ("not told", parent(Unknown), vec![], None),
            (
                "access alone",
                parent(Access),
                vec![],
                Some(Unwritten::NotGuardian),
            ),
            (
                "no custody",
                parent(Nothing),
                vec![],
                Some(Unwritten::NotGuardian),
            ),
            ("forbidden", parent(NoContact), vec![], Some(Unwritten::NoContact)),
            (
                "forbidden through another relation",
                vec![contact("Parent", Joint, None), contact("Other", NoContact, None)],
                vec![],
                Some(Unwritten::NoContact),
            ),
            (
                "forbidden until yesterday",
                vec![
                    contact("Parent", Joint, None),
                    contact("Parent", NoContact, Some("2026-11-22")),
                ],
                vec![],
                None,
            ),
            (
                "a neighbour",
                vec![contact("Neighbour", Unknown, None)],
                vec![],
                Some(Unwritten::NotGuardian),
            ),
            (
                "guardian until yesterday",
                vec![contact("Parent", Joint, Some("2026-11-22"))],
                vec![],
                Some(Unwritten::NotGuardian),
            ),
            (
                "independent",
                parent(Joint),
                since(IndependentUnder18),
                Some(Unwritten::Independent),
            ),
            (
                "independent, guardians stay involved",
                parent(Joint),
                vec![
                    (IndependentUnder18, from, None),
                    (StudentOver18withGuardian, from, None),
                ],
                None,
            ),
            (
                "independent until yesterday",
                parent(Joint),
                vec![(IndependentUnder18, from, Some(day("2026-11-22")))],
                None,
            ),
            (
                "a court order names nobody",
                parent(Joint),
                since(CourtOrdered),
                None,
            ),
            ("nor does a caution", parent(Joint), since(Caution), None),
        ] {
            let all: Vec<&Contact> = contacts.iter().collect();
            let found = unwritten(&all, "x@example.org", &restrictions, day("2026-11-23"));
            assert_eq!(found, want, "{case}");
        }
        let joint = contact("Parent", Joint, None);
        let none = unwritten(&[&joint], "", &[], day("2026-11-23"));
        assert_eq!(none, Some(Unwritten::NoAddress));
    }
}
