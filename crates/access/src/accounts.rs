//! Accounts: made, closed and looked after by the director; password and
//! preferences changed by the person.

use crate::action::ManageAccounts;
use crate::grants;
use crate::password;
use crate::sessions::{self, Holder};
use crate::{Permit, passkeys, totp};
use db::schema::{account, passkey, role_grant};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Finding, Findings, Instant, Outcome, Role, SessionId};
use serde_json::json;

kernel::text_enum! {
    /// Light or dark.
    pub enum Theme {
        /// Follows the device.
        Device = "device",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

kernel::text_enum! {
    /// May the account sign in?
    pub enum AccountState {
        /// Yes.
        Active = "active",
        /// No; kept, because the audit names it.
        Closed = "closed",
    }
}

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

/// Which accounts a list shows.
#[derive(Debug, Clone, Default)]
pub struct AccountFilter {
    /// Part of the username or of the name as shown; empty for all.
    pub text: String,
    /// Only those who hold this role today.
    pub role: Option<Role>,
    /// Only those in this state.
    pub state: Option<AccountState>,
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

diesel::define_sql_function! {
    /// Lower case; SQLite leaves accented capitals as they are.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
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

/// Makes an account without any role.
///
/// Findings: LP-0110 the username's form, LP-0111 the username is taken,
/// LP-0112 no name to show, LP-0113 the e-mail's form, LP-0114 the language
/// tag's form, and those of [`password::judge`].
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

fn is_language_tag(tag: &str) -> bool {
    (2..=12).contains(&tag.len())
        && tag
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

/// Closes an account: no sign-in, its roles end, its sessions end. Nothing is deleted.
///
/// Findings: LP-0120 it is the last director, LP-0121 it is one's own, LP-0122 no reason.
/// Writes: `account`, `role_grant`, `web_session`, audit `account.close`.
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
/// Findings: LP-0122 no reason, and those of [`password::judge`].
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

/// Sets a first password for someone who forgot theirs; they choose another at
/// the next sign-in. Their sessions end.
///
/// Findings: LP-0121 it is one's own account, LP-0122 no reason, and those of [`password::judge`].
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

/// Changes one's own password; every other session of the account ends.
///
/// Findings: LP-0106 the present password is wrong (beside `current`), LP-0107
/// the new one is the present one, and those of [`password::judge`]. The edge
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

fn save_password(tx: &mut Tx, id: AccountId, password: &str, must_change: bool) -> Outcome<()> {
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

/// Keeps one's own language. LP-0114 when it is no language tag. Writes: `account`, audit.
pub fn set_language(tx: &mut Tx, who: &Holder, tag: &str) -> Outcome<()> {
    if !is_language_tag(tag) {
        return Err(Failure::refuse("LP-0114", "language"));
    }
    let division = tx.division();
    diesel::update(account::table.find((division, who.account)))
        .set(account::language.eq(tag))
        .execute(tx.conn())?;
    tx.record(
        "account.set-language",
        Subject::new("account", who.account),
        &json!({ "old": who.language, "new": tag }),
    );
    Ok(())
}

/// Keeps one's own theme. Writes: `account`, audit.
pub fn set_theme(tx: &mut Tx, who: &Holder, theme: Theme) -> Outcome<()> {
    let division = tx.division();
    diesel::update(account::table.find((division, who.account)))
        .set(account::theme.eq(theme))
        .execute(tx.conn())?;
    tx.record(
        "account.set-theme",
        Subject::new("account", who.account),
        &json!({ "old": who.theme, "new": theme }),
    );
    Ok(())
}

/// Switches single-letter keys on or off for oneself. Writes: `account`, audit.
pub fn set_letter_keys(tx: &mut Tx, who: &Holder, are_on: bool) -> Outcome<()> {
    let division = tx.division();
    diesel::update(account::table.find((division, who.account)))
        .set(account::letter_keys.eq(are_on))
        .execute(tx.conn())?;
    tx.record(
        "account.set-letter-keys",
        Subject::new("account", who.account),
        &json!({ "old": who.letter_keys, "new": are_on }),
    );
    Ok(())
}

/// Accounts by username, up to `limit` after the username `after` (exclusive).
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
        .order(account::username)
        .limit(limit)
        .select(AccountRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(account::username.gt(after.to_owned()));
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

/// Someone of the practice division, for entering in one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticePerson {
    /// What is typed to sign in.
    pub username: String,
    /// As shown.
    pub display_name: String,
    /// The first role held today, in the order of [`Role::ALL`].
    pub role: Role,
}

/// People of a role that the practice division shows.
const PRACTICE_PEOPLE_OF_ROLE: usize = 2;

/// The people of the practice division whom a newcomer may enter as, in the
/// order of the roles, two of a role at most. `NotFound` in any other division.
pub fn practice_people(at: &mut impl Reading) -> Outcome<Vec<PracticePerson>> {
    let (division, today) = (at.division(), at.today());
    totp::refuse_unless_practice(at).map_err(|_| Failure::NotFound)?;
    let all: Vec<(String, String, Role)> = account::table
        .inner_join(
            role_grant::table.on(role_grant::division_id
                .eq(account::division_id)
                .and(role_grant::account_id.eq(account::id))),
        )
        .filter(
            account::division_id
                .eq(division)
                .and(account::state.eq(AccountState::Active)),
        )
        .filter(grants::holds_on(today))
        .order(account::username)
        .select((account::username, account::display_name, role_grant::role))
        .load(at.conn())?;
    let person = |(username, display_name, role): (String, String, Role)| PracticePerson {
        username,
        display_name,
        role,
    };
    let mut people: Vec<PracticePerson> = Vec::new();
    for role in Role::ALL {
        let of_role = all.iter().filter(|(_, _, held)| held == role);
        let new = of_role.filter(|(name, ..)| people.iter().all(|known| known.username != *name));
        let some: Vec<PracticePerson> = new.take(PRACTICE_PEOPLE_OF_ROLE).cloned().map(person).collect();
        people.extend(some);
    }
    Ok(people)
}

/// LP-0122.
pub(crate) fn refuse_no_reason(findings: &mut Findings, reason: &str) {
    if reason.trim().is_empty() {
        findings.push(Finding::refuse("LP-0122", "reason"));
    }
}
