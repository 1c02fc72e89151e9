//! Statements handed to the engine itself: reading what every page reads, writing many rows at once.

/// Rows of one statement on PostgreSQL.
pub const ROWS_A_STATEMENT: usize = 400;

/// `ask!(conn, load, query)`, `ask!(conn, first, query)`: runs a typed query on
/// the engine itself. The statement is then kept prepared under the query's
/// type, where through [`crate::AnyConnection`] its text is written anew each
/// time; for what every page of a student reads. Returns what the method does.
#[macro_export]
macro_rules! ask {
    ($conn:expr, $how:ident, $query:expr) => {{
        let conn: &mut $crate::AnyConnection = $conn;
        match conn {
            $crate::AnyConnection::Sqlite(conn) => $query.$how(conn),
            $crate::AnyConnection::Postgres(conn) => $query.$how(conn),
        }
    }};
}

/// `insert_many!(conn, table, rows)`: inserts a `Vec` of rows. On SQLite one
/// statement, prepared once, takes row after row; on PostgreSQL a statement
/// takes a few hundred, below its limit of bound values. Rows derive
/// `Insertable` with `treat_none_as_default_value = false`, so that every row
/// of a table is the same statement. Returns `QueryResult<()>`.
#[macro_export]
macro_rules! insert_many {
    ($conn:expr, $table:expr, $rows:expr) => {{
        use diesel::RunQueryDsl;
        let rows = $rows;
        let conn: &mut $crate::AnyConnection = $conn;
        let result: diesel::QueryResult<()> = match conn {
            $crate::AnyConnection::Sqlite(conn) => rows
                .iter()
                .try_for_each(|row| diesel::insert_into($table).values(row).execute(conn).map(drop)),
            $crate::AnyConnection::Postgres(conn) => rows
                .chunks($crate::ROWS_A_STATEMENT)
                .try_for_each(|rows| diesel::insert_into($table).values(rows).execute(conn).map(drop)),
        };
        result
    }};
}

/// `upsert!(conn, table, row, (key columns), (assignments))`: inserts, or sets
/// the assignments when the key is taken. Returns `QueryResult<usize>`.
#[macro_export]
macro_rules! upsert {
    ($conn:expr, $table:expr, $row:expr, $key:expr, $set:expr) => {{
        use diesel::RunQueryDsl;
        let conn: &mut $crate::AnyConnection = $conn;
        match conn {
            $crate::AnyConnection::Sqlite(conn) => diesel::insert_into($table)
                .values($row)
                .on_conflict($key)
                .do_update()
                .set($set)
                .execute(conn),
            $crate::AnyConnection::Postgres(conn) => diesel::insert_into($table)
                .values($row)
                .on_conflict($key)
                .do_update()
                .set($set)
                .execute(conn),
        }
    }};
}

/// `insert_ignore!(conn, table, rows)`: as `insert_many!`, for the rows whose key is not taken.
#[macro_export]
macro_rules! insert_ignore {
    ($conn:expr, $table:expr, $rows:expr) => {{
        use diesel::RunQueryDsl;
        let rows = $rows;
        let conn: &mut $crate::AnyConnection = $conn;
        let result: diesel::QueryResult<()> = match conn {
            $crate::AnyConnection::Sqlite(conn) => rows.iter().try_for_each(|row| {
                diesel::insert_or_ignore_into($table)
                    .values(row)
                    .execute(conn)
                    .map(drop)
            }),
            $crate::AnyConnection::Postgres(conn) => {
                rows.chunks($crate::ROWS_A_STATEMENT).try_for_each(|rows| {
                    diesel::insert_into($table)
                        .values(rows)
                        .on_conflict_do_nothing()
                        .execute(conn)
                        .map(drop)
                })
            }
        };
        result
    }};
}
