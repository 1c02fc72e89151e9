//! What the province makes of all marks: official marks and credentials; and
//! what may be read of a student on demand.

use super::reads::reads;
use super::{
    AsnVersion, AvailabilityStatus, CourseEnrolment, DiplomaExamMark, EvaluatedMark, Rejection, Student,
    StudentSchoolEnrolment,
};
use crate::xml::message;
use kernel::{Asn, CourseCode, Date, Instant, SchoolYear};
use uuid::Uuid;

message! {
    /// A student's transcript as the province holds it.
    pub struct StudentTranscriptDetail in V2020 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// One for each course.
        official_marks: Vec<OfficialMark> = "OfficialMarks",
        /// Sum of the credits awarded.
        total_credits: u16 = "TotalCredits",
        /// Diplomas and certificates.
        credentials: Vec<AwardedCredential> = "Credentials",
        /// Requirements of credentials that need not be met.
        exemptions: Vec<CredentialRequirementExemption> = "CredentialRequirementExemptions",
        /// When the official marks were last calculated.
        last_calculation_utc_time: Option<Instant> = "LastCalculationUtcTime",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// The mark that counts in a course.
    pub struct OfficialMark in V2020 {
        /// The course.
        course_code: CourseCode = "CourseCode",
        /// The school year it was reached in.
        school_year: SchoolYear = "SchoolYear",
        /// The day it was reached.
        achievement_date: Date = "AchievementDate",
        /// Its form.
        mark_format: String = "MarkFormat" [Code("MarkFormat")],
        /// The mark.
        mark_value: String = "MarkValue" [Line(10)],
        /// The same from 0 to 10000.
        normalized_mark: u16 = "NormalizedMark" [Range(0, 10_000)],
        /// Credits awarded.
        credits_awarded: u16 = "CreditsAwarded",
        /// How it came about.
        calculation_method: String = "CalculationMethod" [Code("OfficialMarkCalculationMethod")],
        /// May it be shown?
        status: String = "OfficialMarkStatus" [Code("OfficialMarkStatus")],
        /// The marks looked at.
        sources: Vec<OfficialMarkSource> = "Sources",
        /// What is to be said about it.
        annotations: Vec<String> = "Annotations" [Code("OfficialMarkAnnotation")],
    }
}

message! {
    /// A mark that was looked at.
    pub struct OfficialMarkSource in V2020 {
        /// Its record.
        ref_id: Uuid = "RefId",
        /// What it is a mark of.
        mark_type: String = "MarkType" [Code("MarkType")],
        /// Was it taken?
        is_selected: bool = "IsSelected",
    }
}

message! {
    /// A diploma or certificate a student has.
    pub struct AwardedCredential in V2020 {
        /// Which.
        credential: String = "Credential" [Code("Credential")],
        /// Since when.
        award_date: Date = "AwardDate",
    }
}

message! {
    /// A requirement of a credential that a student need not meet.
    pub struct CredentialRequirementExemption in V2020 {
        /// The requirement.
        requirement: String = "CredentialRequirement" [Code("CredentialRequirement")],
        /// Why.
        reason: String = "ExemptionReason" [Code("ExemptionReason")],
        /// More about it.
        additional_details: Option<String> = "AdditionalDetails" [Lines(250)],
        /// Taken back.
        is_deleted: bool = "IsDeleted",
    }
}

message! {
    /// Exempts a student from a requirement, or takes the exemption back.
    pub request SubmitCredentialRequirementExemptionRequest in V2020 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// The exemption as it shall be.
        exemption: CredentialRequirementExemption = "CredentialRequirementExemption",
    }
}

reads! {
    StudentTranscriptDetail in V2020 {
        GetStudentTranscriptDetailRequest
            => GetStudentTranscriptDetailResponse of StudentTranscriptDetailResult;
        students: AsnVersion = "Students" by { asn: Asn = "Key" };
        transcript = "StudentTranscriptDetail";
    }
}

message! {
    /// Everything of a student's learning, on demand.
    pub request GetStudentAcademicProfileRequest in V2020 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// Only what counts in the end, although more might be given?
        is_limited_profile_requested: bool = "IsLimitedProfileRequested",
    }
}

message! {
    /// Everything of a student's learning; limited, what counts in the end.
    pub struct GetStudentAcademicProfileResponse in V2020 {
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// How the organization is associated with the student.
        association: String = "AssociationTypeToStudent" [Code("AssociationType")],
        /// Is it limited, by wish or for want of an association?
        is_limited: bool = "IsLimitedProfile",
        /// Enrolments in schools.
        enrolments: Vec<StudentSchoolEnrolment> = "StudentSchoolEnrolments",
        /// Course enrolments.
        course_enrolments: Vec<CourseEnrolment> = "CourseEnrolments",
        /// Evaluated marks.
        evaluated_marks: Vec<EvaluatedMark> = "EvaluatedMarks",
        /// Marks of diploma exams.
        exam_marks: Vec<DiplomaExamMark> = "DiplomaExamMarks",
        /// Official marks.
        official_marks: Vec<OfficialMark> = "OfficialMarks",
        /// Diplomas and certificates.
        credentials: Vec<AwardedCredential> = "Credentials",
        /// When the official marks were last calculated.
        last_calculation_utc_time: Option<Instant> = "LastCalculationUtcTime",
        /// Why nothing is given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// A student's personal data, on demand.
    pub request GetStudentPersonalProfileRequest in V2020 {
        /// Whose.
        asn: Asn = "StateProvinceId",
    }
}

message! {
    /// A student's personal data.
    pub struct GetStudentPersonalProfileResponse in V2020 {
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// How the organization is associated with the student.
        association: String = "AssociationTypeToStudent" [Code("AssociationType")],
        /// The student.
        student: Option<Box<Student>> = "Student",
        /// Why nothing is given.
        rejections: Vec<Rejection> = "Rejections",
    }
}
