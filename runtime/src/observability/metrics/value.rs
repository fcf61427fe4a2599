//! [`MetricValue`]: the values of metrics, which are numbers of any type, and durations in the given unit.

use std::time::Duration;

use super::unit::Unit;
use sealed::Sealed;

/// The private supertrait of [`MetricValue`], so that only Skylift implements `MetricValue`. The crate's own `Sealed`
/// does not serve: `i64` and references implement it as keys of tables.
mod sealed {
    // The compiler reports a reference to another type at this trait.
    #[diagnostic::on_unimplemented(
        message = "`{Self}` is not the value of a metric",
        label = "neither a number nor a `Duration`",
        note = "a metric has one number: `metric!(\"OrdersPlaced\", 1, unit = Count)`"
    )]
    pub trait Sealed {}
}

/// A value that [`metric!`](crate::metric) accepts: any number, or a [`Duration`]. Only Skylift implements this
/// trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the value of a metric",
    label = "neither a number nor a `Duration`",
    note = "a metric has one number: `metric!(\"OrdersPlaced\", 1, unit = Count)`"
)]
pub trait MetricValue: Sealed + Copy {
    /// Returns the number to record and its unit. `unit` is the unit that the caller of `metric!` gave, or `None`.
    fn measure(self, unit: Option<Unit>) -> (f64, Unit);
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Sealed for $number {}

        impl MetricValue for $number {
            // Every number of CloudWatch is an `f64`.
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss)]
            fn measure(self, unit: Option<Unit>) -> (f64, Unit) {
                (self as f64, unit.unwrap_or_default())
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

impl Sealed for Duration {}

impl MetricValue for Duration {
    /// Returns the duration in milliseconds, or in seconds or microseconds if `unit` is one of these. Any other unit
    /// is ignored: it would be wrong.
    fn measure(self, unit: Option<Unit>) -> (f64, Unit) {
        let seconds = self.as_secs_f64();
        match unit {
            Some(Unit::Seconds) => (seconds, Unit::Seconds),
            Some(Unit::Microseconds) => (seconds * 1e6, Unit::Microseconds),
            _ => (seconds * 1e3, Unit::Milliseconds),
        }
    }
}

// Without a bound, so that the compiler's message is about `MetricValue`.
impl<V: ?Sized> Sealed for &V {}

// A single implementation for references, so that a reference to another type is a single message.
impl<V: MetricValue> MetricValue for &V {
    fn measure(self, unit: Option<Unit>) -> (f64, Unit) {
        (*self).measure(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unchanged_and_have_no_default_unit() {
        assert_eq!(3_usize.measure(None), (3.0, Unit::None));
        assert_eq!((&-2_i64).measure(Some(Unit::Bytes)), (-2.0, Unit::Bytes));
        assert_eq!(0.5_f32.measure(Some(Unit::Percent)), (0.5, Unit::Percent));
    }

    #[test]
    fn a_duration_is_converted_to_the_given_unit() {
        let time = Duration::from_micros(1_500);
        assert_eq!(time.measure(None), (1.5, Unit::Milliseconds));
        assert_eq!(time.measure(Some(Unit::Microseconds)), (1_500.0, Unit::Microseconds));
        assert_eq!(time.measure(Some(Unit::Seconds)), (0.0015, Unit::Seconds));
        assert_eq!(time.measure(Some(Unit::Bytes)), (1.5, Unit::Milliseconds));
    }
}
