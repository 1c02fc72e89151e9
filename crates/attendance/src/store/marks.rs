//! Marks, each with its versions. The highest version is what is known now.

use crate::model::{Mark, Meaning, Slot, Source};
use crate::rules::Change;
use db::schema::attendance_mark;
use db::{Known, Reading, Tx};
use diesel::dsl::count_star;
use diesel::prelude::*;
use kernel::{AttendanceRangeId, Date, DivisionId, Failure, Instant, Outcome, SchoolId, StudentId};
use std::collections::BTreeMap;

/// Below both engines' limit of bound values.
const CHUNK: usize = 400;

/// How many marks of a meaning a student has.
pub(crate) type Counts = Vec<(StudentId, Meaning, i64)>;

/// A version of a mark.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_mark)]
pub(crate) struct MarkRow {
    pub(crate) division_id: DivisionId,
    pub(crate) school_id: SchoolId,
    pub(crate) on_date: Date,
    pub(crate) slot: Slot,
    pub(crate) student_id: StudentId,
    pub(crate) version: i64,
    pub(crate) known_from: Instant,
    pub(crate) known_to: Option<Instant>,
    pub(crate) known_by: String,
    pub(crate) reason: String,
    pub(crate) letter: String,
    pub(crate) meaning: Meaning,
    pub(crate) minutes: Option<i32>,
    pub(crate) comment: String,
    pub(crate) source: Source,
    pub(crate) range_id: Option<AttendanceRangeId>,
}

impl MarkRow {
    fn mark(self) -> Mark {
        Mark {
            school: self.school_id,
            student: self.student_id,
            on: self.on_date,
            slot: self.slot,
            letter: self.letter,
            meaning: self.meaning,
            minutes: self.minutes,
            comment: self.comment,
            source: self.source,
            range: self.range_id,
            known: Known {
                version: self.version,
                from: self.known_from,
                to: self.known_to,
                by: self.known_by,
                reason: self.reason,
            },
        }
    }
}

fn marks(rows: Vec<MarkRow>) -> Vec<Mark> {
    rows.into_iter().map(MarkRow::mark).collect()
}

/// What stands in a slot of a day of a school, by student.
pub(crate) fn of_slot(
    at: &mut impl Reading,
    school: SchoolId,
    on: Date,
    slot: Slot,
) -> Outcome<BTreeMap<StudentId, Mark>> {
    let division = at.division();
    let rows: Vec<MarkRow> = db::ask!(
        at.conn(),
        load,
        attendance_mark::table
            .filter(
                attendance_mark::division_id
                    .eq(division)
                    .and(attendance_mark::school_id.eq(school))
                    .and(attendance_mark::on_date.eq(on))
                    .and(attendance_mark::slot.eq(slot))
                    .and(attendance_mark::known_to.is_null()),
            )
            .select(MarkRow::as_select())
    )?;
    Ok(marks(rows).into_iter().map(|mark| (mark.student, mark)).collect())
}

/// What stands in a school from a day until another, both included.
pub(crate) fn of_days(
    at: &mut impl Reading,
    school: SchoolId,
    (first, last): (Date, Date),
) -> Outcome<Vec<Mark>> {
    let division = at.division();
    let rows: Vec<MarkRow> = db::ask!(
        at.conn(),
        load,
        attendance_mark::table
            .filter(
                attendance_mark::division_id
                    .eq(division)
                    .and(attendance_mark::school_id.eq(school))
                    .and(attendance_mark::on_date.ge(first))
                    .and(attendance_mark::on_date.le(last))
                    .and(attendance_mark::known_to.is_null()),
            )
            .select(MarkRow::as_select())
    )?;
    Ok(marks(rows))
}

/// What stands of some students of a school on some days, in one slot.
pub(crate) fn of_students_on(
    at: &mut impl Reading,
    school: SchoolId,
    (days, slot): (&[Date], Slot),
    students: &[StudentId],
) -> Outcome<Vec<Mark>> {
    let (division, mut all) = (at.division(), Vec::new());
    for some in students.chunks(CHUNK) {
        let rows: Vec<MarkRow> = attendance_mark::table
            .filter(
                attendance_mark::division_id
                    .eq(division)
                    .and(attendance_mark::school_id.eq(school))
                    .and(attendance_mark::on_date.eq_any(days.to_vec()))
                    .and(attendance_mark::slot.eq(slot))
                    .and(attendance_mark::student_id.eq_any(some.to_vec()))
                    .and(attendance_mark::known_to.is_null()),
            )
            .select(MarkRow::as_select())
            .load(at.conn())?;
        all.extend(marks(rows));
    }
    Ok(all)
}

/// What stands of a student at any school from a day until another, latest first.
pub(crate) fn marks_of(
    at: &mut impl Reading,
    student: StudentId,
    (first, last): (Date, Date),
) -> Outcome<Vec<Mark>> {
    let division = at.division();
    let rows: Vec<MarkRow> = db::ask!(
        at.conn(),
        load,
        attendance_mark::table
            .filter(
                attendance_mark::division_id
                    .eq(division)
                    .and(attendance_mark::student_id.eq(student))
                    .and(attendance_mark::on_date.ge(first))
                    .and(attendance_mark::on_date.le(last))
                    .and(attendance_mark::known_to.is_null()),
            )
            .order((attendance_mark::on_date.desc(), attendance_mark::slot.desc()))
            .select(MarkRow::as_select())
    )?;
    let mut all = marks(rows);
    all.sort_by_key(|mark| std::cmp::Reverse((mark.on, mark.slot)));
    Ok(all)
}

/// Every version of the marks of a student on a day, the earliest first.
pub(crate) fn history(at: &mut impl Reading, student: StudentId, on: Date) -> Outcome<Vec<Mark>> {
    let division = at.division();
    let rows: Vec<MarkRow> = attendance_mark::table
        .filter(
            attendance_mark::division_id
                .eq(division)
                .and(attendance_mark::student_id.eq(student))
                .and(attendance_mark::on_date.eq(on)),
        )
        .order((attendance_mark::slot, attendance_mark::version))
        .select(MarkRow::as_select())
        .load(at.conn())?;
    Ok(marks(rows))
}

/// What an entry for many wrote and nobody has changed since.
pub(crate) fn of_range(
    at: &mut impl Reading,
    school: SchoolId,
    days: (Date, Date),
    range: AttendanceRangeId,
) -> Outcome<Vec<Mark>> {
    let mut all = of_days(at, school, days)?;
    all.retain(|mark| mark.range == Some(range));
    Ok(all)
}

/// Marks of the daily rolls of a school in some days, counted by student and meaning; present left out.
pub(crate) fn counts_daily(
    at: &mut impl Reading,
    school: SchoolId,
    (first, last): (Date, Date),
) -> Outcome<Counts> {
    let division = at.division();
    let rows: Counts = attendance_mark::table
        .filter(
            attendance_mark::division_id
                .eq(division)
                .and(attendance_mark::school_id.eq(school))
                .and(attendance_mark::on_date.ge(first))
                .and(attendance_mark::on_date.le(last))
                .and(attendance_mark::slot.eq_any(Slot::DAILY))
                .and(attendance_mark::known_to.is_null())
                .and(attendance_mark::meaning.ne(Meaning::Present)),
        )
        .group_by((attendance_mark::student_id, attendance_mark::meaning))
        .select((
            attendance_mark::student_id,
            attendance_mark::meaning,
            count_star(),
        ))
        .load(at.conn())?;
    Ok(rows)
}

/// The same of periods, on these days.
pub(crate) fn counts_of_periods(at: &mut impl Reading, school: SchoolId, days: &[Date]) -> Outcome<Counts> {
    let (division, mut all) = (at.division(), Counts::new());
    for some in days.chunks(CHUNK) {
        let rows: Counts = attendance_mark::table
            .filter(
                attendance_mark::division_id
                    .eq(division)
                    .and(attendance_mark::school_id.eq(school))
                    .and(attendance_mark::on_date.eq_any(some.to_vec()))
                    .and(attendance_mark::slot.ne_all(Slot::DAILY))
                    .and(attendance_mark::known_to.is_null())
                    .and(attendance_mark::meaning.ne(Meaning::Present)),
            )
            .group_by((attendance_mark::student_id, attendance_mark::meaning))
            .select((
                attendance_mark::student_id,
                attendance_mark::meaning,
                count_star(),
            ))
            .load(at.conn())?;
        all.extend(rows);
    }
    Ok(all)
}

/// Where a mark is written, from whom and why.
pub(crate) struct Wrote<'a> {
    pub(crate) source: Source,
    pub(crate) reason: &'a str,
    pub(crate) range: Option<AttendanceRangeId>,
}

/// Writes marks that follow what stands: closes the versions there are, and inserts the next ones.
/// A conflict when another save came first.
pub(crate) fn replace(
    tx: &mut Tx,
    (school, on, slot): (SchoolId, Date, Slot),
    changes: &[Change],
    wrote: &Wrote<'_>,
) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let by = tx.actor().name.clone();
    let mut rows = Vec::with_capacity(changes.len());
    for change in changes {
        let (mut version, mut from) = (1, now);
        if let Some(before) = &change.before {
            version = before.known.version + 1;
            from = db::known_after(before.known.from, now);
            close(tx, before, from)?;
        }
        rows.push(MarkRow {
            division_id: division,
            school_id: school,
            on_date: on,
            slot,
            student_id: change.entry.student,
            version,
            known_from: from,
            known_to: None,
            known_by: by.clone(),
            reason: wrote.reason.to_owned(),
            letter: change.entry.letter.clone(),
            meaning: change.meaning,
            minutes: change.entry.minutes,
            comment: change.entry.comment.clone(),
            source: wrote.source,
            range_id: wrote.range,
        });
    }
    insert(tx, rows)
}

fn close(tx: &mut Tx, before: &Mark, from: Instant) -> Outcome<()> {
    let seen = before.known.version;
    let current = attendance_mark::table
        .filter(
            attendance_mark::division_id
                .eq(tx.division())
                .and(attendance_mark::school_id.eq(before.school))
                .and(attendance_mark::on_date.eq(before.on))
                .and(attendance_mark::slot.eq(before.slot))
                .and(attendance_mark::student_id.eq(before.student))
                .and(attendance_mark::version.eq(seen)),
        )
        .filter(attendance_mark::known_to.is_null());
    let update = diesel::update(current).set(attendance_mark::known_to.eq(from));
    if db::ask!(tx.conn(), execute, update)? == 1 {
        Ok(())
    } else {
        Err(Failure::stale("attendance_mark", seen, seen + 1))
    }
}

/// Writes rows as they are.
pub(crate) fn insert(tx: &mut Tx, rows: Vec<MarkRow>) -> Outcome<()> {
    db::insert_many!(tx.conn(), attendance_mark::table, rows)?;
    Ok(())
}
