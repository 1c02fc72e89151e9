use crate::{CodeSet, Lang, Mark, Set, set};
use kernel::SchoolYear;
use std::collections::HashSet;

fn year(ending: i32) -> SchoolYear {
    SchoolYear::ending(ending).expect("test year")
}

#[test]
fn every_file_parses_and_names_its_set_and_source() {
    for which in CodeSet::ALL {
        let read =
            Set::parse(crate::catalogue::text(*which)).unwrap_or_else(|error| panic!("{which}: {error}"));
        assert_eq!(read.name, which.as_str(), "the file of {which} names another set");
        assert_eq!(set(*which).name, read.name, "sets are held in declared order");
        for said in [&read.title_en, &read.title_fr, &read.source] {
            assert!(!said.trim().is_empty(), "{which}: a title or the source is empty");
        }
        assert!(!read.all().is_empty(), "{which} has no codes");
    }
}

#[test]
fn no_file_is_left_out() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codes");
    let files = std::fs::read_dir(folder)
        .expect("the codes folder")
        .filter(|entry| {
            entry
                .as_ref()
                .is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "toml"))
        })
        .count();
    assert_eq!(files, CodeSet::ALL.len(), "name each file of codes/ in CodeSet");
}

#[test]
fn codes_and_places_are_unique_and_fit_the_province_s_columns() {
    for which in CodeSet::ALL {
        let (mut codes, mut orders) = (HashSet::new(), HashSet::new());
        for row in set(*which).all() {
            assert!(codes.insert(&row.code), "{which}: {} twice", row.code);
            assert!(orders.insert(row.order), "{which}: order {} twice", row.order);
            assert!(
                (1..=50).contains(&row.code.chars().count()),
                "{which}: {}",
                row.code
            );
            for label in [&row.en, &row.fr] {
                assert!(
                    (1..=160).contains(&label.chars().count()),
                    "{which}: label of {}",
                    row.code
                );
                assert_eq!(
                    label.trim(),
                    label,
                    "{which}: blanks around the label of {}",
                    row.code
                );
            }
        }
    }
}

#[test]
fn dates_are_ordered_and_are_school_years() {
    for which in CodeSet::ALL {
        for row in set(*which).all() {
            if let (Some(from), Some(until)) = (row.from, row.until) {
                assert!(from <= until, "{which}: {} ends before it begins", row.code);
            }
            for bound in row.from.iter().chain(&row.until) {
                assert!((1990..=2100).contains(&bound.number()), "{which}: {}", row.code);
            }
        }
    }
}

#[test]
fn french_differs_from_english_where_it_should() {
    for (which, code, english, french) in [
        (CodeSet::Gender, "U", "Unknown", "Inconnu"),
        (CodeSet::LanguageAtHome, "PAN", "Punjabi", "Pendjabi"),
        (CodeSet::Grade, "01", "Grade 1", "1re année"),
        (CodeSet::Country, "DE", "Germany", "Allemagne"),
        (
            CodeSet::Province,
            "BC",
            "British Columbia",
            "Colombie-Britannique",
        ),
    ] {
        assert_eq!(set(which).label(code, Lang::English), english);
        assert_eq!(set(which).label(code, Lang::French), french);
    }
}

#[test]
fn an_expired_code_is_no_longer_offered_but_keeps_its_label() {
    let grants = set(CodeSet::GrantsProgramCode);
    let offered: Vec<&str> = grants
        .valid_in(year(2027))
        .map(|code| code.code.as_str())
        .collect();
    assert!(offered.contains(&"500") && !offered.contains(&"622"));
    assert!(grants.is_valid("622", year(2020)) && !grants.is_valid("622", year(2021)));
    assert_eq!(grants.label("622", Lang::English), "Distance learning, print");
    assert_eq!(
        grants.label("999", Lang::English),
        "999",
        "an unknown code is its own label"
    );
}

#[test]
fn a_code_is_not_offered_before_its_first_year() {
    let exits = set(CodeSet::ExitDateType);
    assert_eq!(exits.valid_in(year(2018)).count(), 0);
    assert_eq!(exits.valid_in(year(2019)).count(), 2);
}

#[test]
fn rows_stand_under_codes_that_exist() {
    for which in CodeSet::ALL {
        for row in set(*which).all() {
            match which.parent() {
                Some(parent) => {
                    assert!(
                        !row.under.is_empty(),
                        "{which}: {} stands under nothing",
                        row.code
                    );
                    for under in &row.under {
                        assert!(
                            set(parent).find(under).is_some(),
                            "{which}: {under} is no {parent}"
                        );
                    }
                }
                None => assert!(row.under.is_empty(), "{which}: {} has a parent", row.code),
            }
        }
    }
}

#[test]
fn reasons_of_the_province_alone_are_never_offered() {
    let reasons = set(CodeSet::TransitionReason);
    let out: Vec<&str> = reasons
        .offered_under("No", year(2027))
        .map(|code| code.code.as_str())
        .collect();
    assert!(out.contains(&"CompletedGrade12") && !out.contains(&"NewStudent"));
    for system in ["ToBeDetermined", "DataConversion", "UpdatedByASL"] {
        assert!(!out.contains(&system), "{system} is offered");
        assert!(reasons.find(system).is_some());
    }
}

#[test]
fn the_lists_are_whole() {
    for (which, at_least) in [
        (CodeSet::LanguageAtHome, 60),
        (CodeSet::Country, 249),
        (CodeSet::Province, 13 + 51),
        (CodeSet::Grade, 13),
        (CodeSet::ExceptionCode, 19),
        (CodeSet::GrantsProgramCode, 24),
    ] {
        let rows = set(which).all().len();
        assert!(rows >= at_least, "{which} has {rows} rows");
    }
    for grade in kernel::Grade::ALL {
        assert!(set(CodeSet::Grade).find(grade.as_str()).is_some(), "{grade}");
    }
}

#[test]
fn what_is_assumed_says_so() {
    assert_eq!(
        set(CodeSet::Gender).find("M").map(|code| code.mark),
        Some(Mark::Assumed)
    );
    assert_eq!(
        set(CodeSet::CitizenshipStatus).find("1").map(|code| code.mark),
        Some(Mark::Known)
    );
}

#[test]
fn a_language_tag_chooses_the_label() {
    for (tag, lang) in [
        ("fr-CA", Lang::French),
        ("FR", Lang::French),
        ("fr_CA", Lang::French),
        ("en-CA", Lang::English),
        ("fro", Lang::English),
        ("", Lang::English),
    ] {
        assert_eq!(Lang::of_tag(tag), lang, "{tag}");
    }
}

fn listed(code: &str, label: &str, from: Option<i32>) -> crate::Code {
    crate::Code {
        code: code.to_owned(),
        en: label.to_owned(),
        fr: String::new(),
        from: from.map(year),
        until: None,
        order: 900,
        mark: Mark::Known,
        system: false,
        under: Vec::new(),
    }
}

#[test]
fn the_province_s_list_stands_above_the_built_in_one() {
    let which = CodeSet::PhoneType;
    let kept = set(which).all()[0].clone();
    let dropped = set(which).all()[1].clone();
    let own = vec![
        listed(&kept.code, "Said otherwise", None),
        listed("SAT", "Satellite", Some(2028)),
    ];
    crate::put_above(which, own, year(2027));
    let now = set(which);
    assert_eq!(now.label(&kept.code, Lang::English), "Said otherwise");
    assert_eq!(
        now.label(&kept.code, Lang::French),
        kept.fr,
        "what it does not say stays"
    );
    assert!(!now.is_valid("SAT", year(2027)) && now.is_valid("SAT", year(2028)));
    assert_eq!(now.label("SAT", Lang::French), "Satellite", "never a blank");
    assert!(
        now.is_valid(&dropped.code, year(2026)),
        "old records keep old codes"
    );
    assert!(
        !now.is_valid(&dropped.code, year(2027)),
        "what it does not list is not chosen any more"
    );
    assert_eq!(now.label(&dropped.code, Lang::English), dropped.en);
}
