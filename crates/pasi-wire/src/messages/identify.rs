//! `IdentifyStudent`: search before creating.

use crate::xml::{choices, message};
use kernel::{Asn, Date, Grade, PersonName, SchoolCode, SchoolYear};

kernel::text_enum! {
    /// Outcome of a search.
    pub enum IdentifyStatus {
        /// Nobody.
        NoMatch = "NoMatch",
        /// Exactly one.
        Match = "Match",
        /// Several.
        Ambiguous = "Ambiguous",
        /// The only ones found have a disclosure restriction and were not asked for.
        FoundStudentWithDisclosureRestriction = "FoundStudentWithDisclosureRestriction",
        /// Too many; narrow the search.
        Insufficient = "Insufficient",
    }
}

kernel::text_enum! {
    /// How well a student fits the search; the best first.
    pub enum MatchQuality {
        /// Name, birth date and ASN (when given) all agree.
        High = "High",
        /// Some agree, some are near.
        Medium = "Medium",
        /// Near.
        Low = "Low",
    }
}
choices!(IdentifyStatus, MatchQuality);

/// The only reason a school may give for a search.
pub const STUDENT_ENROLMENT: &str = "Student Enrolment";

message! {
    /// A search. The first one sets neither flag; a person asks for more.
    pub request IdentifyStudentRequest in V2017 {
        /// [`STUDENT_ENROLMENT`].
        caller_reason_code: String = "CallerReasonCode" [Line(50)],
        /// Also hits worse than the best.
        include_all_quality_levels: bool = "IncludeAllQualityLevels",
        /// Also students with a disclosure restriction.
        include_students_with_disclosure_restriction: bool = "IncludeStudentsWithDisclosureRestriction",
        /// Whom to look for.
        student_locator: StudentLocator = "StudentLocator",
    }
}

message! {
    /// By ASN, by name and age, or by both.
    pub struct StudentLocator in V2017 {
        /// ASN.
        asn: Option<Asn> = "StateProvinceId",
        /// Name and age.
        criteria: Option<IdentifyCriteria> = "ExtendedCriteria",
    }
}

message! {
    /// Name, at least one age, and what narrows further.
    pub struct IdentifyCriteria in V2017 {
        /// First and last are mandatory.
        name: PersonName = "Name",
        /// Birth date; decides alone when given.
        birth_date: Option<Date> = "BirthDate",
        /// Age in years.
        approximate_age: Option<u8> = "ApproximateAge" [Range(0, 120)],
        /// Grade.
        grade_level: Option<Grade> = "GradeLevel",
        /// Street.
        street: Option<String> = "Street" [Line(140)],
        /// City.
        city: Option<String> = "City" [Line(60)],
        /// Province or state.
        state_province: Option<String> = "StateProvince" [Line(20)],
        /// Postal code.
        postal_code: Option<String> = "PostalCode" [Line(15)],
        /// Country.
        country: Option<String> = "Country" [Line(60)],
    }
}

message! {
    /// What the search found.
    pub struct IdentifyStudentResponse in V2017 {
        /// Outcome.
        status: IdentifyStatus = "Status",
        /// Best first.
        students: Vec<IdentifiedStudent> = "Students",
    }
}

message! {
    /// A student found, with enough to be recognized.
    pub struct IdentifiedStudent in V2017 {
        /// ASN.
        asn: Asn = "StateProvinceId",
        /// The primary ASN when this one is secondary.
        primary_asn: Option<Asn> = "PrimaryStateProvinceId",
        /// How well it fits.
        quality: MatchQuality = "MatchQuality",
        /// Place in the list, 1 is best.
        rank: u32 = "MatchRank",
        /// Legal name.
        name: PersonName = "LegalName",
        /// Other names.
        other_names: Vec<PersonName> = "OtherNames",
        /// Birth date.
        birth_date: Date = "BirthDate",
        /// Gender code.
        gender: String = "Gender",
        /// Parts of addresses.
        addresses: Vec<PartialAddress> = "Addresses",
        /// Enrolments of the past two school years.
        enrolments: Vec<PartialEnrolment> = "SchoolEnrolments",
        /// Has an active disclosure restriction: a badge before details.
        has_disclosure_restriction: bool = "HasDisclosureRestriction",
    }
}

message! {
    /// An address without its house number.
    pub struct PartialAddress in V2017 {
        /// City.
        city: Option<String> = "City",
        /// Province or state.
        state_province: Option<String> = "StateProvince",
        /// Postal code.
        postal_code: Option<String> = "PostalCode",
    }
}

message! {
    /// Where and when a student was enrolled.
    pub struct PartialEnrolment in V2017 {
        /// School.
        school_code: SchoolCode = "SchoolCode",
        /// School year.
        school_year: SchoolYear = "SchoolYear",
        /// Grade.
        grade: Option<Grade> = "Grade",
        /// Is it without an end, or does it end in the future?
        is_current: bool = "IsCurrent",
    }
}
