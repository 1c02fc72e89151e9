//! Which guardians may be invited to an account by which they see a child.

use super::ties::of_age;
use super::written::{Unwritten, unwritten};
use crate::model::{Contact, RestrictionCode};
use kernel::Date;

/// Stands for an address where only the rest of [`unwritten`] is asked.
const SOME_ADDRESS: &str = "-";

/// Why a person is not invited because of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uninvited {
    /// Forbidden contact by a court, through any relation to the student.
    NoContact,
    /// The student is independent, and guardians do not stay involved.
    Independent,
    /// The student is 18 or older, and guardians do not stay involved.
    OfAge,
    /// No guardian of the student, or one without custody.
    NotGuardian,
    /// No relation to the student opens the family pages.
    NoPortal,
}

/// Why a person is not invited to see a student; nothing when the person may be.
///
/// `contacts` is everything the person is to the student, `restrictions` the student's, `born` the student's day of
/// birth. As for letters home ([`unwritten`]), and as the days on which a guardian sees a child
/// ([`super::guardian_days`]) begin and end.
pub fn uninvited(
    contacts: &[&Contact],
    restrictions: &[(RestrictionCode, Date, Option<Date>)],
    born: Date,
    day: Date,
) -> Option<Uninvited> {
    let holds = |from: Date, until: Option<Date>| from <= day && until.is_none_or(|last| day <= last);
    let stays = restrictions.iter().any(|(code, from, until)| {
        *code == RestrictionCode::StudentOver18withGuardian && holds(*from, *until)
    });
    let opens = contacts
        .iter()
        .any(|one| one.portal_access && holds(one.effective_on, one.expires_on));
    match unwritten(contacts, SOME_ADDRESS, restrictions, day) {
        Some(Unwritten::NoContact) => Some(Uninvited::NoContact),
        Some(Unwritten::Independent) => Some(Uninvited::Independent),
        _ if day >= of_age(born) && !stays => Some(Uninvited::OfAge),
        Some(Unwritten::NotGuardian | Unwritten::NoAddress) => Some(Uninvited::NotGuardian),
        None if !opens => Some(Uninvited::NoPortal),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Uninvited, uninvited};
    use crate::model::{Contact, Custody, RestrictionCode};
    use kernel::Date;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn guardians_with_custody_and_portal_access_are_invited_and_nobody_who_is_kept_away() {
        use Custody::{Access, Joint, NoContact, None as Nothing, Unknown};
        use RestrictionCode::{IndependentUnder18, StudentOver18withGuardian};
        let contact = |relationship: &str, custody, portal_access| Contact {
            custody,
            portal_access,
            ..Contact::new(relationship, day("2026-09-01"))
        };
        let parent = |custody| vec![contact("Parent", custody, true)];
        let from = day("2026-09-01");
        let (child, adult) = (day("2014-01-02"), day("2008-11-23"));
        let independent = vec![(IndependentUnder18, from, None)];
        let stays = vec![(StudentOver18withGuardian, from, None)];
        for (case, contacts, restrictions, born, want) in [
            ("joint", parent(Joint), vec![], child, None),
            ("not told", parent(Unknown), vec![], child, None),
            (
                "access alone",
                parent(Access),
                vec![],
                child,
                Some(Uninvited::NotGuardian),
            ),
            (
                "no custody",
                parent(Nothing),
                vec![],
                child,
                Some(Uninvited::NotGuardian),
            ),
            (
                "forbidden",
                parent(NoContact),
                vec![],
                child,
                Some(Uninvited::NoContact),
            ),
            (
                "forbidden through another relation",
                vec![contact("Parent", Joint, true), contact("Other", NoContact, false)],
                vec![],
                child,
                Some(Uninvited::NoContact),
            ),
            (
                "a neighbour",
                vec![contact("Neighbour", Unknown, true)],
                vec![],
                child,
                Some(Uninvited::NotGuardian),
            ),
            (
                "no portal access",
                vec![contact("Parent", Joint, false)],
                vec![],
                child,
                Some(Uninvited::NoPortal),
            ),
            (
                "independent",
                parent(Joint),
                independent,
                child,
                Some(Uninvited::Independent),
            ),
            ("18 today", parent(Joint), vec![], adult, Some(Uninvited::OfAge)),
            ("18 tomorrow", parent(Joint), vec![], day("2008-11-24"), None),
            ("18, guardians stay involved", parent(Joint), stays, adult, None),
        ] {
            let all: Vec<&Contact> = contacts.iter().collect();
            assert_eq!(
                uninvited(&all, &restrictions, born, day("2026-11-23")),
                want,
                "{case}"
            );
        }
    }
}
