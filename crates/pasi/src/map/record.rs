//! The student's sub-records as they travel. One that we took out is deleted
//! at PASI by PASI's own copy of it.

use super::some;
use super::submit::name_sent;
use pasi_wire::messages as wire;
use people::{AddressKind, Record, Student};
use uuid::Uuid;

/// Is it a relationship the province knows?
pub(super) fn is_guardian(relationship: &str) -> bool {
    codes::set(codes::CodeSet::GuardianRelationship)
        .find(relationship)
        .is_some()
}

fn of<I: Copy, V>(records: &[Record<I, V>], record: Uuid, uuid: impl Fn(I) -> Uuid) -> Option<&V> {
    records
        .iter()
        .find(|kept| uuid(kept.id) == record)
        .map(|kept| &kept.value)
}

/// A record we took out is deleted at PASI, by PASI's own copy of it.
fn deleted<T: Clone>(
    held: Option<&wire::Student>,
    all: impl Fn(&wire::Student) -> &Vec<T>,
    is: impl Fn(&T) -> bool,
    delete: impl Fn(&mut T),
) -> Option<T> {
    let mut copy = all(held?).iter().find(|copy| is(copy))?.clone();
    delete(&mut copy);
    Some(copy)
}

/// A name other than the legal one; none while it must wait for consent.
pub(super) fn name(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
    today: kernel::Date,
) -> Option<wire::StudentName> {
    let Some(name) = of(&ours.names, record, kernel::NameId::uuid) else {
        let is_it = |name: &wire::StudentName| name.ref_id == record && !name.is_legal;
        return deleted(
            held,
            |student| &student.names,
            is_it,
            |name| name.is_deleted = true,
        );
    };
    // A name asked for because of gender goes only once its consent state allows its use.
    if !people::rules::may_use(name, ours.identity.birth_date, today) {
        return None;
    }
    Some(wire::StudentName {
        ref_id: record,
        name: name_sent(&name.name),
        is_preferred: name.is_preferred,
        is_legal: false,
        is_original: false,
        is_deleted: false,
        source_change_code: None,
        last_update_utc_time: None,
    })
}

pub(super) fn address(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::StudentAddress> {
    let Some(address) = of(&ours.addresses, record, kernel::AddressId::uuid) else {
        return deleted(
            held,
            |student| &student.addresses,
            |address| address.ref_id == record,
            |address| address.is_deleted = true,
        );
    };
    Some(wire::StudentAddress {
        ref_id: record,
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
}

pub(super) fn phone(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::StudentPhone> {
    let Some(phone) = of(&ours.phones, record, kernel::PhoneId::uuid) else {
        return deleted(
            held,
            |student| &student.phones,
            |phone| phone.ref_id == record,
            |phone| phone.is_deleted = true,
        );
    };
    Some(wire::StudentPhone {
        ref_id: record,
        phone_type: phone.kind.clone(),
        number: phone.number.clone(),
        extension: some(&phone.extension),
        is_preferred: phone.is_preferred,
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    })
}

pub(super) fn email(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::StudentEmail> {
    let Some(email) = of(&ours.emails, record, kernel::EmailId::uuid) else {
        return deleted(
            held,
            |student| &student.emails,
            |email| email.ref_id == record,
            |email| email.is_deleted = true,
        );
    };
    Some(wire::StudentEmail {
        ref_id: record,
        address: email.address.clone(),
        is_preferred: ours.emails.first().is_some_and(|first| first.id.uuid() == record),
        effective_date: None,
        expiry_date: None,
        is_deleted: false,
    })
}

pub(super) fn citizenship(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::CitizenshipStatus> {
    let Some(citizenship) = of(&ours.citizenships, record, kernel::CitizenshipId::uuid) else {
        return deleted(
            held,
            |student| &student.citizenship,
            |status| status.ref_id == record,
            |status| status.is_deleted = true,
        );
    };
    Some(wire::CitizenshipStatus {
        ref_id: record,
        status: citizenship.status.clone(),
        effective_date: citizenship.effective_on,
        country: some(&citizenship.country),
        document_expiry_date: citizenship.document_expires_on,
        guardian_ref_id: None,
        guardian_status: None,
        created_by_organization: None,
        is_deleted: false,
    })
}

/// The notice itself stays here: what must be said at our doors is not the province's.
pub(super) fn restriction(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
    today: kernel::Date,
) -> Option<wire::DisclosureRestriction> {
    let Some(restriction) = of(&ours.restrictions, record, kernel::RestrictionId::uuid) else {
        return deleted(
            held,
            |student| &student.disclosure_restrictions,
            |kept| kept.ref_id == record,
            |kept| {
                kept.is_deleted = true;
                kept.is_active = false;
            },
        );
    };
    Some(wire::DisclosureRestriction {
        ref_id: record,
        code: restriction.code.as_str().to_owned(),
        details: None,
        effective_date: restriction.effective_on,
        expiry_date: restriction.expires_on,
        is_active: restriction.expires_on.is_none_or(|until| until >= today),
        is_deleted: false,
        last_update_utc_time: None,
    })
}

pub(super) fn guardian(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::ParentGuardian> {
    let found = ours
        .contacts
        .iter()
        .find(|contact| contact.contact.id.uuid() == record);
    let Some(contact) = found.filter(|contact| is_guardian(&contact.contact.value.relationship)) else {
        return deleted(
            held,
            |student| &student.guardians,
            |guardian| guardian.ref_id == record,
            |guardian| guardian.is_deleted = true,
        );
    };
    let (tie, person) = (&contact.contact.value, &contact.person.value);
    let own = wire::GuardianAddress {
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
    };
    let source = if !person.street.is_empty() {
        Some(wire::PhysicalAddressSource::Own)
    } else if tie.lives_with
        && ours
            .addresses
            .iter()
            .any(|address| address.value.kind == AddressKind::Physical)
    {
        Some(wire::PhysicalAddressSource::StudentPhysical)
    } else {
        None
    };
    Some(wire::ParentGuardian {
        ref_id: record,
        name: name_sent(&person.name),
        relationship_type: tie.relationship.clone(),
        description: None,
        resides_with: tie.lives_with,
        has_same_home_phone: false,
        home_phone: some(&person.home_phone),
        mobile_phone: some(&person.mobile_phone),
        work_phone: some(&person.work_phone),
        email: some(&person.email),
        physical_address: (source == Some(wire::PhysicalAddressSource::Own)).then_some(own),
        physical_address_source: source,
        expiry_date: None,
        expiry_date_override: tie.expires_on,
        is_deleted: false,
    })
}
