//! Search as you type.

use super::card::Card;
use super::duplicates::past;
use super::keys::{KeyKind, of_card};
use super::matching::{MatchKind, Wanted, judge};
use super::near::{self, deletions, sound};
use super::query;
use crate::model::{CardRow, PlaceState};
use access::{Action, Permit, Scope, action::ViewStudents};
use db::Reading;
use db::schema::{access_place, access_tie, search_key, search_near, search_part, search_word, student_card};
use diesel::prelude::*;
use kernel::{Outcome, StudentId};
use serde::Serialize;
use std::collections::HashSet;

/// Students read for one of several words at most.
const CANDIDATES: i64 = 400;
/// Students read for a word that stands alone: for each that is shown.
const ALONE: usize = 4;
/// Students read for a common word when every word is common.
const COMMON: i64 = 1500;
/// Students read for another form of a word, however many forms there are.
const FORM: i64 = 20;
/// Students read in the order of names, for each beginning.
const IN_ORDER: i64 = 40;
/// Other forms of one word at most, of each sort.
const OTHERS: i64 = 24;
/// Of those, looked up in the order of names.
const LIKELY: usize = 8;

/// Narrows a boxed query to the permit's scope by `$student`, a column of it.
macro_rules! scoped {
    ($query:expr, $at:expr, $permit:expr, $student:path) => {{
        let (division, today) = ($at.division(), $at.today());
        match $permit.scope() {
            Scope::Division => $query,
            Scope::Schools(schools) => $query.filter(diesel::dsl::exists(
                access_place::table
                    .filter(
                        access_place::division_id
                            .eq(division)
                            .and(access_place::student_id.eq($student)),
                    )
                    .filter(access_place::school_id.eq_any(schools.clone()))
                    .filter(access_place::until_date.ge(today)),
            )),
            Scope::Tied(account, kind) => $query.filter(diesel::dsl::exists(
                access_tie::table
                    .filter(
                        access_tie::division_id
                            .eq(division)
                            .and(access_tie::account_id.eq(*account)),
                    )
                    .filter(access_tie::kind.eq(*kind))
                    .filter(
                        access_tie::student_id
                            .eq($student)
                            .and(access_tie::from_date.le(today)),
                    )
                    .filter(
                        access_tie::until_date
                            .is_null()
                            .or(access_tie::until_date.ge(today)),
                    ),
            )),
        }
    }};
}
pub(crate) use scoped;

/// A student found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What the list shows; a restricted student carries the shield in `restriction`.
    pub card: CardRow,
    /// How it was found.
    pub kind: MatchKind,
}

/// The students of the permit's scope that every word of `typed` matches, best
/// first, at most `limit`. Words further in a name and typing errors are looked at
/// only when the words as they stand find fewer than `limit`.
pub fn find(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    typed: &str,
    limit: usize,
) -> Outcome<Vec<Hit>> {
    find_for(at, permit, typed, limit)
}

/// [`find`] for an action that must find students without seeing their records.
pub(crate) fn find_for(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    typed: &str,
    limit: usize,
) -> Outcome<Vec<Hit>> {
    let mut words = query::words(typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut hits = pass(at, permit, &words, limit)?;
    if hits.len() < limit && words.iter().any(|word| word.word.len() >= near::INNER) {
        for word in &mut words {
            word.others = others(at, &word.word)?;
        }
        if words.iter().any(|word| !word.others.is_empty()) {
            for hit in pass(at, permit, &words, limit)? {
                if !hits.iter().any(|known| known.card.student == hit.card.student) {
                    hits.push(hit);
                }
            }
        }
    }
    hits.sort_by(|a, b| order(a).cmp(&order(b)));
    hits.truncate(limit);
    Ok(hits)
}

/// Best match first; students who are here before those who left; then by name.
fn order(hit: &Hit) -> (MatchKind, bool, &str, StudentId) {
    let gone = matches!(hit.card.state, PlaceState::Left | PlaceState::None);
    (hit.kind, gone, &hit.card.sort_name, hit.card.student)
}

fn pass(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    words: &[Wanted],
    limit: usize,
) -> Outcome<Vec<Hit>> {
    let mut ids = by_name_order(at, permit, words)?;
    ids.extend(by_rarest(at, permit, words, limit)?);
    ids.sort();
    ids.dedup();
    let hits = cards(at, &ids)?.into_iter().filter_map(|card| {
        let kind = judge(words, &of_card(&card.keys))?;
        Some(Hit {
            card: card.row_for(permit),
            kind,
        })
    });
    Ok(hits.collect())
}

pub(crate) fn cards(at: &mut impl Reading, ids: &[StudentId]) -> Outcome<Vec<Card>> {
    let division = at.division();
    let mut all = Vec::new();
    for some in ids.chunks(400) {
        let cards: Vec<Card> = db::ask!(
            at.conn(),
            load,
            student_card::table
                .filter(
                    student_card::division_id
                        .eq(division)
                        .and(student_card::student_id.eq_any(some.to_vec())),
                )
                .select(Card::as_select())
        )?;
        all.extend(cards);
    }
    Ok(all)
}

/// The first students in name order whose last and first names begin so: what
/// is meant most of the time, straight from the index, however common the name.
fn by_name_order(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    words: &[Wanted],
) -> Outcome<Vec<StudentId>> {
    let mut ids = Vec::new();
    for beginning in beginnings(words) {
        ids.extend(in_order(at, permit, &beginning)?);
    }
    Ok(ids)
}

/// How a name may begin: with the word; with two words either way round, one of
/// them in its likeliest other forms.
fn beginnings(words: &[Wanted]) -> Vec<String> {
    let (one, two) = match words {
        [one] => return vec![one.word.clone()],
        [one, two] => (one, two),
        _ => return Vec::new(),
    };
    let likely = |word: &Wanted| word.others.iter().take(LIKELY).cloned().collect::<Vec<_>>();
    let mut pairs = vec![(one.word.clone(), two.word.clone())];
    pairs.extend(likely(one).into_iter().map(|form| (form, two.word.clone())));
    pairs.extend(likely(two).into_iter().map(|form| (one.word.clone(), form)));
    pairs
        .into_iter()
        .flat_map(|(one, two)| [format!("{one} {two}"), format!("{two} {one}")])
        .collect()
}

fn in_order(at: &mut impl Reading, permit: &Permit<impl Action>, beginning: &str) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let query = student_card::table
        .filter(student_card::division_id.eq(division))
        .filter(
            student_card::sort_name
                .ge(beginning.to_owned())
                .and(student_card::sort_name.lt(past(beginning))),
        )
        .order((student_card::sort_name, student_card::student_id))
        .limit(IN_ORDER)
        .select(student_card::student_id);
    if *permit.scope() == Scope::Division {
        return Ok(db::ask!(at.conn(), load, query)?);
    }
    let query = scoped!(query.into_boxed(), at, permit, student_card::student_id);
    Ok(query.load(at.conn())?)
}

/// The students of the rarest word; when every word is common, those that have
/// the first two.
fn by_rarest(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    words: &[Wanted],
    limit: usize,
) -> Outcome<Vec<StudentId>> {
    let long: Vec<&Wanted> = words
        .iter()
        .filter(|word| word.word.chars().count() > 1)
        .collect();
    if let [lone] = long.as_slice() {
        let most = i64::try_from(limit * ALONE).unwrap_or(CANDIDATES);
        return students_with(at, permit, lone, most.min(CANDIDATES));
    }
    let mut fewest: Option<Vec<StudentId>> = None;
    for word in &long {
        let ids = students_with(at, permit, word, CANDIDATES)?;
        if fewest.as_ref().is_none_or(|known| ids.len() < known.len()) {
            fewest = Some(ids);
        }
    }
    let fewest = fewest.unwrap_or_default();
    let all_common = i64::try_from(fewest.len()).is_ok_and(|many| many >= CANDIDATES);
    match long.as_slice() {
        [one, two, ..] if all_common => {
            let first = students_with(at, permit, one, COMMON)?;
            also_with(at, &first, two)
        }
        _ => Ok(fewest),
    }
}

/// Students with a key that `word` matches, within the scope: at most `most`
/// by the word itself, and as many by all its other forms together.
fn students_with(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    word: &Wanted,
    most: i64,
) -> Outcome<Vec<StudentId>> {
    let mut ids = range(at, permit, (&word.word, &past(&word.word)), most)?;
    let forms = word.nicknames.len() + word.others.len();
    let share = (most / i64::try_from(forms).unwrap_or(most).max(1)).max(FORM);
    for form in word.nicknames.iter().chain(&word.others) {
        ids.extend(range(at, permit, (form, &format!("{form}\u{1}")), share)?);
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

fn range(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    (from, to): (&str, &str),
    most: i64,
) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let query = search_key::table
        .filter(search_key::division_id.eq(division))
        .filter(
            search_key::word
                .ge(from.to_owned())
                .and(search_key::word.lt(to.to_owned())),
        )
        .limit(most)
        .select(search_key::student_id);
    if *permit.scope() == Scope::Division {
        return Ok(db::ask!(at.conn(), load, query)?);
    }
    let query = scoped!(query.into_boxed(), at, permit, search_key::student_id);
    Ok(query.load(at.conn())?)
}

/// Those of `ids` that also have a key which `word` begins, or another form of it.
fn also_with(at: &mut impl Reading, ids: &[StudentId], word: &Wanted) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let forms: Vec<String> = word.nicknames.iter().chain(&word.others).cloned().collect();
    let mut both = Vec::new();
    for some in ids.chunks(500) {
        let found: Vec<StudentId> = db::ask!(
            at.conn(),
            load,
            search_key::table
                .filter(
                    search_key::division_id
                        .eq(division)
                        .and(search_key::student_id.eq_any(some.to_vec())),
                )
                .filter(
                    search_key::word
                        .ge(word.word.clone())
                        .and(search_key::word.lt(past(&word.word)))
                        .or(search_key::word.eq_any(forms.clone())),
                )
                .select(search_key::student_id)
        )?;
        both.extend(found);
        if both.len() >= 400 {
            break;
        }
    }
    both.sort();
    both.dedup();
    Ok(both)
}

/// Known words that hold what was typed further in, then those one letter off,
/// then those of the same sound; at most 24 of each.
pub(super) fn others(at: &mut impl Reading, typed: &str) -> Outcome<Vec<String>> {
    if typed.len() < near::INNER || !typed.chars().all(char::is_alphabetic) {
        return Ok(Vec::new());
    }
    let mut words = holding(at, typed)?;
    let forms = deletions(typed);
    if !forms.is_empty() {
        words.extend(misses(at, typed, forms)?);
    }
    let mut known = HashSet::new();
    words.retain(|word| word != typed && known.insert(word.clone()));
    Ok(words)
}

/// Known words with `typed` in their middle or at their end.
fn holding(at: &mut impl Reading, typed: &str) -> Outcome<Vec<String>> {
    let division = at.division();
    let words = db::ask!(
        at.conn(),
        load,
        search_part::table
            .filter(search_part::division_id.eq(division))
            .filter(
                search_part::part
                    .ge(typed.to_owned())
                    .and(search_part::part.lt(past(typed))),
            )
            .order((search_part::part, search_part::word))
            .select(search_part::word)
            .limit(OTHERS)
    )?;
    Ok(words)
}

/// Known words one letter off, whose deletions are among `forms` as those of
/// `typed` are; then those of the same sound.
fn misses(at: &mut impl Reading, typed: &str, mut forms: Vec<String>) -> Outcome<Vec<String>> {
    let division = at.division();
    let mut words: Vec<String> = db::ask!(
        at.conn(),
        load,
        search_word::table
            .filter(
                search_word::division_id
                    .eq(division)
                    .and(search_word::word.eq_any(forms.clone())),
            )
            .select(search_word::word)
            .limit(OTHERS)
    )?;
    forms.push(typed.to_owned());
    let near: Vec<String> = db::ask!(
        at.conn(),
        load,
        search_near::table
            .filter(
                search_near::division_id
                    .eq(division)
                    .and(search_near::near.eq_any(forms)),
            )
            .select(search_near::word)
            .limit(OTHERS * 8)
    )?;
    words.extend(
        near.into_iter()
            .filter(|word| near::is_near(word, typed))
            .take(24),
    );
    let heard = sound(typed);
    if !heard.is_empty() {
        let alike: Vec<String> = db::ask!(
            at.conn(),
            load,
            search_word::table
                .filter(
                    search_word::division_id
                        .eq(division)
                        .and(search_word::sound.eq(heard)),
                )
                .select(search_word::word)
                .limit(OTHERS)
        )?;
        words.extend(alike);
    }
    Ok(words)
}

/// Students of the scope with a contact of this last name or phone, at most 20.
pub(crate) fn students_with_guardian(
    at: &mut impl Reading,
    permit: &Permit<impl Action>,
    last_name: &str,
    phone: &str,
) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let digits: String = crate::rules::tidy_phone(phone);
    let name = kernel::text::fold(last_name).replace(' ', "");
    let words: Vec<String> = [name, digits]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let mut query = search_key::table
        .filter(
            search_key::division_id
                .eq(division)
                .and(search_key::word.eq_any(words)),
        )
        .filter(search_key::kind.eq_any(vec![KeyKind::Guardian, KeyKind::Phone]))
        .limit(20)
        .select(search_key::student_id)
        .into_boxed();
    query = scoped!(query, at, permit, search_key::student_id);
    let mut ids: Vec<StudentId> = query.load(at.conn())?;
    ids.sort();
    ids.dedup();
    Ok(ids)
}
