//! Code tables and the school years PASI accepts.

use crate::xml::message;
use kernel::{Date, SchoolYear};

message! {
    /// The code tables, if anything in them is newer.
    pub request GetCodeValuesRequest in V2009 {
        /// Highest version the client has; 0 always gives the full list.
        last_known_source_version: i64 = "LastKnownSourceVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// The full list, or nothing when nothing is newer.
    pub struct GetCodeValuesResponse in V2020 {
        /// By class, sequence and short description.
        code_values: Vec<CodeValue> = "CodeValues",
        /// Which years may be written now.
        school_years: Vec<SchoolYearConfiguration> = "SchoolYears",
    }
}

message! {
    /// One value of a code class.
    pub struct CodeValue in V2020 {
        /// The class: `Grade`, `ExceptionCode` …
        code_class_name: String = "CodeClassName" [Line(30)],
        /// What travels.
        code_text: String = "CodeText" [Line(50)],
        /// In a list.
        short_description: String = "ShortDescription" [Line(50)],
        /// In full.
        description: String = "Description" [Line(160)],
        /// In a list, in French.
        french_short_description: String = "FrenchShortDescription" [MaybeLine(50)],
        /// In full, in French.
        french_description: String = "FrenchDescription" [MaybeLine(160)],
        /// Place in a list.
        display_sequence: i32 = "DisplaySequence",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion",
        /// First school year it holds for.
        effective_school_year: Option<SchoolYear> = "EffectiveSchoolYear",
        /// Last school year it holds for.
        expiry_school_year: Option<SchoolYear> = "ExpirySchoolYear",
    }
}

message! {
    /// What may be done in a school year now.
    pub struct SchoolYearConfiguration in V2020 {
        /// The year.
        school_year: SchoolYear = "SchoolYear",
        /// `Current`, `Historical`, `Future` or `PreRegistration`.
        kind: String = "Kind" [Line(50)],
        /// Are enrolments taken?
        is_accepted: bool = "IsAccepted",
        /// Since when enrolments for it are taken.
        pre_registration_opens: Option<Date> = "PreRegistrationOpens",
    }
}

message! {
    /// Which code value may follow which; no parameters.
    pub request GetCodeValueRelationshipsRequest in V2020 {}
}

message! {
    /// Pairs of parent and child.
    pub struct GetCodeValueRelationshipsResponse in V2020 {
        /// All of them.
        relationships: Vec<CodeValueRelationship> = "Relationships",
    }
}

message! {
    /// A child allowed under a parent, such as a transition reason under `Yes`.
    pub struct CodeValueRelationship in V2020 {
        /// The parent.
        parent: CodeValueKey = "Parent",
        /// The child.
        child: CodeValueKey = "Child",
    }
}

message! {
    /// A code value by class and text.
    #[derive(PartialOrd, Ord, Hash)]
    pub struct CodeValueKey in V2020 {
        /// The class.
        code_class_name: String = "CodeClassName" [Line(30)],
        /// The text.
        code_text: String = "CodeText" [Line(50)],
    }
}
