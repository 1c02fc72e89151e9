//! Schools and calendars on both engines: saved, refused, out of reach, stale.

use access::action::{ManageSchools, ViewSchools};
use access::{Permit, Standing};
use db::schema::audit;
use db::{Lane, Reading, Tx};
use diesel::prelude::*;
use kernel::{Actor, Class, Failure, Grade, Outcome, Role, SchoolId, SchoolYear};
use schools::{
    AddSchool, Authority, Calendar, Closure, ClosureKind, DayAs, SchoolDetails, SetCalendar, SetDays,
};
use testkit::{World, date};

fn details(code: &str, name: &str) -> SchoolDetails {
    SchoolDetails {
        code: code.parse().expect("test code"),
        name: name.to_owned(),
        authority: "3260".parse().expect("test code"),
        street: "109 Greely Road".to_owned(),
        city: "Fort McMurray".to_owned(),
        postal_code: "t9h4v4".to_owned(),
        phone: "780-555-0100".to_owned(),
        lowest_grade: Grade::Ecs,
        highest_grade: Grade::G9,
    }
}

fn manage(world: &World) -> Permit<ManageSchools> {
    Permit::program(&world.actor).expect("the program may")
}

fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

/// The authority and two schools, `1256` and `1559`.
fn furnish(world: &World) -> (SchoolId, SchoolId) {
    let permit = manage(world);
    write(world, |tx| {
        let authority = Authority {
            code: "3260".parse().expect("test code"),
            name: "The Fort McMurray School Division".to_owned(),
            kind: "Public".to_owned(),
        };
        schools::set_authority(tx, &permit, authority)?;
        let mut ids = Vec::new();
        for (code, name) in [("1559", "École McTavish"), ("1256", "Islamic School")] {
            let cmd = AddSchool {
                id: Some(SchoolId::derived(code)),
                details: details(code, name),
            };
            ids.push(schools::add_school(tx, &permit, cmd)?.record.id);
        }
        Ok((ids[1], ids[0]))
    })
    .expect("schools are added")
}

fn autumn(school: SchoolId, seen: i64) -> SetCalendar {
    SetCalendar {
        school,
        year: SchoolYear::ending(2027).expect("test year"),
        seen,
        first_day: date("2026-09-01"),
        last_day: date("2027-06-25"),
        closures: vec![Closure {
            on: date("2026-09-07"),
            reason: " Labour  Day ".to_owned(),
            kind: ClosureKind::Holiday,
        }],
    }
}

/// Says what one day is, over whatever version there is.
fn set_day(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    school: SchoolId,
    (day, kind, reason): (kernel::Date, DayAs, &str),
) -> Outcome<Calendar> {
    let year = SchoolYear::of(day);
    let cmd = SetDays {
        school,
        year,
        seen: schools::calendar(tx, school, year)?.version,
        from: day,
        until: day,
        kind,
        reason: reason.to_owned(),
    };
    schools::set_days(tx, permit, &cmd).map(|saved| saved.record.calendar)
}

fn close(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    school: SchoolId,
    closure: &Closure,
) -> Outcome<Calendar> {
    let kind = DayAs::Closed(closure.kind);
    set_day(tx, permit, school, (closure.on, kind, &closure.reason))
}

fn actions(world: &World) -> Vec<String> {
    world
        .store
        .read_now(testkit::DIVISION, |at| {
            let division = at.division();
            Ok(audit::table
                .filter(audit::division_id.eq(division))
                .order(audit::seq)
                .select(audit::action)
                .load(at.conn())?)
        })
        .expect("the audit is read")
}

#[test]
fn a_school_is_added_found_and_changed() {
    testkit::each_engine(|world| {
        let (islamic, mctavish) = furnish(world);
        let directory = world
            .store
            .read_now(testkit::DIVISION, |at| schools::directory(at))
            .expect("the directory is read");
        assert_eq!(directory.all().len(), 2, "{}", world.engine);
        assert_eq!(directory.name(mctavish), "École McTavish");
        let code = "1256".parse().expect("test code");
        assert_eq!(directory.by_code(code).map(|school| school.id), Some(islamic));
        assert_eq!(
            directory.get(islamic).map(|school| school.postal_code.as_str()),
            Some("T9H 4V4")
        );

        let changed = SchoolDetails {
            highest_grade: Grade::G12,
            ..details("1256", "Islamic School")
        };
        let saved = write(world, |tx| {
            schools::change_school(tx, &manage(world), islamic, 1, changed.clone())
        })
        .expect("the change is saved");
        assert_eq!(
            (saved.record.version, saved.record.highest_grade),
            (2, Grade::G12)
        );
        let again = write(world, |tx| {
            schools::change_school(tx, &manage(world), islamic, 1, changed.clone())
        });
        assert_eq!(
            again.map(|saved| saved.record.version),
            Ok(2),
            "the same save twice is one"
        );
        let stale = write(world, |tx| {
            schools::change_school(tx, &manage(world), islamic, 1, details("1256", "Other"))
        });
        assert_eq!(stale, Err(Failure::stale("school", 1, 2)));
        assert_eq!(
            actions(world),
            ["authority.set", "school.add", "school.add", "school.change"],
            "every change is audited once"
        );
    });
}

#[test]
fn a_code_that_is_taken_is_refused() {
    testkit::each_engine(|world| {
        furnish(world);
        let refused = write(world, |tx| {
            let cmd = AddSchool {
                id: None,
                details: details("1256", "Twin"),
            };
            schools::add_school(tx, &manage(world), cmd)
        });
        let Err(Failure::Invalid(findings)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(findings.0[0].code, "LP-0304");
        assert_eq!(
            actions(world).len(),
            3,
            "a refused change leaves no trace of having happened"
        );
    });
}

#[test]
fn a_calendar_is_set_and_a_snow_day_closes_it() {
    testkit::each_engine(|world| {
        let (school, _) = furnish(world);
        let year = SchoolYear::ending(2027).expect("test year");
        let set = write(world, |tx| {
            schools::set_calendar(tx, &manage(world), autumn(school, 0))
        })
        .expect("the calendar is set");
        assert_eq!(
            (set.record.version, set.record.closures[0].reason.as_str()),
            (1, "Labour Day")
        );
        let snow = Closure {
            on: date("2026-12-01"),
            reason: "Snow".to_owned(),
            kind: ClosureKind::Other,
        };
        let days = schools::rules::instructional_days(&set.record).count();
        let closed = write(world, |tx| close(tx, &manage(world), school, &snow)).expect("the day is closed");
        assert_eq!(schools::rules::instructional_days(&closed).count(), days - 1);
        let read = world
            .store
            .read_now(testkit::DIVISION, |at| schools::calendar(at, school, year));
        assert_eq!(read.as_ref(), Ok(&closed), "what is read is what was saved");
        let opened = write(world, |tx| {
            let plain = DayAs::Taught {
                is_early: false,
                bell: None,
                cycle_day: None,
            };
            set_day(tx, &manage(world), school, (date("2026-12-01"), plain, ""))
        })
        .expect("the day is opened");
        assert_eq!((opened.version, opened.closures.len()), (3, 1));
        let longer = SetCalendar {
            last_day: date("2027-06-28"),
            ..autumn(school, 1)
        };
        let stale = write(world, |tx| {
            schools::set_calendar(tx, &manage(world), longer.clone())
        });
        assert_eq!(stale, Err(Failure::stale("school_calendar", 1, 3)));
        let all = world
            .store
            .read_now(testkit::DIVISION, |at| schools::calendars(at, school));
        assert_eq!(all.map(|all| all.len()), Ok(1));
    });
}

#[test]
fn a_calendar_of_an_unknown_school_or_year_is_not_found() {
    testkit::each_engine(|world| {
        let (school, _) = furnish(world);
        let nobody = write(world, |tx| {
            schools::set_calendar(tx, &manage(world), autumn(SchoolId::derived("none"), 0))
        });
        assert_eq!(nobody, Err(Failure::NotFound));
        let snow = Closure {
            on: date("2026-12-01"),
            reason: "Snow".to_owned(),
            kind: ClosureKind::Other,
        };
        let no_year = write(world, |tx| close(tx, &manage(world), school, &snow));
        assert_eq!(no_year, Err(Failure::NotFound));
    });
}

#[test]
fn a_role_sees_its_own_schools_and_only_a_coordinator_changes_them() {
    testkit::each_engine(|world| {
        let (own, _) = furnish(world);
        let standing = |role| Standing {
            actor: Actor {
                role: Some(role),
                ..Actor::system(testkit::DIVISION, "Test")
            },
            role,
            schools: vec![own],
        };
        let permit = Permit::<ViewSchools>::wide(&standing(Role::Secretary)).expect("a secretary may look");
        let seen = world
            .store
            .read_now(testkit::DIVISION, |at| schools::schools(at, &permit))
            .expect("schools are read");
        assert_eq!(seen.iter().map(|school| school.id).collect::<Vec<_>>(), [own]);
        for (role, may) in [
            (Role::Coordinator, true),
            (Role::Secretary, false),
            (Role::Director, false),
        ] {
            let permit = Permit::<ManageSchools>::wide(&standing(role));
            assert_eq!(permit.is_ok(), may, "{role}");
            assert!(permit.is_ok() || permit.is_err_and(|refused| refused.class() == Class::Denied));
        }
    });
}

#[test]
fn the_days_without_school_are_those_of_ones_own_schools() {
    testkit::each_engine(|world| {
        let (own, other) = furnish(world);
        for school in [own, other] {
            write(world, |tx| {
                schools::set_calendar(tx, &manage(world), autumn(school, 0))
            })
            .expect("the calendar is set");
        }
        for day in ["2026-12-01", "2026-12-02"] {
            let snow = Closure {
                on: date(day),
                reason: "Snow".to_owned(),
                kind: ClosureKind::Other,
            };
            write(world, |tx| close(tx, &manage(world), other, &snow)).expect("the day is closed");
        }
        let told = |schools: Vec<SchoolId>, chosen, days: (&str, &str)| {
            let standing = Standing {
                actor: Actor {
                    role: Some(Role::Secretary),
                    ..Actor::system(testkit::DIVISION, "Test")
                },
                role: Role::Secretary,
                schools,
            };
            let permit = Permit::<ViewSchools>::wide(&standing).expect("a secretary may look");
            let days = (date(days.0), date(days.1));
            let read = |at: &mut db::Reader| schools::closed_days(at, &permit, chosen, days);
            let closed = world
                .store
                .read_now(testkit::DIVISION, read)
                .expect("days are read");
            let line = |one: schools::ClosedDays| {
                let days = format!("{} {}", one.from, one.until);
                (days, one.reason, one.schools.len())
            };
            closed.into_iter().map(line).collect::<Vec<_>>()
        };
        let labour = |schools| {
            (
                "2026-09-07 2026-09-07".to_owned(),
                "Labour Day".to_owned(),
                schools,
            )
        };
        // Begun by the last day that is asked for, so told to its end.
        let snow = ("2026-12-01 2026-12-02".to_owned(), "Snow".to_owned(), 1);
        let whole = ("2026-09-01", "2026-12-01");
        assert_eq!(
            told(vec![own], None, whole),
            [labour(1)],
            "another school's snow is not told"
        );
        assert_eq!(told(vec![own, other], None, whole), [labour(2), snow.clone()]);
        assert_eq!(told(vec![own, other], Some(other), whole), [labour(1), snow]);
        assert_eq!(
            told(vec![own], Some(other), whole),
            [],
            "nobody chooses another's school"
        );
        let before = ("2026-09-08", "2026-11-30");
        assert_eq!(
            told(vec![own, other], None, before),
            [],
            "the days asked for, and no others"
        );
    });
}
