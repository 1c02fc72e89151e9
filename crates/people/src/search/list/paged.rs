//! How a list is ordered and paged by key: a page begins after the last row of
//! the one before, found in the index, wherever in the list it stands.

use super::super::bands::Band;
use super::super::card::Card;
use super::question::Sort;
use kernel::StudentId;

/// Where a page begins: the group in the order, the name, the student.
pub(super) type Last = (String, String, StudentId);

/// What the next page begins after: the column, and the name.
pub(super) fn key(sort: Sort, card: &Card) -> String {
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

/// The place that a key names.
pub(super) fn place((key, id): &(String, StudentId)) -> Last {
    let (group, name) = key.split_once('\u{1f}').unwrap_or((key, ""));
    (group.to_owned(), name.to_owned(), *id)
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
pub(super) use paged;

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
pub(super) use later_name;

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
pub(super) use paged_with_gaps;
/// Orders by what the list asks for and begins after the page before; homeroom
/// and first day are columns of the card, or of an enrolment.
macro_rules! ordered {
    ($cards:expr, $sort:expr, ($after:expr, $down:expr), $homeroom:path, $since:path) => {{
        let (cards, after, down) = ($cards, $after, $down);
        match $sort {
            Sort::Name | Sort::School | Sort::Grade => paged!(cards, student_card::sort_name, after, down),
            Sort::BirthDate => {
                let born = after.and_then(|(day, name, id)| Some((day.parse::<Date>().ok()?, name, id)));
                paged!(cards, student_card::birth_date, born, down)
            }
            Sort::LocalNumber => paged!(cards, student_card::local_number, after, down),
            Sort::Homeroom => paged!(cards, $homeroom, after, down),
            Sort::Asn => {
                let asn = after.map(|(number, name, id)| (number.parse::<Asn>().ok(), name, id));
                paged_with_gaps!(cards, student_card::asn, asn, down)
            }
            Sort::Enrolled => {
                let since = after.map(|(day, name, id)| (day.parse::<Date>().ok(), name, id));
                paged_with_gaps!(cards, $since, since, down)
            }
        }
    }};
}
pub(super) use ordered;
