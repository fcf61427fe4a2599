//! Whole numbers that AWS, or Skylift itself, takes only within a range: memory, timeout, batch size and
//! their like.
//! Each is a type that cannot hold a value outside its range; [`OutOfRange`] says what was wrong.

use std::fmt;

/// A number outside the range that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    /// What the number is, in the words of the grammar, such as `memory`.
    pub what: &'static str,
    /// The number that was written.
    pub value: u64,
    /// Who takes it.
    pub by: &'static str,
    /// The least that is taken.
    pub min: u32,
    /// The most that is taken.
    pub max: u32,
    /// The unit, empty for a plain count.
    pub unit: &'static str,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, value, by, min, max, unit } = self;
        let space = if unit.is_empty() { "" } else { " " };
        if *max == u32::MAX {
            write!(
                f,
                "{what} of {value}{space}{unit} is too low: {by} takes {min}{space}{unit} or more"
            )
        } else {
            write!(
                f,
                "{what} of {value}{space}{unit} is out of range: {by} takes {min} to {max}{space}{unit}"
            )
        }
    }
}

impl std::error::Error for OutOfRange {}

/// Declares a number type with its range, its name in the grammar and its unit. The range is that of AWS
/// unless another is named.
macro_rules! bounded {
    (@by) => { "AWS" };
    (@by $by:literal) => { $by };
    ($($(#[$doc:meta])* $Name:ident: $range:expr, $what:literal, $unit:literal $(, of $by:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
        #[serde(into = "u32")]
        pub struct $Name(u32);

        impl $Name {
            /// The number itself.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl TryFrom<u64> for $Name {
            type Error = $crate::bounded::OutOfRange;

            fn try_from(value: u64) -> Result<Self, Self::Error> {
                let range: std::ops::RangeInclusive<u32> = $range;
                match u32::try_from(value) {
                    Ok(number) if range.contains(&number) => Ok(Self(number)),
                    _ => Err($crate::bounded::OutOfRange {
                        what: $what,
                        value,
                        by: $crate::bounded::bounded!(@by $($by)?),
                        min: *range.start(),
                        max: *range.end(),
                        unit: $unit,
                    }),
                }
            }
        }

        impl From<$Name> for u32 {
            fn from(number: $Name) -> Self {
                number.0
            }
        }
    )*};
}
pub(crate) use bounded;

#[cfg(test)]
mod tests {
    bounded! {
        /// A number for the tests.
        Small: 2..=4, "small", "MB";
        /// A number without an upper bound.
        Open: 1..=u32::MAX, "open", "";
        /// A number that AWS has no say in.
        Ours: 1..=3, "number of ours", "", of "Skylift";
    }

    #[test]
    fn takes_both_ends_and_nothing_beyond() {
        assert_eq!(Small::try_from(2).unwrap().get(), 2);
        assert_eq!(Small::try_from(4).unwrap().get(), 4);
        let error = Small::try_from(5).unwrap_err();
        assert_eq!(error.to_string(), "small of 5 MB is out of range: AWS takes 2 to 4 MB");
        assert!(Small::try_from(u64::MAX).is_err());
    }

    #[test]
    fn a_range_of_our_own_is_said_to_be_ours() {
        let error = Ours::try_from(4).unwrap_err();
        assert_eq!(error.to_string(), "number of ours of 4 is out of range: Skylift takes 1 to 3");
    }

    #[test]
    fn an_open_range_names_only_its_lower_end() {
        let error = Open::try_from(0).unwrap_err();
        assert_eq!(error.to_string(), "open of 0 is too low: AWS takes 1 or more");
    }
}
