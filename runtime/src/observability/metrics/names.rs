//! Checks the names of metrics and dimensions, since `CloudWatch` silently drops a metric with an invalid name. Literal
//! names are checked at compile time. See "Specification: Embedded metric format" of the Amazon `CloudWatch` User Guide,
//! and "`MetricDatum`" and "`Dimension`" of its API Reference.

use crate::messages::observability as messages;

/// The most bytes of a metric's name.
const MAX_METRIC_NAME: usize = 255;

/// The most bytes of a dimension's name, which is a key of the embedded metric format.
const MAX_DIMENSION_NAME: usize = 250;

/// The most dimensions of a metric, including the function's name.
const MAX_DIMENSIONS: usize = 30;

/// The name of the dimension that every metric has. Its value is the function's name.
pub(super) const FUNCTION_DIMENSION: &str = "FunctionName";

/// Returns the text of the first problem with the name of a metric or the names of its dimensions, or `None` if
/// `CloudWatch` accepts all of them.
pub(super) const fn find_problem(metric: &str, dimensions: &[&str]) -> Option<&'static str> {
    if let Some(problem) = find_name_problem(metric, MAX_METRIC_NAME) {
        return Some(problem);
    }
    let mut index = 0;
    let mut function_dimension = 1;
    while index < dimensions.len() {
        let name = dimensions[index];
        if let Some(problem) = find_name_problem(name, MAX_DIMENSION_NAME) {
            return Some(problem);
        }
        if is_same_name(name, metric) {
            return Some(messages::dimension_with_name_of_metric());
        }
        if is_same_name(name, FUNCTION_DIMENSION) {
            function_dimension = 0;
        }
        let mut before = 0;
        while before < index {
            if is_same_name(name, dimensions[before]) {
                return Some(messages::dimension_given_twice());
            }
            before += 1;
        }
        index += 1;
    }
    if is_same_name(metric, FUNCTION_DIMENSION) {
        return Some(messages::function_name_is_a_dimension());
    }
    if dimensions.len() + function_dimension > MAX_DIMENSIONS {
        return Some(messages::too_many_dimensions());
    }
    None
}

/// Returns the text of the first problem with the name of a metric or of a dimension, or `None` if `CloudWatch`
/// accepts the name.
const fn find_name_problem(name: &str, max_bytes: usize) -> Option<&'static str> {
    let bytes = name.as_bytes();
    if bytes.is_empty() {
        return Some(messages::metric_name_empty());
    }
    if bytes.len() > max_bytes {
        return Some(messages::metric_name_too_long());
    }
    if bytes[0] == b':' {
        return Some(messages::metric_name_begins_with_colon());
    }
    if is_same_name(name, "_aws") {
        return Some(messages::metric_name_reserved());
    }
    let (mut index, mut blank) = (0, true);
    while index < bytes.len() {
        if !bytes[index].is_ascii_graphic() && bytes[index] != b' ' {
            return Some(messages::metric_name_not_ascii());
        }
        blank = blank && bytes[index] == b' ';
        index += 1;
    }
    if blank { Some(messages::metric_name_empty()) } else { None }
}

const fn is_same_name(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_names_have_no_problem() {
        for name in ["OrdersPlaced", "orders placed", "a", &"x".repeat(255), "50%/s"] {
            assert_eq!(find_problem(name, &["service", "stage"]), None, "{name}");
        }
        let many: Vec<String> = (0..29).map(|n| format!("d{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(find_problem("a", &many), None);
    }

    #[test]
    fn names_that_cloudwatch_drops_have_a_problem() {
        for name in ["", " ", ":a", "_aws", "größe", "a\nb", &"x".repeat(256), FUNCTION_DIMENSION]
        {
            assert!(find_problem(name, &[]).is_some(), "{name}");
        }
        for name in ["", ":a", "_aws", "Ä", &"x".repeat(251), "Metric"] {
            assert!(find_problem("Metric", &[name]).is_some(), "{name}");
        }
        assert!(find_problem("Metric", &["a", "b", "a"]).is_some());
    }

    #[test]
    fn the_function_dimension_counts_only_once() {
        let mut many: Vec<String> = (0..30).map(|n| format!("d{n}")).collect();
        let problem_of = |names: &[String]| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            find_problem("a", &names)
        };
        assert!(problem_of(&many).is_some());
        many[0] = FUNCTION_DIMENSION.to_owned();
        assert_eq!(problem_of(&many), None);
    }
}
