//! The director's work: accounts made, roles given and ended.

use crate::{
    IP, PASSWORD, a_school, account, actions, codes_of, first_sign_in, found, give, manage, new_account,
    person, read, role, signed_in, try_password, write,
};
use access::accounts::{self, AccountFilter, AccountState, FirstPassword, NewAccount};
use access::action::ManageAccounts;
use access::grants::{self, GiveRole};
use access::sign_in::Answer;
use access::{Permit, sessions};
use kernel::{AccountId, Failure, Role, SchoolId};
use testkit::{World, date, each_engine};

fn list(world: &World, filter: &AccountFilter, after: Option<&str>, limit: i64) -> Vec<String> {
    read(world, |at| {
        accounts::list(at, &manage(world), filter, after, limit)
    })
    .expect("listed")
    .into_iter()
    .map(|line| line.username)
    .collect()
}

#[test]
fn every_wrong_field_of_a_new_account_is_named_at_once() {
    each_engine(|world| {
        account(world, "taken");
        let create = |new: &NewAccount| {
            write(world, &world.actor, |tx| {
                accounts::create(tx, &manage(world), new)
            })
        };
        let good = new_account("good");
        for (case, new, codes) in [
            (
                "short name",
                NewAccount {
                    username: "ab".to_owned(),
                    ..good.clone()
                },
                vec!["LP-0110"],
            ),
            (
                "blank inside",
                NewAccount {
                    username: "a b c".to_owned(),
                    ..good.clone()
                },
                vec!["LP-0110"],
            ),
            (
                "accent",
                NewAccount {
                    username: "éric".to_owned(),
                    ..good.clone()
                },
                vec!["LP-0110"],
            ),
            (
                "taken, in capitals",
                NewAccount {
                    username: " TAKEN ".to_owned(),
                    ..good.clone()
                },
                vec!["LP-0111"],
            ),
            (
                "e-mail",
                NewAccount {
                    email: "someone".to_owned(),
                    ..good.clone()
                },
                vec!["LP-0113"],
            ),
            (
                "everything",
                NewAccount {
                    username: String::new(),
                    display_name: " ".to_owned(),
                    email: "@x.y".to_owned(),
                    password: FirstPassword::ToKeep("password".to_owned()),
                    language: "e".to_owned(),
                },
                vec!["LP-0110", "LP-0112", "LP-0113", "LP-0114", "LP-0101", "LP-0102"],
            ),
        ] {
            assert_eq!(codes_of(create(&new)), codes, "{case}");
        }
        let id = create(&NewAccount {
            username: "Good.Name".to_owned(),
            ..good
        })
        .expect("made");
        assert_eq!(
            read(world, |at| accounts::find(at, &manage(world), "GOOD.name")),
            Ok(id)
        );
        assert_eq!(actions(world), ["account.create", "account.create"]);
    });
}

#[test]
fn a_role_is_given_with_its_schools_dates_and_reason_or_not_at_all() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = account(world, "someone");
        let closed = account(world, "closed");
        write(world, &world.actor, |tx| {
            accounts::close(tx, &manage(world), closed, "left")
        })
        .expect("closed");
        let try_give =
            |new: &GiveRole| write(world, &world.actor, |tx| grants::give(tx, &manage(world), new));
        let good = role(id, Role::Secretary, Some(school));
        for of in Role::ALL.iter().copied() {
            let (with, without) = (role(id, of, Some(school)), role(id, of, None));
            let wrong = if access::is_of_schools(of) {
                (without, "LP-0131")
            } else {
                (with, "LP-0132")
            };
            assert_eq!(codes_of(try_give(&wrong.0)), [wrong.1], "{of}");
        }
        for (case, new, codes) in [
            (
                "ends first",
                GiveRole {
                    until: Some(date("2026-08-31")),
                    ..good.clone()
                },
                vec!["LP-0133"],
            ),
            (
                "no reason",
                GiveRole {
                    reason: "  ".to_owned(),
                    ..good.clone()
                },
                vec!["LP-0122"],
            ),
            (
                "closed account",
                GiveRole {
                    account: closed,
                    ..good.clone()
                },
                vec!["LP-0135"],
            ),
        ] {
            assert_eq!(codes_of(try_give(&new)), codes, "{case}");
        }
        let nowhere = GiveRole {
            school: Some(SchoolId::derived("nowhere")),
            ..good.clone()
        };
        assert_eq!(try_give(&nowhere), Err(Failure::NotFound));
        let nobody = GiveRole {
            account: AccountId::derived("nobody"),
            ..good.clone()
        };
        assert_eq!(try_give(&nobody), Err(Failure::NotFound));
        let autumn = GiveRole {
            until: Some(date("2026-12-31")),
            ..good.clone()
        };
        assert!(try_give(&autumn).is_ok());
        assert_eq!(
            codes_of(try_give(&good)),
            ["LP-0136"],
            "the same role on the same days"
        );
        let winter = GiveRole {
            from: date("2027-01-01"),
            ..good
        };
        assert!(try_give(&winter).is_ok());
    });
}

#[test]
fn nobody_gives_a_role_to_oneself_or_closes_oneself() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let director = person(world, "director", Role::Director, school);
        person(world, "second", Role::Director, school);
        let who = signed_in(world, &first_sign_in(world, "director").0);
        let permit = Permit::<ManageAccounts>::wide(&who.standing).expect("a director manages accounts");
        let act = &who.standing.actor;
        let give = write(world, act, |tx| {
            grants::give(tx, &permit, &role(director, Role::Coordinator, None))
        });
        assert_eq!(codes_of(give), ["LP-0130"]);
        let close = write(world, act, |tx| accounts::close(tx, &permit, director, "tired"));
        assert_eq!(codes_of(close), ["LP-0121"]);
        let reset = write(world, act, |tx| {
            accounts::reset_factors(tx, &permit, director, "lost")
        });
        assert_eq!(codes_of(reset), ["LP-0121"]);
        let password = write(world, act, |tx| {
            accounts::reset_password(tx, &permit, director, "a river under ice", "lost")
        });
        assert_eq!(codes_of(password), ["LP-0121"]);
    });
}

#[test]
fn the_last_director_stays() {
    each_engine(|world| {
        let first = account(world, "first");
        let grant = give(world, first, Role::Director, None);
        let close = |id| {
            write(world, &world.actor, |tx| {
                accounts::close(tx, &manage(world), id, "left")
            })
        };
        let end = || {
            write(world, &world.actor, |tx| {
                grants::end(tx, &manage(world), grant, "moved")
            })
        };
        assert_eq!(codes_of(close(first)), ["LP-0120"]);
        assert_eq!(codes_of(end()), ["LP-0120"]);
        // A director of next year is none today.
        let second = account(world, "second");
        let next_year = GiveRole {
            from: date("2027-09-01"),
            ..role(second, Role::Director, None)
        };
        write(world, &world.actor, |tx| {
            grants::give(tx, &manage(world), &next_year)
        })
        .expect("given");
        assert_eq!(codes_of(end()), ["LP-0120"]);
        let third = account(world, "third");
        give(world, third, Role::Director, None);
        assert_eq!(end(), Ok(()));
        assert!(matches!(end(), Err(Failure::Conflict(_))), "ended once");
        assert_eq!(codes_of(close(third)), ["LP-0120"]);
    });
}

#[test]
fn a_closed_account_is_out_at_once_and_can_come_back_without_roles() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "mlavallee", Role::Secretary, school);
        let (token, _) = first_sign_in(world, "mlavallee");
        let close = |reason: &str| {
            write(world, &world.actor, |tx| {
                accounts::close(tx, &manage(world), id, reason)
            })
        };
        assert_eq!(codes_of(close(" ")), ["LP-0122"]);
        assert_eq!(close("moved away"), Ok(()));
        assert_eq!(found(world, &token), None);
        assert_eq!(try_password(world, "mlavallee", PASSWORD, IP), Answer::Wrong);
        let new = "a river under ice";
        write(world, &world.actor, |tx| {
            accounts::reopen(tx, &manage(world), id, new, "came back")
        })
        .expect("reopened");
        assert_eq!(try_password(world, "mlavallee", new, IP), Answer::NoRole);
        let grants = read(world, |at| grants::of_account(at, &manage(world), id)).expect("read");
        assert_eq!((grants.len(), grants[0].ended_reason.as_str()), (1, "moved away"));
    });
}

#[test]
fn accounts_are_listed_by_name_page_by_page_and_filtered() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        for name in ["anna", "bert", "cora_1", "dora"] {
            person(
                world,
                name,
                if name == "bert" {
                    Role::Teacher
                } else {
                    Role::Secretary
                },
                school,
            );
        }
        let gone = account(world, "eve");
        write(world, &world.actor, |tx| {
            accounts::close(tx, &manage(world), gone, "left")
        })
        .expect("closed");
        let all = AccountFilter::default();
        assert_eq!(list(world, &all, None, 3), ["anna", "bert", "cora_1"]);
        assert_eq!(list(world, &all, Some("cora_1"), 3), ["dora", "eve"]);
        let with = |text: &str| AccountFilter {
            text: text.to_owned(),
            ..AccountFilter::default()
        };
        assert_eq!(
            list(world, &with("A_1"), None, 9),
            ["cora_1"],
            "an underscore is itself"
        );
        assert_eq!(list(world, &with("person DO"), None, 9), ["dora"]);
        assert_eq!(list(world, &with("%"), None, 9), Vec::<String>::new());
        let teachers = AccountFilter {
            role: Some(Role::Teacher),
            ..AccountFilter::default()
        };
        assert_eq!(list(world, &teachers, None, 9), ["bert"]);
        let closed = AccountFilter {
            state: Some(AccountState::Closed),
            ..AccountFilter::default()
        };
        assert_eq!(list(world, &closed, None, 9), ["eve"]);
        first_sign_in(world, "anna");
        let lines = read(world, |at| {
            accounts::list(at, &manage(world), &with("anna"), None, 9)
        })
        .expect("listed");
        assert_eq!(
            (lines[0].has_totp, lines[0].passkeys, lines[0].roles.as_slice()),
            (true, 0, [Role::Secretary].as_slice())
        );
    });
}

#[test]
fn a_password_reset_ends_the_sessions_and_asks_for_another() {
    each_engine(|world| {
        let school = a_school(world, "1001");
        let id = person(world, "parent", Role::Student, school);
        let (token, _) = crate::go(try_password(world, "parent", PASSWORD, IP));
        let new = "a river under ice";
        write(world, &world.actor, |tx| {
            accounts::reset_password(tx, &manage(world), id, new, "forgot")
        })
        .expect("reset");
        assert_eq!(found(world, &token), None);
        let (_, stage) = crate::go(try_password(world, "parent", new, IP));
        assert_eq!(stage, sessions::Stage::NewPassword);
    });
}

#[test]
fn the_director_is_told_how_many_accounts_nobody_has_set_up_yet() {
    each_engine(|world| {
        let school = a_school(world, "1256");
        person(world, "used", Role::Secretary, school);
        person(world, "unused", Role::Secretary, school);
        let gone = person(world, "gone", Role::Secretary, school);
        first_sign_in(world, "used");
        write(world, &world.actor, |tx| {
            accounts::close(tx, &manage(world), gone, "left")
        })
        .expect("closed");
        let figures = read(world, |at| access::account_figures(at, &manage(world))).expect("counted");
        assert_eq!(
            (figures.open, figures.without_factor),
            (2, 1),
            "a closed account is not counted, one with an authenticator is set up"
        );
    });
}
