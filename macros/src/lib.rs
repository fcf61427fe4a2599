//! What rustc sees: the expansion of the attributes. Each one re-emits the user's item unchanged and
//! adds one `const` beside it that enters the item into the runtime's registry, or says at the exact
//! tokens what is wrong. What is wrong across items the build step found and left in a note.
//!
//! Users reach these through the `skylift` crate, whose documentation shows them at work.

mod compiler;
mod doctest;
mod event;
mod expansion;
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
/// The first parameter is the event, and its type decides how it is delivered; after it may come
/// `State<T>`, `Context`, `Resume<Cursor>` and capabilities. Behind an HTTP route all parameters are extractors of axum,
/// and all but `Resume` are among them.
///
/// The function stays what it was written as. A test calls it, with what it takes made by hand:
/// `work(Message::new(job), Writer::named("a-table").await?, Context::new("request-1")).await`.
///
/// # What becomes of what fails
///
/// | invoked by | what is tried again | and then |
/// | --- | --- | --- |
/// | a direct call, HTTP | nothing: the caller has the error | |
/// | `s3`, `schedule`, another asynchronous call | the event, up to `retries` (2) times within `max_event_age` | it is gone, unless a destination is set by `properties` |
/// | `sqs` | the messages that failed, each alone, when they become visible again | the dead-letter queue, after 5 receives unless its queue says otherwise |
/// | `kinesis`, `dynamodb` | the batch from the record that failed, in order | gone after `retries` or `max_record_age`, told to `on_failure`; without either it holds up its shard |
/// | `resume` | the part that failed, from its cursor | the dead-letter queue of the function's own |
///
/// # Capabilities
///
/// What a function may touch stands in its signature. `uploads: Reader<Uploads>` grants the function's
/// role the actions that the client behind it needs, on that bucket alone; puts the bucket's name into
/// the environment; and gives the handler a client that can do no more than that.
///
/// | capability | of | feature |
/// | --- | --- | --- |
/// | `Reader`, `Writer`, `ReadWriter` | a bucket, a table | `bucket`, `table` |
/// | `Reader` | a secret, a parameter | `secret`, `parameter` |
/// | `Sender` | a queue | `queue` |
/// | `Publisher` | a topic, an event bus | `topic`, `bus` |
/// | `Putter` | a stream | `stream` |
/// | `Invoker<function>` | another function, by its name | `invoke` |
///
/// # Arguments
///
/// | key | value | unit, limits | default |
/// | --- | --- | --- | --- |
/// | `trigger` | a source, bare or with arguments; repeatable | | none: invoked directly |
/// | `schedule` | `"rate(…)"` or `"cron(…)"`, short for `trigger = schedule("…")` | UTC | |
/// | `idempotent(key = "$.id", …)` | what is done once for a key, [below](#work-that-is-done-once) | | none |
/// | `keep_warm` | a schedule, or `keep_warm(every = "5 minutes", instances = 3, hold = "500ms")` | 1 to 5 instances; held 1 ms to 30 s, less than the timeout | none; 1 instance; 500 ms where there are several |
/// | `memory` | number | MB, 128 to 10,240 | Lambda's, 128 |
/// | `timeout` | duration, `"30s"` | 1 s to 15 min, 30 s behind a route | Lambda's, 3 s |
/// | `architecture` | `arm64` or `x86_64` | | what the binary is built for |
/// | `ephemeral_storage` | number | MB, 512 to 10,240 | Lambda's, 512 |
/// | `reserved_concurrency` | number | invocations at once | none |
/// | `provisioned_concurrency` | number, or `provisioned_concurrency(min = 1, max = 10, target = 0.7, schedule(…))` | environments, 1 or more; target 0.1 to 0.9; brings the alias `live` | none; `max` is `min`; 0.7 |
/// | `cold_start_metric` | truth value | | whether there is one of `keep_warm` and `provisioned_concurrency` |
/// | `retries` | number | 0 to 2, asynchronous invocations | Lambda's, 2 |
/// | `max_event_age` | duration | 1 min to 6 h | Lambda's, 6 h |
/// | `deadline_margin` | duration, also `"250ms"`: how long before its timeout a batch begins no more records, and `resume` hands over; a handler that is called once is stopped 20 ms before | 50 ms or more, shorter than the timeout | 500 ms; with `resume` 2 s, or half the timeout where that is less |
/// | `resume` | `queue`; `resume(queue, hops = 100, dead_letters(after = 5))`: work that goes on in other invocations | 1 to 100,000 hops, 1 to 1,000 receives | none |
/// | `env(KEY = …)` | a literal, `param("…")`, `import("…")`, `ssm("/…")`, a `#[resource]` | 4,096 bytes | none |
/// | `log_retention` | number | days that CloudWatch Logs takes | 30 |
/// | `log_format` | `text` or `json` | | Lambda's, text; JSON where there is a level |
/// | `log_level` | `trace`, `debug`, `info`, `warn`, `error` or `fatal`: the function's own lines | JSON | Lambda's, `info` |
/// | `system_log_level` | `debug`, `info` or `warn`: Lambda's lines about the function | JSON | Lambda's, `info` |
/// | `tracing` | `active`, `pass_through` or `disabled`: which requests X-Ray gets traces of | | none, or what the callers trace |
/// | `policy` | name or ARN of a managed policy, or a list; repeatable | | none |
/// | `allow(actions = […], resources = […])` | a statement of IAM; repeatable | | none |
/// | `name`, `id` | the function's name in the account, its logical id | 64, 255 characters | CloudFormation's, the Rust name in camel case |
/// | `description` | text | 256 characters | first paragraph of the doc comment |
/// | `tags(team = "…")` | tags | 50 | none |
/// | `properties = { "Key": … }` | properties of `AWS::Serverless::Function` that have no key here, or parts of them: `"EventInvokeConfig": { "DestinationConfig": … }`, `"LoggingConfig": { "LogGroup": … }`; the role allows what they need | | none |
///
/// | source | arguments |
/// | --- | --- |
/// | `s3` | `bucket`, `events`, `prefix`, `suffix` |
/// | `sqs` | `queue`, `batch_size`, `max_concurrency`, `batch_concurrency`, and those of every mapping |
/// | `kinesis` | `stream`, `consumer`, and those of every stream and every mapping |
/// | `dynamodb` | `table`, and those of every stream and every mapping |
/// | `http` | `"GET /path/{id}"`, or `method` and `path`; bare: every other request |
/// | `schedule` | the expression, `name`, `description`, `enabled`, `input` |
///
/// Queues and streams are read by an event source mapping of Lambda's, which gathers records into
/// batches:
///
/// | key | value | unit, limits | default |
/// | --- | --- | --- | --- |
/// | `batch_size` | number | records, 1 to 10,000; 10 of a FIFO queue, and of a queue without a window; 6 MB | Lambda's, 10 of a queue, 100 of a stream |
/// | `batch_window` | duration for which a batch is gathered | up to 5 min; none of a FIFO queue | Lambda's, none |
/// | `filters` | patterns in a list, [below](#filters): what matches none is dropped | 10 of 4,096 characters of JSON; an account has 5 until it asks for more | none |
/// | `kms_key` | ARN of the key that encrypts the filters, or `param("…")` | | Lambda's own |
/// | `metrics` | whether Lambda counts what the mapping reads and drops | costs money | `false` |
/// | `enabled` | whether the mapping works once deployed | | `true` |
/// | `max_concurrency`, of a queue | number | invocations at once, 2 to 1,000 | none |
/// | `batch_concurrency`, of a queue | how many messages of one batch the runtime works on at once; `1` for one after another | 1 to 1,000 | 10 |
/// | `parallelization_factor`, of a stream | number | batches of one shard at once, 1 to 10; 1 with a tumbling window | Lambda's, 1 |
/// | `bisect`, of a stream | whether a batch that failed is split before it comes again, which counts as no retry | | whether there is one of `retries` and `max_record_age` |
/// | `retries`, of a stream | how often a batch that failed comes again before it is given up, or `forever` | 0 to 10,000 | as long as the stream has it |
/// | `max_record_age`, of a stream | duration after which what failed is given up, or `forever` | 1 min to 7 days | as long as the stream has it |
/// | `on_failure`, of a stream | where Lambda tells of what it gave up: a queue or a topic, not FIFO, or a bucket: a `#[resource]`, an ARN or `param("…")` | | nowhere |
/// | `start`, of a stream | `latest`, `trim_horizon` (the oldest record), or of Kinesis a time, `"2026-01-01T00:00:00Z"` | when the mapping is made | the oldest record; to be said of a stream that exists already |
/// | `tumbling_window`, of a stream | duration of windows that records are folded into; the handler takes a `Window` | up to 15 min | none |
/// | `consumer`, of `kinesis` | alone, for a consumer with throughput of its own; or the ARN of one, or `param("…")` | | shared throughput |
///
/// - **A bare `kinesis`** brings a stream, as a bare `s3` brings a bucket and a bare `sqs` a queue. A
///   table needs a key, so that `dynamodb` always says which: a `#[resource(table(…))]` that has a
///   `stream`. Of a table that exists already nothing tells the ARN of its stream: it is named itself,
///   `table = "arn:aws:dynamodb:…:table/orders/stream/…"` or `param("…")`.
/// - **A record of a stream that fails** comes again with those behind it, and holds up its shard until it
///   is taken: say `retries`, `max_record_age` or both, and an `on_failure`, where others should not wait
///   for it. Lambda counts the retries of a batch, and gives up what is left of it. To keep that small,
///   batches are then split, at the record that failed, and until it is alone; with `bisect = false`, one bad
///   record in a batch of 100 takes along all that came behind it and were never begun. A batch whose first
///   record fails counts as an error of the function; one that gets further reports where it stopped.
/// - **`start` cannot be changed** once it is deployed, and neither can what is mapped be named in another
///   way: CloudFormation would make the new mapping before it takes the old one away, and Lambda has one of
///   a stream or queue to a function (409). Take the trigger away, deploy, and put it back; how far the
///   function had read is forgotten on the way. The order of triggers is free: the events of the template
///   are named after what they bring. Only where a stream and a queue of one function have the same name,
///   the second is told apart by a number.
/// - **A consumer** that is given by its ARN says which stream it is of: `stream` is then left out, or names
///   that one.
/// - **The role** of the function may read that one stream and send to that one destination. What is
///   encrypted with the keys of the services, as Skylift's resources are, needs nothing more; a key of
///   your own needs `allow(actions = ["kms:Decrypt"], resources = ["arn:…"])`, and
///   `"kms:GenerateDataKey"` for a destination.
///
/// What becomes of a batch, and in which order, is told in the documentation of `skylift::event`.
///
/// # Filters
///
/// A record that matches none of the patterns is dropped before the function is invoked, and a queue's
/// message is deleted. A pattern names fields of the record, and what they may be:
///
/// | source | what is mostly asked for | an example |
/// | --- | --- | --- |
/// | `sqs` | `body`, its JSON or its text; `messageAttributes` | `[{ "body": { "kind": ["order", "refund"] } }]` |
/// | `kinesis` | `data`, its JSON or its text; `partitionKey` | `[{ "data": { "amount": [{ "numeric": [">", 100] }] } }]` |
/// | `dynamodb` | `eventName`; `dynamodb`, with `NewImage`, `OldImage` and `Keys`; `userIdentity` | `[{ "eventName": ["INSERT"], "dynamodb": { "NewImage": { "kind": { "S": ["order"] } } } }]` |
///
/// Each value of a list is a string, a number, `true`, `false`, `null`, or one of the operators
/// `{ "prefix": "eu-" }`, `{ "suffix": ".png" }`, `{ "equals-ignore-case": "order" }`,
/// `{ "anything-but": ["draft"] }`, `{ "numeric": [">", 0, "<=", 5] }` and `{ "exists": false }`. All fields
/// of a pattern have to match; `"$or": [{ … }, { … }]` is over patterns of its place. The numbers of a table
/// are text to a filter: `{ "N": ["5"] }`.
///
/// # Work that is done once
///
/// A queue may deliver a message twice, and who did not hear an answer asks again.
/// `idempotent(key = "$.id")` has the work done once for a key: the first run's answer is kept in a
/// table, and given, byte for byte, to whoever comes with the same key. It needs the feature
/// `idempotency`.
///
/// | key | value | default |
/// | --- | --- | --- |
/// | `key` | where the key of an event is: a path, or a list of which all together are the key | |
/// | `check` | what has to be the same where the key is: a path or a list, outside of the key | nothing |
/// | `store` | a `#[resource(table(key = "…", ttl = "…"))]` with a text for its key and no sort key; several functions may share one | a table of the function's own, which goes with its stack |
/// | `ttl` | for how long an answer is kept, 1 s to 365 days | `"1h"` |
///
/// A path is one of `JSONPath` that leads to one value: `$` is the whole event, `$.order.id`,
/// `$.headers['idempotency-key']` and `$.lines[0]` are in it. It is looked up in
///
/// - each record, where a handler takes one at a time: the JSON body of a queue's message, the data of a
///   Kinesis record, the record of a bucket or of a table's stream. A record whose key is missing fails
///   alone. Of a window, it is looked up in the event that ends it (`window`, `shardId`, `state`), and each
///   end is work of its own: a window that ended early, and goes on, is handled again when it ends.
/// - the whole event or payload, where it takes that.
/// - the request as API Gateway sends it (`headers`, `body`, `pathParameters`, `queryStringParameters`,
///   `requestContext`, …), with the body's JSON under `$.body`. The names of headers are in any case.
///
/// Where the form is known, of requests, whole events, and records of buckets and of tables' streams, a
/// path that begins with no field of it does not compile: an item's key `id` is `$.dynamodb.Keys.id.S` in
/// a `Change<T>`, which is looked into as the stream has it. What is in messages and data is your own.
///
/// Two keys are one where they are the same JSON, whatever the order of fields and the white space. Numbers
/// are compared as they are written, to the last digit: `1` and `1.0` are two.
///
/// Over HTTP a key is one of a method and a path: the same for `POST /orders` and for `POST /refunds/7` is
/// two. It is **not** one of a caller. Whoever sends the key of another client to a route that anybody may
/// call gets that client's answer; where keys can be guessed, or callers are not to see each other's
/// answers, make who calls part of the key:
/// `key = ["$.headers['idempotency-key']", "$.requestContext.authorizer.jwt.claims.sub"]`, or
/// `$.requestContext.authorizer.iam.userArn`. A request without an authorizer then has no key.
///
/// | what comes with the key of | gets | over HTTP |
/// | --- | --- | --- |
/// | work that is done | its answer | status, headers and body |
/// | a run that is at it | the error `IdempotencyInProgress`, to be tried again | 409 with `Retry-After` |
/// | work that was done with another payload (`check`) | the error `IdempotencyPayloadMismatch` | 422 |
/// | nothing: the key is not there, null or an empty text | the error `MissingIdempotencyKey` | 400 |
///
/// Work that fails or panics, that is stopped at its batch's `deadline_margin`, or that HTTP answers
/// with 400 or more, is not kept: the next run does it. Nor is the answer to a whole batch that names
/// failures (`batchItemFailures`), for they come again to be done; nor, once its deadline has passed,
/// the work of a run that Lambda ended in the middle. An answer of more than DynamoDB's 400 KB is given
/// once; whoever comes later gets the error `IdempotentAnswerNotKept` (409), and the work is not done
/// again. Where the table cannot be reached, nothing is done; where it fails after the work, or does
/// not answer within a second, the answer is given all the same, and the key is held until the
/// deadline.
///
/// What is done once is the handler's call, not what it calls: a run that is ended between two effects
/// has had the first of them.
///
/// # Cold starts
///
/// `keep_warm(every = "5 minutes", instances = 3)` sends so many pings at the same moment. The runtime
/// answers them without the handler, and holds each for as long as `hold` says, so that Lambda has to
/// spread them over as many environments. What is held is billed like any other time (three times half
/// a second, every five minutes) and counts among what `reserved_concurrency` allows. `every` is a
/// length of time, `rate(…)` or `cron(…)`; `keep_warm = "rate(5 minutes)"` is short for one instance.
///
/// - The pings are targets of one rule of EventBridge, which gives them to Lambda within some hundred
///   milliseconds of each other. Where one comes later than the others are held, or finds its
///   environment at work, an environment is left out until the next time. A longer `hold` makes that
///   rarer.
/// - A rule has 5 targets, and two rules of one schedule may fire most of a minute apart: hence the
///   limit.
/// - Lambda ends environments when it likes. It does not say after how long without an event; the
///   usual advice is to ping every five minutes. The ping that finds none left takes the cold start
///   upon itself.
/// - More requests at once than there are instances meet cold starts as ever. Who must never meet one
///   needs `provisioned_concurrency`.
///
/// `provisioned_concurrency(min = 1, max = 10, target = 0.7)` lets Application Auto Scaling decide, so
/// that 70 % of the provisioned environments are in use. Each
/// `schedule(at = "cron(0 8 ? * MON-FRI *)", min = 10, max = 20, time_zone = "Europe/Berlin")` sets
/// other bounds from that time on, until another one does; `at` takes `cron(…)`, `rate(…)` and
/// `at(2026-11-27T06:00:00)`, in UTC unless there is a zone of IANA's database. Without a `max` a
/// schedule has the function's, or its own `min` where that is more. A deployment starts the new
/// version with `min`, whatever a schedule has said before.
///
/// The alias shows a version, and each change of what is set makes a new one: the environment variable
/// `SKYLIFT_SETTINGS` stands for all of it, since SAM looks at code, memory and environment alone. The value
/// of a `param("…")` that changes from one deployment to the next is seen by neither
/// (aws/serverless-application-model#3820), and reaches the alias with the next change of something else.
///
/// A metric tells what it helps: `ColdStart`, in the namespace `Skylift` with the dimension
/// `FunctionName`, has one value for each environment that Lambda starts: 1 where an event waited for
/// it, and 0 where it was provisioned, started ahead of need, or started for a ping. Its sum is how many
/// starts were cold, its average which share. `PingStart` is 1 where a ping took a start upon itself.
/// They cost what two metrics cost in CloudWatch and one line of log for each environment; without
/// `keep_warm` there is only the first.
///
/// # Long work
///
/// A handler with `resume = queue` returns `Result<Progress<Cursor, T>, E>` and takes where to go on as
/// `cursor: Resume<Cursor>`. The runtime calls it again with each new cursor; before the timeout, or where a
/// later part fails, it hands event and cursor over to a queue of the function's own, which invokes it anew.
/// The template has that queue, a FIFO queue with a dead-letter queue, the permission to send to it, and
/// `RecursiveLoop: Allow`. It needs the feature `resume`. With `trigger = sqs` a batch is one message, and the handler takes that one; behind
/// `http`, on FIFO queues, on streams and beside `idempotent` a function cannot resume. The module
/// `skylift::resume` tells the rest.
///
/// # Errors
///
/// What AWS is known to refuse is a compile error at the argument that is wrong.
///
/// AWS: *`AWS::Serverless::Function`*, *`AWS::Lambda::EventSourceMapping`*, *`AWS::Events::Rule`*,
/// *`AWS::ApplicationAutoScaling::ScalableTarget`*, *`AWS::ApplicationAutoScaling::ScalingPolicy`*.
#[proc_macro_attribute]
pub fn function(args: TokenStream, item: TokenStream) -> TokenStream {
    function::expand(&args.into(), &item.into()).into()
}

/// Declares a resource of the application on a unit struct, whose name is then a name for it.
///
/// | kind | arguments | handlers take |
/// | --- | --- | --- |
/// | `bucket` | `versioned`, `tls_only` | `Reader`, `Writer`, `ReadWriter` |
/// | `table` | `key`, `sort`, `item`, `indexes`, `stream`, `ttl`, `point_in_time_recovery` | `Reader`, `Writer`, `ReadWriter` |
/// | `queue` | `fifo`, `visibility`, `retention`, `delay`, `dead_letters(after = 5)`, `message`, `tls_only` | `Sender` |
/// | `topic` | `fifo`, `message`, `tls_only` | `Publisher` |
/// | `stream` | `shards`, `retention`, `message` | `Putter` |
/// | `bus` | `message` | `Publisher` |
/// | `secret` | `generate(length = 32, punctuation = true)`, `value` | `Reader` |
/// | `parameter` | `value` | `Reader` |
///
/// Each of them takes as well:
///
/// | key | value | default |
/// | --- | --- | --- |
/// | `name` | its name in the account | CloudFormation's, or one that no stack shares |
/// | `id` | its logical id | the struct's name |
/// | `retain` | whether it outlives its stack | `true` for buckets, tables and secrets |
/// | `properties = { "Key": … }` | properties of CloudFormation that have no key here | none |
/// | `existing` | `"name"`, `"arn:…"`, `param("Name")` or `overlay("LogicalId")`: one that exists already, or that the package's overlay makes; the template makes none | none |
///
/// - **Buckets** are private, encrypted, and refuse requests without TLS. `versioned` keeps what is
///   overwritten.
/// - **Tables** are billed by the request and can be restored to any second of the last 35 days, unless
///   `point_in_time_recovery = false`. `key` and `sort` are the attributes of the key: `"id"` is text,
///   `number("at")` and `binary("hash")` are what they say. An index is
///   `by_customer(key = "customer", sort = number("at"), project = ["total"])`; one without a `key` is
///   local; `project` is `all`, `keys` or a list. `stream` is `keys`, `new`, `old` or `new_and_old`;
///   `ttl` is the attribute with the second at which an item expires; of an existing table it says which
///   that is.
/// - **Queues** are encrypted and have a dead-letter queue. The visibility timeout is six times the
///   longest timeout of the functions that it feeds, unless one is given; `retention` is 4 days and
///   `delay` nothing unless said otherwise.
/// - **Topics** are encrypted with the key `alias/aws/sns`.
/// - **Streams** are encrypted with the key `alias/aws/kinesis`, have `shards = on_demand` or a number
///   of them, and keep records for a day unless a `retention` in whole hours is given.
/// - **Secrets** have no value in the template: one is put in by hand, or generated. Functions get the
///   ARN and fetch the value when they start.
/// - **Parameters** have a plain `value`. Encrypted ones have to be `existing`.
///
/// A KMS key of your own goes in by `properties` (`"KmsMasterKeyId"` of a queue or a topic,
/// `"SSESpecification"` of a table). It costs money per month and per call, and every function that uses
/// the resource needs `allow(actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = ["arn:…"])` on
/// it.
///
/// `message`, `item` and a secret's `value` are paths of types: what senders send and consumers take,
/// what a table holds, what a secret's JSON is read into. Without them it is any JSON, and a secret is
/// text.
///
/// # Errors
///
/// A name or a setting that AWS would refuse is a compile error.
///
/// AWS: *`AWS::S3::Bucket`*, *`AWS::DynamoDB::Table`*, *`AWS::SQS::Queue`*, *`AWS::SNS::Topic`*,
/// *`AWS::Kinesis::Stream`*, *`AWS::Events::EventBus`*, *`AWS::SecretsManager::Secret`*,
/// *`AWS::SSM::Parameter`*.
#[proc_macro_attribute]
pub fn resource(args: TokenStream, item: TokenStream) -> TokenStream {
    resource::expand(&args.into(), &item.into()).into()
}

/// Marks the function that makes the application's state, once per process and before the first
/// event. Handlers take what it gives as `State<T>`.
///
/// # Errors
///
/// A second `#[init]`, and a handler that takes a state which none makes, are compile errors. A
/// failure when it runs is reported to Lambda as a failed start.
#[proc_macro_attribute]
pub fn init(args: TokenStream, item: TokenStream) -> TokenStream {
    init::expand(&args.into(), &item.into()).into()
}

/// Makes an enum an event of several sources: each variant holds the event of one of them.
#[proc_macro_derive(Event)]
pub fn event(item: TokenStream) -> TokenStream {
    event::expand(item.into()).into()
}

/// Writes the binary's `main`, which serves every function of the package.
///
/// Where it is expanded for a binary that is really being linked, it also publishes the template
/// that the build step made, so that template and binary come from one build.
#[proc_macro]
pub fn main(input: TokenStream) -> TokenStream {
    main_macro::expand(&input.into()).into()
}
