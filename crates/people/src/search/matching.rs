//! How well a word of the query matches a key.

use super::keys::KeyKind;
use super::near;
use serde::Serialize;

/// How a student was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchKind {
    /// A whole word of the name, or a whole number.
    Exact,
    /// The beginning of one.
    Prefix,
    /// Another form of the first name.
    Nickname,
    /// A guardian's name, or a phone.
    Guardian,
    /// Further in, in the middle or at the end of a name.
    Within,
    /// One letter off, or the same sound.
    Typo,
}

/// A word of the query with the other forms it may take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// As typed, folded.
    pub word: String,
    /// Formal names it is short for, and the other way round.
    pub nicknames: Vec<String>,
    /// Known words that hold it further in, are one letter off or sound the same; filled when the
    /// first look found too little.
    pub others: Vec<String>,
}

impl Wanted {
    /// How a key matches, if it does.
    pub(crate) fn against(&self, word: &str, kind: KeyKind) -> Option<MatchKind> {
        let around = matches!(kind, KeyKind::Guardian | KeyKind::Phone);
        let found = if word == self.word {
            MatchKind::Exact
        } else if word.starts_with(&self.word) && kind != KeyKind::Born {
            MatchKind::Prefix
        } else if matches!(kind, KeyKind::First | KeyKind::Other)
            && self.nicknames.iter().any(|nick| nick == word)
        {
            MatchKind::Nickname
        } else if kind.is_word() && self.others.iter().any(|other| other == word) {
            let is_within = self.word.len() >= near::INNER && word.contains(&self.word);
            return Some(if is_within {
                MatchKind::Within
            } else {
                MatchKind::Typo
            });
        } else {
            return None;
        };
        Some(if around { MatchKind::Guardian } else { found })
    }
    /// The best match among a student's keys.
    pub(crate) fn best(&self, keys: &[(&str, KeyKind)]) -> Option<MatchKind> {
        keys.iter()
            .filter_map(|(word, kind)| self.against(word, *kind))
            .min()
    }
}

/// The kind of a student's match: that of the worst word; none when a word matches nothing.
pub(crate) fn judge(wanted: &[Wanted], keys: &[(&str, KeyKind)]) -> Option<MatchKind> {
    wanted
        .iter()
        .map(|word| word.best(keys))
        .try_fold(MatchKind::Exact, |worst, kind| Some(worst.max(kind?)))
}

/// Equal, or one letter off and long enough to tell.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    one == other || (one.len().min(other.len()) >= near::SHORTEST && near::is_near(one, other))
}
