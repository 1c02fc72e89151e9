//! One row per boundary.

use super::*;
use crate::model::*;
use kernel::PersonName;

fn date(text: &str) -> Date {
    text.parse().expect("a date in a test")
}

const TODAY: &str = "2026-11-23";

fn codes(found: &Findings) -> Vec<&str> {
    found.0.iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn a_text_is_as_long_as_is_kept_and_no_longer() {
    for (letters, fits) in [(0, true), (60, true), (61, false)] {
        let mut found = Findings::default();
        at_most("city", &"é".repeat(letters), 60, &mut found);
        let wrong: &[&str] = if fits { &[] } else { &["LP-0229"] };
        assert_eq!(codes(&found), wrong, "{letters} letters");
    }
}

#[test]
fn one_name_is_legal_and_one_is_gone_by() {
    let legal = |preferred| Name {
        is_preferred: preferred,
        ..Name::legal(PersonName::new("A", "B"))
    };
    let other = |preferred| Name::other(PersonName::new("C", "D"), preferred);
    for (all, want) in [
        (vec![legal(true)], vec![]),
        (vec![legal(false), other(true)], vec![]),
        (vec![legal(false)], vec!["LP-0208"]),
        (vec![legal(true), other(true)], vec!["LP-0208"]),
        (vec![other(true)], vec!["LP-0215"]),
        (vec![legal(true), legal(false)], vec!["LP-0215"]),
    ] {
        assert_eq!(codes(&names(&all)), want, "{all:?}");
    }
}

#[test]
fn why_a_name_changes_is_chosen_from_the_list() {
    for (code, is_known) in [("", true), ("LegalChange", true), ("Whim", false)] {
        let name = Name {
            source_change: code.to_owned(),
            ..Name::other(PersonName::new("C", "D"), false)
        };
        let found = super::why_changed(&name).map(|one| one.code);
        assert_eq!(found, (!is_known).then(|| "LP-0287".to_owned()), "{code}");
    }
}

#[test]
fn a_gender_related_name_waits_by_age() {
    let day = date(TODAY);
    for (born, told, consented, may) in [
        ("2010-11-24", true, false, false), // 15 years, the day before the birthday
        ("2010-11-23", true, false, true),  // 16 today
        ("2010-11-24", true, true, true),
        ("2010-11-24", false, true, false),
        ("2008-11-24", false, false, false), // 17
        ("2008-11-23", false, false, true),  // 18 today
    ] {
        let on = |said: bool| said.then_some(day);
        let consent = Consent {
            is_gender_related: true,
            told_on: on(told),
            consented_on: on(consented),
        };
        let name = Name {
            consent,
            ..Name::other(PersonName::new("A", "B"), true)
        };
        assert_eq!(may_use(&name, date(born), day), may, "born {born}");
    }
    let ordinary = Name::other(PersonName::new("Bob", "B"), true);
    assert!(
        may_use(&ordinary, date("2019-01-01"), day),
        "a nickname waits for nothing"
    );
}

#[test]
fn identities_have_their_limits() {
    let with = |change: fn(&mut Identity)| {
        let mut identity = Identity::new(date("2013-04-17"), "F");
        change(&mut identity);
        identity
    };
    let today = date(TODAY);
    for (case, value, want) in [
        ("plain", with(|_| {}), vec![]),
        ("born today", with(|one| one.birth_date = date(TODAY)), vec![]),
        (
            "born tomorrow",
            with(|one| one.birth_date = date("2026-11-24")),
            vec!["LP-0205"],
        ),
        (
            "born 1900",
            with(|one| one.birth_date = date("1900-01-01")),
            vec![],
        ),
        (
            "born 1899",
            with(|one| one.birth_date = date("1899-12-31")),
            vec!["LP-0206"],
        ),
        (
            "gender",
            with(|one| one.gender = "female".into()),
            vec!["LP-0207"],
        ),
        (
            "section 23",
            with(|one| one.section23 = "Q".into()),
            vec!["LP-0209"],
        ),
        (
            "language",
            with(|one| one.language_at_home = "ZZ".into()),
            vec!["LP-0210"],
        ),
        (
            "document",
            with(|one| one.document_type = "Library card".into()),
            vec!["LP-0211"],
        ),
        (
            "died today",
            with(|one| one.deceased_on = Some(date(TODAY))),
            vec![],
        ),
        (
            "dies tomorrow",
            with(|one| one.deceased_on = Some(date("2026-11-24"))),
            vec!["LP-0213"],
        ),
        (
            "died before birth",
            with(|one| one.deceased_on = Some(date("2013-04-16"))),
            vec!["LP-0214"],
        ),
    ] {
        assert_eq!(codes(&identity(&value, today)), want, "{case}");
    }
    assert!(last_four("12A4").is_none() && last_four("").is_none());
    assert!(last_four("12345").is_some() && last_four("12-4").is_some());
    assert_eq!(
        chosen_document("SelfDeclared").map(|found| found.code).as_deref(),
        Some("12006")
    );
}

#[test]
fn addresses_follow_their_format() {
    let with =
        |format: &str,
         kind,
         (street, city, province, postal_code, country): (&str, &str, &str, &str, &str)| Address {
            kind,
            format: format.into(),
            street: street.into(),
            city: city.into(),
            province: province.into(),
            postal_code: postal_code.into(),
            country: country.into(),
            effective_on: date("2026-09-01"),
            expires_on: None,
        };
    let (mail, home) = (AddressKind::Mailing, AddressKind::Physical);
    for (value, want) in [
        (
            with("Mail-CA", mail, ("Box 1", "Peace River", "AB", "T8S 1A1", "CA")),
            vec![],
        ),
        (
            with("Mail-CA", mail, ("Box 1", "Helena", "AB", "T8S 1A1", "US")),
            vec!["LP-0226"],
        ),
        (
            with("Mail-US", mail, ("1 Main", "Helena", "MT", "59601", "US")),
            vec![],
        ),
        (
            with("Mail-International", mail, ("1 rue", "Kyiv", "", "", "UA")),
            vec![],
        ),
        (
            with("Mail-International", mail, ("1 rue", "Kyiv", "", "", "XX")),
            vec!["LP-0241"],
        ),
        (
            with("Mail-International", mail, ("1 rue", "", "", "", "UA")),
            vec!["LP-0222"],
        ),
        (with("ATS", home, ("NW-12-082-05-W6", "", "AB", "", "CA")), vec![]),
        (with("ATS", home, ("16-36-126-34-W4", "", "AB", "", "CA")), vec![]),
        (
            with("ATS", home, ("NW-37-082-05-W6", "", "AB", "", "CA")),
            vec!["LP-0227"],
        ),
        (
            with("ATS", home, ("NW-12-127-05-W6", "", "AB", "", "CA")),
            vec!["LP-0227"],
        ),
        (
            with("ATS", home, ("17-12-082-05-W6", "", "AB", "", "CA")),
            vec!["LP-0227"],
        ),
        (
            with("ATS", home, ("NW-12-082-05-W7", "", "AB", "", "CA")),
            vec!["LP-0227"],
        ),
        (
            with("ATS", mail, ("NW-12-082-05-W6", "", "AB", "", "CA")),
            vec!["LP-0220"],
        ),
        (
            with("RuralAlbertaAddress", home, ("820512 RR 55", "", "AB", "", "CA")),
            vec![],
        ),
        (
            with("RuralAlbertaAddress", home, ("820512 RR 55", "", "BC", "", "CA")),
            vec!["LP-0226"],
        ),
    ] {
        assert_eq!(codes(&address(&value)), want, "{value:?}");
    }
}

#[test]
fn an_address_ends_the_day_before_the_next_of_its_kind() {
    let from = |kind, day: &str, expires: Option<&str>| Address {
        kind,
        format: "Mail-CA".into(),
        street: String::new(),
        city: String::new(),
        province: String::new(),
        postal_code: String::new(),
        country: "CA".into(),
        effective_on: date(day),
        expires_on: expires.map(date),
    };
    let (mail, home) = (AddressKind::Mailing, AddressKind::Physical);
    let all = [
        from(mail, "2025-09-01", None),
        from(mail, "2026-03-01", None),
        from(home, "2025-12-01", None),
    ];
    assert_eq!(address_until(&all[0], &all), Some(date("2026-02-28")));
    assert_eq!(address_until(&all[1], &all), None);
    assert_eq!(address_until(&all[2], &all), None);
    let said = from(mail, "2025-09-01", Some("2025-10-31"));
    assert_eq!(
        address_until(&said, &all),
        Some(date("2025-10-31")),
        "what someone said stands"
    );
}

#[test]
fn a_number_from_elsewhere_has_a_length_and_what_is_typed_becomes_digits() {
    for (number, fits) in [
        ("+380441234567", true),
        ("+3804", false),
        ("0441234567", true),
        ("+1234567890123456", false),
        ("7806240123", true),
        ("", true),
    ] {
        let found = phone_number("number", number).map(|one| (one.code, one.field));
        let want = (!fits).then(|| ("LP-0233".to_owned(), "number".to_owned()));
        assert_eq!(found, want, "{number}");
    }
    for (typed, kept) in [
        ("(780) 624-0123", "7806240123"),
        ("1 780 624 0123", "7806240123"),
        ("+1 780.624.0123", "7806240123"),
        ("+380 44 123 4567", "+380441234567"),
    ] {
        assert_eq!(tidy_phone(typed), kept);
    }
}

#[test]
fn a_kind_that_no_list_has_is_refused_beside_its_field() {
    let found = |found: Findings| {
        found
            .0
            .into_iter()
            .map(|one| (one.code, one.field))
            .collect::<Vec<_>>()
    };
    let phone_of = |kind: &str| Phone {
        kind: kind.into(),
        number: "7806240123".into(),
        extension: String::new(),
        is_preferred: false,
        is_listed: false,
    };
    let email_of = |kind: &str| Email {
        kind: kind.into(),
        address: "home@example.ca".into(),
    };
    let held = |status: &str, country: &str| Citizenship {
        status: status.into(),
        country: country.into(),
        effective_on: date("2026-09-01"),
        document_expires_on: None,
    };
    for (case, said, want) in [
        ("a phone of the list", phone(&phone_of("Mobile")), None),
        (
            "no kind of phone",
            phone(&phone_of("")),
            Some(("LP-0232", "kind")),
        ),
        (
            "another kind of phone",
            phone(&phone_of("Pager")),
            Some(("LP-0232", "kind")),
        ),
        ("an e-mail of the list", email_kind(&email_of("Work")), None),
        (
            "no kind of e-mail",
            email_kind(&email_of("")),
            Some(("LP-0236", "kind")),
        ),
        (
            "another case",
            email_kind(&email_of("work")),
            Some(("LP-0236", "kind")),
        ),
        ("a citizenship of the list", citizenship(&held("1", "CA")), None),
        (
            "no status",
            citizenship(&held("", "CA")),
            Some(("LP-0240", "status")),
        ),
        (
            "another status",
            citizenship(&held("Z", "CA")),
            Some(("LP-0240", "status")),
        ),
        (
            "another country",
            citizenship(&held("1", "ZZ")),
            Some(("LP-0241", "country")),
        ),
    ] {
        let want: Vec<_> = want
            .into_iter()
            .map(|(code, field): (&str, &str)| (code.to_owned(), field.to_owned()))
            .collect();
        assert_eq!(found(said), want, "{case}");
    }
}

#[test]
fn no_more_than_the_end_of_a_document_number_is_kept() {
    for (text, fits) in [
        ("", true),
        ("12AB", true),
        ("É2", true),
        ("12345", false),
        ("12-4", false),
        ("1 2", false),
        ("12\u{7}", false),
    ] {
        let found = last_four(text).map(|one| (one.code, one.field));
        let want = (!fits).then(|| ("LP-0212".to_owned(), "document_last_four".to_owned()));
        assert_eq!(found, want, "{text:?}");
    }
}

#[test]
fn two_addresses_of_a_kind_do_not_begin_on_one_day() {
    let at = |kind, from: &str| Address {
        kind,
        format: "Mail-CA".into(),
        street: "Box 1".into(),
        city: "Peace River".into(),
        province: "AB".into(),
        postal_code: "T8S 1A1".into(),
        country: "CA".into(),
        effective_on: date(from),
        expires_on: None,
    };
    let home = at(AddressKind::Mailing, "2026-09-01");
    for (other, meets) in [
        (at(AddressKind::Mailing, "2026-09-01"), true),
        (at(AddressKind::Mailing, "2026-09-02"), false),
        (at(AddressKind::Physical, "2026-09-01"), false),
    ] {
        let found = overlapping(&home, [&other]);
        let weight = found.as_ref().map(|one| (one.code.as_str(), one.severity));
        assert_eq!(
            weight,
            meets.then_some(("LP-0237", kernel::Severity::Warn)),
            "{other:?}"
        );
    }
}

#[test]
fn a_list_to_be_kept_has_a_name_a_school_when_shared_with_one_and_few_columns() {
    let list = |label: &str, sharing, columns: usize| KeepList {
        label: label.into(),
        sharing,
        school: None,
        view: ListView {
            columns: vec!["grade".to_owned(); columns],
            ..ListView::default()
        },
    };
    let with_school = KeepList {
        school: Some(kernel::SchoolId::derived("one")),
        ..list("Mine", Sharing::School, 1)
    };
    let long = "x".repeat(61);
    for (kept, want) in [
        (list("Mine", Sharing::Own, 20), None),
        (list(&long[1..], Sharing::Division, 0), None),
        (with_school, None),
        (list(" ", Sharing::Own, 0), Some(("LP-0280", "label"))),
        (list(&long, Sharing::Own, 0), Some(("LP-0281", "label"))),
        (list("grade SIX", Sharing::Own, 0), Some(("LP-0282", "label"))),
        (list("Ours", Sharing::School, 0), Some(("LP-0283", "school"))),
        (list("Wide", Sharing::Own, 21), Some(("LP-0284", "columns"))),
    ] {
        let found = keep_list(&kept, &["Grade six".to_owned()]);
        let found: Vec<_> = found
            .0
            .iter()
            .map(|one| (one.code.as_str(), one.field.as_str()))
            .collect();
        assert_eq!(found, want.into_iter().collect::<Vec<_>>(), "{kept:?}");
    }
}

#[test]
fn a_person_speaks_a_language_and_lives_in_a_country_of_the_lists() {
    let with = |change: fn(&mut Person)| {
        let mut one = Person::default();
        change(&mut one);
        one
    };
    for (typed, want) in [
        (with(|_| {}), vec![]),
        (with(|one| one.language = "FRA".into()), vec![]),
        (with(|one| one.language = "en".into()), vec![]),
        (with(|one| one.language = "Klingon".into()), vec!["LP-0210"]),
        (with(|one| one.country = "DE".into()), vec![]),
        (with(|one| one.country = "Germany".into()), vec!["LP-0241"]),
        (with(|one| one.postal_code = "t9h1a1".into()), vec![]),
        (with(|one| one.postal_code = "T9H".into()), vec!["LP-0268"]),
        (with(|one| one.postal_code = "T9H 1A11".into()), vec!["LP-0268"]),
        (with(|one| one.province = "AB".into()), vec![]),
        (with(|one| one.province = "Albertia".into()), vec!["LP-0269"]),
        (
            with(|one| {
                one.country = "US".into();
                one.province = "MT".into();
                one.postal_code = "59601".into();
            }),
            vec![],
        ),
        (
            with(|one| {
                one.country = "DE".into();
                one.province = "Bayern".into();
                one.postal_code = "80331".into();
            }),
            vec![],
        ),
        (
            with(|one| {
                one.country = "DE".into();
                one.province = "x".repeat(61);
                one.postal_code = "1".repeat(21);
            }),
            vec!["LP-0229", "LP-0229"],
        ),
    ] {
        assert_eq!(codes(&person(&tidy_person(&typed))), want, "{typed:?}");
    }
}

#[test]
fn contacts_have_a_relationship_and_a_place() {
    let from = date("2026-09-01");
    let with = |change: fn(&mut Contact)| {
        let mut contact = Contact::new("Parent", date("2026-09-01"));
        change(&mut contact);
        contact
    };
    for (value, want) in [
        (with(|_| {}), vec![]),
        (with(|one| one.relationship = "Neighbour".into()), vec![]),
        (with(|one| one.relationship = String::new()), vec!["LP-0262"]),
        (with(|one| one.call_order = 99), vec![]),
        (with(|one| one.call_order = 100), vec!["LP-0264"]),
        (with(|one| one.call_order = -1), vec!["LP-0264"]),
        (
            with(|one| one.expires_on = Some(one.effective_on.plus_days(-1))),
            vec!["LP-0228"],
        ),
        (
            with(|one| {
                one.custody = Custody::NoContact;
                one.may_pick_up = true;
            }),
            vec!["LP-0265"],
        ),
    ] {
        assert_eq!(codes(&contact(&value)), want, "{value:?}");
    }
    let first = with(|one| one.call_order = 1);
    let ended = Contact {
        expires_on: Some(from),
        ..first.clone()
    };
    assert_eq!(codes(&call_order([&first, &first], date(TODAY))), ["LP-0263"]);
    assert!(
        call_order([&first, &ended], date(TODAY)).is_empty(),
        "who left gives the place up"
    );
}

#[test]
fn restrictions_and_alerts_say_something() {
    let from = date("2026-09-01");
    let with = |code, notice: &str| Restriction {
        code,
        notice: notice.into(),
        effective_on: from,
        expires_on: None,
    };
    assert_eq!(
        codes(&restriction(&with(RestrictionCode::CourtOrdered, " "))),
        ["LP-0246"]
    );
    assert!(restriction(&with(RestrictionCode::StudentOver18withGuardian, "")).is_empty());
    let silent = MedicalAlert {
        severity: AlertSeverity::Minor,
        alert: String::new(),
        action: String::new(),
        plan: String::new(),
        effective_on: from,
        expires_on: None,
    };
    assert_eq!(codes(&medical_alert(&silent)), ["LP-0250", "LP-0251"]);
}

#[test]
fn every_rule_is_registered_once_in_two_languages() {
    for (at, one) in RULES.iter().enumerate() {
        assert!(!one.text_fr.is_empty() && !one.source.is_empty(), "{}", one.code);
        assert!(
            RULES[..at].iter().all(|other| other.code != one.code),
            "{} stands twice",
            one.code
        );
    }
    assert_eq!(
        rule("LP-0222").map(|rule| rule.severity),
        Some(kernel::Severity::Refuse)
    );
}
