//! [`CustomResource`]: a request of CloudFormation for a custom resource. [`Address`] is the part of it that an answer
//! needs, which is decoded first and without the properties, so that a request with broken properties is answered.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::text_scalars::decode_texts;
use crate::error::short_type_name;
use crate::invocation::decode;
use crate::{Error, messages};

/// How the physical id of a resource begins whose creation failed before the handler was called.
const NEVER_CREATED: &str = "skylift:never-created:";

/// The properties that are about the request itself, and not about the resource.
const OWN_PROPERTIES: [&str; 2] = ["ServiceToken", "ServiceTimeout"];

/// A request of CloudFormation to create, update or delete a custom resource, whose properties are a `T`.
///
/// CloudFormation writes every number and boolean among the properties as text. A field of a number or of a boolean is
/// decoded from such a text, but not inside a field with `#[serde(flatten)]` or an enum that is untagged or internally
/// tagged. The properties are decoded without `ServiceToken` and `ServiceTimeout`. `O` is the type of the old
/// properties of an update, which an earlier version of the template had. Mirrors "Custom resource request and
/// response reference" of the AWS CloudFormation Template Reference.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::CustomResource;
/// use skylift::event::custom_resource::RequestKind;
/// use skylift::{Error, function};
///
/// #[derive(Deserialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct Seed { table: String, rows: u32 }
///
/// #[function(trigger = custom_resource, timeout = "1m")]
/// async fn seed(request: CustomResource<Seed>) -> Result<(), Error> {
///     let Seed { table, rows } = &request.properties;
///     match &request.kind {
///         RequestKind::Create => println!("{rows} rows for {table}"),
///         RequestKind::Update { old } => println!("{rows} rows instead of {}", old.rows),
///         RequestKind::Delete => println!("{table} is empty again"),
///     }
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let request = CustomResource::create(Seed { table: "orders".to_owned(), rows: 7 });
/// # let _ = seed(request);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CustomResource<T, O = T> {
    /// What CloudFormation asks for.
    pub kind: RequestKind<O>,
    /// The properties of the resource in the template, with all references resolved.
    pub properties: T,
    /// The physical id of the resource. In a request to create it, this is the id that it gets if the answer sets none:
    /// it is derived from the stack and the logical id, so that a repeated request has the same.
    pub physical_id: String,
    /// The logical id of the resource in the template.
    pub logical_id: String,
    /// The type of the resource, such as `Custom::Seed`.
    pub resource_type: String,
    /// The ARN of the stack.
    pub stack_id: String,
    /// The id of the request, which is the same on every delivery of the request.
    pub request_id: String,
}

/// What CloudFormation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind<O> {
    /// The stack gets the resource.
    Create,
    /// The properties of the resource have changed, or an update is rolled back.
    Update {
        /// The properties before the change.
        old: O,
    },
    /// The stack no longer has the resource, or the resource was replaced, or its creation is rolled back.
    Delete,
}

impl<T, O> CustomResource<T, O> {
    /// Makes a request to create a resource, for tests of a handler.
    pub fn create(properties: T) -> Self {
        Self::for_test(RequestKind::Create, properties)
    }

    /// Makes a request to update a resource, for tests of a handler.
    pub fn update(properties: T, old: O) -> Self {
        Self::for_test(RequestKind::Update { old }, properties)
    }

    /// Makes a request to delete a resource, for tests of a handler.
    pub fn delete(properties: T) -> Self {
        Self::for_test(RequestKind::Delete, properties)
    }

    /// Sets the physical id of the resource.
    #[must_use]
    pub fn with_physical_id(mut self, id: impl Into<String>) -> Self {
        self.physical_id = id.into();
        self
    }

    /// Returns whether the physical id of the resource is the one that the runtime derives. In a request to delete the
    /// resource, it means that no answer has set an id: if the answers always set one, the resource was never created.
    #[must_use]
    pub fn has_default_id(&self) -> bool {
        self.physical_id == derive_id(&self.stack_id, &self.logical_id)
    }

    fn for_test(kind: RequestKind<O>, properties: T) -> Self {
        let stack_id = "arn:aws:cloudformation:us-east-1:123456789012:stack/test/00000000-0000-0000-0000-000000000000";
        Self {
            kind,
            properties,
            physical_id: derive_id(stack_id, "Resource"),
            logical_id: "Resource".to_owned(),
            resource_type: "Custom::Resource".to_owned(),
            stack_id: stack_id.to_owned(),
            request_id: "00000000-0000-0000-0000-000000000000".to_owned(),
        }
    }
}

/// The part of a request that its answer needs. It has no `Debug`: whoever has the URL can answer.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Address {
    #[serde(rename = "ResponseURL")]
    pub(super) response_url: String,
    pub(super) stack_id: String,
    pub(super) request_id: String,
    pub(super) logical_resource_id: String,
    request_type: String,
    #[serde(default)]
    resource_type: String,
    physical_resource_id: Option<String>,
}

/// The properties in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Properties {
    resource_properties: Map<String, Value>,
    old_resource_properties: Map<String, Value>,
}

impl Address {
    /// Reads the address from the payload.
    pub(super) fn read(payload: &[u8]) -> Result<Self, Error> {
        decode::decode_json(payload).map_err(messages::custom_resource::no_address)
    }

    /// Returns whether the request creates the resource.
    pub(super) fn is_create(&self) -> bool {
        self.request_type == "Create"
    }

    /// Returns whether the request deletes the resource.
    pub(super) fn is_delete(&self) -> bool {
        self.request_type == "Delete"
    }

    /// Returns whether the request deletes a resource whose creation failed before the handler was called.
    pub(super) fn deletes_nothing(&self) -> bool {
        let id = self.physical_resource_id.as_deref();
        self.is_delete() && id.is_some_and(|id| id.starts_with(NEVER_CREATED))
    }

    /// Returns the physical id of the resource, or the id that the runtime derives for it.
    pub(super) fn physical_id(&self) -> String {
        match &self.physical_resource_id {
            Some(id) => id.clone(),
            None => derive_id(&self.stack_id, &self.logical_resource_id),
        }
    }

    /// Returns the physical id for the answer to a request with which the handler was not called.
    pub(super) fn uncalled_id(&self) -> String {
        let id = self.physical_id();
        if self.is_create() { format!("{NEVER_CREATED}{id}") } else { id }
    }

    /// Decodes the rest of the request.
    pub(super) fn read_request<T, O>(&self, payload: &[u8]) -> Result<CustomResource<T, O>, Error>
    where
        T: DeserializeOwned,
        O: DeserializeOwned,
    {
        let Properties { resource_properties, old_resource_properties } =
            decode::decode_json(payload)?;
        let kind = match self.request_type.as_str() {
            "Create" => RequestKind::Create,
            "Update" => {
                let old = decode_properties("OldResourceProperties", old_resource_properties)?;
                RequestKind::Update { old }
            }
            "Delete" => RequestKind::Delete,
            _ => return Err(messages::custom_resource::unknown_request_type()),
        };
        Ok(CustomResource {
            kind,
            properties: decode_properties("ResourceProperties", resource_properties)?,
            physical_id: self.physical_id(),
            logical_id: self.logical_resource_id.clone(),
            resource_type: self.resource_type.clone(),
            stack_id: self.stack_id.clone(),
            request_id: self.request_id.clone(),
        })
    }
}

/// Decodes the properties in the field `field` of a request.
fn decode_properties<T: DeserializeOwned>(
    field: &str,
    mut properties: Map<String, Value>,
) -> Result<T, Error> {
    properties.retain(|name, _| !OWN_PROPERTIES.contains(&name.as_str()));
    decode_texts(Value::Object(properties)).map_err(|(path, why)| {
        let expected = short_type_name(std::any::type_name::<T>());
        messages::custom_resource::properties_not_of_type(field, expected, &path, &why)
    })
}

/// Derives the physical id of a resource from the ARN of its stack, `…:stack/name/id`, and from its logical id.
fn derive_id(stack_id: &str, logical_id: &str) -> String {
    let mut parts = stack_id.rsplit('/');
    let (id, name) = (parts.next().unwrap_or_default(), parts.next());
    match name {
        Some(name) => format!("{name}-{logical_id}-{id}"),
        None => format!("{logical_id}-{id}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_id_differs_by_stack_and_by_resource() {
        let stack = "arn:aws:cloudformation:us-east-1:123456789012:stack/shop/16580499";
        assert_eq!(derive_id(stack, "Seed"), "shop-Seed-16580499");
        assert_eq!(derive_id("strange", "Seed"), "Seed-strange");
        let request: CustomResource<()> = CustomResource::create(());
        assert!(request.has_default_id());
        assert!(!request.with_physical_id("other").has_default_id());
    }
}
