//! Sampling that is the same in every run: tests have no other randomness.

/// A xorshift generator (Marsaglia 2003): enough to choose places and bytes.
#[derive(Debug, Clone)]
pub struct Sample(u64);

impl Sample {
    /// A sequence of its own for each name.
    pub fn of(name: &str) -> Self {
        // FNV-1a; a state of zero would stay zero.
        Self(
            name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            }) | 1,
        )
    }

    /// The next number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % bound
    }
}
