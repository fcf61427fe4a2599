//! The environments of an application, such as `prod`: some settings have another value in each. One template has the
//! values of all, and a template parameter chooses.

/// The name of the template parameter that chooses the environment.
pub const PARAMETER: &str = "Environment";

/// The name, or its beginning, of the mappings with the values of the environments.
pub const MAPPING: &str = "Environments";

/// The name of the environment with the settings that belong to no other one.
pub const DEFAULT: &str = "default";
