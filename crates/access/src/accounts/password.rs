//! The password of an account: set by the director, changed by the person.

use super::{AccountRow, get, refuse_no_reason};
use crate::action::ManageAccounts;
use crate::sessions::{self, Holder};
use crate::{Permit, password};
use db::schema::account;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Finding, Outcome, SessionId};
use serde_json::json;

/// Sets a first password for someone who forgot theirs; they choose another at
/// the next sign-in. Their sessions end.
///
/// Findings: LP-0121 it is one's own account, LP-0122 no reason, and those of [`crate::judge_password`].
/// Writes: `account`, `web_session`, audit `account.reset-password`.
pub fn reset_password(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    id: AccountId,
    password: &str,
    reason: &str,
) -> Outcome<()> {
    let row = get(tx, id)?;
    let mut findings = password::judge(&row.username, password);
    if permit.actor().account == Some(id) {
        findings.push(Finding::refuse("LP-0121", ""));
    }
    refuse_no_reason(&mut findings, reason);
    findings.or_refuse()?;
    save_password(tx, id, password, true)?;
    sessions::end_all(tx, id, None)?;
    tx.record(
        "account.reset-password",
        Subject::new("account", id),
        &json!({ "reason": reason }),
    );
    Ok(())
}

/// Changes one's own password; every other session of the account ends.
///
/// Findings: LP-0106 the present password is wrong (beside `current`), LP-0107
/// the new one is the present one, and those of [`crate::judge_password`]. The edge
/// calls this on a blocking thread: it hashes twice.
/// Writes: `account`, `web_session`, audit `account.change-password`.
pub fn change_password(tx: &mut Tx, who: &Holder, current: &str, new: &str) -> Outcome<()> {
    let row = get(tx, who.account)?;
    if !password::holds(current, Some(&row.password_hash))? {
        return Err(Failure::refuse("LP-0106", "current"));
    }
    choose_password(tx, &row, who.session, new)
}

/// Saves a new password that the person chose.
pub(crate) fn choose_password(tx: &mut Tx, row: &AccountRow, session: SessionId, new: &str) -> Outcome<()> {
    let mut findings = password::judge(&row.username, new);
    if findings.is_empty() && password::holds(new, Some(&row.password_hash))? {
        findings.push(Finding::refuse("LP-0107", "password"));
    }
    findings.or_refuse()?;
    save_password(tx, row.id, new, false)?;
    sessions::end_all(tx, row.id, Some(session))?;
    tx.record(
        "account.change-password",
        Subject::new("account", row.id),
        &json!({}),
    );
    Ok(())
}

/// Keeps a password, hashed.
pub(crate) fn save_password(tx: &mut Tx, id: AccountId, password: &str, must_change: bool) -> Outcome<()> {
    let (division, now) = (tx.division(), tx.now());
    diesel::update(account::table.find((division, id)))
        .set((
            account::password_hash.eq(password::hash(password)?),
            account::password_changed_at.eq(now),
            account::must_change_password.eq(must_change),
        ))
        .execute(tx.conn())?;
    Ok(())
}
