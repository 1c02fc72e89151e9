//! A high school: its records, and a client that sends them.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(unreachable_pub, reason = "a module of the tests")]

use crate::common::*;
use kernel::{CourseCode, Instant, OrganizationCode};
use pasi_reference::seed::Province;
use pasi_wire::Response;
use pasi_wire::messages::*;

/// The section of Mathematics 10C at our school.
pub const SECTION: u128 = 5_000;
/// The diploma exam of January 2027 in Mathematics 30-1, written on the 20th.
pub const EXAM: u128 = 6_000;
/// An authority outside Canada.
pub const ABROAD: &str = "9001";
/// The mark in Mathematics 10C.
pub const COURSE_MARK: u128 = 5_100;

pub fn course(text: &str) -> CourseCode {
    text.parse().expect("test course")
}

/// The small province with the catalogue and a diploma exam.
pub async fn high_school() -> World {
    let exam = DiplomaExam {
        ref_id: guid(EXAM),
        course_code: course("MAT3791"),
        school_year: year(2027),
        exam_period: "January".into(),
        components: vec![DiplomaExamComponent {
            component_code: "A".into(),
            name: "Part A".into(),
            starts_at: Instant::from_rfc3339("2027-01-20T16:00:00Z").expect("a moment"),
            maximum_mark: 100,
        }],
        registration_deadline: date("2026-11-15"),
        sitting_deadline: date("2026-11-01"),
        pasi_core_version: 0,
    };
    let mut province = province();
    province.authorities.push(SchoolAuthority {
        authority_code: ABROAD.parse().expect("test authority"),
        is_international: true,
        ..province.authorities[0].clone()
    });
    World::of(Province {
        courses: pasi_reference::catalogue(),
        diploma_exams: vec![exam],
        ..province
    })
    .await
}

pub fn section(number: u128, courses: &[&str]) -> Section {
    Section {
        ref_id: guid(number),
        school_code: school(SCHOOL),
        school_year: year(2027),
        description: None,
        course_codes: courses.iter().map(|code| course(code)).collect(),
        section_term: "Semester1".into(),
        start_date: date("2026-09-01"),
        end_date: date("2027-01-29"),
        credits_offered: 5,
        delivery_schedule: "REG".into(),
        primary_delivery_method: "InPerson".into(),
        instructional_language: "English".into(),
        instructional_minutes_offered: None,
        local_section_id: Some(number.to_string()),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

pub fn mark(value: &str) -> SchoolMark {
    SchoolMark {
        mark_format: "Percent".into(),
        mark_value: value.into(),
        assignment_date: date("2026-11-20"),
        is_mark_approved: false,
    }
}

pub fn course_enrolment(number: u128, of: &str, in_section: u128) -> CourseEnrolment {
    CourseEnrolment {
        ref_id: guid(number),
        asn: asn(AIYANA),
        course_code: course(of),
        section_ref_id: guid(in_section),
        student_school_enrolment_ref_id: None,
        status: "Completed".into(),
        credits_attempted: 5,
        entry_date: None,
        exit_date: None,
        is_funding_requested: true,
        are_prerequisites_waived: false,
        is_dual_enrolment: false,
        partner_post_secondary_number: None,
        instructional_minutes_received: None,
        mark: Some(mark("72")),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

pub fn evaluated(number: u128, of: &str) -> EvaluatedMark {
    EvaluatedMark {
        ref_id: guid(number),
        asn: asn(AIYANA),
        school_code: school(SCHOOL),
        school_year: year(2027),
        course_code: course(of),
        evaluation_method: "OutOfProvince".into(),
        credits_attempted: 5,
        are_prerequisites_waived: true,
        mark: mark("80"),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

pub fn registration(number: u128) -> DiplomaExamMark {
    DiplomaExamMark {
        ref_id: guid(number),
        asn: asn(AIYANA),
        diploma_exam_ref_id: guid(EXAM),
        school_code: school(SCHOOL),
        status: "Registered".into(),
        mark_value: None,
        achievement_date: None,
        components: vec![DiplomaExamComponentMark {
            component_code: "A".into(),
            sitting_ref_id: None,
            status: "RE".into(),
            form: None,
            mark: None,
            maximum_mark: None,
        }],
        is_deleted: false,
        pasi_core_version: 0,
    }
}

pub fn sitting(number: u128, at: &str) -> DiplomaExamSitting {
    DiplomaExamSitting {
        ref_id: guid(number),
        diploma_exam_ref_id: guid(EXAM),
        component_code: "A".into(),
        writing_centre: OrganizationCode::School(school(at)),
        is_deleted: false,
        pasi_core_version: 0,
    }
}

pub fn key(number: u128) -> RefIdVersion {
    RefIdVersion {
        ref_id: guid(number),
        expected_version: 0,
    }
}

impl Client {
    pub async fn put_section(&self, section: Section) -> SubmitResponse {
        let caller = self.caller();
        self.submit(SubmitSectionRequest { caller, section }).await
    }
    /// Course enrolments of Aiyana at our school this year.
    pub async fn put_courses(&self, all: Vec<CourseEnrolment>) -> SubmitListResponse {
        let request = SubmitCourseEnrolmentRequest {
            caller: self.caller(),
            asn: asn(AIYANA),
            school_code: school(SCHOOL),
            school_year: year(2027),
            course_enrolments: all,
        };
        self.submit_list(request).await
    }
    /// Evaluated marks of Aiyana at our school this year.
    pub async fn put_evaluated(&self, all: Vec<EvaluatedMark>) -> SubmitListResponse {
        let request = SubmitEvaluatedMarkRequest {
            caller: self.caller(),
            asn: asn(AIYANA),
            school_code: school(SCHOOL),
            school_year: year(2027),
            evaluated_marks: all,
        };
        self.submit_list(request).await
    }
    pub async fn approve(
        &self,
        mark_type: &str,
        marks: Vec<(u128, i64)>,
        is_approved: bool,
    ) -> SubmitListResponse {
        let request = SubmitMarkApprovalRequest {
            caller: self.caller(),
            mark_type: mark_type.into(),
            is_mark_approved: is_approved,
            marks: marks
                .into_iter()
                .map(|(number, pasi_core_version)| MarkKey {
                    ref_id: guid(number),
                    pasi_core_version,
                })
                .collect(),
        };
        self.submit_list(request).await
    }
    pub async fn register_for_exam(&self, exam_mark: DiplomaExamMark) -> SubmitResponse {
        let caller = self.caller();
        self.submit(SubmitDiplomaExamMarkRequest { caller, exam_mark })
            .await
    }
    pub async fn put_sitting(&self, sitting: DiplomaExamSitting) -> SubmitResponse {
        let caller = self.caller();
        self.submit(SubmitDiplomaExamSittingRequest { caller, sitting })
            .await
    }
    pub async fn transcript(&self, of: &str) -> StudentTranscriptDetailResult {
        let request = GetStudentTranscriptDetailRequest {
            caller: self.caller(),
            students: vec![AsnVersion {
                asn: asn(of),
                expected_version: 0,
            }],
        };
        match self.call(request).await.expect("an answer") {
            Response::GetStudentTranscriptDetail(mut answer) => answer.results.remove(0),
            other => panic!("{} answered", other.operation()),
        }
    }
    /// Value and credits of the official mark in a course.
    pub async fn official(&self, of: &str) -> Option<(String, u16)> {
        let transcript = self.transcript(AIYANA).await.transcript?;
        let mut marks = transcript.official_marks.into_iter();
        marks
            .find(|mark| mark.course_code == course(of))
            .map(|mark| (mark.mark_value, mark.credits_awarded))
    }
}
