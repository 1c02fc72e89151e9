//! What the province is told of sections and of the students in them.

use super::CHUNK;
use crate::model::{Claim, Offering};
use db::schema::{course_enrolment_claim, section_offering};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{CourseEnrolmentId, CourseId, DivisionId, Failure, Outcome, SectionId};

/// A row of `section_offering`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
#[diesel(table_name = section_offering, primary_key(division_id, section_id))]
struct OfferingRow {
    division_id: DivisionId,
    section_id: SectionId,
    delivery_schedule: String,
    delivery_method: String,
    language: String,
    term: String,
    credits: Option<i32>,
    minutes: Option<i32>,
    version: i64,
}

/// A row of `course_enrolment_claim`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
#[diesel(table_name = course_enrolment_claim, primary_key(division_id, course_enrolment_id))]
struct ClaimRow {
    division_id: DivisionId,
    course_enrolment_id: CourseEnrolmentId,
    course_id: Option<CourseId>,
    credits: Option<i32>,
    is_waived: bool,
    version: i64,
}

/// What was said of these sections; one of which nothing was said is left out.
pub(crate) fn offerings(at: &mut impl Reading, ids: &[SectionId]) -> Outcome<Vec<Offering>> {
    let division = at.division();
    let mut all = Vec::new();
    for some in ids.chunks(CHUNK) {
        let rows: Vec<OfferingRow> = section_offering::table
            .filter(
                section_offering::division_id
                    .eq(division)
                    .and(section_offering::section_id.eq_any(some.to_vec())),
            )
            .select(OfferingRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(|row| Offering {
            section: row.section_id,
            delivery_schedule: row.delivery_schedule,
            delivery_method: row.delivery_method,
            language: row.language,
            term: row.term,
            credits: row.credits,
            minutes: row.minutes,
            version: row.version,
        }));
    }
    Ok(all)
}

/// Keeps what is said after `said.version - 1`; a conflict when another save came first.
pub(crate) fn keep_offering(tx: &mut Tx, said: &Offering) -> Outcome<()> {
    let (division, seen) = (tx.division(), said.version - 1);
    let row = OfferingRow {
        division_id: division,
        section_id: said.section,
        delivery_schedule: said.delivery_schedule.clone(),
        delivery_method: said.delivery_method.clone(),
        language: said.language.clone(),
        term: said.term.clone(),
        credits: said.credits,
        minutes: said.minutes,
        version: said.version,
    };
    let now = offerings(tx, &[said.section])?
        .first()
        .map_or(0, |known| known.version);
    if now != seen {
        return Err(Failure::stale("section_offering", seen, now));
    }
    if seen == 0 {
        diesel::insert_into(section_offering::table)
            .values(&row)
            .execute(tx.conn())?;
    } else {
        diesel::update(section_offering::table.find((division, said.section)))
            .set(&row)
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What was said of these course enrolments; one of which nothing was said is left out.
pub(crate) fn claims(at: &mut impl Reading, ids: &[CourseEnrolmentId]) -> Outcome<Vec<Claim>> {
    let division = at.division();
    let mut all = Vec::new();
    for some in ids.chunks(CHUNK) {
        let rows: Vec<ClaimRow> = course_enrolment_claim::table
            .filter(
                course_enrolment_claim::division_id
                    .eq(division)
                    .and(course_enrolment_claim::course_enrolment_id.eq_any(some.to_vec())),
            )
            .select(ClaimRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(|row| Claim {
            seat: row.course_enrolment_id,
            course: row.course_id,
            credits: row.credits,
            is_waived: row.is_waived,
            version: row.version,
        }));
    }
    Ok(all)
}

/// Keeps what is said after `said.version - 1`; a conflict when another save came first.
pub(crate) fn keep_claim(tx: &mut Tx, said: &Claim) -> Outcome<()> {
    let (division, seen) = (tx.division(), said.version - 1);
    let row = ClaimRow {
        division_id: division,
        course_enrolment_id: said.seat,
        course_id: said.course,
        credits: said.credits,
        is_waived: said.is_waived,
        version: said.version,
    };
    let now = claims(tx, &[said.seat])?.first().map_or(0, |known| known.version);
    if now != seen {
        return Err(Failure::stale("course_enrolment_claim", seen, now));
    }
    if seen == 0 {
        diesel::insert_into(course_enrolment_claim::table)
            .values(&row)
            .execute(tx.conn())?;
    } else {
        diesel::update(course_enrolment_claim::table.find((division, said.seat)))
            .set(&row)
            .execute(tx.conn())?;
    }
    Ok(())
}
