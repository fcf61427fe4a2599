//! Messages about the alarms of a function.

use crate::location::SourceLocation;
use crate::message::Message;
use crate::suggest;

/// Reports that alarms have no threshold.
pub(crate) fn alarms_without_threshold() -> Message {
    Message::new("`alarms` has no threshold, so that nothing sets off an alarm")
        .with_help("add one: `errors = 1`, `throttles = 1`, `duration = \"25s\"` or `age = \"1m\"`")
}

/// Reports that alarms notify no topic and stop no deployment.
pub(crate) fn alarms_without_topic() -> Message {
    Message::new("the alarms of this function notify nothing").with_help(
        "add `to = Alerts`, a `#[resource(topic)]`, or let them stop a deployment: `deploy = canary(\"10m\", alarms = own)`",
    )
}

/// Reports that a deployment is to be stopped by the function's own alarms, and that the function has none.
pub(crate) fn no_own_alarms() -> Message {
    Message::new("this function has no alarms of its own")
        .with_help("add them: `alarms(errors = 1)`")
}

/// Reports that alarms notify a FIFO topic. `origin` is the location of its declaration.
pub(crate) fn fifo_topic(ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "`{ident}` is a FIFO topic (declared at {origin}): CloudWatch notifies standard topics"
    ))
    .with_help("name a topic without `fifo`")
}

/// Reports that no metric has the age of the events of a function. `triggers` describe its triggers.
pub(crate) fn no_age_metric(triggers: &[String], reads_kafka: bool) -> Message {
    let triggers = suggest::list(triggers.iter().map(String::as_str));
    let message = Message::new(format!("no metric has the age of the events of {triggers}"));
    if reads_kafka {
        message.with_help("write `offset_lag = 1000`, the number of records that wait")
    } else {
        message.with_help("leave out `age`, or write `duration = \"…\"` for slow invocations")
    }
}

/// Reports that no event becomes as old as an alarm says, in seconds. `kept` is how long events are kept, and `trigger`
/// describes their trigger.
pub(crate) fn age_beyond_retention(age: u32, kept: u32, trigger: &str) -> Message {
    Message::new(format!("no event of {trigger} becomes {age} s old: it is dropped after {kept} s"))
        .with_help("write a shorter `age`: the alarm has to go off before events are lost")
}

/// Reports that a function that reads no Kafka topic has an alarm for the records that wait.
pub(crate) fn no_offset_lag() -> Message {
    Message::new("`offset_lag` is for functions that read a Kafka topic")
        .with_help("write `age = \"1m\"`, the age of the events that wait")
}

/// Reports that no invocation takes as long as its alarm says. `handler` is the function, if the alarm is a default of
/// all functions.
pub(crate) fn duration_beyond_timeout(
    milliseconds: u64,
    timeout: u32,
    handler: Option<&str>,
) -> Message {
    let of = handler.map(|handler| format!(" of `{handler}`")).unwrap_or_default();
    Message::new(format!("no invocation takes {milliseconds} ms: the timeout{of} is {timeout} s"))
        .with_help("write a shorter `duration`, or a longer `timeout`")
}

/// Reports that an alarm looks at too many periods of this length.
pub(crate) fn too_many_periods(periods: u32, seconds: u32, most: u32) -> Message {
    format!(
        "an alarm with periods of {seconds} s looks at {most} periods at most, not at {periods}"
    )
    .into()
}

/// Reports that more periods have to reach the threshold than the alarm looks at.
pub(crate) fn more_datapoints_than_periods(datapoints: u32, periods: u32) -> Message {
    Message::new(format!("{datapoints} of {periods} periods cannot reach the threshold")).with_help(
        format!("write at most `datapoints_to_alarm = {periods}`, or more `evaluation_periods`"),
    )
}
