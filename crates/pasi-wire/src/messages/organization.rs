//! Schools, authorities and the calendar years of schools.

use super::{AuthorityVersion, AvailabilityStatus, CalendarYearVersion, Rejection, SchoolVersion};
use crate::xml::message;
use kernel::{AuthorityCode, Date, Grade, SchoolCode, SchoolYear};
use uuid::Uuid;

message! {
    /// Schools to read, in order.
    pub request GetSchoolInformationRequest in V201204 {
        /// By code.
        schools: Vec<SchoolVersion> = "Schools" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetSchoolInformationResponse in V201204 {
        /// In the order asked; shorter when a version differed.
        results: Vec<SchoolResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// One of the schools asked for.
    pub struct SchoolResult in V201204 {
        /// As it was asked.
        school_code: SchoolCode = "Key",
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The school.
        school: Option<School> = "School",
    }
}

message! {
    /// A school.
    pub struct School in V201204 {
        /// Its code.
        school_code: SchoolCode = "SchoolCode",
        /// Name.
        name: String = "Name" [Line(100)],
        /// Authorities it reported to, through time.
        authorities: Vec<SchoolAuthorityPeriod> = "SchoolAuthorities",
        /// Kind of school: public, separate, francophone, private …
        school_type: String = "SchoolType" [Line(50)],
        /// Sees less of students (rule 11405).
        is_limited_access: bool = "IsLimitedAccess",
        /// Outside Canada.
        is_international: bool = "IsInternational",
        /// Designated for special education in private schools.
        is_designated_special_education: bool = "IsDesignatedSpecialEducationPrivateSchool",
        /// Where it is.
        address: Option<OrganizationAddress> = "Address",
        /// First day.
        open_date: Option<Date> = "OpenDate",
        /// Last day.
        close_date: Option<Date> = "CloseDate",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// The authority a school reported to in a period.
    pub struct SchoolAuthorityPeriod in V201204 {
        /// The authority.
        authority_code: AuthorityCode = "SchoolAuthorityCode",
        /// From when.
        effective_date: Date = "EffectiveDate",
        /// Until when.
        expiry_date: Option<Date> = "ExpiryDate",
    }
}

message! {
    /// Where a school or authority is.
    pub struct OrganizationAddress in V201204 {
        /// Street.
        street: Option<String> = "Street" [Line(140)],
        /// City.
        city: Option<String> = "City" [Line(60)],
        /// Province.
        state_province: Option<String> = "StateProvince" [Line(20)],
        /// Postal code.
        postal_code: Option<String> = "PostalCode" [Line(15)],
    }
}

message! {
    /// Authorities to read, in order.
    pub request GetSchoolAuthorityInformationRequest in V201204 {
        /// By code.
        authorities: Vec<AuthorityVersion> = "SchoolAuthorities" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetSchoolAuthorityInformationResponse in V201204 {
        /// In the order asked; shorter when a version differed.
        results: Vec<SchoolAuthorityResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// One of the authorities asked for.
    pub struct SchoolAuthorityResult in V201204 {
        /// As it was asked.
        authority_code: AuthorityCode = "Key",
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The authority.
        authority: Option<SchoolAuthority> = "SchoolAuthority",
    }
}

message! {
    /// A school authority.
    pub struct SchoolAuthority in V201204 {
        /// Its code.
        authority_code: AuthorityCode = "SchoolAuthorityCode",
        /// Name.
        name: String = "Name" [Line(100)],
        /// Kind: public, separate, francophone, charter, private …
        authority_type: String = "SchoolAuthorityType" [Line(50)],
        /// How much it may not see: LOW or HIGH.
        restriction_level: String = "RestrictionLevel" [Line(50)],
        /// Outside Canada.
        is_international: bool = "IsInternational",
        /// Where it is.
        address: Option<OrganizationAddress> = "Address",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// Calendar years to read, in order.
    pub request GetSchoolCalendarYearInformationRequest in V201204 {
        /// By school and year.
        calendar_years: Vec<CalendarYearVersion> = "SchoolCalendarYears" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetSchoolCalendarYearInformationResponse in V201204 {
        /// In the order asked; shorter when a version differed.
        results: Vec<SchoolCalendarYearResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// One of the calendar years asked for.
    pub struct SchoolCalendarYearResult in V201204 {
        /// As it was asked.
        school_code: SchoolCode = "SchoolCode",
        /// As it was asked.
        school_year: SchoolYear = "SchoolYear",
        /// Is it given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The calendar year.
        calendar_year: Option<SchoolCalendarYear> = "SchoolCalendarYear",
    }
}

message! {
    /// What a school offers in a school year, and when it teaches.
    pub struct SchoolCalendarYear in V201204 {
        /// The school.
        school_code: SchoolCode = "SchoolCode",
        /// The school year.
        school_year: SchoolYear = "SchoolYear",
        /// Grades offered.
        grades_offered: Vec<GradeOffered> = "GradesOffered",
        /// Programs offered, by code text.
        programs_offered: Vec<String> = "ProgramsOffered",
        /// When it teaches.
        calendars: Vec<OperatingSchedule> = "Calendars",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// A grade a school offers.
    pub struct GradeOffered in V201204 {
        /// The grade.
        grade: Grade = "Grade",
    }
}

message! {
    /// One operating schedule of a school.
    pub struct OperatingSchedule in V201204 {
        /// Its GUID.
        ref_id: Uuid = "CalendarRefId",
        /// Name.
        name: String = "Name" [Line(100)],
        /// First day of class.
        start_date: Date = "StartDate",
        /// Last day of class.
        end_date: Date = "EndDate",
        /// Days of class.
        instructional_days: u16 = "InstructionalDays" [Range(0, 366)],
    }
}
