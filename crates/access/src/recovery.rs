//! A forgotten password: a link that serves once, sent to the address that the account confirmed.
//!
//! No question is asked that others could answer. Whoever lost the second
//! factor too is invited anew by the office, which knows the person.

use crate::accounts::{self, AccountRow, AccountState};
use crate::throttle::{self, Bucket};
use crate::{Code, grants, password, sessions};
use db::schema::{account, password_link};
use db::{Reading, Subject, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Failure, Finding, Instant, Outcome, PasswordLinkId};
use serde_json::json;

/// Seconds for which a link serves.
const HOLDS: i64 = 3600;
/// Links that an account may be sent in an hour.
const MOST: i64 = 3;

/// Whom a link goes to.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The account.
    pub account: AccountId,
    /// Its confirmed address.
    pub email: String,
    /// The language of the account.
    pub language: String,
    /// The link's code, which is kept nowhere.
    pub code: Code,
}

/// Makes a link for the account of a name, where a link may be: an account of a family that is active and confirmed an
/// address, and that was not sent three in the last hour. Nothing otherwise; whoever asked is not told which.
///
/// Writes: `password_link`, audit `account.ask-password`.
pub fn ask(tx: &mut Tx, typed: &str) -> Outcome<Option<Sent>> {
    let Some(row) = accounts::by_username(tx, &accounts::fold_username(typed))? else {
        return Ok(None);
    };
    let (division, now, today) = (tx.division(), tx.now(), tx.today());
    let roles = grants::all_of(tx, row.id)?;
    let is_family = roles
        .iter()
        .filter(|grant| grant.holds(today))
        .all(|grant| !grant.role.is_staff());
    let recent: i64 = password_link::table
        .filter(
            password_link::division_id
                .eq(division)
                .and(password_link::account_id.eq(row.id)),
        )
        .filter(password_link::made_at.gt(now.plus_seconds(-HOLDS)))
        .count()
        .get_result(tx.conn())?;
    if row.state != AccountState::Active || row.email.is_empty() || !is_family || recent >= MOST {
        return Ok(None);
    }
    let language: String = account::table
        .find((division, row.id))
        .select(account::language)
        .first(tx.conn())?;
    let code = Code::fresh()?;
    let link = (
        password_link::division_id.eq(division),
        password_link::id.eq(PasswordLinkId::fresh(now)),
        password_link::account_id.eq(row.id),
        password_link::code_hash.eq(code.digest()),
        password_link::made_at.eq(now),
        password_link::expires_at.eq(now.plus_seconds(HOLDS)),
    );
    diesel::insert_into(password_link::table)
        .values(link)
        .execute(tx.conn())?;
    tx.record(
        "account.ask-password",
        Subject::new("account", row.id),
        &json!({}),
    );
    Ok(Some(Sent {
        account: row.id,
        email: row.email,
        language,
        code,
    }))
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// It serves: the name of its account, for the browser's list of passwords.
    Open(String),
    /// Too many wrong codes: try again after so many seconds.
    Wait(i64),
    /// It serves no more, or is none.
    Shut(Finding),
}

type Found = (AccountId, Instant, Option<Instant>);

fn find(tx: &mut Tx, typed: &str, ip: &str) -> Outcome<Result<AccountRow, Link>> {
    let bucket = Bucket::codes(ip);
    let wait = throttle::wait_seconds_locked(tx, &bucket)?;
    if wait > 0 {
        return Ok(Err(Link::Wait(wait)));
    }
    let (division, now) = (tx.division(), tx.now());
    let found: Option<Found> = match Code::parse(typed) {
        Some(code) => password_link::table
            .filter(
                password_link::division_id
                    .eq(division)
                    .and(password_link::code_hash.eq(code.digest())),
            )
            .select((
                password_link::account_id,
                password_link::expires_at,
                password_link::used_at,
            ))
            .first(tx.conn())
            .optional()?,
        None => None,
    };
    let open = found.filter(|(_, until, used)| used.is_none() && now < *until);
    if let Some((account, ..)) = open {
        let row = accounts::get(tx, account)?;
        if row.state == AccountState::Active {
            return Ok(Ok(row));
        }
    }
    throttle::count_failure(tx, &bucket)?;
    tx.record(
        "account.refuse-link",
        Subject::new("account", "unknown"),
        &json!({}),
    );
    Ok(Err(Link::Shut(Finding::refuse("LP-0175", "code"))))
}

/// What a link leads to (`LP-0175`: it serves no more). Wrong ones are counted against the address.
/// Writes: `throttle`, audit `account.refuse-link`.
pub fn open(tx: &mut Tx, typed: &str, ip: &str) -> Outcome<Link> {
    Ok(match find(tx, typed, ip)? {
        Ok(row) => Link::Open(row.username),
        Err(shut) => shut,
    })
}

/// Chooses a password by a link: every link of the account serves no more, and every session ends. The second factor
/// stays. Findings: `LP-0175`, and those of [`crate::judge_password`].
///
/// Writes: `account`, `password_link`, `web_session`, audit `account.recover-password`.
pub fn choose(tx: &mut Tx, typed: &str, ip: &str, new: &str) -> Outcome<Link> {
    let row = match find(tx, typed, ip)? {
        Ok(found) => found,
        Err(shut) => return Ok(shut),
    };
    password::judge(&row.username, new).or_refuse()?;
    let (division, now) = (tx.division(), tx.now());
    let open = password_link::table
        .filter(
            password_link::division_id
                .eq(division)
                .and(password_link::account_id.eq(row.id)),
        )
        .filter(password_link::used_at.is_null());
    if diesel::update(open)
        .set(password_link::used_at.eq(now))
        .execute(tx.conn())?
        == 0
    {
        return Err(Failure::stale("password_link", 0, 1));
    }
    accounts::save_password(tx, row.id, new, false)?;
    sessions::end_all(tx, row.id, None)?;
    throttle::forgive(tx, &Bucket::name(&row.username))?;
    tx.record(
        "account.recover-password",
        Subject::new("account", row.id),
        &json!({}),
    );
    Ok(Link::Open(row.username))
}
