//! What of the exchange only those may read who may read medical alerts: the
//! text stands sealed in the mirror alone, and neither the queue nor the
//! differences hold a copy of it. For everyone else a row says that something
//! sealed is there, and no more.

use crate::difference::{self, Difference};
use crate::queue::{Answer, Item, RuleSaid};
use access::Permit;
use access::action::ViewMedical;
use db::Reading;
use kernel::{Outcome, StudentId};

/// The kind of record that is sealed.
pub const MEDICAL: &str = "medical";

/// What stands in place of a sealed text, and of its kind for who may not read it.
pub const SEALED: &str = "sealed";

/// Is there a text at all? The only thing about it that is written down.
pub(crate) fn covered(text: &str) -> String {
    if text.is_empty() { "" } else { SEALED }.to_owned()
}

/// What PASI said of an item, as it may be written down: of a sealed record
/// without the values, which could be its text.
pub(crate) fn kept(item: &Item, rules: &[RuleSaid]) -> Vec<RuleSaid> {
    let mut rules = rules.to_vec();
    if is_sealed(item) {
        for rule in &mut rules {
            rule.arguments.clear();
        }
    }
    rules
}

/// Is the record of an item sealed?
pub fn is_sealed(item: &Item) -> bool {
    item.record_kind == MEDICAL
}

/// The item as who may not read it knows it: where it stands and since when.
pub fn cover(item: &mut Item) {
    if is_sealed(item) {
        SEALED.clone_into(&mut item.record_kind);
        item.operation.clear();
        item.answer = serde_json::to_string(&Answer::default()).unwrap_or_default();
    }
}

/// The differences of a student as a person may read them: with a permit the
/// sealed ones with their text, which is a reading the caller notes in the
/// audit; without one, that there are some.
pub fn differences_for(
    at: &mut impl Reading,
    permit: Option<&Permit<ViewMedical>>,
    student: StudentId,
) -> Outcome<Vec<Difference>> {
    let mut all = difference::differences(at, student)?;
    if !all.iter().any(|one| one.record_kind == MEDICAL) {
        return Ok(all);
    }
    let may_read = match permit {
        Some(permit) => permit.covers(at, student)?,
        None => false,
    };
    let told = if may_read {
        difference::compared(at, student)?
    } else {
        Vec::new()
    };
    for one in all.iter_mut().filter(|one| one.record_kind == MEDICAL) {
        let open = told
            .iter()
            .find(|(compared, _)| compared.kind == MEDICAL && compared.key == one.record_key);
        if let Some((compared, _)) = open {
            one.ours.clone_from(&compared.ours);
            one.theirs.clone_from(&compared.theirs);
        } else {
            SEALED.clone_into(&mut one.record_kind);
            SEALED.clone_into(&mut one.field);
            one.record_key.clear();
        }
    }
    Ok(all)
}

/// Does any of them hold a sealed text that was opened?
pub fn holds_opened(differences: &[Difference]) -> bool {
    differences.iter().any(|one| one.record_kind == MEDICAL)
}
