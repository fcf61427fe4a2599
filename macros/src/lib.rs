//! The macros that rustc calls: the expansion of the attributes. Each attribute emits the user's item unchanged
//! and adds one `const` beside it. The `const` enters the item into the runtime's registry, or reports an error
//! at the exact tokens that are wrong. The build step finds the mistakes across several items and writes them
//! into notes, which the macros read.
//!
//! Users reach these macros through the `skylift` crate, whose documentation has examples of their use.

mod compiler;
mod doctest;
mod event;
mod expansion;
mod features;
mod function;
mod init;
mod main_macro;
mod messages;
mod notes;
mod publish;
mod resource;

use proc_macro::TokenStream;

/// Makes an async function a Lambda function of the application.
///
/// The first parameter is the event, and its type decides how the event is delivered. The other parameters can
/// be `State<T>`, `Context`, `Resume<Cursor>` and [capabilities]. If the function has an HTTP route, all
/// parameters are extractors of axum.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use skylift::prelude::*;
///
/// #[derive(Serialize, Deserialize)]
/// pub struct Job {
///     url: String,
/// }
///
/// #[resource(queue(message = Job))]
/// pub struct Jobs;
///
/// /// Fetches what a message names. This line is the function's description.
/// #[function(trigger = sqs(queue = Jobs, batch_size = 10), timeout = "30s", memory = 256)]
/// async fn fetch(job: Message<Job>, context: Context) -> Result<(), Error> {
///     println!("{} with {:?} left", job.url, context.remaining());
///     Ok(())
/// }
/// ```
///
/// The function itself is not changed: other code and [tests] can call it.
///
/// # Triggers
///
/// | source | event types | arguments | page |
/// | --- | --- | --- | --- |
/// | `s3` | `S3Event`, `S3EventRecord` | `bucket`, `events`, `prefix`, `suffix`, `through` | [S3] |
/// | `sqs` | `SqsEvent`, `SqsMessage`, `Message<T>` | `queue`, `batch_size`, `batch_window`, `batch_concurrency`, `max_concurrency`, `filters`, `kms_key`, `metrics`, `enabled` | [SQS] |
/// | `logs` | `LogsEvent`, `LogEntry`, `LogRecord<T>` | `group`, `filter` | [CloudWatch Logs] |
/// | `sns` | `SnsEvent`, `SnsRecord`, `Notification<T>` | `topic`, `filter`, `filter_scope`, `dead_letters` | [SNS] |
/// | `kinesis` | `KinesisEvent`, `KinesisEventRecord`, `Data<T>`, `Window<S, …>` | `stream`, `consumer`, `batch_size`, `batch_window`, `parallelization_factor`, `retries`, `max_record_age`, `bisect`, `on_failure`, `start`, `tumbling_window`, `filters`, `kms_key`, `metrics`, `enabled` | [Kinesis] |
/// | `dynamodb` | `DynamoDbEvent`, `DynamoDbEventRecord`, `Change<T>`, `Window<S, …>` | `table`, and those of `kinesis` but `stream` and `consumer` | [DynamoDB] |
/// | `msk` | `KafkaEvent`, `KafkaEventRecord`, `KafkaRecord<T>` | `cluster`, `topic`, `start`, `auth`, `secret`, `secret_key`, `batch_size`, `batch_window`, `batch_concurrency`, `consumer_group`, `pollers`, `retries`, `max_record_age`, `bisect`, `on_failure`, `schema_registry`, `log_level`, `metrics`, `filters`, `kms_key`, `enabled` | [Kafka] |
/// | `kafka` | as of `msk` | those of `msk` but `cluster`, and `servers`, `ca`, `subnets`, `security_groups`, `oauth_scope`, `oauth_audience`, `oauth_logical_cluster`, `oauth_identity_pool` | [Kafka] |
/// | `mq` | `MqEvent`, `MqEventMessage`, `MqMessage<T>` | `broker`, `queue`, `secret`, `secret_key`, `virtual_host`, `batch_size`, `batch_window`, `filters`, `kms_key`, `enabled` | [Amazon MQ] |
/// | `documentdb` | `DocumentDbEvent`, `DocumentDbEventRecord`, `DocumentDbChange<T>` | `cluster`, `database`, `collection`, `full_document`, `start`, `secret`, `secret_key`, `batch_size`, `batch_window`, `enabled` | [DocumentDB] |
/// | `http` | extractors of axum | `"GET /path/{id}"`, or `method` and `path`; bare for every other request; `auth = Users`, `iam` or `none`, `scopes = ["read"]`, `throttle(rate = 5, burst = 10)` | [HTTP] |
/// | `url` | extractors of axum | `auth`, `cors(origins, methods, headers, expose, max_age, credentials)`, `stream`, `cloudfront` | [Function URLs] |
/// | `event` | `EventBridgeEvent<T>`, `EventEnvelope`; any type with `input` | `bus`, `source`, `detail_type`, `detail`, `pattern`, `name`, `enabled`, `input`, `input_path`, `input_template`, `input_paths`, `dead_letters`, `retries`, `max_event_age` | [EventBridge] |
/// | `cognito` | the event type of each trigger, such as `CognitoEventUserPoolsPreSignup`, which the handler returns | `pool`, `on`, `kms_key` | [Cognito] |
/// | `iot` | any type that implements `Deserialize` | `sql`, `version`, `name`, `description`, `enabled`, `error_action` | [AWS IoT] |
/// | `alexa` | `AlexaRequest`; the handler returns an `AlexaResponse` | `skill` | [Alexa] |
/// | `deployment_hook` | `DeploymentHook`; `Ok` lets the deployment go on | | [Deployments] |
/// | `custom_resource` | `CustomResource<T>`; the handler returns a `CustomResourceAnswer` or `()` | `resource` | [Custom resources] |
/// | `schedule` | `ScheduledEvent`, or none | `"rate(…)"`, `"cron(…)"` or `"at(…)"`, `name`, `description`, `enabled`, `input`, `dead_letters`, `retries`, `max_event_age`, `time_zone`, `window`, `start`, `end`, `group` | [Schedules] |
/// | none | any type that implements `Deserialize`, or none | | [Direct invocation] |
///
/// # Arguments
///
/// | key | value | unit, limits | default |
/// | --- | --- | --- | --- |
/// | `trigger` | a source, bare (`sqs`) or with arguments (`sqs(queue = Jobs)`); repeatable | | none: invoked directly |
/// | `schedule` | `"rate(5 minutes)"`, `"cron(0 8 * * ? *)"` or `param("Name")`; short for `trigger = schedule("…")` | UTC | none |
/// | `memory` | number | MB, 128 to 10,240; to 32,768 on managed instances | Lambda's, 128 |
/// | `timeout` | duration: `"30s"`, `"5m"`, `"5 minutes"` | 1 s to 30 min; 90 min on managed instances; 30 s behind a route | Lambda's, 3 s |
/// | `architecture` | `arm64` or `x86_64` | | the one that the binary is built for |
/// | `ephemeral_storage` | number | MB, 512 to 10,240; to 32,768 on managed instances | Lambda's, 512 |
/// | `reserved_concurrency` | number: [Concurrency] | invocations at once | none |
/// | `provisioned_concurrency` | number, `param("Name")`, or `provisioned_concurrency(min = 1, max = 10, target = 0.7, schedule(at = "…", min = 10))`: [Cold starts] | environments, 1 or more; target 0.1 to 0.9; brings the alias `live` | none; `max` is `min`; 0.7 |
/// | `keep_warm` | `"rate(5 minutes)"` or `"cron(…)"`, or `keep_warm(every = "5 minutes", instances = 3, hold = "500ms")`: [Cold starts] | 1 to 5 instances; held 1 ms to 30 s, less than the timeout | none; 1 instance; 500 ms if there are several |
/// | `cold_start_metric` | `cold_start_metric`, or `= true` or `= false` | | `true` if there is `keep_warm` or `provisioned_concurrency` |
/// | `retries` | number: [Errors and retries] | 0 to 2, asynchronous invocations | Lambda's, 2 |
/// | `max_event_age` | duration | 1 min to 6 h | Lambda's, 6 h |
/// | `deadline_margin` | duration, also `"250ms"`: how long before its timeout a batch begins no more records, and `resume` hands over | 50 ms or more, less than the timeout | 500 ms; with `resume` 2 s, or half the timeout if that is less |
/// | `idempotent` | `idempotent(key = "$.id", check = "$.body", store = Seen, ttl = "1h")`: [Work that is done once] | `ttl` 1 s to 365 days | none |
/// | `resume` | `queue`, or `resume(queue, hops = 100, dead_letters(after = 5))`: [Long work] | 1 to 100,000 hops, 1 to 1,000 receives | none |
/// | `env` | `env(KEY = value)`; a value is a string, number or boolean, `param("Name")`, `import("Export")`, `ssm("/path")`, `overlay("Id", "Attribute")`, `sub("…${AWS::Region}…")`, or the path of a `#[resource]` | 4,096 bytes in all | none |
/// | `log_retention` | number | days that CloudWatch Logs takes | 30 |
/// | `log_format` | `text` or `json`: [Observability] | | Lambda's, `text`; `json` if a level is set |
/// | `log_level` | `trace`, `debug`, `info`, `warn`, `error` or `fatal` | JSON | Lambda's, `info` |
/// | `system_log_level` | `debug`, `info` or `warn` | JSON | Lambda's, `info` |
/// | `tracing` | `active`, `pass_through` or `disabled` | | none, or what the callers trace |
/// | `policy` | name or ARN of a managed policy, or a list; repeatable | 10 | none |
/// | `allow` | `allow(actions = ["ses:SendEmail"], resources = ["arn:…"], conditions = { "Bool": { … } })`, a statement of IAM: a resource is an ARN, `"*"`, `param("Name")`, `import("Export")`, `ssm("/path")` or the path of a `#[resource]`; repeatable | | none |
/// | `vpc` | `vpc(subnets = ["subnet-…"], security_groups = ["sg-…"], ipv6)`; each list may be `param("…")` or `import("…")`, an id `overlay("Id")`; `vpc = none` leaves the default | 16 subnets, 5 security groups | none |
/// | `layers` | ARN of a version of a layer, or a list of them; also `overlay("Id")` and `param("Name")` | 5 | none |
/// | `file_system` | `file_system(access_point = "arn:…", path = "/mnt/data")`; needs `vpc` | one | none |
/// | `on_success` | path of a queue, topic, bus or function, or an ARN: gets the answers of asynchronous invocations | not FIFO | nowhere |
/// | `on_failure` | path of a queue, topic, bus, bucket or function, or an ARN: gets the events that failed, with the error | not FIFO | nowhere |
/// | `dead_letters` | path of a queue or topic, or an ARN: gets the events that failed, alone | not FIFO | nowhere |
/// | `kms_key` | ARN of the KMS key for the environment variables |  | a key of AWS |
/// | `code_signing` | ARN of a code signing configuration |  | none |
/// | `permissions_boundary` | ARN of the managed policy that limits the role |  | none |
/// | `role_path` | path of the role: `"/app/"` | 512 characters | `/` |
/// | `capacity_provider` | `capacity_provider(provider = "arn:…", concurrency = 10, memory_per_cpu = 4)`: runs the function on Lambda Managed Instances | concurrency 1 to 1,600; 2 to 8 GiB for a CPU | Lambda's own machines |
/// | `scaling` | `scaling(min = 3, max = 20)`: environments on managed instances | 0 to 15,000 | AWS's |
/// | `tenants` | `isolated`: no environment handles invocations of two tenants; `Context::tenant_id()` is the tenant | not with `provisioned_concurrency` | shared |
/// | `deploy` | `canary("10m", alarms = own, before = check, after = verify)`, `linear("1m")` or `all_at_once`: how the traffic moves to a new version, by CodeDeploy | canary 5, 10, 15 or 30 min; linear 1, 2, 3 or 10 min; brings the alias `live` | at once, without an alias |
/// | `version_description` | string: the beginning of the description of each new version | 128 characters; needs an alias | none |
/// | `alarms` | `alarms(errors = 1, throttles = 1, duration = "25s", age = "1m", to = Alerts)`, or `none`: alarms of CloudWatch: [Alarms] | 5 topics | none |
/// | `name` | string: the function's name in the account | 64 characters | CloudFormation chooses one |
/// | `id` | string: its logical id | 255 characters | the Rust name in camel case |
/// | `description` | string | 256 characters | first paragraph of the doc comment |
/// | `tags` | `tags(team = "media", "cost-center" = "4711")`; a value may be `param("Name")`, `sub("…${AWS::StackName}…")` or another value of the template | 50 | none |
/// | `properties` | `properties = { "Key": value }`, JSON: properties of `AWS::Serverless::Function` that have no key here, or parts of them: [Templates and overlays] | | none |
///
/// `[package.metadata.skylift]` in Cargo.toml has defaults for all functions: [Functions].
///
/// # Errors
///
/// If AWS is known to refuse a setting, the setting is a compile error at the argument that is wrong.
///
/// AWS: *`AWS::Serverless::Function`*, *`AWS::Lambda::EventSourceMapping`*, *`AWS::Events::Rule`*,
/// *`AWS::ApplicationAutoScaling::ScalableTarget`*, *`AWS::ApplicationAutoScaling::ScalingPolicy`*.
///
/// [capabilities]: ../skylift/guide/capabilities/index.html
/// [tests]: ../skylift/guide/testing/index.html
/// [S3]: ../skylift/guide/s3/index.html
/// [SQS]: ../skylift/guide/sqs/index.html
/// [CloudWatch Logs]: ../skylift/guide/logs/index.html
/// [SNS]: ../skylift/guide/sns/index.html
/// [EventBridge]: ../skylift/guide/event/index.html
/// [Cognito]: ../skylift/guide/cognito/index.html
/// [AWS IoT]: ../skylift/guide/iot/index.html
/// [Alexa]: ../skylift/guide/alexa/index.html
/// [Custom resources]: ../skylift/guide/custom_resource/index.html
/// [Kinesis]: ../skylift/guide/kinesis/index.html
/// [DynamoDB]: ../skylift/guide/dynamodb/index.html
/// [Kafka]: ../skylift/guide/kafka/index.html
/// [Amazon MQ]: ../skylift/guide/mq/index.html
/// [DocumentDB]: ../skylift/guide/documentdb/index.html
/// [HTTP]: ../skylift/guide/http/index.html
/// [Function URLs]: ../skylift/guide/url/index.html
/// [Schedules]: ../skylift/guide/schedule/index.html
/// [Direct invocation]: ../skylift/guide/direct/index.html
/// [Concurrency]: ../skylift/guide/concurrency/index.html
/// [Cold starts]: ../skylift/guide/cold_starts/index.html
/// [Errors and retries]: ../skylift/guide/errors/index.html
/// [Work that is done once]: ../skylift/guide/idempotency/index.html
/// [Long work]: ../skylift/guide/resume/index.html
/// [Observability]: ../skylift/guide/observability/index.html
/// [Alarms]: ../skylift/guide/alarms/index.html
/// [Deployments]: ../skylift/guide/deployments/index.html
/// [Templates and overlays]: ../skylift/guide/templates/index.html
/// [Functions]: ../skylift/guide/functions/index.html
#[proc_macro_attribute]
pub fn function(args: TokenStream, item: TokenStream) -> TokenStream {
    function::expand(&args.into(), &item.into()).into()
}

/// Declares a resource of the application on a unit struct. Attributes of functions and capabilities then name
/// this struct.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use skylift::prelude::*;
///
/// #[derive(Serialize, Deserialize)]
/// pub struct Order {
///     id: String,
///     placed_at: u64,
/// }
///
/// #[resource(bucket(versioned))]
/// pub struct Uploads;
///
/// #[resource(table(key = "id", item = Order, indexes(by_time(key = number("placed_at")))))]
/// pub struct Orders;
///
/// /// Exists already: the template makes none.
/// #[resource(queue(existing = param("PackingQueue"), message = Order))]
/// pub struct Packing;
/// ```
///
/// # Kinds
///
/// | kind | arguments | capabilities | page |
/// | --- | --- | --- | --- |
/// | `bucket` | `versioned` and `tls_only`, alone or `= true`, `= false`; `policy = [{ … }]` | `Reader`, `Writer`, `ReadWriter`, `DownloadSigner`, `UploadSigner` | [Buckets] |
/// | `table` | `key = "id"`, `number("at")` or `binary("hash")`; `sort` in the same forms; `item = Type`; `indexes(name(key = …, sort = …, project = all))`; `stream = new_and_old`, `new`, `old` or `keys`; `ttl = "attribute"`; `point_in_time_recovery = false`; `policy` and `stream_policy = [{ … }]` | `Reader`, `Writer`, `ReadWriter` | [Tables] |
/// | `queue` | `message = Type`, `fifo`, `visibility = "5m"`, `retention = "4d"`, `delay = "10s"`, `dead_letters(after = 5)`, `tls_only`, `policy = [{ … }]`, `from = topic(…)`, `bucket(…)` or `bus(…)` | `Sender` | [Queues], [Subscriptions] |
/// | `topic` | `message = Type`, `fifo`, `tls_only`, `policy = [{ … }]`, `from = bucket(…)` or `bus(…)` | `Publisher` | [Topics], [Subscriptions] |
/// | `stream` | `message = Type`, `shards = 2` or `on_demand`, `retention = "2d"`, `policy = [{ … }]`, `from = bus(…)` | `Putter` | [Streams], [Subscriptions] |
/// | `bus` | `message = Type` | `Publisher` | [Event buses] |
/// | `state_machine` | `asl = "workflow.asl.json"`, `express`, `input = Type`, `output = Type`, `log_level = all`, `error`, `fatal` or `off`, `log_data`, `log_retention = 30`, `tracing = false`, `allow(…)` | `Starter` | [State machines] |
/// | `authorizer` | `jwt(issuer = "https://…", audience = ["…"], identity = header("authorization"), claims = Type)` or `cognito(pool = overlay("Pool"), clients = [overlay("Client")], claims = Type)`, and `id`; no other key | `Claims` | [Authorizers] |
/// | `secret` | `value = Type`, `generate` or `generate(length = 32, punctuation = true)`, `policy = [{ … }]` | `Reader` | [Secrets] |
/// | `parameter` | `value = "50"` | `Reader` | [Parameters] |
///
/// # Arguments of each kind
///
/// | key | value | default |
/// | --- | --- | --- |
/// | `name` | string: its name in the account | CloudFormation's, or one that no stack shares |
/// | `id` | string: its logical id | the struct's name |
/// | `retain` | `retain`, or `= true` or `= false`: whether it outlives its stack | `true` for buckets, tables and secrets |
/// | `kms_key` | `"arn:…:key/…"`, `param("Name")` or `overlay("LogicalId", "Arn")`: the KMS key of your own that encrypts it; the roles of its users may use the key | a key of AWS |
/// | `properties` | `properties = { "Key": value }`, JSON: properties of CloudFormation that have no key here | none |
/// | `existing` | `"name"`, `"arn:…"`, `param("Name")`, `overlay("LogicalId")` or, without templates, `env("VARIABLE")`: one that exists already, or that the package's [overlay] makes; the template makes none | none |
///
/// `bucket(of = Uploads, prefix = "in/")` and `table(of = Orders, key = "tenant#1")` declare no resource of their own: such a
/// struct is a view of a part of another one, for capabilities. See [Buckets] and [Tables].
///
/// `message`, `item` and a secret's `value` are paths of types: the type that senders send and consumers
/// receive, the type of a table's items, and the type that a secret's JSON is parsed into. Without `message` or
/// `item`, the payload is any JSON; without `value`, a secret is text.
///
/// Every resource is encrypted with a key of its service. To use a KMS key of your own, set it in `properties`;
/// every function that uses the resource then needs a permission for the key: [Capabilities].
///
/// # Errors
///
/// A name or a setting that AWS would refuse is a compile error.
///
/// AWS: *`AWS::S3::Bucket`*, *`AWS::DynamoDB::Table`*, *`AWS::SQS::Queue`*, *`AWS::SNS::Topic`*,
/// *`AWS::Kinesis::Stream`*, *`AWS::Events::EventBus`*, *`AWS::SecretsManager::Secret`*,
/// *`AWS::SSM::Parameter`*, *`AWS::StepFunctions::StateMachine`*.
///
/// [Buckets]: ../skylift/guide/bucket/index.html
/// [Tables]: ../skylift/guide/table/index.html
/// [Queues]: ../skylift/guide/queue/index.html
/// [Topics]: ../skylift/guide/topic/index.html
/// [Streams]: ../skylift/guide/stream/index.html
/// [Event buses]: ../skylift/guide/bus/index.html
/// [Authorizers]: ../skylift/guide/authorizers/index.html
/// [State machines]: ../skylift/guide/state_machine/index.html
/// [Subscriptions]: ../skylift/guide/subscriptions/index.html
/// [Secrets]: ../skylift/guide/secret/index.html
/// [Parameters]: ../skylift/guide/parameter/index.html
/// [overlay]: ../skylift/guide/templates/index.html
/// [Capabilities]: ../skylift/guide/capabilities/index.html
#[proc_macro_attribute]
pub fn resource(args: TokenStream, item: TokenStream) -> TokenStream {
    resource::expand(&args.into(), &item.into()).into()
}

/// Marks the function that creates the application's state. The function runs once per process, before the
/// first event. Handlers take the value that it returns as `State<T>`.
///
/// ```
/// use skylift::prelude::*;
///
/// struct Shop {
///     currency: String,
/// }
///
/// #[init]
/// async fn open() -> Result<Shop, Error> {
///     Ok(Shop { currency: std::env::var("CURRENCY")? })
/// }
///
/// #[function]
/// async fn price(cents: u32, State(shop): State<Shop>) -> Result<String, Error> {
///     Ok(format!("{cents} {}", shop.currency))
/// }
/// ```
///
/// The attribute takes no arguments, and the function takes no parameters. See [State].
///
/// # Errors
///
/// A second `#[init]` is a compile error, and so is a handler with a `State<T>` that no `#[init]` creates. If the
/// function fails when it runs, the runtime reports a failed start to Lambda.
///
/// [State]: ../skylift/guide/state/index.html
#[proc_macro_attribute]
pub fn init(args: TokenStream, item: TokenStream) -> TokenStream {
    init::expand(&args.into(), &item.into()).into()
}

/// Makes an enum the event of several sources: each variant holds the event of one source.
///
/// ```
/// use skylift::prelude::*;
///
/// #[derive(Event)]
/// enum Work {
///     Uploaded(S3Event),
///     Tick(ScheduledEvent),
/// }
///
/// #[function(trigger = s3, schedule = "rate(1 hour)")]
/// async fn work(event: Work) -> Result<(), Error> {
///     match event {
///         Work::Uploaded(event) => println!("{} objects", event.records.len()),
///         Work::Tick(event) => println!("it is {}", event.time),
///     }
///     Ok(())
/// }
/// ```
///
/// See [Several events in one function].
///
/// # Errors
///
/// A variant that does not hold exactly one event, two variants of one source (of one event type for `cognito`), a variant with a window, and a
/// generic enum are compile errors.
///
/// [Several events in one function]: ../skylift/guide/events/index.html
#[proc_macro_derive(Event)]
pub fn event(item: TokenStream) -> TokenStream {
    event::expand(item.into()).into()
}

/// Expands to the `main` of a binary, which serves every function of the package. The macro takes no arguments.
///
/// ```standalone_crate
/// use skylift::prelude::*;
///
/// #[function]
/// async fn greet(name: String) -> Result<String, Error> {
///     Ok(format!("hello {name}"))
/// }
///
/// skylift::main!();
/// ```
///
/// Under Lambda, `_HANDLER` selects one function. A debug build that a user starts locally serves all
/// functions: see [The local host].
///
/// If the macro is expanded for a binary that is being linked, it also publishes the templates that the build
/// step generated, so that the template and the binary come from one build: see [Templates and overlays].
///
/// # Errors
///
/// The mistakes that concern the application as a whole are compile errors at `main!()`, and so is a package
/// whose build step has not run.
///
/// [The local host]: ../skylift/guide/local_host/index.html
/// [Templates and overlays]: ../skylift/guide/templates/index.html
#[proc_macro]
pub fn main(input: TokenStream) -> TokenStream {
    main_macro::expand(&input.into()).into()
}
