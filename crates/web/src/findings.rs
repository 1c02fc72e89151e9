//! Findings in words: the code leads to a sentence in the person's language.

use kernel::{Failure, Finding, Findings, Severity};
use ui::form::{Finding as Shown, Severity as Weight};
use ui::{Arg, Lang};

/// Findings as a form shows them.
pub(crate) fn shown(lang: Lang, findings: &Findings) -> Vec<Shown> {
    findings.0.iter().map(|finding| one(lang, finding)).collect()
}

fn one(lang: Lang, finding: &Finding) -> Shown {
    let severity = match finding.severity {
        Severity::Refuse => Weight::Refuse,
        Severity::Warn => Weight::Warn,
        Severity::Note => Weight::Note,
    };
    Shown {
        severity,
        field: finding.field.clone(),
        code: Some(finding.code.clone()),
        text: sentence(lang, finding),
        is_asked: false,
    }
}

/// The sentence of a finding: our own words by code, else the register that made it.
pub(crate) fn sentence(lang: Lang, finding: &Finding) -> String {
    let french = lang == Lang::FrCa;
    if let Some(rule) = people::rules::rule(&finding.code) {
        return filled(if french { rule.text_fr } else { rule.text_en }, &finding.args);
    }
    if let Some(sentence) = pasi::rule_sentence(&finding.code, &finding.args, french) {
        return sentence;
    }
    let args: Vec<(&str, Arg<'_>)> = finding
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), value.into()))
        .collect();
    lang.tx(&format!("finding-{}", finding.code), &args).into_owned()
}

/// The sentence of a finding in English, for the command line.
pub fn in_english(finding: &Finding) -> String {
    sentence(Lang::EnCa, finding)
}

/// `{name}` in a register's sentence becomes the argument's value.
fn filled(text: &str, args: &[(String, String)]) -> String {
    args.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// What a form shows after a failed save, when the failure belongs to the
/// form: findings, or that another save came first. `Err` for the rest.
pub(crate) fn of_failure(lang: Lang, failure: Failure) -> Result<Vec<Shown>, Failure> {
    match failure {
        Failure::Invalid(findings) => {
            let mut all = shown(lang, &findings);
            if !findings.refuse() {
                for one in &mut all {
                    one.is_asked = true;
                }
            }
            Ok(all)
        }
        Failure::Conflict(_) => Ok(vec![Shown::new(Weight::Refuse, "", lang.t("finding-stale"))]),
        other => Err(other),
    }
}

/// Findings of a record, beside the fields by which a form asks for them; `field` says which, where it is another.
pub(crate) fn beside(mut failure: Failure, field: impl Fn(&str) -> Option<String>) -> Failure {
    if let Failure::Invalid(findings) = &mut failure {
        for finding in &mut findings.0 {
            if let Some(name) = field(&finding.field) {
                finding.field = name;
            }
        }
    }
    failure
}

#[cfg(test)]
mod tests;
