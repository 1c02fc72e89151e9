use super::*;
use crate::messages::CourseRelationship;
use crate::rules::diploma::{REGULAR, SPLIT_WRITING};
use crate::rules::mark::PASS_FAIL;

fn code(text: &str) -> CourseCode {
    text.parse().expect("test course")
}

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn course(text: &str, credits: &[u8], relations: &[(&str, &str)]) -> Course {
    Course {
        course_code: code(text),
        descriptions: Vec::new(),
        mark_format: PERCENT.into(),
        developed_by: None,
        is_cts: false,
        is_diploma_exam_course: false,
        credit_levels: credits.to_vec(),
        accumulated_credit_maximum: None,
        is_permission_required: false,
        is_major_schedule_allowed: false,
        delivery_methods: Vec::new(),
        authorized: Vec::new(),
        first_school_year: None,
        last_school_year: None,
        relationships: relations
            .iter()
            .map(|(to, way)| CourseRelationship {
                course_code: code(to),
                relationship_type: (*way).into(),
            })
            .collect(),
        pasi_core_version: 1,
    }
}

/// Mathematics 10C leads to 20-1, which leads to the diploma course 30-1; 20-2
/// is worth the same as 20-1; projects add up to ten credits.
fn catalogue() -> Vec<Course> {
    let mut last = course("MAT3791", &[5], &[("MAT2791", TYPICAL_PREREQUISITE)]);
    last.is_diploma_exam_course = true;
    let mut projects = course("OTH1999", &[1, 2, 3, 4, 5], &[]);
    projects.accumulated_credit_maximum = Some(10);
    vec![
        course("MAT1791", &[5], &[]),
        course(
            "MAT2791",
            &[5],
            &[("MAT1791", TYPICAL_PREREQUISITE), ("MAT2792", EQUIVALENT)],
        ),
        course(
            "MAT2792",
            &[5],
            &[("MAT1791", TYPICAL_PREREQUISITE), ("MAT2791", EQUIVALENT)],
        ),
        last,
        projects,
    ]
}

fn school(number: u128, course: &str, value: &str, day: &str) -> ApprovedMark {
    let given = date(day);
    ApprovedMark {
        ref_id: Uuid::from_u128(number),
        version: i64::try_from(number).expect("small"),
        of: MarkOf::CourseEnrolment,
        course: code(course),
        year: SchoolYear::of(given),
        mark: SchoolMark {
            mark_format: PERCENT.into(),
            mark_value: value.into(),
            assignment_date: given,
            is_mark_approved: true,
        },
        credits: 5,
        is_waived: false,
    }
}

fn exam(number: u128, status: &str, percent: Option<u16>, day: &str) -> ExamResult {
    ExamResult {
        ref_id: Uuid::from_u128(number),
        version: i64::try_from(number).expect("small"),
        course: code("MAT3791"),
        year: SchoolYear::of(date(day)),
        status: status.into(),
        percent,
        date: date(day),
    }
}

/// Value, credits and method by course.
fn calculated(marks: &Marks) -> Vec<(String, String, u16, String)> {
    let courses = catalogue();
    let find = |wanted: CourseCode| courses.iter().find(|course| course.course_code == wanted);
    official(marks, find)
        .into_iter()
        .map(|mark| {
            (
                mark.course_code.to_string(),
                mark.mark_value,
                mark.credits_awarded,
                mark.calculation_method,
            )
        })
        .collect()
}

fn row(course: &str, value: &str, credits: u16, method: &str) -> (String, String, u16, String) {
    (course.into(), value.into(), credits, method.into())
}

/// 10C and 20-1 passed, as 30-1 asks.
fn prepared() -> Vec<ApprovedMark> {
    vec![
        school(1, "MAT1791", "70", "2025-01-29"),
        school(2, "MAT2791", "70", "2026-01-29"),
    ]
}

#[test]
fn the_highest_mark_counts_from_the_day_of_the_first_pass() {
    let marks = Marks {
        schools: vec![
            school(1, "MAT1791", "45", "2024-01-29"),
            school(2, "MAT1791", "60", "2025-01-29"),
            school(3, "MAT1791", "90", "2026-01-29"),
        ],
        ..Marks::default()
    };
    let courses = catalogue();
    let found = official(&marks, |_| courses.first());
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].mark_value.as_str(), found[0].credits_awarded),
        ("90", 5)
    );
    assert_eq!(found[0].achievement_date, date("2025-01-29"));
    let selected = |source: &&OfficialMarkSource| source.is_selected;
    let taken: Vec<u128> = found[0]
        .sources
        .iter()
        .filter(selected)
        .map(|source| source.ref_id.as_u128())
        .collect();
    assert_eq!((taken, found[0].sources.len()), (vec![3], 3));
}

#[test]
fn a_letter_and_a_percentage_compare_by_their_normalized_value() {
    let mut letter = school(1, "MAT1791", "A", "2025-01-29");
    letter.mark.mark_format = "Letter".into();
    let marks = Marks {
        schools: vec![letter, school(2, "MAT1791", "79", "2026-01-29")],
        ..Marks::default()
    };
    assert_eq!(calculated(&marks), [row("MAT1791", "A", 5, "CourseWork")]);
}

#[test]
fn a_failed_course_brings_no_credits() {
    let marks = Marks {
        schools: vec![school(1, "MAT1791", "49", "2025-01-29")],
        ..Marks::default()
    };
    assert_eq!(calculated(&marks), [row("MAT1791", "49", 0, "CourseWork")]);
}

#[test]
fn a_diploma_course_needs_both_marks_an_exemption_or_a_mature_student() {
    let of_school = || school(3, "MAT3791", "80", "2027-01-29");
    let mature = Some(date("2026-09-01"));
    for (case, schools, exams, maturity, want) in [
        ("no exam", vec![of_school()], vec![], None, None),
        (
            "both",
            vec![of_school()],
            vec![exam(4, REGULAR, Some(60), "2027-01-20")],
            None,
            Some(("74", "Diploma")),
        ),
        (
            "no school",
            vec![],
            vec![exam(4, REGULAR, Some(60), "2027-01-20")],
            None,
            None,
        ),
        (
            "not written",
            vec![of_school()],
            vec![exam(4, "NotWritten", None, "2027-01-20")],
            None,
            None,
        ),
        (
            "exempted",
            vec![of_school()],
            vec![exam(4, FULL_EXEMPTION, None, "2027-01-20")],
            None,
            Some(("80", "FullExemption")),
        ),
        (
            "mature",
            vec![],
            vec![exam(4, REGULAR, Some(60), "2027-01-20")],
            mature,
            Some(("60", "MatureDiplomaExam")),
        ),
        (
            "mature, and the exam is better",
            vec![of_school()],
            vec![exam(4, REGULAR, Some(95), "2027-01-20")],
            mature,
            Some(("95", "MatureDiplomaExam")),
        ),
        (
            "mature, and the blend is better",
            vec![of_school()],
            vec![exam(4, REGULAR, Some(60), "2027-01-20")],
            mature,
            Some(("74", "Diploma")),
        ),
        (
            "the second exam is better",
            vec![of_school()],
            vec![
                exam(4, REGULAR, Some(40), "2027-01-20"),
                exam(5, REGULAR, Some(90), "2027-06-20"),
            ],
            None,
            Some(("83", "Diploma")),
        ),
    ] {
        let mut all = prepared();
        all.extend(schools);
        let marks = Marks {
            schools: all,
            exams,
            maturity,
        };
        let found: Vec<_> = calculated(&marks)
            .into_iter()
            .filter(|(course, ..)| course == "MAT3791")
            .collect();
        let want: Vec<_> = want
            .into_iter()
            .map(|(value, method)| row("MAT3791", value, 5, method))
            .collect();
        assert_eq!(found, want, "{case}");
    }
}

#[test]
fn an_exam_written_otherwise_than_by_others_counts_by_its_mark_and_is_noted() {
    for (status, percent, annotation) in [
        (REGULAR, Some(60), None),
        (PARTIAL_EXEMPTION, Some(60), Some("PartialExemptionMark")),
        (SPECIAL_CASES, Some(60), Some("SpecialCase")),
        (SPLIT_WRITING, Some(60), None),
    ] {
        let marks = |percent, maturity| Marks {
            schools: [prepared(), vec![school(3, "MAT3791", "80", "2027-01-29")]].concat(),
            exams: vec![exam(4, status, percent, "2027-01-20")],
            maturity,
        };
        let courses = catalogue();
        let find = |wanted: CourseCode| courses.iter().find(|course| course.course_code == wanted);
        let of = |marks: &Marks| {
            let all = official(marks, find);
            all.into_iter().find(|mark| mark.course_code == code("MAT3791"))
        };
        let blended = of(&marks(percent, None)).expect("both marks are there");
        assert_eq!(
            (blended.mark_value.as_str(), blended.credits_awarded),
            ("74", 5),
            "{status}"
        );
        let noted: Vec<&str> = blended.annotations.iter().map(String::as_str).collect();
        assert_eq!(noted, annotation.into_iter().collect::<Vec<_>>(), "{status}");
        assert!(of(&marks(None, None)).is_none(), "{status} without a mark");
    }
}

#[test]
fn a_mature_students_special_case_is_noted_beside_the_exam() {
    let marks = Marks {
        exams: vec![exam(4, SPECIAL_CASES, Some(60), "2027-01-20")],
        maturity: Some(date("2026-09-01")),
        ..Marks::default()
    };
    let courses = catalogue();
    let found = official(&marks, |wanted| {
        courses.iter().find(|course| course.course_code == wanted)
    });
    let of_exam = found.iter().find(|mark| mark.course_code == code("MAT3791"));
    let noted = &of_exam.expect("the exam counts").annotations;
    assert_eq!(*noted, ["MatureExamMark", "SpecialCase"]);
}

#[test]
fn a_challenge_equivalent_course_brings_credits_once_and_says_so() {
    let mut courses = catalogue();
    courses.push(course("MAT1792", &[5], &[("MAT1791", CHALLENGE_EQUIVALENT)]));
    let marks = Marks {
        schools: vec![
            school(1, "MAT1791", "55", "2025-01-29"),
            school(2, "MAT1792", "70", "2026-01-29"),
        ],
        ..Marks::default()
    };
    let find = |wanted: CourseCode| courses.iter().find(|course| course.course_code == wanted);
    let found = official(&marks, find);
    assert_eq!((found[1].credits_awarded, found[0].credits_awarded), (0, 5));
    assert_eq!(found[1].annotations, ["CourseChallengeEquivalency"]);
}

#[test]
fn a_pass_without_its_prerequisite_brings_no_credits_unless_it_is_waived() {
    let mut later = school(2, "MAT2791", "70", "2026-01-29");
    let missing = Marks {
        schools: vec![later.clone()],
        ..Marks::default()
    };
    assert_eq!(calculated(&missing), [row("MAT2791", "70", 0, "CourseWork")]);
    let courses = catalogue();
    let find = |wanted: CourseCode| courses.iter().find(|course| course.course_code == wanted);
    assert_eq!(official(&missing, find)[0].annotations, ["MissingRequiredPrereq"]);
    later.is_waived = true;
    let waived = Marks {
        schools: vec![later.clone()],
        ..Marks::default()
    };
    assert_eq!(
        calculated(&waived),
        [
            row("MAT1791", "P", 5, "WaivedPrerequisiteCredit"),
            row("MAT2791", "70", 5, "CourseWork"),
        ]
    );
    let earned = Marks {
        schools: vec![school(1, "MAT1791", "55", "2025-01-29"), later],
        ..Marks::default()
    };
    assert_eq!(
        calculated(&earned),
        [
            row("MAT1791", "55", 5, "CourseWork"),
            row("MAT2791", "70", 5, "CourseWork")
        ]
    );
}

#[test]
fn an_equivalent_course_brings_credits_once() {
    let marks = Marks {
        schools: vec![
            school(1, "MAT1791", "55", "2025-01-29"),
            school(2, "MAT2792", "70", "2026-01-29"),
            school(3, "MAT2791", "80", "2026-06-20"),
        ],
        ..Marks::default()
    };
    assert_eq!(
        calculated(&marks),
        [
            row("MAT1791", "55", 5, "CourseWork"),
            row("MAT2791", "80", 0, "CourseWork"),
            row("MAT2792", "70", 5, "CourseWork"),
        ]
    );
}

#[test]
fn credits_of_several_passes_add_up_to_the_most_of_the_course() {
    let mut all: Vec<ApprovedMark> = (1..=4)
        .map(|number| school(number, "OTH1999", "70", "2026-01-29"))
        .collect();
    let some = Marks {
        schools: all[..1].to_vec(),
        ..Marks::default()
    };
    assert_eq!(calculated(&some), [row("OTH1999", "70", 5, "CourseWork")]);
    all[3].mark.mark_value = "30".into();
    let many = Marks {
        schools: all,
        ..Marks::default()
    };
    assert_eq!(calculated(&many), [row("OTH1999", "70", 10, "CourseWork")]);
}

#[test]
fn a_mark_outside_the_catalogue_or_beyond_comparison_does_not_count() {
    let mut score = school(2, "MAT1791", "7", "2026-01-29");
    score.mark.mark_format = "NumericScore".into();
    let marks = Marks {
        schools: vec![school(1, "XXX0000", "90", "2026-01-29"), score],
        ..Marks::default()
    };
    assert!(calculated(&marks).is_empty());
    let mut passed = school(3, "MAT1791", "P", "2026-01-29");
    passed.mark.mark_format = PASS_FAIL.into();
    let marks = Marks {
        schools: vec![passed],
        ..Marks::default()
    };
    assert_eq!(calculated(&marks), [row("MAT1791", "P", 5, "CourseWork")]);
}
