//! The two engines and how a connection to each is opened.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use kernel::{Failure, Outcome};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A connection to either engine; queries are checked against both when they compile.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// A file.
    Sqlite(SqliteConnection),
    /// A server.
    Postgres(PgConnection),
}

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, built in.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// Where the records are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// `lodgepole.db` in this folder.
    Folder(PathBuf),
    /// A `postgres://` URL.
    Url(String),
}

impl Location {
    /// The URL when one is given, else the folder.
    pub fn new(folder: &Path, url: Option<&str>) -> Self {
        url.map_or_else(
            || Self::Folder(folder.to_owned()),
            |url| Self::Url(url.to_owned()),
        )
    }
    /// Its engine.
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Folder(_) => Engine::Sqlite,
            Self::Url(_) => Engine::Postgres,
        }
    }
    /// The SQLite file.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder.join("lodgepole.db")),
            Self::Url(_) => None,
        }
    }
    /// Text for `Connection::establish`.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Folder(_) => self
                .file()
                .map(|file| file.display().to_string())
                .unwrap_or_default(),
            Self::Url(url) => url.clone(),
        }
    }
    /// One connection outside any pool: migrations, copies.
    pub(crate) fn connect(&self) -> Outcome<AnyConnection> {
        let away = |error: ConnectionError| Failure::Unavailable(format!("database: {error}"));
        match self {
            Self::Folder(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| Failure::Unavailable(format!("data folder: {error}")))?;
                let mut conn = SqliteConnection::establish(&self.address()).map_err(away)?;
                conn.batch_execute(SQLITE_WRITER)?;
                Ok(AnyConnection::Sqlite(conn))
            }
            Self::Url(url) => PgConnection::establish(url)
                .map(AnyConnection::Postgres)
                .map_err(away),
        }
    }
}

impl Location {
    /// One connection that only reads and leaves the file as it is: copies, checks.
    pub(crate) fn connect_read(&self) -> Outcome<AnyConnection> {
        if let Self::Folder(_) = self {
            let mut conn = SqliteConnection::establish(&self.address())
                .map_err(|error| Failure::Unavailable(format!("database: {error}")))?;
            conn.batch_execute(SQLITE_READER)?;
            return Ok(AnyConnection::Sqlite(conn));
        }
        self.connect()
    }
}

/// Durable to the disk: an answered write survives a pulled plug.
const SQLITE_WRITER: &str = "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; \
    PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;";
const SQLITE_READER: &str = "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; \
    PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;";

/// Whoever holds a row or a table for long, such as a person's own tool, must
/// not stop the school: the wait ends, and the person is told to try again.
const POSTGRES: &str = "SET lock_timeout = '5s'";

#[derive(Debug)]
struct Opening {
    sqlite: &'static str,
}

impl CustomizeConnection<AnyConnection, diesel::r2d2::Error> for Opening {
    fn on_acquire(&self, conn: &mut AnyConnection) -> Result<(), diesel::r2d2::Error> {
        match conn {
            AnyConnection::Sqlite(sqlite) => sqlite.batch_execute(self.sqlite),
            AnyConnection::Postgres(postgres) => postgres.batch_execute(POSTGRES),
        }
        .map_err(diesel::r2d2::Error::QueryError)
    }
}

/// Tells SQLite's planner what a division's rows are like. Every index begins
/// with the division, which the planner would take for a choice of a few rows
/// out of many, and so go through all that a division has where another index
/// leads to ten rows. The figures are the same for every database, so that a
/// statement goes the same way on the first day, in a test, and in a large
/// division: 100,000 rows of a division, about ten for what else is asked, one
/// for a whole key. One small table is looked at, for that makes the table of
/// figures; no other is read. Source of the form: sqlite.org, "The `sqlite_stat1` table".
pub(crate) fn assume_rows(conn: &mut SqliteConnection) -> QueryResult<()> {
    conn.batch_execute(
        "ANALYZE division;
         DELETE FROM sqlite_stat1;
         INSERT INTO sqlite_stat1 (tbl, idx, stat)
         SELECT tbl, idx, '100000' || group_concat(' ' || each, '') FROM (
           SELECT owner.name AS tbl, list.name AS idx,
             CASE
               WHEN list.\"unique\" AND part.seqno = (SELECT max(seqno) FROM pragma_index_info(list.name)) THEN 1
               WHEN part.name = 'division_id' AND part.seqno = 0 THEN 100000
               ELSE max(10 - 2 * part.seqno, 2)
             END AS each
           FROM sqlite_schema AS owner
             JOIN pragma_index_list(owner.name) AS list
             JOIN pragma_index_info(list.name) AS part
           WHERE owner.type = 'table' AND owner.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
           ORDER BY owner.name, list.name, part.seqno)
         GROUP BY tbl, idx;
         ANALYZE sqlite_schema;",
    )
}

/// Has PostgreSQL look at how many rows lie where: until then it goes on by
/// plans made for empty tables. SQLite keeps to what [`assume_rows`] told it.
pub(crate) fn take_stock(conn: &mut AnyConnection) -> QueryResult<()> {
    match conn {
        AnyConnection::Sqlite(_) => Ok(()),
        AnyConnection::Postgres(postgres) => postgres.batch_execute("ANALYZE"),
    }
}

pub(crate) type AnyPool = Pool<ConnectionManager<AnyConnection>>;

/// A pool of `size` connections that write, or of read-only ones.
pub(crate) fn pool(location: &Location, size: u32, read_only: bool) -> Outcome<AnyPool> {
    let sqlite = if read_only { SQLITE_READER } else { SQLITE_WRITER };
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(Duration::from_secs(10))
        .test_on_check_out(location.engine() == Engine::Postgres)
        .connection_customizer(Box::new(Opening { sqlite }))
        .build(ConnectionManager::new(location.address()))
        .map_err(|error| Failure::Unavailable(format!("database: {error}")))
}
