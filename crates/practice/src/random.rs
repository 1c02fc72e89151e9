//! A small generator of numbers that is the same on every machine.

/// Xoshiro256**, seeded through `SplitMix64`: fast, small, and not for secrets.
#[derive(Debug, Clone)]
pub(crate) struct Random([u64; 4]);

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Random {
    /// The stream of `seed` that the numbers of `path` lead to, such as an
    /// authority and the place of a family in it.
    pub(crate) fn new(seed: u64, path: &[u64]) -> Self {
        let mut state = seed;
        for step in path {
            state = split_mix(&mut state) ^ step.wrapping_mul(0xd6e8_feb8_6659_fd93);
        }
        Self(std::array::from_fn(|_| split_mix(&mut state)))
    }
    pub(crate) fn next(&mut self) -> u64 {
        let state = &mut self.0;
        let result = state[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = state[3].rotate_left(45);
        result
    }
    /// 0 to `end` - 1; `end` is at least 1. The bias is below 2⁻³².
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let high = self.next() >> 32;
        u32::try_from((high * u64::from(end.max(1))) >> 32).expect("a product of two 32-bit numbers, halved")
    }
    /// `first` to `last`, both possible.
    pub(crate) fn within(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last - first + 1)
    }
    /// True `share` times in a thousand.
    pub(crate) fn per_mille(&mut self, share: u32) -> bool {
        self.below(1000) < share
    }
    /// One of them; the slice is not empty.
    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        *self.pick_ref(list)
    }
    /// One of them, by reference; the slice is not empty.
    pub(crate) fn pick_ref<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        let count = u32::try_from(list.len()).expect("lists are short");
        &list[self.below(count) as usize]
    }
    /// One of them, by the weight beside it.
    pub(crate) fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let total = list.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (item, weight) in list {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        list[list.len() - 1].0
    }
}
