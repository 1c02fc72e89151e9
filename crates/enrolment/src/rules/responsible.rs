//! Responsible schools: which holds, and what our own rules say of one. That
//! there is one a day, never the same twice in a row, with a reason of its
//! answer, is the province's.

use crate::model::Responsible;
use crate::rules::ProposedResponsible;
use kernel::{Finding, Findings, SchoolYear};

/// Every finding of our own rules on a responsible school; none on a deleted one.
pub fn judge_responsible(proposed: &ProposedResponsible) -> Findings {
    let mut findings = Findings::default();
    if !proposed.after.is_deleted {
        effect(proposed, &mut findings);
        school(proposed, &mut findings);
    }
    findings
}

fn effect(proposed: &ProposedResponsible, findings: &mut Findings) {
    let day = proposed.after.effective_on;
    if day < proposed.student.born {
        findings.push(Finding::refuse("LP-0457", "effective_on"));
    }
    let latest = SchoolYear::of(proposed.today).next();
    if SchoolYear::of(day) > latest {
        findings.push(Finding::refuse("LP-0458", "effective_on").with("latest", latest));
    }
}

fn school(proposed: &ProposedResponsible, findings: &mut Findings) {
    let Responsible::Alberta { code } = &proposed.after.responsible else {
        return;
    };
    let year = SchoolYear::of(proposed.after.effective_on);
    let is_absent = proposed.directory.by_code(*code).is_some_and(|ours| {
        !proposed
            .enrolments
            .iter()
            .any(|enrolment| enrolment.school == ours.id && enrolment.year == year)
    });
    if is_absent {
        findings.push(
            Finding::warn("LP-0456", "school")
                .with("code", code)
                .with("year", year),
        );
    }
}
