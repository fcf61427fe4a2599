//! The limits of an API for the number of requests. API Gateway answers the requests above them with the status 429.

use serde::Serialize;

use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::http as messages;

/// The number of requests in a second, which can have a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Rate(f64);

impl Rate {
    /// Returns the number of requests in a second.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Rate {
    type Error = Message;

    fn try_from(number: f64) -> Result<Self, Message> {
        // A rate of zero would refuse every request.
        if number.is_finite() && number > 0.0 {
            Ok(Self(number))
        } else {
            Err(messages::invalid_rate(number))
        }
    }
}

bounded! {
    /// The number of requests that API Gateway takes at once, above the rate.
    Burst: 1..=i32::MAX.unsigned_abs(), "burst", "";
}

/// The limits for the number of requests.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Throttle {
    /// The number of requests in a second.
    pub rate: Rate,
    /// The number of requests that API Gateway takes at once.
    pub burst: Burst,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_number_above_zero() {
        for right in [0.5, 1.0, 10_000.0] {
            assert!((Rate::try_from(right).unwrap().get() - right).abs() < f64::EPSILON);
        }
        for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Rate::try_from(wrong).is_err(), "{wrong}");
        }
        assert!(Burst::try_from(0).is_err() && Burst::try_from(1).is_ok());
    }
}
