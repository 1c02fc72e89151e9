use super::*;

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn codes(found: impl IntoIterator<Item = Finding>) -> Vec<(String, String)> {
    found
        .into_iter()
        .map(|finding| (finding.code, finding.field))
        .collect()
}

fn one(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

#[test]
fn a_name_is_made_of_letters_hyphen_apostrophe_period_and_space() {
    let long = "x".repeat(51);
    for (first, last, want) in [
        ("Aiyana", "Whitebear", vec![]),
        ("Marie-Ève", "O'Brien St. Jean", vec![]),
        ("Sukarno", "LNU", vec![]),
        ("", "Whitebear", one("3002", "first")),
        ("Aiyana", "", one("3002", "last")),
        ("Aiyana2", "Whitebear", one("3002", "first")),
        ("Ai,yana", "Whitebear", one("3002", "first")),
        ("Aiyana", "White  bear", one("3002", "last")),
        ("Thảo", "Ngô", one("3002", "first")),
        ("Aiyana", &long, one("3002", "last")),
        ("-", "Whitebear", one("3002", "first")),
    ] {
        assert_eq!(
            codes(name(&PersonName::new(first, last)).0),
            want,
            "{first} {last}"
        );
    }
    let with_suffix = |suffix: &str| PersonName {
        suffix: suffix.into(),
        ..PersonName::new("A", "B")
    };
    assert!(name(&with_suffix("Jr.")).is_empty());
    assert!(!name(&with_suffix("the eleventh")).is_empty(), "12 characters");
}

#[test]
fn a_phone_number_has_ten_digits_unless_it_begins_otherwise() {
    for (number, is_right) in [
        ("7809637900", true),
        ("780963790", false),
        ("78096379000", false),
        ("17809637900", true),
        ("+442079460000", true),
        ("011442079460000", true),
        ("+", false),
        ("", false),
        ("780-963-7900", false),
        ("(780)9637900", false),
        ("780963790x", false),
        ("44+2079460", false),
        ("٧٨٠٩٦٣٧٩٠٠", false),
    ] {
        assert_eq!(phone("number", number).is_none(), is_right, "{number}");
    }
    assert!(extension("extension", "204").is_none());
    assert!(extension("extension", "x204").is_some());
}

#[test]
fn a_period_ends_after_it_begins() {
    let on = |text| Some(date(text));
    for (effective, expiry, is_right) in [
        (on("2026-09-01"), on("2026-09-02"), true),
        (on("2026-09-01"), on("2026-09-01"), false),
        (on("2026-09-01"), on("2026-08-31"), false),
        (on("2026-09-01"), None, true),
        (None, on("2026-09-01"), true),
    ] {
        assert_eq!(
            period("expiry", effective, expiry).is_none(),
            is_right,
            "{effective:?} {expiry:?}"
        );
    }
}

fn barrhead() -> AddressFacts<'static> {
    AddressFacts {
        format: "Mail-CA",
        street: "4815 51 Street",
        city: "Barrhead",
        state_province: "AB",
        country: "Canada",
        postal_code: "T7N 1A1",
        effective: None,
        expiry: None,
        until: None,
    }
}

#[test]
fn an_address_has_what_its_format_demands() {
    let today = date("2026-11-23");
    for (case, facts, want) in [
        ("whole", barrhead(), vec![]),
        (
            "no city",
            AddressFacts {
                city: "",
                ..barrhead()
            },
            one("3002", "city"),
        ),
        (
            "no country",
            AddressFacts {
                country: "",
                ..barrhead()
            },
            vec![],
        ),
        (
            "postal code without space",
            AddressFacts {
                postal_code: "T7N1A1",
                ..barrhead()
            },
            vec![],
        ),
        (
            "zip code",
            AddressFacts {
                postal_code: "59901",
                ..barrhead()
            },
            one("3002", "postal_code"),
        ),
        (
            "land location",
            AddressFacts {
                format: "ATS",
                street: "NW-12-59-3-W5",
                city: "",
                postal_code: "",
                ..barrhead()
            },
            vec![],
        ),
        (
            "no land location",
            AddressFacts {
                format: "ATS",
                street: "",
                ..barrhead()
            },
            one("3002", "street"),
        ),
        (
            "abroad",
            AddressFacts {
                format: "Mail-International",
                state_province: "",
                country: "Japan",
                ..barrhead()
            },
            vec![],
        ),
        (
            "in the United States",
            AddressFacts {
                format: "Mail-US",
                state_province: "MT",
                country: "USA",
                postal_code: "59901-1234",
                ..barrhead()
            },
            vec![],
        ),
    ] {
        assert_eq!(codes(address(&facts, today).0), want, "{case}");
    }
}

#[test]
fn rule_11012_a_province_lies_in_its_country() {
    let today = date("2026-11-23");
    let at = |province: &'static str, country: &'static str, expiry: Option<&str>| AddressFacts {
        format: "Mail-CA",
        state_province: province,
        country,
        expiry: expiry.map(date),
        ..barrhead()
    };
    for (facts, is_right) in [
        (at("AB", "Canada", None), true),
        (at("AB", "CAN", None), true),
        (at("MT", "Canada", None), false),
        (at("MT", "United States", None), true),
        (at("AB", "USA", None), false),
        (at("AB", "Japan", None), false),
        (at("Tokyo", "Japan", None), true),
        (at("MT", "Canada", Some("2026-05-22")), true),
        (at("MT", "Canada", Some("2026-05-23")), false),
    ] {
        let found = codes(address(&facts, today).0);
        assert_eq!(
            found.iter().all(|(code, _)| code != "11012"),
            is_right,
            "{facts:?}"
        );
    }
}

#[test]
fn rule_11012_lets_an_address_go_that_the_next_one_ended_long_ago() {
    let at = |until: &str| AddressFacts {
        state_province: "MT",
        until: Some(date(until)),
        ..barrhead()
    };
    for (until, is_found) in [("2026-05-22", false), ("2026-05-23", true)] {
        let found = codes(address(&at(until), date("2026-11-23")).0);
        assert_eq!(found.iter().any(|(code, _)| code == "11012"), is_found, "{until}");
    }
}

#[test]
fn a_postal_code_has_the_letters_of_the_post_and_an_e_mail_address_a_place() {
    for (format, code, is_right) in [
        ("Mail-CA", "T8S 1A1", true),
        ("Mail-CA", "T8S1A1", true),
        ("Mail-CA", "D8S 1A1", false),
        ("Mail-CA", "T8S 1A", false),
        ("ATS", "T8S 1I1", false),
        ("Mail-US", "59601", true),
        ("Mail-US", "59601-1234", true),
        ("Mail-US", "5960", false),
        ("Mail-International", "anything", true),
    ] {
        let facts = AddressFacts {
            format,
            postal_code: code,
            ..barrhead()
        };
        let found = codes(address(&facts, date("2026-11-23")).0);
        let is_found = found.contains(&("3002".to_owned(), "postal_code".to_owned()));
        assert_eq!(is_found, !is_right, "{format} {code}");
    }
    for (text, is_right) in [
        ("a@b.ca", true),
        ("a.b+c@school.ab.ca", true),
        ("a@b", false),
        ("@b.ca", false),
        ("a@@b.ca", false),
        ("a b@c.ca", false),
        ("a@b..ca", false),
    ] {
        assert_eq!(email("address", text).is_empty(), is_right, "{text}");
    }
    assert_eq!(
        source_document(true).map(|found| found.code).as_deref(),
        Some("12006")
    );
    assert_eq!(source_document(false), None);
}

#[test]
fn a_duplicate_has_the_same_name_and_birth_date() {
    let person = |first: &str, middle: &str, last: &str| PersonName {
        middle: middle.into(),
        ..PersonName::new(first, last)
    };
    let born = date("2013-04-17");
    for (new, existing, other_birth_date, is_same) in [
        (
            person("Aiyana", "", "Whitebear"),
            person("Aiyana", "Rose", "Whitebear"),
            born,
            true,
        ),
        (
            person("Aiyana", "Rose", "Whitebear"),
            person("Aiyana", "Rose", "Whitebear"),
            born,
            true,
        ),
        (
            person("Aiyana", "Rose", "Whitebear"),
            person("Aiyana", "", "Whitebear"),
            born,
            false,
        ),
        (
            person("AIYANA", "", "WHITEBEAR"),
            person("Aiyana", "", "Whitebear"),
            born,
            true,
        ),
        (person("Ève", "", "Roy"), person("Eve", "", "Roy"), born, false),
        (
            person("Aiyana", "", "Whitebear"),
            person("Aiyana", "", "Whitebear"),
            date("2013-04-18"),
            false,
        ),
        (
            person("Aiyana", "", "Whitebear"),
            person("Aiyana", "", "White"),
            born,
            false,
        ),
    ] {
        let new = Identity {
            name: &new,
            birth_date: born,
        };
        let existing = Identity {
            name: &existing,
            birth_date: other_birth_date,
        };
        assert_eq!(is_duplicate(new, existing), is_same, "{new:?} {existing:?}");
    }
    let asn = Asn::from_number(999_044_182).expect("nine digits");
    let told = duplicate(asn, false);
    assert_eq!((told.code.as_str(), told.args.len()), ("11404", 1));
    let hidden = duplicate(asn, true);
    assert_eq!((hidden.code.as_str(), hidden.args.len()), ("11405", 0));
}

#[test]
fn rule_65031_an_identification_names_its_source() {
    for (kind, has_document, is_right) in [
        (Some("BC"), false, true),
        (None, true, true),
        (None, false, false),
        (Some(""), false, false),
    ] {
        assert_eq!(
            identification_source(kind, has_document).is_none(),
            is_right,
            "{kind:?} {has_document}"
        );
    }
}
