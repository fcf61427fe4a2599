//! [`MetricStore`]: the values of metrics that an invocation has recorded so far. It takes single values, and formats
//! all of them as log lines, one set of dimensions after another.

use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde_json::{Map, Value};

use super::emf::{MetricSet, MetricValues};
use super::names;
use super::names::FUNCTION_DIMENSION;
use super::unit::{Resolution, Unit};
use crate::messages;
use crate::observability::timestamp::Timestamp;
use crate::observability::{log, log_format};

/// The most characters that the value of a metric's dimension may have.
const MAX_DIMENSION_VALUE: usize = 1_024;

/// The recorded values of the metrics of an invocation, and its properties. The tasks of the invocation share one
/// store.
#[derive(Default)]
pub(crate) struct MetricStore(Mutex<StoredMetrics>);

#[derive(Default)]
struct StoredMetrics {
    groups: Vec<MetricGroup>,
    properties: Map<String, Value>,
}

/// The recorded metrics that have the same dimensions.
struct MetricGroup {
    dimensions: Vec<(&'static str, String)>,
    metrics: Vec<MetricValues>,
}

/// The names and values of the dimensions of one metric, as `metric!` passes them.
pub(super) type Dimensions<'a> = [(&'static str, &'a dyn Display)];

impl MetricStore {
    /// Adds a value of a metric to the store. A dimension with an empty value is left out.
    pub(super) fn add(
        &self,
        name: &str,
        (value, unit): (f64, Unit),
        resolution: Resolution,
        dimensions: &Dimensions<'_>,
    ) {
        let mut values = Vec::with_capacity(dimensions.len());
        for (name, value) in dimensions {
            let value = to_dimension_value(&value.to_string());
            // CloudWatch does not accept a dimension without a value.
            if !value.is_empty() {
                values.push((*name, value));
            }
        }
        let mut stored = self.lock_metrics();
        let group = stored.find_or_add_group(values);
        let same = |it: &&mut MetricValues| {
            it.name == name && it.unit == unit && it.resolution == resolution
        };
        match group.metrics.iter_mut().find(same) {
            Some(metric) => metric.values.push(value),
            None => group.metrics.push(MetricValues {
                name: name.to_owned(),
                unit,
                resolution,
                values: vec![value],
            }),
        }
    }

    /// Sets a property of the log lines that are written for this store. It replaces a property with the same name.
    pub(super) fn set_property(&self, name: String, value: Value) {
        self.lock_metrics().properties.insert(name, value);
    }

    /// Removes all values and properties from the store and returns them as log lines; an empty text if there are no
    /// values. `more` are further properties of the lines; a property of the store with the same name takes
    /// precedence.
    pub(super) fn take_lines(
        &self,
        namespace: &str,
        function: &str,
        more: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> String {
        let StoredMetrics { groups, mut properties } = std::mem::take(&mut *self.lock_metrics());
        if groups.is_empty() {
            return String::new();
        }
        for (name, value) in more {
            properties.entry(name).or_insert(value);
        }
        let time = SystemTime::now();
        if let Some(level) = log_format::metrics_log_level() {
            properties.insert("level".to_owned(), level.into());
            properties.insert("timestamp".to_owned(), Timestamp(time).to_string().into());
        }
        let lines = groups.iter().map(|group| {
            let mut dimensions: Vec<(&str, &str)> =
                group.dimensions.iter().map(|(name, value)| (*name, value.as_str())).collect();
            if !function.is_empty()
                && dimensions.iter().all(|(name, _)| *name != FUNCTION_DIMENSION)
            {
                dimensions.insert(0, (FUNCTION_DIMENSION, function));
            }
            let properties = &properties;
            MetricSet { namespace, time, dimensions, metrics: &group.metrics, properties }
                .format_lines()
        });
        lines.collect()
    }

    fn lock_metrics(&self) -> MutexGuard<'_, StoredMetrics> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoredMetrics {
    /// Returns the group of the metrics with these dimensions. Adds an empty group if no group has them.
    fn find_or_add_group(&mut self, dimensions: Vec<(&'static str, String)>) -> &mut MetricGroup {
        let position = self.groups.iter().position(|group| group.dimensions == dimensions);
        let position = position.unwrap_or_else(|| {
            self.groups.push(MetricGroup { dimensions, metrics: Vec::new() });
            self.groups.len() - 1
        });
        &mut self.groups[position]
    }
}

/// Returns whether CloudWatch accepts the names and the value of a metric. If it does not, logs why the metric is
/// left out.
pub(super) fn is_accepted(name: &str, value: f64, dimensions: &Dimensions<'_>) -> bool {
    // 2 to the power of 360: "`MetricDatum`" of the Amazon CloudWatch API Reference.
    const MAX_VALUE: f64 = 2.348_542_582_773_833e108;
    let names: Vec<&str> = dimensions.iter().map(|(name, _)| *name).collect();
    let problem = names::find_problem(name, &names);
    let problem = problem.or_else(|| {
        (!value.is_finite() || value.abs() > MAX_VALUE)
            .then(messages::observability::metric_value_out_of_range)
    });
    match problem {
        Some(problem) => {
            log::warning(messages::observability::metric_left_out(name, value, problem));
            false
        }
        None => true,
    }
}

/// Converts a text to a valid value of a dimension: replaces each character that is not printable ASCII by `?`, and
/// truncates the value to the limit of CloudWatch. White space at both ends is removed.
fn to_dimension_value(value: &str) -> String {
    let value = value.trim().chars().take(MAX_DIMENSION_VALUE);
    value.map(|it| if it.is_ascii_graphic() || it == ' ' { it } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(store: &MetricStore) -> Vec<Value> {
        let lines = store.take_lines("shop", "shop-submit", [("requestId", json!("request-1"))]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn add(store: &MetricStore, name: &str, value: f64, dimensions: &Dimensions<'_>) {
        store.add(name, (value, Unit::Count), Resolution::Standard, dimensions);
    }

    #[test]
    fn values_of_a_metric_are_collected_by_dimensions() {
        let store = MetricStore::default();
        add(&store, "Orders", 1.0, &[("shop", &"a")]);
        add(&store, "Orders", 2.0, &[("shop", &"b")]);
        add(&store, "Orders", 3.0, &[("shop", &"a")]);
        add(&store, "Items", 9.0, &[("shop", &"a")]);
        let lines = lines(&store);
        assert_eq!(lines.len(), 2);
        assert_eq!((&lines[0]["Orders"], &lines[0]["Items"]), (&json!([1, 3]), &json!(9)));
        assert_eq!((&lines[0]["shop"], &lines[1]["shop"]), (&json!("a"), &json!("b")));
        assert_eq!(lines[1]["Orders"], 2);
        assert!(lines.iter().all(|line| line["FunctionName"] == "shop-submit"));
        assert!(lines.iter().all(|line| line["requestId"] == "request-1"));
    }

    #[test]
    fn taken_values_are_not_written_again() {
        let store = MetricStore::default();
        add(&store, "Orders", 1.0, &[]);
        store.set_property("order".into(), json!(7));
        assert_eq!(lines(&store)[0]["order"], 7);
        add(&store, "Orders", 2.0, &[]);
        let second = lines(&store);
        assert_eq!((&second[0]["Orders"], &second[0]["order"]), (&json!(2), &Value::Null));
        assert!(lines(&store).is_empty());
    }

    #[test]
    fn a_function_dimension_of_the_user_takes_precedence() {
        let store = MetricStore::default();
        add(&store, "Orders", 1.0, &[(FUNCTION_DIMENSION, &"all")]);
        let lines = lines(&store);
        assert_eq!(lines[0]["FunctionName"], "all");
        let dimensions = &lines[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"];
        assert_eq!(*dimensions, json!([["FunctionName"]]));
    }

    #[test]
    fn values_of_dimensions_are_changed_to_what_cloudwatch_accepts() {
        let store = MetricStore::default();
        let long = "x".repeat(2_000);
        add(&store, "Orders", 1.0, &[("city", &"Köln\n"), ("empty", &" "), ("long", &long)]);
        let lines = lines(&store);
        assert_eq!(lines[0]["city"], "K?ln");
        assert_eq!(lines[0]["empty"], Value::Null);
        assert_eq!(lines[0]["long"].as_str().unwrap().len(), MAX_DIMENSION_VALUE);
    }

    #[test]
    fn metrics_that_cloudwatch_would_drop_are_left_out() {
        assert!(is_accepted("Orders", 1.0, &[("shop", &"a")]));
        for value in [f64::NAN, f64::INFINITY, f64::MAX, -f64::MAX] {
            assert!(!is_accepted("Orders", value, &[]), "{value}");
        }
        assert!(!is_accepted("", 1.0, &[]));
        assert!(!is_accepted("Orders", 1.0, &[("Orders", &"a")]));
    }
}
