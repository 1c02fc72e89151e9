//! The director's list of accounts.

use super::{AccountRow, AccountState, get};
use crate::action::ManageAccounts;
use crate::{Permit, grants};
use db::Reading;
use db::schema::{account, passkey, role_grant};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Instant, Outcome, Role};

/// Which accounts a list shows.
#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    /// Part of the username or of the name as shown; empty for all.
    pub text: String,
    /// Only those who hold this role today.
    pub role: Option<Role>,
    /// Only those in this state.
    pub state: Option<AccountState>,
    /// By what the list is ordered.
    pub order: AccountOrder,
    /// Highest first.
    pub is_down: bool,
}

kernel::text_enum! {
    /// By what a list of accounts is ordered.
    #[derive(Default)]
    pub enum AccountOrder {
        /// What is typed to sign in.
        #[default]
        Username = "username",
        /// The name as shown; of one name by username.
        Name = "name",
    }
}

/// A line of the director's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// Which.
    pub id: AccountId,
    /// What is typed to sign in.
    pub username: String,
    /// As shown.
    pub display_name: String,
    /// May be empty.
    pub email: String,
    /// May it sign in?
    pub state: AccountState,
    /// An authenticator is set up.
    pub has_totp: bool,
    /// How many passkeys it has.
    pub passkeys: i64,
    /// Roles held today.
    pub roles: Vec<Role>,
    /// Made when.
    pub created_at: Instant,
}

diesel::define_sql_function! {
    /// Lower case; SQLite leaves accented capitals as they are.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Accounts in the order of the filter, up to `limit` after the one with the
/// username `after` (exclusive).
pub fn list(
    at: &mut impl Reading,
    _permit: &Permit<ManageAccounts>,
    filter: &AccountFilter,
    after: Option<&str>,
    limit: i64,
) -> Outcome<Vec<AccountLine>> {
    let (division, today) = (at.division(), at.today());
    let mut query = account::table
        .filter(account::division_id.eq(division))
        .limit(limit)
        .select(AccountRow::as_select())
        .into_boxed();
    query = match (filter.order, filter.is_down) {
        (AccountOrder::Username, false) => query.order(account::username.asc()),
        (AccountOrder::Username, true) => query.order(account::username.desc()),
        (AccountOrder::Name, false) => query.order((account::display_name.asc(), account::username.asc())),
        (AccountOrder::Name, true) => query.order((account::display_name.desc(), account::username.desc())),
    };
    if let Some(after) = after {
        let after = after.to_owned();
        let name: Option<String> = match filter.order {
            AccountOrder::Username => None,
            AccountOrder::Name => account::table
                .filter(
                    account::division_id
                        .eq(division)
                        .and(account::username.eq(after.clone())),
                )
                .select(account::display_name)
                .first(at.conn())
                .optional()?,
        };
        query = match (name, filter.is_down) {
            (None, false) => query.filter(account::username.gt(after)),
            (None, true) => query.filter(account::username.lt(after)),
            (Some(name), false) => query.filter(
                account::display_name
                    .gt(name.clone())
                    .or(account::display_name.eq(name).and(account::username.gt(after))),
            ),
            (Some(name), true) => query.filter(
                account::display_name
                    .lt(name.clone())
                    .or(account::display_name.eq(name).and(account::username.lt(after))),
            ),
        };
    }
    if let Some(state) = filter.state {
        query = query.filter(account::state.eq(state));
    }
    if let Some(role) = filter.role {
        let holders = role_grant::table
            .filter(
                role_grant::division_id
                    .eq(division)
                    .and(role_grant::role.eq(role)),
            )
            .filter(grants::holds_on(today))
            .select(role_grant::account_id);
        query = query.filter(account::id.eq_any(holders));
    }
    if !filter.text.trim().is_empty() {
        let part = format!("%{}%", escaped(&filter.text.trim().to_lowercase()));
        let by_username = account::username.like(part.clone()).escape('!');
        query = query.filter(by_username.or(lower(account::display_name).like(part).escape('!')));
    }
    let rows: Vec<AccountRow> = query.load(at.conn())?;
    lines(at, rows)
}

/// The line of one account. `NotFound` when there is none.
pub fn line(at: &mut impl Reading, _permit: &Permit<ManageAccounts>, id: AccountId) -> Outcome<AccountLine> {
    let row = get(at, id)?;
    lines(at, vec![row])?.pop().ok_or(Failure::NotFound)
}

/// `LIKE` with `!` as the escape.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, letter| {
        if "!%_".contains(letter) {
            out.push('!');
        }
        out.push(letter);
        out
    })
}

fn lines(at: &mut impl Reading, rows: Vec<AccountRow>) -> Outcome<Vec<AccountLine>> {
    let (division, today) = (at.division(), at.today());
    let ids: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
    let held: Vec<(AccountId, Role)> = role_grant::table
        .filter(
            role_grant::division_id
                .eq(division)
                .and(role_grant::account_id.eq_any(ids.clone())),
        )
        .filter(grants::holds_on(today))
        .select((role_grant::account_id, role_grant::role))
        .load(at.conn())?;
    let keys: Vec<AccountId> = passkey::table
        .filter(
            passkey::division_id
                .eq(division)
                .and(passkey::account_id.eq_any(ids)),
        )
        .select(passkey::account_id)
        .load(at.conn())?;
    Ok(rows
        .into_iter()
        .map(|row| AccountLine {
            roles: Role::ALL
                .iter()
                .copied()
                .filter(|role| held.contains(&(row.id, *role)))
                .collect(),
            passkeys: keys
                .iter()
                .filter(|of| **of == row.id)
                .count()
                .try_into()
                .unwrap_or(i64::MAX),
            has_totp: row.totp_secret.is_some(),
            id: row.id,
            username: row.username,
            display_name: row.display_name,
            email: row.email,
            state: row.state,
            created_at: row.created_at,
        })
        .collect())
}
