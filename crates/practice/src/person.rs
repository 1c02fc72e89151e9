//! Names of persons, telephone numbers and mail addresses.

use crate::names::{self, Community};
use crate::random::Random;
use kernel::PersonName;

/// Female, male or neither, as the lists of first names are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

pub(crate) fn sex(random: &mut Random) -> Sex {
    if random.per_mille(488) {
        Sex::Female
    } else {
        Sex::Male
    }
}

pub(crate) fn first_name(community: &Community, sex: Sex, random: &mut Random) -> &'static str {
    match sex {
        Sex::Female => random.pick(&community.female),
        Sex::Male => random.pick(&community.male),
    }
}

/// An adult's name; a few have one name only.
pub(crate) fn adult(community: &Community, last: &str, sex: Sex, random: &mut Random) -> PersonName {
    let mut name = PersonName::new(first_name(community, sex, random), last);
    if random.per_mille(220) {
        middle(&mut name, community, sex, random);
    }
    if random.per_mille(community.single) {
        single(&mut name);
    }
    name
}

/// A child's legal name.
pub(crate) fn child(community: &Community, last: &str, sex: Sex, random: &mut Random) -> PersonName {
    let mut name = PersonName::new(first_name(community, sex, random), last);
    if random.per_mille(720) {
        middle(&mut name, community, sex, random);
    }
    if sex == Sex::Male && random.per_mille(6) {
        random.pick(&["Jr.", "II", "III"]).clone_into(&mut name.suffix);
    }
    if random.per_mille(community.single) {
        single(&mut name);
    }
    name
}

fn middle(name: &mut PersonName, community: &Community, sex: Sex, random: &mut Random) {
    let middle = first_name(community, sex, random);
    if middle != name.first {
        middle.clone_into(&mut name.middle);
    }
}

fn single(name: &mut PersonName) {
    name.middle.clear();
    name.suffix.clear();
    "LNU".clone_into(&mut name.last);
}

/// The name a child goes by, when it is another: a short form, the middle
/// name, or initials.
pub(crate) fn preferred(legal: &PersonName, random: &mut Random) -> Option<PersonName> {
    let first = match names::nickname(&legal.first) {
        Some(short) if random.per_mille(450) => short.to_owned(),
        _ if !legal.middle.is_empty() && random.per_mille(70) => legal.middle.clone(),
        _ => return None,
    };
    Some(PersonName {
        first,
        middle: String::new(),
        last: legal.last.clone(),
        suffix: String::new(),
    })
}

/// Ten digits in 555-0100 to 555-0199, the range kept for invented people.
pub(crate) fn phone(area: &str, random: &mut Random) -> String {
    format!("{area}55501{:02}", random.below(100))
}

/// `first.last.tag@example.ca`, in plain letters; the tag keeps it unique.
pub(crate) fn email(name: &PersonName, tag: &str) -> String {
    let mut address = String::with_capacity(48);
    for part in [&name.first, name.shown_last(), tag] {
        if !part.is_empty() {
            if !address.is_empty() {
                address.push('.');
            }
            address.push_str(&kernel::text::fold(part).replace(' ', ""));
        }
    }
    address.push_str("@example.ca");
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_are_plain_and_at_example_ca() {
        for (first, last, address) in [
            ("Thảo", "Nguyễn", "thao.nguyen.12@example.ca"),
            ("Łukasz", "D’Amours", "lukasz.damours.12@example.ca"),
            ("Budi", "LNU", "budi.12@example.ca"),
            ("Marie-Ève", "St-Pierre", "marieeve.stpierre.12@example.ca"),
        ] {
            assert_eq!(email(&PersonName::new(first, last), "12"), address);
        }
    }
}
