//! Converts times from the form in which streams send them: seconds since 1970, with a fraction.

use std::time::{Duration, SystemTime};

/// Converts seconds since 1970 to a time, rounded to the millisecond: AWS sends no more digits, and a float has
/// more. A number that is no valid time becomes 1970.
pub(crate) fn from_epoch_seconds(seconds: f64) -> SystemTime {
    let exact = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    let rounded = exact.saturating_add(Duration::from_micros(500)).as_millis();
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(rounded).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_rounded_to_the_millisecond() {
        let millis = |seconds| {
            let since = from_epoch_seconds(seconds).duration_since(SystemTime::UNIX_EPOCH).unwrap();
            assert_eq!(since.subsec_nanos() % 1_000_000, 0);
            since.as_millis()
        };
        assert_eq!(millis(1_480_641_523.477), 1_480_641_523_477);
        assert_eq!(millis(1_607_497_475.0), 1_607_497_475_000);
    }

    #[test]
    fn an_invalid_time_is_1970_and_does_not_panic() {
        for seconds in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(from_epoch_seconds(seconds), SystemTime::UNIX_EPOCH);
        }
    }
}
