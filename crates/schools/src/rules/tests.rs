use super::*;
use crate::model::{ClosedDays, Closure, ClosureKind, YearWindow};
use kernel::{CalendarId, Grade, SchoolId, SchoolYear};

/// A case, what it spoils, and the findings that are wanted: code and field.
type Case<S> = (&'static str, S, &'static [(&'static str, &'static str)]);

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn closure(on: &str, reason: &str) -> Closure {
    Closure {
        on: date(on),
        reason: reason.to_owned(),
        kind: ClosureKind::Holiday,
    }
}

/// 31 August 2026 to 25 June 2027, as a division publishes it.
fn a_calendar() -> Calendar {
    Calendar {
        id: CalendarId::derived("calendar"),
        school: SchoolId::derived("school"),
        year: SchoolYear::ending(2027).expect("test year"),
        first_day: date("2026-09-01"),
        last_day: date("2026-09-11"),
        closures: vec![closure("2026-09-07", "Labour Day")],
        version: 1,
    }
}

fn a_school() -> School {
    School {
        id: SchoolId::derived("school"),
        code: "1256".parse().expect("test code"),
        name: "Fort McMurray Islamic School".to_owned(),
        authority: "3260".parse().expect("test code"),
        street: "109 Greely Road".to_owned(),
        city: "Fort McMurray".to_owned(),
        postal_code: "T9H 4V4".to_owned(),
        phone: "780-555-0100".to_owned(),
        lowest_grade: Grade::Ecs,
        highest_grade: Grade::G9,
        version: 1,
    }
}

fn an_authority() -> Authority {
    Authority {
        code: "3260".parse().expect("test code"),
        name: "The Fort McMurray School Division".to_owned(),
        kind: "Public".to_owned(),
    }
}

fn said(findings: &Findings) -> Vec<(&str, &str)> {
    findings
        .0
        .iter()
        .map(|finding| (finding.code.as_str(), finding.field.as_str()))
        .collect()
}

#[test]
fn weekends_and_closures_are_not_instructional() {
    let calendar = a_calendar();
    let days: Vec<String> = instructional_days(&calendar).map(|day| day.to_string()).collect();
    assert_eq!(
        days,
        [
            "2026-09-01",
            "2026-09-02",
            "2026-09-03",
            "2026-09-04",
            "2026-09-08",
            "2026-09-09",
            "2026-09-10",
            "2026-09-11"
        ]
    );
    for (day, open) in [
        ("2026-08-31", false),
        ("2026-09-05", false),
        ("2026-09-07", false),
        ("2026-09-11", true),
        ("2026-09-14", false),
    ] {
        assert_eq!(is_instructional(&calendar, date(day)), open, "{day}");
    }
    assert_eq!(
        next_instructional(&calendar, date("2026-09-05")),
        Some(date("2026-09-08"))
    );
    assert_eq!(next_instructional(&calendar, date("2026-09-12")), None);
}

#[test]
fn a_calendar_without_fault_has_no_findings() {
    assert_eq!(judge_calendar(&a_calendar()), Findings::default());
}

#[test]
fn every_calendar_rule_names_its_field() {
    type Spoil = fn(&mut Calendar);
    let table: [Case<Spoil>; 7] = [
        (
            "first after last",
            |calendar| {
                calendar.first_day = date("2026-09-14");
                calendar.closures.clear();
            },
            &[("LP-0311", "last_day")],
        ),
        (
            "outside the year",
            |calendar| calendar.first_day = date("2026-08-31"),
            &[("LP-0312", "first_day")],
        ),
        (
            "closure outside",
            |calendar| calendar.closures.push(closure("2026-09-14", "Snow")),
            &[("LP-0313", "closures")],
        ),
        (
            "closure without reason",
            |calendar| calendar.closures.push(closure("2026-09-08", " ")),
            &[("LP-0314", "closures")],
        ),
        (
            "closed twice",
            |calendar| calendar.closures.push(closure("2026-09-07", "Again")),
            &[("LP-0315", "closures")],
        ),
        (
            "closed on a Saturday",
            |calendar| calendar.closures.push(closure("2026-09-05", "Cleaning")),
            &[("LP-0316", "closures")],
        ),
        (
            "shortened past its closure",
            |calendar| calendar.last_day = date("2026-09-04"),
            &[("LP-0313", "closures")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut calendar = a_calendar();
        spoil(&mut calendar);
        assert_eq!(said(&judge_calendar(&calendar)), want, "{case}");
    }
    let weekend = Calendar {
        first_day: date("2026-09-05"),
        last_day: date("2026-09-06"),
        closures: Vec::new(),
        ..a_calendar()
    };
    assert_eq!(said(&judge_calendar(&weekend)), [("LP-0317", "")]);
}

#[test]
fn every_school_rule_names_its_field() {
    type Spoil = fn(&mut School);
    let table: [Case<Spoil>; 7] = [
        ("as it should be", |_| {}, &[]),
        (
            "no name",
            |school| " ".clone_into(&mut school.name),
            &[("LP-0301", "name")],
        ),
        (
            "long name",
            |school| school.name = "x".repeat(121),
            &[("LP-0302", "name")],
        ),
        (
            "lowest above highest",
            |school| (school.lowest_grade, school.highest_grade) = (Grade::G9, Grade::G1),
            &[("LP-0303", "highest_grade")],
        ),
        (
            "unknown authority",
            |school| school.authority = "0001".parse().expect("test code"),
            &[("LP-0305", "authority")],
        ),
        (
            "wrong postal code",
            |school| "90210".clone_into(&mut school.postal_code),
            &[("LP-0306", "postal_code")],
        ),
        (
            "short phone",
            |school| "555-0100".clone_into(&mut school.phone),
            &[("LP-0307", "phone")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut school = a_school();
        spoil(&mut school);
        assert_eq!(
            said(&judge_school(&school, &[a_school()], &[an_authority()])),
            want,
            "{case}"
        );
    }
    let other = School {
        id: SchoolId::derived("other"),
        ..a_school()
    };
    assert_eq!(
        said(&judge_school(&a_school(), &[other], &[an_authority()])),
        [("LP-0304", "code")]
    );
}

#[test]
fn an_authority_has_a_name_and_a_known_kind() {
    assert!(judge_authority(&an_authority()).is_empty());
    let wrong = Authority {
        name: String::new(),
        kind: "Secret".to_owned(),
        ..an_authority()
    };
    assert_eq!(
        said(&judge_authority(&wrong)),
        [("LP-0301", "name"), ("LP-0308", "kind")]
    );
}

#[test]
fn a_school_offers_the_grades_between_its_lowest_and_its_highest() {
    let school = School {
        lowest_grade: Grade::G7,
        ..a_school()
    };
    assert_eq!(
        school.grades().collect::<Vec<_>>(),
        [Grade::G7, Grade::G8, Grade::G9]
    );
    for (grade, taught) in [
        (Grade::G6, false),
        (Grade::G7, true),
        (Grade::G9, true),
        (Grade::G10, false),
    ] {
        assert_eq!(school.offers(grade), taught, "{grade}");
    }
}

#[test]
fn postal_codes_are_kept_in_one_shape() {
    for (typed, kept) in [
        ("t9h4v4", "T9H 4V4"),
        ("T9H-4V4", "T9H 4V4"),
        ("90210", "90210"),
        ("", ""),
    ] {
        assert_eq!(tidy_postal_code(typed), kept, "{typed}");
    }
}

#[test]
fn the_window_of_live_years_moves_on_the_first_of_january() {
    for (today, first, last) in [
        ("2026-08-31", 2024, 2027),
        ("2026-12-31", 2024, 2027),
        ("2027-01-01", 2025, 2028),
    ] {
        let window = YearWindow::on(date(today));
        assert_eq!(
            (window.first.number(), window.last.number()),
            (first, last),
            "{today}"
        );
        assert_eq!(window.years().count(), 4, "{today}");
    }
    let window = YearWindow::on(date("2026-11-23"));
    assert!(window.contains(SchoolYear::of(date("2026-11-23"))));
    assert!(!window.contains(SchoolYear::of(date("2027-11-23"))));
}

#[test]
fn closures_are_told_as_spans_of_schools_closed_for_one_reason() {
    let (north, south) = (SchoolId::derived("north"), SchoolId::derived("south"));
    let at = |school: SchoolId, on: &str, reason: &str| (school, closure(on, reason));
    let span = |from: &str, until: &str, reason: &str, mut schools: Vec<SchoolId>| {
        schools.sort();
        ClosedDays {
            from: date(from),
            until: date(until),
            reason: reason.to_owned(),
            kind: ClosureKind::Holiday,
            schools,
        }
    };
    for (case, closures, want) in [
        ("none", vec![], vec![]),
        (
            "one day, two schools",
            vec![
                at(north, "2026-10-12", "Thanksgiving"),
                at(south, "2026-10-12", "Thanksgiving"),
            ],
            vec![span(
                "2026-10-12",
                "2026-10-12",
                "Thanksgiving",
                vec![north, south],
            )],
        ),
        (
            "a break over a weekend is one span",
            vec![
                at(north, "2026-12-24", "Winter break"),
                at(north, "2026-12-25", "Winter break"),
                at(north, "2026-12-28", "Winter break"),
            ],
            vec![span("2026-12-24", "2026-12-28", "Winter break", vec![north])],
        ),
        (
            "a school day between parts it",
            vec![at(north, "2026-11-09", "Staff"), at(north, "2026-11-11", "Staff")],
            vec![
                span("2026-11-09", "2026-11-09", "Staff", vec![north]),
                span("2026-11-11", "2026-11-11", "Staff", vec![north]),
            ],
        ),
        (
            "another reason, or other schools, are another span",
            vec![
                at(south, "2026-12-02", "Snow"),
                at(north, "2026-12-01", "Snow"),
                at(north, "2026-12-02", "Staff"),
            ],
            vec![
                span("2026-12-01", "2026-12-01", "Snow", vec![north]),
                span("2026-12-02", "2026-12-02", "Snow", vec![south]),
                span("2026-12-02", "2026-12-02", "Staff", vec![north]),
            ],
        ),
    ] {
        assert_eq!(closed_days(closures), want, "{case}");
    }
}
