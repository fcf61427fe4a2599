//! The Cargo features of `skylift` that bring types. `skylift` enables the feature of the same name of this crate, so
//! that a macro can report a missing feature before the compiler reports everything that follows from it.

/// Defines a function that returns whether a feature of this list is on.
macro_rules! enabled_features {
    ($($feature:literal),* $(,)?) => {
        /// Returns whether a feature of `skylift` is on. Features that bring no types count as on.
        pub(crate) fn is_enabled(feature: &str) -> bool {
            match feature {
                $($feature => cfg!(feature = $feature),)*
                _ => true,
            }
        }
    };
}

enabled_features! {
    "alexa",
    "bucket",
    "bus",
    "cognito",
    "custom_resource",
    "deployment_hook",
    "documentdb",
    "dynamodb",
    "event",
    "http",
    "idempotency",
    "invoke",
    "kafka",
    "kinesis",
    "logs",
    "mq",
    "msk",
    "parameter",
    "queue",
    "resume",
    "s3",
    "schedule",
    "secret",
    "sns",
    "sqs",
    "state_machine",
    "stream",
    "table",
    "topic",
    "url",
}
