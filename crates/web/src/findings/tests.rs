//! Every code that our sources hand to a finding stands in one register, has
//! words in both languages, and is named by a test.

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The registers: whose, where it is written, and what it holds.
fn registers() -> Vec<(&'static str, Vec<(&'static str, Severity)>)> {
    let ours = |rules: &'static [kernel::Rule]| rules.iter().map(|rule| (rule.code, rule.severity)).collect();
    vec![
        ("access/src/rules.rs", ours(access::rules::RULES)),
        ("schools/src/rules/register.rs", ours(schools::rules::RULES)),
        ("enrolment/src/rules/register.rs", ours(enrolment::rules::RULES)),
        ("courses/src/rules/register.rs", ours(courses::rules::RULES)),
        ("attendance/src/rules/register.rs", ours(attendance::rules::RULES)),
        ("families/src/rules/register.rs", ours(families::rules::RULES)),
        ("exchange/src/rules/register.rs", ours(exchange::RULES)),
        ("mail/src/rules/register.rs", ours(mail::rules::RULES)),
        ("pasi/src/rules.rs", ours(pasi::rules::RULES)),
        ("web/src/register.rs", ours(crate::register::RULES)),
        (
            "people/src/rules/register.rs",
            people::rules::RULES
                .iter()
                .filter(|rule| rule.code.starts_with("LP-"))
                .map(|rule| (rule.code, rule.severity))
                .collect(),
        ),
    ]
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every source below a folder.
fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("our own sources") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            into.push(path);
        }
    }
}

/// The text of the product and the text of the tests of all our sources, this
/// test and the registers left out.
fn texts() -> (String, String) {
    let mut paths = Vec::new();
    sources(&crates(), &mut paths);
    let written = registers();
    let (mut product, mut tests) = (String::new(), String::new());
    for path in paths {
        let is_named = |end: &str| path.ends_with(end);
        if is_named("findings/tests.rs") || written.iter().any(|(register, _)| is_named(register)) {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source is text");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if name.ends_with("tests") || path.iter().any(|part| part == "tests") {
            tests.push_str(&text);
        } else if let Some((before, after)) = text.split_once("mod tests {") {
            product.push_str(before);
            tests.push_str(after);
        } else {
            product.push_str(&text);
        }
    }
    (product, tests)
}

/// The codes that stand in quotation marks: a code in a comment, or its number alone, is no mention.
fn quoted(text: &str) -> BTreeSet<String> {
    let code = |from: &str| {
        let digits = from
            .get(..4)
            .filter(|code| code.bytes().all(|sign| sign.is_ascii_digit()))?;
        from[4..].starts_with('"').then(|| format!("LP-{digits}"))
    };
    text.split("\"LP-").skip(1).filter_map(code).collect()
}

/// The codes with the weight a source gives them where it makes the finding.
fn weighed(text: &str) -> Vec<(String, Severity)> {
    let bare: String = text.split_whitespace().collect();
    let weights = [
        ("refuse(", Severity::Refuse),
        ("warn(", Severity::Warn),
        ("note(", Severity::Note),
    ];
    weights
        .into_iter()
        .flat_map(|(call, severity)| {
            bare.match_indices(&format!("{call}\"LP-"))
                .filter_map(|(at, found)| bare.get(at + found.len()..at + found.len() + 4))
                .map(|digits| (format!("LP-{digits}"), severity))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// A code that weighs less where a row is at fault only in part: letters lost
/// in a column that is not read do not stop the row.
const ALSO_LIGHTER: [&str; 1] = ["LP-0808"];

#[test]
fn every_code_that_is_found_stands_in_one_register_with_its_weight() {
    let mut standing: BTreeMap<String, Severity> = BTreeMap::new();
    for (register, rules) in registers() {
        for (code, severity) in rules {
            let twice = standing.insert(code.to_owned(), severity);
            assert_eq!(twice, None, "{code} stands twice, again in {register}");
        }
    }
    let (product, _) = texts();
    let registered: BTreeSet<String> = standing.keys().cloned().collect();
    assert_eq!(
        quoted(&product),
        registered,
        "found by a source, and in a register"
    );
    for (code, severity) in weighed(&product) {
        if !ALSO_LIGHTER.contains(&code.as_str()) {
            assert_eq!(standing.get(&code), Some(&severity), "{code} in its register");
        }
    }
}

#[test]
fn every_registered_code_has_words_in_both_languages() {
    for (register, rules) in registers() {
        for (code, _) in rules {
            for lang in [Lang::EnCa, Lang::FrCa] {
                let said = sentence(lang, &Finding::refuse(code, ""));
                // A sentence that lacks its values shows itself; one that is not there, its key alone.
                let bare = format!("⟦finding-{code}⟧");
                assert!(
                    !said.is_empty() && said != bare,
                    "{code} of {register} has no words in {lang:?}"
                );
            }
        }
    }
}

#[test]
fn every_rule_has_a_sentence_for_us_and_a_source() {
    let written = [
        access::rules::RULES,
        schools::rules::RULES,
        enrolment::rules::RULES,
        courses::rules::RULES,
        exchange::RULES,
        mail::rules::RULES,
        pasi::rules::RULES,
        crate::register::RULES,
    ];
    for rule in written.into_iter().flatten() {
        assert!(
            rule.says.ends_with(['.', '?']) && !rule.source.is_empty(),
            "{}",
            rule.code
        );
    }
}

#[test]
fn every_registered_code_is_named_by_a_test() {
    let (_, tests) = texts();
    let named = quoted(&tests);
    let bare: Vec<&str> = registers()
        .into_iter()
        .flat_map(|(_, rules)| rules)
        .map(|(code, _)| code)
        .filter(|code| !named.contains(*code))
        .collect();
    assert_eq!(bare, Vec::<&str>::new(), "no test names these codes");
}
