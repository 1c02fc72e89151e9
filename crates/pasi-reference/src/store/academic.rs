//! The kinds of high school records: what names them, whose and of which year they are.

use super::World;
use super::record::{Record, Under, by_fields};
use kernel::{Asn, CourseCode, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    Course, CourseEnrolment, DiplomaExam, DiplomaExamMark, DiplomaExamRescoreRequest, DiplomaExamSitting,
    EvaluatedMark, ProvincialAchievementTest, ProvincialAchievementTestResult, Section,
    StudentTranscriptDetail,
};

impl Record for Course {
    type Key = CourseCode;
    fn key(&self) -> CourseCode {
        self.course_code
    }
}

impl Record for Section {
    by_fields!(ref_id school_code school_year);
    fn under(&self) -> Vec<Under> {
        vec![Under::School(self.school_code, self.school_year)]
    }
}

/// Its school and school year are those of its section, which never change.
impl Record for CourseEnrolment {
    const COUNTS_IN_TRANSCRIPT: bool = true;
    by_fields!(ref_id asn);
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<Section>(self.section_ref_id)
            .map(|section| section.school_year)
    }
    fn school(&self, world: &World) -> Option<SchoolCode> {
        world
            .get::<Section>(self.section_ref_id)
            .map(|section| section.school_code)
    }
    fn under(&self) -> Vec<Under> {
        vec![Under::Student(self.asn), Under::Record(self.section_ref_id)]
    }
}

impl Record for EvaluatedMark {
    const COUNTS_IN_TRANSCRIPT: bool = true;
    by_fields!(ref_id asn school_code school_year);
}

impl Record for DiplomaExam {
    by_fields!(ref_id school_year);
}

impl Record for DiplomaExamSitting {
    by_fields!(ref_id);
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<DiplomaExam>(self.diploma_exam_ref_id)
            .map(|exam| exam.school_year)
    }
}

impl Record for DiplomaExamMark {
    const COUNTS_IN_TRANSCRIPT: bool = true;
    by_fields!(ref_id asn school_code);
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<DiplomaExam>(self.diploma_exam_ref_id)
            .map(|exam| exam.school_year)
    }
}

impl Record for DiplomaExamRescoreRequest {
    by_fields!(ref_id asn);
}

impl Record for ProvincialAchievementTest {
    by_fields!(ref_id school_year);
}

impl Record for ProvincialAchievementTestResult {
    by_fields!(ref_id asn school_code);
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<ProvincialAchievementTest>(self.test_ref_id)
            .map(|test| test.school_year)
    }
}

impl Record for StudentTranscriptDetail {
    type Key = Asn;
    fn key(&self) -> Asn {
        self.asn
    }
    by_fields!(asn);
}
