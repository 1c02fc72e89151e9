//! What runs by itself. Each kind of job is one line of [`register`] and one
//! function that calls one operation; what a person orders to be done later is
//! a line without an hour.
//!
//! Add one: write the function in the file of its domain, add its line here,
//! and its words (`job-…` in `jobs.ftl`, the points of the kind as hyphens).

mod backup;
mod clean;
mod day;
mod province;

pub use backup::Backup;
use jobs::{Register, Schedule, Task};
use mail::Postman;
use pasi::Connector;

/// The jobs of every division; `backup`, `mail` and `pasi` where they are configured.
pub fn register(backup: Option<Backup>, mail: Option<Postman>, pasi: Option<Connector>) -> Register {
    let register = with_mail(every_day(), mail);
    let register = match backup {
        None => register,
        Some(backup) => {
            register.and(Task::steps("db.backup", move |work| backup.make(work)).at(Schedule::daily(3, 0)))
        }
    };
    match pasi {
        None => register,
        Some(connector) => with_pasi(register, connector),
    }
}

fn every_day() -> Register {
    Register::new()
        .and(Task::once("people.day", day::people).at(Schedule::daily(0, 5)))
        .and(Task::once("enrolment.day", day::enrolment).at(Schedule::daily(0, 10)))
        .and(Task::once("access.ties", day::ties).at(Schedule::daily(0, 15)))
        .and(Task::once("access.sessions", clean::sessions).at(Schedule::daily(2, 0)))
        .and(Task::once("access.throttle", clean::throttle).at(Schedule::daily(2, 5)))
        .and(Task::once("jobs.old", clean::jobs).at(Schedule::daily(2, 10)))
        .and(Task::steps("pasi.calls", province::calls).at(Schedule::daily(2, 15)))
        .and(Task::once("pasi.lag", province::lags).at(Schedule::daily(2, 25)))
        .and(Task::steps("exchange.rows", clean::import_rows).at(Schedule::daily(2, 20)))
}

/// Ordered with each message, and again while one waits.
fn with_mail(register: Register, postman: Option<Postman>) -> Register {
    match postman {
        None => register,
        Some(postman) => register.and(Task::remote(mail::SEND, move |work| {
            mail::deliver(work, postman.clone())
        })),
    }
}

/// PASI may be away all day: these wait for it.
fn with_pasi(register: Register, connector: Connector) -> Register {
    let reader = connector.clone();
    let codes = Task::remote("pasi.codes", move |_| province::codes(reader.clone()));
    let compare = Task::remote("pasi.compare", move |_| province::compare(connector.clone()));
    register
        .and(codes.at(Schedule::daily(4, 0)).patient())
        .and(compare.at(Schedule::daily(4, 10)).patient())
}
