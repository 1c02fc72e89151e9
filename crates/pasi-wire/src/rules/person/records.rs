//! The sub-records of a student as they are sent, each judged whole.

use super::{AddressFacts, address, email, extension, name, period, phone};
use crate::messages::{
    CitizenshipStatus, DisclosureRestriction, IdentificationRecord, MedicalAlert, ParentGuardian,
    StudentAddress, StudentEmail, StudentPhone,
};
use crate::rules::submit::structure;
use kernel::{Date, Findings};

/// Judges an address: its format (3002) and whether the province lies in the
/// country (11012).
pub fn student_address(sent: &StudentAddress, today: Date) -> Findings {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let parts = [
        &sent.street,
        &sent.city,
        &sent.state_province,
        &sent.country,
        &sent.postal_code,
    ]
    .map(text);
    let [street, city, state_province, country, postal_code] = &parts;
    let facts = AddressFacts {
        format: &sent.address_format,
        street,
        city,
        state_province,
        country,
        postal_code,
        effective: Some(sent.effective_date),
        expiry: sent.expiry_date_override,
        until: sent.expiry_date,
    };
    address(&facts, today)
}

/// Judges a phone: number, extension and period.
pub fn phone_record(sent: &StudentPhone) -> Findings {
    let mut found = lasts(sent.effective_date, sent.expiry_date);
    found.extend(phone("number", &sent.number));
    found.extend(
        sent.extension
            .as_deref()
            .and_then(|digits| extension("extension", digits)),
    );
    found
}

/// Judges an e-mail: address and period.
pub fn email_record(sent: &StudentEmail) -> Findings {
    let mut found = lasts(sent.effective_date, sent.expiry_date);
    found.extend(email("address", &sent.address).0);
    found
}

/// Judges a citizenship: its document ends after it begins to hold.
pub fn citizenship(sent: &CitizenshipStatus) -> Findings {
    let ends = period(
        "document_expiry_date",
        Some(sent.effective_date),
        sent.document_expiry_date,
    );
    ends.into_iter().collect()
}

/// Judges a disclosure restriction: it ends after it begins.
pub fn restriction(sent: &DisclosureRestriction) -> Findings {
    lasts(Some(sent.effective_date), sent.expiry_date)
}

/// Judges a medical alert: it ends after it begins.
pub fn medical_alert(sent: &MedicalAlert) -> Findings {
    lasts(sent.effective_date, sent.expiry_date)
}

/// Judges a guardian: name, phones, e-mail.
pub fn guardian(sent: &ParentGuardian) -> Findings {
    let mut found = name(&sent.name);
    let phones = [
        ("home_phone", sent.home_phone.as_deref()),
        ("mobile_phone", sent.mobile_phone.as_deref()),
        ("work_phone", sent.work_phone.as_deref()),
    ];
    found.extend(reached_by(phones, sent.email.as_deref()).0);
    found
}

/// Judges what a guardian is reached by.
pub fn reached_by(phones: [(&str, Option<&str>); 3], address: Option<&str>) -> Findings {
    let mut found = Findings::default();
    for (field, number) in phones {
        found.extend(number.and_then(|number| phone(field, number)));
    }
    if let Some(address) = address {
        found.extend(email("email", address).0);
    }
    found
}

/// Judges a legal identity by itself: the name, and a birth date that is not ahead.
pub fn identification(sent: &IdentificationRecord, today: Date) -> Findings {
    let mut found = name(&sent.name);
    if sent.birth_date > today {
        found.push(structure("birth_date", "a birth date is not in the future"));
    }
    found
}

/// Judges from when until when something holds: it ends after it begins.
pub fn lasts(effective: Option<Date>, expiry: Option<Date>) -> Findings {
    period("expiry", effective, expiry).into_iter().collect()
}
