//! Formats metrics in `CloudWatch`'s embedded metric format. Takes metrics with the same dimensions, and gives the
//! log lines from which `CloudWatch` extracts the metrics. Mirrors "Specification: Embedded metric format" of the
//! Amazon `CloudWatch` User Guide, with its limits.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::unit::{Resolution, Unit};

/// The most metrics that one log line in the embedded metric format may have.
const MAX_METRICS: usize = 100;

/// The most values that one metric may have in one log line.
const MAX_METRIC_VALUES: usize = 100;

/// The most values of all metrics together in one log line, so that the line stays well below the limit of a log
/// event, 256 KiB. The metric that reaches this number may go beyond it.
const MAX_LINE_VALUES: usize = 2_000;

/// A metric with its unit, its resolution and the values that were recorded.
#[derive(Clone, Debug)]
pub(crate) struct MetricValues {
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) resolution: Resolution,
    pub(crate) values: Vec<f64>,
}

/// Metrics with the same dimensions, to be written as log lines in the embedded metric format.
pub(crate) struct MetricSet<'a> {
    pub(crate) namespace: &'a str,
    pub(crate) time: SystemTime,
    /// The names and values of the dimensions that all metrics of the set have.
    pub(crate) dimensions: Vec<(&'a str, &'a str)>,
    pub(crate) metrics: &'a [MetricValues],
    /// Further members of the log lines, by which the lines can be found. These members are not part of the metrics.
    pub(crate) properties: &'a Map<String, Value>,
}

impl MetricSet<'_> {
    /// Formats the metrics of the set as log lines, each with a line break at its end: as few lines as the limits of
    /// CloudWatch allow.
    pub(crate) fn format_lines(&self) -> String {
        let mut lines = String::new();
        let mut left: Vec<(&MetricValues, &[f64])> =
            self.metrics.iter().map(|metric| (metric, metric.values.as_slice())).collect();
        while !left.is_empty() {
            let mut line = Vec::new();
            let mut values = 0;
            left = left
                .into_iter()
                .filter_map(|(metric, rest)| {
                    // A line can have a name only once, whatever the unit.
                    let fits = line.len() < MAX_METRICS
                        && values < MAX_LINE_VALUES
                        && line
                            .iter()
                            .all(|(known, _): &(&MetricValues, _)| known.name != metric.name);
                    if !fits {
                        return Some((metric, rest));
                    }
                    let (now, later) = rest.split_at(rest.len().min(MAX_METRIC_VALUES));
                    values += now.len();
                    line.push((metric, now));
                    (!later.is_empty()).then_some((metric, later))
                })
                .collect();
            lines.push_str(&self.format_line(&line));
            lines.push('\n');
        }
        lines
    }

    fn format_line(&self, metrics: &[(&MetricValues, &[f64])]) -> String {
        let definitions: Vec<Value> =
            metrics.iter().map(|(metric, _)| define_metric(metric)).collect();
        let names: Vec<&str> = self.dimensions.iter().map(|(name, _)| *name).collect();
        let milliseconds = self.time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let metadata = json!({
            "Timestamp": u64::try_from(milliseconds).unwrap_or_default(),
            "CloudWatchMetrics": [{
                "Namespace": self.namespace,
                "Dimensions": [names],
                "Metrics": definitions,
            }],
        });
        let mut line = format!("{{\"_aws\":{metadata}");
        let mut member = |name: &str, value: Value| {
            line.extend([",", &Value::from(name).to_string(), ":", &value.to_string()]);
        };
        for (name, value) in &self.dimensions {
            member(name, Value::from(*value));
        }
        for (metric, values) in metrics {
            let value = match values {
                [one] => convert_number_to_json(*one),
                many => many.iter().copied().map(convert_number_to_json).collect(),
            };
            member(&metric.name, value);
        }
        let is_taken = |name: &str| {
            names.contains(&name) || metrics.iter().any(|(metric, _)| metric.name == name)
        };
        for (name, value) in self.properties.iter().filter(|(name, _)| !is_taken(name)) {
            member(name, value.clone());
        }
        line.push('}');
        line
    }
}

/// Returns the definition of a metric in the embedded metric format: its name, its unit and its resolution.
fn define_metric(metric: &MetricValues) -> Value {
    let mut definition = json!({ "Name": metric.name, "Unit": metric.unit.as_str() });
    if metric.resolution != Resolution::Standard {
        definition["StorageResolution"] = metric.resolution.seconds().into();
    }
    definition
}

/// Converts the value of a metric to JSON. A whole number has no fraction (`2`, not `2.0`), which is shorter.
#[allow(clippy::cast_possible_truncation)]
fn convert_number_to_json(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT { (value as i64).into() } else { value.into() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn metric(name: &str, values: &[f64]) -> MetricValues {
        MetricValues {
            name: name.to_owned(),
            unit: Unit::Count,
            resolution: Resolution::Standard,
            values: values.to_vec(),
        }
    }

    fn lines_of(metrics: &[MetricValues], properties: &Map<String, Value>) -> Vec<Value> {
        let set = MetricSet {
            namespace: "shop",
            time: UNIX_EPOCH + Duration::from_millis(1_574_109_732_004),
            dimensions: vec![("FunctionName", "shop-submit"), ("service", "web")],
            metrics,
            properties,
        };
        set.format_lines().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_has_the_members_of_the_specification() {
        let mut high = metric("Latency", &[1.5, 2.0]);
        (high.unit, high.resolution) = (Unit::Milliseconds, Resolution::High);
        let properties = [("requestId".to_owned(), json!("request-1"))].into_iter().collect();
        let expected = json!({
            "_aws": {
                "Timestamp": 1_574_109_732_004_u64,
                "CloudWatchMetrics": [{
                    "Namespace": "shop",
                    "Dimensions": [["FunctionName", "service"]],
                    "Metrics": [
                        { "Name": "OrdersPlaced", "Unit": "Count" },
                        { "Name": "Latency", "Unit": "Milliseconds", "StorageResolution": 1 },
                    ],
                }],
            },
            "FunctionName": "shop-submit",
            "service": "web",
            "OrdersPlaced": 1,
            "Latency": [1.5, 2],
            "requestId": "request-1",
        });
        assert_eq!(lines_of(&[metric("OrdersPlaced", &[1.0]), high], &properties), [expected]);
    }

    #[test]
    fn a_line_has_no_more_metrics_and_values_than_allowed() {
        let many: Vec<MetricValues> = (0..250).map(|n| metric(&format!("m{n}"), &[1.0])).collect();
        let definitions = |line: &Value| {
            line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array().unwrap().len()
        };
        let lines = lines_of(&many, &Map::new());
        assert_eq!(lines.iter().map(definitions).collect::<Vec<_>>(), [100, 100, 50]);

        let values: Vec<f64> = (0..201).map(f64::from).collect();
        let lines = lines_of(&[metric("a", &values), metric("b", &[7.0])], &Map::new());
        assert_eq!(lines.iter().map(definitions).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(lines[0]["a"].as_array().unwrap().len(), 100);
        assert_eq!((&lines[0]["b"], &lines[2]["a"]), (&json!(7), &json!(200)));
    }

    #[test]
    fn a_line_stays_below_the_limit_of_a_log_event() {
        let values: Vec<f64> = (0..100).map(|n| f64::from(n) / 3.0).collect();
        let name = |n| format!("{n:03}{}", "x".repeat(252));
        let many: Vec<MetricValues> = (0..100).map(|n| metric(&name(n), &values)).collect();
        let lines = lines_of(&many, &Map::new());
        assert!(lines.iter().all(|line| line.to_string().len() < 200_000));
        let sent: usize = lines
            .iter()
            .flat_map(|line| line.as_object().unwrap().values())
            .filter_map(|value| value.as_array().map(Vec::len))
            .sum();
        assert_eq!(sent, 100 * 100);
    }

    #[test]
    fn one_name_with_two_units_has_two_lines() {
        let mut bytes = metric("Size", &[5.0]);
        bytes.unit = Unit::Bytes;
        let lines = lines_of(&[metric("Size", &[1.0]), bytes], &Map::new());
        assert_eq!((&lines[0]["Size"], &lines[1]["Size"]), (&json!(1), &json!(5)));
    }

    #[test]
    fn a_property_does_not_replace_a_metric() {
        let properties = [("OrdersPlaced".to_owned(), json!("many"))].into_iter().collect();
        let lines = lines_of(&[metric("OrdersPlaced", &[1.0])], &properties);
        assert_eq!(lines[0]["OrdersPlaced"], 1);
    }
}
