//! What a key is looked up in: an event's JSON, or a request's with the body's JSON in it. Takes a path,
//! gives what is there.

use serde_json::Value;

use super::entry::{JsonPath, Step};

/// The field of a request whose own fields have names in any case.
const HEADERS: &str = "headers";

/// An event or a request.
pub(crate) struct Document {
    value: Value,
    is_request: bool,
}

impl Document {
    /// An event, or what is in a record of one. What is not JSON is a text.
    pub(crate) fn event(raw: &[u8]) -> Self {
        Self { value: json_or_text(raw), is_request: false }
    }

    /// A request as API Gateway has it, its body decoded.
    #[cfg(feature = "http")]
    pub(crate) fn request(value: Value) -> Self {
        Self { value, is_request: true }
    }

    /// What is at this place; nothing where there is null.
    pub(super) fn at(&self, path: &JsonPath) -> Option<&Value> {
        let mut value = &self.value;
        for (depth, step) in path.steps.iter().enumerate() {
            let in_headers = self.is_request
                && depth == 1
                && matches!(path.steps.first(), Some(Step::Name(name)) if *name == HEADERS);
            value = match (step, value) {
                (Step::Name(name), Value::Object(fields)) if in_headers => {
                    fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?.1
                }
                (Step::Name(name), Value::Object(fields)) => fields.get(*name)?,
                (Step::Index(index), Value::Array(items)) => {
                    items.get(usize::try_from(*index).ok()?)?
                }
                _ => return None,
            };
        }
        Some(value).filter(|value| !value.is_null())
    }
}

/// JSON, or the text that is there instead.
pub(crate) fn json_or_text(raw: &[u8]) -> Value {
    serde_json::from_slice(raw)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(raw).into_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const fn path(steps: &'static [Step]) -> JsonPath {
        JsonPath { text: "", steps }
    }

    #[test]
    fn a_path_leads_through_objects_and_lists() {
        let document = Document::event(br#"{"lines":[{"id":7},{"id":null}],"Id":1}"#);
        let at = |steps| document.at(&path(steps)).cloned();
        assert_eq!(at(&[Step::Name("lines"), Step::Index(0), Step::Name("id")]), Some(json!(7)));
        assert_eq!(at(&[]).unwrap()["Id"], 1);
        let nowhere: [&'static [Step]; 6] = [
            &[Step::Name("lines"), Step::Index(1), Step::Name("id")],
            &[Step::Name("lines"), Step::Index(2)],
            &[Step::Name("lines"), Step::Name("0")],
            &[Step::Index(0)],
            &[Step::Name("id")],
            &[Step::Name("Id"), Step::Name("deeper")],
        ];
        assert!(nowhere.into_iter().all(|steps| at(steps).is_none()));
    }

    #[test]
    fn what_is_no_json_is_a_text_and_has_no_fields() {
        let document = Document::event(b"plain words");
        assert_eq!(document.at(&path(&[])), Some(&json!("plain words")));
        assert_eq!(document.at(&path(&[Step::Name("plain")])), None);
        assert_eq!(Document::event(b"null").at(&path(&[])), None);
    }

    #[test]
    #[cfg(feature = "http")]
    fn only_the_headers_of_a_request_have_names_in_any_case() {
        const KEY: JsonPath = path(&[Step::Name("headers"), Step::Name("idempotency-KEY")]);
        const ID: JsonPath = path(&[Step::Name("body"), Step::Name("id")]);
        let value = json!({ "headers": { "Idempotency-Key": "k" }, "body": { "Id": 1 } });
        assert_eq!(Document::event(value.to_string().as_bytes()).at(&KEY), None);
        let request = Document::request(value);
        assert_eq!((request.at(&KEY), request.at(&ID)), (Some(&json!("k")), None));
    }
}
