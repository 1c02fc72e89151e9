//! One practice student as the province's record: the same facts as ours, in
//! the letters and forms that travel, so that nothing differs at the start.

use super::family::Loaded;
use ::enrolment::ExitKind;
use codes::{CodeSet, set};
use kernel::text::latin1;
use kernel::{Date, PersonName};
use pasi_reference::seed::SeedStudent;
use pasi_wire::messages as wire;
use people::{AddressKind, NewStudent, Person, PersonOf};
use std::collections::HashMap;

/// The persons of a family by id, for the children who only name them.
type Persons<'a> = HashMap<kernel::PersonId, &'a Person>;

/// The province's records of a family's students; nothing for one without an ASN.
pub(crate) fn students(family: &[Loaded], today: Date) -> Vec<SeedStudent> {
    let persons: Persons = family
        .iter()
        .flat_map(|loaded| &loaded.new.contacts)
        .filter_map(|contact| match &contact.person {
            PersonOf::New(id, person) => Some((*id, &**person)),
            PersonOf::Existing(_) => None,
        })
        .collect();
    family
        .iter()
        .filter_map(|loaded| student(loaded, &persons, today))
        .collect()
}

fn student(loaded: &Loaded, persons: &Persons, today: Date) -> Option<SeedStudent> {
    let new = &loaded.new;
    let asn = new.identity.asn?;
    let legal = new
        .names
        .first()
        .map(|(_, name)| sent(&name.name))
        .unwrap_or_default();
    let identification = wire::IdentificationRecord {
        name: legal,
        birth_date: new.identity.birth_date,
        gender: new.identity.gender.clone(),
        source_document_type: some(&new.identity.document_type),
        identity_document_ref_id: None,
    };
    let mut there = SeedStudent::new(asn, identification, loaded.enrol.enrol.start.min(today));
    there.other_names = other_names(new);
    there.addresses = addresses(new);
    there.phones = phones(new);
    there.emails = emails(new);
    there.citizenship = citizenships(new);
    there.section23_eligibility = some(&new.identity.section23);
    there.language_at_home = some(&new.identity.language_at_home);
    there.disclosure_restrictions = restrictions(new, today);
    there.guardians = guardians(new, persons);
    there.enrolments = enrolment(loaded).into_iter().collect();
    Some(there)
}

/// Empty text is no value.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| latin1(text))
}

fn sent(name: &PersonName) -> PersonName {
    PersonName {
        first: latin1(&name.first),
        middle: latin1(&name.middle),
        last: latin1(&name.last),
        suffix: latin1(&name.suffix),
    }
}

fn other_names(new: &NewStudent) -> Vec<wire::StudentName> {
    new.names
        .iter()
        .skip(1)
        .map(|(id, name)| wire::StudentName {
            ref_id: id.uuid(),
            name: sent(&name.name),
            is_preferred: name.is_preferred,
            is_legal: false,
            is_original: false,
            is_deleted: false,
            source_change_code: None,
            last_update_utc_time: None,
        })
        .collect()
}

fn addresses(new: &NewStudent) -> Vec<wire::StudentAddress> {
    new.addresses
        .iter()
        .map(|(id, address)| wire::StudentAddress {
            ref_id: id.uuid(),
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
        })
        .collect()
}

fn phones(new: &NewStudent) -> Vec<wire::StudentPhone> {
    new.phones
        .iter()
        .map(|(id, phone)| wire::StudentPhone {
            ref_id: id.uuid(),
            phone_type: phone.kind.clone(),
            number: phone.number.clone(),
            extension: some(&phone.extension),
            is_preferred: phone.is_preferred,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        })
        .collect()
}

fn emails(new: &NewStudent) -> Vec<wire::StudentEmail> {
    new.emails
        .iter()
        .enumerate()
        .map(|(place, (id, email))| wire::StudentEmail {
            ref_id: id.uuid(),
            address: email.address.clone(),
            is_preferred: place == 0,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        })
        .collect()
}

fn citizenships(new: &NewStudent) -> Vec<wire::CitizenshipStatus> {
    new.citizenships
        .iter()
        .map(|(id, citizenship)| wire::CitizenshipStatus {
            ref_id: id.uuid(),
            status: citizenship.status.clone(),
            effective_date: citizenship.effective_on,
            country: some(&citizenship.country),
            document_expiry_date: citizenship.document_expires_on,
            guardian_ref_id: None,
            guardian_status: None,
            created_by_organization: None,
            is_deleted: false,
        })
        .collect()
}

/// The notice itself stays at our doors.
fn restrictions(new: &NewStudent, today: Date) -> Vec<wire::DisclosureRestriction> {
    new.restrictions
        .iter()
        .map(|(id, restriction)| wire::DisclosureRestriction {
            ref_id: id.uuid(),
            code: restriction.code.as_str().to_owned(),
            details: None,
            effective_date: restriction.effective_on,
            expiry_date: restriction.expires_on,
            is_active: restriction.expires_on.is_none_or(|until| until >= today),
            is_deleted: false,
            last_update_utc_time: None,
        })
        .collect()
}

/// Contacts in a relationship the province knows.
fn guardians(new: &NewStudent, persons: &Persons) -> Vec<wire::ParentGuardian> {
    let known = |code: &str| set(CodeSet::GuardianRelationship).find(code).is_some();
    let has_home = new
        .addresses
        .iter()
        .any(|(_, address)| address.kind == AddressKind::Physical);
    new.contacts
        .iter()
        .filter(|contact| known(&contact.contact.relationship))
        .filter_map(|contact| {
            let person = persons.get(&contact.person.id())?;
            let tie = &contact.contact;
            let source = match (person.street.is_empty(), tie.lives_with && has_home) {
                (false, _) => Some(wire::PhysicalAddressSource::Own),
                (true, true) => Some(wire::PhysicalAddressSource::StudentPhysical),
                (true, false) => None,
            };
            Some(wire::ParentGuardian {
                ref_id: contact.id.uuid(),
                name: sent(&person.name),
                relationship_type: tie.relationship.clone(),
                description: None,
                resides_with: tie.lives_with,
                has_same_home_phone: false,
                home_phone: some(&person.home_phone),
                mobile_phone: some(&person.mobile_phone),
                work_phone: some(&person.work_phone),
                email: some(&person.email),
                physical_address: (source == Some(wire::PhysicalAddressSource::Own))
                    .then(|| own_address(person)),
                physical_address_source: source,
                expiry_date: None,
                expiry_date_override: tie.expires_on,
                is_deleted: false,
            })
        })
        .collect()
}

fn own_address(person: &Person) -> wire::GuardianAddress {
    wire::GuardianAddress {
        address_format: if person.country == "US" {
            "Mail-US"
        } else {
            "Mail-CA"
        }
        .to_owned(),
        street: some(&person.street),
        city: some(&person.city),
        state_province: some(&person.province),
        country: some(&person.country),
        postal_code: some(&person.postal_code),
    }
}

fn enrolment(loaded: &Loaded) -> Option<wire::StudentSchoolEnrolment> {
    let (ours, coding) = (&loaded.enrol.enrol, &loaded.enrol.enrol.coding);
    let code = loaded.school;
    let board = |code: &Option<String>| code.as_deref().and_then(|code| code.parse().ok());
    Some(wire::StudentSchoolEnrolment {
        ref_id: loaded.enrol.id.uuid(),
        asn: loaded.new.identity.asn?,
        school_code: code,
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
        calendar_ref_id: None,
        school_provided_program_percentage: coding
            .program_percentage
            .and_then(|part| u8::try_from(part).ok()),
        hours_of_instruction: coding
            .instruction_hours
            .and_then(|hours| u16::try_from(hours).ok()),
        is_deleted: false,
        source_change_code: None,
        extended: wire::EnrolmentExtras {
            local_student_id: loaded.new.local_number.clone(),
            resident_board: board(&coding.resident_board),
            francophone_board: board(&coding.francophone_board),
            fnmi_declaration: coding.indigenous_declaration.clone(),
            french_hours: coding.french_hours.and_then(|hours| u16::try_from(hours).ok()),
            enrolment_type_codes: coding.types.clone(),
            exception_codes: coding.exceptions.clone(),
            grants_program_codes: coding.grants.clone(),
            unknown: Vec::new(),
        },
        pasi_core_version: 0,
    })
}
