//! The entries as the macros write them: with absolute paths and without the prelude.
#![no_implicit_prelude]
// The macros do not know what their user imported.
#![allow(unused_qualifications)]
// Handlers are async even if they wait for nothing.
#![allow(clippy::unused_async)]

use ::skylift::event::{CustomResource, CustomResourceAnswer, DeploymentHook};
use ::skylift::{Error, State};
use ::std::convert::Into as _;
use ::std::string::String;
use ::std::{assert_ne, panic};

pub(crate) const HANDLERS: &[&str] = &["seed", "sown", "check", "unready"];

#[derive(::serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Seed {
    r#do: String,
    rows: u32,
}

#[derive(::serde::Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Seeded {
    rows: u32,
}

pub(crate) struct Field;

async fn seed(
    request: CustomResource<Seed>,
) -> ::std::result::Result<CustomResourceAnswer<Seeded>, Error> {
    assert_ne!(request.physical_id, "");
    match request.properties.r#do.as_str() {
        "fail" => ::std::result::Result::Err(Error::new("SoldOut", "none left")),
        "panic" => panic!("out of stock"),
        "sleep" => {
            ::tokio::time::sleep(::std::time::Duration::from_secs(30)).await;
            ::std::result::Result::Ok(CustomResourceAnswer::new())
        }
        _ => ::std::result::Result::Ok(CustomResourceAnswer::with_data(Seeded {
            rows: request.properties.rows,
        })),
    }
}

async fn sown(
    _request: CustomResource<Seed>,
    _field: State<Field>,
) -> ::std::result::Result<(), Error> {
    ::std::result::Result::Ok(())
}

async fn check(hook: DeploymentHook) -> ::std::result::Result<(), Error> {
    match hook.deployment_id.as_str() {
        "d-fail" => ::std::result::Result::Err(Error::new("SoldOut", "none left")),
        "d-panic" => panic!("out of stock"),
        "d-sleep" => {
            ::tokio::time::sleep(::std::time::Duration::from_secs(30)).await;
            ::std::result::Result::Ok(())
        }
        _ => ::std::result::Result::Ok(()),
    }
}

async fn unready(_hook: DeploymentHook, _field: State<Field>) -> ::std::result::Result<(), Error> {
    ::std::result::Result::Ok(())
}

async fn field() -> ::std::result::Result<Field, String> {
    ::std::result::Result::Err("no field".into())
}

/// An entry like that of `#[function]`, with the parts that vary.
macro_rules! function {
    ($handler:ident $id:literal, $source:ident $event:ty, needs [$($need:ty),*], $closure:expr) => {
        const _: () = {
            #[::skylift::__private::linkme::distributed_slice(::skylift::__private::FUNCTIONS)]
            #[linkme(crate = ::skylift::__private::linkme)]
            static __SKYLIFT_FUNCTION: ::skylift::__private::FunctionEntry =
                ::skylift::__private::FunctionEntry {
                    package: "answered",
                    id: $id,
                    handler: ::std::stringify!($handler),
                    name: ::core::option::Option::None,
                    triggers: &[],
                    sources: &[::skylift::__private::source::$source],
                    timeout: 3,
                    deadline_margin: 500,
                    batch_concurrency: 10,
                    cold_start: ::core::option::Option::None,
                    states: &[$(::skylift::__private::required_state!($need)),*],
                    capabilities: &[],
                    idempotent: ::core::option::Option::None,
                    reports_records: false,
                    make_handler: || ::skylift::__private::triggered_handler(
                        [::skylift::__private::$source::<$event>()],
                        $closure,
                    ),
                };
        };
    };
}

function!(seed "Seed", custom_resource CustomResource<Seed>, needs [], |event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(seed(event).await)
});
function!(sown "Sown", custom_resource CustomResource<Seed>, needs [State<Field>], |event, call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(
        sown(event, <State<Field> as ::skylift::__private::FromInvocation>::from_invocation(&call)?)
            .await,
    )
});

function!(check "Check", deployment_hook DeploymentHook, needs [], |event, _call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(check(event).await)
});
function!(unready "Unready", deployment_hook DeploymentHook, needs [State<Field>], |event, call| async move {
    ::core::result::Result::Ok::<_, ::skylift::__private::Error>(
        unready(event, <State<Field> as ::skylift::__private::FromInvocation>::from_invocation(&call)?)
            .await,
    )
});

const _: () = {
    #[::skylift::__private::linkme::distributed_slice(::skylift::__private::INITS)]
    #[linkme(crate = ::skylift::__private::linkme)]
    static __SKYLIFT_INIT: ::skylift::__private::InitEntry = ::skylift::__private::InitEntry {
        package: "answered",
        name: "field",
        state_builder: || ::skylift::__private::state_builder(field),
    };
};
