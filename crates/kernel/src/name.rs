//! A person's name.

use serde::{Deserialize, Serialize};

/// The last name PASI wants for a person who has a single name; never shown.
const NO_LAST_NAME: &str = "LNU";

/// First, middle, last and suffix, each trimmed; empty when absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonName {
    /// First name.
    pub first: String,
    /// Middle names.
    #[serde(default)]
    pub middle: String,
    /// Last name; `LNU` (last name unknown) for a person with one name.
    pub last: String,
    /// Jr., III …
    #[serde(default)]
    pub suffix: String,
}

impl PersonName {
    /// First and last.
    pub fn new(first: &str, last: &str) -> Self {
        Self {
            first: first.to_owned(),
            last: last.to_owned(),
            ..Self::default()
        }
    }
    /// `Last Suffix, First Middle`, for lists; a single name stands alone.
    pub fn list(&self) -> String {
        let given = join(&[&self.first, &self.middle]);
        let family = join(&[self.shown_last(), &self.suffix]);
        match (family.is_empty(), given.is_empty()) {
            (true, _) => given,
            (_, true) => family,
            _ => format!("{family}, {given}"),
        }
    }
    /// `First Last Suffix`, for sentences.
    pub fn sentence(&self) -> String {
        join(&[&self.first, self.shown_last(), &self.suffix])
    }
    /// `First Middle Last Suffix`, for official papers.
    pub fn full(&self) -> String {
        join(&[&self.first, &self.middle, self.shown_last(), &self.suffix])
    }
    /// The last name, or nothing for a person with one name.
    pub fn shown_last(&self) -> &str {
        if self.last.eq_ignore_ascii_case(NO_LAST_NAME) {
            ""
        } else {
            &self.last
        }
    }
    /// Edge blanks and double blanks taken out of every part.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let tidy = crate::text::squeeze;
        Self {
            first: tidy(&self.first),
            middle: tidy(&self.middle),
            last: tidy(&self.last),
            suffix: tidy(&self.suffix),
        }
    }
}

fn join(parts: &[&str]) -> String {
    let filled: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    filled.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_last_first_in_lists_and_first_last_in_sentences() {
        let name = PersonName {
            first: "Aiyana".into(),
            middle: "Rose".into(),
            last: "Whitebear".into(),
            suffix: "Jr.".into(),
        };
        assert_eq!(name.list(), "Whitebear Jr., Aiyana Rose");
        assert_eq!(name.sentence(), "Aiyana Whitebear Jr.");
        assert_eq!(name.full(), "Aiyana Rose Whitebear Jr.");
    }

    #[test]
    fn a_single_name_hides_lnu() {
        let name = PersonName::new("Sukarno", "LNU");
        assert_eq!(
            (name.list(), name.sentence()),
            ("Sukarno".to_owned(), "Sukarno".to_owned())
        );
    }
}
