//! One's own sessions: where one is signed in, and ending what one is not.

use crate::sessions::{Holder, Limits, SignedIn, Stage, Token, end_all};
use db::schema::web_session;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{Failure, Instant, Outcome, Role, SessionId};
use serde_json::json;

/// Longest name of a device, in characters.
const DEVICE: usize = 60;

/// A session of one's own that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Which.
    pub id: SessionId,
    /// Browser and system, as the browser named itself; empty for none.
    pub device: String,
    /// Where it was opened from.
    pub ip: String,
    /// The role it acts in.
    pub role: Option<Role>,
    /// Opened when.
    pub since: Instant,
    /// Last asked for something, to the minute.
    pub seen_at: Instant,
    /// The one that asks.
    pub is_this: bool,
}

type Row = (SessionId, String, String, Option<Role>, Instant, Instant);

/// One's own open sessions: this one first, then the last seen. `idle_seconds`
/// is when the site ends one without a request.
pub fn own(at: &mut impl Reading, who: &Holder, idle_seconds: i64) -> Outcome<Vec<OwnSession>> {
    let (division, now) = (at.division(), at.now());
    let rows: Vec<Row> = web_session::table
        .filter(
            web_session::division_id
                .eq(division)
                .and(web_session::account_id.eq(who.account)),
        )
        .filter(
            web_session::stage
                .eq(Stage::Full)
                .and(web_session::ended_at.is_null()),
        )
        .filter(web_session::expires_at.gt(now))
        .order((web_session::seen_at.desc(), web_session::id.desc()))
        .select((
            web_session::id,
            web_session::device,
            web_session::ip,
            web_session::acting_role,
            web_session::created_at,
            web_session::seen_at,
        ))
        .load(at.conn())?;
    let mut all: Vec<OwnSession> = rows
        .into_iter()
        .map(|(id, device, ip, role, since, seen_at)| OwnSession {
            is_this: id == who.session,
            id,
            device,
            ip,
            role,
            since,
            seen_at,
        })
        .filter(|one| one.is_this || !is_idle(one, idle_seconds, now))
        .collect();
    all.sort_by_key(|one| !one.is_this);
    Ok(all)
}

fn is_idle(one: &OwnSession, idle_seconds: i64, now: Instant) -> bool {
    let longest = one.role.map_or(idle_seconds, |role| {
        Limits::of(role).idle_seconds.min(idle_seconds)
    });
    one.seen_at.seconds_until(now) > longest
}

/// Ends another session of one's own; it is out with its next request.
/// `NotFound` when it is not one's own or has ended; this one ends by signing out.
/// Writes: `web_session`, audit `session.end`.
pub fn end_own(tx: &mut Tx, who: &SignedIn, id: SessionId) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    if id == who.who.session {
        return Err(Failure::NotFound);
    }
    let ended = diesel::update(web_session::table.find((division, id)))
        .filter(web_session::account_id.eq(who.who.account))
        .filter(web_session::ended_at.is_null())
        .set(web_session::ended_at.eq(now))
        .execute(tx.conn())?;
    if ended == 0 {
        return Err(Failure::NotFound);
    }
    tx.record(
        "session.end",
        Subject::new("account", who.who.account),
        &json!({ "session": id }),
    );
    Ok(())
}

/// Ends every session of one's own but this one.
/// Writes: `web_session`, audit `session.end-others`.
pub fn end_others(tx: &mut Tx, who: &SignedIn) -> Outcome<usize> {
    let ended = end_all(tx, who.who.account, Some(who.who.session))?;
    tx.record(
        "session.end-others",
        Subject::new("account", who.who.account),
        &json!({ "sessions": ended }),
    );
    Ok(ended)
}

/// Keeps what the browser of a session calls itself, for the list of one's own.
pub fn name_device(tx: &mut Tx, token: &Token, device: &str) -> Outcome<()> {
    let division = tx.division();
    let device: String = kernel::text::squeeze(device).chars().take(DEVICE).collect();
    diesel::update(
        web_session::table.filter(
            web_session::division_id
                .eq(division)
                .and(web_session::token_hash.eq(token.hash())),
        ),
    )
    .set(web_session::device.eq(device))
    .execute(tx.conn())?;
    Ok(())
}
