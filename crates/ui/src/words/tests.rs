use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{date, datetime, time};

use super::*;

/// Every message and attribute of a file with the variables it uses, read from the text.
fn shape(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut message, mut part) = (String::new(), String::new());
    for line in text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
    {
        if !line.starts_with(' ') && !line.starts_with('}') {
            line.split(" =")
                .next()
                .unwrap_or_default()
                .clone_into(&mut message);
            part.clone_from(&message);
        } else if let Some(attribute) = line.trim_start().strip_prefix('.') {
            part = format!("{message}.{}", attribute.split(" =").next().unwrap_or_default());
        }
        let variables = found.entry(part.clone()).or_default();
        for rest in line.split('$').skip(1) {
            let name: String = rest
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
                .collect();
            if !name.is_empty() {
                variables.insert(name);
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_attributes_and_variables() {
    for (name, [english, french]) in files::FILES {
        let (english, french) = (shape(english), shape(french));
        for (key, variables) in &english {
            let other = french
                .get(key)
                .unwrap_or_else(|| panic!("fr-CA/{name}.ftl lacks {key}"));
            assert_eq!(
                variables, other,
                "{name}.ftl: {key} uses other variables in French"
            );
        }
        for key in french.keys() {
            assert!(english.contains_key(key), "en-CA/{name}.ftl lacks {key}");
        }
    }
}

#[test]
fn every_file_parses_and_every_message_can_be_shown() {
    for lang in Lang::ALL {
        for (name, [english, french]) in files::FILES {
            for (key, variables) in shape(if lang == Lang::EnCa { english } else { french }) {
                let args: Vec<(&str, Arg)> = variables
                    .iter()
                    .map(|variable| (variable.as_str(), Arg::Count(2)))
                    .collect();
                let shown = lang.tx(&key, &args);
                let has_words = key.contains('.')
                    || lang
                        .bundle()
                        .get_message(&key)
                        .is_some_and(|message| message.value().is_some());
                assert!(
                    !has_words || !shown.contains('⟦'),
                    "{}/{name}.ftl: {shown}",
                    lang.tag()
                );
            }
        }
    }
}

#[test]
fn every_file_in_the_folders_is_listed() {
    for lang in Lang::ALL {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(lang.tag());
        for entry in std::fs::read_dir(folder).expect("the folder of the language is there") {
            let file = entry
                .expect("readable")
                .file_name()
                .into_string()
                .expect("plain name");
            let listed = files::FILES.iter().any(|(name, _)| format!("{name}.ftl") == file);
            assert!(listed, "{}/{file} is not listed in words/files.rs", lang.tag());
        }
    }
}

#[test]
fn a_missing_message_shows_its_key() {
    assert_eq!(Lang::EnCa.t("no-such-message"), "⟦no-such-message⟧");
    assert!(!Lang::FrCa.has("no-such-message"));
}

#[test]
fn counts_choose_the_plural_and_are_written_in_the_language() {
    for (lang, n, want) in [
        (Lang::EnCa, 1, "1 change waiting"),
        (Lang::EnCa, 1200, "1,200 changes waiting"),
        (Lang::FrCa, 0, "0 changement en attente"),
        (Lang::FrCa, 1200, "1\u{202f}200 changements en attente"),
    ] {
        assert_eq!(lang.tx("pasi-foot-waiting", &[("n", n.into())]), want);
    }
}

#[test]
fn numbers_are_written_in_the_language() {
    assert_eq!(Lang::EnCa.number(8_143), "8,143");
    assert_eq!(Lang::FrCa.number(-1_234_567), "−1\u{202f}234\u{202f}567");
    assert_eq!(Lang::EnCa.percent(913), "91.3\u{a0}%");
    assert_eq!(Lang::FrCa.percent(-4), "−0,4\u{a0}%");
    assert_eq!(Lang::EnCa.money(105_487), "$1,054.87");
    assert_eq!(Lang::FrCa.money(105_487), "1\u{202f}054,87\u{a0}$");
}

#[test]
fn dates_are_written_in_the_language() {
    let day = date(2026, 11, 23);
    for (lang, heading, deadline, words) in [
        (
            Lang::EnCa,
            "Monday, November 23",
            "Mon Nov 23",
            "November 23, 2026",
        ),
        (
            Lang::FrCa,
            "Lundi 23 novembre",
            "lun. 23 nov.",
            "23 novembre 2026",
        ),
    ] {
        assert_eq!(lang.day_heading(day), heading);
        assert_eq!(lang.deadline(day), deadline);
        assert_eq!(lang.date_in_words(day), words);
        assert_eq!(lang.date(day), "2026-11-23");
    }
    assert_eq!(Lang::FrCa.date_in_words(date(2026, 9, 1)), "1er septembre 2026");
}

#[test]
fn moments_are_told_from_today() {
    let today = date(2026, 11, 23);
    for (at, english, french) in [
        (
            datetime(2026, 11, 23, 9, 42, 18, 0),
            "9:42 today",
            "9\u{a0}h\u{a0}42 aujourd’hui",
        ),
        (
            datetime(2026, 11, 18, 14, 20, 0, 0),
            "Nov 18, 14:20",
            "18 nov. à 14\u{a0}h\u{a0}20",
        ),
        (
            datetime(2025, 9, 1, 8, 3, 0, 0),
            "Sep 1, 2025, 8:03",
            "1er sept. 2025 à 8\u{a0}h\u{a0}03",
        ),
    ] {
        assert_eq!(Lang::EnCa.moment(at, today), english);
        assert_eq!(Lang::FrCa.moment(at, today), french);
    }
    assert_eq!(Lang::EnCa.time_to_second(time(9, 42, 18, 0)), "9:42:18");
}

#[test]
fn a_browser_is_answered_in_the_first_language_we_speak() {
    for (header, want) in [
        ("fr-CA,fr;q=0.9,en;q=0.8", Lang::FrCa),
        ("de, en-US;q=0.7", Lang::EnCa),
        ("", Lang::EnCa),
    ] {
        assert_eq!(Lang::accepted(header), want, "{header}");
    }
}

#[test]
fn lists_are_joined_as_in_a_sentence() {
    assert_eq!(Lang::EnCa.list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(Lang::FrCa.list(&["a", "b"]), "a et b");
    assert_eq!(Lang::EnCa.list(&[]), "");
}
