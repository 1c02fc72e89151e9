//! The course catalogue.

use super::CourseVersion;
use super::reads::reads;
use crate::xml::message;
use kernel::{AuthorityCode, CourseCode, SchoolYear};

message! {
    /// A course of the provincial catalogue.
    pub struct Course in V2018 {
        /// Its code.
        course_code: CourseCode = "CourseCode",
        /// What it is called, by language.
        descriptions: Vec<CourseDescription> = "Descriptions",
        /// Form of its marks.
        mark_format: String = "MarkFormat" [Code("MarkFormat")],
        /// Who developed it; `L` a school authority.
        developed_by: Option<String> = "DevelopedBy" [Line(10)],
        /// Is it career and technology studies?
        is_cts: bool = "IsCTS",
        /// Has it a diploma exam?
        is_diploma_exam_course: bool = "IsDiplomaExamCourse",
        /// Numbers of credits it may be offered for.
        credit_levels: Vec<u8> = "CreditLevels",
        /// Credits of several passes add up to this; none where the highest counts once.
        accumulated_credit_maximum: Option<u16> = "AccumulatedCreditMaximum",
        /// Needs the ministry's permission.
        is_permission_required: bool = "IsPermissionRequired",
        /// May stand in a section with the delivery schedule `MAJ`.
        is_major_schedule_allowed: bool = "IsMajorScheduleAllowed",
        /// Ways it may be delivered; empty for any.
        delivery_methods: Vec<String> = "DeliveryMethods" [Code("DeliveryMethod")],
        /// Authorities that may offer it; empty for all.
        authorized: Vec<AuthorityCode> = "AuthorizedAuthorities",
        /// First school year it may be offered in.
        first_school_year: Option<SchoolYear> = "EffectiveSchoolYear",
        /// Last school year.
        last_school_year: Option<SchoolYear> = "ExpirySchoolYear",
        /// Courses it has to do with.
        relationships: Vec<CourseRelationship> = "Relationships",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// What a course is called in a language.
    pub struct CourseDescription in V2018 {
        /// The language.
        language: String = "Language" [Code("CourseLanguage")],
        /// In a list.
        short_description: String = "ShortDescription" [Line(50)],
        /// In full.
        description: String = "Description" [Line(160)],
    }
}

message! {
    /// A course that another one has to do with.
    pub struct CourseRelationship in V2018 {
        /// The other course.
        course_code: CourseCode = "CourseCode",
        /// `TYP` its typical prerequisite, another prerequisite, an equivalent.
        relationship_type: String = "CourseRelationshipType" [Code("CourseRelationshipType")],
    }
}

reads! {
    Course in V2018 {
        GetCourseRequest => GetCourseResponse of CourseResult;
        courses: CourseVersion = "Courses" by { course_code: CourseCode = "Key" };
        course = "Course";
    }
}

/// The typical prerequisite, to which the credits of a waived prerequisite go.
pub const TYPICAL_PREREQUISITE: &str = "TYP";
/// Another course that serves as prerequisite.
pub const PREREQUISITE: &str = "PRE";
/// A course for which no credits are given again.
pub const EQUIVALENT: &str = "EQV";
/// A course for which no credits are given again to who was evaluated in it.
pub const CHALLENGE_EQUIVALENT: &str = "CEQ";

impl Course {
    /// Courses it is related to in one of these ways.
    pub fn related<'a>(&'a self, ways: &'a [&'a str]) -> impl Iterator<Item = CourseCode> + 'a {
        let fitting = self
            .relationships
            .iter()
            .filter(|relation| ways.contains(&relation.relationship_type.as_str()));
        fitting.map(|relation| relation.course_code)
    }
    /// May it be offered in a school year?
    pub fn holds_in(&self, year: SchoolYear) -> bool {
        self.first_school_year.is_none_or(|first| first <= year)
            && self.last_school_year.is_none_or(|last| year <= last)
    }
}
