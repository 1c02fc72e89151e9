//! The student's sub-records as a submit carries them. One that we took out is
//! deleted at PASI by PASI's own copy of it.

use super::pair;
use super::travel;
use pasi_wire::messages as wire;
use people::{AddressKind, Record, Student, StudentContact};
use uuid::Uuid;

fn of<I: Copy, V>(records: &[Record<I, V>], record: Uuid, uuid: impl Fn(I) -> Uuid) -> Option<&V> {
    records
        .iter()
        .find(|kept| uuid(kept.id) == record)
        .map(|kept| &kept.value)
}

/// A record we took out, as PASI's own copy of it, deleted; none when PASI has none.
fn taken_out<T: Clone>(all: Option<&Vec<T>>, is: impl Fn(&T) -> bool, delete: impl Fn(&mut T)) -> Option<T> {
    let mut copy = all?.iter().find(|copy| is(copy))?.clone();
    delete(&mut copy);
    Some(copy)
}

pub(super) fn name(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
    today: kernel::Date,
) -> Option<wire::StudentName> {
    match of(&ours.names, record, kernel::NameId::uuid) {
        Some(name) => travel::other_name(record, name, ours.identity.birth_date, today),
        None => taken_out(
            held.map(|held| &held.names),
            |name| name.ref_id == record && !name.is_legal,
            |name| name.is_deleted = true,
        ),
    }
}

pub(super) fn address(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::StudentAddress> {
    match of(&ours.addresses, record, kernel::AddressId::uuid) {
        Some(address) => Some(travel::address(record, address)),
        None => taken_out(
            held.map(|held| &held.addresses),
            |address| address.ref_id == record,
            |address| address.is_deleted = true,
        ),
    }
}

pub(super) fn phone(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::StudentPhone> {
    match of(&ours.phones, record, kernel::PhoneId::uuid) {
        Some(phone) => Some(travel::phone(record, phone)),
        None => taken_out(
            held.map(|held| &held.phones),
            |phone| phone.ref_id == record,
            |phone| phone.is_deleted = true,
        ),
    }
}

pub(super) fn email(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::StudentEmail> {
    let is_first = ours.emails.first().is_some_and(|first| first.id.uuid() == record);
    match of(&ours.emails, record, kernel::EmailId::uuid) {
        Some(email) => Some(travel::email(record, email, is_first)),
        None => taken_out(
            held.map(|held| &held.emails),
            |email| email.ref_id == record,
            |email| email.is_deleted = true,
        ),
    }
}

pub(super) fn citizenship(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
) -> Option<wire::CitizenshipStatus> {
    match of(&ours.citizenships, record, kernel::CitizenshipId::uuid) {
        Some(citizenship) => Some(travel::citizenship(record, citizenship)),
        None => taken_out(
            held.map(|held| &held.citizenship),
            |status| status.ref_id == record,
            |status| status.is_deleted = true,
        ),
    }
}

pub(super) fn restriction(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
    today: kernel::Date,
) -> Option<wire::DisclosureRestriction> {
    match of(&ours.restrictions, record, kernel::RestrictionId::uuid) {
        Some(restriction) => Some(travel::restriction(record, restriction, today)),
        None => taken_out(
            held.map(|held| &held.disclosure_restrictions),
            |kept| kept.ref_id == record,
            |kept| {
                kept.is_deleted = true;
                kept.is_active = false;
            },
        ),
    }
}

/// A guardian by our id, or by PASI's id of the same person. One whom PASI
/// has under an id of its own goes only when a person decided so: what PASI
/// says of the person has stood beside ours then.
pub(super) fn guardian(
    ours: &Student,
    held: Option<&wire::Student>,
    record: Uuid,
    is_decided: bool,
) -> Option<wire::ParentGuardian> {
    let known = held.map(|held| held.guardians.as_slice()).unwrap_or_default();
    let pair = ours.contacts.iter().find_map(|contact| {
        let own = contact.contact.id.uuid();
        let there = pair::same_guardian(ours, contact, known).map_or(own, |there| there.ref_id);
        (own == record || there == record).then_some((contact, own, there))
    });
    let sent = pair.and_then(|(contact, own, there)| {
        let sent = guardian_of(ours, contact, there)?;
        Some((sent, own == there))
    });
    match sent {
        Some((sent, is_own)) => Some(sent).filter(|_| is_own || is_decided),
        None => taken_out(
            held.map(|held| &held.guardians),
            |guardian| guardian.ref_id == record,
            |guardian| guardian.is_deleted = true,
        ),
    }
}

/// A contact as PASI's guardian under an id.
pub(super) fn guardian_of(
    ours: &Student,
    contact: &StudentContact,
    ref_id: Uuid,
) -> Option<wire::ParentGuardian> {
    let has_home = ours
        .addresses
        .iter()
        .any(|address| address.value.kind == AddressKind::Physical);
    travel::guardian(ref_id, &contact.contact.value, &contact.person.value, has_home)
}
