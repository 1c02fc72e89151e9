//! Each verb on both engines: done, refused, out of reach, stale, twice.

mod common;

use access::Permit;
use access::action::ViewStudents;
use common::{
    a_student, audited, autumn, card, codes, enrolled, events, furnish, id, move_to, program, read, refused,
    school, secretary, span, viewer, write, year,
};
use enrolment::rules::{Judge, OursAlone, Proposed};
use enrolment::{Change, Coding, Deletion, Enrol, ExitKind, On, Origin, State, Transfer};
use kernel::{Class, Failure, Finding, Findings, Grade};
use testkit::date;

fn far() -> kernel::Date {
    date("9999-12-31")
}

#[test]
fn a_student_is_enrolled_once_however_often_the_form_is_sent() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let first = enrolled(world, student, "a", &autumn(0));
        let again = enrolled(world, student, "a", &autumn(0));
        assert_eq!(first, again, "{}", world.engine);
        assert_eq!((first.record.known.version, first.record.state), (1, State::Open));
        assert_eq!(
            card(world, student),
            (Some(school(0)), "06".to_owned(), "enrolled".to_owned())
        );
        assert_eq!(span(world, student, 0), Some((date("2026-09-01"), far())));
        assert_eq!(audited(world), ["enrolment.enrol"]);
        let payload = format!(
            "{{\"student_id\":\"{student}\",\"school_id\":\"{}\",\"version\":1}}",
            school(0)
        );
        assert_eq!(events(world), [("enrolment.changed".to_owned(), payload)]);
        let other = write(world, |tx| {
            let cmd = Enrol {
                grade: Grade::G7,
                ..autumn(0)
            };
            enrolment::enrol(tx, &program(world), &On::new(student, id("a")), cmd, &OursAlone)
        });
        assert_eq!(other.map_err(|failure| failure.class()), Err(Class::Conflict));
    });
}

#[test]
fn what_the_rules_refuse_is_not_saved_and_every_finding_is_given() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let wrong = Enrol {
            start: date("2026-08-31"),
            coding: Coding {
                program_percentage: Some(101),
                ..Coding::default()
            },
            ..autumn(0)
        };
        let outcome = write(world, |tx| {
            let on = On::new(student, id("a"));
            enrolment::enrol(tx, &program(world), &on, wrong.clone(), &OursAlone)
        });
        assert_eq!(refused(outcome), ["LP-0401", "LP-0409"]);
        assert!(read(world, |at| enrolment::enrolments(at, &viewer(world), student)).is_empty());
        assert!(events(world).is_empty());
        let nobody = write(world, |tx| {
            let on = On::new(kernel::StudentId::derived("nobody"), id("b"));
            enrolment::enrol(tx, &program(world), &on, autumn(0), &OursAlone)
        });
        assert_eq!(nobody, Err(Failure::NotFound));
    });
}

/// The province's rules, as the edge hands them in.
struct Province(Finding);

impl Judge for Province {
    fn enrolment(&self, _proposed: &Proposed) -> Findings {
        self.0.clone().into()
    }
}

#[test]
fn the_judge_takes_part_in_the_decision() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let attempt = |judge: &Province, origin: Origin| {
            write(world, |tx| {
                let on = On {
                    origin,
                    ..On::new(student, id("a"))
                };
                enrolment::enrol(tx, &program(world), &on, autumn(0), judge)
            })
        };
        let refusing = Province(Finding::refuse("9023", "grants"));
        assert_eq!(refused(attempt(&refusing, Origin::Here)), ["9023"]);
        let warned = attempt(&refusing, Origin::Province).expect("the province is not refused");
        assert_eq!(codes(&warned.findings), ["9023"]);
        assert!(!warned.findings.refuse(), "its refusal became a warning");
        assert!(events(world).is_empty(), "the province is not told its own news");
        let warning = Province(Finding::warn("10054", "grants"));
        let saved = attempt(&warning, Origin::Here).expect("warnings do not stop a save");
        assert_eq!(codes(&saved.findings), ["10054"]);
    });
}

#[test]
fn a_change_is_saved_with_its_version_and_a_stale_one_is_a_conflict() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        let first = enrolled(world, student, "a", &autumn(0)).record;
        let to = |homeroom: &str| Change {
            homeroom: homeroom.to_owned(),
            ..Change::of(&first)
        };
        let change = |cmd: Change| {
            write(world, |tx| {
                let on = On::seen(student, id("a"), 1).because("Class lists");
                enrolment::change(tx, &program(world), &on, cmd.clone(), &OursAlone)
            })
        };
        let saved = change(to("6B")).expect("the change is saved").record;
        assert_eq!(
            (saved.known.version, saved.known.reason.as_str()),
            (2, "Class lists")
        );
        assert_eq!(
            change(to("6B")).map(|saved| saved.record.known.version),
            Ok(2),
            "asked twice, saved once"
        );
        assert_eq!(change(to("6C")), Err(Failure::stale("enrolment", 1, 2)));
        assert_eq!(audited(world), ["enrolment.enrol", "enrolment.change"]);
    });
}

#[test]
fn a_withdrawal_is_the_last_day_attended_and_ends_access_a_year_later() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let withdraw = |day: &str, seen: i64| {
            write(world, |tx| {
                let on = On::seen(student, id("a"), seen);
                enrolment::withdraw(tx, &program(world), &on, date(day), &OursAlone)
            })
        };
        assert_eq!(refused(withdraw("2026-08-28", 1)), ["LP-0402", "LP-0403"]);
        let left = withdraw("2026-11-20", 1).expect("the withdrawal is saved");
        let exit = left.record.state.exit().expect("it ended");
        assert_eq!((exit.on, exit.kind), (date("2026-11-20"), ExitKind::Withdrawal));
        assert_eq!(codes(&left.findings), [""; 0]);
        assert_eq!(withdraw("2026-11-20", 1).map(|same| same.record), Ok(left.record));
        assert_eq!(refused(withdraw("2026-11-19", 2)), ["LP-0431"]);
        assert_eq!(
            span(world, student, 0),
            Some((date("2026-09-01"), date("2027-11-20")))
        );
        assert_eq!(card(world, student).2, "left");
    });
}

#[test]
fn a_completion_may_be_brought_forward_by_a_withdrawal() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let done = write(world, |tx| {
            let on = On::seen(student, id("a"), 1);
            enrolment::complete(tx, &program(world), &on, date("2027-06-25"), &OursAlone)
        })
        .expect("the completion is saved");
        assert_eq!(
            done.record.state.exit().map(|exit| exit.kind),
            Some(ExitKind::Completion)
        );
        assert_eq!(card(world, student).2, "enrolled", "the end lies ahead");
        let left = write(world, |tx| {
            let on = On::seen(student, id("a"), 2);
            enrolment::withdraw(tx, &program(world), &on, date("2026-11-22"), &OursAlone)
        })
        .expect("the withdrawal is saved");
        assert_eq!(
            codes(&left.findings),
            ["LP-0421"],
            "a Sunday is not a day attended"
        );
    });
}

#[test]
fn never_attended_and_created_in_error_stay_readable_and_can_be_restored() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let on = |seen: i64, reason: &str| On::seen(student, id("a"), seen).because(reason);
        let gone = write(world, |tx| {
            enrolment::never_attended(tx, &program(world), &on(1, ""))
        })
        .expect("the deletion is saved");
        assert_eq!(
            gone.record.state,
            State::Deleted {
                why: Deletion::NeverAttended,
                exit: None
            }
        );
        assert_eq!(card(world, student), (None, String::new(), "none".to_owned()));
        let today = date("2026-11-23");
        assert_eq!(
            span(world, student, 0),
            Some((today, today)),
            "the day is left to take it back"
        );
        let changed = write(world, |tx| {
            let cmd = Change::of(&gone.record);
            enrolment::change(tx, &program(world), &on(2, ""), cmd, &OursAlone)
        });
        assert_eq!(refused(changed), ["LP-0432"]);

        let restore = |seen: i64| {
            write(world, |tx| {
                enrolment::restore(tx, &program(world), &on(seen, ""), &OursAlone)
            })
        };
        assert_eq!(restore(2).map(|back| back.record.state), Ok(State::Open));
        assert_eq!(refused(restore(3)), ["LP-0433"]);
        let error = |reason: &str| {
            write(world, |tx| {
                enrolment::created_in_error(tx, &program(world), &on(3, reason))
            })
        };
        assert_eq!(refused(error(" ")), ["LP-0434"]);
        error("Wrong child").expect("the deletion is saved");
        let all = read(world, |at| enrolment::enrolments(at, &viewer(world), student));
        assert_eq!(all.len(), 1, "nothing is lost");
        assert_eq!(
            all[0].state,
            State::Deleted {
                why: Deletion::CreatedInError,
                exit: None
            }
        );
        assert_eq!(all[0].known.reason, "Wrong child");
    });
}

fn to_the_other(new: &str) -> Transfer {
    Transfer {
        new: id(new),
        to: school(1),
        last_day: date("2026-11-20"),
        first_day: date("2026-11-23"),
        grade: Grade::G6,
        homeroom: "6X".to_owned(),
        coding: None,
    }
}

#[test]
fn a_transfer_ends_here_and_opens_there_in_one_transaction() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let transfer = |cmd: Transfer| {
            write(world, |tx| {
                let on = On::seen(student, id("a"), 1);
                enrolment::transfer(tx, &program(world), &on, &cmd, &OursAlone)
            })
        };
        let wrong = Transfer {
            to: school(0),
            first_day: date("2026-11-20"),
            ..to_the_other("b")
        };
        assert_eq!(refused(transfer(wrong)), ["LP-0435", "LP-0436", "LP-0418"]);
        let nowhere = Transfer {
            to: kernel::SchoolId::derived("none"),
            ..to_the_other("b")
        };
        assert_eq!(transfer(nowhere), Err(Failure::NotFound));
        let taken = enrolled(
            world,
            student,
            "taken",
            &Enrol {
                school: school(1),
                ..autumn(1)
            },
        )
        .record;
        assert_eq!(
            transfer(Transfer {
                new: taken.id,
                ..to_the_other("b")
            })
            .map_err(|failure| failure.class()),
            Err(Class::Conflict)
        );
        let still = read(world, |at| enrolment::enrolment(at, &viewer(world), id("a")));
        assert_eq!(still.state, State::Open, "when there fails, here is as it was");

        let done = transfer(to_the_other("b")).expect("the transfer is saved");
        assert_eq!(done.left.record.last_day(), date("2026-11-20"));
        assert_eq!(
            codes(&done.joined.findings),
            ["LP-0418"],
            "it overlaps the one that was there"
        );
        assert_eq!(
            card(world, student),
            (Some(school(1)), "06".to_owned(), "enrolled".to_owned())
        );
        assert_eq!(
            span(world, student, 0),
            Some((date("2026-09-01"), date("2027-11-20")))
        );
        assert_eq!(span(world, student, 1), Some((date("2026-09-01"), far())));
        let again = transfer(to_the_other("b")).expect("the same transfer is the same");
        assert_eq!(again.joined.record, done.joined.record);
        assert_eq!(
            events(world).len(),
            4,
            "two enrolments, and one event for each end"
        );
    });
}

#[test]
fn only_the_school_that_owns_an_enrolment_changes_it() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let withdraw_as = |schools: &[kernel::SchoolId]| {
            let permit = Permit::wide(&secretary(schools)).expect("a secretary may");
            write(world, |tx| {
                let on = On::seen(student, id("a"), 1);
                enrolment::withdraw(tx, &permit, &on, date("2026-11-20"), &OursAlone)
            })
        };
        assert_eq!(
            withdraw_as(&[school(1)]),
            Err(Failure::NotFound),
            "{}",
            world.engine
        );
        let stranger = Permit::<ViewStudents>::wide(&secretary(&[school(1)])).expect("a secretary may");
        let looked = world.store.read_now(testkit::DIVISION, |at| {
            enrolment::enrolments(at, &stranger, student)
        });
        assert_eq!(looked, Err(Failure::NotFound));

        let declared = Coding {
            indigenous_declaration: Some("333".to_owned()),
            ..Coding::default()
        };
        enrolled(
            world,
            student,
            "b",
            &Enrol {
                coding: declared,
                ..autumn(1)
            },
        );
        assert_eq!(
            withdraw_as(&[school(1)]).map_err(|failure| failure.class()),
            Err(Class::Denied),
            "known now, and still not theirs"
        );
        let own = Permit::<ViewStudents>::wide(&secretary(&[school(0)])).expect("a secretary may");
        let seen = read(world, |at| enrolment::enrolments(at, &own, student));
        assert_eq!(seen.len(), 2);
        assert!(
            seen.iter()
                .all(|enrolment| enrolment.coding.indigenous_declaration.is_none()),
            "another school's declaration is not shown"
        );
        let enrol_elsewhere = {
            let permit = Permit::wide(&secretary(&[school(0)])).expect("a secretary may");
            write(world, |tx| {
                enrolment::enrol(tx, &permit, &On::new(student, id("c")), autumn(1), &OursAlone)
            })
        };
        assert_eq!(
            enrol_elsewhere.map_err(|failure| failure.class()),
            Err(Class::Denied)
        );
        assert!(withdraw_as(&[school(0)]).is_ok());
    });
}

#[test]
fn several_at_once_and_again_in_the_same_year_are_lawful() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(world, student, "a", &autumn(0));
        let evening = Coding {
            programming_timeframe: "Evening".to_owned(),
            ..Coding::default()
        };
        let beside = enrolled(
            world,
            student,
            "b",
            &Enrol {
                coding: evening,
                grade: Grade::G7,
                ..autumn(1)
            },
        );
        assert!(
            beside.findings.is_empty(),
            "day here and evening there do not compete"
        );
        assert_eq!(
            card(world, student).0,
            Some(school(0)),
            "regular by day says where the student is"
        );
        let twice = enrolled(world, student, "c", &autumn(0));
        assert_eq!(codes(&twice.findings), ["LP-0418"]);

        write(world, |tx| {
            let on = On::seen(student, id("c"), 1).because("Typed twice");
            enrolment::created_in_error(tx, &program(world), &on)?;
            let on = On::seen(student, id("a"), 1);
            enrolment::withdraw(tx, &program(world), &on, date("2026-10-30"), &OursAlone)
        })
        .expect("both are saved");
        let back = enrolled(
            world,
            student,
            "d",
            &Enrol {
                start: date("2026-11-16"),
                ..autumn(0)
            },
        );
        assert!(
            back.findings.is_empty(),
            "a second stay in the same year does not overlap the first"
        );
        assert_eq!(span(world, student, 0), Some((date("2026-09-01"), far())));
    });
}

#[test]
fn a_registration_for_later_becomes_an_enrolment_on_its_day() {
    testkit::each_engine(|world| {
        let student = furnish(world);
        enrolled(
            world,
            student,
            "a",
            &Enrol {
                start: date("2026-12-01"),
                ..autumn(0)
            },
        );
        assert_eq!(card(world, student).2, "future");
        move_to(world, "2026-12-01");
        let turned = |since: &str| {
            write(world, |tx| enrolment::turn_day(tx, &program(world), date(since))).expect("the day turns")
        };
        assert_eq!(turned("2026-11-30"), 1);
        assert_eq!(card(world, student).2, "enrolled");
        assert_eq!(turned("2026-12-01"), 0, "nothing more to turn");
        move_to(world, "2027-09-01");
        assert_eq!(turned("2027-08-31"), 1, "the school year ran out");
        assert_eq!(card(world, student).2, "left");
        assert_eq!(
            span(world, student, 0),
            Some((date("2026-12-01"), date("2028-08-31")))
        );
    });
}

#[test]
fn a_student_who_died_is_not_enrolled_afterwards() {
    testkit::each_engine(|world| {
        furnish(world);
        let student = write(world, |tx| {
            Ok(a_student(tx, "2", "2015-01-01", Some("2026-10-01")))
        })
        .expect("the student is made");
        let attempt = |start: &str| {
            write(world, |tx| {
                let cmd = Enrol {
                    start: date(start),
                    ..autumn(0)
                };
                enrolment::enrol(tx, &program(world), &On::new(student, id("z")), cmd, &OursAlone)
            })
        };
        assert_eq!(refused(attempt("2026-10-02")), ["LP-0413"]);
        let before = attempt("2026-09-01").expect("the enrolment is saved");
        assert_eq!(codes(&before.findings), ["LP-0414"]);
        assert_eq!(before.record.year, year());
    });
}
