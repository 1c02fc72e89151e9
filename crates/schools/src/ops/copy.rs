//! Copying what one school decided about a year to others.

use super::teaching::{record, teaching_year};
use super::{SetCalendar, covers, set_calendar};
use crate::model::{BellSchedule, BellUse, DayKind, SpecialDay, TeachingYear, Term};
use crate::rules::judge::weekdays;
use crate::rules::teaching::kind_of;
use crate::{rules, store};
use access::Permit;
use access::action::ManageSchools;
use db::{Reading, Tx};
use kernel::{BellScheduleId, Date, Failure, Finding, Findings, Outcome, SchoolId, SchoolYear, TermId};
use std::collections::HashMap;

/// What is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyParts {
    /// First and last day, closures, special days.
    pub days: bool,
    /// Terms.
    pub terms: bool,
    /// Bell schedules, their use, and the cycle.
    pub bells: bool,
}

/// The versions of everything a school decided about a year, as one text: a copy names what it saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen(pub String);

impl Seen {
    fn of(year: Option<&TeachingYear>) -> Self {
        let Some(year) = year else {
            return Self("0".to_owned());
        };
        let bells: Vec<String> = year
            .bells
            .iter()
            .map(|bell| format!("{}-{}", bell.id, bell.version))
            .collect();
        Self(format!(
            "{}.{}.{}",
            year.calendar.version,
            year.plan.version,
            bells.join("+")
        ))
    }
}

/// First and last day of a calendar.
pub type FirstLast = (Date, Date);

/// What a copy would change at one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyChange {
    /// The school.
    pub school: SchoolId,
    /// What it says now.
    pub seen: Seen,
    /// First and last day now, and then; none when they stay.
    pub span: Option<(Option<FirstLast>, FirstLast)>,
    /// Days that become another kind: the day, what it is, what it would be.
    pub days: Vec<(Date, Option<DayKind>, Option<DayKind>)>,
    /// Names of terms that would go and come; none when they stay.
    pub terms: Option<(Vec<String>, Vec<String>)>,
    /// Bell schedules that would come or change, by name.
    pub bells: Vec<String>,
    /// Does the cycle, or the use of bell schedules, change?
    pub is_plan_changed: bool,
    /// What stands in the way, or should be seen.
    pub findings: Findings,
}

impl CopyChange {
    /// Would nothing change?
    pub fn is_empty(&self) -> bool {
        let days = self.span.is_none() && self.days.is_empty();
        days && self.terms.is_none() && self.bells.is_empty() && !self.is_plan_changed
    }
}

/// What shall be copied where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyCalendar {
    /// The school copied from.
    pub from: SchoolId,
    /// The school year.
    pub year: SchoolYear,
    /// What is copied.
    pub parts: CopyParts,
    /// The schools copied to, each with what was seen of it.
    pub to: Vec<(SchoolId, Seen)>,
}

/// What copying would change at each school; nothing is written.
///
/// Not found when the school copied from has no calendar of the year.
pub fn copy_preview(
    at: &mut impl Reading,
    permit: &Permit<ManageSchools>,
    (from, year): (SchoolId, SchoolYear),
    parts: CopyParts,
    to: &[SchoolId],
) -> Outcome<Vec<CopyChange>> {
    let source = teaching_year(at, from, year)?;
    let mut changes = Vec::new();
    for school in to.iter().copied().filter(|school| *school != from) {
        covers(permit, school)?;
        store::school(at, school)?;
        let before = known(at, school, year)?;
        changes.push(change(&source, school, before.as_ref(), parts));
    }
    Ok(changes)
}

fn known(at: &mut impl Reading, school: SchoolId, year: SchoolYear) -> Outcome<Option<TeachingYear>> {
    match teaching_year(at, school, year) {
        Ok(year) => Ok(Some(year)),
        Err(Failure::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

fn change(
    source: &TeachingYear,
    school: SchoolId,
    before: Option<&TeachingYear>,
    parts: CopyParts,
) -> CopyChange {
    let span_of = |year: &TeachingYear| (year.calendar.first_day, year.calendar.last_day);
    let is_new = before.is_none();
    let with_days = parts.days || is_new;
    let span = before.map(span_of);
    let (names, told) = (
        |terms: &[Term]| -> Vec<String> { terms.iter().map(told_term).collect() },
        before.map(|year| year.plan.terms.as_slice()).unwrap_or_default(),
    );
    let terms = (names(told), names(&source.plan.terms));
    let mut findings = Findings::default();
    if with_days {
        findings.extend(lacking(source, before, parts));
    }
    CopyChange {
        school,
        seen: Seen::of(before),
        span: (with_days && span != Some(span_of(source))).then(|| (span, span_of(source))),
        days: if with_days {
            days(source, before)
        } else {
            Vec::new()
        },
        terms: (parts.terms && terms.0 != terms.1).then_some(terms),
        bells: if parts.bells {
            bells(source, before)
        } else {
            Vec::new()
        },
        is_plan_changed: parts.bells && before.is_none_or(|before| is_other_plan(source, before)),
        findings,
    }
}

fn told_term(term: &Term) -> String {
    format!("{} ({} – {})", term.name, term.first_day, term.last_day)
}

fn days(
    source: &TeachingYear,
    before: Option<&TeachingYear>,
) -> Vec<(Date, Option<DayKind>, Option<DayKind>)> {
    let year = source.calendar.year;
    weekdays(year.starts(), year.ends())
        .map(|day| {
            (
                day,
                before.and_then(|before| kind_of(before, day)),
                kind_of(source, day),
            )
        })
        // A year that is new shows its first and last day; what is taught between them is not told day by day.
        .filter(|(_, was, is)| was != is && (before.is_some() || !is.is_none_or(DayKind::is_instructional)))
        .collect()
}

fn same_name<'y>(year: &'y TeachingYear, bell: &BellSchedule) -> Option<&'y BellSchedule> {
    let fold = kernel::text::fold;
    year.bells
        .iter()
        .find(|other| fold(&other.name) == fold(&bell.name))
}

fn bells(source: &TeachingYear, before: Option<&TeachingYear>) -> Vec<String> {
    let is_same = |bell: &&BellSchedule| {
        before
            .and_then(|before| same_name(before, bell))
            .is_some_and(|other| other.periods == bell.periods && other.is_usual == bell.is_usual)
    };
    let changed = source.bells.iter().filter(|bell| !is_same(bell));
    changed.map(|bell| bell.name.clone()).collect()
}

fn is_other_plan(source: &TeachingYear, before: &TeachingYear) -> bool {
    let told = |year: &TeachingYear| -> Vec<_> {
        let name = |one: &BellUse| {
            (
                one.on,
                year.bell(one.bell).map(|bell| kernel::text::fold(&bell.name)),
            )
        };
        year.plan.uses.iter().map(name).collect()
    };
    source.plan.cycle != before.plan.cycle || told(source) != told(before)
}

/// Special days whose bell schedule the school does not have and does not get (`LP-0345`).
fn lacking(source: &TeachingYear, before: Option<&TeachingYear>, parts: CopyParts) -> Vec<Finding> {
    if parts.bells {
        return Vec::new();
    }
    let used = source
        .special
        .iter()
        .filter_map(|special| source.bell(special.bell?));
    let mut names: Vec<&str> = used
        .filter(|bell| before.is_none_or(|before| same_name(before, bell).is_none()))
        .map(|bell| bell.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let say = |name: &str| Finding::refuse("LP-0345", "bells").with("name", name);
    names.into_iter().map(say).collect()
}

/// Copies what a school decided about a year to others, all or none. Gives how many schools changed.
///
/// Refused as `LP-0344` without a school to copy to, as `LP-0345` when a day
/// needs a bell schedule that is not there; a conflict when a school saved
/// after the preview. Writes as [`set_calendar`], [`crate::set_days`],
/// [`crate::set_plan`] and [`crate::set_bell`] do.
pub fn copy_calendar(tx: &mut Tx, permit: &Permit<ManageSchools>, cmd: &CopyCalendar) -> Outcome<usize> {
    let source = teaching_year(tx, cmd.from, cmd.year)?;
    let to: Vec<&(SchoolId, Seen)> = cmd.to.iter().filter(|(school, _)| *school != cmd.from).collect();
    if to.is_empty() {
        return Err(Failure::refuse("LP-0344", "to"));
    }
    let mut changed = 0;
    for (school, seen) in to {
        covers(permit, *school)?;
        store::school(tx, *school)?;
        let before = known(tx, *school, cmd.year)?;
        let change = change(&source, *school, before.as_ref(), cmd.parts);
        if change.is_empty() {
            continue; // also when the form is sent a second time
        }
        if change.seen != *seen {
            let now = before.as_ref().map_or(0, |before| before.calendar.version);
            return Err(Failure::stale("school_calendar", 0, now));
        }
        change.findings.or_refuse()?;
        put(tx, permit, &source, *school, cmd.parts)?;
        changed += 1;
    }
    Ok(changed)
}

fn put(
    tx: &mut Tx,
    permit: &Permit<ManageSchools>,
    source: &TeachingYear,
    school: SchoolId,
    parts: CopyParts,
) -> Outcome<()> {
    let year = source.calendar.year;
    let was = known(tx, school, year)?;
    if parts.days || was.is_none() {
        let seen = was.as_ref().map_or(0, |was| was.calendar.version);
        set_calendar(tx, permit, of_source(source, school, seen))?;
    }
    let before = teaching_year(tx, school, year)?;
    let mut after = before.clone();
    if parts.bells {
        put_bells(tx, source, &mut after)?;
    }
    let same: HashMap<BellScheduleId, BellScheduleId> = source
        .bells
        .iter()
        .filter_map(|bell| Some((bell.id, same_name(&after, bell)?.id)))
        .collect();
    if parts.days || was.is_none() {
        after.special = source
            .special
            .iter()
            .map(|special| of_special(special, &same))
            .collect();
        store::teaching::save_special(tx, after.calendar.id, &after.special)?;
    }
    if parts.terms {
        after.plan.terms = of_terms(tx, &before.plan.terms, &source.plan.terms);
    }
    if parts.bells {
        let used = source.plan.uses.iter();
        after.plan.cycle = source.plan.cycle;
        after.plan.uses = used
            .filter_map(|one| {
                Some(BellUse {
                    bell: *same.get(&one.bell)?,
                    ..*one
                })
            })
            .collect();
    }
    if after.plan != before.plan {
        rules::judge::judge_plan(&after).or_refuse()?;
        after.plan.version = before.plan.version + 1;
        store::teaching::save_plan(tx, &after.plan)?;
    }
    record(tx, "calendar.copied", &before, &after);
    Ok(())
}

fn of_source(source: &TeachingYear, school: SchoolId, seen: i64) -> SetCalendar {
    SetCalendar {
        school,
        year: source.calendar.year,
        seen,
        first_day: source.calendar.first_day,
        last_day: source.calendar.last_day,
        closures: source.calendar.closures.clone(),
    }
}

fn of_special(special: &SpecialDay, same: &HashMap<BellScheduleId, BellScheduleId>) -> SpecialDay {
    SpecialDay {
        bell: special.bell.and_then(|bell| same.get(&bell).copied()),
        ..special.clone()
    }
}

/// A term of the same kind and name keeps its id: sections name it.
fn of_terms(tx: &Tx, before: &[Term], source: &[Term]) -> Vec<Term> {
    let known = |term: &Term| {
        let twin = |other: &&Term| (other.kind, &other.name) == (term.kind, &term.name);
        before.iter().find(twin).map(|other| other.id)
    };
    let of = |term: &Term| Term {
        id: known(term).unwrap_or_else(|| TermId::fresh(tx.now())),
        ..term.clone()
    };
    source.iter().map(of).collect()
}

/// Bell schedules of one name become the same; the others stay.
fn put_bells(tx: &mut Tx, source: &TeachingYear, after: &mut TeachingYear) -> Outcome<()> {
    for bell in &source.bells {
        let known = same_name(after, bell).cloned();
        let wanted = BellSchedule {
            id: known
                .as_ref()
                .map_or_else(|| BellScheduleId::fresh(tx.now()), |known| known.id),
            name: known
                .as_ref()
                .map_or_else(|| bell.name.clone(), |known| known.name.clone()),
            is_usual: bell.is_usual,
            periods: bell.periods.clone(),
            version: known.as_ref().map_or(0, |known| known.version),
        };
        if known.as_ref() == Some(&wanted) {
            continue;
        }
        let saved = BellSchedule {
            version: wanted.version + 1,
            ..wanted
        };
        store::teaching::save_bell(tx, after.calendar.id, &saved)?;
        if saved.is_usual {
            after.bells.iter_mut().for_each(|other| other.is_usual = false);
        }
        after.bells.retain(|other| other.id != saved.id);
        after.bells.push(saved);
    }
    Ok(())
}
