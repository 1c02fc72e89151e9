//! How long a session lasts, in which role it acts, and how it ends.

use crate::{
    IP, PASSWORD, a_school, actions, codes_of, first_sign_in, found, give, go, later, manage, person, read,
    sign_in_again, signed_in, try_password, write,
};
use access::accounts::{self, Theme};
use access::grants::{self, GiveRole};
use access::sessions::{self, FAMILY, STAFF, Token};
use db::Reading;
use diesel::prelude::*;
use kernel::{Clock, Failure, Instant, Role, SchoolId};
use testkit::{date, each_engine};

#[test]
fn half_an_hour_without_a_request_ends_a_session_and_use_keeps_it() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (token, _) = first_sign_in(world, "mlavallee");
        for _ in 0..3 {
            later(world, STAFF.idle_seconds);
            let who = signed_in(world, &token);
            assert!(who.is_touch_due);
            write(world, &who.standing.actor, |tx| sessions::touch(tx, &who)).expect("touched");
        }
        later(world, STAFF.idle_seconds + 1);
        assert_eq!(found(world, &token), None);
    });
}

#[test]
fn twelve_hours_end_a_session_however_much_it_is_used() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        for (username, role, limits) in [
            ("mlavallee", Role::Secretary, STAFF),
            ("parent", Role::Guardian, FAMILY),
        ] {
            person(world, username, role, school);
            let token = if role.needs_second_factor() {
                first_sign_in(world, username).0
            } else {
                go(try_password(world, username, PASSWORD, IP)).0
            };
            let begun = world.clock.now();
            while begun.seconds_until(world.clock.now()) + 1200 < limits.absolute_seconds {
                later(world, 1200);
                let who = signed_in(world, &token);
                write(world, &who.standing.actor, |tx| sessions::touch(tx, &who)).expect("touched");
            }
            world.clock.set(begun.plus_seconds(limits.absolute_seconds - 1));
            assert!(found(world, &token).is_some(), "{username}");
            later(world, 1);
            assert_eq!(found(world, &token), None, "{username}");
        }
    });
}

#[test]
fn use_is_noted_once_a_minute_at_most() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (token, _) = first_sign_in(world, "mlavallee");
        let begun = world.clock.now();
        let seen = || -> Instant {
            use db::schema::web_session;
            read(world, |at| {
                Ok(web_session::table.select(web_session::seen_at).first(at.conn())?)
            })
            .expect("one session")
        };
        later(world, 59);
        let who = signed_in(world, &token);
        assert!(!who.is_touch_due);
        write(world, &who.standing.actor, |tx| sessions::touch(tx, &who)).expect("touched");
        assert_eq!(seen(), begun, "too soon to write");
        later(world, 1);
        assert!(signed_in(world, &token).is_touch_due);
        write(world, &who.standing.actor, |tx| sessions::touch(tx, &who)).expect("touched");
        assert_eq!(seen(), begun.plus_seconds(60));
    });
}

#[test]
fn a_person_acts_in_one_role_at_a_time_and_only_in_those_held() {
    each_engine(|world| {
        let (first, second) = (a_school(world, "1001"), a_school(world, "1002"));
        let id = person(world, "mlavallee", Role::Secretary, first);
        give(world, id, Role::Secretary, Some(second));
        give(world, id, Role::Guardian, None);
        give(world, id, Role::Custodian, None);
        let (token, _) = first_sign_in(world, "mlavallee");
        let who = signed_in(world, &token);
        let roles: Vec<Role> = who.grants.iter().map(|standing| standing.role).collect();
        assert_eq!(
            roles,
            [Role::Secretary, Role::Custodian, Role::Guardian],
            "one standing a role"
        );
        let mut schools = vec![first, second];
        schools.sort();
        assert_eq!(who.standing.schools, schools, "the schools of a role together");
        assert_eq!(who.chosen_school, None, "all of several");
        assert_eq!(who.standing.actor.role, Some(Role::Secretary));

        let act = |role| write(world, &who.standing.actor, |tx| sessions::act_as(tx, &who, role));
        assert_eq!(act(Role::Director), Err(Failure::NotFound));
        assert_eq!(act(Role::Custodian), Ok(()));
        let now = signed_in(world, &token);
        assert_eq!(
            (now.standing.role, now.standing.actor.role),
            (Role::Custodian, Some(Role::Custodian))
        );
        assert!(now.standing.schools.is_empty());
        assert!(actions(world).contains(&"session.act-as".to_owned()));
    });
}

#[test]
fn a_school_is_chosen_among_those_of_the_role() {
    each_engine(|world| {
        let (first, second, other) = (
            a_school(world, "1001"),
            a_school(world, "1002"),
            a_school(world, "1003"),
        );
        let id = person(world, "mlavallee", Role::Secretary, first);
        give(world, id, Role::Secretary, Some(second));
        give(world, id, Role::Coordinator, None);
        let (token, _) = first_sign_in(world, "mlavallee");
        let choose = |school| {
            let who = signed_in(world, &token);
            write(world, &who.standing.actor, |tx| {
                sessions::choose_school(tx, &who, school)
            })?;
            Ok::<_, Failure>(signed_in(world, &token).chosen_school)
        };
        // A coordinator is of the whole division.
        assert_eq!(choose(Some(other)), Ok(Some(other)));
        assert_eq!(choose(Some(SchoolId::derived("nowhere"))), Err(Failure::NotFound));
        let who = signed_in(world, &token);
        write(world, &who.standing.actor, |tx| {
            sessions::act_as(tx, &who, Role::Secretary)
        })
        .expect("acts");
        assert_eq!(
            signed_in(world, &token).chosen_school,
            None,
            "another role begins with its own schools"
        );
        assert_eq!(choose(Some(second)), Ok(Some(second)));
        assert_eq!(choose(Some(other)), Err(Failure::NotFound));
        assert_eq!(choose(None), Ok(None));
    });
}

#[test]
fn a_role_that_is_over_today_is_not_acted_in() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "mlavallee", Role::Secretary, school);
        let until = GiveRole {
            until: Some(date("2026-11-23")),
            ..crate::role(id, Role::Coordinator, None)
        };
        write(world, &world.actor, |tx| grants::give(tx, &manage(world), &until)).expect("given");
        world
            .clock
            .set(Instant::from_rfc3339("2026-11-24T06:50:00Z").expect("rfc 3339")); // 23:50 in Alberta
        let (token, _) = first_sign_in(world, "mlavallee");
        assert_eq!(signed_in(world, &token).standing.role, Role::Coordinator);
        later(world, 1200);
        let who = signed_in(world, &token);
        assert_eq!(
            who.standing.role,
            Role::Secretary,
            "the day was over at midnight in Alberta"
        );
        assert_eq!(who.grants.len(), 1);
        let grant = read(world, |at| grants::of_account(at, &manage(world), id)).expect("read");
        let secretary = grant
            .iter()
            .find(|grant| grant.role == Role::Secretary)
            .expect("held")
            .id;
        write(world, &world.actor, |tx| {
            grants::end(tx, &manage(world), secretary, "moved")
        })
        .expect("ended");
        assert_eq!(found(world, &token), None, "without a role there is no standing");
    });
}

#[test]
fn a_session_without_a_second_factor_is_over_when_its_person_becomes_staff() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "parent", Role::Student, school);
        let (token, _) = go(try_password(world, "parent", PASSWORD, IP));
        assert!(found(world, &token).is_some());
        give(world, id, Role::Secretary, Some(school));
        assert_eq!(found(world, &token), None);
    });
}

#[test]
fn signing_out_ends_one_session_or_all() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        person(world, "bystander", Role::Student, school);
        let (first, secret) = first_sign_in(world, "mlavallee");
        let (bystander, _) = go(try_password(world, "bystander", PASSWORD, IP));
        later(world, 60);
        let second = sign_in_again(world, "mlavallee", &secret);
        later(world, 60);
        let third = sign_in_again(world, "mlavallee", &secret);
        let is_in = |token: &Token| found(world, token).is_some();
        let who = signed_in(world, &first).who;
        write(world, &who.actor(), |tx| sessions::sign_out(tx, &who)).expect("signed out");
        assert_eq!(
            (is_in(&first), is_in(&second), is_in(&third)),
            (false, true, true)
        );
        let who = signed_in(world, &second).who;
        write(world, &who.actor(), |tx| sessions::sign_out_everywhere(tx, &who)).expect("signed out");
        assert_eq!(
            (is_in(&second), is_in(&third), is_in(&bystander)),
            (false, false, true)
        );
    });
}

#[test]
fn a_new_password_ends_the_other_sessions_and_needs_the_present_one() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        let (here, secret) = first_sign_in(world, "mlavallee");
        later(world, 60);
        let elsewhere = sign_in_again(world, "mlavallee", &secret);
        let who = signed_in(world, &here).who;
        let change = |current: &str, new: &str| {
            write(world, &who.actor(), |tx| {
                accounts::change_password(tx, &who, current, new)
            })
        };
        assert_eq!(
            codes_of(change("not the password", "a river under ice")),
            ["LP-0106"]
        );
        assert_eq!(codes_of(change(PASSWORD, "mlavallee-2026!")), ["LP-0103"]);
        assert_eq!(codes_of(change(PASSWORD, PASSWORD)), ["LP-0107"]);
        assert!(found(world, &elsewhere).is_some());
        assert_eq!(change(PASSWORD, "a river under ice"), Ok(()));
        assert!(found(world, &here).is_some());
        assert_eq!(found(world, &elsewhere), None);
    });
}

#[test]
fn language_and_theme_are_the_persons_own() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "parent", Role::Student, school);
        let (token, _) = go(try_password(world, "parent", PASSWORD, IP));
        let who = signed_in(world, &token).who;
        assert_eq!((who.language.as_str(), who.theme), ("en-CA", Theme::Device));
        write(world, &who.actor(), |tx| {
            accounts::set_language(tx, &who, "fr-CA")?;
            accounts::set_theme(tx, &who, Theme::Dark)
        })
        .expect("kept");
        let who = signed_in(world, &token).who;
        assert_eq!((who.language.as_str(), who.theme), ("fr-CA", Theme::Dark));
        let wrong = write(world, &who.actor(), |tx| {
            accounts::set_language(tx, &who, "français")
        });
        assert_eq!(codes_of(wrong), ["LP-0114"]);
    });
}

#[test]
fn a_token_that_is_no_token_is_not_even_looked_up() {
    for cookie in [
        "",
        "abc",
        &"g".repeat(64),
        &"a".repeat(63),
        &"a".repeat(65),
        &"é".repeat(32),
    ] {
        assert!(Token::parse(cookie).is_none(), "{cookie}");
    }
    let token = Token::parse(&"a1".repeat(32)).expect("64 hexadecimal digits");
    assert_eq!(format!("{token:?}"), "Token(…)", "never in a log");
    each_engine(|world| assert_eq!(found(world, &token), None));
}

#[test]
fn sessions_are_forgotten_a_month_after_they_were_over() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        person(world, "mlavallee", Role::Secretary, school);
        first_sign_in(world, "mlavallee");
        let forget = || write(world, &world.actor, sessions::forget_old).expect("forgotten");
        later(world, STAFF.absolute_seconds + 30 * 86_400);
        assert_eq!(forget(), 0);
        later(world, 1);
        assert_eq!(forget(), 1);
    });
}
