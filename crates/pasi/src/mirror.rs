//! PASI's copy of each record, as last read; differences are judged against it.

use db::schema::pasi_mirror;
use db::{FieldClass, Reading, Sealer, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Failure, Instant, Outcome, SchoolCode, SchoolYear, StudentId};
use pasi_wire::window::{NotificationType, Topic};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// A record as PASI has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mirrored<T> {
    /// PASI's version of it.
    pub(crate) version: i64,
    /// The record.
    pub(crate) record: T,
}

/// Version, the record as JSON, and what of it is sealed.
type Row = (i64, String, Option<Vec<u8>>);

/// The part of a student that does not lie open in the mirror.
const SEALED: &str = "medical_alerts";

/// A record as it is kept: JSON without what is sealed, and that.
pub(crate) fn apart(keys: &Sealer, record: &impl Serialize) -> Outcome<(String, Option<Vec<u8>>)> {
    let fault = |error: serde_json::Error| Failure::Fault(error.to_string());
    let mut whole = serde_json::to_value(record).map_err(fault)?;
    let all = whole.get_mut(SEALED).and_then(serde_json::Value::as_array_mut);
    let told = all.filter(|all| !all.is_empty()).map(std::mem::take);
    let seal = |told: Vec<_>| keys.seal(FieldClass::Medical, &serde_json::Value::from(told).to_string());
    let sealed = told.map(seal).transpose()?;
    Ok((whole.to_string(), sealed))
}

/// PASI's copy of a record; nothing when it was never read.
pub(crate) fn mirrored<T: DeserializeOwned>(
    at: &mut impl Reading,
    kind: NotificationType,
    key: &str,
) -> Outcome<Option<Mirrored<T>>> {
    let division = at.division();
    let row: Option<Row> = pasi_mirror::table
        .find((division, kind.as_str(), key))
        .select((pasi_mirror::core_version, pasi_mirror::body, pasi_mirror::sealed))
        .first(at.conn())
        .optional()?;
    row.map(|row| read(at.sealer(), (kind.as_str(), key), row))
        .transpose()
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
            (pasi_mirror::core_version, pasi_mirror::body, pasi_mirror::sealed),
        ))
        .load(at.conn())?;
    rows.into_iter()
        .map(|(key, row)| {
            let read = read(at.sealer(), (kind.as_str(), &key), row)?;
            Ok((key, read))
        })
        .collect()
}

/// PASI's copies of a kind by their keys, those that were read.
pub(crate) fn mirrored_among<T: DeserializeOwned>(
    at: &mut impl Reading,
    kind: NotificationType,
    keys: &[String],
) -> Outcome<Vec<T>> {
    let division = at.division();
    let rows: Vec<(String, Row)> = pasi_mirror::table
        .filter(
            pasi_mirror::division_id
                .eq(division)
                .and(pasi_mirror::record_kind.eq(kind.as_str())),
        )
        .filter(pasi_mirror::record_key.eq_any(keys))
        .select((
            pasi_mirror::record_key,
            (pasi_mirror::core_version, pasi_mirror::body, pasi_mirror::sealed),
        ))
        .load(at.conn())?;
    rows.into_iter()
        .map(|(key, row)| Ok(read(at.sealer(), (kind.as_str(), &key), row)?.record))
        .collect()
}

/// The keys of every copy of a kind.
pub(crate) fn keys(at: &mut impl Reading, kind: NotificationType) -> Outcome<Vec<String>> {
    let division = at.division();
    Ok(pasi_mirror::table
        .filter(pasi_mirror::division_id.eq(division))
        .filter(pasi_mirror::record_kind.eq(kind.as_str()))
        .select(pasi_mirror::record_key)
        .load(at.conn())?)
}

/// A kept record whole again.
pub(crate) fn read<T: DeserializeOwned>(
    keys: &Sealer,
    (kind, key): (&str, &str),
    (version, body, sealed): Row,
) -> Outcome<Mirrored<T>> {
    let fault =
        |error: serde_json::Error| Failure::Fault(format!("pasi_mirror.body of {kind} {key}: {error}"));
    let Some(sealed) = sealed else {
        let record = serde_json::from_str(&body).map_err(fault)?;
        return Ok(Mirrored { version, record });
    };
    let mut whole: serde_json::Value = serde_json::from_str(&body).map_err(fault)?;
    let part = keys.open(FieldClass::Medical, &sealed)?;
    whole[SEALED] = serde_json::from_str(&part).map_err(fault)?;
    let record = serde_json::from_value(whole).map_err(fault)?;
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

/// Kind, key and version of each copy of a student's, in the order of the keys.
pub(crate) fn versions_of(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<(String, String, i64)>> {
    const KINDS: [&str; 4] = [
        NotificationType::CourseEnrolment.as_str(),
        NotificationType::Student.as_str(),
        NotificationType::StudentSchoolEnrolment.as_str(),
        NotificationType::ResponsibleSchool.as_str(),
    ];
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        load,
        pasi_mirror::table
            .filter(
                pasi_mirror::division_id
                    .eq(division)
                    .and(pasi_mirror::student_id.eq(student)),
            )
            .filter(pasi_mirror::record_kind.eq_any(KINDS))
            .order((pasi_mirror::record_kind, pasi_mirror::record_key))
            .select((
                pasi_mirror::record_kind,
                pasi_mirror::record_key,
                pasi_mirror::core_version,
            ))
    )?)
}

/// Key and version of each copy of a kind among these keys.
pub(crate) fn versions_among(
    at: &mut impl Reading,
    kind: NotificationType,
    keys: &[String],
) -> Outcome<Vec<(String, i64)>> {
    let division = at.division();
    Ok(pasi_mirror::table
        .filter(
            pasi_mirror::division_id
                .eq(division)
                .and(pasi_mirror::record_kind.eq(kind.as_str())),
        )
        .filter(pasi_mirror::record_key.eq_any(keys))
        .order(pasi_mirror::record_key)
        .select((pasi_mirror::record_key, pasi_mirror::core_version))
        .load(at.conn())?)
}

/// The key of a school's calendar year, as PASI tells it: `0982.2027`.
pub(crate) fn year_key(school: SchoolCode, year: SchoolYear) -> String {
    format!("{school}.{}", year.number())
}

/// The year by which a record of a kind is asked for; 0 where it has none.
fn year_number(year: Option<SchoolYear>) -> i32 {
    year.map_or(0, SchoolYear::number)
}

/// The school year under which a record is kept; none when it is not, or has none.
pub(crate) fn year_of(
    at: &mut impl Reading,
    kind: NotificationType,
    key: &str,
) -> Outcome<Option<SchoolYear>> {
    let division = at.division();
    let year: Option<i32> = pasi_mirror::table
        .find((division, kind.as_str(), key))
        .select(pasi_mirror::school_year)
        .first(at.conn())
        .optional()?;
    Ok(year.and_then(SchoolYear::ending))
}

/// Our student whose record PASI's copy of a kind is about.
pub(crate) fn student_of(
    at: &mut impl Reading,
    kind: NotificationType,
    key: &str,
) -> Outcome<Option<StudentId>> {
    let division = at.division();
    let student: Option<Option<StudentId>> = pasi_mirror::table
        .find((division, kind.as_str(), key))
        .select(pasi_mirror::student_id)
        .first(at.conn())
        .optional()?;
    Ok(student.flatten())
}

/// Keeps PASI's copy of a record; an older version never replaces a newer one.
pub(crate) fn keep(
    tx: &mut Tx,
    (topic, key): (Topic, &str),
    core_version: i64,
    record: &impl Serialize,
    student: Option<StudentId>,
) -> Outcome<()> {
    let kind = topic.notification_type;
    if version(tx, kind, key)? > core_version {
        return Ok(());
    }
    let (body, sealed) = apart(tx.sealer(), record)?;
    let (division, now) = (tx.division(), tx.now());
    let set = (
        pasi_mirror::core_version.eq(core_version),
        pasi_mirror::body.eq(body),
        pasi_mirror::sealed.eq(sealed),
        pasi_mirror::student_id.eq(student),
        pasi_mirror::school_year.eq(year_number(topic.year)),
        pasi_mirror::is_told.eq(true),
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
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = pasi_mirror)]
struct NewRow {
    division_id: DivisionId,
    record_kind: &'static str,
    record_key: String,
    core_version: i64,
    body: String,
    sealed: Option<Vec<u8>>,
    student_id: Option<StudentId>,
    school_year: i32,
    is_told: bool,
    read_at: Instant,
}

/// A copy to be kept for the first time.
pub(crate) struct First {
    /// ASN or `RefId`.
    pub(crate) key: String,
    /// PASI's version.
    pub(crate) version: i64,
    /// As [`apart`] makes it.
    pub(crate) body: (String, Option<Vec<u8>>),
    /// Ours, where it is matched.
    pub(crate) student: Option<StudentId>,
    /// The school year it is asked for by.
    pub(crate) year: Option<SchoolYear>,
}

/// Keeps many copies that were never kept before.
pub(crate) fn keep_first(tx: &mut Tx, kind: NotificationType, all: Vec<First>) -> Outcome<()> {
    let (division_id, read_at, record_kind) = (tx.division(), tx.now(), kind.as_str());
    let rows: Vec<NewRow> = all
        .into_iter()
        .map(|first| NewRow {
            division_id,
            record_kind,
            record_key: first.key,
            core_version: first.version,
            body: first.body.0,
            sealed: first.body.1,
            student_id: first.student,
            school_year: year_number(first.year),
            is_told: true,
            read_at,
        })
        .collect();
    Ok(db::insert_many!(tx.conn(), pasi_mirror::table, rows)?)
}

/// What we hold of a topic, as PASI would tell it: key and version of each.
pub(crate) fn held(at: &mut impl Reading, topic: Topic) -> Outcome<Vec<(String, i64)>> {
    let division = at.division();
    Ok(pasi_mirror::table
        .filter(pasi_mirror::division_id.eq(division))
        .filter(pasi_mirror::record_kind.eq(topic.notification_type.as_str()))
        .filter(pasi_mirror::school_year.eq(year_number(topic.year)))
        .filter(pasi_mirror::is_told.eq(true).and(pasi_mirror::core_version.gt(0)))
        .select((pasi_mirror::record_key, pasi_mirror::core_version))
        .load(at.conn())?)
}

/// What must be read again.
pub(crate) struct Drift {
    /// Keys whose version is not the one PASI tells, with PASI's.
    pub(crate) wrong: Vec<(String, i64)>,
    /// Keys PASI tells nothing of any more.
    pub(crate) gone: usize,
}

/// Compares all that PASI tells of a topic with what we hold. What it tells no
/// more is kept and marked; what we hold in another version is made ready to be
/// read again, even where ours is the higher one, as after PASI was restored.
pub(crate) fn drift(tx: &mut Tx, topic: Topic, told: &[(String, i64)]) -> Outcome<Drift> {
    let (division, kind) = (tx.division(), topic.notification_type.as_str());
    let told: HashMap<&str, i64> = told
        .iter()
        .map(|(key, version)| (key.as_str(), *version))
        .collect();
    let held: HashMap<String, i64> = held(tx, topic)?.into_iter().collect();
    let mut gone = 0;
    for key in held.keys().filter(|key| !told.contains_key(key.as_str())) {
        gone += 1;
        diesel::update(pasi_mirror::table.find((division, kind, key.as_str())))
            .set(pasi_mirror::is_told.eq(false))
            .execute(tx.conn())?;
    }
    let mut wrong: Vec<(String, i64)> = told
        .into_iter()
        .filter(|(key, version)| held.get(*key) != Some(version))
        .map(|(key, version)| (key.to_owned(), version))
        .collect();
    wrong.sort_unstable_by_key(|(_, version)| *version);
    for (key, _) in &wrong {
        diesel::update(pasi_mirror::table.find((division, kind, key.as_str())))
            .set(pasi_mirror::core_version.eq(0))
            .execute(tx.conn())?;
    }
    Ok(Drift { wrong, gone })
}

/// When PASI's copy of a student was last read; none before the first time.
pub fn read_at(at: &mut impl Reading, student: StudentId) -> Outcome<Option<Instant>> {
    let division = at.division();
    Ok(db::ask!(
        at.conn(),
        first,
        pasi_mirror::table
            .filter(
                pasi_mirror::division_id
                    .eq(division)
                    .and(pasi_mirror::student_id.eq(student)),
            )
            .filter(pasi_mirror::record_kind.eq(NotificationType::Student.as_str()))
            .select(pasi_mirror::read_at)
    )
    .optional()?)
}
