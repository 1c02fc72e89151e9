//! The words a student is found by.

use kernel::text::fold;
use kernel::{Asn, Date, PersonName};

kernel::text_enum! {
    /// What a key is.
    pub enum KeyKind {
        /// Of the legal last name.
        Last = "last",
        /// Of the legal first name.
        First = "first",
        /// Of a middle name or another name.
        Other = "other",
        /// Provincial number.
        Asn = "asn",
        /// Number within the division.
        Local = "local",
        /// Birth date, eight digits.
        Born = "born",
        /// Phone digits, the student's or a contact's.
        Phone = "phone",
        /// Of a contact's name.
        Guardian = "guardian",
    }
}

impl KeyKind {
    /// Words, as opposed to digits: they have near misses and nicknames.
    pub(crate) fn is_word(self) -> bool {
        matches!(self, Self::Last | Self::First | Self::Other | Self::Guardian)
    }
}

/// The keys of one student, gathered; each pair once.
#[derive(Default)]
pub(crate) struct Keys(pub Vec<(String, KeyKind)>);

impl Keys {
    fn add(&mut self, word: String, kind: KeyKind) {
        if !word.is_empty() && word.len() <= 64 {
            self.0.push((word, kind));
        }
    }
    /// Each word of a part, and the part as one word: `marie`, `eve`, `marieeve`.
    fn part(&mut self, part: &str, kind: KeyKind) {
        let folded = fold(part);
        for word in folded.split(' ') {
            self.add(word.to_owned(), kind);
        }
        if folded.contains(' ') {
            self.add(folded.replace(' ', ""), kind);
        }
    }
    /// The legal name.
    pub(crate) fn legal(&mut self, name: &PersonName) {
        self.part(name.shown_last(), KeyKind::Last);
        self.part(&name.first, KeyKind::First);
        self.part(&name.middle, KeyKind::Other);
    }
    /// Another name of the student.
    pub(crate) fn other(&mut self, name: &PersonName) {
        for part in [&name.first, &name.middle] {
            self.part(part, KeyKind::Other);
        }
        self.part(name.shown_last(), KeyKind::Other);
    }
    /// A contact's name.
    pub(crate) fn guardian(&mut self, name: &PersonName) {
        self.part(&name.first, KeyKind::Guardian);
        self.part(name.shown_last(), KeyKind::Guardian);
    }
    /// A phone number: all ten digits, and the seven after the area code.
    pub(crate) fn phone(&mut self, number: &str) {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.len() == 10 {
            self.add(digits[3..].to_owned(), KeyKind::Phone);
        }
        self.add(digits, KeyKind::Phone);
    }
    /// A number within the division, of today or given up.
    pub(crate) fn local_number(&mut self, number: &str) {
        self.part(number, KeyKind::Local);
    }
    /// The numbers of the record.
    pub(crate) fn numbers(&mut self, asn: Option<Asn>, local_number: &str, born: Date) {
        if let Some(asn) = asn {
            self.add(asn.as_str().to_owned(), KeyKind::Asn);
        }
        self.local_number(local_number);
        self.add(born.as_str().replace('-', ""), KeyKind::Born);
    }
    /// By kind, then by word, each once.
    pub(crate) fn finish(mut self) -> Vec<(String, KeyKind)> {
        self.0
            .sort_by(|(one, first), (other, second)| (first, one).cmp(&(second, other)));
        self.0.dedup();
        self.0
    }
}

/// The keys as a card carries them, so that one row tells how a student matches: a line for each
/// kind, with its words. `keys` as [`Keys::finish`] gives them; no word has a space.
pub(crate) fn on_card(keys: &[(String, KeyKind)]) -> String {
    let lines = keys.chunk_by(|(_, one), (_, next)| one == next).map(|of_kind| {
        let words = of_kind.iter().map(|(word, _)| word.as_str());
        let line = std::iter::once(of_kind[0].1.as_str()).chain(words);
        line.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The keys that a card carries.
pub(crate) fn of_card(keys: &str) -> Vec<(&str, KeyKind)> {
    let lines = keys.lines().filter_map(|line| {
        let (kind, words) = line.split_once(' ')?;
        let kind: KeyKind = kind.parse().ok()?;
        Some(words.split(' ').map(move |word| (word, kind)))
    });
    lines.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_carries_every_key_once_and_gives_each_back() {
        let mut keys = Keys::default();
        keys.legal(&PersonName::new("Ève", "Fournier-Roy"));
        keys.guardian(&PersonName::new("Ève", "Roy"));
        keys.phone("780-555-0142");
        let keys = keys.finish();
        let card = on_card(&keys);
        assert_eq!(
            card,
            "last fournier fournierroy roy\nfirst eve\nphone 5550142 7805550142\nguardian eve roy"
        );
        let back: Vec<(String, KeyKind)> = of_card(&card)
            .into_iter()
            .map(|(word, kind)| (word.to_owned(), kind))
            .collect();
        assert_eq!(back, keys);
        assert_eq!(of_card(""), []);
    }
}
