//! What a browser was asked and must answer: kept sealed, one of a kind for a
//! session, for a few minutes, and taken once.

use db::schema::web_ceremony;
use db::{FieldClass, Reading, Tx};
use diesel::prelude::*;
use kernel::{Instant, Outcome, SessionId};

kernel::text_enum! {
    /// What is going on.
    pub enum Ceremony {
        /// An authenticator app is being set up.
        TotpEnrol = "totp-enrol",
        /// A passkey is being made.
        PasskeyEnrol = "passkey-enrol",
        /// A passkey is being asked for.
        PasskeyCheck = "passkey-check",
    }
}

/// Seconds a person has to answer.
pub(crate) const ANSWER_WITHIN_SECONDS: i64 = 600;

/// Keeps the state; replaces one of the same kind.
pub(crate) fn keep(tx: &mut Tx, session: SessionId, kind: Ceremony, state: &str) -> Outcome<()> {
    let sealed = tx.seal(FieldClass::Factor, state)?;
    let (division, now) = (tx.division(), tx.now());
    drop_one(tx, session, kind)?;
    diesel::insert_into(web_ceremony::table)
        .values((
            web_ceremony::division_id.eq(division),
            web_ceremony::session_id.eq(session),
            web_ceremony::kind.eq(kind),
            web_ceremony::state.eq(sealed),
            web_ceremony::expires_at.eq(now.plus_seconds(ANSWER_WITHIN_SECONDS)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Reads the state, when there is one in time.
pub(crate) fn peek(at: &mut impl Reading, session: SessionId, kind: Ceremony) -> Outcome<Option<String>> {
    let (division, now) = (at.division(), at.now());
    let kept: Option<(Vec<u8>, Instant)> = web_ceremony::table
        .find((division, session, kind))
        .select((web_ceremony::state, web_ceremony::expires_at))
        .first(at.conn())
        .optional()?;
    match kept {
        Some((sealed, expires_at)) if now < expires_at => {
            Ok(Some(at.sealer().open(FieldClass::Factor, &sealed)?))
        }
        _ => Ok(None),
    }
}

/// Reads the state and forgets it: an answer counts once.
pub(crate) fn take(tx: &mut Tx, session: SessionId, kind: Ceremony) -> Outcome<Option<String>> {
    let state = peek(tx, session, kind)?;
    drop_one(tx, session, kind)?;
    Ok(state)
}

fn drop_one(tx: &mut Tx, session: SessionId, kind: Ceremony) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(web_ceremony::table.find((division, session, kind))).execute(tx.conn())?;
    Ok(())
}

/// Forgets what was asked before an instant. For a nightly job, with the sessions.
pub(crate) fn forget_before(tx: &mut Tx, before: Instant) -> Outcome<()> {
    let division = tx.division();
    diesel::delete(
        web_ceremony::table.filter(
            web_ceremony::division_id
                .eq(division)
                .and(web_ceremony::expires_at.lt(before)),
        ),
    )
    .execute(tx.conn())?;
    Ok(())
}
