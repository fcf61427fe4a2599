//! The entries that `main!()`, `#[function]` and `#[init]` write: an application, its functions, and the
//! functions that build its states.

use std::any::TypeId;

use super::cold_start::ColdStartSettings;
use super::cors::CorsEntry;
use super::handler::Handler;
use super::idempotency::IdempotencyEntry;
use super::opener::Opener;
use super::source::SourceEntry;
use super::state::RequiredState;
use crate::Error;
use crate::invocation::{BoxFuture, Shared};

/// Environment variables, each with its value if that is known before the deployment.
type LocalVariables = &'static [(&'static str, Option<&'static str>)];

/// An application as `main!()` describes it, from what the build step found.
#[derive(Clone, Copy)]
pub struct AppEntry {
    /// The name of the application's Cargo package.
    pub package: &'static str,
    /// The name of the application's binary in the package.
    pub binary: &'static str,
    /// The `Handler` of every function in the application's template.
    pub handlers: &'static [&'static str],
    /// The environment variables that the user gives to functions, for each environment by its name, the default one
    /// first. The value of a variable is `None` if it is known only when the application is deployed. Empty in a build
    /// without the local host, which alone needs them.
    pub variables: &'static [(&'static str, LocalVariables)],
    /// The settings of CORS of the application's API. `None` if there are none, or in a build without the local host.
    pub cors: Option<CorsEntry>,
}

/// Returns the environment variables of an application, for the local host.
#[cfg(all(feature = "local", debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_local_variables {
    ($($variable:expr),*) => { &[$($variable),*] };
}

/// Returns no environment variables: this build has no local host.
#[cfg(not(all(feature = "local", debug_assertions)))]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_local_variables {
    ($($variable:expr),*) => {
        &[]
    };
}

/// A function of the user, as the attribute `#[function]` describes it.
pub struct FunctionEntry {
    /// The name of the Cargo package that declares the function.
    pub package: &'static str,
    /// The logical id of the function in the template.
    pub id: &'static str,
    /// The function's `Handler` in the template, which Lambda passes as `_HANDLER`.
    pub handler: &'static str,
    /// The name of the function in AWS; `None` if the user set none.
    pub name: Option<&'static str>,
    /// The descriptions of the function's triggers, which the local host lists: `s3 bucket of its own`, `GET
    /// /orders/{id}`.
    pub triggers: &'static [&'static str],
    /// The sources of the function's triggers, each source once.
    pub sources: &'static [SourceEntry],
    /// The function's timeout in seconds.
    pub timeout: u32,
    /// The function's deadline margin in milliseconds: how long before the timeout the runtime stops a handler
    /// that it calls for each record, or again and again.
    pub deadline_margin: u32,
    /// How many messages of one batch the function works on at once.
    pub batch_concurrency: usize,
    /// Whether Lambda reads, for all triggers on Kafka topics, which records of a batch failed.
    pub reports_records: bool,
    /// How the function is kept warm and whether its cold starts are counted; `None` if it is neither kept warm
    /// nor counted.
    pub cold_start: Option<ColdStartSettings>,
    /// The states that the parameters of the handler need: one element for each parameter, `None` for a
    /// parameter that is no state.
    pub states: &'static [Option<RequiredState>],
    /// The connections that the function opens when it starts: those of its capabilities, and that of the queue
    /// to which it hands over work.
    pub capabilities: &'static [Opener],
    /// The function's idempotency; `None` if the function does not have `idempotent`.
    pub idempotent: Option<IdempotencyEntry>,
    /// Makes the function's handler. It is called once in each process.
    pub make_handler: fn() -> Handler,
}

/// A function that builds a state, as the attribute `#[init]` describes it.
pub struct InitEntry {
    /// The name of the Cargo package that declares the init function.
    pub package: &'static str,
    /// The name of the init function in the source.
    pub name: &'static str,
    /// Makes the builder that calls the init function.
    pub state_builder: fn() -> StateBuilder,
}

/// A check of types that the process makes before its first event, in builds with debug assertions.
pub struct StartCheck {
    /// The name of the Cargo package that needs the check.
    pub package: &'static str,
    /// Returns an error if the types do not fit.
    pub check: fn() -> Result<(), Error>,
}

/// The type of the state that an `#[init]` function builds, and the function that builds it.
pub struct StateBuilder {
    /// The type of the state.
    pub(crate) id: TypeId,
    /// The name of the state's type, for messages.
    pub(crate) name: &'static str,
    /// Calls the `#[init]` function and returns the state.
    pub(crate) build: Box<dyn FnOnce() -> BoxFuture<'static, Result<Shared, Error>> + Send>,
}
