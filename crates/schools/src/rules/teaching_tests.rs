use super::hours::{MINIMA, hours, judge_hours, minimum, minutes_of};
use super::judge::{field_of, idle_days, judge_bell, judge_plan, judge_removal, judge_span, judge_special};
use super::teaching::{bell_on, in_order, kind_of, school_day, turns};
use super::*;
use crate::model::{
    BellSchedule, BellUse, Calendar, Cycle, CycleKind, DayKind, Period, PeriodKind, Plan, SpecialDay,
    TeachingYear, Term, TermKind, UsedOn,
};
use kernel::{BellScheduleId, CalendarId, Grade, SchoolYear, TermId};

type Told = Vec<(String, String)>;
/// A case, what it spoils, and the findings that are wanted: code and field.
type Case<S> = (&'static str, S, &'static [(&'static str, &'static str)]);

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn said(findings: &Findings) -> Told {
    let all = findings.0.iter();
    all.map(|finding| (finding.code.clone(), finding.field.clone()))
        .collect()
}

fn told(wanted: &[(&str, &str)]) -> Told {
    let all = wanted.iter();
    all.map(|(code, field)| ((*code).to_owned(), (*field).to_owned()))
        .collect()
}

fn bell_id(name: &str) -> BellScheduleId {
    BellScheduleId::derived(name)
}

fn period(number: u8, name: &str, starts: u16, ends: u16, kind: PeriodKind) -> Period {
    Period {
        number,
        name: name.to_owned(),
        starts,
        ends,
        kind,
    }
}

/// Two lessons of 80 minutes around a lunch of 40; the short one ends the second lesson after 30.
fn bell(name: &str, is_usual: bool) -> BellSchedule {
    let ends = if is_usual { 720 } else { 670 };
    BellSchedule {
        id: bell_id(name),
        name: name.to_owned(),
        is_usual,
        periods: vec![
            period(1, "Block A", 510, 590, PeriodKind::Instruction),
            period(2, "Lunch", 595, 635, PeriodKind::Lunch),
            period(3, "Block B", 640, ends, PeriodKind::Instruction),
        ],
        version: 1,
    }
}

fn term(name: &str, kind: TermKind, first_day: &str, last_day: &str) -> Term {
    Term {
        id: TermId::derived(name),
        name: name.to_owned(),
        kind,
        first_day: date(first_day),
        last_day: date(last_day),
    }
}

fn special(on: &str) -> SpecialDay {
    SpecialDay {
        on: date(on),
        is_early: false,
        bell: None,
        cycle_day: None,
        reason: String::new(),
    }
}

/// Tuesday 1 to Friday 18 September 2026, Labour Day between: 13 days of school.
fn a_year() -> TeachingYear {
    let calendar = CalendarId::derived("calendar");
    TeachingYear {
        calendar: Calendar {
            id: calendar,
            school: SchoolId::derived("school"),
            year: SchoolYear::ending(2027).expect("test year"),
            first_day: date("2026-09-01"),
            last_day: date("2026-09-18"),
            closures: vec![Closure {
                on: date("2026-09-07"),
                reason: "Labour Day".to_owned(),
                kind: ClosureKind::Holiday,
            }],
            version: 1,
        },
        special: Vec::new(),
        plan: Plan {
            calendar,
            cycle: Cycle::default(),
            terms: Vec::new(),
            uses: Vec::new(),
            version: 1,
        },
        bells: vec![bell("Usual", true), bell("Short", false)],
    }
}

fn cycle(kind: CycleKind, length: u8, has_letters: bool) -> Cycle {
    Cycle {
        kind,
        length,
        has_letters,
    }
}

/// The days of the cycle of the whole year, a dash for none.
fn told_turns(year: &TeachingYear) -> String {
    let all = turns(year).into_iter();
    all.map(|(_, day)| day.map_or("-".to_owned(), |day| day.to_string()))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_day_is_of_one_kind() {
    let mut year = a_year();
    year.special.push(SpecialDay {
        is_early: true,
        bell: Some(bell_id("Short")),
        ..special("2026-09-04")
    });
    for (kind, on) in [
        (ClosureKind::Professional, "2026-09-10"),
        (ClosureKind::Other, "2026-09-11"),
    ] {
        year.calendar.closures.push(Closure {
            on: date(on),
            reason: "Test".to_owned(),
            kind,
        });
    }
    for (day, kind) in [
        ("2026-08-31", None),
        ("2026-09-01", Some(DayKind::Instructional)),
        ("2026-09-04", Some(DayKind::EarlyDismissal)),
        ("2026-09-05", None),
        ("2026-09-07", Some(DayKind::Holiday)),
        ("2026-09-10", Some(DayKind::Professional)),
        ("2026-09-11", Some(DayKind::Other)),
        ("2026-09-21", None),
    ] {
        assert_eq!(kind_of(&year, date(day)), kind, "{day}");
    }
}

#[test]
fn cycles_count_instructional_days_weeks_weekdays_and_terms() {
    let halves = || {
        vec![
            term("One", TermKind::Semester, "2026-09-01", "2026-09-04"),
            term("Two", TermKind::Semester, "2026-09-09", "2026-09-18"),
            term("Whole", TermKind::Term, "2026-09-01", "2026-09-18"),
        ]
    };
    let given = |on: &str, day| SpecialDay {
        cycle_day: Some(day),
        ..special(on)
    };
    for (case, cycle, specials, want) in [
        ("weekdays", Cycle::default(), vec![], "2 3 4 5 2 3 4 5 1 2 3 4 5"),
        (
            "one weekday as another, alone",
            Cycle::default(),
            vec![given("2026-09-08", 1)],
            "2 3 4 5 1 3 4 5 1 2 3 4 5",
        ),
        (
            "days go on after a holiday",
            cycle(CycleKind::Days, 4, false),
            vec![],
            "1 2 3 4 1 2 3 4 1 2 3 4 1",
        ),
        (
            "a day that is given is gone on from",
            cycle(CycleKind::Days, 4, false),
            vec![given("2026-09-08", 4)],
            "1 2 3 4 4 1 2 3 4 1 2 3 4",
        ),
        (
            "A and B by day",
            cycle(CycleKind::Days, 2, true),
            vec![],
            "1 2 1 2 1 2 1 2 1 2 1 2 1",
        ),
        (
            "A and B by week",
            cycle(CycleKind::Weeks, 2, true),
            vec![],
            "1 1 1 1 2 2 2 2 1 1 1 1 1",
        ),
        (
            "a week that is given is gone on from",
            cycle(CycleKind::Weeks, 2, true),
            vec![given("2026-09-08", 1)],
            "1 1 1 1 1 1 1 1 2 2 2 2 2",
        ),
        (
            "alternating semesters, and a day in none",
            cycle(CycleKind::Terms, 2, false),
            vec![],
            "1 1 1 1 - 2 2 2 2 2 2 2 2",
        ),
    ] {
        let mut year = a_year();
        year.plan.cycle = cycle;
        year.plan.terms = halves();
        year.special = specials;
        assert_eq!(told_turns(&year), want, "{case}");
    }
    assert_eq!(cycle(CycleKind::Weeks, 2, true).label(2), "B");
    assert_eq!(cycle(CycleKind::Days, 4, false).label(4), "4");
    assert_eq!(Cycle::default().label(4), "");
}

#[test]
fn the_bell_schedule_of_a_day_is_that_of_the_closest_reason() {
    let mut year = a_year();
    year.bells.push(bell("Friday", false));
    year.bells.push(bell("Morning", false));
    year.plan.uses = vec![
        BellUse {
            on: UsedOn::Weekday(5),
            bell: bell_id("Friday"),
        },
        BellUse {
            on: UsedOn::Grade(Grade::Ecs),
            bell: bell_id("Morning"),
        },
    ];
    year.special.push(SpecialDay {
        is_early: true,
        bell: Some(bell_id("Short")),
        reason: "Interviews".to_owned(),
        ..special("2026-09-11")
    });
    for (day, grade, want) in [
        ("2026-09-01", None, "Usual"),
        ("2026-09-04", None, "Friday"),
        ("2026-09-11", None, "Short"),
        ("2026-09-04", Some(Grade::Ecs), "Morning"),
        ("2026-09-04", Some(Grade::G1), "Friday"),
    ] {
        let found = bell_on(&year, date(day), None, grade).map(|bell| bell.name.as_str());
        assert_eq!(found, Some(want), "{day} {grade:?}");
    }
    year.plan.uses.push(BellUse {
        on: UsedOn::CycleDay(5),
        bell: bell_id("Morning"),
    });
    let friday = school_day(&year, date("2026-09-04")).expect("a day of school");
    assert_eq!(friday.bell.map(|bell| bell.name).as_deref(), Some("Morning"));
    let short = school_day(&year, date("2026-09-11")).expect("a day of school");
    assert!(short.is_early_dismissal);
    assert_eq!(short.reason, "Interviews");
    assert_eq!(
        school_day(&year, date("2026-09-07")),
        None,
        "nobody is taught on Labour Day"
    );
    year.bells.clear();
    assert_eq!(
        school_day(&year, date("2026-09-01")).and_then(|day| day.bell),
        None
    );
}

#[test]
fn hours_are_minutes_of_lessons_times_days() {
    let mut year = a_year();
    assert_eq!(minutes_of(&bell("Usual", true), None), 160);
    assert_eq!(minutes_of(&bell("Usual", true), Some(600)), 80);
    year.special.push(SpecialDay {
        is_early: true,
        bell: Some(bell_id("Short")),
        ..special("2026-09-11")
    });
    let found = hours(&year, Grade::G4);
    let rows: Vec<_> = found
        .minutes_by_bell
        .iter()
        .map(|row| (row.bell.as_str(), row.minutes, row.days, row.product))
        .collect();
    assert_eq!(rows, [("Usual", 160, 12, 1920), ("Short", 110, 1, 110)]);
    assert_eq!((found.total, found.hours(), found.without), (2030, 33, 0));
    assert_eq!(said(&judge_hours(&found)), told(&[("LP-0340", "hours")]));
    // Kindergarten has its own, and leaves with the others.
    let mut mornings = bell("Morning", false);
    mornings.periods = vec![period(1, "Morning", 510, 690, PeriodKind::Instruction)];
    year.bells.push(mornings);
    year.plan.uses = vec![BellUse {
        on: UsedOn::Grade(Grade::Ecs),
        bell: bell_id("Morning"),
    }];
    let found = hours(&year, Grade::Ecs);
    let rows: Vec<_> = found
        .minutes_by_bell
        .iter()
        .map(|row| (row.cut_at, row.minutes, row.days))
        .collect();
    assert_eq!(rows, [(None, 180, 12), (Some(670), 160, 1)]);
    year.bells.clear();
    let found = hours(&year, Grade::G4);
    assert_eq!((found.total, found.without), (0, 13));
    assert_eq!(
        said(&judge_hours(&found)),
        told(&[("LP-0340", "hours"), ("LP-0341", "hours")])
    );
}

#[test]
fn the_minimum_is_that_of_the_grade() {
    let year = SchoolYear::ending(2027).expect("test year");
    for (grade, want) in [
        (Grade::Ecs, 475),
        (Grade::G1, 950),
        (Grade::G9, 950),
        (Grade::G10, 1000),
        (Grade::G12, 1000),
    ] {
        assert_eq!(
            minimum(grade, year).map(|minimum| minimum.hours),
            Some(want),
            "{grade}"
        );
    }
    assert!(MINIMA.iter().all(|one| !one.source.is_empty()));
    let mut enough = hours(&a_year(), Grade::G12);
    for (total, beyond, finds) in [(59_999, -1, 1), (60_000, 0, 0), (60_001, 1, 0)] {
        enough.total = total;
        assert_eq!(enough.beyond(), Some(beyond));
        assert_eq!(judge_hours(&enough).0.len(), finds, "{total} minutes");
    }
}

#[test]
fn a_span_of_days_lies_in_the_calendar_and_has_a_weekday() {
    for (from, until, want) in [
        ("2026-09-03", "2026-09-03", vec![]),
        ("2026-09-03", "2026-09-02", vec![("LP-0320", "until")]),
        ("2026-08-31", "2026-09-02", vec![("LP-0321", "from")]),
        ("2026-09-18", "2026-09-21", vec![("LP-0321", "from")]),
        ("2026-09-05", "2026-09-06", vec![("LP-0322", "from")]),
    ] {
        let found = judge_span(&a_year(), date(from), date(until));
        assert_eq!(said(&found), told(&want), "{from} to {until}");
    }
}

#[test]
fn every_rule_of_a_special_day_names_its_field() {
    type Spoil = fn(&mut SpecialDay);
    let table: [Case<Spoil>; 6] = [
        ("nothing wrong", |_| {}, &[]),
        (
            "early without bells",
            |day| day.is_early = true,
            &[("LP-0323", "bell")],
        ),
        (
            "bells of another school",
            |day| day.bell = Some(bell_id("Elsewhere")),
            &[("LP-0324", "bell")],
        ),
        (
            "beyond the cycle",
            |day| day.cycle_day = Some(6),
            &[("LP-0325", "cycle_day")],
        ),
        (
            "day zero",
            |day| day.cycle_day = Some(0),
            &[("LP-0325", "cycle_day")],
        ),
        (
            "a reason too long",
            |day| day.reason = "x".repeat(121),
            &[("LP-0302", "reason")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut day = special("2026-09-04");
        spoil(&mut day);
        assert_eq!(said(&judge_special(&a_year(), &day)), told(want), "{case}");
    }
    let mut year = a_year();
    year.special = vec![
        special("2026-09-04"),
        special("2026-09-07"),
        special("2026-10-01"),
    ];
    assert_eq!(idle_days(&year), [date("2026-09-07"), date("2026-10-01")]);
}

#[test]
fn every_rule_of_terms_and_cycles_names_its_field() {
    type Spoil = fn(&mut TeachingYear);
    let table: [Case<Spoil>; 12] = [
        ("nothing wrong", |_| {}, &[]),
        (
            "no name",
            |year| year.plan.terms[0].name.clear(),
            &[("LP-0301", "name-1")],
        ),
        (
            "ends before it begins",
            |year| year.plan.terms[1].last_day = date("2026-09-08"),
            &[("LP-0326", "last_day-2")],
        ),
        (
            "before the school year",
            |year| year.plan.terms[0].first_day = date("2026-08-31"),
            &[("LP-0327", "first_day-1")],
        ),
        (
            "after the school year",
            |year| year.plan.terms[1].last_day = date("2027-09-01"),
            &[("LP-0327", "last_day-2")],
        ),
        (
            "two of a kind share a day",
            |year| year.plan.terms[1].first_day = date("2026-09-08"),
            &[("LP-0328", "first_day-2")],
        ),
        (
            "two of different kinds may",
            |year| {
                year.plan
                    .terms
                    .push(term("All", TermKind::Term, "2026-09-01", "2026-09-18"));
            },
            &[],
        ),
        (
            "a day in no semester",
            |year| year.plan.terms[1].first_day = date("2026-09-10"),
            &[("LP-0329", "terms")],
        ),
        (
            "no cycle",
            |year| year.plan.cycle.length = 0,
            &[("LP-0330", "length")],
        ),
        (
            "a cycle of 11",
            |year| year.plan.cycle.length = 11,
            &[("LP-0330", "length")],
        ),
        (
            "a cycle of terms without",
            |year| {
                year.plan.terms.clear();
                year.plan.cycle.kind = CycleKind::Terms;
            },
            &[("LP-0331", "kind")],
        ),
        (
            "uses beyond the cycle and of unknown bells",
            |year| {
                year.plan.uses = vec![
                    BellUse {
                        on: UsedOn::CycleDay(6),
                        bell: bell_id("Short"),
                    },
                    BellUse {
                        on: UsedOn::Grade(Grade::Ecs),
                        bell: bell_id("Elsewhere"),
                    },
                ];
            },
            &[("LP-0332", "cycle-6"), ("LP-0324", "grade-EC")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut year = a_year();
        year.plan.terms = vec![
            term("One", TermKind::Semester, "2026-09-01", "2026-09-08"),
            term("Two", TermKind::Semester, "2026-09-09", "2026-09-18"),
        ];
        spoil(&mut year);
        assert_eq!(said(&judge_plan(&year)), told(want), "{case}");
    }
    assert_eq!(field_of(UsedOn::Weekday(5)), "weekday-5");
}

#[test]
fn every_rule_of_a_bell_schedule_names_its_field() {
    type Spoil = fn(&mut BellSchedule);
    let table: [Case<Spoil>; 14] = [
        ("nothing wrong", |_| {}, &[]),
        ("no name", |bell| bell.name.clear(), &[("LP-0301", "name")]),
        (
            "a name that is taken",
            |bell| bell.name = "USUAL".to_owned(),
            &[("LP-0333", "name")],
        ),
        (
            "no periods",
            |bell| bell.periods.clear(),
            &[("LP-0334", "periods")],
        ),
        (
            "no lesson",
            |bell| bell.periods.retain(|period| period.kind == PeriodKind::Lunch),
            &[("LP-0334", "periods")],
        ),
        (
            "a period without name",
            |bell| bell.periods[1].name.clear(),
            &[("LP-0301", "name-2")],
        ),
        (
            "number 0",
            |bell| bell.periods[0].number = 0,
            &[("LP-0335", "number-1")],
        ),
        (
            "number 31",
            |bell| bell.periods[0].number = 31,
            &[("LP-0335", "number-1")],
        ),
        (
            "a number twice",
            |bell| bell.periods[2].number = 1,
            &[("LP-0336", "number-3")],
        ),
        (
            "ends as it begins",
            |bell| bell.periods[0].ends = 510,
            &[("LP-0337", "ends-1")],
        ),
        (
            "ends after midnight",
            |bell| bell.periods[2].ends = 1441,
            &[("LP-0337", "ends-3")],
        ),
        (
            "overlaps",
            |bell| bell.periods[1].starts = 589,
            &[("LP-0338", "starts-2")],
        ),
        ("15 minutes between", |bell| bell.periods[2].starts = 650, &[]),
        (
            "16 minutes between",
            |bell| bell.periods[2].starts = 651,
            &[("LP-0339", "periods")],
        ),
    ];
    for (case, spoil, want) in table {
        let mut new = bell("New", false);
        spoil(&mut new);
        assert_eq!(said(&judge_bell(&a_year(), &new)), told(want), "{case}");
    }
}

#[test]
fn a_bell_schedule_in_use_stays() {
    let mut year = a_year();
    assert_eq!(said(&judge_removal(&year, bell_id("Short"))), told(&[]));
    assert_eq!(
        said(&judge_removal(&year, bell_id("Usual"))),
        told(&[("LP-0343", "")])
    );
    year.special.push(SpecialDay {
        bell: Some(bell_id("Short")),
        ..special("2026-09-04")
    });
    assert_eq!(
        said(&judge_removal(&year, bell_id("Short"))),
        told(&[("LP-0342", "")])
    );
    year.bells.truncate(1);
    assert_eq!(said(&judge_removal(&year, bell_id("Usual"))), told(&[]));
}

#[test]
fn terms_stand_in_the_order_of_their_first_days() {
    let sorted = in_order(vec![
        term("Quarter 1", TermKind::Quarter, "2026-09-01", "2026-11-06"),
        term("Semester 2", TermKind::Semester, "2027-02-01", "2027-06-25"),
        term("Semester 1", TermKind::Semester, "2026-09-01", "2027-01-29"),
    ]);
    let names: Vec<&str> = sorted.iter().map(|term| term.name.as_str()).collect();
    assert_eq!(names, ["Semester 1", "Quarter 1", "Semester 2"]);
}
