use super::{assert_right, assert_wrong};

/// Returns the source of a function that sends its results to a handler of `event`.
fn results(event: &str) -> String {
    format!(
        "#[function(on_success = done)]
        async fn work(order: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}
        #[function(trigger = sqs)]
        async fn done(event: {event}) -> Result<(), Error> {{ Ok(()) }}
        #[derive(Deserialize)] struct Done {{ version: String }}"
    )
}

#[test]
fn results_go_to_handlers_of_records_of_invocations() {
    for event in ["Done", "serde_json::Value", "other::Done", "Unknown"] {
        assert_right(&results(event));
    }
    for event in ["SqsEvent", "skylift::event::SqsEvent", "Message<Done>"] {
        assert_wrong(
            &results(event),
            &format!(
                "key on_success: Lambda sends `done` the record of an invocation, and its handler takes `{event}`\n\nhelp: name a function that takes such a record, such as a `serde_json::Value`, or a queue"
            ),
        );
    }
}
