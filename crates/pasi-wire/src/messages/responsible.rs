//! The school responsible for a student.

use super::RefIdVersion;
use super::reads::reads;
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

reads! {
    ResponsibleSchool in V2019 {
        GetResponsibleSchoolRequest => GetResponsibleSchoolResponse of ResponsibleSchoolResult;
        responsible_schools: RefIdVersion = "ResponsibleSchools" by { ref_id: Uuid = "RefId" };
        responsible_school = "ResponsibleSchool";
        status GetResponsibleSchoolStatusRequest
            => GetResponsibleSchoolStatusResponse of ResponsibleSchoolStatusResult;
        acknowledged by SubmitResponsibleSchoolStatusAcknowledgementRequest in V2020;
    }
}
