use super::*;

fn date(text: &str) -> Date {
    text.parse().expect("test date")
}

fn year(ends: i32) -> SchoolYear {
    SchoolYear::ending(ends).expect("test year")
}

/// A student of eleven in grade 6, which no rule minds.
fn plain() -> EnrolmentFacts<'static> {
    EnrolmentFacts::regular(year(2027), Grade::G6, date("2015-03-01"), date("2026-09-01"))
}

fn codes(facts: &EnrolmentFacts<'_>) -> Vec<u32> {
    judge(facts)
        .0
        .iter()
        .map(|finding| finding.code.parse().expect("a number"))
        .collect()
}

/// Grants program codes with everything they need beside them, so that only
/// the rule under test can find something.
fn coded(grants: &'static [&'static str]) -> EnrolmentFacts<'static> {
    let has = |code| grants.contains(&code);
    let needs_board = has("110") || has("140");
    let board = |number: &str| number.parse::<AuthorityCode>().ok();
    EnrolmentFacts {
        grants,
        exceptions: if has("500") || has("110") { &["54"] } else { &[] },
        school: if has("221") {
            SchoolKind::Francophone
        } else if has("110") {
            SchoolKind::DesignatedSpecialEducation
        } else {
            SchoolKind::Ordinary
        },
        resident_board: if needs_board { board("3260") } else { None },
        francophone_board: if has("145") { board("4061") } else { None },
        french_hours: Some(475),
        ..plain()
    }
}

#[test]
fn an_enrolment_without_codes_has_no_findings() {
    assert_eq!(codes(&plain()), Vec::<u32>::new());
}

#[test]
fn rule_10017_follows_the_published_ages() {
    let least_and_most = [
        (Grade::Ecs, 2, 5),
        (Grade::G1, 5, 7),
        (Grade::G2, 6, 8),
        (Grade::G3, 7, 9),
        (Grade::G4, 8, 10),
        (Grade::G5, 9, 11),
        (Grade::G6, 10, 12),
        (Grade::G7, 11, 13),
        (Grade::G8, 12, 14),
        (Grade::G9, 13, 15),
        (Grade::G10, 13, 17),
        (Grade::G11, 14, 18),
        (Grade::G12, 15, 120),
    ];
    for (grade, least, most) in least_and_most {
        for (age, is_usual) in [
            (least - 1, false),
            (least, true),
            (most, true),
            (most + 1, grade == Grade::G12),
        ] {
            let born = date(&format!("{:04}-09-01", 2026 - age));
            let facts = EnrolmentFacts {
                grade: Some(grade),
                birth_date: born,
                ..plain()
            };
            assert_eq!(codes(&facts).is_empty(), is_usual, "aged {age} in grade {grade}");
            if !is_usual {
                let found = &judge(&facts).0[0];
                assert_eq!(found.code, "10017");
                assert_eq!(
                    found.args,
                    [
                        ("age".to_owned(), age.to_string()),
                        ("grade".to_owned(), grade.as_str().to_owned())
                    ]
                );
            }
        }
    }
}

#[test]
fn rule_10017_counts_the_age_on_september_1() {
    for (born, is_usual) in [("2016-09-01", true), ("2016-09-02", false)] {
        let facts = EnrolmentFacts {
            birth_date: date(born),
            ..plain()
        };
        assert_eq!(
            codes(&facts).is_empty(),
            is_usual,
            "{born}: ten by September 1 or not"
        );
    }
}

#[test]
fn rule_10017_is_silent_for_continuing_education_deleted_and_other_years() {
    let too_old = EnrolmentFacts {
        birth_date: date("1990-01-01"),
        ..plain()
    };
    assert_eq!(codes(&too_old), [10_017]);
    for (case, facts) in [
        (
            "continuing education",
            EnrolmentFacts {
                programming_type: CONTINUING_EDUCATION,
                ..too_old
            },
        ),
        (
            "deleted",
            EnrolmentFacts {
                is_deleted: true,
                ..too_old
            },
        ),
        (
            "next year",
            EnrolmentFacts {
                school_year: year(2028),
                ..too_old
            },
        ),
        (
            "last year",
            EnrolmentFacts {
                school_year: year(2026),
                ..too_old
            },
        ),
        (
            "without grade",
            EnrolmentFacts {
                grade: None,
                ..too_old
            },
        ),
    ] {
        assert_eq!(codes(&facts), Vec::<u32>::new(), "{case}");
    }
}

#[test]
fn grants_program_codes_stand_together_as_published() {
    let none: &[u32] = &[];
    for (grants, want) in [
        // Each alone.
        (&["500"][..], none),
        (&["550"], none),
        (&["110"], none),
        (&["145"], none),
        (&["211"], none),
        (&["221"], none),
        (&["230"], none),
        (&["301"], none),
        (&["600"], none),
        (&["640"], none),
        // 10002: unique.
        (&["600", "600"], &[10_002]),
        // 10007: 140 needs 500.
        (&["140"], &[10_007]),
        (&["140", "500"], none),
        // 10013: 500 not with 550; 10081: nor with 630.
        (&["500", "550"], &[10_013]),
        (&["500", "630"], &[10_081]),
        (&["500", "620"], none),
        (&["550", "630"], none),
        // 10014: 140 not with 600, 610, 611, 612.
        (&["140", "500", "600"], &[10_014]),
        (&["140", "500", "610"], &[10_014]),
        (&["140", "500", "611"], &[10_014]),
        (&["140", "500", "612"], &[10_014]),
        (&["140", "500", "620"], none),
        (&["110", "500", "600"], none),
        // 10015: one of 110, 140, 145.
        (&["110", "145"], &[10_015]),
        (&["140", "500", "145"], &[10_015]),
        (&["110", "140", "500"], &[10_015]),
        // 10026: one of the 200 and 400 series.
        (&["211", "230"], &[10_026]),
        (&["211", "410"], &[10_026]),
        (&["410", "420"], &[10_026]),
        (&["410"], none),
        // 10030: one of the 300 series, with four pairs excepted.
        (&["301", "307"], none),
        (&["302", "307"], none),
        (&["302", "306"], none),
        (&["303", "306"], none),
        (&["306", "303"], none),
        (&["301", "306"], &[10_030]),
        (&["303", "307"], &[10_030]),
        (&["301", "302"], &[10_030]),
        (&["301", "303"], &[10_030]),
        (&["306", "307"], &[10_030]),
        (&["302", "306", "307"], &[10_030]),
    ] {
        assert_eq!(codes(&coded(grants)), want, "{grants:?}");
    }
}

#[test]
fn rules_10033_and_10051_keep_additional_language_and_refugee_codes_from_the_600_series() {
    for language in ["301", "302", "303", "306", "307", "640"] {
        for (other, want) in [
            ("600", Some(10_033)),
            ("610", Some(10_033)),
            ("611", Some(10_033)),
            ("612", Some(10_033)),
            ("620", Some(10_051)),
            ("630", Some(10_051)),
            ("621", None),
            ("500", None),
        ] {
            let grants = [language, other];
            let facts = EnrolmentFacts {
                grants: &grants,
                exceptions: if other == "500" { &["54"] } else { &[] },
                ..plain()
            };
            assert_eq!(codes(&facts), want.into_iter().collect::<Vec<_>>(), "{grants:?}");
        }
    }
}

#[test]
fn rules_10054_and_10055_want_500_and_an_exception_code_together() {
    for (grants, exceptions, want) in [
        (&["500"][..], &["54"][..], &[][..]),
        (&["500"], &["30"], &[]),
        (&["500"], &[], &[10_054]),
        (&[], &["54"], &[10_055]),
        (&["600"], &["54"], &[10_055]),
        (&[], &[], &[]),
    ] {
        let facts = EnrolmentFacts {
            grants,
            exceptions,
            ..plain()
        };
        assert_eq!(codes(&facts), want, "{grants:?} {exceptions:?}");
    }
}

#[test]
fn code_110_is_for_designated_schools_and_the_50_series_and_not_for_ecs() {
    let right = coded(&["110"]);
    let small = EnrolmentFacts {
        grade: Some(Grade::Ecs),
        birth_date: date("2021-03-01"),
        ..right
    };
    for (case, facts, want) in [
        ("right", right, &[][..]),
        ("in ECS (10032)", small, &[10_032]),
        (
            "without exception code (10043)",
            EnrolmentFacts {
                exceptions: &[],
                ..right
            },
            &[10_043],
        ),
        (
            "with a code of the 40 series (10043)",
            EnrolmentFacts {
                exceptions: &["44"],
                ..right
            },
            &[10_043],
        ),
        (
            "with two codes, one of them right",
            EnrolmentFacts {
                exceptions: &["44", "58"],
                ..right
            },
            &[],
        ),
        (
            "in another school (10044)",
            EnrolmentFacts {
                school: SchoolKind::Ordinary,
                ..right
            },
            &[10_044],
        ),
    ] {
        assert_eq!(codes(&facts), want, "{case}");
    }
}

#[test]
fn rule_10057_home_education_codes_are_not_for_ecs() {
    for (grants, want) in [
        (&["600"][..], &[10_057][..]),
        (&["612"], &[10_057]),
        (&["301"], &[]),
        (&["630"], &[]),
    ] {
        let facts = EnrolmentFacts {
            grade: Some(Grade::Ecs),
            birth_date: date("2021-03-01"),
            grants,
            ..plain()
        };
        assert_eq!(codes(&facts), want, "{grants:?}");
    }
}

#[test]
fn rule_10047_code_221_is_for_francophone_authorities() {
    let right = coded(&["221"]);
    assert_eq!(codes(&right), Vec::<u32>::new());
    assert_eq!(
        codes(&EnrolmentFacts {
            school: SchoolKind::Ordinary,
            ..right
        }),
        [10_047]
    );
}

#[test]
fn rules_10010_to_10012_want_enough_french_hours() {
    for (grants, hours, want) in [
        (&["145"][..], None, &[10_010][..]),
        (&["211"], None, &[10_010]),
        (&["221"], None, &[10_010]),
        (&["230"], None, &[10_010]),
        (&["301"], None, &[]),
        (&["211"], Some(LEAST_HOURS_211), &[]),
        (&["211"], Some(LEAST_HOURS_211 - 1), &[10_011]),
        (&["230"], Some(LEAST_HOURS_230), &[]),
        (&["230"], Some(LEAST_HOURS_230 - 1), &[10_012]),
        (&["221"], Some(1), &[]),
        (&["145"], Some(1), &[]),
    ] {
        let facts = EnrolmentFacts {
            french_hours: hours,
            ..coded(grants)
        };
        assert_eq!(codes(&facts), want, "{grants:?} with {hours:?} hours");
    }
}

#[test]
fn boards_are_given_with_the_codes_that_need_them_and_only_then() {
    let board = |number: &str| number.parse::<AuthorityCode>().ok();
    for (grants, resident, francophone, want) in [
        (&["140", "500"][..], None, None, &[10_040][..]),
        (&["110"], None, None, &[10_040]),
        (&["150"], None, None, &[]),
        (&["150"], board("3260"), None, &[]),
        (&["140", "500"], board("3260"), None, &[]),
        (&["600"], board("3260"), None, &[10_041]),
        (&["145"], None, None, &[10_071]),
        (&["145"], None, board("4061"), &[]),
        (&["600"], None, board("4061"), &[10_072]),
    ] {
        let facts = EnrolmentFacts {
            resident_board: resident,
            francophone_board: francophone,
            ..coded(grants)
        };
        assert_eq!(codes(&facts), want, "{grants:?} {resident:?} {francophone:?}");
    }
    let unknown = EnrolmentFacts {
        is_resident_board_known: false,
        ..coded(&["140", "500"])
    };
    assert_eq!(codes(&unknown), [10_068]);
}

#[test]
fn rule_10064_a_program_percentage_belongs_to_home_education() {
    for (grants, percentage, want) in [
        (&[][..], Some(50), &[10_064][..]),
        (&["620"], Some(50), &[10_064]),
        (&["600"], Some(0), &[]),
        (&["610"], Some(50), &[]),
        (&["611"], Some(50), &[]),
        (&["612"], Some(50), &[]),
        (&[], None, &[]),
    ] {
        let facts = EnrolmentFacts {
            program_percentage: percentage,
            ..coded(grants)
        };
        assert_eq!(codes(&facts), want, "{grants:?} {percentage:?}");
    }
}

#[test]
fn rule_10074_a_declaration_leaves_room_for_two_enrolment_type_codes() {
    for (has_fnmi, enrolment_types, want) in [
        (true, 2, &[][..]),
        (true, 3, &[10_074]),
        (false, 3, &[]),
        (true, 0, &[]),
    ] {
        let facts = EnrolmentFacts {
            enrolment_types,
            has_fnmi,
            ..plain()
        };
        assert_eq!(codes(&facts), want, "{has_fnmi} {enrolment_types}");
    }
}

#[test]
fn rule_10029_names_each_expired_code() {
    let facts = EnrolmentFacts {
        expired_grants: &["420"],
        ..coded(&["420"])
    };
    assert_eq!(codes(&facts), [10_029]);
}

#[test]
fn rule_10027_compares_fee_payers_with_their_citizenship() {
    for (grants, citizenship, want) in [
        (&["302"][..], Some("1"), &[10_027][..]),
        (&["302"], Some("2"), &[10_027]),
        (&["302"], Some("5"), &[]),
        (&["302"], None, &[]),
        (&["301"], Some("1"), &[]),
    ] {
        let facts = EnrolmentFacts {
            citizenship,
            ..coded(grants)
        };
        assert_eq!(codes(&facts), want, "{grants:?} {citizenship:?}");
    }
}

#[test]
fn rule_10052_sees_a_change_of_additional_language_coding() {
    for (last_year, grants, want) in [
        (Some(&["301"][..]), &["301"][..], &[][..]),
        (Some(&["301", "500"]), &["301", "307"], &[]),
        (Some(&["301"]), &[], &[10_052]),
        (Some(&[]), &["303"], &[10_052]),
        (Some(&["301"]), &["303"], &[10_052]),
        (None, &["303"], &[]),
    ] {
        let facts = EnrolmentFacts {
            last_year_grants: last_year,
            ..coded(grants)
        };
        assert_eq!(codes(&facts), want, "{last_year:?} {grants:?}");
    }
}

#[test]
fn rules_10003_and_10035_keep_regular_day_enrolments_inside_the_schools_calendars() {
    let (autumn, spring) = (
        (date("2026-09-01"), date("2027-01-29")),
        (date("2027-02-03"), date("2027-06-28")),
    );
    let calendars = [autumn, spring];
    let on = |start: &str, exit: Option<&str>| EnrolmentFacts {
        start: date(start),
        exit: exit.map(date),
        calendars: &[],
        ..plain()
    };
    for (start, exit, want) in [
        ("2026-09-01", None, &[][..]),
        ("2026-09-01", Some("2027-06-28"), &[]),
        ("2026-09-01", Some("2027-06-29"), &[10_003]),
        ("2026-08-31", None, &[10_003, 10_035]),
        ("2027-02-01", None, &[10_035]),
        ("2027-02-03", None, &[]),
        ("2027-06-29", None, &[10_003, 10_035]),
    ] {
        let facts = EnrolmentFacts {
            calendars: &calendars,
            ..on(start, exit)
        };
        assert_eq!(codes(&facts), want, "{start} to {exit:?}");
        for (case, other) in [
            (
                "calendars not known",
                EnrolmentFacts {
                    calendars: &[],
                    ..facts
                },
            ),
            (
                "in the evening",
                EnrolmentFacts {
                    programming_timeframe: "Evening",
                    ..facts
                },
            ),
            (
                "home education",
                EnrolmentFacts {
                    programming_type: "HomeEducation",
                    ..facts
                },
            ),
            (
                "a future year",
                EnrolmentFacts {
                    current_year: year(2026),
                    ..facts
                },
            ),
            (
                "deleted",
                EnrolmentFacts {
                    is_deleted: true,
                    ..facts
                },
            ),
        ] {
            assert_eq!(codes(&other), Vec::<u32>::new(), "{start}: {case}");
        }
    }
}

#[test]
fn enrolments_before_2011_and_deleted_ones_have_no_alerts() {
    let wrong = coded(&["500", "550"]);
    assert_eq!(codes(&wrong), [10_013]);
    assert_eq!(
        codes(&EnrolmentFacts {
            school_year: year(2011),
            ..wrong
        }),
        [10_013]
    );
    assert_eq!(
        codes(&EnrolmentFacts {
            school_year: year(2010),
            ..wrong
        }),
        Vec::<u32>::new()
    );
    assert_eq!(
        codes(&EnrolmentFacts {
            is_deleted: true,
            ..wrong
        }),
        Vec::<u32>::new()
    );
}

#[test]
fn the_school_offers_what_the_enrolment_asks_for() {
    let all = [
        "Regular",
        "SpecialEducation",
        "AlternativeFrench",
        "FrenchSecondLanguage",
        "Outreach",
    ];
    let without =
        |program: &str| -> Vec<&str> { all.into_iter().filter(|other| *other != program).collect() };
    for (program, grants, in_2016, in_2027) in [
        ("Regular", &[][..], 10_023, 10_129),
        ("SpecialEducation", &["500"][..], 10_028, 10_128),
        ("Outreach", &["630"][..], 10_038, 10_038),
        ("AlternativeFrench", &["211"][..], 10_046, 10_046),
        ("FrenchSecondLanguage", &["230"][..], 10_049, 10_049),
    ] {
        let without = without(program);
        let offers = |programs| {
            Some(Offered {
                grades: &[Grade::G6],
                programs,
            })
        };
        for (ends, number) in [(2016, in_2016), (2017, in_2027), (2027, in_2027)] {
            let facts = |programs| EnrolmentFacts {
                offered: offers(programs),
                school_year: year(ends),
                ..coded(grants)
            };
            assert_eq!(codes(&facts(Some(&without))), [number], "{program} in {ends}");
            assert_eq!(
                codes(&facts(Some(&all))),
                Vec::<u32>::new(),
                "{program} in {ends}"
            );
            assert_eq!(
                codes(&facts(None)),
                Vec::<u32>::new(),
                "programs not known in {ends}"
            );
        }
    }
}

#[test]
fn regular_programming_is_offered_grade_by_grade() {
    let in_grade = |grade, grades| EnrolmentFacts {
        grade: Some(grade),
        birth_date: date("2014-03-01"),
        offered: Some(Offered {
            grades,
            programs: None,
        }),
        ..plain()
    };
    let taught = &[Grade::G6, Grade::G7][..];
    for (case, facts, want) in [
        ("first", in_grade(Grade::G6, taught), vec![]),
        ("last", in_grade(Grade::G7, taught), vec![]),
        ("above", in_grade(Grade::G8, taught), vec![10_129]),
        (
            "at home",
            EnrolmentFacts {
                programming_type: "HomeEducation",
                ..in_grade(Grade::G8, taught)
            },
            vec![],
        ),
        (
            "next year",
            EnrolmentFacts {
                current_year: year(2026),
                ..in_grade(Grade::G8, taught)
            },
            vec![],
        ),
        (
            "no grade",
            EnrolmentFacts {
                grade: None,
                ..in_grade(Grade::G8, taught)
            },
            vec![],
        ),
    ] {
        assert_eq!(codes(&facts), want, "{case}");
    }
}

#[test]
fn rule_11090_asks_for_the_gender_of_who_is_enrolled() {
    let unknown = EnrolmentFacts {
        is_gender_unknown: true,
        ..plain()
    };
    assert_eq!(codes(&unknown), [11_090]);
    let last_year = EnrolmentFacts {
        current_year: year(2028),
        ..unknown
    };
    let deleted = EnrolmentFacts {
        is_deleted: true,
        ..unknown
    };
    assert_eq!((codes(&last_year), codes(&deleted)), (vec![], vec![]));
}

#[test]
fn every_judged_enrolment_rule_is_found_by_some_test() {
    let source = include_str!("tests.rs");
    let judged = crate::rules::RULES
        .iter()
        .filter(|rule| rule.is_judged && rule.area == crate::rules::Area::Enrolment);
    for rule in judged {
        let written = format!("{}_{:03}", rule.number / 1000, rule.number % 1000);
        assert!(
            source.contains(&written),
            "add a row that finds rule {}",
            rule.number
        );
    }
}
