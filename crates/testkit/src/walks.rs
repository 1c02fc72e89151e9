//! Which way SQLite goes for what was asked of it. A statement that passes over
//! every row a division has is quick in a test and slow in a division; the plan
//! tells it at any size: SQLite's planner is told the same figures about the rows
//! of every database.

use db::Location;
use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeSet;
use std::sync::{Mutex, Once, PoisonError};

/// Tables of which a division has few rows, whatever the number of its students.
const SMALL: &[&str] = &[
    "account",
    "attendance_code",
    "attendance_letter_plan",
    "attendance_letter_text",
    "attendance_range",
    "attendance_setting",
    "authority",
    "bell_use",
    "calendar_closure",
    "course",
    "default_list",
    "import_mapping",
    "import_run",
    "job",
    "pasi_code",
    "pasi_code_change",
    "pasi_code_read",
    "pasi_code_relation",
    "pasi_cursor",
    "pasi_policy",
    "passkey",
    "role_grant",
    "saved_list",
    "school",
    "school_calendar",
    "setting",
    "throttle",
    "web_ceremony",
    "web_session",
];

/// Tables that tests read whole; the program reads them by key, or a page at a time.
const READ_BY_TESTS: &[&str] = &["audit", "outbox"];

/// Statements that may pass over a division's rows: a part of each, and why. This list may only shrink.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        " LIMIT ",
        "a page of a list, in the order of the index that is gone along",
    ),
    ("COUNT(*)", "how many a list has"),
    ("count(", "figures of a division"),
    ("(1=0)", "asked of nobody: no row is read"),
    (
        "`enrolment`.`start_on` > ?",
        "once a day: who stands elsewhere than yesterday",
    ),
    (
        "`contact`.`effective_on` = ?",
        "once a day: whose contact begins or ends",
    ),
    (
        "`disclosure_restriction`.`effective_on` = ?",
        "once a day: whose restriction begins or ends",
    ),
    ("`access_tie`.`until_date` < ?", "once a day: ties that are over"),
    ("`tie`.`until_date` < ?", "once a day: ties that are over"),
    (
        "`pasi_mirror`.`school_year` > ?",
        "once a year: the copies of the year that is left",
    ),
    (
        "`student_card`.`asn` IS NOT NULL",
        "a practice division is in step with its province from the start",
    ),
];

static ASKED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

struct Listener;

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let sql = text.split(" -- binds: ").next().unwrap_or_default();
            let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
            if !asked.contains(sql) {
                asked.insert(sql.to_owned());
            }
        }
    }
}

/// Remembers every statement from now on, of connections that are opened from now on.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_default_instrumentation(|| Some(Box::new(Listener))).expect("nobody else sets it");
    });
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The statements asked so far that pass over every row of a table that grows with the division.
pub(crate) fn long(location: &Location) -> Vec<String> {
    let asked: Vec<String> = {
        let asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter(|sql| is_judged(sql)).cloned().collect()
    };
    let Some(file) = location.file() else {
        return Vec::new();
    };
    let Ok(mut conn) = SqliteConnection::establish(&file.display().to_string()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for sql in asked {
        let Ok(steps) = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load::<Step>(&mut conn) else {
            continue; // what another engine, or another database, was asked
        };
        found.extend(
            steps
                .iter()
                .filter(|step| is_long(&step.detail))
                .map(|step| format!("{}\n    {sql}", step.detail)),
        );
    }
    found
}

/// Is it one that reads rows of a division, and none of the exceptions? The program names the division in
/// every statement; tests and the copier, which read whole tables, do not.
fn is_judged(sql: &str) -> bool {
    let names_division = sql.contains("`division_id` = ?");
    let reads = ["SELECT", "UPDATE", "DELETE"]
        .iter()
        .any(|verb| sql.trim_start().starts_with(verb));
    names_division && reads && !EXCEPTIONS.iter().any(|(part, _)| sql.contains(part))
}

/// Does the step go over the whole of a table, or over all that a division has in it?
fn is_long(step: &str) -> bool {
    let mut words = step.split_whitespace();
    let (verb, table) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_whole = match verb {
        "SCAN" => table != "CONSTANT",
        "SEARCH" => step.ends_with("(division_id=?)"),
        _ => false,
    };
    is_whole && !SMALL.contains(&table) && !READ_BY_TESTS.contains(&table)
}

#[cfg(test)]
mod tests {
    use super::is_long;

    #[test]
    fn a_step_over_all_of_a_division_is_told_from_one_that_looks_up() {
        for (step, long) in [
            ("SCAN contact", true),
            ("SEARCH contact USING INDEX contact_person (division_id=?)", true),
            (
                "SEARCH contact USING INDEX contact_student (division_id=? AND student_id=?)",
                false,
            ),
            ("SCAN CONSTANT ROW", false),
            ("USE TEMP B-TREE FOR DISTINCT", false),
        ] {
            assert_eq!(is_long(step), long, "{step}");
        }
    }
}
