//! The definition of a resource, which is what its attribute means. Gives it as values of the model.

use proc_macro2::TokenStream;
use skylift_model::aws::name::LogicalId;
use skylift_model::aws::node::Map;
use skylift_model::aws::value::CfnValue;
use skylift_model::resource::{Existing, Resource, ResourceSettings, View};
use skylift_model::{SourceLocation, Subscription};

use super::common::NamedType;
use crate::subscription::SubscriptionDefinition;

/// A view of a resource, as the user wrote it.
#[derive(Debug, Clone)]
pub struct ViewDefinition {
    /// The view.
    pub view: View,
    /// The path of the struct of the whole resource.
    pub path: TokenStream,
}

/// The definition of a resource, read from its attribute.
#[derive(Debug)]
pub struct ResourceDefinition {
    /// The logical id of the resource in the template.
    pub id: LogicalId,
    /// The kind of the resource, with the settings of that kind.
    pub settings: ResourceSettings,
    /// The existing resource that the struct names. `None` if the template creates the resource.
    pub existing: Option<Existing>,
    /// The part of another resource that the struct names. `None` if the struct is a whole resource.
    pub view: Option<ViewDefinition>,
    /// Whether CloudFormation retains the resource when its stack is deleted, if the user set it.
    pub retain: Option<bool>,
    /// The properties of the resource that the user sets with `properties`.
    pub properties: Map,
    /// The ARN of the KMS key that encrypts the resource, if the user set it.
    pub kms_key: Option<CfnValue>,
    /// The statements that the user adds to the policy of the resource.
    pub policy: Vec<Map>,
    /// The statements of the policy of the table's stream.
    pub stream_policy: Vec<Map>,
    /// The Rust types that the attribute names. Only the macro uses them, because the model knows no types.
    pub types: Vec<NamedType>,
    /// The subscriptions of the resource, in the order of the attribute.
    pub subscriptions: Vec<SubscriptionDefinition>,
}

impl ResourceDefinition {
    /// Returns the subscriptions of the resource as values of the model. `ident` is the identifier of its struct, and
    /// `resource` is its index in the application.
    pub fn subscriptions<'a>(
        &'a self,
        ident: &'a str,
        resource: usize,
    ) -> impl Iterator<Item = Subscription> + 'a {
        self.subscriptions.iter().enumerate().map(move |(index, it)| Subscription {
            to: ident.to_owned(),
            resource,
            index,
            from: it.from.clone(),
            message_group_id: it.message_group_id.clone(),
            partition_key_path: it.partition_key_path.clone(),
        })
    }

    /// Returns the resource as a value of the model. `ident` is the identifier of its struct.
    #[must_use]
    pub fn into_resource(self, ident: String, origin: SourceLocation) -> Resource {
        let Self {
            id,
            settings,
            existing,
            view,
            retain,
            properties,
            kms_key,
            policy,
            stream_policy,
            types: _,
            subscriptions: _,
        } = self;
        Resource {
            ident,
            id,
            settings,
            existing,
            view: view.map(|it| it.view),
            retain,
            properties,
            kms_key,
            policy,
            stream_policy,
            owner: None,
            origin,
        }
    }
}
