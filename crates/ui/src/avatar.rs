//! Photographs, and initials on a soft colour where there is none.

use maud::{Markup, html};

/// Edge length on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 26 px, in table rows.
    S26,
    /// 30 px, in the top bar and lists.
    S30,
    /// 40 px, in drawers.
    S40,
    /// 92 px, square, in the student header (60 px on a phone).
    S92,
}

impl Size {
    fn class(self) -> &'static str {
        match self {
            Size::S26 => "ph av av-26",
            Size::S30 => "ph av av-30",
            Size::S40 => "ph av av-40",
            Size::S92 => "ph av ph-sq av-92",
        }
    }

    fn pixels(self) -> u16 {
        match self {
            Size::S26 => 26,
            Size::S30 => 30,
            Size::S40 => 40,
            Size::S92 => 92,
        }
    }
}

/// Initials on a colour that depends on the name alone, so that a person looks the same on every page.
///
/// Hidden from assistive technology: the name stands beside it.
pub fn initials(name: &str, size: Size) -> Markup {
    html! {
        svg class={ (size.class()) " av-" (tint(name)) } width=(size.pixels()) height=(size.pixels()) viewBox="0 0 48 48" aria-hidden="true" {
            rect width="48" height="48" {}
            text x="24" y="25" { (letters(name)) }
        }
    }
}

/// A photograph by its address; `label` is its accessible name, as in "Photo of …".
pub fn photo(src: &str, label: &str, size: Size) -> Markup {
    html! { img class=(size.class()) src=(src) alt=(label) width=(size.pixels()) height=(size.pixels()) decoding="async"; }
}

/// Number of soft colour pairs in the style sheet.
const TINTS: u32 = 12;

/// FNV-1a, so that the colour is the same on every machine and in every release.
fn tint(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    }) % TINTS
}

/// First letters of the first two words as they would be said: `Last, First` gives `FL`. `LNU` counts for nothing.
fn letters(name: &str) -> String {
    let said: Vec<&str> = if let Some((last, first)) = name.split_once(',') {
        first
            .split_whitespace()
            .take(1)
            .chain(last.split_whitespace().take(1))
            .collect()
    } else {
        match name.split_whitespace().collect::<Vec<&str>>().as_slice() {
            [first, .., last] => vec![*first, *last],
            other => other.to_vec(),
        }
    };
    said.iter()
        .filter(|word| **word != "LNU")
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_follow_the_name_as_it_is_said() {
        for (name, want) in [
            ("Whitebear, Aiyana Rose", "AW"),
            ("Marie-Ève Lavallée", "ML"),
            ("R. Bjornson", "RB"),
            ("Élise", "É"),
            ("LNU, Ngozi", "N"),
            ("d’Arcy O’Neil", "DO"),
            ("", ""),
        ] {
            assert_eq!(letters(name), want, "{name}");
        }
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(tint("Whitebear, Aiyana"), tint("Whitebear, Aiyana"));
        assert!(
            (0..40)
                .map(|n| tint(&format!("name {n}")))
                .collect::<std::collections::BTreeSet<_>>()
                .len()
                > 6
        );
    }
}
