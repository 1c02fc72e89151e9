//! Who may be taken in, and with what a student is likely enrolled again: tables.

use super::*;
use crate::model::{Coding, Deletion, Enrolment, Exit, ExitKind, State};
use db::Known;
use kernel::{Actor, EnrolmentId, Grade, Instant, SchoolId, SchoolYear, StudentId};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn ended(on: &str, kind: ExitKind) -> State {
    State::Ended(Exit { on: date(on), kind })
}

/// Grade 6 since the first of September of a school year, with a type that travels and a grant that does not.
fn in_year(ending: i32, state: State) -> Enrolment {
    let year = SchoolYear::ending(ending).expect("a year");
    let now = Instant::from_rfc3339("2026-11-23T16:42:00Z").expect("a moment");
    Enrolment {
        id: EnrolmentId::derived(&format!("{ending}")),
        student: StudentId::derived("one"),
        school: SchoolId::derived("there"),
        year,
        grade: Grade::G6,
        homeroom: "6A".to_owned(),
        start: year.starts(),
        state,
        coding: Coding {
            types: vec!["311".to_owned()],
            grants: vec!["500".to_owned()],
            ..Coding::default()
        },
        known: Known::first(&Actor::system(kernel::DivisionId(1), "Test"), now, ""),
    }
}

#[test]
fn only_who_left_every_school_is_taken_in() {
    let today = date("2026-11-23");
    let deleted = State::Deleted {
        why: Deletion::NeverAttended,
        exit: None,
    };
    for (case, all, want) in [
        ("never enrolled", vec![], true),
        ("open this year", vec![in_year(2027, State::Open)], false),
        (
            "open, of a year that is over",
            vec![in_year(2025, State::Open)],
            true,
        ),
        (
            "left last week",
            vec![in_year(2027, ended("2026-11-16", ExitKind::Withdrawal))],
            true,
        ),
        (
            "last day is today",
            vec![in_year(2027, ended("2026-11-23", ExitKind::Withdrawal))],
            true,
        ),
        (
            "leaves tomorrow",
            vec![in_year(2027, ended("2026-11-24", ExitKind::Withdrawal))],
            false,
        ),
        (
            "stays until June",
            vec![in_year(2027, ended("2027-06-25", ExitKind::Completion))],
            false,
        ),
        (
            "registered for next year",
            vec![in_year(2028, State::Open)],
            false,
        ),
        ("never came", vec![in_year(2027, deleted)], true),
        (
            "left one, still at another",
            vec![
                in_year(2026, ended("2026-01-09", ExitKind::Withdrawal)),
                in_year(2027, State::Open),
            ],
            false,
        ),
    ] {
        assert_eq!(has_left(&all, today), want, "{case}");
    }
}

#[test]
fn the_last_enrolment_suggests_grade_and_coding_of_the_next() {
    let start = date("2026-11-23");
    let (yearly, all): (&[&str], &[&str]) = (&[], &["500"]);
    let left = |ending, on| in_year(ending, ended(on, ExitKind::Withdrawal));
    for (case, before, want) in [
        (
            "back within the year",
            vec![left(2027, "2026-10-01")],
            Some((Grade::G6, all)),
        ),
        (
            "beside one that stands",
            vec![in_year(2027, State::Open)],
            Some((Grade::G6, yearly)),
        ),
        (
            "a year later",
            vec![left(2026, "2026-01-09")],
            Some((Grade::G7, yearly)),
        ),
        (
            "many years later",
            vec![left(2016, "2016-01-09")],
            Some((Grade::G12, yearly)),
        ),
        (
            "the later of two",
            vec![left(2024, "2024-01-09"), left(2025, "2025-01-09")],
            Some((Grade::G8, yearly)),
        ),
        ("never here", vec![], None),
        (
            "one that never counted",
            vec![in_year(
                2027,
                State::Deleted {
                    why: Deletion::CreatedInError,
                    exit: None,
                },
            )],
            None,
        ),
    ] {
        let found = likely_again(&before, start);
        let grade = found.as_ref().map(|likely| likely.grade);
        assert_eq!(grade, want.map(|(grade, _)| grade), "{case}");
        if let (Some(likely), Some((_, grants))) = (found, want) {
            assert_eq!(likely.coding.types, ["311"], "{case}");
            assert_eq!(likely.coding.grants, grants, "{case}");
        }
    }
}

#[test]
fn every_save_changes_what_was_seen() {
    let (one, other) = (in_year(2026, State::Open), in_year(2027, State::Open));
    let mut changed = other.clone();
    changed.known.version += 1;
    let seen = standing(&[one.clone(), other]);
    assert_ne!(seen, standing(&[one.clone(), changed]));
    assert_ne!(seen, standing(&[one]));
    assert_eq!(standing(&[]), 0);
}

#[test]
fn an_exception_code_brings_its_grants_code_along_and_the_others_are_named() {
    let start = date("2026-11-23");
    for (case, exceptions, grants, want, before) in [
        (
            "claimed last year",
            vec!["43"],
            vec!["500", "301"],
            vec!["500"],
            vec!["301"],
        ),
        (
            "of a designated school",
            vec!["54"],
            vec!["110"],
            vec!["110"],
            vec![],
        ),
        ("never claimed", vec!["43"], vec![], vec!["500"], vec![]),
        (
            "without an exception code",
            vec![],
            vec!["500", "211"],
            vec![],
            vec!["500", "211"],
        ),
    ] {
        let texts = |codes: Vec<&str>| -> Vec<String> { codes.into_iter().map(str::to_owned).collect() };
        let mut last = in_year(2026, ended("2026-06-26", ExitKind::Completion));
        (last.coding.exceptions, last.coding.grants) = (texts(exceptions), texts(grants));
        let likely = likely_again(&[last], start).expect("there was one");
        assert_eq!(likely.coding.grants, texts(want), "{case}");
        assert_eq!(likely.claimed_before, texts(before), "{case}");
    }
}
