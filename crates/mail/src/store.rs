//! All SQL of e-mail.

use crate::model::{MailLine, MailState, NewMail, Taken};
use db::schema::mail_message;
use db::{FieldClass, Reading, Tx};
use diesel::prelude::*;
use kernel::{DivisionId, Instant, MailId, Outcome};
use std::collections::BTreeMap;

/// Below both engines' limit of bound values.
const CHUNK: usize = 400;
/// Due messages looked at when one is to be taken.
const LOOKED_AT: i64 = 20;

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = mail_message)]
struct NewRow<'a> {
    division_id: DivisionId,
    id: MailId,
    kind: &'a str,
    language: &'a str,
    recipient: Vec<u8>,
    subject: &'a str,
    body: Vec<u8>,
    made_by: String,
    made_at: Instant,
    state: MailState,
    attempts: i32,
    next_at: Option<Instant>,
    tried_at: Option<Instant>,
    last_answer: &'a str,
}

/// Keeps a message, sealed; false when its id is there already.
pub(crate) fn insert(tx: &mut Tx, new: &NewMail) -> Outcome<bool> {
    let (division, now) = (tx.division(), tx.now());
    let known: i64 = mail_message::table
        .find((division, new.id))
        .count()
        .get_result(tx.conn())?;
    if known > 0 {
        return Ok(false);
    }
    let row = NewRow {
        division_id: division,
        id: new.id,
        kind: new.kind,
        language: &new.language,
        recipient: tx.seal(FieldClass::Identity, &new.to)?,
        subject: new.subject.trim(),
        body: tx.seal(FieldClass::Identity, &new.text)?,
        made_by: tx.actor().name.clone(),
        made_at: now,
        state: MailState::Waiting,
        attempts: 0,
        next_at: Some(now),
        tried_at: None,
        last_answer: "",
    };
    diesel::insert_into(mail_message::table)
        .values(&row)
        .execute(tx.conn())?;
    Ok(true)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail_message)]
struct LineRow {
    id: MailId,
    kind: String,
    made_by: String,
    made_at: Instant,
    state: MailState,
    attempts: i32,
    next_at: Option<Instant>,
    tried_at: Option<Instant>,
    last_answer: String,
}

impl LineRow {
    fn line(self) -> MailLine {
        MailLine {
            id: self.id,
            kind: self.kind,
            made_by: self.made_by,
            made_at: self.made_at,
            state: self.state,
            attempts: self.attempts,
            next_at: self.next_at,
            tried_at: self.tried_at,
            last_answer: self.last_answer,
        }
    }
}

/// How one message stands. `NotFound` when there is none.
pub(crate) fn line(at: &mut impl Reading, id: MailId) -> Outcome<MailLine> {
    let division = at.division();
    let row: LineRow = mail_message::table
        .find((division, id))
        .select(LineRow::as_select())
        .first(at.conn())?;
    Ok(row.line())
}

/// How some messages stand.
pub(crate) fn lines(at: &mut impl Reading, ids: &[MailId]) -> Outcome<BTreeMap<MailId, MailLine>> {
    let (division, mut all) = (at.division(), BTreeMap::new());
    for some in ids.chunks(CHUNK) {
        let rows: Vec<LineRow> = mail_message::table
            .filter(
                mail_message::division_id
                    .eq(division)
                    .and(mail_message::id.eq_any(some.to_vec())),
            )
            .select(LineRow::as_select())
            .load(at.conn())?;
        all.extend(rows.into_iter().map(|row| (row.id, row.line())));
    }
    Ok(all)
}

/// The last messages, latest first; of one state, or of all.
pub(crate) fn recent(at: &mut impl Reading, state: Option<MailState>, limit: i64) -> Outcome<Vec<MailLine>> {
    let division = at.division();
    let mut asked = mail_message::table
        .filter(mail_message::division_id.eq(division))
        .order((mail_message::made_at.desc(), mail_message::id.desc()))
        .limit(limit)
        .select(LineRow::as_select())
        .into_boxed();
    if let Some(state) = state {
        asked = asked.filter(mail_message::state.eq(state));
    }
    let rows: Vec<LineRow> = asked.load(at.conn())?;
    Ok(rows.into_iter().map(LineRow::line).collect())
}

/// How many messages are in a state.
pub(crate) fn count(at: &mut impl Reading, state: MailState) -> Outcome<i64> {
    let division = at.division();
    Ok(mail_message::table
        .filter(
            mail_message::division_id
                .eq(division)
                .and(mail_message::state.eq(state)),
        )
        .count()
        .get_result(at.conn())?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mail_message)]
struct TakenRow {
    id: MailId,
    recipient: Vec<u8>,
    subject: String,
    body: Vec<u8>,
    attempts: i32,
    made_at: Instant,
}

/// Takes the message whose turn it is: counts the attempt, and keeps others from it for `lease` seconds.
pub(crate) fn take(tx: &mut Tx, lease: i64) -> Outcome<Option<Taken>> {
    let (division, now) = (tx.division(), tx.now());
    let due: Vec<TakenRow> = mail_message::table
        .filter(
            mail_message::division_id
                .eq(division)
                .and(mail_message::state.eq(MailState::Waiting))
                .and(mail_message::next_at.le(now)),
        )
        .order((mail_message::next_at, mail_message::id))
        .limit(LOOKED_AT)
        .select(TakenRow::as_select())
        .load(tx.conn())?;
    for row in due {
        let taken = diesel::update(mail_message::table.find((division, row.id)))
            .filter(
                mail_message::attempts
                    .eq(row.attempts)
                    .and(mail_message::state.eq(MailState::Waiting)),
            )
            .set((
                mail_message::attempts.eq(row.attempts + 1),
                mail_message::tried_at.eq(Some(now)),
                mail_message::next_at.eq(Some(now.plus_seconds(lease))),
            ))
            .execute(tx.conn())?;
        if taken == 1 {
            return Ok(Some(Taken {
                id: row.id,
                to: tx.sealer().open(FieldClass::Identity, &row.recipient)?,
                subject: row.subject,
                text: tx.sealer().open(FieldClass::Identity, &row.body)?,
                attempts: row.attempts + 1,
                made_at: row.made_at,
            }));
        }
    }
    Ok(None)
}

/// Notes what came of an attempt; false when another one was made meanwhile.
pub(crate) fn settle(
    tx: &mut Tx,
    taken: &Taken,
    (state, next_at): (MailState, Option<Instant>),
    answer: &str,
) -> Outcome<bool> {
    let division = tx.division();
    let rows = diesel::update(mail_message::table.find((division, taken.id)))
        .filter(
            mail_message::attempts
                .eq(taken.attempts)
                .and(mail_message::state.eq(MailState::Waiting)),
        )
        .set((
            mail_message::state.eq(state),
            mail_message::next_at.eq(next_at),
            mail_message::last_answer.eq(answer),
        ))
        .execute(tx.conn())?;
    Ok(rows == 1)
}

/// The message waits again, from now on and with all its tries. False when it stands otherwise by now.
pub(crate) fn revive(tx: &mut Tx, seen: &MailLine) -> Outcome<bool> {
    let (division, now) = (tx.division(), tx.now());
    let rows = diesel::update(mail_message::table.find((division, seen.id)))
        .filter(
            mail_message::attempts
                .eq(seen.attempts)
                .and(mail_message::state.eq(seen.state)),
        )
        .set((
            mail_message::state.eq(MailState::Waiting),
            mail_message::attempts.eq(0),
            mail_message::next_at.eq(Some(now)),
        ))
        .execute(tx.conn())?;
    Ok(rows == 1)
}

/// When the next message is to be tried; none while none waits.
pub(crate) fn next_at(at: &mut impl Reading) -> Outcome<Option<Instant>> {
    let division = at.division();
    let next: Option<Option<Instant>> = mail_message::table
        .filter(
            mail_message::division_id
                .eq(division)
                .and(mail_message::state.eq(MailState::Waiting)),
        )
        .order(mail_message::next_at)
        .select(mail_message::next_at)
        .first(at.conn())
        .optional()?;
    Ok(next.flatten())
}
