//! How the mappings of Kafka topics, of brokers and of clusters reach their servers: the entries of
//! `SourceAccessConfigurations`, the API calls that Lambda makes with them, and SAM's events.

use std::borrow::Cow;

use skylift_model::App;
use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::mapping::secret_access::{
    BASIC_AUTH, BasicAuth, SECRET_ACTIONS, SECRET_KEY_ACTIONS, VPC_ACTIONS,
};
use skylift_model::aws::node::{Map, Node, escape_sub};
use skylift_model::aws::value::{ArnReference, CfnValue};
use skylift_model::resource::{Existing, ResourceKind};

use super::mapping::FUNCTION_PROPERTY;
use super::trigger::{LoweredTriggers, RoleCalls};
use crate::lower::resource::{self, arn};
use crate::lower::value;
use crate::stack::{Event, SamEvent};

/// The property of a mapping with the authentications and the VPC.
pub(super) const ACCESS: &str = "SourceAccessConfigurations";

/// Returns an entry of a list of accesses: a type with its value.
pub(super) fn access_entry(kind: &str, uri: Node) -> Node {
    Map::new().with("Type", kind).with("URI", uri).into()
}

/// Returns the ARN of a secret, as Lambda takes it.
pub(super) fn secret_uri(secret: &ArnReference, app: &App) -> Node {
    match secret {
        ArnReference::Arn(arn) => Node::from(arn),
        ArnReference::Param(name) => Node::reference(name.as_str()),
        ArnReference::Declared(ident) => match app.resource(ident) {
            // Only policies accept the wildcards of an ARN whose end is unknown.
            Some(declared) => match &declared.existing {
                Some(Existing::Name(name)) => {
                    Node::sub(arn::arn_in_account(ResourceKind::Secret, &escape_sub(name)))
                }
                _ => resource::arn_by_reference(declared),
            },
            None => Node::Null,
        },
    }
}

/// Returns the calls by which Lambda reads a secret.
pub(super) fn secret_calls(secret: &ArnReference, app: &App) -> RoleCalls {
    let arns = match secret {
        ArnReference::Declared(ident) => app
            .resource(ident)
            .map(|secret| resource::part_arns(secret, GrantScope::Itself))
            .unwrap_or_default(),
        other => vec![secret_uri(other, app)],
    };
    arns.into_iter().map(|arn| (Cow::from(SECRET_ACTIONS), arn)).collect()
}

/// Returns the entry for a user and a password, and adds the calls that Lambda makes with them, and to reach the servers in
/// their VPC.
pub(super) fn lower_basic_auth(auth: &BasicAuth, app: &App, lowered: &mut LoweredTriggers) -> Node {
    lowered.add_calls(vec![(VPC_ACTIONS.into(), Node::from("*"))]);
    lowered.add_calls(secret_calls(&auth.secret, app));
    add_secret_key(auth.secret_key.as_ref(), app, lowered);
    access_entry(BASIC_AUTH, secret_uri(&auth.secret, app))
}

/// Adds the call by which Lambda decrypts the secrets of a trigger with this key.
pub(super) fn add_secret_key(key: Option<&CfnValue>, app: &App, lowered: &mut LoweredTriggers) {
    if let Some(key) = key {
        lowered.add_calls(vec![(SECRET_KEY_ACTIONS.into(), value::lower_value(key, app))]);
    }
}

/// Returns the node for a value that another stack exports.
pub(super) fn imported(export: &str) -> Node {
    Node::Tag("ImportValue", Box::new(Node::from(export)))
}

/// Folds a mapping into SAM's event of the type `kind`. SAM has the content of the properties in `nested` as properties of
/// the event; `source` are other names of SAM for properties.
pub(super) fn fold_nested_mapping(
    kind: &'static str,
    nested: &[&str],
    source: &[(&str, &str)],
    event: Event,
) -> SamEvent {
    let mut properties = Map::new();
    for (key, value) in event.resources.into_iter().flat_map(|it| it.properties) {
        if key == FUNCTION_PROPERTY {
            continue;
        }
        match value {
            Node::Map(content) if nested.contains(&key.as_str()) => {
                for (key, value) in content {
                    properties.push(key, value);
                }
            }
            value => {
                let name = source.iter().find(|(known, _)| *known == key);
                properties.push(name.map_or(key.as_str(), |(_, name)| *name), value);
            }
        }
    }
    SamEvent { kind, properties }
}
