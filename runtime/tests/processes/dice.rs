//! Random numbers for the soaks, and how long a soak is.

/// Random numbers that are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Returns whether the whole soak runs, as `cargo xtask soak` asks, and not a small part of it.
pub(crate) fn is_whole() -> bool {
    std::env::var_os("SKYLIFT_SOAK").is_some()
}
