//! Sections with their courses, meetings and staff.

use super::{CHUNK, SectionRow, StaffRow};
use crate::model::{Meeting, Section, Staff};
use db::schema::{section, section_course, section_meeting, section_staff};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{
    AccountId, CourseId, DivisionId, Failure, Outcome, SchoolId, SchoolYear, SectionId, SectionStaffId,
};
use std::collections::HashMap;

/// A row of `section_course`.
#[expect(clippy::struct_field_names, reason = "the names of the columns")]
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = section_course)]
pub(crate) struct CourseOf {
    pub(crate) division_id: DivisionId,
    pub(crate) section_id: SectionId,
    pub(crate) course_id: CourseId,
}

/// A row of `section_meeting`.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = section_meeting)]
pub(crate) struct MeetingOf {
    pub(crate) division_id: DivisionId,
    pub(crate) section_id: SectionId,
    pub(crate) cycle_day: i32,
    pub(crate) period: i32,
}

/// One section; not found when there is none.
pub(crate) fn section(at: &mut impl Reading, id: SectionId) -> Outcome<Section> {
    sections(at, &[id])?.pop().ok_or(Failure::NotFound)
}

/// These sections, by number; one that is not there is left out.
pub(crate) fn sections(at: &mut impl Reading, ids: &[SectionId]) -> Outcome<Vec<Section>> {
    let division = at.division();
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let rows: Vec<SectionRow> = section::table
            .filter(
                section::division_id
                    .eq(division)
                    .and(section::id.eq_any(some.to_vec())),
            )
            .select(SectionRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(SectionRow::bare));
    }
    all.sort_by(|one, other| (&one.number, one.id).cmp(&(&other.number, other.id)));
    filled(at, all)
}

/// The number of each of these sections that is there.
pub(crate) fn numbers(at: &mut impl Reading, ids: &[SectionId]) -> Outcome<HashMap<SectionId, String>> {
    let division = at.division();
    let mut all = HashMap::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let rows: Vec<(SectionId, String)> = section::table
            .filter(
                section::division_id
                    .eq(division)
                    .and(section::id.eq_any(some.to_vec())),
            )
            .select((section::id, section::number))
            .load(at.conn())?;
        all.extend(rows);
    }
    Ok(all)
}

/// The sections of a school in a year, by number.
pub(crate) fn sections_at(
    at: &mut impl Reading,
    school: SchoolId,
    year: SchoolYear,
) -> Outcome<Vec<Section>> {
    let division = at.division();
    let rows: Vec<SectionRow> = section::table
        .filter(
            section::division_id
                .eq(division)
                .and(section::school_id.eq(school))
                .and(section::school_year.eq(year)),
        )
        .order((section::number, section::id))
        .select(SectionRow::as_select())
        .load(at.conn())?;
    filled(at, rows.into_iter().map(SectionRow::bare).collect())
}

/// The sections of a school in a year that meet on a day of the cycle, by number; of their meetings, those of that day.
pub(crate) fn sections_meeting(
    at: &mut impl Reading,
    school: SchoolId,
    year: SchoolYear,
    cycle_day: u8,
) -> Outcome<Vec<Section>> {
    let division = at.division();
    let rows: Vec<(SectionRow, i32)> = section::table
        .inner_join(
            section_meeting::table.on(section_meeting::division_id
                .eq(section::division_id)
                .and(section_meeting::section_id.eq(section::id))),
        )
        .filter(
            section::division_id
                .eq(division)
                .and(section::school_id.eq(school))
                .and(section::school_year.eq(year))
                .and(section_meeting::cycle_day.eq(i32::from(cycle_day))),
        )
        .order((section::number, section::id, section_meeting::period))
        .select((SectionRow::as_select(), section_meeting::period))
        .load(at.conn())?;
    let mut all: Vec<Section> = Vec::new();
    for (row, period) in rows {
        if all.last().is_none_or(|last| last.id != row.id) {
            all.push(row.bare());
        }
        if let Some(last) = all.last_mut() {
            last.meetings.push(Meeting::new(cycle_day, small(period)));
        }
    }
    with_courses_and_staff(at, &mut all)?;
    Ok(all)
}

/// The sections of a year that an account teaches, taught or will teach, by number.
pub(crate) fn sections_taught(
    at: &mut impl Reading,
    account: AccountId,
    year: SchoolYear,
) -> Outcome<Vec<Section>> {
    let division = at.division();
    let ids: Vec<SectionId> = section_staff::table
        .inner_join(
            section::table.on(section::division_id
                .eq(section_staff::division_id)
                .and(section::id.eq(section_staff::section_id))),
        )
        .filter(
            section_staff::division_id
                .eq(division)
                .and(section_staff::account_id.eq(account))
                .and(section_staff::removed_at.is_null())
                .and(section::school_year.eq(year)),
        )
        .select(section_staff::section_id)
        .distinct()
        .load(at.conn())?;
    sections(at, &ids)
}

/// The section of a record of staff; not found when there is none.
pub(crate) fn section_of_staff(at: &mut impl Reading, id: SectionStaffId) -> Outcome<SectionId> {
    let division = at.division();
    Ok(section_staff::table
        .find((division, id))
        .select(section_staff::section_id)
        .first(at.conn())?)
}

/// Sections with what belongs to them, in their order.
fn filled(at: &mut impl Reading, mut all: Vec<Section>) -> Outcome<Vec<Section>> {
    let (division, places) = (at.division(), places(&all));
    let ids: Vec<SectionId> = all.iter().map(|one| one.id).collect();
    for some in ids.chunks(CHUNK) {
        let meetings: Vec<(SectionId, i32, i32)> = section_meeting::table
            .filter(
                section_meeting::division_id
                    .eq(division)
                    .and(section_meeting::section_id.eq_any(some.to_vec())),
            )
            .order((
                section_meeting::section_id,
                section_meeting::cycle_day,
                section_meeting::period,
            ))
            .select((
                section_meeting::section_id,
                section_meeting::cycle_day,
                section_meeting::period,
            ))
            .load(at.conn())?;
        for (of, day, period) in meetings {
            let meeting = Meeting::new(small(day), small(period));
            all[places[&of]].meetings.push(meeting);
        }
    }
    with_courses_and_staff(at, &mut all)?;
    Ok(all)
}

fn small(number: i32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn places(all: &[Section]) -> HashMap<SectionId, usize> {
    let numbered = all.iter().enumerate();
    numbered.map(|(place, one)| (one.id, place)).collect()
}

fn with_courses_and_staff(at: &mut impl Reading, all: &mut [Section]) -> Outcome<()> {
    let (division, places) = (at.division(), places(all));
    let ids: Vec<SectionId> = all.iter().map(|one| one.id).collect();
    for some in ids.chunks(CHUNK) {
        let courses: Vec<(SectionId, CourseId)> = section_course::table
            .filter(
                section_course::division_id
                    .eq(division)
                    .and(section_course::section_id.eq_any(some.to_vec())),
            )
            .order((section_course::section_id, section_course::course_id))
            .select((section_course::section_id, section_course::course_id))
            .load(at.conn())?;
        for (of, course) in courses {
            all[places[&of]].courses.push(course);
        }
        let staff: Vec<StaffRow> = section_staff::table
            .filter(
                section_staff::division_id
                    .eq(division)
                    .and(section_staff::section_id.eq_any(some.to_vec())),
            )
            .order((section_staff::from_date, section_staff::id))
            .select(StaffRow::as_select())
            .load(at.conn())?;
        for row in staff {
            all[places[&row.section_id]].staff.push(row.staff());
        }
    }
    Ok(())
}

/// Writes a new section.
pub(crate) fn insert_section(tx: &mut Tx, said: &Section) -> Outcome<()> {
    let row = SectionRow::of(tx.division(), said);
    diesel::insert_into(section::table)
        .values(&row)
        .execute(tx.conn())?;
    insert_parts(tx, said)
}

/// Writes a section over the version before; a conflict when another save came first.
pub(crate) fn replace_section(tx: &mut Tx, said: &Section) -> Outcome<()> {
    let (division, seen) = (tx.division(), said.version - 1);
    let row = SectionRow::of(division, said);
    let changed = diesel::update(
        section::table
            .find((division, said.id))
            .filter(section::version.eq(seen)),
    )
    .set((
        section::number.eq(&row.number),
        section::term_id.eq(row.term_id),
        section::first_day.eq(row.first_day),
        section::last_day.eq(row.last_day),
        section::room.eq(&row.room),
        section::capacity.eq(row.capacity),
        section::state.eq(row.state),
        section::version.eq(row.version),
    ))
    .execute(tx.conn())?;
    if changed != 1 {
        let now: Option<i64> = section::table
            .find((division, said.id))
            .select(section::version)
            .first(tx.conn())
            .optional()?;
        return Err(Failure::stale("section", seen, now.unwrap_or(0)));
    }
    let courses = section_course::table.filter(
        section_course::division_id
            .eq(division)
            .and(section_course::section_id.eq(said.id)),
    );
    diesel::delete(courses).execute(tx.conn())?;
    let meetings = section_meeting::table.filter(
        section_meeting::division_id
            .eq(division)
            .and(section_meeting::section_id.eq(said.id)),
    );
    diesel::delete(meetings).execute(tx.conn())?;
    insert_parts(tx, said)
}

fn insert_parts(tx: &mut Tx, said: &Section) -> Outcome<()> {
    let division = tx.division();
    let courses: Vec<CourseOf> = said
        .courses
        .iter()
        .map(|course| CourseOf {
            division_id: division,
            section_id: said.id,
            course_id: *course,
        })
        .collect();
    db::insert_many!(tx.conn(), section_course::table, courses)?;
    let meetings: Vec<MeetingOf> = said
        .meetings
        .iter()
        .map(|meeting| MeetingOf {
            division_id: division,
            section_id: said.id,
            cycle_day: meeting.cycle_day.into(),
            period: meeting.period.into(),
        })
        .collect();
    db::insert_many!(tx.conn(), section_meeting::table, meetings)?;
    Ok(())
}

/// Writes a new record of staff.
pub(crate) fn insert_staff(tx: &mut Tx, said: &Staff) -> Outcome<()> {
    let row = StaffRow::of(tx.division(), said, tx.now());
    diesel::insert_into(section_staff::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

/// Writes a record of staff over the version before; a conflict when another save came first.
pub(crate) fn replace_staff(tx: &mut Tx, said: &Staff) -> Outcome<()> {
    let (division, seen) = (tx.division(), said.version - 1);
    let row = StaffRow::of(division, said, tx.now());
    let wanted = section_staff::table
        .find((division, said.id))
        .filter(section_staff::version.eq(seen));
    let changed = diesel::update(wanted)
        .set((
            section_staff::from_date.eq(row.from_date),
            section_staff::until_date.eq(row.until_date),
            section_staff::removed_at.eq(row.removed_at),
            section_staff::version.eq(row.version),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Failure::stale("section_staff", seen, seen + 1))
    }
}
