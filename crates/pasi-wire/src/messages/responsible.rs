//! The school responsible for a student.

use super::{AvailabilityStatus, RecordStatus, RefIdVersion, Rejection, StatusRefIdVersion};
use crate::xml::{choices, message};
use kernel::{Asn, Date, SchoolCode};
use uuid::Uuid;

kernel::text_enum! {
    /// Is a school responsible?
    pub enum HasResponsibleSchool {
        /// One is; it is named.
        Yes = "Yes",
        /// The student left school, such as a graduate.
        No = "No",
        /// The next school is not known.
        Unknown = "Unknown",
    }
}
choices!(HasResponsibleSchool);

message! {
    /// Which school is responsible from a date on.
    pub struct ResponsibleSchool in V2019 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// From when; one record per student and date.
        effective_date: Date = "EffectiveDate",
        /// Is there one?
        has_responsible_school: HasResponsibleSchool = "HasResponsibleSchool",
        /// The Alberta school.
        school_code: Option<SchoolCode> = "SchoolCode",
        /// A school elsewhere.
        school_name: Option<String> = "SchoolName" [Line(100)],
        /// Its city.
        city: Option<String> = "City" [Line(60)],
        /// Its province or state.
        state_province: Option<String> = "StateProvince" [Line(20)],
        /// Its country.
        country: Option<String> = "Country" [Line(60)],
        /// Why it changed; an allowed child of the answer above.
        transition_reason: String = "TransitionReason" [Code("TransitionReason")],
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// Adds, changes, deletes or restores one record.
    pub request SubmitResponsibleSchoolRequest in V2019 {
        /// The record as it shall be.
        responsible_school: ResponsibleSchool = "ResponsibleSchool",
    }
}

message! {
    /// Records to read, in order.
    pub request GetResponsibleSchoolRequest in V2019 {
        /// By GUID.
        responsible_schools: Vec<RefIdVersion> = "ResponsibleSchools" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetResponsibleSchoolResponse in V2019 {
        /// In the order asked; shorter when a version differed.
        results: Vec<ResponsibleSchoolResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// One of the records asked for.
    pub struct ResponsibleSchoolResult in V2019 {
        /// As it was asked.
        ref_id: Uuid = "RefId",
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The record.
        responsible_school: Option<ResponsibleSchool> = "ResponsibleSchool",
    }
}

message! {
    /// Records whose alerts are read, in order.
    pub request GetResponsibleSchoolStatusRequest in V2019 {
        /// By GUID.
        responsible_schools: Vec<StatusRefIdVersion> = "ResponsibleSchools" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetResponsibleSchoolStatusResponse in V2019 {
        /// In the order asked; shorter when a version differed.
        results: Vec<ResponsibleSchoolStatusResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// The alerts of one record.
    pub struct ResponsibleSchoolStatusResult in V2019 {
        /// As it was asked.
        ref_id: Uuid = "RefId",
        /// Is the status given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The alerts.
        status: Option<RecordStatus> = "Status",
        /// The record, when newer than the client's.
        source: Option<ResponsibleSchool> = "Source",
    }
}
