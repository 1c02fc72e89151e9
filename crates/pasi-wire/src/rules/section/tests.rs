use super::*;
use crate::messages::{CourseDescription, SchoolAuthorityPeriod};
use uuid::Uuid;

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn code(text: &str) -> CourseCode {
    text.parse().expect("test course")
}

fn section() -> Section {
    Section {
        ref_id: Uuid::from_u128(1),
        school_code: "2601".parse().expect("test school"),
        school_year: SchoolYear::ending(2027).expect("test year"),
        description: None,
        course_codes: vec![code("MAT1791")],
        section_term: "Semester1".into(),
        start_date: date("2026-09-01"),
        end_date: date("2027-01-29"),
        credits_offered: 5,
        delivery_schedule: "REG".into(),
        primary_delivery_method: "InPerson".into(),
        instructional_language: "English".into(),
        instructional_minutes_offered: Some(7_500),
        local_section_id: Some("M10-1".into()),
        is_deleted: false,
        pasi_core_version: 7,
    }
}

fn course() -> Course {
    Course {
        course_code: code("MAT1791"),
        descriptions: vec![CourseDescription {
            language: "English".into(),
            short_description: "Mathematics 10C".into(),
            description: "Mathematics 10C".into(),
        }],
        mark_format: "Percent".into(),
        developed_by: None,
        is_cts: false,
        is_diploma_exam_course: false,
        credit_levels: vec![5],
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

fn school() -> School {
    School {
        school_code: "2601".parse().expect("test school"),
        name: "School".into(),
        authorities: vec![SchoolAuthorityPeriod {
            authority_code: "3260".parse().expect("test authority"),
            effective_date: date("2000-09-01"),
            expiry_date: None,
        }],
        school_type: "Public".into(),
        is_limited_access: false,
        is_international: false,
        is_designated_special_education: false,
        address: None,
        open_date: None,
        close_date: None,
        pasi_core_version: 1,
    }
}

fn numbers(found: &Findings) -> Vec<&str> {
    found.0.iter().map(|finding| finding.code.as_str()).collect()
}

type Edit<T> = fn(&mut T);

#[test]
fn a_section_is_judged_before_it_is_stored() {
    let table: [(&str, Edit<Section>, &[&str]); 9] = [
        ("as it stands", |_| {}, &[]),
        (
            "another school",
            |it| it.school_code = "2602".parse().expect("school"),
            &["40112"],
        ),
        (
            "another year",
            |it| it.school_year = SchoolYear::ending(2026).expect("year"),
            &["40115"],
        ),
        ("ends as it starts", |it| it.end_date = it.start_date, &["40108"]),
        ("no course", |it| it.course_codes.clear(), &["40117"]),
        (
            "a course twice",
            |it| it.course_codes.push(code("MAT1791")),
            &["40135"],
        ),
        (
            "an unknown course",
            |it| it.course_codes.push(code("XXX0000")),
            &["9015"],
        ),
        (
            "deleted, whatever else is wrong",
            |it| {
                it.is_deleted = true;
                it.course_codes.clear();
            },
            &[],
        ),
        (
            "two things at once",
            |it| {
                it.end_date = it.start_date;
                it.course_codes.clear();
            },
            &["40108", "40117"],
        ),
    ];
    for (case, edit, want) in table {
        let (held, mut sent) = (section(), section());
        edit(&mut sent);
        let facts = Submitted {
            sent: &sent,
            held: Some(&held),
            is_year_accepted: true,
            is_used: false,
            is_course: &|asked| asked == code("MAT1791"),
        };
        assert_eq!(numbers(&submitted(&facts, [&held])), want, "{case}");
    }
}

#[test]
fn a_used_section_stays_and_a_closed_year_takes_none() {
    let mut sent = section();
    sent.is_deleted = true;
    for (is_used, is_year_accepted, want) in [
        (true, true, &["40125"][..]),
        (false, true, &[]),
        (false, false, &["40102"]),
    ] {
        let facts = Submitted {
            sent: &sent,
            held: None,
            is_year_accepted,
            is_used,
            is_course: &|_| true,
        };
        assert_eq!(numbers(&submitted(&facts, [])), want);
    }
}

#[test]
fn the_same_class_is_not_entered_twice() {
    let sent = section();
    let table: [(&str, Edit<Section>, bool); 4] = [
        ("the same", |_| {}, true),
        (
            "another local number",
            |it| it.local_section_id = Some("M10-2".into()),
            false,
        ),
        (
            "another first day",
            |it| it.start_date = date("2026-09-02"),
            false,
        ),
        ("itself", |it| it.ref_id = Uuid::from_u128(1), false),
    ];
    for (case, edit, is_double) in table {
        let mut other = section();
        other.ref_id = Uuid::from_u128(2);
        edit(&mut other);
        let facts = Submitted {
            sent: &sent,
            held: None,
            is_year_accepted: true,
            is_used: false,
            is_course: &|_| true,
        };
        let found = submitted(&facts, [&other]);
        assert_eq!(numbers(&found) == ["40104"], is_double, "{case}");
    }
}

/// A section, a course of it, its school.
type Stands = (Section, Course, School);

/// Each row: what is changed in what is in order, and what is then found.
fn judge_each(table: &[(&str, Edit<Stands>, &[&str])]) {
    for (case, edit, want) in table {
        let mut all = (section(), course(), school());
        edit(&mut all);
        let judge = |section: &Section| {
            stored(&Stored {
                section,
                courses: &[&all.1],
                school: Some(&all.2),
                authority: "3260".parse().ok(),
                calendar: None,
            })
        };
        assert_eq!(numbers(&judge(&all.0)), *want, "{case}");
        let deleted = Section {
            is_deleted: true,
            ..all.0.clone()
        };
        assert!(judge(&deleted).0.is_empty(), "{case}, deleted");
    }
}

#[test]
fn a_stored_section_is_compared_with_its_term_its_year_and_its_school() {
    judge_each(&[
        ("in order", |_| {}, &[]),
        (
            "before its term",
            |it| it.0.start_date = date("2026-08-25"),
            &["40110", "40113"],
        ),
        (
            "after its term",
            |it| it.0.end_date = date("2027-03-01"),
            &["40111"],
        ),
        (
            "after the year",
            |it| it.0.end_date = date("2027-09-15"),
            &["40111", "40114"],
        ),
        (
            "a continuous section crosses the year",
            |it| {
                it.0.section_term = CONTINUOUS.into();
                it.0.end_date = date("2027-11-30");
            },
            &[],
        ),
        (
            "summer school that is not offered",
            |it| {
                it.0.section_term = SUMMER.into();
                it.0.start_date = date("2027-07-02");
                it.0.end_date = date("2027-08-02");
            },
            &["40119"],
        ),
        (
            "the school closes",
            |it| it.2.close_date = Some(date("2026-12-31")),
            &["40190"],
        ),
        (
            "the school opens late",
            |it| it.2.open_date = Some(date("2026-09-02")),
            &["40190"],
        ),
    ]);
}

#[test]
fn a_stored_section_is_compared_with_its_courses() {
    judge_each(&[
        (
            "MAJ",
            |it| it.0.delivery_schedule = MAJOR_SCHEDULE.into(),
            &["40109"],
        ),
        (
            "MAJ where it may",
            |it| {
                it.0.delivery_schedule = MAJOR_SCHEDULE.into();
                it.1.is_major_schedule_allowed = true;
            },
            &[],
        ),
        (
            "another authority's course",
            |it| it.1.authorized = vec!["3020".parse().expect("authority")],
            &["40127"],
        ),
        (
            "another way",
            |it| it.1.delivery_methods = vec!["Online".into()],
            &["40128"],
        ),
        ("permission", |it| it.1.is_permission_required = true, &["40137"]),
        (
            "a course of the past",
            |it| it.1.last_school_year = SchoolYear::ending(2026),
            &["40129"],
        ),
        (
            "three credits",
            |it| {
                it.0.credits_offered = 3;
                it.0.instructional_minutes_offered = None;
            },
            &["40126"],
        ),
        (
            "the most credits the contract takes",
            |it| {
                it.0.credits_offered = 99;
                it.0.instructional_minutes_offered = Some(u16::MAX);
            },
            &["40126"],
        ),
        (
            "a minute too many",
            |it| it.0.instructional_minutes_offered = Some(7_501),
            &["40140"],
        ),
    ]);
}
