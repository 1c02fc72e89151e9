use super::*;
use std::collections::{HashMap, HashSet};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn course(name: &str) -> CourseId {
    CourseId::derived(name)
}

fn section(name: &str) -> SectionId {
    SectionId::derived(name)
}

fn student(name: &str) -> StudentId {
    StudentId::derived(name)
}

/// A section that meets on each of five days in one block, for so many.
fn offered(name: &str, of: &str, block: u8, capacity: usize) -> Offered {
    Offered {
        section: section(name),
        courses: vec![course(of)],
        meetings: (1..=5).map(|day| Meeting::new(day, block)).collect(),
        days: (day("2026-09-01"), day("2027-01-29")),
        capacity: Some(capacity),
    }
}

fn asks(who: &str, what: &[&str]) -> Vec<Request> {
    what.iter()
        .map(|what| Request {
            student: student(who),
            course: course(what),
        })
        .collect()
}

fn why(plan: &Plan) -> Vec<Why> {
    plan.unplaced.iter().map(|one| one.why).collect()
}

#[test]
fn everybody_gets_what_fits() {
    let load_ = Load {
        sections: vec![
            offered("art 1", "art", 1, 9),
            offered("art 2", "art", 2, 9),
            offered("band", "band", 1, 9),
        ],
        requests: asks("ada", &["art", "band"]),
        ..Load::default()
    };
    let plan = load(&load_);
    assert_eq!(
        plan.placed,
        [
            (student("ada"), section("art 2")),
            (student("ada"), section("band"))
        ]
    );
    assert_eq!((plan.unplaced, plan.filled), (vec![], vec![0, 1, 1]));
}

#[test]
fn what_is_not_placed_is_told_with_its_reason() {
    let sections = vec![offered("art", "art", 1, 1), offered("band", "band", 1, 9)];
    for (case, requests, locks, wanted) in [
        (
            "not offered",
            asks("ada", &["choir"]),
            vec![],
            vec![Why::NotOffered],
        ),
        (
            "full",
            asks("ada", &["art"]),
            vec![(student("ben"), section("art"))],
            vec![Why::Full],
        ),
        (
            "a conflict",
            asks("ada", &["band"]),
            vec![(student("ada"), section("art"))],
            vec![Why::Conflict(section("art"))],
        ),
        (
            "there already",
            asks("ada", &["art"]),
            vec![(student("ada"), section("art"))],
            vec![],
        ),
        ("asked twice", asks("ada", &["art", "art"]), vec![], vec![]),
    ] {
        let plan = load(&Load {
            sections: sections.clone(),
            requests,
            locks,
            ..Load::default()
        });
        assert_eq!(why(&plan), wanted, "{case}");
    }
}

#[test]
fn sections_of_different_halves_of_the_year_do_not_clash() {
    let second = Offered {
        days: (day("2027-02-01"), day("2027-06-25")),
        ..offered("band", "band", 1, 9)
    };
    let plan = load(&Load {
        sections: vec![offered("art", "art", 1, 9), second],
        requests: asks("ada", &["art", "band"]),
        ..Load::default()
    });
    assert_eq!(why(&plan), []);
}

#[test]
fn somebody_moves_when_another_could_not_be_placed_else() {
    // Ada can take art in either block, Ben only in the first; there is one seat in each.
    let sections = vec![
        offered("art 1", "art", 1, 1),
        offered("art 2", "art", 2, 1),
        offered("band", "band", 2, 9),
    ];
    let mut requests = asks("ada", &["art"]);
    requests.extend(asks("ben", &["art", "band"]));
    requests.extend(asks("cem", &["band"]));
    let plan = load(&Load {
        sections,
        requests,
        ..Load::default()
    });
    assert_eq!(why(&plan), []);
    assert!(plan.placed.contains(&(student("ben"), section("art 1"))));
    assert!(plan.placed.contains(&(student("ada"), section("art 2"))));
}

#[test]
fn who_must_sit_together_does_or_is_told() {
    let pair = Together {
        one: student("ada"),
        other: student("ben"),
        course: course("art"),
    };
    let mut requests = asks("ada", &["art"]);
    requests.extend(asks("ben", &["art", "band"]));
    for (case, sections, wanted) in [
        (
            "one has room for both",
            vec![
                offered("art 1", "art", 1, 1),
                offered("art 2", "art", 2, 2),
                offered("band", "band", 3, 9),
            ],
            vec![],
        ),
        (
            "none has",
            vec![
                offered("art 1", "art", 1, 1),
                offered("art 2", "art", 2, 1),
                offered("band", "band", 3, 9),
            ],
            vec![Why::Apart, Why::Apart],
        ),
    ] {
        let plan = load(&Load {
            sections,
            requests: requests.clone(),
            together: vec![pair],
            ..Load::default()
        });
        assert_eq!(why(&plan), wanted, "{case}");
    }
}

/// A high school: 1,200 students ask for four of the twelve courses of their grade each, taught in four blocks.
fn high_school() -> Load {
    let mut requests = Vec::new();
    let mut asked: HashMap<String, usize> = HashMap::new();
    for number in 0..1_200_usize {
        let grade = 10 + number % 3;
        let mut wanted: Vec<usize> = Vec::new();
        let mut turn = number;
        while wanted.len() < 4 {
            // The first courses are asked for more often than the last.
            turn = turn
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let spread = (turn >> 33) % 78;
            let pick = (0..12)
                .find(|pick| spread < (1..=12).rev().take(pick + 1).sum())
                .unwrap_or(11);
            if !wanted.contains(&pick) {
                wanted.push(pick);
            }
        }
        for pick in wanted {
            let name = format!("{grade}-{pick}");
            *asked.entry(name.clone()).or_default() += 1;
            requests.extend(asks(&number.to_string(), &[name.as_str()]));
        }
    }
    let mut courses: Vec<(String, usize)> = asked.into_iter().collect();
    courses.sort();
    let mut sections = Vec::new();
    for (place, (name, count)) in courses.iter().enumerate() {
        for number in 0..count.div_ceil(28) {
            let block = u8::try_from((place + number) % 4).expect("four blocks") + 1;
            sections.push(offered(&format!("{name} {number}"), name, block, 30));
        }
    }
    Load {
        sections,
        requests,
        ..Load::default()
    }
}

#[test]
fn a_high_school_of_1_200_students_gets_97_of_100_requests_and_nothing_impossible() {
    let asked = high_school();
    assert_eq!(asked.requests.len(), 4_800);
    let plan = load(&asked);
    assert_eq!(plan.placed.len() + plan.unplaced.len(), 4_800);
    let share = plan.placed.len() * 1_000 / 4_800;
    assert!(share >= 970, "{share} of 1,000 requests are placed");
    assert_eq!(load(&asked), plan, "the same every time");
    let sections: HashMap<SectionId, &Offered> =
        asked.sections.iter().map(|one| (one.section, one)).collect();
    let mut met: HashSet<(StudentId, Meeting)> = HashSet::new();
    let mut filled: HashMap<SectionId, usize> = HashMap::new();
    for (student, section) in &plan.placed {
        *filled.entry(*section).or_default() += 1;
        for meeting in &sections[section].meetings {
            assert!(
                met.insert((*student, *meeting)),
                "{student} is in two places at once"
            );
        }
    }
    for (one, filled_) in asked.sections.iter().zip(&plan.filled) {
        assert_eq!(filled.get(&one.section).copied().unwrap_or(0), *filled_);
        assert!(*filled_ <= 30, "a section holds more than it may");
    }
}
