//! How an enrolment is coded, in keeping with the province's rules on grants
//! program codes: 500 with an exception code, French hours with 211, 221 and
//! 230, one code of the 200 series and one of the 300 series, none of the 300
//! series beside home education, online and outreach.

use crate::model::PracticeSchool;
use crate::random::Random;

/// What decides the coding.
pub(crate) struct Facts<'school> {
    pub(crate) school: &'school PracticeSchool,
    /// 0 is ECS.
    pub(crate) grade: usize,
    /// Age on 1 September.
    pub(crate) age: u8,
    /// Code of `CitizenshipStatus`.
    pub(crate) status: &'static str,
    /// Code of `LanguageAtHome`.
    pub(crate) language: &'static str,
    pub(crate) refugee: bool,
    pub(crate) foster: bool,
    pub(crate) on_reserve: bool,
}

/// The coded part of an enrolment.
#[derive(Debug)]
pub(crate) struct Coded {
    pub(crate) programming: &'static str,
    pub(crate) program_percentage: Option<u8>,
    pub(crate) hours: u16,
    pub(crate) french_hours: Option<u16>,
    pub(crate) enrolment_types: Vec<&'static str>,
    pub(crate) exceptions: Vec<&'static str>,
    pub(crate) grants: Vec<&'static str>,
}

pub(crate) fn code(facts: &Facts, random: &mut Random) -> Coded {
    let mut coded = Coded {
        programming: "Regular",
        program_percentage: None,
        hours: hours(facts.grade, facts.age),
        french_hours: None,
        enrolment_types: enrolment_types(facts, random),
        exceptions: Vec::new(),
        grants: Vec::new(),
    };
    if elsewhere(facts, &mut coded, random) {
        return coded;
    }
    french(facts, &mut coded, random);
    additional_language(facts, &mut coded, random);
    special_education(facts, &mut coded, random);
    coded
}

/// Hours of instruction in a year: 475 in kindergarten, 300 or 400 before it,
/// 950 in grades 1 to 9, 1,000 in grades 10 to 12.
fn hours(grade: usize, age: u8) -> u16 {
    match (grade, age) {
        (0, 0..=2) => 300,
        (0, 3) => 400,
        (0, _) => 475,
        (1..=9, _) => 950,
        _ => 1000,
    }
}

/// A share of hours, in whole hours.
fn percent(hours: u16, share: u32) -> u16 {
    u16::try_from(u32::from(hours) * share / 100).expect("a share is at most the whole")
}

fn enrolment_types(facts: &Facts, random: &mut Random) -> Vec<&'static str> {
    let mut types = Vec::new();
    if facts.status == "5" {
        types.push("VISIT");
    }
    if facts.foster {
        types.push("FOSTER");
    }
    if facts.on_reserve {
        types.push("RESERVE");
    }
    if facts.grade >= 11 && types.is_empty() && random.per_mille(25) {
        types.push("DUAL");
    }
    types
}

/// Programs given elsewhere than in a classroom; they stand alone.
fn elsewhere(facts: &Facts, coded: &mut Coded, random: &mut Random) -> bool {
    let offers = |program| facts.school.offers(program);
    if facts.grade >= 10 && offers("Outreach") && random.per_mille(620) {
        coded.grants.push("630");
    } else if facts.grade >= 1 && offers("HomeEducation") && random.per_mille(70) {
        coded.grants.push("600");
        coded.programming = "HomeEducation";
        coded.hours = 0;
    } else if facts.grade >= 1 && offers("Blended") && random.per_mille(9) {
        coded.grants.push("611");
        coded.programming = "SharedResponsibility";
        let share = u8::try_from(random.within(50, 75)).expect("at most 75");
        coded.program_percentage = Some(share);
        coded.hours = percent(coded.hours, u32::from(share));
    } else if facts.grade >= 7 && offers("Online") && random.per_mille(18) {
        coded.grants.push("620");
    } else {
        return false;
    }
    true
}

fn french(facts: &Facts, coded: &mut Coded, random: &mut Random) {
    let offers = |program| facts.school.offers(program);
    let share = match facts.grade {
        0..=2 => 75,
        3..=6 => 60,
        _ => 40,
    };
    if offers("Francophone") {
        coded.grants.push("221");
        coded.french_hours = Some(coded.hours);
    } else if offers("AlternativeFrench") && random.per_mille(if facts.grade < 7 { 620 } else { 260 }) {
        coded.grants.push("211");
        coded.french_hours = Some(percent(coded.hours, share));
    } else if offers("FrenchSecondLanguage") && (4..=9).contains(&facts.grade) && random.per_mille(450) {
        coded.grants.push("230");
        coded.french_hours = Some(95);
    }
}

/// Languages of children who are not taught English as an additional one.
const SPOKEN_HERE: &[&str] = &["ENG", "FRA", "CRE", "CWD", "CHP", "CRG"];

fn additional_language(facts: &Facts, coded: &mut Coded, random: &mut Random) {
    if SPOKEN_HERE.contains(&facts.language) || facts.school.offers("Francophone") {
        return;
    }
    let abroad = facts.status != "1";
    let share = match facts.grade {
        0..=3 => 690,
        4..=6 => 540,
        7..=9 => 340,
        _ => 210,
    } + if abroad { 200 } else { 0 };
    if random.per_mille(share) {
        coded.grants.push(match (facts.status, abroad) {
            ("5", _) => "302",
            (_, true) => "301",
            _ => "303",
        });
    }
    if facts.refugee && abroad {
        coded.grants.push("640");
    }
}

/// Exception codes of ECS, before kindergarten and in it, and of grades 1 to
/// 12, each with its weight.
const ECS: &[(&str, u32)] = &[
    ("30", 48),
    ("47", 26),
    ("48", 16),
    ("44", 6),
    ("42", 2),
    ("43", 2),
];
const GRADES: &[(&str, u32)] = &[
    ("54", 44),
    ("57", 14),
    ("58", 13),
    ("53", 13),
    ("51", 7),
    ("59", 5),
    ("52", 2),
    ("55", 2),
    ("56", 1),
    ("44", 18),
    ("42", 13),
    ("43", 3),
    ("41", 3),
    ("45", 1),
    ("46", 1),
    ("80", 12),
];

fn special_education(facts: &Facts, coded: &mut Coded, random: &mut Random) {
    let (share, table) = match (facts.grade, facts.age) {
        (0, 0..=3) => (520, ECS),
        (0, _) => (110, ECS),
        (1..=6, _) => (132, GRADES),
        _ => (148, GRADES),
    };
    if coded.grants.len() >= 3 || !random.per_mille(share) {
        return;
    }
    let first = random.weighted(table);
    coded.exceptions.push(first);
    if facts.grade > 0 && random.per_mille(40) {
        let second = random.weighted(table);
        if second != first {
            coded.exceptions.push(second);
        }
    }
    coded.grants.push("500");
}
