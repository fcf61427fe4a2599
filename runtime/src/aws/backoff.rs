//! Pauses between tries of what AWS did not take in a batch. A single call's own retries are the
//! SDK's; it does not know that a batch succeeded in part.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

/// How often something is tried that does not get on.
const TRIES: u32 = 6;

/// The pause after the first try; each is at most twice the one before.
const FIRST: Duration = Duration::from_millis(50);

/// The pauses of one batch.
#[derive(Default)]
pub(crate) struct Backoff {
    tried: u32,
}

impl Backoff {
    /// Something got through: what is left has all its tries again.
    pub(crate) fn got_on(&mut self) {
        self.tried = 0;
    }

    /// Waits before the next try, and says whether there is one.
    pub(crate) async fn again(&mut self) -> bool {
        self.tried += 1;
        if self.tried >= TRIES {
            return false;
        }
        tokio::time::sleep(self.pause()).await;
        true
    }

    /// Somewhere between half and the whole, so that many clients do not come back at once.
    fn pause(&self) -> Duration {
        let longest = FIRST * 2_u32.pow(self.tried - 1);
        let random = RandomState::new().hash_one(self.tried) % 1_000;
        let random = u32::try_from(random).unwrap_or_default();
        longest / 2 + longest / 2 * random / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_within_their_bounds() {
        for tried in 1..TRIES {
            let longest = FIRST * 2_u32.pow(tried - 1);
            let pause = Backoff { tried }.pause();
            assert!(pause >= longest / 2 && pause <= longest, "{tried}: {pause:?}");
        }
    }

    #[test]
    fn tries_end_unless_something_gets_on() {
        crate::testing::block_on(async {
            let mut backoff = Backoff { tried: TRIES - 1 };
            assert!(!backoff.again().await);
            backoff.got_on();
            assert!(backoff.again().await);
        });
    }
}
