//! A decision touches its own field, and no other: of one record some fields
//! stand as PASI says, others as we say, others wait.

use super::alerts::refused_by;
use super::both::{Both, address, person, played, wide};
use super::exchange::decision;
use crate::{Choice, Difference, decide, map};
use Choice::{Ours, Theirs};
use kernel::{Grade, Outcome, StudentId};
use pasi_wire::messages as wire;
use people::On;
use testkit::date;

/// Applies sides to the open differences of those fields.
fn tries(both: &Both<'_>, student: StudentId, sides: &[(&str, Choice)]) -> Outcome<()> {
    let open = both.differences(student);
    let of = |field: &str| -> &Difference {
        let found = open.iter().find(|one| one.field == field);
        found.unwrap_or_else(|| panic!("{field} differs: {open:?}"))
    };
    let decisions: Vec<_> = sides
        .iter()
        .map(|(field, choice)| decision(of(field), *choice))
        .collect();
    let carol = person("Carol Nadeau");
    both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
        decide(tx, &wide(&carol), student, &decisions)
    })
}

fn open_fields(both: &Both<'_>, student: StudentId) -> Vec<String> {
    let mut fields: Vec<String> = both
        .differences(student)
        .into_iter()
        .map(|one| one.field)
        .collect();
    fields.sort();
    fields
}

/// A student whose enrolment PASI has otherwise in grade, day of start and a code.
async fn otherwise_enrolled(both: &Both<'_>, first: &str) -> StudentId {
    let (student, _) = both.settled(first).await;
    both.re_enrolled_there(student, |theirs| {
        theirs.grade = Some(Grade::G5);
        theirs.registration_start_date = date("2026-09-08");
        theirs.extended.exception_codes = vec!["57".to_owned()];
    })
    .await;
    both.listens().await;
    assert_eq!(
        open_fields(both, student),
        ["exception-codes", "grade", "start-date"]
    );
    student
}

#[test]
fn of_an_enrolment_each_field_stands_as_it_was_decided_and_what_nobody_decided_waits() {
    played(async |both| {
        let student = otherwise_enrolled(both, "Aiyana").await;
        tries(both, student, &[("grade", Theirs)]).expect("decided");
        let (ours, there) = (both.enrolment_here(student), both.enrolment_there(student));
        assert_eq!((ours.grade, ours.start), (Grade::G5, date("2026-09-01")));
        assert_eq!(ours.coding.exceptions, Vec::<String>::new());
        assert_eq!(open_fields(both, student), ["exception-codes", "start-date"]);
        both.syncs().await;
        assert_eq!(both.states(student), [], "PASI is not told its own news");
        assert_eq!(both.enrolment_there(student), there, "nothing went to PASI");
        let alone = tries(both, student, &[("start-date", Ours)]);
        assert!(
            refused_by(&alone, "LP-0608"),
            "the code would go along: {alone:?}"
        );
        tries(
            both,
            student,
            &[("start-date", Ours), ("exception-codes", Theirs)],
        )
        .expect("decided");
        both.syncs().await;
        let stuck: Vec<_> = both.open(student).iter().map(crate::Item::answer).collect();
        assert_eq!(stuck, [], "ours has gone");
        let (ours, there) = (both.enrolment_here(student), both.enrolment_there(student));
        for (case, grade, start, codes) in [
            ("here", Some(ours.grade), ours.start, ours.coding.exceptions),
            (
                "there",
                there.grade,
                there.registration_start_date,
                there.extended.exception_codes,
            ),
        ] {
            assert_eq!(
                (grade, start, codes),
                (Some(Grade::G5), date("2026-09-01"), vec!["57".to_owned()]),
                "{case}"
            );
        }
        assert_eq!(
            (both.differences(student), both.states(student)),
            (vec![], vec![])
        );
    });
}

#[test]
fn every_mix_of_sides_of_an_enrolment_gives_each_field_its_own() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        let fields = ["grade", "start-date", "exception-codes"];
        for mix in 0_usize..8 {
            let before = both.enrolment_here(student);
            // Whatever we have, PASI gets the other.
            let other = |is: bool, one: &str, two: &str| if is { two } else { one }.to_owned();
            both.re_enrolled_there(student, |theirs| {
                let is_five = before.grade == Grade::G5;
                theirs.grade = Some(if is_five { Grade::G6 } else { Grade::G5 });
                let is_eighth = before.start == date("2026-09-08");
                theirs.registration_start_date = date(&other(is_eighth, "2026-09-08", "2026-09-01"));
                let is_57 = before.coding.exceptions == ["57"];
                theirs.extended.exception_codes = vec![other(is_57, "57", "56")];
            })
            .await;
            both.listens().await;
            let side = |at: usize| if mix >> at & 1 == 1 { Theirs } else { Ours };
            let sides: Vec<_> = (0..3).map(|at| (fields[at], side(at))).collect();
            tries(both, student, &sides).expect("decided");
            both.syncs().await;
            both.listens().await;
            let ours = both.enrolment_here(student);
            let theirs = |at: usize| side(at) == Theirs;
            assert_eq!(ours.grade != before.grade, theirs(0), "{sides:?}");
            assert_eq!(ours.start != before.start, theirs(1), "{sides:?}");
            assert_eq!(
                ours.coding.exceptions != before.coding.exceptions,
                theirs(2),
                "{sides:?}"
            );
            let there = both.enrolment_there(student);
            assert_eq!(
                (
                    there.grade,
                    there.registration_start_date,
                    &there.extended.exception_codes
                ),
                (Some(ours.grade), ours.start, &ours.coding.exceptions),
                "both sides say the same: {sides:?}"
            );
            assert_eq!(
                (both.differences(student), both.states(student)),
                (vec![], vec![])
            );
        }
    });
}

#[test]
fn an_exit_that_only_pasi_has_is_taken_with_its_kind_or_not_at_all() {
    played(async |both| {
        let (student, _) = both.settled("Aiyana").await;
        both.re_enrolled_there(student, |theirs| {
            theirs.registration_exit_date = Some(date("2026-11-16"));
            theirs.exit_date_type = wire::ExitDateType::WithdrawalDate;
        })
        .await;
        both.listens().await;
        assert_eq!(open_fields(both, student), ["exit-date", "exit-kind"]);
        for mixed in [
            &[("exit-date", Theirs), ("exit-kind", Ours)][..],
            &[("exit-date", Ours), ("exit-kind", Theirs)],
            &[("exit-date", Theirs)],
            &[("exit-kind", Theirs)],
        ] {
            let tried = tries(both, student, mixed);
            assert!(refused_by(&tried, "LP-0607"), "{mixed:?}: {tried:?}");
        }
        assert_eq!(
            both.enrolment_here(student).state.exit(),
            None,
            "nothing was touched"
        );
        tries(both, student, &[("exit-date", Theirs), ("exit-kind", Theirs)]).expect("decided");
        let exit = both.enrolment_here(student).state.exit().expect("it ended");
        assert_eq!(
            (exit.on, exit.kind),
            (date("2026-11-16"), enrolment::ExitKind::Withdrawal)
        );
        assert_eq!(both.differences(student), []);
    });
}

#[test]
fn the_day_and_the_kind_of_an_exit_that_both_have_are_decided_apart() {
    played(async |both| {
        let student = both.registers("Aiyana");
        both.re_enrols(student, |change| {
            change.exit = Some(enrolment::Exit {
                on: date("2026-11-12"),
                kind: enrolment::ExitKind::Withdrawal,
            });
        });
        both.syncs().await;
        both.server.settled().await;
        both.listens().await;
        both.re_enrolled_there(student, |theirs| {
            theirs.registration_exit_date = Some(date("2026-11-16"));
            theirs.exit_date_type = wire::ExitDateType::CompletionDate;
        })
        .await;
        both.listens().await;
        tries(both, student, &[("exit-date", Theirs), ("exit-kind", Ours)]).expect("decided");
        both.syncs().await;
        let exit = both.enrolment_here(student).state.exit().expect("it ended");
        assert_eq!(
            (exit.on, exit.kind),
            (date("2026-11-16"), enrolment::ExitKind::Withdrawal)
        );
        let there = both.enrolment_there(student);
        assert_eq!(
            (there.registration_exit_date, there.exit_date_type),
            (Some(date("2026-11-16")), wire::ExitDateType::WithdrawalDate)
        );
        assert_eq!(
            (both.differences(student), both.states(student)),
            (vec![], vec![])
        );
    });
}

#[test]
fn of_a_student_each_field_stands_as_it_was_decided() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.server
            .outside()
            .change(asn, |theirs| {
                theirs.identification.gender = "X".into();
                theirs.identification.birth_date = date("2015-04-18");
                theirs.addresses[0].street = Some("Box 77".into());
                theirs.phones[0].number = "7805550000".into();
            })
            .await
            .expect("changed");
        both.listens().await;
        let alone = tries(both, student, &[("gender", Ours)]);
        assert!(
            refused_by(&alone, "LP-0608"),
            "the birth date goes with it: {alone:?}"
        );
        // The address waits: it is a record of its own.
        let sides = [("gender", Ours), ("birth-date", Theirs), ("phone", Ours)];
        tries(both, student, &sides).expect("decided");
        both.syncs().await;
        let (ours, there) = (both.read(|at| map::load(at, student)), both.theirs(student));
        assert_eq!(
            (ours.identity.gender.as_str(), ours.identity.birth_date),
            ("F", date("2015-04-18"))
        );
        assert_eq!(
            (
                there.identification.gender.as_str(),
                there.identification.birth_date
            ),
            ("F", date("2015-04-18"))
        );
        assert_eq!(there.phones[0].number, "7806241234");
        assert_eq!(there.addresses[0].street.as_deref(), Some("Box 77"));
        assert_eq!(open_fields(both, student), ["mailing-address"]);
    });
}

#[test]
fn a_choice_made_while_ours_said_something_else_decides_nothing() {
    played(async |both| {
        let (student, asn) = both.settled("Aiyana").await;
        both.server
            .outside()
            .change(asn, |theirs| theirs.addresses[0].street = Some("Box 77".into()))
            .await
            .expect("changed");
        both.listens().await;
        let seen = decision(&both.differences(student)[0], Theirs);
        let carol = person("Carol Nadeau");
        both.write_as(&carol, |tx| {
            let kept = map::load(tx, student)?.addresses[0].clone();
            let on = On::seen(student, kept.id, kept.version);
            people::set_address(
                tx,
                &wide(&carol),
                &on,
                &address("Box 99"),
                &people::rules::OursAlone,
            )
        });
        let tried = both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
            decide(tx, &wide(&carol), student, std::slice::from_ref(&seen))
        });
        assert!(matches!(tried, Err(kernel::Failure::Conflict(_))), "{tried:?}");
        let ours = both.read(|at| map::load(at, student));
        assert_eq!(
            ours.addresses[0].value.street, "Box 99",
            "what was typed meanwhile stands"
        );
    });
}
