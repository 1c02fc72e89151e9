//! One fresh database per test, on each engine: tests run in parallel and
//! leave nothing.
//!
//! PostgreSQL is used when `LODGEPOLE_TEST_POSTGRES` holds the URL of a server
//! on which databases may be made; `./test` starts one.

mod walks;

use db::{Lane, Location, Options, Store};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use kernel::{Actor, Clock, Date, DivisionId, FixedClock, Instant};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The division of every test: authority 3260.
pub const DIVISION: DivisionId = DivisionId(3260);

/// When tests begin: Monday 23 November 2026, 9:42 in Alberta.
pub const START: &str = "2026-11-23T16:42:00Z";

/// A fresh database and what goes with it.
pub struct World {
    /// The store.
    pub store: Store,
    /// A clock that stands at [`START`] until it is moved.
    pub clock: Arc<FixedClock>,
    /// The program itself, acting in [`DIVISION`].
    pub actor: Actor,
    /// The engine's name, for messages.
    pub engine: &'static str,
    /// Where the records are.
    pub location: Location,
    /// A folder of the test's own; vanishes with the world.
    pub folder: tempfile::TempDir,
    server: Option<(String, String)>,
}

impl World {
    /// The same division, opened by a second program.
    pub fn reopened(&self) -> Store {
        open(&self.location, self.folder.path(), self.clock.clone())
    }
    /// Another, empty place on the same engine, not yet migrated.
    pub fn other_place(&self) -> Elsewhere {
        match &self.server {
            None => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                Elsewhere {
                    location: Location::Folder(folder.path().to_owned()),
                    _folder: Some(folder),
                    dropped: None,
                }
            }
            Some((server, _)) => {
                let name = fresh_name();
                on_server(server, &format!("CREATE DATABASE {name}"));
                Elsewhere {
                    location: Location::Url(with_database(server, &name)),
                    _folder: None,
                    dropped: Some((server.clone(), name)),
                }
            }
        }
    }
}

impl Drop for World {
    /// Fails the test that asked something which passes over every row of a division.
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            try_on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        } else if !std::thread::panicking() {
            let long = walks::long(&self.location);
            assert!(
                long.is_empty(),
                "these pass over all that a division has:\n{}",
                long.join("\n")
            );
        }
    }
}

/// A place without records.
pub struct Elsewhere {
    /// Where.
    pub location: Location,
    _folder: Option<tempfile::TempDir>,
    dropped: Option<(String, String)>,
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.dropped {
            try_on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Runs `test` on `SQLite`, then on PostgreSQL where a server is at hand.
pub fn each_engine(test: impl Fn(&World)) {
    test(&sqlite());
    if let Some(server) = postgres_server() {
        test(&postgres(&server));
    }
}

/// A world on `SQLite`.
pub fn sqlite() -> World {
    walks::listen();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let location = Location::Folder(folder.path().to_owned());
    db::migrate(&location).expect("the schema is made");
    world("SQLite", location, folder, None)
}

fn postgres(server: &str) -> World {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let name = fresh_name();
        on_server(server, &format!("CREATE DATABASE {name}"));
        db::migrate(&Location::Url(with_database(server, &name))).expect("the schema is made");
        name
    });
    let name = fresh_name();
    on_server(server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    world(
        "PostgreSQL",
        Location::Url(with_database(server, &name)),
        folder,
        Some((server.to_owned(), name)),
    )
}

fn world(
    engine: &'static str,
    location: Location,
    folder: tempfile::TempDir,
    server: Option<(String, String)>,
) -> World {
    let clock = Arc::new(FixedClock::at(
        Instant::from_rfc3339(START).expect("START is RFC 3339"),
    ));
    let store = open(&location, folder.path(), clock.clone());
    let actor = Actor::system(DIVISION, "Test");
    store
        .write_now(Lane::Interactive, &actor, |tx| {
            use db::Reading;
            use db::schema::division::dsl;
            let now = tx.now();
            diesel::insert_into(dsl::division)
                .values((
                    dsl::division_id.eq(DIVISION),
                    dsl::name.eq("Test division"),
                    dsl::is_practice.eq(true),
                    dsl::created_at.eq(now),
                ))
                .execute(tx.conn())?;
            Ok(())
        })
        .expect("the division is made");
    World {
        store,
        clock,
        actor,
        engine,
        location,
        folder,
        server,
    }
}

fn open(location: &Location, folder: &Path, clock: Arc<dyn Clock>) -> Store {
    let options = Options {
        readers: 2,
        writers: 3,
    };
    Store::open(location, &folder.join("keys"), clock, options).expect("the store opens")
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told the server by their environment"
)]
fn postgres_server() -> Option<String> {
    std::env::var("LODGEPOLE_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

fn fresh_name() -> String {
    format!("lp_{}", uuid::Uuid::new_v4().simple())
}

fn with_database(server: &str, name: &str) -> String {
    let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
    format!("{base}/{name}")
}

fn on_server(server: &str, sql: &str) {
    let mut conn =
        PgConnection::establish(server).expect("the PostgreSQL of LODGEPOLE_TEST_POSTGRES answers");
    conn.batch_execute(sql)
        .expect("databases may be made on the test server");
}

/// Cleaning up must not hide the failure of the test itself.
fn try_on_server(server: &str, sql: &str) {
    if let Ok(mut conn) = PgConnection::establish(server) {
        let _ = conn.batch_execute(sql);
    }
}

/// A date in a test.
pub fn date(text: &str) -> Date {
    text.parse().expect("a test names a date as yyyy-MM-dd")
}
