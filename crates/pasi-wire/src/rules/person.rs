//! Rules of a student's names, phones, addresses, and of duplicates.

mod records;

pub use records::{
    citizenship, email_record, guardian, identification, lasts, medical_alert, phone_record, reached_by,
    restriction, student_address,
};

use super::submit::{line, structure};
use super::{finding, finding_at};
use crate::messages::DocumentTypeInfo;
use kernel::{Asn, Date, Finding, Findings, PersonName};

/// Longest first, middle or last name.
const NAME_MAX: usize = 50;
/// Longest suffix.
const SUFFIX_MAX: usize = 10;

/// Judges a name: first and last given, text rule, letters (accented ones too),
/// hyphen, apostrophe, period and space alone. Fields are `first`, `middle`,
/// `last`, `suffix`.
pub fn name(name: &PersonName) -> Findings {
    let mut found = Findings::default();
    for (field, part, max, is_mandatory) in [
        ("first", &name.first, NAME_MAX, true),
        ("middle", &name.middle, NAME_MAX, false),
        ("last", &name.last, NAME_MAX, true),
        ("suffix", &name.suffix, SUFFIX_MAX, false),
    ] {
        if part.is_empty() {
            if is_mandatory {
                found.push(structure(field, "mandatory"));
            }
            continue;
        }
        let wrong = line(field, part, max);
        let is_text = wrong.is_empty();
        found.extend(wrong);
        if let Some(letter) = part
            .chars()
            .find(|letter| !is_name_letter(*letter))
            .filter(|_| is_text)
        {
            found.push(structure(
                field,
                format_args!("{letter:?} is not a letter of a name"),
            ));
        } else if is_text && !part.chars().any(char::is_alphabetic) && field != "suffix" {
            found.push(structure(field, "a name without letters"));
        }
    }
    found
}

fn is_name_letter(letter: char) -> bool {
    letter.is_alphabetic() || matches!(letter, '-' | '\'' | '.' | ' ')
}

/// Judges a phone number: digits, `+` first alone; ten digits when the first is 2 to 9.
pub fn phone(field: &str, number: &str) -> Option<Finding> {
    let check = match number.as_bytes() {
        [] => "mandatory",
        [first, rest @ ..] if rest.iter().all(u8::is_ascii_digit) => match first {
            b'2'..=b'9' if number.len() != 10 => "a number that begins with 2 to 9 has ten digits",
            b'+' if rest.is_empty() => "digits must follow the plus sign",
            b'+' | b'0'..=b'9' => return None,
            _ => "only digits, and a plus sign at the start",
        },
        _ => "only digits, and a plus sign at the start",
    };
    Some(structure(field, check))
}

/// Longest e-mail address (RFC 5321, path).
const EMAIL_MAX: usize = 254;

/// Judges an e-mail address: one `@`, something before it, a dotted place
/// after it, no blanks.
pub fn email(field: &str, address: &str) -> Findings {
    let is_shaped = address.split_once('@').is_some_and(|(name, place)| {
        let has_labels = place.split('.').all(|label| !label.is_empty());
        !name.is_empty() && place.contains('.') && has_labels && !place.contains('@')
    });
    let is_clean = !address.chars().any(char::is_whitespace);
    let mut found: Findings = line(field, address, EMAIL_MAX).into_iter().collect();
    if found.is_empty() && !(is_shaped && is_clean) {
        found.push(structure(field, "an e-mail address is like name@place.ca"));
    }
    found
}

/// Longest extension.
const EXTENSION_MAX: usize = 8;

/// Judges an extension: at most eight digits.
pub fn extension(field: &str, extension: &str) -> Option<Finding> {
    let has_digits = !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_digit());
    let is_right = has_digits && extension.len() <= EXTENSION_MAX;
    (!is_right).then(|| structure(field, "only digits, at most eight"))
}

/// Judges a period: the expiry is later than the effective date.
pub fn period(field: &str, effective: Option<Date>, expiry: Option<Date>) -> Option<Finding> {
    match (effective, expiry) {
        (Some(effective), Some(expiry)) if expiry <= effective => {
            Some(structure(field, "the end must be later than the beginning"))
        }
        _ => None,
    }
}

/// An address as it is judged; texts empty when absent.
#[derive(Debug, Clone, Copy, Default)]
pub struct AddressFacts<'a> {
    /// `ATS`, `Mail-CA`, `Mail-US`, `Mail-International` or `RuralAlbertaAddress`.
    pub format: &'a str,
    /// Street, or the land location.
    pub street: &'a str,
    /// City.
    pub city: &'a str,
    /// Province or state.
    pub state_province: &'a str,
    /// Country.
    pub country: &'a str,
    /// Postal or zip code.
    pub postal_code: &'a str,
    /// First day.
    pub effective: Option<Date>,
    /// Last day, as somebody said.
    pub expiry: Option<Date>,
    /// Last day as computed from the next address; none while it holds.
    pub until: Option<Date>,
}

/// Judges an address as its format demands (3002), and whether the province
/// lies in the country (11012, not for one that ended more than six months ago).
pub fn address(facts: &AddressFacts<'_>, today: Date) -> Findings {
    let mut found = Findings::default();
    let wanted: &[&str] = match facts.format {
        "ATS" | "RuralAlbertaAddress" => &["street"],
        "Mail-CA" | "Mail-US" => &["street", "city", "state_province", "postal_code"],
        "Mail-International" => &["street", "country"],
        _ => &[],
    };
    for (field, value, max) in [
        ("street", facts.street, 140),
        ("city", facts.city, 60),
        ("state_province", facts.state_province, 20),
        ("country", facts.country, 60),
        ("postal_code", facts.postal_code, 15),
    ] {
        if !value.is_empty() {
            found.extend(line(field, value, max));
        } else if wanted.contains(&field) {
            found.push(structure(field, "mandatory for this format"));
        }
    }
    found.extend(postal_code(facts.format, facts.postal_code));
    found.extend(period("expiry", facts.effective, facts.expiry));
    found.extend(province_in_country(facts, today));
    found
}

fn postal_code(format: &str, code: &str) -> Option<Finding> {
    if code.is_empty() {
        return None;
    }
    let check = match format {
        "Mail-CA" | "ATS" | "RuralAlbertaAddress" if !is_postal_code(code) => {
            "a Canadian postal code is like T7N 1A1"
        }
        "Mail-US" if !is_zip(code) => "a zip code is like 59901 or 59901-1234",
        _ => return None,
    };
    Some(structure("postal_code", check))
}

/// `A1A 1A1`, the blank may be missing; letters Canada Post does not use are
/// refused (Canada Post addressing guidelines).
fn is_postal_code(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect();
    let is_spaced = text.len() == 6 || (text.len() == 7 && text.as_bytes().get(3) == Some(&b' '));
    let is_shaped = letters.iter().enumerate().all(|(at, letter)| match at {
        0 => "ABCEGHJKLMNPRSTVXY".contains(*letter),
        2 | 4 => "ABCEGHJKLMNPRSTVWXYZ".contains(*letter),
        _ => letter.is_ascii_digit(),
    });
    is_spaced && letters.len() == 6 && is_shaped
}

/// Five digits, or five, a hyphen and four (USPS Publication 28).
fn is_zip(text: &str) -> bool {
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    let has = |part: &str, many: usize| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
    has(five, 5) && has(four, 4)
}

const PROVINCES: [&str; 13] = [
    "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT",
];
const STATES: [&str; 56] = [
    "AK", "AL", "AR", "AS", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "GU", "HI", "IA", "ID", "IL",
    "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO", "MP", "MS", "MT", "NC", "ND", "NE", "NH",
    "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VI",
    "VT", "WA", "WI", "WV", "WY",
];

fn province_in_country(facts: &AddressFacts<'_>, today: Date) -> Option<Finding> {
    let end = facts.expiry.or(facts.until);
    let has_ended_long_ago = end.is_some_and(|end| months_later(end, 6) < today);
    if facts.state_province.is_empty() || facts.country.is_empty() || has_ended_long_ago {
        return None;
    }
    let fits = match kernel::text::fold(facts.country).as_str() {
        "ca" | "can" | "canada" => PROVINCES.contains(&facts.state_province),
        "us" | "usa" | "united states" | "united states of america" => STATES.contains(&facts.state_province),
        _ => !PROVINCES.contains(&facts.state_province),
    };
    (!fits).then(|| {
        finding(11_012)
            .with("province", facts.state_province)
            .with("country", facts.country)
    })
}

fn months_later(date: Date, months: i64) -> Date {
    date.civil()
        .saturating_add(jiff::Span::new().months(months))
        .into()
}

/// A legal identity, for the duplicate check.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// Legal name.
    pub name: &'a PersonName,
    /// Birth date.
    pub birth_date: Date,
}

/// Is the new identity one that exists? First and last name and birth date
/// agree, and the middle name too when the new one has one. Case does not
/// count; accents do.
pub fn is_duplicate(new: Identity<'_>, existing: Identity<'_>) -> bool {
    let same = |left: &str, right: &str| left.to_lowercase() == right.to_lowercase();
    new.birth_date == existing.birth_date
        && same(&new.name.first, &existing.name.first)
        && same(&new.name.last, &existing.name.last)
        && (new.name.middle.is_empty() || same(&new.name.middle, &existing.name.middle))
}

/// The refusal of a duplicate: 11404 names the student; 11405, for an
/// organization of limited access, does not.
pub fn duplicate(existing: Asn, has_limited_access: bool) -> Finding {
    if has_limited_access {
        finding(11_405)
    } else {
        finding(11_404).with("asn", existing)
    }
}

/// An identification needs a source document type or a stored document: 65031.
pub fn identification_source(
    source_document_type: Option<&str>,
    has_stored_document: bool,
) -> Option<Finding> {
    let has_type = source_document_type.is_some_and(|kind| !kind.is_empty());
    (!has_type && !has_stored_document).then(|| finding_at(65_031, "source_document_type"))
}

/// Some kinds of source document the province alone sets: 12006.
pub fn source_document(is_set_by_province: bool) -> Option<Finding> {
    is_set_by_province.then(|| finding(12_006))
}

/// A stored document proves an identity when its kind is for that: 65134.
pub fn identity_document(kind: &DocumentTypeInfo) -> Option<Finding> {
    let is_identity = kind
        .categories
        .iter()
        .any(|category| category == super::document::IDENTITY);
    (!is_identity).then(|| finding(65_134))
}

#[cfg(test)]
mod tests;
