//! `CreateStudent`.

use super::Rejection;
use crate::xml::message;
use kernel::{Asn, Date, PersonName};
use uuid::Uuid;

message! {
    /// A new student, after a search found nobody.
    pub request CreateStudentRequest in V2018 {
        /// Legal name.
        name: PersonName = "Name",
        /// Birth date.
        birth_date: Date = "BirthDate",
        /// Gender code; the one for unknown when not known.
        gender: String = "Gender" [Code("Gender")],
        /// Kind of document that proves name and birth date.
        source_document_type: Option<String> = "SourceDocumentType" [Code("SourceDocumentType")],
        /// A stored identity document that proves them.
        identity_document_ref_id: Option<Uuid> = "IdentityDocumentRefId",
    }
}

message! {
    /// The new ASN, or why there is none.
    pub struct CreateStudentResponse in V2018 {
        /// ASN; none after a rejection.
        asn: Option<Asn> = "StateProvinceId",
        /// The student's first version; 0 after a rejection.
        pasi_core_version: i64 = "PASICoreVersion",
        /// Why nobody was created; empty when someone was.
        rejections: Vec<Rejection> = "Rejections",
    }
}
