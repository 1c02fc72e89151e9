//! PASI's side of a difference becomes ours. PASI is not told its own news.

mod around;
mod course_enrolment;
mod enrolment_fields;
mod medical;

use crate::difference::Difference;
use crate::{map, mirror};
use access::Permit;
use access::action::{EditStudents, ManageEnrolment};
use db::{Reading, Tx};
use enrolment::rules::OursAlone;
use kernel::{AddressId, EmailId, Failure, NameId, Outcome, PhoneId, ResponsibleSchoolId, StudentId};
use pasi_wire::messages as wire;
use pasi_wire::window::NotificationType;
use people::{Address, AddressKind, ChangeIdentity, Email, Name, NameChange, NameKind, On, Phone};

/// A save of something that PASI said.
fn on<I>(student: StudentId, id: I, seen: i64) -> On<I> {
    On::seen(student, id, seen).because("PASI").from_province()
}

/// PASI's side of differences of one record becomes ours; every other field
/// of the record stays as it is.
pub(crate) fn theirs(tx: &mut Tx, student: StudentId, of_record: &[&Difference]) -> Outcome<()> {
    let Some(first) = of_record.first() else {
        return Ok(());
    };
    let (kind, key) = (first.record_kind.as_str(), first.record_key.as_str());
    let fields: Vec<&str> = of_record.iter().map(|one| one.field.as_str()).collect();
    if kind == "enrolment" {
        return enrolment_fields::take(tx, student, key, &fields);
    }
    if kind == crate::classes::SEAT {
        return course_enrolment::take(tx, student, key, &fields);
    }
    for field in fields {
        match kind {
            "student" => of_student(tx, student, field),
            "name" => around::name(tx, student, key),
            "guardian" => around::guardian(tx, student, field, key),
            "citizenship" => around::citizenship(tx, student, key),
            "restriction" => around::restriction(tx, student, key),
            "medical" => medical::alert(tx, student, key),
            "responsible-school" => responsible_school(tx, student, key),
            other => Err(Failure::Fault(format!("pasi_difference.record_kind {other}"))),
        }?;
    }
    Ok(())
}

/// PASI's copy of the student.
pub(crate) fn copy_of(at: &mut impl Reading, student: StudentId) -> Outcome<wire::Student> {
    let asn = map::asn_of(at, student)?.ok_or(Failure::NotFound)?;
    let copy = mirror::mirrored::<wire::Student>(at, NotificationType::Student, asn.as_str())?;
    Ok(copy.ok_or(Failure::NotFound)?.record)
}

/// PASI's value of a field of the student becomes ours.
fn of_student(tx: &mut Tx, student: StudentId, field: &str) -> Outcome<()> {
    let theirs = copy_of(tx, student)?;
    let edit = map::program::<EditStudents>(tx)?;
    let ours = map::load(tx, student)?;
    let mut identity = ours.identity.clone();
    match field {
        "asn" => return map::take_asn(tx, student, map::asn_theirs(&theirs)),
        "birth-date" => identity.birth_date = theirs.identification.birth_date,
        "gender" => identity.gender.clone_from(&theirs.identification.gender),
        "language" => identity.language_at_home = theirs.language_at_home.clone().unwrap_or_default(),
        "section23" => identity.section23 = theirs.section23_eligibility.clone().unwrap_or_default(),
        "legal-name" => return take_legal_name(tx, &edit, &ours, &theirs),
        "preferred-name" => return take_preferred_name(tx, &edit, &ours, &theirs),
        "mailing-address" => return take_address(tx, &edit, &ours, &theirs, AddressKind::Mailing),
        "physical-address" => return take_address(tx, &edit, &ours, &theirs, AddressKind::Physical),
        "phone" => return take_phones(tx, &edit, &ours, &theirs),
        "email" => return take_emails(tx, &edit, &ours, &theirs),
        "deceased" => {
            let day = theirs.date_of_death.filter(|_| theirs.is_deceased);
            return people::mark_deceased(tx, &edit, &on(student, student, ours.version), day).map(|_| ());
        }
        other => return Err(Failure::Fault(format!("pasi_difference.field {other}"))),
    }
    let change = ChangeIdentity {
        identity,
        document_last_four: None,
    };
    people::change_identity(tx, &edit, &on(student, student, ours.version), &change).map(|_| ())
}

fn take_legal_name(
    tx: &mut Tx,
    edit: &Permit<EditStudents>,
    ours: &people::Student,
    theirs: &wire::Student,
) -> Outcome<()> {
    let legal = ours
        .names
        .iter()
        .find(|name| name.value.kind == NameKind::Legal)
        .ok_or(Failure::NotFound)?;
    let mut name = legal.value.clone();
    name.name = theirs.identification.name.clone();
    people::change_name(
        tx,
        edit,
        &on(ours.id, legal.id, legal.version),
        (&name, NameChange::Correction),
        &people::rules::OursAlone,
    )
    .map(|_| ())
}

fn take_preferred_name(
    tx: &mut Tx,
    edit: &Permit<EditStudents>,
    ours: &people::Student,
    theirs: &wire::Student,
) -> Outcome<()> {
    let Some(preferred) = theirs
        .names
        .iter()
        .find(|name| name.is_preferred && !name.is_deleted)
    else {
        return Ok(());
    };
    let is_it = |name: &people::Record<NameId, Name>| {
        name.id.uuid() == preferred.ref_id || (preferred.is_legal && name.value.kind == NameKind::Legal)
    };
    match ours.names.iter().find(|name| is_it(name)) {
        Some(kept) if kept.value.kind == NameKind::Legal => {
            people::prefer_name(tx, edit, &on(ours.id, kept.id, kept.version))
        }
        Some(kept) => {
            let name = Name {
                is_preferred: true,
                name: preferred.name.clone(),
                ..kept.value.clone()
            };
            people::change_name(
                tx,
                edit,
                &on(ours.id, kept.id, kept.version),
                (&name, NameChange::Correction),
                &people::rules::OursAlone,
            )
        }
        None => {
            let name = Name::other(preferred.name.clone(), true);
            people::add_name(
                tx,
                edit,
                &on(ours.id, NameId::from_uuid(preferred.ref_id), 0),
                &name,
                &people::rules::OursAlone,
            )
        }
    }
    .map(|_| ())
}

fn take_address(
    tx: &mut Tx,
    edit: &Permit<EditStudents>,
    ours: &people::Student,
    theirs: &wire::Student,
    kind: AddressKind,
) -> Outcome<()> {
    let today = tx.today();
    let Some(there) = map::address_theirs(theirs, kind, today) else {
        return match ours.address_on(kind, today) {
            Some(kept) => people::remove_address(tx, edit, &on(ours.id, kept.id, kept.version)).map(|_| ()),
            None => Ok(()),
        };
    };
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let value = Address {
        kind,
        format: there.address_format.clone(),
        street: text(&there.street),
        city: text(&there.city),
        province: text(&there.state_province),
        postal_code: text(&there.postal_code),
        country: text(&there.country),
        effective_on: there.effective_date,
        expires_on: there.expiry_date_override,
    };
    let id = AddressId::from_uuid(there.ref_id);
    let seen = ours
        .addresses
        .iter()
        .find(|kept| kept.id == id)
        .map_or(0, |kept| kept.version);
    people::set_address(
        tx,
        edit,
        &on(ours.id, id, seen),
        &value,
        &people::rules::OursAlone,
    )
    .map(|_| ())
}

fn take_phones(
    tx: &mut Tx,
    edit: &Permit<EditStudents>,
    ours: &people::Student,
    theirs: &wire::Student,
) -> Outcome<()> {
    let there: Vec<&wire::StudentPhone> = theirs.phones.iter().filter(|phone| !phone.is_deleted).collect();
    for kept in &ours.phones {
        if !there.iter().any(|phone| phone.number == kept.value.number) {
            people::remove_phone(tx, edit, &on(ours.id, kept.id, kept.version))?;
        }
    }
    for phone in there {
        if !ours.phones.iter().any(|kept| kept.value.number == phone.number) {
            let value = Phone {
                kind: phone.phone_type.clone(),
                number: phone.number.clone(),
                extension: phone.extension.clone().unwrap_or_default(),
                is_preferred: phone.is_preferred,
                is_listed: true,
            };
            let id = free(
                phone.ref_id,
                ours.phones.iter().map(|kept| kept.id.uuid()),
                PhoneId::fresh(tx.now()).uuid(),
            );
            people::set_phone(
                tx,
                edit,
                &on(ours.id, PhoneId::from_uuid(id), 0),
                &value,
                &people::rules::OursAlone,
            )?;
        }
    }
    Ok(())
}

fn take_emails(
    tx: &mut Tx,
    edit: &Permit<EditStudents>,
    ours: &people::Student,
    theirs: &wire::Student,
) -> Outcome<()> {
    let there: Vec<&wire::StudentEmail> = theirs.emails.iter().filter(|email| !email.is_deleted).collect();
    for kept in &ours.emails {
        if !there.iter().any(|email| email.address == kept.value.address) {
            people::remove_email(tx, edit, &on(ours.id, kept.id, kept.version))?;
        }
    }
    for email in there {
        if !ours.emails.iter().any(|kept| kept.value.address == email.address) {
            let value = Email {
                kind: "Personal".to_owned(),
                address: email.address.clone(),
            };
            let id = free(
                email.ref_id,
                ours.emails.iter().map(|kept| kept.id.uuid()),
                EmailId::fresh(tx.now()).uuid(),
            );
            people::set_email(
                tx,
                edit,
                &on(ours.id, EmailId::from_uuid(id), 0),
                &value,
                &people::rules::OursAlone,
            )?;
        }
    }
    Ok(())
}

/// PASI's `RefId`, so that both sides name the record alike; another when ours has taken it.
fn free(theirs: uuid::Uuid, mut ours: impl Iterator<Item = uuid::Uuid>, fresh: uuid::Uuid) -> uuid::Uuid {
    if ours.any(|id| id == theirs) {
        fresh
    } else {
        theirs
    }
}

/// PASI's copy of a responsible school becomes ours, whole.
fn responsible_school(tx: &mut Tx, student: StudentId, key: &str) -> Outcome<()> {
    let kind = NotificationType::ResponsibleSchool;
    let copy = mirror::mirrored::<wire::ResponsibleSchool>(tx, kind, key)?;
    let theirs = copy.map(|copy| copy.record).filter(|theirs| !theirs.is_deleted);
    let (permit, view) = (map::program::<ManageEnrolment>(tx)?, map::program(tx)?);
    let id = ResponsibleSchoolId::from_uuid(key.parse().map_err(|_| Failure::NotFound)?);
    let all = enrolment::responsible_schools(tx, &view, student)?;
    let kept = all.into_iter().find(|record| record.id == id);
    let seen = kept.as_ref().map_or(0, |kept| kept.known.version);
    let at = |seen: i64| on(student, id, seen);
    let saved = match (theirs, kept) {
        (None, None) => return Ok(()),
        (None, Some(_)) => enrolment::delete_responsible_school(tx, &permit, &at(seen), &OursAlone)?,
        (Some(theirs), None) => {
            let set = map::responsible_theirs(&theirs);
            enrolment::add_responsible_school(tx, &permit, &at(0), set, &OursAlone)?
        }
        (Some(theirs), Some(kept)) => {
            let seen = if kept.is_deleted {
                let restored = enrolment::restore_responsible_school(tx, &permit, &at(seen), &OursAlone)?;
                restored.record.known.version
            } else {
                seen
            };
            let set = map::responsible_theirs(&theirs);
            enrolment::change_responsible_school(tx, &permit, &at(seen), set, &OursAlone)?
        }
    };
    drop(saved);
    Ok(())
}
