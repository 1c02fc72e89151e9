//! One street however it is written: `12 Elm St.` is `12 Elm Street`.

use kernel::text::fold;

/// Words as they are written out, and as they are compared. Source: Canada Post
/// addressing guidelines, street types and directions; Alberta rural addresses.
const WORDS: &[(&str, &str)] = &[
    ("street", "st"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("road", "rd"),
    ("drive", "dr"),
    ("crescent", "cres"),
    ("cr", "cres"),
    ("boulevard", "blvd"),
    ("boul", "blvd"),
    ("lane", "ln"),
    ("court", "crt"),
    ("ct", "crt"),
    ("place", "pl"),
    ("trail", "tr"),
    ("trl", "tr"),
    ("highway", "hwy"),
    ("close", "cl"),
    ("circle", "cir"),
    ("terrace", "terr"),
    ("parkway", "pky"),
    ("township", "twp"),
    ("range", "rge"),
    ("rr", "rge rd"),
    ("apartment", "apt"),
    ("suite", "apt"),
    ("unit", "apt"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
    ("northeast", "ne"),
    ("northwest", "nw"),
    ("southeast", "se"),
    ("southwest", "sw"),
    ("pobox", "box"),
];

/// What two streets have in common when they are one; empty for none.
pub fn street_key(street: &str) -> String {
    let folded = fold(street).replace("p o box", "box").replace("po box", "box");
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.map(short).collect::<Vec<_>>().join(" ")
}

fn short(word: &str) -> &str {
    let known = WORDS.iter().find(|(long, _)| *long == word);
    known.map_or(word, |(_, short)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_street_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("12 Elm Street", "12  ELM St."),
            ("10 Main Ave", "10 Main Avenue"),
            ("10 Main Av.", "10 main avenue"),
            ("#4, 10021 100 Street NW", "#4 10021 100 St Northwest"),
            ("P.O. Box 12", "Box 12"),
            ("PO Box 12", "BOX 12"),
            ("Apartment 3 8 Birch Cres", "Apt 3, 8 Birch Crescent"),
            ("4 Chemin de l’Église", "4 chemin de l'eglise"),
        ] {
            assert_eq!(street_key(one), street_key(other), "{one} | {other}");
        }
        for (one, other) in [
            ("12 Elm Street", "12 Elm Avenue"),
            ("12 Elm Street", "21 Elm Street"),
            ("100 Street NW", "100 Street SW"),
        ] {
            assert_ne!(street_key(one), street_key(other), "{one} | {other}");
        }
        assert_eq!(street_key(" . "), "");
    }
}
