//! The course catalogue of the practice province, from a file of rows.

use kernel::{CourseCode, SchoolYear};
use pasi_wire::messages::{
    Course, CourseDescription, CourseRelationship, EQUIVALENT, PREREQUISITE, TYPICAL_PREREQUISITE,
};
use pasi_wire::rules::mark::PERCENT;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    courses: Vec<Row>,
}

/// One course of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: CourseCode,
    en: String,
    credits: Vec<u8>,
    #[serde(default)]
    after: Vec<CourseCode>,
    #[serde(default)]
    same: Vec<CourseCode>,
    most: Option<u16>,
    until: Option<SchoolYear>,
    #[serde(default)]
    diploma: bool,
    #[serde(default)]
    cts: bool,
    #[serde(default)]
    major: bool,
    #[serde(default)]
    local: bool,
    #[serde(default)]
    permission: bool,
}

/// The courses of the practice province, in the order of the file.
pub fn catalogue() -> Vec<Course> {
    let file: File =
        toml::from_str(include_str!("../data/courses.toml")).expect("the catalogue is read by a test");
    file.courses.into_iter().map(Course::from).collect()
}

impl From<Row> for Course {
    fn from(row: Row) -> Self {
        let typical = |at| {
            if at == 0 {
                TYPICAL_PREREQUISITE
            } else {
                PREREQUISITE
            }
        };
        let before = row
            .after
            .iter()
            .enumerate()
            .map(|(at, code)| (*code, typical(at)));
        let same = row.same.iter().map(|code| (*code, EQUIVALENT));
        let relationships = before.chain(same).map(|(course_code, way)| CourseRelationship {
            course_code,
            relationship_type: way.to_owned(),
        });
        Self {
            course_code: row.code,
            descriptions: vec![CourseDescription {
                language: "English".to_owned(),
                short_description: row.en.clone(),
                description: row.en,
            }],
            mark_format: PERCENT.to_owned(),
            developed_by: row.local.then(|| "L".to_owned()),
            is_cts: row.cts,
            is_diploma_exam_course: row.diploma,
            credit_levels: row.credits,
            accumulated_credit_maximum: row.most,
            is_permission_required: row.permission,
            is_major_schedule_allowed: row.major,
            delivery_methods: Vec::new(),
            authorized: Vec::new(),
            first_school_year: None,
            last_school_year: row.until,
            relationships: relationships.collect(),
            pasi_core_version: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_course_stands_once_and_leads_to_courses_of_the_catalogue() {
        let courses = catalogue();
        let codes: BTreeSet<CourseCode> = courses.iter().map(|course| course.course_code).collect();
        assert_eq!(codes.len(), courses.len());
        for course in &courses {
            for relation in &course.relationships {
                assert!(
                    codes.contains(&relation.course_code),
                    "{} leads to {}",
                    course.course_code,
                    relation.course_code
                );
            }
            let short = &course.descriptions[0].short_description;
            assert!(short.chars().count() <= 50, "{short}");
        }
        assert_eq!(
            courses
                .iter()
                .filter(|course| course.is_diploma_exam_course)
                .count(),
            10
        );
    }
}
