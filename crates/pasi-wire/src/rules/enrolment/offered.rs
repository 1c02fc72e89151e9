//! What the school offers: grades of regular programming, and programs by
//! code. A rule that was replaced holds in its own years alone.

use super::{EnrolmentFacts, Offered, REGULAR};
use crate::rules::{finding, rule};
use kernel::Finding;

/// Text of the program of special education.
const SPECIAL_EDUCATION: &str = "SpecialEducation";
/// Programs that a grants code asks of the school.
const OF_CODES: [(u32, &str, &str); 3] = [
    (10_038, "630", "Outreach"),
    (10_046, "211", "AlternativeFrench"),
    (10_049, "230", "FrenchSecondLanguage"),
];

pub(super) fn judge(facts: &EnrolmentFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(offered) = facts.offered else {
        return found;
    };
    found.extend(regular(facts, offered));
    found.extend(special_education(facts, offered));
    for (number, code, program) in OF_CODES {
        if facts.has(code) && !has(offered, program) {
            found.push(finding(number));
        }
    }
    found
}

/// Is the program offered, or not known?
fn has(offered: Offered<'_>, program: &str) -> bool {
    offered.programs.is_none_or(|all| all.contains(&program))
}

/// Regular programming for the grade; a year that has not begun may still change.
fn regular(facts: &EnrolmentFacts<'_>, offered: Offered<'_>) -> Option<Finding> {
    let grade = facts.grade?;
    if facts.programming_type != REGULAR || facts.school_year > facts.current_year {
        return None;
    }
    if offered.grades.contains(&grade) && has(offered, REGULAR) {
        return None;
    }
    in_its_years(facts, [10_023, 10_129]).map(|found| found.with("grade", grade))
}

fn special_education(facts: &EnrolmentFacts<'_>, offered: Offered<'_>) -> Option<Finding> {
    let is_special = facts.has("500") || facts.has("110");
    if !is_special || has(offered, SPECIAL_EDUCATION) {
        return None;
    }
    let found = in_its_years(facts, [10_028, 10_128])?;
    Some(match facts.grade {
        Some(grade) if found.code == "10128" => found.with("grade", grade),
        _ => found,
    })
}

/// The finding of the rule that holds in the enrolment's year.
fn in_its_years(facts: &EnrolmentFacts<'_>, numbers: [u32; 2]) -> Option<Finding> {
    numbers
        .into_iter()
        .find(|number| rule(*number).is_some_and(|rule| rule.holds_in(facts.school_year)))
        .map(finding)
}
