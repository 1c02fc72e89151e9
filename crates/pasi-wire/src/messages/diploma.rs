//! Diploma exams: when they are written, who is registered, what came of it.

use super::RefIdVersion;
use super::reads::reads;
use crate::xml::message;
use kernel::{Asn, CourseCode, Date, Instant, OrganizationCode, SchoolCode, SchoolYear};
use uuid::Uuid;

message! {
    /// A diploma exam in one session.
    pub struct DiplomaExam in V2017 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// The course.
        course_code: CourseCode = "CourseCode",
        /// The school year.
        school_year: SchoolYear = "SchoolYear",
        /// The session: January, June, August …
        exam_period: String = "ExamPeriod" [Code("ExamPeriod")],
        /// Its parts.
        components: Vec<DiplomaExamComponent> = "Components",
        /// Last day to register, as published.
        registration_deadline: Date = "RegistrationDeadline",
        /// Last day to declare sittings, as published.
        sitting_deadline: Date = "SittingDeadline",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// A part of a diploma exam.
    pub struct DiplomaExamComponent in V2017 {
        /// Its code in the exam: A, B …
        component_code: String = "ComponentCode" [Line(10)],
        /// What it is called.
        name: String = "Name" [Line(100)],
        /// When it is written.
        starts_at: Instant = "StartUtcTime",
        /// The highest mark.
        maximum_mark: u16 = "MaximumMark",
    }
}

message! {
    /// A part of a diploma exam written in one place.
    pub struct DiplomaExamSitting in V2017 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// The exam.
        diploma_exam_ref_id: Uuid = "DiplomaExamRefId",
        /// Which part.
        component_code: String = "ComponentCode" [Line(10)],
        /// Where it is written.
        writing_centre: OrganizationCode = "WritingCentre",
        /// Called off.
        is_deleted: bool = "IsDeleted",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A student's registration for a diploma exam, then the result.
    pub struct DiplomaExamMark in V2017 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Who.
        asn: Asn = "StateProvinceId",
        /// The exam.
        diploma_exam_ref_id: Uuid = "DiplomaExamRefId",
        /// The school that registers.
        school_code: SchoolCode = "SchoolCode",
        /// Registered, or what came of it.
        status: String = "DiplomaExamMarkStatus" [Code("DiplomaExamMarkStatus")],
        /// The mark in percent; set by the ministry.
        mark_value: Option<u8> = "MarkValue" [Range(0, 100)],
        /// When the mark was reached; set by the ministry.
        achievement_date: Option<Date> = "AchievementDate",
        /// Its parts.
        components: Vec<DiplomaExamComponentMark> = "Components" [Items(10)],
        /// Taken back.
        is_deleted: bool = "IsDeleted",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A part of an exam as one student writes it.
    pub struct DiplomaExamComponentMark in V2017 {
        /// Which part.
        component_code: String = "ComponentCode" [Line(10)],
        /// Where and when it is written.
        sitting_ref_id: Option<Uuid> = "SittingRefId",
        /// Where it stands.
        status: String = "ComponentMarkStatus" [Code("ComponentMarkStatus")],
        /// Form of the paper; set by the ministry.
        form: Option<String> = "Form" [Line(10)],
        /// The mark; set by the ministry.
        mark: Option<u16> = "Mark",
        /// The highest mark; set by the ministry.
        maximum_mark: Option<u16> = "MaximumMark",
    }
}

message! {
    /// Asks that an exam be marked again.
    pub struct DiplomaExamRescoreRequest in V2017 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// The exam mark.
        diploma_exam_mark_ref_id: Uuid = "DiplomaExamMarkRefId",
        /// When it was asked for.
        request_date: Date = "RequestDate",
        /// Is it done?
        is_complete: bool = "IsComplete",
        /// Taken back.
        is_deleted: bool = "IsDeleted",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// Declares, changes or calls off one sitting.
    pub request SubmitDiplomaExamSittingRequest in V2017 {
        /// The sitting as it shall be.
        sitting: DiplomaExamSitting = "DiplomaExamSitting",
    }
}

message! {
    /// Registers one student for an exam, changes or takes back the registration.
    pub request SubmitDiplomaExamMarkRequest in V2017 {
        /// The registration as it shall be.
        exam_mark: DiplomaExamMark = "DiplomaExamMark",
    }
}

reads! {
    DiplomaExam in V2017 {
        GetDiplomaExamRequest => GetDiplomaExamResponse of DiplomaExamResult;
        diploma_exams: RefIdVersion = "DiplomaExams" by { ref_id: Uuid = "RefId" };
        diploma_exam = "DiplomaExam";
    }
    DiplomaExamSitting in V2017 {
        GetExamSittingRequest => GetExamSittingResponse of DiplomaExamSittingResult;
        sittings: RefIdVersion = "DiplomaExamSittings" by { ref_id: Uuid = "RefId" };
        sitting = "DiplomaExamSitting";
    }
    DiplomaExamMark in V2017 {
        GetDiplomaExamMarkRequest => GetDiplomaExamMarkResponse of DiplomaExamMarkResult;
        exam_marks: RefIdVersion = "DiplomaExamMarks" by { ref_id: Uuid = "RefId" };
        exam_mark = "DiplomaExamMark";
    }
    DiplomaExamRescoreRequest in V2017 {
        GetDiplomaExamRescoreRequestRequest
            => GetDiplomaExamRescoreRequestResponse of DiplomaExamRescoreRequestResult;
        rescore_requests: RefIdVersion = "DiplomaExamRescoreRequests" by { ref_id: Uuid = "RefId" };
        rescore_request = "DiplomaExamRescoreRequest";
    }
}
