//! Sections: classes in which courses are taught.

use super::RefIdVersion;
use super::reads::reads;
use crate::xml::message;
use kernel::{CourseCode, Date, SchoolCode, SchoolYear};
use uuid::Uuid;

message! {
    /// A class of a school in a school year, in one or more courses.
    pub struct Section in V2020 {
        /// Its GUID, made by the client.
        ref_id: Uuid = "RefId",
        /// The school; never changes.
        school_code: SchoolCode = "SchoolCode",
        /// The school year; never changes.
        school_year: SchoolYear = "SchoolYear",
        /// What the school calls it.
        description: Option<String> = "Description" [Line(100)],
        /// What is taught in it.
        course_codes: Vec<CourseCode> = "CourseCodes" [Items(50)],
        /// Its term.
        section_term: String = "SectionTerm" [Code("SectionTerm")],
        /// First day.
        start_date: Date = "StartDate",
        /// Last day.
        end_date: Date = "EndDate",
        /// Credits it is offered for.
        credits_offered: u8 = "CreditsOffered" [Range(0, 99)],
        /// When in the day or year it takes place.
        delivery_schedule: String = "DeliverySchedule" [Code("DeliverySchedule")],
        /// How it is taught for the most part.
        primary_delivery_method: String = "PrimaryDeliveryMethod" [Code("DeliveryMethod")],
        /// Language of instruction.
        instructional_language: String = "InstructionalLanguage" [Code("CourseLanguage")],
        /// Minutes of instruction offered.
        instructional_minutes_offered: Option<u16> = "InstructionalMinutesOffered",
        /// The school's own number for it.
        local_section_id: Option<String> = "LocalSectionId" [Line(50)],
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Its version; 0 for a new one.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// Creates, changes, deletes or restores one section.
    pub request SubmitSectionRequest in V2020 {
        /// The section as it shall be.
        section: Section = "Section",
    }
}

reads! {
    Section in V2020 {
        GetSectionRequest => GetSectionResponse of SectionResult;
        sections: RefIdVersion = "Sections" by { ref_id: Uuid = "RefId" };
        section = "Section";
        status GetSectionStatusRequest => GetSectionStatusResponse of SectionStatusResult;
        acknowledged by SubmitSectionStatusAcknowledgementRequest in V2020;
    }
}
