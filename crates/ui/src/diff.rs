//! Differences: ours and theirs side by side, the changed words marked, one decision for each field.

use maud::{Markup, html};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::form::Finding;
use crate::{Lang, icon, icon::Icon};

/// What the two sides are called.
#[derive(Clone, Debug)]
pub struct Sides {
    /// Heading of our side.
    pub ours: String,
    /// Heading of the other side, and the label of its choice.
    pub theirs: String,
}

/// What the reader decides about a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing: shown to be read.
    None,
    /// Ours or theirs.
    OursOrTheirs,
    /// What the record says now, or what the reader typed before somebody else saved.
    NowOrYours,
    /// Accept what the family sent, or keep what is on file.
    AcceptOrKeep,
}

/// The side chosen so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Ours; sent as `ours`.
    Ours,
    /// Theirs; sent as `theirs`.
    Theirs,
}

/// One field that may differ.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Name of its choice in the form.
    pub name: String,
    /// The field in words.
    pub field: String,
    /// Why it differs: who changed it, where, when.
    pub cause: String,
    /// Our value; lines are kept. `None` when not recorded.
    pub ours: Option<String>,
    /// Their value.
    pub theirs: Option<String>,
    /// The side chosen so far.
    pub chosen: Option<Chosen>,
    /// Only their side can stand: ours is shown, and not offered.
    pub only_theirs: bool,
    /// What stands in the way of a choice.
    pub findings: Vec<Finding>,
    /// Where a third value can be given, when neither side is right.
    pub edit: Option<String>,
}

/// Draws the differences. With a decision they stand in a form of the caller; the choice is sent under each name.
pub fn differences(lang: Lang, sides: &Sides, decision: Decision, rows: &[Difference]) -> Markup {
    let three = if decision == Decision::None { " df-3" } else { "" };
    html! {
        div class={ "df dfh" (three) } aria-hidden="true" {
            span { (lang.t("diff-field")) } span { (sides.ours) } span { (sides.theirs) }
            @if decision != Decision::None { span { (lang.t("diff-choice")) } }
        }
        @for row in rows { (difference(lang, sides, decision, row, three)) }
    }
}

fn difference(lang: Lang, sides: &Sides, decision: Decision, row: &Difference, three: &str) -> Markup {
    let same = row.ours == row.theirs;
    let (ours, theirs) = marked(
        row.ours.as_deref().unwrap_or_default(),
        row.theirs.as_deref().unwrap_or_default(),
    );
    let side = |name: &str, value: Option<&String>, drawn: Markup| {
        html! {
            span class="only-ph xs dim" { (name) }
            span class="visually-hidden" { (name) ": " }
            @if value.is_some() { (drawn) } @else { span class="dim" { (lang.t("diff-not-recorded")) } }
        }
    };
    html! {
        div class={ "df" (three) @if same { " same" } } role="group" aria-label=(row.field) data-df[decision != Decision::None] {
            span { b { (row.field) } @if !row.cause.is_empty() { br; span class="xs dim" { (row.cause) } } }
            span class="old num" { (side(&sides.ours, row.ours.as_ref(), ours)) }
            span class="num" { (side(&sides.theirs, row.theirs.as_ref(), theirs)) }
            @if decision != Decision::None { (choice(lang, decision, row)) }
            @if !row.findings.is_empty() {
                div class="why" { @for finding in &row.findings { (crate::form::finding_line(lang, finding)) } }
            }
        }
    }
}

fn choice(lang: Lang, decision: Decision, row: &Difference) -> Markup {
    let radio = |side: Chosen| {
        let (value, key) = match side {
            Chosen::Ours => ("ours", "n"),
            Chosen::Theirs => ("theirs", "y"),
        };
        html! { input type="radio" name=(row.name) value=(value) checked[row.chosen == Some(side)] data-df-key=(key); }
    };
    html! {
        span {
            span class="seg" role="radiogroup" aria-label=(lang.tx("diff-which", &[("field", row.field.as_str().into())])) {
                @if decision == Decision::AcceptOrKeep {
                    label { (radio(Chosen::Theirs)) (icon(Icon::Check)) (lang.t("diff-accept")) }
                    label class="no" { (radio(Chosen::Ours)) (icon(Icon::X)) span class="visually-hidden" { (lang.t("diff-keep")) } }
                } @else if decision == Decision::NowOrYours {
                    label { (radio(Chosen::Ours)) (lang.t("diff-now")) }
                    label { (radio(Chosen::Theirs)) (lang.t("diff-yours")) }
                } @else {
                    @if !row.only_theirs { label { (radio(Chosen::Ours)) (lang.t("diff-ours")) } }
                    label { (radio(Chosen::Theirs)) (lang.t("diff-theirs")) }
                }
            }
            @if let Some(edit) = &row.edit {
                " " a class="sm nw no-print" href=(edit) aria-label=(lang.tx("diff-edit-of", &[("field", row.field.as_str().into())])) { (lang.t("diff-edit")) }
            }
        }
    }
}

/// Both values with the words and numbers that differ in `<mark>`, whole ones. Line breaks become lines.
pub fn marked(old: &str, new: &str) -> (Markup, Markup) {
    let (old_words, new_words) = (words(old), words(new));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old_words, &new_words) {
        let (before, after) = (op.old_range(), op.new_range());
        let (before, after) = (old_words[before].concat(), new_words[after].concat());
        if matches!(op, DiffOp::Equal { .. }) {
            left.push((false, before));
            right.push((false, after));
        } else {
            left.push((true, before));
            right.push((true, after));
        }
    }
    (drawn(&left), drawn(&right))
}

/// Words and what stands between them, so that joining gives the text back.
fn words(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let word = first.is_alphanumeric();
        let end = if word {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (head, tail) = rest.split_at(end);
        found.push(head);
        rest = tail;
    }
    found
}

type Pieces = Vec<(bool, String)>;

fn drawn(pieces: &[(bool, String)]) -> Markup {
    let joined = bridged(joined(pieces));
    html! {
        @for (changed, text) in &joined {
            @if *changed && !text.trim().is_empty() { mark { (lines(text)) } } @else { (lines(text)) }
        }
    }
}

/// Neighbours of the same kind become one piece.
fn joined(pieces: &[(bool, String)]) -> Pieces {
    let mut out: Pieces = Vec::new();
    for (changed, text) in pieces.iter().filter(|(_, text)| !text.is_empty()) {
        match out.last_mut() {
            Some((last, held)) if last == changed => held.push_str(text),
            _ => out.push((*changed, text.clone())),
        }
    }
    out
}

/// A space between two marks joins them: three changed words read as one change.
fn bridged(mut pieces: Pieces) -> Pieces {
    for at in 1..pieces.len().saturating_sub(1) {
        if pieces[at - 1].0 && pieces[at + 1].0 && pieces[at].1 == " " {
            pieces[at].0 = true;
        }
    }
    joined(&pieces)
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.split('\n').enumerate() { @if at > 0 { br; } (line) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_numbers_that_differ_are_marked() {
        for (old, new, left, right) in [
            (
                "780-555-0162",
                "780-555-0126",
                "780-555-<mark>0162</mark>",
                "780-555-<mark>0126</mark>",
            ),
            (
                "T0Z 1A0",
                "T0Z 1A4",
                "T0Z <mark>1A0</mark>",
                "T0Z <mark>1A4</mark>",
            ),
            (
                "Castellano",
                "Castellano-Ruiz",
                "Castellano",
                "Castellano<mark>-Ruiz</mark>",
            ),
            ("", "Cardinal, Aiyana", "", "<mark>Cardinal, Aiyana</mark>"),
            ("500, 303", "500", "500<mark>, 303</mark>", "500"),
            ("Yes", "No", "<mark>Yes</mark>", "<mark>No</mark>"),
            ("same", "same", "same", "same"),
            (
                "214 Spruce Avenue",
                "8 Willow Road",
                "<mark>214 Spruce Avenue</mark>",
                "<mark>8 Willow Road</mark>",
            ),
            ("Noémie", "Noemie", "<mark>Noémie</mark>", "<mark>Noemie</mark>"),
            ("a<b", "a<c", "a&lt;<mark>b</mark>", "a&lt;<mark>c</mark>"),
        ] {
            let (drawn_left, drawn_right) = marked(old, new);
            assert_eq!(drawn_left.into_string(), left, "{old} / {new}");
            assert_eq!(drawn_right.into_string(), right, "{old} / {new}");
        }
    }

    #[test]
    fn lines_of_an_address_stay_lines() {
        let (old, _) = marked("214 Spruce Avenue\nMarten Lake", "Box 61\nMarten Lake");
        assert!(old.into_string().ends_with("<br>Marten Lake"));
    }

    #[test]
    fn words_join_to_the_text_they_came_from() {
        for text in ["", "  a  b", "Nguyễn, Thảo 12-34", "🙂 x"] {
            assert_eq!(words(text).concat(), text);
        }
    }
}
