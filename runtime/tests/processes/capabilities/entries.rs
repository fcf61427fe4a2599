//! The entries of an application with capabilities, as the macros write them.
#![no_implicit_prelude]
// The macros do not know what their user imported.
#![allow(unused_qualifications)]
// Handlers are async even if they wait for nothing.
#![allow(clippy::unused_async)]

use ::serde_json::Value;
use ::skylift::http::{FromRequestParts, header};
use ::skylift::{Error, Sender};
use ::std::string::String;

pub(crate) const MAIL: &[&str] = &["plain", "send", "post", "hidden", "own_client"];

/// `#[resource(queue)]`
pub(crate) struct Letters;

const _: () = {
    impl ::skylift::resource::Resource for Letters {
        const ID: &'static str = "Letters";
        const VARIABLE: &'static str = "LETTERS_QUEUE_URL";
        type Kind = ::skylift::resource::kind::Queue;
    }
    impl ::skylift::resource::Queue for Letters {
        type Message = ::skylift::resource::Untyped;
        type Order = ::skylift::resource::Standard;
    }
};

async fn plain(event: Value) -> ::std::result::Result<Value, Error> {
    ::std::result::Result::Ok(event)
}

async fn send(event: Value, letters: Sender<Letters>) -> ::std::result::Result<(), Error> {
    letters.send(&event).await
}

/// Sends the event with a client of the SDK that the user made.
async fn own_client(event: Value) -> ::std::result::Result<(), Error> {
    let queue = ::aws_sdk_sqs::Client::new(::skylift::aws::config()?);
    let body = ::std::string::ToString::to_string(&event);
    queue.send_message().queue_url("http://sqs/letters").message_body(body).send().await?;
    ::std::result::Result::Ok(())
}

async fn post(letters: Sender<Letters>, body: String) -> ::std::result::Result<(), Error> {
    letters.send(&Value::String(body)).await
}

/// A type of the user that contains a capability, which the macros cannot see.
pub(crate) struct Hidden;

impl<S: ::std::marker::Sync> FromRequestParts<S> for Hidden {
    type Rejection = Error;

    async fn from_request_parts(
        parts: &mut ::http::request::Parts,
        state: &S,
    ) -> ::std::result::Result<Self, Error> {
        parts.headers.remove(header::HOST);
        <Sender<Letters> as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        ::std::result::Result::Ok(Self)
    }
}

async fn hidden(_hidden: Hidden) {}

macro_rules! function {
    ($handler:ident $id:literal, [$($capability:ty),*], $start:expr) => {
        const _: () = {
            #[::skylift::__private::linkme::distributed_slice(::skylift::__private::FUNCTIONS)]
            #[linkme(crate = ::skylift::__private::linkme)]
            static __SKYLIFT_FUNCTION: ::skylift::__private::FunctionEntry =
                ::skylift::__private::FunctionEntry {
                    package: "mail",
                    id: $id,
                    handler: ::std::stringify!($handler),
                    name: ::core::option::Option::None,
                    triggers: &[],
                    sources: &[],
                    timeout: 10,
                    deadline_margin: 500,
                    batch_concurrency: 10,
                    reports_records: false,
                    cold_start: ::core::option::Option::None,
                    states: &[],
                    capabilities: &[$(::skylift::__private::capability_opener::<$capability>()),*],
                    idempotent: ::core::option::Option::None,
                    make_handler: || $start,
                };
            $(const _: () = ::skylift::__private::sender::<Letters, $capability>();)*
        };
    };
}

function!(plain "Plain", [], ::skylift::__private::direct_handler::<Value, _, _, _>(|event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(plain(event).await)
}));
function!(own_client "OwnClient", [], ::skylift::__private::direct_handler::<Value, _, _, _>(|event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(own_client(event).await)
}));
function!(send "Send", [Sender<Letters>],
::skylift::__private::direct_handler::<Value, _, _, _>(|event, call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(
        send(
            event,
            <Sender<Letters> as ::skylift::__private::FromInvocation>::from_invocation(&call)?,
        )
        .await,
    )
}));
function!(post "Post", [Sender<Letters>], ::skylift::__private::http_handler(
    &[("POST", "/letters")],
    |request: ::skylift::__private::Request| async move {
        let (mut parts, body) = request.into_parts();
        let letters = match ::skylift::__private::extract_from_head::<Sender<Letters>>(&mut parts).await {
            ::core::result::Result::Ok(letters) => letters,
            ::core::result::Result::Err(response) => return response,
        };
        let request = ::skylift::__private::Request::from_parts(parts, body);
        let body = match ::skylift::__private::extract_with_body::<String, _>(request).await {
            ::core::result::Result::Ok(body) => body,
            ::core::result::Result::Err(response) => return response,
        };
        let answer = post(letters, body).await;
        let is_error = answer.is_err();
        ::skylift::__private::http_response::<::std::result::Result<(), Error>>(answer, is_error)
    }
));
function!(hidden "Hidden", [], ::skylift::__private::http_handler(
    &[("POST", "/hidden")],
    |request: ::skylift::__private::Request| async move {
        let hidden_parameter = match ::skylift::__private::extract_with_body::<Hidden, _>(request).await {
            ::core::result::Result::Ok(hidden) => hidden,
            ::core::result::Result::Err(response) => return response,
        };
        let _: () = hidden(hidden_parameter).await;
        ::skylift::__private::http_response::<()>((), false)
    }
));
