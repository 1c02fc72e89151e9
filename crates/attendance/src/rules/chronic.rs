//! Chronic absence: from what share of the instruction missed on, and of how many students it is so.

use crate::model::{Instruction, Share, Tally};
use kernel::{Finding, Findings, SchoolYear, StudentId};
use std::collections::BTreeMap;

/// From what share on absence is chronic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// The first school year it holds for, by the year it ends in.
    pub from: i32,
    /// Of a thousand parts of the instruction while enrolled.
    pub permille: u32,
    /// Where it is said.
    pub source: &'static str,
}

/// The thresholds, the earliest first. The Education Act names none.
pub const THRESHOLDS: &[Threshold] = &[Threshold {
    from: 1900,
    permille: 100,
    source: "Alberta Education, as Parkland School Division quotes it (“missing 10 per cent or more of the school year for any reason, including excused and unexcused absences”; of instructional time): psd.ca, Attendance; the same in its AP 370, Student Attendance",
}];

/// The threshold of a school year.
pub fn threshold(year: SchoolYear) -> &'static Threshold {
    let holds = |one: &&Threshold| one.from <= year.number();
    THRESHOLDS.iter().rev().find(holds).unwrap_or(&THRESHOLDS[0])
}

/// Did somebody miss that share of the possible half days or more? Whatever the reason; late and school activity are no
/// absence (`LP-0727`). `missed` is in parts of a day.
pub fn is_chronic(missed: u32, possible: u32, year: SchoolYear) -> bool {
    let whole = u64::from(possible) * u64::from(Tally::DAY / 2);
    possible > 0 && u64::from(missed) * 1000 >= whole * u64::from(threshold(year).permille)
}

/// From when on absence is chronic, for whoever reads the figures.
pub fn what_is_chronic() -> Findings {
    Finding::note("LP-0727", "").into()
}

/// What each student missed of how much, added up over the lines: missed parts of a day, possible half days.
pub fn by_student<'a>(lines: impl IntoIterator<Item = &'a Instruction>) -> BTreeMap<StudentId, (u32, u32)> {
    let mut all: BTreeMap<StudentId, (u32, u32)> = BTreeMap::new();
    for line in lines {
        let sum = all.entry(line.student).or_default();
        sum.0 += line.missed;
        sum.1 += line.possible;
    }
    all
}

/// How many students had instruction in the lines, and of how many of them absence is chronic.
pub fn share<'a>(lines: impl IntoIterator<Item = &'a Instruction>, year: SchoolYear) -> Share {
    let mut share = Share::default();
    for (missed, possible) in by_student(lines)
        .into_values()
        .filter(|(_, possible)| *possible > 0)
    {
        share.students += 1;
        share.chronic += u32::from(is_chronic(missed, possible, year));
    }
    share
}

/// [`share`] of each group; a student who stands in two counts in both.
pub fn shares<K: Ord>(
    lines: &[Instruction],
    year: SchoolYear,
    group: impl Fn(&Instruction) -> K,
) -> BTreeMap<K, Share> {
    let mut groups: BTreeMap<K, Vec<&Instruction>> = BTreeMap::new();
    for line in lines {
        groups.entry(group(line)).or_default().push(line);
    }
    let all = groups.into_iter();
    all.map(|(key, lines)| (key, share(lines, year))).collect()
}

#[cfg(test)]
mod tests {
    use super::{THRESHOLDS, is_chronic, share, shares, threshold, what_is_chronic};
    use crate::model::{Instruction, Share, Tally};
    use kernel::{Grade, SchoolId, SchoolYear, StudentId};

    const HALF: u32 = Tally::DAY / 2;

    fn year() -> SchoolYear {
        SchoolYear::ending(2027).expect("a year")
    }

    fn line(student: &str, grade: Grade, month: &str, (missed, possible): (u32, u32)) -> Instruction {
        Instruction {
            student: StudentId::derived(student),
            school: SchoolId::derived("1256"),
            grade,
            month: format!("2026-{month}-01").parse().expect("a date"),
            missed: missed * HALF,
            possible,
        }
    }

    #[test]
    fn a_tenth_of_what_was_possible_is_chronic_and_a_little_less_is_not() {
        for (case, missed, possible, is) in [
            ("nothing was possible", 0, 0, false),
            ("nothing missed", 0, 20, false),
            ("18 of 180 days", 36 * HALF, 360, true),
            ("a period less", 36 * HALF - Tally::DAY / 4, 360, false),
            ("one half day of ten", HALF, 10, true),
            ("a year of every day is no overflow", 400 * HALF, 400, true),
        ] {
            assert_eq!(is_chronic(missed, possible, year()), is, "{case}");
        }
    }

    #[test]
    fn every_year_has_one_threshold_with_its_source() {
        assert!(THRESHOLDS.is_sorted_by_key(|one| one.from));
        assert_eq!(threshold(year()).permille, 100);
        assert!(THRESHOLDS.iter().all(|one| !one.source.is_empty()));
        assert_eq!(what_is_chronic().0[0].code, "LP-0727");
    }

    #[test]
    fn a_student_is_judged_by_the_sum_of_the_months_and_counted_once() {
        let lines = [
            line("ada", Grade::G7, "09", (3, 20)),
            line("ada", Grade::G7, "10", (0, 20)),
            line("ben", Grade::G8, "09", (2, 20)),
            line("ben", Grade::G8, "10", (2, 20)),
            line("cleo", Grade::G8, "10", (0, 0)),
        ];
        let found = |students, chronic| Share { students, chronic };
        assert_eq!(
            share(&lines, year()),
            found(2, 1),
            "ada missed 3 of 40, ben 4 of 40"
        );
        let months = shares(&lines, year(), |line| line.month.month());
        assert_eq!(months[&9], found(2, 2), "each missed a tenth of September");
        assert_eq!(months[&10], found(2, 1));
        let grades = shares(&lines, year(), |line| line.grade);
        assert_eq!(
            (grades[&Grade::G7], grades[&Grade::G8]),
            (found(1, 0), found(1, 1))
        );
    }
}
