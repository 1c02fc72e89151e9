//! The queue on both engines: once a day, once in all, tried again, taken over.

use db::{Lane, Reading, Tx};
use jobs::{Job, JobState, Note, Order, Overview, Pace, Register, Runner, Schedule, Task};
use kernel::{Actor, Failure, Instant, Outcome};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use testkit::{DIVISION, World, each_engine};

fn at(text: &str) -> Instant {
    Instant::from_rfc3339(text).expect("rfc 3339")
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}

fn runner(world: &World, register: Register) -> Runner {
    Runner::new(world.store.clone(), DIVISION, register, Pace::default())
}

fn turn(runner: &Runner) -> usize {
    wait(runner.turn()).expect("the jobs run")
}

fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

fn overview(world: &World) -> Overview {
    let permit = access::Permit::program(&world.actor).expect("the program's");
    world
        .store
        .read_now(DIVISION, |at| jobs::overview(at, &permit))
        .expect("read")
}

fn last(world: &World) -> Job {
    overview(world).kinds[0].last.clone().expect("one has ended")
}

/// Adds one to a number, in the transaction of the job.
fn counted(tx: &mut Tx, name: &str) -> Outcome<Note> {
    let so_far: usize = db::setting(tx, name)?
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    db::set_setting(tx, name, &(so_far + 1).to_string())?;
    Ok(Note::of("counted", so_far + 1))
}

fn count(world: &World, name: &str) -> usize {
    let read = world.store.read_now(DIVISION, |at| db::setting(at, name));
    read.expect("read")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

fn nightly() -> Register {
    Register::new().and(Task::once("test.nightly", |tx, _| counted(tx, "nightly")).at(Schedule::daily(3, 0)))
}

#[test]
fn a_daily_job_runs_once_a_day_and_once_for_all_the_days_the_program_was_down() {
    each_engine(|world| {
        let runner = runner(world, nightly());
        assert_eq!(
            turn(&runner),
            1,
            "{}: the first start is due at once",
            world.engine
        );
        assert_eq!(turn(&runner), 0, "{}: once", world.engine);
        world.clock.set(at("2026-11-24T09:59:59Z"));
        assert_eq!(turn(&runner), 0, "{}: before the hour", world.engine);
        world.clock.set(at("2026-11-24T10:00:00Z"));
        assert_eq!(turn(&runner), 1, "{}: at the hour", world.engine);
        world.clock.set(at("2026-12-04T18:00:00Z"));
        assert_eq!(turn(&runner), 1, "{}: ten days later, once", world.engine);
        assert_eq!(last(world).planned_for, "2026-12-04".parse().ok());
        assert_eq!(count(world, "nightly"), 3);
        let next = overview(world).kinds[0].next_at;
        assert_eq!(next, Some(at("2026-12-05T10:00:00Z")), "{}", world.engine);
    });
}

#[test]
fn a_clock_that_ran_ahead_and_was_set_back_loses_no_day_and_repeats_none() {
    each_engine(|world| {
        let seen: Arc<std::sync::Mutex<Vec<String>>> = Arc::default();
        let told = Arc::clone(&seen);
        let register = Register::new().and(
            Task::once("test.days", move |tx, run| {
                let (from, to) = run.days(tx.today());
                told.lock().expect("one at a time").push(format!("{from}..{to}"));
                Ok(Note::none())
            })
            .at(Schedule::daily(3, 0)),
        );
        let runner = runner(world, register);
        turn(&runner);
        for moment in [
            "2026-11-27T15:00:00Z", // ahead by four days
            "2026-11-24T09:00:00Z", // back, before the hour
            "2026-11-24T10:30:00Z",
            "2026-11-25T10:30:00Z",
            "2026-11-26T10:30:00Z",
            "2026-11-27T10:30:00Z", // done already
            "2026-11-28T10:30:00Z",
        ] {
            world.clock.set(at(moment));
            turn(&runner);
        }
        let days = seen.lock().expect("nobody else").clone();
        let wanted = [
            "2026-11-23..2026-11-23",
            "2026-11-23..2026-11-27",
            "2026-11-24..2026-11-27",
            "2026-11-25..2026-11-27",
            "2026-11-26..2026-11-27",
            "2026-11-27..2026-11-28",
        ];
        assert_eq!(days, wanted, "{}", world.engine);
    });
}

#[test]
fn two_programs_that_race_run_each_job_once() {
    each_engine(|world| {
        let register = || {
            nightly().and(Task::once("test.ordered", |tx, run| {
                let name: String = run.payload()?;
                counted(tx, &name)
            }))
        };
        for number in 0..20 {
            write(world, |tx| {
                jobs::enqueue(tx, "test.ordered", &format!("job.{number}"))
            })
            .expect("ordered");
        }
        let other = world.reopened();
        let second = Runner::new(other, DIVISION, register(), Pace::default());
        let first = runner(world, register());
        let (one, two) = wait(async {
            let racing = tokio::spawn(async move { second.turn().await });
            let one = first.turn().await.expect("the first runs");
            (one, racing.await.expect("no panic").expect("the second runs"))
        });
        assert_eq!(one + two, 21, "{}", world.engine);
        assert_eq!(count(world, "nightly"), 1, "{}", world.engine);
        for number in 0..20 {
            assert_eq!(
                count(world, &format!("job.{number}")),
                1,
                "{}: {number}",
                world.engine
            );
        }
    });
}

#[test]
fn what_fails_is_tried_again_later_and_later_and_is_dead_in_the_end() {
    each_engine(|world| {
        let register = Register::new().and(Task::once("test.away", |tx, _| {
            counted(tx, "tries")?;
            Err(Failure::Unavailable("the other side is away".to_owned()))
        }));
        let runner = runner(world, register);
        write(world, |tx| jobs::enqueue(tx, "test.away", &())).expect("ordered");
        let mut waits = Vec::new();
        for _ in 1..jobs::TRIES {
            assert_eq!(turn(&runner), 1, "{}", world.engine);
            let next = overview(world).kinds[0].next_at.expect("it waits");
            waits.push(world.store.now().seconds_until(next));
            assert_eq!(turn(&runner), 0, "{}: not before its time", world.engine);
            world.clock.set(next);
        }
        assert!(
            waits.windows(2).all(|pair| pair[0] < pair[1] || pair[1] >= 3600),
            "{waits:?}"
        );
        assert_eq!(turn(&runner), 1);
        let dead = last(world);
        assert_eq!(
            (dead.state, dead.failures),
            (JobState::Dead, jobs::TRIES),
            "{}",
            world.engine
        );
        assert_eq!(dead.last_error, "unavailable: the other side is away");
        assert_eq!(
            count(world, "tries"),
            0,
            "{}: what failed wrote nothing",
            world.engine
        );
        let shown = overview(world);
        assert_eq!((shown.dead, shown.troubled.len()), (1, 1));

        let permit = access::Permit::program(&world.actor).expect("the program's");
        write(world, |tx| jobs::order(tx, &permit, &Order::Again(dead.id))).expect("again");
        assert_eq!(turn(&runner), 1, "{}: ordered again, it runs", world.engine);
        let twice = write(world, |tx| jobs::order(tx, &permit, &Order::Again(dead.id)));
        assert!(
            matches!(twice, Err(Failure::Conflict(_))),
            "{}: it is not dead",
            world.engine
        );
    });
}

#[test]
fn a_patient_job_is_not_given_up_while_the_other_side_is_away_and_the_next_day_takes_its_place() {
    each_engine(|world| {
        let task = Task::remote("test.away", |_| async {
            Err(Failure::Unavailable("the other side is away".to_owned()))
        });
        let daily = Register::new().and(task.at(Schedule::daily(3, 0)).patient());
        let runner = runner(world, daily);
        turn(&runner); // the day is planned
        for day in ["2026-11-25T08:00:00Z", "2026-11-26T08:00:00Z"] {
            while world.store.now() < at(day) {
                let next = overview(world).kinds[0].next_at;
                world.clock.set(next.expect("it waits"));
                assert_eq!(turn(&runner), 1, "{}", world.engine);
            }
            let shown = overview(world);
            assert_eq!((shown.dead, shown.troubled.len()), (0, 1), "{}", world.engine);
            assert!(
                shown.troubled[0].failures > jobs::TRIES,
                "{}: {:?}",
                world.engine,
                shown.troubled
            );
        }
        let working = Task::remote("test.away", |_| async { Ok(Note::of("counted", 1)) });
        let runner = self::runner(
            world,
            Register::new().and(working.at(Schedule::daily(3, 0)).patient()),
        );
        world.clock.set(at("2026-11-28T12:00:00Z"));
        assert_eq!(turn(&runner), 1, "{}: one for all the days", world.engine);
        let shown = overview(world);
        assert_eq!((shown.dead, shown.troubled.len()), (0, 0), "{}", world.engine);
    });
}

#[test]
fn what_trying_again_does_not_mend_is_dead_at_once_and_a_panic_is_a_fault() {
    each_engine(|world| {
        let register = Register::new()
            .and(Task::once("test.gone", |_, _| Err(Failure::NotFound)))
            .and(Task::steps("test.panics", |_| panic!("a bug")));
        let runner = runner(world, register);
        write(world, |tx| jobs::enqueue(tx, "test.gone", &())).expect("ordered");
        write(world, |tx| jobs::enqueue(tx, "test.panics", &())).expect("ordered");
        assert_eq!(turn(&runner), 2);
        let all = overview(world);
        assert_eq!(all.dead, 1, "{}", world.engine);
        let panicked = all
            .troubled
            .iter()
            .find(|job| job.kind == "test.panics")
            .expect("it is tried again");
        assert_eq!(panicked.state, JobState::Waiting);
        assert!(
            panicked.last_error.starts_with("fault: "),
            "{}",
            panicked.last_error
        );
    });
}

/// A runner whose job never ends while it lives: what a kill leaves behind.
fn killed_in_the_middle(world: &World, kind: &'static str) {
    let register = Register::new().and(Task::remote(kind, |_| std::future::pending::<Outcome<Note>>()));
    let runner = Runner::new(world.reopened(), DIVISION, register, Pace::default());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async move {
        let never = runner.turn();
        assert!(
            tokio::time::timeout(std::time::Duration::from_millis(300), never)
                .await
                .is_err()
        );
    });
    runtime.shutdown_background();
}

#[test]
fn a_job_whose_holder_vanished_is_taken_over_after_its_lease_and_dead_when_it_kills_each_time() {
    each_engine(|world| {
        let done = Arc::new(AtomicUsize::new(0));
        let counts = Arc::clone(&done);
        let register = Register::new().and(Task::steps("test.slow", move |_| {
            counts.fetch_add(1, Ordering::SeqCst);
            Ok(Note::none())
        }));
        let other = runner(world, register);
        write(world, |tx| jobs::enqueue(tx, "test.slow", &())).expect("ordered");
        killed_in_the_middle(world, "test.slow");
        assert_eq!(turn(&other), 0, "{}: the lease holds", world.engine);
        world.clock.set(world.store.now().plus_seconds(-86_400));
        assert_eq!(
            turn(&other),
            1,
            "{}: a clock set back does not hold a lease for a day",
            world.engine
        );
        assert_eq!(done.load(Ordering::SeqCst), 1);

        write(world, |tx| jobs::enqueue(tx, "test.slow", &())).expect("ordered");
        for _ in 0..jobs::TRIES {
            killed_in_the_middle(world, "test.slow");
            world.clock.set(world.store.now().plus_seconds(61));
        }
        assert_eq!(turn(&other), 0, "{}", world.engine);
        assert_eq!(
            overview(world).dead,
            1,
            "{}: a job that kills is not tried for ever",
            world.engine
        );
    });
}

#[test]
fn whoever_lost_the_lease_does_not_end_the_job() {
    each_engine(|world| {
        let (clock, store) = (Arc::clone(&world.clock), world.reopened());
        let takeover = move || {
            clock.set(store.now().plus_seconds(61));
            let register = Register::new().and(Task::once("test.both", |tx, _| counted(tx, "both")));
            let second = Runner::new(store.clone(), DIVISION, register, Pace::default());
            std::thread::spawn(move || turn(&second))
                .join()
                .expect("no panic")
        };
        let register = Register::new().and(Task::steps("test.both", move |_| {
            assert_eq!(takeover(), 1, "the lease is over: another takes it");
            Ok(Note::of("counted", 99))
        }));
        write(world, |tx| jobs::enqueue(tx, "test.both", &())).expect("ordered");
        assert_eq!(turn(&runner(world, register)), 1);
        assert_eq!(
            last(world).note(),
            Note::of("counted", 1),
            "{}: the second's end stands",
            world.engine
        );
    });
}

#[test]
fn a_program_that_stops_gives_its_jobs_back_at_once() {
    each_engine(|world| {
        let (began, told) = std::sync::mpsc::channel();
        let register = Register::new().and(Task::steps("test.long", move |work| {
            let _ = began.send(());
            loop {
                work.go_on()?;
                std::thread::yield_now();
            }
        }));
        write(world, |tx| jobs::enqueue(tx, "test.long", &())).expect("ordered");
        let running = runner(world, register);
        wait(async {
            let running = running.start();
            tokio::task::spawn_blocking(move || told.recv())
                .await
                .expect("no panic")
                .expect("it began");
            running.stop().await;
        });
        let line = overview(world).kinds[0].clone();
        assert_eq!(
            (line.is_running, line.next_at, line.failures),
            (false, Some(world.store.now()), 0),
            "{}",
            world.engine
        );
    });
}

#[test]
fn a_job_runs_in_the_name_of_whoever_ordered_it_and_what_they_may_is_looked_at_again() {
    each_engine(|world| {
        let register = Register::new()
            .and(Task::once("test.whose", |tx, run| {
                let name = run.actor().name.clone();
                db::set_setting(tx, "whose", &name)?;
                Ok(Note::none())
            }))
            .and(Task::once("test.may", |tx, run| {
                run.standing(tx).map(|_| Note::none())
            }));
        let person = Actor {
            account: Some(kernel::AccountId::derived("gone")),
            name: "Rosa Secretary".to_owned(),
            role: Some(kernel::Role::Secretary),
            ..world.actor.clone()
        };
        for kind in ["test.whose", "test.may"] {
            let ordered = world
                .store
                .write_now(Lane::Interactive, &person, |tx| jobs::enqueue(tx, kind, &()));
            ordered.expect("ordered");
        }
        assert_eq!(turn(&runner(world, register)), 2);
        let whose = world
            .store
            .read_now(DIVISION, |at| db::setting(at, "whose"))
            .expect("read");
        assert_eq!(whose.as_deref(), Some("Rosa Secretary"), "{}", world.engine);
        let all = overview(world);
        assert_eq!(
            all.troubled[0].last_error, "denied: work.later",
            "{}: no such account now",
            world.engine
        );
    });
}

#[test]
fn daily_work_can_be_ordered_now_and_a_second_press_orders_nothing_more() {
    each_engine(|world| {
        let runner = runner(world, nightly());
        turn(&runner);
        let permit = access::Permit::program(&world.actor).expect("the program's");
        let order = |kind: &str| {
            let order = Order::Kind(kind.to_owned());
            write(world, |tx| jobs::order(tx, &permit, &order))
        };
        order("test.nightly").expect("ordered");
        order("test.nightly").expect("a second press is no failure");
        assert_eq!(turn(&runner), 1, "{}", world.engine);
        assert_eq!(order("test.unknown"), Err(Failure::NotFound));
        assert_eq!(count(world, "nightly"), 2);
    });
}

#[test]
fn old_jobs_are_forgotten_but_for_the_last_of_each_kind() {
    each_engine(|world| {
        let runner = runner(world, nightly());
        turn(&runner);
        world.clock.set(at("2026-11-24T12:00:00Z"));
        turn(&runner);
        world.clock.set(at("2027-06-01T12:00:00Z"));
        assert_eq!(write(world, jobs::forget_old), Ok(1), "{}", world.engine);
        assert_eq!(last(world).planned_for, "2026-11-24".parse().ok());
        let today = write(world, |tx| Ok(tx.today())).expect("read");
        assert_eq!(today, testkit::date("2027-06-01"));
    });
}
