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
    is: Vec<Trait>,
}

/// What sets a course apart.
#[derive(PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Trait {
    /// Has a diploma exam.
    Diploma,
    /// Career and technology studies.
    Cts,
    /// Takes the delivery schedule `MAJ`.
    Major,
    /// Locally developed.
    Local,
    /// Needs the ministry's permission.
    Permission,
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
            developed_by: row.is.contains(&Trait::Local).then(|| "L".to_owned()),
            is_cts: row.is.contains(&Trait::Cts),
            is_diploma_exam_course: row.is.contains(&Trait::Diploma),
            credit_levels: row.credits,
            accumulated_credit_maximum: row.most,
            is_permission_required: row.is.contains(&Trait::Permission),
            is_major_schedule_allowed: row.is.contains(&Trait::Major),
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
