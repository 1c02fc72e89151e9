//! Shape of the provincial coding: lists, counts and ranges. Which codes go
//! together is the province's to say.

use crate::rules::Proposed;
use codes::CodeSet;
use kernel::{CalendarId, Finding, Findings, SchoolYear};

pub(super) fn judge(proposed: &Proposed, findings: &mut Findings) {
    let (coding, year) = (&proposed.after.coding, proposed.after.year);
    let one = std::slice::from_ref;
    let declared = coding.indigenous_declaration.as_slice();
    for (field, set, most, given) in [
        ("types", CodeSet::EnrolmentType, 3, coding.types.as_slice()),
        ("exceptions", CodeSet::ExceptionCode, 2, &coding.exceptions),
        ("grants", CodeSet::GrantsProgramCode, 3, &coding.grants),
        (
            "programming_type",
            CodeSet::ProgrammingType,
            1,
            one(&coding.programming_type),
        ),
        (
            "programming_timeframe",
            CodeSet::ProgrammingTimeframe,
            1,
            one(&coding.programming_timeframe),
        ),
        ("indigenous_declaration", CodeSet::FnmiDeclaration, 1, declared),
        (
            "source_change",
            CodeSet::SourceChangeCode,
            1,
            coding.source_change.as_slice(),
        ),
    ] {
        list(field, set, given, year, findings);
        if given.len() > most {
            findings.push(Finding::refuse("LP-0407", field).with("most", most));
        }
    }
    for (field, board) in [
        ("resident_board", &coding.resident_board),
        ("francophone_board", &coding.francophone_board),
    ] {
        if board.as_ref().is_some_and(|board| !is_board(board)) {
            findings.push(Finding::refuse("LP-0410", field));
        }
    }
    for (field, hours) in [
        ("french_hours", coding.french_hours),
        ("instruction_hours", coding.instruction_hours),
    ] {
        if hours.is_some_and(|hours| !(1..=9999).contains(&hours)) {
            findings.push(Finding::refuse("LP-0411", field));
        }
    }
    if coding
        .operating_schedule
        .as_deref()
        .is_some_and(|id| id.parse::<CalendarId>().is_err())
    {
        findings.push(Finding::refuse("LP-0417", "operating_schedule"));
    }
    if coding
        .program_percentage
        .is_some_and(|percentage| !(0..=100).contains(&percentage))
    {
        findings.push(Finding::refuse("LP-0409", "program_percentage"));
    }
}

fn list(field: &str, set: CodeSet, given: &[String], year: SchoolYear, findings: &mut Findings) {
    for (place, code) in given.iter().enumerate() {
        // A self-identification that is wrong is not repeated in a finding: findings may be logged.
        let shown = if set == CodeSet::FnmiDeclaration { "" } else { code };
        if given[..place].contains(code) {
            findings.push(Finding::refuse("LP-0408", field).with("code", shown));
            continue;
        }
        match codes::set(set).find(code) {
            None => findings.push(Finding::refuse("LP-0405", field).with("code", shown)),
            Some(found) if !found.is_valid_in(year) => {
                findings.push(
                    Finding::refuse("LP-0406", field)
                        .with("code", shown)
                        .with("year", year),
                );
            }
            Some(_) => {}
        }
    }
}

/// Four digits, 0001 to 9999.
fn is_board(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) && text != "0000"
}
