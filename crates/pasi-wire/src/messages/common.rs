//! What many messages share: keys with versions, answers of submits, names.

use crate::xml::{choices, fields, message};
use kernel::{Asn, AuthorityCode, CourseCode, PersonName, SchoolCode, SchoolYear};
use uuid::Uuid;

kernel::text_enum! {
    /// Whether a record that was asked for is given.
    pub enum AvailabilityStatus {
        /// It is.
        Normal = "Normal",
        /// It does not exist, or is not the caller's to know.
        Unknown = "Unknown",
        /// It exists, but the caller has no association with the student.
        NoAccess = "NoAccess",
    }
}
choices!(AvailabilityStatus);

message! {
    /// A rule's refusal inside a normal response.
    pub struct Rejection in V2009 {
        /// Number of the rule.
        code: u32 = "Code",
        /// The province's words.
        message: String = "Message",
        /// Values in the sentence, by name.
        arguments: Vec<KeyValuePair> = "Arguments",
    }
}

message! {
    /// A name with its value.
    #[derive(PartialOrd, Ord, Hash)]
    pub struct KeyValuePair in V2009 {
        /// The name.
        key: String = "Key" [Line(100)],
        /// The value; empty is allowed.
        value: String = "Value" [MaybeLine(4000)],
    }
}

message! {
    /// What a submit answers.
    pub struct SubmitResponse in V2009 {
        /// Key of the record, as it was sent; of an acknowledgement the alert's code.
        id: String = "Id",
        /// The new version; after a rejection the version the province holds, 0 when it holds none.
        pasi_core_version: i64 = "PASICoreVersion",
        /// Why nothing was stored; empty when it was.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// A student to read.
    pub struct AsnVersion in V2009 {
        /// ASN.
        asn: Asn = "Key",
        /// The version expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A record with a GUID to read.
    pub struct RefIdVersion in V2009 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// The version expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// The alerts of a student to read.
    pub struct StatusAsnVersion in V201204 {
        /// ASN.
        asn: Asn = "Key",
        /// Version of the status object expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
        /// Version of the student the client has; a newer one comes along.
        known_source_version: i64 = "KnownSourceVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// The alerts of a record with a GUID to read.
    pub struct StatusRefIdVersion in V201204 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Version of the status object expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
        /// Version of the record the client has; a newer one comes along.
        known_source_version: i64 = "KnownSourceVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A school to read.
    pub struct SchoolVersion in V2009 {
        /// Its code.
        school_code: SchoolCode = "Key",
        /// The version expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// An authority to read.
    pub struct AuthorityVersion in V2009 {
        /// Its code.
        authority_code: AuthorityCode = "Key",
        /// The version expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A course to read.
    pub struct CourseVersion in V2018 {
        /// Its code.
        course_code: CourseCode = "Key",
        /// The version expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
    }
}

message! {
    /// A school's calendar year to read.
    pub struct CalendarYearVersion in V2009 {
        /// The school.
        school_code: SchoolCode = "SchoolCode",
        /// The school year, by its end.
        school_year: SchoolYear = "SchoolYear",
        /// The version expected; 0 for whatever there is.
        expected_version: i64 = "ExpectedVersion" [Range(0, i64::MAX)],
    }
}

fields! {
    PersonName in V2017 {
        first: String = "FirstName" [Line(50)],
        middle: String = "MiddleName" [MaybeLine(50)],
        last: String = "LastName" [Line(50)],
        suffix: String = "Suffix" [MaybeLine(10)],
    }
}

impl SubmitResponse {
    /// Stored, with its new version. The id is the key as it was sent: an ASN's nine digits, or a GUID.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "keys are small, and a call without & reads better"
    )]
    pub fn stored(id: impl ToString, pasi_core_version: i64) -> Self {
        Self {
            id: id.to_string(),
            pasi_core_version,
            rejections: Vec::new(),
        }
    }
    /// Refused, with the key as it was sent; `held` is the version the province holds, 0 for none.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "keys are small, and a call without & reads better"
    )]
    pub fn refused(id: impl ToString, held: i64, rejections: Vec<Rejection>) -> Self {
        Self {
            id: id.to_string(),
            pasi_core_version: held,
            rejections,
        }
    }
    /// Was the record stored?
    pub fn is_stored(&self) -> bool {
        self.rejections.is_empty()
    }
}

impl KeyValuePair {
    /// A name with its value.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
        }
    }
}
