//! Boards, French hours, declarations and the part a school provides.

use super::{EnrolmentFacts, HOME_EDUCATION};
use crate::rules::finding;
use kernel::Finding;

/// Fewest hours of French instruction in a year for code 211 (assumption `french-hours`).
pub const LEAST_HOURS_211: u16 = 190;
/// Fewest hours of French instruction in a year for code 230 (assumption `french-hours`).
pub const LEAST_HOURS_230: u16 = 50;

pub(super) fn judge(facts: &EnrolmentFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    french_hours(facts, &mut found);
    resident_board(facts, &mut found);
    let has_145 = facts.has("145");
    match facts.francophone_board {
        None if has_145 => found.push(finding(10_071)),
        Some(_) if !has_145 => found.push(finding(10_072)),
        _ => {}
    }
    let is_home_educated = facts.given(&HOME_EDUCATION).next().is_some();
    if facts.program_percentage.is_some() && !is_home_educated {
        found.push(finding(10_064));
    }
    if facts.has_fnmi && facts.enrolment_types > 2 {
        found.push(finding(10_074).with("count", facts.enrolment_types));
    }
    found
}

fn french_hours(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    let Some(hours) = facts.french_hours else {
        let wanting = facts.given(&["145", "211", "221", "230"]).next();
        found.extend(wanting.map(|code| finding(10_010).with("code", code)));
        return;
    };
    for (code, number, least) in [("211", 10_011, LEAST_HOURS_211), ("230", 10_012, LEAST_HOURS_230)] {
        if facts.has(code) && hours < least {
            found.push(finding(number).with("hours", hours).with("least", least));
        }
    }
}

fn resident_board(facts: &EnrolmentFacts<'_>, found: &mut Vec<Finding>) {
    let Some(board) = facts.resident_board else {
        let wanting = facts.given(&["110", "140"]).next();
        found.extend(wanting.map(|code| finding(10_040).with("code", code)));
        return;
    };
    if facts.given(&["110", "140", "150"]).next().is_none() {
        found.push(finding(10_041));
    }
    if !facts.is_resident_board_known {
        found.push(finding(10_068).with("board", board));
    }
}
