//! Short forms of first names, both ways.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "for the reader of the file")]
    source: String,
    #[expect(dead_code, reason = "for the reader of the file")]
    as_of: String,
    names: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    formal: Vec<String>,
    short: Vec<String>,
}

/// For each folded name: the other names its bearer may be found by.
static FORMS: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/nicknames.toml"))
        .expect("data/nicknames.toml is built in and read by a test");
    let mut forms: HashMap<String, Vec<String>> = HashMap::new();
    for group in file.names {
        for formal in &group.formal {
            for short in &group.short {
                forms.entry(short.clone()).or_default().push(formal.clone());
                forms.entry(formal.clone()).or_default().push(short.clone());
            }
        }
        for one in &group.short {
            forms
                .entry(one.clone())
                .or_default()
                .extend(group.short.iter().filter(|other| *other != one).cloned());
        }
    }
    for others in forms.values_mut() {
        others.sort();
        others.dedup();
    }
    forms
});

/// The other forms of a folded first name; short forms of one name are forms of each other.
pub(crate) fn forms(name: &str) -> &'static [String] {
    FORMS.get(name).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::text::fold;

    #[test]
    fn short_forms_lead_to_formal_names_and_back() {
        for (typed, found) in [
            ("bob", "robert"),
            ("robert", "bob"),
            ("jos", "joseph"),
            ("liz", "elizabeth"),
            ("bill", "will"),
            ("sasha", "alexandra"),
        ] {
            assert!(
                forms(typed).iter().any(|form| form == found),
                "{typed} does not lead to {found}"
            );
        }
        assert!(forms("zzyzx").is_empty());
    }

    #[test]
    fn every_name_of_the_file_is_folded() {
        for (name, others) in FORMS.iter() {
            for word in others.iter().chain([name]) {
                assert_eq!(&fold(word), word, "{word} must be written folded");
            }
        }
    }
}
