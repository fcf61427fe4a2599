//! Lowers the alarms of a function to alarms of CloudWatch. Each topic of the application that they notify allows
//! CloudWatch to publish, in the topic's policy and in the policy of its key. A metric without values, such as the errors
//! of a function that nobody invokes, sets off no alarm.
// See decision 0126.

use skylift_model::aws::alarms::{AgeMetric, AlarmCount, AlarmSettings};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::{CfnValue, ResourceReference};
use skylift_model::resource::Existing;
use skylift_model::source::Trigger;
use skylift_model::source::sqs::Sqs;
use skylift_model::{App, Function};

use crate::lower::number::lower_number;
use crate::lower::source::{
    LoweredTriggers, ResourceRequirements, TriggerContext, name_in_ids, undeclared_existing,
};
use crate::lower::{invoke, resource, value};
use crate::stack::{IdOwner, Purpose, Resource};

/// The service that notifies the topics.
const SERVICE: &str = "cloudwatch.amazonaws.com";

/// The namespaces of the metrics.
const LAMBDA: &str = "AWS/Lambda";
const SQS: &str = "AWS/SQS";

/// How CloudWatch aggregates a metric over a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Statistic {
    Sum,
    Maximum,
    /// The value that one of a hundred values exceeds.
    Percentile99,
}

/// An alarm of a function.
struct Alarm {
    /// The logical id.
    id: String,
    namespace: &'static str,
    metric: &'static str,
    statistic: Statistic,
    /// The least value that sets off the alarm, in the unit of the metric.
    threshold: Node,
    dimensions: Vec<(&'static str, Node)>,
}

/// Adds the alarms of a function to its lowered triggers, and what they need of the topics.
pub(super) fn lower_alarms(context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
    let TriggerContext { app, function, .. } = context;
    let settings = function.lambda_settings(&app.defaults);
    let Some(settings) = settings.alarm_settings() else { return };
    let alarms = list_alarms(settings, function, app);
    if alarms.is_empty() {
        return;
    }
    for ident in settings.topics() {
        if app.resource(ident).is_some_and(|topic| topic.existing.is_none()) {
            lowered.requirements.push((ident.to_owned(), topic_requirements()));
        }
    }
    for alarm in alarms {
        let owner =
            IdOwner::for_function(context.index, Purpose::Beside("an alarm", context.cause));
        let properties = alarm_properties(&alarm, settings, function, app);
        let kind = "AWS::CloudWatch::Alarm";
        lowered.other_resources.push(Resource::new(alarm.id, kind, owner, properties));
    }
}

/// Returns references to all alarms of a function, which are their names.
pub(super) fn alarm_references(function: &Function, app: &App) -> Vec<Node> {
    let settings = function.lambda_settings(&app.defaults);
    let Some(settings) = settings.alarm_settings() else { return Vec::new() };
    list_alarms(settings, function, app).iter().map(|it| Node::reference(it.id.as_str())).collect()
}

/// Returns the alarms of a function with these settings, in the order of the keys.
fn list_alarms(settings: &AlarmSettings, function: &Function, app: &App) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    let lambda = |metric, statistic, threshold: Node| Alarm {
        id: function.id.join(&format!("{metric}Alarm")).to_string(),
        namespace: LAMBDA,
        metric,
        statistic,
        threshold,
        dimensions: function_dimensions(function),
    };
    let number = |key, value: Option<AlarmCount>| {
        lower_number(&settings.from_parameters, key, value.map(|it| it.get()))
    };
    let count = |metric, threshold| lambda(metric, Statistic::Sum, threshold);
    let errors = number(AlarmSettings::ERRORS, settings.errors);
    alarms.extend(errors.map(|it| count("Errors", it)));
    let throttles = number(AlarmSettings::THROTTLES, settings.throttles);
    alarms.extend(throttles.map(|it| count("Throttles", it)));
    let duration = settings.duration.map(integer);
    alarms.extend(duration.map(|it| lambda("Duration", Statistic::Percentile99, it)));
    if let Some(age) = settings.age {
        let age = u64::from(age.get());
        for metric in function.age_metrics() {
            match metric {
                AgeMetric::IteratorAge => {
                    alarms.push(lambda("IteratorAge", Statistic::Maximum, integer(age * 1_000)));
                }
                AgeMetric::AsyncEventAge => {
                    alarms.push(lambda("AsyncEventAge", Statistic::Maximum, integer(age * 1_000)));
                }
                AgeMetric::OldestMessage => add_queue_alarms(age, function, app, &mut alarms),
            }
        }
    }
    let lag = number(AlarmSettings::OFFSET_LAG, settings.offset_lag);
    let lag = lag.filter(|_| function.reads_kafka());
    alarms.extend(lag.map(|it| lambda("OffsetLag", Statistic::Maximum, it)));
    alarms
}

/// Returns the node for a threshold that is known now.
fn integer(number: u64) -> Node {
    Node::Int(number.into())
}

/// Adds an alarm for the oldest message of each queue that triggers a function; `age` is in seconds.
fn add_queue_alarms(age: u64, function: &Function, app: &App, alarms: &mut Vec<Alarm>) {
    let queues = function.triggers.iter().filter_map(|trigger| match trigger {
        Trigger::Sqs(sqs) => find_queue(sqs, function, app),
        _ => None,
    });
    for (stem, name) in queues {
        let id = |number: &str| function.id.join(&format!("{stem}Age{number}Alarm")).to_string();
        let is_taken = |id: &String| alarms.iter().any(|alarm| alarm.id == *id);
        let mut numbers = 2_u32..;
        let mut free = id("");
        while is_taken(&free) {
            free = id(&numbers.next().unwrap_or_default().to_string());
        }
        alarms.push(Alarm {
            id: free,
            namespace: SQS,
            metric: "ApproximateAgeOfOldestMessage",
            statistic: Statistic::Maximum,
            threshold: integer(age),
            dimensions: vec![("QueueName", name)],
        });
    }
}

/// Returns the part of the id that names the queue of a trigger, and the queue's name. Returns `None` if the application
/// does not have the queue, which is reported elsewhere.
fn find_queue(sqs: &Sqs, function: &Function, app: &App) -> Option<(String, Node)> {
    match &sqs.queue {
        ResourceReference::Declared(ident) => {
            let queue = app.resource(ident)?;
            let stem = name_in_ids(queue, function).to_owned();
            let existing = queue.existing.clone();
            let existing = existing.unwrap_or_else(|| Existing::Overlay(queue.id.clone()));
            Some((stem, resource::queue_name(&existing)))
        }
        other => {
            let (stem, existing) = undeclared_existing(other, "Queue")?;
            Some((stem, resource::queue_name(&existing)))
        }
    }
}

/// Returns the dimensions of the metrics of a function, or of its alias if it has one.
fn function_dimensions(function: &Function) -> Vec<(&'static str, Node)> {
    let mut dimensions = vec![("FunctionName", Node::reference(function.id.as_str()))];
    if invoke::has_alias(function) {
        let alias = Node::sub(format!("${{{}}}:{}", function.id, invoke::ALIAS));
        dimensions.push(("Resource", alias));
    }
    dimensions
}

/// Returns the properties of an alarm.
fn alarm_properties(
    alarm: &Alarm,
    settings: &AlarmSettings,
    function: &Function,
    app: &App,
) -> Map {
    let Alarm { namespace, metric, statistic, threshold, dimensions, .. } = alarm;
    let dimension = |(name, value): &(&'static str, Node)| {
        Node::from(Map::new().with("Name", *name).with("Value", value.clone()))
    };
    let dimensions: Vec<Node> = dimensions.iter().map(dimension).collect();
    let mut properties = Map::new()
        .with("AlarmDescription", format!("{metric} of {}", function.id))
        .with("Namespace", *namespace)
        .with("MetricName", *metric)
        .with("Dimensions", dimensions);
    match statistic {
        Statistic::Sum => properties.push("Statistic", "Sum"),
        Statistic::Maximum => properties.push("Statistic", "Maximum"),
        Statistic::Percentile99 => properties.push("ExtendedStatistic", "p99"),
    }
    properties.push("Period", settings.period().get());
    let number = |key, value| lower_number(&settings.from_parameters, key, value);
    let periods = Some(settings.evaluation_periods().get());
    properties.set_some("EvaluationPeriods", number(AlarmSettings::EVALUATION_PERIODS, periods));
    let datapoints = settings.datapoints_to_alarm.map(|it| it.get());
    let datapoints = number(AlarmSettings::DATAPOINTS_TO_ALARM, datapoints);
    properties.set_some("DatapointsToAlarm", datapoints);
    properties.push("ComparisonOperator", "GreaterThanOrEqualToThreshold");
    properties.push("Threshold", threshold.clone());
    properties.push("TreatMissingData", "notBreaching");
    let topics: Vec<Node> = settings.to.iter().map(|it| lower_topic(it, app)).collect();
    properties.set_some("AlarmActions", (!topics.is_empty()).then_some(topics));
    properties
}

/// Returns the ARN of a topic.
fn lower_topic(topic: &CfnValue, app: &App) -> Node {
    match topic {
        CfnValue::Resource(ident) => {
            app.resource(ident).map_or(Node::Null, resource::arn_by_reference)
        }
        other => value::lower_value(other, app),
    }
}

/// Returns what the alarms of this account need of a topic that they notify.
fn topic_requirements() -> ResourceRequirements {
    let account = Map::new().with("aws:SourceAccount", Node::reference("AWS::AccountId"));
    let alarms =
        Node::sub("arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*");
    let condition = Map::new()
        .with("StringEquals", account)
        .with("ArnLike", Map::new().with("aws:SourceArn", alarms));
    let statement = Map::new()
        .with("Sid", "Alarms")
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", SERVICE))
        .with("Action", "sns:Publish")
        .with("Condition", condition);
    ResourceRequirements {
        statements: vec![statement],
        key_user: Some(SERVICE),
        ..ResourceRequirements::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    const ITEMS: &str = "#[resource(topic)]\npub struct Alerts;\n#[resource(queue)]\npub struct Jobs;\n#[resource(stream)]\npub struct Clicks;\n";

    fn stack(attribute: &str, parameter: &str) -> Stack {
        stack_from_source(&format!(
            "{ITEMS}#[function({attribute})]\nasync fn take({parameter}) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    fn alarms(stack: &Stack) -> Vec<&str> {
        stack.ids().into_iter().filter(|id| id.ends_with("Alarm")).collect()
    }

    fn metric(stack: &Stack, id: &str) -> Value {
        let alarm = stack.resource(id);
        let of = |name: &str| alarm.property(name);
        let statistic = [of("Statistic"), of("ExtendedStatistic")];
        let statistic = statistic.into_iter().find(|it| !it.is_null());
        json!([of("Namespace"), of("MetricName"), statistic, of("Threshold")])
    }

    #[test]
    fn each_threshold_is_an_alarm_that_notifies_the_topic() {
        let stack = stack(
            "alarms(errors = 1, throttles = 2, duration = \"2500ms\", period = \"5m\", evaluation_periods = 3, datapoints_to_alarm = 2, to = Alerts)",
            "",
        );
        assert_eq!(alarms(&stack), ["TakeErrorsAlarm", "TakeThrottlesAlarm", "TakeDurationAlarm"]);
        let errors = stack.resource("TakeErrorsAlarm");
        assert_eq!(errors.kind(), "AWS::CloudWatch::Alarm");
        assert_eq!(
            *errors.properties(),
            json!({
                "AlarmDescription": "Errors of Take",
                "Namespace": "AWS/Lambda",
                "MetricName": "Errors",
                "Dimensions": [{ "Name": "FunctionName", "Value": { "Ref": "Take" } }],
                "Statistic": "Sum",
                "Period": 300,
                "EvaluationPeriods": 3,
                "DatapointsToAlarm": 2,
                "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                "Threshold": 1,
                "TreatMissingData": "notBreaching",
                "AlarmActions": [{ "Ref": "Alerts" }],
            })
        );
        assert_eq!(
            metric(&stack, "TakeThrottlesAlarm"),
            json!(["AWS/Lambda", "Throttles", "Sum", 2])
        );
        assert_eq!(
            metric(&stack, "TakeDurationAlarm"),
            json!(["AWS/Lambda", "Duration", "p99", 2500])
        );
    }

    #[test]
    fn an_alias_has_metrics_of_its_own() {
        let stack = stack("deploy = canary(\"5m\", alarms = own), alarms(errors = 1)", "");
        assert_eq!(
            stack.resource("TakeErrorsAlarm").property("Dimensions.1"),
            json!({ "Name": "Resource", "Value": { "Fn::Sub": "${Take}:live" } })
        );
        assert!(stack.resource("TakeErrorsAlarm").property("AlarmActions").is_null());
        let group = stack.resource("TakeDeploymentGroup");
        let alarms =
            json!({ "Enabled": true, "Alarms": [{ "Name": { "Ref": "TakeErrorsAlarm" } }] });
        assert_eq!(group.property("AlarmConfiguration"), alarms);
    }

    #[test]
    fn the_age_is_that_of_the_sources() {
        for (attribute, parameter, expected) in [
            (
                "trigger = sqs(queue = Jobs)",
                "job: SqsEvent",
                vec![("TakeJobsAgeAlarm", "ApproximateAgeOfOldestMessage", 60)],
            ),
            (
                "trigger = kinesis(stream = Clicks)",
                "clicks: KinesisEvent",
                vec![("TakeIteratorAgeAlarm", "IteratorAge", 60_000)],
            ),
            (
                "trigger = schedule(\"rate(1 hour)\")",
                "",
                vec![("TakeAsyncEventAgeAlarm", "AsyncEventAge", 60_000)],
            ),
            ("", "nothing: ()", vec![("TakeAsyncEventAgeAlarm", "AsyncEventAge", 60_000)]),
        ] {
            let stack = stack(
                format!("{attribute}, alarms(age = \"1m\", to = Alerts)").trim_start_matches(", "),
                parameter,
            );
            let ids: Vec<&str> = expected.iter().map(|(id, _, _)| *id).collect();
            assert_eq!(alarms(&stack), ids, "{attribute}");
            for (id, name, threshold) in expected {
                let alarm = stack.resource(id);
                assert_eq!(alarm.property("MetricName"), name);
                assert_eq!(alarm.property("Statistic"), "Maximum");
                assert_eq!(alarm.property("Threshold"), threshold);
            }
        }
    }

    #[test]
    fn a_queue_is_named_in_every_form_of_reference() {
        for (queue, id, name) in [
            ("Jobs", "TakeJobsAgeAlarm", json!({ "Fn::GetAtt": "Jobs.QueueName" })),
            ("\"jobs-of-acme\"", "TakeJobsOfAcmeAgeAlarm", json!("jobs-of-acme")),
            ("\"arn:aws:sqs:eu-west-1:123456789012:jobs\"", "TakeJobsAgeAlarm", json!("jobs")),
            (
                "param(\"Work\")",
                "TakeWorkAgeAlarm",
                json!({ "Fn::Select": [5, { "Fn::Split": [":", { "Ref": "Work" }] }] }),
            ),
        ] {
            let attribute =
                format!("trigger = sqs(queue = {queue}), alarms(age = \"1m\", to = Alerts)");
            let stack = stack(&attribute, "jobs: SqsEvent");
            let alarm = stack.resource(id);
            assert_eq!(alarm.property("Namespace"), "AWS/SQS");
            let dimensions = json!([{ "Name": "QueueName", "Value": name }]);
            assert_eq!(alarm.property("Dimensions"), dimensions, "{queue}");
        }
    }

    #[test]
    fn a_topic_lets_cloudwatch_publish_and_use_its_key() {
        let stack = stack("alarms(errors = 1, throttles = 1, to = Alerts)", "");
        let statements = stack.resource("AlertsPolicy").property("PolicyDocument.Statement");
        let statements = statements.as_array().unwrap();
        assert_eq!(statements.len(), 2);
        assert_eq!(
            statements[1],
            json!({
                "Sid": "Alarms",
                "Effect": "Allow",
                "Principal": { "Service": "cloudwatch.amazonaws.com" },
                "Action": "sns:Publish",
                "Condition": {
                    "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
                    "ArnLike": { "aws:SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*" } },
                },
                "Resource": [{ "Ref": "Alerts" }],
            })
        );
        let key = json!({ "Fn::GetAtt": "AlertsKey.Arn" });
        assert_eq!(stack.resource("Alerts").property("KmsMasterKeyId"), key);
    }
}
