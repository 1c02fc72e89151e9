//! Marks of schools: course enrolments, evaluated marks, their approval.

use super::reads::reads;
use super::{RefIdVersion, Rejection, SubmitResponse};
use crate::xml::message;
use kernel::{Asn, CourseCode, Date, SchoolCode, SchoolYear};
use uuid::Uuid;

message! {
    /// A mark as a school gives it.
    pub struct SchoolMark in V2020 {
        /// Percent, letter, pass or fail, numeric score.
        mark_format: String = "MarkFormat" [Code("MarkFormat")],
        /// The mark, in that form.
        mark_value: String = "MarkValue" [Line(10)],
        /// When it was given.
        assignment_date: Date = "AssignmentDate",
        /// Has the school approved it? Set by PASI; ignored when sent.
        is_mark_approved: bool = "IsMarkApproved",
    }
}

message! {
    /// A student in a course of a section.
    pub struct CourseEnrolment in V2020 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Who.
        asn: Asn = "StateProvinceId",
        /// What.
        course_code: CourseCode = "CourseCode",
        /// In which section.
        section_ref_id: Uuid = "SectionRefId",
        /// Under which enrolment in the school.
        student_school_enrolment_ref_id: Option<Uuid> = "StudentSchoolEnrolmentRefId",
        /// Registered, completed, withdrawn, incomplete, continuing.
        status: String = "CourseEnrolmentStatus" [Code("CourseEnrolmentStatus")],
        /// Credits tried for.
        credits_attempted: u8 = "CreditsAttempted" [Range(0, 99)],
        /// First day, where it is not the section's.
        entry_date: Option<Date> = "EntryDate",
        /// Last day, where it is not the section's.
        exit_date: Option<Date> = "ExitDate",
        /// Is funding asked for?
        is_funding_requested: bool = "IsFundingRequested",
        /// Has the school waived the prerequisites?
        are_prerequisites_waived: bool = "ArePrerequisitesWaived",
        /// Does a post-secondary institution give credit too?
        is_dual_enrolment: bool = "IsDualEnrolment",
        /// That institution's number.
        partner_post_secondary_number: Option<String> = "PartnerPostSecondaryInstitutionNumber" [Line(20)],
        /// Minutes of instruction received.
        instructional_minutes_received: Option<u16> = "InstructionalMinutesReceived",
        /// The mark.
        mark: Option<SchoolMark> = "Mark",
        /// Never attended, or entered in error.
        is_deleted: bool = "IsDeleted",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A mark given for what was not learned in an Alberta class.
    pub struct EvaluatedMark in V2020 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// The school that gives it.
        school_code: SchoolCode = "SchoolCode",
        /// The school year it counts in.
        school_year: SchoolYear = "SchoolYear",
        /// In what.
        course_code: CourseCode = "CourseCode",
        /// What it rests on.
        evaluation_method: String = "EvaluationMethod" [Code("EvaluatedMarkMethod")],
        /// Credits tried for.
        credits_attempted: u8 = "CreditsAttempted" [Range(0, 99)],
        /// Has the school waived the prerequisites?
        are_prerequisites_waived: bool = "ArePrerequisitesWaived",
        /// The mark.
        mark: SchoolMark = "Mark",
        /// Entered in error.
        is_deleted: bool = "IsDeleted",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// Creates, changes, deletes or restores course enrolments of one student
    /// in one school and school year; each is judged alone.
    pub request SubmitCourseEnrolmentRequest in V2020 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// Where.
        school_code: SchoolCode = "SchoolCode",
        /// When.
        school_year: SchoolYear = "SchoolYear",
        /// As they shall be.
        course_enrolments: Vec<CourseEnrolment> = "CourseEnrolments" [Items(100)],
    }
}

message! {
    /// Creates, changes, deletes or restores evaluated marks of one student
    /// in one school and school year; each is judged alone.
    pub request SubmitEvaluatedMarkRequest in V2020 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// Where.
        school_code: SchoolCode = "SchoolCode",
        /// When.
        school_year: SchoolYear = "SchoolYear",
        /// As they shall be.
        evaluated_marks: Vec<EvaluatedMark> = "EvaluatedMarks" [Items(100)],
    }
}

message! {
    /// Approves marks of schools, or takes the approval back.
    pub request SubmitMarkApprovalRequest in V2020 {
        /// Of course enrolments or evaluated marks.
        mark_type: String = "MarkType" [Code("MarkType")],
        /// Shall they count?
        is_mark_approved: bool = "IsMarkApproved",
        /// Which, with the versions the user saw.
        marks: Vec<MarkKey> = "Marks" [Items(500)],
    }
}

message! {
    /// A record with a mark, and the version the user saw.
    pub struct MarkKey in V2020 {
        /// The record.
        ref_id: Uuid = "RefId",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// What a submit of several records answers.
    pub struct SubmitListResponse in V2020 {
        /// One for each record, in the order sent; empty when the whole was refused.
        results: Vec<SubmitResponse> = "Results",
        /// Why none was looked at.
        rejections: Vec<Rejection> = "Rejections",
    }
}

reads! {
    CourseEnrolment in V2020 {
        GetCourseEnrolmentRequest => GetCourseEnrolmentResponse of CourseEnrolmentResult;
        course_enrolments: RefIdVersion = "CourseEnrolments" by { ref_id: Uuid = "RefId" };
        course_enrolment = "CourseEnrolment";
        status GetCourseEnrolmentStatusRequest => GetCourseEnrolmentStatusResponse of CourseEnrolmentStatusResult;
        acknowledged by SubmitCourseEnrolmentStatusAcknowledgementRequest in V2020;
    }
    EvaluatedMark in V2020 {
        GetEvaluatedMarkRequest => GetEvaluatedMarkResponse of EvaluatedMarkResult;
        evaluated_marks: RefIdVersion = "EvaluatedMarks" by { ref_id: Uuid = "RefId" };
        evaluated_mark = "EvaluatedMark";
        status GetEvaluatedMarkStatusRequest => GetEvaluatedMarkStatusResponse of EvaluatedMarkStatusResult;
        acknowledged by SubmitEvaluatedMarkStatusAcknowledgementRequest in V2020;
    }
}
