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
    /// Sorted, each once.
    pub(crate) fn finish(mut self) -> Vec<(String, KeyKind)> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}
