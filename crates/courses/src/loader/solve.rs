//! Placing everybody, one student after the other, and then mending.

use super::search::{GIVEN_UP, Slots, Way, best, meet};
use super::{Load, Plan, Request, Unplaced, Why};
use crate::model::Meeting;
use kernel::{CourseId, Date, SectionId, StudentId};
use std::collections::{BTreeMap, HashMap};

/// Rounds in which who lacks something is given a seat by moving others.
const ROUNDS: usize = 6;
/// What a seat in a full section costs while somebody may be moved out of it; below a request that is given up.
const FULL: u64 = 100_000;

/// One student as the plan stands.
struct Pupil {
    student: StudentId,
    /// The courses asked for and not settled by a lock.
    courses: Vec<CourseId>,
    /// The section of each; none while not placed.
    seats: Vec<Option<usize>>,
    /// When the locks meet.
    busy: Slots,
    /// The sections of the locks.
    locks: Vec<usize>,
    /// Courses in which somebody else leads to the section, and who.
    follows: Vec<(CourseId, usize)>,
    /// Courses in which somebody follows.
    leads: Vec<(CourseId, usize)>,
}

/// The plan as it is made.
struct Making {
    ids: Vec<SectionId>,
    slots: Vec<Slots>,
    capacity: Vec<Option<usize>>,
    of_course: HashMap<CourseId, Vec<usize>>,
    filled: Vec<usize>,
    pupils: Vec<Pupil>,
}

/// Places students into sections by what they asked for.
pub fn load(load: &Load) -> Plan {
    let mut making = Making::of(load);
    let mut order: Vec<usize> = (0..making.pupils.len()).collect();
    // Who has the fewest ways comes first; who follows comes after everybody.
    order.sort_by_key(|at| making.freedom(*at));
    for at in &order {
        making.place(*at, false);
    }
    for _ in 0..ROUNDS {
        let lacking: Vec<usize> = order.iter().copied().filter(|at| making.lacks(*at) > 0).collect();
        let before = making.lacking();
        for at in lacking {
            making.mend(at);
        }
        if making.lacking() == before {
            break;
        }
    }
    for at in &order {
        making.place(*at, true);
    }
    making.plan(load)
}

impl Making {
    fn of(load: &Load) -> Self {
        let stretches = stretches(load.sections.iter().map(|one| one.days));
        let slots: Vec<Slots> = load
            .sections
            .iter()
            .map(|one| slots(&one.meetings, one.days, &stretches))
            .collect();
        let mut of_course: HashMap<CourseId, Vec<usize>> = HashMap::new();
        for (at, one) in load.sections.iter().enumerate() {
            for course in &one.courses {
                of_course.entry(*course).or_default().push(at);
            }
        }
        let places: HashMap<SectionId, usize> = load
            .sections
            .iter()
            .enumerate()
            .map(|(at, one)| (one.section, at))
            .collect();
        let mut pupils: BTreeMap<StudentId, Pupil> = BTreeMap::new();
        let mut filled = vec![0; load.sections.len()];
        let free = vec![0_u128; stretches.len()];
        let new = |student: StudentId| Pupil {
            student,
            courses: Vec::new(),
            seats: Vec::new(),
            busy: free.clone(),
            locks: Vec::new(),
            follows: Vec::new(),
            leads: Vec::new(),
        };
        for (student, section) in &load.locks {
            let Some(at) = places.get(section).copied() else {
                continue;
            };
            let pupil = pupils.entry(*student).or_insert_with(|| new(*student));
            if !pupil.locks.contains(&at) {
                pupil.locks.push(at);
                filled[at] += 1;
                for (busy, slots) in pupil.busy.iter_mut().zip(&slots[at]) {
                    *busy |= slots;
                }
            }
        }
        for request in &load.requests {
            let pupil = pupils
                .entry(request.student)
                .or_insert_with(|| new(request.student));
            let is_locked = pupil
                .locks
                .iter()
                .any(|at| load.sections[*at].courses.contains(&request.course));
            if !is_locked && !pupil.courses.contains(&request.course) {
                pupil.courses.push(request.course);
                pupil.seats.push(None);
            }
        }
        let mut making = Self {
            ids: load.sections.iter().map(|one| one.section).collect(),
            capacity: load.sections.iter().map(|one| one.capacity).collect(),
            pupils: pupils.into_values().collect(),
            slots,
            of_course,
            filled,
        };
        making.pair(load);
        making
    }

    /// Notes who follows whom: of two who must sit together the second follows the first.
    fn pair(&mut self, load: &Load) {
        let places: HashMap<StudentId, usize> = self
            .pupils
            .iter()
            .enumerate()
            .map(|(at, one)| (one.student, at))
            .collect();
        for pair in &load.together {
            let both = places
                .get(&pair.one)
                .copied()
                .zip(places.get(&pair.other).copied());
            let Some((leader, follower)) = both.filter(|(one, other)| one != other) else {
                continue;
            };
            let asks = |at: usize| self.pupils[at].courses.contains(&pair.course);
            let is_free = !self.pupils[follower]
                .leads
                .iter()
                .any(|(course, _)| *course == pair.course)
                && !self.pupils[follower]
                    .follows
                    .iter()
                    .any(|(course, _)| *course == pair.course)
                && !self.pupils[leader]
                    .follows
                    .iter()
                    .any(|(course, _)| *course == pair.course);
            if asks(leader) && asks(follower) && is_free {
                self.pupils[leader].leads.push((pair.course, follower));
                self.pupils[follower].follows.push((pair.course, leader));
            }
        }
    }

    /// How many ways there are to place a student, roughly; the fewest first, who follows last.
    fn freedom(&self, at: usize) -> (bool, usize, StudentId) {
        let pupil = &self.pupils[at];
        let ways = |course: &CourseId| self.of_course.get(course).map_or(0, Vec::len);
        let ways = pupil.courses.iter().map(ways).min().unwrap_or(usize::MAX);
        (!pupil.follows.is_empty(), ways, pupil.student)
    }

    /// Requests of a student that are not placed.
    fn lacks(&self, at: usize) -> usize {
        self.pupils[at].seats.iter().filter(|seat| seat.is_none()).count()
    }

    fn lacking(&self) -> usize {
        (0..self.pupils.len()).map(|at| self.lacks(at)).sum()
    }

    /// What one more student in a section costs: the fuller, the more.
    fn cost(&self, section: usize) -> u64 {
        let filled = u64::try_from(self.filled[section]).unwrap_or(u64::MAX);
        let most = self.capacity[section].map_or(30, |most| u64::try_from(most.max(1)).unwrap_or(30));
        (filled * 100 / most).min(100) + 1
    }

    fn seats_free(&self, section: usize) -> usize {
        self.capacity[section].map_or(usize::MAX, |most| most.saturating_sub(self.filled[section]))
    }

    /// The ways to place each request of a student. `ban` is a section not to be used; with `full`, full ones
    /// stand at a price.
    fn ways(&self, at: usize, ban: Option<usize>, full: bool) -> Vec<Vec<Way<'_>>> {
        let pupil = &self.pupils[at];
        let of = |course: &CourseId| -> Vec<Way<'_>> {
            let followed = pupil.follows.iter().find(|(one, _)| one == course);
            let led = pupil.leads.iter().filter(|(one, _)| one == course).count();
            // Who follows goes where the other went, and nowhere else.
            let only = followed.map(|(_, leader)| self.seat_of(*leader, *course));
            let all = self.of_course.get(course).map_or(&[][..], Vec::as_slice);
            let mut ways: Vec<Way<'_>> = all
                .iter()
                .copied()
                .filter(|section| Some(*section) != ban)
                .filter(|section| only.is_none_or(|only| only == Some(*section)))
                .filter_map(|section| {
                    let is_free = self.seats_free(section) > led;
                    let price = if is_free { 0 } else { FULL };
                    (is_free || full && led == 0).then(|| Way {
                        section,
                        slots: &self.slots[section],
                        cost: self.cost(section) + price,
                    })
                })
                .collect();
            ways.sort_by_key(|way| (way.cost, way.section));
            ways
        };
        pupil.courses.iter().map(of).collect()
    }

    fn seat_of(&self, at: usize, course: CourseId) -> Option<usize> {
        let pupil = &self.pupils[at];
        let request = pupil.courses.iter().position(|one| *one == course)?;
        pupil.seats[request]
    }

    fn leave(&mut self, at: usize) -> Vec<Option<usize>> {
        let seats = self.pupils[at].seats.clone();
        for section in seats.iter().flatten() {
            self.filled[*section] -= 1;
        }
        self.pupils[at].seats.fill(None);
        seats
    }

    fn take(&mut self, at: usize, seats: Vec<Option<usize>>) {
        for section in seats.iter().flatten() {
            self.filled[*section] += 1;
        }
        self.pupils[at].seats = seats;
    }

    /// Places a student anew, where there is room; with `again` only when nothing is lost by it.
    fn place(&mut self, at: usize, again: bool) {
        // Who leads cannot move without who follows.
        if again && !self.pupils[at].leads.is_empty() {
            return;
        }
        let before = self.leave(at);
        let (_, found) = best(&self.ways(at, None, false), &self.pupils[at].busy);
        let lost = |seats: &[Option<usize>]| seats.iter().filter(|seat| seat.is_none()).count();
        let is_worse = again && lost(&found) > lost(&before);
        self.take(at, if is_worse { before } else { found });
    }

    /// Gives a student who lacks something a seat in a full section, where somebody in it can move out.
    fn mend(&mut self, at: usize) {
        if !self.pupils[at].leads.is_empty() {
            return;
        }
        let before = self.leave(at);
        let lost = before.iter().filter(|seat| seat.is_none()).count();
        let (_, found) = best(&self.ways(at, None, true), &self.pupils[at].busy);
        if found.iter().filter(|seat| seat.is_none()).count() >= lost {
            self.take(at, before);
            return;
        }
        self.take(at, found.clone());
        let mut moved: Vec<(usize, Vec<Option<usize>>)> = Vec::new();
        for section in found.into_iter().flatten() {
            let is_over = self.capacity[section].is_some_and(|most| self.filled[section] > most);
            if is_over && !self.move_one_out(section, at, &mut moved) {
                // Nobody can: everything as it was.
                for (other, seats) in moved.into_iter().rev() {
                    self.leave(other);
                    self.take(other, seats);
                }
                self.leave(at);
                self.take(at, before);
                return;
            }
        }
    }

    /// Moves one student out of a section who loses nothing by it; who was moved is noted.
    fn move_one_out(
        &mut self,
        section: usize,
        but: usize,
        moved: &mut Vec<(usize, Vec<Option<usize>>)>,
    ) -> bool {
        for at in 0..self.pupils.len() {
            let is_bound = !self.pupils[at].leads.is_empty() || !self.pupils[at].follows.is_empty();
            if at == but || is_bound || !self.pupils[at].seats.contains(&Some(section)) {
                continue;
            }
            let before = self.leave(at);
            let lost = before.iter().filter(|seat| seat.is_none()).count();
            let (cost, found) = best(&self.ways(at, Some(section), false), &self.pupils[at].busy);
            if cost < GIVEN_UP * u64::try_from(lost + 1).unwrap_or(u64::MAX) {
                self.take(at, found);
                moved.push((at, before));
                return true;
            }
            self.take(at, before);
        }
        false
    }

    /// Why a request of a student could not be placed.
    fn why(&self, at: usize, course: CourseId) -> Why {
        let pupil = &self.pupils[at];
        let all = self.of_course.get(&course).map_or(&[][..], Vec::as_slice);
        if all.is_empty() {
            return Why::NotOffered;
        }
        if pupil
            .follows
            .iter()
            .chain(&pupil.leads)
            .any(|(one, _)| *one == course)
        {
            return Why::Apart;
        }
        let own: Vec<usize> = pupil
            .locks
            .iter()
            .copied()
            .chain(pupil.seats.iter().flatten().copied())
            .collect();
        let in_the_way = |section: usize| {
            own.iter()
                .copied()
                .find(|own| meet(&self.slots[*own], &self.slots[section]))
        };
        let clashes: Option<Vec<usize>> = all.iter().map(|section| in_the_way(*section)).collect();
        match clashes.as_deref() {
            Some([first, ..]) => Why::Conflict(self.ids[*first]),
            _ => Why::Full,
        }
    }

    fn plan(&self, load: &Load) -> Plan {
        let mut plan = Plan {
            filled: self.filled.clone(),
            ..Plan::default()
        };
        debug_assert_eq!(plan.filled.len(), load.sections.len());
        for (at, pupil) in self.pupils.iter().enumerate() {
            for (course, seat) in pupil.courses.iter().zip(&pupil.seats) {
                let request = Request {
                    student: pupil.student,
                    course: *course,
                };
                match seat {
                    Some(section) => plan.placed.push((pupil.student, self.ids[*section])),
                    None => plan.unplaced.push(Unplaced {
                        request,
                        why: self.why(at, *course),
                    }),
                }
            }
        }
        plan
    }
}

/// The first days of the stretches that the sections' days part the year into.
fn stretches(days: impl Iterator<Item = (Date, Date)>) -> Vec<Date> {
    let mut begins: Vec<Date> = days
        .flat_map(|(from, until)| [from, until.plus_days(1)])
        .collect();
    begins.sort();
    begins.dedup();
    begins
}

/// When a section meets, stretch by stretch.
fn slots(meetings: &[Meeting], days: (Date, Date), stretches: &[Date]) -> Slots {
    let bits = meetings.iter().fold(0_u128, |bits, meeting| {
        let place = u32::from(meeting.cycle_day.saturating_sub(1)) * u32::from(Meeting::MOST_PERIODS)
            + u32::from(meeting.period.saturating_sub(1));
        bits | 1_u128.checked_shl(place).unwrap_or(0)
    });
    stretches
        .iter()
        .map(|begins| {
            if (days.0..=days.1).contains(begins) {
                bits
            } else {
                0
            }
        })
        .collect()
}
