//! Addresses: real street names, invented house numbers.

use crate::model::{PracticeAddress, PracticeSchool};
use crate::random::Random;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct PlacesFile {
    fort_mcmurray: String,
    fort_mcmurray_postal: String,
    elsewhere: String,
    hamlets: String,
}

struct Places {
    fort_mcmurray: Vec<String>,
    fort_mcmurray_postal: Vec<String>,
    elsewhere: Vec<String>,
    hamlets: Vec<(String, String)>,
}

fn places() -> &'static Places {
    static PLACES: LazyLock<Places> = LazyLock::new(|| {
        let file: PlacesFile = toml::from_str(include_str!("../data/places.toml"))
            .expect("the built-in places are read by a test");
        let list = |text: &str| text.split(',').map(|part| part.trim().to_owned()).collect();
        Places {
            fort_mcmurray: list(&file.fort_mcmurray),
            fort_mcmurray_postal: list(&file.fort_mcmurray_postal),
            elsewhere: list(&file.elsewhere),
            hamlets: file
                .hamlets
                .split(',')
                .filter_map(|pair| pair.trim().split_once(':'))
                .map(|(name, postal)| (name.to_owned(), postal.to_owned()))
                .collect(),
        }
    });
    &PLACES
}

/// `T9H4V4` as `T9H 4V4`; empty when it is no Canadian postal code.
pub(crate) fn postal(text: &str) -> String {
    let kept: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let shaped = kept.len() == 6
        && kept.bytes().enumerate().all(|(place, letter)| {
            if place % 2 == 0 {
                letter.is_ascii_uppercase()
            } else {
                letter.is_ascii_digit()
            }
        });
    if shaped {
        format!("{} {}", &kept[..3], &kept[3..])
    } else {
        String::new()
    }
}

/// The last three characters of a postal code.
fn local_part(random: &mut Random) -> String {
    const LETTERS: &[u8] = b"ABCEGHJKLMNPRSTVWXYZ";
    format!(
        "{}{}{}",
        random.below(10),
        char::from(random.pick(LETTERS)),
        random.below(10)
    )
}

pub(crate) fn canadian(street: String, city: &str, postal_code: String) -> PracticeAddress {
    PracticeAddress {
        format: "Mail-CA",
        street,
        city: city.to_owned(),
        province: "AB",
        postal_code,
        country: "CA",
    }
}

/// Where a family near a school lives, and where its mail goes.
pub(crate) fn home(near: &PracticeSchool, random: &mut Random) -> (PracticeAddress, PracticeAddress) {
    let northern = near.address.city == "Fort McMurray";
    if random.per_mille(if northern { 55 } else { 90 }) {
        return rural(near, northern, random);
    }
    let places = places();
    let town = if northern {
        &places.fort_mcmurray
    } else {
        &places.elsewhere
    };
    let house = random.within(101, 989);
    let street = random.pick_ref(town);
    let street = if random.per_mille(240) {
        format!("{} - {house} {street}", random.within(1, 412))
    } else {
        format!("{house} {street}")
    };
    let area = if northern {
        random.pick_ref(&places.fort_mcmurray_postal).as_str()
    } else {
        near.address.postal_code.get(..3).unwrap_or("T0A")
    };
    let address = canadian(
        street,
        &near.address.city,
        format!("{area} {}", local_part(random)),
    );
    (address.clone(), address)
}

/// A home in the country: a rural address or a legal land description, with a
/// post office box for its mail.
fn rural(near: &PracticeSchool, northern: bool, random: &mut Random) -> (PracticeAddress, PracticeAddress) {
    let (place, postal_code) = if northern {
        let (place, postal_code) = random.pick_ref(&places().hamlets);
        (place.as_str(), postal_code.clone())
    } else {
        (near.address.city.as_str(), near.address.postal_code.clone())
    };
    let mail = canadian(format!("P.O. Box {}", random.within(11, 989)), place, postal_code);
    let (township, range) = if northern {
        (random.within(84, 92), random.within(6, 10))
    } else {
        (random.within(20, 60), random.within(1, 27))
    };
    let physical = if random.per_mille(500) {
        let quarter = random.pick(&["NE", "NW", "SE", "SW"]);
        PracticeAddress {
            format: "ATS",
            street: format!(
                "{quarter}-{:02}-{township:03}-{range:02}-W4",
                random.within(1, 36)
            ),
            city: place.to_owned(),
            province: "AB",
            postal_code: String::new(),
            country: "CA",
        }
    } else {
        PracticeAddress {
            format: "RuralAlbertaAddress",
            street: format!(
                "{} Township Road {township}{}",
                random.within(1001, 29_989),
                random.below(6)
            ),
            ..mail.clone()
        }
    };
    (physical, mail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postal_codes_get_their_blank_and_odd_ones_go() {
        for (published, read) in [
            ("T9H4V4", "T9H 4V4"),
            ("T9H 4V4", "T9H 4V4"),
            ("", ""),
            ("T9H4V", ""),
            ("12345", ""),
            ("TTTTTT", ""),
        ] {
            assert_eq!(postal(published), read, "{published}");
        }
    }

    #[test]
    fn streets_and_hamlets_are_read() {
        assert!(places().fort_mcmurray.len() >= 100);
        assert_eq!(places().hamlets.len(), 6);
        assert!(places().hamlets.iter().all(|(_, code)| postal(code) == *code));
    }
}
