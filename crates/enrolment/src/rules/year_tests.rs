//! Who goes on, where to, and with what: tables.

use super::*;
use crate::model::{Coding, Deletion, Enrolment, Exit, ExitKind, State};
use db::Known;
use kernel::{EnrolmentId, Grade, Instant, SchoolId, SchoolYear, StudentId};
use schools::{Directory, School};

fn school_id(name: &str) -> SchoolId {
    SchoolId::derived(name)
}

/// A school by name, grades and town; of the authority `3260` unless it is a charter's.
fn a_school(name: &str, (lowest, highest): (Grade, Grade), city: &str) -> School {
    let authority = if name.starts_with("Charter") {
        "0109"
    } else {
        "3260"
    };
    School {
        id: school_id(name),
        code: "1256".parse().expect("a code"),
        name: name.to_owned(),
        authority: authority.parse().expect("a code"),
        street: String::new(),
        city: city.to_owned(),
        postal_code: String::new(),
        phone: String::new(),
        lowest_grade: lowest,
        highest_grade: highest,
        version: 1,
    }
}

/// Two towns: in Cochrane two elementary schools, a middle and a high school; in Beiseker one for all.
fn directory() -> Directory {
    Directory::new(vec![
        a_school("Elbow", (Grade::Ecs, Grade::G5), "Cochrane"),
        a_school("Glenbow", (Grade::Ecs, Grade::G5), "Cochrane"),
        a_school("Mitford", (Grade::G6, Grade::G9), "Cochrane"),
        a_school("Cochrane High", (Grade::G10, Grade::G12), "Cochrane"),
        a_school("Charter Six", (Grade::G6, Grade::G9), "Cochrane"),
        a_school("Beiseker", (Grade::Ecs, Grade::G12), "Beiseker"),
        a_school("Kathyrn", (Grade::Ecs, Grade::G8), "Kathyrn"),
    ])
}

fn at(school: &str, grade: Grade) -> Seat {
    Seat {
        school: school_id(school),
        grade,
    }
}

#[test]
fn a_student_goes_one_grade_up_here_or_at_the_school_of_continuation() {
    let onward = [
        (school_id("Elbow"), school_id("Mitford")),
        (school_id("Mitford"), school_id("Cochrane High")),
    ];
    for (from, want) in [
        (at("Elbow", Grade::Ecs), Ok(at("Elbow", Grade::G1))),
        (at("Elbow", Grade::G4), Ok(at("Elbow", Grade::G5))),
        (at("Elbow", Grade::G5), Ok(at("Mitford", Grade::G6))),
        (at("Mitford", Grade::G9), Ok(at("Cochrane High", Grade::G10))),
        (at("Beiseker", Grade::G9), Ok(at("Beiseker", Grade::G10))),
        (at("Glenbow", Grade::G5), Err("LP-0466")),
        (at("Closed long ago", Grade::G3), Err("LP-0466")),
        (at("Cochrane High", Grade::G12), Err("LP-0464")),
        (at("Elbow", Grade::G12), Err("LP-0464")),
    ] {
        let found = next_seat(from, &directory(), &onward);
        let found = found.as_ref().map_err(|finding| finding.code.as_str());
        assert_eq!(found, want.as_ref().map_err(|code| *code), "{from:?}");
    }
}

#[test]
fn the_only_school_of_the_town_that_teaches_the_grade_suggests_itself() {
    for (from, want) in [
        ("Elbow", Some("Mitford")),
        ("Glenbow", Some("Mitford")),
        ("Mitford", Some("Cochrane High")),
        ("Cochrane High", None),
        ("Beiseker", None),
        // Two schools of other towns teach grade 9: a person says which.
        ("Kathyrn", None),
        ("Nowhere", None),
    ] {
        let found = likely_onward(&directory(), school_id(from));
        assert_eq!(found, want.map(school_id), "{from}");
    }
}

#[test]
fn every_field_of_the_coding_travels_or_is_said_anew() {
    let full = Coding {
        programming_type: "HomeEducation".to_owned(),
        programming_timeframe: "Evening".to_owned(),
        types: vec!["100".to_owned()],
        exceptions: vec!["54".to_owned()],
        grants: vec!["211".to_owned(), "301".to_owned()],
        resident_board: Some("3260".to_owned()),
        francophone_board: Some("0001".to_owned()),
        indigenous_declaration: Some("333".to_owned()),
        french_hours: Some(500),
        program_percentage: Some(60),
        instruction_hours: Some(950),
        operating_schedule: Some("018f0000-0000-7000-8000-000000000001".to_owned()),
        source_change: Some("LateInformation".to_owned()),
    };
    let json = |coding: &Coding| serde_json::to_value(coding).expect("a coding is JSON");
    let (before, after, fresh) = (json(&full), json(&carried(&full)), json(&Coding::default()));
    let fields = before.as_object().expect("an object");
    assert_eq!(PARTS.len(), fields.len(), "each field is decided once");
    for part in PARTS {
        let want = if part.carry.is_some() { &before } else { &fresh };
        assert_eq!(after[part.field], want[part.field], "{}", part.field);
    }
    let yearly: Vec<&str> = PARTS
        .iter()
        .filter(|part| part.carry.is_none())
        .map(|part| part.field)
        .collect();
    assert_eq!(
        yearly,
        [
            "grants",
            "french_hours",
            "instruction_hours",
            "operating_schedule",
            "source_change"
        ]
    );
    assert_eq!(to_confirm(&full).0[0].args[0].1, "211, 301");
    assert!(to_confirm(&Coding::default()).is_empty());
}

fn enrolment(name: &str, state: State, coding: Coding) -> Enrolment {
    let year = SchoolYear::ending(2027).expect("a year");
    Enrolment {
        id: EnrolmentId::derived(name),
        student: StudentId::derived("student"),
        school: school_id(name),
        year,
        grade: Grade::G6,
        homeroom: String::new(),
        start: year.starts(),
        state,
        coding,
        known: Known {
            version: 1,
            from: Instant::from_micros(0),
            to: None,
            by: "Test".to_owned(),
            reason: String::new(),
        },
    }
}

fn ended(on: &str, kind: ExitKind) -> State {
    let on = on.parse().expect("a date");
    State::Ended(Exit { on, kind })
}

#[test]
fn a_student_goes_on_from_the_school_that_lasts_to_the_end_of_the_year() {
    let evening = || Coding {
        programming_timeframe: "Evening".to_owned(),
        ..Coding::default()
    };
    let summer = || Coding {
        programming_type: "SummerSchool".to_owned(),
        ..Coding::default()
    };
    let done = || ended("2027-06-25", ExitKind::Completion);
    let left = || ended("2027-01-29", ExitKind::Withdrawal);
    let gone = State::Deleted {
        why: Deletion::CreatedInError,
        exit: None,
    };
    for (told, all, want) in [
        ("open", vec![("A", State::Open, Coding::default())], Some("A")),
        ("completed", vec![("A", done(), Coding::default())], Some("A")),
        ("withdrawn", vec![("A", left(), Coding::default())], None),
        ("deleted", vec![("A", gone, Coding::default())], None),
        (
            "moved in January",
            vec![
                ("A", left(), Coding::default()),
                ("B", State::Open, Coding::default()),
            ],
            Some("B"),
        ),
        (
            "by day here, in the evening there",
            vec![("A", done(), Coding::default()), ("B", State::Open, evening())],
            Some("A"),
        ),
        (
            "in the evening alone",
            vec![("B", State::Open, evening())],
            Some("B"),
        ),
        ("in the summer alone", vec![("A", State::Open, summer())], None),
        ("nowhere", vec![], None),
    ] {
        let all: Vec<Enrolment> = all
            .into_iter()
            .map(|(name, state, coding)| enrolment(name, state, coding))
            .collect();
        let year = SchoolYear::ending(2027).expect("a year");
        let found = goes_on_from(&all, year).map(|one| one.school);
        assert_eq!(found, want.map(school_id), "{told}");
        assert!(goes_on_from(&all, year.next()).is_none(), "{told}, a year on");
    }
}

#[test]
fn a_close_names_the_other_school_where_the_student_stays() {
    let here = enrolment("A", ended("2027-06-25", ExitKind::Completion), Coding::default());
    for (there, want) in [
        (State::Open, true),
        (ended("2027-06-29", ExitKind::Completion), true),
        (ended("2027-06-25", ExitKind::Completion), false),
        (ended("2027-01-29", ExitKind::Withdrawal), false),
    ] {
        let all = [here.clone(), enrolment("B", there, Coding::default())];
        let exit = here.state.exit().expect("it ended");
        let found = stays_elsewhere(&all, &here, exit);
        let codes: Vec<&str> = found.0.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, if want { vec!["LP-0462"] } else { vec![] }, "{there:?}");
    }
}
