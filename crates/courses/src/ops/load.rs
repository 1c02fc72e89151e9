//! Runs of the automatic loader: planned, looked at, applied, taken back.

use super::ground::{Ground, ground};
use super::own;
use crate::loader::{self, Load, Placed, Plan, Unplaced, Why};
use crate::model::{CourseLoad, LoadAsk, LoadState, LoadedPlan, Met, OfCourse, OfSection};
use crate::store;
use access::Permit;
use access::action::{ManageSections, ViewSections};
use db::{Reading, Subject, Tx};
use kernel::{CourseId, CourseLoadId, Date, Failure, Outcome, SchoolId, SchoolYear, StudentId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

/// Pairs of courses that meet at once, told at most.
const MOST_MET: usize = 30;

/// Begins a run: the plan is still to be made. The same command twice begins one.
///
/// Refused when the year is over (`LP-0527`) or the days are none (`LP-0505`);
/// not found at another's school. Writes: `course_load`, audit.
pub fn begin_load(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: CourseLoadId,
    (school, year): (SchoolId, SchoolYear),
    ((first_day, last_day), ask): ((Date, Date), LoadAsk),
) -> Outcome<CourseLoad> {
    own(permit, school)?;
    match store::load(tx, id) {
        Ok(there) => return Ok(there),
        Err(Failure::NotFound) => {}
        Err(failure) => return Err(failure),
    }
    if year.ends() < tx.today() {
        return Err(Failure::refuse("LP-0527", ""));
    }
    if last_day < first_day {
        return Err(Failure::refuse("LP-0505", "last_day"));
    }
    let run = CourseLoad {
        id,
        school,
        year,
        first_day,
        last_day,
        ask,
        state: LoadState::Planning,
        ground: String::new(),
        plan: LoadedPlan::default(),
        done: 0,
        made_at: tx.now(),
        made_by: tx.actor().name.clone(),
        worked_at: tx.now(),
        version: 1,
    };
    store::insert_load(tx, &run)?;
    record(tx, "load.begin", &run);
    Ok(run)
}

/// One run; not found at another's school.
pub fn course_load(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    id: CourseLoadId,
) -> Outcome<CourseLoad> {
    let run = store::load(at, id)?;
    if permit.covers_school(run.school) {
        Ok(run)
    } else {
        Err(Failure::NotFound)
    }
}

/// The last runs of a school and year, newest first; not found at another's school.
pub fn course_loads(
    at: &mut impl Reading,
    permit: &Permit<ViewSections>,
    (school, year): (SchoolId, SchoolYear),
) -> Outcome<Vec<CourseLoad>> {
    if permit.covers_school(school) {
        store::loads(at, school, year, 10)
    } else {
        Err(Failure::NotFound)
    }
}

/// What a run's plan is to be made from: for [`plan_of`], outside any transaction.
pub fn ground_of(at: &mut impl Reading, permit: &Permit<ViewSections>, id: CourseLoadId) -> Outcome<Ground> {
    let run = course_load(at, permit, id)?;
    ground(at, &run)
}

/// The plan; pure, of some seconds for a large school. `took` is asked how long it was.
pub fn plan_of(ground: &Ground, took: impl FnOnce() -> Duration) -> LoadedPlan {
    let plan = loader::load(&ground.load);
    let mut told = told(&ground.load, &plan);
    told.unplaced.extend(ground.away.iter().map(|one| Unplaced {
        student: one.student,
        course: one.course,
        why: Why::Away,
    }));
    told.unplaced.sort_by_key(|one| one.student);
    told.millis = u64::try_from(took().as_millis()).unwrap_or(u64::MAX);
    told
}

/// Keeps the plan that was made of a run, with what it was made from; none when it could not be made.
///
/// Refused when the run no longer waits for it (`LP-0544`); not found at
/// another's school. Writes: `course_load`.
pub fn keep_plan(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: CourseLoadId,
    made: Option<(&str, LoadedPlan)>,
) -> Outcome<()> {
    let run = find(tx, permit, id, &[LoadState::Planning])?;
    let (state, ground, plan) = match made {
        Some((seen, plan)) => (LoadState::Planned, seen.to_owned(), plan),
        None => (LoadState::Failed, String::new(), LoadedPlan::default()),
    };
    let after = CourseLoad {
        state,
        ground,
        plan,
        ..run
    };
    step(tx, after).map(|_| ())
}

/// Has the plan of a run made anew: what it was made from changed, or whoever made it was stopped.
///
/// Refused when somebody has moved by it already (`LP-0544`); not found at
/// another's school. Writes: `course_load`, audit.
pub fn plan_again(tx: &mut Tx, permit: &Permit<ManageSections>, id: CourseLoadId) -> Outcome<()> {
    let states = [LoadState::Planning, LoadState::Planned, LoadState::Failed];
    let run = find(tx, permit, id, &states)?;
    let after = CourseLoad {
        state: LoadState::Planning,
        ..run
    };
    let saved = step(tx, after)?;
    record(tx, "load.plan-again", &saved);
    Ok(())
}

/// Lets the plan be applied, as it was seen: [`super::work_on_load`] does it.
///
/// Refused when there is no plan to apply (`LP-0544`), or what it was made
/// from changed since (`LP-0545`); not found at another's school. Writes:
/// `course_load`, audit.
pub fn apply_load(tx: &mut Tx, permit: &Permit<ManageSections>, id: CourseLoadId) -> Outcome<()> {
    let run = find(tx, permit, id, &[LoadState::Planned])?;
    if ground(tx, &run)?.seen != run.ground {
        return Err(Failure::refuse("LP-0545", ""));
    }
    let after = CourseLoad {
        state: LoadState::Applying,
        done: 0,
        ..run
    };
    let saved = step(tx, after)?;
    record(tx, "load.apply", &saved);
    Ok(())
}

/// Lets everything that the run placed be taken back: [`super::work_on_load`] does it.
///
/// Refused when nothing was placed by it (`LP-0544`); not found at another's
/// school. Writes: `course_load`, audit.
pub fn undo_load(tx: &mut Tx, permit: &Permit<ManageSections>, id: CourseLoadId) -> Outcome<()> {
    let run = find(tx, permit, id, &[LoadState::Applied])?;
    let after = CourseLoad {
        state: LoadState::Undoing,
        done: 0,
        ..run
    };
    let saved = step(tx, after)?;
    record(tx, "load.undo", &saved);
    Ok(())
}

/// The run of a command in one of these states.
pub(super) fn find(
    tx: &mut Tx,
    permit: &Permit<ManageSections>,
    id: CourseLoadId,
    states: &[LoadState],
) -> Outcome<CourseLoad> {
    let run = store::load(tx, id)?;
    own(permit, run.school)?;
    if states.contains(&run.state) {
        Ok(run)
    } else {
        Err(Failure::refuse("LP-0544", ""))
    }
}

/// Saves a run as it stands now.
pub(super) fn step(tx: &mut Tx, run: CourseLoad) -> Outcome<CourseLoad> {
    let after = CourseLoad {
        worked_at: tx.now(),
        version: run.version + 1,
        ..run
    };
    store::replace_load(tx, &after)?;
    Ok(after)
}

fn record(tx: &mut Tx, action: &str, run: &CourseLoad) {
    let detail = json!({
        "school": run.school, "year": run.year, "from": run.first_day, "until": run.last_day, "ask": run.ask,
        "placed": run.plan.placed.len(), "unplaced": run.plan.unplaced.len(),
    });
    tx.record(action, Subject::new("course_load", run.id), &detail);
}

/// What a person reads of a plan.
fn told(load: &Load, plan: &Plan) -> LoadedPlan {
    let new = |section| plan.placed.iter().filter(|one| one.section == section).count();
    let sections = load
        .sections
        .iter()
        .zip(&plan.filled)
        .filter(|(one, _)| one.is_open);
    let mut courses: BTreeMap<CourseId, OfCourse> = BTreeMap::new();
    let unplaced: BTreeSet<(StudentId, CourseId)> = plan
        .unplaced
        .iter()
        .map(|one| (one.student, one.course))
        .collect();
    for one in &load.requests {
        let course = one.course;
        let of = courses.entry(course).or_insert(OfCourse {
            course,
            asked: 0,
            had: 0,
        });
        of.asked += 1;
        of.had += usize::from(!unplaced.contains(&(one.student, course)));
    }
    LoadedPlan {
        placed: plan.placed.clone(),
        unplaced: plan.unplaced.clone(),
        settled: plan.settled,
        sections: sections
            .map(|(one, after)| OfSection {
                section: one.section,
                before: after - new(one.section),
                after: *after,
            })
            .collect(),
        courses: courses.into_values().collect(),
        met: met(load),
        ..LoadedPlan::default()
    }
}

/// Courses asked for together of which half or more of the sections meet at once.
fn met(load: &Load) -> Vec<Met> {
    let mut of_course: HashMap<CourseId, Vec<usize>> = HashMap::new();
    for (at, one) in load.sections.iter().enumerate().filter(|(_, one)| one.is_open) {
        for course in &one.courses {
            of_course.entry(*course).or_default().push(at);
        }
    }
    let mut together: BTreeMap<(CourseId, CourseId), usize> = BTreeMap::new();
    for own in load.requests.chunk_by(|one, next| one.student == next.student) {
        let mut courses: Vec<CourseId> = own.iter().map(|one| one.course).collect();
        courses.sort();
        courses.dedup();
        for (place, one) in courses.iter().enumerate() {
            for other in &courses[place + 1..] {
                *together.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let slots = loader::slots_of(&load.sections);
    let mut all: Vec<Met> = Vec::new();
    for ((one, other), students) in together {
        let (Some(of_one), Some(of_other)) = (of_course.get(&one), of_course.get(&other)) else {
            continue;
        };
        let meets = |at: &usize| {
            of_other
                .iter()
                .filter(|to| loader::meet(&slots[*at], &slots[**to]))
                .count()
        };
        let at_once = of_one.iter().map(meets).sum();
        let pairs = of_one.len() * of_other.len();
        if at_once * 2 >= pairs {
            all.push(Met {
                one,
                other,
                students,
                at_once,
                pairs,
            });
        }
    }
    let weight = |one: &Met| std::cmp::Reverse((one.at_once == one.pairs, one.students, one.one, one.other));
    all.sort_by_key(weight);
    all.truncate(MOST_MET);
    all
}

/// The seat that a run gives; its id is made of the run, so that it is given once.
pub(super) fn seat_id(run: CourseLoadId, placed: &Placed) -> kernel::CourseEnrolmentId {
    kernel::CourseEnrolmentId::derived(&format!("{run} {} {}", placed.student, placed.section))
}
