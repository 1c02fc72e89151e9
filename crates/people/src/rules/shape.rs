//! Shapes of phone numbers and e-mail addresses.

use super::at_most;
use crate::model::{Email, Phone};
use codes::{CodeSet, set};
use kernel::{Finding, Findings};

/// Kinds of e-mail.
const EMAIL_KINDS: &[&str] = &["Personal", "School", "Home", "Work", "Other"];

/// Judges a phone of a student.
pub fn phone(phone: &Phone) -> Findings {
    let mut found = Findings::default();
    if set(CodeSet::PhoneType).find(&phone.kind).is_none() {
        found.push(Finding::refuse("LP-0232", "kind"));
    }
    found.extend(phone_number("number", &phone.number));
    let digits = phone.extension.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || phone.extension.len() > 8 {
        found.push(Finding::refuse("LP-0231", "extension"));
    }
    found
}

/// Digits and a leading `+` only; exactly ten when it starts with 2 to 9. PASI 1.9.
pub fn phone_number(field: &str, number: &str) -> Option<Finding> {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let local = matches!(number.bytes().next(), Some(b'2'..=b'9'));
    let length = if local {
        digits.len() == 10
    } else {
        (8..=15).contains(&digits.len())
    };
    (!plain || !length).then(|| Finding::refuse("LP-0230", field))
}

/// The digits of a typed phone number; a leading 1 of North America is dropped, a leading `+` of elsewhere kept.
pub(crate) fn tidy_phone(typed: &str) -> String {
    let abroad = typed.trim_start().starts_with('+');
    let digits: String = typed
        .chars()
        .filter(|letter| !" -().\u{a0}·+".contains(*letter))
        .collect();
    match digits.strip_prefix('1') {
        Some(rest) if rest.len() == 10 && rest.bytes().all(|byte| byte.is_ascii_digit()) => rest.to_owned(),
        _ if abroad => format!("+{digits}"),
        _ => digits,
    }
}

/// Judges an e-mail of a student.
pub fn email_value(email: &Email) -> Findings {
    let mut found = Findings::default();
    if !EMAIL_KINDS.contains(&email.kind.as_str()) {
        found.push(Finding::refuse("LP-0236", "kind"));
    }
    found.extend(self::email("address", &email.address));
    at_most("address", &email.address, 254, &mut found);
    found
}

/// One `@`, something before it, a dotted place after it, no blanks.
pub fn email(field: &str, address: &str) -> Option<Finding> {
    let shaped = address.split_once('@').is_some_and(|(name, place)| {
        let labels = place.split('.').all(|label| !label.is_empty());
        !name.is_empty() && place.contains('.') && labels && !place.contains('@')
    });
    let clean = !address
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control());
    (!shaped || !clean).then(|| Finding::refuse("LP-0235", field))
}
