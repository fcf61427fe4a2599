//! Messages about Lambda's own settings of a function.

use crate::location::SourceLocation;
use crate::message::Message;

/// Reports that a FIFO queue or topic is the place for results of asynchronous invocations. `kind` is `queue` or `topic`,
/// and `origin` is the location of the declaration.
pub(crate) fn fifo_result_destination(key: &str, kind: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "`{key}` cannot be a FIFO {kind} (declared at {origin}): Lambda sends results without a message group"
    ))
    .with_help(format!("name a {kind} without `fifo`"))
}

/// Reports that a function receives results and answers HTTP requests. `route` is its route.
pub(crate) fn results_to_a_route(ident: &str, route: &str) -> Message {
    Message::new(format!("`{ident}` answers HTTP requests (`{route}`), and cannot take results"))
        .with_help("name a function without a trigger, or a queue")
}

/// Reports that a function mounts a file system and is in no VPC.
pub(crate) fn file_system_without_vpc() -> Message {
    Message::new("a function with a `file_system` is in the VPC of the file system").with_help(
        "add `vpc(subnets = [\"subnet-…\"], security_groups = [\"sg-…\"])` with its mount targets",
    )
}
