//! Calls, the desk, and entries for many.

use crate::model::{Call, CallOutcome, DeskEntry, Direction, MarkRange, NewCall, NewDeskEntry, RangeMade};
use db::schema::{attendance_call, attendance_desk, attendance_range};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{
    AttendanceCallId, AttendanceRangeId, Date, DeskEntryId, DivisionId, Instant, Outcome, SchoolId, StudentId,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_call)]
struct CallRow {
    division_id: DivisionId,
    id: AttendanceCallId,
    school_id: SchoolId,
    student_id: StudentId,
    on_date: Date,
    called_at: Instant,
    called_by: String,
    spoke_with: String,
    outcome: CallOutcome,
    note: String,
}

/// Calls about a day of a school, latest first.
pub(crate) fn calls_on(at: &mut impl Reading, school: SchoolId, on: Date) -> Outcome<Vec<Call>> {
    let division = at.division();
    let rows: Vec<CallRow> = attendance_call::table
        .filter(
            attendance_call::division_id
                .eq(division)
                .and(attendance_call::school_id.eq(school))
                .and(attendance_call::on_date.eq(on)),
        )
        .order((attendance_call::called_at.desc(), attendance_call::id.desc()))
        .select(CallRow::as_select())
        .load(at.conn())?;
    let call = |row: CallRow| Call {
        call: NewCall {
            id: row.id,
            school: row.school_id,
            student: row.student_id,
            on: row.on_date,
            spoke_with: row.spoke_with,
            outcome: row.outcome,
            note: row.note,
        },
        called_at: row.called_at,
        called_by: row.called_by,
    };
    Ok(rows.into_iter().map(call).collect())
}

/// Notes a call; false when its id is noted already.
pub(crate) fn insert_call(tx: &mut Tx, new: &NewCall) -> Outcome<bool> {
    let (division, now) = (tx.division(), tx.now());
    let known: i64 = attendance_call::table
        .filter(
            attendance_call::division_id
                .eq(division)
                .and(attendance_call::id.eq(new.id)),
        )
        .count()
        .get_result(tx.conn())?;
    if known > 0 {
        return Ok(false);
    }
    let row = CallRow {
        division_id: division,
        id: new.id,
        school_id: new.school,
        student_id: new.student,
        on_date: new.on,
        called_at: now,
        called_by: tx.actor().name.clone(),
        spoke_with: new.spoke_with.clone(),
        outcome: new.outcome,
        note: new.note.clone(),
    };
    diesel::insert_into(attendance_call::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(true)
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_desk)]
struct DeskRow {
    division_id: DivisionId,
    id: DeskEntryId,
    school_id: SchoolId,
    student_id: StudentId,
    on_date: Date,
    direction: Direction,
    minute_of_day: i32,
    reason: String,
    noted_at: Instant,
    noted_by: String,
}

/// The desk of a day of a school, latest first.
pub(crate) fn desk_on(at: &mut impl Reading, school: SchoolId, on: Date) -> Outcome<Vec<DeskEntry>> {
    let division = at.division();
    let rows: Vec<DeskRow> = attendance_desk::table
        .filter(
            attendance_desk::division_id
                .eq(division)
                .and(attendance_desk::school_id.eq(school))
                .and(attendance_desk::on_date.eq(on)),
        )
        .order((attendance_desk::minute_of_day.desc(), attendance_desk::id.desc()))
        .select(DeskRow::as_select())
        .load(at.conn())?;
    let entry = |row: DeskRow| DeskEntry {
        id: row.id,
        student: row.student_id,
        direction: row.direction,
        minute: row.minute_of_day,
        reason: row.reason,
        noted_by: row.noted_by,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Notes who passed the desk today; false when its id is noted already.
pub(crate) fn insert_desk(tx: &mut Tx, new: &NewDeskEntry) -> Outcome<bool> {
    let (division, now, today) = (tx.division(), tx.now(), tx.today());
    let known: i64 = attendance_desk::table
        .filter(
            attendance_desk::division_id
                .eq(division)
                .and(attendance_desk::id.eq(new.id)),
        )
        .count()
        .get_result(tx.conn())?;
    if known > 0 {
        return Ok(false);
    }
    let row = DeskRow {
        division_id: division,
        id: new.id,
        school_id: new.school,
        student_id: new.student,
        on_date: today,
        direction: new.direction,
        minute_of_day: new.minute,
        reason: new.reason.clone(),
        noted_at: now,
        noted_by: tx.actor().name.clone(),
    };
    diesel::insert_into(attendance_desk::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(true)
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_range)]
struct RangeRow {
    division_id: DivisionId,
    id: AttendanceRangeId,
    school_id: SchoolId,
    first_day: Date,
    last_day: Date,
    letter: String,
    comment: String,
    marks: i32,
    made_at: Instant,
    made_by: String,
    undone_at: Option<Instant>,
    undone_by: String,
}

impl RangeRow {
    fn made(self) -> RangeMade {
        RangeMade {
            id: self.id,
            school: self.school_id,
            days: (self.first_day, self.last_day),
            letter: self.letter,
            comment: self.comment,
            marks: self.marks,
            made_at: self.made_at,
            made_by: self.made_by,
            undone_at: self.undone_at,
        }
    }
}

/// Notes an entry for many.
pub(crate) fn insert_range(tx: &mut Tx, cmd: &MarkRange, marks: usize) -> Outcome<()> {
    let row = RangeRow {
        division_id: tx.division(),
        id: cmd.id,
        school_id: cmd.school,
        first_day: cmd.days.0,
        last_day: cmd.days.1,
        letter: cmd.letter.clone(),
        comment: cmd.comment.clone(),
        marks: i32::try_from(marks).unwrap_or(i32::MAX),
        made_at: tx.now(),
        made_by: tx.actor().name.clone(),
        undone_at: None,
        undone_by: String::new(),
    };
    diesel::insert_into(attendance_range::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(())
}

/// An entry for many; not found when there is none.
pub(crate) fn range(at: &mut impl Reading, id: AttendanceRangeId) -> Outcome<RangeMade> {
    let division = at.division();
    let row: RangeRow = attendance_range::table
        .find((division, id))
        .select(RangeRow::as_select())
        .first(at.conn())?;
    Ok(row.made())
}

/// The last entries for many of a school, latest first.
pub(crate) fn ranges(at: &mut impl Reading, school: SchoolId, most: i64) -> Outcome<Vec<RangeMade>> {
    let division = at.division();
    let rows: Vec<RangeRow> = attendance_range::table
        .filter(
            attendance_range::division_id
                .eq(division)
                .and(attendance_range::school_id.eq(school)),
        )
        .order(attendance_range::id.desc())
        .limit(most)
        .select(RangeRow::as_select())
        .load(at.conn())?;
    Ok(rows.into_iter().map(RangeRow::made).collect())
}

/// Notes that an entry for many was taken back; false when it was already.
pub(crate) fn note_undone(tx: &mut Tx, id: AttendanceRangeId) -> Outcome<bool> {
    let (division, now, by) = (tx.division(), tx.now(), tx.actor().name.clone());
    let open = attendance_range::table
        .find((division, id))
        .filter(attendance_range::undone_at.is_null());
    let changed = diesel::update(open)
        .set((
            attendance_range::undone_at.eq(now),
            attendance_range::undone_by.eq(by),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}
