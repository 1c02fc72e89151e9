//! Verbs of the teaching day: kinds of days, terms, the cycle, bell schedules.

use super::{Change, Saved, calendar, covers};
use crate::model::{
    BellSchedule, BellUse, Closure, ClosureKind, Cycle, CycleKind, Period, Plan, SchoolDay, SpecialDay,
    TeachingYear, Term, TermKind,
};
use crate::rules::judge::{judge_bell, judge_plan, judge_removal, judge_span, judge_special, weekdays};
use crate::{rules, store};
use access::Permit;
use access::action::ManageSchools;
use db::{Reading, Subject, Tx};
use kernel::text::squeeze;
use kernel::{BellScheduleId, Date, Failure, Findings, Outcome, SchoolId, SchoolYear, TermId};

/// What days shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayAs {
    /// Closed.
    Closed(ClosureKind),
    /// Taught, but for what is said.
    Taught {
        /// Do students leave early?
        is_early: bool,
        /// A bell schedule for these days; none for the one they would have.
        bell: Option<BellScheduleId>,
        /// The day of the cycle; none for the one they would be.
        cycle_day: Option<u8>,
    },
}

/// Days that shall be of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetDays {
    /// The school.
    pub school: SchoolId,
    /// The school year.
    pub year: SchoolYear,
    /// The version of the calendar that was seen.
    pub seen: i64,
    /// The first of the days.
    pub from: Date,
    /// The last of the days; weekends between them stay as they are.
    pub until: Date,
    /// What they shall be.
    pub kind: DayAs,
    /// Why; a closure must say it.
    pub reason: String,
}

/// A term as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermDetails {
    /// The term there is; none for a new one.
    pub id: Option<TermId>,
    /// Its name.
    pub name: String,
    /// Semester, term or quarter.
    pub kind: TermKind,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
}

/// A part of the plan as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanPart {
    /// The terms; those that are not named are taken away.
    Terms(Vec<TermDetails>),
    /// The cycle.
    Cycle(Cycle),
    /// What is used instead of the usual bell schedule.
    Uses(Vec<BellUse>),
}

/// A bell schedule as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetBell {
    /// The school.
    pub school: SchoolId,
    /// The school year.
    pub year: SchoolYear,
    /// Which; a new one brings its id, so that a form sent twice is one record.
    pub id: BellScheduleId,
    /// The version that was seen; 0 for a new one.
    pub seen: i64,
    /// Its name.
    pub name: String,
    /// Shall it be the usual one? The first always is.
    pub is_usual: bool,
    /// Its periods, in any order.
    pub periods: Vec<Period>,
}

/// Everything decided about the days of a school in a year; not found while no calendar is set.
pub fn teaching_year(at: &mut impl Reading, school: SchoolId, year: SchoolYear) -> Outcome<TeachingYear> {
    let calendar = calendar(at, school, year)?;
    store::teaching::teaching(at, calendar)
}

/// The day as a school runs it: its day of the cycle, its bell schedule. None
/// when nobody is taught, and while no calendar is set for the year of the day.
pub fn school_day(at: &mut impl Reading, school: SchoolId, day: Date) -> Outcome<Option<SchoolDay>> {
    match teaching_year(at, school, SchoolYear::of(day)) {
        Ok(year) => Ok(rules::teaching::school_day(&year, day)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The terms of a school in a year, in the order of their first days; none while no calendar is set.
pub fn terms(at: &mut impl Reading, school: SchoolId, year: SchoolYear) -> Outcome<Vec<Term>> {
    match calendar(at, school, year) {
        Ok(calendar) => store::teaching::terms(at, calendar.id),
        Err(Failure::NotFound) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

/// Says what days of a school are.
///
/// Refused by the rules `LP-0313` to `LP-0325`; not found while no calendar is
/// set; a conflict when another save came first. Writes: `school_calendar`,
/// `calendar_closure`, `calendar_special_day`, audit.
pub fn set_days(tx: &mut Tx, permit: &Permit<ManageSchools>, cmd: &SetDays) -> Outcome<Saved<TeachingYear>> {
    covers(permit, cmd.school)?;
    let before = teaching_year(tx, cmd.school, cmd.year)?;
    judge_span(&before, cmd.from, cmd.until).or_refuse()?;
    let mut wanted = before.clone();
    let span = cmd.from..=cmd.until;
    wanted
        .calendar
        .closures
        .retain(|closure| !span.contains(&closure.on));
    wanted.special.retain(|special| !span.contains(&special.on));
    let reason = squeeze(&cmd.reason);
    for on in weekdays(cmd.from, cmd.until) {
        put_day(&mut wanted, on, &cmd.kind, &reason);
    }
    wanted.calendar.closures.sort();
    wanted.special.sort_by_key(|special| special.on);
    if wanted == before {
        return Ok(unchanged(before));
    }
    let now = before.calendar.version;
    if now != cmd.seen {
        return Err(Failure::stale("school_calendar", cmd.seen, now));
    }
    wanted.calendar.version = now + 1;
    let mut findings = rules::judge_calendar(&wanted.calendar);
    if let Some(first) = wanted
        .special_on(cmd.from)
        .or_else(|| wanted.special.iter().find(|one| span.contains(&one.on)))
    {
        findings.extend(judge_special(&wanted, first).0);
    }
    let findings = findings.or_refuse()?;
    store::save_calendar(tx, &wanted.calendar)?;
    store::teaching::save_special(tx, wanted.calendar.id, &wanted.special)?;
    record(tx, "calendar.days", &before, &wanted);
    Ok(Saved {
        record: wanted,
        findings,
    })
}

fn put_day(year: &mut TeachingYear, on: Date, kind: &DayAs, reason: &str) {
    match kind {
        DayAs::Closed(kind) => year.calendar.closures.push(Closure {
            on,
            reason: reason.to_owned(),
            kind: *kind,
        }),
        // A day about which nothing is said is a day as the others.
        DayAs::Taught {
            is_early: false,
            bell: None,
            cycle_day: None,
        } => {}
        DayAs::Taught {
            is_early,
            bell,
            cycle_day,
        } => year.special.push(SpecialDay {
            on,
            is_early: *is_early,
            bell: *bell,
            cycle_day: *cycle_day,
            reason: reason.to_owned(),
        }),
    }
}

fn unchanged(year: TeachingYear) -> Saved<TeachingYear> {
    Saved {
        record: year,
        findings: Findings::default(),
    }
}

pub(super) fn record(tx: &mut Tx, what: &'static str, before: &TeachingYear, after: &TeachingYear) {
    tx.record(
        what,
        Subject::new("calendar", after.calendar.id),
        &Change {
            before: Some(before),
            after,
        },
    );
}

/// Sets the terms, the cycle or the use of bell schedules of a school in a
/// year. `seen` is the version of the plan that was on the screen, 0 when there
/// was none.
///
/// Refused by the rules `LP-0324` to `LP-0332`; not found while no calendar is
/// set; a conflict when another save came first. Writes: `calendar_plan`,
/// `calendar_term`, `bell_use`, audit.
pub fn set_plan(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    (school, year): (SchoolId, SchoolYear),
    seen: i64,
    part: PlanPart,
) -> Outcome<Saved<TeachingYear>> {
    covers(permit, school)?;
    let before = teaching_year(tx, school, year)?;
    let mut wanted = before.clone();
    match part {
        PlanPart::Terms(terms) => wanted.plan.terms = named(tx, &before.plan.terms, terms),
        PlanPart::Cycle(cycle) => wanted.plan.cycle = tidy(cycle),
        PlanPart::Uses(mut uses) => {
            uses.sort_by_key(|one| one.on);
            wanted.plan.uses = uses;
        }
    }
    let findings = judge_plan(&wanted).or_refuse()?;
    save_plan(tx, before, wanted, seen, findings)
}

fn save_plan(
    tx: &mut Tx,
    before: TeachingYear,
    mut wanted: TeachingYear,
    seen: i64,
    findings: Findings,
) -> Outcome<Saved<TeachingYear>> {
    let now = before.plan.version;
    let is_same = Plan {
        terms: rules::teaching::in_order(wanted.plan.terms.clone()),
        ..wanted.plan.clone()
    } == before.plan;
    if is_same && now > 0 {
        return Ok(Saved {
            record: before,
            findings,
        });
    }
    if now != seen {
        return Err(Failure::stale("calendar_plan", seen, now));
    }
    wanted.plan.version = now + 1;
    store::teaching::save_plan(tx, &wanted.plan)?;
    wanted.plan.terms = rules::teaching::in_order(wanted.plan.terms);
    record(tx, "calendar.plan", &before, &wanted);
    Ok(Saved {
        record: wanted,
        findings,
    })
}

/// A cycle of weekdays is five long and has no letters.
fn tidy(cycle: Cycle) -> Cycle {
    match cycle.kind {
        CycleKind::Weekday => Cycle::default(),
        _ => cycle,
    }
}

/// Terms with their ids: one that is said again is the one there was.
fn named(tx: &Tx, before: &[Term], wanted: Vec<TermDetails>) -> Vec<Term> {
    let mut taken: Vec<TermId> = wanted.iter().filter_map(|term| term.id).collect();
    let mut terms = Vec::with_capacity(wanted.len());
    for details in wanted {
        let name = squeeze(&details.name);
        let is_it = |term: &&Term| match details.id {
            Some(id) => term.id == id,
            None => {
                !taken.contains(&term.id)
                    && (&term.name, term.kind, term.first_day, term.last_day)
                        == (&name, details.kind, details.first_day, details.last_day)
            }
        };
        let known = before.iter().find(is_it).map(|term| term.id);
        let id = known.unwrap_or_else(|| TermId::fresh(tx.now()));
        taken.push(id);
        terms.push(Term {
            id,
            name,
            kind: details.kind,
            first_day: details.first_day,
            last_day: details.last_day,
        });
    }
    terms
}

/// Sets a bell schedule of a school in a year.
///
/// Refused by the rules `LP-0333` to `LP-0338`; not found while no calendar is
/// set; a conflict when another save came first. Writes: `bell_schedule`,
/// `bell_period`, audit.
pub fn set_bell(tx: &mut Tx, permit: &Permit<ManageSchools>, cmd: SetBell) -> Outcome<Saved<BellSchedule>> {
    covers(permit, cmd.school)?;
    let before = teaching_year(tx, cmd.school, cmd.year)?;
    let old = before.bell(cmd.id).cloned();
    let now = old.as_ref().map_or(0, |old| old.version);
    let mut wanted = BellSchedule {
        id: cmd.id,
        name: squeeze(&cmd.name),
        is_usual: cmd.is_usual || before.usual().is_none_or(|usual| usual.id == cmd.id),
        periods: cmd.periods,
        version: now,
    };
    for period in &mut wanted.periods {
        period.name = squeeze(&period.name);
    }
    let findings = judge_bell(&before, &wanted).or_refuse()?;
    wanted
        .periods
        .sort_by_key(|period| (period.starts, period.number));
    if old.as_ref() == Some(&wanted) {
        return Ok(Saved {
            record: wanted,
            findings,
        });
    }
    if now != cmd.seen {
        return Err(Failure::stale("bell_schedule", cmd.seen, now));
    }
    wanted.version = now + 1;
    store::teaching::save_bell(tx, before.calendar.id, &wanted)?;
    let subject = Subject::new("bell_schedule", wanted.id);
    let change = Change {
        before: old.as_ref(),
        after: &wanted,
    };
    tx.record("calendar.bell", subject, &change);
    Ok(Saved {
        record: wanted,
        findings,
    })
}

/// Takes a bell schedule away; once it is gone, again is the same.
///
/// Refused as `LP-0342` while it is used and as `LP-0343` as the usual one
/// among several; a conflict when another save came first. Writes:
/// `bell_schedule`, `bell_period`, audit.
pub fn remove_bell(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    (school, year): (SchoolId, SchoolYear),
    bell: BellScheduleId,
    seen: i64,
) -> Outcome<()> {
    covers(permit, school)?;
    let before = teaching_year(tx, school, year)?;
    let old = before.bell(bell).ok_or(Failure::NotFound)?;
    judge_removal(&before, bell).or_refuse()?;
    store::teaching::remove_bell(tx, old, seen)?;
    tx.record("calendar.bell-removed", Subject::new("bell_schedule", bell), old);
    Ok(())
}
