//! The audit chain: who did, read or was refused what; each row holds the hash
//! of the row before it, so that a changed or missing row shows.

use crate::AnyConnection;
use crate::schema::{audit, audit_head};
use diesel::prelude::*;
use kernel::{AccountId, Actor, DivisionId, Failure, Instant, Outcome};
use ring::digest::{Context, SHA256};
use serde::Serialize;

/// What an audit row or an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The kind of record: `student`, `enrolment`, `account`.
    pub kind: &'static str,
    /// Its id, as text.
    pub id: String,
}

impl Subject {
    /// A record by kind and id.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "ids are `Copy` and read better without a `&`"
    )]
    pub fn new(kind: &'static str, id: impl ToString) -> Self {
        Self {
            kind,
            id: id.to_string(),
        }
    }
}

/// An audit row on its way.
pub(crate) struct Entry {
    action: String,
    subject: Subject,
    detail: String,
}

impl Entry {
    pub(crate) fn new(action: &str, subject: Subject, detail: &impl Serialize) -> Self {
        let detail =
            serde_json::to_string(detail).unwrap_or_else(|error| format!("{{\"unreadable\":\"{error}\"}}"));
        Self {
            action: action.to_owned(),
            subject,
            detail,
        }
    }
}

/// One link of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = audit)]
pub struct AuditRow {
    /// The division.
    pub division_id: DivisionId,
    /// 1, 2, 3 … without gaps.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Who; none for the program itself.
    pub account_id: Option<AccountId>,
    /// Who, by name as it was then.
    pub actor_name: String,
    /// In which role; empty for the program itself.
    pub actor_role: String,
    /// From where.
    pub ip: String,
    /// What, such as `enrolment.withdraw`, `student.read`, `refused`.
    pub action: String,
    /// About what kind of record.
    pub subject_kind: String,
    /// About which one.
    pub subject_id: String,
    /// Old and new values, JSON.
    pub detail: String,
    /// The hash of the row before; 32 zeros for the first.
    pub previous_hash: Vec<u8>,
    /// SHA-256 over the previous hash and every field above.
    pub hash: Vec<u8>,
}

impl AuditRow {
    /// The hash these fields must have.
    fn expected_hash(&self) -> Vec<u8> {
        let mut hash = Context::new(&SHA256);
        let mut add = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        add(&self.previous_hash);
        add(&self.division_id.0.to_be_bytes());
        add(&self.seq.to_be_bytes());
        add(&self.at.micros().to_be_bytes());
        add(self
            .account_id
            .map(|id| id.to_string())
            .unwrap_or_default()
            .as_bytes());
        for text in [
            &self.actor_name,
            &self.actor_role,
            &self.ip,
            &self.action,
            &self.subject_kind,
            &self.subject_id,
            &self.detail,
        ] {
            add(text.as_bytes());
        }
        hash.finish().as_ref().to_vec()
    }
}

/// Appends `entries` to the division's chain. Locks the head until the commit.
pub(crate) fn append(
    conn: &mut AnyConnection,
    actor: &Actor,
    now: Instant,
    entries: Vec<Entry>,
) -> Outcome<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let (mut seq, mut previous) = lock_head(conn, actor.division)?;
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        seq += 1;
        let mut row = AuditRow {
            division_id: actor.division,
            seq,
            at: now,
            account_id: actor.account,
            actor_name: actor.name.clone(),
            actor_role: actor
                .role
                .map(|role| role.as_str().to_owned())
                .unwrap_or_default(),
            ip: actor.ip.clone(),
            action: entry.action,
            subject_kind: entry.subject.kind.to_owned(),
            subject_id: entry.subject.id,
            detail: entry.detail,
            previous_hash: previous.clone(),
            hash: Vec::new(),
        };
        row.hash = row.expected_hash();
        previous.clone_from(&row.hash);
        rows.push(row);
    }
    crate::insert_many!(conn, audit::table, rows)?;
    let head = diesel::update(audit_head::table.find(actor.division))
        .set((audit_head::seq.eq(seq), audit_head::hash.eq(previous)));
    crate::ask!(conn, execute, head)?;
    Ok(())
}

/// The head of the chain, held until the commit. An update that changes
/// nothing takes the row lock on both engines. Two first writers may both find
/// no head: one makes it, the other waits for it.
fn lock_head(conn: &mut AnyConnection, division: DivisionId) -> Outcome<(i64, Vec<u8>)> {
    if let Some(head) = hold_head(conn, division)? {
        return Ok(head);
    }
    let first = (
        audit_head::division_id.eq(division),
        audit_head::seq.eq(0_i64),
        audit_head::hash.eq(vec![0_u8; 32]),
    );
    crate::insert_ignore!(conn, audit_head::table, [first])?;
    hold_head(conn, division)?.ok_or(Failure::NotFound)
}

fn hold_head(conn: &mut AnyConnection, division: DivisionId) -> Outcome<Option<(i64, Vec<u8>)>> {
    let held = diesel::update(audit_head::table.find(division))
        .set(audit_head::seq.eq(audit_head::seq))
        .returning((audit_head::seq, audit_head::hash));
    Ok(crate::ask!(conn, get_result, held).optional()?)
}

/// What verifying a chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChainReport {
    /// The division.
    pub division: DivisionId,
    /// Rows read.
    pub rows: i64,
    /// Where the chain breaks and how, in words; empty when it is whole.
    pub breaks: Vec<String>,
}

/// Walks the whole chain of a division: numbers without gaps, every hash as it
/// must be, the head equal to the last row. Reads in pages of 2,000.
pub fn verify_chain(conn: &mut AnyConnection, division: DivisionId) -> Outcome<ChainReport> {
    let mut report = ChainReport {
        division,
        rows: 0,
        breaks: Vec::new(),
    };
    let mut previous = vec![0_u8; 32];
    loop {
        let page: Vec<AuditRow> = audit::table
            .filter(audit::division_id.eq(division).and(audit::seq.gt(report.rows)))
            .order(audit::seq)
            .limit(2000)
            .select(AuditRow::as_select())
            .load(conn)?;
        if page.is_empty() {
            break;
        }
        for row in page {
            if row.seq != report.rows + 1 {
                report
                    .breaks
                    .push(format!("rows {} to {} are missing", report.rows + 1, row.seq - 1));
            } else if row.previous_hash != previous {
                report
                    .breaks
                    .push(format!("row {} does not follow the row before it", row.seq));
            }
            if row.hash != row.expected_hash() {
                report
                    .breaks
                    .push(format!("row {} was changed after it was written", row.seq));
            }
            report.rows = row.seq;
            previous = row.hash;
        }
    }
    let head: Option<(i64, Vec<u8>)> = audit_head::table
        .find(division)
        .select((audit_head::seq, audit_head::hash))
        .first(conn)
        .optional()?;
    if head.unwrap_or((0, vec![0; 32])) != (report.rows, previous) {
        report.breaks.push(format!(
            "the chain ends at row {}, not where its head says",
            report.rows
        ));
    }
    Ok(report)
}
