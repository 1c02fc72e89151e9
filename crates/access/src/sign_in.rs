//! Signing in, step by step: password, then second factor, then a session.
//!
//! The password step comes in three parts, so that no connection waits while
//! a hash is computed: [`look_up`] in a read, [`Candidate::check`] on a
//! blocking thread without any, [`enter`] in a write. Whether the name is
//! known does not show, in the answer or in the time it takes. Failures are
//! counted in the write, which answers [`Answer::Wait`] even to the right
//! password while the name or the address is blocked: guesses sent at the same
//! moment gain nothing.

use crate::accounts::{self, AccountRow, AccountState};
use crate::action::ManageAccounts;
use crate::passkeys::{self, RelyingParty};
use crate::sessions::{self, Factor, NewSession, Pending, Stage, Step, Token};
use crate::throttle::{self, Bucket};
use crate::totp::{self, Code};
use crate::{Permit, Standing, grants, password};
use db::{Reading, Subject, Tx};
use kernel::{AccountId, Actor, DivisionId, Failure, Outcome, SessionId};
use serde_json::json;

/// What an attempt led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Name or password, or the second factor, is wrong. Says no more.
    Wrong,
    /// The code was right, but has been used: wait for the next one.
    UsedCode,
    /// Too many failures: try again after so many seconds.
    Wait(i64),
    /// All is right, but the person holds no role today: whom to ask is the director.
    NoRole,
    /// One step further. The browser holds the token from now on; what it held before is void.
    Go(Token, Stage),
}

/// The acting party before anyone is signed in: the program, from the browser's address.
pub fn stranger(division: DivisionId, ip: &str) -> Actor {
    Actor {
        ip: ip.to_owned(),
        ..Actor::system(division, "Sign-in")
    }
}

/// A name typed, looked up.
pub struct Candidate {
    username: String,
    ip: String,
    account: Option<(AccountId, String)>,
    is_blocked: bool,
}

/// A name and a password typed, checked.
#[derive(Clone)]
pub struct Checked {
    username: String,
    ip: String,
    account: Option<(AccountId, String)>,
    is_right: bool,
}

/// Looks up a name as typed; `ip` is the request's.
pub fn look_up(at: &mut impl Reading, username: &str, ip: &str) -> Outcome<Candidate> {
    let username = accounts::fold_username(username);
    let is_blocked = throttle::wait_seconds(at, &Bucket::name(&username))? > 0
        || throttle::wait_seconds(at, &Bucket::address(ip))? > 0;
    let account = accounts::by_username(at, &username)?
        .filter(|row| row.state == AccountState::Active)
        .map(|row| (row.id, row.password_hash));
    Ok(Candidate {
        username,
        ip: ip.to_owned(),
        account,
        is_blocked,
    })
}

impl Candidate {
    /// Checks the password: about 30 ms of one processor and 19 MiB, whether or
    /// not there is such an account. Not looked at while blocked, or when it is
    /// longer than any password can be.
    pub fn check(self, password: &str) -> Outcome<Checked> {
        let looked_at = !self.is_blocked && password.chars().count() <= password::LONGEST;
        let kept = self.account.as_ref().map(|(_, hash)| hash.as_str());
        let is_right = looked_at && password::holds(password, kept)?;
        Ok(Checked {
            username: self.username,
            ip: self.ip,
            account: self.account,
            is_right,
        })
    }
}

/// Answers the password: opens a session that is not in yet, or counts the failure.
/// Writes: `web_session` or `throttle`, audit `sign-in`, `sign-in.refused`.
pub fn enter(tx: &mut Tx, checked: &Checked) -> Outcome<Answer> {
    let buckets = [Bucket::address(&checked.ip), Bucket::name(&checked.username)];
    let wait = wait_seconds_locked(tx, &buckets)?;
    if wait > 0 {
        return Ok(Answer::Wait(wait));
    }
    let Some(row) = still_right(tx, checked)? else {
        let known = checked.account.as_ref().map(|(id, _)| *id);
        return count_failure(tx, &buckets, known, "password");
    };
    let choices = choices(tx, &row)?;
    let Some(standing) = choices.first() else {
        return Ok(Answer::NoRole);
    };
    let new = NewSession {
        account: row.id,
        ip: &checked.ip,
    };
    if passkeys::has_factor(tx, &row)? {
        let (_, token) = sessions::open(tx, &new, Stage::SecondFactor)?;
        return Ok(Answer::Go(token, Stage::SecondFactor));
    }
    let (session, token) = sessions::open(tx, &new, Stage::MustEnrol)?;
    if choices.iter().any(|choice| choice.role.needs_second_factor()) {
        return Ok(Answer::Go(token, Stage::MustEnrol));
    }
    go_on(
        tx,
        &row,
        session,
        standing,
        &On::from(Stage::MustEnrol, Factor::None, &checked.ip),
    )
}

/// Lets somebody in who chose a password by an invitation: the second factor is set up next.
/// Denied to an account that has one. Writes: `web_session`.
pub fn invited(tx: &mut Tx, _permit: &Permit<ManageAccounts>, account: AccountId) -> Outcome<Token> {
    let row = accounts::get(tx, account)?;
    if passkeys::has_factor(tx, &row)? {
        return Err(Failure::Denied("second-factor.enrol"));
    }
    let ip = tx.actor().ip.clone();
    let new = NewSession { account, ip: &ip };
    Ok(sessions::open(tx, &new, Stage::MustEnrol)?.1)
}

/// The longest wait. Address before name, here and everywhere, so that two
/// attempts never wait for each other.
fn wait_seconds_locked(tx: &mut Tx, buckets: &[Bucket]) -> Outcome<i64> {
    let mut longest = 0;
    for bucket in buckets {
        longest = longest.max(throttle::wait_seconds_locked(tx, bucket)?);
    }
    Ok(longest)
}

/// The account, when the password was right and nothing changed since it was checked.
fn still_right(tx: &mut Tx, checked: &Checked) -> Outcome<Option<AccountRow>> {
    let Some((id, hash)) = checked.account.as_ref().filter(|_| checked.is_right) else {
        return Ok(None);
    };
    let row = accounts::get(tx, *id)?;
    Ok((row.state == AccountState::Active && row.password_hash == *hash).then_some(row))
}

fn choices(tx: &mut Tx, row: &AccountRow) -> Outcome<Vec<Standing>> {
    let (given, today) = (grants::all_of(tx, row.id)?, tx.today());
    let actor = Actor {
        account: Some(row.id),
        name: row.display_name.clone(),
        local_id: row.username.clone(),
        ..tx.actor().clone()
    };
    Ok(grants::standings(&given, &actor, today))
}

fn count_failure(tx: &mut Tx, buckets: &[Bucket], known: Option<AccountId>, what: &str) -> Outcome<Answer> {
    for bucket in buckets {
        throttle::count_failure(tx, bucket)?;
    }
    // The name of an account that is not there is not kept: it may be a password in the wrong field.
    let id = known.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    tx.record(
        "sign-in.refused",
        Subject::new("account", id),
        &json!({ "wrong": what }),
    );
    Ok(Answer::Wrong)
}

/// A step that was passed.
struct On<'a> {
    from: Stage,
    factor: Option<Factor>,
    ip: &'a str,
}

impl<'a> On<'a> {
    fn from(from: Stage, factor: Factor, ip: &'a str) -> Self {
        Self {
            from,
            factor: Some(factor),
            ip,
        }
    }
}

/// Moves on to a new password, or all the way in.
fn go_on(
    tx: &mut Tx,
    row: &AccountRow,
    session: SessionId,
    standing: &Standing,
    on: &On<'_>,
) -> Outcome<Answer> {
    let to = if row.must_change_password {
        Stage::NewPassword
    } else {
        Stage::Full
    };
    let step = Step {
        from: on.from,
        to,
        factor: on.factor,
        standing,
    };
    let token = sessions::advance(tx, session, &step)?;
    if to == Stage::Full {
        throttle::ease(tx, &Bucket::address(on.ip))?;
        throttle::forgive(tx, &Bucket::name(&row.username))?;
        tx.record(
            "sign-in",
            Subject::new("account", row.id),
            &json!({ "role": standing.role, "session": session, "second_factor": on.factor }),
        );
    }
    Ok(Answer::Go(token, to))
}

/// Which second factors a person on the way in may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factors {
    /// A code of an authenticator.
    pub totp: bool,
    /// A passkey.
    pub passkey: bool,
}

/// The second factors of a person on the way in, for the page that asks.
pub fn factors(at: &mut impl Reading, who: &Pending) -> Outcome<Factors> {
    let row = accounts::get(at, who.who.account)?;
    Ok(Factors {
        totp: row.totp_secret.is_some(),
        passkey: passkeys::count(at, row.id)? > 0,
    })
}

/// Answers the code of an authenticator. Denied at another stage.
/// Writes: `web_session`, `account` (the code is used up) or `throttle`, audit `sign-in`, `sign-in.refused`.
pub fn give_code(tx: &mut Tx, who: &Pending, code: &str) -> Outcome<Answer> {
    second_factor(tx, who, Factor::Totp, |tx, row| totp::check(tx, row, code))
}

/// Answers a passkey: what `navigator.credentials.get` gave, as JSON. Denied at another stage.
/// Writes: `web_session`, `passkey` or `throttle`, audit `sign-in`, `sign-in.refused`.
pub fn give_passkey(tx: &mut Tx, site: &RelyingParty, who: &Pending, answer: &str) -> Outcome<Answer> {
    second_factor(tx, who, Factor::Passkey, |tx, _| {
        let holds = passkeys::check(tx, site, who, answer)?;
        Ok(if holds { Code::Right } else { Code::Wrong })
    })
}

/// Failures here count against the name too; only the last step forgives them,
/// so that a stolen password does not buy endless codes.
fn second_factor(
    tx: &mut Tx,
    who: &Pending,
    factor: Factor,
    check: impl FnOnce(&mut Tx, &AccountRow) -> Outcome<Code>,
) -> Outcome<Answer> {
    if who.stage != Stage::SecondFactor {
        return Err(Failure::Denied("second-factor.check"));
    }
    let buckets = [Bucket::address(&who.who.ip), Bucket::name(&who.who.username)];
    let wait = wait_seconds_locked(tx, &buckets)?;
    if wait > 0 {
        return Ok(Answer::Wait(wait));
    }
    let row = accounts::get(tx, who.who.account)?;
    match check(tx, &row)? {
        Code::Right => {}
        Code::Used => return Ok(Answer::UsedCode),
        Code::Wrong => return count_failure(tx, &buckets, Some(row.id), factor.as_str()),
    }
    passed(tx, who, &row, Some(factor))
}

fn passed(tx: &mut Tx, who: &Pending, row: &AccountRow, factor: Option<Factor>) -> Outcome<Answer> {
    let choices = choices(tx, row)?;
    let Some(standing) = choices.first() else {
        return Ok(Answer::NoRole);
    };
    let on = On {
        from: who.stage,
        factor,
        ip: &who.who.ip,
    };
    go_on(tx, row, who.who.session, standing, &on)
}

/// Sets up the authenticator that was offered ([`totp::offer`]) to a person
/// who must have a second factor, and lets them in.
///
/// Denied at another stage, and when a factor was set up meanwhile in another
/// browser. Findings and writes: [`totp::confirm`], [`give_code`].
pub fn enrol_totp(tx: &mut Tx, who: &Pending, code: &str) -> Outcome<Answer> {
    let enroller = who.enroller()?;
    refuse_enrolled(tx, who)?;
    totp::confirm(tx, enroller, code)?;
    enrolled(tx, who, Factor::Totp)
}

/// Keeps the first passkey of a person who must have a second factor, and lets
/// them in. Findings, refusals and writes: [`passkeys::finish_registration`], [`enrol_totp`].
pub fn enrol_passkey(
    tx: &mut Tx,
    site: &RelyingParty,
    who: &Pending,
    label: &str,
    answer: &str,
) -> Outcome<Answer> {
    let enroller = who.enroller()?;
    refuse_enrolled(tx, who)?;
    passkeys::finish_registration(tx, site, enroller, label, answer)?;
    enrolled(tx, who, Factor::Passkey)
}

/// Whoever knows the password alone must not replace a factor that its owner has set up.
fn refuse_enrolled(tx: &mut Tx, who: &Pending) -> Outcome<()> {
    accounts::hold(tx, who.who.account)?;
    let row = accounts::get(tx, who.who.account)?;
    if passkeys::has_factor(tx, &row)? {
        return Err(Failure::Denied("second-factor.enrol"));
    }
    Ok(())
}

fn enrolled(tx: &mut Tx, who: &Pending, factor: Factor) -> Outcome<Answer> {
    let row = accounts::get(tx, who.who.account)?;
    sessions::end_all(tx, row.id, Some(who.who.session))?;
    passed(tx, who, &row, Some(factor))
}

/// Chooses a new password in place of one set by someone else, and lets the person in.
///
/// Denied at another stage. Findings: LP-0107 it is the one that was set, and
/// those of [`crate::judge_password`]. Writes: `account`, `web_session`, audit.
pub fn choose_password(tx: &mut Tx, who: &Pending, new: &str) -> Outcome<Answer> {
    if who.stage != Stage::NewPassword {
        return Err(Failure::Denied("account.change-password"));
    }
    let row = accounts::get(tx, who.who.account)?;
    accounts::choose_password(tx, &row, who.who.session, new)?;
    let row = accounts::get(tx, who.who.account)?;
    passed(tx, who, &row, None)
}

/// Signs in as an account of the practice division in one step: the same
/// session code, the second factor computed from the sealed secret instead of
/// typed, and not used up. Denied in any other division, and for staff
/// without an authenticator. `NotFound` for an unknown name.
pub fn practice(tx: &mut Tx, username: &str) -> Outcome<Answer> {
    totp::refuse_unless_practice(tx)?;
    let row = accounts::by_username(tx, &accounts::fold_username(username))?
        .filter(|row| row.state == AccountState::Active)
        .ok_or(Failure::NotFound)?;
    let choices = choices(tx, &row)?;
    let Some(standing) = choices.first() else {
        return Ok(Answer::NoRole);
    };
    let factor = if totp::gives_codes(tx, &row)? {
        Factor::Totp
    } else {
        Factor::None
    };
    if factor == Factor::None && choices.iter().any(|choice| choice.role.is_staff()) {
        return Err(Failure::Denied("practice"));
    }
    let ip = tx.actor().ip.clone();
    let new = NewSession {
        account: row.id,
        ip: &ip,
    };
    let (session, _) = sessions::open(tx, &new, Stage::SecondFactor)?;
    go_on(
        tx,
        &row,
        session,
        standing,
        &On::from(Stage::SecondFactor, factor, &ip),
    )
}
