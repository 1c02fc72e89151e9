//! Lists of the province that are no code tables: how good the documents
//! proving an identity are, and who teaches for credit besides schools.

use crate::xml::message;

message! {
    /// How much each kind of identity document proves, if anything is newer.
    pub request GetSourceDocumentTypeQualityValuesRequest in V2018 {
        /// Highest version the client has; 0 always gives the full list.
        last_known_source_version: i64 = "LastKnownSourceVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// The full list, or nothing when nothing is newer.
    pub struct GetSourceDocumentTypeQualityValuesResponse in V2018 {
        /// By quality, then by kind.
        values: Vec<SourceDocumentTypeQuality> = "SourceDocumentTypeQualityValues",
    }
}

message! {
    /// How much one kind of identity document proves.
    #[derive(PartialOrd, Ord)]
    pub struct SourceDocumentTypeQuality in V2018 {
        /// The higher, the less it proves.
        quality: u8 = "SourceDocumentQuality" [Range(1, 9)],
        /// The kind, a value of the class `SourceDocumentType`.
        code_text: String = "CodeText" [Line(50)],
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// The institutions that teach high-school students for credit; no parameters.
    pub request GetPartnerPostSecondaryInstitutionsRequest in V2021 {}
}

message! {
    /// All of them.
    pub struct GetPartnerPostSecondaryInstitutionsResponse in V2021 {
        /// By number.
        institutions: Vec<PartnerPostSecondaryInstitution> = "PartnerPostSecondaryInstitutions",
    }
}

message! {
    /// An institution that teaches high-school students for credit.
    pub struct PartnerPostSecondaryInstitution in V2021 {
        /// Its number; what a course enrolment names.
        number: String = "PartnerPostSecondaryInstitutionNumber" [Line(10)],
        /// Name.
        name: String = "Name" [Line(100)],
        /// Is it one now?
        is_active: bool = "IsActive",
    }
}
