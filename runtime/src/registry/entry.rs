//! The entries that `main!()`, `#[function]` and `#[init]` write: an application, its functions, and the
//! functions that build its states.

use std::any::TypeId;

use super::cold_start::ColdStartSettings;
use super::handler::Handler;
use super::idempotency::IdempotencyEntry;
use super::opener::Opener;
use super::source::SourceEntry;
use super::state::RequiredState;
use crate::Error;
use crate::invocation::{BoxFuture, Shared};

/// An application, as `main!()` knows it from the build step.
#[derive(Clone, Copy)]
pub struct AppEntry {
    /// The Cargo package.
    pub package: &'static str,
    /// The binary of that package.
    pub binary: &'static str,
    /// The handler of every function in the template.
    pub handlers: &'static [&'static str],
}

/// A function of the user, as `#[function]` enters it.
pub struct FunctionEntry {
    /// The Cargo package it was written in.
    pub package: &'static str,
    /// Its logical id in the template.
    pub id: &'static str,
    /// The template's `Handler`, which is Lambda's `_HANDLER`.
    pub handler: &'static str,
    /// The function's name, if the user set one.
    pub name: Option<&'static str>,
    /// Its triggers, as the local host lists them: `s3 bucket of its own`, `GET /orders/{id}`.
    pub triggers: &'static [&'static str],
    /// The sources of its triggers, each once.
    pub sources: &'static [SourceEntry],
    /// Its timeout in seconds.
    pub timeout: u32,
    /// The deadline margin in milliseconds: how long before its timeout the function stops to work.
    pub deadline_margin: u32,
    /// How many messages of one batch the function works on at once.
    pub batch_concurrency: usize,
    /// How it is kept warm and whether its cold starts are counted; `None` if neither applies.
    pub cold_start: Option<ColdStartSettings>,
    /// The states that its parameters need, one element for each parameter.
    pub states: &'static [Option<RequiredState>],
    /// What it opens when it starts: its capabilities, and the queue to which it hands over work.
    pub capabilities: &'static [Opener],
    /// Its idempotency, if it has `idempotent`.
    pub idempotent: Option<IdempotencyEntry>,
    /// Makes the handler. It is called once in each process.
    pub make_handler: fn() -> Handler,
}

/// A function that builds a state, as `#[init]` enters it.
pub struct InitEntry {
    /// The Cargo package it was written in.
    pub package: &'static str,
    /// Its name in the source.
    pub name: &'static str,
    /// Makes the builder of its state.
    pub state_builder: fn() -> StateBuilder,
}

/// The type of the state that an `#[init]` function builds, and the function that builds it.
pub struct StateBuilder {
    pub(crate) id: TypeId,
    pub(crate) name: &'static str,
    pub(crate) build: Box<dyn FnOnce() -> BoxFuture<'static, Result<Shared, Error>> + Send>,
}
