//! Killed while it writes: what was acknowledged is there, and the audit chain is whole.

use crate::program::{Running, done, text};
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
    let kept: BTreeSet<u64> = counted.lines().filter_map(|line| line.parse().ok()).collect();
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
#[expect(
    clippy::disallowed_methods,
    reason = "tests are told the server by their environment"
)]
fn killed_sixty_times_on_postgresql_nothing_acknowledged_is_lost() {
    let Some(server) = std::env::var("LODGEPOLE_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
    else {
        return; // `./test` always names one
    };
    let name = format!("lp_killed_{}", std::process::id());
    let mut conn = PgConnection::establish(&server).expect("the server answers");
    conn.batch_execute(&format!("CREATE DATABASE {name}"))
        .expect("databases may be made");
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    let url = format!("{base}/{name}");
    let folder = tempfile::tempdir().expect("a folder");
    torture(&["--database-url", &url, "--keys", text(folder.path())]);
    conn.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"))
        .expect("cleaned up");
}
