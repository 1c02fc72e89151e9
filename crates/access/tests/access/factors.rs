//! Second factors after the first sign-in: set up, used, renamed, removed.

use crate::authenticator::Authenticator;
use crate::{
    IP, ISSUER, PASSWORD, a_school, code, codes_of, first_sign_in, found, go, later, manage, pending, person,
    read, signed_in, try_password, write,
};
use access::passkeys::{self, RelyingParty};
use access::sessions::{Factor, Pending, SignedIn, Stage, Token};
use access::sign_in::{self, Answer, Factors};
use access::{accounts, totp};
use kernel::{Failure, Role};
use testkit::{World, each_engine};

const ORIGIN: &str = "https://sis.division.example";

fn site() -> RelyingParty {
    RelyingParty::new(ORIGIN, "Test division").expect("the site has a host name")
}

fn add_passkey(world: &World, who: &SignedIn, key: &mut Authenticator, label: &str) -> kernel::Outcome<()> {
    let actor = &who.standing.actor;
    let options = write(world, actor, |tx| {
        passkeys::start_registration(tx, &site(), who.enroller())
    })?;
    let answer = key.create(&options);
    write(world, actor, |tx| {
        passkeys::finish_registration(tx, &site(), who.enroller(), label, &answer)
    })
}

fn half_way(world: &World, username: &str) -> Pending {
    let (half, stage) = go(try_password(world, username, PASSWORD, IP));
    assert_eq!(stage, Stage::SecondFactor);
    pending(world, &half)
}

fn give_passkey(world: &World, who: &Pending, answer: &str) -> Answer {
    write(world, &who.who.actor(), |tx| {
        sign_in::give_passkey(tx, &site(), who, answer)
    })
    .expect("answered")
}

fn ask(world: &World, who: &Pending) -> serde_json::Value {
    write(world, &who.who.actor(), |tx| {
        passkeys::start_check(tx, &site(), who)
    })
    .expect("asked")
}

fn secretary(world: &World) -> (Token, String, SignedIn) {
    let school = a_school(world, "1001");
    person(world, "mlavallee", Role::Secretary, school);
    let (token, secret) = first_sign_in(world, "mlavallee");
    let who = signed_in(world, &token);
    (token, secret, who)
}

#[test]
fn passkeys_need_a_host_name() {
    for (origin, possible) in [
        (ORIGIN, true),
        ("http://localhost:4180", true),
        ("http://127.0.0.1:4180", false),
        ("not a url", false),
    ] {
        assert_eq!(RelyingParty::new(origin, "Test").is_some(), possible, "{origin}");
    }
}

#[test]
fn a_passkey_is_the_first_second_factor_of_a_member_of_staff() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (half, stage) = go(try_password(world, "mlavallee", PASSWORD, IP));
        assert_eq!(stage, Stage::MustEnrol);
        let who = pending(world, &half);
        let mut key = Authenticator::new(ORIGIN, b"key one");
        let options = write(world, &who.who.actor(), |tx| {
            passkeys::start_registration(tx, &site(), who.enroller()?)
        })
        .expect("asked");
        let answer = key.create(&options);
        let enrol = |label: &str, answer: &str| {
            write(world, &who.who.actor(), |tx| {
                sign_in::enrol_passkey(tx, &site(), &who, label, answer)
            })
        };
        assert_eq!(codes_of(enrol(" ", &answer)), ["LP-0151"]);
        assert_eq!(codes_of(enrol("Office key", "{}")), ["LP-0150"]);
        let (token, stage) = go(enrol("Office key", &answer).expect("enrolled"));
        assert_eq!(stage, Stage::Full);
        assert_eq!(signed_in(world, &token).second_factor, Factor::Passkey);
    });
}

#[test]
fn a_passkey_opens_a_session_once_for_what_was_asked() {
    each_engine(|world| {
        let (_, _, signed) = secretary(world);
        let mut key = Authenticator::new(ORIGIN, b"key one");
        add_passkey(world, &signed, &mut key, "Office key").expect("kept");
        let who = half_way(world, "mlavallee");
        let factors = read(world, |at| sign_in::factors(at, &who));
        assert_eq!(
            factors,
            Ok(Factors {
                totp: true,
                passkey: true
            })
        );

        let answer = key.get(&ask(world, &who));
        let (token, stage) = go(give_passkey(world, &who, &answer));
        assert_eq!(
            (stage, signed_in(world, &token).second_factor),
            (Stage::Full, Factor::Passkey)
        );

        let again = half_way(world, "mlavallee");
        assert_eq!(
            give_passkey(world, &again, &answer),
            Answer::Wrong,
            "nothing was asked"
        );
        ask(world, &again);
        assert_eq!(
            give_passkey(world, &again, &answer),
            Answer::Wrong,
            "something else was asked"
        );
        let line = read(world, |at| passkeys::list(at, &signed.who))
            .expect("listed")
            .remove(0);
        assert!(line.used_at.is_some());
    });
}

#[test]
fn answers_of_other_keys_sites_and_unverified_persons_are_refused() {
    each_engine(|world| {
        let (_, _, signed) = secretary(world);
        let mut key = Authenticator::new(ORIGIN, b"key one");
        add_passkey(world, &signed, &mut key, "Office key").expect("kept");
        let who = half_way(world, "mlavallee");
        let other_key = Authenticator::new(ORIGIN, b"key one").get(&ask(world, &who));
        assert_eq!(give_passkey(world, &who, &other_key), Answer::Wrong);
        let other_site = Authenticator::new("https://sis.division.example.evil.example", b"key one")
            .get(&ask(world, &who));
        assert_eq!(give_passkey(world, &who, &other_site), Answer::Wrong);
        key.is_careless = true;
        let careless = key.get(&ask(world, &who));
        assert_eq!(give_passkey(world, &who, &careless), Answer::Wrong);
        key.is_careless = false;
        let right = key.get(&ask(world, &who));
        assert!(matches!(
            give_passkey(world, &who, &right),
            Answer::Go(_, Stage::Full)
        ));
    });
}

#[test]
fn a_question_to_a_passkey_grows_old() {
    each_engine(|world| {
        let (_, _, signed) = secretary(world);
        let mut key = Authenticator::new(ORIGIN, b"key one");
        let actor = &signed.standing.actor;
        let options = write(world, actor, |tx| {
            passkeys::start_registration(tx, &site(), signed.enroller())
        })
        .expect("asked");
        let answer = key.create(&options);
        later(world, 600);
        let late = write(world, actor, |tx| {
            passkeys::finish_registration(tx, &site(), signed.enroller(), "Office key", &answer)
        });
        assert_eq!(codes_of(late), ["LP-0150"]);
    });
}

#[test]
fn staff_keep_at_least_one_second_factor() {
    each_engine(|world| {
        let (token, _, who) = secretary(world);
        let actor = &who.standing.actor;
        let remove_totp = || write(world, actor, |tx| totp::remove(tx, &who));
        assert_eq!(codes_of(remove_totp()), ["LP-0142"]);
        let mut key = Authenticator::new(ORIGIN, b"key one");
        add_passkey(world, &who, &mut key, "Office key").expect("kept");
        assert_eq!(
            codes_of(add_passkey(world, &who, &mut key, "Once more")),
            ["LP-0150"]
        );
        assert_eq!(remove_totp(), Ok(()));
        let list = || read(world, |at| passkeys::list(at, &who.who)).expect("listed");
        let first = list().remove(0);
        let remove = |id: &str| write(world, actor, |tx| passkeys::remove(tx, &who, id));
        assert_eq!(codes_of(remove(&first.id)), ["LP-0142"]);
        add_passkey(
            world,
            &who,
            &mut Authenticator::new(ORIGIN, b"key two"),
            "Spare key",
        )
        .expect("kept");
        write(world, actor, |tx| {
            passkeys::rename(tx, &who, &first.id, "  Old   key ")
        })
        .expect("renamed");
        assert_eq!(list()[0].label, "Old key");
        assert_eq!(remove("00"), Err(Failure::NotFound));
        assert_eq!(remove(&first.id), Ok(()));
        assert_eq!(list().len(), 1);
        assert!(found(world, &token).is_some());
    });
}

#[test]
fn a_passkey_of_someone_else_is_not_found() {
    each_engine(|world| {
        let (_, _, who) = secretary(world);
        add_passkey(
            world,
            &who,
            &mut Authenticator::new(ORIGIN, b"key one"),
            "Office key",
        )
        .expect("kept");
        let id = read(world, |at| passkeys::list(at, &who.who))
            .expect("listed")
            .remove(0)
            .id;
        let school = kernel::SchoolId::derived("1001");
        person(world, "parent", Role::Student, school);
        let other = signed_in(world, &go(try_password(world, "parent", PASSWORD, IP)).0);
        assert_eq!(
            codes_of(add_passkey(
                world,
                &other,
                &mut Authenticator::new(ORIGIN, b"key one"),
                "mine"
            )),
            ["LP-0152"]
        );
        let actor = &other.standing.actor;
        assert_eq!(
            write(world, actor, |tx| passkeys::rename(tx, &other, &id, "mine")),
            Err(Failure::NotFound)
        );
        assert_eq!(
            write(world, actor, |tx| passkeys::remove(tx, &other, &id)),
            Err(Failure::NotFound)
        );
    });
}

#[test]
fn a_guardian_may_have_a_second_factor_and_give_it_up() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "parent", Role::Student, school);
        let who = signed_in(world, &go(try_password(world, "parent", PASSWORD, IP)).0);
        let actor = &who.standing.actor;
        let offer = write(world, actor, |tx| totp::offer(tx, who.enroller(), ISSUER)).expect("offered");
        let shown_again = read(world, |at| totp::offered(at, who.enroller(), ISSUER)).expect("kept");
        assert_eq!(shown_again.secret, offer.secret);
        let confirm = |typed: &str| write(world, actor, |tx| totp::confirm(tx, who.enroller(), typed));
        assert_eq!(codes_of(confirm("12345")), ["LP-0140"]);
        assert_eq!(read(world, |at| totp::is_set_up(at, &who.who)), Ok(false));
        assert_eq!(confirm(&code(world, &offer.secret)), Ok(()));
        assert_eq!(
            codes_of(confirm(&code(world, &offer.secret))),
            ["LP-0141"],
            "an offer counts once"
        );
        half_way(world, "parent");
        write(world, actor, |tx| totp::remove(tx, &who)).expect("given up");
        assert!(matches!(
            try_password(world, "parent", PASSWORD, IP),
            Answer::Go(_, Stage::Full)
        ));
    });
}

#[test]
fn the_secret_lies_sealed() {
    each_engine(|world| {
        use db::Reading;
        use db::schema::account;
        use diesel::prelude::*;
        let (_, secret, _) = secretary(world);
        let kept: Option<Vec<u8>> = read(world, |at| {
            Ok(account::table.select(account::totp_secret).first(at.conn())?)
        })
        .expect("read");
        let kept = kept.expect("an authenticator is set up");
        assert!(!kept.windows(8).any(|part| secret.as_bytes().starts_with(part)));
    });
}

#[test]
fn lost_factors_are_taken_away_by_the_director_and_set_up_anew() {
    each_engine(|world| {
        let (token, _, who) = secretary(world);
        add_passkey(
            world,
            &who,
            &mut Authenticator::new(ORIGIN, b"key one"),
            "Office key",
        )
        .expect("kept");
        let reset = |reason: &str| {
            write(world, &world.actor, |tx| {
                accounts::reset_factors(tx, &manage(world), who.who.account, reason)
            })
        };
        assert_eq!(codes_of(reset("")), ["LP-0122"]);
        assert_eq!(reset("phone in the lake"), Ok(()));
        assert_eq!(found(world, &token), None);
        later(world, 60);
        first_sign_in(world, "mlavallee");
    });
}
