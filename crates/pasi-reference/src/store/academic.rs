//! The kinds of high school records: what names them, whose and of which year they are.

use super::World;
use super::record::{Record, Under};
use kernel::{Asn, CourseCode, SchoolCode, SchoolYear};
use pasi_wire::messages::{
    Course, CourseEnrolment, DiplomaExam, DiplomaExamMark, DiplomaExamRescoreRequest, DiplomaExamSitting,
    EvaluatedMark, ProvincialAchievementTest, ProvincialAchievementTestResult, Section,
    StudentTranscriptDetail,
};
use uuid::Uuid;

impl Record for Course {
    type Key = CourseCode;
    fn key(&self) -> CourseCode {
        self.course_code
    }
}

impl Record for Section {
    type Key = Uuid;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, _: &World) -> Option<SchoolYear> {
        Some(self.school_year)
    }
    fn school(&self, _: &World) -> Option<SchoolCode> {
        Some(self.school_code)
    }
    fn under(&self) -> Vec<Under> {
        vec![Under::School(self.school_code, self.school_year)]
    }
}

/// Its school and school year are those of its section, which never change.
impl Record for CourseEnrolment {
    type Key = Uuid;
    const COUNTS_IN_TRANSCRIPT: bool = true;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<Section>(self.section_ref_id)
            .map(|section| section.school_year)
    }
    fn asn(&self) -> Option<Asn> {
        Some(self.asn)
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
    type Key = Uuid;
    const COUNTS_IN_TRANSCRIPT: bool = true;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, _: &World) -> Option<SchoolYear> {
        Some(self.school_year)
    }
    fn asn(&self) -> Option<Asn> {
        Some(self.asn)
    }
    fn school(&self, _: &World) -> Option<SchoolCode> {
        Some(self.school_code)
    }
}

impl Record for DiplomaExam {
    type Key = Uuid;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, _: &World) -> Option<SchoolYear> {
        Some(self.school_year)
    }
}

impl Record for DiplomaExamSitting {
    type Key = Uuid;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<DiplomaExam>(self.diploma_exam_ref_id)
            .map(|exam| exam.school_year)
    }
}

impl Record for DiplomaExamMark {
    type Key = Uuid;
    const COUNTS_IN_TRANSCRIPT: bool = true;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<DiplomaExam>(self.diploma_exam_ref_id)
            .map(|exam| exam.school_year)
    }
    fn asn(&self) -> Option<Asn> {
        Some(self.asn)
    }
    fn school(&self, _: &World) -> Option<SchoolCode> {
        Some(self.school_code)
    }
}

impl Record for DiplomaExamRescoreRequest {
    type Key = Uuid;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn asn(&self) -> Option<Asn> {
        Some(self.asn)
    }
}

impl Record for ProvincialAchievementTest {
    type Key = Uuid;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, _: &World) -> Option<SchoolYear> {
        Some(self.school_year)
    }
}

impl Record for ProvincialAchievementTestResult {
    type Key = Uuid;
    fn key(&self) -> Uuid {
        self.ref_id
    }
    fn year(&self, world: &World) -> Option<SchoolYear> {
        world
            .get::<ProvincialAchievementTest>(self.test_ref_id)
            .map(|test| test.school_year)
    }
    fn asn(&self) -> Option<Asn> {
        Some(self.asn)
    }
    fn school(&self, _: &World) -> Option<SchoolCode> {
        Some(self.school_code)
    }
}

impl Record for StudentTranscriptDetail {
    type Key = Asn;
    fn key(&self) -> Asn {
        self.asn
    }
    fn asn(&self) -> Option<Asn> {
        Some(self.asn)
    }
}
