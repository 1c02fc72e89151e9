//! What a rule says about a record: a code, a severity, a field, and the
//! arguments of the sentence that the edge will write.

use serde::{Deserialize, Serialize};

crate::text_enum! {
    /// How much a finding weighs.
    pub enum Severity {
        /// Nothing is saved.
        Refuse = "refuse",
        /// Saved, but wrong: must be fixed.
        Warn = "warn",
        /// Saved, suspicious: must be confirmed.
        Note = "note",
    }
}

/// A rule of a domain's register: every code that the domain finds stands in
/// one. The sentence a person reads is `finding-` and the code in the locales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `LP-nnnn`; never used again for something else.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it decides, in one English sentence for us.
    pub says: &'static str,
    /// Where it comes from; `Lodgepole` when it is our own.
    pub source: &'static str,
}

/// A register: one line a rule, its code, weight, what it decides, and source.
#[macro_export]
macro_rules! register {
    ($($code:literal $severity:ident $says:literal $source:literal;)+) => {
        &[$($crate::Rule {
            code: $code,
            severity: $crate::Severity::$severity,
            says: $says,
            source: $source,
        }),+]
    };
}

/// One finding of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule: PASI's number where PASI has one (`10054`), else our own (`LP-0007`).
    pub code: String,
    /// How much it weighs.
    pub severity: Severity,
    /// The field it stands beside, by the form's name; empty for the whole record.
    pub field: String,
    /// Values for the sentence, by name; order kept.
    pub args: Vec<(String, String)>,
}

impl Finding {
    /// A finding that stops the save.
    pub fn refuse(code: impl Into<String>, field: impl Into<String>) -> Self {
        Self::new(Severity::Refuse, code, field)
    }
    /// A finding that must be fixed later.
    pub fn warn(code: impl Into<String>, field: impl Into<String>) -> Self {
        Self::new(Severity::Warn, code, field)
    }
    /// A finding that must be confirmed.
    pub fn note(code: impl Into<String>, field: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, field)
    }
    fn new(severity: Severity, code: impl Into<String>, field: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity,
            field: field.into(),
            args: Vec::new(),
        }
    }
    /// Adds a value for the sentence.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`with(\"n\", 3)` reads better than `with(\"n\", &3)`"
    )]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push((name.to_owned(), value.to_string()));
        self
    }
}

/// All findings of a record, in the order the rules gave them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Does any of them stop the save?
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Refuse)
    }
    /// Nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }
    /// Those that stand beside a field.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Finding> {
        self.0.iter().filter(move |finding| finding.field == field)
    }
    /// `Ok` when none refuses, so that warnings do not stop a save.
    pub fn or_refuse(self) -> Result<Self, crate::Failure> {
        if self.refuse() {
            Err(crate::Failure::Invalid(self))
        } else {
            Ok(self)
        }
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, more: T) {
        self.0.extend(more);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(all: T) -> Self {
        Self(all.into_iter().collect())
    }
}

impl From<Finding> for Findings {
    fn from(one: Finding) -> Self {
        Self(vec![one])
    }
}
