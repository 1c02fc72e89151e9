//! Addresses: what each format needs, and until when an address holds.

use super::{at_most, dates, needed};
use crate::model::Address;
use codes::{CodeSet, set};
use kernel::{Date, Finding, Findings};

/// Judges one address.
pub fn address(address: &Address) -> Findings {
    let mut found = Findings::default();
    let format = set(CodeSet::AddressFormat).find(&address.format);
    if !format.is_some_and(|format| format.under.iter().any(|kind| kind == address.kind.as_str())) {
        found.push(Finding::refuse("LP-0220", "format"));
    }
    needed("LP-0221", "street", &address.street, &mut found);
    lengths(address, &mut found);
    dates(address.effective_on, address.expires_on, &mut found);
    if set(CodeSet::Country).find(&address.country).is_none() {
        found.push(Finding::refuse("LP-0241", "country"));
    }
    match address.format.as_str() {
        "Mail-CA" => canadian(address, &mut found),
        "Mail-US" => american(address, &mut found),
        "Mail-International" => needed("LP-0222", "city", &address.city, &mut found),
        "ATS" => land(address, &mut found),
        "RuralAlbertaAddress" => alberta(address, &mut found),
        _ => {}
    }
    found
}

fn lengths(address: &Address, found: &mut Findings) {
    at_most("street", &address.street, 140, found);
    at_most("city", &address.city, 60, found);
    at_most("province", &address.province, 20, found);
    at_most("postal_code", &address.postal_code, 15, found);
    at_most("country", &address.country, 60, found);
}

fn canadian(address: &Address, found: &mut Findings) {
    needed("LP-0222", "city", &address.city, found);
    country(address, "CA", found);
    province(address, found);
    if !is_postal_code(&address.postal_code) {
        found.push(Finding::refuse("LP-0223", "postal_code"));
    }
}

fn american(address: &Address, found: &mut Findings) {
    needed("LP-0222", "city", &address.city, found);
    country(address, "US", found);
    province(address, found);
    if !is_zip(&address.postal_code) {
        found.push(Finding::refuse("LP-0224", "postal_code"));
    }
}

fn land(address: &Address, found: &mut Findings) {
    if !address.street.trim().is_empty() && !is_land_description(&address.street) {
        found.push(Finding::refuse("LP-0227", "street"));
    }
    alberta(address, found);
}

/// In Alberta; a postal code may be missing where there is no mail.
fn alberta(address: &Address, found: &mut Findings) {
    country(address, "CA", found);
    if !address.province.is_empty() && address.province != "AB" {
        found.push(Finding::refuse("LP-0226", "province"));
    }
    if !address.postal_code.is_empty() && !is_postal_code(&address.postal_code) {
        found.push(Finding::refuse("LP-0223", "postal_code"));
    }
}

fn country(address: &Address, wanted: &str, found: &mut Findings) {
    if address.country != wanted {
        found.push(Finding::refuse("LP-0226", "country"));
    }
}

/// Advice, as at the province: alert 11012.
fn province(address: &Address, found: &mut Findings) {
    let fits = set(CodeSet::Province)
        .find(&address.province)
        .is_some_and(|known| known.under.contains(&address.country));
    if !fits {
        found.push(Finding::note("11012", "province"));
    }
}

/// `A1A 1A1`, the blank may be missing; letters Canada Post does not use are refused.
pub(crate) fn is_postal_code(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|letter| *letter != ' ').collect();
    let spaced = text.len() == 6 || (text.len() == 7 && text.as_bytes().get(3) == Some(&b' '));
    let shape = letters.iter().enumerate().all(|(at, letter)| match at {
        0 => "ABCEGHJKLMNPRSTVXY".contains(*letter),
        2 | 4 => "ABCEGHJKLMNPRSTVWXYZ".contains(*letter),
        _ => letter.is_ascii_digit(),
    });
    spaced && letters.len() == 6 && shape
}

/// Five digits, or five, a hyphen and four.
pub(crate) fn is_zip(text: &str) -> bool {
    let (five, four) = text.split_once('-').unwrap_or((text, "0000"));
    let digits =
        |part: &str, many: usize| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(five, 5) && digits(four, 4)
}

/// `NW-12-082-05-W6`: quarter or legal subdivision 1–16, section 1–36,
/// township 1–126, range 1–34, meridian W4 to W6; hyphens or blanks between.
pub(crate) fn is_land_description(text: &str) -> bool {
    let upper = text.trim().to_uppercase();
    let parts: Vec<&str> = upper.split(['-', ' ']).filter(|part| !part.is_empty()).collect();
    let [quarter, section, township, range, meridian] = parts.as_slice() else {
        return false;
    };
    let within = |text: &str, most: u32| {
        text.len() <= 3
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text
                .parse::<u32>()
                .is_ok_and(|number| (1..=most).contains(&number))
    };
    (matches!(*quarter, "NE" | "NW" | "SE" | "SW") || within(quarter, 16))
        && within(section, 36)
        && within(township, 126)
        && within(range, 34)
        && matches!(*meridian, "W4" | "W5" | "W6" | "W4M" | "W5M" | "W6M")
}

/// The last day of an address among all of the student's: what someone said,
/// else the day before the next of its kind begins; none while it holds.
pub fn address_until<'a>(address: &Address, all: impl IntoIterator<Item = &'a Address>) -> Option<Date> {
    let next = all
        .into_iter()
        .filter(|other| other.kind == address.kind && other.effective_on > address.effective_on)
        .map(|other| other.effective_on.plus_days(-1))
        .min();
    address.expires_on.or(next)
}

/// Two addresses of a kind that begin on one day: which of them holds cannot be told.
pub fn overlapping<'a>(address: &Address, others: impl IntoIterator<Item = &'a Address>) -> Option<Finding> {
    others
        .into_iter()
        .any(|other| other.kind == address.kind && other.effective_on == address.effective_on)
        .then(|| Finding::warn("LP-0237", "effective_on"))
}
