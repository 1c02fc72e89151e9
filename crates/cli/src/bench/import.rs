//! Loading the division, beside a raw insert of the very same rows: set aside,
//! deleted, and put back in one transaction of the same store, the engine
//! copying table to table with every index and key check in place.

use super::division::Bench;
use super::figure::{Figure, Goal};
use crate::demo::DIVISION;
use crate::ending::Stop;
use db::{Engine, Lane, Reading};
use diesel::prelude::*;
use kernel::{Actor, Outcome};
use std::time::Instant;

/// The tables that students and their enrolments fill, owners first.
const TABLES: &[&str] = &[
    "student",
    "student_detail",
    "student_name",
    "student_address",
    "student_phone",
    "student_email",
    "student_citizenship",
    "disclosure_restriction",
    "medical_alert",
    "student_photo",
    "person",
    "person_detail",
    "contact",
    "student_card",
    "search_key",
    "search_word",
    "search_near",
    "search_part",
    "access_place",
    "enrolment",
];

/// The part of making a division that is its import.
const PART: &str = "students and enrolments";

/// The import of the division. The raw insert leaves the same rows behind.
pub(super) fn figures(bench: &Bench) -> Result<Vec<Figure>, Stop> {
    let part = bench.made.parts.iter().find(|(part, _)| *part == PART);
    let (_, taken) = part.ok_or_else(|| Stop::Problems(format!("no part {PART:?} was made")))?;
    let imported = u32::try_from(*taken).map_or(f64::MAX, |millis| f64::from(millis) / 1000.0);
    let (rows, raw) = raw(bench)?;
    let many = bench.students.len();
    let name = format!("import of {many} students");
    let beside = format!("import, limit the raw insert of its {rows} rows");
    let whole = Figure::new(name, imported, "s");
    // The promise of seconds is the embedded database's; a server shares the cores it is measured on.
    let is_embedded = bench.store.engine() == Engine::Sqlite;
    Ok(vec![
        if is_embedded {
            whole.goal(Goal::AtMost(5.0))
        } else {
            whole
        },
        Figure::new(beside, imported, "s")
            .limit(raw)
            .goal(Goal::TimesLimit(3.0)),
    ])
}

/// Rows inserted, and the seconds from the begin of the transaction to its durable end.
fn raw(bench: &Bench) -> Result<(usize, f64), Stop> {
    let actor = Actor::system(DIVISION, "Measuring");
    let each = |statements: &[String]| {
        bench.store.write_now(Lane::Batch, &actor, |tx| {
            let mut rows = 0;
            for statement in statements {
                rows += diesel::sql_query(statement).execute(tx.conn())?;
            }
            Ok(rows)
        })
    };
    let others = bench
        .store
        .read_now(DIVISION, |at| holding(at, bench.store.engine()))?;
    let later: Vec<&str> = others.iter().map(String::as_str).collect();
    let every = [TABLES, &later].concat();
    let all = |tables: &[&str], text: fn(&str) -> String| {
        tables.iter().map(|table| text(table)).collect::<Vec<_>>()
    };
    let set_aside = |table: &str| format!("CREATE TABLE aside_{table} AS SELECT * FROM {table}");
    let put_back = |table: &str| format!("INSERT INTO {table} SELECT * FROM aside_{table}");
    each(&all(&every, set_aside))?;
    let mut away = all(&every, |table| format!("DELETE FROM {table}"));
    away.reverse();
    each(&away)?;
    let back = all(TABLES, put_back);
    let began = Instant::now();
    let rows = each(&back)?;
    let taken = began.elapsed().as_secs_f64();
    each(&all(&later, put_back))?;
    each(&all(&every, |table| format!("DROP TABLE aside_{table}")))?;
    bench.store.take_stock()?;
    Ok((rows, taken))
}

#[derive(QueryableByName)]
struct Holding {
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// Tables of other parts that hold on to a student: they make way for the raw
/// insert, and are no part of it.
fn holding(at: &mut db::Reader, engine: Engine) -> Outcome<Vec<String>> {
    let text = match engine {
        Engine::Sqlite => {
            "SELECT DISTINCT own.name AS name FROM sqlite_schema own, pragma_foreign_key_list(own.name) held \
             WHERE own.type = 'table' AND held.\"table\" = 'student' ORDER BY name"
        }
        Engine::Postgres => {
            "SELECT DISTINCT CAST(CAST(conrelid AS regclass) AS text) AS name FROM pg_constraint \
             WHERE contype = 'f' AND confrelid = CAST('student' AS regclass) ORDER BY name"
        }
    };
    let all: Vec<Holding> = diesel::sql_query(text).load(at.conn())?;
    let others = all.into_iter().map(|one| one.name);
    Ok(others.filter(|name| !TABLES.contains(&name.as_str())).collect())
}
