//! Loading the division, beside a raw insert of the very same rows: set aside,
//! deleted, and put back in one transaction of the same store, the engine
//! copying table to table with every index and key check in place.

use super::division::Bench;
use super::figure::{Figure, Goal};
use crate::demo::DIVISION;
use crate::ending::Stop;
use db::{Engine, Lane, Reading};
use diesel::prelude::*;
use kernel::Actor;
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
    let all = |text: fn(&str) -> String| TABLES.iter().map(|table| text(table)).collect::<Vec<_>>();
    each(&all(|table| {
        format!("CREATE TABLE aside_{table} AS SELECT * FROM {table}")
    }))?;
    let mut away = all(|table| format!("DELETE FROM {table}"));
    away.reverse();
    each(&away)?;
    let back = all(|table| format!("INSERT INTO {table} SELECT * FROM aside_{table}"));
    let began = Instant::now();
    let rows = each(&back)?;
    let taken = began.elapsed().as_secs_f64();
    each(&all(|table| format!("DROP TABLE aside_{table}")))?;
    bench.store.take_stock()?;
    Ok((rows, taken))
}
