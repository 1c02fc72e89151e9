//! The sub-records of a student. Each has a client-made GUID; a deletion is
//! the same record sent with `is_deleted`.

use crate::xml::{choices, message};
use kernel::{Date, Instant, PersonName};
use uuid::Uuid;

message! {
    /// A name the student bears or bore.
    pub struct StudentName in V2017 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// The name.
        name: PersonName = "Name",
        /// The one to use; exactly one is.
        is_preferred: bool = "IsPreferred",
        /// The legal one, changed by identification alone; ignored when sent.
        is_legal: bool = "IsLegal",
        /// The legal one at creation; ignored when sent.
        is_original: bool = "IsOriginal",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Why it changed.
        source_change_code: Option<String> = "SourceChangeCode" [Code("SourceChangeCode")],
        /// Set by PASI.
        last_update_utc_time: Option<Instant> = "LastUpdateUtcTime",
    }
}

message! {
    /// Legal name, birth date, gender and what proves them.
    pub struct IdentificationRecord in V2018 {
        /// Legal name.
        name: PersonName = "LegalName",
        /// Birth date.
        birth_date: Date = "BirthDate",
        /// Gender code.
        gender: String = "Gender" [Code("Gender")],
        /// Kind of document.
        source_document_type: Option<String> = "SourceDocumentType" [Code("SourceDocumentType")],
        /// A stored identity document.
        identity_document_ref_id: Option<Uuid> = "IdentityDocumentRefId",
    }
}

message! {
    /// An address.
    pub struct StudentAddress in V2019 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Mailing, Physical; Delivery is old.
        address_type: String = "AddressType" [Code("AddressType")],
        /// `ATS`, `Mail-CA`, `Mail-US`, `Mail-International`, `RuralAlbertaAddress`.
        address_format: String = "AddressFormat" [Code("AddressFormat")],
        /// Street, or the land location.
        street: Option<String> = "Street" [Line(140)],
        /// City.
        city: Option<String> = "City" [Line(60)],
        /// Province or state.
        state_province: Option<String> = "StateProvince" [Line(20)],
        /// Country.
        country: Option<String> = "Country" [Line(60)],
        /// Postal or zip code.
        postal_code: Option<String> = "PostalCode" [Line(15)],
        /// Degrees north.
        latitude: Option<String> = "Latitude" [Decimal],
        /// Degrees east.
        longitude: Option<String> = "Longitude" [Decimal],
        /// From when.
        effective_date: Date = "EffectiveDate",
        /// Until when; computed by PASI, ignored when sent.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Until when, said by a person.
        expiry_date_override: Option<Date> = "ExpiryDateOverride",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Set by PASI.
        last_update_utc_time: Option<Instant> = "LastUpdateUtcTime",
    }
}

message! {
    /// A phone number.
    pub struct StudentPhone in V2019 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Home, mobile …
        phone_type: String = "PhoneType" [Code("PhoneType")],
        /// Digits; `+` first when from abroad.
        number: String = "Number" [Line(20)],
        /// Digits.
        extension: Option<String> = "Extension" [Line(10)],
        /// The one to call.
        is_preferred: bool = "IsPreferred",
        /// From when.
        effective_date: Option<Date> = "EffectiveDate",
        /// Until when; later than the first day.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
    }
}

message! {
    /// An e-mail address.
    pub struct StudentEmail in V2019 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// The address.
        address: String = "EmailAddress" [Line(100)],
        /// The one to write to.
        is_preferred: bool = "IsPreferred",
        /// From when.
        effective_date: Option<Date> = "EffectiveDate",
        /// Until when.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
    }
}

message! {
    /// A citizenship status from a date on.
    pub struct CitizenshipStatus in V2020 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// 1 citizen, 2 permanent resident, 5 study permit, 6, 7, 9 by a parent.
        status: String = "CitizenshipStatusCode" [Code("CitizenshipStatus")],
        /// From when.
        effective_date: Date = "EffectiveDate",
        /// Country of citizenship.
        country: Option<String> = "CountryOfCitizenship" [Code("Country")],
        /// When the document runs out.
        document_expiry_date: Option<Date> = "DocumentExpiryDate",
        /// The guardian whose status counts.
        guardian_ref_id: Option<Uuid> = "ParentGuardianRefId",
        /// That guardian's status.
        guardian_status: Option<String> = "ParentGuardianCitizenshipStatus" [Code("CitizenshipStatus")],
        /// Who recorded it; set by PASI.
        created_by_organization: Option<String> = "CreatedByOrganization",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
    }
}

message! {
    /// A restriction on telling others about the student.
    pub struct DisclosureRestriction in V2018 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// `Caution`, `CourtOrdered`, `IndependentUnder18`, `StudentOver18withGuardian`.
        code: String = "DisclosureRestrictionCode" [Code("DisclosureRestriction")],
        /// What it says.
        details: Option<String> = "Details" [Lines(1000)],
        /// From when.
        effective_date: Date = "EffectiveDate",
        /// Until when.
        expiry_date: Option<Date> = "ExpiryDate",
        /// In force; deleting also ends it.
        is_active: bool = "IsActive",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
        /// Set by PASI.
        last_update_utc_time: Option<Instant> = "LastUpdateUtcTime",
    }
}

message! {
    /// A medical alert; only for clients with the role.
    pub struct MedicalAlert in V2018 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Kind of condition.
        alert_type: String = "MedicalAlertType" [Code("MedicalAlertType")],
        /// What to know and do.
        details: Option<String> = "Details" [Lines(1000)],
        /// From when.
        effective_date: Option<Date> = "EffectiveDate",
        /// Until when.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
    }
}

kernel::text_enum! {
    /// Where a guardian's physical address comes from.
    pub enum PhysicalAddressSource {
        /// The student's mailing address.
        StudentMailing = "StudentMailingAddress",
        /// The student's physical address.
        StudentPhysical = "StudentPhysicalAddress",
        /// An own one, given beside.
        Own = "Own",
    }
}
choices!(PhysicalAddressSource);

message! {
    /// A parent or guardian.
    pub struct ParentGuardian in V2019 {
        /// Its GUID.
        ref_id: Uuid = "RefId",
        /// Name.
        name: PersonName = "Name",
        /// Parent, step-parent, grandparent …
        relationship_type: String = "RelationshipType" [Code("GuardianRelationshipType")],
        /// More about the relationship.
        description: Option<String> = "Description" [Line(250)],
        /// Does the student live there?
        resides_with: bool = "ResidesWith",
        /// Is the home phone the student's?
        has_same_home_phone: bool = "HasSameHomePhoneAsStudent",
        /// Home phone.
        home_phone: Option<String> = "HomePhone" [Line(20)],
        /// Mobile phone.
        mobile_phone: Option<String> = "MobilePhone" [Line(20)],
        /// Phone at work.
        work_phone: Option<String> = "WorkPhone" [Line(20)],
        /// E-mail.
        email: Option<String> = "EmailAddress" [Line(100)],
        /// Where the address comes from.
        physical_address_source: Option<PhysicalAddressSource> = "PhysicalAddressSource",
        /// The own address.
        physical_address: Option<GuardianAddress> = "PhysicalAddress",
        /// Until when; computed by PASI, ignored when sent.
        expiry_date: Option<Date> = "ExpiryDate",
        /// Until when, said by a person.
        expiry_date_override: Option<Date> = "ExpiryDateOverride",
        /// Taken out.
        is_deleted: bool = "IsDeleted",
    }
}

message! {
    /// A guardian's own address.
    pub struct GuardianAddress in V2019 {
        /// `ATS`, `Mail-CA`, `Mail-US`, `Mail-International`, `RuralAlbertaAddress`.
        address_format: String = "AddressFormat" [Code("AddressFormat")],
        /// Street, or the land location.
        street: Option<String> = "Street" [Line(140)],
        /// City.
        city: Option<String> = "City" [Line(60)],
        /// Province or state.
        state_province: Option<String> = "StateProvince" [Line(20)],
        /// Country.
        country: Option<String> = "Country" [Line(60)],
        /// Postal or zip code.
        postal_code: Option<String> = "PostalCode" [Line(15)],
    }
}
