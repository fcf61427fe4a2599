//! What an invocation measured so far: takes single values, gives the lines of all of them, a set of
//! dimensions after the other.

use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde_json::{Map, Value};

use super::emf::{Metric, Set};
use super::names;
use super::names::FUNCTION;
use super::unit::{Resolution, Unit};
use crate::observability::timestamp::Timestamp;
use crate::observability::{log, settings};

/// Of a dimension's value, in characters.
const VALUE_LEN: usize = 1_024;

/// What was measured, to be added to from anywhere.
#[derive(Default)]
pub(crate) struct Store(Mutex<Gathered>);

#[derive(Default)]
struct Gathered {
    groups: Vec<Group>,
    properties: Map<String, Value>,
}

/// The metrics with one set of dimensions.
struct Group {
    dimensions: Vec<(&'static str, String)>,
    metrics: Vec<Metric>,
}

/// Names and values of dimensions as `metric!` gives them.
pub(super) type Dimensions<'a> = [(&'static str, &'a dyn Display)];

impl Store {
    /// Adds a value.
    pub(super) fn put(
        &self,
        name: &str,
        (value, unit): (f64, Unit),
        resolution: Resolution,
        dimensions: &Dimensions<'_>,
    ) {
        let mut values = Vec::with_capacity(dimensions.len());
        for (name, value) in dimensions {
            let value = printable(&value.to_string());
            // A dimension without a value is none that CloudWatch takes.
            if !value.is_empty() {
                values.push((*name, value));
            }
        }
        let mut gathered = self.lock();
        let group = gathered.group(values);
        let same =
            |it: &&mut Metric| it.name == name && it.unit == unit && it.resolution == resolution;
        match group.metrics.iter_mut().find(same) {
            Some(metric) => metric.values.push(value),
            None => group.metrics.push(Metric {
                name: name.to_owned(),
                unit,
                resolution,
                values: vec![value],
            }),
        }
    }

    /// Adds a property to the lines.
    pub(super) fn property(&self, name: String, value: Value) {
        self.lock().properties.insert(name, value);
    }

    /// Takes everything out, as lines. `more` are properties beside those that were added.
    pub(super) fn drain(
        &self,
        namespace: &str,
        function: &str,
        more: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> String {
        let Gathered { groups, mut properties } = std::mem::take(&mut *self.lock());
        if groups.is_empty() {
            return String::new();
        }
        for (name, value) in more {
            properties.entry(name).or_insert(value);
        }
        let time = SystemTime::now();
        if let Some(level) = settings::level_of_metrics() {
            properties.insert("level".to_owned(), level.into());
            properties.insert("timestamp".to_owned(), Timestamp(time).to_string().into());
        }
        let lines = groups.iter().map(|group| {
            let mut dimensions: Vec<(&str, &str)> =
                group.dimensions.iter().map(|(name, value)| (*name, value.as_str())).collect();
            if !function.is_empty() && dimensions.iter().all(|(name, _)| *name != FUNCTION) {
                dimensions.insert(0, (FUNCTION, function));
            }
            let properties = &properties;
            Set { namespace, time, dimensions, metrics: &group.metrics, properties }.lines()
        });
        lines.collect()
    }

    fn lock(&self) -> MutexGuard<'_, Gathered> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Gathered {
    fn group(&mut self, dimensions: Vec<(&'static str, String)>) -> &mut Group {
        let place = self.groups.iter().position(|group| group.dimensions == dimensions);
        let place = place.unwrap_or_else(|| {
            self.groups.push(Group { dimensions, metrics: Vec::new() });
            self.groups.len() - 1
        });
        &mut self.groups[place]
    }
}

/// Whether CloudWatch would take the metric; otherwise a line of the log says why it does not get it.
pub(super) fn is_sound(name: &str, value: f64, dimensions: &Dimensions<'_>) -> bool {
    // 2 to the power of 360: "`MetricDatum`" of the Amazon CloudWatch API Reference.
    const LARGEST: f64 = 2.348_542_582_773_833e108;
    let names: Vec<&str> = dimensions.iter().map(|(name, _)| *name).collect();
    let wrong = names::wrong(name, &names);
    let wrong = wrong.or_else(|| {
        (!value.is_finite() || value.abs() > LARGEST).then_some("CloudWatch takes no such number")
    });
    match wrong {
        Some(wrong) => {
            log::warning(format_args!("the metric `{name}` of {value} is left out: {wrong}"));
            false
        }
        None => true,
    }
}

/// What a dimension's value can hold: printable ASCII, and not without end.
fn printable(value: &str) -> String {
    let value = value.trim().chars().take(VALUE_LEN);
    value.map(|it| if it.is_ascii_graphic() || it == ' ' { it } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn lines(store: &Store) -> Vec<Value> {
        let lines = store.drain("shop", "shop-submit", [("requestId", json!("request-1"))]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn put(store: &Store, name: &str, value: f64, dimensions: &Dimensions<'_>) {
        store.put(name, (value, Unit::Count), Resolution::Standard, dimensions);
    }

    #[test]
    fn values_of_one_metric_are_gathered_and_dimensions_kept_apart() {
        let store = Store::default();
        put(&store, "Orders", 1.0, &[("shop", &"a")]);
        put(&store, "Orders", 2.0, &[("shop", &"b")]);
        put(&store, "Orders", 3.0, &[("shop", &"a")]);
        put(&store, "Items", 9.0, &[("shop", &"a")]);
        let lines = lines(&store);
        assert_eq!(lines.len(), 2);
        assert_eq!((&lines[0]["Orders"], &lines[0]["Items"]), (&json!([1, 3]), &json!(9)));
        assert_eq!((&lines[0]["shop"], &lines[1]["shop"]), (&json!("a"), &json!("b")));
        assert_eq!(lines[1]["Orders"], 2);
        assert!(lines.iter().all(|line| line["FunctionName"] == "shop-submit"));
        assert!(lines.iter().all(|line| line["requestId"] == "request-1"));
    }

    #[test]
    fn what_was_drained_does_not_come_again() {
        let store = Store::default();
        put(&store, "Orders", 1.0, &[]);
        store.property("order".into(), json!(7));
        assert_eq!(lines(&store)[0]["order"], 7);
        put(&store, "Orders", 2.0, &[]);
        let second = lines(&store);
        assert_eq!((&second[0]["Orders"], &second[0]["order"]), (&json!(2), &Value::Null));
        assert!(lines(&store).is_empty());
    }

    #[test]
    fn a_function_name_of_the_users_own_counts() {
        let store = Store::default();
        put(&store, "Orders", 1.0, &[(FUNCTION, &"all")]);
        let lines = lines(&store);
        assert_eq!(lines[0]["FunctionName"], "all");
        let dimensions = &lines[0]["_aws"]["CloudWatchMetrics"][0]["Dimensions"];
        assert_eq!(*dimensions, json!([["FunctionName"]]));
    }

    #[test]
    fn values_of_dimensions_are_made_such_that_cloudwatch_takes_them() {
        let store = Store::default();
        let long = "x".repeat(2_000);
        put(&store, "Orders", 1.0, &[("city", &"Köln\n"), ("empty", &" "), ("long", &long)]);
        let lines = lines(&store);
        assert_eq!(lines[0]["city"], "K?ln");
        assert_eq!(lines[0]["empty"], Value::Null);
        assert_eq!(lines[0]["long"].as_str().unwrap().len(), VALUE_LEN);
    }

    #[test]
    fn what_cloudwatch_would_drop_is_left_out() {
        assert!(is_sound("Orders", 1.0, &[("shop", &"a")]));
        for value in [f64::NAN, f64::INFINITY, f64::MAX, -f64::MAX] {
            assert!(!is_sound("Orders", value, &[]), "{value}");
        }
        assert!(!is_sound("", 1.0, &[]));
        assert!(!is_sound("Orders", 1.0, &[("Orders", &"a")]));
    }
}
