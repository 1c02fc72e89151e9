//! Lists of students: filtered, sorted, paged by key; of today, or of a school year.

mod kept;
mod paged;
mod question;

use super::bands::{self, Band};
use super::card::Card;
use super::duplicates::past;
use super::find::{others, scoped};
use super::keys::KeyKind;
use super::matching::Wanted;
use super::near;
use super::query;
use crate::model::{CardRow, PlaceState};
use access::{Permit, Scope, action::ViewStudents};
use db::Reading;
use db::schema::{
    access_place, access_tie, contact, enrolment, person_detail, search_key, student_address, student_card,
    student_citizenship, student_detail,
};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use kept::{
    WITHDRAWN, begins, begun, coded, detail_of, enrolled, has_code, held, held_by, later, of_record,
    of_today, of_year, sounds,
};
use kernel::{Asn, Date, Outcome, SchoolId, SchoolYear, StudentId};
use paged::{Last, key, later_name, ordered, paged, paged_with_gaps, place};
pub use question::{COUNTED, ListQuery, Missing, Page, Sort};

/// Students looked up at once; below both engines' limit of bound values.
const AT_ONCE: usize = 400;

/// Students of the permit's scope, a page at a time.
pub fn list(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
) -> Outcome<Page<CardRow>> {
    let limit = if query.limit == 0 {
        50
    } else {
        query.limit.min(500)
    };
    let Some(words) = words(at, permit, query)? else {
        return Ok(Page {
            rows: Vec::new(),
            next: None,
            total: 0,
            is_longer: false,
        });
    };
    let asked = (query, words.as_slice());
    let counted = students(at, permit, asked, Some(COUNTED + 1))?.len();
    let counted = i64::try_from(counted).unwrap_or(i64::MAX);
    let sort = query.sort.unwrap_or(Sort::Name);
    let after = query.after.as_ref().map(place);
    let mut cards = match bands::of(at, sort, query.school)? {
        None => rows(at, permit, asked, (sort, &Band::Any), (after, limit + 1))?,
        Some(bands) => banded(at, permit, asked, bands, (after, limit + 1))?,
    };
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = cards
        .last()
        .filter(|_| more)
        .map(|card| (key(sort, card), card.student_id));
    Ok(Page {
        rows: cards.into_iter().map(|card| card.row_for(permit)).collect(),
        next,
        total: counted.min(COUNTED),
        is_longer: counted > COUNTED,
    })
}

/// What a list asks for, with its words as they are looked for.
type Asked<'a> = (&'a ListQuery, &'a [Wanted]);

/// The words that a list is narrowed by; none when what was typed has none to
/// look for. As typed, and where nobody has them so, further in, one letter off or alike in sound.
fn words(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
) -> Outcome<Option<Vec<Wanted>>> {
    let Some(typed) = query.text.as_deref().filter(|text| !text.trim().is_empty()) else {
        return Ok(Some(Vec::new()));
    };
    let mut words = query::words(typed);
    if words.is_empty() {
        return Ok(None);
    }
    let may_be_more = words.iter().any(|word| word.word.len() >= near::INNER);
    if may_be_more && students(at, permit, (&ListQuery::default(), &words), Some(1))?.is_empty() {
        for word in &mut words {
            word.others = others(at, &word.word)?;
        }
    }
    Ok(Some(words))
}

/// Rows of a list whose order is one of groups: the groups one after the other,
/// each by name, from the one that the page before ended in.
fn banded(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    asked: Asked<'_>,
    mut bands: Vec<Band>,
    (after, most): (Option<Last>, usize),
) -> Outcome<Vec<Card>> {
    if asked.0.descending {
        bands.reverse();
    }
    let begins = after.as_ref().map_or(0, |(group, ..)| {
        let place = bands.iter().position(|band| band.key() == *group);
        place.unwrap_or(bands.len())
    });
    let mut after = after.map(|(_, name, id)| (name.clone(), name, id));
    let mut all = Vec::new();
    for band in bands.into_iter().skip(begins) {
        let left = (after.take(), most - all.len());
        all.extend(rows(at, permit, asked, (Sort::Name, &band), left)?);
        if all.len() == most {
            break;
        }
    }
    Ok(all)
}

/// At most so many rows of a list within a group, after the last row of the page before.
fn rows(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    asked: Asked<'_>,
    (sort, band): (Sort, &Band),
    (after, most): (Option<Last>, usize),
) -> Outcome<Vec<Card>> {
    match asked.0.year {
        None => rows_of_today(at, permit, asked, (sort, band), (after, most)),
        Some(year) => rows_of_year(at, permit, (asked, year), (sort, band), (after, most)),
    }
}

#[expect(
    clippy::cognitive_complexity,
    reason = "the filters and orders are one line each, written out by macros"
)]
fn rows_of_today(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    (query, words): Asked<'_>,
    (sort, band): (Sort, &Band),
    (after, most): (Option<Last>, usize),
) -> Outcome<Vec<Card>> {
    let cards = student_card::table.select(Card::as_select());
    let cards = of_today!(cards, at, permit, (query, words)).limit(i64::try_from(most).unwrap_or(501));
    let cards = match band {
        Band::Any => cards,
        Band::School(Some(school)) => cards.filter(student_card::school_id.eq(*school)),
        Band::School(None) => cards.filter(student_card::school_id.is_null()),
        Band::Grade(grade) => cards.filter(student_card::grade.eq(*grade)),
    };
    let cards = ordered!(
        cards,
        sort,
        (after, query.descending),
        student_card::homeroom,
        student_card::enrolled_on
    );
    Ok(cards.load(at.conn())?)
}

/// Where a student was in a school year: school, grade, homeroom, first day, kind of exit.
type Stay = (SchoolId, String, String, Date, Option<String>);

#[expect(
    clippy::cognitive_complexity,
    reason = "the filters and orders are one line each, written out by macros"
)]
fn rows_of_year(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    ((query, words), year): (Asked<'_>, SchoolYear),
    (sort, band): (Sort, &Band),
    (after, most): (Option<Last>, usize),
) -> Outcome<Vec<Card>> {
    let stay = (
        enrolment::school_id,
        enrolment::grade,
        enrolment::homeroom,
        enrolment::start_on,
        enrolment::exit_kind,
    );
    let cards = enrolled!().select((Card::as_select(), stay));
    let cards = of_year!(cards, at, permit, (query, words), year).limit(i64::try_from(most).unwrap_or(501));
    let cards = match band {
        Band::Any => cards,
        Band::School(Some(school)) => cards.filter(enrolment::school_id.eq(*school)),
        // Every enrolment of a year is at a school.
        Band::School(None) => return Ok(Vec::new()),
        Band::Grade(grade) => cards.filter(enrolment::grade.eq(*grade)),
    };
    let cards = ordered!(
        cards,
        sort,
        (after, query.descending),
        enrolment::homeroom,
        enrolment::start_on
    );
    let rows: Vec<(Card, Stay)> = cards.load(at.conn())?;
    Ok(rows.into_iter().map(|(card, stay)| stayed(card, stay)).collect())
}

/// The card as the school year shows it.
fn stayed(card: Card, (school, grade, homeroom, since, exit): Stay) -> Card {
    let state = if exit.as_deref() == Some(WITHDRAWN) {
        PlaceState::Left
    } else {
        PlaceState::Enrolled
    };
    Card {
        school_id: Some(school),
        grade,
        homeroom,
        enrolled_on: Some(since),
        state,
        ..card
    }
}

/// The students of a list in the order of names, so many at most.
#[expect(
    clippy::cognitive_complexity,
    reason = "the filters are a macro, written out for each of the two tables that a list is read from"
)]
fn students(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    (query, words): Asked<'_>,
    most: Option<i64>,
) -> Outcome<Vec<StudentId>> {
    let most = most.unwrap_or(i64::MAX);
    Ok(match query.year {
        None => {
            let cards = student_card::table.select(student_card::student_id);
            of_today!(cards, at, permit, (query, words))
                .order((student_card::sort_name, student_card::student_id))
                .limit(most)
                .load(at.conn())?
        }
        Some(year) => {
            let cards = enrolled!().select(student_card::student_id);
            of_year!(cards, at, permit, (query, words), year)
                .order((student_card::sort_name, student_card::student_id))
                .limit(most)
                .load(at.conn())?
        }
    })
}

/// Every student of a list, whatever its page: what a change to all of a filter
/// is about. Whoever asks says how many are too many; no more are read.
pub fn all_of_list(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
    most: usize,
) -> Outcome<Vec<StudentId>> {
    match words(at, permit, query)? {
        None => Ok(Vec::new()),
        Some(words) => students(at, permit, (query, &words), i64::try_from(most).ok()),
    }
}

/// How many students a list has, each of them counted.
#[expect(
    clippy::cognitive_complexity,
    reason = "the filters are a macro, written out for each of the two tables that a list is read from"
)]
pub fn count(at: &mut impl Reading, permit: &Permit<ViewStudents>, query: &ListQuery) -> Outcome<i64> {
    let Some(words) = words(at, permit, query)? else {
        return Ok(0);
    };
    let words = words.as_slice();
    Ok(match query.year {
        None => of_today!(student_card::table.count(), at, permit, (query, words)).get_result(at.conn())?,
        Some(year) => {
            of_year!(enrolled!().count(), at, permit, (query, words), year).get_result(at.conn())?
        }
    })
}

/// Students of the permit's scope by their ids, after one of them: for work that
/// goes through all of them, however many there are.
pub fn students_after(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    after: Option<StudentId>,
    limit: i64,
) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    let mut cards = student_card::table
        .select(student_card::student_id)
        .filter(student_card::division_id.eq(division))
        .into_boxed();
    if let Some(after) = after {
        cards = cards.filter(student_card::student_id.gt(after));
    }
    Ok(scoped!(cards, at, permit, student_card::student_id)
        .order(student_card::student_id)
        .limit(limit)
        .load(at.conn())?)
}

/// The cards of these students, those of the scope alone, in the order of names.
pub fn cards_of(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    students: &[StudentId],
) -> Outcome<Vec<CardRow>> {
    let division = at.division();
    let mut all = Vec::with_capacity(students.len());
    for some in students.chunks(AT_ONCE) {
        let cards = student_card::table
            .select(Card::as_select())
            .filter(
                student_card::division_id
                    .eq(division)
                    .and(student_card::student_id.eq_any(some.to_vec())),
            )
            .into_boxed();
        let some: Vec<Card> = scoped!(cards, at, permit, student_card::student_id).load(at.conn())?;
        all.extend(some.into_iter().map(|card| card.row_for(permit)));
    }
    all.sort_by(|a, b| (&a.sort_name, a.student).cmp(&(&b.sort_name, b.student)));
    Ok(all)
}

/// The homerooms of the scope, of one school or of all, today or in a school
/// year, at most 200: what a filter offers.
#[expect(
    clippy::cognitive_complexity,
    reason = "the filters are a macro, written out for each of the two tables that a list is read from"
)]
pub fn homerooms(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    school: Option<SchoolId>,
    year: Option<SchoolYear>,
) -> Outcome<Vec<String>> {
    let query = ListQuery {
        school,
        year,
        state: Some(PlaceState::Enrolled),
        ..ListQuery::default()
    };
    let none: &[Wanted] = &[];
    Ok(match year {
        None => {
            let cards = student_card::table.select(student_card::homeroom).distinct();
            of_today!(cards, at, permit, (query, none))
                .filter(student_card::homeroom.ne(""))
                .order(student_card::homeroom)
                .limit(200)
                .load(at.conn())?
        }
        Some(year) => {
            let cards = enrolled!().select(enrolment::homeroom).distinct();
            of_year!(cards, at, permit, (query, none), year)
                .filter(enrolment::homeroom.ne(""))
                .order(enrolment::homeroom)
                .limit(200)
                .load(at.conn())?
        }
    })
}
