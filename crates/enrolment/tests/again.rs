//! A student in the records is enrolled again: at a second school, back after
//! having left, taken in from another school. On both engines.

mod common;

use access::action::{CreateStudents, ManageEnrolment, ViewHistory, ViewStudents};
use access::{Permit, Standing};
use common::{
    audited, autumn, codes, enrolled, events, furnish, id, move_to, program, read, refused, school,
    secretary, viewer, write,
};
use enrolment::rules::{OursAlone, standing};
use enrolment::{AsOf, Claim, Enrol, Enrolment, On, Saved};
use kernel::{Class, Failure, NameId, Outcome, PersonName, StudentId};
use people::{Identity, Name, NewStudent, Origin, Restriction, RestrictionCode};
use testkit::{World, date};

/// What the papers of the furnished student say.
fn claim() -> Claim {
    Claim {
        legal: PersonName::new("Test", "Student"),
        born: date("2015-04-17"),
    }
}

fn manage(who: &Standing) -> Permit<ManageEnrolment> {
    Permit::wide(who).expect("a secretary may")
}

/// Takes in, as a secretary of `place`, at the school of the command.
fn take_in(world: &World, place: usize, claim: &Claim, cmd: &Enrol) -> Outcome<Saved<Enrolment>> {
    let who = secretary(&[school(place)]);
    write(world, |tx| {
        let create = Permit::<CreateStudents>::wide(&who)?;
        let permits = (&create, &manage(&who));
        enrolment::take_in(tx, permits, (claim, id("taken")), cmd.clone(), |_, _| {
            Ok(OursAlone)
        })
    })
}

fn withdraw(world: &World, student: StudentId, day: &str) {
    write(world, |tx| {
        let on = On::seen(student, id("a"), 1);
        enrolment::withdraw(tx, &program(world), &on, date(day), &OursAlone)
    })
    .expect("the withdrawal is saved");
}

fn all(world: &World, student: StudentId) -> Vec<Enrolment> {
    read(world, |at| enrolment::enrolments(at, &viewer(world), student))
}

fn is_seen_by(world: &World, student: StudentId, place: usize) -> bool {
    read(world, |at| {
        let found = Permit::<ViewStudents>::student(at, &secretary(&[school(place)]), student);
        Ok(found.is_ok())
    })
}

fn since(start: &str, place: usize) -> Enrol {
    Enrol {
        start: date(start),
        ..autumn(place)
    }
}

#[test]
fn a_student_of_two_schools_has_two_enrolments_and_one_form_makes_one() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let both = secretary(&[school(0), school(1)]);
        let seen = standing(&all(world, student));
        let again = |seed: &str, seen: i64| {
            write(world, |tx| {
                let on = On::seen(student, id(seed), seen).because("Mornings here, afternoons there");
                enrolment::enrol_again(tx, &manage(&both), &on, since("2026-10-01", 1), &OursAlone)
            })
        };
        let first = again("b", seen).expect("several at once are lawful");
        assert_eq!(
            codes(&first.findings),
            ["LP-0419"],
            "a note says that days compete"
        );
        assert_eq!(
            again("b", seen).map(|saved| saved.record),
            Ok(first.record.clone()),
            "sent twice"
        );
        assert_eq!(all(world, student).len(), 2);
        let stale = again("c", seen);
        assert_eq!(
            stale,
            Err(Failure::stale("enrolment", seen, standing(&all(world, student))))
        );
        assert_eq!(audited(world), ["enrolment.enrol", "enrolment.enrol"]);
        assert_eq!(events(world).len(), 2, "PASI is told of each");
        assert_eq!(first.record.known.reason, "Mornings here, afternoons there");
        assert!(is_seen_by(world, student, 0) && is_seen_by(world, student, 1));
    });
}

#[test]
fn who_comes_back_is_enrolled_again_and_what_was_stays_readable() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        move_to(world, "2026-09-02");
        enrolled(world, student, "a", &autumn(0));
        let begun = move_to(world, "2026-09-15");
        move_to(world, "2026-09-30");
        withdraw(world, student, "2026-09-30");
        let gone = move_to(world, "2026-11-20");
        let who = secretary(&[school(0)]);
        let seen = standing(&all(world, student));
        write(world, |tx| {
            let on = On::seen(student, id("b"), seen);
            enrolment::enrol_again(tx, &manage(&who), &on, since("2026-11-23", 0), &OursAlone)
        })
        .expect("the student is back");
        let on_day = |day: &str, known| {
            read(world, |at| {
                let look = AsOf {
                    valid: date(day),
                    known,
                };
                enrolment::as_of(at, &viewer(world), student, look)
            })
        };
        assert_eq!(on_day("2026-09-15", gone).len(), 1, "there in September");
        assert_eq!(on_day("2026-10-15", gone).len(), 0, "gone in October");
        assert_eq!(on_day("2026-11-24", gone).len(), 1, "back in November");
        assert_eq!(
            on_day("2026-11-24", begun).len(),
            1,
            "in September nobody knew that she would leave"
        );
        let versions = read(world, |at| {
            let permit = Permit::<ViewHistory>::program(&world.actor)?;
            enrolment::history(at, &permit, student)
        });
        assert_eq!(versions.len(), 3, "enrolled, withdrawn, enrolled again");
    });
}

#[test]
fn an_enrolment_is_for_the_schools_of_the_permit_and_for_students_it_covers() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let again = |place: usize, to: usize| {
            write(world, |tx| {
                let on = On::seen(student, id("b"), 1);
                let permit = manage(&secretary(&[school(place)]));
                enrolment::enrol_again(tx, &permit, &on, since("2026-10-01", to), &OursAlone)
            })
            .map_err(|failure| failure.class())
        };
        assert_eq!(
            again(1, 1),
            Err(Class::NotFound),
            "a guessed student of another school"
        );
        assert_eq!(
            again(0, 1),
            Err(Class::Denied),
            "an own student, at another's school"
        );
        let plain = write(world, |tx| {
            let permit = manage(&secretary(&[school(1)]));
            enrolment::enrol(tx, &permit, &On::new(student, id("b")), autumn(1), &OursAlone)
        });
        assert_eq!(plain, Err(Failure::NotFound), "nor by the plain verb");
        assert_eq!(all(world, student).len(), 1);
    });
}

#[test]
fn who_left_another_school_is_taken_in_on_name_and_birth_date_once() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let cmd = since("2026-11-23", 1);
        assert_eq!(
            refused(take_in(world, 1, &claim(), &cmd)),
            ["LP-0437"],
            "who is still enrolled there is for that school to hand on"
        );
        withdraw(world, student, "2026-11-20");
        for (case, wrong) in [
            (
                "another first name",
                Claim {
                    legal: PersonName::new("Tess", "Student"),
                    ..claim()
                },
            ),
            (
                "another last name",
                Claim {
                    legal: PersonName::new("Test", "Students"),
                    ..claim()
                },
            ),
            (
                "another day",
                Claim {
                    born: date("2015-04-18"),
                    ..claim()
                },
            ),
        ] {
            assert_eq!(refused(take_in(world, 1, &wrong, &cmd)), ["LP-0437"], "{case}");
        }
        assert_eq!(
            take_in(world, 1, &claim(), &since("2026-11-23", 0)),
            Err(Failure::NotFound),
            "at an own school alone"
        );
        assert!(!is_seen_by(world, student, 1));
        let first = take_in(world, 1, &claim(), &cmd).expect("the child is taken in");
        assert_eq!((first.record.student, first.record.school), (student, school(1)));
        assert_eq!(
            take_in(world, 1, &claim(), &cmd).map(|saved| saved.record),
            Ok(first.record),
            "sent twice"
        );
        assert_eq!(all(world, student).len(), 2);
        assert!(
            is_seen_by(world, student, 1),
            "from now on the school sees the record"
        );
        assert_eq!(
            audited(world),
            ["enrolment.enrol", "enrolment.withdraw", "enrolment.take-in"],
            "taking in can be told from enrolling"
        );
        assert_eq!(events(world).len(), 3, "PASI is told");
    });
}

#[test]
fn a_guarded_child_and_one_of_two_namesakes_are_not_taken_in() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let offered = |place: usize| {
            read(world, |at| {
                let permit = Permit::<CreateStudents>::wide(&secretary(&[school(place)]))?;
                enrolment::may_take_in(at, &permit, &claim())
            })
        };
        assert_eq!(offered(1), Some(student));
        write(world, |tx| {
            let restriction = Restriction {
                code: RestrictionCode::Caution,
                notice: "Nobody but the mother picks her up.".to_owned(),
                effective_on: date("2026-01-01"),
                expires_on: None,
            };
            add(tx, "guarded", "Guarded", Some(restriction))?;
            add(tx, "twin", "Twins", None)?;
            add(tx, "other twin", "Twins", None)
        })
        .expect("further students");
        for last in ["Guarded", "Twins"] {
            let claim = Claim {
                legal: PersonName::new("Test", last),
                ..claim()
            };
            assert_eq!(
                refused(take_in(world, 1, &claim, &autumn(1))),
                ["LP-0437"],
                "{last}"
            );
        }
    });
}

/// A further student of the furnished one's birth date.
fn add(tx: &mut db::Tx, seed: &str, last: &str, restriction: Option<Restriction>) -> Outcome<()> {
    let legal = Name::legal(PersonName::new("Test", last));
    let mut new = NewStudent {
        is_another_person: true,
        origin: Origin::Province,
        ..NewStudent::new(
            StudentId::derived(seed),
            Identity::new(claim().born, "F"),
            (NameId::derived(seed), legal),
        )
    };
    new.restrictions
        .extend(restriction.map(|one| (kernel::RestrictionId::derived(seed), one)));
    let permit = Permit::program(tx.actor())?;
    people::create_student(tx, &permit, &new, &people::rules::OursAlone).map(|_| ())
}
