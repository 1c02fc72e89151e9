//! Events on their way to others: written with the change, taken by a consumer later.

use crate::schema::outbox;
use crate::{AnyConnection, Subject, Tx};
use diesel::prelude::*;
use kernel::{Actor, DivisionId, Failure, Instant, OutboxId, Outcome};
use serde::Serialize;

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = outbox)]
pub(crate) struct NewRow {
    division_id: DivisionId,
    pub(crate) id: OutboxId,
    topic: String,
    subject_kind: String,
    subject_id: String,
    payload: String,
    actor: String,
    created_at: Instant,
}

impl NewRow {
    pub(crate) fn new(
        now: Instant,
        actor: &Actor,
        topic: &str,
        subject: &Subject,
        payload: &impl Serialize,
    ) -> Self {
        let json = |value: serde_json::Result<String>| value.unwrap_or_else(|_| "null".to_owned());
        Self {
            division_id: actor.division,
            id: OutboxId::fresh(now),
            topic: topic.to_owned(),
            subject_kind: subject.kind.to_owned(),
            subject_id: subject.id.clone(),
            payload: json(serde_json::to_string(payload)),
            actor: json(serde_json::to_string(actor)),
            created_at: now,
        }
    }
}

/// Writes events after every other of the division: what was announced first is
/// taken first, also when the machine's clock was set back in between.
pub(crate) fn insert(conn: &mut AnyConnection, mut rows: Vec<NewRow>) -> Outcome<()> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let newest = outbox::table
        .filter(outbox::division_id.eq(first.division_id))
        .order(outbox::id.desc())
        .select(outbox::id);
    let last: Option<OutboxId> = crate::ask!(conn, first, newest).optional()?;
    if let Some(last) = last.filter(|last| *last >= first.id) {
        for row in &mut rows {
            row.id = OutboxId::fresh_after(row.created_at, last);
        }
    }
    Ok(crate::insert_many!(conn, outbox::table, rows)?)
}

/// An event.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct OutboxRow {
    /// Its id; ids order by time.
    pub id: OutboxId,
    /// What happened, such as `enrolment.changed`.
    pub topic: String,
    /// To what kind of record.
    pub subject_kind: String,
    /// To which one.
    pub subject_id: String,
    /// What the consumer needs, JSON.
    pub payload: String,
    /// Who did it, JSON of an [`Actor`].
    pub actor: String,
    /// When.
    pub created_at: Instant,
}

impl OutboxRow {
    /// Who did it. Fails as a fault when the row cannot be read.
    pub fn actor(&self) -> Outcome<Actor> {
        serde_json::from_str(&self.actor).map_err(|error| self.unreadable("actor", &error))
    }
    /// The payload. Fails as a fault when the row cannot be read.
    pub fn payload<T: serde::de::DeserializeOwned>(&self) -> Outcome<T> {
        serde_json::from_str(&self.payload).map_err(|error| self.unreadable("payload", &error))
    }
    fn unreadable(&self, column: &str, error: &serde_json::Error) -> Failure {
        Failure::Fault(format!("outbox.{column} of {}: {error}", self.id))
    }
}

/// Takes up to `limit` events of `topics`, oldest first, and marks them taken
/// in the same transaction as what the consumer writes because of them.
pub fn take_outbox(tx: &mut Tx, topics: &[&str], limit: i64) -> Outcome<Vec<OutboxRow>> {
    let rows: Vec<OutboxRow> = outbox::table
        .filter(outbox::division_id.eq(tx.actor.division))
        .filter(outbox::taken_at.is_null())
        .filter(outbox::topic.eq_any(topics.to_vec()))
        .order(outbox::id)
        .limit(limit)
        .select(OutboxRow::as_select())
        .load(tx.conn)?;
    for row in &rows {
        diesel::update(outbox::table.find((tx.actor.division, row.id)))
            .set(outbox::taken_at.eq(tx.now))
            .execute(tx.conn)?;
    }
    Ok(rows)
}

/// How many events of `topics` wait.
pub fn waiting(at: &mut impl crate::Reading, topics: &[&str]) -> Outcome<i64> {
    let division = at.division();
    Ok(outbox::table
        .filter(outbox::division_id.eq(division))
        .filter(outbox::taken_at.is_null())
        .filter(outbox::topic.eq_any(topics.to_vec()))
        .count()
        .get_result(at.conn())?)
}

/// Takes back what was announced of a subject, when nobody has taken any of it
/// yet; else touches nothing and answers false.
pub fn forget_outbox(tx: &mut Tx, subject: &Subject) -> Outcome<bool> {
    let division = tx.actor.division;
    let of_subject = || {
        outbox::table.filter(outbox::division_id.eq(division)).filter(
            outbox::subject_kind
                .eq(subject.kind)
                .and(outbox::subject_id.eq(subject.id.clone())),
        )
    };
    let taken: i64 = of_subject()
        .filter(outbox::taken_at.is_not_null())
        .count()
        .get_result(tx.conn)?;
    if taken > 0 {
        return Ok(false);
    }
    diesel::delete(of_subject()).execute(tx.conn)?;
    Ok(true)
}
