//! Killed while it writes: what was acknowledged is there, and the audit chain is whole.

use crate::program::{Database, Running, done, run, text};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// Kills of each engine.
const KILLS: usize = 60;

/// Changes an audit row behind the program's back.
pub(crate) fn forge(data: &str) {
    let mut conn = SqliteConnection::establish(&format!("{data}/lodgepole.db")).expect("the file opens");
    conn.batch_execute("UPDATE audit SET actor_name = 'Somebody else' WHERE seq = 1")
        .expect("changed");
}

fn torture(place: &[&str]) {
    let call = [&["torture"], place].concat();
    let mut acknowledged = BTreeSet::new();
    for kill in 0..KILLS {
        let mut running = Running::start(&call);
        // Another number of writes each time, so that kills fall at every moment of one.
        for _ in 0..=kill % 7 {
            let line = running.line().expect("it writes until it is killed");
            acknowledged.insert(line.parse::<u64>().expect("a number"));
        }
        running.kill();
        // Written and told before the kill, though not read yet.
        while let Some(line) = running.line() {
            acknowledged.extend(line.parse::<u64>());
        }
    }
    assert!(acknowledged.len() >= KILLS, "{} writes", acknowledged.len());
    let counted = done(&[&["torture", "--count"], place].concat());
    let kept: BTreeSet<u64> = counted
        .lines()
        .filter_map(|line| line.split(' ').next()?.parse().ok())
        .collect();
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
    let verified = done(&[&["audit", "verify"], place].concat());
    assert!(verified.contains("whole"), "{verified}");
}

#[test]
fn killed_sixty_times_on_sqlite_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("records");
    torture(&["--data", text(&data)]);
}

#[test]
fn killed_sixty_times_on_postgresql_nothing_acknowledged_is_lost() {
    let Some(database) = Database::new("killed") else {
        return; // `./test` always names a server
    };
    let folder = tempfile::tempdir().expect("a folder");
    torture(&["--database-url", &database.url, "--keys", text(folder.path())]);
}

/// Jobs done in all, and kills while one was under way.
const JOBS: u32 = 24;
const JOB_KILLS: usize = 12;

/// Each job adds one to its number in the transaction that ends it: however
/// often its program is killed between the lease and the end, the number is 1.
fn jobs_killed(place: &[&str]) {
    let (jobs, mut begun) = (JOBS.to_string(), 0);
    let call = [&["torture", "--jobs", &jobs], place].concat();
    for kill in 0..JOB_KILLS {
        let mut running = Running::start(&call);
        for _ in 0..=kill % 2 {
            begun += usize::from(running.line().is_some());
        }
        running.kill();
    }
    assert!(begun >= JOB_KILLS, "killed while jobs were under way: {begun}");
    done(&call);
    let counted = done(&[&["torture", "--count"], place].concat());
    let mut kept: Vec<(u32, &str)> = counted
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(number, times)| Some((number.parse().ok()?, times)))
        .collect();
    kept.sort_unstable();
    let wanted: Vec<(u32, &str)> = (0..JOBS).map(|number| (number, "1")).collect();
    assert_eq!(kept, wanted, "each job is done once");
    assert!(done(&[&["audit", "verify"], place].concat()).contains("whole"));
}

#[test]
fn jobs_whose_program_is_killed_are_done_once_each_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    jobs_killed(&["--data", text(&folder.path().join("records"))]);
}

#[test]
fn jobs_whose_program_is_killed_are_done_once_each_on_postgresql() {
    let Some(database) = Database::new("jobs") else {
        return; // `./test` always names a server
    };
    let folder = tempfile::tempdir().expect("a folder");
    jobs_killed(&["--database-url", &database.url, "--keys", text(folder.path())]);
}

/// Moments after the start at which a migration is killed, in milliseconds.
const MOMENTS: [u64; 8] = [5, 10, 15, 20, 30, 45, 70, 120];

/// Whatever the moment, the schema afterwards is that of some step, and the next start finishes it.
fn migration_killed(place: &[&str], forget: impl Fn()) {
    let migrate = [&["migrate"], place].concat();
    let mut unfinished = 0;
    for moment in MOMENTS {
        forget();
        let mut running = Running::start(&migrate);
        std::thread::sleep(std::time::Duration::from_millis(moment));
        running.kill();
        drop(running);
        let doctor = run(&[&["doctor"], place].concat());
        let said = String::from_utf8_lossy(&doctor.stdout).into_owned();
        let is_whole = said.contains("the schema is current");
        assert!(
            is_whole || said.contains("`lodgepole migrate`"),
            "killed after {moment} ms, it says what to do: {said}"
        );
        unfinished += usize::from(!is_whole);
        done(&migrate);
        let again = done(&migrate);
        assert!(again.contains("current"), "killed after {moment} ms: {again}");
        done(
            &[
                &["division", "add", "--code", "3260", "--name", "A division"],
                place,
            ]
            .concat(),
        );
        assert!(done(&[&["audit", "verify"], place].concat()).contains("whole"));
    }
    assert!(unfinished > 0, "some of the kills came before the end");
}

#[test]
fn a_migration_killed_at_any_moment_is_finished_by_the_next_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let records = folder.path().join("records");
    migration_killed(&["--data", text(&records)], || {
        drop(std::fs::remove_dir_all(&records)); // not there the first time
    });
}

#[test]
fn a_migration_killed_at_any_moment_is_finished_by_the_next_on_postgresql() {
    let Some(database) = Database::new("migration") else {
        return; // `./test` always names a server
    };
    let folder = tempfile::tempdir().expect("a folder");
    migration_killed(
        &["--database-url", &database.url, "--keys", text(folder.path())],
        || {
            database.empty();
        },
    );
}
