//! The examinations of the practice province: diploma exams of each course
//! that has one, in January and June, and the achievement tests of grades 6 and
//! 9. Days and highest scores are ours.

use crate::catalogue::catalogue;
use kernel::{Date, Grade, Instant, SchoolYear};
use pasi_wire::messages::{Course, DiplomaExam, DiplomaExamComponent, ProvincialAchievementTest};
use uuid::Uuid;

/// Sessions: name, calendar years after the one the school year starts in,
/// month, and the day of part A; part B follows a week later.
const SESSIONS: [(&str, i16, i8, i8); 2] = [("January", 1, 1, 12), ("June", 1, 6, 12)];
/// Days from part A to part B.
const BETWEEN: i64 = 7;
/// Published deadlines, in days before part A.
const REGISTRATION: i64 = 60;
const SITTINGS: i64 = 75;
/// When a part begins, by the clock of UTC.
const BEGINS: &str = "T16:00:00Z";

/// The diploma exams of a school year. The same year gives the same records.
pub fn diploma_exams(year: SchoolYear) -> Vec<DiplomaExam> {
    let courses: Vec<Course> = catalogue();
    let with_exam = courses.iter().filter(|course| course.is_diploma_exam_course);
    with_exam
        .flat_map(|course| {
            let exam = |session| diploma_exam(course, year, session);
            SESSIONS.into_iter().filter_map(exam)
        })
        .collect()
}

fn diploma_exam(
    course: &Course,
    year: SchoolYear,
    (session, after, month, day): (&str, i16, i8, i8),
) -> Option<DiplomaExam> {
    let first = Date::new(year.starts().year() + after, month, day)?;
    let part = |code: &str, on: Date| {
        Some(DiplomaExamComponent {
            component_code: code.to_owned(),
            name: format!("Part {code}"),
            starts_at: Instant::from_rfc3339(&format!("{on}{BEGINS}")).ok()?,
            maximum_mark: 100,
        })
    };
    Some(DiplomaExam {
        ref_id: made_of(&format!(
            "diploma-exam:{}:{}:{session}",
            course.course_code,
            year.number()
        )),
        course_code: course.course_code,
        school_year: year,
        exam_period: session.to_owned(),
        components: vec![part("A", first)?, part("B", first.plus_days(BETWEEN))?],
        registration_deadline: first.plus_days(-REGISTRATION),
        sitting_deadline: first.plus_days(-SITTINGS),
        pasi_core_version: 0,
    })
}

/// Grades, subjects and highest scores of achievement tests.
const TESTS: [(Grade, &str, u16); 8] = [
    (Grade::G6, "Language Arts", 100),
    (Grade::G6, "Mathematics", 60),
    (Grade::G6, "Science", 55),
    (Grade::G6, "Social Studies", 60),
    (Grade::G9, "Language Arts", 100),
    (Grade::G9, "Mathematics", 60),
    (Grade::G9, "Science", 60),
    (Grade::G9, "Social Studies", 60),
];

/// The achievement tests of a school year. The same year gives the same records.
pub fn achievement_tests(year: SchoolYear) -> Vec<ProvincialAchievementTest> {
    let in_language = |language: &'static str| {
        TESTS.map(|(grade, subject, maximum_score)| ProvincialAchievementTest {
            ref_id: made_of(&format!("test:{}:{grade}:{subject}:{language}", year.number())),
            school_year: year,
            grade,
            subject: subject.to_owned(),
            language: language.to_owned(),
            maximum_score,
            pasi_core_version: 0,
        })
    };
    ["English", "French"].into_iter().flat_map(in_language).collect()
}

fn made_of(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("pasi-reference:{name}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_school_year_has_its_exams_once_and_within_it() {
        let year = SchoolYear::ending(2027).expect("test year");
        let exams = diploma_exams(year);
        assert_eq!(exams.len(), 20, "ten courses in two sessions");
        let keys: BTreeSet<Uuid> = exams.iter().map(|exam| exam.ref_id).collect();
        assert_eq!(keys.len(), exams.len());
        for exam in &exams {
            assert!(exam.sitting_deadline < exam.registration_deadline);
            for part in &exam.components {
                let on = part.starts_at.date();
                assert!(exam.registration_deadline < on && year.starts() <= on && on <= year.ends());
            }
        }
        assert_eq!(exams, diploma_exams(year), "the same each time");
        let keys: BTreeSet<Uuid> = achievement_tests(year).iter().map(|test| test.ref_id).collect();
        assert_eq!(keys.len(), 16);
    }
}
