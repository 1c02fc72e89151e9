//! Rolls of sections on both engines: who may take which, what is refused, the desk, many at once, and periods that
//! disagree with the day. Mathematics is in period 1, science in period 2, on Mondays; ada and ben sit in both, cleo
//! in mathematics alone.

mod common;

use access::Permit;
use access::action::{ManageAttendance, ManageSections};
use attendance::{
    Direction, Group, Keep, MarkRange, Mode, NewDeskEntry, OfficeMark, RollAt, Setting, Settle, Slot, Source,
    TakeRoll, default_codes,
};
use common::{
    a_teacher, child, entry, furnish, office, read, refused, school, secretary, stands, taker, today, viewer,
    write,
};
use courses::{Meeting, NewStaff, PutIn, SectionDetails, StaffRole};
use kernel::{
    AccountId, AttendanceRangeId, BellScheduleId, Class, CourseEnrolmentId, DeskEntryId, Failure, SchoolYear,
    SectionId, SectionStaffId, SubmissionId,
};
use schools::{Period, PeriodKind, SetBell};
use testkit::{World, date};

const ONE: Slot = Slot::Period(1);
const TWO: Slot = Slot::Period(2);

fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("a year")
}

fn section(name: &str) -> SectionId {
    SectionId::derived(name)
}

/// The school with its bells, its two sections and its mode.
fn furnish_periods(world: &World, mode: Mode) {
    furnish(world);
    write(world, |tx| {
        let actor = tx.actor().clone();
        let period = |(number, starts): (u8, u16)| Period {
            number,
            name: format!("Block {number}"),
            starts,
            ends: starts + 80,
            kind: PeriodKind::Instruction,
        };
        let bell = SetBell {
            school: school(0),
            year: year(),
            id: BellScheduleId::derived("bells"),
            seen: 0,
            name: "Regular".to_owned(),
            is_usual: true,
            periods: [(1, 520), (2, 610)].into_iter().map(period).collect(),
        };
        schools::set_bell(tx, &Permit::program(&actor)?, bell)?;
        courses::take_catalogue(tx, &Permit::program(&actor)?)?;
        let permit = Permit::<ManageSections>::program(&actor)?;
        for (name, code, number, students) in [
            ("math", "MATH", 1, &["ada", "ben", "cleo"][..]),
            ("science", "SCI", 2, &["ada", "ben"][..]),
        ] {
            let course = courses::course_by_code(tx, code)?.expect("of the catalogue");
            let details = SectionDetails {
                number: name.to_owned(),
                courses: vec![course.id],
                term: None,
                first_day: date("2026-09-01"),
                last_day: date("2027-06-25"),
                room: String::new(),
                capacity: None,
                meetings: vec![Meeting::new(1, number)],
            };
            courses::make_section(tx, &permit, section(name), (school(0), year()), details)?;
            for student in students {
                let seat = PutIn {
                    id: CourseEnrolmentId::derived(&format!("{name} {student}")),
                    student: child(student),
                    from: date("2026-09-01"),
                    until: None,
                };
                courses::put_in_one(tx, &permit, section(name), &seat, "")?;
            }
        }
        keeps(tx, mode, None)
    })
    .expect("the school is furnished");
}

fn keeps(tx: &mut db::Tx, mode: Mode, closed_until: Option<&str>) -> kernel::Outcome<()> {
    let permit = Permit::<ManageAttendance>::program(&tx.actor().clone())?;
    let version = attendance::setting_of(tx, &permit, school(0))?.version;
    let wanted = Setting {
        mode,
        closed_until: closed_until.map(date),
        version,
        ..Setting::unset(school(0))
    };
    attendance::set_up(tx, &permit, &wanted, &default_codes().0).map(|_| ())
}

fn teaches(world: &World, account: AccountId, name: &str, (from, until): (&str, Option<&str>)) {
    write(world, |tx| {
        let permit = Permit::<ManageSections>::program(&tx.actor().clone())?;
        let new = NewStaff {
            id: SectionStaffId::derived(name),
            account,
            role: StaffRole::Substitute,
            from: date(from),
            until: until.map(date),
        };
        courses::add_staff(tx, &permit, section(name), &new).map(|_| ())
    })
    .expect("teaches");
}

fn roll(name: &str, on: &str, slot: Slot) -> RollAt {
    RollAt {
        school: school(0),
        on: date(on),
        slot,
        group: Group::Section(section(name)),
    }
}

fn sending(key: &str, at: RollAt, entries: Vec<attendance::Entry>) -> TakeRoll {
    TakeRoll {
        key: SubmissionId::derived(key),
        at,
        entries,
    }
}

#[test]
fn a_roll_of_a_section_is_taken_once_and_refused_where_it_cannot_be() {
    testkit::each_engine(|world| {
        furnish_periods(world, Mode::Period);
        let standing = a_teacher(world, "2026-09-01", None);
        let account = standing.actor.account.expect("an account");
        teaches(world, account, "math", ("2026-09-01", None));
        let teacher = taker(&standing);
        let send = |cmd: &TakeRoll| write(world, |tx| attendance::take(tx, &teacher, cmd));
        let first = sending("one", roll("math", "2026-11-23", ONE), vec![entry("ben", "A", 0)]);
        let taken = send(&first).expect("taken");
        assert_eq!(
            (taken.roll.version, taken.roll.students, taken.written),
            (1, 3, 1),
            "{}",
            world.engine
        );
        assert_eq!(
            send(&first).map(|again| again.written),
            Ok(0),
            "the same sending is one roll"
        );
        let other = sending(
            "two",
            roll("math", "2026-11-23", ONE),
            vec![entry("ben", "L", 0), entry("ada", "A", 0)],
        );
        let merged = send(&other).expect("merged");
        assert_eq!(
            (merged.written, merged.clashes.len()),
            (1, 1),
            "what was not seen stands"
        );
        for (case, at, said, code) in [
            (
                "not in it",
                roll("math", "2026-11-23", ONE),
                vec![entry("dov", "A", 0)],
                "LP-0703",
            ),
            (
                "no such code",
                roll("math", "2026-11-23", ONE),
                vec![entry("ada", "?", 0)],
                "LP-0701",
            ),
            (
                "another period",
                roll("math", "2026-11-23", TWO),
                vec![],
                "LP-0723",
            ),
            ("another day", roll("math", "2026-11-20", ONE), vec![], "LP-0723"),
            (
                "half a day",
                roll("math", "2026-11-23", Slot::Morning),
                vec![],
                "LP-0711",
            ),
            (
                "outside the calendar",
                roll("math", "2026-11-22", ONE),
                vec![],
                "LP-0702",
            ),
            ("not yet", roll("math", "2026-11-30", ONE), vec![], "LP-0705"),
        ] {
            assert_eq!(refused(send(&sending(case, at, said))), [code], "{case}");
        }
        let stranger = sending("x", roll("science", "2026-11-23", TWO), vec![]);
        assert_eq!(
            send(&stranger).map(|_| ()),
            Err(Failure::NotFound),
            "another's section"
        );
        let elsewhere = RollAt {
            school: school(1),
            ..roll("math", "2026-11-23", ONE)
        };
        assert_eq!(
            send(&sending("y", elsewhere, vec![])).map(|_| ()),
            Err(Failure::NotFound),
            "another school"
        );
        let daily = sending("z", common::roll("2026-11-23", Slot::Morning), vec![]);
        assert_eq!(
            refused(send(&daily)),
            ["LP-0711"],
            "the school takes no daily roll"
        );
        write(world, |tx| keeps(tx, Mode::Daily, None)).expect("daily");
        assert_eq!(
            refused(send(&first)),
            ["LP-0711"],
            "nor of sections, from then on"
        );
        write(world, |tx| keeps(tx, Mode::Period, Some("2026-11-23"))).expect("closed");
        assert_eq!(refused(send(&first)), ["LP-0706"], "a locked day");
    });
}

#[test]
fn a_substitute_has_the_own_section_on_the_own_day() {
    testkit::each_engine(|world| {
        furnish_periods(world, Mode::Period);
        let standing = a_teacher(world, "2026-09-01", None);
        let account = standing.actor.account.expect("an account");
        teaches(world, account, "science", ("2026-11-23", Some("2026-11-23")));
        let substitute = taker(&standing);
        let lines = |on: &str| {
            let board = read(world, |at| {
                attendance::board(at, &substitute, school(0), date(on))
            });
            let lines = board.expect("a board").lines.into_iter();
            lines
                .map(|line| (line.name, line.period, line.begins))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            lines("2026-11-23"),
            [("science · Science".to_owned(), "Block 2".to_owned(), 610)],
            "{}",
            world.engine
        );
        assert_eq!(lines("2026-11-16"), [], "not the week before");
        let sheet =
            |at: RollAt| read(world, |reader| attendance::sheet(reader, &substitute, &at)).map(|_| ());
        assert_eq!(sheet(roll("science", "2026-11-23", TWO)), Ok(()));
        assert_eq!(sheet(roll("science", "2026-11-16", TWO)), Err(Failure::NotFound));
        assert_eq!(sheet(roll("math", "2026-11-23", ONE)), Err(Failure::NotFound));
        let clerk = taker(&secretary());
        let all = read(world, |at| attendance::board(at, &clerk, school(0), today())).expect("a board");
        let named: Vec<(&str, usize)> = all
            .lines
            .iter()
            .map(|line| (line.name.as_str(), line.students))
            .collect();
        assert_eq!(named, [("math · Mathematics", 3), ("science · Science", 2)]);
        assert_eq!(all.due(600), (1, 1), "the period that began");
    });
}

#[test]
fn same_as_last_time_is_the_period_before() {
    testkit::each_engine(|world| {
        furnish_periods(world, Mode::Period);
        let clerk = taker(&secretary());
        let same = |name: &str, at: RollAt| {
            let sheet = read(world, |reader| attendance::sheet(reader, &clerk, &at)).expect("a roll");
            let mut lines = sheet.lines.into_iter();
            lines
                .find(|line| line.student == child(name))
                .and_then(|line| line.same)
        };
        let science = roll("science", "2026-11-23", TWO);
        assert_eq!(
            same("ada", science.clone()),
            None,
            "nothing is known: {}",
            world.engine
        );
        let earlier = sending(
            "a",
            roll("science", "2026-11-16", TWO),
            vec![entry("ada", "E", 0)],
        );
        write(world, |tx| attendance::take(tx, &clerk, &earlier)).expect("a week before");
        assert_eq!(
            same("ada", science.clone()).as_deref(),
            Some("E"),
            "the class before"
        );
        let math = sending("b", roll("math", "2026-11-23", ONE), vec![entry("ben", "A", 0)]);
        write(world, |tx| attendance::take(tx, &clerk, &math)).expect("the period before");
        assert_eq!(same("ada", science.clone()).as_deref(), Some("P"));
        assert_eq!(same("ben", science).as_deref(), Some("A"));
    });
}

#[test]
fn the_desk_and_entries_for_many_reach_the_periods_of_a_student() {
    testkit::each_engine(|world| {
        furnish_periods(world, Mode::Both);
        let clerk = office(&secretary());
        let leaves = NewDeskEntry {
            id: DeskEntryId::derived("out"),
            school: school(0),
            student: child("ada"),
            direction: Direction::Out,
            minute: 9 * 60,
            reason: "Dentist".to_owned(),
            letter: "E".to_owned(),
        };
        // The clock of the test stands at noon of the day.
        write(world, |tx| attendance::pass_desk(tx, &clerk, &leaves)).expect("noted");
        for slot in [Slot::Morning, ONE, TWO] {
            assert_eq!(
                stands(world, "ada", slot),
                Some(("E".to_owned(), 1)),
                "{slot} {}",
                world.engine
            );
        }
        assert_eq!(stands(world, "ada", Slot::Afternoon), None);
        let trip = MarkRange {
            id: AttendanceRangeId::derived("trip"),
            school: school(0),
            students: vec![child("ben"), child("cleo")],
            days: (date("2026-11-16"), date("2026-11-23")),
            slots: vec![ONE, TWO],
            letter: "T".to_owned(),
            comment: String::new(),
        };
        let made = write(world, |tx| attendance::enter_range(tx, &clerk, &trip)).expect("entered");
        assert_eq!(made.marks, 6, "two Mondays: ben in both periods, cleo in one");
        let nobody = MarkRange {
            id: AttendanceRangeId::derived("nobody"),
            students: vec![child("dov")],
            ..trip
        };
        assert_eq!(
            refused(write(world, |tx| attendance::enter_range(tx, &clerk, &nobody))),
            ["LP-0724"]
        );
        let mark = OfficeMark {
            school: school(0),
            student: child("cleo"),
            on: today(),
            slot: TWO,
            letter: "E".to_owned(),
            minutes: None,
            comment: String::new(),
            seen: 0,
        };
        let said = write(world, |tx| {
            attendance::mark(tx, &clerk, &mark, (Source::Office, ""))
        });
        assert_eq!(refused(said), ["LP-0724"], "no class then");
    });
}

#[test]
fn a_disagreement_is_settled_once_and_taken_back() {
    testkit::each_engine(|world| {
        furnish_periods(world, Mode::Both);
        let (taker, clerk) = (taker(&secretary()), office(&secretary()));
        let rolls = [
            sending(
                "am",
                common::roll("2026-11-23", Slot::Morning),
                vec![entry("ben", "E", 0)],
            ),
            sending("p1", roll("math", "2026-11-23", ONE), vec![entry("ben", "A", 0)]),
            sending("p2", roll("science", "2026-11-23", TWO), vec![]),
        ];
        for cmd in &rolls {
            write(world, |tx| attendance::take(tx, &taker, cmd)).expect("taken");
        }
        let open =
            || read(world, |at| attendance::differing(at, &clerk, school(0), today())).expect("a list");
        let found = open();
        assert_eq!(found.len(), 1, "{}: {found:?}", world.engine);
        assert_eq!((found[0].student, found[0].how.as_str()), (child("ben"), "there"));
        let cmd = Settle {
            id: AttendanceRangeId::derived("settle"),
            school: school(0),
            student: child("ben"),
            on: today(),
            half: Slot::Morning,
            keep: Keep::Day,
            seen: vec![(Slot::Morning, 1), (ONE, 1), (TWO, 0)],
        };
        let settle = |cmd: &Settle| write(world, |tx| attendance::settle(tx, &clerk, cmd));
        let stale = Settle {
            seen: vec![(Slot::Morning, 1), (ONE, 2), (TWO, 0)],
            ..cmd.clone()
        };
        assert_eq!(
            settle(&stale).map_err(|failure| failure.class()).map(|_| ()),
            Err(Class::Conflict)
        );
        let other = Settle {
            school: school(1),
            ..cmd.clone()
        };
        assert_eq!(
            settle(&other).map(|_| ()),
            Err(Failure::NotFound),
            "another school"
        );
        assert_eq!(
            settle(&cmd).map(|made| made.marks),
            Ok(2),
            "both periods take the day's word"
        );
        assert_eq!(
            settle(&cmd).map(|made| made.marks),
            Ok(2),
            "sent twice, settled once"
        );
        assert_eq!(stands(world, "ben", TWO), Some(("E".to_owned(), 1)));
        assert_eq!(open(), []);
        let none = Settle {
            id: AttendanceRangeId::derived("none"),
            ..cmd.clone()
        };
        assert_eq!(refused(settle(&none)), ["LP-0725"]);
        write(world, |tx| attendance::undo_range(tx, &clerk, cmd.id)).expect("taken back");
        assert_eq!(stands(world, "ben", TWO), Some(("P".to_owned(), 2)));
        assert_eq!(
            stands(world, "ben", ONE),
            Some(("A".to_owned(), 3)),
            "what it said before"
        );
        assert_eq!(open().len(), 1);
    });
}

#[test]
fn a_year_counts_periods_where_no_daily_roll_does() {
    testkit::each_engine(|world| {
        furnish_periods(world, Mode::Both);
        let clerk = taker(&secretary());
        let rolls = [
            sending("a", roll("math", "2026-11-16", ONE), vec![entry("ben", "A", 0)]),
            sending("b", roll("math", "2026-11-23", ONE), vec![entry("ben", "A", 0)]),
            sending("c", common::roll("2026-11-23", Slot::Morning), vec![]),
        ];
        for cmd in &rolls {
            write(world, |tx| attendance::take(tx, &clerk, cmd)).expect("taken");
        }
        let all = read(world, |at| {
            attendance::summary(at, &viewer(world), school(0), year())
        })
        .expect("a year");
        let half = attendance::Tally::DAY / 2;
        assert_eq!(
            (all[0].student, all[0].tally.absent()),
            (child("ben"), half),
            "one of two periods on a day without a daily roll: {}",
            world.engine
        );
        let own = read(world, |at| {
            attendance::student_year(at, &viewer(world), child("ben"), year())
        });
        let own = own.expect("a year");
        assert_eq!((own.tally.absent(), own.marks.len(), own.uncounted), (half, 2, 1));
    });
}
