//! The source `cognito`: takes an event of a user pool and delivers it as a whole. The handler answers with the same event,
//! in which it has filled in the response.

#[cfg(feature = "cognito")]
mod deliver;
pub(crate) mod registration;
#[cfg(all(test, feature = "cognito"))]
mod tests;

pub use registration::{Cognito, DeliveredByCognito, SOURCE, cognito};
