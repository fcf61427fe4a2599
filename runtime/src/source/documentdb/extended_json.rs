//! MongoDB's extended JSON, in which a value of a type that JSON lacks is an object with one or two keys such as `$oid`.
//! Takes a value and returns plain JSON, which types of the user decode as usual.
// See decision 0121.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Number, Value};

use crate::observability::timestamp::Timestamp;

/// The first millisecond of the year 10000, after which RFC 3339 has no form for a time.
const YEAR_10000: u64 = 253_402_300_800_000;

/// Converts a value to plain JSON:
///
/// - `$numberInt`, `$numberLong` and `$numberDouble` are numbers. Infinite numbers and `NaN` stay texts.
/// - `$oid`, `$uuid`, `$symbol`, `$code` and `$numberDecimal` are texts.
/// - `$date` is a text, as RFC 3339. A time before 1970 or after the year 9999 is its number of milliseconds.
/// - `$binary` is a text, as base64.
/// - `$undefined` is null.
///
/// Other values keep their form, such as `$timestamp`, `$regularExpression` and `$minKey`.
pub(super) fn to_plain(value: Value) -> Value {
    match value {
        Value::Array(values) => Value::Array(values.into_iter().map(to_plain).collect()),
        Value::Object(object) => match read_scalar(&object) {
            Some(plain) => plain,
            None => {
                Value::Object(object.into_iter().map(|(key, it)| (key, to_plain(it))).collect())
            }
        },
        other => other,
    }
}

/// Reads an object that is a value of another type. Returns `None` if it is an ordinary object.
fn read_scalar(object: &Map<String, Value>) -> Option<Value> {
    let (key, value) = object.iter().next().filter(|_| object.len() == 1)?;
    match (key.as_str(), value) {
        ("$oid" | "$uuid" | "$symbol" | "$code" | "$numberDecimal", Value::String(_)) => {
            Some(value.clone())
        }
        ("$numberInt" | "$numberLong", Value::String(text)) => {
            text.parse::<i64>().ok().map(Value::from)
        }
        ("$numberDouble", Value::String(text)) => {
            let number = text.parse().ok().and_then(Number::from_f64);
            Some(number.map_or_else(|| value.clone(), Value::Number))
        }
        ("$date", Value::String(_)) => Some(value.clone()),
        ("$date", Value::Number(number)) => number.as_i64().map(read_date),
        ("$date", Value::Object(inner)) => read_scalar(inner)?.as_i64().map(read_date),
        ("$binary", Value::Object(inner)) => {
            inner.get("base64").filter(|it| it.is_string()).cloned()
        }
        ("$undefined", Value::Bool(true)) => Some(Value::Null),
        _ => None,
    }
}

/// Converts milliseconds since 1970 to a text, as RFC 3339.
fn read_date(milliseconds: i64) -> Value {
    let Some(since) = u64::try_from(milliseconds).ok().filter(|it| *it < YEAR_10000) else {
        return Value::from(milliseconds);
    };
    Value::String(Timestamp(SystemTime::UNIX_EPOCH + Duration::from_millis(since)).to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_of_other_types_are_plain_json() {
        let id = "63eeb6e7d418cd98afb1c1d7";
        for (extended, plain) in [
            (json!({ "$oid": id }), json!(id)),
            (json!({ "$numberInt": "-7" }), json!(-7)),
            (json!({ "$numberLong": "9007199254740993" }), json!(9_007_199_254_740_993_i64)),
            (json!({ "$numberDouble": "1.5" }), json!(1.5)),
            (json!({ "$numberDouble": "Infinity" }), json!("Infinity")),
            (json!({ "$numberDecimal": "0.10" }), json!("0.10")),
            (json!({ "$date": "2023-02-16T23:06:15Z" }), json!("2023-02-16T23:06:15Z")),
            (json!({ "$date": 1_676_588_775_123_i64 }), json!("2023-02-16T23:06:15.123Z")),
            (
                json!({ "$date": { "$numberLong": "1676588775123" } }),
                json!("2023-02-16T23:06:15.123Z"),
            ),
            (json!({ "$date": { "$numberLong": "-1" } }), json!(-1)),
            (json!({ "$date": 253_402_300_800_000_i64 }), json!(253_402_300_800_000_i64)),
            (json!({ "$binary": { "base64": "AQI=", "subType": "00" } }), json!("AQI=")),
            (json!({ "$undefined": true }), json!(null)),
            (json!([{ "a": { "$oid": id } }]), json!([{ "a": id }])),
        ] {
            assert_eq!(to_plain(extended.clone()), plain, "{extended}");
        }
    }

    #[test]
    fn other_objects_keep_their_form() {
        for value in [
            json!({ "$timestamp": { "t": 1, "i": 2 } }),
            json!({ "$minKey": 1 }),
            json!({ "$oid": 7 }),
            json!({ "$numberLong": "many" }),
            json!({ "$numberInt": "1", "b": 2 }),
            json!({ "$date": { "a": 1 } }),
            json!({ "$binary": {} }),
            json!({}),
        ] {
            assert_eq!(to_plain(value.clone()), value);
        }
    }
}
