//! The integer programme of a block of students, solved by `microlp`.
//!
//! A variable, 0 or 1, for each way to fulfil a request of theirs. A request
//! has one way at most; so has a moment of a student, and a course; a section
//! has no more students than free seats; whoever must sit together has equal
//! variables, and so have linked sections. What is more than a section's fair
//! share costs a little, the further above the more.

use super::making::{Making, Way};
use kernel::CourseId;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// Branches looked at in a block at most: a count, for a time would not be the same on every machine.
const NODES: u64 = 60;
/// How far above the fair share a further student begins to cost more, and what.
const ABOVE: [(f64, f64); 4] = [(0.0, 0.05), (1.0, 0.05), (3.0, 0.1), (6.0, 0.2)];

/// The ways of a pupil's wishes, in their order.
pub(super) type Taken = Vec<Option<usize>>;

/// A variable with what it stands for.
struct Chosen {
    pupil: usize,
    wish: usize,
    way: usize,
    section: usize,
    course: CourseId,
    variable: Variable,
}

/// The best ways for these pupils while everybody else stays; with `unbound`
/// as if no section were ever full. None when the solver found nothing better
/// than what they have.
pub(super) fn solve(making: &Making, pupils: &[usize], unbound: bool) -> Option<Vec<Taken>> {
    let before: Vec<Taken> = pupils
        .iter()
        .map(|at| making.pupils[*at].wishes.iter().map(|wish| wish.taken).collect())
        .collect();
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let chosen = variables(making, pupils, unbound, &mut problem);
    if chosen.is_empty() {
        return None;
    }
    moments(making, &chosen, &mut problem);
    ties(making, pupils, &chosen, &mut problem);
    if !unbound {
        seats(making, pupils, &chosen, &mut problem);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    options.mip_gap = 1e-4;
    let outcome = problem.solve_with(options).ok()?;
    let solution = outcome.solution()?;
    let mut after: Vec<Taken> = before.iter().map(|taken| vec![None; taken.len()]).collect();
    for one in &chosen {
        if solution.var_value(one.variable) > 0.5 {
            after[one.pupil][one.wish] = Some(one.way);
        }
    }
    let is_better = worth(making, pupils, &after, unbound) > worth(making, pupils, &before, unbound) + 1e-6;
    is_better.then_some(after)
}

/// A variable for each way, and that a request has one way at most.
fn variables(making: &Making, pupils: &[usize], unbound: bool, problem: &mut Problem) -> Vec<Chosen> {
    let held = held(making, pupils);
    let mut all = Vec::new();
    for (pupil, at) in pupils.iter().enumerate() {
        for (wish, of) in making.pupils[*at].wishes.iter().enumerate() {
            let first = all.len();
            for (
                way,
                Way {
                    section,
                    course,
                    worth,
                },
            ) in of.ways.iter().enumerate()
            {
                let free = making
                    .free(*section)
                    .saturating_add(held.get(section).copied().unwrap_or(0));
                if unbound || free > 0 {
                    all.push(Chosen {
                        pupil,
                        wish,
                        way,
                        section: *section,
                        course: *course,
                        variable: problem.add_binary_var(*worth),
                    });
                }
            }
            at_most_one(all[first..].iter().map(|one| one.variable), problem);
        }
    }
    all
}

fn at_most_one(variables: impl Iterator<Item = Variable>, problem: &mut Problem) {
    let all: Vec<(Variable, f64)> = variables.map(|one| (one, 1.0)).collect();
    if all.len() > 1 {
        problem.add_constraint(all.as_slice(), ComparisonOp::Le, 1.0);
    }
}

/// How many of these pupils sit in each section now.
fn held(making: &Making, pupils: &[usize]) -> BTreeMap<usize, usize> {
    let mut held: BTreeMap<usize, usize> = BTreeMap::new();
    for at in pupils {
        for section in making.pupils[*at]
            .wishes
            .iter()
            .filter_map(super::making::Wish::seat)
        {
            *held.entry(section).or_default() += 1;
        }
    }
    held
}

/// A pupil is in one section at a time, and takes a course once.
fn moments(making: &Making, chosen: &[Chosen], problem: &mut Problem) {
    for own in chosen.chunk_by(|one, next| one.pupil == next.pupil) {
        let mut sets: BTreeSet<Vec<usize>> = BTreeSet::new();
        let stretches = own.first().map_or(0, |one| making.slots[one.section].len());
        for stretch in 0..stretches {
            let mut left = own
                .iter()
                .fold(0, |all, one| all | making.slots[one.section][stretch]);
            while left != 0 {
                let bit = left & left.wrapping_neg();
                left &= !bit;
                let meets = |(_, one): &(usize, &Chosen)| making.slots[one.section][stretch] & bit != 0;
                sets.insert(own.iter().enumerate().filter(meets).map(|(at, _)| at).collect());
            }
        }
        let courses: BTreeSet<CourseId> = own.iter().map(|one| one.course).collect();
        for course in courses {
            let of = |(_, one): &(usize, &Chosen)| one.course == course;
            sets.insert(own.iter().enumerate().filter(of).map(|(at, _)| at).collect());
        }
        // What one request says alone is said already.
        let is_of_several = |set: &&Vec<usize>| set.iter().any(|at| own[*at].wish != own[set[0]].wish);
        for set in sets.iter().filter(is_of_several) {
            at_most_one(set.iter().map(|at| own[*at].variable), problem);
        }
    }
}

/// Who must sit together has the same section, and who asked for linked sections both or neither.
fn ties(making: &Making, pupils: &[usize], chosen: &[Chosen], problem: &mut Problem) {
    let mut equal = |one: Vec<Variable>, other: Vec<Variable>| {
        let one = one.into_iter().map(|variable| (variable, 1.0));
        let other = other.into_iter().map(|variable| (variable, -1.0));
        let all: Vec<(Variable, f64)> = one.chain(other).collect();
        if !all.is_empty() {
            problem.add_constraint(all.as_slice(), ComparisonOp::Eq, 0.0);
        }
    };
    let place = |at: usize| pupils.iter().position(|pupil| *pupil == at);
    for ((one, of_one), (other, of_other)) in &making.same {
        let (Some(one), Some(other)) = (place(*one), place(*other)) else {
            continue;
        };
        let of = |pupil: usize, wish: usize| move |all: &&Chosen| all.pupil == pupil && all.wish == wish;
        let sections: BTreeSet<usize> = chosen
            .iter()
            .filter(|all| of(one, *of_one)(all) || of(other, *of_other)(all))
            .map(|all| all.section)
            .collect();
        for section in sections {
            let to = |pupil, wish| {
                let all = chosen
                    .iter()
                    .filter(of(pupil, wish))
                    .filter(|all| all.section == section);
                all.map(|all| all.variable).collect()
            };
            equal(to(one, *of_one), to(other, *of_other));
        }
    }
    for (first, second) in &making.linked {
        for (pupil, at) in pupils.iter().enumerate() {
            if !making.wants_both(*at, (*first, *second)) {
                continue;
            }
            let to = |section: usize| {
                let all = chosen
                    .iter()
                    .filter(|all| all.pupil == pupil && all.section == section);
                all.map(|all| all.variable).collect()
            };
            equal(to(*first), to(*second));
        }
    }
}

/// A section has no more students than seats, and what is above its fair share costs.
fn seats(making: &Making, pupils: &[usize], chosen: &[Chosen], problem: &mut Problem) {
    let held = held(making, pupils);
    let mut by_section: BTreeMap<usize, Vec<(Variable, f64)>> = BTreeMap::new();
    for one in chosen {
        by_section
            .entry(one.section)
            .or_default()
            .push((one.variable, 1.0));
    }
    for (section, all) in by_section {
        let held = held.get(&section).copied().unwrap_or(0);
        let stay = making.filled[section] - held;
        if let Some(most) = making.capacity[section] {
            problem.add_constraint(all.as_slice(), ComparisonOp::Le, count(most.saturating_sub(stay)));
        }
        for (above, cost) in ABOVE {
            let room = count(making.fair[section]) + above - count(stay);
            if count(all.len()) <= room {
                continue;
            }
            let over = problem.add_var(-cost, (0.0, f64::INFINITY));
            let mut row = all.clone();
            row.push((over, -1.0));
            problem.add_constraint(row.as_slice(), ComparisonOp::Le, room);
        }
    }
}

/// A count as the solver takes it.
fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// What these ways are worth, balance included.
fn worth(making: &Making, pupils: &[usize], taken: &[Taken], unbound: bool) -> f64 {
    let mut worth = 0.0;
    let mut new: BTreeMap<usize, usize> = held(making, pupils).into_keys().map(|at| (at, 0)).collect();
    for (at, taken) in pupils.iter().zip(taken) {
        for (wish, way) in making.pupils[*at].wishes.iter().zip(taken) {
            if let Some(way) = way.map(|way| &wish.ways[way]) {
                worth += way.worth;
                *new.entry(way.section).or_default() += 1;
            }
        }
    }
    if unbound {
        return worth;
    }
    let held = held(making, pupils);
    for (section, new) in new {
        let stay = making.filled[section] - held.get(&section).copied().unwrap_or(0);
        for (above, cost) in ABOVE {
            worth -= cost * (count(stay + new) - count(making.fair[section]) - above).max(0.0);
        }
    }
    worth
}
