//! `GetStudent`.

use super::{
    AsnVersion, AvailabilityStatus, CitizenshipStatus, DisclosureRestriction, IdentificationRecord,
    MedicalAlert, ParentGuardian, Rejection, StudentAddress, StudentEmail, StudentName, StudentPhone,
};
use crate::xml::message;
use kernel::{Asn, Date};

message! {
    /// Students to read, in order.
    pub request GetStudentRequest in V2020 {
        /// By ASN.
        students: Vec<AsnVersion> = "Students" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetStudentResponse in V2020 {
        /// In the order asked; shorter when a version differed.
        results: Vec<StudentResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// One of the students asked for.
    pub struct StudentResult in V2020 {
        /// As it was asked.
        asn: Asn = "Key",
        /// Is the student given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The student.
        student: Option<Student> = "Student",
    }
}

message! {
    /// A student with all personal data; one version for the whole.
    pub struct Student in V2020 {
        /// ASN.
        asn: Asn = "StateProvinceId",
        /// The primary ASN when this one is secondary.
        primary_asn: Option<Asn> = "PrimaryStateProvinceId",
        /// Secondary ASNs linked to this one.
        secondary_asns: Vec<Asn> = "SecondaryStateProvinceIds",
        /// Readable, not writable.
        is_deactivated: bool = "IsDeactivated",
        /// Legal name, birth date, gender.
        identification: IdentificationRecord = "IdentificationRecord",
        /// All names, the legal, preferred and original among them.
        names: Vec<StudentName> = "Names",
        /// When the student counts as mature.
        maturity_date: Option<Date> = "MaturityDate",
        /// Why.
        maturity_reason: Option<String> = "MaturityReason",
        /// Has died.
        is_deceased: bool = "IsDeceased",
        /// When.
        date_of_death: Option<Date> = "DateOfDeath",
        /// Addresses.
        addresses: Vec<StudentAddress> = "StudentAddresses",
        /// Phone numbers.
        phones: Vec<StudentPhone> = "PhoneNumbers",
        /// E-mail addresses.
        emails: Vec<StudentEmail> = "EmailAddresses",
        /// Citizenship through time.
        citizenship: Vec<CitizenshipStatus> = "CitizenshipStatuses",
        /// Y, B or C.
        section23_eligibility: Option<String> = "Section23Eligibility",
        /// Language at home.
        language_at_home: Option<String> = "LanguageAtHome",
        /// Restrictions in force; others only to the ministry.
        disclosure_restrictions: Vec<DisclosureRestriction> = "DisclosureRestrictions",
        /// Only for clients with the role.
        medical_alerts: Vec<MedicalAlert> = "MedicalAlerts",
        /// Parents and guardians.
        guardians: Vec<ParentGuardian> = "ParentGuardians",
        /// Version of the whole.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}
