//! Lists of students: filtered, sorted, paged by key.

use super::bands::{self, Band};
use super::card::Card;
use super::find::{find, scoped};
use crate::model::{CardRow, PlaceState};
use access::{Permit, Scope, action::ViewStudents};
use db::Reading;
use db::schema::{
    access_place, access_tie, contact, enrolment, person_detail, student_address, student_card,
    student_citizenship, student_detail,
};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use kernel::{Asn, Date, Outcome, SchoolId, SchoolYear, StudentId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

kernel::text_enum! {
    /// The order of a list.
    pub enum Sort {
        /// Last name, first name.
        Name = "name",
        /// Oldest first.
        BirthDate = "born",
        /// By the number within the division.
        LocalNumber = "number",
        /// By the provincial number; students without one come last.
        Asn = "asn",
        /// Name of the school, then name; students without one come last.
        School = "school",
        /// Grade, kindergarten first, then name; students without one come last.
        Grade = "grade",
        /// Homeroom, then name.
        Homeroom = "homeroom",
        /// Longest enrolled first; students never enrolled come last.
        Enrolled = "enrolled",
    }
}

kernel::text_enum! {
    /// What a record lacks: the students somebody should ask about.
    pub enum Missing {
        /// Nobody to call: no current contact has a phone.
        GuardianPhone = "guardian-phone",
        /// No current contact has an e-mail address.
        GuardianEmail = "guardian-email",
        /// No current contact at all.
        Guardian = "guardian",
        /// No address on record.
        Address = "address",
        /// No provincial number yet.
        Asn = "asn",
        /// No homeroom.
        Homeroom = "homeroom",
        /// No identity document was seen.
        Document = "document",
        /// No citizenship on record.
        Citizenship = "citizenship",
        /// The language at home was not told.
        Language = "language",
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
    /// A code of the enrolment types, on an enrolment of this school year or the next.
    pub enrolment_type: Option<String>,
    /// A code of the grants programs, likewise.
    pub grant: Option<String>,
    /// A code of the exceptions, likewise.
    pub exception: Option<String>,
    /// A code of the language at home.
    pub language: Option<String>,
    /// What the record lacks.
    pub missing: Option<Missing>,
    /// Found by these words; the order is then that of the search.
    pub text: Option<String>,
    /// The order; by name when none is given.
    pub sort: Option<Sort>,
    /// The order turned round.
    pub descending: bool,
    /// The last row of the page before: its key in this order, and the student.
    pub after: Option<(String, StudentId)>,
    /// Rows of a page, 1 to 500; 50 when 0.
    pub limit: usize,
}

/// Students looked at when words are searched; below both engines' limit of bound values.
const SEARCHED: usize = 400;

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

/// What is known now of the identity of the card's student.
macro_rules! detail_of {
    ($division:expr) => {
        student_detail::table
            .filter(
                student_detail::division_id
                    .eq($division)
                    .and(student_detail::id.eq(student_card::student_id)),
            )
            .filter(student_detail::known_to.is_null())
    };
}

/// The contacts of the card's student that hold on a day.
macro_rules! contacts_of {
    ($division:expr, $day:expr) => {
        contact::table
            .filter(
                contact::division_id
                    .eq($division)
                    .and(contact::student_id.eq(student_card::student_id)),
            )
            .filter(contact::known_to.is_null().and(contact::is_deleted.eq(false)))
            .filter(contact::effective_on.le($day))
            .filter(contact::expires_on.is_null().or(contact::expires_on.ge($day)))
    };
}

/// The same, with what is known now of the persons.
macro_rules! persons_of {
    ($division:expr, $day:expr) => {
        contact::table
            .inner_join(
                person_detail::table.on(person_detail::division_id
                    .eq(contact::division_id)
                    .and(person_detail::id.eq(contact::person_id))),
            )
            .filter(
                contact::division_id
                    .eq($division)
                    .and(contact::student_id.eq(student_card::student_id)),
            )
            .filter(contact::known_to.is_null().and(contact::is_deleted.eq(false)))
            .filter(contact::effective_on.le($day))
            .filter(contact::expires_on.is_null().or(contact::expires_on.ge($day)))
            .filter(person_detail::known_to.is_null())
    };
}

/// Keeps the cards with a code on an enrolment of this school year or a later
/// one. Codes stand with commas between.
macro_rules! coded {
    ($cards:expr, $at:expr, $column:expr, $code:expr) => {{
        let (division, year) = ($at.division(), SchoolYear::of($at.today()));
        let code: String = $code.chars().filter(char::is_ascii_alphanumeric).collect();
        $cards.filter(exists(
            enrolment::table
                .filter(
                    enrolment::division_id
                        .eq(division)
                        .and(enrolment::student_id.eq(student_card::student_id)),
                )
                .filter(enrolment::known_to.is_null().and(enrolment::deletion.is_null()))
                .filter(enrolment::school_year.ge(year))
                .filter(
                    $column
                        .eq(code.clone())
                        .or($column.like(format!("{code},%")))
                        .or($column.like(format!("%,{code}")))
                        .or($column.like(format!("%,{code},%"))),
                ),
        ))
    }};
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
        if let Some(code) = $query.enrolment_type.as_deref() {
            cards = coded!(cards, $at, enrolment::type_codes, code);
        }
        if let Some(code) = $query.grant.as_deref() {
            cards = coded!(cards, $at, enrolment::grants_codes, code);
        }
        if let Some(code) = $query.exception.as_deref() {
            cards = coded!(cards, $at, enrolment::exception_codes, code);
        }
        if let Some(language) = $query.language.clone() {
            cards = cards.filter(exists(
                detail_of!(division).filter(student_detail::language_at_home.eq(language)),
            ));
        }
        let today = $at.today();
        let cards = match $query.missing {
            None => cards,
            Some(Missing::GuardianPhone) => cards.filter(not(exists(
                persons_of!(division, today).filter(
                    person_detail::home_phone
                        .ne("")
                        .or(person_detail::mobile_phone.ne(""))
                        .or(person_detail::work_phone.ne("")),
                ),
            ))),
            Some(Missing::GuardianEmail) => cards.filter(not(exists(
                persons_of!(division, today).filter(person_detail::email.ne("")),
            ))),
            Some(Missing::Guardian) => cards.filter(not(exists(contacts_of!(division, today)))),
            Some(Missing::Address) => cards.filter(not(exists(
                student_address::table
                    .filter(
                        student_address::division_id
                            .eq(division)
                            .and(student_address::student_id.eq(student_card::student_id)),
                    )
                    .filter(
                        student_address::known_to
                            .is_null()
                            .and(student_address::is_deleted.eq(false)),
                    )
                    .filter(
                        student_address::expires_on
                            .is_null()
                            .or(student_address::expires_on.ge(today)),
                    ),
            ))),
            Some(Missing::Citizenship) => cards.filter(not(exists(
                student_citizenship::table
                    .filter(
                        student_citizenship::division_id
                            .eq(division)
                            .and(student_citizenship::student_id.eq(student_card::student_id)),
                    )
                    .filter(
                        student_citizenship::known_to
                            .is_null()
                            .and(student_citizenship::is_deleted.eq(false)),
                    ),
            ))),
            Some(Missing::Asn) => cards.filter(student_card::asn.is_null()),
            Some(Missing::Homeroom) => cards.filter(student_card::homeroom.eq("")),
            Some(Missing::Document) => cards.filter(exists(
                detail_of!(division).filter(student_detail::document_type.eq("")),
            )),
            Some(Missing::Language) => cards.filter(exists(
                detail_of!(division).filter(student_detail::language_at_home.eq("")),
            )),
        };
        scoped!(cards, $at, $permit, student_card::student_id)
    }};
}

/// Orders by a column, then by name and student, and begins after the last row of the page before.
macro_rules! paged {
    ($cards:expr, $column:expr, $after:expr, $down:expr) => {{
        let cards = if $down {
            $cards.order((
                $column.desc(),
                student_card::sort_name.desc(),
                student_card::student_id.desc(),
            ))
        } else {
            $cards.order(($column, student_card::sort_name, student_card::student_id))
        };
        match $after {
            None => cards,
            Some((group, name, id)) if $down => {
                let later = student_card::sort_name.lt(name.clone());
                let tie = student_card::sort_name
                    .eq(name)
                    .and(student_card::student_id.lt(id));
                cards
                    .filter($column.le(group.clone()))
                    .filter($column.lt(group).or(later.or(tie)))
            }
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

/// A student later in the order of names: by `gt`, or by `lt` when it is turned round.
macro_rules! later_name {
    ($name:expr, $id:expr, $later:ident) => {
        student_card::sort_name
            .$later($name.clone())
            .or(student_card::sort_name
                .eq($name.clone())
                .and(student_card::student_id.$later($id)))
    };
}

/// The same by a column that may be empty. Rows without a value stand last, and
/// first when the order is turned round, on either engine.
macro_rules! paged_with_gaps {
    ($cards:expr, $column:expr, $after:expr, $down:expr) => {{
        let cards = if $down {
            $cards.order((
                $column.is_null().desc(),
                $column.desc(),
                student_card::sort_name.desc(),
                student_card::student_id.desc(),
            ))
        } else {
            $cards.order((
                $column.is_null(),
                $column,
                student_card::sort_name,
                student_card::student_id,
            ))
        };
        match $after {
            None => cards,
            Some((group, name, id)) => match (group, $down) {
                (None, false) => cards.filter($column.is_null()).filter(later_name!(name, id, gt)),
                (None, true) => cards.filter($column.is_not_null().or(later_name!(name, id, lt))),
                (Some(group), false) => cards.filter(
                    $column
                        .is_null()
                        .or($column.gt(group))
                        .or($column.eq(group).and(later_name!(name, id, gt))),
                ),
                (Some(group), true) => cards.filter(
                    $column
                        .lt(group)
                        .or($column.eq(group).and(later_name!(name, id, lt))),
                ),
            },
        }
    }};
}

/// Where a page begins: the group in the order, the name, the student.
type Last = (String, String, StudentId);

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
    let after: Option<Last> = query.after.as_ref().map(|(key, id)| {
        let (group, name) = key.split_once('\u{1f}').unwrap_or((key, ""));
        (group.to_owned(), name.to_owned(), *id)
    });
    let mut cards = match bands::of(at, sort)? {
        None => rows(at, permit, query, (sort, &Band::Any), (after, limit + 1))?,
        Some(bands) => banded(at, permit, query, bands, (after, limit + 1))?,
    };
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

/// Rows of a list whose order is one of groups: the groups one after the other,
/// each by name, from the one that the page before ended in.
fn banded(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
    mut bands: Vec<Band>,
    (after, most): (Option<Last>, usize),
) -> Outcome<Vec<Card>> {
    if query.descending {
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
        all.extend(rows(at, permit, query, (Sort::Name, &band), left)?);
        if all.len() == most {
            break;
        }
    }
    Ok(all)
}

/// At most so many rows of a list within a group, after the last row of the page before.
#[expect(
    clippy::cognitive_complexity,
    reason = "the filters and orders are one line each, written out by macros"
)]
fn rows(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
    (sort, band): (Sort, &Band),
    (after, most): (Option<Last>, usize),
) -> Outcome<Vec<Card>> {
    let cards = filtered!(student_card::table.select(Card::as_select()), at, permit, query)
        .limit(i64::try_from(most).unwrap_or(501));
    let cards = match band {
        Band::Any => cards,
        Band::School(Some(school)) => cards.filter(student_card::school_id.eq(*school)),
        Band::School(None) => cards.filter(student_card::school_id.is_null()),
        Band::Grade(grade) => cards.filter(student_card::grade.eq(*grade)),
    };
    let born = after
        .clone()
        .and_then(|(day, name, id)| Some((day.parse::<Date>().ok()?, name, id)));
    let since = after
        .clone()
        .map(|(day, name, id)| (day.parse::<Date>().ok(), name, id));
    let asn = after
        .clone()
        .map(|(number, name, id)| (number.parse::<Asn>().ok(), name, id));
    let down = query.descending;
    let cards = match sort {
        Sort::Name | Sort::School | Sort::Grade => paged!(cards, student_card::sort_name, after, down),
        Sort::BirthDate => paged!(cards, student_card::birth_date, born, down),
        Sort::LocalNumber => paged!(cards, student_card::local_number, after, down),
        Sort::Homeroom => paged!(cards, student_card::homeroom, after, down),
        Sort::Asn => paged_with_gaps!(cards, student_card::asn, asn, down),
        Sort::Enrolled => paged_with_gaps!(cards, student_card::enrolled_on, since, down),
    };
    Ok(cards.load(at.conn())?)
}

/// One page of what the words find, best first; the filters hold here too.
fn searched(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
    (text, limit): (&str, usize),
) -> Outcome<Page<CardRow>> {
    let mut rows: Vec<CardRow> = find(at, permit, text, SEARCHED)?
        .into_iter()
        .map(|hit| hit.card)
        .collect();
    let fit = fitting(at, permit, query, &rows)?;
    rows.retain(|card| fit.contains(&card.student));
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

/// Those of the students found that the filters keep.
fn fitting(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
    found: &[CardRow],
) -> Outcome<BTreeSet<StudentId>> {
    let ids: Vec<StudentId> = found.iter().map(|card| card.student).collect();
    let mut fit = BTreeSet::new();
    for some in ids.chunks(SEARCHED) {
        let cards = student_card::table.select(student_card::student_id);
        let some: Vec<StudentId> = filtered!(cards, at, permit, query)
            .filter(student_card::student_id.eq_any(some.to_vec()))
            .load(at.conn())?;
        fit.extend(some);
    }
    Ok(fit)
}

/// Every student of a list, whatever its page, at most 20,000: what a change to
/// all of a filter is about.
pub fn all_of_list(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    query: &ListQuery,
) -> Outcome<Vec<StudentId>> {
    if query.text.as_deref().is_some_and(|text| !text.trim().is_empty()) {
        let whole = ListQuery {
            after: None,
            limit: 500,
            ..query.clone()
        };
        let page = list(at, permit, &whole)?;
        return Ok(page.rows.into_iter().map(|card| card.student).collect());
    }
    let cards = student_card::table.select(student_card::student_id);
    Ok(filtered!(cards, at, permit, query)
        .order((student_card::sort_name, student_card::student_id))
        .limit(20_000)
        .load(at.conn())?)
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
    let query = ListQuery::default();
    let mut all = Vec::with_capacity(students.len());
    for some in students.chunks(SEARCHED) {
        let cards = student_card::table.select(Card::as_select());
        let some: Vec<Card> = filtered!(cards, at, permit, query)
            .filter(student_card::student_id.eq_any(some.to_vec()))
            .load(at.conn())?;
        all.extend(some.into_iter().map(Card::row));
    }
    all.sort_by(|a, b| (&a.sort_name, a.student).cmp(&(&b.sort_name, b.student)));
    Ok(all)
}

/// The homerooms of the scope, of one school or of all, at most 200: what a filter offers.
pub fn homerooms(
    at: &mut impl Reading,
    permit: &Permit<ViewStudents>,
    school: Option<SchoolId>,
) -> Outcome<Vec<String>> {
    let query = ListQuery {
        school,
        state: Some(PlaceState::Enrolled),
        ..ListQuery::default()
    };
    let cards = student_card::table.select(student_card::homeroom).distinct();
    Ok(filtered!(cards, at, permit, query)
        .filter(student_card::homeroom.ne(""))
        .order(student_card::homeroom)
        .limit(200)
        .load(at.conn())?)
}

/// What the next page begins after: the column, and the name.
fn key(sort: Sort, card: &Card) -> String {
    let column = match sort {
        Sort::Name => card.sort_name.clone(),
        Sort::BirthDate => card.birth_date.to_string(),
        Sort::LocalNumber => card.local_number.clone(),
        Sort::Asn => card.asn.map(|asn| asn.as_str().to_owned()).unwrap_or_default(),
        Sort::School => Band::School(card.school_id).key(),
        Sort::Grade => card.grade.clone(),
        Sort::Homeroom => card.homeroom.clone(),
        Sort::Enrolled => card.enrolled_on.map(|day| day.to_string()).unwrap_or_default(),
    };
    format!("{column}\u{1f}{}", card.sort_name)
}
