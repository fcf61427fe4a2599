//! The alarms of a function: thresholds of its metrics, and the topics that CloudWatch notifies. AWS: "Types of metrics
//! for Lambda functions", "`AWS::CloudWatch::Alarm`".

use serde::Serialize;

use super::limits;
use super::value::CfnValue;
use crate::bounded::bounded;
use crate::number_setting::{NumberFields, NumberParameters};

bounded! {
    /// The sum of errors or throttles, or the number of records, from which an alarm goes off.
    AlarmCount: limits::ALARM_COUNT, "threshold", "", limited by "Skylift",
        parameter "Threshold of an alarm";
    /// The age of an event, in seconds, from which an alarm goes off.
    AlarmAge: limits::ALARM_AGE_SECONDS, "age", "s", limited by "Skylift";
    /// The number of periods that an alarm looks at.
    EvaluationPeriods: limits::ALARM_EVALUATION_PERIODS, "number of periods", "",
        parameter "Number of periods of an alarm";
}

impl EvaluationPeriods {
    /// A single period.
    pub const ONE: Self = Self(1);
}

/// The time over which CloudWatch aggregates a metric for an alarm, in seconds. CloudWatch's metrics of Lambda and SQS
/// have a value for each minute, so a period is a number of whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AlarmPeriod(u32);

impl AlarmPeriod {
    /// The period of one minute.
    pub const DEFAULT: Self = Self(60);

    /// Creates a period. Returns `None` if it is not a number of whole minutes up to a day.
    #[must_use]
    pub fn from_seconds(seconds: u64) -> Option<Self> {
        let seconds = u32::try_from(seconds).ok()?;
        let is_period =
            seconds.is_multiple_of(60) && limits::ALARM_PERIOD_SECONDS.contains(&seconds);
        is_period.then_some(Self(seconds))
    }

    /// Returns the period in seconds.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Returns the greatest number of these periods that an alarm can look at.
    #[must_use]
    pub const fn most_periods(self) -> u32 {
        if self.0 < limits::ALARM_LONG_PERIOD_SECONDS {
            limits::ALARM_SPAN_SECONDS / self.0
        } else {
            limits::ALARM_LONG_SPAN_SECONDS / self.0
        }
    }
}

/// The alarms of a function, or the defaults of the application for all functions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarms {
    /// The function has these alarms.
    Set(AlarmSettings),
    /// The function has no alarms, whatever the default is.
    None,
}

impl Alarms {
    /// Returns the settings, and `None` if there are no alarms.
    #[must_use]
    pub const fn settings(&self) -> Option<&AlarmSettings> {
        match self {
            Self::Set(settings) => Some(settings),
            Self::None => None,
        }
    }

    /// Returns the alarms with the settings of `defaults` for what is not set.
    #[must_use]
    pub fn with_defaults(&self, defaults: &Self) -> Self {
        match (self, defaults) {
            (Self::Set(own), Self::Set(defaults)) => Self::Set(own.with_defaults(defaults)),
            _ => self.clone(),
        }
    }
}

/// The settings of alarms. Every setting is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AlarmSettings {
    /// The number of failed invocations in a period, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<AlarmCount>,
    /// The number of throttled invocations in a period, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throttles: Option<AlarmCount>,
    /// The duration of the slowest hundredth of the invocations, in milliseconds, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
    /// The age of an event, in seconds, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age: Option<AlarmAge>,
    /// The number of records of a Kafka topic that wait for the function, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset_lag: Option<AlarmCount>,
    /// The time over which a metric is aggregated, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<AlarmPeriod>,
    /// The number of periods that the alarms look at, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_periods: Option<EvaluationPeriods>,
    /// The number of these periods that have to reach the threshold, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datapoints_to_alarm: Option<EvaluationPeriods>,
    /// The topics that CloudWatch notifies, as paths of structs or as ARNs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<CfnValue>,
    /// The numbers that are template parameters.
    #[serde(skip_serializing_if = "NumberParameters::is_empty")]
    pub from_parameters: NumberParameters,
}

impl AlarmSettings {
    /// The key of the number of failed invocations.
    pub const ERRORS: &'static str = "alarms.errors";

    /// The key of the number of throttled invocations.
    pub const THROTTLES: &'static str = "alarms.throttles";

    /// The key of the number of records that wait.
    pub const OFFSET_LAG: &'static str = "alarms.offset_lag";

    /// The key of the number of periods.
    pub const EVALUATION_PERIODS: &'static str = "alarms.evaluation_periods";

    /// The key of the number of periods that have to reach the threshold.
    pub const DATAPOINTS_TO_ALARM: &'static str = "alarms.datapoints_to_alarm";

    /// Returns the numbers that template parameters can have.
    pub(crate) fn numbers(&mut self) -> NumberFields<'_> {
        NumberFields {
            parameters: &mut self.from_parameters,
            fields: vec![
                (Self::ERRORS, &mut self.errors),
                (Self::THROTTLES, &mut self.throttles),
                (Self::OFFSET_LAG, &mut self.offset_lag),
                (Self::EVALUATION_PERIODS, &mut self.evaluation_periods),
                (Self::DATAPOINTS_TO_ALARM, &mut self.datapoints_to_alarm),
            ],
        }
    }

    /// Returns whether a metric has a threshold.
    #[must_use]
    pub const fn has_threshold(&self) -> bool {
        self.errors.is_some()
            || self.throttles.is_some()
            || self.duration.is_some()
            || self.age.is_some()
            || self.offset_lag.is_some()
    }

    /// Returns the number of periods that the alarms look at.
    #[must_use]
    pub fn evaluation_periods(&self) -> EvaluationPeriods {
        self.evaluation_periods.unwrap_or(EvaluationPeriods::ONE)
    }

    /// Returns the time over which a metric is aggregated.
    #[must_use]
    pub fn period(&self) -> AlarmPeriod {
        self.period.unwrap_or(AlarmPeriod::DEFAULT)
    }

    /// Returns the identifiers of the structs of the topics.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.to.iter().filter_map(|topic| match topic {
            CfnValue::Resource(ident) => Some(ident.as_str()),
            _ => None,
        })
    }

    fn with_defaults(&self, defaults: &Self) -> Self {
        let own = self.clone().numbers().list_set();
        let mut from_parameters = self.from_parameters.clone();
        let inherited = defaults.from_parameters.0.iter();
        from_parameters.0.extend(inherited.filter(|it| !own.contains(&it.key)).cloned());
        let to = if self.to.is_empty() { &defaults.to } else { &self.to };
        Self {
            errors: self.errors.or(defaults.errors),
            throttles: self.throttles.or(defaults.throttles),
            duration: self.duration.or(defaults.duration),
            age: self.age.or(defaults.age),
            offset_lag: self.offset_lag.or(defaults.offset_lag),
            period: self.period.or(defaults.period),
            evaluation_periods: self.evaluation_periods.or(defaults.evaluation_periods),
            datapoints_to_alarm: self.datapoints_to_alarm.or(defaults.datapoints_to_alarm),
            to: to.clone(),
            from_parameters,
        }
    }
}

/// The metric that has the age of the events of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeMetric {
    /// Lambda's metric of streams.
    IteratorAge,
    /// Lambda's metric of asynchronous invocations.
    AsyncEventAge,
    /// The metric of the queue of the trigger.
    OldestMessage,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_number_of_whole_minutes_up_to_a_day() {
        let seconds = |seconds| AlarmPeriod::from_seconds(seconds).map(AlarmPeriod::get);
        assert_eq!(seconds(60), Some(60));
        assert_eq!(seconds(86_400), Some(86_400));
        for wrong in [0, 30, 90, 86_460, u64::MAX] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_alarm_looks_at_a_day_or_with_long_periods_at_a_week() {
        let most = |seconds| AlarmPeriod::from_seconds(seconds).unwrap().most_periods();
        assert_eq!((most(60), most(3_540), most(3_600), most(86_400)), (1_440, 24, 168, 7));
    }

    #[test]
    fn each_setting_has_its_default() {
        let count = |number: u64| AlarmCount::try_from(number).ok();
        let topic = |name: &str| vec![CfnValue::Resource(name.to_owned())];
        let own = AlarmSettings { errors: count(5), ..AlarmSettings::default() };
        let defaults = AlarmSettings {
            errors: count(1),
            throttles: count(2),
            duration: Some(100),
            age: AlarmAge::try_from(60).ok(),
            offset_lag: count(3),
            period: Some(AlarmPeriod::DEFAULT),
            evaluation_periods: EvaluationPeriods::try_from(3).ok(),
            datapoints_to_alarm: EvaluationPeriods::try_from(2).ok(),
            to: topic("Alerts"),
            from_parameters: NumberParameters::default(),
        };
        let set = |settings: &AlarmSettings| Alarms::Set(settings.clone());
        let merged = set(&own).with_defaults(&set(&defaults));
        assert_eq!(merged, set(&AlarmSettings { errors: count(5), ..defaults.clone() }));
        assert_eq!(Alarms::None.with_defaults(&set(&defaults)), Alarms::None);
        assert_eq!(set(&own).with_defaults(&Alarms::None), set(&own));
        let other = AlarmSettings { to: topic("Other"), ..AlarmSettings::default() };
        let merged = set(&other).with_defaults(&set(&defaults));
        assert_eq!(merged.settings().unwrap().to, topic("Other"));
        assert!(!other.has_threshold() && own.has_threshold());
    }
}
