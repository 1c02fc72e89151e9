//! Instructional hours of a grade, with the arithmetic, beside the legal minimum.

use super::teaching::{bell_on, turns};
use crate::model::{BellSchedule, PeriodKind, TeachingYear};
use kernel::{Finding, Findings, Grade, SchoolYear};
use std::collections::BTreeMap;

/// The hours of instruction that students must be offered in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minimum {
    /// The lowest grade it holds for.
    pub lowest: Grade,
    /// The highest grade it holds for.
    pub highest: Grade,
    /// Hours.
    pub hours: u32,
    /// The first school year, by the year it ends in; none when open.
    pub from: Option<i32>,
    /// The last school year, by the year it ends in; none when open.
    pub until: Option<i32>,
    /// Where it is said.
    pub source: &'static str,
}

/// The minima, as Alberta publishes them. What changes gets an `until` and a new row.
pub const MINIMA: &[Minimum] = &[
    Minimum {
        lowest: Grade::Ecs,
        highest: Grade::Ecs,
        hours: 475,
        from: None,
        until: None,
        source: "Alberta, Guide to Education: kindergarten, 475 hours",
    },
    Minimum {
        lowest: Grade::G1,
        highest: Grade::G9,
        hours: 950,
        from: None,
        until: None,
        source: "alberta.ca/education-guide-grade-1-to-grade-9",
    },
    Minimum {
        lowest: Grade::G10,
        highest: Grade::G12,
        hours: 1000,
        from: None,
        until: None,
        source: "alberta.ca/education-guide-grade-10-to-grade-12",
    },
];

/// The minimum of a grade in a school year.
pub fn minimum(grade: Grade, year: SchoolYear) -> Option<&'static Minimum> {
    MINIMA.iter().find(|one| {
        (one.lowest..=one.highest).contains(&grade)
            && one.from.is_none_or(|from| from <= year.number())
            && one.until.is_none_or(|until| year.number() <= until)
    })
}

/// Days of one bell schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    /// The name of the bell schedule.
    pub bell: String,
    /// Students leave before its end: when, in minutes after midnight.
    pub cut_at: Option<u16>,
    /// Instruction of a day, in minutes.
    pub minutes: u32,
    /// How many days of the year.
    pub days: u32,
    /// Minutes of a day times days.
    pub product: u32,
}

/// Instruction of a grade in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// The grade.
    pub grade: Grade,
    /// A row a bell schedule, most days first.
    pub minutes_by_bell: Vec<HoursRow>,
    /// Instructional days without a bell schedule.
    pub without: u32,
    /// The sum of the products, in minutes.
    pub total: u32,
    /// What the law asks for.
    pub minimum: Option<&'static Minimum>,
}

impl Hours {
    /// Whole hours of instruction.
    pub const fn hours(&self) -> u32 {
        self.total / 60
    }
    /// Minutes beyond the minimum; below zero when there are too few. None without a minimum.
    pub fn beyond(&self) -> Option<i64> {
        self.minimum
            .map(|minimum| i64::from(self.total) - i64::from(minimum.hours) * 60)
    }
}

/// Instruction of a bell schedule in minutes, as far as students are there.
///
/// Lessons alone count: homeroom, breaks and lunch do not. Source: Alberta,
/// Guide to Education, instructional time.
pub fn minutes_of(bell: &BellSchedule, cut_at: Option<u16>) -> u32 {
    let lessons = bell
        .periods
        .iter()
        .filter(|period| period.kind == PeriodKind::Instruction);
    lessons
        .map(|period| {
            let ends = period.ends.min(cut_at.unwrap_or(period.ends));
            u32::from(ends.saturating_sub(period.starts))
        })
        .sum()
}

/// The hours of a grade in the year.
///
/// A grade with a bell schedule of its own keeps it on every day; where the
/// school is dismissed early, it leaves no later than the others.
pub fn hours(year: &TeachingYear, grade: Grade) -> Hours {
    let own = year
        .plan
        .uses
        .iter()
        .any(|one| one.on == crate::model::UsedOn::Grade(grade));
    let mut rows: BTreeMap<(String, Option<u16>, u32), u32> = BTreeMap::new();
    let mut without = 0;
    for (day, cycle_day) in turns(year) {
        let Some(of_day) = bell_on(year, day, cycle_day, Some(grade)) else {
            without += 1;
            continue;
        };
        let is_own_shortened = own && year.special_on(day).is_some_and(|special| special.bell.is_some());
        let (bell, cut_at) = if is_own_shortened {
            let bell = of_own(year, grade).unwrap_or(of_day);
            (bell, of_day.ends().filter(|ends| Some(*ends) < bell.ends()))
        } else {
            (of_day, None)
        };
        let key = (bell.name.clone(), cut_at, minutes_of(bell, cut_at));
        *rows.entry(key).or_default() += 1;
    }
    let mut minutes_by_bell: Vec<HoursRow> = rows
        .into_iter()
        .map(|((bell, cut_at, minutes), days)| HoursRow {
            bell,
            cut_at,
            minutes,
            days,
            product: minutes * days,
        })
        .collect();
    minutes_by_bell.sort_by_key(|row| std::cmp::Reverse(row.days));
    Hours {
        grade,
        total: minutes_by_bell.iter().map(|row| row.product).sum(),
        minutes_by_bell,
        without,
        minimum: minimum(grade, year.calendar.year),
    }
}

fn of_own(year: &TeachingYear, grade: Grade) -> Option<&BellSchedule> {
    let on = crate::model::UsedOn::Grade(grade);
    let used = year.plan.uses.iter().find(|one| one.on == on)?;
    year.bell(used.bell)
}

/// Judges the hours of a grade: below the minimum (`LP-0340`), days without a bell schedule (`LP-0341`).
pub fn judge_hours(hours: &Hours) -> Findings {
    let mut findings = Findings::default();
    if let Some(minimum) = hours.minimum.filter(|_| hours.beyond() < Some(0)) {
        findings.push(
            Finding::warn("LP-0340", "hours")
                .with("grade", hours.grade.label())
                .with("hours", hours.hours())
                .with("minimum", minimum.hours),
        );
    }
    if hours.without > 0 {
        findings.push(Finding::note("LP-0341", "hours").with("days", hours.without));
    }
    findings
}
