//! Accounts: made, closed and looked after by the director; password and
//! preferences changed by the person.

mod list;
mod new;
mod password;
mod practice;
mod preference;
mod state;

pub use list::{AccountFilter, AccountLine, AccountOrder, line, list};
pub use new::{FirstPassword, NewAccount, create};
pub use password::{change_password, reset_password};
pub(crate) use password::{choose_password, save_password};
pub use practice::{PracticePerson, practice_people};
pub use preference::{Theme, set_language, set_letter_keys, set_theme};
pub use state::{AccountState, close, give_back, reopen, reset_factors};

use crate::Permit;
use crate::action::ManageAccounts;
use db::schema::account;
use db::{Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Finding, Findings, Instant, Outcome};

#[derive(Queryable, Selectable)]
#[diesel(table_name = account)]
pub(crate) struct AccountRow {
    pub(crate) id: AccountId,
    pub(crate) username: String,
    pub(crate) display_name: String,
    pub(crate) email: String,
    pub(crate) password_hash: String,
    pub(crate) must_change_password: bool,
    pub(crate) totp_secret: Option<Vec<u8>>,
    pub(crate) state: AccountState,
    pub(crate) created_at: Instant,
}

/// A username as it is kept and compared.
pub fn fold_username(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// The account. `NotFound` when there is none.
pub(crate) fn get(at: &mut impl Reading, id: AccountId) -> Outcome<AccountRow> {
    let division = at.division();
    Ok(account::table
        .find((division, id))
        .select(AccountRow::as_select())
        .first(at.conn())?)
}

/// Locks the account until the commit, for decisions that depend on its other rows.
pub(crate) fn hold(tx: &mut Tx, id: AccountId) -> Outcome<()> {
    let division = tx.division();
    diesel::update(account::table.find((division, id)))
        .set(account::totp_last_step.eq(account::totp_last_step))
        .execute(tx.conn())?;
    Ok(())
}

/// The account of a folded username.
pub(crate) fn by_username(at: &mut impl Reading, username: &str) -> Outcome<Option<AccountRow>> {
    let division = at.division();
    Ok(account::table
        .filter(
            account::division_id
                .eq(division)
                .and(account::username.eq(username)),
        )
        .select(AccountRow::as_select())
        .first(at.conn())
        .optional()?)
}

/// The account of a username, as typed. `NotFound` when there is none.
pub fn find(at: &mut impl Reading, _permit: &Permit<ManageAccounts>, username: &str) -> Outcome<AccountId> {
    by_username(at, &fold_username(username))?
        .map(|row| row.id)
        .ok_or(Failure::NotFound)
}

/// LP-0122.
pub(crate) fn refuse_no_reason(findings: &mut Findings, reason: &str) {
    if reason.trim().is_empty() {
        findings.push(Finding::refuse("LP-0122", "reason"));
    }
}
