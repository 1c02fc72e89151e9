//! Saying no: findings of rules become rejections inside the response, or a
//! fault instead of one.

use kernel::Findings;
use pasi_wire::Fault;
use pasi_wire::messages::SubmitResponse;
use pasi_wire::rules::{finding, rejections, rule_of};

/// Rules that end in a fault wherever they are found: the structure is wrong.
const STRUCTURE: [&str; 2] = ["3001", "3002"];

/// A fault in the register's words.
pub(crate) fn fault(number: u32, arguments: &[(&str, String)]) -> Fault {
    let said = arguments
        .iter()
        .fold(finding(number), |said, (name, value)| said.with(name, value));
    let words = rule_of(&said).map(|rule| rule.sentence(&said.args, false));
    Fault::new(number, words.unwrap_or_default())
}

/// The fault among the findings, if one of them breaks the structure.
pub(crate) fn fault_in(findings: &Findings) -> Option<Fault> {
    let broken = findings
        .0
        .iter()
        .find(|finding| STRUCTURE.contains(&finding.code.as_str()))?;
    let words = rule_of(broken)?.sentence(&broken.args, false);
    let place = if broken.field.is_empty() {
        String::new()
    } else {
        format!(" ({})", broken.field)
    };
    Some(Fault::new(3002, format!("{words}{place}")))
}

/// The answer of a submit: stored with its version, or refused with the version held.
pub(crate) fn answer(
    id: impl ToString,
    held: i64,
    outcome: Result<i64, Findings>,
) -> Result<SubmitResponse, Fault> {
    match outcome {
        Ok(version) => Ok(SubmitResponse::stored(id, version)),
        Err(findings) => match fault_in(&findings) {
            Some(fault) => Err(fault),
            None => Ok(SubmitResponse::refused(id, held, rejections(&findings))),
        },
    }
}

/// Goes on unless a finding refuses.
pub(crate) trait OrReject {
    /// `Ok` when at most warnings were found.
    fn or_reject(self) -> Result<(), Findings>;
}

impl OrReject for Findings {
    fn or_reject(self) -> Result<(), Findings> {
        if self.refuse() { Err(self) } else { Ok(()) }
    }
}
