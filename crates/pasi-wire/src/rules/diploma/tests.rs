use super::*;
use crate::messages::{DiplomaExamComponent, DiplomaExamComponentMark};
use kernel::{OrganizationCode, SchoolYear};

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

#[test]
fn every_blend_adds_up_and_begins_after_the_next() {
    for blend in BLENDS {
        assert_eq!(blend.school + blend.exam, 100, "from {}", blend.from);
        assert!(!blend.source.is_empty());
    }
    for pair in BLENDS.windows(2) {
        assert!(pair[0].from > pair[1].from, "{} is out of order", pair[0].from);
    }
}

#[test]
fn school_and_exam_weigh_as_on_the_day_the_later_mark_was_completed() {
    for (school, exam, weights_are) in [
        ("2010-01-29", "2010-01-20", (50, 50)),
        ("2015-08-31", "2015-08-31", (50, 50)),
        ("2015-09-01", "2015-09-01", (70, 30)),
        ("2015-06-26", "2015-11-04", (70, 30)),
        ("2021-08-31", "2021-08-13", (70, 30)),
        ("2021-09-01", "2022-01-20", (90, 10)),
        ("2022-08-31", "2022-08-31", (90, 10)),
        ("2022-09-01", "2022-06-20", (80, 20)),
        ("2023-08-31", "2023-08-31", (80, 20)),
        ("2023-09-01", "2023-09-01", (70, 30)),
        ("2027-01-29", "2027-01-20", (70, 30)),
    ] {
        let found = weights(date(school), date(exam));
        assert_eq!((found.school, found.exam), weights_are, "{school} and {exam}");
    }
}

#[test]
fn a_blend_is_rounded_half_up() {
    let on = |day: &str| date(day);
    for (school, exam, day, want) in [
        (80, 60, "2027-01-29", 74),
        (85, 60, "2027-01-29", 78), // 77.5
        (49, 50, "2010-01-29", 50), // 49.5
        (48, 50, "2010-01-29", 49),
        (100, 0, "2022-01-29", 90),
        (0, 0, "2027-01-29", 0),
        (100, 100, "2027-01-29", 100),
    ] {
        let found = blended((school, on(day)), (exam, on(day)));
        assert_eq!(found, want, "{school} and {exam} on {day}");
    }
}

fn moment(text: &str) -> Instant {
    Instant::from_rfc3339(text).expect("test moment")
}

fn exam() -> DiplomaExam {
    let part = |code: &str, at: &str| DiplomaExamComponent {
        component_code: code.into(),
        name: format!("Part {code}"),
        starts_at: moment(at),
        maximum_mark: 100,
    };
    DiplomaExam {
        ref_id: Uuid::from_u128(1),
        course_code: "ELA3105".parse().expect("test course"),
        school_year: SchoolYear::ending(2027).expect("test year"),
        exam_period: "January".into(),
        components: vec![
            part("A", "2027-01-12T16:00:00Z"),
            part("B", "2027-01-20T16:00:00Z"),
        ],
        registration_deadline: date("2026-11-15"),
        sitting_deadline: date("2026-11-01"),
        pasi_core_version: 1,
    }
}

fn registered() -> DiplomaExamMark {
    DiplomaExamMark {
        ref_id: Uuid::from_u128(2),
        asn: "999000001".parse().expect("test ASN"),
        diploma_exam_ref_id: Uuid::from_u128(1),
        school_code: "2601".parse().expect("test school"),
        status: REGISTERED.into(),
        mark_value: None,
        achievement_date: None,
        components: vec![DiplomaExamComponentMark {
            component_code: "A".into(),
            sitting_ref_id: Some(Uuid::from_u128(3)),
            status: COMPONENT_REGISTERED.into(),
            form: None,
            mark: None,
            maximum_mark: None,
        }],
        is_deleted: false,
        pasi_core_version: 0,
    }
}

fn a_sitting() -> DiplomaExamSitting {
    DiplomaExamSitting {
        ref_id: Uuid::from_u128(3),
        diploma_exam_ref_id: Uuid::from_u128(1),
        component_code: "A".into(),
        writing_centre: OrganizationCode::School("2601".parse().expect("test school")),
        is_deleted: false,
        pasi_core_version: 1,
    }
}

fn numbers(found: &Findings) -> Vec<&str> {
    found.0.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn schools_register_until_the_first_part_is_written_and_until_there_is_a_result() {
    type Edit = fn(&mut DiplomaExamMark, &mut DiplomaExamSitting);
    let before = "2027-01-12T15:59:59Z";
    let table: [(&str, &str, Edit, &[&str]); 11] = [
        ("in time", before, |_, _| {}, &[]),
        ("after the published day", "2026-12-24T12:00:00Z", |_, _| {}, &[]),
        (
            "as the first part begins",
            "2027-01-12T16:00:00Z",
            |_, _| {},
            &["40592"],
        ),
        (
            "a mark of its own",
            before,
            |it, _| it.mark_value = Some(90),
            &["40590"],
        ),
        (
            "another status",
            before,
            |it, _| it.status = REGULAR.into(),
            &["40590"],
        ),
        (
            "a mark of a part",
            before,
            |it, _| it.components[0].mark = Some(50),
            &["40590"],
        ),
        (
            "no such part",
            before,
            |it, _| it.components[0].component_code = "C".into(),
            &["40491", "40593"],
        ),
        (
            "a sitting called off",
            before,
            |_, sitting| sitting.is_deleted = true,
            &["40593"],
        ),
        (
            "a sitting of another part",
            before,
            |_, sitting| sitting.component_code = "B".into(),
            &["40593"],
        ),
        (
            "without a sitting",
            before,
            |it, _| it.components[0].sitting_ref_id = None,
            &[],
        ),
        (
            "taken back late",
            "2027-02-01T12:00:00Z",
            |it, _| it.is_deleted = true,
            &["40592"],
        ),
    ];
    for (case, now, edit, want) in table {
        let (mut sent, mut sitting) = (registered(), a_sitting());
        edit(&mut sent, &mut sitting);
        let exam = exam();
        let facts = Registration {
            sent: &sent,
            held: None,
            exam: Some(&exam),
            sitting: &|ref_id| (ref_id == sitting.ref_id).then_some(&sitting),
            now: moment(now),
        };
        assert_eq!(numbers(&registration(&facts, [])), want, "{case}");
    }
}

#[test]
fn nobody_registers_twice_for_an_exam_or_after_its_result() {
    let (exam, sitting, sent) = (exam(), a_sitting(), registered());
    let mut other = registered();
    other.ref_id = Uuid::from_u128(9);
    let mut result = registered();
    result.status = REGULAR.into();
    for (held, others, known, want) in [
        (None, vec![&other], true, &["40594"][..]),
        (None, vec![&sent], true, &[]),
        (Some(&result), vec![], true, &["40591"]),
        (None, vec![], false, &["40490"]),
    ] {
        let facts = Registration {
            sent: &sent,
            held,
            exam: known.then_some(&exam),
            sitting: &|_| Some(&sitting),
            now: moment("2026-11-01T12:00:00Z"),
        };
        assert_eq!(numbers(&registration(&facts, others)), want);
    }
}

#[test]
fn a_sitting_is_declared_until_its_part_is_written() {
    let exam = exam();
    let mut sent = a_sitting();
    for (part, known, now, want) in [
        ("A", true, "2027-01-12T15:59:59Z", &[][..]),
        ("A", true, "2027-01-12T16:00:00Z", &["40492"]),
        ("B", true, "2027-01-12T16:00:00Z", &[]),
        ("C", true, "2026-11-01T12:00:00Z", &["40491"]),
        ("A", false, "2026-11-01T12:00:00Z", &["40490"]),
    ] {
        sent.component_code = part.into();
        let found = super::sitting(&sent, known.then_some(&exam), moment(now));
        assert_eq!(numbers(&found), want, "{part} at {now}");
    }
}

#[test]
fn a_result_is_posted_once_the_exam_is_written_and_never_back_to_a_registration() {
    let after = "2027-01-21T00:00:00Z";
    let on = Some(date("2027-01-20"));
    for (status, mark, achieved, now, is_known, want) in [
        (REGULAR, Some(72), on, after, true, &[][..]),
        (REGULAR, None, None, after, true, &["40597"]),
        (REGULAR, Some(72), None, after, true, &["40597"]),
        ("NotWritten", None, None, after, true, &[]),
        ("NotWritten", Some(0), on, after, true, &["40598"]),
        (FULL_EXEMPTION, None, None, "2026-11-23T00:00:00Z", true, &[]),
        (REGULAR, Some(72), on, "2027-01-19T00:00:00Z", true, &["40595"]),
        (REGISTERED, None, None, after, true, &["40596"]),
        (REGULAR, Some(72), on, after, false, &["40490"]),
    ] {
        let sent = DiplomaExamMark {
            status: status.into(),
            mark_value: mark,
            achievement_date: achieved,
            ..registered()
        };
        let exam = exam();
        let found = result(&Posted {
            sent: &sent,
            exam: is_known.then_some(&exam),
            now: moment(now),
        });
        let codes: Vec<&str> = found.0.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes, want, "{status} {mark:?} {now}");
    }
}
