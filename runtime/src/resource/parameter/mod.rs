//! `parameter`: a parameter of Systems Manager, and the typed client that reads it.

pub(crate) mod declared;
#[cfg(all(test, feature = "parameter"))]
mod grants;
#[cfg(feature = "parameter")]
pub(crate) mod reader;
#[cfg(all(test, feature = "parameter"))]
mod tests;

pub use declared::Parameter;
#[cfg(feature = "parameter")]
pub use reader::ParameterReader;

use crate::resource::declare::declare;

declare! {
    Parameter, "parameter", feature parameter = "parameter",
    reader::Value = reader::connect::<R>,
    Reader = ParameterReader<R>,
}
