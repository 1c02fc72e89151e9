//! Grants program codes, alone and together.

use super::{EnrolmentFacts, HOME_EDUCATION, SchoolKind};
use crate::rules::finding;
use kernel::{Finding, Grade};

/// Online or distance, and outreach.
const DISTANCE_AND_OUTREACH: [&str; 2] = ["620", "630"];
/// English as an additional language and refugees; not with either list above.
const ADDITIONAL_LANGUAGE: [&str; 6] = ["301", "302", "303", "306", "307", "640"];
/// The codes of the 300 series that may stand together.
const PAIRS_OF_300: [[&str; 2]; 4] = [["301", "307"], ["302", "307"], ["302", "306"], ["303", "306"]];
/// Codes that say how English as an additional language is taught.
const EAL: [&str; 3] = ["301", "302", "303"];

pub(super) fn judge(facts: &EnrolmentFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    codes_alone(facts, &mut found);
    special_education(facts, &mut found);
    code_110(facts, &mut found);
    together(facts, &mut found);
    additional_language(facts, &mut found);
    found
}

fn codes_alone(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    let mut seen: Vec<&str> = Vec::new();
    for code in facts.grants {
        if facts.grants.iter().filter(|other| *other == code).count() > 1 && !seen.contains(code) {
            seen.push(code);
            found.push(finding(10_002).with("code", code));
        }
    }
    for code in facts.expired_grants {
        found.push(finding(10_029).with("code", code));
    }
    if facts.grade == Some(Grade::Ecs) {
        for code in facts.given(&HOME_EDUCATION) {
            found.push(finding(10_057).with("code", code));
        }
    }
    if facts.has("221") && facts.school != SchoolKind::Francophone {
        found.push(finding(10_047));
    }
}

fn special_education(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    if facts.has("140") && !facts.has("500") {
        found.push(finding(10_007));
    }
    if facts.has("500") && facts.has("550") {
        found.push(finding(10_013));
    }
    if facts.has("500") && facts.has("630") {
        found.push(finding(10_081));
    }
    if facts.has("500") && facts.exceptions.is_empty() {
        found.push(finding(10_054));
    }
    if !facts.has("500") && !facts.has("110") && !facts.exceptions.is_empty() {
        found.push(finding(10_055));
    }
}

fn code_110(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    if !facts.has("110") {
        return;
    }
    if facts.grade == Some(Grade::Ecs) {
        found.push(finding(10_032));
    }
    if !facts.exceptions.iter().any(|code| code.starts_with('5')) {
        found.push(finding(10_043));
    }
    if facts.school != SchoolKind::DesignatedSpecialEducation {
        found.push(finding(10_044));
    }
}

fn together(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    if facts.has("140") {
        for code in facts.given(&HOME_EDUCATION) {
            found.push(finding(10_014).with("code", code));
        }
    }
    let agreements: Vec<&str> = facts.given(&["110", "140", "145"]).collect();
    if agreements.len() > 1 {
        found.push(finding(10_015).with("codes", agreements.join(",")));
    }
    let languages = distinct(facts, |code| code.starts_with('2') || code.starts_with('4'));
    if languages.len() > 1 {
        found.push(finding(10_026).with("codes", languages.join(",")));
    }
    let of_300 = distinct(facts, |code| code.starts_with('3'));
    let is_pair = PAIRS_OF_300.iter().any(|pair| of_300 == *pair);
    if of_300.len() > 1 && !is_pair {
        found.push(finding(10_030).with("codes", of_300.join(",")));
    }
}

fn additional_language(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    for (number, others) in [
        (10_033, &HOME_EDUCATION[..]),
        (10_051, &DISTANCE_AND_OUTREACH[..]),
    ] {
        for other in facts.given(others) {
            for code in facts.given(&ADDITIONAL_LANGUAGE) {
                found.push(finding(number).with("code", code).with("other", other));
            }
        }
    }
    if let (true, Some(citizenship @ ("1" | "2"))) = (facts.has("302"), facts.citizenship) {
        found.push(
            finding(10_027)
                .with("code", "302")
                .with("citizenship", citizenship),
        );
    }
    if let Some(last_year) = facts.last_year_grants {
        let before = coded(last_year);
        let now = coded(facts.grants);
        if before != now {
            found.push(finding(10_052).with("before", before).with("now", now));
        }
    }
}

/// The code for English as an additional language among these; `-` for none.
fn coded(grants: &[&str]) -> String {
    let codes: Vec<&str> = EAL.iter().copied().filter(|code| grants.contains(code)).collect();
    if codes.is_empty() {
        "-".to_owned()
    } else {
        codes.join(",")
    }
}

/// The codes that fit, sorted, each once.
fn distinct<'a>(facts: &EnrolmentFacts<'a>, fits: impl Fn(&str) -> bool) -> Vec<&'a str> {
    let mut codes: Vec<&str> = facts.grants.iter().copied().filter(|code| fits(code)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
