//! Is the child at the counter already here?

use super::card::{Card, sort_name};
use super::keys::{KeyKind, of_card};
use super::matching::is_like;
use super::nickname;
use crate::model::{CardRow, NameKind, RestrictionCode};
use access::{Permit, action::CreateStudents};
use db::Reading;
use db::schema::{student_card, student_name};
use diesel::prelude::*;
use kernel::text::fold;
use kernel::{Asn, Date, Outcome, PersonName, StudentId};
use serde::Serialize;
use std::collections::HashMap;

/// Why a student may be the one being registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DuplicateReason {
    /// Same birth date.
    BirthDate,
    /// Month and day of birth swapped.
    BirthDateSwapped,
    /// Same last name.
    LastName,
    /// Last name one letter off.
    LastNameLike,
    /// Same first name.
    FirstName,
    /// First name one letter off, or another form of it.
    FirstNameLike,
}

impl DuplicateReason {
    /// What it adds to the score.
    const fn weight(self) -> u8 {
        match self {
            Self::BirthDate => 40,
            Self::LastName | Self::FirstName => 30,
            Self::BirthDateSwapped => 25,
            Self::LastNameLike | Self::FirstNameLike => 20,
        }
    }
}

/// A student who may be the one being registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// Who; none for a student outside the permit's scope: "a student of
    /// another school of this division: ask the coordinator", and no more.
    pub student: Option<CardRow>,
    /// Why; empty outside the scope.
    pub reasons: Vec<DuplicateReason>,
    /// 60 to 100; 100 is the same name and birth date.
    pub score: u8,
}

/// Below this nobody is named.
const ENOUGH: u8 = 60;

/// Students who may be the one being registered, likeliest first, at most 8;
/// those outside the scope together as one. Looks at everyone born on that day
/// (or with month and day swapped) and at everyone of that name.
pub fn possible_duplicates(
    at: &mut impl Reading,
    permit: &Permit<CreateStudents>,
    name: &PersonName,
    birth_date: Option<Date>,
) -> Outcome<Vec<Duplicate>> {
    let (last, first) = (fold(name.shown_last()), fold(&name.first));
    let cards = candidates(at, name, birth_date)?;
    let (mut found, mut elsewhere) = (Vec::new(), None::<u8>);
    for card in cards {
        let words = of_card(&card.keys);
        let mut reasons = born(birth_date, card.birth_date);
        reasons.extend(last_name(&last, &words));
        reasons.extend(first_name(&first, &words));
        let score = reasons.iter().map(|reason| reason.weight()).sum::<u8>();
        if score < ENOUGH {
            continue;
        }
        if permit.covers(at, card.student_id)? {
            found.push(Duplicate {
                student: Some(card.row_for(permit)),
                reasons,
                score,
            });
        } else {
            elsewhere = Some(elsewhere.map_or(score, |best| best.max(score)));
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.score));
    found.truncate(7);
    found.extend(elsewhere.map(|score| Duplicate {
        student: None,
        reasons: Vec::new(),
        score,
    }));
    found.sort_by_key(|one| std::cmp::Reverse(one.score));
    Ok(found)
}

fn candidates(at: &mut impl Reading, name: &PersonName, birth_date: Option<Date>) -> Outcome<Vec<Card>> {
    let division = at.division();
    let mut cards: Vec<Card> = Vec::new();
    for day in birth_date
        .into_iter()
        .flat_map(|day| [Some(day), swapped(day)])
        .flatten()
    {
        let born: Vec<Card> = db::ask!(
            at.conn(),
            load,
            student_card::table
                .filter(
                    student_card::division_id
                        .eq(division)
                        .and(student_card::birth_date.eq(day)),
                )
                .limit(600)
                .select(Card::as_select())
        )?;
        cards.extend(born);
    }
    let named = sort_name(&PersonName {
        middle: String::new(),
        ..name.clone()
    });
    if !named.is_empty() {
        let namesakes: Vec<Card> = db::ask!(
            at.conn(),
            load,
            student_card::table
                .filter(student_card::division_id.eq(division))
                .filter(
                    student_card::sort_name
                        .ge(named.clone())
                        .and(student_card::sort_name.lt(past(&named))),
                )
                .order(student_card::sort_name)
                .limit(100)
                .select(Card::as_select())
        )?;
        cards.extend(namesakes);
    }
    cards.sort_by_key(|card| card.student_id);
    cards.dedup_by_key(|card| card.student_id);
    Ok(cards)
}

/// The end of the range of texts that begin with `prefix`.
pub(crate) fn past(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

fn swapped(day: Date) -> Option<Date> {
    Date::new(day.year(), day.day(), day.month()).filter(|other| *other != day)
}

fn born(typed: Option<Date>, kept: Date) -> Vec<DuplicateReason> {
    match typed {
        Some(typed) if typed == kept => vec![DuplicateReason::BirthDate],
        Some(typed) if swapped(typed) == Some(kept) => vec![DuplicateReason::BirthDateSwapped],
        _ => Vec::new(),
    }
}

fn last_name(typed: &str, keys: &[(&str, KeyKind)]) -> Option<DuplicateReason> {
    let typed = typed.replace(' ', "");
    let is_family = |kind: KeyKind| matches!(kind, KeyKind::Last | KeyKind::Other);
    let mut words = keys
        .iter()
        .filter(|(_, kind)| is_family(*kind))
        .map(|(word, _)| *word);
    if typed.is_empty() {
        None
    } else if words.clone().any(|word| word == typed) {
        Some(DuplicateReason::LastName)
    } else {
        words
            .any(|word| is_like(word, &typed))
            .then_some(DuplicateReason::LastNameLike)
    }
}

fn first_name(typed: &str, keys: &[(&str, KeyKind)]) -> Option<DuplicateReason> {
    let joined = typed.replace(' ', "");
    let is_given = |kind: KeyKind| matches!(kind, KeyKind::First | KeyKind::Other);
    let mut words = keys
        .iter()
        .filter(|(_, kind)| is_given(*kind))
        .map(|(word, _)| *word);
    if joined.is_empty() {
        None
    } else if words.clone().any(|word| word == joined || word == typed) {
        Some(DuplicateReason::FirstName)
    } else {
        let forms = nickname::forms(&joined);
        words
            .any(|word| is_like(word, &joined) || forms.iter().any(|form| form == word))
            .then_some(DuplicateReason::FirstNameLike)
    }
}

/// The student whom only someone with the child's papers before them names so:
/// exactly this legal name and birth date, outside the permit's scope.
///
/// None when there is nobody, when several are of that name and day, when the
/// permit covers one of them (search finds that one), and when a restriction
/// must be read before any detail: where such a child is, is not told on a name.
pub fn same_elsewhere(
    at: &mut impl Reading,
    permit: &Permit<CreateStudents>,
    legal: &PersonName,
    born: Date,
) -> Outcome<Option<StudentId>> {
    let there = same_students(at, legal, born)?;
    let [only] = there.as_slice() else {
        return Ok(None);
    };
    let restriction: Option<RestrictionCode> = only.restriction.parse().ok();
    let is_guarded = restriction.is_some_and(RestrictionCode::is_gate);
    if is_guarded || permit.covers(at, only.student_id)? {
        return Ok(None);
    }
    Ok(Some(only.student_id))
}

fn same_students(at: &mut impl Reading, legal: &PersonName, born: Date) -> Outcome<Vec<Card>> {
    let division = at.division();
    let short = sort_name(&PersonName {
        middle: String::new(),
        ..legal.clone()
    });
    let whole = sort_name(legal);
    let mut there: Vec<Card> = db::ask!(
        at.conn(),
        load,
        student_card::table
            .filter(
                student_card::division_id
                    .eq(division)
                    .and(student_card::birth_date.eq(born)),
            )
            .filter(
                student_card::sort_name
                    .ge(short.clone())
                    .and(student_card::sort_name.lt(past(&short))),
            )
            .select(Card::as_select())
            .limit(100)
    )?;
    let spaced = format!("{short} ");
    there.retain(|card| {
        let name = &card.sort_name;
        *name == whole || (whole == short && (*name == short || name.starts_with(&spaced)))
    });
    Ok(there)
}

/// The students born on a day whose name begins as this one does, but for
/// accents: legal name and provincial number.
pub(crate) fn born_alike(
    at: &mut impl Reading,
    legal: &PersonName,
    born: Date,
) -> Outcome<Vec<(PersonName, Option<Asn>)>> {
    type Row = (StudentId, String, String, String, String);
    let division = at.division();
    let short = sort_name(&PersonName {
        middle: String::new(),
        ..legal.clone()
    });
    let there: Vec<(StudentId, Option<Asn>)> = student_card::table
        .filter(
            student_card::division_id
                .eq(division)
                .and(student_card::birth_date.eq(born)),
        )
        .filter(
            student_card::sort_name
                .ge(short.clone())
                .and(student_card::sort_name.lt(past(&short))),
        )
        .select((student_card::student_id, student_card::asn))
        .load(at.conn())?;
    let numbers: HashMap<StudentId, Option<Asn>> = there.into_iter().collect();
    let names: Vec<Row> = student_name::table
        .filter(
            student_name::division_id
                .eq(division)
                .and(student_name::student_id.eq_any(numbers.keys().copied()))
                .and(student_name::kind.eq(NameKind::Legal)),
        )
        .filter(
            student_name::known_to
                .is_null()
                .and(student_name::is_deleted.eq(false)),
        )
        .select((
            student_name::student_id,
            student_name::first_name,
            student_name::middle_name,
            student_name::last_name,
            student_name::suffix,
        ))
        .load(at.conn())?;
    let students = names.into_iter().map(|(id, first, middle, last, suffix)| {
        let name = PersonName {
            first,
            middle,
            last,
            suffix,
        };
        (name, numbers.get(&id).copied().flatten())
    });
    Ok(students.collect())
}
