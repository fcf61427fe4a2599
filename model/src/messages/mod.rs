//! The catalogue of this crate's messages: each text that a user can read, in one function or one arm of a
//! `Display` implementation, in the order in which a user meets them. A function takes what its text names and
//! returns a [`Message`](crate::message::Message), or a `String` if the text is part of another message.
//!
//! The texts follow rustc's style: lower case, no full stop, names in backquotes. The help of a message is the
//! one thing that the user can do about the mistake. No other module of this crate contains the text of a
//! message.

pub(crate) mod alarms;
pub(crate) mod alexa;
pub(crate) mod application;
pub(crate) mod cognito;
pub(crate) mod common;
pub(crate) mod concurrency;
pub(crate) mod cors;
pub(crate) mod custom_resource;
pub(crate) mod deployments;
mod duration;
pub(crate) mod http;
pub(crate) mod iot;
mod json_path;
pub(crate) mod kafka;
pub(crate) mod key_filter;
pub(crate) mod lambda_settings;
pub(crate) mod logs;
pub(crate) mod loops;
pub(crate) mod names;
pub(crate) mod parameters;
pub(crate) mod permissions;
pub(crate) mod policy;
pub(crate) mod route;
pub(crate) mod schedule;
pub(crate) mod scheduler;
pub(crate) mod servers;
pub(crate) mod shape;
pub(crate) mod sns;
pub(crate) mod states;
pub(crate) mod subscriptions;
pub(crate) mod table;
pub(crate) mod timestamp;
pub(crate) mod triggers;
pub(crate) mod url;
pub(crate) mod values;
pub(crate) mod views;

#[cfg(test)]
mod tests {
    use crate::deadline::DeadlineMargin;
    use crate::duration::{Duration, Milliseconds};
    use crate::json_path::JsonPath;
    use crate::message::Message;
    use crate::schedule::ScheduleExpression;
    use crate::time_zone::TimeZone;
    use crate::timestamp::Timestamp;

    #[test]
    fn the_error_of_a_value_becomes_a_message_with_its_help() {
        let messages: [(Message, &str, &str); 6] = [
            (
                "30".parse::<Duration>().unwrap_err().into(),
                "`30` is not a duration, the unit is missing",
                "write `30s`, `30m`, `30h` or `30d`",
            ),
            (
                "id".parse::<JsonPath>().unwrap_err().into(),
                "`id` does not begin with `$`, the whole document",
                "write `$.id`",
            ),
            (
                "rate(1 minutes)".parse::<ScheduleExpression>().unwrap_err().into(),
                "`minutes` is plural, a rate of 1 takes the singular",
                "write `rate(1 minute)`",
            ),
            (
                DeadlineMargin::try_from(Milliseconds::new(1)).unwrap_err().into(),
                "a margin of 1 ms is too short to report in",
                "leave it out for 500 ms, or write as little as `\"50ms\"`",
            ),
            (
                TimeZone::try_from("Berlin").unwrap_err().into(),
                "`Berlin` is not a time zone",
                "did you mean `Europe/Berlin`?",
            ),
            (
                "2026-01-01".parse::<Timestamp>().unwrap_err().into(),
                "`2026-01-01` is not a point in time: it has no `T` between a date and a time",
                "write one such as `2026-01-01T00:00:00Z`",
            ),
        ];
        for (message, text, help) in messages {
            assert_eq!(message, Message::new(text).with_help(help));
        }
    }
}
