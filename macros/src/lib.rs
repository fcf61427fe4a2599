//! What rustc sees: the expansion of the attributes. Each one re-emits the user's item unchanged and
//! adds one `const` beside it that enters the item into the runtime's registry, or says at the exact
//! tokens what is wrong. What is wrong across items the build step found and left in a note.
//!
//! Users reach these through the `skylift` crate, whose documentation shows them at work.

mod entry;
mod event;
mod function;
mod init;
mod invocation;

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
/// | `keep_warm` | a schedule whose tick the runtime answers itself | | |
/// | `memory` | number | MB, 128 to 10,240 | Lambda's, 128 |
/// | `timeout` | duration, `"30s"` | 1 s to 15 min, 30 s behind a route | Lambda's, 3 s |
/// | `architecture` | `arm64` or `x86_64` | | what the binary is built for |
/// | `ephemeral_storage` | number | MB, 512 to 10,240 | Lambda's, 512 |
/// | `reserved_concurrency` | number | invocations at once | none |
/// | `provisioned_concurrency` | number | environments; brings the alias `live` | none |
/// | `retries` | number | 0 to 2, asynchronous invocations | Lambda's, 2 |
/// | `max_event_age` | duration | 1 min to 6 h | Lambda's, 6 h |
/// | `deadline_margin` | duration, also `"250ms"`: how long before its timeout it stops to work | shorter than the timeout | 500 ms; with `resume` 2 s, or half the timeout where that is less |
/// | `resume` | `queue`; `resume(queue, hops = 100, dead_letters(after = 5))`: work that goes on in other invocations | 1 to 100,000 hops, 1 to 1,000 receives | none |
/// | `env(KEY = …)` | a literal, `param("…")`, `import("…")`, `ssm("/…")`, a `#[resource]` | 4,096 bytes | none |
/// | `log_retention` | number | days that CloudWatch Logs takes | 30 |
/// | `policy` | name or ARN of a managed policy, or a list; repeatable | | none |
/// | `allow(actions = […], resources = […])` | a statement of IAM; repeatable | | none |
/// | `name`, `id` | the function's name in the account, its logical id | 64, 255 characters | CloudFormation's, the Rust name in camel case |
/// | `description` | text | 256 characters | first paragraph of the doc comment |
/// | `tags(team = "…")` | tags | 50 | none |
/// | `properties = { "Key": … }` | properties of `AWS::Serverless::Function` that have no key here | | none |
///
/// | source | arguments |
/// | --- | --- |
/// | `s3` | `bucket`, `events`, `prefix`, `suffix` |
/// | `sqs` | `queue`, `batch_size`, `batch_window`, `max_concurrency`, `enabled`, `filters` |
/// | `http` | `"GET /path/{id}"`, or `method` and `path`; bare: every other request |
/// | `schedule` | the expression, `name`, `description`, `enabled`, `input` |
///
/// # Long work
///
/// A handler with `resume = queue` returns `Result<Progress<Cursor, T>, E>` and takes where to go on as
/// `cursor: Resume<Cursor>`. The runtime calls it again with each new cursor; before the timeout it hands
/// event and cursor over to a queue of the function's own, which invokes it anew. The template has the
/// queue with its dead-letter queue, the permission to send to it, and `RecursiveLoop: Allow`. It needs the
/// feature `resume`. With `trigger = sqs` a batch is one message, and the handler takes that one; behind
/// `http` and on FIFO queues a function cannot resume. The module `skylift::resume` tells the rest.
///
/// # Errors
///
/// What AWS is known to refuse is a compile error at the argument that is wrong.
///
/// AWS: *`AWS::Serverless::Function`*.
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
///   `ttl` is the attribute with the second at which an item expires.
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
    entry::expand(&input.into()).into()
}
