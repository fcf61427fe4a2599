//! The entries as the macros write them: with absolute paths and without the prelude.
#![no_implicit_prelude]
// The macros do not know what their user imported.
#![allow(unused_qualifications)]
// Handlers are async even if they wait for nothing.
#![allow(clippy::unused_async)]

use ::serde_json::Value;
use ::skylift::event::{Message, S3EventRecord, ScheduledEvent};
use ::skylift::http::{Json, Path, StatusCode};
use ::skylift::{Context, Error, State};
use ::std::collections::BTreeMap;
// `json!` calls it without a path.
use ::std::convert::Into as _;
use ::std::string::{String, ToString};
use ::std::time::Duration;
use ::std::{assert_ne, panic};

pub(crate) const SHOP: &[&str] = &[
    "echo",
    "order",
    "fail",
    "panic",
    "large",
    "unwritable",
    "whoami",
    "thumbnail",
    "tick",
    "work",
    "show",
    "fallback",
    "slow",
];

pub(crate) struct Shop(&'static str);
pub(crate) struct Cart;
pub(crate) struct Till;
pub(crate) struct Shelf;

#[derive(::serde::Deserialize, ::serde::Serialize)]
pub(crate) struct Order {
    count: u32,
}

async fn echo(event: Value) -> ::std::result::Result<Value, Error> {
    ::std::result::Result::Ok(event)
}

async fn order(event: Order) -> ::std::result::Result<u32, Error> {
    ::std::result::Result::Ok(event.count)
}

async fn fail() -> ::std::result::Result<(), Error> {
    ::std::result::Result::Err(Error::new("SoldOut", "none left"))
}

async fn panic() -> ::std::result::Result<(), Error> {
    panic!("out of stock")
}

async fn large() -> ::std::result::Result<String, Error> {
    ::std::result::Result::Ok("x".repeat(7 << 20))
}

async fn unwritable() -> ::std::result::Result<BTreeMap<(u8, u8), u8>, Error> {
    ::std::result::Result::Ok(::std::iter::Iterator::collect(::std::iter::once(((1, 2), 3))))
}

async fn whoami(context: Context) -> ::std::result::Result<Value, Error> {
    ::std::result::Result::Ok(::serde_json::json!({
        "id": context.request_id(),
        "arn": context.invoked_function_arn(),
        "name": context.function_name(),
        "memory": context.memory_limit_mb(),
        "trace": context.trace_id(),
        "custom": context.client_context(),
        "identity": context.identity(),
        "in_time": context.remaining() > Duration::from_millis(100),
    }))
}

async fn thumbnail(record: S3EventRecord) -> ::std::result::Result<(), String> {
    assert_ne!(record.s3.bucket.name.as_deref(), ::std::option::Option::None);
    ::std::result::Result::Err("no thumbnail".to_string())
}

async fn tick(event: ScheduledEvent) -> ::std::result::Result<usize, Error> {
    ::std::result::Result::Ok(event.resources.len())
}

async fn work(
    job: Message<Order>,
    shop: State<Shop>,
    context: Context,
) -> ::std::result::Result<(), String> {
    assert_ne!(context.request_id(), "");
    if job.count == 0 {
        return ::std::result::Result::Err(shop.0.0.to_string());
    }
    ::std::result::Result::Ok(())
}

async fn show(
    State(shop): State<Shop>,
    Path(id): Path<String>,
) -> ::std::result::Result<Json<Value>, StatusCode> {
    match id.as_str() {
        "0" => ::std::result::Result::Err(StatusCode::GONE),
        "panic" => panic!("no such order"),
        _ => ::std::result::Result::Ok(Json(::serde_json::json!([shop.0, id]))),
    }
}

async fn fallback(request: ::skylift::http::Request) -> String {
    ::std::string::ToString::to_string(request.uri())
}

async fn slow() -> ::std::result::Result<(), Error> {
    ::tokio::time::sleep(Duration::from_secs(30)).await;
    ::std::result::Result::Ok(())
}

async fn open() -> ::std::result::Result<Shop, Error> {
    ::std::result::Result::Ok(Shop("closed"))
}

async fn stock() -> ::std::result::Result<Cart, ::std::num::ParseIntError> {
    "x".parse::<u8>().map(|_| Cart)
}

async fn cash() -> ::std::result::Result<Till, Error> {
    panic!("no cash")
}

/// An entry like that of `#[function]`, with the parts that vary.
macro_rules! function {
    (
        $package:literal $handler:ident $id:literal, timeout $timeout:literal, warm $warm:literal,
        $ticks:expr, needs [$($need:ty),*], $start:expr
    ) => {
        const _: () = {
            #[::skylift::__private::linkme::distributed_slice(::skylift::__private::FUNCTIONS)]
            #[linkme(crate = ::skylift::__private::linkme)]
            static __SKYLIFT_FUNCTION: ::skylift::__private::FunctionEntry =
                ::skylift::__private::FunctionEntry {
                    package: $package,
                    id: $id,
                    handler: ::std::stringify!($handler),
                    name: ::core::option::Option::None,
                    triggers: &[],
                    sources: &[],
                    timeout: $timeout,
                    deadline_margin: 500,
                    batch_concurrency: 10,
                    reports_records: false,
                    cold_start: ::core::option::Option::Some(::skylift::__private::ColdStartSettings::new(
                        // How long a ping is held: long enough to be measured.
                        if $warm {
                            ::core::option::Option::Some(::core::time::Duration::from_millis(150))
                        } else {
                            ::core::option::Option::None
                        },
                        $ticks,
                        true,
                    )),
                    states: &[$(::skylift::__private::required_state!($need)),*],
                    capabilities: &[],
                    idempotent: ::core::option::Option::None,
                    make_handler: || $start,
                };
        };
    };
}

macro_rules! init {
    ($package:literal $name:ident) => {
        const _: () = {
            #[::skylift::__private::linkme::distributed_slice(::skylift::__private::INITS)]
            #[linkme(crate = ::skylift::__private::linkme)]
            static __SKYLIFT_INIT: ::skylift::__private::InitEntry =
                ::skylift::__private::InitEntry {
                    package: $package,
                    name: ::std::stringify!($name),
                    state_builder: || ::skylift::__private::state_builder($name),
                };
        };
    };
}

pub(super) use {function, init};

use ::skylift::__private::TickHandling::ByHandler;

function!("shop" echo "Echo", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::direct_handler::<Value, _, _, _>(|event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(echo(event).await)
}));
function!("shop" order "OrderId", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::direct_handler::<Order, _, _, _>(|event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(order(event).await)
}));
function!("shop" fail "Fail", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(fail().await)
}));
function!("shop" panic "Panic", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(panic().await)
}));
function!("shop" large "Large", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(large().await)
}));
function!("shop" unwritable "Unwritable", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(unwritable().await)
}));
function!("shop" whoami "Whoami", timeout 3, warm false, ByHandler, needs [Context],
::skylift::__private::eventless_handler(|call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(
        whoami(<Context as ::skylift::__private::FromInvocation>::from_invocation(&call)?).await,
    )
}));
function!("shop" thumbnail "Thumbnail", timeout 3, warm true,
::skylift::__private::tick_handling!(S3EventRecord), needs [],
::skylift::__private::triggered_handler(
    [::skylift::__private::s3::<S3EventRecord>()],
    |event, _call| async move {
        ::core::result::Result::Ok::<_, ::skylift::__private::Error>(thumbnail(event).await)
    },
));
function!("shop" tick "Tick", timeout 3, warm false,
::skylift::__private::tick_handling!(ScheduledEvent), needs [],
::skylift::__private::triggered_handler(
    [::skylift::__private::schedule::<ScheduledEvent>()],
    |event, _call| async move {
        ::core::result::Result::Ok::<_, ::skylift::__private::Error>(tick(event).await)
    },
));
function!("shop" work "Work", timeout 3, warm false, ByHandler, needs [State<Shop>, Context],
::skylift::__private::triggered_handler(
    [::skylift::__private::sqs::<Message<Order>>()],
    |event, call| async move {
        ::core::result::Result::Ok::<_, ::skylift::__private::Error>(
            work(
                event,
                <State<Shop> as ::skylift::__private::FromInvocation>::from_invocation(&call)?,
                <Context as ::skylift::__private::FromInvocation>::from_invocation(&call)?,
            )
            .await,
        )
    },
));
function!("shop" show "Show", timeout 3, warm false,
::skylift::__private::TickHandling::ByRuntime, needs [State<Shop>, Path<String>],
::skylift::__private::http_handler(
    &[("GET", "/orders/{id}")],
    |request: ::skylift::__private::Request| async move {
        let (mut parts, body) = request.into_parts();
        let shop = match ::skylift::__private::extract_from_head::<State<Shop>>(&mut parts).await {
            ::core::result::Result::Ok(shop) => shop,
            ::core::result::Result::Err(refusal) => return refusal,
        };
        let request = ::skylift::__private::Request::from_parts(parts, body);
        let id = match ::skylift::__private::extract_with_body::<Path<String>, _>(request).await {
            ::core::result::Result::Ok(id) => id,
            ::core::result::Result::Err(refusal) => return refusal,
        };
        let answer = show(shop, id).await;
        let is_error = ::skylift::__private::MaybeResult(&answer).is_error();
        ::skylift::__private::http_response::<::std::result::Result<Json<Value>, StatusCode>>(
            answer, is_error,
        )
    },
));
function!("shop" fallback "Fallback", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::http_handler(
    &[("ANY", ::skylift::__private::DEFAULT_ROUTE)],
    |request: ::skylift::__private::Request| async move {
        ::skylift::__private::http_response::<::std::string::String>(fallback(request).await, false)
    },
));
function!("shop" slow "Slow", timeout 1, warm false, ByHandler, needs [],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(slow().await)
}));
init!("shop" open);

function!("broken" cart "Cart", timeout 3, warm false, ByHandler, needs [State<Cart>],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(fail().await)
}));
function!("broken" till "Till", timeout 3, warm false, ByHandler, needs [State<Till>],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(fail().await)
}));
function!("broken" shelf "Shelf", timeout 3, warm false, ByHandler, needs [State<Shelf>],
::skylift::__private::eventless_handler(|_call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(fail().await)
}));
init!("broken" stock);
init!("broken" cash);

function!("mistyped" restock "Restock", timeout 3, warm false, ByHandler, needs [],
::skylift::__private::input_handler::<Order, _, _, ::std::result::Result<u32, Error>>(|event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(order(event).await)
}));

const _: () = {
    #[::skylift::__private::linkme::distributed_slice(::skylift::__private::CHECKS)]
    #[linkme(crate = ::skylift::__private::linkme)]
    static __SKYLIFT_CHECK: ::skylift::__private::StartCheck = ::skylift::__private::StartCheck {
        package: "mistyped",
        check: || ::skylift::__private::check_input_of!(Order, "restock", "{\"cuont\":3}"),
    };
};
