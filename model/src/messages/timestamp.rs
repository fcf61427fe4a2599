//! Reasons why a text is not a point in time. A reason follows the text in the message of an
//! [`InvalidTimestamp`](crate::timestamp::InvalidTimestamp), which is in `messages/values.rs`.

pub(crate) const NO_T: &str = "it has no `T` between a date and a time";
pub(crate) const NO_OFFSET: &str = "it does not end in `Z` or an offset from UTC";
pub(crate) const BEFORE_1970: &str = "it is before 1970";
pub(crate) const DATE_FORMAT: &str = "its date is not written `YYYY-MM-DD`";
pub(crate) const NO_SUCH_DAY: &str = "there is no such day";
pub(crate) const FRACTION: &str = "it has fractions of a second, and Lambda takes whole ones";
pub(crate) const TIME_FORMAT: &str = "its time is not written `hh:mm:ss`";
pub(crate) const NO_SUCH_TIME: &str = "there is no such time";
pub(crate) const TEXT_AFTER_Z: &str = "there is text after its `Z`";
pub(crate) const OFFSET_FORMAT: &str = "its offset is not written `+hh:mm`";
pub(crate) const NO_SUCH_OFFSET: &str = "there is no such offset";
