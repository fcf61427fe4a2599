//! What a schedule has that only EventBridge Scheduler can do: a time zone, a flexible window, a start, an end and a
//! group. A trigger with one of these, or with a single moment, is a schedule of Scheduler; any other is a rule.

use serde::Serialize;

use crate::aws::limits;
use crate::aws::name::ScheduleGroupName;
use crate::bounded::bounded;
use crate::message::Message;
use crate::messages::scheduler as messages;
use crate::time_zone::TimeZone;
use crate::timestamp::Timestamp;

bounded! {
    /// How many seconds after its time a schedule may invoke the function.
    FlexibleWindow: limits::SCHEDULER_WINDOW_SECONDS, "window", "s";
}

/// The settings that only EventBridge Scheduler has. AWS: "`AWS::Scheduler::Schedule`".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SchedulerSettings {
    /// The time zone of a cron or of a moment, if the user set one; Scheduler's default is UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZone>,
    /// How long after its time the schedule may invoke the function, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<FlexibleWindow>,
    /// The moment before which the schedule does not invoke the function, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<ScheduleDate>,
    /// The moment after which the schedule does not invoke the function, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<ScheduleDate>,
    /// The name of the group of schedules, if the user set one; Scheduler's default is `default`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<ScheduleGroupName>,
}

impl SchedulerSettings {
    /// Returns the message that the schedule ends before it starts. Returns `None` if it does not.
    #[must_use]
    pub fn check_order(&self) -> Option<Message> {
        let (start, end) = (self.start.as_ref()?, self.end.as_ref()?);
        (start.at >= end.at).then(|| messages::end_before_start(&start.text, &end.text))
    }
}

impl FlexibleWindow {
    /// Returns the window in minutes. Returns the message that Scheduler takes whole minutes if it is none.
    ///
    /// # Errors
    ///
    /// Returns the message if the window is not a whole number of minutes.
    pub fn minutes(self) -> Result<u32, Message> {
        if self.get().is_multiple_of(60) {
            Ok(self.get() / 60)
        } else {
            Err(messages::window_not_in_minutes(self.get()))
        }
    }
}

/// A moment at which a schedule starts or ends, in UTC. It keeps the text that the user wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct ScheduleDate {
    text: String,
    at: Timestamp,
}

impl ScheduleDate {
    /// Parses a moment in UTC.
    ///
    /// # Errors
    ///
    /// Returns the message why the text is not a moment in UTC.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let at: Timestamp = text.parse().map_err(Message::from)?;
        if !text.ends_with('Z') {
            return Err(messages::date_not_in_utc(text));
        }
        Ok(Self { text: text.to_owned(), at })
    }

    /// Returns the moment as Scheduler takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<ScheduleDate> for String {
    fn from(date: ScheduleDate) -> Self {
        date.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_moment_in_utc() {
        let date = ScheduleDate::parse("2027-01-01T00:00:00Z").unwrap();
        assert_eq!(date.as_str(), "2027-01-01T00:00:00Z");
        assert!(ScheduleDate::parse("2027-01-01").is_err());
        let offset = ScheduleDate::parse("2027-01-01T00:00:00+01:00").unwrap_err();
        assert!(offset.text.contains("is not in UTC"), "{}", offset.text);
    }

    #[test]
    fn a_schedule_ends_after_it_starts() {
        let date = |text: &str| ScheduleDate::parse(text).ok();
        let settings = |start: &str, end: &str| SchedulerSettings {
            start: date(start),
            end: date(end),
            ..SchedulerSettings::default()
        };
        let (first, second) = ("2027-01-01T00:00:00Z", "2027-01-01T00:00:01Z");
        assert_eq!(settings(first, second).check_order(), None);
        assert!(settings(second, first).check_order().is_some());
        assert!(settings(first, first).check_order().is_some());
        assert_eq!(settings("", first).check_order(), None);
    }
}
