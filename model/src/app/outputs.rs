//! The outputs of the template that Cargo.toml turns off, renames or exports. Skylift makes an output for the API, for
//! each function URL and for each resource; here the user changes them, by their names.

use serde::Serialize;

use crate::aws::name::LogicalId;
use crate::aws::value::CfnValue;

/// The changes of the outputs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outputs {
    /// All outputs are kept, apart from these changes.
    Changed(Vec<OutputChange>),
    /// The template has no outputs but those of the overlay.
    Off,
}

impl Outputs {
    /// The key of Cargo.toml with the changes.
    pub const KEY: &'static str = "outputs";
}

impl Default for Outputs {
    fn default() -> Self {
        Self::Changed(Vec::new())
    }
}

/// The change of one output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutputChange {
    /// The name that Skylift gives the output, such as `JobsUrl`.
    pub output: String,
    /// Whether the template has the output.
    pub is_on: bool,
    /// The name in place of Skylift's, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<LogicalId>,
    /// The name under which other stacks import the value, if it is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub export: Option<CfnValue>,
}
