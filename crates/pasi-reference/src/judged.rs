//! Which rules of the register are judged here, because only the province has
//! what they look at.

/// Numbers of the rules this server judges by itself, ascending; those of the
/// contract's crate it judges by that crate's functions.
pub const JUDGED: &[u32] = &[
    1001, 1002, 1003, 1004, 1006, 1007, 1008, 2001, 4001, 9001, 9003, 9006, 9010, 9019, 9020, 9021, 9022,
    9030, 9033, 9034, 10149, 11351, 12005, 12006, 65205,
];

#[cfg(test)]
mod tests {
    use super::*;
    use pasi_wire::rules::rule;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Every number that is handed to a finding or a fault in this crate.
    fn numbers(folder: &Path, into: &mut BTreeSet<u32>) {
        for entry in std::fs::read_dir(folder).expect("our own sources") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                numbers(&path, into);
            } else if path.file_name().is_some_and(|name| name != "judged.rs") {
                let text = std::fs::read_to_string(&path).expect("a source is text");
                let text: String = text.split_whitespace().collect();
                for call in ["finding(", "finding_at(", "fault(", "Fault::new("] {
                    into.extend(text.split(call).skip(1).filter_map(number));
                }
            }
        }
    }

    /// The number a text begins with.
    fn number(text: &str) -> Option<u32> {
        let digits: String = text
            .chars()
            .take_while(|letter| letter.is_ascii_digit() || *letter == '_')
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    }

    #[test]
    fn every_rule_judged_here_is_listed_and_no_other() {
        let mut found = BTreeSet::new();
        numbers(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        found.retain(|number| rule(*number).is_some_and(|rule| !rule.is_judged));
        assert_eq!(
            found,
            JUDGED.iter().copied().collect(),
            "the list and the sources"
        );
        assert!(JUDGED.is_sorted());
    }
}
