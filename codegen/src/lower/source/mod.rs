//! Lowers triggers: each source has its own file, registered here with one line. The file defines everything about
//! its source: the CloudFormation resources of a trigger, the permissions in the function's role, the SAM event, and
//! the requirements for a resource of the overlay.

mod dynamodb;
pub(crate) mod http;
mod kinesis;
mod lowered;
mod mapping;
mod resumed;
pub(crate) mod rule;
mod s3;
mod schedule;
mod sqs;

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::source::Trigger;

use super::resource::Fed;

pub(crate) use lowered::{Calls, Lowered, Of, Source};
pub(crate) use resumed::resumed;

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        /// Returns the trigger as an implementation of its source.
        pub(crate) fn of(trigger: &Trigger) -> &dyn Source {
            match trigger {
                $(Trigger::$Source(trigger) => trigger,)*
            }
        }
    };
}

sources! {
    s3: S3,
    schedule: Schedule,
    http: Http,
    sqs: Sqs,
    kinesis: Kinesis,
    dynamodb: DynamoDb,
}

/// Collects what functions need from the resources that trigger them, by the resources' identifiers.
pub(crate) fn fed<'a>(app: &'a App, lowered: &mut [Lowered]) -> HashMap<&'a str, Fed> {
    let mut all: HashMap<&str, Fed> = HashMap::new();
    for (function, of) in app.functions.iter().zip(lowered) {
        let timeout = function.timeout(&app.defaults).get();
        for uses in function.triggers.iter().filter_map(|trigger| trigger.resource()) {
            let fed = all.entry(uses.ident).or_default();
            fed.timeout = fed.timeout.max(Some(timeout));
        }
        for (ident, asked) in of.asked.drain(..) {
            let Some(resource) = app.resource(&ident) else { continue };
            let fed = all.entry(resource.ident.as_str()).or_default();
            if !fed.permissions.contains(&asked.permission) {
                fed.permissions.push(asked.permission);
            }
            fed.notifications.extend(asked.notifications);
        }
    }
    // A function's own resource triggers it, even if no trigger names it.
    for resource in &app.resources {
        if let Some(owner) = resource.owner.and_then(|owner| app.functions.get(owner)) {
            let fed = all.entry(resource.ident.as_str()).or_default();
            fed.timeout = fed.timeout.max(Some(owner.timeout(&app.defaults).get()));
        }
    }
    all
}
