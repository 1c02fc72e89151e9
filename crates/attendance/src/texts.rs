//! The letters that the program brings, for a division that has written none of its own.

use crate::model::LetterText;
use std::collections::BTreeMap;

/// Language, and the text: subject, body and closing, a line of three hyphens between them.
const SHIPPED: [(&str, &str); 2] = [
    ("ENG", include_str!("../letters/ENG.txt")),
    ("FRA", include_str!("../letters/FRA.txt")),
];

/// Those texts, by language.
pub(crate) fn shipped() -> BTreeMap<String, LetterText> {
    SHIPPED
        .into_iter()
        .map(|(language, text)| {
            let mut parts = text.split("\n---\n").map(str::trim);
            let mut part = || parts.next().unwrap_or_default().to_owned();
            let text = LetterText {
                language: language.to_owned(),
                subject: part(),
                body: part(),
                closing: part(),
                version: 0,
            };
            (language.to_owned(), text)
        })
        .collect()
}

/// A text as it is kept: line ends of one kind, nothing around it.
pub(crate) fn tidy(words: &str) -> String {
    words.replace("\r\n", "\n").trim().to_owned()
}
