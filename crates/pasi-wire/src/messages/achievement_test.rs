//! Provincial achievement tests and their results; made by the ministry alone.

use super::RefIdVersion;
use super::reads::reads;
use crate::xml::message;
use kernel::{Asn, Grade, SchoolCode, SchoolYear};
use uuid::Uuid;

message! {
    /// A provincial achievement test of a school year.
    pub struct ProvincialAchievementTest in V2017 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// The school year.
        school_year: SchoolYear = "SchoolYear",
        /// The grade it is written in.
        grade: Grade = "Grade",
        /// The subject.
        subject: String = "Subject" [Line(100)],
        /// The language.
        language: String = "Language" [Code("CourseLanguage")],
        /// The highest score.
        maximum_score: u16 = "MaximumScore",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// A student's result in a provincial achievement test.
    pub struct ProvincialAchievementTestResult in V2017 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// The test.
        test_ref_id: Uuid = "ProvincialAchievementTestRefId",
        /// Where it was written.
        school_code: SchoolCode = "SchoolCode",
        /// Written, absent, excused …
        participation: String = "Participation" [Line(50)],
        /// The score.
        score: Option<u16> = "Score",
        /// What it comes to: excellence, acceptable …
        achievement_level: Option<String> = "AchievementLevel" [Line(50)],
        /// Entered in error.
        is_deleted: bool = "IsDeleted",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

reads! {
    ProvincialAchievementTest in V2017 {
        GetProvincialAchievementTestRequest
            => GetProvincialAchievementTestResponse of ProvincialAchievementTestReadResult;
        tests: RefIdVersion = "ProvincialAchievementTests" by { ref_id: Uuid = "RefId" };
        test = "ProvincialAchievementTest";
    }
    ProvincialAchievementTestResult in V2017 {
        GetProvincialAchievementTestResultRequest
            => GetProvincialAchievementTestResultResponse of ProvincialAchievementTestResultReadResult;
        results: RefIdVersion = "ProvincialAchievementTestResults" by { ref_id: Uuid = "RefId" };
        result = "ProvincialAchievementTestResult";
    }
}
