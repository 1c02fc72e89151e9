//! What a roll that was sent changes. Somebody else's mark is never
//! overwritten unseen, and what is not said changes nothing.

use crate::model::{Clash, Codes, Entry, Mark, Meaning, RollAt};
use crate::rules::judge_saying;
use kernel::{Finding, Findings, StudentId};
use std::collections::{BTreeMap, BTreeSet};

/// A mark to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What stands; none for the first mark.
    pub before: Option<Mark>,
    /// What is said.
    pub entry: Entry,
    /// What its code comes to.
    pub meaning: Meaning,
}

/// What becomes of a roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// Marks to be written.
    pub changes: Vec<Change>,
    /// Entries that are shown beside what stands, which stays.
    pub clashes: Vec<Clash>,
}

/// Decides entry by entry; refuses the whole roll when one cannot be: an
/// unknown code, a student who does not stand in it, one named twice.
///
/// An entry that says what stands already changes nothing, whatever version
/// its page saw. One that says something else changes it where the page saw
/// what stands, and clashes where it did not. Present where nothing stands is no mark.
pub fn decide(
    at: &RollAt,
    codes: &Codes,
    students: &BTreeSet<StudentId>,
    standing: &BTreeMap<StudentId, Mark>,
    entries: &[Entry],
) -> Result<Decision, Findings> {
    let (mut findings, mut decision, mut named) = (Findings::default(), Decision::default(), BTreeSet::new());
    for entry in entries.iter().filter(|entry| !entry.letter.is_empty()) {
        let field = |part: &str| format!("{part}-{}", entry.student);
        if !students.contains(&entry.student) {
            findings.push(Finding::refuse("LP-0703", field("letter")));
            continue;
        }
        if !named.insert(entry.student) {
            findings.push(Finding::refuse("LP-0710", field("letter")));
            continue;
        }
        let said = (entry.letter.as_str(), entry.minutes, entry.comment.as_str());
        findings.extend(judge_saying(codes, at.on, said, field).0);
        let Some(code) = codes.find(&entry.letter, at.on) else {
            continue;
        };
        let before = standing.get(&entry.student);
        let is_plain = code.meaning == Meaning::Present && entry.comment.is_empty();
        let is_same = match before {
            None => is_plain,
            Some(mark) => mark.says(&entry.letter, entry.minutes, &entry.comment),
        };
        match before {
            _ if is_same => {}
            // Everyone is present by default: what the page presumed of a mark it did not see says nothing.
            Some(_) if is_plain && entry.seen == 0 => {}
            Some(mark) if mark.known.version != entry.seen => decision.clashes.push(Clash {
                ours: entry.clone(),
                theirs: mark.clone(),
            }),
            _ => decision.changes.push(Change {
                before: before.cloned(),
                entry: entry.clone(),
                meaning: code.meaning,
            }),
        }
    }
    if findings.refuse() {
        Err(findings)
    } else {
        Ok(decision)
    }
}
