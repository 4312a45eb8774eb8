//! Random numbers that depend on a seed only.

/// A source of random numbers.
#[derive(Debug)]
pub struct Random(fastrand::Rng);

impl Random {
    /// Returns the random numbers for document `index` of `seed`.
    ///
    /// # Examples
    ///
    /// ```
    /// let numbers = |seed, index| {
    ///     let mut random = fuzz::Random::new(seed, index);
    ///     [random.below(1000), random.below(1000), random.below(1000)]
    /// };
    /// assert_eq!(numbers(1, 2), numbers(1, 2));
    /// assert_ne!(numbers(1, 2), numbers(2, 1));
    /// ```
    pub fn new(seed: u64, index: u64) -> Self {
        Self(fastrand::Rng::with_seed(scrambled(scrambled(seed) ^ index)))
    }

    /// Returns any number.
    pub fn number(&mut self) -> u64 {
        self.0.u64(..)
    }

    /// Returns a number less than `count`, or 0 if `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        // The width of `usize` must not decide which numbers are drawn.
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        if count == 0 { 0 } else { usize::try_from(self.0.u64(..count)).unwrap_or_default() }
    }

    /// Returns true for one of `count` calls on average.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// Returns an element of a list, or `None` if it is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// Returns one of the texts, or an empty text if there are none.
    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.pick(words).copied().unwrap_or_default()
    }
}

/// Distributes similar numbers over all numbers (the finalizer of SplitMix64).
pub(crate) fn scrambled(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
