//! The limits of alarms. AWS: "`PutMetricAlarm`" of the CloudWatch API Reference.

use std::ops::RangeInclusive;

/// The accepted threshold of an alarm that counts. CloudWatch takes any number; these are the counts that make sense.
pub const ALARM_COUNT: RangeInclusive<u32> = 1..=1_000_000_000;
/// The accepted threshold of an alarm for the age of events, in seconds. No service keeps an event for longer than a year.
pub const ALARM_AGE_SECONDS: RangeInclusive<u32> = 1..=31_536_000;
/// The accepted `Period` of an alarm for a metric with a value for each minute, in seconds.
pub const ALARM_PERIOD_SECONDS: RangeInclusive<u32> = 60..=86_400;
/// The accepted `EvaluationPeriods` of an alarm with a period of one minute, which is the shortest.
pub const ALARM_EVALUATION_PERIODS: RangeInclusive<u32> = 1..=1_440;
/// The longest time that an alarm looks at, in seconds, if its period is shorter than [`ALARM_LONG_PERIOD_SECONDS`].
pub const ALARM_SPAN_SECONDS: u32 = 86_400;
/// The period of an alarm, in seconds, from which it can look at [`ALARM_LONG_SPAN_SECONDS`].
pub const ALARM_LONG_PERIOD_SECONDS: u32 = 3_600;
/// The longest time that an alarm with a long period looks at, in seconds.
pub const ALARM_LONG_SPAN_SECONDS: u32 = 604_800;
/// The maximum number of topics that an alarm notifies.
pub const ALARM_ACTIONS: usize = 5;
