//! Lowers triggers. Each source in the list of the model has its own file, which defines everything about
//! its source: the CloudFormation resources of a trigger, the permissions in the function's role, the SAM event,
//! and the requirements for a resource of the overlay.

mod alexa;
mod cognito;
mod custom_resource;
pub(super) mod dead_letters;
mod deployment_hook;
mod documentdb;
mod dynamodb;
pub(super) mod event;
mod http;
mod http_permission;
mod iot;
mod kafka;
mod kinesis;
mod logs;
mod mapping;
mod mq;
mod msk;
mod resume;
pub(crate) mod rule;
pub(crate) mod s3;
mod schedule;
mod scheduler;
pub(super) mod sns;
mod source_access;
mod sqs;
mod topic_mapping;
mod trigger;
mod url;

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::source::Trigger;

use super::resource::ConsumerNeeds;

pub(crate) use http_permission::{merge_permissions, write_out_api};
pub(crate) use resume::lower_resume_queue;
pub(crate) use trigger::{
    LowerTrigger, LoweredTriggers, ResourceRequirements, RoleCalls, TriggerContext,
    TriggerOverlayResource, name_in_ids, undeclared_existing,
};
pub(crate) use url::{lower_origin, lower_output, lower_url_config};

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        /// Returns the trigger as the trait by which its source lowers it.
        pub(crate) fn as_lower_trigger(trigger: &Trigger) -> &dyn LowerTrigger {
            match trigger {
                $(Trigger::$Source(trigger) => trigger,)*
            }
        }
    };
}

skylift_model::for_each_source!(sources);

/// Adds requirements to the needs from resources; each has the identifier of the resource's struct.
pub(crate) fn add_requirements<'a>(
    app: &'a App,
    requirements: impl Iterator<Item = (String, ResourceRequirements)>,
    all: &mut HashMap<&'a str, ConsumerNeeds>,
) {
    for (ident, requirements) in requirements {
        let Some(resource) = app.resource(&ident) else { continue };
        let needs = all.entry(resource.ident.as_str()).or_default();
        let permission = requirements.permission.filter(|it| !needs.permissions.contains(it));
        needs.permissions.extend(permission);
        needs.notifications.extend(requirements.notifications);
        needs.event_bridge |= requirements.event_bridge;
        needs.deduplicates_content |= requirements.deduplicates_content;
        let user = requirements.key_user.filter(|it| !needs.key_users.contains(it));
        needs.key_users.extend(user);
        for statement in requirements.statements {
            if !needs.statements.contains(&statement) {
                needs.statements.push(statement);
            }
        }
    }
}

/// Collects the needs of functions from the resources that trigger them, by the identifiers of the resources'
/// structs. The needs are moved out of `lowered`, the lowered triggers of each function.
pub(crate) fn collect_consumer_needs<'a>(
    app: &'a App,
    lowered: &mut [LoweredTriggers],
) -> HashMap<&'a str, ConsumerNeeds> {
    let mut all: HashMap<&str, ConsumerNeeds> = HashMap::new();
    for (function, function_triggers) in app.functions.iter().zip(lowered) {
        let timeout = function.timeout(&app.defaults).get();
        for uses in function.triggers.iter().filter_map(|trigger| trigger.resource()) {
            let needs = all.entry(uses.ident).or_default();
            needs.timeout = needs.timeout.max(Some(timeout));
        }
        add_requirements(app, function_triggers.requirements.drain(..), &mut all);
    }
    // A function's own resource triggers it, even if no trigger names it.
    for resource in &app.resources {
        if let Some(owner) = resource.owner.and_then(|owner| app.functions.get(owner)) {
            let needs = all.entry(resource.ident.as_str()).or_default();
            needs.timeout = needs.timeout.max(Some(owner.timeout(&app.defaults).get()));
        }
    }
    all
}
