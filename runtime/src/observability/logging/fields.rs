//! Fields of spans and events: takes what `tracing` gives, keeps names and values as JSON, in their
//! order. The field `message` of an event is not one of them but its text.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};

use serde::Serialize;
use tracing::field::{Field, Visit};

/// Fields, each name once; values are JSON.
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

    /// What is nearer to the event takes the place of what is further away.
    fn set(&mut self, name: &'static str, value: String) {
        match self.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.values.push((name, value)),
        }
    }

    /// These fields with those of something nearer to the event.
    pub(super) fn extend(&mut self, nearer: &Self) {
        for (name, value) in nearer.iter() {
            self.set(name, value.to_owned());
        }
    }

    /// Moves the fields by these names here.
    pub(super) fn take(&mut self, other: &mut Self, names: &[&str]) {
        for (name, value) in other.values.extract_if(.., |(name, _)| names.contains(name)) {
            self.set(name, value);
        }
    }

    /// Takes the fields of a span.
    pub(super) fn of_span(&mut self) -> impl Visit {
        Visitor { fields: self, message: None }
    }

    /// Takes the fields of an event, and its text.
    pub(super) fn of_event<'a>(&'a mut self, message: &'a mut String) -> impl Visit + 'a {
        Visitor { fields: self, message: Some(message) }
    }
}

struct Visitor<'a> {
    fields: &'a mut Fields,
    message: Option<&'a mut String>,
}

impl Visitor<'_> {
    fn json<T: Serialize + ?Sized>(&mut self, field: &Field, value: &T) {
        // Of `r#type`, the name is `type`. Names under `otel.` are instructions to another layer.
        let name = field.name();
        let name = name.strip_prefix("r#").unwrap_or(name);
        if !name.starts_with("otel.")
            && let Ok(json) = serde_json::to_string(value)
        {
            self.fields.set(name, json);
        }
    }

    fn text(&mut self, field: &Field, value: &str) {
        match &mut self.message {
            Some(message) if field.name() == "message" => message.push_str(value),
            _ => self.json(field, value),
        }
    }
}

impl Visit for Visitor<'_> {
    fn record_f64(&mut self, field: &Field, value: f64) {
        if value.is_finite() {
            self.json(field, &value);
        } else {
            // JSON has no number for it.
            self.text(field, &value.to_string());
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.json(field, &value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.json(field, &value);
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.json(field, &value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.json(field, &value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.json(field, &value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn StdError + 'static)) {
        let mut text = value.to_string();
        for cause in std::iter::successors(value.source(), |cause| (*cause).source()) {
            let _ = write!(text, ": {cause}");
        }
        self.text(field, &text);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.text(field, &format!("{value:?}"));
    }
}
