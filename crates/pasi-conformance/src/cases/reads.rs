//! Reading what the run made, and what the province alone makes, by GUID.

use super::shapes::reads;
use super::{academic, accommodations, enrolments, exams, responsible};
use crate::case::Case;
use crate::scene::told;
use pasi_wire::Operation;
use pasi_wire::messages::*;

pub(super) const CASES: &[Case] = reads! {
    GetStudentSchoolEnrolment(GetStudentSchoolEnrolmentRequest { enrolments }) "an enrolment" at enrolments::FIRST;
    GetResponsibleSchool(GetResponsibleSchoolRequest { responsible_schools }) "a responsible school" at responsible::WORD;
    GetClassroomAccommodation(GetClassroomAccommodationRequest { accommodations }) "an accommodation" at accommodations::WORD;
    GetSection(GetSectionRequest { sections }) "a section" at academic::SECTION;
    GetCourseEnrolment(GetCourseEnrolmentRequest { course_enrolments }) "a course enrolment" at academic::COURSE;
    GetEvaluatedMark(GetEvaluatedMarkRequest { evaluated_marks }) "an evaluated mark" at academic::EVALUATED;
    GetDiplomaExam(GetDiplomaExamRequest { diploma_exams }) "a diploma exam" at told::EXAM, else "no diploma exam is told";
    GetExamSitting(GetExamSittingRequest { sittings }) "a sitting" at exams::SITTING, else "there is no exam to sit";
    GetDiplomaExamMark(GetDiplomaExamMarkRequest { exam_marks }) "a registration" at exams::REGISTRATION, else "there is no exam to register for";
    GetDiplomaExamRescoreRequest(GetDiplomaExamRescoreRequestRequest { rescore_requests }) "a request to mark an exam again" at told::RESCORE, else "no request to mark an exam again is told";
    GetProvincialAchievementTest(GetProvincialAchievementTestRequest { tests }) "an achievement test" at told::TEST, else "no achievement test is told";
    GetProvincialAchievementTestResult(GetProvincialAchievementTestResultRequest { results }) "a result of an achievement test" at told::TEST_RESULT, else "no result of an achievement test is told";
    GetEducationAccountConnection(GetEducationAccountConnectionRequest { connections }) "an account of the portal" at told::CONNECTION, else "no account of the portal is told";
};
