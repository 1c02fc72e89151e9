//! What may be said of a school and its calendar. Every code stands in [`RULES`].

/// Instructional hours, with their arithmetic.
pub mod hours;
/// Special days, terms, cycles and bell schedules, judged.
pub mod judge;
mod register;
/// What a day of the teaching year is.
pub mod teaching;

pub use register::RULES;

use crate::model::{Authority, Calendar, ClosedDays, Closure, ClosureKind, School};
use codes::CodeSet;
use kernel::{Date, Finding, Findings, SchoolId};
use std::collections::{BTreeMap, BTreeSet};

/// Longest name of a school or an authority, in characters.
const LONGEST_NAME: usize = 120;

/// Is the school open for instruction on that day?
pub fn is_instructional(calendar: &Calendar, day: Date) -> bool {
    (calendar.first_day..=calendar.last_day).contains(&day)
        && !day.is_weekend()
        && !calendar.closures.iter().any(|closure| closure.on == day)
}

/// The instructional days of a calendar, in order.
pub fn instructional_days(calendar: &Calendar) -> impl Iterator<Item = Date> + '_ {
    let last = calendar.last_day;
    std::iter::successors(Some(calendar.first_day), |day| Some(day.plus_days(1)))
        .take_while(move |day| *day <= last)
        .filter(|day| is_instructional(calendar, *day))
}

/// The first instructional day on or after `day`; none when the year is over.
pub fn next_instructional(calendar: &Calendar, day: Date) -> Option<Date> {
    let mut days = instructional_days(calendar);
    days.find(|open| *open >= day)
}

/// Closures as one tells them: schools closed for the same reason together, days that follow one another as one span.
/// Earliest first.
pub fn closed_days(closures: Vec<(SchoolId, Closure)>) -> Vec<ClosedDays> {
    let mut days: BTreeMap<(Date, String, ClosureKind), BTreeSet<SchoolId>> = BTreeMap::new();
    for (school, Closure { on, reason, kind }) in closures {
        days.entry((on, reason, kind)).or_default().insert(school);
    }
    let mut told: Vec<ClosedDays> = Vec::new();
    for ((on, reason, kind), schools) in days {
        let schools: Vec<SchoolId> = schools.into_iter().collect();
        let goes_on = told.iter_mut().find(|span| {
            (&span.reason, span.kind) == (&reason, kind)
                && span.schools == schools
                && next_weekday(span.until) >= on
        });
        match goes_on {
            Some(span) => span.until = on,
            None => told.push(ClosedDays {
                from: on,
                until: on,
                reason,
                kind,
                schools,
            }),
        }
    }
    told
}

fn next_weekday(day: Date) -> Date {
    let next = day.plus_days(1);
    if next.is_weekend() {
        next_weekday(next)
    } else {
        next
    }
}

/// A postal code as `A1A 1A1` when it has that shape, else as it was typed.
pub fn tidy_postal_code(typed: &str) -> String {
    let bare: String = typed
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '-'))
        .collect();
    let upper = bare.to_ascii_uppercase();
    if is_postal_code(&upper) {
        format!("{} {}", &upper[..3], &upper[3..])
    } else {
        kernel::text::squeeze(typed)
    }
}

fn is_postal_code(bare: &str) -> bool {
    bare.len() == 6
        && bare.bytes().enumerate().all(|(place, byte)| {
            if place % 2 == 0 {
                byte.is_ascii_uppercase()
            } else {
                byte.is_ascii_digit()
            }
        })
}

fn name(text: &str, findings: &mut Findings) {
    name_of(text, "name", findings);
}

fn name_of(text: &str, field: &str, findings: &mut Findings) {
    if text.trim().is_empty() {
        findings.push(Finding::refuse("LP-0301", field));
    } else if text.chars().count() > LONGEST_NAME {
        findings.push(Finding::refuse("LP-0302", field).with("longest", LONGEST_NAME));
    }
}

/// Judges an authority.
pub fn judge_authority(authority: &Authority) -> Findings {
    let mut findings = Findings::default();
    name(&authority.name, &mut findings);
    if codes::set(CodeSet::AuthorityType).find(&authority.kind).is_none() {
        findings.push(Finding::refuse("LP-0308", "kind").with("code", &authority.kind));
    }
    findings
}

/// Judges a school as it would stand beside the others and the authorities of the division.
pub fn judge_school(school: &School, others: &[School], authorities: &[Authority]) -> Findings {
    let mut findings = Findings::default();
    name(&school.name, &mut findings);
    if school.lowest_grade > school.highest_grade {
        findings.push(
            Finding::refuse("LP-0303", "highest_grade")
                .with("lowest", school.lowest_grade.label())
                .with("highest", school.highest_grade.label()),
        );
    }
    if others
        .iter()
        .any(|other| other.code == school.code && other.id != school.id)
    {
        findings.push(Finding::refuse("LP-0304", "code").with("code", school.code));
    }
    if !authorities
        .iter()
        .any(|authority| authority.code == school.authority)
    {
        findings.push(Finding::refuse("LP-0305", "authority").with("code", school.authority));
    }
    if !school.postal_code.is_empty() && !is_postal_code(&school.postal_code.replace(' ', "")) {
        findings.push(Finding::refuse("LP-0306", "postal_code"));
    }
    let digits = school.phone.chars().filter(char::is_ascii_digit).count();
    if !school.phone.is_empty() && digits < 10 {
        findings.push(Finding::warn("LP-0307", "phone"));
    }
    findings
}

/// Judges a calendar as it would stand.
pub fn judge_calendar(calendar: &Calendar) -> Findings {
    let mut findings = Findings::default();
    if calendar.first_day > calendar.last_day {
        findings.push(Finding::refuse("LP-0311", "last_day").with("first_day", calendar.first_day));
    }
    for (field, day) in [("first_day", calendar.first_day), ("last_day", calendar.last_day)] {
        if !calendar.year.contains(day) {
            findings.push(Finding::refuse("LP-0312", field).with("year", calendar.year));
        }
    }
    judge_closures(calendar, &mut findings);
    if !findings.refuse() && instructional_days(calendar).next().is_none() {
        findings.push(Finding::refuse("LP-0317", ""));
    }
    findings
}

fn judge_closures(calendar: &Calendar, findings: &mut Findings) {
    for (place, closure) in calendar.closures.iter().enumerate() {
        let mut say = |finding: Finding| findings.push(finding.with("day", closure.on));
        if !(calendar.first_day..=calendar.last_day).contains(&closure.on) {
            say(Finding::refuse("LP-0313", "closures"));
        }
        if closure.reason.trim().is_empty() {
            say(Finding::refuse("LP-0314", "closures"));
        }
        if calendar.closures[..place]
            .iter()
            .any(|earlier| earlier.on == closure.on)
        {
            say(Finding::refuse("LP-0315", "closures"));
        }
        if closure.on.is_weekend() {
            say(Finding::note("LP-0316", "closures"));
        }
    }
}

#[cfg(test)]
mod teaching_tests;
#[cfg(test)]
mod tests;
