//! What runs by itself. Each kind of job is one line of [`register`] and one
//! function that calls one operation; what a person orders to be done later is
//! a line without an hour.
//!
//! Add one: write the function in the file of its domain, add its line here,
//! and its words (`job-…` in `jobs.ftl`, the points of the kind as hyphens).

mod backup;
mod clean;
mod day;

pub use backup::Backup;
use jobs::{Register, Schedule, Task};

/// The jobs of every division; `backup` where one is configured.
pub fn register(backup: Option<Backup>) -> Register {
    let every_day = Register::new()
        .and(Task::once("people.day", day::people).at(Schedule::daily(0, 5)))
        .and(Task::once("enrolment.day", day::enrolment).at(Schedule::daily(0, 10)))
        .and(Task::once("access.sessions", clean::sessions).at(Schedule::daily(2, 0)))
        .and(Task::once("access.throttle", clean::throttle).at(Schedule::daily(2, 5)))
        .and(Task::once("jobs.old", clean::jobs).at(Schedule::daily(2, 10)))
        .and(Task::steps("exchange.rows", clean::import_rows).at(Schedule::daily(2, 15)));
    match backup {
        None => every_day,
        Some(backup) => {
            every_day.and(Task::steps("db.backup", move |work| backup.make(work)).at(Schedule::daily(3, 0)))
        }
    }
}
