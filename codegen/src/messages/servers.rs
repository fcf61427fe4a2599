//! Messages about brokers and clusters of the overlay that trigger functions.

use std::fmt::Display;

use skylift_model::message::Message;

/// Reports that a trigger names a virtual host of a broker of `ActiveMQ`. `broker` is the logical id and the place of the
/// broker.
pub(crate) fn virtual_host_of_active_mq(host: &str, broker: (&str, impl Display)) -> Message {
    let (id, origin) = broker;
    Message::new(format!(
        "`{id}` at {origin} is a broker of ActiveMQ, which has no virtual host `{host}`"
    ))
    .with_help("leave `virtual_host` out: only RabbitMQ has virtual hosts")
}

/// Reports that a cluster of the overlay has a version whose change streams Lambda does not read.
pub(crate) fn old_documentdb_cluster(version: &str, cluster: (&str, impl Display)) -> Message {
    let (id, origin) = cluster;
    Message::new(format!(
        "`{id}` at {origin} has version {version} of DocumentDB, and Lambda reads change streams from version 4.0 on"
    ))
    .with_help("give the cluster a newer `EngineVersion`, such as `5.0.0`")
}
