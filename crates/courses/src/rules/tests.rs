use super::*;
use crate::model::{Course, CourseEnrolment, Meeting, SeatState, Section, SectionState, Staff, StaffRole};
use db::Known;
use enrolment::{Coding, Enrolment, State};
use kernel::{
    AccountId, CourseEnrolmentId, CourseId, Date, EnrolmentId, Findings, Grade, Instant, SchoolId,
    SchoolYear, SectionId, SectionStaffId, StudentId,
};
use std::collections::HashMap;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("a year")
}

fn codes(findings: &Findings) -> Vec<&str> {
    let all = findings.0.iter().map(|finding| finding.code.as_str());
    all.collect()
}

fn course(code: &str) -> Course {
    Course {
        id: CourseId::derived(code),
        code: code.to_owned(),
        name: format!("Course {code}"),
        is_provincial: true,
        credits: vec![5],
        lowest_grade: Grade::G10,
        highest_grade: Grade::G12,
        first_year: None,
        last_year: None,
        prerequisites: Vec::new(),
        delivery: String::new(),
        version: 1,
    }
}

/// First term, on day 1 in period 1, in room 12, for two.
fn section(number: &str) -> Section {
    Section {
        id: SectionId::derived(number),
        school: SchoolId::derived("school"),
        year: year(),
        number: number.to_owned(),
        courses: vec![CourseId::derived(number)],
        term: None,
        first_day: day("2026-09-01"),
        last_day: day("2027-01-29"),
        room: "12".to_owned(),
        capacity: Some(2),
        state: SectionState::Open,
        meetings: vec![Meeting::new(1, 1)],
        staff: Vec::new(),
        version: 1,
    }
}

fn staff(section: &Section, account: &str, from: &str, until: Option<&str>) -> Staff {
    Staff {
        id: SectionStaffId::derived(&format!("{} {account} {from}", section.number)),
        section: section.id,
        account: AccountId::derived(account),
        role: StaffRole::Lead,
        from: day(from),
        until: until.map(day),
        is_removed: false,
        version: 1,
    }
}

fn known() -> Known {
    Known {
        version: 1,
        from: Instant::from_micros(0),
        to: None,
        by: String::new(),
        reason: String::new(),
    }
}

fn seat(section: &Section, student: &str, from: &str, until: Option<&str>) -> CourseEnrolment {
    CourseEnrolment {
        id: CourseEnrolmentId::derived(&format!("{} {student} {from}", section.number)),
        student: StudentId::derived(student),
        section: section.id,
        from: day(from),
        until: until.map(day),
        state: SeatState::Enrolled,
        place: 0,
        known: known(),
    }
}

fn stay(student: &str, grade: Grade, from: &str) -> Enrolment {
    Enrolment {
        id: EnrolmentId::derived(student),
        student: StudentId::derived(student),
        school: SchoolId::derived("school"),
        year: year(),
        grade,
        homeroom: String::new(),
        start: day(from),
        state: State::Open,
        coding: Coding::default(),
        known: known(),
    }
}

fn judged(
    after: &Section,
    before: Option<&Section>,
    others: &[Section],
    seats: &[CourseEnrolment],
) -> Findings {
    let courses = [course("A"), course("B")];
    judge_section(&ProposedSection {
        after,
        before,
        courses: &courses,
        others,
        seats,
        clashing: 0,
        names: &HashMap::from([(AccountId::derived("ana"), "Ana".to_owned())]),
        today: day("2026-11-23"),
    })
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table, one row a case")]
fn a_section_is_judged_by_what_it_says_of_itself() {
    let fine = section("A");
    let cases: Vec<(&str, Section, Vec<&str>)> = vec![
        ("fine", fine.clone(), vec![]),
        (
            "no course",
            Section {
                courses: vec![],
                ..fine.clone()
            },
            vec!["LP-0501"],
        ),
        (
            "no number",
            Section {
                number: String::new(),
                ..fine.clone()
            },
            vec!["LP-0502"],
        ),
        (
            "a long number",
            Section {
                number: "x".repeat(21),
                ..fine.clone()
            },
            vec!["LP-0502"],
        ),
        (
            "the longest number",
            Section {
                number: "x".repeat(20),
                ..fine.clone()
            },
            vec![],
        ),
        (
            "before the year",
            Section {
                first_day: day("2026-08-31"),
                ..fine.clone()
            },
            vec!["LP-0504"],
        ),
        (
            "after the year",
            Section {
                last_day: day("2027-09-01"),
                ..fine.clone()
            },
            vec!["LP-0504"],
        ),
        (
            "ends before it begins",
            Section {
                last_day: day("2026-09-01").plus_days(-1),
                first_day: day("2026-09-01"),
                ..fine.clone()
            },
            vec!["LP-0504", "LP-0505"],
        ),
        (
            "one day",
            Section {
                last_day: day("2026-09-01"),
                ..fine.clone()
            },
            vec![],
        ),
        (
            "for nobody",
            Section {
                capacity: Some(0),
                ..fine.clone()
            },
            vec!["LP-0506"],
        ),
        (
            "for a thousand",
            Section {
                capacity: Some(1000),
                ..fine.clone()
            },
            vec!["LP-0506"],
        ),
        (
            "without a limit",
            Section {
                capacity: None,
                ..fine.clone()
            },
            vec![],
        ),
        (
            "a long room",
            Section {
                room: "x".repeat(41),
                ..fine.clone()
            },
            vec!["LP-0507"],
        ),
        (
            "an unknown course",
            Section {
                courses: vec![CourseId::derived("none")],
                ..fine.clone()
            },
            vec!["LP-0508"],
        ),
        (
            "the eleventh day",
            Section {
                meetings: vec![Meeting::new(11, 1)],
                ..fine.clone()
            },
            vec!["LP-0509"],
        ),
        (
            "the thirteenth period",
            Section {
                meetings: vec![Meeting::new(1, 13)],
                ..fine.clone()
            },
            vec!["LP-0509"],
        ),
        (
            "no period",
            Section {
                meetings: vec![Meeting::new(1, 0)],
                ..fine.clone()
            },
            vec!["LP-0509"],
        ),
    ];
    for (case, after, wanted) in cases {
        assert_eq!(codes(&judged(&after, None, &[], &[])), wanted, "{case}");
    }
}

#[test]
fn a_course_is_offered_in_its_life_span_and_what_stands_stays() {
    let after = section("A");
    let last = Course {
        last_year: Some(year().previous()),
        ..course("A")
    };
    let first = Course {
        first_year: Some(year().next()),
        ..course("A")
    };
    for (case, of, before, wanted) in [
        ("over", &last, None, vec!["LP-0508"]),
        ("to come", &first, None, vec!["LP-0508"]),
        ("over since", &last, Some(&after), vec![]),
    ] {
        let found = judge_section(&ProposedSection {
            after: &after,
            before,
            courses: std::slice::from_ref(of),
            others: &[],
            seats: &[],
            clashing: 0,
            names: &HashMap::new(),
            today: day("2026-11-23"),
        });
        assert_eq!(codes(&found), wanted, "{case}");
    }
}

#[test]
fn two_sections_meet_in_one_room_or_with_one_teacher_only_at_other_times() {
    let with = |number: &str, change: fn(&mut Section)| {
        let mut other = section(number);
        other.staff.push(staff(&other, "ana", "2026-09-01", None));
        change(&mut other);
        other
    };
    let mut after = section("A");
    after.staff.push(staff(&after, "ana", "2026-09-01", None));
    for (case, other, wanted) in [
        ("both", with("B", |_| {}), vec!["LP-0510", "LP-0511"]),
        (
            "another room",
            with("B", |one| one.room = "13".to_owned()),
            vec!["LP-0511"],
        ),
        (
            "another teacher",
            with("B", |one| one.staff.clear()),
            vec!["LP-0510"],
        ),
        (
            "another period",
            with("B", |one| one.meetings = vec![Meeting::new(1, 2)]),
            vec![],
        ),
        (
            "another day",
            with("B", |one| one.meetings = vec![Meeting::new(2, 1)]),
            vec![],
        ),
        (
            "another term",
            with("B", |one| {
                one.first_day = "2027-02-01".parse().expect("a date");
                one.last_day = "2027-06-25".parse().expect("a date");
            }),
            vec![],
        ),
        (
            "closed",
            with("B", |one| one.state = SectionState::Closed),
            vec![],
        ),
        (
            "another school",
            with("B", |one| one.school = SchoolId::derived("other")),
            vec![],
        ),
        (
            "the teacher left it",
            with("B", |one| one.staff[0].is_removed = true),
            vec!["LP-0510"],
        ),
        (
            "the same number",
            with("a", |one| one.meetings.clear()),
            vec!["LP-0503"],
        ),
    ] {
        assert_eq!(
            codes(&judged(&after, None, std::slice::from_ref(&other), &[])),
            wanted,
            "{case}"
        );
    }
    let found = judged(&after, None, &[with("B", |one| one.room = "13".to_owned())], &[]);
    let told: Vec<&str> = found.0[0].args.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(
        told,
        ["Ana", "B", "1", "1"],
        "who, with which section, on which day, in which period"
    );
}

#[test]
fn a_change_is_judged_by_who_is_in_it() {
    let before = section("A");
    let seats = [
        seat(&before, "ada", "2026-09-01", None),
        seat(&before, "ben", "2026-10-01", Some("2027-01-29")),
    ];
    for (case, after, wanted) in [
        ("the same", before.clone(), vec![]),
        (
            "begins after the first",
            Section {
                first_day: day("2026-09-02"),
                ..before.clone()
            },
            vec!["LP-0528"],
        ),
        (
            "ends before the last",
            Section {
                last_day: day("2027-01-28"),
                ..before.clone()
            },
            vec!["LP-0528"],
        ),
        (
            "smaller",
            Section {
                capacity: Some(1),
                ..before.clone()
            },
            vec!["LP-0529"],
        ),
    ] {
        assert_eq!(
            codes(&judged(&after, Some(&before), &[], &seats)),
            wanted,
            "{case}"
        );
    }
    let closed = Section {
        state: SectionState::Closed,
        ..before.clone()
    };
    assert_eq!(codes(&judged(&closed, Some(&closed), &[], &[])), ["LP-0513"]);
    let last_year = Section {
        year: year().previous(),
        first_day: day("2025-09-02"),
        last_day: day("2026-01-30"),
        ..before.clone()
    };
    assert_eq!(
        codes(&judged(&last_year, Some(&last_year), &[], &[])),
        ["LP-0527"]
    );
    let courses = [course("A")];
    let moved = ProposedSection {
        after: &before,
        before: Some(&before),
        courses: &courses,
        others: &[],
        seats: &[],
        clashing: 2,
        names: &HashMap::new(),
        today: day("2026-11-23"),
    };
    assert_eq!(codes(&judge_section(&moved)), ["LP-0530"]);
}

#[test]
fn a_teacher_is_put_in_on_days_of_the_section_and_of_no_other_at_that_time() {
    let here = section("A");
    let mut there = section("B");
    there
        .staff
        .push(staff(&there, "ana", "2026-10-01", Some("2026-10-31")));
    let mut taught = here.clone();
    taught
        .staff
        .push(staff(&here, "ana", "2026-09-01", Some("2026-09-30")));
    for (case, within, after, is_teacher, wanted) in [
        (
            "fine",
            &here,
            staff(&here, "bo", "2026-09-01", None),
            true,
            vec![],
        ),
        (
            "no teacher",
            &here,
            staff(&here, "bo", "2026-09-01", None),
            false,
            vec!["LP-0524"],
        ),
        (
            "too early",
            &here,
            staff(&here, "bo", "2026-08-31", None),
            true,
            vec!["LP-0523"],
        ),
        (
            "too late",
            &here,
            staff(&here, "bo", "2026-09-01", Some("2027-01-30")),
            true,
            vec!["LP-0523"],
        ),
        (
            "backwards",
            &here,
            staff(&here, "bo", "2026-09-02", Some("2026-09-01")),
            true,
            vec!["LP-0521"],
        ),
        (
            "elsewhere then",
            &here,
            staff(&here, "ana", "2026-10-31", None),
            true,
            vec!["LP-0511"],
        ),
        (
            "elsewhere before",
            &here,
            staff(&here, "ana", "2026-11-01", None),
            true,
            vec![],
        ),
        (
            "here already",
            &taught,
            staff(&here, "ana", "2026-09-30", Some("2026-09-30")),
            true,
            vec!["LP-0525"],
        ),
        (
            "here before",
            &taught,
            staff(&here, "ana", "2026-11-01", None),
            true,
            vec![],
        ),
    ] {
        let found = judge_staff(&ProposedStaff {
            after: &after,
            section: within,
            others: std::slice::from_ref(&there),
            name: "Ana",
            is_teacher,
            today: day("2026-11-23"),
        });
        assert_eq!(codes(&found), wanted, "{case}");
    }
    let closed = Section {
        state: SectionState::Closed,
        ..section("A")
    };
    assert_eq!(codes(&may_change_staff(&closed, day("2026-11-23"))), ["LP-0513"]);
    assert_eq!(codes(&may_change_staff(&here, day("2027-09-01"))), ["LP-0527"]);
}

fn judged_seat(
    after: &CourseEnrolment,
    within: &Section,
    others: &[(&CourseEnrolment, &Section)],
    seats: &[CourseEnrolment],
    may_wait: bool,
) -> Findings {
    let courses = [course("A")];
    let stays = [stay("ada", Grade::G10, "2026-09-08")];
    judge_seat(&ProposedSeat {
        after,
        section: within,
        courses: &courses,
        stays: &stays,
        others,
        seats,
        may_wait,
        today: day("2026-11-23"),
    })
}

#[test]
fn a_student_is_put_in_on_days_of_the_section_and_of_the_school() {
    let here = section("A");
    for (case, after, wanted) in [
        ("fine", seat(&here, "ada", "2026-09-08", None), vec![]),
        (
            "not yet at the school",
            seat(&here, "ada", "2026-09-07", None),
            vec!["LP-0516"],
        ),
        (
            "before it begins",
            seat(&here, "ada", "2026-08-31", None),
            vec!["LP-0520"],
        ),
        (
            "after it ends",
            seat(&here, "ada", "2026-09-08", Some("2027-01-30")),
            vec!["LP-0520"],
        ),
        (
            "backwards",
            seat(&here, "ada", "2026-09-10", Some("2026-09-09")),
            vec!["LP-0521"],
        ),
        (
            "one day",
            seat(&here, "ada", "2026-09-10", Some("2026-09-10")),
            vec![],
        ),
    ] {
        assert_eq!(
            codes(&judged_seat(&after, &here, &[], &[], true)),
            wanted,
            "{case}"
        );
    }
    let courses = [course("A")];
    let stays = [stay("ada", Grade::G9, "2026-09-08")];
    let found = judge_seat(&ProposedSeat {
        after: &seat(&here, "ada", "2026-09-08", None),
        section: &here,
        courses: &courses,
        stays: &stays,
        others: &[],
        seats: &[],
        may_wait: true,
        today: day("2026-11-23"),
    });
    assert_eq!(codes(&found), ["LP-0517"], "grade 9 in a course of 10 to 12");
}

#[test]
fn a_student_is_in_one_section_at_a_time() {
    let here = section("A");
    let then = section("B");
    let same = Section {
        courses: here.courses.clone(),
        meetings: vec![Meeting::new(2, 2)],
        ..section("C")
    };
    let after = seat(&here, "ada", "2026-09-08", None);
    let waits = CourseEnrolment {
        state: SeatState::Waiting,
        place: 1,
        ..seat(&then, "ada", "2026-09-08", None)
    };
    let slip = CourseEnrolment {
        state: SeatState::InError,
        ..seat(&then, "ada", "2026-09-08", None)
    };
    let left = seat(&then, "ada", "2026-09-01", Some("2026-09-07"));
    for (case, other, section, wanted) in [
        (
            "another at that time",
            seat(&then, "ada", "2026-09-08", None),
            &then,
            vec!["LP-0512"],
        ),
        ("left before", left, &then, vec![]),
        ("waits for another", waits, &then, vec![]),
        ("was there in error", slip, &then, vec![]),
        (
            "the course elsewhere",
            seat(&same, "ada", "2026-10-01", None),
            &same,
            vec!["LP-0519"],
        ),
        (
            "here already",
            seat(&here, "ada", "2026-12-01", None),
            &here,
            vec!["LP-0518"],
        ),
    ] {
        assert_eq!(
            codes(&judged_seat(&after, &here, &[(&other, section)], &[], true)),
            wanted,
            "{case}"
        );
    }
    let found = judged_seat(
        &after,
        &here,
        &[(&seat(&then, "ada", "2026-09-08", None), &then)],
        &[],
        true,
    );
    let told: Vec<&str> = found.0[0].args.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(
        told,
        ["B", "1", "1"],
        "which section, on which day, in which period"
    );
}

#[test]
fn who_finds_a_section_full_waits_or_is_refused() {
    let here = section("A");
    let after = seat(&here, "ada", "2026-09-08", None);
    let two = [
        seat(&here, "ben", "2026-09-01", None),
        seat(&here, "cem", "2026-09-01", None),
    ];
    let in_turn = [
        seat(&here, "ben", "2026-09-01", Some("2026-10-31")),
        seat(&here, "cem", "2026-11-01", None),
    ];
    for (case, seats, may_wait, wanted) in [
        ("one free", &two[..1], true, vec![]),
        ("full", &two[..], true, vec!["LP-0515"]),
        ("full, nobody waits", &two[..], false, vec!["LP-0514"]),
        ("one after the other", &in_turn[..], true, vec![]),
    ] {
        assert_eq!(
            codes(&judged_seat(&after, &here, &[], seats, may_wait)),
            wanted,
            "{case}"
        );
    }
    let open = Section {
        capacity: None,
        ..section("A")
    };
    assert_eq!(
        codes(&judged_seat(&after, &open, &[], &two, true)),
        Vec::<&str>::new()
    );
    assert_eq!(taken(&here, &in_turn, here.days()), 1);
    assert_eq!(taken(&here, &two, here.days()), 2);
}

#[test]
fn only_who_is_in_it_or_waits_can_be_taken_out_or_let_in() {
    let here = section("A");
    for (state, wanted, refused) in [
        (SeatState::Enrolled, SeatState::Enrolled, false),
        (SeatState::Waiting, SeatState::Enrolled, true),
        (SeatState::InError, SeatState::Enrolled, true),
        (SeatState::Enrolled, SeatState::Waiting, true),
    ] {
        let seat = CourseEnrolment {
            state,
            ..seat(&here, "ada", "2026-09-08", None)
        };
        let found = may_change_seat(&seat, &[wanted]);
        assert_eq!(codes(&found) == ["LP-0522"], refused, "{state} for {wanted}");
    }
}

#[test]
fn every_rule_is_found_by_a_code_of_its_own() {
    let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    codes.dedup();
    assert_eq!(codes.len(), RULES.len());
    assert!(codes.iter().all(|code| code.starts_with("LP-05")));
}

/// Periods 1 and 3 on day 2 of the cycle, by a bell schedule in which period 3 comes first.
fn on_day(cycle_day: Option<u8>, bell: Option<Vec<(u8, u16)>>) -> schools::SchoolDay {
    let period = |(number, starts): (u8, u16)| schools::Period {
        number,
        name: format!("Block {number}"),
        starts,
        ends: starts + 60,
        kind: schools::PeriodKind::Instruction,
    };
    schools::SchoolDay {
        date: day("2026-11-23"),
        cycle_day,
        label: String::new(),
        bell: bell.map(|all| schools::BellSchedule {
            id: kernel::BellScheduleId::derived("b"),
            name: "Regular".to_owned(),
            is_usual: true,
            periods: all.into_iter().map(period).collect(),
            version: 1,
        }),
        is_early_dismissal: false,
        reason: String::new(),
    }
}

#[test]
fn a_section_meets_as_cycle_and_bells_say() {
    let met = Section {
        meetings: vec![Meeting::new(2, 1), Meeting::new(2, 3), Meeting::new(3, 1)],
        ..section("1")
    };
    let over = Section {
        last_day: day("2026-11-20"),
        ..met.clone()
    };
    let both = || Some(vec![(1, 600), (3, 500)]);
    for (case, section, day, periods) in [
        ("by the bells", &met, on_day(Some(2), both()), vec![3, 1]),
        ("another day of the cycle", &met, on_day(Some(3), both()), vec![1]),
        ("a day without its pattern", &met, on_day(Some(4), both()), vec![]),
        (
            "a short day",
            &met,
            on_day(Some(2), Some(vec![(1, 600)])),
            vec![1],
        ),
        ("without bells", &met, on_day(Some(2), None), vec![1, 3]),
        ("in no term", &met, on_day(None, both()), vec![]),
        ("it is over", &over, on_day(Some(2), both()), vec![]),
    ] {
        assert_eq!(periods_on(section, &day), periods, "{case}");
    }
}

#[test]
fn a_section_takes_the_days_of_a_term_of_its_school() {
    let terms = [schools::Term {
        id: kernel::TermId::derived("one"),
        name: "Semester 1".to_owned(),
        kind: schools::TermKind::Semester,
        first_day: day("2026-09-01"),
        last_day: day("2027-01-29"),
    }];
    let own = term_days(&terms, kernel::TermId::derived("one"));
    assert_eq!(own, Ok((day("2026-09-01"), day("2027-01-29"))));
    let other = term_days(&terms, kernel::TermId::derived("two")).expect_err("refused");
    assert_eq!(other.0[0].code, "LP-0532");
}
