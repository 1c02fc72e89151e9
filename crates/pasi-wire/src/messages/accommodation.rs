//! Accommodations in the classroom and in examinations.

use super::RefIdVersion;
use super::reads::reads;
use crate::xml::message;
use kernel::{Asn, Date, Instant, SchoolCode};
use uuid::Uuid;

message! {
    /// What a school grants a student so that the class or the examination can be taken part in.
    pub struct ClassroomAccommodation in V2018 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// Who.
        asn: Asn = "StateProvinceId",
        /// The school that grants it.
        school_code: SchoolCode = "School",
        /// What is granted.
        accommodation_type: String = "AccommodationType" [Code("AccommodationType")],
        /// In which form.
        accommodation_format: Option<String> = "AccommodationFormat" [Code("AccommodationFormat")],
        /// More about it.
        accommodation_detail: Option<String> = "AccommodationDetail" [Lines(1000)],
        /// From when.
        start_date: Date = "StartDate",
        /// Until when; computed by PASI, ignored when sent.
        end_date: Option<Date> = "EndDate",
        /// Until when, said by a person.
        end_date_override: Option<Date> = "EndDateOverride",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Set by PASI.
        last_update_utc_time: Option<Instant> = "LastUpdateUtcTime",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// Adds, changes, deletes or restores one accommodation.
    pub request SubmitClassroomAccommodationRequest in V2018 {
        /// The accommodation as it shall be.
        accommodation: ClassroomAccommodation = "ClassroomAccommodation",
    }
}

reads! {
    ClassroomAccommodation in V2018 {
        GetClassroomAccommodationRequest => GetClassroomAccommodationResponse of ClassroomAccommodationResult;
        accommodations: RefIdVersion = "ClassroomAccommodations" by { ref_id: Uuid = "RefId" };
        accommodation = "ClassroomAccommodation";
        status GetClassroomAccommodationStatusRequest
            => GetClassroomAccommodationStatusResponse of ClassroomAccommodationStatusResult;
        acknowledged by SubmitClassroomAccommodationStatusAcknowledgementRequest in V2018;
    }
}
