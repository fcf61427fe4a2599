//! The document in which an idempotency key is looked up: the JSON of an event, or of an HTTP request with its
//! decoded body. Takes a path and returns the value at the path.

use super::json::ExactJson;
use crate::registry::{JsonPath, JsonPathStep};

/// The field of an HTTP request with the headers, whose names are case-insensitive.
const HEADERS: &str = "headers";

/// An event, or an HTTP request, in which the values at the paths of a key are looked up.
pub(crate) struct Document {
    value: ExactJson,
    /// Whether this is an HTTP request.
    is_request: bool,
    /// The scope of the key: events with the same key are the same work only within one scope. It is empty if
    /// all events of the function have one scope.
    scope: String,
}

impl Document {
    /// Makes the document of an event, or of the content of a record. Content that is not JSON becomes a
    /// string.
    pub(crate) fn event(raw: &[u8]) -> Self {
        Self { value: ExactJson::parse_or_text(raw), is_request: false, scope: String::new() }
    }

    /// Makes the document of an HTTP request in the form in which API Gateway sends it, with its body decoded.
    #[cfg(feature = "http")]
    pub(crate) fn request(value: ExactJson) -> Self {
        Self { value, is_request: true, scope: String::new() }
    }

    /// Sets the scope of the key.
    pub(crate) fn with_scope(self, scope: &str) -> Self {
        Self { scope: scope.to_owned(), ..self }
    }

    /// Returns the scope of the key; empty if all events of the function have one scope.
    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    /// Returns the value at a path; `None` if there is no value, or if it is null.
    pub(super) fn get(&self, path: &JsonPath) -> Option<&ExactJson> {
        let mut value = &self.value;
        for (depth, step) in path.steps.iter().enumerate() {
            let in_headers = self.is_request
                && depth == 1
                && matches!(path.steps.first(), Some(JsonPathStep::Field(name)) if *name == HEADERS);
            value = match (step, value) {
                (JsonPathStep::Field(name), ExactJson::Object(fields)) if in_headers => {
                    fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?.1
                }
                (JsonPathStep::Field(name), ExactJson::Object(fields)) => fields.get(*name)?,
                (JsonPathStep::Index(index), ExactJson::Array(items)) => {
                    items.get(usize::try_from(*index).ok()?)?
                }
                _ => return None,
            };
        }
        Some(value).filter(|value| !value.is_null())
    }

    /// Returns the value at a path of the key; `None` if there is no value, or if it is null or an empty
    /// string. Clients that have no key send an empty string, and all of them would share it.
    pub(super) fn get_key(&self, path: &JsonPath) -> Option<&ExactJson> {
        self.get(path).filter(|value| !matches!(value, ExactJson::Text(text) if text.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn path(steps: &'static [JsonPathStep]) -> JsonPath {
        JsonPath { text: "", steps }
    }

    #[test]
    fn a_path_leads_through_objects_and_arrays() {
        let document = Document::event(br#"{"lines":[{"id":7},{"id":null}],"Id":1}"#);
        let at = |steps| document.get(&path(steps)).cloned();
        let seven =
            at(&[JsonPathStep::Field("lines"), JsonPathStep::Index(0), JsonPathStep::Field("id")]);
        assert_eq!(seven, Some(ExactJson::Literal("7".into())));
        assert!(matches!(at(&[]), Some(ExactJson::Object(fields)) if fields.len() == 2));
        let nowhere: [&'static [JsonPathStep]; 6] = [
            &[JsonPathStep::Field("lines"), JsonPathStep::Index(1), JsonPathStep::Field("id")],
            &[JsonPathStep::Field("lines"), JsonPathStep::Index(2)],
            &[JsonPathStep::Field("lines"), JsonPathStep::Field("0")],
            &[JsonPathStep::Index(0)],
            &[JsonPathStep::Field("id")],
            &[JsonPathStep::Field("Id"), JsonPathStep::Field("deeper")],
        ];
        assert!(nowhere.into_iter().all(|steps| at(steps).is_none()));
    }

    #[test]
    fn text_that_is_not_json_is_a_string_without_fields() {
        let document = Document::event(b"plain words");
        assert_eq!(document.get(&path(&[])), Some(&ExactJson::Text("plain words".into())));
        assert_eq!(document.get(&path(&[JsonPathStep::Field("plain")])), None);
        assert_eq!(Document::event(b"null").get(&path(&[])), None);
    }

    #[test]
    #[cfg(feature = "http")]
    fn only_the_headers_of_a_request_have_case_insensitive_names() {
        const KEY: JsonPath =
            path(&[JsonPathStep::Field("headers"), JsonPathStep::Field("idempotency-KEY")]);
        const ID: JsonPath = path(&[JsonPathStep::Field("body"), JsonPathStep::Field("id")]);
        let event = br#"{ "headers": { "Idempotency-Key": "k" }, "body": { "Id": 1 } }"#;
        assert_eq!(Document::event(event).get(&KEY), None);
        let request = Document::request(ExactJson::parse_or_text(event));
        assert_eq!(
            (request.get(&KEY), request.get(&ID)),
            (Some(&ExactJson::Text("k".into())), None)
        );
    }

    #[test]
    fn an_empty_string_is_not_a_key_but_a_value() {
        const ID: JsonPath = path(&[JsonPathStep::Field("id")]);
        let document = Document::event(br#"{"id":""}"#);
        assert_eq!(
            (document.get_key(&ID), document.get(&ID)),
            (None, Some(&ExactJson::Text(String::new())))
        );
        for key in [r#"{"id":" "}"#, r#"{"id":0}"#, r#"{"id":false}"#, r#"{"id":[]}"#] {
            assert!(Document::event(key.as_bytes()).get_key(&ID).is_some(), "{key}");
        }
    }
}
