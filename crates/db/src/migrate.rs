//! The ordered history of the schema: one SQL file a step, for both engines.

use crate::{AnyConnection, Location, engine};
use diesel::backend::Backend;
use diesel::connection::BoxableConnection;
use diesel::migration::{Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel_migrations::MigrationHarness;
use kernel::{Failure, Outcome};

/// Name and text of every step, in order. A step that has been released is never changed.
const STEPS: &[(&str, &str)] = &[
    ("0001_ground", include_str!("../../../migrations/0001_ground.sql")),
    (
        "0002_schools",
        include_str!("../../../migrations/0002_schools.sql"),
    ),
    ("0003_people", include_str!("../../../migrations/0003_people.sql")),
    (
        "0004_enrolment",
        include_str!("../../../migrations/0004_enrolment.sql"),
    ),
    ("0005_pasi", include_str!("../../../migrations/0005_pasi.sql")),
    (
        "0006_exchange",
        include_str!("../../../migrations/0006_exchange.sql"),
    ),
    (
        "0007_calendar",
        include_str!("../../../migrations/0007_calendar.sql"),
    ),
    (
        "0008_courses",
        include_str!("../../../migrations/0008_courses.sql"),
    ),
    (
        "0009_attendance",
        include_str!("../../../migrations/0009_attendance.sql"),
    ),
    (
        "0010_letters",
        include_str!("../../../migrations/0010_letters.sql"),
    ),
    ("0011_mail", include_str!("../../../migrations/0011_mail.sql")),
    (
        "0012_families",
        include_str!("../../../migrations/0012_families.sql"),
    ),
];

/// The few words in which the engines differ.
#[derive(Clone, Copy)]
struct Dialect {
    bytes: &'static str,
    clustered: &'static str,
    plain: &'static str,
}

const SQLITE: Dialect = Dialect {
    bytes: "BLOB",
    clustered: "WITHOUT ROWID",
    plain: "",
};
const POSTGRES: Dialect = Dialect {
    bytes: "BYTEA",
    clustered: "",
    plain: " COLLATE \"C\"",
};

struct History(Dialect);

struct Step {
    name: &'static str,
    sql: String,
}

#[derive(Debug)]
struct Name(&'static str);

impl std::fmt::Display for Name {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.0)
    }
}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        self.0.split('_').next().unwrap_or(self.0).into()
    }
}

struct InTransaction;

impl MigrationMetadata for InTransaction {
    fn run_in_transaction(&self) -> bool {
        true
    }
}

struct Numbered {
    step: Step,
    name: Name,
}

impl<DB: Backend> Migration<DB> for Numbered {
    fn run(&self, conn: &mut dyn BoxableConnection<DB>) -> diesel::migration::Result<()> {
        Ok(conn.batch_execute(&self.step.sql)?)
    }
    fn revert(&self, _: &mut dyn BoxableConnection<DB>) -> diesel::migration::Result<()> {
        Err(format!("{} only goes forward; restore a backup instead", self.step.name).into())
    }
    fn metadata(&self) -> &dyn MigrationMetadata {
        &InTransaction
    }
    fn name(&self) -> &dyn MigrationName {
        &self.name
    }
}

impl<DB: Backend> MigrationSource<DB> for History {
    fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<DB>>>> {
        Ok(STEPS
            .iter()
            .map(|(name, sql)| {
                let sql = sql
                    .replace(" BYTES", &format!(" {}", self.0.bytes))
                    .replace(") CLUSTERED", &format!(") {}", self.0.clustered))
                    .replace("TEXT PLAIN", &format!("TEXT{}", self.0.plain));
                Box::new(Numbered {
                    step: Step { name, sql },
                    name: Name(name),
                }) as Box<dyn Migration<DB>>
            })
            .collect())
    }
}

fn failed(error: &(dyn std::error::Error + Send + Sync)) -> Failure {
    Failure::Unavailable(format!("migration: {error}"))
}

/// Brings the schema at `location` up to date; returns the steps that were run.
/// Each step is one transaction: a program killed inside one leaves the step before.
pub fn migrate(location: &Location) -> Outcome<Vec<String>> {
    let mut conn = location.connect()?;
    let done = match &mut conn {
        AnyConnection::Sqlite(conn) => {
            let done = conn
                .run_pending_migrations(History(SQLITE))
                .map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
            if done.as_ref().is_ok_and(|done| !done.is_empty()) {
                engine::assume_rows(conn)?;
            }
            done
        }
        AnyConnection::Postgres(conn) => conn
            .run_pending_migrations(History(POSTGRES))
            .map(|all| all.iter().map(ToString::to_string).collect()),
    };
    done.map_err(|error| failed(&*error))
}

/// The steps that have not been run.
pub fn pending(location: &Location) -> Outcome<Vec<String>> {
    let mut conn = location.connect()?;
    let names = match &mut conn {
        AnyConnection::Sqlite(conn) => conn
            .pending_migrations(History(SQLITE))
            .map(|all| all.iter().map(|step| step.name().to_string()).collect()),
        AnyConnection::Postgres(conn) => conn
            .pending_migrations(History(POSTGRES))
            .map(|all| all.iter().map(|step| step.name().to_string()).collect()),
    };
    names.map_err(|error| failed(&*error))
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

/// A column as an engine's catalogue tells it, in words both engines share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// Its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// `INTEGER`, `BIGINT`, `TEXT`, `BYTES` or `BOOLEAN`.
    pub kind: String,
    /// `NOT NULL`.
    pub required: bool,
}

/// Every column of every table of ours, read from the engine itself, in table order of creation.
pub fn catalogue(conn: &mut AnyConnection) -> Outcome<Vec<Column>> {
    let sqlite = "SELECT m.name AS table_name, c.name AS column_name, upper(c.type) AS kind, c.\"notnull\" AS required \
        FROM sqlite_master m JOIN pragma_table_info(m.name) c \
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '!_!_%' ESCAPE '!' ORDER BY m.rowid, c.cid";
    let postgres = "SELECT c.table_name::text AS table_name, c.column_name::text AS column_name, upper(c.data_type)::text AS kind, \
        c.is_nullable = 'NO' AS required \
        FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND k.relkind = 'r' \
        JOIN pg_namespace n ON n.oid = k.relnamespace AND n.nspname = c.table_schema \
        WHERE c.table_schema = current_schema() AND c.table_name NOT LIKE '!_!_%' ESCAPE '!' ORDER BY k.oid, c.ordinal_position";
    let rows: Vec<ColumnRow> = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(sqlite).load(conn)?,
        AnyConnection::Postgres(conn) => diesel::sql_query(postgres).load(conn)?,
    };
    Ok(rows
        .into_iter()
        .map(|row| Column {
            table: row.table_name,
            name: row.column_name,
            kind: match row.kind.as_str() {
                "BLOB" | "BYTEA" => "BYTES".to_owned(),
                other => other.to_owned(),
            },
            required: row.required,
        })
        .collect())
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    first: String,
}

/// The first column of every primary key and unique index, by name, read from
/// a `SQLite` catalogue. The engines share one history, so one catalogue tells.
pub fn key_columns(location: &Location) -> Outcome<Vec<(String, String)>> {
    let AnyConnection::Sqlite(mut conn) = location.connect_read()? else {
        return Err(Failure::Fault(
            "keys are read from the SQLite catalogue".to_owned(),
        ));
    };
    let sql = "SELECT m.name || '.' || l.name AS key, i.name AS first FROM sqlite_master m \
        JOIN pragma_index_list(m.name) l ON l.\"unique\" JOIN pragma_index_info(l.name) i ON i.seqno = 0 \
        WHERE m.type = 'table' AND m.name NOT LIKE '!_!_%' ESCAPE '!' \
        UNION ALL SELECT m.name || ' primary key', c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.pk = 1 \
        WHERE m.type = 'table' AND m.name NOT LIKE '!_!_%' ESCAPE '!'";
    let rows: Vec<KeyRow> = diesel::sql_query(sql).load(&mut conn)?;
    Ok(rows.into_iter().map(|row| (row.key, row.first)).collect())
}
