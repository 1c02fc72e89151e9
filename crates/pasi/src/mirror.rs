//! PASI's copy of each record, as last read; differences are judged against it.

use db::schema::{pasi_cursor, pasi_mirror};
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Instant, Outcome, StudentId};
use pasi_wire::window::{NotificationType, Topic};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A record as PASI has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mirrored<T> {
    /// PASI's version of it.
    pub(crate) version: i64,
    /// The record.
    pub(crate) record: T,
}

type Row = (i64, String);

/// PASI's copy of a record; nothing when it was never read.
pub(crate) fn mirrored<T: DeserializeOwned>(
    at: &mut impl Reading,
    kind: NotificationType,
    key: &str,
) -> Outcome<Option<Mirrored<T>>> {
    let division = at.division();
    let row: Option<Row> = pasi_mirror::table
        .find((division, kind.as_str(), key))
        .select((pasi_mirror::core_version, pasi_mirror::body))
        .first(at.conn())
        .optional()?;
    row.map(|row| read(kind, key, row)).transpose()
}

/// PASI's copies of one kind for a student, by key.
pub(crate) fn mirrored_of<T: DeserializeOwned>(
    at: &mut impl Reading,
    kind: NotificationType,
    student: StudentId,
) -> Outcome<Vec<(String, Mirrored<T>)>> {
    let division = at.division();
    let rows: Vec<(String, Row)> = pasi_mirror::table
        .filter(
            pasi_mirror::division_id
                .eq(division)
                .and(pasi_mirror::student_id.eq(student)),
        )
        .filter(pasi_mirror::record_kind.eq(kind.as_str()))
        .order(pasi_mirror::record_key)
        .select((
            pasi_mirror::record_key,
            (pasi_mirror::core_version, pasi_mirror::body),
        ))
        .load(at.conn())?;
    rows.into_iter()
        .map(|(key, row)| {
            let read = read(kind, &key, row)?;
            Ok((key, read))
        })
        .collect()
}

fn read<T: DeserializeOwned>(kind: NotificationType, key: &str, row: Row) -> Outcome<Mirrored<T>> {
    let (version, body) = row;
    let record = serde_json::from_str(&body)
        .map_err(|error| Failure::Fault(format!("pasi_mirror.body of {kind} {key}: {error}")))?;
    Ok(Mirrored { version, record })
}

/// PASI's version of a record that we know; 0 when we have none.
pub(crate) fn version(at: &mut impl Reading, kind: NotificationType, key: &str) -> Outcome<i64> {
    let division = at.division();
    let version: Option<i64> = pasi_mirror::table
        .find((division, kind.as_str(), key))
        .select(pasi_mirror::core_version)
        .first(at.conn())
        .optional()?;
    Ok(version.unwrap_or(0))
}

/// Keeps PASI's copy of a record; an older version never replaces a newer one.
pub(crate) fn keep(
    tx: &mut Tx,
    (kind, key): (NotificationType, &str),
    core_version: i64,
    record: &impl Serialize,
    student: Option<StudentId>,
) -> Outcome<()> {
    if version(tx, kind, key)? > core_version {
        return Ok(());
    }
    let body = serde_json::to_string(record).map_err(|error| Failure::Fault(error.to_string()))?;
    let (division, now) = (tx.division(), tx.now());
    let set = (
        pasi_mirror::core_version.eq(core_version),
        pasi_mirror::body.eq(body),
        pasi_mirror::student_id.eq(student),
        pasi_mirror::read_at.eq(now),
    );
    let known = diesel::update(pasi_mirror::table.find((division, kind.as_str(), key))).set(set.clone());
    if known.execute(tx.conn())? == 0 {
        let key = (
            pasi_mirror::division_id.eq(division),
            pasi_mirror::record_kind.eq(kind.as_str()),
            pasi_mirror::record_key.eq(key),
        );
        diesel::insert_into(pasi_mirror::table)
            .values((key, set))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// A row of the mirror, for many at once.
#[derive(Insertable)]
#[diesel(table_name = pasi_mirror)]
struct NewRow {
    division_id: DivisionId,
    record_kind: &'static str,
    record_key: String,
    core_version: i64,
    body: String,
    student_id: Option<StudentId>,
    read_at: Instant,
}

/// Keeps many copies that were never kept before: key, version, JSON, our student.
pub(crate) fn keep_first(
    tx: &mut Tx,
    kind: NotificationType,
    all: impl Iterator<Item = (String, i64, String, Option<StudentId>)>,
) -> Outcome<()> {
    let (division_id, read_at, record_kind) = (tx.division(), tx.now(), kind.as_str());
    let rows: Vec<NewRow> = all
        .map(|(record_key, core_version, body, student_id)| NewRow {
            division_id,
            record_kind,
            record_key,
            core_version,
            body,
            student_id,
            read_at,
        })
        .collect();
    Ok(db::insert_many!(tx.conn(), pasi_mirror::table, rows)?)
}

/// Up to which version everything of a topic was read; 0 for nothing yet.
pub(crate) fn cursor(at: &mut impl Reading, topic: Topic) -> Outcome<i64> {
    let division = at.division();
    let version: Option<i64> = pasi_cursor::table
        .find((division, topic.to_string()))
        .select(pasi_cursor::max_version)
        .first(at.conn())
        .optional()?;
    Ok(version.unwrap_or(0))
}

/// Notes that everything of a topic was read up to a version.
pub(crate) fn set_cursor(tx: &mut Tx, topic: Topic, version: i64) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    let set = (
        pasi_cursor::max_version.eq(version),
        pasi_cursor::changed_at.eq(now),
    );
    let known = diesel::update(pasi_cursor::table.find((division, topic.to_string()))).set(set);
    if known.execute(tx.conn())? == 0 {
        let key = (
            pasi_cursor::division_id.eq(division),
            pasi_cursor::notification.eq(topic.to_string()),
        );
        diesel::insert_into(pasi_cursor::table)
            .values((key, set))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// When PASI's copy of a student was last read; none before the first time.
pub fn read_at(at: &mut impl Reading, student: StudentId) -> Outcome<Option<Instant>> {
    let division = at.division();
    Ok(pasi_mirror::table
        .filter(
            pasi_mirror::division_id
                .eq(division)
                .and(pasi_mirror::student_id.eq(student)),
        )
        .filter(pasi_mirror::record_kind.eq(NotificationType::Student.as_str()))
        .select(pasi_mirror::read_at)
        .first(at.conn())
        .optional()?)
}
