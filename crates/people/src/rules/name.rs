//! Names: one legal and one preferred, and when a name may be used.

use crate::model::{Consent, Name, NameKind};
use kernel::{Date, Finding, Findings};

/// Judges all names of a student together: one legal, one preferred.
pub fn names<'a>(all: impl IntoIterator<Item = &'a Name>) -> Findings {
    let (mut legal, mut preferred) = (0, 0);
    for name in all {
        legal += usize::from(name.kind == NameKind::Legal);
        preferred += usize::from(name.is_preferred);
    }
    let mut found = Findings::default();
    if legal != 1 {
        found.push(Finding::refuse("LP-0215", "names"));
    }
    if preferred != 1 {
        found.push(Finding::refuse("LP-0208", "names"));
    }
    found
}

/// What a gender-related name still waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    /// Nothing.
    Nothing,
    /// The guardians must be told.
    Notice,
    /// They must be told and consent in writing.
    Consent,
}

/// What a name waits for at an age. Education Act, in force 2025-09-01.
pub(crate) fn waits(consent: Consent, age: u8) -> Waits {
    let told = consent.told_on.is_some();
    match age {
        _ if !consent.is_gender_related => Waits::Nothing,
        18.. => Waits::Nothing,
        16..=17 if told => Waits::Nothing,
        16..=17 => Waits::Notice,
        _ if told && consent.consented_on.is_some() => Waits::Nothing,
        _ => Waits::Consent,
    }
}

/// May the name stand on lists, pages and messages on `day`?
pub fn may_use(name: &Name, born: Date, day: Date) -> bool {
    waits(name.consent, born.age_on(day)) == Waits::Nothing
}

/// Why a name was added or changed is a code of the province's list, or not said.
pub(crate) fn why_changed(name: &Name) -> Option<Finding> {
    let code = &name.source_change;
    let is_known = code.is_empty() || codes::set(codes::CodeSet::SourceChangeCode).find(code).is_some();
    (!is_known).then(|| Finding::refuse("LP-0287", "source_change"))
}

/// Notes that a name must wait, so that the page says so when it is saved.
pub fn needs_consent(name: &Name, born: Date, day: Date) -> Option<Finding> {
    (!may_use(name, born, day)).then(|| Finding::note("LP-0216", "names"))
}
