//! What may be said of special days, terms, the cycle and bell schedules.

use super::teaching::kind_of;
use super::{LONGEST_NAME, instructional_days};
use crate::model::{
    BellSchedule, BellUse, CycleKind, Period, PeriodKind, Plan, SpecialDay, TeachingYear, Term, TermKind,
    UsedOn,
};
use kernel::{BellScheduleId, Date, Finding, Findings};

/// The longest cycle, in days.
pub const LONGEST_CYCLE: u8 = 10;
/// The highest number of a period.
pub const MOST_PERIODS: u8 = 30;
/// Minutes between two periods that need no explanation: changing rooms.
const CHANGING_ROOMS: u16 = 15;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Judges a span of days that is to be changed: `from` to `until`, both included.
pub fn judge_span(year: &TeachingYear, from: Date, until: Date) -> Findings {
    let mut findings = Findings::default();
    let calendar = &year.calendar;
    if until < from {
        findings.push(Finding::refuse("LP-0320", "until").with("from", from));
    } else if from < calendar.first_day || calendar.last_day < until {
        findings.push(
            Finding::refuse("LP-0321", "from")
                .with("first", calendar.first_day)
                .with("last", calendar.last_day),
        );
    } else if weekdays(from, until).next().is_none() {
        findings.push(Finding::refuse("LP-0322", "from"));
    }
    findings
}

/// The weekdays of a span, both ends included.
pub(crate) fn weekdays(from: Date, until: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| Some(day.plus_days(1)))
        .take_while(move |day| *day <= until)
        .filter(|day| !day.is_weekend())
}

/// Judges a special day in its year.
pub fn judge_special(year: &TeachingYear, special: &SpecialDay) -> Findings {
    let mut findings = Findings::default();
    if special.is_early && special.bell.is_none() {
        findings.push(Finding::refuse("LP-0323", "bell"));
    }
    if special.bell.is_some_and(|bell| year.bell(bell).is_none()) {
        findings.push(Finding::refuse("LP-0324", "bell"));
    }
    let longest = year.plan.cycle.length;
    if special.cycle_day.is_some_and(|day| !(1..=longest).contains(&day)) {
        findings.push(Finding::refuse("LP-0325", "cycle_day").with("longest", longest));
    }
    if special.reason.chars().count() > LONGEST_NAME {
        findings.push(Finding::refuse("LP-0302", "reason").with("longest", LONGEST_NAME));
    }
    findings
}

/// Judges terms, cycle and use of bell schedules as they would stand.
pub fn judge_plan(year: &TeachingYear) -> Findings {
    let mut findings = judge_terms(year);
    judge_cycle(&year.plan, &mut findings);
    judge_uses(year, &mut findings);
    findings
}

fn judge_terms(year: &TeachingYear) -> Findings {
    let mut findings = Findings::default();
    let terms = &year.plan.terms;
    for (at, term) in terms.iter().enumerate() {
        let field = |name: &str| format!("{name}-{}", at + 1);
        super::name_of(&term.name, &field("name"), &mut findings);
        if term.last_day < term.first_day {
            findings.push(Finding::refuse("LP-0326", field("last_day")).with("first_day", term.first_day));
            continue;
        }
        for (name, day) in [("first_day", term.first_day), ("last_day", term.last_day)] {
            if !year.calendar.year.contains(day) {
                findings.push(Finding::refuse("LP-0327", field(name)).with("year", year.calendar.year));
            }
        }
        let twin = terms[..at]
            .iter()
            .find(|other| other.kind == term.kind && overlap(other, term));
        if let Some(twin) = twin {
            findings.push(Finding::refuse("LP-0328", field("first_day")).with("other", &twin.name));
        }
    }
    if !findings.refuse() {
        judge_gaps(year, &mut findings);
    }
    findings
}

fn overlap(one: &Term, other: &Term) -> bool {
    one.first_day <= other.last_day && other.first_day <= one.last_day
}

/// Instructional days that belong to no term of a kind that there is.
fn judge_gaps(year: &TeachingYear, findings: &mut Findings) {
    for kind in TermKind::ALL {
        let terms: Vec<&Term> = year.plan.terms.iter().filter(|term| term.kind == *kind).collect();
        if terms.is_empty() {
            continue;
        }
        let mut outside =
            instructional_days(&year.calendar).filter(|day| !terms.iter().any(|term| term.contains(*day)));
        if let Some(first) = outside.next() {
            findings.push(
                Finding::warn("LP-0329", "terms")
                    .with("kind", kind.as_str())
                    .with("days", outside.count() + 1)
                    .with("first", first),
            );
        }
    }
}

fn judge_cycle(plan: &Plan, findings: &mut Findings) {
    if !(1..=LONGEST_CYCLE).contains(&plan.cycle.length) {
        findings.push(Finding::refuse("LP-0330", "length").with("longest", LONGEST_CYCLE));
    }
    if plan.cycle.kind == CycleKind::Terms && plan.terms.is_empty() {
        findings.push(Finding::warn("LP-0331", "kind"));
    }
}

fn judge_uses(year: &TeachingYear, findings: &mut Findings) {
    for one in &year.plan.uses {
        if year.bell(one.bell).is_none() {
            findings.push(Finding::refuse("LP-0324", field_of(one.on)));
        }
        if matches!(one.on, UsedOn::CycleDay(day) if day > year.plan.cycle.length) {
            findings.push(Finding::warn("LP-0332", field_of(one.on)).with("longest", year.plan.cycle.length));
        }
    }
}

/// The name of the form's field for a use: `weekday-1`, `cycle-4`, `grade-EC`.
pub fn field_of(on: UsedOn) -> String {
    match on {
        UsedOn::Weekday(day) => format!("weekday-{day}"),
        UsedOn::CycleDay(day) => format!("cycle-{day}"),
        UsedOn::Grade(grade) => format!("grade-{}", grade.as_str()),
    }
}

/// Judges a bell schedule beside the others of its year.
pub fn judge_bell(year: &TeachingYear, bell: &BellSchedule) -> Findings {
    let mut findings = Findings::default();
    super::name_of(&bell.name, "name", &mut findings);
    let fold = kernel::text::fold;
    let has_twin = |other: &&BellSchedule| other.id != bell.id && fold(&other.name) == fold(&bell.name);
    if year.bells.iter().any(|other| has_twin(&other)) {
        findings.push(Finding::refuse("LP-0333", "name"));
    }
    let teaches = |period: &Period| period.kind == PeriodKind::Instruction;
    if !bell.periods.iter().any(teaches) {
        findings.push(Finding::refuse("LP-0334", "periods"));
    }
    for (at, period) in bell.periods.iter().enumerate() {
        judge_period(period, &bell.periods[..at], at, &mut findings);
    }
    if !findings.refuse() {
        judge_holes(&bell.periods, &mut findings);
    }
    findings
}

fn judge_period(period: &Period, before: &[Period], at: usize, findings: &mut Findings) {
    let field = |name: &str| format!("{name}-{}", at + 1);
    super::name_of(&period.name, &field("name"), findings);
    if period.number == 0 || period.number > MOST_PERIODS {
        findings.push(Finding::refuse("LP-0335", field("number")).with("most", MOST_PERIODS));
    }
    if before.iter().any(|other| other.number == period.number) {
        findings.push(Finding::refuse("LP-0336", field("number")).with("number", period.number));
    }
    if period.ends <= period.starts || period.ends > DAY {
        findings.push(Finding::refuse("LP-0337", field("ends")));
        return;
    }
    let meets = |other: &&Period| other.starts < period.ends && period.starts < other.ends;
    if let Some(other) = before.iter().find(meets) {
        findings.push(Finding::refuse("LP-0338", field("starts")).with("other", &other.name));
    }
}

/// Time between two periods that is longer than it takes to change rooms.
fn judge_holes(periods: &[Period], findings: &mut Findings) {
    let mut sorted: Vec<&Period> = periods.iter().collect();
    sorted.sort_by_key(|period| period.starts);
    for pair in sorted.windows(2) {
        let minutes = pair[1].starts.saturating_sub(pair[0].ends);
        if minutes > CHANGING_ROOMS {
            findings.push(
                Finding::warn("LP-0339", "periods")
                    .with("minutes", minutes)
                    .with("before", &pair[1].name),
            );
        }
    }
}

/// Judges whether a bell schedule may be taken away: not while it is used
/// (`LP-0342`), and not as the usual one while there are others (`LP-0343`).
pub fn judge_removal(year: &TeachingYear, bell: BellScheduleId) -> Findings {
    let mut findings = Findings::default();
    let is_used = year.plan.uses.iter().any(|one: &BellUse| one.bell == bell);
    let days = year
        .special
        .iter()
        .filter(|special| special.bell == Some(bell))
        .count();
    if is_used || days > 0 {
        findings.push(Finding::refuse("LP-0342", "").with("days", days));
    }
    let is_usual = year.usual().is_some_and(|usual| usual.id == bell);
    if is_usual && year.bells.len() > 1 {
        findings.push(Finding::refuse("LP-0343", ""));
    }
    findings
}

/// Special days that say nothing: the school is closed on them, or they lie outside the calendar.
pub fn idle_days(year: &TeachingYear) -> Vec<Date> {
    let is_idle = |day: &Date| !kind_of(year, *day).is_some_and(crate::model::DayKind::is_instructional);
    year.special
        .iter()
        .map(|special| special.on)
        .filter(is_idle)
        .collect()
}
