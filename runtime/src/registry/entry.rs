//! The entries: an application, its functions, and the functions that build its states, as `main!()`,
//! `#[function]` and `#[init]` write them.

use std::any::TypeId;

use super::handler::Handler;
use super::idempotent::Idempotent;
use super::need::Need;
use super::opener::Opener;
use super::source::Source;
use super::warmth::Warmth;
use crate::Error;
use crate::invocation::{BoxFuture, Shared};

/// An application: what `main!()` knows of it from the build step.
#[derive(Clone, Copy)]
pub struct App {
    /// The Cargo package.
    pub package: &'static str,
    /// The binary in it.
    pub binary: &'static str,
    /// The handlers of every function in the template.
    pub handlers: &'static [&'static str],
}

/// A function of the user's, as `#[function]` enters it.
pub struct Function {
    /// The Cargo package it was written in.
    pub package: &'static str,
    /// Its logical id in the template.
    pub id: &'static str,
    /// What the template's `Handler` says, and Lambda's `_HANDLER`.
    pub handler: &'static str,
    /// The name that the user gave the deployed function.
    pub name: Option<&'static str>,
    /// Its triggers, as the local host lists them: `s3 bucket of its own`, `GET /orders/{id}`.
    pub serves: &'static [&'static str],
    /// The sources of its triggers, each once.
    pub sources: &'static [Source],
    /// Its timeout in seconds.
    pub timeout: u32,
    /// The milliseconds before that at which it stops to work.
    pub deadline_margin: u32,
    /// How many messages of one batch of a queue it works on at once.
    pub concurrency: usize,
    /// How it is kept warm, and whether its cold starts are counted, where any of that is.
    pub warmth: Option<Warmth>,
    /// The states that its parameters need.
    pub needs: &'static [Option<Need>],
    /// What it uses of other resources and functions.
    pub capabilities: &'static [Opener],
    /// What it does once for a key.
    pub idempotent: Option<Idempotent>,
    /// Makes the handler, once per process.
    pub start: fn() -> Handler,
}

/// A function that builds a state, as `#[init]` enters it.
pub struct Init {
    /// The Cargo package it was written in.
    pub package: &'static str,
    /// Its name in the source.
    pub name: &'static str,
    /// Says what it builds, and builds it.
    pub starter: fn() -> Starter,
}

/// What an `#[init]` function builds, and how.
pub struct Starter {
    pub(crate) id: TypeId,
    pub(crate) name: &'static str,
    pub(crate) start: Box<dyn FnOnce() -> BoxFuture<'static, Result<Shared, Error>> + Send>,
}
