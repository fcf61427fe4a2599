//! [`Intent`]: what the user said that the skill should do, with the words that fill its slots.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Deserializer;
use serde_json::Value;

/// What the user said that the skill should do.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Intent {
    /// The name of the intent, such as `Weather` or `AMAZON.HelpIntent`.
    pub name: String,
    /// The slots of the intent, by name. A slot that the user did not fill has no value.
    #[serde(default, deserialize_with = "read_slots")]
    pub slots: BTreeMap<String, Slot>,
    /// `NONE`, `CONFIRMED` or `DENIED`.
    pub confirmation_status: Option<String>,
    /// `STARTED`, `IN_PROGRESS` or `COMPLETED`, if the intent has a dialog model.
    #[serde(skip)]
    pub dialog_state: Option<String>,
}

/// A slot of an intent.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct Slot {
    /// What the user said, as text. A slot with several values has them in `slot_value`.
    pub value: Option<String>,
    /// `NONE`, `CONFIRMED` or `DENIED`.
    pub confirmation_status: Option<String>,
    /// What the value means in the types of the slot, as Alexa sent it.
    pub resolutions: Value,
    /// The value or the values of the slot, as Alexa sent them.
    pub slot_value: Value,
}

impl Intent {
    /// Makes an intent without slots.
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Sets the value of a slot.
    pub(super) fn set_slot(&mut self, name: String, value: String) {
        self.slots.insert(name, Slot { value: Some(value), ..Slot::default() });
    }

    /// Returns what the user said for a slot. Returns `None` if the user did not fill it.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<&str> {
        self.slots.get(name)?.value.as_deref()
    }
}

impl Slot {
    /// Returns the id of the value that the slot's type has for what the user said. Returns `None` if the type does not
    /// know it, or if its values have no ids.
    #[must_use]
    pub fn resolved_id(&self) -> Option<&str> {
        self.resolved()?["id"].as_str()
    }

    /// Returns the name of the value that the slot's type has for what the user said. Returns `None` if the type does
    /// not know it.
    #[must_use]
    pub fn resolved_name(&self) -> Option<&str> {
        self.resolved()?["name"].as_str()
    }

    /// Returns the most likely value of the first type that knows what the user said.
    fn resolved(&self) -> Option<&Value> {
        let mut authorities = self.resolutions["resolutionsPerAuthority"].as_array()?.iter();
        let matched = authorities.find(|it| it["status"]["code"] == "ER_SUCCESS_MATCH")?;
        Some(&matched["values"][0]["value"])
    }
}

/// Reads slots. `null` means that there are no slots.
fn read_slots<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, Slot>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
