//! The entries: an application, its functions, and the functions that build its states, as `main!()`,
//! `#[function]` and `#[init]` write them.

use std::any::TypeId;

use super::cold_start::ColdStartSettings;
use super::handler::Handler;
use super::idempotency::IdempotencyEntry;
use super::opener::Opener;
use super::source::SourceEntry;
use super::state::RequiredState;
use crate::Error;
use crate::invocation::{BoxFuture, Shared};

/// An application: what `main!()` knows of it from the build step.
#[derive(Clone, Copy)]
pub struct AppEntry {
    /// The Cargo package.
    pub package: &'static str,
    /// The binary in it.
    pub binary: &'static str,
    /// The handlers of every function in the template.
    pub handlers: &'static [&'static str],
}

/// A function of the user's, as `#[function]` enters it.
pub struct FunctionEntry {
    /// The Cargo package it was written in.
    pub package: &'static str,
    /// Its logical id in the template.
    pub id: &'static str,
    /// What the template's `Handler` says, and Lambda's `_HANDLER`.
    pub handler: &'static str,
    /// The name that the user gave the deployed function.
    pub name: Option<&'static str>,
    /// Its triggers, as the local host lists them: `s3 bucket of its own`, `GET /orders/{id}`.
    pub triggers: &'static [&'static str],
    /// The sources of its triggers, each once.
    pub sources: &'static [SourceEntry],
    /// Its timeout in seconds.
    pub timeout: u32,
    /// The milliseconds before that at which it stops to work.
    pub deadline_margin: u32,
    /// How many messages of one batch of a queue it works on at once.
    pub batch_concurrency: usize,
    /// How it is kept warm, and whether its cold starts are counted, where any of that is.
    pub cold_start: Option<ColdStartSettings>,
    /// The states that its parameters need.
    pub states: &'static [Option<RequiredState>],
    /// What it uses of other resources and functions.
    pub capabilities: &'static [Opener],
    /// What it does once for a key.
    pub idempotent: Option<IdempotencyEntry>,
    /// Makes the handler, once per process.
    pub make_handler: fn() -> Handler,
}

/// A function that builds a state, as `#[init]` enters it.
pub struct InitEntry {
    /// The Cargo package it was written in.
    pub package: &'static str,
    /// Its name in the source.
    pub name: &'static str,
    /// Says what it builds, and builds it.
    pub state_builder: fn() -> StateBuilder,
}

/// What an `#[init]` function builds, and how.
pub struct StateBuilder {
    pub(crate) id: TypeId,
    pub(crate) name: &'static str,
    pub(crate) build: Box<dyn FnOnce() -> BoxFuture<'static, Result<Shared, Error>> + Send>,
}
