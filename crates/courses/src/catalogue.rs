//! The catalogue a division begins with, from a dated file.

use crate::model::Course;
use kernel::{CourseCode, CourseId, Grade, SchoolYear};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "says to readers of the file of which day it is")]
    as_of: kernel::Date,
    courses: Vec<CatalogueCourse>,
}

/// A course of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueCourse {
    /// The province's code, or a short code of ours for a subject.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Lowest and highest grade it is meant for.
    pub grades: (Grade, Grade),
    /// The credits it may be offered for.
    #[serde(default)]
    pub credits: Vec<u8>,
    /// Codes of the courses it asks for.
    #[serde(default)]
    pub after: Vec<String>,
    /// The last school year it is offered in.
    pub until: Option<SchoolYear>,
    /// Developed by a school authority.
    #[serde(default)]
    pub local: bool,
}

impl CatalogueCourse {
    /// The course as a division keeps it first.
    pub(crate) fn course(self, id: CourseId) -> Course {
        Course {
            id,
            is_provincial: self.code.parse::<CourseCode>().is_ok() && !self.local,
            code: self.code,
            name: self.name,
            credits: self.credits,
            lowest_grade: self.grades.0,
            highest_grade: self.grades.1,
            first_year: None,
            last_year: self.until,
            prerequisites: self.after,
            delivery: String::new(),
            version: 1,
        }
    }
}

/// The courses of the file, in its order.
pub fn alberta() -> Vec<CatalogueCourse> {
    let file: File =
        toml::from_str(include_str!("../data/catalogue.toml")).expect("the catalogue is read by a test");
    file.courses
}

#[cfg(test)]
mod tests {
    use super::alberta;
    use std::collections::BTreeSet;

    #[test]
    fn every_course_stands_once_and_asks_for_courses_of_the_catalogue() {
        let all = alberta();
        let codes: BTreeSet<&str> = all.iter().map(|course| course.code.as_str()).collect();
        assert_eq!(codes.len(), all.len());
        for course in &all {
            assert!(course.grades.0 <= course.grades.1, "{}", course.code);
            for before in &course.after {
                assert!(
                    codes.contains(before.as_str()),
                    "{} asks for {before}",
                    course.code
                );
            }
        }
    }

    #[test]
    fn what_has_the_provinces_code_and_is_not_local_is_the_provinces() {
        let is_provincial = |code: &str| {
            let found = alberta().into_iter().find(|course| course.code == code);
            let id = kernel::CourseId::derived(code);
            found.expect("of the catalogue").course(id).is_provincial
        };
        for (code, wanted) in [("ELA3105", true), ("LDC1515", false), ("MATH", false)] {
            assert_eq!(is_provincial(code), wanted, "{code}");
        }
    }
}
