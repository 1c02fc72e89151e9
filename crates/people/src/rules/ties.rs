//! On which days a guardian's account sees a child.

use crate::model::{Contact, Custody, RestrictionCode};
use access::ties::Days;
use kernel::Date;

/// The days on which a person sees a student on the family pages.
///
/// `contacts` is what the person is to the student, `restrictions` the
/// student's. Portal access opens the days of its contact. Days on which a
/// court forbids the person contact are none of them, whatever else is
/// recorded; nor are days on which the student is independent
/// (`IndependentUnder18`), unless guardians are recorded to stay involved
/// (`StudentOver18withGuardian`). The same holds from the 18th birthday on:
/// `born` is the student's day of birth. In order, no two touching one
/// another's days.
///
/// Source: Education Act (Alberta), section 1: an independent student is 18 or older, or on one's own.
pub fn guardian_days(
    contacts: &[Contact],
    restrictions: &[(RestrictionCode, Date, Option<Date>)],
    born: Date,
) -> Vec<Days> {
    let of = |code: RestrictionCode| {
        let these = restrictions.iter().filter(move |(one, ..)| *one == code);
        these
            .map(|(_, from, until)| (*from, *until))
            .collect::<Vec<Days>>()
    };
    let spans = |holds: fn(&Contact) -> bool| {
        let these = contacts.iter().filter(|one| holds(one));
        these
            .map(|one| (one.effective_on, one.expires_on))
            .collect::<Vec<Days>>()
    };
    let stays = of(RestrictionCode::StudentOver18withGuardian);
    let mut alone = of(RestrictionCode::IndependentUnder18);
    alone.push((of_age(born), None));
    let mut shut = without(alone, &stays);
    shut.extend(spans(|one| one.custody == Custody::NoContact));
    joined(without(spans(|one| one.portal_access), &shut))
}

/// The 18th birthday: from then on a student stands alone.
pub fn of_age(born: Date) -> Date {
    born.plus_years(18)
}

/// The days of `spans` on which none of `holes` holds.
fn without(spans: Vec<Days>, holes: &[Days]) -> Vec<Days> {
    holes.iter().fold(spans, |left, (begins, ends)| {
        left.into_iter()
            .flat_map(|(from, until)| {
                let eve = begins.plus_days(-1);
                let before = (from < *begins).then(|| (from, Some(until.map_or(eve, |last| last.min(eve)))));
                let after = ends
                    .filter(|end| until.is_none_or(|last| last > *end))
                    .map(|end| (from.max(end.plus_days(1)), until));
                before.into_iter().chain(after)
            })
            .collect()
    })
}

/// Spans that overlap made one.
fn joined(mut spans: Vec<Days>) -> Vec<Days> {
    spans.sort();
    let mut all: Vec<Days> = Vec::with_capacity(spans.len());
    for (from, until) in spans {
        match all.last_mut() {
            Some((_, last)) if last.is_none_or(|last| last.plus_days(1) >= from) => {
                *last = last.zip(until).map(|(one, other)| one.max(other));
            }
            _ => all.push((from, until)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn contact(from: &str, until: Option<&str>, portal_access: bool, custody: Custody) -> Contact {
        Contact {
            portal_access,
            custody,
            expires_on: until.map(day),
            ..Contact::new("Parent", day(from))
        }
    }

    #[test]
    fn a_guardian_sees_the_child_on_days_of_portal_access_that_nothing_shuts() {
        use Custody::{Joint, NoContact};
        use RestrictionCode::{CourtOrdered, IndependentUnder18, StudentOver18withGuardian};
        let open = || contact("2026-09-01", None, true, Joint);
        let until = || contact("2026-09-01", Some("2027-06-30"), true, Joint);
        let independent = (IndependentUnder18, day("2027-01-01"), None);
        for (case, contacts, restrictions, sees) in [
            ("nobody", vec![], vec![], vec![]),
            (
                "no portal access",
                vec![contact("2026-09-01", None, false, Joint)],
                vec![],
                vec![],
            ),
            ("open", vec![open()], vec![], vec![("2026-09-01", None)]),
            (
                "with a last day",
                vec![until()],
                vec![],
                vec![("2026-09-01", Some("2027-06-30"))],
            ),
            (
                "another contact of the person forbids",
                vec![open(), contact("2026-11-01", None, false, NoContact)],
                vec![],
                vec![("2026-09-01", Some("2026-10-31"))],
            ),
            (
                "forbidden for a while",
                vec![
                    open(),
                    contact("2026-11-01", Some("2026-11-30"), false, NoContact),
                ],
                vec![],
                vec![("2026-09-01", Some("2026-10-31")), ("2026-12-01", None)],
            ),
            (
                "forbidden from the first day",
                vec![open(), contact("2026-09-01", None, false, NoContact)],
                vec![],
                vec![],
            ),
            (
                "independent",
                vec![open()],
                vec![independent],
                vec![("2026-09-01", Some("2026-12-31"))],
            ),
            (
                "independent, and later guardians stay involved",
                vec![open()],
                vec![independent, (StudentOver18withGuardian, day("2028-03-01"), None)],
                vec![("2026-09-01", Some("2026-12-31")), ("2028-03-01", None)],
            ),
            (
                "a court order alone names nobody",
                vec![open()],
                vec![(CourtOrdered, day("2026-09-01"), None)],
                vec![("2026-09-01", None)],
            ),
            (
                "two relations, one after the other",
                vec![until(), contact("2027-07-01", None, true, Joint)],
                vec![],
                vec![("2026-09-01", None)],
            ),
            (
                "a gap between two relations",
                vec![until(), contact("2027-09-01", None, true, Joint)],
                vec![],
                vec![("2026-09-01", Some("2027-06-30")), ("2027-09-01", None)],
            ),
        ] {
            let stays = restrictions
                .iter()
                .any(|(code, ..)| *code == StudentOver18withGuardian);
            let last = Some(day("2057-12-31")).filter(|_| !stays);
            let sees: Vec<Days> = sees
                .into_iter()
                .map(|(from, until): (&str, Option<&str>)| (day(from), until.map(day).or(last)))
                .collect();
            assert_eq!(
                guardian_days(&contacts, &restrictions, day("2040-01-01")),
                sees,
                "{case}"
            );
        }
    }

    #[test]
    fn the_18th_birthday_ends_what_a_guardian_sees_unless_guardians_stay_involved() {
        use RestrictionCode::StudentOver18withGuardian;
        let parent = contact("2026-09-01", None, true, Custody::Joint);
        let stays = [(
            StudentOver18withGuardian,
            day("2028-01-01"),
            Some(day("2028-06-30")),
        )];
        for (case, restrictions, sees) in [
            (
                "of age",
                &[][..],
                vec![(day("2026-09-01"), Some(day("2027-03-14")))],
            ),
            (
                "of age, and guardians stay involved for a while",
                &stays[..],
                vec![
                    (day("2026-09-01"), Some(day("2027-03-14"))),
                    (day("2028-01-01"), Some(day("2028-06-30"))),
                ],
            ),
        ] {
            assert_eq!(
                guardian_days(std::slice::from_ref(&parent), restrictions, day("2009-03-15")),
                sees,
                "{case}"
            );
        }
    }
}
