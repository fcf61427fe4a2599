//! The stage of an API: its name, which is in the path of the API's own URL, and its variables.

use serde::Serialize;

use crate::aws::limits;
use crate::message::Message;
use crate::messages::http as messages;

/// The name of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct StageName(String);

impl StageName {
    /// The name of the stage whose name is not in the path of a URL.
    pub const DEFAULT: &'static str = "$default";

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the name of the stage is not in the path of a URL.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.0 == Self::DEFAULT
    }
}

impl Default for StageName {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl TryFrom<&str> for StageName {
    type Error = Message;

    fn try_from(name: &str) -> Result<Self, Message> {
        // API Gateway also takes hyphens and underscores. SAM would then give the stage a logical id with a hash.
        let is_plain = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric());
        if name != Self::DEFAULT && (!is_plain || name.len() > limits::STAGE_NAME_LEN) {
            return Err(messages::invalid_stage_name(name));
        }
        Ok(Self(name.to_owned()))
    }
}

/// A variable of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageVariable {
    /// The name of the variable.
    pub name: String,
    /// The value of the variable.
    pub value: String,
}

impl StageVariable {
    /// Checks the name of a variable.
    ///
    /// # Errors
    ///
    /// Returns an error if API Gateway does not take the name.
    pub fn check_name(name: &str) -> Result<(), Message> {
        let is_allowed = |it: char| it.is_ascii_alphanumeric() || it == '_';
        if name.is_empty() || !name.chars().all(is_allowed) {
            return Err(messages::invalid_stage_variable(name));
        }
        Ok(())
    }

    /// Checks the value of a variable.
    ///
    /// # Errors
    ///
    /// Returns an error if API Gateway does not take the value.
    pub fn check_value(value: &str) -> Result<(), Message> {
        let is_allowed = |it: &char| it.is_ascii_alphanumeric() || "-._~:/?#&=,".contains(*it);
        match value.chars().find(|it| !is_allowed(it)) {
            Some(other) => Err(messages::invalid_stage_value(value, other)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_stage_has_letters_and_digits() {
        for right in ["$default", "prod", "v1", &"a".repeat(128)] {
            assert_eq!(StageName::try_from(right).unwrap().as_str(), right);
        }
        for wrong in ["", "my-stage", "a b", "$other", &"a".repeat(129)] {
            assert!(StageName::try_from(wrong).is_err(), "{wrong}");
        }
        assert!(StageName::default().is_default());
        assert!(!StageName::try_from("prod").unwrap().is_default());
    }

    #[test]
    fn a_stage_variable_has_the_characters_that_api_gateway_takes() {
        assert!(StageVariable::check_name("color_2").is_ok());
        for wrong in ["", "my-color", "größe"] {
            assert!(StageVariable::check_name(wrong).is_err(), "{wrong}");
        }
        assert!(StageVariable::check_value("https://a.b/c?d=e&f,g#h~i_j-k").is_ok());
        let message = StageVariable::check_value("a b").unwrap_err();
        assert!(message.text.contains("has the character ` `"), "{message:?}");
    }
}
