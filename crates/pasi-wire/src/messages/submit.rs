//! Submits of a student's sub-records. The version is the STUDENT's, as the
//! user saw it; rule 3004 refuses a stale one.

use super::{
    CitizenshipStatus, DisclosureRestriction, IdentificationRecord, MedicalAlert, ParentGuardian,
    StudentAddress, StudentEmail, StudentName, StudentPhone,
};
use crate::xml::message;
use kernel::Asn;

/// A submit of one sub-record of a student.
macro_rules! submits {
    ($($(#[$meta:meta])* $request:ident in $ns:ident: $field:ident $record:ident = $wire:literal;)+) => {$(
        message! {
            $(#[$meta])*
            pub request $request in $ns {
                /// Whose.
                asn: Asn = "StateProvinceId",
                /// The student's version the user saw.
                pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
                /// The record as it shall be.
                $field: $record = $wire,
            }
        }
    )+};
}

submits! {
    /// Changes legal name, birth date, gender or their source; never creates a student.
    SubmitIdentificationInformationRequest in V2018: identification IdentificationRecord = "IdentificationRecord";
    /// Adds, changes or deletes a name other than the legal one.
    SubmitNameRequest in V2018: name StudentName = "StudentName";
    /// Adds, changes or deletes an address.
    SubmitStudentAddressRequest in V2019: address StudentAddress = "StudentAddress";
    /// Adds, changes or deletes a phone number.
    SubmitStudentPhoneRequest in V2019: phone StudentPhone = "StudentPhone";
    /// Adds, changes or deletes an e-mail address.
    SubmitStudentEmailRequest in V2019: email StudentEmail = "StudentEmail";
    /// Adds, changes or deletes a citizenship status.
    SubmitStudentCitizenshipStatusRequest in V2020: citizenship CitizenshipStatus = "CitizenshipStatus";
    /// Adds, changes or deletes a disclosure restriction.
    SubmitStudentDisclosureRestrictionRequest in V2018: restriction DisclosureRestriction = "DisclosureRestriction";
    /// Adds, changes or deletes a parent or guardian.
    SubmitParentGuardianRequest in V2019: guardian ParentGuardian = "ParentGuardian";
    /// Adds, changes or deletes a medical alert.
    SubmitMedicalAlertRequest in V2018: medical_alert MedicalAlert = "MedicalAlert";
}

message! {
    /// Sets the eligibility under section 23 of the Charter.
    pub request SubmitStudentSection23EligibilityStatusRequest in V2017 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// The student's version the user saw.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
        /// Y eligible, B not, C unknown or not given.
        section23_eligibility: String = "Section23Eligibility" [Code("Section23Eligibility")],
    }
}

message! {
    /// Sets the language at home; none takes it out.
    pub request SubmitLanguageAtHomeRequest in V2018 {
        /// Whose.
        asn: Asn = "StateProvinceId",
        /// The student's version the user saw.
        pasi_core_version: i64 = "PASICoreVersion" [Range(0, i64::MAX)],
        /// The language.
        language: Option<String> = "LanguageAtHome" [Code("LanguageAtHome")],
    }
}
