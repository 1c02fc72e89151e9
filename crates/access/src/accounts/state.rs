//! Whether an account may sign in, and what a person who lost a device needs.

use super::{get, refuse_no_reason, reset_password, save_password};
use crate::action::ManageAccounts;
use crate::{Permit, grants, passkeys, sessions, ties};
use db::schema::account;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Finding, Findings, Outcome};
use serde_json::json;

kernel::text_enum! {
    /// May the account sign in?
    pub enum AccountState {
        /// Yes.
        Active = "active",
        /// No; kept, because the audit names it.
        Closed = "closed",
    }
}

/// Closes an account: no sign-in, its roles and ties end, its sessions end. Nothing is deleted.
///
/// Findings: LP-0120 it is the last director, LP-0121 it is one's own, LP-0122 no reason.
/// Writes: `account`, `role_grant`, `tie`, `access_tie`, `web_session`, audit `account.close`.
pub fn close(tx: &mut Tx, permit: &Permit<ManageAccounts>, id: AccountId, reason: &str) -> Outcome<()> {
    grants::hold_directors(tx)?;
    get(tx, id)?;
    let mut findings = Findings::default();
    if permit.actor().account == Some(id) {
        findings.push(Finding::refuse("LP-0121", ""));
    }
    if grants::is_last_director(tx, id)? {
        findings.push(Finding::refuse("LP-0120", ""));
    }
    refuse_no_reason(&mut findings, reason);
    findings.or_refuse()?;
    set_state(tx, id, AccountState::Closed)?;
    grants::end_all(tx, id, reason)?;
    ties::end_all(tx, id, reason)?;
    sessions::end_all(tx, id, None)?;
    tx.record(
        "account.close",
        Subject::new("account", id),
        &json!({ "reason": reason }),
    );
    Ok(())
}

/// Opens a closed account again, without roles and with a new first password to change.
///
/// Findings: LP-0122 no reason, and those of [`crate::judge_password`].
/// Writes: `account`, audit `account.reopen`.
pub fn reopen(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    id: AccountId,
    password: &str,
    reason: &str,
) -> Outcome<()> {
    reset_password(tx, permit, id, password, reason)?;
    set_state(tx, id, AccountState::Active)?;
    tx.record(
        "account.reopen",
        Subject::new("account", id),
        &json!({ "reason": reason }),
    );
    Ok(())
}

fn set_state(tx: &mut Tx, id: AccountId, state: AccountState) -> Outcome<()> {
    let division = tx.division();
    diesel::update(account::table.find((division, id)))
        .set(account::state.eq(state))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes the second factors away from someone who lost theirs; staff must set
/// up a new one at the next sign-in. Their sessions end.
///
/// Findings: LP-0121 it is one's own account, LP-0122 no reason.
/// Writes: `account`, `passkey`, `web_session`, audit `account.reset-factors`.
pub fn reset_factors(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    id: AccountId,
    reason: &str,
) -> Outcome<()> {
    get(tx, id)?;
    let mut findings = Findings::default();
    if permit.actor().account == Some(id) {
        findings.push(Finding::refuse("LP-0121", ""));
    }
    refuse_no_reason(&mut findings, reason);
    findings.or_refuse()?;
    let division = tx.division();
    diesel::update(account::table.find((division, id)))
        .set(account::totp_secret.eq(None::<Vec<u8>>))
        .execute(tx.conn())?;
    passkeys::remove_all(tx, id)?;
    sessions::end_all(tx, id, None)?;
    tx.record(
        "account.reset-factors",
        Subject::new("account", id),
        &json!({ "reason": reason }),
    );
    Ok(())
}

/// Gives an account back to its person, whom the office knows and invited anew: a password of the person's own, no
/// second factor until the person sets one up, no session.
///
/// Findings: those of [`crate::judge_password`]; LP-0135 the account is closed.
/// Writes: `account`, `passkey`, `web_session`, audit `account.reset-factors`, `account.recover-password`.
pub fn give_back(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    id: AccountId,
    password: &str,
    reason: &str,
) -> Outcome<()> {
    let row = get(tx, id)?;
    let mut findings = crate::password::judge(&row.username, password);
    if row.state == AccountState::Closed {
        findings.push(Finding::refuse("LP-0135", ""));
    }
    findings.or_refuse()?;
    reset_factors(tx, permit, id, reason)?;
    save_password(tx, id, password, false)?;
    tx.record(
        "account.recover-password",
        Subject::new("account", id),
        &json!({ "reason": reason }),
    );
    Ok(())
}
