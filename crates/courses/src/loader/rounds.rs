//! In which order blocks of students are solved.

use super::block;
use super::making::{Making, Wish};

/// Students of a block.
const BLOCK: usize = 40;
/// Rounds for those who lack something, at most.
const ROUNDS: usize = 6;
/// Who sits in a full section that somebody could use: so many of them are decided anew with that one.
const BESIDE: usize = 6;

/// Everybody once, then those who lack something, then everybody once more.
pub(super) fn run(making: &mut Making, seed: u64) {
    let mut turn = Turn(seed);
    let mut order: Vec<usize> = (0..making.units.len()).collect();
    turn.mix(&mut order);
    order.sort_by_key(|unit| making.freedom(*unit));
    for some in order.chunks(BLOCK) {
        making.decide(some);
    }
    for _ in 0..ROUNDS {
        let before = making.lacking();
        making.mend(&mut turn);
        if making.lacking() == before {
            break;
        }
    }
    turn.mix(&mut order);
    for some in order.chunks(BLOCK) {
        making.decide(some);
    }
}

impl Making {
    /// The fewest ways of a request of the unit: the less, the sooner it is decided.
    fn freedom(&self, unit: usize) -> usize {
        let wishes = self.units[unit].iter().flat_map(|at| &self.pupils[*at].wishes);
        let ways = wishes.map(|wish| wish.ways.len()).filter(|ways| *ways > 0);
        ways.min().unwrap_or(usize::MAX)
    }

    /// Solves a block of units; true when somebody gained.
    fn decide(&mut self, units: &[usize]) -> bool {
        let pupils: Vec<usize> = units.iter().flat_map(|unit| self.units[*unit].clone()).collect();
        let Some(taken) = block::solve(self, &pupils, false) else {
            return false;
        };
        for (at, taken) in pupils.iter().zip(&taken) {
            self.seat(*at, taken);
        }
        true
    }

    /// Each who lacks something is decided anew with those who sit where it could.
    fn mend(&mut self, turn: &mut Turn) {
        let mut lacking: Vec<usize> = (0..self.units.len())
            .filter(|unit| self.lacks(*unit) > 0)
            .collect();
        turn.mix(&mut lacking);
        for unit in lacking {
            let lacks = self.lacks(unit);
            if lacks > 0 && self.lacks_unbound(unit) < lacks {
                let block = self.around(unit, turn);
                self.decide(&block);
            }
        }
    }

    fn lacks(&self, unit: usize) -> usize {
        self.units[unit].iter().map(|at| self.pupils[*at].lacks()).sum()
    }

    /// What a unit would lack if no section were ever full.
    fn lacks_unbound(&self, unit: usize) -> usize {
        let taken = block::solve(self, &self.units[unit], true);
        taken.map_or(usize::MAX, |taken| {
            taken.iter().flatten().filter(|way| way.is_none()).count()
        })
    }

    /// The unit, and some of those in each full section that it could use.
    fn around(&self, unit: usize, turn: &mut Turn) -> Vec<usize> {
        let wishes = self.units[unit].iter().flat_map(|at| &self.pupils[*at].wishes);
        let mut full: Vec<usize> = wishes
            .flat_map(|wish| wish.ways.iter().map(|way| way.section))
            .filter(|section| self.free(*section) == 0)
            .collect();
        full.sort_unstable();
        full.dedup();
        let mut block = vec![unit];
        for section in full {
            let sits = |at: &usize| {
                self.pupils[*at]
                    .wishes
                    .iter()
                    .filter_map(Wish::seat)
                    .any(|seat| seat == section)
            };
            let mut there: Vec<usize> = (0..self.units.len())
                .filter(|other| !block.contains(other) && self.units[*other].iter().any(&sits))
                .collect();
            turn.mix(&mut there);
            block.extend(there.into_iter().take(BESIDE));
        }
        block
    }
}

/// A row of numbers that follows from its seed.
struct Turn(u64);

impl Turn {
    /// The next number, below `below`; splitmix64, by Steele, Lea and Flood (2014).
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let below = u64::try_from(below.max(1)).unwrap_or(u64::MAX);
        usize::try_from((mixed ^ (mixed >> 31)) % below).unwrap_or(0)
    }
    fn mix<T>(&mut self, all: &mut [T]) {
        for at in (1..all.len()).rev() {
            all.swap(at, self.next(at + 1));
        }
    }
}
