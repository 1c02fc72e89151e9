//! Whom an account sees: a tie said by the director, and the students it
//! comes to, kept current in the transaction of each change.

use crate::model::{CardRow, Place, PlaceState, RestrictionCode};
use crate::ops::contacts::students_around;
use crate::rules;
use crate::search;
use crate::store::read::{self, When};
use crate::store::rows::PersonRow;
use crate::store::rows_sealed::{ContactRow, RestrictionRow};
use crate::store::ties as store;
use access::Permit;
use access::action::ManageAccounts;
use access::ties::{self, Around, Days, NewTie, Tie};
use db::{Reading, Tx};
use kernel::text::fold;
use kernel::{AccountId, Date, Failure, Outcome, PersonId, PersonName, SchoolId, StudentId, TieId};

/// Students looked at for a person who is searched by name.
const LOOKED_AT: i64 = 300;

/// Ties an account to the children of a person, to a student, or to a homeroom.
///
/// Findings as [`ties::give`] tells them. `NotFound` for an unknown person,
/// student or account. Writes: `tie`, `access_tie`, audit `tie.give`.
pub fn tie(tx: &mut Tx, permit: &Permit<ManageAccounts>, new: &NewTie) -> Outcome<TieId> {
    match &new.around {
        Around::Person(person) => drop(PersonRow::get(tx, *person)?),
        Around::Student(student) if !read::exists(tx, *student)? => return Err(Failure::NotFound),
        Around::Student(_) | Around::Homeroom(..) => {}
    }
    let given = ties::give(tx, permit, new)?;
    settle(tx, &given)?;
    Ok(given.id)
}

/// Gives a tie that was ended once more, from today, for the same reason; its
/// last day holds again unless it has passed.
///
/// Refused and written as [`tie`]; a conflict while the tie goes on.
pub fn tie_again(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    account: AccountId,
    id: TieId,
) -> Outcome<TieId> {
    let (held, today) = (ties::get(tx, account, id)?, tx.today());
    if held.goes_on(today) {
        return Err(Failure::stale("tie", 1, 0));
    }
    let new = NewTie {
        account,
        kind: held.kind,
        around: held.around()?,
        from: held.from_date.max(today),
        until: held.until_date.filter(|last| *last >= today),
        reason: held.reason.clone(),
    };
    tie(tx, permit, &new)
}

/// Says of every student of a tie on which days it comes to them.
fn settle(tx: &mut Tx, held: &Tie) -> Outcome<()> {
    match held.around()? {
        Around::Student(student) => ties::keep(tx, held, student, &[(held.from_date, None)]),
        Around::Person(person) => {
            for student in students_around(tx, person)? {
                keep_guardian(tx, held, person, student)?;
            }
            Ok(())
        }
        Around::Homeroom(school, name) => {
            let today = tx.today();
            for student in store::in_homeroom(tx, school, &name)? {
                ties::keep(tx, held, student, &[(today, None)])?;
            }
            Ok(())
        }
    }
}

fn keep_guardian(tx: &mut Tx, held: &Tie, person: PersonId, student: StudentId) -> Outcome<()> {
    let contacts: Vec<_> = read::rows::<ContactRow>(tx, student, When::Now)?
        .iter()
        .filter(|row| row.person_id == person)
        .map(ContactRow::plain)
        .collect();
    let restrictions: Vec<(RestrictionCode, Date, Option<Date>)> =
        read::rows::<RestrictionRow>(tx, student, When::Now)?
            .iter()
            .map(|row| (row.code, row.effective_on, row.expires_on))
            .collect();
    let born = read::detail(tx, student, When::Now)?.identity.birth_date;
    let days: Vec<Days> = rules::guardian_days(&contacts, &restrictions, born);
    ties::keep(tx, held, student, &days)
}

/// Makes anew what guardians' ties come to, after a contact, a restriction or the
/// birth date of the student changed: in the same transaction, so that no request sees the
/// record as it was after it changed.
pub(crate) fn follow_family(tx: &mut Tx, student: StudentId) -> Outcome<()> {
    let persons = store::persons_around(tx, student)?;
    for held in ties::around_persons(tx, &persons)? {
        if let Around::Person(person) = held.around()? {
            keep_guardian(tx, &held, person, student)?;
        }
    }
    Ok(())
}

/// The same for homerooms, after a student's place changed.
pub(crate) fn follow_place(tx: &mut Tx, student: StudentId, place: &Place) -> Outcome<()> {
    let here = place
        .school
        .filter(|_| place.state == PlaceState::Enrolled)
        .map(|school| (school, place.homeroom.as_str()));
    let today = tx.today();
    for held in ties::around_place(tx, student, here)? {
        let is_there = match held.around()? {
            Around::Homeroom(school, name) => here == Some((school, name.as_str())),
            Around::Person(_) | Around::Student(_) => continue,
        };
        let days: &[Days] = if is_there { &[(today, None)] } else { &[] };
        ties::keep(tx, &held, student, days)?;
    }
    Ok(())
}

/// A contact person to whom a guardian's account can be tied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TiePerson {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: PersonName,
    /// E-mail; may be empty. It tells namesakes apart.
    pub email: String,
    /// The children, each with whether a guardian's account would see it today.
    pub children: Vec<(CardRow, bool)>,
}

/// Contact persons of whose name every word begins as typed, by name, at most
/// `limit`: only what tells them apart, for whoever manages accounts.
pub fn persons_to_tie(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    typed: &str,
    limit: usize,
) -> Outcome<Vec<TiePerson>> {
    let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
    let Some(longest) = words.iter().max_by_key(|word| word.len()) else {
        return Ok(Vec::new());
    };
    let range = (longest.as_str(), format!("{longest}\u{10ffff}"));
    let mut persons: Vec<PersonId> = Vec::new();
    for student in store::with_contact_named(at, (range.0, &range.1), LOOKED_AT)? {
        for one in read::contacts(at, student, When::Now)? {
            let name = fold(&one.person.value.name.full());
            let fits = |word: &String| name.split([' ', '-']).any(|part| part.starts_with(word.as_str()));
            if words.iter().all(fits) {
                persons.push(one.person.id);
            }
        }
    }
    persons.sort();
    persons.dedup();
    let mut found = persons
        .into_iter()
        .map(|person| person_to_tie(at, permit, person))
        .collect::<Outcome<Vec<TiePerson>>>()?;
    found.sort_by_key(|one| (one.name.list(), one.person));
    found.truncate(limit);
    Ok(found)
}

/// One contact person, as [`persons_to_tie`] tells of them. `NotFound` when there is none.
pub fn person_to_tie(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    id: PersonId,
) -> Outcome<TiePerson> {
    let (row, today) = (PersonRow::get(at, id)?, at.today());
    let students = students_around(at, id)?;
    let mut children = Vec::with_capacity(students.len());
    for card in store::cards(at, permit, &students)? {
        let contacts: Vec<_> = read::rows::<ContactRow>(at, card.student, When::Now)?
            .iter()
            .filter(|one| one.person_id == id)
            .map(ContactRow::plain)
            .collect();
        let restrictions: Vec<_> = read::rows::<RestrictionRow>(at, card.student, When::Now)?
            .iter()
            .map(|one| (one.code, one.effective_on, one.expires_on))
            .collect();
        let sees = rules::guardian_days(&contacts, &restrictions, card.birth_date)
            .iter()
            .any(|(from, until)| *from <= today && until.is_none_or(|until| until >= today));
        children.push((card, sees));
    }
    let person = row.plain();
    Ok(TiePerson {
        person: id,
        name: person.name,
        email: person.email,
        children,
    })
}

/// Students found by words, for whoever manages accounts: only what tells them apart is to be shown.
pub fn students_to_tie(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    typed: &str,
    limit: usize,
) -> Outcome<Vec<CardRow>> {
    let hits = search::find_for(at, permit, typed, limit)?;
    Ok(hits.into_iter().map(|hit| hit.card).collect())
}

/// The students that a tie comes to today, by name.
pub fn students_of_tie(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    tie: TieId,
) -> Outcome<Vec<CardRow>> {
    let students = ties::seen_by(at, permit, tie)?;
    store::cards(at, permit, &students)
}

/// The student that a tie names, whether it comes to them today or not. `NotFound` when taken back.
pub fn student_to_tie(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    student: StudentId,
) -> Outcome<CardRow> {
    store::cards(at, permit, &[student])?
        .pop()
        .ok_or(Failure::NotFound)
}

/// The homerooms of a school in which students stand now.
pub fn homerooms_to_tie(
    at: &mut impl Reading,
    _permit: &Permit<ManageAccounts>,
    school: SchoolId,
) -> Outcome<Vec<String>> {
    store::homerooms_at(at, school)
}
