#![cfg_attr(not(doctest), doc = include_str!("links.md"))]
#![doc = include_str!("../../docs/index.md")]

// The pages are Markdown in `runtime/docs`, which are a book as well (`docs/book.toml`). A page refers to
// another one by a name, and its last lines say which file that is. `links.md` comes first, so that here the same
// names lead to modules. Each example is a test of this crate. A page is tested if the features that its examples
// need are on; without the links, so that a failure names the page and its line.

/// Makes a module of each page, with the features that its examples need.
macro_rules! pages {
    ($($page:ident [$($feature:tt)*];)*) => {
        $(
            #[cfg_attr(not(doctest), doc = include_str!("links.md"))]
            #[cfg_attr(
                any(not(doctest), all($(feature = $feature),*)),
                doc = include_str!(concat!("../../docs/", stringify!($page), ".md"))
            )]
            pub mod $page {}
        )*
    };
}

pages! {
    getting_started ["s3"];
    functions [];
    state [];
    capabilities ["bucket" "queue"];
    events ["s3" "schedule"];
    s3 ["s3"];
    sqs ["sqs"];
    sns ["sns" "topic"];
    event ["bus" "event"];
    cognito ["cognito"];
    logs ["logs"];
    iot [];
    alexa ["alexa"];
    kinesis ["kinesis"];
    dynamodb ["dynamodb"];
    kafka ["kafka" "msk"];
    mq ["mq"];
    documentdb ["documentdb"];
    http ["http" "table"];
    http_settings ["http"];
    authorizers ["http"];
    url ["url"];
    schedule ["schedule"];
    custom_resource ["custom_resource"];
    direct [];
    bucket ["bucket"];
    table ["table"];
    queue ["queue"];
    topic ["topic"];
    stream ["stream"];
    bus ["bus"];
    subscriptions ["bus" "queue" "sqs" "topic"];
    secret ["secret"];
    parameter ["parameter"];
    state_machine ["state_machine"];
    invoker ["invoke"];
    other_services ["aws" "http" "invoke"];
    batches ["kinesis" "sqs"];
    filters ["sqs"];
    concurrency ["kinesis" "sqs"];
    errors ["s3"];
    idempotency ["http" "idempotency" "sqs"];
    resume ["resume"];
    cold_starts ["http"];
    streaming ["url"];
    observability ["http" "metrics" "table" "tracing"];
    alarms ["http" "schedule" "topic"];
    testing ["sqs"];
    local_host ["http"];
    templates ["table"];
    environments ["schedule"];
    deployments ["deployment_hook" "http"];
    existing_applications ["bucket" "queue" "sqs"];
    nested_stacks ["http" "queue" "sqs"];
    porting_from_sam ["queue" "sqs"];
    porting_from_cdk ["bucket" "queue" "sqs"];
    porting_from_serverless_framework ["queue" "sqs"];
    porting_from_shuttle ["http"];
}
