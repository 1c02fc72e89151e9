//! Accounts, signing in, second factors, permits and the trail, on both engines.

mod accounts;
mod authenticator;
mod factors;
mod own;
mod permits;
mod sessions;
mod signing_in;
mod trail;

use access::accounts::{FirstPassword, NewAccount};
use access::action::ManageAccounts;
use access::grants::GiveRole;
use access::sessions::{Pending, SignedIn, Stage, Token};
use access::sign_in::{Answer, stranger};
use access::{Permit, grants, is_of_schools, sign_in, totp};
use db::schema::{authority, school};
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use kernel::{AccountId, Actor, Clock, Failure, Outcome, Role, SchoolId};
use testkit::{DIVISION, World};

const PASSWORD: &str = "granite-otter-41";
const IP: &str = "10.1.2.3";
const ISSUER: &str = "Test division";

fn write<T>(world: &World, actor: &Actor, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, actor, work)
}

fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> Outcome<T> {
    world.store.read_now(DIVISION, work)
}

fn later(world: &World, seconds: i64) {
    world.clock.set(world.clock.now().plus_seconds(seconds));
}

fn manage(world: &World) -> Permit<ManageAccounts> {
    Permit::program(&world.actor).expect("the program manages accounts")
}

fn new_account(username: &str) -> NewAccount {
    NewAccount {
        username: username.to_owned(),
        display_name: format!("Person {username}"),
        email: String::new(),
        password: FirstPassword::ToKeep(PASSWORD.to_owned()),
        language: "en-CA".to_owned(),
    }
}

fn account(world: &World, username: &str) -> AccountId {
    write(world, &world.actor, |tx| {
        access::accounts::create(tx, &manage(world), &new_account(username))
    })
    .expect("the account is made")
}

fn a_school(world: &World, code: &str) -> SchoolId {
    let id = SchoolId::derived(code);
    write(world, &world.actor, |tx| {
        let row = (
            authority::division_id.eq(DIVISION),
            authority::code.eq("3260"),
            authority::name.eq("An authority"),
            authority::kind.eq(""),
        );
        db::insert_ignore!(tx.conn(), authority::table, [row])?;
        diesel::insert_into(school::table)
            .values((
                school::division_id.eq(DIVISION),
                school::id.eq(id),
                school::code.eq(code),
                school::name.eq("A school"),
                school::authority_code.eq("3260"),
                school::street.eq(""),
                school::city.eq(""),
                school::postal_code.eq(""),
                (
                    school::phone.eq(""),
                    school::lowest_grade.eq("01"),
                    school::highest_grade.eq("12"),
                    school::version.eq(1_i64),
                ),
            ))
            .execute(tx.conn())?;
        Ok(())
    })
    .expect("the school is made");
    id
}

fn role(account: AccountId, role: Role, school: Option<SchoolId>) -> GiveRole {
    GiveRole {
        account,
        role,
        school,
        from: testkit::date("2026-09-01"),
        until: None,
        reason: "appointed".to_owned(),
    }
}

fn give(world: &World, to: AccountId, of: Role, school: Option<SchoolId>) -> kernel::GrantId {
    write(world, &world.actor, |tx| {
        grants::give(tx, &manage(world), &role(to, of, school))
    })
    .expect("the role is given")
}

/// An account with a role; of the school when the role is of schools.
fn person(world: &World, username: &str, of: Role, school: SchoolId) -> AccountId {
    let id = account(world, username);
    give(world, id, of, is_of_schools(of).then_some(school));
    id
}

fn try_password(world: &World, username: &str, password: &str, ip: &str) -> Answer {
    let candidate = read(world, |at| sign_in::look_up(at, username, ip)).expect("a name is looked up");
    let checked = candidate.check(password).expect("a password is checked");
    write(world, &stranger(DIVISION, ip), |tx| sign_in::enter(tx, &checked)).expect("an attempt is answered")
}

fn go(answer: Answer) -> (Token, Stage) {
    match answer {
        Answer::Go(token, stage) => (token, stage),
        other => panic!("signing in stopped at {other:?}"),
    }
}

fn pending(world: &World, token: &Token) -> Pending {
    read(world, |at| access::sessions::find_pending(at, token, IP))
        .expect("a token is looked up")
        .expect("the person is on the way in")
}

fn found(world: &World, token: &Token) -> Option<SignedIn> {
    read(world, |at| access::sessions::find(at, token, IP)).expect("a token is looked up")
}

fn signed_in(world: &World, token: &Token) -> SignedIn {
    found(world, token).expect("the person is signed in")
}

/// Sets up an authenticator on the way in; returns the new token and the secret.
fn enrol(world: &World, token: &Token) -> (Token, String) {
    let who = pending(world, token);
    let offer = write(world, &who.who.actor(), |tx| {
        totp::offer(tx, who.enroller()?, ISSUER)
    })
    .expect("an authenticator is offered");
    let code = code(world, &offer.secret);
    let answer = write(world, &who.who.actor(), |tx| sign_in::enrol_totp(tx, &who, &code))
        .expect("the authenticator is set up");
    let (token, stage) = go(answer);
    assert_eq!(stage, Stage::Full);
    (token, offer.secret)
}

fn code(world: &World, secret: &str) -> String {
    totp::code_at(secret, world.clock.now()).expect("a code")
}

/// Through password and a first authenticator.
fn first_sign_in(world: &World, username: &str) -> (Token, String) {
    let (token, stage) = go(try_password(world, username, PASSWORD, IP));
    assert_eq!(
        stage,
        Stage::MustEnrol,
        "{username} is staff without a second factor"
    );
    enrol(world, &token)
}

/// Through password and the authenticator that is set up.
fn sign_in_again(world: &World, username: &str, secret: &str) -> Token {
    let (token, stage) = go(try_password(world, username, PASSWORD, IP));
    assert_eq!(stage, Stage::SecondFactor);
    let (who, code) = (pending(world, &token), code(world, secret));
    go(write(world, &who.who.actor(), |tx| sign_in::give_code(tx, &who, &code)).expect("a code is answered"))
        .0
}

fn codes_of<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Failure::Invalid(findings)) => findings.0.into_iter().map(|finding| finding.code).collect(),
        other => panic!("expected findings, not {other:?}"),
    }
}

/// The actions in the audit, oldest first.
fn actions(world: &World) -> Vec<String> {
    use db::schema::audit;
    read(world, |at| {
        Ok(audit::table
            .filter(audit::division_id.eq(DIVISION))
            .order(audit::seq)
            .select(audit::action)
            .load(at.conn())?)
    })
    .expect("the audit is read")
}
