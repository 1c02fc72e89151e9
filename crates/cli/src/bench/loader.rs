//! The automatic loader on the semester of a high school: 1,200 students, 4,800 requests, four blocks a day. Courses,
//! streams and how many ask for what are invented, after what Alberta's high schools teach: most take a course of each
//! core subject or the next of its stream, all fill four blocks, and the small courses are taught once.

use super::figure::{Figure, Goal};
use super::process;
use crate::ending::Stop;
use courses::Meeting;
use courses::loader::{self, Load, Offered, Plan, Wanted, Why};
use kernel::{CourseId, Date, SectionId, StudentId};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// Students.
const STUDENTS: usize = 1_200;
/// Requests of each.
const EACH: usize = 4;
/// Blocks of a day.
const BLOCKS: usize = 4;
/// Seats of a class.
const SEATS: usize = 30;
/// Students that a class is planned for.
const PLANNED: usize = 27;

/// Courses of each grade, each with how many of a hundred want it before others; the last ones are small.
const COURSES: [&[(&str, usize)]; 3] = [
    &[
        ("ELA1105", 62),
        ("ELA1104", 34),
        ("MAT1791", 60),
        ("MAT1793", 22),
        ("SCN1270", 58),
        ("SCN1288", 20),
        ("SST1771", 44),
        ("PED1445", 52),
        ("PED0770", 30),
        ("ART10", 14),
        ("DRA10", 9),
        ("MUS10", 7),
        ("FOD1010", 16),
        ("CON1010", 9),
        ("FSL10", 5),
        ("CSE1110", 6),
    ],
    &[
        ("ELA2105", 58),
        ("ELA2104", 36),
        ("MAT2791", 34),
        ("MAT2792", 30),
        ("MAT2793", 14),
        ("SCN2231", 44),
        ("SCN2796", 38),
        ("SCN2797", 16),
        ("SST2771", 46),
        ("PED2445", 28),
        ("ART20", 9),
        ("DRA20", 6),
        ("MUS20", 5),
        ("FOD2010", 10),
        ("FSL20", 4),
        ("CSE2110", 5),
    ],
    &[
        ("ELA3105", 56),
        ("ELA3104", 38),
        ("MAT3791", 26),
        ("MAT3792", 28),
        ("SCN3230", 40),
        ("SCN3796", 30),
        ("SCN3797", 13),
        ("SST3771", 48),
        ("SST3772", 30),
        ("PED3445", 18),
        ("MAT3211", 6),
        ("ART30", 7),
        ("DRA30", 5),
        ("MUS30", 4),
        ("WRK3010", 14),
        ("FSL30", 3),
    ],
];
/// Courses of which a student takes one at most.
const STREAMS: [&[&str]; 10] = [
    &["ELA1105", "ELA1104"],
    &["MAT1791", "MAT1793"],
    &["SCN1270", "SCN1288"],
    &["ELA2105", "ELA2104"],
    &["MAT2791", "MAT2792", "MAT2793"],
    &["ELA3105", "ELA3104"],
    &["MAT3791", "MAT3792"],
    &["SST3771", "SST3772"],
    &["ART10", "DRA10", "MUS10"],
    &["ART20", "DRA20", "MUS20"],
];

/// The figures.
pub(crate) fn figures() -> Result<Vec<Figure>, Stop> {
    let asked = high_school();
    let before = process::most_memory(Some(std::process::id()))?;
    let began = Instant::now();
    let plan = loader::load(&asked);
    let took = began.elapsed();
    let memory = process::most_memory(Some(std::process::id()))? - before;
    let fulfilled = f64::from(u32::try_from(plan.per_mille()).unwrap_or(0)) / 10.0;
    let count = |is: fn(&Why) -> bool| number(plan.unplaced.iter().filter(|one| is(&one.why)).count());
    let name = |what: &str| format!("loader: {what}");
    Ok(vec![
        Figure::new(name("students"), number(STUDENTS), ""),
        Figure::new(name("requests"), number(asked.requests.len()), ""),
        Figure::new(name("classes"), number(asked.sections.len()), ""),
        Figure::new(name("time"), took.as_secs_f64(), "s").goal(Goal::AtMost(60.0)),
        Figure::new(name("requests placed"), fulfilled, "%").goal(Goal::AtLeast(97.0)),
        Figure::new(name("not placed: full"), count(|why| *why == Why::Full), ""),
        Figure::new(
            name("not placed: a conflict"),
            count(|why| matches!(why, Why::Conflict(_))),
            "",
        ),
        Figure::new(
            name("students in two classes at once"),
            number(twice(&asked, &plan)),
            "",
        )
        .goal(Goal::AtMost(0.0)),
        Figure::new(name("classes over their seats"), number(over(&asked, &plan)), "")
            .goal(Goal::AtMost(0.0)),
        Figure::new(
            name("largest difference between classes of a course"),
            number(spread(&asked, &plan)),
            "students",
        ),
        Figure::new(name("memory above the rest"), memory, "MB"),
    ])
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What is asked for, and the classes there are: as many as a principal would plan, in blocks far apart.
fn high_school() -> Load {
    let mut dice = Dice(20_260_901);
    let (mut requests, mut asked): (Vec<Wanted>, BTreeMap<&str, usize>) = (Vec::new(), BTreeMap::new());
    for place in 0..STUDENTS {
        let student = StudentId::derived(&format!("bench {place}"));
        for (rank, code) in (1..).zip(choice(COURSES[place % 3], &mut dice)) {
            *asked.entry(code).or_default() += 1;
            requests.push(Wanted {
                student,
                course: CourseId::derived(code),
                rank,
                instead: Vec::new(),
            });
        }
    }
    let day = |month: i8, day: i8| Date::new(2027, month, day).expect("a day of the year 2027");
    let days = (day(2, 1), day(6, 25));
    let mut sections = Vec::new();
    for grade in COURSES {
        let mut next = 0;
        for (code, _) in grade {
            let many = asked.get(code).copied().unwrap_or(0).div_ceil(PLANNED);
            for turn in 0..many {
                let block = u8::try_from((next + turn) % BLOCKS).unwrap_or(0) + 1;
                sections.push(Offered {
                    section: SectionId::derived(&format!("bench {code} {turn}")),
                    courses: vec![CourseId::derived(code)],
                    meetings: (1..=5).map(|day| Meeting::new(day, block)).collect(),
                    days,
                    capacity: Some(SEATS),
                    is_open: true,
                });
            }
            next += many;
        }
    }
    Load {
        sections,
        requests,
        seed: 1,
        ..Load::default()
    }
}

/// Four courses of a grade, of a stream one at most.
fn choice(all: &[(&'static str, usize)], dice: &mut Dice) -> Vec<&'static str> {
    let mut chosen: Vec<&'static str> = Vec::new();
    while chosen.len() < EACH {
        let total = all.iter().map(|(_, weight)| weight).sum();
        let mut left = dice.roll(total);
        let wanted = all.iter().find(|(_, weight)| {
            let is_here = left < *weight;
            left = left.saturating_sub(*weight);
            is_here
        });
        let Some((code, _)) = wanted else { continue };
        let is_of_one =
            |stream: &&[&str]| stream.contains(code) && stream.iter().any(|one| chosen.contains(one));
        if !chosen.contains(code) && !STREAMS.iter().any(is_of_one) {
            chosen.push(code);
        }
    }
    chosen
}

/// Students who would be in two classes at once.
fn twice(asked: &Load, plan: &Plan) -> usize {
    let meetings: BTreeMap<SectionId, &[Meeting]> = asked
        .sections
        .iter()
        .map(|one| (one.section, one.meetings.as_slice()))
        .collect();
    let mut met: BTreeSet<(StudentId, Meeting)> = BTreeSet::new();
    let placed = plan
        .placed
        .iter()
        .flat_map(|one| meetings[&one.section].iter().map(|at| (one.student, *at)));
    placed.filter(|one| !met.insert(*one)).count()
}

/// Classes with more students than seats.
fn over(asked: &Load, plan: &Plan) -> usize {
    let all = asked.sections.iter().zip(&plan.filled);
    all.filter(|(one, filled)| one.capacity.is_some_and(|most| **filled > most))
        .count()
}

/// The largest difference between two classes of a course.
fn spread(asked: &Load, plan: &Plan) -> usize {
    let mut of_course: BTreeMap<CourseId, Vec<usize>> = BTreeMap::new();
    for (one, filled) in asked.sections.iter().zip(&plan.filled) {
        of_course.entry(one.courses[0]).or_default().push(*filled);
    }
    let difference = |all: &Vec<usize>| {
        all.iter()
            .max()
            .zip(all.iter().min())
            .map_or(0, |(most, least)| most - least)
    };
    of_course.values().map(difference).max().unwrap_or(0)
}

/// Numbers that are the same every time; splitmix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let below = u64::try_from(below.max(1)).unwrap_or(u64::MAX);
        usize::try_from((mixed ^ (mixed >> 31)) % below).unwrap_or(0)
    }
}
