//! How the division's accounts stand, in figures.

use crate::Permit;
use crate::accounts::AccountState;
use crate::action::ManageAccounts;
use db::Reading;
use db::schema::{account, passkey};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use kernel::Outcome;

/// Accounts that may sign in, and those of them that nobody has set up yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFigures {
    /// May sign in.
    pub open: i64,
    /// Of these, those without an authenticator and without a passkey: nobody has signed in with them yet.
    pub without_factor: i64,
}

/// Counts the accounts of the division.
pub fn account_figures(at: &mut impl Reading, _permit: &Permit<ManageAccounts>) -> Outcome<AccountFigures> {
    let division = at.division();
    let open = account::table.filter(
        account::division_id
            .eq(division)
            .and(account::state.eq(AccountState::Active)),
    );
    let passkeys = passkey::table.filter(
        passkey::division_id
            .eq(account::division_id)
            .and(passkey::account_id.eq(account::id)),
    );
    Ok(AccountFigures {
        open: open.count().get_result(at.conn())?,
        without_factor: open
            .filter(account::totp_secret.is_null())
            .filter(not(exists(passkeys)))
            .count()
            .get_result(at.conn())?,
    })
}
