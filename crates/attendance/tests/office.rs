//! The office on both engines: corrections, explanations, calls, the desk, many at once, codes.

mod common;

use attendance::{
    CallOutcome, Direction, MarkRange, Meaning, Mode, NewCall, NewDeskEntry, OfficeMark, Setting, Slot,
    Source, default_codes,
};
use common::{
    audited, child, entry, furnish, office, read, refused, school, secretary, sending, stands, taker, today,
    viewer, write,
};
use kernel::{AttendanceCallId, AttendanceRangeId, Class, DeskEntryId, Failure, SchoolYear};
use testkit::{World, date};

fn said(name: &str, slot: Slot, letter: &str, seen: i64) -> OfficeMark {
    OfficeMark {
        school: school(0),
        student: child(name),
        on: today(),
        slot,
        letter: letter.to_owned(),
        minutes: None,
        comment: String::new(),
        seen,
    }
}

fn absent(world: &World) {
    let clerk = taker(&secretary());
    for (key, slot) in [("am", Slot::Morning), ("pm", Slot::Afternoon)] {
        let mut cmd = sending(key, vec![entry("ben", "A", 0)]);
        cmd.at.slot = slot;
        write(world, |tx| attendance::take(tx, &clerk, &cmd)).expect("taken");
    }
}

#[test]
fn a_correction_keeps_what_was_said_before_and_names_what_it_saw() {
    testkit::each_engine(|world| {
        furnish(world);
        absent(world);
        let clerk = office(&secretary());
        let say = |cmd: &OfficeMark| {
            write(world, |tx| {
                attendance::mark(tx, &clerk, cmd, (Source::Office, ""))
            })
        };
        let stale = say(&said("ben", Slot::Morning, "E", 0));
        assert_eq!(
            stale.map_err(|failure| failure.class()),
            Err(Class::Conflict),
            "{}",
            world.engine
        );
        let mark = say(&said("ben", Slot::Morning, "E", 1)).expect("corrected");
        assert_eq!(
            (mark.letter.as_str(), mark.known.version, mark.source),
            ("E", 2, Source::Office)
        );
        let again = say(&said("ben", Slot::Morning, "E", 1)).expect("the same again");
        assert_eq!(again.known.version, 2, "what stands is not saved again");
        assert_eq!(
            refused(say(&said("zoe", Slot::Morning, "E", 0))),
            ["LP-0703"],
            "not at the school"
        );
        let other = OfficeMark {
            school: school(1),
            ..said("zoe", Slot::Morning, "E", 0)
        };
        assert_eq!(say(&other), Err(Failure::NotFound), "another school's");
        let ahead = OfficeMark {
            on: date("2026-11-26"),
            ..said("ada", Slot::Morning, "E", 0)
        };
        assert!(say(&ahead).is_ok(), "the family called ahead");
        let weekend = OfficeMark {
            on: date("2026-11-28"),
            ..said("ada", Slot::Morning, "E", 0)
        };
        assert_eq!(refused(say(&weekend)), ["LP-0702"]);
    });
}

#[test]
fn an_absence_is_called_about_and_explained() {
    testkit::each_engine(|world| {
        furnish(world);
        absent(world);
        let clerk = office(&secretary());
        let open = || {
            read(world, |at| {
                attendance::unexplained(at, &clerk, school(0), today())
            })
            .expect("the list")
        };
        assert_eq!((open().len(), open()[0].marks.len()), (1, 2), "{}", world.engine);
        let call = NewCall {
            id: AttendanceCallId::derived("call"),
            school: school(0),
            student: child("ben"),
            on: today(),
            spoke_with: "Rose Cardinal".to_owned(),
            outcome: CallOutcome::Message,
            note: String::new(),
        };
        for _ in 0..2 {
            write(world, |tx| attendance::note_call(tx, &clerk, &call)).expect("noted");
        }
        assert_eq!(open()[0].calls.len(), 1, "a form sent twice is one call");
        let nobody = NewCall {
            id: AttendanceCallId::derived("b"),
            spoke_with: String::new(),
            ..call
        };
        assert_eq!(
            refused(write(world, |tx| attendance::note_call(tx, &clerk, &nobody))),
            ["LP-0717"]
        );

        let seen: Vec<(Slot, i64)> = open()[0]
            .marks
            .iter()
            .map(|mark| (mark.slot, mark.known.version))
            .collect();
        let explain = |letter: &str| {
            let cmd = OfficeMark {
                comment: "dentist".to_owned(),
                ..said("ben", Slot::Morning, letter, 0)
            };
            write(world, |tx| {
                attendance::explain(tx, &clerk, &cmd, &seen, Source::Family)
            })
        };
        assert_eq!(refused(explain("A")), ["LP-0715"]);
        assert_eq!(explain("E"), Ok(2));
        assert!(open().is_empty());
        assert_eq!(stands(world, "ben", Slot::Afternoon), Some(("E".to_owned(), 2)));
        let year = SchoolYear::ending(2027).expect("a year");
        let of_ben = read(world, |at| {
            attendance::student_year(at, &viewer(world), child("ben"), year)
        })
        .expect("a year");
        assert_eq!(
            (of_ben.tally.authorized, of_ben.marks[0].source),
            (attendance::Tally::DAY, Source::Family)
        );
        let all = read(world, |at| {
            attendance::summary(at, &viewer(world), school(0), year)
        })
        .expect("a summary");
        assert_eq!(
            (all.len(), all[0].student, all[0].tally.absent()),
            (4, child("ben"), attendance::Tally::DAY)
        );
        assert!(all[0].possible > 100);
    });
}

fn trip(id: &str, letter: &str) -> MarkRange {
    MarkRange {
        id: AttendanceRangeId::derived(id),
        school: school(0),
        students: vec![child("ada"), child("ben"), child("dov")],
        days: (date("2026-11-20"), date("2026-11-24")),
        slots: Slot::DAILY.to_vec(),
        letter: letter.to_owned(),
        comment: "museum".to_owned(),
    }
}

#[test]
fn one_code_is_entered_for_many_shown_before_and_taken_back() {
    testkit::each_engine(|world| {
        furnish(world);
        absent(world);
        let clerk = office(&secretary());
        write(world, |tx| {
            attendance::mark(
                tx,
                &clerk,
                &said("ada", Slot::Morning, "I", 0),
                (Source::Office, ""),
            )
        })
        .expect("ill");
        let plan = read(world, |at| attendance::plan_range(at, &clerk, &trip("a", "T"))).expect("a plan");
        assert_eq!(
            plan.counts(),
            (17, 1),
            "three days, twice, three students; who is ill stays ill: {}",
            world.engine
        );
        let enter = || write(world, |tx| attendance::enter_range(tx, &clerk, &trip("a", "T")));
        assert_eq!(enter().map(|made| made.marks), Ok(17));
        assert_eq!(enter().map(|made| made.marks), Ok(17), "sent twice, entered once");
        assert_eq!(stands(world, "ben", Slot::Morning), Some(("T".to_owned(), 2)));
        assert_eq!(stands(world, "ada", Slot::Morning), Some(("I".to_owned(), 1)));
        // Somebody corrects one of them; the rest is taken back.
        write(world, |tx| {
            attendance::mark(
                tx,
                &clerk,
                &said("dov", Slot::Morning, "U", 1),
                (Source::Office, ""),
            )
        })
        .expect("corrected");
        let undo = || {
            write(world, |tx| {
                attendance::undo_range(tx, &clerk, AttendanceRangeId::derived("a"))
            })
        };
        assert_eq!(undo(), Ok(16));
        assert_eq!(undo(), Ok(0), "twice is once");
        assert_eq!(
            stands(world, "ben", Slot::Morning),
            Some(("A".to_owned(), 3)),
            "as it was before"
        );
        assert_eq!(
            stands(world, "dov", Slot::Morning),
            Some(("U".to_owned(), 2)),
            "changed since, so it stays"
        );
        assert_eq!(stands(world, "dov", Slot::Afternoon), Some(("P".to_owned(), 2)));
        let listed = read(world, |at| attendance::ranges(at, &clerk, school(0))).expect("a list");
        assert!(listed[0].undone_at.is_some());
    });
}

#[test]
fn an_entry_for_many_that_cannot_be_is_refused_whole() {
    testkit::each_engine(|world| {
        furnish(world);
        let clerk = office(&secretary());
        let weekend = MarkRange {
            days: (date("2026-11-21"), date("2026-11-22")),
            ..trip("a", "T")
        };
        let stranger = MarkRange {
            students: vec![child("ada"), child("zoe")],
            ..trip("b", "T")
        };
        let nobody = MarkRange {
            students: Vec::new(),
            ..trip("c", "T")
        };
        for (cmd, found) in [
            (weekend, vec!["LP-0713"]),
            (stranger, vec!["LP-0703"]),
            (nobody, vec!["LP-0714"]),
            (trip("d", "Z"), vec!["LP-0701"]),
        ] {
            assert_eq!(
                refused(write(world, |tx| attendance::enter_range(tx, &clerk, &cmd))),
                found,
                "{}",
                world.engine
            );
        }
        let other = MarkRange {
            school: school(1),
            ..trip("e", "T")
        };
        let outcome = write(world, |tx| attendance::enter_range(tx, &clerk, &other));
        assert_eq!(outcome, Err(Failure::NotFound));
        assert!(audited(world).is_empty());
    });
}

#[test]
fn the_desk_notes_who_came_late_and_marks_the_slot_of_that_time() {
    testkit::each_engine(|world| {
        furnish(world);
        absent(world);
        let clerk = office(&secretary());
        let came = |id: &str, name: &str, minute: i32, letter: &str| NewDeskEntry {
            id: DeskEntryId::derived(id),
            school: school(0),
            student: child(name),
            direction: Direction::In,
            minute,
            reason: "bus".to_owned(),
            letter: letter.to_owned(),
        };
        let pass = |new: &NewDeskEntry| write(world, |tx| attendance::pass_desk(tx, &clerk, new));
        for _ in 0..2 {
            pass(&came("a", "ben", 551, "L")).expect("noted");
        }
        assert_eq!(
            stands(world, "ben", Slot::Morning),
            Some(("L".to_owned(), 2)),
            "{}",
            world.engine
        );
        pass(&came("b", "ada", 560, "")).expect("noted without a mark");
        assert_eq!(stands(world, "ada", Slot::Morning), None);
        assert_eq!(
            refused(pass(&came("c", "ada", 900, "L"))),
            ["LP-0716"],
            "it is 9:42"
        );
        let lines = read(world, |at| attendance::desk(at, &clerk, school(0), today())).expect("the desk");
        assert_eq!(
            lines.iter().map(|line| line.minute).collect::<Vec<_>>(),
            [560, 551]
        );
    });
}

#[test]
fn a_school_sets_its_codes_and_what_was_marked_before_keeps_its_meaning() {
    testkit::each_engine(|world| {
        furnish(world);
        absent(world);
        let clerk = office(&secretary());
        let setting = Setting {
            closed_until: Some(date("2026-10-31")),
            teacher_days: 3,
            ..Setting::unset(school(0))
        };
        assert_eq!(setting.mode, Mode::Daily);
        let mut codes = default_codes().0;
        codes[3].label_en = "Excused by a guardian".to_owned();
        codes.retain(|code| code.letter != "U");
        let set = |seen: i64| {
            let wanted = Setting {
                version: seen,
                ..setting.clone()
            };
            write(world, |tx| attendance::set_up(tx, &clerk, &wanted, &codes))
        };
        assert_eq!(set(0).map(|saved| saved.version), Ok(1), "{}", world.engine);
        assert_eq!(set(0).map(|saved| saved.version), Ok(1), "the same again");
        let stale = write(world, |tx| {
            attendance::set_up(
                tx,
                &clerk,
                &Setting {
                    teacher_days: 5,
                    ..setting.clone()
                },
                &codes,
            )
        });
        assert_eq!(stale.map_err(|failure| failure.class()), Err(Class::Conflict));
        let now = read(world, |at| attendance::codes_of(at, &clerk, school(0))).expect("codes");
        assert!(now.find("U", today()).is_none(), "no longer offered");
        assert!(now.find("U", date("2026-11-20")).is_some(), "and still read");
        assert_eq!(
            now.find("E", today()).map(|code| code.label_en.as_str()),
            Some("Excused by a guardian")
        );
        assert_eq!(
            now.find("E", date("2026-11-20"))
                .map(|code| code.label_en.as_str()),
            Some("Excused")
        );
        assert_eq!(
            now.of(Meaning::Present, today()).map(|code| code.letter.as_str()),
            Some("P")
        );
        let few: Vec<_> = codes.iter().filter(|code| code.letter != "L").cloned().collect();
        let wanted = Setting {
            version: 1,
            ..setting.clone()
        };
        assert_eq!(
            refused(write(world, |tx| attendance::set_up(tx, &clerk, &wanted, &few))),
            ["LP-0721"]
        );
        let closed = OfficeMark {
            on: date("2026-10-30"),
            ..said("ada", Slot::Morning, "E", 0)
        };
        let outcome = write(world, |tx| {
            attendance::mark(tx, &clerk, &closed, (Source::Office, ""))
        });
        assert_eq!(refused(outcome), ["LP-0706"]);
    });
}
