//! How a school keeps attendance, and its codes.

use crate::model::{Code, Codes, Meaning, Mode, Setting, default_codes};
use db::schema::{attendance_code, attendance_setting};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Date, DivisionId, Failure, Outcome, SchoolId};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_code)]
struct CodeRow {
    division_id: DivisionId,
    school_id: SchoolId,
    letter: String,
    valid_from: Date,
    valid_until: Option<Date>,
    position: i32,
    label_en: String,
    label_fr: String,
    meaning: Meaning,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_setting)]
struct SettingRow {
    division_id: DivisionId,
    school_id: SchoolId,
    mode: Mode,
    teacher_days: i32,
    closed_until: Option<Date>,
    version: i64,
}

/// The codes of a school, of all times; the default ones while it has set none.
pub(crate) fn codes(at: &mut impl Reading, school: SchoolId) -> Outcome<Codes> {
    let division = at.division();
    let rows: Vec<CodeRow> = db::ask!(
        at.conn(),
        load,
        attendance_code::table
            .filter(
                attendance_code::division_id
                    .eq(division)
                    .and(attendance_code::school_id.eq(school)),
            )
            .order((attendance_code::position, attendance_code::valid_from))
            .select(CodeRow::as_select())
    )?;
    if rows.is_empty() {
        return Ok(default_codes());
    }
    let code = |row: CodeRow| Code {
        letter: row.letter,
        label_en: row.label_en,
        label_fr: row.label_fr,
        meaning: row.meaning,
        valid_from: row.valid_from,
        valid_until: row.valid_until,
    };
    Ok(Codes(rows.into_iter().map(code).collect()))
}

/// Writes the codes of a school in place of those there were; the caller keeps what was valid before.
pub(crate) fn set_codes(tx: &mut Tx, school: SchoolId, codes: &Codes) -> Outcome<()> {
    let division = tx.division();
    let before = attendance_code::table.filter(
        attendance_code::division_id
            .eq(division)
            .and(attendance_code::school_id.eq(school)),
    );
    diesel::delete(before).execute(tx.conn())?;
    let rows: Vec<CodeRow> = codes
        .0
        .iter()
        .zip(0..)
        .map(|(code, position)| CodeRow {
            division_id: division,
            school_id: school,
            letter: code.letter.clone(),
            valid_from: code.valid_from,
            valid_until: code.valid_until,
            position,
            label_en: code.label_en.clone(),
            label_fr: code.label_fr.clone(),
            meaning: code.meaning,
        })
        .collect();
    db::insert_many!(tx.conn(), attendance_code::table, rows)?;
    Ok(())
}

/// How a school keeps attendance.
pub(crate) fn setting(at: &mut impl Reading, school: SchoolId) -> Outcome<Setting> {
    let division = at.division();
    let row: Option<SettingRow> = db::ask!(
        at.conn(),
        first,
        attendance_setting::table
            .filter(
                attendance_setting::division_id
                    .eq(division)
                    .and(attendance_setting::school_id.eq(school)),
            )
            .select(SettingRow::as_select())
    )
    .optional()?;
    Ok(row.map_or(Setting::unset(school), |row| Setting {
        school: row.school_id,
        mode: row.mode,
        teacher_days: row.teacher_days,
        closed_until: row.closed_until,
        version: row.version,
    }))
}

/// Writes the setting as its next version; a conflict when another save came first.
pub(crate) fn set_setting(tx: &mut Tx, wanted: &Setting) -> Outcome<()> {
    let division = tx.division();
    let row = SettingRow {
        division_id: division,
        school_id: wanted.school,
        mode: wanted.mode,
        teacher_days: wanted.teacher_days,
        closed_until: wanted.closed_until,
        version: wanted.version,
    };
    let seen = wanted.version - 1;
    if seen == 0 {
        diesel::insert_into(attendance_setting::table)
            .values(&row)
            .execute(tx.conn())?;
        return Ok(());
    }
    let current = attendance_setting::table
        .find((division, wanted.school))
        .filter(attendance_setting::version.eq(seen));
    let changed = diesel::update(current)
        .set((
            attendance_setting::mode.eq(row.mode),
            attendance_setting::teacher_days.eq(row.teacher_days),
            attendance_setting::closed_until.eq(row.closed_until),
            attendance_setting::version.eq(row.version),
        ))
        .execute(tx.conn())?;
    if changed == 1 {
        Ok(())
    } else {
        let now = setting(tx, wanted.school)?.version;
        Err(Failure::stale("attendance_setting", seen, now))
    }
}
