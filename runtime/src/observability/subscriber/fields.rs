//! [`Fields`]: the fields of spans and events, with their values as JSON and in their order. The field `message` of
//! an event is not one of its `Fields`: it is the text of the event.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};

use serde::Serialize;
use tracing::field::{Field, Visit};

/// The fields of spans and events of `tracing`. The names are unique, and the values are JSON.
#[derive(Debug, Default)]
pub(super) struct Fields {
    values: Vec<(&'static str, String)>,
}

impl Fields {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.values.iter().map(|(name, value)| (*name, value.as_str()))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Sets a field of a span or an event. The value replaces that of a field with the same name, which was set for a
    /// span further away from the event.
    fn set(&mut self, name: &'static str, value: String) {
        match self.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.values.push((name, value)),
        }
    }

    /// Adds the fields of a span that is nearer to the event. The fields of the span replace fields with the same
    /// names.
    pub(super) fn extend(&mut self, nearer: &Self) {
        for (name, value) in nearer.iter() {
            self.set(name, value.to_owned());
        }
    }

    /// Moves the fields with these names from `other` to `self`.
    pub(super) fn move_from(&mut self, other: &mut Self, names: &[&str]) {
        for (name, value) in other.values.extract_if(.., |(name, _)| names.contains(name)) {
            self.set(name, value);
        }
    }

    /// Returns a visitor that adds the fields of a `tracing` span to these fields.
    pub(super) fn span_visitor(&mut self) -> impl Visit {
        FieldVisitor { fields: self, message: None }
    }

    /// Returns a visitor that adds the fields of a `tracing` event to these fields, and appends the text of the event
    /// to `message`.
    pub(super) fn event_visitor<'a>(&'a mut self, message: &'a mut String) -> impl Visit + 'a {
        FieldVisitor { fields: self, message: Some(message) }
    }
}

struct FieldVisitor<'a> {
    fields: &'a mut Fields,
    message: Option<&'a mut String>,
}

impl FieldVisitor<'_> {
    fn set_json<T: Serialize + ?Sized>(&mut self, field: &Field, value: &T) {
        // The name of `r#type` is `type`. Names that begin with `otel.` are for the layer of OpenTelemetry.
        let name = field.name();
        let name = name.strip_prefix("r#").unwrap_or(name);
        if !name.starts_with("otel.")
            && let Ok(json) = serde_json::to_string(value)
        {
            self.fields.set(name, json);
        }
    }

    fn set_text(&mut self, field: &Field, value: &str) {
        match &mut self.message {
            Some(message) if field.name() == "message" => message.push_str(value),
            _ => self.set_json(field, value),
        }
    }
}

impl Visit for FieldVisitor<'_> {
    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.set_json(field, &value);
        } else {
            // JSON has no such number.
            self.set_text(field, &value.to_string());
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set_json(field, &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set_json(field, &value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.set_json(field, &value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.set_json(field, &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set_json(field, &value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.set_text(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn StdError + 'static)) {
        let mut text = value.to_string();
        for cause in std::iter::successors(value.source(), |cause| (*cause).source()) {
            let _ = write!(text, ": {cause}");
        }
        self.set_text(field, &text);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.set_text(field, &format!("{value:?}"));
    }
}
