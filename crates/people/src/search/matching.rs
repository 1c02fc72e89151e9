//! How well a word of the query matches a key.

use super::keys::KeyKind;
use super::near;
use db::Reading;
use db::schema::search_key;
use diesel::prelude::*;
use kernel::{Outcome, StudentId};
use serde::Serialize;
use std::collections::HashMap;

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
    /// One letter off, or the same sound.
    Typo,
}

/// The keys of a student.
pub(crate) type KeysOf = HashMap<StudentId, Vec<(String, KeyKind)>>;

/// The keys of some students, in one query for each 400.
pub(crate) fn keys_of(at: &mut impl Reading, students: &[StudentId]) -> Outcome<KeysOf> {
    let division = at.division();
    let mut all = KeysOf::new();
    for some in students.chunks(400) {
        let rows: Vec<(StudentId, String, KeyKind)> = db::ask!(
            at.conn(),
            load,
            search_key::table
                .filter(
                    search_key::division_id
                        .eq(division)
                        .and(search_key::student_id.eq_any(some.to_vec())),
                )
                .select((search_key::student_id, search_key::word, search_key::kind))
        )?;
        for (student, word, kind) in rows {
            all.entry(student).or_default().push((word, kind));
        }
    }
    Ok(all)
}

/// A word of the query with the other forms it may take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// As typed, folded.
    pub word: String,
    /// Formal names it is short for, and the other way round.
    pub nicknames: Vec<String>,
    /// Known words one letter off or of the same sound; filled when the first look found too little.
    pub typos: Vec<String>,
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
        } else if kind.is_word() && self.typos.iter().any(|typo| typo == word) {
            return Some(MatchKind::Typo);
        } else {
            return None;
        };
        Some(if around { MatchKind::Guardian } else { found })
    }
    /// The best match among a student's keys.
    pub(crate) fn best(&self, keys: &[(String, KeyKind)]) -> Option<MatchKind> {
        keys.iter()
            .filter_map(|(word, kind)| self.against(word, *kind))
            .min()
    }
}

/// The kind of a student's match: that of the worst word; none when a word matches nothing.
pub(crate) fn judge(wanted: &[Wanted], keys: &[(String, KeyKind)]) -> Option<MatchKind> {
    wanted
        .iter()
        .map(|word| word.best(keys))
        .try_fold(MatchKind::Exact, |worst, kind| Some(worst.max(kind?)))
}

/// Equal, or one letter off and long enough to tell.
pub(crate) fn is_like(one: &str, other: &str) -> bool {
    one == other || (one.len().min(other.len()) >= near::SHORTEST && near::is_near(one, other))
}
