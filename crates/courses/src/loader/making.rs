//! The plan as it is made: who wants what, who sits where, what is full.

use super::slots::{self, Slots, meet, take};
use super::{Load, Wanted};
use kernel::{CourseId, SectionId, StudentId};
use std::collections::{BTreeMap, HashMap};

/// What a request is worth that is least wanted; a rank more is worth one more.
const WORTH: f64 = 10.0;
/// What is lost when another course stands in for it; each further one loses a tenth more.
const INSTEAD: f64 = 5.0;

/// One way to fulfil a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    /// The number of the section.
    pub(super) section: usize,
    /// The course that it is taken for.
    pub(super) course: CourseId,
    /// What it is worth.
    pub(super) worth: f64,
}

/// A request that no lock fulfils.
#[derive(Debug)]
pub(super) struct Wish {
    /// The number of the request.
    pub(super) request: usize,
    /// The course, and what may stand in for it.
    pub(super) courses: Vec<CourseId>,
    /// Ways to fulfil it that do not meet a lock.
    pub(super) ways: Vec<Way>,
    /// The way taken.
    pub(super) taken: Option<usize>,
}

impl Wish {
    /// The section that it has.
    pub(super) fn seat(&self) -> Option<usize> {
        self.taken.map(|way| self.ways[way].section)
    }
}

/// One student as the plan stands.
#[derive(Debug)]
pub(super) struct Pupil {
    pub(super) student: StudentId,
    pub(super) wishes: Vec<Wish>,
    /// The sections of the locks.
    pub(super) locks: Vec<usize>,
}

impl Pupil {
    /// Requests that are not fulfilled.
    pub(super) fn lacks(&self) -> usize {
        self.wishes.iter().filter(|wish| wish.taken.is_none()).count()
    }
    /// Every section of the student.
    pub(super) fn own(&self) -> impl Iterator<Item = usize> {
        self.locks
            .iter()
            .copied()
            .chain(self.wishes.iter().filter_map(Wish::seat))
    }
}

/// Two wishes that must have the same section: of a pupil, and the number among its wishes.
pub(super) type Same = ((usize, usize), (usize, usize));

/// The plan as it is made.
pub(super) struct Making {
    pub(super) ids: Vec<SectionId>,
    pub(super) slots: Vec<Slots>,
    pub(super) capacity: Vec<Option<usize>>,
    /// Which sections take further students.
    pub(super) is_open: Vec<bool>,
    /// Students of each section, locks included.
    pub(super) filled: Vec<usize>,
    /// Students of each section when those of its course are spread alike.
    pub(super) fair: Vec<usize>,
    pub(super) of_course: HashMap<CourseId, Vec<usize>>,
    /// The courses of each section.
    pub(super) courses: Vec<Vec<CourseId>>,
    pub(super) pupils: Vec<Pupil>,
    /// How many requests the locks fulfil.
    pub(super) settled: usize,
    /// Who must sit together, by the courses both asked for.
    pub(super) same: Vec<Same>,
    /// Linked sections.
    pub(super) linked: Vec<(usize, usize)>,
    /// Pupils that must be decided at once.
    pub(super) units: Vec<Vec<usize>>,
}

impl Making {
    pub(super) fn of(load: &Load) -> Self {
        let slots = slots::of_all(&load.sections);
        let places: HashMap<SectionId, usize> = numbered(load.sections.iter().map(|one| one.section));
        let mut of_course: HashMap<CourseId, Vec<usize>> = HashMap::new();
        for (at, one) in load.sections.iter().enumerate() {
            for course in &one.courses {
                of_course.entry(*course).or_default().push(at);
            }
        }
        let mut making = Self {
            ids: load.sections.iter().map(|one| one.section).collect(),
            capacity: load.sections.iter().map(|one| one.capacity).collect(),
            is_open: load.sections.iter().map(|one| one.is_open).collect(),
            filled: vec![0; slots.len()],
            fair: vec![0; slots.len()],
            slots,
            of_course,
            courses: load.sections.iter().map(|one| one.courses.clone()).collect(),
            pupils: Vec::new(),
            settled: 0,
            same: Vec::new(),
            linked: Vec::new(),
            units: Vec::new(),
        };
        making.seat_pupils(load, &places);
        making.spread(load);
        making.tie(load);
        for (one, other) in &load.linked {
            if let (Some(one), Some(other)) = (places.get(one), places.get(other)) {
                making.link(*one, *other);
                making.link(*other, *one);
                making.linked.push((*one, *other));
            }
        }
        making
    }

    /// Who has a seat in a section's course already: with that section the linked one is the only one left, with
    /// another it is none.
    fn link(&mut self, first: usize, second: usize) {
        let courses = &self.courses;
        let wants = |wish: &&mut Wish| courses[second].iter().any(|course| wish.courses.contains(course));
        for pupil in &mut self.pupils {
            let is_there = pupil.locks.contains(&first);
            let of_course = |lock: &usize| {
                courses[*lock]
                    .iter()
                    .any(|course| courses[first].contains(course))
            };
            if !is_there && !pupil.locks.iter().any(of_course) {
                continue;
            }
            for wish in pupil.wishes.iter_mut().filter(wants) {
                wish.ways.retain(|way| (way.section == second) == is_there);
            }
        }
    }

    /// Does the pupil want a course of each of both sections, by different requests?
    pub(super) fn wants_both(&self, at: usize, (first, second): (usize, usize)) -> bool {
        let wish = |section: usize| {
            let wants = |wish: &Wish| {
                self.courses[section]
                    .iter()
                    .any(|course| wish.courses.contains(course))
            };
            self.pupils[at].wishes.iter().position(wants)
        };
        matches!((wish(first), wish(second)), (Some(one), Some(other)) if one != other)
    }

    /// The pupils with their locks and wishes, by student.
    fn seat_pupils(&mut self, load: &Load, places: &HashMap<SectionId, usize>) {
        let mut of_each: BTreeMap<StudentId, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (student, section) in &load.locks {
            let Some(at) = places.get(section).copied() else {
                continue;
            };
            let locks = &mut of_each.entry(*student).or_default().0;
            if !locks.contains(&at) {
                locks.push(at);
                self.filled[at] += 1;
            }
        }
        for (number, request) in load.requests.iter().enumerate() {
            let numbers = &mut of_each.entry(request.student).or_default().1;
            if numbers
                .iter()
                .all(|known| load.requests[*known].course != request.course)
            {
                numbers.push(number);
            }
        }
        for (student, (locks, requests)) in of_each {
            let all = requests.len();
            let wishes = self.wishes(load, &locks, &requests);
            self.settled += all - wishes.len();
            self.pupils.push(Pupil {
                student,
                wishes,
                locks,
            });
        }
    }

    /// What a student wants beside the locks; what these fulfil is left out.
    fn wishes(&self, load: &Load, locks: &[usize], requests: &[usize]) -> Vec<Wish> {
        let mut busy: Slots = vec![0; self.slots.first().map_or(0, Vec::len)];
        for lock in locks {
            take(&mut busy, &self.slots[*lock]);
        }
        let has = |course: &CourseId| {
            let of = self.of_course.get(course).map_or(&[][..], Vec::as_slice);
            locks.iter().any(|lock| of.contains(lock))
        };
        let own: Vec<CourseId> = requests
            .iter()
            .map(|number| load.requests[*number].course)
            .collect();
        let wish = |number: &usize| {
            let request = &load.requests[*number];
            let instead = request.instead.iter().filter(|course| !own.contains(course));
            let courses: Vec<CourseId> = std::iter::once(&request.course).chain(instead).copied().collect();
            (!courses.iter().any(has)).then(|| Wish {
                request: *number,
                ways: self.ways(load, request, &courses, &busy),
                courses,
                taken: None,
            })
        };
        requests.iter().filter_map(wish).collect()
    }

    /// Ways to fulfil a request beside the time that is taken.
    fn ways(&self, load: &Load, request: &Wanted, courses: &[CourseId], busy: &[u128]) -> Vec<Way> {
        let worth = WORTH + f64::from(9 - request.rank.clamp(1, 9));
        let is_barred = |at: usize| load.barred.contains(&(request.student, self.ids[at]));
        let mut loss = 0.0;
        let mut ways = Vec::new();
        for course in courses {
            let all = self.of_course.get(course).map_or(&[][..], Vec::as_slice);
            let is_free = |at: &&usize| !meet(&self.slots[**at], busy) && !is_barred(**at);
            let free = all.iter().filter(|at| self.is_open[**at]).filter(is_free);
            ways.extend(free.map(|section| Way {
                section: *section,
                course: *course,
                worth: worth - loss,
            }));
            loss = if loss == 0.0 {
                INSTEAD
            } else {
                f64::min(loss * 1.1, WORTH - 1.0)
            };
        }
        ways
    }

    /// How many sit in each section when who asks for a course is spread alike over its sections.
    fn spread(&mut self, load: &Load) {
        let mut asked: BTreeMap<CourseId, usize> = BTreeMap::new();
        for wish in self.pupils.iter().flat_map(|pupil| &pupil.wishes) {
            *asked.entry(load.requests[wish.request].course).or_default() += 1;
        }
        for (course, count) in asked {
            let all = self.of_course.get(&course).into_iter().flatten().copied();
            let all: Vec<usize> = all.filter(|at| self.is_open[*at]).collect();
            let there: usize = all.iter().map(|at| self.filled[*at]).sum();
            for at in &all {
                self.fair[*at] += (count + there).div_ceil(all.len());
            }
        }
    }

    /// Who must sit together, and the units that this makes.
    fn tie(&mut self, load: &Load) {
        let places: HashMap<StudentId, usize> = numbered(self.pupils.iter().map(|one| one.student));
        let mut unit: Vec<usize> = (0..self.pupils.len()).collect();
        for pair in &load.together {
            let both = places
                .get(&pair.one)
                .copied()
                .zip(places.get(&pair.other).copied());
            let Some((one, other)) = both.filter(|(one, other)| one != other) else {
                continue;
            };
            let wish = |at: usize| {
                let wishes = &self.pupils[at].wishes;
                wishes
                    .iter()
                    .position(|wish| load.requests[wish.request].course == pair.course)
            };
            match (wish(one), wish(other)) {
                (Some(of_one), Some(of_other)) => {
                    self.same.push(((one, of_one), (other, of_other)));
                    let (keep, gone) = (unit[one], unit[other]);
                    unit.iter_mut()
                        .filter(|of| **of == gone)
                        .for_each(|of| *of = keep);
                }
                (Some(wish), None) => self.follow((one, wish), other, pair.course),
                (None, Some(wish)) => self.follow((other, wish), one, pair.course),
                (None, None) => {}
            }
        }
        let mut units: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, of) in unit.into_iter().enumerate() {
            units.entry(of).or_default().push(at);
        }
        self.units = units.into_values().collect();
    }

    /// Who must sit with somebody who has a seat in the course already goes there or nowhere.
    fn follow(&mut self, (at, wish): (usize, usize), other: usize, course: CourseId) {
        let all = self.of_course.get(&course).map_or(&[][..], Vec::as_slice);
        let seats: Vec<usize> = self.pupils[other]
            .locks
            .iter()
            .copied()
            .filter(|lock| all.contains(lock))
            .collect();
        if !seats.is_empty() {
            self.pupils[at].wishes[wish]
                .ways
                .retain(|way| seats.contains(&way.section));
        }
    }

    /// Free seats of a section.
    pub(super) fn free(&self, section: usize) -> usize {
        self.capacity[section].map_or(usize::MAX, |most| most.saturating_sub(self.filled[section]))
    }

    /// Gives a pupil these ways, and takes those it had.
    pub(super) fn seat(&mut self, at: usize, taken: &[Option<usize>]) {
        for (wish, taken) in self.pupils[at].wishes.iter_mut().zip(taken) {
            if let Some(section) = wish.seat() {
                self.filled[section] -= 1;
            }
            wish.taken = *taken;
            if let Some(section) = wish.seat() {
                self.filled[section] += 1;
            }
        }
    }

    /// Requests that are not fulfilled.
    pub(super) fn lacking(&self) -> usize {
        self.pupils.iter().map(Pupil::lacks).sum()
    }
}

fn numbered<T: std::hash::Hash + Eq>(all: impl Iterator<Item = T>) -> HashMap<T, usize> {
    all.enumerate().map(|(at, one)| (one, at)).collect()
}
