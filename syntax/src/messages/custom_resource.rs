//! Messages about the arguments of the source `custom_resource`.

use skylift_model::message::Message;

/// Reports that a trigger names its custom resource `id` without `overlay`.
pub(crate) fn custom_resource_not_of_overlay(id: &str) -> Message {
    Message::new("a custom resource is a resource of the overlay")
        .with_help(format!("write `resource = overlay(\"{id}\")`"))
}
