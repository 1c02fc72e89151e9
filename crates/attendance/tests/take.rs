//! Taking rolls on both engines: done, twice, in turn, refused, out of reach.

mod common;

use attendance::{Entry, Group, RollAt, Slot, TakeRoll};
use common::{
    a_teacher, audited, child, entry, furnish, office, read, refused, roll, school, secretary, sending,
    stands, taker, today, write,
};
use kernel::{Failure, Instant, SubmissionId};
use testkit::date;

#[test]
fn a_roll_is_taken_once_however_often_it_is_sent() {
    testkit::each_engine(|world| {
        furnish(world);
        let teacher = taker(&a_teacher(world, "2026-09-01", None));
        let cmd = sending(
            "one",
            vec![entry("ada", "P", 0), entry("ben", "A", 0), entry("cleo", "L", 0)],
        );
        let first = write(world, |tx| attendance::take(tx, &teacher, &cmd)).expect("taken");
        assert_eq!(
            (first.roll.version, first.written, first.clashes.len()),
            (1, 2, 0),
            "{}",
            world.engine
        );
        assert_eq!(first.roll.students, 3);
        let again = write(world, |tx| attendance::take(tx, &teacher, &cmd)).expect("taken before");
        assert_eq!(
            (again.roll.version, again.written, again.clashes.len()),
            (1, 0, 0)
        );
        assert_eq!(audited(world), ["attendance.take"]);
        assert_eq!(stands(world, "ada", Slot::Morning), None, "present is no row");
        assert_eq!(stands(world, "ben", Slot::Morning), Some(("A".to_owned(), 1)));

        let sheet = read(world, |at| attendance::sheet(at, &teacher, &cmd.at)).expect("shown");
        assert!(sheet.closed.is_empty(), "{:?}", sheet.closed);
        assert_eq!(sheet.lines.len(), 3);
        assert_eq!(sheet.last.len(), 5);
        assert_eq!(sheet.roll.map(|roll| roll.version), Some(1));
    });
}

#[test]
fn two_sendings_are_merged_and_a_mark_that_was_not_seen_stands() {
    testkit::each_engine(|world| {
        furnish(world);
        let teacher = taker(&a_teacher(world, "2026-09-01", None));
        let clerk = taker(&secretary());
        let of_office = sending("office", vec![entry("ada", "E", 0)]);
        write(world, |tx| attendance::take(tx, &clerk, &of_office)).expect("the office takes it");
        let late = sending(
            "teacher",
            vec![entry("ada", "A", 0), entry("ben", "A", 0), entry("cleo", "P", 0)],
        );
        let taken = write(world, |tx| attendance::take(tx, &teacher, &late)).expect("merged");
        assert_eq!((taken.roll.version, taken.written), (2, 1), "{}", world.engine);
        assert_eq!(taken.clashes.len(), 1);
        assert_eq!(taken.clashes[0].theirs.letter, "E");
        assert_eq!(stands(world, "ada", Slot::Morning), Some(("E".to_owned(), 1)));

        // The same again tells the same; with what it has seen since, it is a choice.
        let again = write(world, |tx| attendance::take(tx, &teacher, &late)).expect("told again");
        assert_eq!((again.written, again.clashes.len()), (0, 1));
        let mine = sending("choice", vec![entry("ada", "A", 1)]);
        write(world, |tx| attendance::take(tx, &teacher, &mine)).expect("chosen");
        assert_eq!(stands(world, "ada", Slot::Morning), Some(("A".to_owned(), 2)));

        // Nothing said is nothing changed; present, said of a mark that was seen, is.
        let blank = sending("blank", vec![entry("ada", "", 2)]);
        write(world, |tx| attendance::take(tx, &teacher, &blank)).expect("taken");
        assert_eq!(stands(world, "ada", Slot::Morning), Some(("A".to_owned(), 2)));
        let came = sending("came", vec![entry("ada", "P", 2)]);
        write(world, |tx| attendance::take(tx, &teacher, &came)).expect("taken");
        assert_eq!(stands(world, "ada", Slot::Morning), Some(("P".to_owned(), 3)));
        let all = read(world, |at| {
            attendance::history(at, &common::viewer(world), child("ada"), today())
        });
        let letters: Vec<String> = all
            .expect("history")
            .into_iter()
            .map(|mark| mark.letter)
            .collect();
        assert_eq!(letters, ["E", "A", "P"], "every version is kept");
    });
}

#[test]
fn what_the_rules_refuse_is_refused_whole() {
    testkit::each_engine(|world| {
        furnish(world);
        let teacher = taker(&a_teacher(world, "2026-09-01", None));
        let on = |day: &str, slot: Slot| TakeRoll {
            key: SubmissionId::derived(day),
            at: roll(day, slot),
            entries: Vec::new(),
        };
        for (cmd, found) in [
            (
                sending("a", vec![entry("ben", "A", 0), entry("dov", "A", 0)]),
                vec!["LP-0703"],
            ),
            (
                sending("b", vec![entry("ben", "A", 0), entry("ada", "?", 0)]),
                vec!["LP-0701"],
            ),
            (
                sending("c", vec![entry("ben", "A", 0), entry("ben", "A", 0)]),
                vec!["LP-0710"],
            ),
            (
                sending(
                    "d",
                    vec![Entry {
                        minutes: Some(0),
                        ..entry("ben", "L", 0)
                    }],
                ),
                vec!["LP-0707"],
            ),
            (on("2026-11-24", Slot::Morning), vec!["LP-0705"]),
            (on("2026-11-22", Slot::Morning), vec!["LP-0702"]),
            (on("2026-11-02", Slot::Morning), vec!["LP-0704"]),
            (on("2026-11-23", Slot::Period(1)), vec!["LP-0711"]),
        ] {
            let outcome = write(world, |tx| attendance::take(tx, &teacher, &cmd));
            assert_eq!(refused(outcome), found, "{}", world.engine);
        }
        assert_eq!(stands(world, "ben", Slot::Morning), None);
        assert!(audited(world).is_empty());
    });
}

#[test]
fn a_teacher_reaches_the_own_homeroom_on_the_days_of_the_tie_and_no_other() {
    testkit::each_engine(|world| {
        furnish(world);
        let substitute = a_teacher(world, "2026-11-20", Some("2026-11-24"));
        let permit = taker(&substitute);
        let elsewhere = [
            RollAt {
                group: Group::Homeroom("7B".to_owned()),
                ..roll("2026-11-23", Slot::Morning)
            },
            RollAt {
                school: school(1),
                ..roll("2026-11-23", Slot::Morning)
            },
            RollAt {
                school: kernel::SchoolId::derived("none"),
                ..roll("2026-11-23", Slot::Morning)
            },
            roll("2026-11-19", Slot::Morning),
        ];
        for at in elsewhere {
            let cmd = TakeRoll {
                key: SubmissionId::derived("x"),
                at,
                entries: Vec::new(),
            };
            let outcome = write(world, |tx| attendance::take(tx, &permit, &cmd));
            assert_eq!(
                outcome,
                Err(Failure::NotFound),
                "{:?} on {}",
                cmd.at,
                world.engine
            );
            assert!(read(world, |at| attendance::sheet(at, &permit, &cmd.at)).is_err());
        }
        let own = sending("own", vec![entry("ben", "A", 0)]);
        assert!(write(world, |tx| attendance::take(tx, &permit, &own)).is_ok());
        world
            .clock
            .set(Instant::from_rfc3339("2026-11-25T16:42:00Z").expect("a moment"));
        let after = sending("after", vec![entry("ben", "P", 1)]);
        let outcome = write(world, |tx| attendance::take(tx, &permit, &after));
        assert_eq!(outcome, Err(Failure::NotFound), "the tie is over");

        let clerk = taker(&secretary());
        let other = TakeRoll {
            key: SubmissionId::derived("other"),
            at: RollAt {
                school: school(1),
                ..roll("2026-11-23", Slot::Morning)
            },
            entries: Vec::new(),
        };
        let outcome = write(world, |tx| attendance::take(tx, &clerk, &other));
        assert_eq!(outcome, Err(Failure::NotFound), "another school's");
    });
}

#[test]
fn the_board_empties_as_rolls_are_taken() {
    testkit::each_engine(|world| {
        furnish(world);
        let teacher = taker(&a_teacher(world, "2026-09-01", None));
        let clerk = taker(&secretary());
        let board = |permit: &access::Permit<access::action::TakeAttendance>| {
            read(world, |at| attendance::board(at, permit, school(0), today())).expect("the board")
        };
        assert_eq!(board(&clerk).missing(), 4, "two homerooms, twice a day");
        assert_eq!(board(&teacher).missing(), 2, "one's own alone");
        assert_eq!(board(&clerk).lines[0].teachers, ["Satoshi Nakamura"]);
        assert_eq!(
            read(world, |at| attendance::to_take(at, &teacher)),
            Ok(1),
            "9:42: the morning"
        );
        let cmd = sending("one", vec![entry("ben", "A", 0), entry("ada", "L", 0)]);
        write(world, |tx| attendance::take(tx, &teacher, &cmd)).expect("taken");
        let after = board(&clerk);
        assert_eq!(after.missing(), 3);
        assert_eq!(after.lines[0].exceptions, (1, 1));
        assert_eq!(after.lines[0].roll.as_ref().map(|roll| roll.students), Some(3));
        assert_eq!(read(world, |at| attendance::to_take(at, &teacher)), Ok(0));
        let holiday = read(world, |at| {
            attendance::board(at, &clerk, school(0), date("2026-11-11"))
        });
        assert!(!holiday.expect("a board").is_instructional);
        let other = read(world, |at| attendance::board(at, &clerk, school(1), today()));
        assert_eq!(other, Err(Failure::NotFound));
        let _ = office(&secretary());
    });
}
