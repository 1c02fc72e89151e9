//! Enrolments in schools.

use super::reads::reads;
use super::{CoreAlert, EnrolmentExtras, RefIdVersion};
use crate::xml::{choices, message};
use kernel::{Asn, Date, Grade, SchoolCode, SchoolYear};
use uuid::Uuid;

kernel::text_enum! {
    /// What the exit date means.
    pub enum ExitDateType {
        /// The last day of class as planned, or the student finished.
        CompletionDate = "CompletionDate",
        /// The student left; last day attended.
        WithdrawalDate = "WithdrawalDate",
    }
}
choices!(ExitDateType);

message! {
    /// A student's enrolment in a school for a school year.
    pub struct StudentSchoolEnrolment in V2020 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Who.
        asn: Asn = "StateProvinceId",
        /// Where.
        school_code: SchoolCode = "SchoolCode",
        /// When.
        school_year: SchoolYear = "SchoolYear",
        /// Grade; none for continuing education.
        grade: Option<Grade> = "Grade",
        /// First day.
        registration_start_date: Date = "RegistrationStartDate",
        /// Last expected or attended day of class.
        registration_exit_date: Option<Date> = "RegistrationExitDate",
        /// What the last day means.
        exit_date_type: ExitDateType = "ExitDateType",
        /// Regular, Continuing Education …
        programming_type: String = "ProgrammingType" [Code("ProgrammingType")],
        /// Day …
        programming_timeframe: String = "ProgrammingTimeframe" [Code("ProgrammingTimeframe")],
        /// The school's operating schedule.
        calendar_ref_id: Option<Uuid> = "CalendarRefId",
        /// Part the school provides, when the responsibility is shared.
        school_provided_program_percentage: Option<u8> = "SchoolProvidedProgramPercentage" [Range(0, 100)],
        /// Hours taught.
        hours_of_instruction: Option<u16> = "HoursOfInstruction" [Range(0, 9999)],
        /// Never attended, or entered in error.
        is_deleted: bool = "IsDeleted",
        /// Why a past year is changed.
        source_change_code: Option<String> = "SourceChangeCode" [Code("SourceChangeCode")],
        /// Codes, boards, French hours.
        extended: EnrolmentExtras = "ExtendedSchoolEnrolmentInfo",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// Creates, changes, deletes or restores one enrolment.
    pub request SubmitStudentSchoolEnrolmentRequest in V2020 {
        /// The enrolment as it shall be.
        enrolment: StudentSchoolEnrolment = "StudentSchoolEnrolment",
    }
}

message! {
    /// What a status processor last found about a record with a GUID.
    pub struct RecordStatus in V201204 {
        /// The record.
        ref_id: Uuid = "RefId",
        /// The alerts.
        alerts: Vec<CoreAlert> = "CoreAlerts",
        /// Version of the record that was judged.
        source_version: i64 = "SourceVersion",
        /// Version of this status.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

reads! {
    StudentSchoolEnrolment in V2020 {
        GetStudentSchoolEnrolmentRequest => GetStudentSchoolEnrolmentResponse of StudentSchoolEnrolmentResult;
        enrolments: RefIdVersion = "StudentSchoolEnrolments" by { ref_id: Uuid = "RefId" };
        enrolment = "StudentSchoolEnrolment";
        status GetStudentSchoolEnrolmentStatusRequest
            => GetStudentSchoolEnrolmentStatusResponse of StudentSchoolEnrolmentStatusResult;
        acknowledged by SubmitStudentSchoolEnrolmentStatusAcknowledgementRequest in V2020;
    }
}
