use super::*;
use crate::model::{Coding, Deletion, Exit, ExitKind, Responsible, State, Transfer};
use db::Known;
use kernel::{CalendarId, EnrolmentId, Grade, Instant, ResponsibleSchoolId, SchoolId, SchoolYear, StudentId};
use people::PlaceState;

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn year(ending: i32) -> SchoolYear {
    SchoolYear::ending(ending).expect("test year")
}

fn known() -> Known {
    Known {
        version: 1,
        from: Instant::from_micros(0),
        to: None,
        by: "Test".to_owned(),
        reason: String::new(),
    }
}

/// Grade 6 at school A, by day, from 1 September 2026.
fn an_enrolment() -> Enrolment {
    Enrolment {
        id: EnrolmentId::derived("a"),
        student: StudentId::derived("student"),
        school: SchoolId::derived("A"),
        year: year(2027),
        grade: Grade::G6,
        homeroom: "6A".to_owned(),
        start: date("2026-09-01"),
        state: State::Open,
        coding: Coding::default(),
        known: known(),
    }
}

fn ended(on: &str, kind: ExitKind) -> State {
    State::Ended(Exit { on: date(on), kind })
}

fn withdrawn(on: &str) -> State {
    ended(on, ExitKind::Withdrawal)
}

fn deleted() -> State {
    State::Deleted {
        why: Deletion::CreatedInError,
        exit: None,
    }
}

fn a_student() -> StudentFacts {
    StudentFacts {
        born: date("2015-04-17"),
        deceased_on: None,
        asn: None,
    }
}

fn a_school() -> School {
    School {
        id: SchoolId::derived("A"),
        code: "1256".parse().expect("test code"),
        name: "A".to_owned(),
        authority: "3260".parse().expect("test code"),
        street: String::new(),
        city: String::new(),
        postal_code: String::new(),
        phone: String::new(),
        lowest_grade: Grade::Ecs,
        highest_grade: Grade::G9,
        version: 1,
    }
}

fn a_calendar() -> Calendar {
    Calendar {
        id: CalendarId::derived("calendar"),
        school: SchoolId::derived("A"),
        year: year(2027),
        first_day: date("2026-09-01"),
        last_day: date("2027-06-25"),
        closures: Vec::new(),
        version: 1,
    }
}

fn said(findings: &Findings) -> Vec<(&str, &str)> {
    findings
        .0
        .iter()
        .map(|finding| (finding.code.as_str(), finding.field.as_str()))
        .collect()
}

fn judged(after: &Enrolment, student: &StudentFacts, others: &[Enrolment]) -> Findings {
    judge(&Proposed {
        after,
        before: None,
        student,
        school: &a_school(),
        calendar: Some(&a_calendar()),
        others,
        today: date("2026-11-23"),
    })
}

type Spoil = fn(&mut Enrolment);

/// A case, what it spoils, and the findings that are wanted: code and field.
type Case<S> = (&'static str, S, &'static [(&'static str, &'static str)]);

fn texts<const N: usize>(codes: [&str; N]) -> Vec<String> {
    codes.map(str::to_owned).to_vec()
}

#[test]
fn an_enrolment_without_fault_has_no_findings() {
    assert_eq!(judged(&an_enrolment(), &a_student(), &[]), Findings::default());
}

#[test]
fn every_rule_on_dates_names_its_field() {
    let table: [Case<Spoil>; 14] = [
        ("first day of the year", |one| one.start = date("2026-09-01"), &[]),
        (
            "day before it",
            |one| one.start = date("2026-08-31"),
            &[("LP-0401", "start")],
        ),
        ("last day of the year", |one| one.start = date("2027-08-31"), &[]),
        (
            "day after it",
            |one| one.start = date("2027-09-01"),
            &[("LP-0401", "start")],
        ),
        (
            "exit before start",
            |one| (one.start, one.state) = (date("2026-10-02"), withdrawn("2026-10-01")),
            &[("LP-0402", "exit")],
        ),
        (
            "exit on the start",
            |one| one.state = withdrawn("2026-09-01"),
            &[],
        ),
        (
            "exit after the year",
            |one| one.state = ended("2027-09-01", ExitKind::Completion),
            &[("LP-0403", "exit")],
        ),
        (
            "completion ahead",
            |one| one.state = ended("2027-06-25", ExitKind::Completion),
            &[],
        ),
        (
            "withdrawal ahead",
            |one| one.state = withdrawn("2026-12-01"),
            &[("LP-0420", "exit")],
        ),
        (
            "withdrawn on a Sunday",
            |one| one.state = withdrawn("2026-11-22"),
            &[("LP-0421", "exit")],
        ),
        (
            "homeroom of 20 characters",
            |one| one.homeroom = "é".repeat(20),
            &[],
        ),
        (
            "homeroom of 21 characters",
            |one| one.homeroom = "é".repeat(21),
            &[("LP-0412", "homeroom")],
        ),
        (
            "next year",
            |one| (one.year, one.start) = (year(2028), date("2027-09-01")),
            &[],
        ),
        (
            "the year after next",
            |one| (one.year, one.start) = (year(2029), date("2028-09-01")),
            &[("LP-0416", "year")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut one = an_enrolment();
        spoil(&mut one);
        assert_eq!(said(&judged(&one, &a_student(), &[])), want, "{case}");
    }
}

#[test]
fn an_exit_that_was_there_before_is_not_remarked_again() {
    let after = Enrolment {
        state: withdrawn("2026-11-22"),
        ..an_enrolment()
    };
    let proposed = |before: &Enrolment| {
        judge(&Proposed {
            after: &after,
            before: Some(before),
            student: &a_student(),
            school: &a_school(),
            calendar: Some(&a_calendar()),
            others: &[],
            today: date("2026-11-23"),
        })
    };
    assert_eq!(said(&proposed(&an_enrolment())), [("LP-0421", "exit")]);
    assert_eq!(said(&proposed(&after.clone())), []);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, one row a case")]
fn every_rule_on_coding_names_its_field() {
    type Code = fn(&mut Coding);
    let table: [Case<Code>; 24] = [
        (
            "three types",
            |code| code.types = texts(["RES", "INST", "DUAL"]),
            &[],
        ),
        (
            "four types",
            |code| code.types = texts(["RES", "INST", "DUAL", "EXCH"]),
            &[("LP-0407", "types")],
        ),
        (
            "two exceptions",
            |code| code.exceptions = texts(["51", "80"]),
            &[],
        ),
        (
            "three exceptions",
            |code| code.exceptions = texts(["51", "80", "55"]),
            &[("LP-0407", "exceptions")],
        ),
        (
            "three grants",
            |code| code.grants = texts(["500", "301", "307"]),
            &[],
        ),
        (
            "four grants",
            |code| code.grants = texts(["500", "301", "307", "640"]),
            &[("LP-0407", "grants")],
        ),
        (
            "same grant twice",
            |code| code.grants = texts(["500", "500"]),
            &[("LP-0408", "grants")],
        ),
        (
            "unknown grant",
            |code| code.grants = texts(["999"]),
            &[("LP-0405", "grants")],
        ),
        (
            "grant of former years",
            |code| code.grants = texts(["622"]),
            &[("LP-0406", "grants")],
        ),
        (
            "unknown programming",
            |code| "Magic".clone_into(&mut code.programming_type),
            &[("LP-0405", "programming_type")],
        ),
        (
            "no timeframe",
            |code| code.programming_timeframe.clear(),
            &[("LP-0405", "programming_timeframe")],
        ),
        (
            "declared",
            |code| code.indigenous_declaration = Some("333".to_owned()),
            &[],
        ),
        (
            "declared what is not in the list",
            |code| code.indigenous_declaration = Some("999".to_owned()),
            &[("LP-0405", "indigenous_declaration")],
        ),
        ("0 percent", |code| code.program_percentage = Some(0), &[]),
        ("100 percent", |code| code.program_percentage = Some(100), &[]),
        (
            "-1 percent",
            |code| code.program_percentage = Some(-1),
            &[("LP-0409", "program_percentage")],
        ),
        (
            "101 percent",
            |code| code.program_percentage = Some(101),
            &[("LP-0409", "program_percentage")],
        ),
        (
            "a board",
            |code| code.resident_board = Some("0001".to_owned()),
            &[],
        ),
        (
            "board 0000",
            |code| code.resident_board = Some("0000".to_owned()),
            &[("LP-0410", "resident_board")],
        ),
        (
            "board of three digits",
            |code| code.francophone_board = Some("326".to_owned()),
            &[("LP-0410", "francophone_board")],
        ),
        (
            "no French hours",
            |code| code.french_hours = Some(0),
            &[("LP-0411", "french_hours")],
        ),
        (
            "too many hours",
            |code| (code.french_hours, code.instruction_hours) = (Some(9999), Some(10_000)),
            &[("LP-0411", "instruction_hours")],
        ),
        (
            "an operating schedule by its name",
            |code| code.operating_schedule = Some("Regular".to_owned()),
            &[("LP-0417", "operating_schedule")],
        ),
        (
            "a reason that nobody knows",
            |code| code.source_change = Some("Whim".to_owned()),
            &[("LP-0405", "source_change")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut one = an_enrolment();
        spoil(&mut one.coding);
        assert_eq!(said(&judged(&one, &a_student(), &[])), want, "{case}");
    }
}

#[test]
fn a_wrong_declaration_is_not_repeated_in_the_finding() {
    let mut one = an_enrolment();
    one.coding.indigenous_declaration = Some("something said".to_owned());
    let findings = judged(&one, &a_student(), &[]);
    assert!(
        findings
            .0
            .iter()
            .all(|finding| finding.args.iter().all(|(_, value)| value.is_empty()))
    );
}

#[test]
fn an_enrolment_lies_within_the_life_of_the_student() {
    for (born, died, state, want) in [
        ("2026-09-01", None, State::Open, vec![]),
        ("2026-09-02", None, State::Open, vec![("LP-0415", "start")]),
        (
            "2015-01-01",
            Some("2026-08-31"),
            State::Open,
            vec![("LP-0413", "start")],
        ),
        (
            "2015-01-01",
            Some("2026-10-01"),
            State::Open,
            vec![("LP-0414", "exit")],
        ),
        ("2015-01-01", Some("2026-10-01"), withdrawn("2026-10-01"), vec![]),
        ("2015-01-01", Some("2026-10-01"), deleted(), vec![]),
    ] {
        let student = StudentFacts {
            born: date(born),
            deceased_on: died.map(date),
            asn: None,
        };
        let one = Enrolment {
            state,
            ..an_enrolment()
        };
        assert_eq!(
            said(&judged(&one, &student, &[])),
            want,
            "born {born}, died {died:?}, {state:?}"
        );
    }
}

#[test]
fn several_enrolments_at_once_are_remarked_and_never_refused() {
    let other = |change: Spoil| {
        let mut other = Enrolment {
            id: EnrolmentId::derived("b"),
            ..an_enrolment()
        };
        change(&mut other);
        other
    };
    for (case, other, want) in [
        (
            "same school, same days",
            other(|_| {}),
            vec![("LP-0418", "start")],
        ),
        (
            "another school by day",
            other(|one| one.school = SchoolId::derived("B")),
            vec![("LP-0419", "start")],
        ),
        (
            "another school by evening",
            other(|one| {
                one.school = SchoolId::derived("B");
                "Evening".clone_into(&mut one.coding.programming_timeframe);
            }),
            vec![],
        ),
        ("deleted", other(|one| one.state = deleted()), vec![]),
        (
            "over the day before",
            other(|one| (one.start, one.state) = (date("2026-08-20"), withdrawn("2026-08-31"))),
            vec![],
        ),
        (
            "over on the first day",
            other(|one| (one.start, one.state) = (date("2026-08-20"), withdrawn("2026-09-01"))),
            vec![("LP-0418", "start")],
        ),
    ] {
        let findings = judged(&an_enrolment(), &a_student(), &[other]);
        assert_eq!(said(&findings), want, "{case}");
        assert!(!findings.refuse(), "{case}");
    }
}

#[test]
fn each_verb_has_its_states() {
    let completion = ended("2027-06-25", ExitKind::Completion);
    for (state, end, change, restore) in [
        (State::Open, vec![], vec![], vec!["LP-0433"]),
        (completion, vec![], vec![], vec!["LP-0433"]),
        (
            ended("2026-11-19", ExitKind::Completion),
            vec!["LP-0431"],
            vec![],
            vec!["LP-0433"],
        ),
        (withdrawn("2026-11-20"), vec!["LP-0431"], vec![], vec!["LP-0433"]),
        (deleted(), vec!["LP-0432"], vec!["LP-0432"], vec![]),
    ] {
        let one = Enrolment {
            state,
            ..an_enrolment()
        };
        let codes = |findings: &Findings| -> Vec<String> {
            findings.0.iter().map(|finding| finding.code.clone()).collect()
        };
        assert_eq!(codes(&may_end(&one, date("2026-11-20"))), end, "end {state:?}");
        assert_eq!(codes(&may_change(&one)), change, "change {state:?}");
        assert_eq!(codes(&may_restore(&one)), restore, "restore {state:?}");
    }
}

#[test]
fn a_transfer_leads_to_another_school_on_a_later_day() {
    for (to, first_day, want) in [
        ("B", "2026-11-21", vec![]),
        ("B", "2026-11-20", vec![("LP-0436", "first_day")]),
        ("A", "2026-11-21", vec![("LP-0435", "to")]),
    ] {
        let transfer = Transfer {
            new: EnrolmentId::derived("b"),
            to: SchoolId::derived(to),
            last_day: date("2026-11-20"),
            first_day: date(first_day),
            grade: Grade::G6,
            homeroom: String::new(),
            coding: None,
        };
        assert_eq!(
            said(&may_transfer(&an_enrolment(), &transfer)),
            want,
            "to {to} on {first_day}"
        );
    }
}

#[test]
fn the_main_enrolment_says_where_a_student_is() {
    let one = |seed: &str, school: &str, start: &str, state: State| Enrolment {
        id: EnrolmentId::derived(seed),
        school: SchoolId::derived(school),
        year: SchoolYear::of(date(start)),
        start: date(start),
        state,
        ..an_enrolment()
    };
    let mut evening = one("evening", "B", "2026-10-01", State::Open);
    "Evening".clone_into(&mut evening.coding.programming_timeframe);
    let day = one("day", "A", "2026-09-01", State::Open);
    let later = one("later", "C", "2026-10-05", State::Open);
    let ahead = one("ahead", "D", "2026-12-01", State::Open);
    let over = one("over", "E", "2026-09-01", withdrawn("2026-10-30"));
    let long_over = one("long over", "F", "2025-09-01", State::Open);
    for (case, all, school, state) in [
        ("nothing", vec![], None, PlaceState::None),
        (
            "deleted",
            vec![one("x", "A", "2026-09-01", deleted())],
            None,
            PlaceState::None,
        ),
        (
            "day before evening",
            vec![evening.clone(), day.clone()],
            Some("A"),
            PlaceState::Enrolled,
        ),
        (
            "latest start",
            vec![day.clone(), later],
            Some("C"),
            PlaceState::Enrolled,
        ),
        (
            "only evening",
            vec![evening, ahead.clone()],
            Some("B"),
            PlaceState::Enrolled,
        ),
        (
            "ahead before over",
            vec![over.clone(), ahead],
            Some("D"),
            PlaceState::Future,
        ),
        (
            "last that ended",
            vec![long_over.clone(), over],
            Some("E"),
            PlaceState::Left,
        ),
        (
            "a year that ran out",
            vec![long_over],
            Some("F"),
            PlaceState::Left,
        ),
    ] {
        let place = place(&all, date("2026-11-23"));
        assert_eq!(
            (place.school, place.state),
            (school.map(SchoolId::derived), state),
            "{case}"
        );
    }
}

#[test]
fn a_school_may_look_until_twelve_months_after_the_exit() {
    let (school, today) = (SchoolId::derived("A"), date("2026-11-23"));
    let one = |start: &str, state: State| Enrolment {
        start: date(start),
        year: SchoolYear::of(date(start)),
        state,
        ..an_enrolment()
    };
    for (case, all, from, until) in [
        (
            "open",
            vec![one("2026-09-01", State::Open)],
            "2026-09-01",
            "9999-12-31",
        ),
        (
            "ended",
            vec![one("2026-09-01", withdrawn("2026-10-30"))],
            "2026-09-01",
            "2027-10-30",
        ),
        (
            "a past year without an exit",
            vec![one("2024-09-03", State::Open)],
            "2024-09-03",
            "2026-08-31",
        ),
        (
            "two stays",
            vec![
                one("2025-09-02", withdrawn("2026-01-15")),
                one("2026-09-01", withdrawn("2026-10-30")),
            ],
            "2025-09-02",
            "2027-10-30",
        ),
        (
            "deleted",
            vec![one("2026-09-01", deleted())],
            "2026-11-23",
            "2026-11-23",
        ),
        ("nothing", vec![], "2026-11-23", "2026-11-23"),
    ] {
        assert_eq!(presence(&all, school, today), (date(from), date(until)), "{case}");
    }
}

fn a_responsible(seed: &str, day: &str, responsible: Responsible, reason: &str) -> ResponsibleSchool {
    ResponsibleSchool {
        id: ResponsibleSchoolId::derived(seed),
        student: StudentId::derived("student"),
        effective_on: date(day),
        responsible,
        transition_reason: reason.to_owned(),
        is_deleted: false,
        known: known(),
    }
}

fn alberta(code: &str) -> Responsible {
    Responsible::Alberta {
        code: code.parse().expect("test code"),
    }
}

fn elsewhere(name: &str, country: &str) -> Responsible {
    Responsible::Elsewhere {
        name: name.to_owned(),
        city: String::new(),
        province: String::new(),
        country: country.to_owned(),
    }
}

fn judged_responsible(after: &ResponsibleSchool) -> Findings {
    judge_responsible(&ProposedResponsible {
        after,
        before: None,
        student: &a_student(),
        others: &[],
        enrolments: &[an_enrolment()],
        directory: &Directory::new(vec![a_school()]),
        today: date("2026-11-23"),
    })
}

#[test]
fn every_rule_on_the_responsible_school_names_its_field() {
    for (case, day, who, reason, want) in [
        ("our school", "2026-09-01", alberta("1256"), "NewStudent", vec![]),
        (
            "another of Alberta",
            "2026-09-01",
            alberta("0002"),
            "Moved",
            vec![],
        ),
        (
            "graduated",
            "2026-09-01",
            Responsible::Nobody,
            "CompletedGrade12",
            vec![],
        ),
        ("gone", "2026-09-01", Responsible::Unknown, "NotProvided", vec![]),
        (
            "elsewhere",
            "2026-09-01",
            elsewhere("Lakeview", "CA"),
            "Moved",
            vec![],
        ),
        (
            "not enrolled with us",
            "2025-10-01",
            alberta("1256"),
            "Moved",
            vec![("LP-0456", "school")],
        ),
        (
            "before birth",
            "2015-04-16",
            alberta("0002"),
            "Moved",
            vec![("LP-0457", "effective_on")],
        ),
        (
            "too far ahead",
            "2028-09-01",
            alberta("0002"),
            "Moved",
            vec![("LP-0458", "effective_on")],
        ),
    ] {
        let after = a_responsible("after", day, who, reason);
        assert_eq!(said(&judged_responsible(&after)), want, "{case}");
    }
}
