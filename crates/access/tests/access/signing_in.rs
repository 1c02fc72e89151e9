//! From the sign-in page to a session, and everything that stops on the way.

use crate::{
    IP, ISSUER, PASSWORD, a_school, account, actions, code, codes_of, enrol, first_sign_in, found, give, go,
    later, manage, pending, person, sign_in_again, signed_in, try_password, write,
};
use access::accounts::{self, FirstPassword, NewAccount};
use access::sessions::{Factor, Stage};
use access::sign_in::{self, Answer, stranger};
use access::{sessions, totp};
use db::Reading;
use kernel::{Clock, Failure, Role};
use testkit::{DIVISION, each_engine};

#[test]
fn every_role_of_staff_and_guardians_must_set_up_a_second_factor_before_anything_else() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let (mut with, mut without) = (0, 0);
        for role in Role::ALL.iter().copied() {
            person(world, role.as_str(), role, school);
            let (token, stage) = go(try_password(world, role.as_str(), PASSWORD, IP));
            if role.is_staff() || role == Role::Guardian {
                assert_eq!(stage, Stage::MustEnrol, "{role}");
                assert_eq!(found(world, &token), None, "{role} has no standing yet");
                let (token, _) = enrol(world, &token);
                let who = signed_in(world, &token);
                assert_eq!((who.standing.role, who.second_factor), (role, Factor::Totp));
                with += 1;
            } else {
                assert_eq!(stage, Stage::Full, "{role}");
                let who = signed_in(world, &token);
                assert_eq!((who.standing.role, who.second_factor), (role, Factor::None));
                without += 1;
            }
        }
        assert_eq!((with, without), (9, 1));
    });
}

#[test]
fn the_second_time_a_code_is_asked_for_and_the_password_alone_opens_nothing() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (_, secret) = first_sign_in(world, "mlavallee");
        later(world, 60);
        let (half, stage) = go(try_password(world, "  MLavallee ", PASSWORD, IP));
        assert_eq!(stage, Stage::SecondFactor);
        assert_eq!(found(world, &half), None);
        let who = pending(world, &half);
        assert!(
            matches!(who.enroller(), Err(Failure::Denied(_))),
            "a password must not replace a factor"
        );
        let actor = who.who.actor();
        assert_eq!(actor.role, None);
        let answer = write(world, &actor, |tx| sign_in::give_code(tx, &who, "000000"));
        assert_eq!(answer, Ok(Answer::Wrong));
        assert_eq!(found(world, &half), None);

        let right = code(world, &secret);
        let (token, stage) =
            go(write(world, &actor, |tx| sign_in::give_code(tx, &who, &right)).expect("answered"));
        assert_eq!(stage, Stage::Full);
        assert_ne!(token.as_str(), half.as_str());
        assert_eq!(
            found(world, &half),
            None,
            "the token changed with the second factor"
        );
        let signed = signed_in(world, &token);
        assert_ne!(signed.who.csrf, who.who.csrf, "and so did the form token");
        assert!(signed.who.csrf_holds(&signed.who.csrf) && !signed.who.csrf_holds(&who.who.csrf));
        assert_eq!(signed.chosen_school, Some(school), "the only school is chosen");
        assert_eq!(
            actions(world)
                .iter()
                .filter(|action| *action == "sign-in")
                .count(),
            2
        );
    });
}

#[test]
fn a_code_opens_once_and_no_older_one_after_it() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (_, secret) = first_sign_in(world, "mlavallee");
        let attempt = |typed: &str| {
            let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
            let who = pending(world, &half);
            write(world, &who.who.actor(), |tx| sign_in::give_code(tx, &who, typed)).expect("answered")
        };
        assert_eq!(
            attempt(&code(world, &secret)),
            Answer::UsedCode,
            "setting up used it"
        );
        later(world, 30);
        let current = code(world, &secret);
        assert!(matches!(attempt(&current), Answer::Go(_, Stage::Full)));
        assert_eq!(attempt(&current), Answer::UsedCode);
        let before = totp::code_at(&secret, world.clock.now().plus_seconds(-30)).expect("a code");
        assert_eq!(
            attempt(&before),
            Answer::UsedCode,
            "an older code is used up with it"
        );
        let next = totp::code_at(&secret, world.clock.now().plus_seconds(30)).expect("a code");
        assert!(
            matches!(attempt(&next), Answer::Go(_, Stage::Full)),
            "a clock may be fast by one step"
        );
    });
}

#[test]
fn wrong_password_unknown_name_and_closed_account_are_answered_alike() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let gone = person(world, "gone", Role::Secretary, school);
        write(world, &world.actor, |tx| {
            accounts::close(tx, &manage(world), gone, "left")
        })
        .expect("closed");
        let long = "x".repeat(100_000);
        for (username, password) in [
            ("mlavallee", "not the password"),
            ("mlavallee", ""),
            ("mlavallee", long.as_str()),
            ("nobody", PASSWORD),
            ("gone", PASSWORD),
            ("", ""),
        ] {
            assert_eq!(
                try_password(world, username, password, IP),
                Answer::Wrong,
                "{username}"
            );
        }
        assert_eq!(
            actions(world)
                .iter()
                .filter(|action| *action == "sign-in.refused")
                .count(),
            6
        );
    });
}

#[test]
fn the_fifth_failure_blocks_the_name_whether_or_not_it_exists() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "parent", Role::Student, school);
        for username in ["parent", "nobody"] {
            for failure in 1..=5 {
                assert_eq!(
                    try_password(world, username, "a wrong password", IP),
                    Answer::Wrong,
                    "{username} {failure}"
                );
            }
            let blocked = |seconds| {
                assert_eq!(
                    try_password(world, username, PASSWORD, "10.9.9.9"),
                    Answer::Wait(seconds),
                    "{username}"
                );
            };
            blocked(30);
            later(world, 29);
            blocked(1);
            later(world, 1);
            assert_eq!(
                try_password(world, username, "a wrong password", IP),
                Answer::Wrong
            );
            blocked(60);
            later(world, 60);
        }
        assert!(matches!(
            try_password(world, "parent", PASSWORD, IP),
            Answer::Go(_, Stage::Full)
        ));
        for _ in 1..=4 {
            assert_eq!(
                try_password(world, "parent", "a wrong password", IP),
                Answer::Wrong
            );
        }
        assert!(
            matches!(
                try_password(world, "parent", PASSWORD, IP),
                Answer::Go(_, Stage::Full)
            ),
            "getting in forgives the failures before"
        );
    });
}

#[test]
fn guesses_checked_together_are_counted_one_after_another() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "parent", Role::Student, school);
        let check = |password: &str| {
            crate::read(world, |at| sign_in::look_up(at, "parent", IP))
                .and_then(|candidate| candidate.check(password))
                .expect("checked")
        };
        // All were looked up before any was answered, the right one last.
        let mut guesses: Vec<_> = (0..5)
            .map(|guess| check(&format!("a wrong guess {guess}")))
            .collect();
        guesses.push(check(PASSWORD));
        let answers: Vec<Answer> = guesses
            .iter()
            .map(|guess| {
                write(world, &stranger(DIVISION, IP), |tx| sign_in::enter(tx, guess)).expect("answered")
            })
            .collect();
        assert_eq!(answers[..5], vec![Answer::Wrong; 5]);
        assert_eq!(answers[5], Answer::Wait(30));
    });
}

#[test]
fn many_failures_from_one_address_block_it_for_every_name() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "parent", Role::Student, school);
        for guess in 0..50 {
            let wrong = read_and_check(world, &format!("name{guess}"));
            assert_eq!(
                write(world, &stranger(DIVISION, IP), |tx| sign_in::enter(tx, &wrong)),
                Ok(Answer::Wrong)
            );
        }
        assert_eq!(try_password(world, "parent", PASSWORD, IP), Answer::Wait(60));
        assert!(matches!(
            try_password(world, "parent", PASSWORD, "10.9.9.9"),
            Answer::Go(..)
        ));
    });
}

/// A wrong attempt without the cost of hashing: too long to be looked at.
fn read_and_check(world: &testkit::World, username: &str) -> sign_in::Checked {
    crate::read(world, |at| sign_in::look_up(at, username, IP))
        .and_then(|candidate| candidate.check(&"x".repeat(129)))
        .expect("checked")
}

#[test]
fn guessed_codes_block_too_and_the_right_password_does_not_start_over() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (_, secret) = first_sign_in(world, "mlavallee");
        later(world, 60);
        for _ in 1..=5 {
            let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
            let who = pending(world, &half);
            let answer = write(world, &who.who.actor(), |tx| {
                sign_in::give_code(tx, &who, "000000")
            });
            assert_eq!(answer, Ok(Answer::Wrong));
        }
        assert_eq!(try_password(world, "mlavallee", PASSWORD, IP), Answer::Wait(30));
        later(world, 30);
        let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
        let who = pending(world, &half);
        let wrong = write(world, &who.who.actor(), |tx| {
            sign_in::give_code(tx, &who, "000000")
        });
        assert_eq!(wrong, Ok(Answer::Wrong));
        let right = code(world, &secret);
        let blocked = write(world, &who.who.actor(), |tx| sign_in::give_code(tx, &who, &right));
        assert_eq!(
            blocked,
            Ok(Answer::Wait(60)),
            "a blocked name is not looked at, not even with the right code"
        );
    });
}

#[test]
fn whoever_knows_only_the_password_cannot_enrol_after_the_owner_did() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (thief, _) = go(try_password(world, "mlavallee", PASSWORD, "10.9.9.9"));
        let thief = pending(world, &thief);
        let offer = write(world, &thief.who.actor(), |tx| {
            totp::offer(tx, thief.enroller()?, ISSUER)
        })
        .expect("offered");
        let (token, _) = first_sign_in(world, "mlavallee");
        let typed = code(world, &offer.secret);
        let late = write(world, &thief.who.actor(), |tx| {
            sign_in::enrol_totp(tx, &thief, &typed)
        });
        assert!(
            matches!(late, Err(Failure::Denied("second-factor.enrol"))),
            "{late:?}"
        );
        assert!(found(world, &token).is_some());
    });
}

#[test]
fn a_password_set_by_someone_else_is_changed_before_anything_else() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let new = NewAccount {
            password: FirstPassword::ToChange(PASSWORD.to_owned()),
            ..crate::new_account("newcomer")
        };
        let id = write(world, &world.actor, |tx| {
            accounts::create(tx, &manage(world), &new)
        })
        .expect("made");
        give(world, id, Role::Secretary, Some(school));
        let (half, stage) = go(try_password(world, "newcomer", PASSWORD, IP));
        assert_eq!(stage, Stage::MustEnrol);
        let who = pending(world, &half);
        let offer = write(world, &who.who.actor(), |tx| {
            totp::offer(tx, who.enroller()?, ISSUER)
        })
        .expect("offered");
        let typed = code(world, &offer.secret);
        let (token, stage) = go(write(world, &who.who.actor(), |tx| {
            sign_in::enrol_totp(tx, &who, &typed)
        })
        .expect("enrolled"));
        assert_eq!(stage, Stage::NewPassword);
        assert_eq!(found(world, &token), None);
        let who = pending(world, &token);
        let choose = |password: &str| {
            write(world, &who.who.actor(), |tx| {
                sign_in::choose_password(tx, &who, password)
            })
        };
        assert_eq!(codes_of(choose(PASSWORD)), ["LP-0107"]);
        assert_eq!(codes_of(choose("short")), ["LP-0101"]);
        let (token, stage) = go(choose("a river under ice").expect("chosen"));
        assert_eq!(stage, Stage::Full);
        assert_eq!(signed_in(world, &token).second_factor, Factor::Totp);
        assert_eq!(try_password(world, "newcomer", PASSWORD, IP), Answer::Wrong);
    });
}

#[test]
fn an_account_without_a_role_today_does_not_get_in() {
    each_engine(|world| {
        account(world, "nobody.yet");
        assert_eq!(try_password(world, "nobody.yet", PASSWORD, IP), Answer::NoRole);
    });
}

#[test]
fn steps_cannot_be_skipped_or_taken_twice() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
        let who = pending(world, &half);
        let actor = who.who.actor();
        let skipped = write(world, &actor, |tx| {
            sign_in::choose_password(tx, &who, "a river under ice")
        });
        assert!(matches!(skipped, Err(Failure::Denied(_))));
        let skipped = write(world, &actor, |tx| sign_in::give_code(tx, &who, "000000"));
        assert!(matches!(skipped, Err(Failure::Denied(_))));
        let (_, secret) = enrol(world, &half);
        later(world, 60);
        let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
        let who = pending(world, &half);
        let right = code(world, &secret);
        assert!(write(world, &actor, |tx| sign_in::give_code(tx, &who, &right)).is_ok());
        later(world, 30);
        let right = code(world, &secret);
        let twice = write(world, &actor, |tx| sign_in::give_code(tx, &who, &right));
        assert!(matches!(twice, Err(Failure::Conflict(_))), "{twice:?}");
    });
}

#[test]
fn practice_sign_in_is_for_the_practice_division_alone() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "secretary", Role::Secretary, school);
        person(world, "parent", Role::Student, school);
        let practise = |name: &str| write(world, &stranger(DIVISION, IP), |tx| sign_in::practice(tx, name));
        assert!(
            matches!(practise("secretary"), Err(Failure::Denied("practice"))),
            "no authenticator"
        );
        assert!(matches!(practise("nobody"), Err(Failure::NotFound)));
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        write(world, &world.actor, |tx| {
            totp::install_practice(tx, &manage(world), id, secret)
        })
        .expect("installed");
        for _ in 0..4 {
            let (token, stage) = go(practise("secretary").expect("practised"));
            assert_eq!(stage, Stage::Full);
            assert_eq!(signed_in(world, &token).second_factor, Factor::Totp);
        }
        let token = sign_in_again(world, "secretary", secret);
        assert!(found(world, &token).is_some(), "practising uses no code up");
        let (token, _) = go(practise("parent").expect("practised"));
        assert_eq!(signed_in(world, &token).second_factor, Factor::None);

        write(world, &world.actor, |tx| {
            use db::schema::division::dsl;
            use diesel::prelude::*;
            diesel::update(dsl::division)
                .set(dsl::is_practice.eq(false))
                .execute(tx.conn())?;
            Ok(())
        })
        .expect("the division becomes a real one");
        assert!(matches!(practise("secretary"), Err(Failure::Denied("practice"))));
        let install = write(world, &world.actor, |tx| {
            totp::install_practice(tx, &manage(world), id, secret)
        });
        assert!(matches!(install, Err(Failure::Denied("practice"))));
    });
}

#[test]
fn the_way_in_is_open_for_ten_minutes() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (half, _) = go(try_password(world, "mlavallee", PASSWORD, IP));
        later(world, sessions::PENDING_SECONDS - 1);
        assert_eq!(pending(world, &half).stage, Stage::MustEnrol);
        later(world, 1);
        let over = crate::read(world, |at| sessions::find_pending(at, &half, IP));
        assert_eq!(over, Ok(None));
    });
}
