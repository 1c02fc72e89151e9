//! The end of a school year and the beginning of the next, for whole schools,
//! on both engines: looked at, applied, twice, stale, taken back, out of reach.

mod common;

use common::batch::{codes, look, mass_permit, someone, states, step, work};
use common::{a_student, audited, autumn, enrolled, furnish, id, read, refused, school, viewer, write, year};
use enrolment::mass::{self, BatchState, Close, Exception, MassChange, Place, Register, Row, RowState};
use enrolment::rules::{OursAlone, Seat};
use enrolment::{Change, Coding, Enrol, Enrolment, Exit, ExitKind, On, State};
use kernel::{Failure, Grade, MassUpdateId, Outcome, SchoolId, StudentId};
use schools::SetCalendar;
use testkit::{World, date};

type Who = access::Standing;

fn close() -> Close {
    Close {
        year: year(),
        schools: vec![school(0), school(1)],
        on: None,
        kind: ExitKind::Completion,
    }
}

fn register() -> Register {
    Register {
        year: year().next(),
        schools: vec![school(0), school(1)],
        on: None,
        onward: vec![],
    }
}

fn try_begin(world: &World, who: &Who, seed: &str, change: &MassChange) -> Outcome<usize> {
    let batch = MassUpdateId::derived(seed);
    write(world, |tx| {
        mass::begin_year(tx, &mass_permit(who), batch, (change, "Year end"))
    })
}

/// Begun and looked at.
fn begun(world: &World, who: &Who, seed: &str, change: &MassChange) -> MassUpdateId {
    try_begin(world, who, seed, change).expect("begun");
    let batch = MassUpdateId::derived(seed);
    work(world, who, batch);
    batch
}

fn applied(world: &World, who: &Who, batch: MassUpdateId) -> Vec<Row> {
    step(world, who, batch, mass::apply).expect("applied");
    step(world, who, batch, mass::apply).expect("a form sent twice");
    work(world, who, batch);
    let (done, rows) = look(world, who, batch);
    assert_eq!(done.state, BatchState::Done);
    rows
}

fn taken_back(world: &World, who: &Who, batch: MassUpdateId) -> Vec<Row> {
    step(world, who, batch, mass::take_back).expect("taken back");
    work(world, who, batch);
    look(world, who, batch).1
}

fn one(world: &World, seed: &str) -> Enrolment {
    read(world, |at| enrolment::enrolment(at, &viewer(world), id(seed)))
}

/// The student's enrolments of next year that count.
fn next_year(world: &World, student: StudentId) -> Vec<Enrolment> {
    let mut all = read(world, |at| enrolment::enrolments(at, &viewer(world), student));
    all.retain(|one| one.year == year().next() && !one.is_deleted());
    all
}

/// Somebody else changes the homeroom.
fn touched(world: &World, student: StudentId, seed: &str) {
    write(world, |tx| {
        let now = enrolment::enrolment(tx, &viewer(world), id(seed))?;
        let cmd = Change {
            homeroom: "9Z".to_owned(),
            ..Change::of(&now)
        };
        let on = On::seen(student, id(seed), now.known.version);
        enrolment::change(tx, &common::program(world), &on, cmd, &OursAlone)
    })
    .expect("changed by another");
}

fn students<const N: usize>(world: &World) -> [StudentId; N] {
    furnish(world);
    std::array::from_fn(|number| {
        let number = (number + 2).to_string();
        write(world, |tx| Ok(a_student(tx, &number, "2015-04-17", None))).expect("made")
    })
}

fn is(on: &str, kind: ExitKind) -> Option<Exit> {
    let on = on.parse().ok()?;
    Some(Exit { on, kind })
}

/// At the first school: one without end, one who ends with June, one who left, one who comes in July,
/// one at both schools; at the second one more.
fn a_year(world: &World) -> [StudentId; 6] {
    let all = students::<6>(world);
    for (at, enrol) in [
        autumn(0),
        Enrol {
            exit: is("2027-06-30", ExitKind::Completion),
            ..autumn(0)
        },
        Enrol {
            exit: is("2027-01-29", ExitKind::Withdrawal),
            ..autumn(0)
        },
        Enrol {
            start: date("2027-07-05"),
            ..autumn(0)
        },
        autumn(0),
        autumn(1),
    ]
    .iter()
    .enumerate()
    {
        enrolled(world, all[at], &format!("e{at}"), enrol);
    }
    enrolled(world, all[4], "beside", &autumn(1));
    all
}

fn row(rows: &[Row], student: StudentId) -> &Row {
    rows.iter()
        .find(|row| row.student == student)
        .expect("a row of the student")
}

#[test]
fn a_year_is_closed_on_each_schools_last_day_as_the_dry_run_said_and_taken_back() {
    testkit::each_engine(|world| {
        let all = a_year(world);
        let carol = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &carol, "close", &MassChange::Close(close()));
        let (ready, rows) = look(world, &carol, batch);
        assert_eq!(ready.state, BatchState::Ready, "{}", world.engine);
        assert_eq!(
            rows.len(),
            5,
            "the second school is not carol's: {}",
            world.engine
        );
        for (student, state, code) in [
            (all[0], RowState::Will, None),
            (all[1], RowState::Will, None),
            (all[2], RowState::Refused, Some("LP-0431")),
            (all[3], RowState::Refused, Some("LP-0402")),
            (all[4], RowState::Will, Some("LP-0462")),
        ] {
            let row = row(&rows, student);
            assert_eq!(row.state, state, "{:?}", row.findings);
            assert!(
                code.is_none_or(|code| codes(row).contains(&code)),
                "{:?}",
                row.findings
            );
        }
        assert_eq!(
            (row(&rows, all[1]).old.as_str(), row(&rows, all[1]).new.as_str()),
            ("2027-06-30", "2027-06-25"),
            "the school's last instructional day"
        );
        assert_eq!(one(world, "e0").state, State::Open, "a dry run changes nothing");
        let seats = read(world, |at| mass::seats(at, &mass_permit(&carol), batch));
        let of = |state| {
            seats
                .iter()
                .filter(|one| one.state == state)
                .map(|one| one.students)
                .sum::<usize>()
        };
        assert_eq!((of(RowState::Will), of(RowState::Refused)), (3, 2));
        assert!(seats.iter().all(|one| one.seat
            == Seat {
                school: school(0),
                grade: Grade::G6
            }));

        applied(world, &carol, batch);
        assert_eq!(
            one(world, "e0").state.exit(),
            is("2027-06-25", ExitKind::Completion)
        );
        assert_eq!(
            one(world, "e2").state.exit(),
            is("2027-01-29", ExitKind::Withdrawal)
        );
        assert_eq!(
            one(world, "beside").state,
            State::Open,
            "the other school's stays"
        );
        let ends = audited(world)
            .iter()
            .filter(|action| *action == "enrolment.complete")
            .count();
        assert_eq!(ends, 3, "a row of the audit for each");

        touched(world, all[4], "e4");
        let rows = taken_back(world, &carol, batch);
        assert_eq!(row(&rows, all[4]).state, RowState::Kept);
        assert_eq!(one(world, "e0").state, State::Open);
        assert_eq!(
            one(world, "e1").state.exit(),
            is("2027-06-30", ExitKind::Completion)
        );
    });
}

#[test]
fn who_was_changed_after_the_dry_run_is_left_and_named_and_a_second_run_finds_the_others_done() {
    testkit::each_engine(|world| {
        let all = a_year(world);
        let carol = someone(world, "carol", &[school(0), school(1)]);
        let change = || MassChange::Close(close());
        let batch = begun(world, &carol, "close", &change());
        assert_eq!(
            try_begin(world, &carol, "close", &change()).expect("again"),
            7,
            "one batch"
        );
        touched(world, all[0], "e0");
        let rows = applied(world, &carol, batch);
        let stale = row(&rows, all[0]);
        assert_eq!((stale.state, codes(stale)), (RowState::Stale, vec!["LP-0445"]));
        assert_eq!(row(&rows, all[5]).state, RowState::Done);
        let again = begun(world, &carol, "again", &change());
        let (_, rows) = look(world, &carol, again);
        assert_eq!(
            row(&rows, all[0]).state,
            RowState::Will,
            "what was left can be closed now"
        );
        assert_eq!(row(&rows, all[5]).state, RowState::Same);
        let alone = begun(
            world,
            &carol,
            "left out",
            &MassChange::Close(Close {
                on: Some(date("2027-06-11")),
                ..close()
            }),
        );
        let number = row(&look(world, &carol, alone).1, all[0]).number;
        write(world, |tx| {
            mass::except(
                tx,
                &mass_permit(&carol),
                (alone, number),
                Some(Exception::LeaveOut),
            )
        })
        .expect("left out");
        let rows = applied(world, &carol, alone);
        assert_eq!(row(&rows, all[0]).state, RowState::LeftOut);
        assert_eq!(one(world, "e0").state, State::Open);
        assert_eq!(
            one(world, "e5").state.exit(),
            is("2027-06-11", ExitKind::Completion)
        );
    });
}

#[test]
fn a_year_end_that_cannot_be_is_refused_before_anything_is_kept() {
    testkit::each_engine(|world| {
        a_year(world);
        let carol = someone(world, "carol", &[school(0)]);
        let closed = |change: Close| MassChange::Close(change);
        for (told, change, code) in [
            (
                "another's school",
                closed(Close {
                    schools: vec![school(1)],
                    ..close()
                }),
                "LP-0460",
            ),
            (
                "a guessed school",
                closed(Close {
                    schools: vec![SchoolId::derived("x")],
                    ..close()
                }),
                "LP-0460",
            ),
            (
                "no school",
                closed(Close {
                    schools: vec![],
                    ..close()
                }),
                "LP-0460",
            ),
            (
                "a year ahead",
                closed(Close {
                    year: year().next(),
                    ..close()
                }),
                "LP-0461",
            ),
            (
                "an empty year",
                closed(Close {
                    year: year().previous(),
                    ..close()
                }),
                "LP-0463",
            ),
            (
                "two years ahead",
                MassChange::Register(Register {
                    year: year().next().next(),
                    ..register()
                }),
                "LP-0461",
            ),
            (
                "no year end",
                MassChange::Homeroom { to: "7B".to_owned() },
                "LP-0443",
            ),
        ] {
            assert_eq!(refused(try_begin(world, &carol, told, &change)), [code], "{told}");
        }
        let batch = begun(world, &carol, "close", &closed(close()));
        let again = write(world, |tx| {
            mass::choose(
                tx,
                &mass_permit(&carol),
                batch,
                &MassChange::Homeroom { to: "7B".to_owned() },
                "",
            )
        });
        assert_eq!(refused(again), ["LP-0442"], "a year end stays one");
    });
}

/// Grade 6 with French hours and grants, the oldest of the school, one who left, one in grade 6 at both schools.
fn leavers(world: &World) -> [StudentId; 4] {
    let all = students::<4>(world);
    let coding = Coding {
        grants: vec!["211".to_owned()],
        resident_board: Some("3260".to_owned()),
        french_hours: Some(500),
        ..Coding::default()
    };
    for (at, enrol) in [
        Enrol { coding, ..autumn(0) },
        Enrol {
            grade: Grade::G9,
            ..autumn(0)
        },
        Enrol {
            exit: is("2027-01-29", ExitKind::Withdrawal),
            ..autumn(0)
        },
        Enrol {
            grade: Grade::G12,
            ..autumn(0)
        },
    ]
    .iter()
    .enumerate()
    {
        enrolled(world, all[at], &format!("e{at}"), enrol);
    }
    all
}

fn calendar_of_next_year(world: &World, place: usize) {
    write(world, |tx| {
        let calendar = SetCalendar {
            school: school(place),
            year: year().next(),
            seen: 0,
            first_day: date("2027-08-30"),
            last_day: date("2028-06-23"),
            closures: Vec::new(),
        };
        let calendar = SetCalendar {
            first_day: date("2027-09-02"),
            ..calendar
        };
        schools::set_calendar(tx, &access::Permit::program(&tx.actor().clone())?, calendar)
    })
    .expect("the calendar is set");
}

#[test]
fn students_are_registered_one_grade_up_with_what_travels_and_taken_back() {
    testkit::each_engine(|world| {
        let all = leavers(world);
        calendar_of_next_year(world, 0);
        let carol = someone(world, "carol", &[school(0)]);
        let change = || MassChange::Register(register());
        let batch = begun(world, &carol, "next", &change());
        let (_, rows) = look(world, &carol, batch);
        assert_eq!(rows.len(), 3, "who left is not there: {}", world.engine);
        for (student, state, code) in [
            (all[0], RowState::Will, "LP-0467"),
            (all[1], RowState::Refused, "LP-0466"),
            (all[3], RowState::Refused, "LP-0464"),
        ] {
            let row = row(&rows, student);
            assert_eq!((row.state, codes(row)), (state, vec![code]), "{}", world.engine);
        }
        assert!(next_year(world, all[0]).is_empty(), "a dry run changes nothing");

        // The one who would leave comes back for another year.
        let number = row(&rows, all[3]).number;
        let seat = Seat {
            school: school(0),
            grade: Grade::G9,
        };
        let except = |exception| {
            write(world, |tx| {
                mass::except(tx, &mass_permit(&carol), (batch, number), exception)
            })
        };
        let elsewhere = Seat {
            school: school(1),
            ..seat
        };
        let guessed = except(Some(Exception::Seat(elsewhere)));
        assert!(matches!(guessed, Err(Failure::NotFound)), "{guessed:?}");
        except(Some(Exception::Seat(seat))).expect("decided");
        work(world, &carol, batch);
        let (_, rows) = look(world, &carol, batch);
        let there: Place = serde_json::from_str(&row(&rows, all[3]).new).expect("a place");
        assert_eq!(
            there,
            Place {
                seat,
                start: date("2027-09-02")
            },
            "the first instructional day"
        );

        applied(world, &carol, batch);
        let made = next_year(world, all[0]).remove(0);
        assert_eq!(
            (made.school, made.grade, made.start),
            (school(0), Grade::G7, date("2027-09-02"))
        );
        assert_eq!(made.coding.resident_board.as_deref(), Some("3260"));
        assert_eq!(
            (made.coding.grants.len(), made.coding.french_hours),
            (0, None),
            "said anew"
        );
        assert_eq!(made.known.by, "carol");

        let again = begun(world, &carol, "again", &change());
        let (_, rows) = look(world, &carol, again);
        let found = row(&rows, all[0]);
        assert_eq!((found.state, codes(found)), (RowState::Same, vec!["LP-0471"]));

        taken_back(world, &carol, batch);
        assert!(next_year(world, all[0]).is_empty(), "taken back");
        let once_more = begun(world, &carol, "once more", &change());
        let rows = applied(world, &carol, once_more);
        assert_eq!(row(&rows, all[0]).state, RowState::Done, "and registered anew");
        assert_eq!(next_year(world, all[0]).len(), 1);
    });
}

#[test]
fn the_division_registers_at_the_school_of_continuation_and_a_school_does_not() {
    testkit::each_engine(|world| {
        let all = leavers(world);
        let onward = Register {
            onward: vec![(school(0), school(1))],
            on: Some(date("2027-09-07")),
            ..register()
        };
        let only_own = someone(world, "carol", &[school(0)]);
        let batch = begun(world, &only_own, "own", &MassChange::Register(onward.clone()));
        let rows = look(world, &only_own, batch).1;
        assert_eq!(codes(row(&rows, all[1])), ["LP-0468"], "that school registers");
        let both = someone(world, "erin", &[school(0), school(1)]);
        let batch = begun(world, &both, "both", &MassChange::Register(onward));
        applied(world, &both, batch);
        let made = next_year(world, all[1]).remove(0);
        assert_eq!(
            (made.school, made.grade, made.start),
            (school(1), Grade::G10, date("2027-09-07"))
        );
    });
}

#[test]
fn without_a_calendar_the_first_day_is_asked_for_and_a_meanwhile_registered_student_is_left() {
    testkit::each_engine(|world| {
        let all = leavers(world);
        let carol = someone(world, "carol", &[school(0)]);
        let bare = begun(world, &carol, "bare", &MassChange::Register(register()));
        let rows = look(world, &carol, bare).1;
        assert_eq!(codes(row(&rows, all[0])), ["LP-0469"]);
        let on = Register {
            on: Some(date("2027-09-02")),
            ..register()
        };
        let batch = begun(world, &carol, "on", &MassChange::Register(on));
        let meanwhile = Enrol {
            year: year().next(),
            start: date("2027-09-02"),
            grade: Grade::G7,
            ..autumn(0)
        };
        enrolled(world, all[0], "meanwhile", &meanwhile);
        let rows = applied(world, &carol, batch);
        let stale = row(&rows, all[0]);
        assert_eq!((stale.state, codes(stale)), (RowState::Stale, vec!["LP-0472"]));
        assert_eq!(
            states(&rows)
                .iter()
                .filter(|state| **state == RowState::Done)
                .count(),
            0
        );
        assert_eq!(next_year(world, all[0]).len(), 1, "registered once");
    });
}

#[test]
fn who_left_or_goes_to_another_school_is_not_registered_here() {
    testkit::each_engine(|world| {
        let all = students::<3>(world);
        for (at, student) in all.iter().enumerate() {
            enrolled(world, *student, &format!("e{at}"), &autumn(0));
        }
        let carol = someone(world, "carol", &[school(0)]);
        let next = Register {
            on: Some(date("2027-09-07")),
            ..register()
        };
        try_begin(world, &carol, "next", &MassChange::Register(next)).expect("begun");
        // While the dry run is on its way, one leaves and one goes to the other school.
        write(world, |tx| {
            let on = On::seen(all[2], id("e2"), 1);
            enrolment::withdraw(tx, &common::program(world), &on, date("2026-11-20"), &OursAlone)
        })
        .expect("withdrawn");
        let later = Enrol {
            start: date("2026-10-01"),
            ..autumn(1)
        };
        enrolled(world, all[1], "later", &later);
        let batch = MassUpdateId::derived("next");
        work(world, &carol, batch);
        let (_, rows) = look(world, &carol, batch);
        for (at, state, want) in [
            (0, RowState::Will, None),
            (1, RowState::Refused, Some("LP-0465")),
            (2, RowState::Refused, Some("LP-0470")),
        ] {
            let found = row(&rows, all[at]);
            assert_eq!(
                (found.state, codes(found).first().copied()),
                (state, want),
                "{}",
                world.engine
            );
        }
        applied(world, &carol, batch);
        assert_eq!(next_year(world, all[2]), []);
    });
}
