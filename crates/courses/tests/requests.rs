//! What students ask for, and runs of the loader, on both engines.

#[allow(dead_code, reason = "each file of tests uses the helpers it needs")]
mod common;

use common::*;
use courses::{AskFor, Asked, CourseLoad, LoadAsk, LoadState, LoadedPlan, SectionDetails};
use db::Reading;
use kernel::{CourseLoadId, CourseRequestId, Failure, Outcome, SectionId, StudentId};
use std::time::Duration;
use testkit::{World, date, each_engine};

fn ask(student: StudentId, code: &str) -> AskFor {
    AskFor {
        id: CourseRequestId::derived(&format!("{student} {code}")),
        student,
        course: course(code),
        instead_of: None,
    }
}

fn ask_for(world: &World, all: &[AskFor]) -> Outcome<Vec<Asked>> {
    let permit = manager(world);
    write(world, |tx| {
        courses::ask_for(tx, &permit, (school(0), year()), all, "")
    })
}

/// What a student asks for, by code, and what was taken back.
fn asked(world: &World, student: StudentId) -> (Vec<String>, Vec<String>) {
    let all = read(world, |at| {
        courses::requests_of(at, &students_viewer(world), student, year())
    });
    let codes = |lines: Vec<courses::RequestLine>| lines.into_iter().map(|line| line.code).collect();
    (codes(all.lines), codes(all.withdrawn))
}

fn codes(asked: &Asked) -> Vec<&str> {
    asked
        .findings
        .0
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

#[test]
fn requests_are_taken_down_each_by_the_rules_in_their_order_and_once() {
    each_engine(|world| {
        let students = furnish(world);
        let (ada, stranger) = (students[0], students[4]);
        make(world, "4A", details("4A", 1)).expect("made");
        let all = [
            ask(ada, "MATH"),
            ask(ada, "ART"),
            ask(ada, "SCN3230"),
            ask(stranger, "MATH"),
        ];
        let told = write(world, |tx| {
            courses::preview_requests(tx, &manager(world), (school(0), year()), &all)
        });
        assert_eq!(told.expect("told").iter().filter(|one| one.is_there).count(), 3);
        assert!(asked(world, ada).0.is_empty(), "a preview keeps nothing");
        let answered = ask_for(world, &all).expect("answered");
        assert_eq!(codes(&answered[0]), Vec::<&str>::new(), "{}", world.engine);
        assert_eq!(codes(&answered[1]), ["LP-0538"], "no class of it");
        assert_eq!(codes(&answered[2]), ["LP-0517", "LP-0535", "LP-0538"], "warnings");
        assert_eq!(codes(&answered[3]), ["LP-0546"], "of another school");
        assert!(
            ask_for(world, &all[..2])
                .expect("sent again")
                .iter()
                .all(|one| one.is_there)
        );
        assert_eq!(asked(world, ada).0, ["MATH", "ART", "SCN3230"]);
        let twice = AskFor {
            id: CourseRequestId::derived("twice"),
            ..all[0]
        };
        assert_eq!(
            codes(&ask_for(world, &[twice]).expect("answered")[0]),
            ["LP-0534"]
        );
        assert_eq!(refused(ask_for(world, &[])), ["LP-0531"]);
        let foreign = courses_of(&[school(1)]);
        let denied = write(world, |tx| {
            courses::ask_for(tx, &foreign, (school(0), year()), &all, "")
        });
        assert_eq!(denied.err(), Some(Failure::NotFound));
        assert!(read(world, |at| courses::is_known(at, ada)));
    });
}

#[test]
fn a_request_is_raised_taken_back_with_what_stands_in_for_it_and_put_back() {
    each_engine(|world| {
        let ada = furnish(world)[0];
        let (math, art) = (ask(ada, "MATH"), ask(ada, "ART"));
        let music = AskFor {
            instead_of: Some(art.id),
            ..ask(ada, "MUS")
        };
        ask_for(world, &[math, art, music]).expect("answered");
        assert_eq!(asked(world, ada).0, ["MATH", "ART", "MUS"]);
        let permit = manager(world);
        let raised = write(world, |tx| courses::raise_request(tx, &permit, (art.id, 1))).expect("raised");
        assert_eq!(asked(world, ada).0, ["ART", "MUS", "MATH"], "{}", world.engine);
        let stale = write(world, |tx| courses::withdraw_request(tx, &permit, (art.id, 1)));
        assert!(matches!(stale, Err(Failure::Conflict(_))));
        let seen = raised.known.version;
        let gone = write(world, |tx| courses::withdraw_request(tx, &permit, (art.id, seen))).expect("gone");
        assert_eq!(asked(world, ada).0, ["MATH"]);
        let again = write(world, |tx| {
            courses::withdraw_request(tx, &permit, (art.id, gone.known.version))
        });
        assert_eq!(refused(again), ["LP-0540"]);
        let alone = AskFor {
            id: CourseRequestId::derived("alone"),
            ..music
        };
        assert_eq!(
            codes(&ask_for(world, &[alone]).expect("answered")[0]),
            ["LP-0539", "LP-0538"]
        );
        let seen = gone.known.version;
        write(world, |tx| courses::restore_request(tx, &permit, (art.id, seen))).expect("back");
        assert_eq!(
            asked(world, ada),
            (vec!["ART".to_owned(), "MATH".to_owned()], vec!["MUS".to_owned()])
        );
        let foreign = courses_of(&[school(1)]);
        let denied = write(world, |tx| courses::withdraw_request(tx, &foreign, (math.id, 2)));
        assert_eq!(denied.err(), Some(Failure::NotFound));
    });
}

const RUN: &str = "run";

fn run(world: &World) -> CourseLoad {
    read(world, |at| {
        courses::course_load(at, &viewer(world), CourseLoadId::derived(RUN))
    })
}

/// Begins a run, and makes its plan.
fn plan(world: &World) -> LoadedPlan {
    let (id, permit) = (CourseLoadId::derived(RUN), manager(world));
    let days = (date("2026-09-01"), date("2027-06-25"));
    let ask = LoadAsk {
        seed: 1,
        ..LoadAsk::default()
    };
    write(world, |tx| {
        courses::begin_load(tx, &permit, id, (school(0), year()), (days, ask.clone()))
    })
    .expect("begun");
    let ground = read(world, |at| courses::ground_of(at, &viewer(world), id));
    let plan = courses::plan_of(&ground, || Duration::from_millis(7));
    write(world, |tx| {
        courses::keep_plan(tx, &permit, id, Some((&ground.seen, plan.clone())))
    })
    .expect("kept");
    plan
}

fn work(world: &World) {
    let (id, permit) = (CourseLoadId::derived(RUN), manager(world));
    while write(world, |tx| courses::work_on_load(tx, &permit, id, "the loader")).expect("worked") {}
}

/// Four students ask for art, of which there are two classes of one seat; one of them is in mathematics at that hour.
fn four(world: &World) -> Vec<StudentId> {
    let students = furnish(world);
    for (number, period) in [("ART-1", 1), ("ART-2", 2)] {
        let art = SectionDetails {
            courses: vec![course("ART")],
            capacity: Some(1),
            ..details(number, period)
        };
        make(world, number, art).expect("made");
    }
    let asks: Vec<AskFor> = students[..3].iter().map(|student| ask(*student, "ART")).collect();
    ask_for(world, &asks).expect("answered");
    students
}

#[test]
fn a_run_is_planned_applied_over_what_was_seen_and_taken_back_whole() {
    each_engine(|world| {
        let students = four(world);
        let planned = plan(world);
        assert_eq!(
            (planned.placed.len(), planned.unplaced.len()),
            (2, 1),
            "{}",
            world.engine
        );
        assert_eq!(run(world).state, LoadState::Planned);
        let seated = |number: &str| list(world, SectionId::derived(number)).len();
        assert_eq!(seated("ART-1") + seated("ART-2"), 0, "nobody has moved");
        let (id, permit) = (CourseLoadId::derived(RUN), manager(world));
        let foreign = courses_of(&[school(1)]);
        let denied = write(world, |tx| courses::apply_load(tx, &foreign, id));
        assert_eq!(denied.err(), Some(Failure::NotFound));
        write(world, |tx| courses::apply_load(tx, &permit, id)).expect("begun");
        work(world);
        assert_eq!((seated("ART-1"), seated("ART-2")), (1, 1));
        assert_eq!(run(world).state, LoadState::Applied);
        let twice = write(world, |tx| courses::apply_load(tx, &permit, id));
        assert_eq!(refused(twice), ["LP-0544"]);
        let tallies = read(world, |at| {
            courses::tallies(at, &viewer(world), (school(0), year()))
        });
        assert_eq!(
            (tallies[0].asked, tallies[0].seated, tallies[0].needed()),
            (3, 2, 1)
        );
        // One seat is changed by hand: it stays.
        let kept = list(world, SectionId::derived("ART-1"))[0].seat.clone();
        write(world, |tx| {
            courses::take_out(
                tx,
                &permit,
                SectionId::derived("ART-1"),
                (kept.id, 1),
                date("2027-05-01"),
            )
        })
        .expect("taken out");
        write(world, |tx| courses::undo_load(tx, &permit, id)).expect("begun");
        work(world);
        let undone = run(world);
        assert_eq!((undone.state, undone.plan.kept), (LoadState::Undone, 1));
        assert_eq!((seated("ART-1"), seated("ART-2")), (1, 0));
        assert_eq!(students.len(), 5);
    });
}

#[test]
fn a_plan_is_not_applied_over_what_it_did_not_see_and_nobody_waits_by_it() {
    each_engine(|world| {
        let students = four(world);
        plan(world);
        let (id, permit) = (CourseLoadId::derived(RUN), manager(world));
        ask_for(world, &[ask(students[3], "ART")]).expect("answered");
        let stale = write(world, |tx| courses::apply_load(tx, &permit, id));
        assert_eq!(refused(stale), ["LP-0545"], "{}", world.engine);
        write(world, |tx| courses::plan_again(tx, &permit, id)).expect("anew");
        assert_eq!(plan(world).unplaced.len(), 2);
        write(world, |tx| courses::apply_load(tx, &permit, id)).expect("begun");
        // Between two chunks somebody takes the seats.
        for (place, number) in ["ART-1", "ART-2"].into_iter().enumerate() {
            let planned = run(world).plan.placed;
            let other = students
                .iter()
                .find(|one| planned.iter().all(|placed| placed.student != **one));
            if place == 0 {
                let put = put(*other.expect("somebody lacks"), "2026-11-23");
                let section = SectionId::derived(number);
                write(world, |tx| {
                    courses::put_in(tx, &permit, section, std::slice::from_ref(&put), "")
                })
                .expect("put in");
            }
        }
        work(world);
        let applied = run(world);
        assert_eq!(applied.state, LoadState::Applied);
        let refused: Vec<&str> = applied
            .plan
            .refused
            .iter()
            .map(|(_, code)| code.as_str())
            .collect();
        assert_eq!(refused, ["LP-0514"], "told in the report, and on no waiting list");
        assert_eq!(list(world, SectionId::derived("ART-1")).len(), 1);
    });
}

#[test]
fn a_run_of_another_school_or_of_a_year_that_is_over_is_not_begun() {
    each_engine(|world| {
        furnish(world);
        let (id, permit) = (CourseLoadId::derived(RUN), manager(world));
        let days = (date("2026-09-01"), date("2027-06-25"));
        let begin = |permit: &access::Permit<access::action::ManageSections>, days| {
            write(world, |tx| {
                courses::begin_load(tx, permit, id, (school(0), year()), (days, LoadAsk::default()))
            })
        };
        let foreign = courses_of(&[school(1)]);
        assert_eq!(begin(&foreign, days).err(), Some(Failure::NotFound));
        assert_eq!(refused(begin(&permit, (days.1, days.0))), ["LP-0505"]);
        move_to(world, "2027-09-10");
        assert_eq!(refused(begin(&permit, days)), ["LP-0527"]);
        assert!(read(world, |at| Ok(at.today())) > days.1);
    });
}
