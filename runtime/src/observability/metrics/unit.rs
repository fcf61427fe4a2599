//! The unit of a metric, and how finely `CloudWatch` stores it. Mirrors "`MetricDatum`" of the Amazon `CloudWatch` API
//! Reference.

/// The unit of a metric. The statistics and alarms of `CloudWatch` have the unit with which the metric was sent.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Unit {
    /// A number without a unit, the default.
    #[default]
    None,
    /// A number of things.
    Count,
    /// A percentage, from 0 to 100.
    Percent,
    /// Seconds.
    Seconds,
    /// Milliseconds, the default for a value that is a `Duration`.
    Milliseconds,
    /// Microseconds.
    Microseconds,
    /// Bytes.
    Bytes,
    /// Kilobytes.
    Kilobytes,
    /// Megabytes.
    Megabytes,
    /// Gigabytes.
    Gigabytes,
    /// Terabytes.
    Terabytes,
    /// Bits.
    Bits,
    /// Kilobits.
    Kilobits,
    /// Megabits.
    Megabits,
    /// Gigabits.
    Gigabits,
    /// Terabits.
    Terabits,
    /// A number of things per second.
    CountPerSecond,
    /// Bytes per second.
    BytesPerSecond,
    /// Kilobytes per second.
    KilobytesPerSecond,
    /// Megabytes per second.
    MegabytesPerSecond,
    /// Gigabytes per second.
    GigabytesPerSecond,
    /// Terabytes per second.
    TerabytesPerSecond,
    /// Bits per second.
    BitsPerSecond,
    /// Kilobits per second.
    KilobitsPerSecond,
    /// Megabits per second.
    MegabitsPerSecond,
    /// Gigabits per second.
    GigabitsPerSecond,
    /// Terabits per second.
    TerabitsPerSecond,
}

impl Unit {
    /// Returns the name that `CloudWatch` has for the unit.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Count => "Count",
            Self::Percent => "Percent",
            Self::Seconds => "Seconds",
            Self::Milliseconds => "Milliseconds",
            Self::Microseconds => "Microseconds",
            Self::Bytes => "Bytes",
            Self::Kilobytes => "Kilobytes",
            Self::Megabytes => "Megabytes",
            Self::Gigabytes => "Gigabytes",
            Self::Terabytes => "Terabytes",
            Self::Bits => "Bits",
            Self::Kilobits => "Kilobits",
            Self::Megabits => "Megabits",
            Self::Gigabits => "Gigabits",
            Self::Terabits => "Terabits",
            Self::CountPerSecond => "Count/Second",
            Self::BytesPerSecond => "Bytes/Second",
            Self::KilobytesPerSecond => "Kilobytes/Second",
            Self::MegabytesPerSecond => "Megabytes/Second",
            Self::GigabytesPerSecond => "Gigabytes/Second",
            Self::TerabytesPerSecond => "Terabytes/Second",
            Self::BitsPerSecond => "Bits/Second",
            Self::KilobitsPerSecond => "Kilobits/Second",
            Self::MegabitsPerSecond => "Megabits/Second",
            Self::GigabitsPerSecond => "Gigabits/Second",
            Self::TerabitsPerSecond => "Terabits/Second",
        }
    }
}

/// How finely `CloudWatch` stores a metric.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Resolution {
    /// One value for each minute, the default.
    #[default]
    Standard,
    /// One value for each second, for alarms that have to react quickly. Such alarms cost more, see "Amazon
    /// `CloudWatch` pricing".
    High,
}

impl Resolution {
    /// Returns the value of `StorageResolution` in the embedded metric format: the resolution of the metric, in
    /// seconds.
    pub(super) const fn seconds(self) -> u32 {
        match self {
            Self::Standard => 60,
            Self::High => 1,
        }
    }
}
