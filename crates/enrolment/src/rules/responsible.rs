//! Responsible schools: one a day, never the same twice in a row, with a reason of its answer.

use crate::model::{Responsible, ResponsibleSchool};
use crate::rules::ProposedResponsible;
use codes::CodeSet;
use kernel::{Finding, Findings, ResponsibleSchoolId, SchoolYear};

/// Every finding of our own rules on a responsible school. A deleted one is
/// judged only by what it leaves behind.
pub fn judge_responsible(proposed: &ProposedResponsible) -> Findings {
    let mut findings = Findings::default();
    if !proposed.after.is_deleted {
        effect(proposed, &mut findings);
        school(proposed, &mut findings);
        reason(proposed, &mut findings);
    }
    if has_new_repetition(proposed) {
        findings.push(Finding::refuse("LP-0452", "school"));
    }
    findings
}

fn effect(proposed: &ProposedResponsible, findings: &mut Findings) {
    let day = proposed.after.effective_on;
    if proposed
        .others
        .iter()
        .any(|other| other.effective_on == day && other.id != proposed.after.id)
    {
        findings.push(Finding::refuse("LP-0451", "effective_on").with("day", day));
    }
    if day < proposed.student.born {
        findings.push(Finding::refuse("LP-0457", "effective_on"));
    }
    let latest = SchoolYear::of(proposed.today).next();
    if SchoolYear::of(day) > latest {
        findings.push(Finding::refuse("LP-0458", "effective_on").with("latest", latest));
    }
}

fn school(proposed: &ProposedResponsible, findings: &mut Findings) {
    match &proposed.after.responsible {
        Responsible::Elsewhere { name, country, .. }
            if name.trim().is_empty() || country.trim().is_empty() =>
        {
            findings.push(Finding::refuse("LP-0453", "school"));
        }
        Responsible::Alberta { code } => {
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
        Responsible::Elsewhere { .. } | Responsible::Nobody | Responsible::Unknown => {}
    }
}

fn reason(proposed: &ProposedResponsible, findings: &mut Findings) {
    let after = proposed.after;
    let year = SchoolYear::of(after.effective_on);
    let found = codes::set(CodeSet::TransitionReason).find(&after.transition_reason);
    let has = after.responsible.has();
    let fits =
        found.is_some_and(|code| code.is_valid_in(year) && code.under.iter().any(|under| under == has));
    if !fits {
        findings.push(
            Finding::refuse("LP-0454", "transition_reason")
                .with("code", &after.transition_reason)
                .with("has", has),
        );
    }
    let was_there = proposed
        .before
        .is_some_and(|before| before.transition_reason == after.transition_reason);
    if found.is_some_and(|code| code.system) && !was_there {
        findings.push(Finding::refuse("LP-0455", "transition_reason").with("code", &after.transition_reason));
    }
}

/// Would two records in a row name the same school that do not today?
fn has_new_repetition(proposed: &ProposedResponsible) -> bool {
    let with = |one: Option<&ResponsibleSchool>| {
        let mut all: Vec<ResponsibleSchool> = proposed
            .others
            .iter()
            .filter(|other| other.id != proposed.after.id)
            .chain(one)
            .filter(|record| !record.is_deleted)
            .cloned()
            .collect();
        all.sort_by_key(|record| record.effective_on);
        repetitions(&all)
    };
    let before = with(proposed.before);
    with(Some(proposed.after))
        .iter()
        .any(|pair| !before.contains(pair))
}

fn repetitions(sorted: &[ResponsibleSchool]) -> Vec<(ResponsibleSchoolId, ResponsibleSchoolId)> {
    sorted
        .windows(2)
        .filter(|pair| pair[0].responsible.is_same_school(&pair[1].responsible))
        .map(|pair| (pair[0].id, pair[1].id))
        .collect()
}
