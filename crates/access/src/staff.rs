//! Who teaches where: names for rosters and timetables, and accounts of staff made many at once.

use crate::accounts::AccountState;
use crate::action::ManageAccounts;
use crate::grants::{Grant, holds_on};
use crate::reachers::Reacher;
use crate::{Permit, accounts::Theme};
use db::schema::{account, role_grant};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Date, DivisionId, GrantId, Instant, Outcome, Role, SchoolId};
use serde_json::json;
use std::collections::HashMap;

/// The names of accounts, closed ones too.
pub fn names(at: &mut impl Reading, accounts: &[AccountId]) -> Outcome<HashMap<AccountId, String>> {
    let division = at.division();
    let mut all = HashMap::with_capacity(accounts.len());
    for some in accounts.chunks(400) {
        let found: Vec<(AccountId, String)> = account::table
            .filter(
                account::division_id
                    .eq(division)
                    .and(account::id.eq_any(some.to_vec())),
            )
            .select((account::id, account::display_name))
            .load(at.conn())?;
        all.extend(found);
    }
    Ok(all)
}

/// The active accounts that hold the role of a teacher at a school on a day, by name.
pub fn teachers_at(at: &mut impl Reading, school: SchoolId, day: Date) -> Outcome<Vec<Reacher>> {
    let division = at.division();
    let found: Vec<(AccountId, String)> = role_grant::table
        .inner_join(
            account::table.on(account::division_id
                .eq(role_grant::division_id)
                .and(account::id.eq(role_grant::account_id))),
        )
        .filter(
            role_grant::division_id
                .eq(division)
                .and(role_grant::school_id.eq(school))
                .and(role_grant::role.eq(Role::Teacher)),
        )
        .filter(account::state.eq(AccountState::Active))
        .filter(holds_on(day))
        .order((account::display_name, account::id))
        .select((account::id, account::display_name))
        .distinct()
        .load(at.conn())?;
    let all = found.into_iter();
    Ok(all.map(|(account, name)| Reacher { account, name }).collect())
}

/// A member of staff to be given an account and a role at a school.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The id the account shall have.
    pub account: AccountId,
    /// What is typed to sign in, folded to lower case.
    pub username: String,
    /// As shown.
    pub display_name: String,
    /// May be empty.
    pub email: String,
    /// The role.
    pub role: Role,
    /// The school it is held at.
    pub school: SchoolId,
    /// From which day on.
    pub from: Date,
}

#[derive(Insertable)]
#[diesel(treat_none_as_default_value = false)]
#[diesel(table_name = account)]
struct NewRow {
    division_id: DivisionId,
    id: AccountId,
    username: String,
    display_name: String,
    email: String,
    password_hash: String,
    password_changed_at: Instant,
    must_change_password: bool,
    totp_secret: Option<Vec<u8>>,
    totp_last_step: i64,
    language: String,
    theme: Theme,
    letter_keys: bool,
    state: AccountState,
    created_at: Instant,
}

/// Makes accounts of staff in a few statements, each with one role at one
/// school. None has a password: nobody signs in by one before the director
/// gives it a first password. The caller has made sure that usernames and ids
/// are new.
///
/// Fails as a conflict, with nothing written, when one is taken. Writes:
/// `account`, `role_grant`, one audit row that counts them.
pub fn add_many(
    tx: &mut Tx,
    permit: &Permit<ManageAccounts>,
    all: &[NewStaff],
    reason: &str,
) -> Outcome<usize> {
    let (division, now) = (tx.division(), tx.now());
    let rows: Vec<NewRow> = all.iter().map(|one| row(one, division, now)).collect();
    let given_by = permit.actor().name.clone();
    let grants: Vec<Grant> = all
        .iter()
        .map(|one| Grant {
            division_id: division,
            id: GrantId::fresh(now),
            account_id: one.account,
            role: one.role,
            school_id: Some(one.school),
            from_date: one.from,
            until_date: None,
            reason: reason.to_owned(),
            given_by: given_by.clone(),
            given_at: now,
            ended_at: None,
            ended_reason: String::new(),
        })
        .collect();
    db::insert_many!(tx.conn(), account::table, rows)?;
    db::insert_many!(tx.conn(), role_grant::table, grants)?;
    let detail = json!({ "count": all.len(), "by": given_by });
    tx.record("account.bulk", Subject::new("division", division), &detail);
    Ok(all.len())
}

fn row(one: &NewStaff, division: DivisionId, now: Instant) -> NewRow {
    NewRow {
        division_id: division,
        id: one.account,
        username: crate::accounts::fold_username(&one.username),
        display_name: kernel::text::squeeze(&one.display_name),
        email: one.email.trim().to_owned(),
        password_hash: String::new(),
        password_changed_at: now,
        must_change_password: true,
        totp_secret: None,
        totp_last_step: 0,
        language: "en-CA".to_owned(),
        theme: Theme::Device,
        letter_keys: true,
        state: AccountState::Active,
        created_at: now,
    }
}
