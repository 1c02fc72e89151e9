//! Rolls that were taken: a row each time one was sent.

use crate::model::{Group, Roll, RollAt, Slot, Source};
use db::schema::attendance_roll;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{Date, DivisionId, Failure, Instant, Outcome, SchoolId, SubmissionId};
use std::collections::BTreeSet;

/// A sending of a roll.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = attendance_roll)]
pub(crate) struct RollRow {
    pub(crate) division_id: DivisionId,
    pub(crate) school_id: SchoolId,
    pub(crate) on_date: Date,
    pub(crate) slot: Slot,
    pub(crate) group_key: String,
    pub(crate) version: i64,
    pub(crate) submission: SubmissionId,
    pub(crate) taken_at: Instant,
    pub(crate) taken_by: String,
    pub(crate) source: Source,
    pub(crate) students: i32,
}

impl RollRow {
    fn roll(self) -> Outcome<Roll> {
        let group: Group = self.group_key.parse().map_err(|_| {
            Failure::Fault(format!(
                "attendance_roll.group_key {:?} cannot be read",
                self.group_key
            ))
        })?;
        Ok(Roll {
            at: RollAt {
                school: self.school_id,
                on: self.on_date,
                slot: self.slot,
                group,
            },
            version: self.version,
            taken_at: self.taken_at,
            taken_by: self.taken_by,
            source: self.source,
            students: self.students,
        })
    }
}

/// Every sending of a roll, the last one first.
pub(crate) fn rolls_of(at: &mut impl Reading, roll: &RollAt) -> Outcome<Vec<(SubmissionId, Roll)>> {
    let (division, key) = (at.division(), roll.group.key());
    let rows: Vec<RollRow> = db::ask!(
        at.conn(),
        load,
        attendance_roll::table
            .filter(
                attendance_roll::division_id
                    .eq(division)
                    .and(attendance_roll::school_id.eq(roll.school))
                    .and(attendance_roll::on_date.eq(roll.on))
                    .and(attendance_roll::slot.eq(roll.slot))
                    .and(attendance_roll::group_key.eq(&key)),
            )
            .order(attendance_roll::version.desc())
            .select(RollRow::as_select())
    )?;
    rows.into_iter()
        .map(|row| Ok((row.submission, row.roll()?)))
        .collect()
}

/// Was this sending taken already?
pub(crate) fn sent_before(all: &[(SubmissionId, Roll)], key: SubmissionId) -> Option<&Roll> {
    let sent = all.iter().any(|(submission, _)| *submission == key);
    all.first().filter(|_| sent).map(|(_, roll)| roll)
}

/// The rolls of a school that were taken from a day until another, each as it was sent last.
pub(crate) fn rolls_on(
    at: &mut impl Reading,
    school: SchoolId,
    (first, last): (Date, Date),
) -> Outcome<Vec<Roll>> {
    let division = at.division();
    let rows: Vec<RollRow> = db::ask!(
        at.conn(),
        load,
        attendance_roll::table
            .filter(
                attendance_roll::division_id
                    .eq(division)
                    .and(attendance_roll::school_id.eq(school))
                    .and(attendance_roll::on_date.ge(first))
                    .and(attendance_roll::on_date.le(last)),
            )
            .order((
                attendance_roll::on_date,
                attendance_roll::slot,
                attendance_roll::group_key,
                attendance_roll::version,
            ))
            .select(RollRow::as_select())
    )?;
    let mut all: Vec<Roll> = Vec::with_capacity(rows.len());
    for row in rows {
        let roll = row.roll()?;
        match all.last_mut() {
            Some(before) if before.at == roll.at => *before = roll,
            _ => all.push(roll),
        }
    }
    Ok(all)
}

/// When the rolls of a group were taken, from a day until another.
pub(crate) fn taken_of(
    at: &mut impl Reading,
    school: SchoolId,
    group: &Group,
    (first, last): (Date, Date),
) -> Outcome<BTreeSet<(Date, Slot)>> {
    let (division, key) = (at.division(), group.key());
    let all: Vec<(Date, Slot)> = attendance_roll::table
        .filter(
            attendance_roll::division_id
                .eq(division)
                .and(attendance_roll::school_id.eq(school))
                .and(attendance_roll::on_date.ge(first))
                .and(attendance_roll::on_date.le(last))
                .and(attendance_roll::group_key.eq(&key)),
        )
        .select((attendance_roll::on_date, attendance_roll::slot))
        .distinct()
        .load(at.conn())?;
    Ok(all.into_iter().collect())
}

/// Those of some days on which a daily roll of a school was taken. Rolls of other days, and by period, are not read.
pub(crate) fn daily_among(at: &mut impl Reading, school: SchoolId, days: &[Date]) -> Outcome<BTreeSet<Date>> {
    let division = at.division();
    let all: Vec<Date> = attendance_roll::table
        .filter(
            attendance_roll::division_id
                .eq(division)
                .and(attendance_roll::school_id.eq(school))
                .and(attendance_roll::on_date.eq_any(days))
                .and(attendance_roll::slot.eq_any(Slot::DAILY)),
        )
        .select(attendance_roll::on_date)
        .distinct()
        .load(at.conn())?;
    Ok(all.into_iter().collect())
}

/// Notes that a roll was sent.
pub(crate) fn insert_roll(tx: &mut Tx, key: SubmissionId, roll: &Roll) -> Outcome<()> {
    let row = RollRow {
        division_id: tx.division(),
        school_id: roll.at.school,
        on_date: roll.at.on,
        slot: roll.at.slot,
        group_key: roll.at.group.key(),
        version: roll.version,
        submission: key,
        taken_at: roll.taken_at,
        taken_by: roll.taken_by.clone(),
        source: roll.source,
        students: roll.students,
    };
    insert_many(tx, vec![row])
}

/// Writes rows as they are.
pub(crate) fn insert_many(tx: &mut Tx, rows: Vec<RollRow>) -> Outcome<()> {
    db::insert_many!(tx.conn(), attendance_roll::table, rows)?;
    Ok(())
}
