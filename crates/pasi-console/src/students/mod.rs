//! Students: find one, see everything the province holds, change it from outside.

pub(crate) mod alerts;
mod asked;
pub(crate) mod change;
mod examinations;
pub(crate) mod find;
pub(crate) mod number;
pub(crate) mod record;
pub(crate) mod results;

use crate::at::{At, item};
use codes::CodeSet;
use kernel::Asn;
use pasi_reference::Dossier;

/// The address of a student's pages.
pub(crate) fn path(asn: Asn) -> String {
    format!("{}/{}", item::STUDENTS, asn.as_str())
}

/// The student an address names; none when no student has the number.
fn dossier(at: &At, asn: &str) -> Option<Dossier> {
    at.desk.dossier(asn.parse().ok()?)
}

/// A code with its label.
pub(crate) fn labelled(at: &At, set: CodeSet, code: &str) -> String {
    let lang = codes::Lang::of_tag(at.lang.tag());
    let label = codes::built_in(set).label(code, lang);
    if label == code {
        code.to_owned()
    } else {
        format!("{label} ({code})")
    }
}
