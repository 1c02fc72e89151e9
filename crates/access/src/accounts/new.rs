//! An account that is made.

use super::{AccountState, Theme, by_username, fold_username};
use crate::Permit;
use crate::action::ManageAccounts;
use crate::password;
use db::schema::account;
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Finding, Findings, Outcome};
use serde_json::json;

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What is typed to sign in; folded to lower case. 3 to 64 of `a-z 0-9 . _ - @ +`.
    pub username: String,
    /// As shown: `Marie-Ève Lavallée`.
    pub display_name: String,
    /// May be empty.
    pub email: String,
    /// The first password.
    pub password: FirstPassword,
    /// A language tag, such as `en-CA`.
    pub language: String,
}

/// A password set by someone else.
#[derive(Clone)]
pub enum FirstPassword {
    /// Told to the person, who chooses another at the first sign-in.
    ToChange(String),
    /// Chosen by the person, or that of a practice account.
    ToKeep(String),
}

impl FirstPassword {
    fn text(&self) -> &str {
        match self {
            Self::ToChange(text) | Self::ToKeep(text) => text,
        }
    }
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FirstPassword(…)")
    }
}

/// Makes an account without any role.
///
/// Findings: LP-0110 the username's form, LP-0111 the username is taken,
/// LP-0112 no name to show, LP-0113 the e-mail's form, LP-0114 the language
/// tag's form, and those of [`crate::judge_password`].
/// Writes: `account`, audit `account.create`.
pub fn create(tx: &mut Tx, permit: &Permit<ManageAccounts>, new: &NewAccount) -> Outcome<AccountId> {
    let username = fold_username(&new.username);
    let mut findings = judge(new, &username);
    findings.extend(password::judge(&username, new.password.text()).0);
    if by_username(tx, &username)?.is_some() {
        findings.push(Finding::refuse("LP-0111", "username").with("username", &username));
    }
    findings.or_refuse()?;
    let (division, now) = (tx.division(), tx.now());
    let id = AccountId::fresh(now);
    diesel::insert_into(account::table)
        .values((
            account::division_id.eq(division),
            account::id.eq(id),
            account::username.eq(&username),
            account::display_name.eq(kernel::text::squeeze(&new.display_name)),
            account::email.eq(new.email.trim()),
            account::password_hash.eq(password::hash(new.password.text())?),
            account::password_changed_at.eq(now),
            account::must_change_password.eq(matches!(new.password, FirstPassword::ToChange(_))),
            (
                account::totp_secret.eq(None::<Vec<u8>>),
                account::totp_last_step.eq(0),
                account::language.eq(&new.language),
                account::theme.eq(Theme::Device),
                account::letter_keys.eq(true),
                account::state.eq(AccountState::Active),
                account::created_at.eq(now),
            ),
        ))
        .execute(tx.conn())?;
    tx.record(
        "account.create",
        Subject::new("account", id),
        &json!({ "username": username, "by": permit.actor().name }),
    );
    Ok(id)
}

fn judge(new: &NewAccount, username: &str) -> Findings {
    let mut findings = Findings::default();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "._-@+".contains(letter);
    if !(3..=64).contains(&username.len()) || !username.chars().all(fits) {
        findings.push(Finding::refuse("LP-0110", "username"));
    }
    if new.display_name.trim().is_empty() {
        findings.push(Finding::refuse("LP-0112", "display_name"));
    }
    let email = new.email.trim();
    let has_form = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !email.contains(' '));
    if !email.is_empty() && !has_form {
        findings.push(Finding::refuse("LP-0113", "email"));
    }
    if !is_language_tag(&new.language) {
        findings.push(Finding::refuse("LP-0114", "language"));
    }
    findings
}

pub(super) fn is_language_tag(tag: &str) -> bool {
    (2..=12).contains(&tag.len())
        && tag
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}
