//! Writing many rows at once on either engine.

/// `insert_many!(conn, table, rows)`: inserts a `Vec` of rows in statements of
/// a few hundred rows, below both engines' limit of bound values. Returns
/// `QueryResult<()>`.
#[macro_export]
macro_rules! insert_many {
    ($conn:expr, $table:expr, $rows:expr) => {{
        use diesel::RunQueryDsl;
        let rows = $rows;
        let conn: &mut $crate::AnyConnection = $conn;
        let mut result: diesel::QueryResult<()> = Ok(());
        for chunk in rows.chunks(400) {
            let done = match conn {
                $crate::AnyConnection::Sqlite(conn) => {
                    diesel::insert_into($table).values(chunk).execute(conn)
                }
                $crate::AnyConnection::Postgres(conn) => {
                    diesel::insert_into($table).values(chunk).execute(conn)
                }
            };
            if let Err(error) = done {
                result = Err(error);
                break;
            }
        }
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

/// `insert_ignore!(conn, table, rows)`: inserts the rows whose key is not taken.
#[macro_export]
macro_rules! insert_ignore {
    ($conn:expr, $table:expr, $rows:expr) => {{
        use diesel::RunQueryDsl;
        let rows = $rows;
        let conn: &mut $crate::AnyConnection = $conn;
        let mut result: diesel::QueryResult<()> = Ok(());
        for chunk in rows.chunks(400) {
            let done = match conn {
                $crate::AnyConnection::Sqlite(conn) => {
                    diesel::insert_or_ignore_into($table).values(chunk).execute(conn)
                }
                $crate::AnyConnection::Postgres(conn) => diesel::insert_into($table)
                    .values(chunk)
                    .on_conflict_do_nothing()
                    .execute(conn),
            };
            if let Err(error) = done {
                result = Err(error);
                break;
            }
        }
        result
    }};
}
