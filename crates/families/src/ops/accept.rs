//! A family comes by a code, or asks for a new password.

use crate::model::{Accept, Accepted, Look, Welcome, Words};
use access::accounts::{self, FirstPassword, NewAccount};
use access::action::{ManageAccounts, ViewStudents};
use access::grants::{self, GiveRole};
use access::invitations::{self, Invitation, Opened};
use access::recovery::{self, Sent};
use access::ties::{self, Around, NewTie, TieKind};
use access::{Permit, sign_in};
use db::{Reading, Tx};
use kernel::{AccountId, Failure, Finding, MailId, Outcome, PersonName, Role};

/// What the messages of a forgotten password are about.
const KIND: &str = "family.password";

/// What a code leads to, for its page; `ip` is the request's. What it leads to is noted once.
///
/// Acts as the program. Writes as [`invitations::open`] does.
pub fn look(tx: &mut Tx, typed: &str, ip: &str) -> Outcome<Look> {
    let held = match invitations::open(tx, typed, ip)? {
        Opened::Open(held) => held,
        Opened::Wait(seconds) => return Ok(Look::Wait(seconds)),
        Opened::Shut(finding) => return Ok(Look::Shut(finding)),
    };
    let Some(name) = still_welcome(tx, &held)? else {
        return Ok(Look::Shut(Finding::refuse("LP-1007", "code")));
    };
    let username = match holder(tx, &held)? {
        Some(account) if is_of_staff(tx, account)? => return Ok(Look::Shut(of_staff())),
        Some(account) => Some(accounts::line(tx, &program(tx)?, account)?.username),
        None => None,
    };
    Ok(Look::Open(Welcome {
        name: name.sentence(),
        email: held.email,
        username,
    }))
}

fn program(tx: &Tx) -> Outcome<Permit<ManageAccounts>> {
    Permit::program(tx.actor())
}

/// The person's name, while what is recorded of the family lets the person in.
fn still_welcome(tx: &mut Tx, held: &Invitation) -> Outcome<Option<PersonName>> {
    let permit = Permit::<ViewStudents>::program(&tx.actor().clone())?;
    let around = match people::invitees(tx, &permit, held.student_id) {
        Ok(around) => around,
        Err(Failure::NotFound) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let own = around
        .into_iter()
        .find(|one| one.person == held.person_id && one.uninvited.is_none());
    Ok(own.map(|one| one.name))
}

/// The account that is tied to the person already.
fn holder(at: &mut impl Reading, held: &Invitation) -> Outcome<Option<AccountId>> {
    let today = at.today();
    let tied = ties::around_persons(at, &[held.person_id])?;
    let own = tied
        .iter()
        .find(|tie| tie.kind == TieKind::Guardian && tie.goes_on(today));
    Ok(own.map(|tie| tie.account_id))
}

/// Does the account open more than a family's pages, now or later? An office that invites families must not come to the
/// account of a colleague, or of the director, by a code.
fn is_of_staff(tx: &mut Tx, account: AccountId) -> Outcome<bool> {
    let (permit, today) = (program(tx)?, tx.today());
    let given = grants::of_account(tx, &permit, account)?;
    Ok(given.iter().any(|grant| {
        let is_over = grant.ended_at.is_some() || grant.until_date.is_some_and(|last| last < today);
        grant.role.is_staff() && !is_over
    }))
}

fn of_staff() -> Finding {
    Finding::refuse("LP-1008", "code")
}

/// Makes the account that a code invites to, with the role of a guardian, tied to the contact person; or gives the
/// account back to a person who has one, unless it is one of staff too (`LP-1008`). The code serves no more. `ip` is the request's.
///
/// Findings: those of [`accounts::create`]. Acts as the program. Writes: `invitation`, `account`, `role_grant`, `tie`,
/// `access_tie`, `web_session`, audit of each.
pub fn accept(tx: &mut Tx, cmd: &Accept, ip: &str) -> Outcome<Accepted> {
    let held = match invitations::open(tx, &cmd.code, ip)? {
        Opened::Open(held) => held,
        Opened::Wait(seconds) => return Ok(Accepted::Wait(seconds)),
        Opened::Shut(finding) => return Ok(Accepted::Shut(finding)),
    };
    let Some(name) = still_welcome(tx, &held)? else {
        return Ok(Accepted::Shut(Finding::refuse("LP-1007", "code")));
    };
    let permit = program(tx)?;
    let account = if let Some(account) = holder(tx, &held)? {
        if is_of_staff(tx, account)? {
            return Ok(Accepted::Shut(of_staff()));
        }
        accounts::give_back(tx, &permit, account, &cmd.password, &why(&held))?;
        account
    } else {
        let new = NewAccount {
            username: cmd.username.clone(),
            display_name: name.sentence(),
            email: held.email.clone(),
            password: FirstPassword::ToKeep(cmd.password.clone()),
            language: cmd.language.clone(),
        };
        let account = accounts::create(tx, &permit, &new)?;
        tie(tx, &permit, &held, account)?;
        account
    };
    invitations::use_up(tx, &permit, held.id, account)?;
    Ok(Accepted::In(sign_in::invited(tx, &permit, account)?))
}

/// Adds what a code opens to an account whose person is signed in. Refusals as [`Look`] tells them; nothing else is asked.
///
/// A conflict when the contact person has another account. Acts as the program. Writes: `invitation`, `role_grant`,
/// `tie`, `access_tie`, audit of each.
pub fn add_to(tx: &mut Tx, account: AccountId, typed: &str, ip: &str) -> Outcome<Option<Look>> {
    let held = match invitations::open(tx, typed, ip)? {
        Opened::Open(held) => held,
        Opened::Wait(seconds) => return Ok(Some(Look::Wait(seconds))),
        Opened::Shut(finding) => return Ok(Some(Look::Shut(finding))),
    };
    if still_welcome(tx, &held)?.is_none() || holder(tx, &held)?.is_some() {
        return Ok(Some(Look::Shut(Finding::refuse("LP-1007", "code"))));
    }
    let permit = program(tx)?;
    tie(tx, &permit, &held, account)?;
    invitations::use_up(tx, &permit, held.id, account)?;
    Ok(None)
}

/// Why the role and the tie are given.
fn why(held: &Invitation) -> String {
    format!("Invited by {}, {}", held.made_by, held.made_at.date())
}

/// Gives the role of a guardian where it is not held, and ties the account as the director would.
fn tie(tx: &mut Tx, permit: &Permit<ManageAccounts>, held: &Invitation, account: AccountId) -> Outcome<()> {
    let (today, reason) = (tx.today(), why(held));
    let given = grants::of_account(tx, permit, account)?;
    let holds = given
        .iter()
        .any(|grant| grant.role == Role::Guardian && grant.holds(today));
    if !holds {
        let role = GiveRole {
            account,
            role: Role::Guardian,
            school: None,
            from: today,
            until: None,
            reason: reason.clone(),
        };
        grants::give(tx, permit, &role)?;
    }
    let new = NewTie {
        account,
        kind: TieKind::Guardian,
        around: Around::Person(held.person_id),
        from: today,
        until: None,
        reason,
    };
    people::tie(tx, permit, &new).map(|_| ())
}

/// Sends a link to whoever forgot the password of a family's account, in `words` of the account's language. What comes
/// of it is told to nobody. Writes as [`recovery::ask`] and [`mail::post`] do.
pub fn forgotten(tx: &mut Tx, typed: &str, words: &dyn Fn(&Sent) -> Words) -> Outcome<()> {
    let Some(sent) = recovery::ask(tx, typed)? else {
        return Ok(());
    };
    let id = MailId::derived(&format!("{KIND}/{}/{}", sent.account, tx.now().micros()));
    let message = words(&sent).mail(id, KIND, sent.email);
    mail::post(tx, &[message]).map(|_| ())
}
