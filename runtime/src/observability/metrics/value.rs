//! Values of metrics: numbers of any type, and lengths of time in the unit that was asked for.

use std::time::Duration;

use super::unit::Unit;

/// What `metric!` takes as a value: any number, or a [`Duration`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the value of a metric",
    label = "neither a number nor a `Duration`",
    note = "a metric has one number: `metric!(\"OrdersPlaced\", 1, unit = Count)`"
)]
pub trait Value: Copy {
    /// The number, and its unit where none is said.
    fn measure(self, unit: Option<Unit>) -> (f64, Unit);
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Value for $number {
            // Every number of CloudWatch's is an `f64`.
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss)]
            fn measure(self, unit: Option<Unit>) -> (f64, Unit) {
                (self as f64, unit.unwrap_or_default())
            }
        }
    )*};
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

impl Value for Duration {
    /// In milliseconds, unless it is asked for in seconds or microseconds: a unit that is no time
    /// would say something else than what was measured.
    fn measure(self, unit: Option<Unit>) -> (f64, Unit) {
        let seconds = self.as_secs_f64();
        match unit {
            Some(Unit::Seconds) => (seconds, Unit::Seconds),
            Some(Unit::Microseconds) => (seconds * 1e6, Unit::Microseconds),
            _ => (seconds * 1e3, Unit::Milliseconds),
        }
    }
}

// One bound, so that a reference to something else is one message.
impl<V: Value> Value for &V {
    fn measure(self, unit: Option<Unit>) -> (f64, Unit) {
        (*self).measure(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_they_are_and_have_no_unit_of_their_own() {
        assert_eq!(3_usize.measure(None), (3.0, Unit::None));
        assert_eq!((&-2_i64).measure(Some(Unit::Bytes)), (-2.0, Unit::Bytes));
        assert_eq!(0.5_f32.measure(Some(Unit::Percent)), (0.5, Unit::Percent));
    }

    #[test]
    fn a_duration_is_in_the_unit_that_is_asked_for() {
        let time = Duration::from_micros(1_500);
        assert_eq!(time.measure(None), (1.5, Unit::Milliseconds));
        assert_eq!(time.measure(Some(Unit::Microseconds)), (1_500.0, Unit::Microseconds));
        assert_eq!(time.measure(Some(Unit::Seconds)), (0.0015, Unit::Seconds));
        assert_eq!(time.measure(Some(Unit::Bytes)), (1.5, Unit::Milliseconds));
    }
}
