//! Schools, authorities and the calendar years of schools.

use super::reads::reads;
use super::{AuthorityVersion, CalendarYearVersion, SchoolVersion};
use crate::xml::message;
use kernel::{AuthorityCode, Date, Grade, SchoolCode, SchoolYear};
use uuid::Uuid;

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

reads! {
    School in V201204 {
        GetSchoolInformationRequest => GetSchoolInformationResponse of SchoolResult;
        schools: SchoolVersion = "Schools" by { school_code: SchoolCode = "Key" };
        school = "School";
    }
    SchoolAuthority in V201204 {
        GetSchoolAuthorityInformationRequest => GetSchoolAuthorityInformationResponse of SchoolAuthorityResult;
        authorities: AuthorityVersion = "SchoolAuthorities" by { authority_code: AuthorityCode = "Key" };
        authority = "SchoolAuthority";
    }
    SchoolCalendarYear in V201204 {
        GetSchoolCalendarYearInformationRequest
            => GetSchoolCalendarYearInformationResponse of SchoolCalendarYearResult;
        calendar_years: CalendarYearVersion = "SchoolCalendarYears"
            by { school_code: SchoolCode = "SchoolCode", school_year: SchoolYear = "SchoolYear" };
        calendar_year = "SchoolCalendarYear";
    }
}
