//! Ours and PASI's side by side: of one change that was sent, and of a student
//! whose fields are to be decided.

use crate::lookup;
use crate::who::Who;
use codes::CodeSet;
use kernel::StudentId;
use maud::{Markup, html};
use pasi::{Choice, Difference, Side};
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
        cause: side.about.clone(),
        ours: shown(lang, side.field, &side.ours),
        theirs: shown(lang, side.field, theirs),
        chosen: None,
        only_theirs: false,
        findings: Vec::new(),
        edit: None,
    }
}

/// The code set of the codes that stand in a compared value.
fn codes_in(field: &str) -> Option<CodeSet> {
    Some(match field {
        "gender" => CodeSet::Gender,
        "language" => CodeSet::LanguageAtHome,
        "section23" => CodeSet::Section23Eligibility,
        "citizenship" => CodeSet::CitizenshipStatus,
        "restriction" => CodeSet::DisclosureRestriction,
        "medical" => CodeSet::MedicalAlertType,
        "guardian" | "guardian-same-name" | "guardian-relationship" => CodeSet::GuardianRelationship,
        "exit-kind" => CodeSet::ExitDateType,
        "responsible-school" => CodeSet::TransitionReason,
        _ => return None,
    })
}

/// A compared value as it is read: codes by their labels, phones with hyphens,
/// yes and no in the person's language. None for nothing.
pub(super) fn shown(lang: Lang, field: &str, value: &str) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    if field == pasi::SEALED {
        return Some(lang.t("pasi-sealed").into_owned());
    }
    let set = codes_in(field);
    let part = |part: &str| match (set, part) {
        (Some(set), part) if codes::set(set).find(part).is_some() => lookup::code(lang, set, part),
        (Some(CodeSet::TransitionReason), part) => lookup::code(lang, CodeSet::HasResponsibleSchool, part),
        (None, "yes" | "no") => lang.t(part).into_owned(),
        // Several phones of one person stand in one field.
        (_, part) => part.split(", ").map(lookup::phone).collect::<Vec<_>>().join(", "),
    };
    let parts: Vec<String> = value.split(pasi::PARTS).map(part).collect();
    Some(parts.join(pasi::PARTS))
}

/// Whose record it is, and how the difference came about.
fn cause(lang: Lang, found: &Difference) -> String {
    let cause = lang.t(&format!("pasi-cause-{}", found.cause));
    if found.about.is_empty() {
        cause.into_owned()
    } else {
        format!("{} · {cause}", found.about)
    }
}

/// The side chosen before anyone chose: PASI's, the newer one. Nothing where it
/// would take out what stands here alone, such as an address or a guardian: that
/// is never a default. Nor is anything where nobody can tell which guardian is meant.
fn proposed(found: &Difference) -> Option<Chosen> {
    let is_unsure = found.field == "guardian-same-name";
    (!is_unsure && found.cause != "only-here").then_some(Chosen::Theirs)
}

/// A compared field in words.
pub(super) fn field_words(lang: Lang, field: &str) -> String {
    match field {
        "asn" => lang.t("student-asn").into_owned(),
        field => lang.t(&format!("pasi-field-{field}")).into_owned(),
    }
}

/// The form that decides a student's differences, field by field, with our own
/// form of each for a third answer. `back` is where to go on afterwards.
pub(crate) fn decisions(
    who: &Who,
    student: StudentId,
    (differences, forms): (&[Difference], &[Option<String>]),
    may_decide: bool,
    back: &str,
) -> Markup {
    let lang = who.lang();
    let rows: Vec<diff::Difference> = differences
        .iter()
        .enumerate()
        .map(|(at, found)| {
            let edit = forms.get(at).cloned().flatten();
            decision(lang, (at, found), &with(lang, differences, at), edit)
        })
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
            input type="hidden" name=(subject_name(at)) value={ (found.record_kind) "|" (found.record_key) "|" (found.field) "|" (found.core_version) "|" (found.ours) };
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

/// The fields that PASI does not take apart from one, in words; empty for none.
fn with(lang: Lang, open: &[Difference], at: usize) -> String {
    let bound = |choice| pasi::bound(open, at, choice);
    let mut all: Vec<usize> = bound(Choice::Ours);
    all.extend(bound(Choice::Theirs));
    all.sort_unstable();
    all.dedup();
    let named: Vec<String> = all
        .into_iter()
        .map(|other| field_words(lang, &open[other].field))
        .collect();
    if named.is_empty() {
        return String::new();
    }
    lang.tx("pasi-decide-with", &[("fields", named.join(", ").into())])
        .into_owned()
}

fn decision(
    lang: Lang,
    (at, found): (usize, &Difference),
    with: &str,
    edit: Option<String>,
) -> diff::Difference {
    let mut cause = cause(lang, found);
    if !with.is_empty() {
        cause = format!("{cause} · {with}");
    }
    diff::Difference {
        name: choice_name(at),
        field: field_words(lang, &found.field),
        cause,
        ours: shown(lang, &found.field, &found.ours),
        theirs: shown(lang, &found.field, &found.theirs),
        chosen: proposed(found),
        only_theirs: pasi::only_theirs(&found.record_kind, &found.field),
        findings: Vec::new(),
        edit,
    }
}
