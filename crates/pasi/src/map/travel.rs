//! What we have in the form in which it travels: one record of ours, one of
//! the contract. The connector sends these, compares with these, and the
//! practice province is filled with these, so that nothing drifts apart.

use super::{medical, some};
use codes::CodeSet;
use enrolment::{Coding, Exit, ExitKind, Responsible};
use kernel::{Asn, Date, Grade, PersonName, SchoolCode, SchoolYear};
use pasi_wire::messages as wire;
use people::{
    Address, Citizenship, Contact, Email, Identity, MedicalAlert, Name, Person, Phone, Restriction,
};
use uuid::Uuid;

/// The name in letters PASI takes.
pub fn name(name: &PersonName) -> PersonName {
    let latin1 = |part: &str| kernel::text::latin1(part);
    PersonName {
        first: latin1(&name.first),
        middle: latin1(&name.middle),
        last: latin1(&name.last),
        suffix: latin1(&name.suffix),
    }
}

/// Legal name, birth date, gender as its letter (assumption `gender-letters`), and
/// the kind of document seen.
pub fn identification(identity: &Identity, legal: &PersonName) -> wire::IdentificationRecord {
    wire::IdentificationRecord {
        name: name(legal),
        birth_date: identity.birth_date,
        gender: identity.gender.clone(),
        source_document_type: some(&identity.document_type),
        identity_document_ref_id: None,
    }
}

/// A name other than the legal one; none while it must wait for consent: a
/// name asked for because of gender goes only once its consent state allows its use.
pub fn other_name(ref_id: Uuid, other: &Name, born: Date, today: Date) -> Option<wire::StudentName> {
    people::rules::may_use(other, born, today).then(|| wire::StudentName {
        ref_id,
        name: name(&other.name),
        is_preferred: other.is_preferred,
        is_legal: false,
        is_original: false,
        is_deleted: false,
        source_change_code: some(&other.source_change),
        last_update_utc_time: None,
    })
}

/// An address.
pub fn address(ref_id: Uuid, address: &Address) -> wire::StudentAddress {
    wire::StudentAddress {
        ref_id,
        address_type: address.kind.as_str().to_owned(),
        address_format: address.format.clone(),
        street: some(&address.street),
        city: some(&address.city),
        state_province: some(&address.province),
        country: some(&address.country),
        postal_code: some(&address.postal_code),
        latitude: None,
        longitude: None,
        effective_date: address.effective_on,
        expiry_date: None,
        expiry_date_override: address.expires_on,
        is_deleted: false,
        last_update_utc_time: None,
    }
}

/// A phone of the student, preferred as marked here (assumption `preferred-phone`).
pub fn phone(ref_id: Uuid, phone: &Phone) -> wire::StudentPhone {
    wire::StudentPhone {
        ref_id,
        phone_type: phone.kind.clone(),
        number: phone.number.clone(),
        extension: some(&phone.extension),
        is_preferred: phone.is_preferred,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

/// An e-mail of the student; the first is the one to write to.
pub fn email(ref_id: Uuid, email: &Email, is_first: bool) -> wire::StudentEmail {
    wire::StudentEmail {
        ref_id,
        address: email.address.clone(),
        is_preferred: is_first,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    }
}

/// A citizenship.
pub fn citizenship(ref_id: Uuid, citizenship: &Citizenship) -> wire::CitizenshipStatus {
    wire::CitizenshipStatus {
        ref_id,
        status: citizenship.status.clone(),
        effective_date: citizenship.effective_on,
        country: some(&citizenship.country),
        document_expiry_date: citizenship.document_expires_on,
        guardian_ref_id: None,
        guardian_status: None,
        created_by_organization: None,
        is_deleted: false,
    }
}

/// A disclosure restriction. The notice itself stays here: what must be said
/// at our doors is not the province's.
pub fn restriction(ref_id: Uuid, restriction: &Restriction, today: Date) -> wire::DisclosureRestriction {
    wire::DisclosureRestriction {
        ref_id,
        code: restriction.code.as_str().to_owned(),
        details: None,
        effective_date: restriction.effective_on,
        expiry_date: restriction.expires_on,
        is_active: restriction.expires_on.is_none_or(|until| until >= today),
        is_deleted: false,
        last_update_utc_time: None,
    }
}

/// A medical alert: how grave by its code, the rest line by line. Text longer
/// than the contract takes is not cut: PASI refuses it and a person shortens it.
pub fn medical_alert(ref_id: Uuid, alert: &MedicalAlert) -> wire::MedicalAlert {
    wire::MedicalAlert {
        ref_id,
        alert_type: medical::severity_code(alert.severity).to_owned(),
        details: some(&medical::details(alert)),
        effective_date: Some(alert.effective_on),
        expiry_date: alert.expires_on,
        is_deleted: false,
    }
}

/// Is it a relationship the province knows?
pub fn is_guardian(relationship: &str) -> bool {
    codes::set(CodeSet::GuardianRelationship)
        .find(relationship)
        .is_some()
}

/// A guardian; none for a contact in a relationship the province does not know.
/// `has_home` says whether the student has a physical address to live at.
pub fn guardian(
    ref_id: Uuid,
    tie: &Contact,
    person: &Person,
    has_home: bool,
) -> Option<wire::ParentGuardian> {
    if !is_guardian(&tie.relationship) {
        return None;
    }
    let source = match (person.street.is_empty(), tie.lives_with && has_home) {
        (false, _) => Some(wire::PhysicalAddressSource::Own),
        (true, true) => Some(wire::PhysicalAddressSource::StudentPhysical),
        (true, false) => None,
    };
    let has_own = source == Some(wire::PhysicalAddressSource::Own);
    Some(wire::ParentGuardian {
        ref_id,
        name: name(&person.name),
        relationship_type: tie.relationship.clone(),
        description: None,
        resides_with: tie.lives_with,
        has_same_home_phone: false,
        home_phone: some(&person.home_phone),
        mobile_phone: some(&person.mobile_phone),
        work_phone: some(&person.work_phone),
        email: some(&person.email),
        physical_address: has_own.then(|| own_address(person)),
        physical_address_source: source,
        expiry_date: None,
        expiry_date_override: tie.expires_on,
        is_deleted: false,
    })
}

fn own_address(person: &Person) -> wire::GuardianAddress {
    let format = if person.country == "US" {
        "Mail-US"
    } else {
        "Mail-CA"
    };
    wire::GuardianAddress {
        address_format: format.to_owned(),
        street: some(&person.street),
        city: some(&person.city),
        state_province: some(&person.province),
        country: some(&person.country),
        postal_code: some(&person.postal_code),
    }
}

/// What names an enrolment and says whose and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Its id.
    pub ref_id: Uuid,
    /// Whose.
    pub asn: Asn,
    /// Where.
    pub school: SchoolCode,
    /// In which year.
    pub year: SchoolYear,
    /// In which grade.
    pub grade: Grade,
    /// From when.
    pub start: Date,
    /// Until when, and why.
    pub exit: Option<Exit>,
    /// The operating schedule that is due where nobody chose one.
    pub schedule: Option<Uuid>,
    /// The number within the division.
    pub local_number: Option<String>,
    /// It does not count.
    pub is_deleted: bool,
}

/// An enrolment, made on version `pasi_core_version` of PASI's copy.
pub fn enrolment(ours: Enrolled, coding: &Coding, pasi_core_version: i64) -> wire::StudentSchoolEnrolment {
    let number = |value: Option<i32>| value.and_then(|value| u16::try_from(value).ok());
    wire::StudentSchoolEnrolment {
        ref_id: ours.ref_id,
        asn: ours.asn,
        school_code: ours.school,
        school_year: ours.year,
        grade: Some(ours.grade),
        registration_start_date: ours.start,
        registration_exit_date: ours.exit.map(|exit| exit.on),
        exit_date_type: match ours.exit.map(|exit| exit.kind) {
            Some(ExitKind::Withdrawal) => wire::ExitDateType::WithdrawalDate,
            Some(ExitKind::Completion) | None => wire::ExitDateType::CompletionDate,
        },
        programming_type: coding.programming_type.clone(),
        programming_timeframe: coding.programming_timeframe.clone(),
        calendar_ref_id: match &coding.operating_schedule {
            Some(chosen) => chosen.parse().ok(),
            None => ours.schedule,
        },
        school_provided_program_percentage: coding
            .program_percentage
            .and_then(|part| u8::try_from(part).ok()),
        hours_of_instruction: number(coding.instruction_hours),
        is_deleted: ours.is_deleted,
        source_change_code: coding.source_change.clone(),
        extended: extras(coding, ours.local_number),
        pasi_core_version,
    }
}

fn extras(coding: &Coding, local_number: Option<String>) -> wire::EnrolmentExtras {
    let board = |code: &Option<String>| code.as_deref().and_then(|code| code.parse().ok());
    wire::EnrolmentExtras {
        local_student_id: local_number.filter(|number| (1..=15).contains(&number.len())),
        resident_board: board(&coding.resident_board),
        francophone_board: board(&coding.francophone_board),
        fnmi_declaration: coding.indigenous_declaration.clone(),
        french_hours: coding.french_hours.and_then(|hours| u16::try_from(hours).ok()),
        enrolment_type_codes: coding.types.clone(),
        exception_codes: coding.exceptions.clone(),
        grants_program_codes: coding.grants.clone(),
        unknown: Vec::new(),
    }
}

/// A responsible school, made on version `pasi_core_version` of PASI's copy.
pub fn responsible_school(
    ours: &enrolment::ResponsibleSchool,
    asn: Asn,
    pasi_core_version: i64,
) -> wire::ResponsibleSchool {
    let mut record = wire::ResponsibleSchool {
        ref_id: ours.id.uuid(),
        asn,
        effective_date: ours.effective_on,
        has_responsible_school: match &ours.responsible {
            Responsible::Alberta { .. } | Responsible::Elsewhere { .. } => wire::HasResponsibleSchool::Yes,
            Responsible::Nobody => wire::HasResponsibleSchool::No,
            Responsible::Unknown => wire::HasResponsibleSchool::Unknown,
        },
        school_code: None,
        school_name: None,
        city: None,
        state_province: None,
        country: None,
        transition_reason: ours.transition_reason.clone(),
        is_deleted: ours.is_deleted,
        pasi_core_version,
    };
    match &ours.responsible {
        Responsible::Alberta { code } => record.school_code = Some(*code),
        Responsible::Elsewhere {
            name,
            city,
            province,
            country,
        } => {
            record.school_name = some(name);
            record.city = some(city);
            record.state_province = some(province);
            record.country = some(country);
        }
        Responsible::Nobody | Responsible::Unknown => {}
    }
    record
}
