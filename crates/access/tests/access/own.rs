//! One's own sessions and keys, and what a clock that is set back does to signing in.

use crate::{
    IP, PASSWORD, a_school, actions, code, first_sign_in, found, give, go, later, pending, person, read,
    sign_in_again, signed_in, try_password, write,
};
use access::own_sessions::{self, OwnSession};
use access::sessions::{STAFF, SignedIn, Stage, Token};
use access::sign_in::{self, Answer};
use access::{accounts, grants};
use kernel::{Failure, Role};
use testkit::{World, each_engine};

const DAY: i64 = 86_400;

fn own(world: &World, who: &SignedIn) -> Vec<OwnSession> {
    read(world, |at| own_sessions::own(at, &who.who, STAFF.idle_seconds)).expect("the list is read")
}

fn name(world: &World, token: &Token, device: &str) {
    write(world, &world.actor, |tx| {
        own_sessions::name_device(tx, token, device)
    })
    .expect("named");
}

/// One person with two sessions, a minute apart.
fn twice(world: &World) -> (Token, Token) {
    let school = a_school(world, "1001");
    person(world, "mlavallee", Role::Secretary, school);
    let (desk, secret) = first_sign_in(world, "mlavallee");
    later(world, 60);
    let phone = sign_in_again(world, "mlavallee", &secret);
    name(world, &desk, "Firefox, Windows");
    name(world, &phone, "  Safari,   iPhone ");
    (desk, phone)
}

#[test]
fn a_person_sees_where_they_are_signed_in_this_one_first_and_nobody_elses() {
    each_engine(|world| {
        let (desk, phone) = twice(world);
        let school = a_school(world, "1002");
        person(world, "somebody", Role::Secretary, school);
        first_sign_in(world, "somebody");
        try_password(world, "mlavallee", PASSWORD, IP); // half a sign-in is no session
        let all = own(world, &signed_in(world, &desk));
        let seen: Vec<(&str, bool)> = all.iter().map(|one| (one.device.as_str(), one.is_this)).collect();
        assert_eq!(
            seen,
            [("Firefox, Windows", true), ("Safari, iPhone", false)],
            "{}",
            world.engine
        );
        assert_eq!(own(world, &signed_in(world, &phone)).len(), 2);
        let strict = read(world, |at| {
            own_sessions::own(at, &signed_in(world, &phone).who, 30)
        });
        assert_eq!(
            strict.expect("read").len(),
            1,
            "a site may end idle sessions earlier"
        );
    });
}

#[test]
fn one_session_is_ended_from_another_and_only_by_its_owner() {
    each_engine(|world| {
        let (desk, phone) = twice(world);
        let school = a_school(world, "1002");
        person(world, "somebody", Role::Secretary, school);
        let (other, _) = first_sign_in(world, "somebody");
        let (mine, stranger) = (signed_in(world, &desk), signed_in(world, &other));
        let lost = signed_in(world, &phone).who.session;
        let end = |who: &SignedIn| {
            write(world, &who.standing.actor, |tx| {
                own_sessions::end_own(tx, who, lost)
            })
        };
        assert_eq!(
            end(&stranger),
            Err(Failure::NotFound),
            "{}: guessed",
            world.engine
        );
        assert!(found(world, &phone).is_some());
        assert_eq!(end(&mine), Ok(()));
        assert_eq!(
            found(world, &phone),
            None,
            "{}: out with its next request",
            world.engine
        );
        assert_eq!(end(&mine), Err(Failure::NotFound), "{}: twice", world.engine);
        let this = mine.who.session;
        let itself = write(world, &mine.standing.actor, |tx| {
            own_sessions::end_own(tx, &mine, this)
        });
        assert_eq!(itself, Err(Failure::NotFound), "this one ends by signing out");
        assert!(actions(world).contains(&"session.end".to_owned()));
    });
}

#[test]
fn all_others_are_ended_at_once() {
    each_engine(|world| {
        let (desk, phone) = twice(world);
        let mine = signed_in(world, &desk);
        let ended = write(world, &mine.standing.actor, |tx| {
            own_sessions::end_others(tx, &mine)
        });
        assert_eq!(ended, Ok(1), "{}", world.engine);
        assert!(found(world, &desk).is_some());
        assert_eq!(found(world, &phone), None);
        assert!(actions(world).contains(&"session.end-others".to_owned()));
    });
}

#[test]
fn single_letter_keys_are_on_until_they_are_switched_off() {
    each_engine(|world| {
        let (desk, _) = twice(world);
        let mine = signed_in(world, &desk);
        assert!(mine.who.letter_keys);
        write(world, &mine.standing.actor, |tx| {
            accounts::set_letter_keys(tx, &mine.who, false)
        })
        .expect("kept");
        assert!(!signed_in(world, &desk).who.letter_keys, "{}", world.engine);
        assert!(actions(world).contains(&"account.set-letter-keys".to_owned()));
    });
}

#[test]
fn work_that_is_done_later_has_what_its_person_may_by_then() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "mlavallee", Role::Secretary, school);
        let (desk, _) = first_sign_in(world, "mlavallee");
        let actor = signed_in(world, &desk).standing.actor;
        let standing = || read(world, |at| grants::standing_of(at, &actor));
        assert_eq!(
            standing().map(|now| now.schools),
            Ok(vec![school]),
            "{}",
            world.engine
        );
        give(world, id, Role::Custodian, None);
        assert_eq!(
            standing().map(|now| now.role),
            Ok(Role::Secretary),
            "the role acted in then"
        );
        let manage = access::Permit::program(&world.actor).expect("the program's");
        write(world, &world.actor, |tx| accounts::close(tx, &manage, id, "left")).expect("closed");
        assert_eq!(standing(), Err(Failure::Denied("work.later")), "{}", world.engine);
        let program = read(world, |at| grants::standing_of(at, &world.actor));
        assert_eq!(
            program,
            Err(Failure::Denied("work.later")),
            "the program has no standing"
        );
    });
}

#[test]
fn a_session_opened_while_the_clock_ran_ahead_is_over_when_it_is_set_right() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (before, secret) = first_sign_in(world, "mlavallee");
        later(world, DAY);
        let ahead = sign_in_again(world, "mlavallee", &secret);
        assert!(found(world, &ahead).is_some());
        later(world, -DAY);
        assert_eq!(
            found(world, &ahead),
            None,
            "{}: it would last a day too long",
            world.engine
        );
        assert!(found(world, &before).is_some(), "one opened before stays");
        later(world, -60);
        assert!(
            found(world, &before).is_some(),
            "{}: clocks differ by seconds",
            world.engine
        );
    });
}

#[test]
fn a_code_given_while_the_clock_ran_ahead_locks_nobody_out_when_it_is_set_right() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (_, secret) = first_sign_in(world, "mlavallee");
        later(world, DAY);
        sign_in_again(world, "mlavallee", &secret);
        later(world, 300 - DAY);
        let attempt = || {
            let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
            let (who, typed) = (pending(world, &half), code(world, &secret));
            write(world, &who.who.actor(), |tx| sign_in::give_code(tx, &who, &typed)).expect("answered")
        };
        assert!(
            matches!(attempt(), Answer::Go(_, Stage::Full)),
            "{}",
            world.engine
        );
        assert_eq!(attempt(), Answer::UsedCode, "{}: and it is used up", world.engine);
    });
}
