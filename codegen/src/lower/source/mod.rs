//! What each source is in a stack: a file for each, registered here in one line. A file has all that
//! is known of its source: the resources that a trigger is, what it is granted by the function's role,
//! how SAM's event is folded from it, and what it asks of a resource of the overlay.

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
        /// What the trigger's source knows of it.
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

/// What the functions want of the resources that invoke them, by the resources' identifiers.
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
    // What a function brings feeds it, also where no trigger says so.
    for resource in &app.resources {
        if let Some(owner) = resource.owner.and_then(|owner| app.functions.get(owner)) {
            let fed = all.entry(resource.ident.as_str()).or_default();
            fed.timeout = fed.timeout.max(Some(owner.timeout(&app.defaults).get()));
        }
    }
    all
}
