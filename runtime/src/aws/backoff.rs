//! [`Backoff`]: the pauses between the attempts to send the entries of a batch that AWS did not accept. The SDK
//! retries whole requests; it does not know that a batch succeeded in part.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

/// The number of attempts in a row after which the entries of a batch fail, if no attempt makes progress.
const MAX_ATTEMPTS: u32 = 6;

/// The longest pause after the first attempt to send the entries of a batch. After each further attempt without
/// progress, the pause may be twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// Counts the attempts to send the entries of one batch, and pauses between the attempts.
#[derive(Default)]
pub(crate) struct Backoff {
    attempts: u32,
}

impl Backoff {
    /// Sets the number of attempts to 0, because AWS accepted some entries of the batch.
    #[cfg(any(test, feature = "_batch", feature = "table"))]
    pub(crate) fn reset(&mut self) {
        self.attempts = 0;
    }

    /// Waits before the next attempt to send the entries of a batch, and returns `true`. Returns `false` at once if
    /// there were too many attempts in a row without progress.
    pub(crate) async fn wait_before_retry(&mut self) -> bool {
        self.attempts += 1;
        if self.attempts >= MAX_ATTEMPTS {
            return false;
        }
        tokio::time::sleep(self.choose_pause()).await;
        true
    }

    /// Returns the pause before the next attempt to send the entries of a batch. The pause is a random duration
    /// between half of the longest pause and the longest pause, so that many clients do not retry at the same moment.
    fn choose_pause(&self) -> Duration {
        let longest = FIRST_PAUSE * 2_u32.pow(self.attempts - 1);
        let random = RandomState::new().hash_one(self.attempts) % 1_000;
        let random = u32::try_from(random).unwrap_or_default();
        longest / 2 + longest / 2 * random / 1_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_within_their_bounds() {
        for attempts in 1..MAX_ATTEMPTS {
            let longest = FIRST_PAUSE * 2_u32.pow(attempts - 1);
            let pause = Backoff { attempts }.choose_pause();
            assert!(pause >= longest / 2 && pause <= longest, "{attempts}: {pause:?}");
        }
    }

    #[test]
    fn attempts_end_unless_there_is_progress() {
        crate::testing::block_on(async {
            let mut backoff = Backoff { attempts: MAX_ATTEMPTS - 1 };
            assert!(!backoff.wait_before_retry().await);
            backoff.reset();
            assert!(backoff.wait_before_retry().await);
        });
    }
}
