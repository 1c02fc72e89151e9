//! Copying all records from one engine to the other, or to a file: rows travel
//! as JSON that the engines themselves write and read, so a new column needs
//! no line here.

use crate::engine::take_stock;
use crate::migrate::{Column, catalogue};
use crate::{AnyConnection, Location, migrate};
use diesel::connection::SimpleConnection;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use kernel::{Failure, Outcome};
use serde::Serialize;

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CopyReport {
    /// Rows of each table, in table order.
    pub tables: Vec<(String, i64)>,
}

impl CopyReport {
    /// Rows in all.
    pub fn rows(&self) -> i64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

#[derive(QueryableByName)]
struct JsonRow {
    #[diesel(sql_type = Text)]
    row: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// Rows that travel in one statement.
const CHUNK: usize = 500;

/// Copies every row of every table from `from` into `to`, which must be empty
/// and is migrated first. The source is read in one snapshot; the target is
/// written in one transaction, so that a copy that is killed leaves it empty.
/// Counts are compared at the end.
///
/// Refused (`Conflict`) when the target has rows.
pub fn copy_database(from: &Location, to: &Location) -> Outcome<CopyReport> {
    migrate(to)?;
    let (mut source, mut target) = (from.connect_read()?, to.connect()?);
    let tables = tables(&catalogue(&mut source)?);
    if let Some(missing) = tables.iter().find(|table| !catalogue_has(&mut target, table)) {
        return Err(Failure::Fault(format!(
            "the target has no table {} with the same columns",
            missing.name
        )));
    }
    begin_snapshot(&mut source)?;
    let mut report = CopyReport { tables: Vec::new() };
    target.transaction::<_, Failure, _>(|target| {
        for table in &tables {
            if count(target, &table.name)? > 0 {
                return Err(Failure::stale("target database", 0, 1));
            }
            let rows = copy_table(&mut source, target, table)?;
            report.tables.push((table.name.clone(), rows));
        }
        Ok(())
    })?;
    for (table, rows) in &report.tables {
        let (there, here) = (count(&mut source, table)?, count(&mut target, table)?);
        if (there, here) != (*rows, *rows) {
            return Err(Failure::Fault(format!(
                "{table}: {there} rows at the source, {here} at the target"
            )));
        }
    }
    source.batch_execute("ROLLBACK")?;
    take_stock(&mut target)?;
    Ok(report)
}

struct Table {
    name: String,
    columns: Vec<Column>,
}

fn tables(columns: &[Column]) -> Vec<Table> {
    let mut all: Vec<Table> = Vec::new();
    for column in columns {
        match all.last_mut() {
            Some(table) if table.name == column.table => table.columns.push(column.clone()),
            _ => all.push(Table {
                name: column.table.clone(),
                columns: vec![column.clone()],
            }),
        }
    }
    all
}

fn catalogue_has(conn: &mut AnyConnection, table: &Table) -> bool {
    catalogue(conn).is_ok_and(|columns| table.columns.iter().all(|column| columns.contains(column)))
}

fn begin_snapshot(conn: &mut AnyConnection) -> Outcome<()> {
    match conn {
        AnyConnection::Sqlite(conn) => conn.batch_execute("BEGIN")?,
        AnyConnection::Postgres(conn) => {
            conn.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        }
    }
    Ok(())
}

fn count(conn: &mut AnyConnection, table: &str) -> Outcome<i64> {
    let sql = format!("SELECT count(*) AS rows FROM {table}");
    let counted: Count = match conn {
        AnyConnection::Sqlite(conn) => diesel::sql_query(sql).get_result(conn)?,
        AnyConnection::Postgres(conn) => diesel::sql_query(sql).get_result(conn)?,
    };
    Ok(counted.rows)
}

fn copy_table(source: &mut AnyConnection, target: &mut AnyConnection, table: &Table) -> Outcome<i64> {
    let (mut chunk, mut rows) = (Vec::with_capacity(CHUNK), 0);
    let mut take = |row: JsonRow| -> Outcome<()> {
        chunk.push(row.row);
        rows += 1;
        if chunk.len() == CHUNK {
            write_chunk(target, table, &mut chunk)?;
        }
        Ok(())
    };
    match source {
        AnyConnection::Sqlite(conn) => {
            let select = diesel::sql_query(select_sqlite(table));
            for row in select.load_iter::<JsonRow, diesel::connection::DefaultLoadingMode>(conn)? {
                take(row?)?;
            }
        }
        AnyConnection::Postgres(conn) => {
            let select = diesel::sql_query(select_postgres(table));
            for row in select.load_iter::<JsonRow, PgRowByRowLoadingMode>(conn)? {
                take(row?)?;
            }
        }
    }
    write_chunk(target, table, &mut chunk)?;
    Ok(rows)
}

fn each(table: &Table, word: impl Fn(&Column) -> String) -> String {
    table.columns.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn select_sqlite(table: &Table) -> String {
    let fields = each(table, |column| match column.kind.as_str() {
        "BYTES" => format!("'{0}', hex({0})", column.name),
        _ => format!("'{0}', {0}", column.name),
    });
    let nulls = each(table, |column| {
        format!("iif({0} IS NULL, '$.{0}', '$.-')", column.name)
    });
    format!(
        "SELECT json_remove(json_object({fields}), {nulls}) AS row FROM {}",
        table.name
    )
}

fn select_postgres(table: &Table) -> String {
    let fields = each(table, |column| match column.kind.as_str() {
        "BYTES" => format!("encode({0}, 'hex') AS {0}", column.name),
        "BOOLEAN" => format!("{0}::int AS {0}", column.name),
        _ => column.name.clone(),
    });
    format!(
        "SELECT json_strip_nulls(row_to_json(t))::text AS row FROM (SELECT {fields} FROM {}) t",
        table.name
    )
}

fn write_chunk(target: &mut AnyConnection, table: &Table, chunk: &mut Vec<String>) -> Outcome<()> {
    if chunk.is_empty() {
        return Ok(());
    }
    let json = format!("[{}]", chunk.join(","));
    chunk.clear();
    let names = each(table, |column| column.name.clone());
    match target {
        AnyConnection::Sqlite(conn) => {
            let values = each(table, |column| match column.kind.as_str() {
                "BYTES" => format!("unhex(json_extract(value, '$.{}'))", column.name),
                _ => format!("json_extract(value, '$.{}')", column.name),
            });
            let sql = format!(
                "INSERT INTO {} ({names}) SELECT {values} FROM json_each(?)",
                table.name
            );
            diesel::sql_query(sql).bind::<Text, _>(json).execute(conn)?;
        }
        AnyConnection::Postgres(conn) => {
            let values = each(table, |column| match column.kind.as_str() {
                "BYTES" => format!("decode({}, 'hex')", column.name),
                "BOOLEAN" => format!("{} <> 0", column.name),
                _ => column.name.clone(),
            });
            let types = each(table, |column| {
                let kind = match column.kind.as_str() {
                    "BYTES" => "TEXT",
                    "BOOLEAN" => "INTEGER",
                    other => other,
                };
                format!("{} {kind}", column.name)
            });
            let sql = format!(
                "INSERT INTO {} ({names}) SELECT {values} FROM json_to_recordset($1::json) AS t({types})",
                table.name
            );
            diesel::sql_query(sql).bind::<Text, _>(json).execute(conn)?;
        }
    }
    Ok(())
}
