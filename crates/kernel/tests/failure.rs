//! What engines say in words, and the class it is.

use diesel::result::{DatabaseErrorKind, Error};
use kernel::{Class, Failure};

#[test]
fn what_engines_say_of_themselves_has_its_class() {
    for (words, class, is_run_again) in [
        ("database is locked", Class::Unavailable, false),
        ("database or disk is full", Class::Unavailable, false),
        ("disk I/O error", Class::Unavailable, false),
        ("attempt to write a readonly database", Class::Unavailable, false),
        ("unable to open database file", Class::Unavailable, false),
        (
            "canceling statement due to lock timeout",
            Class::Unavailable,
            false,
        ),
        (
            "could not extend file \"base/5/16384\": No space left on device",
            Class::Unavailable,
            false,
        ),
        ("sorry, too many clients already", Class::Unavailable, false),
        ("deadlock detected", Class::Unavailable, true),
        (
            "server closed the connection unexpectedly",
            Class::Unavailable,
            true,
        ),
        ("no connection to the server", Class::Unavailable, true),
        (
            "terminating connection due to administrator command",
            Class::Unavailable,
            true,
        ),
        ("the database system is starting up", Class::Unavailable, true),
        (
            "cannot execute UPDATE in a read-only transaction",
            Class::Unavailable,
            true,
        ),
        ("no such table: account", Class::Fault, false),
        ("column \"nmae\" does not exist", Class::Fault, false),
    ] {
        let error = Error::DatabaseError(DatabaseErrorKind::Unknown, Box::new(words.to_owned()));
        let failure = Failure::from(error);
        assert_eq!(
            (failure.class(), failure.may_run_again()),
            (class, is_run_again),
            "{words}"
        );
    }
}
