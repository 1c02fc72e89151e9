//! Reading the audit, and writing the rows that no change writes: reads of
//! what is sensitive, and refusals.

use crate::action::{ReadAudit, ViewHistory, ViewLooks};
use crate::{Action, Permit};
use db::schema::audit;
use db::{AuditRow, Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Date, Failure, Instant, Outcome, Role, StudentId};
use serde_json::json;

/// Which rows of the audit to show; everything empty shows all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrailFilter {
    /// By this person.
    pub person: Option<AccountId>,
    /// About this kind of record.
    pub subject_kind: Option<String>,
    /// About this record; with its kind.
    pub subject_id: Option<String>,
    /// This action, or every action of a group when it ends with a point: `sign-in`, `account.`.
    pub action: Option<String>,
    /// From the beginning of this day in Alberta.
    pub from: Option<Date>,
    /// To the end of this day in Alberta.
    pub until: Option<Date>,
}

/// A page of rows, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailPage {
    /// The rows.
    pub rows: Vec<AuditRow>,
    /// Ask for rows before this number to go on; none on the last page.
    pub next: Option<i64>,
}

/// The audit of the division, newest first, `limit` (1 to 500) rows before the number `before`.
pub fn page(
    at: &mut impl Reading,
    _permit: &Permit<ReadAudit>,
    filter: &TrailFilter,
    before: Option<i64>,
    limit: u16,
) -> Outcome<TrailPage> {
    let (division, limit) = (at.division(), i64::from(limit.clamp(1, 500)));
    let mut query = audit::table
        .filter(audit::division_id.eq(division))
        .order(audit::seq.desc())
        .limit(limit + 1)
        .select(AuditRow::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(audit::seq.lt(before));
    }
    if let Some(person) = filter.person {
        query = query.filter(audit::account_id.eq(person));
    }
    if let Some(kind) = &filter.subject_kind {
        query = query.filter(audit::subject_kind.eq(kind.clone()));
    }
    if let Some(id) = &filter.subject_id {
        query = query.filter(audit::subject_id.eq(id.clone()));
    }
    match filter.action.as_deref() {
        Some(group) if group.ends_with('.') => {
            query = query.filter(audit::action.like(format!("{}%", group.replace(['%', '_'], ""))));
        }
        Some(action) => query = query.filter(audit::action.eq(action.to_owned())),
        None => {}
    }
    if let Some(from) = filter.from {
        query = query.filter(audit::at.ge(beginning(from)?));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit::at.lt(beginning(until.plus_days(1))?));
    }
    let mut rows: Vec<AuditRow> = query.load(at.conn())?;
    let more = rows.len() > usize::from(u16::try_from(limit).unwrap_or(u16::MAX));
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| row.seq);
    Ok(TrailPage { rows, next })
}

/// Midnight in Alberta.
fn beginning(day: Date) -> Outcome<Instant> {
    day.midnight()
        .ok_or_else(|| Failure::Fault("a day without a beginning".to_owned()))
}

/// Notes that something sensitive of a student was read: `what` names it
/// (`medical`, `custody`), never its content; the reason of the permit goes with it.
/// Call in the same request that shows it.
pub fn read_sensitive<A: Action>(tx: &mut Tx, permit: &Permit<A>, student: StudentId, what: &str) {
    let because = permit.reason();
    tx.record(
        "student.read",
        Subject::new("student", student),
        &json!({ "what": what, "action": A::NAME, "because": because.name() }),
    );
}

/// Did this person read `what` of a student since an instant, such as the beginning of the session?
pub fn has_read(
    at: &mut impl Reading,
    person: AccountId,
    student: StudentId,
    what: &str,
    since: Instant,
) -> Outcome<bool> {
    let division = at.division();
    let details: Vec<String> = audit::table
        .filter(audit::division_id.eq(division))
        .filter(
            audit::subject_kind
                .eq("student")
                .and(audit::subject_id.eq(student.to_string())),
        )
        .filter(
            audit::account_id
                .eq(person)
                .and(audit::action.eq("student.read"))
                .and(audit::at.ge(since)),
        )
        .select(audit::detail)
        .load(at.conn())?;
    let named = format!("\"what\":\"{what}\"");
    Ok(details.iter().any(|detail| detail.contains(&named)))
}

/// Somebody read something sensitive of a student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SensitiveRead {
    /// When.
    pub at: Instant,
    /// Who, as named then.
    pub by: String,
    /// What, as [`read_sensitive`] was told: `medical`, `custody` …
    pub what: String,
}

/// The latest reads of what is sensitive in a student's record, newest first, at most
/// [`MOST_READS`]. Not found outside the permit.
pub fn reads_of(
    at: &mut impl Reading,
    permit: &Permit<ViewHistory>,
    student: StudentId,
) -> Outcome<Vec<SensitiveRead>> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let read = |row: AuditRow| {
        let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
        let what = detail["what"].as_str().unwrap_or_default().to_owned();
        SensitiveRead {
            at: row.at,
            by: row.actor_name,
            what,
        }
    };
    Ok(latest_reads(at, student)?.into_iter().map(read).collect())
}

/// Reads that a student's history goes back to.
const MOST_READS: i64 = 200;

/// Somebody of the schools or the division looked at a student's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Instant,
    /// As what.
    pub role: Role,
}

/// Who of staff read what is sensitive in a student's record, for the family: roles and times, newest first, at most
/// [`MOST_READS`]; no names, nor what was read. Not found outside the permit.
pub fn looks_of(at: &mut impl Reading, permit: &Permit<ViewLooks>, student: StudentId) -> Outcome<Vec<Look>> {
    if !permit.covers(at, student)? {
        return Err(Failure::NotFound);
    }
    let look = |row: AuditRow| {
        let role = row.actor_role.parse::<Role>().ok();
        let role = role.filter(|role| role.is_staff())?;
        Some(Look { at: row.at, role })
    };
    Ok(latest_reads(at, student)?.into_iter().filter_map(look).collect())
}

fn latest_reads(at: &mut impl Reading, student: StudentId) -> Outcome<Vec<AuditRow>> {
    let division = at.division();
    Ok(audit::table
        .filter(audit::division_id.eq(division))
        .filter(
            audit::subject_kind
                .eq("student")
                .and(audit::subject_id.eq(student.to_string())),
        )
        .filter(audit::action.eq("student.read"))
        .order(audit::seq.desc())
        .limit(MOST_READS)
        .select(AuditRow::as_select())
        .load(at.conn())?)
}

/// Notes that the acting person was refused `action` (an action's name), in a transaction of
/// its own, since the refused one wrote nothing.
pub fn refused(tx: &mut Tx, action: &str, subject: Subject) {
    tx.record("refused", subject, &json!({ "action": action }));
}
