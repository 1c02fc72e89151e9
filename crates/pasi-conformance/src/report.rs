//! What a run came to: case by case, and line by line of the checklist.

use crate::checklist::{CHECKLIST, Item, Shown, Strength};
use crate::endpoint::Endpoint;
use pasi_wire::Operation;
use serde::Serialize;
use std::fmt::{self, Write as _};

/// What came of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", content = "why", rename_all = "lowercase")]
pub enum Outcome {
    /// As it must be.
    Passed,
    /// Otherwise; why.
    Failed(String),
    /// Not asked, because a case before it did not come as it must; why.
    Skipped(String),
    /// Not asked, because the endpoint tells of nothing of what the province alone makes; why.
    Absent(&'static str),
}

impl Outcome {
    /// Is nothing wrong?
    pub const fn is_right(&self) -> bool {
        matches!(self, Self::Passed | Self::Absent(_))
    }
}

/// A case that was tried.
#[derive(Debug, Clone, Serialize)]
pub struct Tried {
    /// The operation.
    pub operation: &'static str,
    /// `accepted` or `refused`: what must come of it.
    pub kind: &'static str,
    /// What it is about.
    pub what: &'static str,
    /// Lines of the checklist it shows.
    pub shows: &'static [u8],
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// How long it took.
    pub milliseconds: u64,
}

/// How a line of the checklist stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// Every case that shows it passed.
    Passed,
    /// One did not.
    Failed,
    /// The connecting system's own duty: no endpoint can show it.
    OwnDuty,
    /// No case shows it.
    NotShown,
    /// The cases that show it had nothing to be asked about: the endpoint tells
    /// of nothing of what the province alone makes.
    Absent,
}

/// A line of the checklist with its state.
#[derive(Debug, Clone, Serialize)]
pub struct ItemResult {
    /// Its number: 1 for C1.
    pub number: u8,
    /// Is it a must?
    pub strength: Strength,
    /// What it asks for.
    pub text: &'static str,
    /// How it stands.
    pub state: ItemState,
    /// Where this system shows its own part of it; empty when an endpoint shows all.
    pub shown_by: &'static [&'static str],
}

/// A whole run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The endpoint.
    pub endpoint: String,
    /// Whom it was asked for.
    pub organization: String,
    /// Case by case, in the order asked.
    pub cases: Vec<Tried>,
    /// Line by line.
    pub checklist: Vec<ItemResult>,
    /// Operations of the contract that are not asked for anything they must give.
    pub not_asked: Vec<&'static str>,
}

impl Report {
    pub(crate) fn new(endpoint: &Endpoint, cases: Vec<Tried>) -> Self {
        let covered = crate::covered();
        let not_asked = Operation::ALL
            .iter()
            .filter(|operation| !covered.contains(operation));
        Self {
            endpoint: endpoint.url.clone(),
            organization: endpoint.organization.to_string(),
            checklist: CHECKLIST.iter().map(|item| judged(item, &cases)).collect(),
            not_asked: not_asked.map(|operation| operation.name()).collect(),
            cases,
        }
    }

    /// Did everything that could be asked come as it must?
    pub fn is_conformant(&self) -> bool {
        self.cases.iter().all(|tried| tried.outcome.is_right())
    }

    /// How many cases passed, failed and were not asked.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.cases
            .iter()
            .fold((0, 0, 0), |(passed, failed, skipped), tried| {
                match tried.outcome {
                    Outcome::Passed => (passed + 1, failed, skipped),
                    Outcome::Failed(_) => (passed, failed + 1, skipped),
                    Outcome::Skipped(_) | Outcome::Absent(_) => (passed, failed, skipped + 1),
                }
            })
    }
}

fn judged(item: &Item, cases: &[Tried]) -> ItemResult {
    let shown: Vec<&Outcome> = cases
        .iter()
        .filter(|tried| tried.shows.contains(&item.number))
        .map(|tried| &tried.outcome)
        .collect();
    let state = match item.shown {
        Shown::ByTheSystem(_) => ItemState::OwnDuty,
        _ if shown.is_empty() => ItemState::NotShown,
        _ if !shown.iter().all(|outcome| outcome.is_right()) => ItemState::Failed,
        _ if shown.contains(&&Outcome::Passed) => ItemState::Passed,
        _ => ItemState::Absent,
    };
    ItemResult {
        number: item.number,
        strength: item.strength,
        text: item.text,
        state,
        shown_by: match item.shown {
            Shown::ByTheSystem(places) | Shown::ByBoth(places) => places,
            Shown::ByTheEndpoint => &[],
        },
    }
}

impl fmt::Display for Report {
    /// A table for people.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} as {}\n", self.endpoint, self.organization)?;
        let widest = self
            .cases
            .iter()
            .map(|tried| tried.operation.len())
            .max()
            .unwrap_or(0);
        for tried in &self.cases {
            let mut shows = String::new();
            for number in tried.shows {
                write!(shows, " C{number}")?;
            }
            let (mark, why) = match &tried.outcome {
                Outcome::Passed => ("ok  ", ""),
                Outcome::Failed(why) => ("FAIL", why.as_str()),
                Outcome::Skipped(why) => ("skip", why.as_str()),
                Outcome::Absent(why) => ("none", *why),
            };
            writeln!(
                out,
                "{mark}  {:widest$}  {:8}  {}{}",
                tried.operation,
                tried.kind,
                tried.what,
                if shows.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", shows.trim())
                }
            )?;
            if !why.is_empty() {
                writeln!(out, "      {why}")?;
            }
        }
        writeln!(out)?;
        for item in &self.checklist {
            let state = match item.state {
                ItemState::Passed => "ok  ",
                ItemState::Failed => "FAIL",
                ItemState::OwnDuty => "own ",
                ItemState::NotShown => "-   ",
                ItemState::Absent => "none",
            };
            writeln!(
                out,
                "{state}  C{:<2} {}  {}",
                item.number,
                item.strength.letter(),
                item.text
            )?;
            for place in item.shown_by {
                writeln!(out, "            shown by {place}")?;
            }
        }
        for operation in &self.not_asked {
            writeln!(out, "-     {operation} is not asked for what it must give")?;
        }
        let (passed, failed, skipped) = self.counts();
        write!(out, "\n{passed} passed, {failed} failed, {skipped} not asked")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_kept_when_a_case_shows_it_and_not_when_nothing_could_be_asked() {
        let tried = |outcome| Tried {
            operation: "GetDiplomaExam",
            kind: "accepted",
            what: "an exam",
            shows: &[28],
            outcome,
            milliseconds: 0,
        };
        let item = CHECKLIST.iter().find(|item| item.number == 28).expect("a line");
        let absent = || tried(Outcome::Absent("there is no exam"));
        let failed = || tried(Outcome::Failed("another".to_owned()));
        for (cases, want) in [
            (vec![], ItemState::NotShown),
            (vec![absent()], ItemState::Absent),
            (vec![absent(), tried(Outcome::Passed)], ItemState::Passed),
            (vec![failed(), tried(Outcome::Passed)], ItemState::Failed),
            (vec![absent(), failed()], ItemState::Failed),
        ] {
            assert_eq!(judged(item, &cases).state, want);
        }
    }
}
