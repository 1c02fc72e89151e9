//! The six ways an operation can fail; the class alone decides status, tone and retry.

use crate::{Finding, Findings};

/// What an operation answers.
pub type Outcome<T> = Result<T, Failure>;

/// Why an operation did not happen. Nothing of it was written.
///
/// It does not implement `Display`: the words for a person are looked up at
/// the edge, the context goes to the log once, where it is handled.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The input breaks rules; every finding, not just the first.
    Invalid(Findings),
    /// Absent, or not yours to know.
    NotFound,
    /// Known, but not allowed. Holds the action that was refused.
    Denied(&'static str),
    /// Changed by someone else meanwhile, or already there.
    Conflict(Conflict),
    /// The database or a remote system is away; trying again helps. Context for the log.
    Unavailable(String),
    /// A bug or an inconsistent row. Context for the log.
    Fault(String),
}

/// What the record is now, for a page that shows both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The kind of record, such as `student_name`.
    pub what: &'static str,
    /// The version the caller saw.
    pub seen: i64,
    /// The version it has now; 0 when the record is gone.
    pub now: i64,
}

/// The class of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 422, beside the fields.
    Invalid,
    /// 404, a page.
    NotFound,
    /// 403, a page and whom to ask; audited.
    Denied,
    /// 409, both versions.
    Conflict,
    /// 503, retry helps.
    Unavailable,
    /// 500, an incident number.
    Fault,
}

impl Failure {
    /// Its class.
    pub const fn class(&self) -> Class {
        match self {
            Self::Invalid(_) => Class::Invalid,
            Self::NotFound => Class::NotFound,
            Self::Denied(_) => Class::Denied,
            Self::Conflict(_) => Class::Conflict,
            Self::Unavailable(_) => Class::Unavailable,
            Self::Fault(_) => Class::Fault,
        }
    }
    /// One refusing finding.
    pub fn refuse(code: &str, field: &str) -> Self {
        Self::Invalid(Findings::from(Finding::refuse(code, field)))
    }
    /// Another change came first.
    pub const fn stale(what: &'static str, seen: i64, now: i64) -> Self {
        Self::Conflict(Conflict { what, seen, now })
    }
    /// For the log: the class and its context, without personal data.
    pub fn log_line(&self) -> String {
        match self {
            Self::Invalid(findings) => {
                let codes: Vec<&str> = findings.0.iter().map(|finding| finding.code.as_str()).collect();
                format!("invalid: {}", codes.join(" "))
            }
            Self::NotFound => "not found".to_owned(),
            Self::Denied(action) => format!("denied: {action}"),
            Self::Conflict(conflict) => format!(
                "conflict: {} seen {} now {}",
                conflict.what, conflict.seen, conflict.now
            ),
            Self::Unavailable(context) => format!("unavailable: {context}"),
            Self::Fault(context) => format!("fault: {context}"),
        }
    }
}

/// What a conflict names when a unique key is taken.
const KEY: &str = "key";
/// Context of an `Unavailable` after which the same transaction may be tried again at once.
const TRY_AGAIN: &str = "try again: ";

impl Failure {
    /// Did another transaction get in the way, so that the same one may be run again?
    pub fn may_run_again(&self) -> bool {
        matches!(self, Self::Unavailable(context) if context.starts_with(TRY_AGAIN))
    }
    /// Was a key taken that the transaction did not see? It may be run once more, now that it does.
    pub fn is_key_taken(&self) -> bool {
        matches!(self, Self::Conflict(conflict) if conflict.what == KEY)
    }
}

impl From<diesel::result::Error> for Failure {
    /// `NotFound` for no row; `Unavailable` for a lost connection, a locked or
    /// full database and for PostgreSQL's 40001 and 40P01; `Conflict` for a
    /// unique key that is taken; else a fault.
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::DatabaseErrorKind as Kind;
        use diesel::result::Error;
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(Kind::SerializationFailure, info) => {
                Self::Unavailable(format!("{TRY_AGAIN}{}", info.message()))
            }
            Error::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, info) => {
                Self::Unavailable(format!("{TRY_AGAIN}database connection: {}", info.message()))
            }
            Error::DatabaseError(Kind::UniqueViolation, _) => Self::Conflict(Conflict {
                what: KEY,
                seen: 0,
                now: 0,
            }),
            Error::DatabaseError(kind, info) => from_message(kind, info.message()),
            other => Self::Fault(format!("database: {other}")),
        }
    }
}

/// Engines tell these only in words.
fn from_message(kind: diesel::result::DatabaseErrorKind, message: &str) -> Failure {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if says(&[
        "deadlock detected",
        "restarting",
        "the database system is",
        "terminating connection",
        "read-only transaction",
        "server closed the connection",
        "no connection to the server",
        "could not receive data from server",
        "could not send data to server",
    ]) {
        Failure::Unavailable(format!("{TRY_AGAIN}{message}"))
    } else if says(&[
        "database is locked",
        "disk is full",
        "disk I/O error",
        "No space left",
        "readonly database",
        "lock timeout",
        "statement timeout",
        "could not extend file",
        "out of shared memory",
        "too many clients",
        "connection slots are reserved",
        "unable to open database file",
    ]) {
        Failure::Unavailable(format!("database: {message}"))
    } else {
        Failure::Fault(format!("database ({kind:?}): {message}"))
    }
}
