//! Identity, citizenship, restrictions, medical alerts.

use super::{at_most, needed};
use crate::model::{Citizenship, Identity, MedicalAlert, Restriction};
use codes::{CodeSet, set};
use kernel::{Date, Finding, Findings};

/// Judges an identity as of `today`.
pub fn identity(identity: &Identity, today: Date) -> Findings {
    let mut found = Findings::default();
    if identity.birth_date > today {
        found.push(Finding::refuse("LP-0205", "birth_date"));
    }
    if identity.birth_date.year() < 1900 {
        found.push(Finding::refuse("LP-0206", "birth_date"));
    }
    if set(CodeSet::Gender).find(&identity.gender).is_none() {
        found.push(Finding::refuse("LP-0207", "gender"));
    }
    optional(
        CodeSet::Section23Eligibility,
        "LP-0209",
        "section23",
        &identity.section23,
        &mut found,
    );
    for (field, language) in [
        ("language_at_home", &identity.language_at_home),
        ("other_language", &identity.other_language),
        ("first_language", &identity.first_language),
        ("letters_in", &identity.letters_in),
    ] {
        optional(CodeSet::LanguageAtHome, "LP-0210", field, language, &mut found);
    }
    if !identity.other_language.is_empty() && identity.other_language == identity.language_at_home {
        found.push(Finding::refuse("LP-0286", "other_language"));
    }
    optional(
        CodeSet::SourceDocumentType,
        "LP-0211",
        "document_type",
        &identity.document_type,
        &mut found,
    );
    if let Some(died) = identity.deceased_on {
        if died > today {
            found.push(Finding::refuse("LP-0213", "deceased_on"));
        }
        if died < identity.birth_date {
            found.push(Finding::refuse("LP-0214", "deceased_on"));
        }
    }
    found
}

fn optional(codes: CodeSet, code: &str, field: &str, text: &str, found: &mut Findings) {
    if !text.is_empty() && set(codes).find(text).is_none() {
        found.push(Finding::refuse(code, field));
    }
}

/// Refuses a document type that only the province sets, when a person chooses it. Rule 12006.
pub(crate) fn chosen_document(document_type: &str) -> Option<Finding> {
    set(CodeSet::SourceDocumentType)
        .find(document_type)
        .is_some_and(|code| code.system)
        .then(|| Finding::refuse("12006", "document_type"))
}

/// Up to four letters or digits, never a whole number.
pub fn last_four(text: &str) -> Option<Finding> {
    let fits = text.chars().count() <= 4 && text.chars().all(char::is_alphanumeric);
    (!fits).then(|| Finding::refuse("LP-0212", "document_last_four"))
}

/// One to twenty letters, digits, hyphens, periods, slashes, underscores.
pub fn local_number(number: &str) -> Option<Finding> {
    let fits = (1..=20).contains(&number.chars().count())
        && number
            .chars()
            .all(|letter| letter.is_alphanumeric() || "-./_".contains(letter));
    (!fits).then(|| Finding::refuse("LP-0285", "local_number"))
}

/// Judges a citizenship.
pub fn citizenship(citizenship: &Citizenship) -> Findings {
    let mut found = Findings::default();
    if set(CodeSet::CitizenshipStatus)
        .find(&citizenship.status)
        .is_none()
    {
        found.push(Finding::refuse("LP-0240", "status"));
    }
    optional(
        CodeSet::Country,
        "LP-0241",
        "country",
        &citizenship.country,
        &mut found,
    );
    found
}

/// Judges a disclosure restriction.
pub fn restriction(restriction: &Restriction) -> Findings {
    let mut found = Findings::default();
    if restriction.code.is_gate() {
        needed("LP-0246", "notice", &restriction.notice, &mut found);
    }
    at_most("notice", &restriction.notice, 2000, &mut found);
    found
}

/// Judges a medical alert.
pub fn medical_alert(alert: &MedicalAlert) -> Findings {
    let mut found = Findings::default();
    needed("LP-0250", "alert", &alert.alert, &mut found);
    needed("LP-0251", "action", &alert.action, &mut found);
    at_most("alert", &alert.alert, 2000, &mut found);
    at_most("action", &alert.action, 300, &mut found);
    at_most("plan", &alert.plan, 2000, &mut found);
    found
}
