//! When a letter is due, and what one may say.

use crate::model::{LetterPlan, LetterText, LetterUnit, Mark, Meaning, Slot, Tally};
use kernel::{Finding, Findings};

/// What a letter may leave open; each is filled when it is made.
pub const PLACEHOLDERS: [&str; 11] = [
    "addressee",
    "student",
    "homeroom",
    "school",
    "division",
    "phone",
    "total",
    "threshold",
    "from",
    "until",
    "sender",
];
/// Most thresholds.
const MOST_STEPS: usize = 6;
/// Highest threshold.
const HIGHEST_STEP: u16 = 400;
/// Longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 120;
/// Longest body or closing, in characters.
pub const LONGEST_TEXT: usize = 3000;

/// Does an absence count for letters (`LP-0740`)?
pub fn counts(plan: &LetterPlan, meaning: Meaning) -> bool {
    meaning.is_absence() && plan.kinds.contains(&meaning)
}

/// Does a slot count in a unit? A period only on days of periods: of instruction, and for half days without daily roll.
pub const fn counts_slot(unit: LetterUnit, slot: Slot, is_period_day: bool) -> bool {
    match unit {
        LetterUnit::HalfDays => slot.is_daily() || is_period_day,
        LetterUnit::Periods => !slot.is_daily() && is_period_day,
    }
}

/// How much absences come to, half days in parts of a day and periods each as
/// one (`LP-0740`); `parts` says what part of a day each counts ([`super::parts`]).
pub fn letter_total(unit: LetterUnit, marks: &[Mark], parts: impl Fn(&Mark) -> u32) -> u32 {
    match unit {
        LetterUnit::HalfDays => marks.iter().map(parts).sum(),
        LetterUnit::Periods => {
            let many = marks.iter().filter(|mark| !mark.slot.is_daily()).count();
            u32::try_from(many).unwrap_or(u32::MAX)
        }
    }
}

/// What a threshold comes to in the measure of [`letter_total`].
pub fn letter_measure(unit: LetterUnit, step: u16) -> u32 {
    match unit {
        LetterUnit::HalfDays => u32::from(step) * (Tally::DAY / 2),
        LetterUnit::Periods => u32::from(step),
    }
}

/// The threshold a letter is due for: the highest that is reached, when no letter of it or of a higher one was sent
/// this year (`LP-0741`).
pub fn letter_due(unit: LetterUnit, steps: &[u16], total: u32, before: Option<u16>) -> Option<u16> {
    let reached = steps
        .iter()
        .copied()
        .filter(|step| letter_measure(unit, *step) <= total)
        .max()?;
    before.is_none_or(|sent| sent < reached).then_some(reached)
}

/// How absences are counted, and what one letter stands for, for whoever reads the list.
pub fn how_letters_count() -> Findings {
    ["LP-0740", "LP-0741", "LP-0752"]
        .map(|code| Finding::note(code, ""))
        .into_iter()
        .collect()
}

/// Thresholds as they would stand. The fields are `half_days`, `periods`, `kinds`.
pub fn judge_letter_plan(plan: &LetterPlan) -> Findings {
    let mut findings = Findings::default();
    for (field, steps) in [("half_days", &plan.half_days), ("periods", &plan.periods)] {
        let rises = steps.windows(2).all(|pair| pair[0] < pair[1]);
        let fits = steps.iter().all(|step| (1..=HIGHEST_STEP).contains(step));
        if !(1..=MOST_STEPS).contains(&steps.len()) || !rises || !fits {
            findings.push(
                Finding::refuse("LP-0742", field)
                    .with("most", MOST_STEPS)
                    .with("highest", HIGHEST_STEP),
            );
        }
    }
    if !plan.kinds.iter().any(|kind| kind.is_absence()) {
        findings.push(Finding::refuse("LP-0743", "kinds"));
    }
    findings
}

/// A text as it would stand. `unprintable` finds the first letter that paper has no shape for.
pub fn judge_letter_text(text: &LetterText, unprintable: impl Fn(&str) -> Option<char>) -> Findings {
    let mut findings = Findings::default();
    let parts = [
        ("subject", &text.subject, LONGEST_SUBJECT, true),
        ("body", &text.body, LONGEST_TEXT, true),
        ("closing", &text.closing, LONGEST_TEXT, false),
    ];
    for (field, words, longest, is_needed) in parts {
        let is_missing = is_needed && words.trim().is_empty();
        if is_missing || words.chars().count() > longest {
            findings.push(Finding::refuse("LP-0745", field).with("longest", longest));
        }
        for unknown in unknown_placeholders(words) {
            findings.push(Finding::refuse("LP-0744", field).with("name", unknown));
        }
        if let Some(sign) = unprintable(words) {
            findings.push(Finding::refuse("LP-0746", field).with("sign", sign));
        }
    }
    findings
}

/// What stands in braces and is no placeholder, and a brace that is never closed or opened.
fn unknown_placeholders(words: &str) -> Vec<String> {
    pieces(words)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(name) if !PLACEHOLDERS.contains(&name) => Some(format!("{{{name}}}")),
            Piece::Broken(rest) => Some(rest.to_owned()),
            _ => None,
        })
        .collect()
}

/// The text with its placeholders filled; what is no placeholder stays as it is.
pub fn fill_letter(words: &str, of: impl Fn(&str) -> String) -> String {
    pieces(words)
        .into_iter()
        .map(|piece| match piece {
            Piece::Said(words) | Piece::Broken(words) => words.to_owned(),
            Piece::Open(name) if PLACEHOLDERS.contains(&name) => of(name),
            Piece::Open(name) => format!("{{{name}}}"),
        })
        .collect()
}

enum Piece<'a> {
    Said(&'a str),
    Open(&'a str),
    Broken(&'a str),
}

fn pieces(words: &str) -> Vec<Piece<'_>> {
    let (mut all, mut rest) = (Vec::new(), words);
    while let Some(at) = rest.find(['{', '}']) {
        all.push(Piece::Said(&rest[..at]));
        let from = &rest[at..];
        let closed = from
            .strip_prefix('{')
            .and_then(|inside| inside.find(['{', '}', '\n']));
        match closed {
            Some(end) if from[1 + end..].starts_with('}') => {
                all.push(Piece::Open(&from[1..=end]));
                rest = &from[end + 2..];
            }
            _ => {
                all.push(Piece::Broken(&from[..1]));
                rest = &from[1..];
            }
        }
    }
    all.push(Piece::Said(rest));
    all
}
