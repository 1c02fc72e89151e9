//! What an organization may have printed of an Alberta Student Number, and
//! which accounts of the province's portal are connected to it.

use super::reads::reads;
use super::{RefIdVersion, Rejection};
use crate::xml::{Base64, choices, message};
use kernel::{Asn, Date};
use uuid::Uuid;

message! {
    /// The certificate of one ASN.
    pub request GetAsnCertificateRequest in V2018 {
        /// Whose.
        asn: Asn = "StateProvinceId",
    }
}

message! {
    /// The certificate, or why there is none.
    pub struct GetAsnCertificateResponse in V2018 {
        /// ASN; none after a rejection.
        asn: Option<Asn> = "StateProvinceId",
        /// A page for printing, as PDF.
        certificate: Option<Base64> = "Certificate",
        /// Why none is given: 9002, 60002, 60003.
        rejections: Vec<Rejection> = "Rejections",
    }
}

kernel::text_enum! {
    /// Who reads a student's record through the portal.
    pub enum AccountHolder {
        /// The student.
        Student = "Student",
        /// A parent or guardian.
        ParentGuardian = "ParentGuardian",
        /// Somebody else, whom the student let in.
        ThirdParty = "ThirdParty",
    }
}

kernel::text_enum! {
    /// May the account read now?
    pub enum ConnectionStatus {
        /// It may.
        Active = "Active",
        /// Not while a disclosure restriction is in force.
        Suspended = "Suspended",
        /// Not any more.
        Ended = "Ended",
    }
}
choices!(AccountHolder, ConnectionStatus);

message! {
    /// An account of the portal connected to a student.
    pub struct EducationAccountConnection in V2020 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Whose record is read.
        asn: Asn = "StateProvinceId",
        /// Who reads it.
        holder: AccountHolder = "AccountHolder",
        /// May the account read now?
        status: ConnectionStatus = "Status",
        /// From when.
        effective_date: Date = "EffectiveDate",
        /// Until when.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Its version.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
    }
}

reads! {
    EducationAccountConnection in V2020 {
        GetEducationAccountConnectionRequest
            => GetEducationAccountConnectionResponse of EducationAccountConnectionResult;
        connections: RefIdVersion = "EducationAccountConnections" by { ref_id: Uuid = "RefId" };
        connection = "EducationAccountConnection";
    }
}
