//! The source `custom_resource`: takes a request of CloudFormation for a custom resource, delivers it as a whole, and
//! sends the handler's answer to the URL of the request. Whatever happens to the handler, CloudFormation gets an
//! answer.
// See decision 0116.

#[cfg(feature = "custom_resource")]
mod answer;
#[cfg(feature = "custom_resource")]
mod deliver;
#[cfg(feature = "custom_resource")]
mod put;
pub(crate) mod registration;
#[cfg(feature = "custom_resource")]
mod request;
#[cfg(feature = "custom_resource")]
mod response;
#[cfg(all(test, feature = "custom_resource"))]
mod tests;
#[cfg(feature = "custom_resource")]
mod text_scalars;

#[cfg(feature = "custom_resource")]
pub use answer::CustomResourceAnswer;
#[cfg(feature = "custom_resource")]
pub(crate) use deliver::answer_failed_start;
#[cfg(feature = "custom_resource")]
pub use request::{CustomResource as CustomResourceRequest, RequestKind};

pub use registration::{CustomResource, DeliveredByCustomResource, SOURCE, custom_resource};
