//! How the functions of an application are divided among CloudFormation stacks.

use serde::Serialize;

/// How the functions of an application are divided among CloudFormation stacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StackLayout {
    /// One stack has everything.
    #[default]
    Single,
    /// Each function is in one of several nested stacks. The stack of the application has everything else.
    Nested,
}

impl StackLayout {
    /// The word for nested stacks in Cargo.toml.
    pub const NESTED: &str = "nested";

    /// Returns whether one stack has everything.
    #[must_use]
    pub const fn is_single(&self) -> bool {
        matches!(self, Self::Single)
    }
}
