//! Ours and PASI's side by side: of one change that was sent, and of a student
//! whose fields are to be decided.

use crate::who::Who;
use kernel::StudentId;
use maud::{Markup, html};
use pasi::{Difference, Side};
use ui::diff::{self, Chosen, Decision, Sides};
use ui::{Action, Lang};

/// What a choice is called in the form of decisions: which side.
pub(super) fn choice_name(at: usize) -> String {
    format!("d{at}")
}

/// What a decision is about: kind, key, field and the version on screen.
pub(super) fn subject_name(at: usize) -> String {
    format!("k{at}")
}

/// The fields of a change with both sides, those that differ first.
pub(super) fn sent(lang: Lang, sides: &[Side]) -> Markup {
    let mut ordered: Vec<&Side> = sides
        .iter()
        .filter(|side| !side.ours.is_empty() || !side.theirs.is_empty())
        .collect();
    ordered.sort_by_key(|side| side.is_same);
    let rows: Vec<diff::Difference> = ordered.into_iter().map(|side| row(lang, side)).collect();
    let names = Sides {
        ours: lang.t("pasi-ours").into_owned(),
        theirs: lang.t("pasi-theirs").into_owned(),
    };
    html! { @if !rows.is_empty() { (diff::differences(lang, &names, Decision::None, &rows)) } }
}

fn row(lang: Lang, side: &Side) -> diff::Difference {
    // What means the same is drawn as the same, however each side writes it.
    let theirs = if side.is_same { &side.ours } else { &side.theirs };
    diff::Difference {
        name: String::new(),
        field: field_words(lang, side.field),
        cause: String::new(),
        ours: Some(side.ours.clone()).filter(|text| !text.is_empty()),
        theirs: Some(theirs.clone()).filter(|text| !text.is_empty()),
        chosen: None,
        findings: Vec::new(),
    }
}

/// A compared field in words.
fn field_words(lang: Lang, field: &str) -> String {
    match field {
        "asn" => lang.t("student-asn").into_owned(),
        field => lang.t(&format!("pasi-field-{field}")).into_owned(),
    }
}

/// The form that decides a student's differences, field by field. `back` is
/// where to go on afterwards.
pub(crate) fn decisions(
    who: &Who,
    student: StudentId,
    differences: &[Difference],
    may_decide: bool,
    back: &str,
) -> Markup {
    let lang = who.lang();
    let rows: Vec<diff::Difference> = differences
        .iter()
        .enumerate()
        .map(|(at, found)| decision(lang, at, found))
        .collect();
    let names = Sides {
        ours: lang.t("pasi-ours").into_owned(),
        theirs: lang.t("pasi-theirs").into_owned(),
    };
    if !may_decide {
        return diff::differences(lang, &names, Decision::None, &rows);
    }
    let body = html! {
        input type="hidden" name="back" value=(back);
        @for (at, found) in differences.iter().enumerate() {
            input type="hidden" name=(subject_name(at)) value={ (found.record_kind) "|" (found.record_key) "|" (found.field) "|" (found.core_version) };
        }
        (diff::differences(lang, &names, Decision::OursOrTheirs, &rows))
        div class="ch b-top" {
            span class="sm sub grow" { (lang.t("pasi-nothing-until")) }
            (Action::submit(lang.tx("pasi-apply", &[("n", rows.len().into())])).primary())
        }
    };
    let action = format!("/students/{student}/pasi");
    ui::form::Form::post(&action).draw(&who.holder().csrf, &body)
}

fn decision(lang: Lang, at: usize, found: &Difference) -> diff::Difference {
    diff::Difference {
        name: choice_name(at),
        field: field_words(lang, &found.field),
        cause: lang.t(&format!("pasi-cause-{}", found.cause)).into_owned(),
        ours: Some(found.ours.clone()).filter(|text| !text.is_empty()),
        theirs: Some(found.theirs.clone()).filter(|text| !text.is_empty()),
        chosen: Some(Chosen::Theirs),
        findings: Vec::new(),
    }
}
