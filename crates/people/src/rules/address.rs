//! Addresses: which format is for what and where, and until when an address holds.

use super::needed;
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
    if set(CodeSet::Country).find(&address.country).is_none() {
        found.push(Finding::refuse("LP-0241", "country"));
    }
    match address.format.as_str() {
        "Mail-CA" => country(address, "CA", &mut found),
        "Mail-US" => country(address, "US", &mut found),
        "Mail-International" => needed("LP-0222", "city", &address.city, &mut found),
        "ATS" => land(address, &mut found),
        "RuralAlbertaAddress" => alberta(address, &mut found),
        _ => {}
    }
    found
}

fn land(address: &Address, found: &mut Findings) {
    if !address.street.trim().is_empty() && !is_land_description(&address.street) {
        found.push(Finding::refuse("LP-0227", "street"));
    }
    alberta(address, found);
}

fn alberta(address: &Address, found: &mut Findings) {
    country(address, "CA", found);
    if !address.province.is_empty() && address.province != "AB" {
        found.push(Finding::refuse("LP-0226", "province"));
    }
}

fn country(address: &Address, wanted: &str, found: &mut Findings) {
    if address.country != wanted {
        found.push(Finding::refuse("LP-0226", "country"));
    }
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
