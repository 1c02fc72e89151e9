//! Which school years can be synchronized, and which kinds of record a client
//! may ask about.

use crate::{Fault, Operation};
use kernel::{Date, SchoolYear};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Longest wait of a long poll a client may ask for, in minutes.
pub const WAIT_MINUTES: RangeInclusive<i32> = 0..=5;
/// Most pairs of one kind in an answer.
pub const PAIRS_PER_TYPE: usize = 150_000;
/// Most pairs in an answer.
pub const PAIRS_PER_RESPONSE: usize = 600_000;

/// The school years that can be synchronized on a day: with C the calendar
/// year, those that end in C-2 to C+1. The window moves on January 1.
pub fn synchronized_years(today: Date) -> RangeInclusive<SchoolYear> {
    let this = i32::from(today.year());
    let year = |ends: i32| {
        SchoolYear::ending(ends.clamp(1900, 2999)).expect("clamped to the years a school year may have")
    };
    year(this - 2)..=year(this + 1)
}

kernel::text_enum! {
    /// A kind of record a client can be told about.
    pub enum NotificationType {
        /// Students.
        Student = "Student",
        /// Core alerts of students.
        StudentStatus = "StudentStatus",
        /// Schools.
        School = "School",
        /// Authorities.
        SchoolAuthority = "SchoolAuthority",
        /// Calendar years of schools.
        SchoolCalendarYear = "SchoolCalendarYear",
        /// Enrolments.
        StudentSchoolEnrolment = "StudentSchoolEnrolment",
        /// Core alerts of enrolments.
        StudentSchoolEnrolmentStatus = "StudentSchoolEnrolmentStatus",
        /// Responsible schools.
        ResponsibleSchool = "ResponsibleSchool",
        /// Core alerts of responsible schools.
        ResponsibleSchoolStatus = "ResponsibleSchoolStatus",
        /// Accommodations.
        ClassroomAccommodation = "ClassroomAccommodation",
        /// Core alerts of accommodations.
        ClassroomAccommodationStatus = "ClassroomAccommodationStatus",
        /// Documents of the student record.
        StudentRecordDocument = "StudentRecordDocument",
        /// Accounts of the portal connected to students.
        EducationAccountConnection = "EducationAccountConnection",
        /// Courses of the catalogue.
        Course = "Course",
        /// Sections.
        Section = "Section",
        /// Core alerts of sections.
        SectionStatus = "SectionStatus",
        /// Course enrolments.
        CourseEnrolment = "CourseEnrolment",
        /// Core alerts of course enrolments.
        CourseEnrolmentStatus = "CourseEnrolmentStatus",
        /// Evaluated marks.
        EvaluatedMark = "EvaluatedMark",
        /// Core alerts of evaluated marks.
        EvaluatedMarkStatus = "EvaluatedMarkStatus",
        /// Diploma exams.
        DiplomaExam = "DiplomaExam",
        /// Sittings of diploma exams.
        DiplomaExamSitting = "DiplomaExamSitting",
        /// Registrations for diploma exams and their results.
        DiplomaExamMark = "DiplomaExamMark",
        /// Requests to mark a diploma exam again.
        DiplomaExamRescoreRequest = "DiplomaExamRescoreRequest",
        /// Provincial achievement tests.
        ProvincialAchievementTest = "ProvincialAchievementTest",
        /// Results of provincial achievement tests.
        ProvincialAchievementTestResult = "ProvincialAchievementTestResult",
        /// Official marks and credentials.
        StudentTranscriptDetail = "StudentTranscriptDetail",
    }
}

impl NotificationType {
    /// Is it asked for by school year? Doubtful are responsible schools
    /// (assumption `responsible-school-by-year`), accommodations
    /// (assumption `accommodation-by-year`) and documents
    /// (assumption `document-by-year`).
    pub const fn is_by_year(self) -> bool {
        matches!(
            self,
            Self::SchoolCalendarYear
                | Self::StudentSchoolEnrolment
                | Self::StudentSchoolEnrolmentStatus
                | Self::ClassroomAccommodationStatus
                | Self::Section
                | Self::SectionStatus
                | Self::CourseEnrolment
                | Self::CourseEnrolmentStatus
                | Self::EvaluatedMark
                | Self::EvaluatedMarkStatus
                | Self::DiplomaExam
                | Self::DiplomaExamSitting
                | Self::DiplomaExamMark
                | Self::ProvincialAchievementTest
                | Self::ProvincialAchievementTestResult
        )
    }
    /// The operation that reads such records.
    pub const fn read_by(self) -> Operation {
        match self {
            Self::Student => Operation::GetStudent,
            Self::StudentStatus => Operation::GetStudentStatus,
            Self::School => Operation::GetSchoolInformation,
            Self::SchoolAuthority => Operation::GetSchoolAuthorityInformation,
            Self::SchoolCalendarYear => Operation::GetSchoolCalendarYearInformation,
            Self::StudentSchoolEnrolment => Operation::GetStudentSchoolEnrolment,
            Self::StudentSchoolEnrolmentStatus => Operation::GetStudentSchoolEnrolmentStatus,
            Self::ResponsibleSchool => Operation::GetResponsibleSchool,
            Self::ResponsibleSchoolStatus => Operation::GetResponsibleSchoolStatus,
            Self::ClassroomAccommodation => Operation::GetClassroomAccommodation,
            Self::ClassroomAccommodationStatus => Operation::GetClassroomAccommodationStatus,
            Self::StudentRecordDocument => Operation::GetStudentRecordDocument,
            Self::EducationAccountConnection => Operation::GetEducationAccountConnection,
            Self::Course => Operation::GetCourse,
            Self::Section => Operation::GetSection,
            Self::SectionStatus => Operation::GetSectionStatus,
            Self::CourseEnrolment => Operation::GetCourseEnrolment,
            Self::CourseEnrolmentStatus => Operation::GetCourseEnrolmentStatus,
            Self::EvaluatedMark => Operation::GetEvaluatedMark,
            Self::EvaluatedMarkStatus => Operation::GetEvaluatedMarkStatus,
            Self::DiplomaExam => Operation::GetDiplomaExam,
            Self::DiplomaExamSitting => Operation::GetExamSitting,
            Self::DiplomaExamMark => Operation::GetDiplomaExamMark,
            Self::DiplomaExamRescoreRequest => Operation::GetDiplomaExamRescoreRequest,
            Self::ProvincialAchievementTest => Operation::GetProvincialAchievementTest,
            Self::ProvincialAchievementTestResult => Operation::GetProvincialAchievementTestResult,
            Self::StudentTranscriptDetail => Operation::GetStudentTranscriptDetail,
        }
    }
}

/// A kind of record, with its school year where it has one: `School`, `StudentSchoolEnrolment.2027`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Topic {
    /// The kind.
    pub notification_type: NotificationType,
    /// The school year; some exactly when the kind is asked for by year.
    pub year: Option<SchoolYear>,
}

impl Topic {
    /// A kind that has no year.
    pub const fn of(notification_type: NotificationType) -> Self {
        Self {
            notification_type,
            year: None,
        }
    }
    /// A kind in a school year.
    pub const fn in_year(notification_type: NotificationType, year: SchoolYear) -> Self {
        Self {
            notification_type,
            year: Some(year),
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            None => write!(out, "{}", self.notification_type),
            Some(year) => write!(out, "{}.{}", self.notification_type, year.number()),
        }
    }
}

impl FromStr for Topic {
    type Err = Fault;
    /// By its text, in any case. 3005: no such kind; 3006: a year where none
    /// belongs; 3008: no year where one belongs.
    fn from_str(text: &str) -> Result<Self, Fault> {
        let (kind, suffix) = match text.split_once('.') {
            Some((kind, suffix)) => (kind, Some(suffix)),
            None => (text, None),
        };
        let unknown = || Fault::new(3005, format!("{text:?} is not a notification type"));
        let notification_type = NotificationType::ALL
            .iter()
            .copied()
            .find(|known| known.as_str().eq_ignore_ascii_case(kind))
            .ok_or_else(unknown)?;
        match (notification_type.is_by_year(), suffix) {
            (false, None) => Ok(Self::of(notification_type)),
            (false, Some(_)) => Err(Fault::new(
                3006,
                format!("{notification_type} takes no school year"),
            )),
            (true, None) => Err(Fault::new(
                3008,
                format!("{notification_type} needs a school year"),
            )),
            (true, Some(suffix)) => suffix
                .parse()
                .ok()
                .filter(|_| suffix.len() == 4)
                .and_then(SchoolYear::ending)
                .map(|year| Self::in_year(notification_type, year))
                .ok_or_else(unknown),
        }
    }
}

/// Judges the wait a client asks for: fault 3007 outside [`WAIT_MINUTES`].
pub fn check_wait(minutes: i32) -> Result<(), Fault> {
    if WAIT_MINUTES.contains(&minutes) {
        Ok(())
    } else {
        Err(Fault::new(
            3007,
            format!("{minutes} minutes is not a wait of 0 to 5 minutes"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_of_four_years_moves_on_january_1() {
        for (today, first, last) in [
            ("2026-12-31", 2024, 2027),
            ("2027-01-01", 2025, 2028),
            ("2027-09-01", 2025, 2028),
        ] {
            let years = synchronized_years(today.parse().expect("test date"));
            assert_eq!(
                (years.start().number(), years.end().number()),
                (first, last),
                "{today}"
            );
        }
    }

    #[test]
    fn a_topic_has_a_year_exactly_where_its_kind_wants_one() {
        for (text, want) in [
            ("Student", Ok("Student")),
            ("STUDENT", Ok("Student")),
            ("studentschoolenrolment.2012", Ok("StudentSchoolEnrolment.2012")),
            ("ResponsibleSchool", Ok("ResponsibleSchool")),
            ("Pupil", Err(3005)),
            ("", Err(3005)),
            ("StudentSchoolEnrolment.12", Err(3005)),
            ("StudentSchoolEnrolment.+202", Err(3005)),
            ("Student.2027", Err(3006)),
            ("ResponsibleSchool.2027", Err(3006)),
            ("SchoolCalendarYear", Err(3008)),
            ("Course", Ok("Course")),
            ("Course.2027", Err(3006)),
            ("StudentTranscriptDetail.2027", Err(3006)),
            ("DiplomaExamRescoreRequest.2027", Err(3006)),
            ("coursEenrolment.2027", Ok("CourseEnrolment.2027")),
            ("SectionStatus", Err(3008)),
            ("EvaluatedMark", Err(3008)),
            ("DiplomaExamMark", Err(3008)),
            ("ProvincialAchievementTestResult", Err(3008)),
        ] {
            let got = text.parse::<Topic>();
            let got = got.map(|topic| topic.to_string()).map_err(|fault| fault.code);
            assert_eq!(got, want.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn a_wait_lies_between_0_and_5_minutes() {
        for (minutes, is_allowed) in [(-1, false), (0, true), (5, true), (6, false)] {
            assert_eq!(check_wait(minutes).is_ok(), is_allowed, "{minutes}");
        }
    }
}
