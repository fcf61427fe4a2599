//! Whole numbers that AWS, or Skylift itself, accepts only within a range: memory, timeout, batch size and
//! others. The macro `bounded!` declares a type for each kind of number. The type takes a `u64` and cannot hold
//! a value outside its range. The error of a value outside the range is [`OutOfRange`].

/// The error of a number outside its accepted range. The text of the error is in `messages/values.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    /// The name of the number, in the words of the grammar, such as `memory`.
    pub what: &'static str,
    /// The number that the user wrote.
    pub value: u64,
    /// The owner of the limit: `AWS` or `Skylift`.
    pub limited_by: &'static str,
    /// The least accepted number.
    pub min: u32,
    /// The greatest accepted number.
    pub max: u32,
    /// The unit of the number, empty for a plain count.
    pub unit: &'static str,
}

impl std::error::Error for OutOfRange {}

/// A number that has a higher limit if its function runs on Lambda Managed Instances.
pub trait InstanceLimited: Sized {
    /// Converts the number of a function on Lambda Managed Instances.
    ///
    /// # Errors
    ///
    /// Returns an error if the number is outside the range for Lambda Managed Instances.
    fn try_on_instances(value: u64) -> Result<Self, OutOfRange>;
}

/// Declares a number type with its range, its name in the grammar and its unit. The range is a limit of AWS,
/// unless the declaration names another owner after `limited by`. The range after `on instances` is that of
/// functions on Lambda Managed Instances; the type then holds every number of that range. A number with a text after
/// `parameter` can be the value of a template parameter, which has that description.
macro_rules! bounded {
    (@limited_by) => { "AWS" };
    (@limited_by $limited_by:literal) => { $limited_by };
    ($($(#[$doc:meta])* $Name:ident: $range:expr, $what:literal, $unit:literal $(, limited by $limited_by:literal)? $(, on instances $instances:expr)? $(, parameter $parameter:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
        #[serde(into = "u32")]
        pub struct $Name(u32);

        impl $Name {
            /// Returns the number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            fn try_within(
                value: u64,
                range: &std::ops::RangeInclusive<u32>,
            ) -> Result<Self, $crate::bounded::OutOfRange> {
                match u32::try_from(value) {
                    Ok(number) if range.contains(&number) => Ok(Self(number)),
                    _ => Err($crate::bounded::OutOfRange {
                        what: $what,
                        value,
                        limited_by: $crate::bounded::bounded!(@limited_by $($limited_by)?),
                        min: *range.start(),
                        max: *range.end(),
                        unit: $unit,
                    }),
                }
            }
        }

        $(
            impl $crate::bounded::InstanceLimited for $Name {
                fn try_on_instances(value: u64) -> Result<Self, $crate::bounded::OutOfRange> {
                    Self::try_within(value, &$instances)
                }
            }
        )?

        $(
            impl $crate::number_setting::NumberSetting for $Name {
                const CONTENT: $crate::aws::parameter_content::ParameterContent =
                    $crate::aws::parameter_content::ParameterContent::number($parameter, &$range);

                fn from_parameter(number: u32) -> Option<Self> {
                    Self::try_from(u64::from(number)).ok()
                }
            }
        )?

        impl TryFrom<u64> for $Name {
            type Error = $crate::bounded::OutOfRange;

            fn try_from(value: u64) -> Result<Self, Self::Error> {
                Self::try_within(value, &$range)
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
    use super::InstanceLimited as _;

    bounded! {
        /// A number for the tests.
        Small: 2..=4, "small", "MB";
        /// A number without an upper bound.
        Open: 1..=u32::MAX, "open", "";
        /// A number that Skylift limits.
        Ours: 1..=3, "number of ours", "", limited by "Skylift";
        /// A number with a higher limit on Lambda Managed Instances.
        Grows: 1..=3, "number", "s", on instances 1..=9;
    }

    #[test]
    fn a_number_has_a_higher_limit_on_instances() {
        assert_eq!(Grows::try_from(3).unwrap().get(), 3);
        assert_eq!(Grows::try_from(4).unwrap_err().max, 3);
        assert_eq!(Grows::try_on_instances(9).unwrap().get(), 9);
        assert_eq!(Grows::try_on_instances(10).unwrap_err().max, 9);
    }

    #[test]
    fn both_ends_of_a_range_are_accepted_and_nothing_beyond() {
        assert_eq!(Small::try_from(2).unwrap().get(), 2);
        assert_eq!(Small::try_from(4).unwrap().get(), 4);
        let error = Small::try_from(5).unwrap_err();
        assert_eq!(error.to_string(), "small of 5 MB is out of range: AWS takes 2 to 4 MB");
        assert!(Small::try_from(u64::MAX).is_err());
    }

    #[test]
    fn the_message_names_whose_limit_it_is() {
        let error = Ours::try_from(4).unwrap_err();
        assert_eq!(error.to_string(), "number of ours of 4 is out of range: Skylift takes 1 to 3");
    }

    #[test]
    fn the_message_of_an_open_range_has_only_its_lower_end() {
        let error = Open::try_from(0).unwrap_err();
        assert_eq!(error.to_string(), "open of 0 is too low: AWS takes 1 or more");
    }
}
