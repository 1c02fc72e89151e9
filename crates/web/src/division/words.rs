//! Pieces that several forms of the office share.

use crate::posted::Fields;
use kernel::{Finding, Findings, Severity};
use maud::{Markup, html};
use schools::Directory;
use ui::form::{Choice, Field, Finding as Shown, Width};
use ui::{Action, Lang, dialog};

/// The fields of a form: what was typed, and what was found in it. A label is
/// the message `division-field-` and the field's name.
#[derive(Clone, Copy)]
pub(super) struct Ask<'a> {
    /// Language of the page.
    pub(super) lang: Lang,
    /// What was typed.
    pub(super) typed: &'a Fields,
    /// What was found.
    pub(super) found: &'a [Shown],
}

impl<'a> Ask<'a> {
    /// A line of text.
    pub(super) fn text(self, name: &'a str, width: Width) -> Markup {
        self.field(name, &label(self.lang, name)).width(width).text()
    }

    /// A date.
    pub(super) fn date(self, name: &'a str, width: Width) -> Markup {
        self.field(name, &label(self.lang, name)).width(width).date()
    }

    /// A choice.
    pub(super) fn select(self, name: &'a str, width: Width, choices: &[Choice]) -> Markup {
        self.field(name, &label(self.lang, name))
            .width(width)
            .select(choices)
    }

    fn field<'f>(self, name: &'f str, label: &'f str) -> Field<'f>
    where
        'a: 'f,
    {
        Field::new(self.lang, name, label)
            .value(self.typed.get(name))
            .findings(self.found)
    }
}

fn label(lang: Lang, name: &str) -> String {
    lang.t(&format!("division-field-{}", name.replace('_', "-")))
        .into_owned()
}

/// The schools to choose from.
pub(super) fn schools(directory: &Directory) -> Vec<Choice> {
    directory
        .all()
        .iter()
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect()
}

/// What must be typed and is not: a refusing finding, unless the field has one already.
pub(super) fn wanted<T>(value: Option<T>, code: &str, name: &str, findings: &mut Findings) -> Option<T> {
    if value.is_none() && findings.of(name).next().is_none() {
        findings.push(Finding::refuse(code, name));
    }
    value
}

/// Does any of the findings stand in the way?
pub(super) fn is_refused(found: &[Shown]) -> bool {
    found
        .iter()
        .any(|finding| finding.severity == ui::form::Severity::Refuse)
}

/// Do the rules only warn?
pub(super) fn is_noted(findings: &Findings) -> bool {
    findings
        .0
        .iter()
        .any(|finding| finding.severity != Severity::Refuse)
}

/// A step that takes something away: says its effect and asks for the reason.
pub(super) struct Step<'a> {
    /// Id of the dialog.
    pub(super) id: &'a str,
    /// Its words: `division-<words>-title`, `-effect` and `-verb`.
    pub(super) words: &'a str,
    /// Where it is sent, with `reason`.
    pub(super) action: &'a str,
    /// Token of the request.
    pub(super) csrf: &'a str,
}

impl Step<'_> {
    /// The button that opens the dialog.
    pub(super) fn opener(&self, lang: Lang) -> Action {
        Action::opens(self.verb(lang), self.id).small().danger()
    }

    fn verb(&self, lang: Lang) -> String {
        lang.t(&format!("division-{}-verb", self.words)).into_owned()
    }

    /// The dialog.
    pub(super) fn draw(&self, lang: Lang) -> Markup {
        let title = lang.t(&format!("division-{}-title", self.words));
        let effect = lang.t(&format!("division-{}-effect", self.words));
        let (field, label) = (format!("{}-reason", self.id), lang.t("division-field-reason"));
        let body = html! {
            form method="post" action=(self.action) data-guard {
                (ui::action::csrf_field(self.csrf))
                p { (effect) }
                div class="f" {
                    label for=(field) { (label) }
                    input class="form-control" type="text" id=(field) name="reason" maxlength="200" autocomplete="off" required;
                }
                div class="row-x mt" {
                    span class="end row-x" { (Action::closes(lang.t("cancel"))) (Action::submit(self.verb(lang)).danger()) }
                }
            }
        };
        dialog::dialog(lang, self.id, &title, &body, &html! {})
    }
}
