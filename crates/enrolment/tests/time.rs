//! Two times: what held when, as far as was known when; and many at once.

mod common;

use access::Permit;
use access::action::ViewSchools;
use common::{
    CODES, a_student, audited, autumn, card, counter, enrolled, events, furnish, furnish_schools, historian,
    id, move_to, program, read, school, secretary, span, viewer, write,
};
use enrolment::bulk::{self, BulkEnrol};
use enrolment::rules::OursAlone;
use enrolment::{AsOf, Change, Enrol, On, Origin};
use kernel::{EnrolmentId, Failure, Grade, Instant};
use testkit::date;

fn look(valid: &str, known: Instant) -> AsOf {
    AsOf {
        valid: date(valid),
        known,
    }
}

#[test]
fn a_count_can_be_had_again_as_it_was_known_then() {
    testkit::each_engine(|world| {
        let first = furnish(world);
        let second = write(world, |tx| Ok(a_student(tx, "2", "2015-01-01", None))).expect("made");
        let september = move_to(world, "2026-09-30");
        let record = enrolled(world, first, "a", &autumn(0)).record;
        enrolled(world, second, "b", &autumn(0));
        enrolled(world, second, "b twice", &autumn(0));
        let october = move_to(world, "2026-10-20");
        write(world, |tx| {
            let permit = program(world);
            let on = On::seen(second, id("b"), 1);
            enrolment::withdraw(tx, &permit, &on, date("2026-09-25"), &OursAlone)?;
            let on = On::seen(second, id("b twice"), 1).because("Typed twice");
            enrolment::created_in_error(tx, &permit, &on)?;
            let cmd = Change {
                grade: Grade::G7,
                ..Change::of(&record)
            };
            enrolment::change(tx, &permit, &On::seen(first, id("a"), 1), cmd, &OursAlone)
        })
        .expect("corrections are saved");
        let counted = |valid: &str, known: Instant| {
            read(world, |at| {
                enrolment::counts(at, &counter(world), look(valid, known))
            })
            .into_iter()
            .map(|count| (count.grade, count.students))
            .collect::<Vec<_>>()
        };
        assert_eq!(
            counted("2026-09-30", september),
            [(Grade::G6, 2)],
            "{}",
            world.engine
        );
        assert_eq!(counted("2026-09-30", october), [(Grade::G7, 1)]);
        assert_eq!(counted("2026-09-25", october), [(Grade::G6, 1), (Grade::G7, 1)]);
        assert_eq!(counted("2026-08-31", october), []);
        assert_eq!(counted("2026-09-30", september.plus_seconds(-1)), []);
        let of = read(world, |at| {
            enrolment::counts_of(at, &counter(world), school(1), look("2026-09-30", october))
        });
        assert_eq!(of, []);
        let other = Permit::<ViewSchools>::wide(&secretary(&[school(1)])).expect("a secretary may");
        let seen = read(world, |at| {
            enrolment::counts(at, &other, look("2026-09-30", september))
        });
        assert_eq!(seen, [], "another school's figures are not shown");
        let asked = world.store.read_now(testkit::DIVISION, |at| {
            enrolment::counts_of(at, &other, school(0), look("2026-09-30", september))
        });
        assert_eq!(asked, Err(Failure::NotFound));
    });
}

#[test]
fn a_student_s_page_can_be_had_as_of_any_day() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let september = move_to(world, "2026-09-02");
        enrolled(world, student, "a", &autumn(0));
        let october = move_to(world, "2026-10-20");
        write(world, |tx| {
            let on = On::seen(student, id("a"), 1);
            enrolment::withdraw(tx, &program(world), &on, date("2026-09-25"), &OursAlone)
        })
        .expect("the withdrawal is saved");
        let then = |valid: &str, known: Instant| {
            read(world, |at| {
                enrolment::as_of(at, &viewer(world), student, look(valid, known))
            })
            .len()
        };
        assert_eq!(then("2026-10-01", september), 1);
        assert_eq!(then("2026-10-01", october), 0);
        assert_eq!(
            then("2026-09-25", october),
            1,
            "the last day attended is a day of the enrolment"
        );
        let versions: Vec<i64> = read(world, |at| enrolment::history(at, &historian(world), student))
            .iter()
            .map(|enrolment| enrolment.known.version)
            .collect();
        assert_eq!(versions, [2, 1], "newest first, nothing lost");
    });
}

#[test]
fn who_is_at_a_school_on_a_day() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let there = |place: usize, day: &str| {
            read(world, |at| {
                enrolment::open_at(at, &viewer(world), school(place), date(day))
            })
            .len()
        };
        assert_eq!(
            (
                there(0, "2026-11-23"),
                there(0, "2026-08-31"),
                there(1, "2026-11-23")
            ),
            (1, 0, 0)
        );
        let stranger = Permit::wide(&secretary(&[school(1)])).expect("a secretary may");
        let asked = world.store.read_now(testkit::DIVISION, |at| {
            enrolment::open_at(at, &stranger, school(0), date("2026-11-23"))
        });
        assert_eq!(asked, Err(Failure::NotFound));
    });
}

#[test]
fn many_at_once_are_placed_counted_and_announced() {
    testkit::each_engine(|world| {
        let students: Vec<_> = write(world, |tx| {
            furnish_schools(tx)?;
            Ok((0..900)
                .map(|number| a_student(tx, &number.to_string(), "2015-04-17", None))
                .collect())
        })
        .expect("students are made");
        let rows: Vec<BulkEnrol> = students
            .iter()
            .enumerate()
            .map(|(number, student)| BulkEnrol {
                id: EnrolmentId::derived(&number.to_string()),
                student: *student,
                enrol: Enrol {
                    homeroom: String::new(),
                    ..autumn(number % CODES.len())
                },
                reason: "Import 1".to_owned(),
            })
            .collect();
        let insert = |origin: Origin, rows: Vec<BulkEnrol>| {
            write(world, |tx| {
                bulk::insert_enrolments(tx, &program(world), origin, rows.clone())
            })
        };
        assert_eq!(
            insert(Origin::Province, rows.clone()),
            Ok(900),
            "{}",
            world.engine
        );
        assert_eq!(events(world), [], "nobody is told the province's own news");
        assert_eq!(audited(world), ["enrolment.bulk"]);
        let now = world.store.now();
        let counts = read(world, |at| {
            enrolment::counts(at, &counter(world), look("2026-11-23", now))
        });
        assert_eq!(
            counts.iter().map(|count| count.students).collect::<Vec<_>>(),
            [450, 450]
        );
        assert_eq!(card(world, students[1]).0, Some(school(1)));
        assert_eq!(
            span(world, students[1], 1),
            Some((date("2026-09-01"), date("9999-12-31")))
        );
        assert!(
            insert(Origin::Here, rows[..1].to_vec()).is_err(),
            "an id that is taken is refused"
        );
        let again = BulkEnrol {
            id: EnrolmentId::derived("again"),
            ..rows[0].clone()
        };
        assert_eq!(insert(Origin::Here, vec![again]), Ok(1));
        assert_eq!(events(world).len(), 1);
        let foreign = Permit::wide(&secretary(&[school(1)])).expect("a secretary may");
        let refused = write(world, |tx| {
            bulk::insert_enrolments(tx, &foreign, Origin::Here, rows[..1].to_vec())
        });
        assert_eq!(refused, Err(Failure::Denied("enrolment.manage")));
    });
}
