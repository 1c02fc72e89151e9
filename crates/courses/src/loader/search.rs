//! The best choice of one section a course for one student.

/// What a request costs that is given up; above any sum of other costs.
pub(super) const GIVEN_UP: u64 = 1_000_000;
/// Steps of one search: more than a student's requests ever need, and an end where they do not.
const STEPS: usize = 20_000;

/// When something meets: a bit for each day and period, for each stretch of days that the sections part the year into.
pub(super) type Slots = Vec<u128>;

/// Do both meet at once?
pub(super) fn meet(one: &[u128], other: &[u128]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

/// One way to place a request: the number of a section, when it meets, what it costs.
#[derive(Debug, Clone)]
pub(super) struct Way<'a> {
    pub(super) section: usize,
    pub(super) slots: &'a Slots,
    pub(super) cost: u64,
}

/// The choice of lowest cost: for each request a way, or none. `busy` is when the student is taken already.
pub(super) fn best(requests: &[Vec<Way>], busy: &Slots) -> (u64, Vec<Option<usize>>) {
    // The request with the fewest ways is decided first.
    let mut order: Vec<usize> = (0..requests.len()).collect();
    order.sort_by_key(|request| requests[*request].len());
    let mut search = Search {
        requests,
        order: &order,
        chosen: vec![None; requests.len()],
        best: (u64::MAX, vec![None; requests.len()]),
        steps: 0,
    };
    let mut busy = busy.clone();
    search.step(0, 0, &mut busy);
    search.best
}

struct Search<'a> {
    requests: &'a [Vec<Way<'a>>],
    order: &'a [usize],
    chosen: Vec<Option<usize>>,
    best: (u64, Vec<Option<usize>>),
    steps: usize,
}

impl Search<'_> {
    fn step(&mut self, depth: usize, cost: u64, busy: &mut Slots) {
        self.steps += 1;
        if cost >= self.best.0 || self.steps > STEPS && self.best.0 != u64::MAX {
            return;
        }
        let Some(request) = self.order.get(depth).copied() else {
            self.best = (cost, self.chosen.clone());
            return;
        };
        let ways = &self.requests[request];
        for way in ways {
            if meet(way.slots, busy) {
                continue;
            }
            turn(busy, way.slots);
            self.chosen[request] = Some(way.section);
            self.step(depth + 1, cost + way.cost, busy);
            self.chosen[request] = None;
            turn(busy, way.slots);
        }
        self.step(depth + 1, cost + GIVEN_UP, busy);
    }
}

/// Takes the time, or gives it back.
fn turn(busy: &mut Slots, slots: &Slots) {
    for (busy, slots) in busy.iter_mut().zip(slots) {
        *busy ^= slots;
    }
}
