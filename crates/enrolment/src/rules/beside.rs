//! An enrolment beside the student's others. Several at once are lawful.

use crate::rules::Proposed;
use kernel::{Finding, Findings};

pub(super) fn judge(proposed: &Proposed, findings: &mut Findings) {
    let after = proposed.after;
    for other in proposed
        .others
        .iter()
        .filter(|other| other.id != after.id && other.overlaps(after))
    {
        if other.school == after.school {
            findings.push(Finding::warn("LP-0418", "start").with("start", other.start));
        } else if other.coding.is_regular_day() && after.coding.is_regular_day() {
            findings.push(
                Finding::note("LP-0419", "start")
                    .with("start", other.start)
                    .with("school_id", other.school),
            );
        }
    }
}
