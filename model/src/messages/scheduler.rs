//! Messages about schedules of EventBridge Scheduler.

use crate::message::Message;

/// Reports that a date has another offset than UTC.
pub(crate) fn date_not_in_utc(text: &str) -> Message {
    Message::new(format!("`{text}` is not in UTC"))
        .with_help("write it in UTC, with `Z` at its end: `2027-01-01T00:00:00Z`")
}

/// Reports that a schedule ends before it starts.
pub(crate) fn end_before_start(start: &str, end: &str) -> Message {
    Message::new(format!("the schedule ends at {end}, and starts at {start}"))
        .with_help("write an `end` after `start`")
}

/// Reports that the window of a schedule is not a whole number of minutes.
pub(crate) fn window_not_in_minutes(seconds: u32) -> Message {
    Message::new(format!("a window of {seconds} s is not a whole number of minutes"))
        .with_help(format!("write `\"{}m\"`", seconds.div_ceil(60)))
}
