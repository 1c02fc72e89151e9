//! Saved lists.

use crate::model::{KeepList, Sharing};
use kernel::{Finding, Findings};

/// Longest name of a list, in letters.
pub const LONGEST_LABEL: usize = 60;
/// Most columns of a list.
const MOST_COLUMNS: usize = 20;

/// Judges a list to be kept; `others` are the names of the person's other lists.
pub fn keep_list(list: &KeepList, others: &[String]) -> Findings {
    let mut found = Findings::default();
    let label = kernel::text::squeeze(&list.label);
    if label.is_empty() {
        found.push(Finding::refuse("LP-0280", "label"));
    }
    if label.chars().count() > LONGEST_LABEL {
        found.push(Finding::refuse("LP-0281", "label").with("most", LONGEST_LABEL));
    }
    let folded = kernel::text::fold(&label);
    if !folded.is_empty() && others.iter().any(|other| kernel::text::fold(other) == folded) {
        found.push(Finding::refuse("LP-0282", "label"));
    }
    if list.sharing == Sharing::School && list.school.is_none() {
        found.push(Finding::refuse("LP-0283", "school"));
    }
    if list.view.columns.len() > MOST_COLUMNS {
        found.push(Finding::refuse("LP-0284", "columns").with("most", MOST_COLUMNS));
    }
    found
}
