//! Heads by school and grade, as of any date and as known at any moment.

use crate::model::{AsOf, Count};
use db::Reading;
use db::schema::enrolment;
use diesel::dsl::count;
use diesel::prelude::*;
use kernel::{Grade, Outcome, SchoolId, SchoolYear};

/// Of the given schools, or of all. An enrolment counts in its own school
/// year, until its exit or the end of that year; a student once per school and grade.
pub(crate) fn counts(
    at: &mut impl Reading,
    look: AsOf,
    schools: Option<Vec<SchoolId>>,
) -> Outcome<Vec<Count>> {
    let division = at.division();
    let known = enrolment::known_from.le(look.known).and(
        enrolment::known_to
            .is_null()
            .or(enrolment::known_to.gt(look.known)),
    );
    let held = enrolment::start_on
        .le(look.valid)
        .and(enrolment::exit_on.is_null().or(enrolment::exit_on.ge(look.valid)));
    let counted = enrolment::table
        .filter(
            enrolment::division_id
                .eq(division)
                .and(enrolment::school_year.eq(SchoolYear::of(look.valid)))
                .and(enrolment::deletion.is_null()),
        )
        .filter(known)
        .filter(held);
    let heads = (
        enrolment::school_id,
        enrolment::grade,
        count(enrolment::student_id).aggregate_distinct(),
    );
    let groups = (enrolment::school_id, enrolment::grade);
    let rows: Vec<(SchoolId, Grade, i64)> = match schools {
        None => counted
            .group_by(groups)
            .select(heads)
            .order(groups)
            .load(at.conn())?,
        Some(schools) => counted
            .filter(enrolment::school_id.eq_any(schools))
            .group_by(groups)
            .select(heads)
            .order(groups)
            .load(at.conn())?,
    };
    let mut counts: Vec<Count> = rows
        .into_iter()
        .map(|(school, grade, students)| Count {
            school,
            grade,
            students,
        })
        .collect();
    counts.sort_by_key(|count| (count.school, count.grade));
    Ok(counts)
}
