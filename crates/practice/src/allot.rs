//! Which seats are left: students by school and grade, drawn until none is.

use crate::random::Random;

/// Scales counts to `wanted` in all, each as near its share as whole numbers
/// allow (largest remainders; ties go to the earlier count).
pub(crate) fn scale(counts: &[u32], wanted: u32) -> Vec<u32> {
    let total: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    if total == 0 {
        return counts.to_vec();
    }
    let share = |count: u32| u64::from(count) * u64::from(wanted);
    let mut scaled: Vec<u32> = counts
        .iter()
        .map(|count| u32::try_from(share(*count) / total).expect("a share is at most what is wanted"))
        .collect();
    let given: u32 = scaled.iter().sum();
    let mut by_remainder: Vec<usize> = (0..counts.len()).collect();
    by_remainder.sort_by_key(|place| (std::cmp::Reverse(share(counts[*place]) % total), *place));
    for place in by_remainder.into_iter().take((wanted - given) as usize) {
        scaled[place] += 1;
    }
    scaled
}

/// The seats of one grade over all schools, in a Fenwick tree: drawing one is
/// a walk of log₂(schools) steps, so that 250 schools cost little more than 16.
#[derive(Debug, Clone)]
struct GradeSeats {
    tree: Vec<u32>,
    left: Vec<u32>,
    total: u32,
}

impl GradeSeats {
    fn new(left: Vec<u32>) -> Self {
        let mut seats = Self {
            tree: vec![0; left.len() + 1],
            total: left.iter().sum(),
            left,
        };
        for place in 0..seats.left.len() {
            let mut node = place + 1;
            while node < seats.tree.len() {
                seats.tree[node] += seats.left[place];
                node += node & node.wrapping_neg();
            }
        }
        seats
    }
    fn take(&mut self, school: usize) -> bool {
        if self.left[school] == 0 {
            return false;
        }
        self.left[school] -= 1;
        self.total -= 1;
        let mut node = school + 1;
        while node < self.tree.len() {
            self.tree[node] -= 1;
            node += node & node.wrapping_neg();
        }
        true
    }
    /// The school that holds the `seat`th seat left.
    fn school_of(&self, mut seat: u32) -> usize {
        let mut node = 0;
        let mut step = self.tree.len().next_power_of_two() / 2;
        while step > 0 {
            let next = node + step;
            if next < self.tree.len() && self.tree[next] <= seat {
                node = next;
                seat -= self.tree[next];
            }
            step /= 2;
        }
        node
    }
}

/// A seat that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Place of the school in the division.
    pub(crate) school: usize,
    /// Number of the grade, 0 for ECS.
    pub(crate) grade: usize,
    /// How many sat in this grade of this school before.
    pub(crate) before: u32,
}

/// All seats of a division.
#[derive(Debug, Clone)]
pub(crate) struct Seats {
    grades: Vec<GradeSeats>,
    at_first: Vec<[u32; 13]>,
    left: u32,
}

impl Seats {
    pub(crate) fn new(schools: &[[u32; 13]]) -> Self {
        let grades: Vec<GradeSeats> = (0..13)
            .map(|grade| GradeSeats::new(schools.iter().map(|counts| counts[grade]).collect()))
            .collect();
        Self {
            left: grades.iter().map(|grade| grade.total).sum(),
            grades,
            at_first: schools.to_vec(),
        }
    }
    pub(crate) fn left(&self) -> u32 {
        self.left
    }
    /// Has the grade a seat left?
    pub(crate) fn has(&self, grade: usize) -> bool {
        self.grades[grade].total > 0
    }
    /// Any seat, each as likely as another; none when all are taken.
    pub(crate) fn draw(&mut self, random: &mut Random) -> Option<Seat> {
        if self.left == 0 {
            return None;
        }
        let mut place = random.below(self.left);
        for grade in 0..13 {
            if place < self.grades[grade].total {
                let school = self.grades[grade].school_of(place);
                return self.take(school, grade);
            }
            place -= self.grades[grade].total;
        }
        None
    }
    /// A seat in a grade: at the first of the `known` schools that has one,
    /// else at any school.
    pub(crate) fn draw_in(&mut self, grade: usize, known: &[usize], random: &mut Random) -> Option<Seat> {
        for school in known {
            if let Some(seat) = self.take(*school, grade) {
                return Some(seat);
            }
        }
        match self.grades[grade].total {
            0 => None,
            total => self.take(self.grades[grade].school_of(random.below(total)), grade),
        }
    }
    fn take(&mut self, school: usize, grade: usize) -> Option<Seat> {
        let seats = &mut self.grades[grade];
        let before = self.at_first[school][grade] - seats.left[school];
        seats.take(school).then(|| {
            self.left -= 1;
            Seat {
                school,
                grade,
                before,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_keeps_the_sum_and_the_shares() {
        for (counts, wanted, scaled) in [
            (vec![1, 1, 1], 10, vec![4, 3, 3]),
            (vec![10, 20, 70], 10, vec![1, 2, 7]),
            (vec![5, 0, 5], 5, vec![3, 0, 2]),
            (vec![28, 46], 74, vec![28, 46]),
            (vec![3, 1], 0, vec![0, 0]),
            (vec![0, 0], 9, vec![0, 0]),
        ] {
            assert_eq!(scale(&counts, wanted), scaled, "{counts:?} to {wanted}");
        }
    }

    #[test]
    fn every_seat_is_drawn_once() {
        let counts = [[2; 13], [0; 13], [1; 13]];
        let (mut seats, mut random) = (Seats::new(&counts), Random::new(7, &[]));
        let mut taken = [[0u32; 13]; 3];
        while let Some(seat) = seats.draw(&mut random) {
            assert_eq!(seat.before, taken[seat.school][seat.grade], "seats are counted");
            taken[seat.school][seat.grade] += 1;
        }
        assert_eq!((taken, seats.left()), (counts, 0));
    }

    #[test]
    fn a_known_school_goes_first() {
        let mut seats = Seats::new(&[[1; 13], [1; 13]]);
        let mut random = Random::new(7, &[]);
        let places: Vec<Option<usize>> = (0..3)
            .map(|_| seats.draw_in(4, &[1], &mut random).map(|seat| seat.school))
            .collect();
        assert_eq!(places, [Some(1), Some(0), None]);
    }
}
