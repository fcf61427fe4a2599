//! Applications for tests, built from the types of the model.

use skylift_model::access::{Access, Capability};
use skylift_model::aws::mapping::{EventSourceMapping, stream::StreamMapping};
use skylift_model::aws::name::{AttributeName, IndexName, LogicalId, QueueName, StreamName};
use skylift_model::aws::node::Map;
use skylift_model::aws::provisioned_concurrency::{
    EnvironmentCount, ProvisionedConcurrency, ScheduledBounds,
};
use skylift_model::aws::value::{ArnReference, ResourceReference};
use skylift_model::idempotency::{Idempotency, IdempotencyTtl};
use skylift_model::keep_warm::{Instances, KeepWarm};
use skylift_model::resource::table::{KeyAttribute, KeyType, Projection, SecondaryIndex, Table};
use skylift_model::resource::{
    Resource, ResourceSettings, bucket, bus, parameter, queue, secret, state_machine, stream, topic,
};
use skylift_model::schedule::ScheduleExpression;
use skylift_model::settings::Architecture;
use skylift_model::source::Trigger;
use skylift_model::source::{dynamodb::DynamoDb, kinesis::Kinesis, sqs::Sqs};
use skylift_model::{App, AppParts, Function, FunctionSettings, SourceLocation};

use crate::lower::lower_app;
use crate::stack::Stack;

/// Returns a function with default settings.
pub(crate) fn function(id: &str) -> Function {
    Function {
        id: LogicalId::try_from(id).unwrap(),
        handler: id.to_owned(),
        name: None,
        description: None,
        settings: FunctionSettings::default(),
        triggers: Vec::new(),
        keep_warm: None,
        idempotent: None,
        resume: None,
        properties: Map::new(),
        capabilities: Vec::new(),
        claims: Vec::new(),
        state: None,
        binary: None,
        origin: SourceLocation::default(),
        stacks: skylift_model::StackLayout::default(),
    }
}

/// Returns pings for three environments.
pub(crate) fn three_pings() -> KeepWarm {
    let every: ScheduleExpression = "rate(5 minutes)".parse().unwrap();
    KeepWarm { instances: Instances::try_from(3).unwrap(), ..KeepWarm::from(every) }
}

/// Returns provisioned concurrency that scales between one and two environments, with a scheduled action for three.
pub(crate) fn scaled_concurrency() -> ProvisionedConcurrency {
    let number = |number: u64| EnvironmentCount::try_from(number).unwrap();
    let at = "cron(0 8 ? * MON-FRI *)".parse().unwrap();
    let later = ScheduledBounds { at, min: number(3), max: number(3), time_zone: None };
    ProvisionedConcurrency { min: number(1), max: number(2), target: None, schedules: vec![later] }
}

/// Returns a function with one more capability.
pub(crate) fn with_capability(mut function: Function, access: Access, with: &str) -> Function {
    let parameter = function.capabilities.len();
    let target = with.to_owned();
    function.capabilities.push(Capability { access, target, calls: Vec::new(), parameter });
    function
}

/// Returns idempotency settings of a function, with the table `store` or, for `None`, with a table of the
/// function's own.
pub(crate) fn idempotent(store: Option<&str>) -> Idempotency {
    let key = vec!["$.id".parse().unwrap()];
    let store = store.map(str::to_owned);
    Idempotency { key, check: Vec::new(), store, ttl: IdempotencyTtl::DEFAULT }
}

/// Returns a resource of the application with these settings and no others.
pub(crate) fn resource(ident: &str, settings: ResourceSettings) -> Resource {
    Resource {
        ident: ident.to_owned(),
        id: LogicalId::try_from(ident).unwrap(),
        settings,
        existing: None,
        view: None,
        retain: None,
        properties: Map::new(),
        kms_key: None,
        policy: Vec::new(),
        stream_policy: Vec::new(),
        owner: None,
        origin: SourceLocation::default(),
    }
}

/// Returns one resource of each kind, named after its kind: `Bucket`, `Bus` and so on.
pub(crate) fn one_of_each() -> Vec<Resource> {
    let topic = topic::Topic { name: None, fifo: false, tls_only: true };
    let stream = stream::Stream::default();
    let parameter = parameter::Parameter { name: None, value: "50".to_owned() };
    vec![
        resource("Bucket", ResourceSettings::Bucket(bucket::Bucket::default())),
        resource("Bus", ResourceSettings::Bus(bus::Bus { name: None, source: None })),
        resource("Parameter", ResourceSettings::Parameter(parameter)),
        resource("Queue", ResourceSettings::Queue(queue::Queue::default())),
        resource("Secret", ResourceSettings::Secret(secret::Secret::default())),
        resource(
            "StateMachine",
            ResourceSettings::StateMachine(state_machine::StateMachine::default()),
        ),
        resource("Stream", ResourceSettings::Stream(stream)),
        resource("Table", ResourceSettings::Table(table(&["by_customer", "by_date"]))),
        resource("Topic", ResourceSettings::Topic(topic)),
    ]
}

/// Returns a trigger on a queue, with default settings.
pub(crate) fn sqs(queue: ResourceReference<QueueName>) -> Sqs {
    let mapping = EventSourceMapping::default();
    Sqs {
        queue,
        batch_size: None,
        max_concurrency: None,
        batch_concurrency: None,
        shared: false,
        mapping,
    }
}

/// Returns a trigger on a stream, with default settings.
pub(crate) fn kinesis(stream: ResourceReference<StreamName>) -> Kinesis {
    Kinesis { stream, consumer: None, mapping: StreamMapping::default() }
}

/// Returns a trigger on a table's stream, with default settings.
pub(crate) fn dynamodb(table: ArnReference) -> DynamoDb {
    DynamoDb { table, mapping: StreamMapping::default() }
}

/// Returns a table with global indexes of these names.
pub(crate) fn table(indexes: &[&str]) -> Table {
    let attribute = |name: &str| KeyAttribute {
        name: AttributeName::try_from(name).unwrap(),
        kind: KeyType::String,
    };
    let index = |name: &&str| SecondaryIndex {
        name: IndexName::try_from(*name).unwrap(),
        key: Some(attribute(name)),
        sort: None,
        projection: Projection::All,
    };
    Table {
        name: None,
        key: attribute("id"),
        sort: None,
        indexes: indexes.iter().map(index).collect(),
        stream: None,
        ttl: None,
        point_in_time_recovery: true,
    }
}

/// Lowers an application to its stack.
pub(crate) fn app_stack(app: &App) -> Stack {
    lower_app(app, Architecture::X86_64)
}

/// Returns the stack of an application with these functions and resources.
pub(crate) fn build_stack(functions: Vec<Function>, resources: Vec<Resource>) -> Stack {
    app_stack(&app(functions, resources))
}

/// Returns a function with one trigger.
pub(crate) fn function_with_trigger(id: &str, trigger: impl Into<Trigger>) -> Function {
    Function { triggers: vec![trigger.into()], ..function(id) }
}

/// Returns an application with these functions and resources.
pub(crate) fn app(functions: Vec<Function>, resources: Vec<Resource>) -> App {
    App::new(AppParts { functions, resources, ..AppParts::default() })
}
