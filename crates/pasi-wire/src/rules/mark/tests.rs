use super::*;
use kernel::Date;
use uuid::Uuid;

fn code(text: &str) -> CourseCode {
    text.parse().expect("test course")
}

fn year(ends: i32) -> SchoolYear {
    SchoolYear::ending(ends).expect("test year")
}

fn numbers(found: &Findings) -> Vec<&str> {
    found.0.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_mark_is_written_in_its_own_form() {
    for (format, text, want) in [
        (PERCENT, "0", None),
        (PERCENT, "100", None),
        (PERCENT, "101", Some("9013")),
        (PERCENT, "99999999999", Some("9013")),
        (PERCENT, "49.5", Some("9016")),
        (PERCENT, "A", Some("9016")),
        (PERCENT, "", Some("9016")),
        (PERCENT, "-1", Some("9016")),
        (PERCENT, "050", Some("9024")),
        (PERCENT, "00", Some("9024")),
        (LETTER, "A", None),
        (LETTER, "P", None),
        (LETTER, "E", Some("9017")),
        (LETTER, "a", Some("9017")),
        (PASS_FAIL, "P", None),
        (PASS_FAIL, "F", None),
        (PASS_FAIL, "A", Some("9018")),
        (NUMERIC_SCORE, "7", None),
        (NUMERIC_SCORE, "9999", None),
        (NUMERIC_SCORE, "10000", Some("9032")),
        (NUMERIC_SCORE, "7.5", Some("9031")),
        (NUMERIC_SCORE, "07", Some("9024")),
    ] {
        let found = value(format, text).map(|finding| finding.code);
        assert_eq!(found.as_deref(), want, "{format} {text}");
    }
}

#[test]
fn marks_of_all_forms_compare() {
    for (format, text, course, ends, want) in [
        (PERCENT, "100", "MAT3791", 2027, Some(10_000)),
        (PERCENT, "49", "MAT3791", 2027, Some(4_900)),
        (PERCENT, "0", "MAT3791", 2027, Some(0)),
        // Before 1985 forties were lifted; at the 10 and 20 levels until 1986.
        (PERCENT, "40", "MAT3791", 1984, Some(4_960)),
        (PERCENT, "49", "MAT3791", 1984, Some(4_969)),
        (PERCENT, "39", "MAT3791", 1984, Some(3_900)),
        (PERCENT, "50", "MAT3791", 1984, Some(5_000)),
        (PERCENT, "40", "MAT3791", 1985, Some(4_000)),
        (PERCENT, "40", "MAT2791", 1985, Some(4_960)),
        (PERCENT, "40", "MAT1791", 1986, Some(4_960)),
        (PERCENT, "40", "MAT1791", 1987, Some(4_000)),
        (LETTER, "A", "MAT3791", 2027, Some(7_950)),
        (LETTER, "B", "MAT3791", 2027, Some(6_450)),
        (LETTER, "C", "MAT3791", 2027, Some(4_970)),
        (LETTER, "D", "MAT3791", 2027, Some(4_959)),
        (LETTER, "P", "MAT3791", 2027, Some(4_950)),
        (PASS_FAIL, "F", "MAT3791", 2027, Some(0)),
        (PERCENT, "101", "MAT3791", 2027, None),
        (NUMERIC_SCORE, "7", "MAT3791", 2027, None),
    ] {
        assert_eq!(
            normalized(format, text, code(course), year(ends)),
            want,
            "{format} {text} in {course}, {ends}"
        );
    }
}

fn course() -> Course {
    Course {
        course_code: code("CSE1110"),
        descriptions: Vec::new(),
        mark_format: PERCENT.into(),
        developed_by: None,
        is_cts: true,
        is_diploma_exam_course: false,
        credit_levels: vec![1],
        accumulated_credit_maximum: None,
        is_permission_required: false,
        is_major_schedule_allowed: false,
        delivery_methods: Vec::new(),
        authorized: Vec::new(),
        first_school_year: None,
        last_school_year: None,
        relationships: Vec::new(),
        pasi_core_version: 1,
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn section() -> Section {
    Section {
        ref_id: Uuid::from_u128(1),
        school_code: "2601".parse().expect("test school"),
        school_year: year(2027),
        description: None,
        course_codes: vec![code("CSE1110")],
        section_term: "Semester1".into(),
        start_date: date("2026-09-01"),
        end_date: date("2027-01-29"),
        credits_offered: 1,
        delivery_schedule: "REG".into(),
        primary_delivery_method: "InPerson".into(),
        instructional_language: "English".into(),
        instructional_minutes_offered: None,
        local_section_id: None,
        is_deleted: false,
        pasi_core_version: 7,
    }
}

fn school_mark(text: &str) -> SchoolMark {
    SchoolMark {
        mark_format: PERCENT.into(),
        mark_value: text.into(),
        assignment_date: date("2027-01-29"),
        is_mark_approved: false,
    }
}

fn enrolled() -> CourseEnrolment {
    CourseEnrolment {
        ref_id: Uuid::from_u128(2),
        asn: "999000001".parse().expect("test ASN"),
        course_code: code("CSE1110"),
        section_ref_id: Uuid::from_u128(1),
        student_school_enrolment_ref_id: None,
        status: COMPLETED.into(),
        credits_attempted: 1,
        entry_date: None,
        exit_date: None,
        is_funding_requested: true,
        are_prerequisites_waived: false,
        is_dual_enrolment: false,
        partner_post_secondary_number: None,
        instructional_minutes_received: None,
        mark: Some(school_mark("80")),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

#[test]
fn a_course_enrolment_fits_its_section_and_its_status_its_mark() {
    type Edit = fn(&mut CourseEnrolment, &mut Course);
    let table: [(&str, Edit, &[&str]); 8] = [
        ("in order", |_, _| {}, &[]),
        (
            "not taught there",
            |it, _| it.course_code = code("CSE1120"),
            &["40291"],
        ),
        (
            "withdrawn with a mark",
            |it, _| it.status = WITHDRAWN.into(),
            &["40292"],
        ),
        (
            "incomplete without a mark",
            |it, _| {
                it.status = INCOMPLETE.into();
                it.mark = None;
            },
            &[],
        ),
        (
            "incomplete where it may not",
            |it, course| {
                it.status = INCOMPLETE.into();
                it.mark = None;
                course.is_cts = false;
            },
            &["40293"],
        ),
        (
            "no percentage",
            |it, _| it.mark = Some(school_mark("101")),
            &["9013"],
        ),
        (
            "left before it came",
            |it, _| {
                it.entry_date = Some(date("2026-10-01"));
                it.exit_date = Some(date("2026-09-30"));
            },
            &["3002"],
        ),
        (
            "deleted, whatever else is wrong",
            |it, _| {
                it.is_deleted = true;
                it.mark = Some(school_mark("101"));
            },
            &[],
        ),
    ];
    for (case, edit, want) in table {
        let (mut sent, mut course) = (enrolled(), course());
        edit(&mut sent, &mut course);
        let found = course_enrolment(&sent, Some(&section()), Some(&course));
        assert_eq!(numbers(&found), want, "{case}");
    }
    assert_eq!(
        numbers(&course_enrolment(&enrolled(), None, Some(&course()))),
        ["9035"]
    );
    assert_eq!(
        numbers(&course_enrolment(&enrolled(), Some(&section()), None)),
        ["9015"]
    );
}

#[test]
fn a_stored_course_enrolment_needs_an_enrolment_in_the_school() {
    let enrolment = |exit: Option<&str>| StudentSchoolEnrolment {
        ref_id: Uuid::from_u128(3),
        asn: "999000001".parse().expect("test ASN"),
        school_code: "2601".parse().expect("test school"),
        school_year: year(2027),
        grade: None,
        registration_start_date: date("2026-09-01"),
        registration_exit_date: exit.map(date),
        exit_date_type: crate::messages::ExitDateType::CompletionDate,
        programming_type: "Regular".into(),
        programming_timeframe: "Day".into(),
        calendar_ref_id: None,
        school_provided_program_percentage: None,
        hours_of_instruction: None,
        is_deleted: false,
        source_change_code: None,
        extended: crate::messages::EnrolmentExtras::default(),
        pasi_core_version: 1,
    };
    let judge = |stored: &CourseEnrolment, all: &[StudentSchoolEnrolment]| {
        let found = stored_course_enrolment(stored, &section(), Some(&course()), all);
        found
            .0
            .into_iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>()
    };
    assert!(judge(&enrolled(), &[enrolment(None)]).is_empty());
    assert_eq!(judge(&enrolled(), &[]), ["40214"]);
    assert_eq!(judge(&enrolled(), &[enrolment(Some("2026-08-31"))]), ["40214"]);
    let mut odd = enrolled();
    odd.mark = None;
    odd.credits_attempted = 2;
    assert_eq!(judge(&odd, &[enrolment(None)]), ["42090", "42092"]);
    odd.status = CONTINUING.into();
    assert_eq!(judge(&odd, &[enrolment(None)]), ["42091", "42092"]);
    odd.is_deleted = true;
    assert!(judge(&odd, &[]).is_empty());
}

#[test]
fn an_approval_stays_with_the_mark_it_was_given_to() {
    let mut held = school_mark("80");
    held.is_mark_approved = true;
    let mut claimed = school_mark("81");
    claimed.is_mark_approved = true;
    for (sent, before, is_approved) in [
        (school_mark("80"), Some(&held), true),
        (school_mark("81"), Some(&held), false),
        (claimed.clone(), Some(&held), false),
        (claimed, None, false),
    ] {
        assert_eq!(approval(&sent, before), is_approved, "{}", sent.mark_value);
    }
}

#[test]
fn methods_of_the_ministry_are_not_submitted() {
    let mut sent = EvaluatedMark {
        ref_id: Uuid::from_u128(4),
        asn: "999000001".parse().expect("test ASN"),
        school_code: "2601".parse().expect("test school"),
        school_year: year(2027),
        course_code: code("CSE1110"),
        evaluation_method: "OutOfProvince".into(),
        credits_attempted: 1,
        are_prerequisites_waived: false,
        mark: school_mark("75"),
        is_deleted: false,
        pasi_core_version: 0,
    };
    assert!(evaluated(&sent, Some(&course()), false).0.is_empty());
    assert_eq!(numbers(&evaluated(&sent, Some(&course()), true)), ["40393"]);
    assert_eq!(numbers(&evaluated(&sent, None, false)), ["9015"]);
    sent.mark = school_mark("x");
    assert_eq!(numbers(&evaluated(&sent, Some(&course()), false)), ["9016"]);
    sent.credits_attempted = 3;
    assert_eq!(numbers(&stored_evaluated(&sent, Some(&course()))), ["40390"]);
}
