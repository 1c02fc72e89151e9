//! Findings beside fields, and the linked summary above a form that has more than two.

use maud::{Markup, html};

use crate::{Icon, Lang, icon};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Not saved until it is fixed.
    Refuse,
    /// Saved, but must be looked at.
    Warn,
    /// Good to know.
    Note,
    /// Checked and right.
    Confirmed,
}

impl Severity {
    fn look(self) -> (&'static str, Icon, &'static str) {
        match self {
            Severity::Refuse => ("find e", Icon::AlertCircle, "finding-refuse"),
            Severity::Warn => ("find w", Icon::AlertTriangle, "finding-warn"),
            Severity::Note => ("find n", Icon::InfoCircle, "finding-note"),
            Severity::Confirmed => ("find o", Icon::Check, "finding-confirmed"),
        }
    }
}

/// One finding about one field, already in words.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// Name of the field; a name no field has shows in the summary alone.
    pub field: String,
    /// Stable code of the rule, shown small; `None` for plain form mistakes.
    pub code: Option<String>,
    /// What is wrong and what to do.
    pub text: String,
    /// Nothing is saved until a person says that it is meant.
    pub is_asked: bool,
}

/// The field by which a form tells the codes of the findings it showed.
pub const TOLD: &str = "told";

impl Finding {
    /// A finding without a code.
    pub fn new(severity: Severity, field: impl Into<String>, text: impl Into<String>) -> Finding {
        Finding {
            severity,
            field: field.into(),
            code: None,
            text: text.into(),
            is_asked: false,
        }
    }

    /// With the code of its rule.
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Finding {
        self.code = Some(code.into());
        self
    }
}

fn list(findings: &[&Finding], fields: &[&str]) -> Markup {
    html! {
        ul {
            @for finding in findings {
                li {
                    @if fields.contains(&finding.field.as_str()) { a href={ "#f-" (finding.field) } { (finding.text) } }
                    @else { (words(finding)) }
                }
            }
        }
    }
}

/// Is it meant? Nothing is saved yet.
fn ask(lang: Lang, findings: &[Finding], fields: &[&str]) -> Markup {
    let all: Vec<&Finding> = findings.iter().collect();
    let read: Vec<&str> = findings
        .iter()
        .filter_map(|finding| finding.code.as_deref())
        .collect();
    html! {
        div class="findings ask w12" id="findings" role="alert" tabindex="-1" data-focus {
            h2 { (icon(Icon::AlertTriangle)) (lang.t("findings-ask-title")) }
            (list(&all, fields))
            p class="sub m-0" { (lang.t("findings-ask-text")) }
            input type="hidden" name=(TOLD) value=(read.join(" "));
        }
    }
}

/// A finding as a line of its own, outside a form.
pub fn finding_line(lang: Lang, finding: &Finding) -> Markup {
    let (class, glyph, word) = finding.severity.look();
    html! { div class=(class) { (icon(glyph)) span { span class="visually-hidden" { (lang.t(word)) " " } (words(finding)) } } }
}

pub(crate) fn below(finding: &Finding, id: &str) -> Markup {
    let (class, glyph, _) = finding.severity.look();
    html! { div class=(class) id=(id) { (icon(glyph)) span { (words(finding)) } } }
}

fn words(finding: &Finding) -> Markup {
    html! { (finding.text) @if let Some(code) = &finding.code { " " span class="dim xs num" { (code) } } }
}

/// The summary above a form: shown when more than two findings refuse, or when one belongs to no field of `fields`.
///
/// Each line leads to its field. It takes the focus after a refused save. Where nothing refuses and
/// a person is asked whether it is meant, it lists that; the form sent again says that it was read.
pub fn summary(lang: Lang, findings: &[Finding], fields: &[&str]) -> Markup {
    if findings.iter().any(|finding| finding.is_asked) {
        return ask(lang, findings, fields);
    }
    let refused: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Refuse)
        .collect();
    let homeless = refused
        .iter()
        .any(|finding| !fields.contains(&finding.field.as_str()));
    if refused.len() <= 2 && !homeless {
        return Markup::default();
    }
    html! {
        div class="findings w12" id="findings" role="alert" tabindex="-1" data-focus {
            h2 { (icon(Icon::AlertCircle)) (lang.tx("findings-title", &[("n", refused.len().into())])) }
            (list(&refused, fields))
        }
    }
}
