//! Who stands around a student, ever, and who stands in a homeroom: what ties follow.

use crate::model::{CardRow, PlaceState};
use access::{Action, Permit};
use db::Reading;
use db::schema::{contact, search_key, student_card};
use diesel::prelude::*;
use kernel::{Outcome, PersonId, SchoolId, StudentId};

/// The persons who are or once were a contact of a student.
pub(crate) fn persons_around(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<PersonId>> {
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        load,
        contact::table
            .filter(
                contact::division_id
                    .eq(division)
                    .and(contact::student_id.eq(student)),
            )
            .select(contact::person_id)
            .distinct()
    )?)
}

/// The students who stand in a homeroom now.
pub(crate) fn in_homeroom(at: &mut impl Reading, school: SchoolId, name: &str) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    Ok(student_card::table
        .filter(
            student_card::division_id
                .eq(division)
                .and(student_card::school_id.eq(school)),
        )
        .filter(
            student_card::homeroom
                .eq(name)
                .and(student_card::state.eq(PlaceState::Enrolled)),
        )
        .select(student_card::student_id)
        .load(at.conn())?)
}

/// The students who are enrolled at a school now.
pub(crate) fn enrolled_at(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<StudentId>> {
    let division = at.division();
    Ok(student_card::table
        .filter(
            student_card::division_id
                .eq(division)
                .and(student_card::school_id.eq(school)),
        )
        .filter(student_card::state.eq(PlaceState::Enrolled))
        .select(student_card::student_id)
        .load(at.conn())?)
}

/// The homerooms of a school in which students stand now.
pub(crate) fn homerooms_at(at: &mut impl Reading, school: SchoolId) -> Outcome<Vec<String>> {
    let division = at.division();
    Ok(student_card::table
        .filter(
            student_card::division_id
                .eq(division)
                .and(student_card::school_id.eq(school)),
        )
        .filter(
            student_card::homeroom
                .ne("")
                .and(student_card::state.eq(PlaceState::Enrolled)),
        )
        .select(student_card::homeroom)
        .distinct()
        .order(student_card::homeroom)
        .load(at.conn())?)
}

/// Students with a contact of whose name a word begins so, at most `most`.
pub(crate) fn with_contact_named(
    at: &mut impl Reading,
    (from, to): (&str, &str),
    most: i64,
) -> Outcome<Vec<StudentId>> {
    use crate::search::KeyKind;
    let division = at.division();
    let mut found: Vec<StudentId> = search_key::table
        .filter(
            search_key::division_id
                .eq(division)
                .and(search_key::kind.eq(KeyKind::Guardian)),
        )
        .filter(search_key::word.ge(from).and(search_key::word.lt(to)))
        .limit(most)
        .select(search_key::student_id)
        .load(at.conn())?;
    found.sort();
    found.dedup();
    Ok(found)
}

/// The cards of students.
pub(crate) fn cards<A: Action>(
    at: &mut impl Reading,
    permit: &Permit<A>,
    students: &[StudentId],
) -> Outcome<Vec<CardRow>> {
    let all = crate::search::cards(at, students)?;
    let mut rows: Vec<CardRow> = all.into_iter().map(|card| card.row_for(permit)).collect();
    rows.sort_by(|a, b| (&a.sort_name, a.student).cmp(&(&b.sort_name, b.student)));
    Ok(rows)
}
