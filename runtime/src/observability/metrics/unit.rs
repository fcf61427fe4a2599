//! What a metric counts in, and how finely `CloudWatch` keeps it: the words of "`MetricDatum`" in the
//! Amazon `CloudWatch` API Reference.

/// The unit of a metric. A statistic in the console and an alarm are in the unit that was sent.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Unit {
    /// A number without a unit, the default.
    #[default]
    None,
    /// So many of something.
    Count,
    /// Of a hundred.
    Percent,
    /// Seconds.
    Seconds,
    /// Thousandths of a second; that of a `Duration` where none is said.
    Milliseconds,
    /// Millionths of a second.
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
    /// So many of something each second.
    CountPerSecond,
    /// Bytes each second.
    BytesPerSecond,
    /// Kilobytes each second.
    KilobytesPerSecond,
    /// Megabytes each second.
    MegabytesPerSecond,
    /// Gigabytes each second.
    GigabytesPerSecond,
    /// Terabytes each second.
    TerabytesPerSecond,
    /// Bits each second.
    BitsPerSecond,
    /// Kilobits each second.
    KilobitsPerSecond,
    /// Megabits each second.
    MegabitsPerSecond,
    /// Gigabits each second.
    GigabitsPerSecond,
    /// Terabits each second.
    TerabitsPerSecond,
}

impl Unit {
    /// As `CloudWatch` writes it.
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

/// How finely `CloudWatch` keeps a metric.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Resolution {
    /// By the minute, the default.
    #[default]
    Standard,
    /// By the second, for alarms that cannot wait: they cost more, as "Amazon `CloudWatch` pricing"
    /// says.
    High,
}

impl Resolution {
    /// `StorageResolution` of the embedded metric format, in seconds.
    pub(super) const fn seconds(self) -> u32 {
        match self {
            Self::Standard => 60,
            Self::High => 1,
        }
    }
}
