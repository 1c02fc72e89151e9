//! Records that break one of the province's rules on purpose, so that the work
//! queue of a practice division is not empty: about 25 in 8,143.

use crate::birth;
use crate::model::{PracticeSchool, PracticeStudent};
use crate::random::Random;

/// One student in this many is spoilt.
const EVERY: u32 = 325;
/// The first to be spoilt.
const FIRST: u32 = 160;

/// The rules broken, in turn.
const RULES: &[u16] = &[
    10055, 10017, 10010, 10054, 10029, 10064, 10002, 10017, 10051, 10013, 10047, 10026, 10057,
];
/// After so many students who could not break a rule the next rule is tried.
const PATIENCE: u32 = 64;

/// Which records of a division are spoilt, in turn.
#[derive(Debug)]
pub(crate) struct Deliberate {
    spoilt: u32,
    random: Random,
}

impl Deliberate {
    pub(crate) fn new(random: Random) -> Self {
        Self { spoilt: 0, random }
    }
    /// Spoils the `number`th student when a case is due and the student can
    /// break its rule, and says so in `deliberate`.
    pub(crate) fn maybe(&mut self, student: &mut PracticeStudent, number: u32, school: &PracticeSchool) {
        let Some(late) = number.checked_sub(FIRST + EVERY * self.spoilt) else {
            return;
        };
        let turn = (self.spoilt + late / PATIENCE) as usize;
        let rule = RULES[turn % RULES.len()];
        let regular = student.enrolment.programming == "Regular";
        if regular && spoil(student, rule, school, &mut self.random) {
            student.deliberate = Some(rule);
            self.spoilt += 1;
        }
    }
}

fn spoil(student: &mut PracticeStudent, rule: u16, school: &PracticeSchool, random: &mut Random) -> bool {
    let grade = usize::from(student.enrolment.grade.number());
    if rule == 10017 {
        if student.twin || !student.restrictions.is_empty() {
            return false;
        }
        student.birth_date = birth::unusual(grade, student.enrolment.year, random);
        student.citizenship.effective = student.citizenship.effective.max(student.birth_date);
        return true;
    }
    let outside = ["600", "610", "611", "612", "620", "630"];
    let enrolment = &mut student.enrolment;
    let has = |code: &str| enrolment.grants.contains(&code);
    let alone = !enrolment.grants.iter().any(|held| outside.contains(held));
    let francophone = school.offers("Francophone");
    let series = |first: char| enrolment.grants.iter().any(|held| held.starts_with(first));
    match rule {
        // An exception code without 500.
        10055 if !has("500") => enrolment.exceptions = vec![if grade == 0 { "30" } else { "54" }],
        // 500 without an exception code.
        10054 if alone && !has("500") && enrolment.grants.len() < 3 => enrolment.grants.push("500"),
        // French hours missing.
        10010 if has("211") => enrolment.french_hours = None,
        // A code whose last year is over.
        10029 if alone && enrolment.grants.len() < 3 => enrolment.grants.push("622"),
        // A share of the program on a regular enrolment.
        10064 if alone => enrolment.program_percentage = Some(60),
        // The same code twice.
        10002 if matches!(enrolment.grants.len(), 1 | 2) => enrolment.grants.push(enrolment.grants[0]),
        // Two of the 300 series that do not go together.
        10051 if has("301") && enrolment.grants.len() < 3 => enrolment.grants.push("303"),
        // 500 with 550.
        10013 if has("500") && enrolment.grants.len() < 3 => enrolment.grants.push("550"),
        // 221 outside a francophone authority.
        10047 if alone && !francophone && !series('2') && enrolment.grants.len() < 3 => {
            enrolment.grants.push("221");
            enrolment.french_hours = Some(enrolment.hours);
        }
        // Two of the 200 series.
        10026 if has("211") && enrolment.grants.len() < 3 => enrolment.grants.push("230"),
        // A code that is not for ECS.
        10057 if grade == 0 && has("500") => enrolment.exceptions = vec!["54"],
        _ => return false,
    }
    true
}
