//! Which rules of the register are judged here, because only the province has
//! what they look at.

/// Numbers of the rules this server judges by itself, ascending; those of the
/// contract's crate it judges by that crate's functions.
pub const JUDGED: &[u32] = &[
    1001, 1002, 1003, 1004, 1006, 1007, 1008, 2001, 4001, 9001, 9003, 9006, 9010, 9019, 9020, 9021, 9022,
    9030, 9033, 9034, 9036, 10149, 11351, 12005, 65205,
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

    /// What stands before a number that names no rule: a school, a year, a GUID.
    const NO_RULE: [&str; 10] = [
        "guid(",
        "from_u128(",
        "year(",
        "ending(",
        "school(\"",
        "authority(\"",
        "board(\"",
        "&str = \"",
        "code: \"",
        "S.",
    ];

    /// Every number that a text names as a rule, with or without a line in it;
    /// comments name none.
    fn rules_named(text: &str) -> BTreeSet<u32> {
        let lines = text.lines();
        let code: Vec<&str> = lines
            .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
            .collect();
        let code = code.join("\n");
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let mut named = BTreeSet::new();
        let mut rest = code.as_str();
        let mut before = String::new();
        while let Some(first) = rest.chars().next() {
            let end = rest
                .find(|letter| is_part(letter) != is_part(first))
                .unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            let is_other = NO_RULE.iter().any(|text| before.ends_with(text));
            if is_part(first) && !is_other {
                let number = part.strip_prefix("rule_").unwrap_or(part);
                let digits: String = number
                    .chars()
                    .take_while(|letter| *letter != '_' || number == part)
                    .collect();
                named.extend(digits.replace('_', "").parse::<u32>());
            }
            before.push_str(part);
            rest = after;
        }
        named
    }

    #[test]
    fn a_school_a_year_or_a_comment_names_no_rule() {
        let text = r#"
            const ABROAD: &str = "9001"; // 4002
            school("9003"); guid(9006); year(2001);
            async fn rule_9021_is_given() { assert_eq!(codes, [10_029, 9022]); Some("9010") }
        "#;
        let named: Vec<u32> = rules_named(text).into_iter().collect();
        assert_eq!(named, [9010, 9021, 9022, 10_029]);
    }

    /// The texts of the tests in a folder: whole files of tests, and what
    /// follows the word in others.
    fn tests(folder: &Path, into: &mut String) {
        for entry in std::fs::read_dir(folder).expect("our own sources") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                tests(&path, into);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source is text");
            let is_of_tests = path.ends_with("tests.rs") || path.iter().any(|part| part == "tests");
            let from = if is_of_tests {
                Some(0)
            } else {
                text.find("mod tests {")
            };
            into.extend(from.map(|from| &text[from..]));
        }
    }

    /// Rules whose number no test can provoke: the disk must fail (4001); no
    /// message of this contract carries a number to be given (11351).
    const UNTESTED: [u32; 2] = [4001, 11_351];

    #[test]
    fn every_rule_that_is_judged_has_a_test_naming_its_number() {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut text = String::new();
        for folder in [
            "src",
            "tests",
            "../pasi-wire/src",
            "../pasi-conformance/src/cases",
        ] {
            if folder.ends_with("cases") {
                for entry in std::fs::read_dir(ours.join(folder)).expect("our own sources") {
                    let path = entry.expect("readable").path();
                    text.push_str(&std::fs::read_to_string(path).expect("a source is text"));
                }
            } else {
                tests(&ours.join(folder), &mut text);
            }
        }
        let named = rules_named(&text);
        let judged = pasi_wire::rules::RULES
            .iter()
            .filter(|rule| rule.is_judged || JUDGED.contains(&rule.number));
        let bare: Vec<u32> = judged
            .map(|rule| rule.number)
            .filter(|number| !named.contains(number) || UNTESTED.contains(number))
            .collect();
        assert_eq!(bare, UNTESTED, "judged, and no test names them");
    }

    #[test]
    fn every_rule_that_nobody_judges_says_why() {
        for rule in pasi_wire::rules::RULES {
            let is_judged = rule.is_judged || JUDGED.contains(&rule.number);
            assert_eq!(rule.open.is_none(), is_judged, "{}", rule.number);
        }
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
