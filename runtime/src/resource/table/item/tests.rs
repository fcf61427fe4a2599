use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;

/// Reads an item that is given as the JSON of DynamoDB.
fn read<T: DeserializeOwned>(item: &Value) -> Result<T, String> {
    let item = serde_json::from_value::<Item>(item.clone()).unwrap();
    read_item(item).map_err(|error| error.to_string())
}

fn check<T: DeserializeOwned + Debug + PartialEq>(item: &Value, expected: T) {
    assert_eq!(read(item), Ok(expected), "{item}");
}

/// Bytes, and never a text.
#[derive(Debug, PartialEq)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Expected;

        impl serde::de::Visitor<'_> for Expected {
            type Value = Bytes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            // As `serde_bytes` does.
            fn visit_str<E>(self, text: &str) -> Result<Bytes, E> {
                Ok(Bytes(text.as_bytes().to_vec()))
            }
        }

        deserializer.deserialize_byte_buf(Expected)
    }
}

const LONG: &str = "12345678901234567890123456789012345678";

#[test]
fn every_type_of_value_can_be_read_as_json() {
    check(
        &json!({
            "b": { "B": "AAEC" }, "bs": { "BS": ["AAEC", "/w=="] }, "bool": { "BOOL": true },
            "l": { "L": [{ "B": "AAEC" }, { "NULL": true }, { "L": [] }] },
            "m": { "M": { "b": { "B": "" }, "n": { "N": "-1.50" } } }, "n": { "N": "3" },
            "ns": { "NS": ["1", "2.5"] }, "null": { "NULL": true }, "s": { "S": "text" },
            "ss": { "SS": ["a", "b"] }, "u": { "N": "18446744073709551615" },
        }),
        json!({
            "b": "AAEC", "bs": ["AAEC", "/w=="], "bool": true, "l": ["AAEC", null, []],
            "m": { "b": "", "n": -1.5 }, "n": 3, "ns": [1, 2.5], "null": null, "s": "text",
            "ss": ["a", "b"], "u": u64::MAX,
        }),
    );
}

#[test]
fn json_may_be_a_field_or_the_rest_of_the_fields() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct WithField {
        key: Bytes,
        data: Value,
        more: Option<Value>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct WithRest {
        id: String,
        #[serde(flatten)]
        rest: Map<String, Value>,
    }

    check(
        &json!({ "key": { "B": "AAEC" }, "data": { "BS": ["AAEC"] }, "more": { "B": "AA==" } }),
        WithField { key: Bytes(vec![0, 1, 2]), data: json!(["AAEC"]), more: Some(json!("AA==")) },
    );
    let Value::Object(rest) = json!({ "data": "AAEC", "n": 1 }) else { unreachable!() };
    check(
        &json!({ "id": { "S": "a" }, "data": { "B": "AAEC" }, "n": { "N": "1" } }),
        WithRest { id: "a".into(), rest },
    );
}

#[test]
fn a_number_that_json_cannot_hold_is_an_error_with_its_digits() {
    #[derive(Debug, Deserialize)]
    struct WithRest {
        #[serde(flatten)]
        _rest: BTreeMap<String, Value>,
    }

    let decimal = "0.12345678901234567890123456789012345678";
    for number in [LONG, decimal, "18446744073709551616.5", "-9223372036854775809"] {
        for item in [
            json!({ "n": { "N": number } }),
            json!({ "n": { "NS": ["1", number] } }),
            json!({ "n": { "M": { "deep": { "L": [{ "N": number }] } } }, "b": { "B": "AAEC" } }),
        ] {
            let error = read::<Value>(&item).unwrap_err();
            assert!(
                error.starts_with(&format!("the number `{number}` has more digits")),
                "{error}"
            );
            assert!(read::<WithRest>(&item).is_err(), "{item}");
        }
    }
}

#[test]
fn typed_numbers_are_read_as_their_types_say() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Numbers {
        whole: i128,
        unsigned: u128,
        float: f64,
        set: Vec<f64>,
    }

    check(
        &json!({
            "whole": { "N": format!("-{LONG}") }, "unsigned": { "N": LONG },
            "float": { "N": "0.12345678901234567890" }, "set": { "NS": ["1", LONG] },
        }),
        Numbers {
            whole: -12_345_678_901_234_567_890_123_456_789_012_345_678,
            unsigned: 12_345_678_901_234_567_890_123_456_789_012_345_678,
            float: 0.123_456_789_012_345_68,
            set: vec![1.0, 1.234_567_890_123_456_8e37],
        },
    );
    assert!(read::<BTreeMap<String, i128>>(&json!({ "n": { "N": "1.5" } })).is_err());
}

#[test]
fn enums_get_bytes_and_floats_in_each_form() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(tag = "type")]
    enum Tagged {
        File { data: Bytes, size: f64, owner: Option<String> },
    }

    #[derive(Debug, Deserialize, PartialEq)]
    enum External {
        Empty,
        File { data: Bytes },
        Pair(u8, u8),
        One(Value),
    }

    check(
        &json!({
            "type": { "S": "File" }, "data": { "B": "AAEC" }, "owner": { "NULL": true },
            "size": { "N": "0.1234567890123456789" },
        }),
        Tagged::File { data: Bytes(vec![0, 1, 2]), size: 0.123_456_789_012_345_68, owner: None },
    );
    check(
        &json!({
            "a": { "S": "Empty" }, "b": { "M": { "File": { "M": { "data": { "B": "AAEC" } } } } },
            "c": { "M": { "Pair": { "L": [{ "N": "1" }, { "N": "2" }] } } },
            "d": { "M": { "One": { "B": "AAEC" } } },
        }),
        BTreeMap::from([
            ("a".to_owned(), External::Empty),
            ("b".to_owned(), External::File { data: Bytes(vec![0, 1, 2]) }),
            ("c".to_owned(), External::Pair(1, 2)),
            ("d".to_owned(), External::One(json!("AAEC"))),
        ]),
    );
    assert!(read::<BTreeMap<String, External>>(&json!({ "a": { "S": "Other" } })).is_err());
    assert!(read::<BTreeMap<String, External>>(&json!({ "a": { "M": {} } })).is_err());
}

#[test]
fn keys_of_maps_may_be_numbers_and_truth_values() {
    let map = |name: &str| json!({ "m": { "M": { name: { "N": "1" } } } });
    check(&map("-5"), BTreeMap::from([("m".to_owned(), BTreeMap::from([(-5_i64, 1_u8)]))]));
    check(&map("true"), BTreeMap::from([("m".to_owned(), BTreeMap::from([(true, 1_u8)]))]));
    assert!(read::<BTreeMap<String, BTreeMap<u8, u8>>>(&map("x")).is_err());
}

#[test]
fn a_value_of_another_type_is_an_error() {
    type Texts = BTreeMap<String, String>;
    for value in [json!({ "N": "1" }), json!({ "B": "AAEC" }), json!({ "SS": ["a"] })] {
        assert!(read::<Texts>(&json!({ "a": value })).is_err(), "{value}");
    }
    assert!(read::<BTreeMap<String, Vec<u8>>>(&json!({ "a": { "S": "x" } })).is_err());
    assert!(read::<BTreeMap<String, Texts>>(&json!({ "a": { "L": [] } })).is_err());
}
