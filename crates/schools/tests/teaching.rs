//! The teaching day on both engines: days, terms, cycles and bell schedules saved, refused, stale, copied.

use access::Permit;
use access::action::{ManageSchools, ViewSchools};
use db::schema::audit;
use db::{Lane, Reading, Tx};
use diesel::prelude::*;
use kernel::{BellScheduleId, Failure, Grade, Outcome, SchoolId, SchoolYear};
use schools::{
    AddSchool, Authority, BellUse, ClosureKind, CopyCalendar, CopyParts, Cycle, CycleKind, DayAs, DayKind,
    Period, PeriodKind, PlanPart, SchoolDetails, Seen, SetBell, SetCalendar, SetDays, TeachingYear,
    TermDetails, TermKind, UsedOn,
};
use testkit::{World, date};

fn manage(world: &World) -> Permit<ManageSchools> {
    Permit::program(&world.actor).expect("the program may")
}

fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("test year")
}

/// Two schools; the first has a calendar of September 2026.
fn furnish(world: &World) -> (SchoolId, SchoolId) {
    let permit = manage(world);
    write(world, |tx| {
        let authority = Authority {
            code: "3260".parse().expect("test code"),
            name: "The Fort McMurray School Division".to_owned(),
            kind: "Public".to_owned(),
        };
        schools::set_authority(tx, &permit, authority)?;
        for (code, name) in [("1559", "École McTavish"), ("1256", "Islamic School")] {
            let details = SchoolDetails {
                code: code.parse().expect("test code"),
                name: name.to_owned(),
                authority: "3260".parse().expect("test code"),
                street: String::new(),
                city: String::new(),
                postal_code: String::new(),
                phone: String::new(),
                lowest_grade: Grade::Ecs,
                highest_grade: Grade::G9,
            };
            let id = Some(SchoolId::derived(code));
            schools::add_school(tx, &permit, AddSchool { id, details })?;
        }
        schools::set_calendar(tx, &permit, september(SchoolId::derived("1559"))).map(|_| ())
    })
    .expect("the schools are added");
    (SchoolId::derived("1559"), SchoolId::derived("1256"))
}

fn september(school: SchoolId) -> SetCalendar {
    SetCalendar {
        school,
        year: year(),
        seen: 0,
        first_day: date("2026-09-01"),
        last_day: date("2026-09-30"),
        closures: Vec::new(),
    }
}

fn read(world: &World, school: SchoolId) -> TeachingYear {
    world
        .store
        .read_now(testkit::DIVISION, |at| schools::teaching_year(at, school, year()))
        .expect("the year is read")
}

fn bell(school: SchoolId, name: &str, seen: i64) -> SetBell {
    let period = |number, name: &str, starts, ends| Period {
        number,
        name: name.to_owned(),
        starts,
        ends,
        kind: PeriodKind::Instruction,
    };
    SetBell {
        school,
        year: year(),
        id: BellScheduleId::derived(&format!("{school} {name}")),
        seen,
        name: name.to_owned(),
        is_usual: false,
        periods: vec![period(2, " Block  B", 600, 680), period(1, "Block A", 510, 590)],
    }
}

fn put_bell(world: &World, cmd: SetBell) -> Outcome<i64> {
    write(world, move |tx| {
        schools::set_bell(tx, &manage(world), cmd.clone()).map(|saved| saved.record.version)
    })
}

fn days(school: SchoolId, seen: i64, span: (&str, &str), kind: DayAs, reason: &str) -> SetDays {
    SetDays {
        school,
        year: year(),
        seen,
        from: date(span.0),
        until: date(span.1),
        kind,
        reason: reason.to_owned(),
    }
}

fn put_days(world: &World, cmd: SetDays) -> Outcome<i64> {
    write(world, move |tx| {
        schools::set_days(tx, &manage(world), &cmd).map(|saved| saved.record.calendar.version)
    })
}

fn codes<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Failure::Invalid(findings)) => findings.0.into_iter().map(|one| one.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn kind_on(world: &World, school: SchoolId, day: &str) -> Option<DayKind> {
    schools::rules::teaching::kind_of(&read(world, school), date(day))
}

fn audited(world: &World) -> usize {
    let count = |at: &mut db::Reader| {
        let division = at.division();
        let rows = audit::table
            .filter(audit::division_id.eq(division))
            .select(audit::action);
        Ok(rows.load::<String>(at.conn())?.len())
    };
    world
        .store
        .read_now(testkit::DIVISION, count)
        .expect("the audit is read")
}

#[test]
fn days_are_closed_shortened_and_opened_again() {
    testkit::each_engine(|world| {
        let (school, _) = furnish(world);
        assert_eq!(put_bell(world, bell(school, "Early", 0)), Ok(1));
        let early = read(world, school).bells[0].id;
        let closed = days(
            school,
            1,
            ("2026-09-10", "2026-09-14"),
            DayAs::Closed(ClosureKind::Professional),
            " Convention ",
        );
        assert_eq!(put_days(world, closed.clone()), Ok(2));
        let rows = audited(world);
        assert_eq!(
            put_days(world, closed),
            Ok(2),
            "the same form twice is one change"
        );
        assert_eq!(audited(world), rows, "{}", world.engine);
        let names: Vec<(String, String)> = read(world, school)
            .calendar
            .closures
            .into_iter()
            .map(|closure| (closure.on.to_string(), closure.reason))
            .collect();
        let wanted =
            ["2026-09-10", "2026-09-11", "2026-09-14"].map(|on| (on.to_owned(), "Convention".to_owned()));
        assert_eq!(names, wanted, "the weekend between them stays as it is");
        let short = DayAs::Taught {
            is_early: true,
            bell: Some(early),
            cycle_day: None,
        };
        let span = ("2026-09-11", "2026-09-11");
        let stale = days(school, 1, span, short.clone(), "Interviews");
        assert_eq!(
            put_days(world, stale),
            Err(Failure::stale("school_calendar", 1, 2))
        );
        assert_eq!(put_days(world, days(school, 2, span, short, "Interviews")), Ok(3));
        assert_eq!(kind_on(world, school, "2026-09-10"), Some(DayKind::Professional));
        assert_eq!(
            kind_on(world, school, "2026-09-11"),
            Some(DayKind::EarlyDismissal)
        );
        let day = world
            .store
            .read_now(testkit::DIVISION, |at| {
                schools::school_day(at, school, date("2026-09-11"))
            })
            .expect("the day is read")
            .expect("students are taught");
        assert_eq!(
            (day.is_early_dismissal, day.reason.as_str()),
            (true, "Interviews")
        );
        let plain = DayAs::Taught {
            is_early: false,
            bell: None,
            cycle_day: None,
        };
        assert_eq!(
            put_days(world, days(school, 3, ("2026-09-10", "2026-09-14"), plain, "")),
            Ok(4)
        );
        let now = read(world, school);
        assert!(now.calendar.closures.is_empty() && now.special.is_empty());
    });
}

#[test]
fn days_that_break_a_rule_are_refused() {
    testkit::each_engine(|world| {
        let (school, _) = furnish(world);
        let early = |bell| DayAs::Taught {
            is_early: true,
            bell,
            cycle_day: None,
        };
        for (span, kind, reason, want) in [
            (("2026-09-03", "2026-09-03"), early(None), "", "LP-0323"),
            (
                ("2026-09-03", "2026-09-03"),
                early(Some(BellScheduleId::derived("elsewhere"))),
                "",
                "LP-0324",
            ),
            (("2026-09-03", "2026-09-02"), early(None), "", "LP-0320"),
            (("2026-09-28", "2026-10-02"), early(None), "", "LP-0321"),
            (
                ("2026-09-03", "2026-09-03"),
                DayAs::Closed(ClosureKind::Holiday),
                " ",
                "LP-0314",
            ),
            (
                ("2026-09-01", "2026-09-30"),
                DayAs::Closed(ClosureKind::Holiday),
                "All of it",
                "LP-0317",
            ),
        ] {
            assert_eq!(
                codes(put_days(world, days(school, 1, span, kind, reason))),
                [want]
            );
        }
        let (nobody, none) = (SchoolId::derived("none"), DayAs::Closed(ClosureKind::Other));
        let missing = put_days(world, days(nobody, 1, ("2026-09-03", "2026-09-03"), none, "Snow"));
        assert_eq!(missing, Err(Failure::NotFound));
    });
}

fn semester(name: &str, first: &str, last: &str) -> TermDetails {
    TermDetails {
        id: None,
        name: name.to_owned(),
        kind: TermKind::Semester,
        first_day: date(first),
        last_day: date(last),
    }
}

#[test]
fn terms_cycle_and_use_are_parts_of_one_plan() {
    testkit::each_engine(|world| {
        let (school, _) = furnish(world);
        let set = |seen, part: PlanPart| {
            write(world, |tx| {
                schools::set_plan(tx, &manage(world), (school, year()), seen, part.clone())
            })
            .map(|saved| saved.record.plan)
        };
        let both = vec![
            semester(" Semester  2", "2026-09-15", "2026-09-30"),
            semester("Semester 1", "2026-09-01", "2026-09-14"),
        ];
        let plan = set(0, PlanPart::Terms(both.clone())).expect("terms are set");
        assert_eq!(plan.version, 1);
        let again = set(0, PlanPart::Terms(both)).expect("the same form twice is one change");
        assert_eq!(again, plan, "and the terms keep their ids");
        let stale = set(
            0,
            PlanPart::Cycle(Cycle {
                kind: CycleKind::Days,
                length: 4,
                has_letters: false,
            }),
        );
        assert_eq!(stale, Err(Failure::stale("calendar_plan", 0, 1)));
        let cycle = Cycle {
            kind: CycleKind::Days,
            length: 4,
            has_letters: false,
        };
        assert_eq!(set(1, PlanPart::Cycle(cycle)).map(|plan| plan.version), Ok(2));
        assert_eq!(put_bell(world, bell(school, "Usual", 0)), Ok(1));
        assert_eq!(put_bell(world, bell(school, "Fridays", 0)), Ok(1));
        let friday = BellUse {
            on: UsedOn::Weekday(5),
            bell: BellScheduleId::derived(&format!("{school} Fridays")),
        };
        assert_eq!(
            set(2, PlanPart::Uses(vec![friday])).map(|plan| plan.version),
            Ok(3)
        );
        let mut renamed = semester("First half", "2026-09-01", "2026-09-14");
        renamed.id = plan.terms.first().map(|term| term.id);
        assert_eq!(
            set(3, PlanPart::Terms(vec![renamed])).map(|plan| plan.version),
            Ok(4)
        );
        let now = read(world, school);
        assert_eq!(now.plan.cycle, cycle);
        assert_eq!(now.plan.uses, [friday]);
        assert_eq!(now.plan.terms.len(), 1, "a term that is not named is taken away");
        assert_eq!(now.plan.terms[0].id, plan.terms[0].id);
        let terms = world
            .store
            .read_now(testkit::DIVISION, |at| schools::terms(at, school, year()));
        assert_eq!(terms, Ok(now.plan.terms));
        let day = world
            .store
            .read_now(testkit::DIVISION, |at| {
                schools::school_day(at, school, date("2026-09-04"))
            })
            .expect("the day is read")
            .expect("students are taught");
        assert_eq!((day.cycle_day, day.label.as_str()), (Some(4), "4"));
        assert_eq!(day.bell.map(|bell| bell.name).as_deref(), Some("Fridays"));
        let twice = set(
            4,
            PlanPart::Terms(vec![
                semester("One", "2026-09-01", "2026-09-15"),
                semester("Two", "2026-09-15", "2026-09-30"),
            ]),
        );
        assert_eq!(codes(twice), ["LP-0328"]);
    });
}

#[test]
fn a_bell_schedule_is_set_changed_and_taken_away() {
    testkit::each_engine(|world| {
        let (school, _) = furnish(world);
        let usual = bell(school, "Usual", 0);
        assert_eq!(put_bell(world, usual.clone()), Ok(1));
        assert_eq!(
            put_bell(world, usual.clone()),
            Ok(1),
            "the same form twice is one record"
        );
        let now = read(world, school);
        assert_eq!(now.bells.len(), 1);
        assert!(now.bells[0].is_usual, "the first is the usual one");
        let names: Vec<&str> = now.bells[0].periods.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Block A", "Block B"]);
        let mut other = bell(school, "Fridays", 0);
        other.is_usual = true;
        assert_eq!(put_bell(world, other.clone()), Ok(1));
        let names = |year: &TeachingYear| -> Vec<(String, bool)> {
            year.bells
                .iter()
                .map(|bell| (bell.name.clone(), bell.is_usual))
                .collect()
        };
        assert_eq!(
            names(&read(world, school)),
            [("Fridays".to_owned(), true), ("Usual".to_owned(), false)]
        );
        let mut longer = usual.clone();
        longer.periods.truncate(1);
        assert_eq!(
            put_bell(world, longer.clone()),
            Err(Failure::stale("bell_schedule", 0, 1))
        );
        longer.seen = 1;
        assert_eq!(put_bell(world, longer), Ok(2));
        let mut twin = bell(school, "fridays", 0);
        twin.id = BellScheduleId::derived("twin");
        assert_eq!(codes(put_bell(world, twin)), ["LP-0333"]);
        let remove = |id, seen| {
            write(world, |tx| {
                schools::remove_bell(tx, &manage(world), (school, year()), id, seen)
            })
        };
        assert_eq!(codes(remove(other.id, 1)), ["LP-0343"]);
        assert_eq!(remove(usual.id, 1), Err(Failure::stale("bell_schedule", 1, 2)));
        assert_eq!(remove(usual.id, 2), Ok(()));
        assert_eq!(remove(usual.id, 2), Err(Failure::NotFound));
        assert_eq!(read(world, school).bells.len(), 1);
    });
}

/// The first school with everything that can be copied.
fn full(world: &World, school: SchoolId) {
    put_bell(world, bell(school, "Usual", 0)).expect("bells are set");
    put_bell(world, bell(school, "Early", 0)).expect("bells are set");
    let early = DayAs::Taught {
        is_early: true,
        bell: Some(BellScheduleId::derived(&format!("{school} Early"))),
        cycle_day: None,
    };
    put_days(
        world,
        days(school, 1, ("2026-09-04", "2026-09-04"), early, "Barbecue"),
    )
    .expect("days are set");
    let closed = DayAs::Closed(ClosureKind::Holiday);
    put_days(
        world,
        days(school, 2, ("2026-09-07", "2026-09-07"), closed, "Labour Day"),
    )
    .expect("days are set");
    write(world, |tx| {
        let terms = PlanPart::Terms(vec![semester("Semester 1", "2026-09-01", "2026-09-30")]);
        schools::set_plan(tx, &manage(world), (school, year()), 0, terms)?;
        let cycle = Cycle {
            kind: CycleKind::Days,
            length: 2,
            has_letters: true,
        };
        schools::set_plan(tx, &manage(world), (school, year()), 1, PlanPart::Cycle(cycle))
    })
    .expect("the plan is set");
}

const ALL: CopyParts = CopyParts {
    days: true,
    terms: true,
    bells: true,
};

#[test]
fn what_a_copy_would_change_is_told_and_then_done() {
    testkit::each_engine(|world| {
        let (from, to) = furnish(world);
        full(world, from);
        let preview = |parts| {
            let permit = manage(world);
            let read =
                |at: &mut db::Reader| schools::copy_preview(at, &permit, (from, year()), parts, &[from, to]);
            world
                .store
                .read_now(testkit::DIVISION, read)
                .expect("the preview is read")
        };
        let told = preview(ALL);
        assert_eq!(told.len(), 1, "a school is not copied onto itself");
        let change = &told[0];
        assert_eq!(
            change.span,
            Some((None, (date("2026-09-01"), date("2026-09-30"))))
        );
        assert_eq!(change.bells, ["Usual", "Early"]);
        assert!(change.is_plan_changed && change.terms.is_some() && change.findings.is_empty());
        let only_days = CopyParts {
            terms: false,
            bells: false,
            ..ALL
        };
        let codes_of: Vec<String> = preview(only_days)[0]
            .findings
            .0
            .iter()
            .map(|one| one.code.clone())
            .collect();
        assert_eq!(codes_of, ["LP-0345"]);
        let copy = |parts, to: Vec<(SchoolId, Seen)>| {
            let cmd = CopyCalendar {
                from,
                year: year(),
                parts,
                to,
            };
            write(world, |tx| schools::copy_calendar(tx, &manage(world), &cmd))
        };
        assert_eq!(
            codes(copy(only_days, vec![(to, change.seen.clone())])),
            ["LP-0345"]
        );
        assert_eq!(codes(copy(ALL, vec![(from, change.seen.clone())])), ["LP-0344"]);
        let wanted = vec![(to, change.seen.clone())];
        assert_eq!(copy(ALL, wanted.clone()), Ok(1));
        assert_eq!(copy(ALL, wanted), Ok(0), "sent twice, the second changes nothing");
        assert!(preview(ALL)[0].is_empty());
        let (source, copied) = (read(world, from), read(world, to));
        assert_eq!(copied.calendar.closures, source.calendar.closures);
        assert_eq!(copied.plan.cycle, source.plan.cycle);
        assert_eq!(copied.special.len(), 1);
        let early = copied.special[0].bell.and_then(|bell| copied.bell(bell));
        assert_eq!(
            early.map(|bell| bell.name.as_str()),
            Some("Early"),
            "by its own bell schedule"
        );
        assert_ne!(copied.special[0].bell, source.special[0].bell);
        assert_ne!(copied.plan.terms[0].id, source.plan.terms[0].id);
    });
}

#[test]
fn a_copy_over_what_was_saved_meanwhile_is_a_conflict() {
    testkit::each_engine(|world| {
        let (from, to) = furnish(world);
        full(world, from);
        let permit = manage(world);
        let read = |at: &mut db::Reader| schools::copy_preview(at, &permit, (from, year()), ALL, &[to]);
        let told = world
            .store
            .read_now(testkit::DIVISION, read)
            .expect("the preview is read");
        write(world, |tx| {
            schools::set_calendar(tx, &manage(world), september(to))
        })
        .expect("somebody saves");
        let cmd = CopyCalendar {
            from,
            year: year(),
            parts: ALL,
            to: vec![(to, told[0].seen.clone())],
        };
        let late = write(world, |tx| schools::copy_calendar(tx, &manage(world), &cmd));
        assert_eq!(late, Err(Failure::stale("school_calendar", 0, 1)));
    });
}

#[test]
fn a_calendar_is_read_by_whoever_holds_its_address() {
    testkit::each_engine(|world| {
        let (school, other) = furnish(world);
        let view = Permit::<ViewSchools>::program(&world.actor).expect("the program may");
        let address = || {
            world
                .store
                .read_now(testkit::DIVISION, |at| schools::feed_address(at, &view, school))
                .expect("the address is read")
        };
        assert_eq!(address(), None);
        write(world, |tx| schools::renew_feed(tx, &manage(world), school)).expect("an address is made");
        let first = address().expect("there is one");
        assert_eq!(first.len(), 64);
        let feed = |address: &str| {
            world.store.read_now(testkit::DIVISION, |at| {
                schools::feed(at, address).map(|(school, years)| (school, years.len()))
            })
        };
        assert_eq!(feed(&first), Ok((school, 1)));
        write(world, |tx| schools::renew_feed(tx, &manage(world), school)).expect("another is made");
        assert_eq!(
            feed(&first),
            Err(Failure::NotFound),
            "the one before leads nowhere"
        );
        write(world, |tx| schools::end_feed(tx, &manage(world), school)).expect("it is taken away");
        assert_eq!(address(), None);
        assert_eq!(feed(""), Err(Failure::NotFound));
        let nobody = write(world, |tx| {
            schools::renew_feed(tx, &manage(world), SchoolId::derived("none"))
        });
        assert_eq!(nobody, Err(Failure::NotFound));
        assert_ne!(school, other);
    });
}
