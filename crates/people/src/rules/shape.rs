//! Kinds of phones and e-mails, and phone numbers as they are typed.

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
    found
}

/// A number from elsewhere has 8 to 15 digits (E.164); all else of its shape
/// is the province's to judge.
pub fn phone_number(field: &str, number: &str) -> Option<Finding> {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let is_from_here = matches!(number.bytes().next(), Some(b'2'..=b'9'));
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !is_from_here && !(8..=15).contains(&digits.len()))
        .then(|| Finding::refuse("LP-0233", field))
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

/// Judges what kind of e-mail of a student it is.
pub fn email_kind(email: &Email) -> Findings {
    let mut found = Findings::default();
    if !EMAIL_KINDS.contains(&email.kind.as_str()) {
        found.push(Finding::refuse("LP-0236", "kind"));
    }
    found
}
