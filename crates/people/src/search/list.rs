//! Lists of students: filtered, sorted, paged by key.

use super::card::Card;
use super::find::{find, scoped};
use crate::model::{CardRow, PlaceState};
use access::{Permit, Scope, action::ViewStudents};
use db::Reading;
use db::schema::{access_place, access_tie, student_card};
use diesel::prelude::*;
use kernel::{Date, Outcome, SchoolId, StudentId};
use serde::{Deserialize, Serialize};

kernel::text_enum! {
    /// The order of a list.
    pub enum Sort {
        /// Last name, first name.
        Name = "name",
        /// Oldest first.
        BirthDate = "born",
        /// By the number within the division.
        LocalNumber = "number",
        /// Grade, then name.
        Grade = "grade",
        /// Homeroom, then name.
        Homeroom = "homeroom",
    }
}

/// Which students, in which order, after which one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// At this school.
    pub school: Option<SchoolId>,
    /// A grade code.
    pub grade: Option<String>,
    /// A homeroom.
    pub homeroom: Option<String>,
    /// Enrolled, future, left, none.
    pub state: Option<PlaceState>,
    /// With any restriction, or without one.
    pub restricted: Option<bool>,
    /// A word of the connector.
    pub sync: Option<String>,
    /// Found by these words; the order is then that of the search.
    pub text: Option<String>,
    /// The order; by name when none is given.
    pub sort: Option<Sort>,
    /// The last row of the page before: its key in this order, and the student.
    pub after: Option<(String, StudentId)>,
    /// Rows of a page, 1 to 500; 50 when 0.
    pub limit: usize,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// What `after` must be for the next page; none on the last one.
    pub next: Option<(String, StudentId)>,
    /// Rows of the whole list.
    pub total: i64,
}

/// Narrows a selection of cards by the scope and the filters of a list.
macro_rules! filtered {
    ($start:expr, $at:expr, $permit:expr, $query:expr) => {{
        let division = $at.division();
        let mut cards = $start.filter(student_card::division_id.eq(division)).into_boxed();
        if let Some(school) = $query.school {
            cards = cards.filter(student_card::school_id.eq(school));
        }
        if let Some(grade) = $query.grade.clone() {
            cards = cards.filter(student_card::grade.eq(grade));
        }
        if let Some(homeroom) = $query.homeroom.clone() {
            cards = cards.filter(student_card::homeroom.eq(homeroom));
        }
        if let Some(state) = $query.state {
            cards = cards.filter(student_card::state.eq(state));
        }
        match $query.restricted {
            Some(true) => cards = cards.filter(student_card::restriction.ne("")),
            Some(false) => cards = cards.filter(student_card::restriction.eq("")),
            None => {}
        }
        if let Some(sync) = $query.sync.clone() {
            cards = cards.filter(student_card::sync_state.eq(sync));
        }
        scoped!(cards, $at, $permit, student_card::student_id)
    }};
}

/// Orders by a column, then by name and student, and begins after the last row of the page before.
macro_rules! paged {
    ($cards:expr, $column:expr, $after:expr) => {{
        let cards = $cards.order(($column, student_card::sort_name, student_card::student_id));
        match $after {
            None => cards,
            Some((group, name, id)) => {
                let later = student_card::sort_name.gt(name.clone());
                let tie = student_card::sort_name
                    .eq(name)
                    .and(student_card::student_id.gt(id));
                cards
                    .filter($column.ge(group.clone()))
                    .filter($column.gt(group).or(later.or(tie)))
            }
        }
    }};
}

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
    if let Some(text) = query.text.as_deref().filter(|text| !text.trim().is_empty()) {
        return searched(at, permit, query, (text, limit));
    }
    let total: i64 = filtered!(student_card::table.count(), at, permit, query).get_result(at.conn())?;
    let sort = query.sort.unwrap_or(Sort::Name);
    let cards = filtered!(student_card::table.select(Card::as_select()), at, permit, query)
        .limit(i64::try_from(limit + 1).unwrap_or(501));
    let after = query.after.as_ref().map(|(key, id)| {
        let (group, name) = key.split_once('\u{1f}').unwrap_or((key, ""));
        (group.to_owned(), name.to_owned(), *id)
    });
    let born = after
        .clone()
        .and_then(|(day, name, id)| Some((day.parse::<Date>().ok()?, name, id)));
    let cards = match sort {
        Sort::Name => paged!(cards, student_card::sort_name, after),
        Sort::BirthDate => paged!(cards, student_card::birth_date, born),
        Sort::LocalNumber => paged!(cards, student_card::local_number, after),
        Sort::Grade => paged!(cards, student_card::grade, after),
        Sort::Homeroom => paged!(cards, student_card::homeroom, after),
    };
    let mut cards: Vec<Card> = cards.load(at.conn())?;
    let more = cards.len() > limit;
    cards.truncate(limit);
    let next = cards
        .last()
        .filter(|_| more)
        .map(|card| (key(sort, card), card.student_id));
    Ok(Page {
        rows: cards.into_iter().map(Card::row).collect(),
        next,
        total,
    })
}

/// One page of what the words find, best first; the filters hold here too.
fn searched(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
    (text, limit): (&str, usize),
) -> Outcome<Page<CardRow>> {
    let mut rows: Vec<CardRow> = find(at, permit, text, 400)?
        .into_iter()
        .map(|hit| hit.card)
        .collect();
    rows.retain(|card| fits(card, query));
    let total = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let begins = match &query.after {
        None => 0,
        Some((_, last)) => rows
            .iter()
            .position(|card| card.student == *last)
            .map_or(rows.len(), |at| at + 1),
    };
    let next = rows
        .get(begins + limit)
        .and_then(|_| rows.get(begins + limit - 1));
    let next = next.map(|card| (String::new(), card.student));
    Ok(Page {
        rows: rows.into_iter().skip(begins).take(limit).collect(),
        next,
        total,
    })
}

fn fits(card: &CardRow, query: &ListQuery) -> bool {
    let same = |wanted: &Option<String>, text: &str| wanted.as_deref().is_none_or(|wanted| wanted == text);
    query.school.is_none_or(|school| card.school == Some(school))
        && same(&query.grade, &card.grade)
        && same(&query.homeroom, &card.homeroom)
        && same(&query.sync, &card.sync_state)
        && query.state.is_none_or(|state| card.state == state)
        && query
            .restricted
            .is_none_or(|restricted| card.restriction.is_some() == restricted)
}

/// What the next page begins after: the column, and the name.
fn key(sort: Sort, card: &Card) -> String {
    let column = match sort {
        Sort::Name => &card.sort_name,
        Sort::BirthDate => card.birth_date.as_str(),
        Sort::LocalNumber => &card.local_number,
        Sort::Grade => &card.grade,
        Sort::Homeroom => &card.homeroom,
    };
    format!("{column}\u{1f}{}", card.sort_name)
}
