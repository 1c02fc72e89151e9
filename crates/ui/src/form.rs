//! Form fields: label, hint above, the control, findings below. A field cannot be made without its label.
//!
//! `Field::new(lang, "last_name", "Legal last name").value(&typed).findings(&found).required().text()`

use maud::{Markup, html};

use crate::Lang;

mod choice;
mod control;
mod finding;
mod open;

#[cfg(test)]
mod tests;

pub use choice::Choice;
pub use control::Password;
pub(crate) use finding::below as finding_below;
pub use finding::{Finding, Severity, TOLD, finding_line, summary};
pub use open::{Form, Method, form_end};

/// How wide a field stands in the two-column grid `.fg`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    /// Half of the line; the default.
    #[default]
    Half,
    /// A sixth.
    Sixth,
    /// A quarter.
    Quarter,
    /// A third.
    Third,
    /// Two thirds.
    TwoThirds,
    /// The whole line.
    Whole,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Width::Half => "f",
            Width::Sixth => "f w2",
            Width::Quarter => "f w3",
            Width::Third => "f w4",
            Width::TwoThirds => "f w8",
            Width::Whole => "f w12",
        }
    }
}

/// One question of a form. Made with its name and label, refined, then ended by the control it uses.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent refinement with its own method"
)]
pub struct Field<'a> {
    lang: Lang,
    name: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    value: &'a str,
    findings: &'a [Finding],
    required: bool,
    mark_optional: bool,
    width: Width,
    autocomplete: &'a str,
    input_mode: Option<&'a str>,
    max_length: Option<u16>,
    pattern_numeric: bool,
    disabled: bool,
    sensitive: bool,
    live: Option<(&'a str, &'a str)>,
    focus: bool,
    suffix: Option<Markup>,
}

impl<'a> Field<'a> {
    /// A field. `name` is what the form sends; the control's id is `f-` and the name.
    pub fn new(lang: Lang, name: &'a str, label: &'a str) -> Field<'a> {
        Field {
            lang,
            name,
            label,
            hint: None,
            value: "",
            findings: &[],
            required: false,
            mark_optional: false,
            width: Width::Half,
            autocomplete: "off",
            input_mode: None,
            max_length: None,
            pattern_numeric: false,
            disabled: false,
            sensitive: false,
            live: None,
            focus: false,
            suffix: None,
        }
    }

    /// A line above the control: an example, why it is asked.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What stands in the control: the record, or what was typed.
    #[must_use]
    pub fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// Findings of the whole form; the field shows its own.
    #[must_use]
    pub fn findings(mut self, findings: &'a [Finding]) -> Self {
        self.findings = findings;
        self
    }

    /// Must be answered. Announced to assistive technology; the server decides, not the browser.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says "(optional)" beside the label.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.mark_optional = true;
        self
    }

    /// Its share of the line.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// The HTML autocomplete token, where the answer is about the person typing.
    #[must_use]
    pub fn autocomplete(mut self, token: &'a str) -> Self {
        self.autocomplete = token;
        self
    }

    /// The keyboard a phone shows: `numeric`, `tel`, `email`.
    #[must_use]
    pub fn input_mode(mut self, mode: &'a str) -> Self {
        self.input_mode = Some(mode);
        self
    }

    /// Most characters accepted.
    #[must_use]
    pub fn max_length(mut self, characters: u16) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// Digits in a column: ASN, phone, code.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.pattern_numeric = true;
        self
    }

    /// Shown but not changeable now.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    /// Medical, custody or identity words: never kept as a draft on the device.
    #[must_use]
    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Asks the server while one types: `hx-get` this address into the element `target` (a CSS selector).
    #[must_use]
    pub fn live(mut self, address: &'a str, target: &'a str) -> Self {
        self.live = Some((address, target));
        self
    }

    /// Takes the focus when the page opens; one field of a page at most.
    #[must_use]
    pub fn focus(mut self) -> Self {
        self.focus = true;
        self
    }

    /// A button beside the control, as in "Look up".
    #[must_use]
    pub fn beside(mut self, suffix: Markup) -> Self {
        self.suffix = Some(suffix);
        self
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn own_findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let name = self.name;
        self.findings.iter().filter(move |finding| finding.field == name)
    }

    fn is_refused(&self) -> bool {
        self.own_findings()
            .any(|finding| finding.severity == Severity::Refuse)
    }

    fn is_warned(&self) -> bool {
        !self.is_refused()
            && self
                .own_findings()
                .any(|finding| finding.severity == Severity::Warn)
    }

    /// Ids of hint and findings, for `aria-describedby`.
    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let hint = self.hint.map(|_| format!("{id}-hint"));
        let found = (0..self.own_findings().count()).map(|at| format!("{id}-find-{at}"));
        let all: Vec<String> = hint.into_iter().chain(found).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    fn label_words(&self) -> Markup {
        html! {
            (self.label)
            @if self.mark_optional { " " span class="need" { (self.lang.t("field-optional")) } }
        }
    }

    fn hint_line(&self) -> Markup {
        html! { @if let Some(hint) = self.hint { span class="hint" id={ (self.id()) "-hint" } { (hint) } } }
    }

    fn finding_lines(&self) -> Markup {
        html! { @for (at, finding) in self.own_findings().enumerate() { (finding::below(finding, &format!("{}-find-{at}", self.id()))) } }
    }

    /// Label, hint, one control, findings.
    fn around(&self, control: &Markup) -> Markup {
        html! {
            div class=(self.width.class()) {
                label for=(self.id()) { (self.label_words()) }
                (self.hint_line())
                @match &self.suffix {
                    Some(suffix) => div class="affix" { (control) (suffix) },
                    None => (control),
                }
                (self.finding_lines())
            }
        }
    }

    /// Legend, hint, several controls, findings.
    fn around_group(&self, controls: &Markup) -> Markup {
        html! {
            fieldset class=(self.width.class()) id=(self.id()) aria-describedby=[self.described_by()] {
                legend class="lab" { (self.label_words()) }
                (self.hint_line())
                (controls)
                (self.finding_lines())
            }
        }
    }
}
