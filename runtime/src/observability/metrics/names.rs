//! The names of metrics and their dimensions: what `CloudWatch` would drop without a word. Names that
//! stand in the source are checked when it is compiled. See "Specification: Embedded metric format" of
//! the Amazon `CloudWatch` User Guide, and "`MetricDatum`" and "`Dimension`" of its API Reference.

/// Of a metric.
const METRIC_LEN: usize = 255;

/// Of a dimension, a key of the embedded metric format.
const DIMENSION_LEN: usize = 250;

/// In one set, the function's name among them.
const DIMENSIONS: usize = 30;

/// The dimension that every metric has: the function's name.
pub(super) const FUNCTION: &str = "FunctionName";

/// What is wrong with the name of a metric, and the names of its dimensions.
pub(super) const fn wrong(metric: &str, dimensions: &[&str]) -> Option<&'static str> {
    if let Some(wrong) = wrong_name(metric, METRIC_LEN) {
        return Some(wrong);
    }
    let mut index = 0;
    let mut own = 1;
    while index < dimensions.len() {
        let name = dimensions[index];
        if let Some(wrong) = wrong_name(name, DIMENSION_LEN) {
            return Some(wrong);
        }
        if same(name, metric) {
            return Some("a dimension has the same name as the metric");
        }
        if same(name, FUNCTION) {
            own = 0;
        }
        let mut before = 0;
        while before < index {
            if same(name, dimensions[before]) {
                return Some("a dimension stands there twice");
            }
            before += 1;
        }
        index += 1;
    }
    if same(metric, FUNCTION) {
        return Some("`FunctionName` is a dimension of every metric");
    }
    if dimensions.len() + own > DIMENSIONS {
        return Some("CloudWatch takes 30 dimensions, `FunctionName` among them");
    }
    None
}

const fn wrong_name(name: &str, most: usize) -> Option<&'static str> {
    let bytes = name.as_bytes();
    if bytes.is_empty() {
        return Some("the name is empty");
    }
    if bytes.len() > most {
        return Some(
            "the name is too long: CloudWatch takes 255 characters for a metric, 250 for a dimension",
        );
    }
    if bytes[0] == b':' {
        return Some("the name begins with `:`");
    }
    if same(name, "_aws") {
        return Some("`_aws` is a key of the embedded metric format");
    }
    let (mut index, mut blank) = (0, true);
    while index < bytes.len() {
        if !bytes[index].is_ascii_graphic() && bytes[index] != b' ' {
            return Some("the name has a character that is not printable ASCII");
        }
        blank = blank && bytes[index] == b' ';
        index += 1;
    }
    if blank { Some("the name is empty") } else { None }
}

const fn same(one: &str, other: &str) -> bool {
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
    fn names_that_cloudwatch_takes_pass() {
        for name in ["OrdersPlaced", "orders placed", "a", &"x".repeat(255), "50%/s"] {
            assert_eq!(wrong(name, &["service", "stage"]), None, "{name}");
        }
        let many: Vec<String> = (0..29).map(|n| format!("d{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(wrong("a", &many), None);
    }

    #[test]
    fn names_that_cloudwatch_drops_are_wrong() {
        for name in ["", " ", ":a", "_aws", "größe", "a\nb", &"x".repeat(256), FUNCTION] {
            assert!(wrong(name, &[]).is_some(), "{name}");
        }
        for name in ["", ":a", "_aws", "Ä", &"x".repeat(251), "Metric"] {
            assert!(wrong("Metric", &[name]).is_some(), "{name}");
        }
        assert!(wrong("Metric", &["a", "b", "a"]).is_some());
    }

    #[test]
    fn the_functions_own_dimension_counts_unless_it_is_said() {
        let mut many: Vec<String> = (0..30).map(|n| format!("d{n}")).collect();
        let wrong_of = |names: &[String]| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            wrong("a", &names)
        };
        assert!(wrong_of(&many).is_some());
        many[0] = FUNCTION.to_owned();
        assert_eq!(wrong_of(&many), None);
    }
}
