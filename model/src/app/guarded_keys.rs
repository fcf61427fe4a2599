//! The keys that a function cannot write: those that its own trigger on the same bucket matches, so that each write
//! would invoke the function again. The runtime refuses these writes.
// See decision 0089.

use super::App;
use crate::access::Access;
use crate::aws::iam::CallGroup;
use crate::aws::key_filter::KeyFilter;
use crate::function::Function;
use crate::resource::Resource;
use crate::source::s3::BucketWrite;
use crate::source::{ResourcesByIdent, Trigger, TriggerSource as _};

/// Keys of a bucket that a function cannot write with one of its capabilities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardedKeys {
    /// The index of the capability among the parameters of the handler.
    pub parameter: usize,
    /// The text with which the keys begin; empty if it does not matter.
    pub prefix: String,
    /// The text with which the keys end; empty if it does not matter.
    pub suffix: String,
    /// Whether an object with such a key that is written in one request invokes the function.
    pub put: bool,
    /// Whether an object with such a key that is written in parts invokes the function.
    pub upload: bool,
}

impl App {
    /// Returns the keys that a function cannot write. The list is empty if the user allows recursive loops of the
    /// function. A trigger without a filter is not in the list, because [`check`](crate::check::check) reports it.
    #[must_use]
    pub fn guarded_keys(&self, function: &Function) -> Vec<GuardedKeys> {
        let mut guarded = Vec::new();
        if function.settings.recursive_loop.is_some() {
            return guarded;
        }
        for trigger in &function.triggers {
            let Trigger::S3(s3) = trigger else { continue };
            let (put, upload) = (s3.follows(BucketWrite::Put), s3.follows(BucketWrite::Upload));
            // Only the bucket of the trigger: the list of all resources would be made for every function.
            let bucket = s3.resource().and_then(|bucket| self.resource(bucket.ident));
            let resources: ResourcesByIdent<'_> = bucket.into_iter().collect();
            let source = s3.event_source(&resources).filter(|_| s3.has_filter() && (put || upload));
            let Some(source) = source else { continue };
            let text = |filter: &Option<KeyFilter>| {
                filter.as_ref().map_or("", KeyFilter::as_str).to_owned()
            };
            for capability in &function.capabilities {
                let writes = matches!(capability.access, Access::Write | Access::ReadWrite)
                    && capability.makes(CallGroup::Put);
                let target = self.resource(&capability.target).filter(|_| writes);
                let can_match = |target: &&Resource| {
                    self.whole(target).identity() == source && can_write(target, s3.prefix.as_ref())
                };
                if target.as_ref().is_some_and(can_match) {
                    let (prefix, suffix) = (text(&s3.prefix), text(&s3.suffix));
                    let parameter = capability.parameter;
                    guarded.push(GuardedKeys { parameter, prefix, suffix, put, upload });
                }
            }
        }
        guarded
    }
}

/// Returns whether a client of the resource can write a key with this prefix. A view writes only keys with its own.
fn can_write(resource: &Resource, prefix: Option<&KeyFilter>) -> bool {
    let own = resource.view.as_ref().and_then(|view| view.part.prefix()).unwrap_or_default();
    let prefix = prefix.map_or("", KeyFilter::as_str);
    own.starts_with(prefix) || prefix.starts_with(own)
}
